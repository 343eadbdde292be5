// The policies that ship, as a clinician reads them: every number in words, what differs, and what is inconsistent.
import FoundationEssentials
import Testing
import Vitals

@testable import FollowUpRules

private func bytes(_ name: String) throws -> [UInt8] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Provisioning/policies")
    return [UInt8](try Data(contentsOf: folder.appending(path: "\(name).json5")))
}

private func policy(_ name: String) throws -> Policy {
    try Policy.load(json5: try bytes(name), file: "\(name).json5")
}

@Test func `every number has words, and words have a number`() throws {
    let policy = try shippedPolicy()
    let paths = policy.pairs.map(\.path) + policy.numbers.map(\.path)
    #expect(Set(paths) == Set(PolicyWord.all.map(\.path)))
    #expect(paths.count == PolicyWord.all.count)
    let known = Set(Rule.all.map(\.id.rawValue) + ["kiosk", "DQ-02", "DQ-03", "DQ-04"])
    for word in PolicyWord.all {
        #expect(!word.words.chinese.isEmpty && !word.words.english.isEmpty)
        #expect(known.isSuperset(of: word.rules.split(separator: " ").map(String.init)), "\(word.path): \(word.rules)")
    }
}

@Test func `every rule says when it speaks and what ends it, and every source of a policy is named`() throws {
    #expect(Set(RuleWord.byRule.keys) == Set(Rule.all.map(\.id)))
    #expect(RuleWord.toBeConfirmed.isSubset(of: Rule.all.map(\.id)))
    for word in RuleWord.byRule.values + RuleWord.ofTheHut {
        for text in [word.condition, word.ends] { #expect(!text.chinese.isEmpty && !text.english.isEmpty) }
    }
    let named = Set(PolicyDocument.all.map(\.key))
    #expect(named.isSubset(of: PolicySources.keys))
    for name in policyNames {
        let policy = try policy(name)
        let cited = policy.numbers.map(\.number.source.text) + policy.pairs.map(\.limit.source.text)
        #expect(named.isSuperset(of: cited.flatMap { $0.split(separator: " ").map(String.init) }), "\(name)")
    }
}

@Test(arguments: policyNames)
func `a policy is shown with every rule and number, its source, and what is to be confirmed`(name: String) throws {
    let (policy, text) = (try policy(name), try policy(name).explanation)
    #expect(text.first == policy.mark)
    for rule in Rule.all { #expect(text.contains { $0.hasPrefix("\(rule.id.rawValue)  ") }, "\(rule.id.rawValue)") }
    for single in policy.numbers {
        let place = try #require(text.lastIndex { $0.hasPrefix("\(single.path)  ") })
        #expect(text[place + 2].hasPrefix("    \(single.number.source.text) · \(single.number.confidence.rawValue) "))
        #expect(text[place + 2].contains("待确认 TO BE CONFIRMED") == single.number.toBeConfirmed)
    }
    #expect(text.contains("raised  140/90 mmHg"))
    #expect(text.contains("sugar.low  3.9 mmol/L"))
    #expect(text.contains { $0.hasPrefix("BP-TGT") && $0.hasSuffix("关 OFF") })
}

@Test func `what two policies do otherwise is said in words`() throws {
    let (norm, primary) = (try policy("cn-norm3-2017"), try policy("cn-primary-2025"))
    #expect(norm.differences(from: norm).isEmpty)
    let text = primary.differences(from: norm)
    let place = try #require(text.firstIndex(of: "followUps.again"))
    #expect(text[place + 2] == "    cn-norm3-2017: 14 days")
    #expect(text[place + 3] == "    cn-primary-2025: 30 days")
    #expect(!text.contains("averaging"))
    let other = try policy("cn-guideline-2024").differences(from: norm)
    #expect(other.contains("    cn-norm3-2017: 最后两遍的平均 · the mean of the last two readings"))
    #expect(other.contains("    cn-guideline-2024: 全部几遍的平均 · the mean of all readings"))
}

@Test(arguments: policyNames)
func `the policies that ship are consistent, and their lists are the norm's`(name: String) throws {
    let (found, findings) = Policy.findings(json5: try bytes(name), file: "\(name).json5", name: name)
    #expect(findings.isEmpty, "\(findings)")
    let (policy, norm) = (try #require(found), try shippedPolicy())
    #expect(policy.limits == norm.limits)
    #expect(!policy.switches.target.isOn)
}

@Test func `the guidelines hold the averaging, target and interval that clinical-rules give them`() throws {
    let (primary, guideline) = (try policy("cn-primary-2025"), try policy("cn-guideline-2024"))
    #expect(primary.averaging.value == .lastTwo && guideline.averaging.value == .all)
    func target(_ policy: Policy, _ age: Int) -> String {
        policy.target(of: Resident(number: "1", name: "甲", birth: day("\(2026 - age)-01-01")), on: day("2026-11-21"))
            .text
    }
    #expect([79, 80].map { target(primary, $0) } == ["130/80", "150/90"])
    #expect([65, 79].map { target(guideline, $0) } == ["140/90", "140/90"])
    #expect(primary.followUps.cadence.value == 90 && primary.followUps.again.value == 30)
}

@Test(arguments: [
    ("name: 'cn-norm3-2017'", "name: 'cn-norm4-2017'", "name"),
    (
        "gap: { value: 10, unit: 'min', source: 'HUT', confidence: 'D', toBeConfirmed: true }",
        "gap: { value: 10, unit: 'min', source: 'HUT', confidence: 'D', toBeConfirmed: false }",
        "session.gap.toBeConfirmed"
    ),
    (
        "gap: { value: 10, unit: 'min', source: 'HUT', confidence: 'D'",
        "gap: { value: 10, unit: 'min', source: 'HUT', confidence: 'B'", "session.gap.confidence"
    ),
    ("limit: { systolic: 130, diastolic: 80", "limit: { systolic: 160, diastolic: 80", "target.limit"),
    ("crisis: { systolic: 180", "crisis: { systolic: 150", "crisis"),
])
func `what is inconsistent is found, with its line`(old: String, new: String, path: String) throws {
    let range = try #require(policyText.firstRange(of: old))
    let text = String(policyText[..<range.lowerBound]) + new + String(policyText[range.upperBound...])
    let (_, findings) = Policy.findings(json5: [UInt8](text.utf8), file: "p.json5", name: "cn-norm3-2017")
    #expect(findings.map(\.path) == [path])
    #expect(try #require(findings.first).line != nil)
    #expect(!findings[0].hint.isEmpty)
}
