// What a simulated device with a memory holds: a few records, the newest as the plan says, older ones half a day apart.
import Vitals

enum SimulatedMemory {
    /// Records in a simulated memory (ours).
    static let count = 3

    /// When each record was taken, newest first. `unset` is what the device's clock says before anybody has set it.
    static func times(_ plan: SimulationPlan, unset: CivilTime) -> [CivilTime] {
        switch plan.fault {
        case .clockUnset: return [CivilTime](repeating: unset, count: count)
        case .noResult: return []
        default: break
        }
        let utc = UTCOffset(seconds: 0)
        let newest = CivilTime(
            year: plan.clock.year, month: plan.clock.month, day: plan.clock.day, hour: plan.clock.hour,
            minute: plan.clock.minute)
        guard let start = utc.instant(of: newest) else { return [newest] }
        var times = (0..<count).map { utc.civil(of: start + .seconds(-$0 * 12 * 3_600)) }
        if plan.fault == .impossibleDate {
            times[0] = CivilTime(year: newest.year, month: 2, day: 30, hour: newest.hour, minute: newest.minute)
        }
        return times
    }
}

/// A fault of the line that strikes once: what is asked for again comes whole.
struct OneFault: Sendable {
    private var waiting: SimulatedFault?

    init(_ fault: SimulatedFault? = nil) { waiting = fault }

    mutating func strike() -> SimulatedFault? {
        defer { waiting = nil }
        return waiting
    }
}
