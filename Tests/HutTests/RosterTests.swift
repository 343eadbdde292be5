import Foundation
import Testing
import Vitals

@testable import healthhut

private func read(_ text: String) -> Result<RosterFile.Roster, RosterFile.Mistakes> { RosterFile.read(text) }

private func mistakes(_ text: String) -> [RosterMistake] {
    if case .failure(let mistakes) = read(text) { mistakes.all } else { [] }
}

@Suite struct RosterTests {
    @Test func `a spreadsheet's file is read: byte-order mark, CR LF, quotes, columns in any order`() throws {
        let text =
            "\u{FEFF}name,number,sex,birth_date,conditions,medicines\r\n"
            + "张桂芳,047,女,1944-03-02,hypertension;diabetes,\"氨氯地平, 5mg \"\"长效\"\"\"\r\n\r\n李,8,,,,\r\n"
        let residents = try read(text).get().residents
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
        ("number,phone\n", 1, "the column 'name' is missing"), ("number,name,name\n", 1, "a column stands twice"),
        ("number,name\n047\n", 2, "1 cells where the header has 2"), ("number,name\n4x,张三\n", 2, "number must be"),
        ("number,name\n047,\n", 2, "name is empty"), ("number,name,sex\n1,张三,f\n", 2, "sex must be"),
        ("number,name,birth_date\n1,张三,1944-02-30\n", 2, "birth_date must be"),
        ("number,name,conditions\n1,张三,gout\n", 2, "conditions must be"),
        ("number,name\n1,张三\n\n1,李四\n", 4, "the hut number of line 2 again"),
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

    @Test func `importing twice changes nothing, and one mistake imports nobody`() throws {
        let folder = try Folder()
        let settings = try folder.settings()
        let file = try folder.write("roster.csv", "number,name,conditions\n047,张桂芳,hypertension\n048,张德山,\n")
        let words = ["residents", "import", file, "--settings", settings]
        #expect(try Program.run(words).out == "added 2, changed 0, unchanged 0\n")
        #expect(try Program.run(words).out == "added 0, changed 0, unchanged 2\n")
        _ = try folder.write("roster.csv", "number,name,conditions\n047,张桂芳,\n049,新人,gout\n")
        let wrong = try Program.run(words)
        #expect(wrong.status == 65)
        #expect(wrong.err.contains("roster.csv:3: conditions must be"))
        #expect(!wrong.err.contains("新人"))
        // A column that is not there says nothing; one that is empty says *none*.
        _ = try folder.write("roster.csv", "number,name\n047,张桂芳\n")
        #expect(try Program.run(words).out == "added 0, changed 0, unchanged 1\n")
        _ = try folder.write("roster.csv", "number,name,conditions\n047,张桂芳,\n")
        #expect(try Program.run(words).out == "added 0, changed 1, unchanged 0\n")
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
