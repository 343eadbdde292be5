// `healthhut policy` as a clinician runs it: what is shown, what differs, what is counted, and what a bad file is told.

import Foundation
import Testing

private let policies = ["cn-norm3-2017", "cn-primary-2025", "cn-guideline-2024"]
private let shipped = "Provisioning/policies"

@Suite struct PolicyCommandTests {
    @Test(arguments: policies)
    func `a policy is shown in Chinese and English: rules, what ends them, sources, numbers, what is to be confirmed`(
        name: String
    ) throws {
        let run = try Program.run(["policy", "show", name, "--policies", shipped])
        #expect(run.status == 0)
        #expect(run.err.isEmpty)
        let lines = run.out.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        #expect(lines[0].hasPrefix("\(name) "))
        for heading in ["规则 · Rules", "小屋自己的 · The hut's own", "依据 · Sources", "数 · Numbers"] {
            #expect(lines.contains(heading))
        }
        #expect(lines.contains { $0.hasSuffix("to be confirmed by a clinician") && $0.contains("个待医生确认") })
        // One rule whole, as it stands in the reference.
        let place = try #require(lines.firstIndex { $0.hasPrefix("BP-08s  ") })
        #expect(lines[place].hasSuffix("· 待确认 TO BE CONFIRMED"))
        #expect(lines[place + 1].hasPrefix("    何时 when: "))
        #expect(lines[place + 2] == "    结束 ends: 记录一次随访 · a recorded follow-up")
        #expect(lines[place + 3] == "    依据 source: clinical-rules 5.3 (D)")
        #expect(lines[place + 4].contains("selfMeasured.days 3, selfMeasured.span 14 days, selfMeasured.due 14 days"))
        #expect(lines.contains { $0.hasPrefix("NORM3  国家基本公共卫生服务规范(第三版) 2017，高血压 · ") })
        #expect(lines.contains("crisis  180/110 mmHg"))
        #expect(lines.contains("    NORM3 FORMS · B 两个以上来源 two or more sources"))
    }

    @Test func `the policy of the settings is the one that is shown`() throws {
        let folder = try Folder()
        let settings = try folder.settings(replacing: [("policy: 'cn-norm3-2017'", "policy: 'cn-guideline-2024'")])
        let run = try Program.run(["policy", "show", "--settings", settings])
        #expect(run.status == 0)
        #expect(run.out.hasPrefix("cn-guideline-2024 "))
    }

    @Test func `what two policies do otherwise is said with both values; a policy and itself differ in nothing`() throws
    {
        for (one, other) in [(policies[0], policies[1]), (policies[0], policies[2]), (policies[1], policies[2])] {
            let run = try Program.run(["policy", "diff", one, other, "--policies", shipped])
            #expect(run.status == 0)
            #expect(run.out.contains(" → \(other) "))
            #expect(run.out.contains("    \(one): ") && run.out.contains("    \(other): "))
        }
        let averaging = try Program.run(["policy", "diff", policies[0], policies[2], "--policies", shipped]).out
        #expect(averaging.contains("    cn-norm3-2017: 最后两遍的平均 · the mean of the last two readings"))
        let same = try Program.run(["policy", "diff", policies[0], policies[0], "--policies", shipped])
        #expect(same.status == 0)
        #expect(same.out.hasSuffix("没有不同 · nothing differs\n"))
    }

    @Test func `check counts the flags of every rule of every policy, and ends with 0 where all is well`() throws {
        let run = try Program.run(["policy", "check", "--policies", shipped, "--days", "12"])
        #expect(run.status == 0)
        #expect(run.err.isEmpty)
        for name in policies { #expect(run.out.contains("\n\(name) ") || run.out.hasPrefix("\(name) ")) }
        let parts = run.out.components(separatedBy: "没超 kept")
        #expect(parts.count == policies.count + 1)
        for part in parts.dropLast() {
            #expect(part.contains("每天新上名单 new rows a day: 中位 median "))
            #expect(part.contains("待确认 TO BE CONFIRMED"))
            #expect(part.contains("放进去的危急 planted emergencies: 2, 漏掉 missed 0"))
            #expect(part.firstMatch(of: /\n  FU-01: [1-9]\d* 次 flags, \d+ 行新上名单 new rows\n/) != nil)
            #expect(part.firstMatch(of: /\n  一次也没有 no flag on the list: .*BP-04 .*\n/) != nil)
        }
    }

    /// A policy file with one thing wrong; the place it is found at.
    @Test(arguments: [
        ("gap: { value: 10,", "gap: { value: 0,", "session.gap.value"),
        ("  crisis: {", "  crises: {},\n  crisis: {", "crises"),
        ("crisis: { systolic: 180", "crisis: { systolic: 150", "crisis"),
        ("source: 'NORM3 FORMS'", "source: 'NORM4'", "crisis.source"),
    ])
    func `a bad file is told by file, line and path, with what to do`(old: String, new: String, path: String) throws {
        let folder = try Folder()
        let text = try String(
            contentsOf: Program.root.appending(path: "\(shipped)/cn-norm3-2017.json5"), encoding: .utf8)
        let range = try #require(text.range(of: old))
        let line = text[..<range.lowerBound].count { $0.isNewline } + 1
        let file = try folder.write("bad.json5", text.replacingCharacters(in: range, with: new))
        let check = try Program.run(["policy", "check", "--policies", folder.path, "--days", "1"])
        #expect(check.status == 65)
        #expect(check.out.contains("\(file):"), "\(check.out)")
        #expect(check.out.contains(": \(path)"), "\(check.out)")
        #expect(check.out.contains("\n  hint: "))
        #expect(check.err.hasPrefix("healthhut: one thing is not as it should be\nhint: "))
        let show = try Program.run(["policy", "show", "bad", "--policies", folder.path])
        #expect(show.status == 78)
        #expect(show.out.isEmpty)
        #expect(show.err.contains(": \(path)") && show.err.contains("\nhint: "))
        let said = try #require(check.out.firstMatch(of: /bad\.json5:(\d+)/)?.1)
        #expect(abs((Int(said) ?? 0) - line) <= 20, "line \(said), written at \(line)")
    }

    @Test(
        arguments: [
            (["show", "nowhere"], 66, "no policy nowhere in \(shipped)"),
            (["diff", "cn-norm3-2017", "nowhere"], 66, "no policy nowhere"), (["check", "--days", "0"], 64, "--days"),
            (["check", "--days", "x"], 64, "--days"), (["check", "--seed", "x"], 64, "--seed"),
            (["diff", "cn-norm3-2017"], 64, "healthhut: "),
        ] as [([String], Int32, String)])
    func `a wrong word is answered with a hint and a status`(words: [String], status: Int32, message: String) throws {
        let run = try Program.run(["policy"] + words + ["--policies", shipped])
        #expect(run.status == status)
        #expect(run.out.isEmpty)
        #expect(run.err.contains(message) && run.err.contains("\nhint: "))
    }

    @Test func `a folder without policies is said to be one`() throws {
        let folder = try Folder()
        for words in [["show"], ["check"], ["diff", "a", "b"]] {
            let run = try Program.run(["policy"] + words + ["--policies", folder.path])
            #expect(run.status == 66)
            #expect(run.err.contains("no policies in \(folder.path)"))
        }
    }
}
