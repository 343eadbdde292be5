// What the oximeters that speak a dialect have in common: a finger, a percentage, a pulse, and often neither number.
import Vitals

extension Sample {
    /// One sample of an oximeter. Without a finger a number is a held one, so it is not looked at; one that cannot be is
    /// doubted, not reported: in a stream it is a finger going in.
    static func oximeter(
        percent: Int?, pulse: Int?, perfusionIndex: Int? = nil, within limits: Limits, isPresent: Bool,
        isUsable: Bool = true, isBest: Bool = true, deviceTime: CivilTime? = nil, raw: [UInt8] = []
    ) -> Sample {
        let vital =
            isPresent
            ? percent.map { percent in
                Vital.oxygenSaturation(
                    OxygenSaturation(
                        percent: percent, pulse: pulse.map { PerMinute($0) }, perfusionIndex: perfusionIndex))
            } : nil
        return Sample(
            vital: vital, kind: .oxygenSaturation, missing: vital == nil ? .noSignal : nil, isPresent: isPresent,
            isUsable: isUsable && vital.flatMap(limits.impossible) == nil, isBest: isBest, deviceTime: deviceTime,
            raw: raw)
    }
}

/// A simulated finger in a simulated oximeter: out, in and searching, a value, out again.
struct FingerPlayer: Player {
    /// What the device shows at one moment.
    struct Shown: Sendable {
        /// Frames sent so far.
        var count = 0
        var isIn = false
        var isSearching = false
        /// nil while there is no number.
        var percent: Int?
        var pulse: Int?
        var clock: CivilTime
        /// The device's own complaint is played.
        var isFaulty = false
    }

    private let encode: @Sendable (Shown) -> [UInt8]
    private let every: Duration
    private let lasts: Duration
    private var plan: SimulationPlan
    private var count = 0
    private var previous: [UInt8] = []
    private var startedAt: MonotonicTime?
    private var insertedAt: MonotonicTime?
    private var next: MonotonicTime?
    private var isHit = false

    /// From the finger to the first number (ours; makers say 4 to 10 s).
    private static let searching = Duration.seconds(2)

    /// `every`: from frame to frame; the finger stays for `simulate.lasts` of the profile.
    init(
        _ profile: DeviceProfile, _ plan: SimulationPlan, every: Duration,
        encode: @escaping @Sendable (Shown) -> [UInt8]
    ) throws(SimulationError) {
        guard let script = profile.simulate else { throw SimulationError.noScript(profile) }
        (self.plan, self.every, self.encode) = (plan, every, encode)
        lasts = .seconds(fraction: script.lasts)
    }

    mutating func show(_ plan: SimulationPlan) throws(SimulationError) {
        guard plan.oxygen.map((0...100).contains) ?? true, plan.heartRate.map((1...250).contains) ?? true else {
            throw SimulationError(
                problem: "the oximeter cannot show that", hint: "0 to 100 %, a pulse of 1 to 250")
        }
        self.plan = plan
    }

    var deadline: MonotonicTime? { next }

    /// The stream begins; a finger comes when the key is pressed.
    mutating func opened(at now: MonotonicTime, _ outbox: inout Outbox) {
        (startedAt, insertedAt, next, isHit) = (now, plan.pressStart ? now : insertedAt, now, false)
    }

    /// The stream ends.
    mutating func stop() { next = nil }

    var isStreaming: Bool { next != nil }

    mutating func receive(_ bytes: [UInt8], at now: MonotonicTime, _ outbox: inout Outbox) {}

    /// The next finger.
    mutating func press(at now: MonotonicTime, _ outbox: inout Outbox) { insertedAt = now }

    mutating func deadlineReached(at now: MonotonicTime, _ outbox: inout Outbox) {
        while let time = next, time <= now {
            let frame = encode(shown(at: time))
            next = time + every
            // The fault hits one frame, with the finger in and a number shown.
            let isStruck = !isHit && insertedAt.map { time - $0 > FingerPlayer.searching } ?? false
            isHit = isHit || isStruck
            outbox.put(frame, before: previous, isStruck ? plan.fault : nil, at: time)
            if isStruck, plan.fault == .stallMidFrame { next = time + .seconds(3) + every }
            previous = frame
            count += 1
        }
    }

    private func shown(at time: MonotonicTime) -> Shown {
        let since = insertedAt.map { time - $0 } ?? lasts
        var shown = Shown(count: count, clock: clock(at: time))
        shown.isIn = since < lasts
        shown.isFaulty = plan.fault == .errorFrame
        guard shown.isIn, !shown.isFaulty, plan.fault != .noSignal else { return shown }
        shown.isSearching = since < FingerPlayer.searching || plan.fault == .noResult
        guard !shown.isSearching else { return shown }
        (shown.percent, shown.pulse) = (plan.fault == .impossibleValue ? 30 : plan.oxygen, plan.heartRate)
        return shown
    }

    private func clock(at time: MonotonicTime) -> CivilTime {
        if plan.fault == .impossibleDate {
            return CivilTime(year: plan.clock.year, month: 2, day: 30, hour: plan.clock.hour, minute: plan.clock.minute)
        }
        let utc = UTCOffset(seconds: 0)
        guard let start = utc.instant(of: plan.clock), let startedAt else { return plan.clock }
        return utc.civil(of: start + (time - startedAt))
    }
}

extension SimulationError {
    static func noScript(_ profile: DeviceProfile) -> SimulationError {
        SimulationError(
            problem: "the profile of \(profile.name) has no `simulate`", hint: "say how long a measurement lasts")
    }
}
