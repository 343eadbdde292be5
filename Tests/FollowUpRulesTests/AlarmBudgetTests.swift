// The alarm budget (clinical-rules 5.5, point 9): a seeded year of a neighbourhood, day by day, and what it puts on a
// nurse's list. `HEALTHHUT_PROPERTY_DIVISOR` divides the days of the year, never the people.
import FoundationEssentials
import Testing
import Vitals

@testable import FollowUpRules

private let seed = UInt64(ProcessInfo.processInfo.environment["HEALTHHUT_SEED"] ?? "") ?? 20_261_121

private let days =
    max(40, 365 / max(1, Int(ProcessInfo.processInfo.environment["HEALTHHUT_PROPERTY_DIVISOR"] ?? "") ?? 1))

@Test func `a year of a neighbourhood keeps the alarm budget, and misses no emergency`() async throws {
    let (policy, place, parts) = (try shippedPolicy(), Neighbourhood(seed: seed, days: days), 8)
    let tally = await withTaskGroup(of: AlarmTally.self) { group in
        for part in 0..<parts { group.addTask { AlarmBudget.play(place, policy: policy, part: part, of: parts) } }
        return await group.reduce(into: AlarmTally(days: days)) { $0.add($1) }
    }
    #expect(tally.planted == (days + 3) / 7)
    #expect(tally.missed.isEmpty, "seed \(seed): \(tally.missed)")
    #expect(tally.critical.max() ?? 0 <= AlarmBudget.critical)
    // The first round of follow-ups after an import is denser than the rest: a median of the year needs the year.
    guard days == 365 else { return }
    #expect(tally.excesses.isEmpty, "seed \(seed), \(days) days: \(tally.excesses), \(tally.rowsByRule)")
}

@Test func `day one after an import puts nobody on the list who was not measured`() throws {
    var place = Neighbourhood(seed: seed, days: 1)
    let measured = AlarmBudget.play(place, policy: try shippedPolicy())
    #expect(measured.newRowsByCalendar == [0])
    #expect(measured.newRows[0] <= AlarmBudget.percentile95, "\(measured.rowsByRule)")
    place.visitsEachDay = 0
    place.days = 14
    let alone = AlarmBudget.play(place, policy: try shippedPolicy())
    #expect(alone.newRows[0] == 0)
    #expect(alone.newRows.max() ?? 0 <= AlarmBudget.percentile95, "\(alone.newRows)")
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
