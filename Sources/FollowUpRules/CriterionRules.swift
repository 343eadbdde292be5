// BP-06, BP-06h and BP-11: people without known hypertension whose values of several days meet the criterion for a
// doctor to look at, at the hut or at home, and those just below. *Meets the criterion*, never *has hypertension*.
import Vitals

extension Rule {
    static let criterion = Rule(
        id: "BP-06", title: LocalizedText("三天都高，请确认", en: "Raised on three days, to be confirmed"),
        source: "clinical-rules 1.2, 1.6, 5.3; NORM3, G25, EVID71 (B)", severities: .soon ... .soon, lookBack: 400,
        family: ["BP-06"], population: TimeLine.isUnknown,
        raising: { line in line.isKnownHypertensive(on: line.today) ? [] : line.raisedDays },
        clearing: never)

    static let homeCriterion = Rule(
        id: "BP-06h", title: LocalizedText("家里量的平均偏高，请确认", en: "Home mean raised, to be confirmed"),
        source: "clinical-rules 1.2, 5.4; G25, EVID71 (B)", severities: .soon ... .soon, lookBack: 400,
        family: ["BP-06h"], population: TimeLine.isUnknown,
        raising: { line in line.isKnownHypertensive(on: line.today) ? [] : line.raisedHomeMeans },
        clearing: never)

    static let highNormal = Rule(
        id: "BP-11", title: LocalizedText("正常偏高，半年内再量", en: "High normal, again within half a year"),
        source: "clinical-rules 1.1, 1.6, 5.4; NORM3, G24 (B)", severities: .info ... .info, lookBack: 400,
        family: ["BP-11"], population: TimeLine.isUnknown,
        raising: { line in
            if line.isKnownHypertensive(on: line.today) { return [] }
            let policy = line.policy
            return line.hutSessions.compactMap { session, value in
                guard policy.highNormal.isReached(by: value), !policy.raised.isReached(by: value) else { return nil }
                return line.hit(of: session, value, .info, due: policy.comeBack.highNormal)
            }
        },
        clearing: { hit, line, before in line.nextSession(after: hit, before: before) })
}

extension TimeLine {
    /// Every day with which the most recent complete day values were all raised; a normal one starts the count again.
    fileprivate var raisedDays: [Hit] {
        let (numbers, raised) = (policy.criterion, policy.raised)
        var run: [DayValue] = []
        var hits: [Hit] = []
        for day in days where day.isComplete {
            guard raised.isReached(by: day) else {
                run.removeAll(keepingCapacity: true)
                continue
            }
            run.append(day)
            if run.count > numbers.days.value { run.removeFirst() }
            guard run.count == numbers.days.value, day.day - run[0].day <= numbers.span.value else { continue }
            hits.append(raisedHit(run))
        }
        return hits
    }

    private func raisedHit(_ run: [DayValue]) -> Hit {
        let last = run[run.count - 1]
        let lateness = last.lateness
        return Hit(
            at: last.end, day: last.day, severity: .soon, due: policy.criterion.due.value, triggers: last.readings,
            facts: run.flatMap(\.readings), lateness: lateness,
            sentence: { [self] in
                let (dates, limit) = (dated(run), policy.raised.text)
                return sentence(
                    LocalizedText(
                        "\(run.count)天都到\(limit)以上：\(dates.chinese)，够了请医生确认的标准",
                        en:
                            "at or above \(limit) on \(run.count) days: \(dates.english); meets the criterion for a doctor to confirm"
                    ),
                    at: last.end, readings: last.sessions.flatMap(\.readings), lateness: lateness)
            })
    }

    /// Every day on which the mean of the home values of a week was raised.
    fileprivate var raisedHomeMeans: [Hit] {
        let readings = sessions.lazy.filter(\.isHome).flatMap(\.readings).filter(\.isUsable)
            .sorted { ($0.at, $0.sequence) < ($1.at, $1.sequence) }
        var hits: [Hit] = []
        var first = 0
        for (place, last) in readings.enumerated() {
            while last.day - readings[first].day >= policy.home.window.value { first += 1 }
            let isLastOfDay = place + 1 == readings.count || readings[place + 1].day != last.day
            if isLastOfDay, let hit = homeHit(Array(readings[first...place])) { hits.append(hit) }
        }
        return hits
    }

    private func homeHit(_ week: [CuffReading]) -> Hit? {
        let (numbers, last) = (policy.home, week[week.count - 1])
        let count = Set(week.map(\.day)).count
        guard count >= numbers.days.value, week.count >= numbers.values.value else { return nil }
        let (systolic, diastolic) = (Mean(week.map(\.systolic)).rounded, Mean(week.map(\.diastolic)).rounded)
        guard numbers.limit.isReached(by: systolic, diastolic) else { return nil }
        return Hit(
            at: last.at, day: last.day, severity: .soon, due: numbers.due.value,
            triggers: week.filter { $0.day == last.day }.map(\.sequence), facts: week.map(\.sequence),
            lateness: last.lateness, isDated: last.isDated,
            sentence: { [self] in
                sentence(
                    LocalizedText(
                        "家里\(count)天\(week.count)遍平均\(systolic)/\(diastolic) mmHg，到\(numbers.limit.text)以上",
                        en:
                            "home mean \(systolic)/\(diastolic) mmHg of \(week.count) values on \(count) days, at or above \(numbers.limit.text)"
                    ),
                    at: last.at, readings: week, lateness: last.lateness)
            })
    }

    /// The first settled session that began after a hit, whatever its value.
    func nextSession(after hit: Hit, before: HutTime?) -> Clearing? {
        for session in sessions[firstSession(after: hit.at)...] where session.isSettled(at: now) {
            if let before, session.end >= before { return nil }
            guard let value = session.value else { continue }
            let when = Words.moment(session.end, offset: offset, from: today)
            let text = "\(value.systolic.value)/\(value.diastolic.value) mmHg"
            return Clearing(
                at: session.end,
                because: LocalizedText("\(when.chinese) 又量了\(text)", en: "measured again \(when.english), \(text)"))
        }
        return nil
    }
}
