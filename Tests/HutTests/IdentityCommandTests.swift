// Cards, tags and codes from the command line, as an operator types them: a number comes from standard input, and nothing
// that is printed tells more than its end.

import Foundation
import Testing

@testable import healthhut

@Suite struct IdentityCommandTests {
    private let folder: Folder
    private let settings: String

    init() throws {
        folder = try Folder()
        settings = try folder.settings()
        for number in ["047", "031"] {
            let run = try Program.run(
                ["residents", "add", "--number", number, "--name", "测试", "--settings", settings])
            try #require(run.status == 0)
        }
    }

    private func residents(_ words: String..., input: String = "") throws -> Run {
        try Program.run(["residents"] + words + ["--settings", settings], input: input)
    }

    @Test(arguments: [
        ("11010519491231002x\n", "linked a card ending in 002X\n"), ("0006547886\n", "linked a tag ending in 7886\n"),
    ])
    func `a card or a tag is linked once, to one person, and taken back`(input: String, printed: String) throws {
        let linked = try residents("card", "047", input: input)
        #expect(linked.status == 0 && linked.out == printed)
        for number in ["047", "031"] {
            let again = try residents("card", number, input: input)
            #expect(again.status == 65)
            #expect(again.err.contains("stands for somebody already") && again.err.contains("\nhint: "))
        }
        #expect(try residents("uncard", "047").status == 0)
        #expect(try residents("uncard", "047").err.contains("nothing of that kind"))
        #expect(try residents("card", "031", input: input).status == 0)
    }

    @Test(arguments: ["110105194912310021\n", "\n", "47\n", "00065478867\n", "HH1:0123456789ABCDEF0123456789ABCDEF\n"])
    func `what is no number is refused without being repeated`(input: String) throws {
        let run = try residents("card", "047", input: input)
        #expect(run.status == 65 && run.out.isEmpty)
        #expect(run.err.contains("neither the number of a card nor of a tag") && run.err.contains("\nhint: "))
        let typed = input.trimmingCharacters(in: .newlines)
        #expect(typed.isEmpty || !run.err.contains(typed))
    }

    @Test func `a code is printed once, another each time, and all are taken back together`() throws {
        let codes = try (0..<3).map { _ in try residents("code", "047") }
        for run in codes {
            #expect(run.status == 0 && run.err.isEmpty)
            #expect(run.out.hasPrefix("HH1:") && run.out.utf8.count == 37)
        }
        #expect(Set(codes.map(\.out)).count == 3)
        #expect(try residents("uncode", "047").status == 0)
        #expect(try residents("uncode", "047").status == 65)
        let everything = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/ledger")
        for name in everything {
            let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/ledger/\(name)"))
            for run in codes { #expect(bytes.range(of: Data(run.out.dropLast().utf8)) == nil) }
        }
    }

    @Test(arguments: ["card", "uncard", "code", "uncode", "confirm"])
    func `a number nobody has is said so`(command: String) throws {
        let run = try residents(command, "999", input: "0006547886\n")
        #expect(run.status == 65 && run.err.contains("no resident has this hut number"))
    }

    @Test func `a card reader's line is never written down`() throws {
        let out = folder.path + "/card.capture"
        let run = try Program.run([
            "record", "--device", "sam-id-card", "--devices", "./Devices", "--line", "unix:\(folder.path)/line",
            "--out", out,
        ])
        #expect(run.status == 65 && run.err.contains("never written down"))
        #expect(!FileManager.default.fileExists(atPath: out))
    }

    @Test func `nobody waits in a hut where nobody enrolled herself`() throws {
        let run = try residents("waiting")
        #expect(run.status == 0 && run.out.isEmpty && run.err == "nobody waits\n")
        #expect(try residents("confirm", "047").err.contains("does not wait"))
    }
}
