// The preview of a roster is what will be written, no more and no less.

import Foundation
import Testing
import Vitals

@testable import healthhut

private let today = LocalDay(daysSince1970: 20_778)

private func planned(_ text: String, _ known: [Resident], variants: CharacterVariants? = CharacterVariants()) throws
    -> RosterPlan
{
    RosterPlan(try RosterFile.read(Array(text.utf8), today: today), known: known, variants: variants)
}

private let guifang = Resident(
    number: "047", name: "张桂芳", sex: .female, birth: LocalDay(year: 1944, month: 3, day: 2), phone: "13900000106")

@Suite struct RosterPlanTests {
    @Test func `the preview shows every change, and nothing that stays`() throws {
        let text =
            "number,name,phone\n47,张桂芳,１３９００００９９９９\n048,张zhang德de山shan,\n049,李四,\n0x,王五,\n"
        let plan = try planned(text, [guifang, Resident(number: "049", name: "李四")])
        #expect(
            plan.preview == [
                "the file is UTF-8", "put right:",
                "  line 2  phone  '１３９００００９９９９' -> '13900009999'  (full-width letters and digits, made plain)",
                "  line 2  number  '47' -> '047'  (zeros in front, as the hut's roster has them)",
                "  line 3  name  '张zhang德de山shan' -> '张德山'  (pinyin behind the characters, left out)", "new:",
                "  line 3  048  张德山", "changed:", "  line 2  047  phone  '13900000106' -> '13900009999'", "left out:",
                "  line 5  number must be one to eight digits", "in all: 1 new, 1 changed, 1 unchanged, 1 left out",
            ])
    }

    @Test(arguments: [
        ("47,李四,", "number differs from somebody else's by zeros in front only"),
        ("0047,王五,", "number differs from somebody else's by zeros in front only"),
        ("047,李四,", "the hut's roster has another name under this number"),
        ("047,李四,1950-01-01", "the hut's roster has another name under this number"),
    ])
    func `a line that would give somebody's readings another name stays out`(line: String, what: String) throws {
        let plan = try planned("number,name,birth_date\n\(line)\n", [guifang])
        #expect(plan.residents.isEmpty)
        #expect(plan.mistakes.first?.what.hasPrefix(what) == true)
    }

    @Test func `a name with the birth date of its number is a spelling put right`() throws {
        let plan = try planned("number,name,birth_date\n047,张桂芬,1944-03-02\n", [guifang])
        #expect(plan.changed.map(\.after.name) == ["张桂芬"])
    }

    @Test func `the same name in other characters, under another number, is shown as maybe the same person`() throws {
        let variants = try #require(CharacterVariants(), "the package locales is not installed")
        let plan = try planned("number,name,birth_date\n051,張桂芳,1944-03-02\n", [guifang], variants: variants)
        #expect(plan.doubts == [RosterPlan.Doubt(line: 2, number: "047")])
        #expect(plan.new.map(\.resident.name) == ["張桂芳"], "nobody's name is rewritten")
        let other = try planned("number,name,birth_date\n051,張桂芳,1950-03-02\n", [guifang])
        #expect(other.doubts.isEmpty)
    }

    @Test func `everything that is written of a newcomer stands in her line`() throws {
        let plan = try planned(
            "number,name,sex,birth_date,phone,building,conditions,medicines,team,id_number\n"
                + "048,李国强,女,1949-12-31,13900000458,12号楼,糖尿病;高血压,氨氯地平,汪医生,11010519491231002X\n049,张德山,,,,,,,,\n", [])
        #expect(
            plan.preview.filter { $0.hasPrefix("  line") && !$0.contains("(") } == [
                "  line 2  048  李国强  female  1949-12-31  13900000458  building '12号楼'  hypertension;diabetes  "
                    + "medicines '氨氯地平'  team '汪医生'  card …002X", "  line 3  049  张德山",
            ])
    }

    @Test func `twins inside one file are told once, like twins of known residents`() throws {
        let rows = [
            "051,李四,1950-01-01", "052,李四,1950-01-01", "053,李四,", "054,李四,1960-01-01", "055,王五,", "047,张桂芳,", "056,张桂芳,",
        ]
        let plan = try planned("number,name,birth_date\n\(rows.joined(separator: "\n"))\n", [guifang])
        #expect(
            plan.doubts.map { "\($0.line) \($0.number)" } == ["3 051", "4 051", "4 052", "5 053", "8 047"])
    }

    @Test(arguments: [
        "051,李五,female,1950-01-01,1,a", "051,李四,male,1950-01-01,1,a", "051,李四,female,1950-01-02,1,a",
        "051,李四,female,1950-01-01,2,a", "051,李四,female,1950-01-01,1,b", "051,李四,female,1950-01-01,1,a\n0x,甲,,,,",
        "051,李四,female,1950-01-01,1,\"a\"",
    ])
    func `no other file is written under the code of this one`(other: String) throws {
        let header = "number,name,sex,birth_date,phone,team\n"
        let code = try planned("\(header)051,李四,female,1950-01-01,1,a\n", []).code
        #expect(try planned("\(header)\(other)\n", []).code != code)
        #expect(try planned("\(header)051,李四,female,1950-01-01,1,a\n", []).code == code)
    }

    @Test func `the code of a plan changes with the file and with the roster`() throws {
        let one = try planned("number,name\n051,李四\n", [guifang]).code
        #expect(one.count == 8)
        #expect(try planned("number,name\n051,李四\n", [guifang]).code == one)
        #expect(try planned("number,name\n051,李五\n", [guifang]).code != one)
        #expect(try planned("number,name\n051,李四\n", [guifang, Resident(number: "051", name: "李四")]).code != one)
    }

    @Test func `nothing is written before the preview's own code is given, and then exactly that`() throws {
        let folder = try Folder()
        let settings = try folder.settings()
        let file = try folder.write(
            "roster.csv",
            "number,name,conditions,id_number\n047,张桂芳,hypertension,11010519491231002X\n048,张德山,,\n")
        let words = ["residents", "import", file, "--settings", settings]
        let shown = try Program.run(words)
        #expect(shown.status == 0 && shown.out.contains("2 new") && shown.out.contains("nothing is written yet"))
        #expect(try Program.run(words).out == shown.out, "a preview writes nothing")
        #expect(try Program.run(words + ["--apply", "00000000"]).status == 65)
        let code = try #require(shown.out.firstMatch(of: /--apply ([0-9a-f]{8})/)?.1)
        #expect(try Program.run(words + ["--apply", String(code)]).out == "added 2, changed 0, unchanged 0\n")
        #expect(try Program.run(words + ["--apply", String(code)]).status == 65, "the roster is another one now")
        #expect(try Program.run(words).out.contains("2 unchanged"))
        let ledger = try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/ledger/ledger.sqlite"))
        #expect(ledger.range(of: Data("11010519491231002X".utf8)) == nil)
    }

    @Test func `lines that stay out are written to a file of their own, byte for byte`() throws {
        let folder = try Folder()
        let settings = try folder.settings()
        let file = try folder.write("roster.csv", "number,name,conditions\r\n047,张桂芳,\r\n049,新人,gout\r\n")
        let words = ["residents", "import", file, "--settings", settings]
        let shown = try Program.run(words)
        #expect(shown.status == 65 && shown.err.contains("roster.csv:3: conditions must be"))
        #expect(!shown.err.contains("新人"))
        let code = String(try #require(shown.out.firstMatch(of: /--apply ([0-9a-f]{8})/)?.1))
        #expect(try Program.run(words + ["--apply", code]).status == 65, "nobody is left out in silence")
        let rest = "\(folder.path)/rest.csv"
        #expect(try Program.run(words + ["--apply", code, "--rest", rest]).out == "added 1, changed 0, unchanged 0\n")
        #expect(
            try String(contentsOfFile: rest, encoding: .utf8) == "number,name,conditions\r\n049,新人,gout\r\n")
        #expect(try Program.run(words + ["--apply", code, "--rest", rest]).status == 73)
    }
}
