// The alarm budget (clinical-rules 5.5, point 9): a year of a neighbourhood played through `review` resident by
// resident, with a nurse who does what the list asks, and the new rows of every day counted.
//
// Nothing happens to a resident between two events but the calendar; so between them it is enough to find the first day
// on which `review` has something to say, and a halving of the span finds it.
import Vitals

/// What a year came to.
package struct AlarmTally: Hashable, Sendable {
    /// Residents who were not on the nurse's list the day before and are; by day.
    package var newRows: [Int]
    /// New rows of people who were not measured that day; by day.
    package var newRowsByCalendar: [Int]
    /// Residents on the nurse's list at the end of the day; by day. Who is followed up every two weeks never leaves it,
    /// and so is a new row once only: this and `dealt` say what `newRows` cannot.
    package var standing: [Int]
    /// Residents for whom the nurse did something; by day.
    package var dealt: [Int]
    /// Critical flags raised, or rung again; by day, those that were planted among them.
    package var critical: [Int]
    /// Flags raised that come on the list, by rule.
    package var flags: [RuleID: Int] = [:]
    /// New rows by the rule that put the resident there.
    package var rowsByRule: [RuleID: Int] = [:]
    package var planted = 0
    package var missed: [String] = []

    package init(days: Int) {
        newRows = [Int](repeating: 0, count: days)
        (newRowsByCalendar, critical, standing, dealt) = (newRows, newRows, newRows, newRows)
    }

    package mutating func add(_ other: AlarmTally) {
        for day in newRows.indices {
            newRows[day] += other.newRows[day]
            newRowsByCalendar[day] += other.newRowsByCalendar[day]
            critical[day] += other.critical[day]
            standing[day] += other.standing[day]
            dealt[day] += other.dealt[day]
        }
        flags.merge(other.flags, uniquingKeysWith: +)
        rowsByRule.merge(other.rowsByRule, uniquingKeysWith: +)
        planted += other.planted
        missed += other.missed
    }

    /// What breaks the budget, in words; empty when all of it is kept. New rows are judged by a whole year: the first
    /// round of follow-ups after an import is denser than the rest, and weekends and holidays even out.
    package var excesses: [String] {
        var found = [("危急，一天最多 · most critical flags on a day", critical.max() ?? 0, AlarmBudget.critical)]
        if newRows.count >= 365 {
            found += [
                ("每天新上名单，中位 · median of new rows a day", median, AlarmBudget.median),
                ("每天新上名单，95% · 95th percentile of new rows a day", high, AlarmBudget.percentile95),
            ]
        }
        return found.filter { $0.1 > $0.2 }.map { "\($0.0): \($0.1) > \($0.2)" }
            + missed.map { "漏掉了放进去的危急 · a planted emergency was missed: \($0)" }
    }

    private var median: Int { AlarmTally.percentile(50, of: newRows) }
    private var high: Int { AlarmTally.percentile(95, of: newRows) }

    /// The year in lines: the budget, what was spent, and the flags of every rule.
    package func report(of policy: Policy) -> [String] {
        var text = [
            policy.mark, "  \(newRows.count)天 days: \(newRows.reduce(0, +)) 行新上名单 new rows",
            "  每天新上名单 new rows a day: 中位 median \(median) (≤ \(AlarmBudget.median)), 95% \(high) (≤ \(AlarmBudget.percentile95)), 最多 most \(newRows.max() ?? 0) · 待确认 TO BE CONFIRMED",
            "  每三十天的中位 the median of every thirty days: \(medians.joined(separator: " "))",
            "  第一天 day one: \(newRows.first ?? 0), 其中没量的 of them not measured \(newRowsByCalendar.first ?? 0)",
            "  名单上的人 people on the list: 中位 median \(AlarmTally.percentile(50, of: standing)), 最多 most \(standing.max() ?? 0)",
            "  每天处理的人 people dealt with a day: 中位 median \(AlarmTally.percentile(50, of: dealt)), 最多 most \(dealt.max() ?? 0)",
            "  危急 critical: \(critical.reduce(0, +)), 一天最多 most on a day \(critical.max() ?? 0) (≤ \(AlarmBudget.critical))",
            "  放进去的危急 planted emergencies: \(planted), 漏掉 missed \(missed.count)",
        ]
        for (rule, count) in flags.sorted(by: { ($0.value, $1.key) > ($1.value, $0.key) }) {
            text.append("  \(rule.rawValue): \(count) 次 flags, \(rowsByRule[rule] ?? 0) 行新上名单 new rows")
        }
        let silent = Rule.all.filter { $0.isOn(policy) && flags[$0.id] == nil }.map(\.id.rawValue).sorted()
        text.append("  一次也没有 no flag on the list: \(silent.joined(separator: " "))")
        let part = newRows.count < 365 ? " · 新上名单只按全年算 new rows are judged by a whole year only" : ""
        return text + (excesses.isEmpty ? ["  没超 kept\(part)"] : excesses.map { "  超了 BROKEN  \($0)" })
    }

    /// Of every thirty days from the import on.
    private var medians: [String] {
        stride(from: 0, to: newRows.count, by: 30).map { first in
            String(AlarmTally.percentile(50, of: Array(newRows[first..<min(first + 30, newRows.count)])))
        }
    }

    /// The value that so many per cent of the days do not exceed.
    package static func percentile(_ percent: Int, of days: [Int]) -> Int {
        guard !days.isEmpty else { return 0 }
        let sorted = days.sorted()
        return sorted[max(0, (sorted.count * percent + 99) / 100 - 1)]
    }
}

/// What a nurse can bear (clinical-rules 5.5, point 9; D, to be confirmed).
package enum AlarmBudget {
    package static let median = 6
    package static let percentile95 = 12
    package static let critical = 1

    /// Plays every `parts`th resident from `part` on; the tallies of all parts add up to the neighbourhood's.
    package static func play(
        _ place: Neighbourhood, policy: Policy, part: Int = 0, of parts: Int = 1
    ) -> AlarmTally {
        var tally = AlarmTally(days: place.days)
        let visits = place.visitDays()
        let planted = place.plantedDays(visits)
        for key in stride(from: part, to: place.people, by: parts) {
            var year = NeighbourYear(key, of: place, visits: visits[key], planted: planted[key], policy: policy)
            year.play()
            tally.add(year.tally)
        }
        return tally
    }
}
