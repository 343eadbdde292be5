// BP-TGT and BP-TRD: rules that a policy has to turn on. A guideline's target would put most elderly residents on the
// list every week, and a slow rise is a matter for a doctor's own look at the plot; both are useful where a team asks for
// them (clinical-rules 2, 5.4). Lipid and weight rules are named there too, without a number: there are none here.
import Vitals

extension Rule {
    static let target = Rule(
        id: "BP-TGT", title: LocalizedText("未达指南目标", en: "Above the guideline's target"),
        source: "clinical-rules 1.4, 2, 5.4; G25 (B)", severities: .routine ... .routine, lookBack: 400,
        family: ["BP-TGT"], population: TimeLine.isKnown,
        raising: { line in line.daysAboveTarget },
        clearing: { hit, line, before in
            line.lastDays(line.policy.target.days.value, after: hit, before: before) { line.target(on: $0.day) }
        },
        disease: .hypertension, yieldsTo: "BP-07", isOn: \.switches.target.isOn)

    static let trend = Rule(
        id: "BP-TRD", title: LocalizedText("血压越来越高", en: "Blood pressure is rising"), source: "clinical-rules 5.4 (C)",
        severities: .routine ... .routine, lookBack: 400, family: ["BP-TRD"], population: adults,
        raising: { line in line.rises },
        clearing: never, disease: .hypertension, isOn: \.switches.trend.isOn)
}

extension Policy {
    /// What the guideline aims at: at the target is below both. Shown beside L, which drives the lists; an unknown age
    /// has the stricter one.
    package func target(of resident: Resident, on day: LocalDay) -> PolicyLimit {
        resident.age(on: day).map { $0 >= target.oldAge.value } ?? false ? target.old : target.limit
    }
}

extension TimeLine {
    fileprivate func target(on day: LocalDay) -> PolicyLimit { policy.target(of: history.resident, on: day) }

    fileprivate var daysAboveTarget: [Hit] {
        let numbers = policy.target
        let complete = days.filter(\.isComplete)
        return complete.indices.compactMap { place in
            guard place + 1 >= numbers.days.value else { return nil }
            let row = Array(complete[(place + 1 - numbers.days.value)...place])
            guard row.allSatisfy({ target(on: $0.day).isReached(by: $0) }), let last = row.last else { return nil }
            let limit = target(on: last.day).text
            return hit(of: row) { dates in
                LocalizedText(
                    "\(row.count)天都未达指南目标(低于\(limit))：\(dates.chinese)",
                    en:
                        "at or above the guideline's target \(limit) on \(row.count) days: \(dates.english)"
                )
            }
        }
    }

    fileprivate var rises: [Hit] {
        let numbers = policy.trend
        let settled = sessions.filter { !$0.isHome && $0.value != nil && $0.isSettled(at: now) }
        guard settled.count >= 2 * numbers.sessions.value else { return [] }
        return (2 * numbers.sessions.value...settled.count).compactMap { end in
            let last = settled[(end - numbers.sessions.value)..<end]
            let before = settled[(end - 2 * numbers.sessions.value)..<(end - numbers.sessions.value)]
            let (new, old) = (Mean(of: last.map(\.systolic)).rounded, Mean(of: before.map(\.systolic)).rounded)
            guard new - old >= numbers.rise.value, let session = last.last else { return nil }
            return hit(of: session.readings.filter(\.isUsable), severity: .routine, due: nil) {
                LocalizedText(
                    "最近\(last.count)次收缩压平均\(new) mmHg，以前\(before.count)次\(old) mmHg",
                    en:
                        "systolic mean of the last \(last.count) sessions \(new) mmHg, of the \(before.count) before \(old) mmHg"
                )
            }
        }
    }

    private func hit(of row: [DayValue], _ text: @escaping @Sendable (LocalizedText) -> LocalizedText) -> Hit {
        let last = row[row.count - 1]
        let readings = last.sessions.flatMap(\.readings)
        return Hit(
            at: last.end, day: last.day, severity: .routine, due: nil, triggers: last.readings,
            facts: row.flatMap(\.readings),
            sentence: { [self] in sentence(text(dated(row)), at: last.end, readings: readings) })
    }
}
