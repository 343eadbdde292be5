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

/// Numbers that no rule of a resident compares, and where they are held instead.
private let elsewhere: [String: String] = [
    "normal.systolic": "a word on the screen: ValueTests", "normal.diastolic": "a word on the screen: ValueTests",
    "sugar.words": "a word at the kiosk: StationRuleTests", "comeBack.raised": "a date at the kiosk: ValueTests",
    "suspected.listed": "when the nurse sees it: BoundaryTests",
    "oxygen.altitudeStep": "moves the limits of oxygen: below",
    "instruments.clockDue": "an instrument's: InstrumentTests",
    "instruments.silent": "an instrument's: InstrumentTests",
    "instruments.unsent": "an instrument's: InstrumentTests",
    "instruments.usualWeeks": "an instrument's: InstrumentTests",
    "instruments.drift": "an instrument's: InstrumentTests",
    "instruments.driftPairs": "an instrument's: InstrumentTests",
    "instruments.driftDays": "how far back the ledger pairs cuffs",
]

@Test func `every number of a policy stands in the table, or somewhere that is named`() throws {
    let rows = boundaries.flatMap { [$0.number, $0.holds.due, $0.otherwise.due].compactMap(\.self) }
    let named = Set(rows + sayings.compactMap(\.holds.due) + Array(elsewhere.keys))
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
