// A watch of either family on somebody's wrist: it greets and waits for the answer, gives its values now and then, says
// that it is alive every five minutes, and calls again every minute until somebody has heard it.
import Vitals

/// What a watch can say.
enum WatchWord: Sendable {
    /// Who it is; nil in families that say so with every message.
    case login
    case alive(percent: Int?)
    case heartRate(Int)
    case pressure(systolic: Int, diastolic: Int)
    case oxygen(Int)
    /// Hundredths of a degree; 0 for none.
    case temperature(Int)
    case place(Position?, percent: Int)
    case call(Position?, percent: Int)
}

/// Which of its messages the host has answered.
enum WatchAnswer: Sendable { case login, alive, call }

/// One text family: how its words are written; the rest is the same.
protocol WatchFamily: Dialect {
    /// What the names of its bands begin with.
    static var prefix: String { get }
    /// The simulated watch, where nobody names another.
    var sampleBand: BandID { get }
    /// nil where the family has no such word.
    func frame(_ word: WatchWord, of number: [UInt8]) -> [UInt8]?
    func answered(_ frame: ArraySlice<UInt8>) -> WatchAnswer?
}

extension WatchFamily {
    func talk(_ profile: DeviceProfile) -> any Talk { WatchTalk() }

    func player(_ profile: DeviceProfile, _ plan: SimulationPlan) throws(SimulationError) -> any Player {
        WatchPlayer(self, profile, plan)
    }

    var faults: Set<SimulatedFault> { SimulatedFault.ofEveryDevice.union([.noSignal]) }

    func frames(of reading: DeviceReading) -> [UInt8]? {
        guard reading.deviceTime == nil, reading.memorySlot == nil, reading.userSlot == nil,
            let number = reading.band.flatMap({ WatchName.number(Self.prefix, of: $0) })
        else { return nil }
        let word: WatchWord
        switch reading.vital {
        case .pulseRate(let rate): word = .heartRate(rate.value)
        case .wearableBloodPressure(let pressure):
            word = .pressure(systolic: pressure.systolic.value, diastolic: pressure.diastolic.value)
        case .oxygenSaturation(let oxygen) where oxygen.pulse == nil && oxygen.perfusionIndex == nil:
            word = .oxygen(oxygen.percent)
        case .temperature(let celsius): word = .temperature(celsius)
        default: return nil
        }
        return frame(word, of: number).map { (frame(.login, of: number) ?? []) + $0 }
    }
}

/// The watch's side of the conversation.
struct WatchPlayer: Player {
    private static let aliveEvery = Duration.seconds(300)
    private static let againEvery = Duration.seconds(60)

    private let family: any WatchFamily
    private var plan: SimulationPlan
    private var number: [UInt8] = []
    private var framer: Framer
    private var ear: WatchEar
    /// The host has answered the greeting.
    private var isHeard = false
    private var nextAlive: MonotonicTime?
    private var nextValue: MonotonicTime?
    /// So many values have been given.
    private var turn = 0
    private var nextCall: MonotonicTime?

    init(_ family: any WatchFamily, _ profile: DeviceProfile, _ plan: SimulationPlan) {
        (self.family, self.plan) = (family, plan)
        (framer, ear) = (Framer(profile.framing.heardByDevice), WatchEar(family: family))
    }

    mutating func show(_ plan: SimulationPlan) throws(SimulationError) {
        let band = plan.band ?? family.sampleBand
        guard let number = WatchName.number(type(of: family).prefix, of: band) else {
            throw SimulationError(
                problem: "`\(band.rawValue)` is no watch of this family", hint: "as in \(family.sampleBand.rawValue)")
        }
        (self.plan, self.number) = (plan, number)
    }

    var deadline: MonotonicTime? { [nextAlive, nextValue, nextCall].compactMap(\.self).min() }

    mutating func opened(at now: MonotonicTime, _ outbox: inout Outbox) {
        framer.abandon()
        (isHeard, nextValue, nextCall) = (false, nil, nil)
        greet(at: now, &outbox)
    }

    private mutating func greet(at now: MonotonicTime, _ outbox: inout Outbox) {
        let alive = WatchWord.alive(percent: plan.batteryPercent)
        outbox.put(family.frame(.login, of: number) ?? family.frame(alive, of: number) ?? [], at: now)
        nextAlive = now + WatchPlayer.againEvery
    }

    mutating func receive(_ bytes: [UInt8], at now: MonotonicTime, _ outbox: inout Outbox) {
        framer.push(bytes, to: &ear)
        for answer in ear.take() {
            switch answer {
            case .call: nextCall = nil
            case .login, .alive:
                nextAlive = now + WatchPlayer.aliveEvery
                if !isHeard { begin(at: now, &outbox) }
            }
        }
    }

    private mutating func begin(at now: MonotonicTime, _ outbox: inout Outbox) {
        isHeard = true
        nextValue = now + .seconds(1)
        if plan.position != nil { send(.place(plan.position, percent: plan.batteryPercent ?? 80), at: now, &outbox) }
        if plan.sos { press(at: now, &outbox) }
    }

    /// The button. Before anybody has answered the greeting it is remembered.
    mutating func press(at now: MonotonicTime, _ outbox: inout Outbox) {
        guard isHeard else { return plan.sos = true }
        send(.call(plan.position, percent: plan.batteryPercent ?? 80), at: now, &outbox)
        nextCall = now + WatchPlayer.againEvery
    }

    mutating func deadlineReached(at now: MonotonicTime, _ outbox: inout Outbox) {
        if let nextCall, nextCall <= now { press(at: now, &outbox) }
        if let nextAlive, nextAlive <= now {
            if isHeard { put(.alive(percent: plan.batteryPercent), at: now, &outbox) } else { greet(at: now, &outbox) }
            self.nextAlive = now + WatchPlayer.againEvery
        }
        while let next = nextValue, next <= now {
            let values = values
            send(values[turn % values.count], at: next, &outbox)
            turn += 1
            nextValue = next + plan.interval / values.count
        }
    }

    /// One after the other, all of them in one interval; a pressure is always among them.
    private var values: [WatchWord] {
        switch plan.fault {
        case .noSignal: [.heartRate(0), .pressure(systolic: 0, diastolic: 0), .oxygen(0), .temperature(0)]
        case .impossibleValue: [.heartRate(3), .oxygen(130)]
        default:
            [
                plan.heartRate.map { .heartRate($0) },
                .pressure(systolic: plan.pressure.systolic.value, diastolic: plan.pressure.diastolic.value),
                plan.oxygen.map { .oxygen($0) }, plan.centiCelsius.map { .temperature($0) },
            ].compactMap(\.self)
        }
    }

    private func put(_ word: WatchWord, at now: MonotonicTime, _ outbox: inout Outbox) {
        if let frame = family.frame(word, of: number) { outbox.put(frame, at: now) }
    }

    /// With the fault of the plan, where it has one.
    private func send(_ word: WatchWord, at now: MonotonicTime, _ outbox: inout Outbox) {
        guard let frame = family.frame(word, of: number) else { return }
        outbox.put(frame, before: plan.fault == .twoTogether ? frame : [], plan.fault, at: now)
    }
}

/// Hears the host.
private struct WatchEar: FrameJudge, Sendable {
    let family: any WatchFamily
    private var heard: [WatchAnswer] = []

    init(family: any WatchFamily) { self.family = family }

    mutating func accept(_ frame: ArraySlice<UInt8>) -> Bool {
        if let answer = family.answered(frame) { heard.append(answer) }
        return true
    }

    mutating func take() -> [WatchAnswer] {
        defer { heard = [] }
        return heard
    }
}
