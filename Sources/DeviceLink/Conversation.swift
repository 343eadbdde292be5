// The hut's side of one line: what to send, what was heard, when to stop waiting. It never reads a clock: each call
// says what time it is, and `deadline` says when it wants to be called again.
import Vitals

/// What the hut must do, in order.
package enum Step: Hashable, Sendable {
    case send([UInt8])
    /// With a token, `saved` must be called once the event is on disk: the device deletes what is acknowledged.
    case event(DeviceEvent, token: Int?)
    /// A measurement began: the hut started it, or live pressure was heard.
    case measurementStarted
    /// The measurement ended, or never began, without a result. An error code comes as an event instead.
    case measurementFailed(MeasurementFailure)
}

/// Why there is no result.
package enum MeasurementFailure: String, Hashable, Sendable {
    /// The device did not answer, or gave neither result nor error in time.
    case silent
    case stopped
    case lineLost
    /// The profile knows no way to start this device.
    case cannotStart
}

/// How the line sounds; shown on the status screen.
package enum LineHealth: String, Hashable, Sendable {
    /// Nothing heard, nothing asked.
    case quiet
    case talking
    /// Asked, and no answer.
    case silent
    /// Bytes, but no frames: wrong baud rate, wrong instrument.
    case babbling
}

/// The conversation with one device over one line.
package struct Conversation: Sendable {
    package let profile: DeviceProfile
    /// When the line last opened; nil while it is closed.
    package private(set) var openedAt: MonotonicTime?
    private var decoder: StreamDecoder
    private var talk: Talk
    private var stallsAt: MonotonicTime?
    private var lastByteAt: MonotonicTime?
    private var hasTalked = false

    /// So much garbage without one frame is no accident (ours): a burst of line noise is shorter.
    private static let babbleLimit = 64
    /// No device pauses so long inside a frame (ours; the slowest frame here takes 90 ms).
    private static let longestPause = Duration.seconds(1)
    /// After so long the beginning of a line and what comes now are of two measurements: put together, two halves of
    /// two people's results could make one reading (ours; no measurement is as short).
    private static let tooLate = Duration.seconds(10)

    package init(profile: DeviceProfile) {
        self.profile = profile
        decoder = StreamDecoder(profile)
        switch profile.language {
        case .table(let table): talk = .table(TableTalk(table, shows: profile.shows))
        case .meshtastic: talk = .radio(RadioTalk())
        }
    }

    /// What came over the line since this conversation was made.
    package var tally: Tally { decoder.tally }

    package var health: LineHealth {
        if decoder.babble >= Conversation.babbleLimit { return .babbling }
        if talk.isUnanswered { return .silent }
        return hasTalked ? .talking : .quiet
    }

    /// Whether a measurement is known to be running.
    package var isMeasuring: Bool { talk.isMeasuring }

    /// When `deadlineReached` wants to be called; nil for never.
    package var deadline: MonotonicTime? { [talk.deadline, stallsAt].compactMap(\.self).min() }

    /// The line is open.
    package mutating func opened(at now: MonotonicTime) -> [Step] {
        openedAt = now
        decoder.abandon()
        (stallsAt, lastByteAt, hasTalked) = (nil, nil, false)
        return talk.opened(at: now)
    }

    /// Bytes came, cut anyhow.
    package mutating func receive(_ bytes: [UInt8], at now: MonotonicTime) -> [Step] {
        if let lastByteAt, now - lastByteAt > Conversation.tooLate { decoder.abandon() }
        lastByteAt = now
        let heard = decoder.push(bytes)
        stallsAt = decoder.isMidFrame ? now + Conversation.longestPause : nil
        return carry(heard, at: now)
    }

    /// The key *it is me, ready* was pressed. Ask only where the settings allow it.
    package mutating func startMeasurement(at now: MonotonicTime) -> [Step] { talk.startMeasurement(at: now) }

    /// Lets the air out, where the device can be told to.
    package mutating func stopMeasurement(at now: MonotonicTime) -> [Step] { talk.stopMeasurement(at: now) }

    /// The event with this token is on disk.
    package mutating func saved(_ token: Int, at now: MonotonicTime) -> [Step] { talk.saved(token) }

    /// The time of `deadline` has come.
    package mutating func deadlineReached(at now: MonotonicTime) -> [Step] {
        var steps: [Step] = []
        if let stallsAt, stallsAt <= now {
            self.stallsAt = nil
            steps = carry(decoder.lookPastStall(), at: now)
        }
        return steps + talk.deadlineReached(at: now)
    }

    /// The line broke.
    package mutating func lost(at now: MonotonicTime) -> [Step] {
        openedAt = nil
        decoder.abandon()
        (stallsAt, lastByteAt, hasTalked) = (nil, nil, false)
        return talk.lost()
    }

    private mutating func carry(_ heard: [Heard], at now: MonotonicTime) -> [Step] {
        var steps: [Step] = []
        for one in heard {
            hasTalked = true
            steps += talk.hear(one, at: now)
        }
        return steps
    }
}

/// The two ways of conversing: by the exchange of a profile, or as the radio wants it.
private enum Talk: Sendable {
    case table(TableTalk)
    case radio(RadioTalk)

    var deadline: MonotonicTime? {
        switch self {
        case .table(let table): table.deadline
        case .radio(let radio): radio.deadline
        }
    }

    var isUnanswered: Bool {
        switch self {
        case .table(let table): table.isUnanswered
        case .radio(let radio): radio.isUnanswered
        }
    }

    var isMeasuring: Bool {
        if case .table(let table) = self { table.isMeasuring } else { false }
    }

    mutating func opened(at now: MonotonicTime) -> [Step] {
        change({ $0.opened(at: now) }, { $0.opened(at: now) })
    }

    mutating func hear(_ heard: Heard, at now: MonotonicTime) -> [Step] {
        change({ $0.hear(heard, at: now) }, { $0.hear(heard, at: now) })
    }

    mutating func deadlineReached(at now: MonotonicTime) -> [Step] {
        change({ $0.deadlineReached(at: now) }, { $0.deadlineReached(at: now) })
    }

    mutating func startMeasurement(at now: MonotonicTime) -> [Step] {
        change({ $0.startMeasurement(at: now) }, { _ in [.measurementFailed(.cannotStart)] })
    }

    mutating func stopMeasurement(at now: MonotonicTime) -> [Step] {
        change({ $0.stopMeasurement(at: now) }, { _ in [] })
    }

    mutating func saved(_ token: Int) -> [Step] { change({ $0.saved(token) }, { _ in [] }) }

    mutating func lost() -> [Step] { change({ $0.lost() }, { $0.lost() }) }

    private mutating func change(
        _ onTable: (inout TableTalk) -> [Step], _ onRadio: (inout RadioTalk) -> [Step]
    ) -> [Step] {
        switch self {
        case .table(var table):
            defer { self = .table(table) }
            return onTable(&table)
        case .radio(var radio):
            defer { self = .radio(radio) }
            return onRadio(&radio)
        }
    }
}
