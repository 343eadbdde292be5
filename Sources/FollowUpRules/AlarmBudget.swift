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
    /// Flags that the nurse dealt with; by day.
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

    /// What breaks the budget, in words; empty when all of it is kept.
    package var excesses: [String] {
        let found = [
            ("median of new rows a day", AlarmTally.percentile(50, of: newRows), AlarmBudget.median),
            ("95th percentile of new rows a day", AlarmTally.percentile(95, of: newRows), AlarmBudget.percentile95),
            ("most critical flags on a day", critical.max() ?? 0, AlarmBudget.critical),
        ]
        return found.filter { $0.1 > $0.2 }.map { "\($0.0): \($0.1), the budget is \($0.2)" }
            + missed.map { "a planted emergency was missed: \($0)" }
    }

    /// The year in lines: the budget, what was spent, and the flags of every rule.
    package func report(of policy: Policy) -> [String] {
        let (median, high) = (AlarmTally.percentile(50, of: newRows), AlarmTally.percentile(95, of: newRows))
        var text = [
            "\(policy.mark): \(newRows.count) days, \(newRows.reduce(0, +)) new rows",
            "  new rows a day: median \(median) (at most \(AlarmBudget.median)), 95th percentile \(high) (at most \(AlarmBudget.percentile95)), most \(newRows.max() ?? 0)",
            "  day one: \(newRows.first ?? 0), of them \(newRowsByCalendar.first ?? 0) not measured that day",
            "  new rows a day at the median, by thirty days: \(medians.joined(separator: " "))",
            "  on the list at the end of a day: median \(AlarmTally.percentile(50, of: standing)), most \(standing.max() ?? 0)",
            "  flags dealt with a day: median \(AlarmTally.percentile(50, of: dealt)), most \(dealt.max() ?? 0)",
            "  critical flags: \(critical.reduce(0, +)), most on a day \(critical.max() ?? 0) (at most \(AlarmBudget.critical))",
            "  planted emergencies: \(planted), missed \(missed.count)",
        ]
        for (rule, count) in flags.sorted(by: { ($0.value, $1.key) > ($1.value, $0.key) }) {
            text.append("  \(rule.rawValue): \(count) flags, \(rowsByRule[rule] ?? 0) new rows")
        }
        return text + excesses.map { "  BUDGET BROKEN  \($0)" }
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
