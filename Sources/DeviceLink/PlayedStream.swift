// An oximeter or a scale that streams: samples while a finger is in, and what the device says, or nothing at all, while
// none is.
import Vitals

/// The stream of a simulated instrument.
struct PlayedStream: Sendable {
    private let stage: Stage
    private let live: Int
    private let flags: [Int: Number]
    private let absent: [UInt8]?
    private let every: Duration
    private var goneAt: MonotonicTime?
    private(set) var next: MonotonicTime?
    private var count = 0

    /// nil for a profile that plays no stream.
    init?(_ stage: Stage) {
        guard let stream = stage.script.stream, let live = stage.place(of: stream.message) else { return nil }
        (self.stage, self.live) = (stage, live)
        flags = stage.numbers(stream.numbers ?? [:], in: live)
        every = .seconds(fraction: stage.script.every ?? 1)
        absent = stream.absent.flatMap { absent in
            guard let index = stage.place(of: absent.message) else { return nil }
            var record = stage.table.blank(index)
            for (place, number) in stage.numbers(absent.numbers ?? [:], in: index) { record.numbers[place] = number }
            return stage.table.frame(of: record)
        }
    }

    /// A finger is in.
    var isPressed: Bool { goneAt != nil }

    private var isPushed: Bool { stage.table.exchange.poll == nil }

    mutating func opened(at now: MonotonicTime) {
        (goneAt, next, count) = (nil, absent != nil && isPushed ? now : nil, 0)
    }

    /// The finger goes in and stays for the time of a measurement.
    mutating func press(at now: MonotonicTime) {
        goneAt = now + .seconds(fraction: stage.script.lasts)
        if isPushed { next = next ?? now }
    }

    /// The next sample, of a finger or of none.
    mutating func play(_ plan: SimulationPlan) -> [UInt8] {
        guard let now = next else { return [] }
        leave(at: now)
        next = goneAt != nil || absent != nil ? now + every : nil
        return sample(plan)
    }

    /// What a device that is polled answers.
    mutating func answer(to heard: Record, _ plan: SimulationPlan, at now: MonotonicTime) -> [UInt8]? {
        guard stage.table.exchange.poll?.ask.send == heard.message else { return nil }
        leave(at: now)
        return sample(plan)
    }

    private mutating func leave(at now: MonotonicTime) {
        if let goneAt, goneAt <= now { self.goneAt = nil }
    }

    private mutating func sample(_ plan: SimulationPlan) -> [UInt8] {
        count += 1
        guard goneAt != nil else { return absent ?? [] }
        var plan = plan
        switch plan.fault {
        case .noSignal: return stage.table.frame(missing: .noSignal, as: live, changing: flags) ?? absent ?? []
        // Values that never agree.
        case .noResult where count % 2 == 0:
            plan.oxygen = (plan.oxygen ?? 97) - 9
            plan.grams += 2_000
            plan.centiCelsius = (plan.centiCelsius ?? 3_650) + 100
        default: break
        }
        return stage.result(plan) ?? []
    }
}
