import Testing
import TextScreen
import Vitals

@testable import healthhut

@Suite(.serialized) struct MorningTests {
    @Test func `opening`() async throws {
        try await onThread {
            let morning = try BusyMorning(seed: 4)
            let booth = try TestTerminal("\(morning.hut.folder.path)/booth-1")
            try morning.sitDown(morning.people.with(.seated)[0], at: booth)
            try morning.measure(at: booth)
            morning.stayAway()
            morning.hut.pass(600)
            let expected = morning.people.expected
            let rules = try morning.listedRules()
            for rule in Set(expected.keys).union(rules.keys) where expected[rule] != rules[rule] {
                Issue.record("\(rule.rawValue): \(rules[rule] ?? 0), not \(expected[rule] ?? 0)")
            }
            #expect(rules.values.reduce(0, +) == BusyMorning.flags)
            let nurse = try MorningNurse(morning, size: ScreenSize(columns: 80, rows: 24))
            try nurse.compare()
            print(nurse.screen)
            morning.end()
        }
    }
}
