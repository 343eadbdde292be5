// Where a frame begins and ends. A read is not a frame: it may hold half of one, or three. Framing answers one
// question about a buffer - what stands at this byte? - and never waits; Framer keeps what is not whole yet.
import Vitals

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

/// A shape of frames. A new one is one case and one row in the test table.
enum Framing: Sendable {
    case line(LineFraming)
    case counted(CountedFraming)
    /// The envelope of a dialect; what it cuts is the message, whole.
    case own(any OwnFraming)

    /// What stands at `place`, for bytes a device sends.
    func look(at place: Int, in buffer: [UInt8]) -> Look {
        switch self {
        case .line(let line): line.look(at: place, in: buffer)
        case .counted(let counted): counted.look(at: place, in: buffer)
        case .own(let own): own.look(at: place, in: buffer)
        }
    }

    /// The message inside a whole frame.
    func message(in frame: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        switch self {
        case .line(let line): line.message(in: frame)
        case .counted(let counted): frame.dropFirst(counted.before).dropLast(counted.after)
        case .own: frame
        }
    }

    /// The frame around a message, as the device or the host sends it.
    func frame(around message: [UInt8], fromHost: Bool) -> [UInt8] {
        switch self {
        case .line(let line): message + (line.ends.first ?? [])
        case .counted(let counted): counted.frame(around: message, fromHost: fromHost)
        case .own: message
        }
    }

    /// The same frames as a device hears them from the host.
    var heardByDevice: Framing {
        switch self {
        case .line: return self
        case .counted(var counted):
            swap(&counted.start, &counted.hostStart)
            return .counted(counted)
        case .own(let own): return .own(own.heardByDevice)
        }
    }

    /// The shortest and the longest message that fits into a frame.
    var messageLengths: ClosedRange<Int> {
        switch self {
        case .line(let line): 1...line.longest
        case .counted(let counted):
            (counted.shortest - counted.before - counted.after)...(counted.longest - counted.before - counted.after)
        case .own(let own): 1...own.longest
        }
    }

    /// Whether data can look like the beginning of a frame, so that a torn one may hide a whole one.
    var canBeImitated: Bool {
        if case .line = self { false } else { true }
    }

    /// Printable text between frames is the device's own chatter, not a wrong baud rate.
    var hasTextBetween: Bool {
        if case .counted(let counted) = self { counted.hasTextBetween } else { false }
    }
}

/// Text lines: `frames: { shape: 'line', end: ['0D 0A', '0D'], longest: 80 }`.
struct LineFraming: Sendable {
    /// As written; the first is sent.
    var ends: [[UInt8]]
    /// The same, shortest first: a line is over at a bare CR, because its LF may never come.
    var shortestFirst: [[UInt8]]
    /// What is left of a longer end after a shorter one.
    var remnants: [[UInt8]]
    /// Bytes of a line without its end.
    var longest: Int

    init(ends: [[UInt8]], longest: Int) {
        (self.ends, self.longest) = (ends, longest)
        shortestFirst = ends.sorted { $0.count < $1.count }
        remnants = ends.flatMap { long in
            ends.filter { $0.count < long.count && long.starts(with: $0) }.map { Array(long.dropFirst($0.count)) }
        }
    }

    func look(at place: Int, in buffer: [UInt8]) -> Look {
        if let remnant = remnants.first(where: { buffer[place...].starts(with: $0) }) {
            return .envelope(remnant.count)
        }
        for index in place..<buffer.count {
            guard let end = shortestFirst.first(where: { buffer[index] == $0[0] && buffer[index...].starts(with: $0) })
            else { continue }
            if index - place > longest { return .noise(index - place - longest) }
            return index == place ? .noise(end.count) : .frame(index - place + end.count)
        }
        let surplus = buffer.count - place - longest - (ends.map(\.count).max() ?? 0)
        return surplus > 0 ? .noise(surplus) : .incomplete
    }

    func message(in frame: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        // The longest fitting end: a line that ends in CR LF is cut at its CR, but a lone frame may hold both.
        for end in shortestFirst.reversed() where frame.count >= end.count && frame.suffix(end.count).elementsEqual(end)
        {
            return frame.dropLast(end.count)
        }
        return frame
    }
}

/// A start mark and a length: `frames: { shape: 'counted', start: …, countAt: 3, countPlus: 5, … }`.
struct CountedFraming: Sendable {
    var start: [UInt8]
    var hostStart: [UInt8]
    /// Constant bytes of the envelope: offset and value.
    var fixed: [(at: Int, byte: UInt8)]
    var countAt: Int
    /// 1 byte, or 2 with the high one first.
    var countWidth: Int
    /// The whole frame is the count and so many bytes.
    var countPlus: Int
    var shortest: Int
    var longest: Int
    /// Bytes of envelope before and after the message.
    var before: Int
    var after: Int
    var check: Check?
    var hasTextBetween: Bool

    func look(at place: Int, in buffer: [UInt8]) -> Look {
        let there = buffer.count - place
        for index in 0..<min(start.count, there) where buffer[place + index] != start[index] {
            return .noise(index == 0 ? run(from: place, in: buffer) : 1)
        }
        for (at, byte) in fixed where at < there && buffer[place + at] != byte { return .broken }
        guard countAt + countWidth <= there else { return .incomplete }
        var length = Int(buffer[place + countAt])
        if countWidth == 2 { length = length << 8 | Int(buffer[place + countAt + 1]) }
        length += countPlus
        guard (shortest...longest).contains(length) else { return .broken }
        guard length <= there else { return .incomplete }
        guard let check else { return .frame(length) }
        return check.isRight(for: buffer[place..<place + length]) ? .frame(length) : .broken
    }

    func frame(around message: [UInt8], fromHost: Bool) -> [UInt8] {
        var frame = [UInt8](repeating: 0, count: before) + message + [UInt8](repeating: 0, count: after)
        for (index, byte) in (fromHost ? hostStart : start).enumerated() { frame[index] = byte }
        for (at, byte) in fixed { frame[at] = byte }
        let count = frame.count - countPlus
        frame[countAt + countWidth - 1] = UInt8(truncatingIfNeeded: count)
        if countWidth == 2 { frame[countAt] = UInt8(truncatingIfNeeded: count >> 8) }
        if let check { frame[frame.count + check.at] = check.value(of: frame[...]) }
        return frame
    }

    /// How many bytes from here cannot begin a frame.
    private func run(from place: Int, in buffer: [UInt8]) -> Int {
        (buffer[place...].firstIndex(of: start[0]) ?? buffer.count) - place
    }
}

/// A check byte. Offsets of 0 and below count from the end of the frame.
struct Check: Sendable {
    var from: Int
    /// The first byte not in it.
    var to: Int
    var at: Int

    func value(of frame: ArraySlice<UInt8>) -> UInt8 {
        frame[(frame.startIndex + from)..<(frame.endIndex + to)].reduce(0, ^)
    }

    func isRight(for frame: ArraySlice<UInt8>) -> Bool { frame[frame.endIndex + at] == value(of: frame) }
}
