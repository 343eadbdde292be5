// One resident's history, laid out once for every rule: sessions, day values, very high readings and what became of
// them, answers by visit. Building it is one pass; rules only read it.
import Vitals

struct TimeLine: Sendable {
    let history: ResidentHistory
    let policy: Policy
    let now: HutTime
    let offset: UTCOffset
    let today: LocalDay
    /// Every cuff session, home ones too, by its beginning.
    let sessions: [Session]
    /// Days measured at the hut or by staff, oldest first; a day without a settled session is not here.
    let days: [DayValue]
    let answers: [VisitID: [SymptomReport]]
    let crises: [Crisis]

    init(_ history: ResidentHistory, policy: Policy, now: HutTime, offset: UTCOffset) {
        (self.history, self.policy, self.now, self.offset) = (history, policy, now, offset)
        today = offset.day(of: now)
        let all = FollowUpRules.sessions(of: history.readings, policy: policy, offset: offset)
        sessions = all
        days = TimeLine.days(of: all, at: now, policy: policy)
        answers = Dictionary(grouping: history.symptoms.sorted { $0.sequence < $1.sequence }, by: \.visit)
        crises = Crisis.find(in: all, answers: answers, policy: policy)
    }

    private static func days(of sessions: [Session], at now: HutTime, policy: Policy) -> [DayValue] {
        var days: [DayValue] = []
        var today: [Session] = []
        for session in sessions where !session.isHome && session.value != nil {
            if let first = today.first, first.day != session.day {
                if let day = DayValue(today, at: now, policy: policy) { days.append(day) }
                today = []
            }
            today.append(session)
        }
        if let day = DayValue(today, at: now, policy: policy) { days.append(day) }
        return days
    }

    /// The day values after `day`, oldest first; with their place in `days`.
    func places(after day: LocalDay) -> Range<Int> {
        var (low, high) = (0, days.count)
        while low < high {
            let middle = (low + high) / 2
            if days[middle].day <= day { low = middle + 1 } else { high = middle }
        }
        return low..<days.count
    }

    /// Full years on a local day; nil when the birth date is not known.
    func age(on day: LocalDay) -> Int? { history.resident.age(on: day) }

    /// At least so many years old; unknown counts as old enough: the stricter profile (clinical-rules H-13).
    func isAtLeast(_ years: PolicyNumber, on day: LocalDay) -> Bool { age(on: day).map { $0 >= years.value } ?? true }

    /// **L** on a day.
    func limit(on day: LocalDay) -> PolicyLimit { policy.limit(of: history.resident, on: day) }

    /// The answers given in the visits of a session.
    func answers(in session: Session) -> [SymptomReport] { answers(in: Set(session.readings.compactMap(\.visit))) }

    func answers(in visits: Set<VisitID>) -> [SymptomReport] { visits.sorted().flatMap { answers[$0] ?? [] } }
}

extension SymptomAnswer {
    /// Confirmed, or no answer: silence means yes.
    var isDanger: Bool { self == .danger || self == .silence }
    /// Dizzy, or no answer to *dizzy?*.
    var isDizzy: Bool { self == .dizzy || self == .dizzySilence }
}

extension Resident {
    /// Full years on a local day; nil when the birth date is not known.
    package func age(on day: LocalDay) -> Int? { birth.map { day.fullYears(since: $0) } }

    /// Diagnosis or drugs on record; not known and not asked is *not known*.
    package var isKnownHypertensive: Bool { conditions.contains(.hypertension) || isOnDrugs }

    /// Medicines on record. Their text is not looked into.
    package var isOnDrugs: Bool { medicines.map { !$0.isEmpty } ?? false }
}

extension Policy {
    /// **L**: diabetes at any age; else by age; else the limit of an unknown age.
    package func limit(of resident: Resident, on day: LocalDay) -> PolicyLimit {
        if resident.conditions.contains(.diabetes) { return limits.diabetes }
        guard let age = resident.age(on: day) else { return limits.ageUnknown }
        return age >= ages.elder.value ? limits.elder : limits.adult
    }
}
