// BP-05 and BP-07: raised pressure over days. BP-05 asks people without known hypertension to measure on other days,
// quietly; BP-07 tells the nurse that a known one is above the limit. Neither says *has hypertension*.
import Vitals

extension Rule {
    static let suspected = Rule(
        id: "BP-05", title: LocalizedText("偏高，没有高血压记录", en: "Raised, hypertension not known"),
        source: "clinical-rules 1.1, 1.2, 5.3; NORM3, G24, G25 (B), dates D", severities: .info ... .soon,
        lookBack: 400, family: ["BP-05", "BP-06"],
        population: TimeLine.isUnknown,
        raising: { line in
            line.isKnownHypertensive(on: line.today) ? [] : line.suspectedHits
        },
        clearing: { hit, line, before in
            line.lastDays(line.policy.suspected.clearDays.value, after: hit, before: before) { day in
                line.policy.raised
            }
        },
        yieldsTo: "BP-06")

    static let uncontrolled = Rule(
        id: "BP-07", title: LocalizedText("高血压，超过范围", en: "Known hypertension, above the limit"),
        source: "clinical-rules 1.4, 1.6, 5.3; NORM3, NORM3b (B/C), (a) to (d) D", severities: .soon ... .soon,
        lookBack: 400, family: ["BP-07"],
        population: TimeLine.isKnown,
        raising: { line in
            guard line.mayBeKnownHypertensive else { return [] }
            let (limit, due) = (line.policy.high, line.policy.uncontrolled.highDue)
            let high = line.hutSessions.compactMap { session, value in
                limit.isReached(by: value) ? line.hit(of: session, value, .soon, due: due) : nil
            }
            let numbers = line.policy.uncontrolled
            let overDays = line.days.indices.compactMap {
                line.areAbove[$0] ? line.uncontrolledHit(at: $0, numbers) : nil
            }
            return (high + overDays).sorted { ($0.at, $0.day) < ($1.at, $1.day) }
        },
        clearing: { hit, line, before in
            line.lastDays(line.policy.uncontrolled.clearDays.value, after: hit, before: before) { day in
                line.limit(on: day.day)
            }
        },
        disease: .hypertension)
}

extension PolicyLimit {
    func isReached(by value: SessionValue) -> Bool { isReached(by: value.systolic.value, value.diastolic.value) }
    func isReached(by day: DayValue) -> Bool { isReached(by: day.systolic, day.diastolic) }
}

extension TimeLine {
    /// BP-05: a very high one is looked at as it comes, for the word on the screen promises a call (visit-script 3). The
    /// others ask for days, and once these are measured they are nothing to list: BP-06 says it, or the last days end it.
    fileprivate var suspectedHits: [Hit] {
        let numbers = policy.suspected
        let raised = hutSessions.filter { _, value in
            policy.high.isReached(by: value) || value.isComplete && policy.raised.isReached(by: value)
        }
        let measured = raised.last { session, _ in isMeasured(from: session.day) }
        let measuredUntil = measured.map { $0.0.day + numbers.due.value }
        return raised.map { session, value in
            if policy.high.isReached(by: value) { return hit(of: session, value, .soon, due: numbers.highDue) }
            if let measuredUntil, session.day <= measuredUntil { return hit(of: session, value, .info, due: nil) }
            return hit(of: session, value, .routine, due: numbers.due, listed: numbers.listed)
        }
    }

    /// As many complete days as BP-06 asks for, from a raised one on, within the time given for them.
    private func isMeasured(from first: LocalDay) -> Bool {
        let last = first + policy.suspected.due.value
        let complete = days[places(after: first + -1)].prefix { $0.day <= last }.count(where: \.isComplete)
        return complete >= policy.criterion.days.value
    }

    /// BP-07 (a), (b), (d) at a day: what came before it counts, what comes after it does not.
    fileprivate func uncontrolledHit(at place: Int, _ numbers: Policy.Uncontrolled) -> Hit? {
        let day = days[place]
        var first = place
        while first > 0, day.day - days[first - 1].day <= numbers.window.value { first -= 1 }
        let above = (first...place).lazy.filter { self.areAbove[$0] }.map { self.days[$0] }
        let complete = above.filter(\.isComplete)
        if day.isComplete, complete.count >= numbers.completeDays.value {
            return hit(of: Array(complete.suffix(numbers.completeDays.value))) { dates, limit in
                LocalizedText(
                    "\(numbers.window.value)天里\(numbers.completeDays.value)天到\(limit)以上：\(dates.chinese)",
                    en:
                        "at or above \(limit) on \(numbers.completeDays.value) days of \(numbers.window.value): \(dates.english)"
                )
            }
        }
        // A complete day says more than a provisional one, so it counts among the three.
        if above.count >= numbers.provisionalDays.value {
            return hit(of: Array(above.suffix(numbers.provisionalDays.value))) { dates, limit in
                LocalizedText(
                    "\(numbers.provisionalDays.value)天到\(limit)以上，有的只作参考：\(dates.chinese)",
                    en:
                        "at or above \(limit) on \(numbers.provisionalDays.value) days, some provisional: \(dates.english)"
                )
            }
        }
        guard place == 0 || day.day - days[place - 1].day > numbers.alone.value else { return nil }
        return hit(of: [day]) { dates, limit in
            LocalizedText(
                "\(numbers.alone.value)天里只量过这一天，到\(limit)以上：\(dates.chinese)",
                en: "at or above \(limit) on the only day measured in \(numbers.alone.value): \(dates.english)")
        }
    }

