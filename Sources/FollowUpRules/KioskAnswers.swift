// What the kiosk has to know after a reading: the value, its word, and which screen comes next. The same numbers and
// the same functions as the rules, so that a screen never says what the list does not hold.
import Vitals

/// A single reading at or above the crisis limit, on either component.
package func isCrisis(_ pressure: BloodPressure, policy: Policy) -> Bool {
    policy.crisis.isReached(by: pressure.systolic.value, pressure.diastolic.value)
}

/// Two readings so far apart that the kiosk asks whose they are: K12.
package func differsTooMuch(_ one: BloodPressure, _ other: BloodPressure, policy: Policy) -> Bool {
    let session = policy.session
    if abs(one.systolic.value - other.systolic.value) > session.doubtSystolic.value { return true }
    guard let pulse = one.pulse, let second = other.pulse else { return false }
    return abs(pulse.value - second.value) > session.doubtPulse.value
}

/// Two readings too far apart for two to be enough: K16.
package func needsThird(_ one: BloodPressure, _ other: BloodPressure, policy: Policy) -> Bool {
    let apart = policy.session.agreement.value
    return abs(one.systolic.value - other.systolic.value) > apart
        || abs(one.diastolic.value - other.diastolic.value) > apart
}

/// Where a visit stands after its last reading, as far as very high values go.
package enum CrisisState: Hashable, Sendable {
    /// No very high reading in this visit.
    case none
    /// The first one; nothing usable came after it: C1.
    case first
    /// Again, or the session's value: C3.
    case confirmed
    /// What came after it is below: C5.
    case notConfirmed
}

/// What a visit comes to after its last reading.
package struct VisitOutcome: Hashable, Sendable {
    package var session: SessionValue
    package var word: ValueWord
    package var crisis: CrisisState
    /// The last reading itself is at or above the crisis limit.
    package var isCrisis: Bool
    /// K18.
    package var isLow: Bool
    /// K12: differs too much from the one before it.
    package var asksWhose: Bool
    /// K16: two that do not agree.
    package var needsThird: Bool
    package var nextDay: LocalDay?
}

/// What the cuff readings of one visit come to; nil when there is none. `resident` is nil for a guest, `openFlags` are
/// the resident's after the review of the last reading.
package func visitOutcome(
    of readings: [RecordedReading], for resident: Resident?, marks: ResidentMarks = ResidentMarks(),
    openFlags: [Flag], policy: Policy, offset: UTCOffset
) -> VisitOutcome? {
    let numbers = SessionNumbers(policy)
    let cuff = cuffReadings(of: readings, numbers: numbers, offset: offset)
    let all = sessions(of: cuff, numbers)
    guard let last = cuff.last, let session = all.first(where: { $0.readings.contains(last) }) else { return nil }
    // Only a reading with a movement bit so far: shown as what it is, once and provisional.
    let value =
        session.value
        ?? SessionValue(
            systolic: MmHg(last.systolic), diastolic: MmHg(last.diastolic), pulse: last.pulse.map { PerMinute($0) },
            count: 1, isComplete: false)
    let previous = session.readings.dropLast().last
    let isLow = session.isLow(by: policy) && (resident?.age(on: last.day)).map { $0 >= policy.ages.adult.value } ?? true
    return VisitOutcome(
        session: value,
        word: valueWord(for: value, isLow: isLow, of: resident, marks: marks, on: last.day, policy: policy),
        crisis: crisisState(of: all, last: last, policy: policy), isCrisis: policy.crisis.isReached(by: last),
        isLow: isLow,
        asksWhose: previous.map { differsTooMuch($0.pressure, last.pressure, policy: policy) } ?? false,
        needsThird: value.count == 2 && !value.isComplete,
        nextDay: nextDay(after: value, of: resident, marks: marks, openFlags: openFlags, on: last.day, policy: policy))
}

private func crisisState(of sessions: [Session], last: CuffReading, policy: Policy) -> CrisisState {
    let crises = Crisis.find(in: sessions, answers: [:], policy: policy).filter(\.isLive)
    if crises.isEmpty { return .none }
    if crises.contains(where: { $0.state == .confirmed }) { return .confirmed }
    return crises.contains { $0.state == .pending } ? .first : .notConfirmed
}

/// The day to come back, where the rules know one: to check a very high reading, to measure on other days, or once
/// in half a year.
package func nextDay(
    after value: SessionValue, of resident: Resident?, marks: ResidentMarks = ResidentMarks(), openFlags: [Flag],
    on day: LocalDay, policy: Policy
) -> LocalDay? {
    let open = openFlags.filter { $0.ended == nil }
    if let again = open.first(where: { $0.draft.rule == "BP-01r" })?.draft.due { return max(again, day) }
    if open.contains(where: { $0.draft.rule == "BP-05" }) { return day + policy.comeBack.raised.value }
    let isKnown = resident.map { marks.isKnownHypertensive($0, on: day) } ?? false
    guard !isKnown, policy.normal.isReached(by: value), !policy.raised.isReached(by: value) else { return nil }
    return day + policy.comeBack.highNormal.value
}

extension CuffReading {
    fileprivate var pressure: BloodPressure {
        BloodPressure(
            systolic: MmHg(systolic), diastolic: MmHg(diastolic), pulse: pulse.map { PerMinute($0) })
    }
}
