// The audit from the command line, as an operator runs it: kinds and opaque ids, never a name or a value.

import Foundation
import Testing

@testable import healthhut

@Suite struct AuditCommandTests {
    private let folder: Folder
    private let settings: String

    init() throws {
        folder = try Folder()
        settings = try folder.settings()
        for number in ["047", "031"] {
            let run = try Program.run(
                ["residents", "add", "--number", number, "--name", "张测试", "--settings", settings])
            try #require(run.status == 0)
        }
    }

    private func audit(_ words: String...) throws -> Run {
        try Program.run(["audit"] + words + ["--settings", settings])
    }

    @Test func `what was changed is listed with kinds and opaque ids, and nobody's name or number`() throws {
        let run = try audit("show")
        let lines = run.out.split(separator: "\n").map(String.init)
        #expect(run.status == 0 && run.err.isEmpty)
        #expect(lines.count == 2)
        for (index, line) in lines.enumerated() {
            let words = line.split(separator: " ").map(String.init)
            #expect(words.count == 5 && words[0] == "\(index + 1)")
            #expect(words[2] == "residentAdded" && words[3] == "command")
            #expect(UUID(uuidString: words[4]) != nil)
        }
        #expect(!run.out.contains("张") && !run.out.contains("047"))
    }

    @Test func `a day on which nothing was done is empty`() throws {
        let run = try audit("show", "--from", "2020-01-01", "--to", "2020-01-31")
        #expect(run.status == 0 && run.out.isEmpty)
    }

    @Test func `the last link that was written down is found again, and another one is not`() throws {
        let first = try audit("verify")
        #expect(first.status == 0 && first.out.hasPrefix("facts      2\n"))
        #expect(first.out.hasSuffix("the chain is whole\n"))
        let line = try #require(first.out.split(separator: "\n").first { $0.hasPrefix("last link") })
        let link = String(line.suffix(64))
        #expect(try audit("verify", "--link", link).out.hasSuffix("the link is that of fact 2\n"))
        let other = String(repeating: "0", count: 64)
        let anew = try audit("verify", "--link", other)
        #expect(anew.status == 65 && anew.err.contains("is not in it") && anew.err.contains("\nhint: "))
    }

    @Test(arguments: [
        (["verify", "--link", "12ab"], 64, "--link is not 64 hexadecimal digits"),
        (["show", "--from", "yesterday"], 64, "--from yesterday is not a day"),
        (["show", "--from", "2026-11-02", "--to", "2026-11-01"], 64, "--to 2026-11-01 is before --from 2026-11-02"),
        (["show", "--staff", "nobody"], 66, "no member of staff has this name"),
    ])
    func `what cannot be asked is refused with a hint`(words: [String], status: Int32, message: String) throws {
        let run = try Program.run(["audit"] + words + ["--settings", settings])
        #expect(run.status == status && run.out.isEmpty)
        #expect(run.err.contains(message) && run.err.contains("\nhint: "))
    }
}
