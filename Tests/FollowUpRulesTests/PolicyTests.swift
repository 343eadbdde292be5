// The policy that ships, and what a wrong one gets.
import FollowUpRules
import Testing
import Vitals

/// The shipped text with one piece replaced, which must be there.
private func text(replacing old: String, with new: String) throws -> [UInt8] {
    let range = try #require(policyText.firstRange(of: old))
    return [UInt8](policyText.replacingCharacters(in: range, with: new).utf8)
}

extension String {
    fileprivate func replacingCharacters(in range: Range<Index>, with new: String) -> String {
        String(self[..<range.lowerBound]) + new + String(self[range.upperBound...])
    }
}

private func refusal(replacing old: String, with new: String) throws -> PolicyError {
    let bytes = try text(replacing: old, with: new)
    return try #require(throws: PolicyError.self) { try Policy.load(json5: bytes, file: "p.json5") }
}

@Test func `the shipped policy holds the numbers of clinical-rules section 5`() throws {
    let policy = try shippedPolicy()
    #expect(policy.mark == "cn-norm3-2017 3")
    #expect(policy.averaging.value == .lastTwo)
    #expect(policy.crisis.text == "180/110")
    #expect(policy.high.text == "160/100")
    #expect(policy.raised.text == "140/90")
    #expect(policy.normal.text == "120/80")
    #expect(policy.limits.adult.text == "140/90")
    #expect(policy.limits.elder.text == "150/90")
    #expect(policy.limits.diabetes.text == "140/90")
    #expect(policy.limits.ageUnknown.text == "140/90")
}

@Test func `every number of our own choice waits for a clinician`() throws {
    for line in policyText.split(separator: "\n") where line.contains("confidence: 'D'") {
        #expect(line.contains("toBeConfirmed: true"), "\(line)")
    }
}

@Test func `every number line has a source, a letter and the mark`() throws {
    let numbers = policyText.split(separator: "\n").filter { $0.contains("value:") || $0.contains("systolic:") }
        .filter { !$0.contains("//") }
    #expect(numbers.count > 40)
    for line in numbers {
        #expect(
            line.contains("source: '") && line.contains("confidence: '") && line.contains("toBeConfirmed:"), "\(line)")
    }
}

/// Every line that is a number on its own, taken out, must stop the hut at start.
@Test(
    arguments: policyText.split(separator: "\n").map(String.init).filter {
        ($0.contains("value:") || $0.contains("systolic:")) && !$0.trimmingPrefix(while: { $0 == " " }).hasPrefix("//")
    })
func `a policy without a number is refused with its path`(line: String) throws {
    let key = try #require(line.split(separator: ":").first).trimmingPrefix(while: { $0 == " " })
    let error = try refusal(replacing: line + "\n", with: "")
    #expect(error.file == "p.json5")
    #expect(error.path.hasSuffix(key), "\(error.path)")
    #expect(!error.hint.isEmpty)
}

@Test func `a misspelt key is refused with path, line and the keys that are known`() throws {
    let error = try refusal(replacing: "clearDays: { value: 3", with: "clearDaze: { value: 3")
    #expect(error.path.hasPrefix("suspected"))
    #expect(error.hint.contains("clearD"))
    let unknown = try refusal(replacing: "  crisis: {", with: "  crises: { },\n  crisis: {")
    #expect(unknown.path == "crises")
    #expect(unknown.line != nil)
}

@Test(arguments: [
    ("crisis: { systolic: 180", "crisis: { systolic: 150", "crisis"),
    ("high: { systolic: 160, diastolic: 100", "high: { systolic: 160, diastolic: 90", "high"),
    ("crisis: { systolic: 180", "crisis: { systolic: 1800", "crisis.systolic"),
    ("crisis: { systolic: 180, diastolic: 110", "crisis: { systolic: 180, diastolic: 190", "crisis"),
    ("below: { systolic: 160, diastolic: 100", "below: { systolic: 200, diastolic: 100", "unconfirmed.below"),
    ("adult: { value: 18, unit: 'years'", "adult: { value: 18, unit: 'days'", "ages.adult.unit"),
    ("gap: { value: 10", "gap: { value: 0", "session.gap.value"),
    ("span: { value: 30", "span: { value: 5", "session.span"),
    (
        "normal: { systolic: 120, diastolic: 80, on: 'all'", "normal: { systolic: 120, diastolic: 80, on: 'any'",
        "normal.on"
    ),
    ("raised: { value: 7000", "raised: { value: 6100", "fasting.raised"),
    ("low: { value: 45", "low: { value: 51", "pulse.low"),
    ("readings: { value: 2", "readings: { value: 4", "irregular.readings"),
    ("soonAfter: { value: 30", "soonAfter: { value: 275", "followUps.soonAfter"),
    ("listed: { value: 14", "listed: { value: 29", "suspected.listed"),
    ("systolicOnce: { value: 80", "systolicOnce: { value: 90", "low.systolicOnce"),
    ("diastolic: { value: 50", "diastolic: { value: 60", "low.diastolic"),
    ("version: 3", "version: 0", "version"),
    ("name: 'cn-norm3-2017'", "name: ''", "name"),
    ("value: 'last-two'", "value: 'first-two'", "averaging.value"),
    (
        "confidence: 'C', toBeConfirmed: false },\n\n  // Rules",
        "confidence: 'X', toBeConfirmed: false },\n\n  // Rules",
        "averaging.confidence"
    ),
])
func `a number that cannot be is refused with its path`(old: String, new: String, path: String) throws {
    let error = try refusal(replacing: old, with: new)
    #expect(error.path == path, "\(error)")
    #expect(!error.hint.isEmpty)
}

@Test func `a file that is not JSON5 is refused, not crashed on`() throws {
    for text in ["", "{", "[]", "null", "{ name: 5 }"] {
        #expect(throws: PolicyError.self) { try Policy.load(json5: [UInt8](text.utf8), file: "p.json5") }
    }
}
