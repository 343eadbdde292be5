// A nurse's morning with 120 flags, played from keys to ledger: the rules raise them from the facts of a seeded
// neighbourhood, she works through them by the keys of nurse-screens 4, and what remains is said by name and reason.

import Foundation
import Ledger
import Testing
import TextScreen
import Vitals

@testable import healthhut

@Suite(.serialized) struct `A nurse's morning with 120 flags` {
    static let sizes = [ScreenSize(columns: 80, rows: 24), ScreenSize(columns: 40, rows: 16)]

    @Test(arguments: sizes) func `is worked through by keys alone, and what remains is what must remain`(
        size: ScreenSize
    ) async throws {
        try await onThread { try Self.play(size, seed: 4) }
    }

    static func play(_ size: ScreenSize, seed: UInt64) throws {
        let morning = try BusyMorning(seed: seed)
        try comeIn(morning)
        let work = try MorningWork(morning, size: size)
        try work.nurse.compare()
        try work.filters()
        try work.emergencies()
        try work.rowsToClose()
        try work.interrupted()
        try work.calls()
        try work.statuses()
        try work.unclaimedReadings()
        try work.requests()
        try work.search()
        try work.exam()
        try work.sheet()
        try work.forms()
        try work.filters()
        try expectRemaining(work)
        try expectEndings(work)
        // Every act was held to its count in the table. Of ninety seconds a person the keys may take fifteen, and a second
        // is what a nurse needs for one (nurse-screens 4).
        #expect(work.nurse.acts > 110 && work.nurse.keys <= 15 * work.nurse.acts, "\(work.nurse.done)")
        #expect(work.nurse.compared > 100)
        morning.end()
        let verdict = try Program.run(["audit", "verify", "--settings", morning.settings])
        #expect(verdict.status == 0 && verdict.out.contains("the chain is whole"), "\(verdict.err)")
    }

    /// Somebody sits down before the nurse has come; then the list holds what the facts say, rule by rule.
    private static func comeIn(_ morning: BusyMorning) throws {
        let booth = try TestTerminal("\(morning.hut.folder.path)/booth-1")
        try morning.sitDown(morning.people.with(.seated)[0], at: booth)
        try morning.measure(at: booth)
        morning.stayAway()
        // Ten minutes after a reading its session is over, and what is provisional counts.
        morning.hut.pass(660)
        let expected = morning.people.expected
        let rules = try morning.listedRules()
        for rule in Set(expected.keys).union(rules.keys) where expected[rule] != rules[rule] {
            Issue.record("\(rule.rawValue): \(rules[rule] ?? 0), not \(expected[rule] ?? 0)")
        }
        #expect(rules.values.reduce(0, +) == BusyMorning.flags)
    }

    /// Rule by rule: how many flags stand on the list in the end, and why.
    private static func expectRemaining(_ work: MorningWork) throws {
        let expected: [RuleID: Int] = [
            // Still high: four by telephone, two with another dose, two from the sheet, the one whose form was left for an
            // emergency. A second class 2 in a row advises a referral, which only a doctor or a referral ends.
            "BP-08": 9,
            // The same nine, again within two weeks; four whom nobody reached; three above their limit, now followed up;
            // five referred or advised, who are owed the two weeks all the same.
            "FU-05": 9 + 4 + 3 + 5,
            // The outcome of a referral: the ambulance, two from the list, the one of the morning, three from forms.
            "FU-03": 1 + 2 + 1 + 3,
            // A call tomorrow after three emergencies that were dealt with here, and a telephone number that was wrong.
            "FU-06": 3 + 1,
            // Nobody answered who lives alone; tomorrow somebody goes to one of them.
            "LV-01": 2,
            // Did not come for the exam.
            "FU-04": 2,
            // The very high value of the morning is to be looked at again within a week.
            "BP-05": 1,
            // Not found: open, and hidden.
            "FU-01": 1,
        ]
        let remaining = try work.morning.listedRules()
        for rule in Set(expected.keys).union(remaining.keys) where expected[rule] != remaining[rule] {
            Issue.record("\(rule.rawValue): \(remaining[rule] ?? 0), not \(expected[rule] ?? 0)")
        }
        let everybody = try work.morning.everybody()
        // Nine with both BP-08 and FU-05, three with FU-03 and FU-05, one with FU-03 and BP-05 stand in one row each.
        #expect(everybody.shown == expected.values.reduce(0, +) - 9 - 3 - 1 - 1)
        // Four whose day has not come, two moved and one dead before, one each today, one not found.
        #expect(everybody.hidden == 4 + 3 + 2 + 1)
    }

    /// Every flag she closed names her and the ending, and what an ending asks for next is on the list.
    private static func expectEndings(_ work: MorningWork) throws {
        let nurse = try work.morning.nurse()
        #expect(Set(work.closed.map(\.how.rawValue)).isSuperset(of: 1...7))
        for (flag, how) in work.closed {
            let end = try work.morning.hut.ask { try await $0.flag(flag) }?.ended
            guard case .byPerson(let by, let action, _, _, _)? = end else {
                Issue.record("flag \(flag.rawValue) was not closed by a person: \(String(describing: end))")
                continue
            }
            #expect(by == nurse && action == how)
        }
        for (rule, person, days) in work.owed {
            let flag = try work.morning.open(rule, of: person)
            #expect(flag?.draft.due == work.people.today + days, "\(rule.rawValue) \(person.reason)")
        }
    }
}
