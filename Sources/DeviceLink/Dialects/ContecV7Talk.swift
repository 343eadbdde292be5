// Both sides of a conversation with a Contec oximeter: the hut asks for the stream and says every five seconds that it
// is still there; the device streams until nobody has said so for half a minute.
import Vitals

/// The hut's side.
struct ContecTalk: Talk {
    private var nextWord: MonotonicTime?
    private var hasStreamed = false
    private var silences = 0

    /// The maker's own interval. A device that is off is asked as often: who switches it on waits no longer than this.
    private static let interval = Duration.seconds(5)
    /// So many questions without an answer, and nobody is there.
    private static let patience = 2

    var deadline: MonotonicTime? { nextWord }
    var isUnanswered: Bool { silences > ContecTalk.patience }
    /// The settler knows when a finger is in, not the talk.
    var isMeasuring: Bool { false }

    /// Live and stored data are exclusive, and an earlier host may have left either running.
    mutating func opened(at now: MonotonicTime) -> [Step] {
        self = ContecTalk()
        nextWord = now + ContecTalk.interval
        return [ContecOrder.stopStored, .stopLive, .startLive].map { .send($0.bytes) }
    }

    mutating func lost() -> [Step] {
        self = ContecTalk()
        return []
    }

    mutating func hear(_ heard: Heard, at now: MonotonicTime, _ steps: inout [Step]) {
        if heard.sample != nil { hasStreamed = true }
        silences = 0
        if let event = heard.event { steps.append(.event(event, token: nil)) }
    }

    mutating func deadlineReached(at now: MonotonicTime) -> [Step] {
        guard let due = nextWord, due <= now else { return [] }
        nextWord = now + ContecTalk.interval
        defer { hasStreamed = false }
        if hasStreamed { return [.send(ContecOrder.stillHere.bytes)] }
        silences += 1
        return [.send(ContecOrder.startLive.bytes)]
    }

    // It streams whenever it is there; a start of a measurement is a finger put in.
    mutating func startMeasurement(at now: MonotonicTime) -> [Step] { [.measurementFailed(.cannotStart)] }
    mutating func stopMeasurement(at now: MonotonicTime) -> [Step] { [] }
    mutating func saved(_ token: Int, isRepeat: Bool, at now: MonotonicTime) -> [Step] { [] }
}

/// The device's side.
struct ContecPlayer: Player {
    private var stream: FingerPlayer
    private var plan: SimulationPlan
    private let error: UInt8
    private var framer = Framer(.own(ContecFraming.fromDevice.heardByDevice))
    private var ear = ContecHostEar()
    /// When the stream ends, unless the host says something.
    private var endsAt: MonotonicTime?

    /// Live data stop so long after the last word of the host (public drivers: about 30 s).
    private static let faith = Duration.seconds(30)

    init(_ stream: FingerPlayer, _ plan: SimulationPlan, error: String?) {
        (self.stream, self.plan) = (stream, plan)
        self.error = error.flatMap { UInt8($0, radix: 16) } ?? 0x03
    }

    mutating func show(_ plan: SimulationPlan) throws(SimulationError) {
        try stream.show(plan)
        self.plan = plan
    }

    var deadline: MonotonicTime? { [stream.deadline, endsAt].compactMap(\.self).min() }

    /// A host that comes back finds it as it was left.
    mutating func opened(at now: MonotonicTime, _ outbox: inout Outbox) { framer.abandon() }

    mutating func press(at now: MonotonicTime, _ outbox: inout Outbox) { stream.press(at: now, &outbox) }

    mutating func receive(_ bytes: [UInt8], at now: MonotonicTime, _ outbox: inout Outbox) {
        framer.push(bytes, to: &ear)
        for order in ear.take() {
            switch ContecOrder(rawValue: order) {
            case .startLive where plan.fault == .errorFrame:
                outbox.put(ContecPacket(type: 0x0B, payload: [order, error]).bytes, at: now)
            case .startLive:
                if !stream.isStreaming { stream.opened(at: now, &outbox) }
                endsAt = now + ContecPlayer.faith
            case .stopLive, .stopStored:
                end()
                outbox.put(ContecPacket(type: 0x0C, payload: []).bytes, at: now)
            case .stillHere: if stream.isStreaming { endsAt = now + ContecPlayer.faith }
            // Not supported.
            case nil: outbox.put(ContecPacket(type: 0x0B, payload: [order, 0x05]).bytes, at: now)
            }
        }
    }

    mutating func deadlineReached(at now: MonotonicTime, _ outbox: inout Outbox) {
        if let endsAt, endsAt <= now { end() }
        stream.deadlineReached(at: now, &outbox)
    }

    private mutating func end() {
        stream.stop()
        endsAt = nil
    }
}

/// Hears the orders of the host.
private struct ContecHostEar: FrameJudge, Sendable {
    private var heard: [UInt8] = []

    mutating func accept(_ frame: ArraySlice<UInt8>) -> Bool {
        heard.append(ContecPacket(frame).payload[0])
        return true
    }

    mutating func take() -> [UInt8] {
        defer { heard = [] }
        return heard
    }
}
