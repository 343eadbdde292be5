// Plays the boundary table against the engine, for every policy that ships, and holds the table to be whole: every rule
// has rows, every number has one, and the numbers of the norm are those of clinical-rules.
import FoundationEssentials
import Testing
import Vitals

@testable import FollowUpRules

let boundaries =
    emergencyRows + unknownRows + knownRows + sessionRows + pulseRows + oxygenRows + temperatureRows + sugarRows
    + careRows

/// Every policy that ships, with the rules on that it leaves to a switch.
private let policies: Result<[Policy], any Error> = Result {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Provisioning/policies")
    return try policyNames.map { name in
        let bytes = [UInt8](try Data(contentsOf: folder.appending(path: "\(name).json5")))
        var policy = try Policy.load(json5: bytes, file: "\(name).json5")
        (policy.switches.target.isOn, policy.switches.trend.isOn) = (true, true)
        return policy
    }
}

/// The files that ship, by name.
let policyNames = ["cn-norm3-2017", "cn-primary-2025", "cn-guideline-2024"]

@Test(arguments: boundaries)
func `a limit decides one below it, at it and one above it as its word says`(row: Boundary) throws {
    for policy in try policies.get() {
        let limit = try policy.value(row.number)
        for (step, holds) in zip([-1, 0, 1], row.compare.holds) {
            var book = try Book(row.who, policy: policy)
            try row.scene(&book, limit + step)
            book.review(Scene.now)
            let expected = holds ? row.holds : row.otherwise
            let stands = try book.stands(row.rule, due: expected.due)
            #expect(stands == expected, "\(policy.name), \(row.number) \(limit + step)")
        }
    }
}

@Test(arguments: sayings)
func `what has no number is heard, or is not`(row: Saying) throws {
    for policy in try policies.get() {
        var book = try Book(row.who, policy: policy)
        try row.scene(&book)
        book.review(Scene.now)
        #expect(try book.stands(row.rule, due: row.holds.due) == row.holds, "\(policy.name)")
    }
}

@Test func `every rule stands in the table`() {
    let rows = Set(boundaries.map(\.rule) + sayings.map(\.rule))
    let missing = Rule.all.map(\.id).filter { !rows.contains($0) }
    #expect(missing.isEmpty, "no rows for \(missing.map(\.rawValue).joined(separator: ", "))")
}

/// A test that holds numbers which no rule of a resident compares.
private struct Elsewhere: Sendable, CustomTestStringConvertible {
    var numbers: [String]
    var file, test: String
    var testDescription: String { numbers.joined(separator: ", ") }

    init(_ numbers: String..., file: String, _ test: String) {
        (self.numbers, self.file, self.test) = (numbers, file, test)
    }
}

private let elsewhere = [
    Elsewhere(
        "normal.systolic", "normal.diastolic", file: "WordTests", "the word for a value is that of the table"),
    Elsewhere(
        "comeBack.raised", file: "WordTests",
        "the day to come back is the flag's, a week for other days, half a year for high normal"),
    Elsewhere("sugar.words", file: "StationRuleTests", "the kiosk says what the rules say"),
    Elsewhere(
        "suspected.listed", file: "BoundaryTests",
        "a raised one is on the nurse's list from day 14 only with fewer than three days measured"),
    Elsewhere(
        "oxygen.altitudeStep", file: "OracleTests", "the height of the hut takes its step off every limit of oxygen"),
    Elsewhere(
        "instruments.clockDue", file: "WatchTests",
        "DQ-02 is a stored record whose time cannot be, and a good one ends it"
    ),
    Elsewhere(
        "instruments.silent", "instruments.usualWeeks", file: "InstrumentTests",
        "an instrument that usually reports and did not for a day is told"),
    Elsewhere("instruments.unsent", file: "InstrumentTests", "an upload that waits more than a day is told"),
    Elsewhere(
        "instruments.drift", "instruments.driftPairs", file: "InstrumentTests",
        "two cuffs that differ by more than ten on the mean of eight pairs"),
]

/// Compared by nothing here: how far back the ledger is asked for pairs of cuffs.
private let asked = ["instruments.driftDays"]

@Test(arguments: elsewhere)
private func `what is excused from the table stands in the test that is named`(place: Elsewhere) throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "\(place.file).swift")
    #expect(try String(contentsOf: file, encoding: .utf8).contains("func `\(place.test)`"))
}

@Test func `every number of a policy stands in the table, or somewhere that is named`() throws {
    let rows = boundaries.flatMap { [$0.number, $0.holds.due, $0.otherwise.due].compactMap(\.self) }
    let named = Set(rows + sayings.compactMap(\.holds.due) + elsewhere.flatMap(\.numbers) + asked)
    for policy in try policies.get() {
        let missing = policy.numbersByPath.keys.filter { !named.contains($0) }.sorted()
        #expect(missing.isEmpty, "\(policy.name): no row for \(missing.joined(separator: ", "))")
    }
}

@Test func `the height of the hut takes its step off every limit of oxygen`() throws {
    var policy = try shippedPolicy()
    policy.oxygen.altitudeStep.value = 3
    for (percent, expected) in [(88, "urgent"), (89, "-")] {
        var book = try Book(People.adult, policy: policy)
        for minute in ["09:14", "09:16"] { book.spO2(percent, Scene.on(0, minute)) }
        book.review(Scene.now)
        #expect(try book.stands("OX-01", due: nil) == expected)
    }
}

extension String {
    /// `soon suspected.due`: the path of the days; nil where none is written.
    fileprivate var due: String? {
        let words = split(separator: " ")
        return words.count > 1 && words[1] != "lost" ? String(words[1]) : nil
    }
}
