// A roster comes from a spreadsheet: what is read of it, and which row is refused with which word.

import Foundation
import Testing
import Vitals

@testable import healthhut

private let today = LocalDay(daysSince1970: 20_778)

private func read(_ text: String) throws(RosterMistake) -> RosterFile.Roster {
    try RosterFile.read(Array(text.utf8), today: today)
}

private func mistakes(_ text: String) -> [RosterMistake] {
    do throws(RosterMistake) { return try read(text).mistakes } catch { return [error] }
}

@Suite struct RosterTests {
    @Test func `a spreadsheet's file is read: byte-order mark, CR LF, quotes, columns in any order`() throws {
        let text =
            "\u{FEFF}name,number,sex,birth_date,conditions,medicines\r\n"
            + "张桂芳,047,女,1944-03-02,hypertension;diabetes,\"氨氯地平, 5mg \"\"长效\"\"\"\r\n\r\n李,8,,,,\r\n"
        let residents = try read(text).residents
        #expect(
            residents == [
                Resident(
                    number: "047", name: "张桂芳", sex: .female, birth: LocalDay(iso: "1944-03-02"),
                    conditions: [.hypertension, .diabetes], medicines: "氨氯地平, 5mg \"长效\""),
                Resident(number: "8", name: "李"),
            ])
    }

    @Test(arguments: [
        ("", 1, "the file is empty"), ("number,name,phnoe\n", 1, "unknown column 'phnoe'"),
        ("048,张三\n", 1, "column 1 has no name that is known; is the first line the header?"),
        ("number,name,张三\n", 1, "column 3 has no name that is known"),
        ("number;name;phone\n1;张三;\n", 1, "its columns are separated by semicolons"),
        ("number,name,\n", 1, "column 3 has no name that is known"),
        ("number,name,a_name_of_more_than_20_letters\n", 1, "column 3 has no name that is known"),
        ("number,name,birth_date\n1,张三,18264\n", 2, "birth_date is a spreadsheet's day number"),
        ("number,phone\n", 1, "the column 'name' is missing"), ("number,name,name\n", 1, "a column stands twice"),
        ("number,name\n047\n", 2, "1 cells where the header has 2"), ("number,name\n4x,张三\n", 2, "number must be"),
        ("number,name\n047,\n", 2, "name is empty"), ("number,name,sex\n1,张三,x\n", 2, "sex must be"),
        ("number,name,birth_date\n1,张三,1944-02-30\n", 2, "birth_date must be"),
        ("number,name,conditions\n1,张三,gout\n", 2, "conditions must be"),
        ("number,name\n1,张三\n\n1,李四\n", 4, "the hut number of line 2 again"),
        ("number,name\n47,张三\n047,李四\n", 3, "the hut number of line 2 again"),
        ("number,name,birth_date\n1,张三,2026-11-23\n", 2, "birth_date lies in the future"),
        ("number,name,birth_date\n1,张三,1899-01-01\n", 2, "birth_date lies in the future, or more than 125"),
        ("number,name,phone\n1,张三,1.39E+10\n", 2, "phone was rounded by a spreadsheet"),
        ("number,name,id_number\n1,张三,110105194912310021\n", 2, "id_number is no number"),
        ("number,name,birth_date,id_number\n1,张三,1950-01-01,11010519491231002X\n", 2, "birth_date and id_number"),
        ("number,name,sex,id_number\n1,张三,男,11010519491231002X\n", 2, "sex and id_number disagree"),
        ("number,name,phone\n1,张三,139\u{1B}[2J\n", 2, "phone is longer than 40 characters or has control characters"),
        ("number,name\n1,张三\n2,\"李四\n3,王五\n", 3, "a quotation mark is opened and never closed"),
    ])
    func `a mistake is named with its line and never with a person`(text: String, line: Int, what: String) throws {
        let found = mistakes(text)
        #expect(found.count == 1)
        let first = try #require(found.first)
        #expect(first.line == line)
        #expect(first.what.hasPrefix(what))
        #expect(!first.what.contains("张三") && !first.what.contains("李四"))
    }

    @Test(
        arguments: [
            ([0xFF, 0xFE] + Array("n\u{0}u\u{0}".utf8), "UTF-16"), (Array("n\u{0}u\u{0}m\u{0}".utf8), "UTF-16"),
            (Array("number,name\r047,张\r".utf8), "CR alone"), (Array("number;name\n047;张\n".utf8), "semicolons"),
            (Array("number\tname\n047\t张\n".utf8), "tabs"),
        ] as [([UInt8], String)])
    func `a file that is saved as another kind is refused with its kind, and how to save it`(
        bytes: [UInt8], kind: String
    ) {
        do throws(RosterMistake) {
            _ = try RosterFile.read(bytes, today: today)
            Issue.record("it was read")
        } catch {
            #expect(error.what.contains(kind) && error.what.contains("save it anew as CSV"))
        }
    }

    @Test func `a header in Chinese names the same columns, and is said`() throws {
        let text = "编号,姓名,性别,出生日期,电话,楼栋,病,用药,团队,身份证号\n048,张桂芳,女,1949-12-31,1,2,高血压,a,b,11010519491231002X\n"
        let roster = try read(text)
        #expect(roster.mistakes.isEmpty && roster.columns == Set(RosterFile.columns))
        #expect(roster.residents.first?.conditions == [.hypertension])
        #expect(roster.changes.filter { $0.column == "header" }.map(\.after) == RosterFile.columns)
    }

    @Test func `a PIN comes from standard input and is refused when it is none`() throws {
        let folder = try Folder()
        let settings = try folder.settings()
        let add = ["residents", "add", "--number", "047", "--name", "张桂芳", "--sex", "female", "--birth", "1944-03-02"]
        #expect(try Program.run(add + ["--settings", settings]).status == 0)
        #expect(try Program.run(add + ["--settings", settings]).status == 65)
        let pin = ["residents", "pin", "047", "--settings", settings]
        for wrong in ["", "12", "123456789", "12a4"] { #expect(try Program.run(pin, input: wrong + "\n").status == 65) }
        #expect(try Program.run(pin, input: "1234\n").out == "PIN set\n")
        #expect(try Program.run(["residents", "pin", "999", "--settings", settings], input: "1234\n").status == 65)
        #expect(
            try Program.run(["staff", "add", "王敏", "--role", "nurse", "--settings", settings], input: "2468").status
                == 0)
        #expect(try Program.run(["bands", "pair", "!433d1f2a", "047", "--settings", settings]).out == "paired\n")
        #expect(try Program.run(["bands", "pair", "!433d1f2a", "047", "--settings", settings]).status != 0)
        let ledger = try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/ledger/ledger.sqlite"))
        #expect(ledger.range(of: Data("$y$".utf8)) != nil, "the PIN is stored as yescrypt's hash")
    }
}
