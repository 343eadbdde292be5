// A nurse's morning with 120 flags, played from keys to ledger: the rules raise them from the facts of a seeded
// neighbourhood, she works through them by the keys of nurse-screens 4, and what remains is said by name and reason.

import Foundation
import Ledger
import Testing
import TextScreen
import Vitals

@testable import healthhut

@Suite(.serialized) struct `A nurse's morning with 120 flags` {
    static let wide = ScreenSize(columns: 80, rows: 24)
    static let narrow = ScreenSize(columns: 40, rows: 16)

    @Test func `is worked through by keys alone, and what remains is what must remain`() async throws {
        try await onThread { try Self.play(Self.wide, seed: 4) }
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
        print(work.nurse.done.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: "\n"))
        print("keys \(work.nurse.keys) looking \(work.nurse.looking) compared \(work.nurse.compared)")
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

    private static func expectRemaining(_ work: MorningWork) throws {
        print(try work.morning.listedRules().sorted { $0.key.rawValue < $1.key.rawValue })
    }

    /// Every flag she closed names her and the ending, and what an ending asks for next is on the list.
    private static func expectEndings(_ work: MorningWork) throws {
        let nurse = try work.morning.nurse()
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
