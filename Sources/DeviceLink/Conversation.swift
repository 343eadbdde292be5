// The hut's side of one line: what to send, what was heard, when to stop waiting. It never reads a clock: each call
// says what time it is, and `deadline` says when it wants to be called again.
import Vitals

/// What the hut must do, in order.
package enum Step: Hashable, Sendable {
    case send([UInt8])
    /// With a token, `saved` must be called once the event is on disk: the device deletes what is acknowledged.
    case event(DeviceEvent, token: Int?)
    /// A measurement began: the hut started it, live pressure was heard, a finger came in.
    case measurementStarted
    /// The measurement ended, or never began, without a result. An error code comes as an event instead.
    case measurementFailed(MeasurementFailure)
    /// The finger is out, the scale is empty: whoever comes next may be somebody else.
    case released
    /// What became of the job with this number; once for each.
    case output(Int, OutputResult)
}

/// Why there is no result.
package enum MeasurementFailure: String, Hashable, Sendable {
    /// The device did not answer, or gave neither result nor error in time.
    case silent
    case stopped
    case lineLost
    /// The profile knows no way to start this device.
    case cannotStart
    /// The finger was out before its value had settled.
    case released
    /// Samples came all the time and never agreed.
    case unsettled
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
    private var talk: any Talk
    private var stallsAt: MonotonicTime?
    /// When the finger that is in should have given its value; nil when none is in, or it has.
    private var settlesBy: MonotonicTime?
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
        case .table(let table): talk = TableTalk(table, shows: profile.shows)
        case .dialect(let dialect): talk = dialect.talk(profile)
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
    package var isMeasuring: Bool { talk.isMeasuring || settlesBy != nil }

    /// When `deadlineReached` wants to be called; nil for never.
    package var deadline: MonotonicTime? {
        [talk.deadline, stallsAt, settlesBy, decoder.presenceDeadline].compactMap(\.self).min()
    }

    /// The line is open.
    package mutating func opened(at now: MonotonicTime) -> [Step] {
        openedAt = now
        decoder.forget()
        (stallsAt, settlesBy, lastByteAt, hasTalked) = (nil, nil, nil, false)
        return listening(talk.opened(at: now))
    }

    /// What the hut's wall clock says now, for a device that asks for the time; told before bytes are.
    package mutating func told(_ time: HutTime) { talk.told(time) }

    /// Bytes came, cut anyhow.
    package mutating func receive(_ bytes: [UInt8], at now: MonotonicTime) -> [Step] {
        if let lastByteAt, now - lastByteAt > Conversation.tooLate { decoder.abandon() }
        lastByteAt = now
        let heard = decoder.push(bytes, at: now)
        stallsAt = decoder.isMidFrame ? now + (profile.framing.silence ?? Conversation.longestPause) : nil
        return listening(carry(heard, at: now))
    }

    /// The key *it is me, ready* was pressed. Ask only where the settings allow it.
    package mutating func startMeasurement(at now: MonotonicTime) -> [Step] {
        listening(talk.startMeasurement(at: now))
    }

    /// Lets the air out, where the device can be told to.
    package mutating func stopMeasurement(at now: MonotonicTime) -> [Step] { listening(talk.stopMeasurement(at: now)) }

    /// Puts something out; `number` stands in the step that tells what became of it.
    package mutating func put(_ job: OutputJob, number: Int, at now: MonotonicTime) -> [Step] {
        guard openedAt != nil else { return [.output(number, .failed(.lineDown))] }
        return talk.put(job, number: number, at: now)
    }

    /// Why a device that puts something out does not, or soon will not; nil for every other device.
    package var trouble: OutputTrouble? { openedAt == nil ? nil : talk.trouble }

    /// The event with this token is on disk.
    /// - Parameter isRepeat: it was on disk already: the device has not heard so, or was told this moment.
    package mutating func saved(_ token: Int, isRepeat: Bool = false, at now: MonotonicTime) -> [Step] {
        listening(talk.saved(token, isRepeat: isRepeat, at: now))
    }

    /// The time of `deadline` has come.
    package mutating func deadlineReached(at now: MonotonicTime) -> [Step] {
        var steps: [Step] = []
        if let stallsAt, stallsAt <= now {
            self.stallsAt = nil
            steps = carry(decoder.lookPastStall(), at: now)
        }
        if let settlesBy, settlesBy <= now {
            self.settlesBy = nil
            steps.append(.measurementFailed(.unsettled))
        }
        if let change = decoder.fellSilent(at: now) { notice(change, at: now, &steps) }
        return listening(steps + talk.deadlineReached(at: now))
    }

    /// Where frames are answers, only what was asked for can come.
    private mutating func listening(_ steps: [Step]) -> [Step] {
        if case .reply = profile.framing { decoder.expect(talk.awaited) }
        return steps
    }

    /// The line broke.
    package mutating func lost(at now: MonotonicTime) -> [Step] {
        openedAt = nil
        decoder.forget()
        let wasSettling = settlesBy != nil
        (stallsAt, settlesBy, lastByteAt, hasTalked) = (nil, nil, nil, false)
        let steps = talk.lost()
        return steps.isEmpty && wasSettling ? [.measurementFailed(.lineLost)] : steps
    }

    private mutating func carry(_ heard: [Heard], at now: MonotonicTime) -> [Step] {
        var steps: [Step] = []
        for one in heard {
            hasTalked = true
            if let change = one.change { notice(change, at: now, &steps) }
            talk.hear(one, at: now, &steps)
        }
        return steps
    }

    /// A finger that comes in begins a measurement; its settled value, or its going, ends it.
    private mutating func notice(_ change: Settler.Change, at now: MonotonicTime, _ steps: inout [Step]) {
        switch change {
        case .came:
            settlesBy = now + profile.measureWithin
            steps.append(.measurementStarted)
        case .settled: settlesBy = nil
        case .went:
            if settlesBy != nil { steps.append(.measurementFailed(.released)) }
            settlesBy = nil
            steps.append(.released)
        }
    }
}

/// A way of conversing: by the exchange of a profile (`TableTalk`), or as the radio wants it (`RadioTalk`).
protocol Talk: Sendable {
    var deadline: MonotonicTime? { get }
    /// Asked, and no answer.
    var isUnanswered: Bool { get }
    var isMeasuring: Bool { get }
    mutating func told(_ time: HutTime)
    mutating func opened(at now: MonotonicTime) -> [Step]
    mutating func lost() -> [Step]
    mutating func hear(_ heard: Heard, at now: MonotonicTime, _ steps: inout [Step])
    mutating func deadlineReached(at now: MonotonicTime) -> [Step]
    mutating func startMeasurement(at now: MonotonicTime) -> [Step]
    mutating func stopMeasurement(at now: MonotonicTime) -> [Step]
    mutating func saved(_ token: Int, isRepeat: Bool, at now: MonotonicTime) -> [Step]
    /// The messages awaited now, for a line on which only they say how long an answer is.
    var awaited: [Int] { get }
    /// Why it puts nothing out, or soon will not.
    var trouble: OutputTrouble? { get }
    mutating func put(_ job: OutputJob, number: Int, at now: MonotonicTime) -> [Step]
}

extension Talk {
    var awaited: [Int] { [] }

    // Few devices ask for the time.
    mutating func told(_ time: HutTime) {}
}
