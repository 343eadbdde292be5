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

    /// What one reading comes to; nil for anything that is not a cuff's.
    fileprivate static func of(_ recorded: RecordedReading, numbers: SessionNumbers, offset: UTCOffset) -> CuffReading?
    {
        guard case .bloodPressure(let pressure) = recorded.reading.vital, recorded.reading.source.isCuff else {
            return nil
        }
        return CuffReading(
            pressure, of: recorded.reading, recorded.sequence, recorded.owner, numbers: numbers, offset: offset)
    }

    private init(
        _ pressure: BloodPressure, of reading: borrowing Reading, _ sequence: FactSequence, _ owner: Owner,
        numbers: SessionNumbers, offset: UTCOffset
    ) {
        self.sequence = sequence
        if case .resident(_, let visit) = owner { self.visit = visit } else { visit = nil }
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
        lateness = Lateness(of: reading, numbers)
        isDated = reading.timeConfidence != .clockUntrusted
    }

    /// `198/112`.
    package var text: String { "\(systolic)/\(diastolic)" }

    /// Measured at home with a lent monitor: another setting with other limits, so in no day value.
    package var isHome: Bool { source == .cuffHome }
}

/// The few numbers that are asked for at every reading, apart from the rest: a policy is some thousand bytes.
struct SessionNumbers: Sendable {
    let averaging: Averaging
    /// Milliseconds.
    let gap, span, late, old: Int64
    /// mmHg.
    let agreement: Int

    init(_ policy: Policy) {
        averaging = policy.averaging.value
        gap = Int64(policy.session.gap.value) * 60_000
        span = Int64(policy.session.span.value) * 60_000
        late = Int64(policy.lateness.late.value) * 3_600_000
        old = Int64(policy.lateness.old.value) * 86_400_000
        agreement = policy.session.agreement.value
    }
}

extension SourceClass {
    /// Clinical-rules 5.1: the classes a blood-pressure rule accepts; `wearable` is not among them.
    var isCuff: Bool {
        switch self {
        case .cuffStaff, .cuffStation, .cuffHome, .manual: true
        case .oximeter, .thermometer, .glucometer, .scale, .wearable: false
        }
    }
}

/// The cuff readings by time of measuring, then by their place in the ledger.
func cuffReadings(of readings: [RecordedReading], numbers: SessionNumbers, offset: UTCOffset) -> [CuffReading] {
    var cuff: [CuffReading] = []
    cuff.reserveCapacity(readings.count)
    var isOrdered = true
    // By place, not by element: a reading has a dozen references, and most are not looked at.
    for place in readings.indices {
        guard let reading = CuffReading.of(readings[place], numbers: numbers, offset: offset) else { continue }
        if let last = cuff.last, (reading.at, reading.sequence) < (last.at, last.sequence) { isOrdered = false }
        cuff.append(reading)
    }
    return isOrdered ? cuff : cuff.sorted { ($0.at, $0.sequence) < ($1.at, $1.sequence) }
}

extension Lateness {
    /// A record whose time is unknown may be of any age: it counts as late.
    init(of reading: borrowing Reading, _ numbers: SessionNumbers) {
        let waited = reading.receivedAt.milliseconds - reading.measuredAt.milliseconds
        if waited > numbers.old {
            self = .old
        } else if waited > numbers.late || reading.timeConfidence == .timeFault {
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
