// Bytes in, what was heard out: framing and decoding in one pass, for the conversation and for `healthhut decode`.
import Vitals

/// What came over a line and what became of it.
package struct Tally: Hashable, Sendable {
    /// Whole frames that were understood.
    package var frames = 0
    /// Bytes thrown away.
    package var noiseBytes = 0
    /// Frames with a wrong check, an impossible length or no known meaning, and the faults a device reported.
    package var faults = 0
    /// Packets of other people's channels.
    package var encrypted = 0
    /// Packets that came through the internet, not by radio.
    package var viaMQTT = 0
    /// Packets heard a second time.
    package var duplicates = 0

    package init() {}
}

/// One understood message.
struct Heard: Sendable {
    var what: What
    /// nil when it belongs to the conversation only.
    var event: DeviceEvent?
    /// One sample of a stream, for the settler; such a message has no event.
    var sample: Sample?

    enum What: Sendable {
        /// A message by its place in the table.
        case message(Int)
        /// A message of a dialect by its own number, with the bytes its conversation needs.
        case said(Int, [UInt8])
    }
}

/// Framing and decoding of one line.
struct StreamDecoder: Sendable {
    private var framer: Framer
    private var ear: Ear
    private var babbleBefore = 0

    init(_ profile: DeviceProfile) {
        framer = Framer(profile.framing)
        ear = Ear(profile)
    }

    var tally: Tally {
        var tally = ear.tally
        tally.noiseBytes += framer.noiseBytes
        tally.faults += framer.broken
        return tally
    }

    /// Garbage since the last understood frame; log text of a radio is none.
    var babble: Int { framer.babbledBytes + ear.tally.noiseBytes - babbleBefore }

    /// Whether the beginning of a frame waits for its end.
    var isMidFrame: Bool { framer.isMidFrame }

    /// Bytes that still wait for the end of their frame.
    var unfinished: Int { framer.keptBytes }

    /// Takes bytes as the line delivered them.
    mutating func push(_ bytes: [UInt8]) -> [Heard] {
        framer.push(bytes, to: &ear)
        return takeHeard()
    }

    /// The line has been quiet in the middle of a frame.
    mutating func lookPastStall() -> [Heard] {
        framer.lookPastStall(&ear)
        return takeHeard()
    }

    /// Gives up a half frame: the line broke, or its end is too late.
    mutating func abandon() { framer.abandon() }

    /// The line opened: what came over an earlier one says nothing of this one.
    mutating func reopened() {
        abandon()
        ear.forget()
    }

    private mutating func takeHeard() -> [Heard] {
        guard !ear.heard.isEmpty else { return [] }
        babbleBefore = framer.babbledBytes + ear.tally.noiseBytes
        defer { ear.heard = [] }
        return ear.heard
    }
}

/// Understands whole frames, one after the other.
private struct Ear: FrameJudge, Sendable {
    var heard: [Heard] = []
    private let framing: Framing
    private let table: MessageTable?
    /// Beside the table rather than in one enum with it, so that it is changed where it stands.
    private var listener: (any DialectListener)?
    private var counted = Tally()

    init(_ profile: DeviceProfile) {
        framing = profile.framing
        switch profile.language {
        case .table(let table): (self.table, listener) = (table, nil)
        case .dialect(let dialect): (table, listener) = (nil, dialect.listener(profile))
        }
    }

    var tally: Tally {
        guard var tally = listener?.tally else { return counted }
        tally.frames += counted.frames
        tally.noiseBytes += counted.noiseBytes
        tally.faults += counted.faults
        return tally
    }

    mutating func forget() { listener?.forget() }

    mutating func accept(_ frame: ArraySlice<UInt8>) -> Bool {
        let before = heard.count
        switch table.map({ hear(frame, in: $0) }) ?? listener?.hear(frame, &heard) ?? .noFrame {
        case .message(let skipped):
            counted.frames += 1
            counted.noiseBytes += skipped
        case .unknown:
            // Its check was right, or it was a whole line: a message nobody has described.
            counted.faults += 1
            counted.noiseBytes += frame.count
        case .noFrame: return false
        }
        for one in heard[before...] { if case .fault = one.event { counted.faults += 1 } }
        return true
    }

    private mutating func hear(_ frame: ArraySlice<UInt8>, in table: MessageTable) -> Understanding {
        guard let fit = table.fit(framing.message(in: frame)) else { return .unknown }
        let event = table.event(of: fit.record, raw: frame.dropFirst(fit.skipped))
        heard.append(Heard(what: .message(fit.record.message), event: event))
        return .message(after: fit.skipped)
    }
}
