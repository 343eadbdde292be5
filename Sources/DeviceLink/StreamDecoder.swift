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
    /// What a sample changed: the finger came, its value settled, it went.
    var change: Settler.Change?
    /// How many records the device says it holds.
    var recordCount: Int?
    private var kept = Kept.none

    /// Behind a reference: most messages have none, and every message is handed on several times.
    private enum Kept: Sendable {
        case none
        indirect case sample(Sample)
    }

    init(what: What, event: DeviceEvent? = nil, sample: Sample? = nil) {
        (self.what, self.event) = (what, event)
        self.sample = sample
    }

    /// One sample of a stream, for the settler; such a message has no event.
    var sample: Sample? {
        get { if case .sample(let sample) = kept { sample } else { nil } }
        set { kept = newValue.map { .sample($0) } ?? .none }
    }

    /// One sample of many, and nothing came of it.
    var isMereSample: Bool {
        guard case .sample = kept, change == nil else { return false }
        return event == nil
    }

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

    /// `keepsSamples`: each sample of a stream is told, not only what came of them.
    init(_ profile: DeviceProfile, keepsSamples: Bool = false) {
        framer = Framer(profile.framing)
        ear = Ear(profile)
        ear.keepsSamples = keepsSamples
        if case .reply = profile.framing { expect(nil) }
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
    mutating func expect(_ messages: [Int]?) {
        guard let table = ear.table else { return }
        ear.expect(messages)
        framer.expect(table.outlines(messages))
    }

    /// Whether the beginning of a frame waits for its end.
    var isMidFrame: Bool { framer.isMidFrame }

    /// Bytes that still wait for the end of their frame.
    var unfinished: Int { framer.keptBytes }

    /// Takes bytes as the line delivered them; `now` is nil where nobody keeps time.
    mutating func push(_ bytes: [UInt8], at now: MonotonicTime? = nil) -> [Heard] {
        ear.now = now
        framer.push(bytes, to: &ear)
        return takeHeard()
    }

    /// When silence of a stream means that the finger is out.
    var presenceDeadline: MonotonicTime? { ear.settler?.deadline }

    /// That time has come.
    mutating func fellSilent(at now: MonotonicTime) -> Settler.Change? { ear.settler?.deadlineReached(at: now) }

    /// The line has been quiet in the middle of a frame.
    mutating func lookPastStall() -> [Heard] {
        framer.lookPastStall(&ear)
        return takeHeard()
    }

    /// Gives up a half frame: its end is too late.
    mutating func abandon() { framer.abandon() }

    /// The bytes to come are a frame out of the middle of what a device said.
    mutating func beginWithoutContext() { ear.beginWithoutContext() }

    /// The line broke or opened: what came over an earlier one says nothing of the next.
    mutating func forget() {
        abandon()
        ear.forget()
    }

    private mutating func takeHeard() -> [Heard] {
        guard ear.hasHeard else { return [] }
        babbleBefore = framer.babbledBytes + ear.tally.noiseBytes
        return ear.takeHeard()
    }
}
