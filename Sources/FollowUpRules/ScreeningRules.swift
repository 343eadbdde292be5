// SC-01 and SC-02: who has not been measured for long. For the station's prompt only: neither is on a nurse's list,
// because age alone makes nearly every visitor one of high risk (clinical-rules 5.3).
import Vitals

extension Rule {
    static let screening = Rule(
        id: "SC-01", title: LocalizedText("今年还没量血压", en: "No blood pressure this year"),
        source: "clinical-rules 1.6, 5.4; NORM3 (B)", severities: .info ... .info, lookBack: 400, episodes: .state,
        family: ["SC-01"], population: { line, day in line.isAtLeast(line.policy.screening.age, on: day) },
        raising: { line in line.unmeasuredThisYear.map { [$0] } ?? [] },
        clearing: never, ending: { line in line.lastPressure.map { line.measured(on: $0) } })

    static let highRiskScreening = Rule(
        id: "SC-02", title: LocalizedText("高危，半年没量血压", en: "High risk, no blood pressure for half a year"),
        source: "clinical-rules 1.6, 5.3, 5.4; NORM3 (B)", severities: .info ... .info, lookBack: 400, episodes: .state,
        family: ["SC-02"],
        population: { line, day in
            adults(line, day)
                && (!line.history.marks.risks.isEmpty
                    || line.age(on: day).map { $0 >= line.policy.screening.riskAge.value } ?? false)
        },
        raising: { line in line.unmeasuredForLong.map { [$0] } ?? [] },
        clearing: never, ending: { line in line.lastPressure.map { line.measured(on: $0) } })
}

extension TimeLine {
    /// The newest day with a blood pressure: a session of any cuff, or one typed into a follow-up.
    fileprivate var lastPressure: LocalDay? {
        let measured = sessions.last { $0.value != nil }?.day
        let typed = history.followUps.last { $0.record.pressure != nil }?.record.day
        return [measured, typed].compactMap(\.self).max()
    }

    fileprivate func measured(on day: LocalDay) -> LocalizedText {
        let day = Words.day(day, from: today)
        return LocalizedText("\(day.chinese) 量过", en: "measured \(day.english)")
    }

    /// SC-01: each resident's own day of the first quarter, of the year or after the import: New Year's night raises
    /// nobody's and the import raises nobody's.
    fileprivate var unmeasuredThisYear: Hit? {
        let year = today.date.year
        guard let first = LocalDay(year: year, month: 1, day: 1), lastPressure.map({ $0 < first }) ?? true,
            today > max(first, importDay) + slot(in: policy.followUps.cadence.value)
        else { return nil }
        return Hit(state: self, severity: .info, due: nil, facts: []) {
            LocalizedText("\(year)年还没量过血压", en: "no blood pressure in \(year) yet")
        }
    }

    fileprivate var unmeasuredForLong: Hit? {
        let (days, last) = (policy.screening.riskDays.value, lastPressure)
        guard today > (last ?? importDay + slot(in: policy.followUps.cadence.value)) + days else { return nil }
        return Hit(state: self, severity: .info, due: nil, facts: []) {
            let before = Words.lastTime(last.map { Words.day($0, from: $0) })
            return LocalizedText(
                "高危，\(days)天没量血压，\(before.chinese)",
                en: "high risk, no blood pressure for \(days) days, \(before.english)")
        }
    }
}
