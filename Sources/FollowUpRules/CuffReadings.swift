// What the rules need to know of one cuff result, worked out once: its local day, whether it may be averaged, and
// how late it came. Only a blood pressure from a cuff, or typed by a person, can become one: the estimate of a
// wearable is another quantity and has no way in (clinical-rules 1.10).
import Vitals

/// How long after measuring a reading came. Ordered: the later, the greater.
package enum Lateness: Int, Hashable, Comparable, Sendable {
    case live, late, old
    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// One blood pressure of a cuff, as the rules see it.
package struct CuffReading: Hashable, Sendable {
    package let sequence: FactSequence
    package let visit: VisitID?
    package let at: HutTime
    /// Local day of measuring.
    package let day: LocalDay
    package let systolic, diastolic: Int
    package let pulse: Int?
    package let instrument: InstrumentID
    package let arm: Arm
    package let source: SourceClass
    /// Seated before it, by the hut's clock or by the resident's own word.
    let isRested: Bool
    /// The device's own mark.
    let isIrregular: Bool
    /// May be averaged: time known, nothing moved, plausible (clinical-rules 5.1, *usable*).
    package let isUsable: Bool
    package let lateness: Lateness
    /// False when the hut's own clock could not be trusted: no date is made from it.
    package let isDated: Bool

    /// nil for anything that is not a cuff's.
    package init?(_ recorded: RecordedReading, policy: Policy, offset: UTCOffset) {
        let reading = recorded.reading
        guard case .bloodPressure(let pressure) = reading.vital, CuffReading.sources.contains(reading.source) else {
            return nil
        }
        sequence = recorded.sequence
        if case .resident(_, let visit) = recorded.owner { self.visit = visit } else { visit = nil }
        (at, day) = (reading.measuredAt, offset.day(of: reading.measuredAt))
        (systolic, diastolic) = (pressure.systolic.value, pressure.diastolic.value)
        pulse = pressure.pulse?.value
        (instrument, arm, source) = (reading.instrument, reading.arm, reading.source)
        isIrregular = pressure.irregularPulse == true
        switch reading.rested {
        case .byClock, .byOwnWord: isRested = true
        case .no, .notSaid: isRested = false
        }
        isUsable = reading.timeConfidence == .ok && pressure.moved != true && reading.vital.implausibleField == nil
        lateness = Lateness(of: reading, policy: policy)
        isDated = reading.timeConfidence != .clockUntrusted
    }

    /// `198/112`.
    package var text: String { "\(systolic)/\(diastolic)" }

    /// Measured at home with a lent monitor: another setting with other limits, so in no day value.
    package var isHome: Bool { source == .cuffHome }

    /// Clinical-rules 5.1: the classes a blood-pressure rule accepts; `wearable` is not among them.
    private static let sources: Set<SourceClass> = [.cuffStaff, .cuffStation, .cuffHome, .manual]
}

extension Lateness {
    /// A record whose time is unknown may be of any age: it counts as late.
    package init(of reading: Reading, policy: Policy) {
        let waited = reading.receivedAt - reading.measuredAt
        if waited > .seconds(policy.lateness.old.value * 86_400) {
            self = .old
        } else if waited > .seconds(policy.lateness.late.value * 3_600) || reading.timeConfidence == .timeFault {
            self = .late
        } else {
            self = .live
        }
    }
}

extension PolicyLimit {
    /// *At or above the pair*, on either component.
    func isReached(by reading: CuffReading) -> Bool { isReached(by: reading.systolic, reading.diastolic) }
}
