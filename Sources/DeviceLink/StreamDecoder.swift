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

    enum What: Sendable {
        /// A message by its place in the table.
        case message(Int)
        case radio(FromRadio)
    }
}

/// Framing and decoding of one line.
struct StreamDecoder: Sendable {
    private var framer: Framer
    private var ear: Ear
    private var babbleBefore = 0

    init(_ profile: DeviceProfile) {
        framer = Framer(profile.framing)
        ear = Ear(language: profile.language, framing: profile.framing)
        if case .reply = profile.framing { await(nil) }
    }

    var tally: Tally {
        var tally = ear.tally
        tally.noiseBytes += framer.noiseBytes
        tally.faults += framer.broken
        return tally
    }

    /// Garbage since the last understood frame; log text of a radio is none.
    var babble: Int { framer.babbledBytes + ear.tally.noiseBytes - babbleBefore }

    /// The only messages that can come now, for a device whose frames are answers; nil for any.
    mutating func await(_ messages: [Int]?) {
        guard case .table(let table) = ear.language else { return }
        ear.awaited = messages
        framer.await(table.outlines(messages))
    }

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
    let language: MessageLanguage
    let framing: Framing
    var heard: [Heard] = []
    var awaited: [Int]?
    /// Used again for every frame.
    private var record = Record(message: 0)
    private var mesh = MeshtasticDecoder()
    private var counted = Tally()

    init(language: MessageLanguage, framing: Framing) { (self.language, self.framing) = (language, framing) }

    var tally: Tally {
        var tally = counted
        (tally.encrypted, tally.viaMQTT, tally.duplicates) = (mesh.encrypted, mesh.viaMQTT, mesh.duplicates)
        return tally
    }

    mutating func forget() { mesh.forget() }

    mutating func accept(_ frame: ArraySlice<UInt8>) -> Bool {
        let content = framing.message(in: frame)
        switch language {
        case .table(let table):
            guard let skipped = table.read(content, awaited: awaited, into: &record) else {
                guard framing.isCertain else { return false }
                // Its check was right, or it was a whole line: a message nobody has described.
                counted.faults += 1
                counted.noiseBytes += frame.count
                return true
            }
            if framing.hasCheckChoice { record.check = framing.fittingCheck(in: frame.span) }
            counted.noiseBytes += skipped
            let event = table.event(of: record, raw: frame.dropFirst(skipped))
            append(Heard(what: .message(record.message), event: event))
        case .meshtastic:
            guard let spoken = try? FromRadio(content) else { return false }
            let events = mesh.events(of: spoken, raw: frame)
            for event in events { append(Heard(what: .radio(spoken), event: event)) }
            if events.isEmpty { append(Heard(what: .radio(spoken), event: nil)) }
        }
        counted.frames += 1
        return true
    }

    private mutating func append(_ one: Heard) {
        if case .fault = one.event { counted.faults += 1 }
        heard.append(one)
    }
}
