// One resident's history, laid out once for every rule: sessions, day values, very high readings and what became of
// them, single values by kind, answers by visit. Building it is one pass; rules only read it. A class, because every
// hit's sentence holds on to it, and a policy is four kilobytes.
import Vitals

final class TimeLine: Sendable {
    let history: ResidentHistory
    let policy: Policy
    let now: HutTime
    let offset: UTCOffset
    let today: LocalDay
    let person: Person
    /// Every cuff session, home ones too, by its beginning.
    let sessions: [Session]
    /// Days measured at the hut or by staff, oldest first; a day without a settled session is not here.
    let days: [DayValue]
    /// Whether each of them is at or above L.
    let areAbove: [Bool]
    let answers: [VisitID: [SymptomReport]]
    let crises: [Crisis]
    /// Oxygen, temperature, sugar, and pulses out of the ordinary.
    let values: StationValues
    /// Facts that an open flag rests on and the history no longer has.
    let gone: Set<FactSequence>

    init(_ history: ResidentHistory, policy: Policy, now: HutTime, offset: UTCOffset) {
        (self.history, self.policy, self.now, self.offset) = (history, policy, now, offset)
        today = offset.day(of: now)
        let numbers = SessionNumbers(policy)
        let person = Person(history.resident, history.marks, policy)
        self.person = person
        let cuff = cuffReadings(of: history.readings, numbers: numbers, offset: offset)
        let all = FollowUpRules.sessions(of: cuff, numbers)
        sessions = all
        days = TimeLine.days(of: all, at: now)
        areAbove = days.map { person.limit(on: $0.day).isReached(by: $0) }
        answers = Dictionary(grouping: history.symptoms.sorted { $0.sequence < $1.sequence }, by: \.visit)
        crises = Crisis.find(in: all, answers: answers, policy: policy)
        values = StationValues(of: history, policy: policy, numbers: numbers, offset: offset)
        gone = history.missingFacts
    }

    private static func days(of sessions: [Session], at now: HutTime) -> [DayValue] {
        var days: [DayValue] = []
        var today: [Session] = []
        for session in sessions where !session.isHome && session.value != nil {
            if let first = today.first, first.day != session.day {
                if let day = DayValue(today, at: now) { days.append(day) }
                today.removeAll(keepingCapacity: true)
            }
            today.append(session)
        }
        if let day = DayValue(today, at: now) { days.append(day) }
        return days
    }

    /// The places in `days` of the day values after `day`.
    func places(after day: LocalDay) -> Range<Int> {
        var (low, high) = (0, days.count)
        while low < high {
            let middle = (low + high) / 2
            if days[middle].day <= day { low = middle + 1 } else { high = middle }
        }
        return low..<days.count
    }

    /// The place of the first session that began after a moment.
    func firstSession(after time: HutTime) -> Int {
        var (low, high) = (0, sessions.count)
        while low < high {
            let middle = (low + high) / 2
            if sessions[middle].start <= time { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Sessions at the hut or by staff that have a value, as it stands now, provisional or not.
    var hutSessions: some Sequence<(Session, SessionValue)> {
        sessions.lazy.filter { !$0.isHome }.compactMap { session in session.value.map { (session, $0) } }
    }

    /// The answers given in the visits of a session.
    func answers(in session: Session) -> [SymptomReport] {
        answers.isEmpty ? [] : answers(in: Set(session.readings.compactMap(\.visit)))
    }

    func answers(in visits: Set<VisitID>) -> [SymptomReport] { visits.sorted().flatMap { answers[$0] ?? [] } }
}

extension ResidentHistory {
    /// Facts of open flags that are not this resident's any more, or not in the look-back.
    fileprivate var missingFacts: Set<FactSequence> {
        var wanted = flags.reduce(into: Set<FactSequence>()) { if $1.ended == nil { $0.formUnion($1.facts) } }
        for reading in readings {
            if wanted.isEmpty { return [] }
            wanted.remove(reading.sequence)
        }
        wanted.subtract(symptoms.lazy.map(\.sequence))
        wanted.subtract(failedAttempts.lazy.map(\.sequence))
        wanted.subtract(signals.lazy.map(\.sequence))
        wanted.subtract(noValues.lazy.map(\.sequence))
        wanted.subtract(flags.lazy.map(\.id))
        wanted.subtract(followUps.lazy.map(\.sequence))
        wanted.subtract(promises.lazy.map(\.sequence))
        return wanted
    }
}

extension SymptomAnswer {
    /// Confirmed, or no answer: silence means yes.
    var isDanger: Bool { self == .danger || self == .silence }
    /// Dizzy, or no answer to *dizzy?*.
    var isDizzy: Bool { self == .dizzy || self == .dizzySilence }
}
