// Where a frame begins and ends. A read is not a frame: it may hold half of one, or three. Framing answers one
// question about a buffer - what stands at this byte? - and never waits; Framer keeps what is not whole yet.

/// What stands at a place in the buffer.
enum Look: Equatable {
    /// A whole frame of so many bytes, its check right.
    case frame(Int)
    /// So many bytes that cannot begin a frame.
    case noise(Int)
    /// So many bytes between frames that belong to the envelope.
    case envelope(Int)
    /// It began like a frame and is none: wrong check, impossible length.
    case broken
    /// More bytes are needed.
    case incomplete
}

/// What can say where a frame begins and ends.
protocol FrameShape: Sendable {
    /// What stands at `place`, for bytes a device sends.
    func look(at place: Int, in buffer: Span<UInt8>) -> Look
}

/// A shape of frames. A new one is one case and one row in the test table.
enum Framing: Sendable {
    case line(LineFraming)
    case counted(CountedFraming)
    case block(BlockFraming)
    case marked(MarkedFraming)
    case digitsBetween(DigitFraming)
    case fixed(FixedFraming)
    case reply(ReplyFraming)
    /// The envelope of a dialect; what it cuts is the message, whole.
    case own(any OwnFraming)

    var isLine: Bool { if case .line = self { true } else { false } }

    /// What stands at `place`, for bytes a device sends.
    @inline(__always)
    func look(at place: Int, in buffer: Span<UInt8>) -> Look {
        switch self {
        case .line(let line): line.look(at: place, in: buffer)
        case .counted(let counted): counted.look(at: place, in: buffer)
        case .block(let block): block.look(at: place, in: buffer)
        case .marked(let marked): marked.look(at: place, in: buffer)
        case .digitsBetween(let digits): digits.look(at: place, in: buffer)
        case .fixed(let fixed): fixed.look(at: place, in: buffer)
        case .reply(let reply): reply.look(at: place, in: buffer)
        case .own(let own): own.look(at: place, in: buffer)
        }
    }

    /// The shape alone, for the loop over a whole read: a copy of it for every frame would cost more than the frame.
    var shape: any FrameShape {
        switch self {
        case .line(let line): line
        case .counted(let counted): counted
        case .block(let block): block
        case .marked(let marked): marked
        case .digitsBetween(let digits): digits
        case .fixed(let fixed): fixed
        case .reply(let reply): reply
        case .own(let own): own
        }
    }

    /// The same for bytes that are an array already.
    func look(at place: Int, in buffer: [UInt8]) -> Look { look(at: place, in: buffer.span) }

    /// The message inside a whole frame.
    func message(in frame: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        switch self {
        case .line(let line): line.message(in: frame)
        case .digitsBetween: frame.dropFirst().dropLast()
        case .marked, .reply: frame
        case .counted, .block, .fixed: frame.dropFirst(before).dropLast(after)
        case .own: frame
        }
    }

    /// The frame around a message, as the device or the host sends it, with the check counted in one of its ways.
    func frame(around message: [UInt8], fromHost: Bool, check way: UInt8 = 0) -> [UInt8] {
        switch self {
        case .line(let line): line.frame(around: message, check: way)
        case .counted(let counted): counted.frame(around: message, fromHost: fromHost, check: way)
        case .block(let block): block.envelope.frame(around: message, fromHost: fromHost, check: way)
        case .fixed(let fixed): fixed.envelope.frame(around: message, fromHost: fromHost, check: way)
        case .digitsBetween(let digits): [digits.mark] + message + [digits.mark]
        case .marked, .reply: message
        case .own: message
        }
    }

    /// The same frames as a device hears them from the host, where the host frames what it says at all.
    var heardByDevice: Framing {
        switch self {
        case .line, .marked, .digitsBetween, .reply: return self
        case .counted(var counted):
            counted.envelope.changeSides()
            return .counted(counted)
        case .block(var block):
            block.envelope.changeSides()
            return .block(block)
        case .fixed(var fixed):
            fixed.envelope.changeSides()
            return .fixed(fixed)
        case .own(let own): return .own(own.heardByDevice)
        }
    }

    /// The shortest and the longest message that fits into a frame.
    var messageLengths: ClosedRange<Int> {
        switch self {
        case .line(let line): 1...max(1, line.longest - line.after)
        case .counted(let counted): (counted.shortest - before - after)...(counted.longest - before - after)
        case .block(let block): 0...(block.longest - before - after)
        case .marked(let marked): marked.length...marked.length
        case .digitsBetween(let digits): digits.shortest...digits.longest
        case .fixed(let fixed): (fixed.length - before - after)...(fixed.length - before - after)
        case .reply(let reply): 1...reply.longest
        case .own(let own): 1...own.longest
        }
    }

