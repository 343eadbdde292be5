// The alarm budget (clinical-rules 5.5, point 9): a seeded year of a neighbourhood, day by day, and what it puts on a
// nurse's list. `HEALTHHUT_PROPERTY_DIVISOR` divides the days of the year, never the people.
import FoundationEssentials
import Testing
import Vitals

@testable import FollowUpRules

private let seed = UInt64(ProcessInfo.processInfo.environment["HEALTHHUT_SEED"] ?? "") ?? 20_261_121

private let days =
    max(40, 365 / max(1, Int(ProcessInfo.processInfo.environment["HEALTHHUT_PROPERTY_DIVISOR"] ?? "") ?? 1))

/// All of a neighbourhood, on every core.
private func played(_ place: Neighbourhood) async throws -> AlarmTally {
    let (policy, parts) = (try shippedPolicy(), 8)
    return await withTaskGroup(of: AlarmTally.self) { group in
        for part in 0..<parts { group.addTask { AlarmBudget.play(place, policy: policy, part: part, of: parts) } }
        return await group.reduce(into: AlarmTally(days: place.days)) { $0.add($1) }
    }
}

@Test func `the budget is that of clinical-rules 5.5`() {
    #expect((AlarmBudget.median, AlarmBudget.percentile95, AlarmBudget.critical) == (6, 12, 1))
}

@Test func `a year of a neighbourhood keeps the alarm budget, and misses no emergency`() async throws {
    let tally = try await played(Neighbourhood(seed: seed, days: days))
    #expect(tally.planted == (days + 3) / 7)
    #expect(tally.missed.isEmpty, "seed \(seed): \(tally.missed)")
    #expect(tally.critical.max() ?? 0 <= AlarmBudget.critical)
    // The first round of follow-ups after an import is denser than the rest: a median of the year needs the year.
    guard days == 365 else { return }
    #expect(tally.excesses.isEmpty, "seed \(seed), \(days) days: \(tally.excesses), \(tally.rowsByRule)")
}

/// Nobody is measured; the list is the calendar's alone. A hut of 7,500 residents has more than one nurse, so its rows are
/// counted as those of 1,100.
@Test(arguments: [1_100, 7_500])
func `an import floods nobody: day 1, 15 and 90 of residents without history`(people: Int) async throws {
    var place = Neighbourhood(seed: seed, days: 91)
    (place.people, place.hypertensive, place.visitsEachDay) = (people, people * 500 / 1_100, 0)
    let rows = try await played(place).newRows
    #expect(rows[0] == 0, "day 1")
    for day in [15, 90] {
        #expect(rows[day - 1] * 1_100 <= AlarmBudget.percentile95 * people, "day \(day): \(rows[day - 1])")
    }
    #expect(AlarmTally.percentile(95, of: rows) * 1_100 <= AlarmBudget.percentile95 * people, "\(rows)")
    #expect(rows.dropFirst().allSatisfy { $0 > 0 }, "the first round is spread over all of its days: \(rows)")
}

@Test func `day one after an import puts nobody on the list who was not measured`() async throws {
    let tally = try await played(Neighbourhood(seed: seed, days: 1))
    #expect(tally.newRowsByCalendar == [0])
    #expect(tally.newRows[0] <= AlarmBudget.percentile95, "\(tally.rowsByRule)")
}

@Test func `between two events, halving the span finds what every midnight would`() throws {
    let (policy, place) = (try shippedPolicy(), Neighbourhood(seed: seed, days: 120))
    let visits = place.visitDays()
    let planted = place.plantedDays(visits)
    for key in stride(from: 3, to: place.people, by: 100) {
        let both = [true, false].map { isHalving in
            var year = NeighbourYear(
                key, of: place, visits: visits[key], planted: planted[key], policy: policy, isHalving: isHalving)
            year.play()
            return year
        }
        #expect(both[0].tally == both[1].tally, "resident \(key)")
        #expect(both[0].history.flags == both[1].history.flags, "resident \(key)")
    }
}