    /// A hit of one session at the policy's *high* or *raised*.
    func hit(
        of session: Session, _ value: SessionValue, _ severity: Severity, due: PolicyNumber?,
        listed: PolicyNumber? = nil
    ) -> Hit {
        let readings = session.readings.filter(\.isUsable)
        let last = readings[readings.count - 1]
        let sequences = readings.map(\.sequence)
        return Hit(
            at: session.end, day: session.day, severity: severity, due: due?.value, listed: listed?.value,
            triggers: sequences, facts: sequences, lateness: last.lateness,
            sentence: { [self] in
                let what = value.words
                let standing =
                    isKnownHypertensive(on: session.day)
                    ? limitWords(on: session.day)
                    : LocalizedText("没有高血压记录，用药不清楚", en: "hypertension not known, drugs unknown")
                return sentence(
                    LocalizedText("\(what.chinese)，\(standing.chinese)", en: "\(what.english), \(standing.english)"),
                    at: session.start, readings: readings, lateness: last.lateness)
            })
    }

    /// A hit of several days, the newest last.
    private func hit(
        of days: [DayValue], text: @escaping @Sendable (LocalizedText, String) -> LocalizedText
    ) -> Hit? {
        guard let last = days.last else { return nil }
        let (facts, lateness) = (days.flatMap(\.readings), last.lateness)
        return Hit(
            at: last.end, day: last.day, severity: .soon, due: policy.uncontrolled.due.value,
            triggers: last.readings, facts: facts, lateness: lateness,
            sentence: { [self] in
                let limit = limitWords(on: last.day)
                let what = text(dated(days), self.limit(on: last.day).text)
                let isOwn = age(on: last.day) == nil || history.marks.limit != nil
                let note =
                    isOwn
                    ? LocalizedText("\(what.chinese)，\(limit.chinese)", en: "\(what.english), \(limit.english)") : what
                let readings = last.sessions.flatMap(\.readings)
                return sentence(note, at: last.end, readings: readings, lateness: lateness)
            })
    }

    /// `11-14 156/84、11-21 152/94 mmHg`.
    func dated(_ days: [DayValue]) -> LocalizedText {
        let parts = days.map { day in (Words.day(day.day, from: today), day.text) }
        return LocalizedText(
            parts.map { "\($0.0.chinese) \($0.1)" }.joined(separator: "、") + " mmHg",
            en: parts.map { "\($0.0.english) \($0.1)" }.joined(separator: ", ") + " mmHg")
    }

    /// The first day after the hit that ends it, by a test at the day's place.
    func firstDay(after hit: Hit, before: HutTime?, _ test: (Int) -> LocalizedText?) -> Clearing? {
        for place in places(after: hit.day) {
            if let before, days[place].end >= before { return nil }
            if let because = test(place) { return Clearing(at: days[place].end, because: because) }
        }
        return nil
    }

    /// The first day after the hit at which the last `count` day values are all below the limit, on both components.
    func lastDays(
        _ count: Int, after hit: Hit, before: HutTime?, below limit: (DayValue) -> PolicyLimit
    ) -> Clearing? {
        firstDay(after: hit, before: before) { place in
            guard place + 1 >= count else { return nil }
            let last = days[(place + 1 - count)...place]
            guard last.allSatisfy({ !limit($0).isReached(by: $0) }) else { return nil }
            let text = limit(days[place]).text
            return dayText(Array(last), LocalizedText("都低于\(text)", en: "all below \(text)"))
        }
    }

    /// `11-28 130/80、11-29 128/78 mmHg，都低于140/90`.
    func dayText(_ days: [DayValue], _ verdict: LocalizedText) -> LocalizedText {
        let values = dated(days)
        return LocalizedText("\(values.chinese)，\(verdict.chinese)", en: "\(values.english), \(verdict.english)")
    }
}

extension SessionValue {
    /// `两遍合起来152/94 mmHg`, `一遍165/95 mmHg(只作参考)`.
    var words: LocalizedText {
        let (count, value) = (Words.times(count), "\(systolic.value)/\(diastolic.value) mmHg")
        let joined = self.count > 1 ? LocalizedText("合起来", en: "session value ") : LocalizedText("", en: "")
        guard !isComplete else {
            return LocalizedText(
                "\(count.chinese)\(joined.chinese)\(value)", en: "\(joined.english)\(value), measured \(count.english)")
        }
        return LocalizedText(
            "\(count.chinese)\(joined.chinese)\(value)(只作参考)",
            en: "\(joined.english)\(value), measured \(count.english), provisional")
    }
}