    /// Printable text between frames is the device's own chatter, not a wrong baud rate.
    var hasTextBetween: Bool { envelope?.hasTextBetween ?? false }

    /// Bytes of envelope in front of the message.
    var before: Int {
        if case .digitsBetween = self { return 1 }
        return envelope?.before ?? 0
    }

    /// After so much silence what has come is a frame, whole; nil where only bytes end one.
    var silence: Duration? {
        if case .own(let own) = self { own.silence } else { nil }
    }

    /// Which of the checks a profile allows is right in a whole frame; 0 where there is no choice.
    func fittingCheck(in frame: Span<UInt8>) -> UInt8 {
        guard let check = envelope?.check, !check.others.isEmpty else { return 0 }
        return check.fitting(frame, 0..<frame.count) ?? 0
    }

    /// Whether a frame can be told from its first bytes; a line and an answer begin with anything.
    var hasMarks: Bool {
        switch self {
        case .line, .reply: false
        case .counted, .block, .fixed, .marked, .digitsBetween, .own: true
        }
    }

    /// Whether more than one way to count the check is accepted.
    var hasCheckChoice: Bool { envelope?.check?.others.isEmpty == false }

    /// A frame with a right check that nobody has described is the device's; without a check it may be an accident.
    var isCertain: Bool {
        switch self {
        case .line: true
        case .counted, .block, .fixed: envelope?.check != nil
        case .marked, .digitsBetween, .reply, .own: false
        }
    }

    /// Bytes of envelope behind the message; a line's end is not among them.
    var after: Int {
        if case .digitsBetween = self { return 1 }
        return envelope?.after ?? 0
    }

    private var envelope: Envelope? {
        switch self {
        case .counted(let counted): counted.envelope
        case .block(let block): block.envelope
        case .fixed(let fixed): fixed.envelope
        case .line, .marked, .digitsBetween, .reply, .own: nil
        }
    }
}

/// What stands around a message: marks, constant bytes and the check.
struct Envelope: Sendable {
    /// At the front, from the device.
    var start: [UInt8] = []
    /// At the front, from the host.
    var hostStart: [UInt8] = []
    /// The mark behind the message; empty where the frame's length says where it ends.
    var end: [UInt8] = []
    /// Bytes behind the end mark.
    var tail = 0
    /// Constant bytes: offset and value.
    var fixed: [FixedByte] = []
    /// Bytes of envelope before and behind the message.
    var before = 0
    var after = 0
    var check: Check?
    var hasTextBetween = false

    struct FixedByte: Sendable {
        var at: Int
        var byte: UInt8
    }

    /// The frame around a message; what only the shape knows (a count) is left 0.
    func frame(around message: [UInt8], fromHost: Bool, check way: UInt8) -> [UInt8] {
        var frame = bare(around: message, fromHost: fromHost)
        check?.write(way, into: &frame)
        return frame
    }

    /// The same without its check.
    func bare(around message: [UInt8], fromHost: Bool) -> [UInt8] {
        var frame = [UInt8](repeating: 0, count: before) + message + [UInt8](repeating: 0, count: after)
        for (index, byte) in (fromHost ? hostStart : start).enumerated() { frame[index] = byte }
        for one in fixed { frame[one.at] = one.byte }
        for (index, byte) in end.enumerated() { frame[frame.count - tail - end.count + index] = byte }
        return frame
    }

    mutating func changeSides() { swap(&start, &hostStart) }

    /// Noise up to the next first byte of the start mark.
    @inline(__always)
    func noise(at place: Int, in buffer: Span<UInt8>) -> Look? {
        switch buffer.holds(start, at: place) {
        case true?: return nil
        case nil:
            // It ends within the start mark: what is there fits so far.
            return .incomplete
        case false?:
            let next = buffer.place(of: start[0], from: place)
            return .noise(next > place ? next - place : 1)
        }
    }

    /// Whether the constant bytes, as far as they are there, are right.
    @inline(__always)
    func isFixed(at place: Int, in buffer: Span<UInt8>) -> Bool {
        for one in fixed where place + one.at < buffer.count && buffer[place + one.at] != one.byte { return false }
        return true
    }
}
