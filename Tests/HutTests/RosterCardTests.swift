// Cards of a roster: each link is shown before it is written, by its end only, and is written with its resident or not.

import Foundation
import Ledger
import Testing
import Vitals

@testable import healthhut

private let today = LocalDay(daysSince1970: 20_778)
private let specimen = "11010519491231002X"

private func planned(_ lines: String, _ known: [Resident] = [], _ identities: RosterPlan.Known = .init()) throws
    -> RosterPlan
{
    let file = Array("number,name,id_number\n\(lines)\n".utf8)
    return RosterPlan(
        try RosterFile.read(file, today: today), known: known, variants: nil, identities: identities)
}

@Suite struct RosterCardTests {
    @Test func `a card of somebody else's stays out, and no number of a card is shown`() throws {
        let free = try planned("051,李四,１１０１０５１９４９１２３１００２Ｘ")
        #expect(free.links.map(\.number) == ["051"])
        #expect(!free.preview.joined().contains("19491231"))
        let card = try #require(CardNumber(specimen))
        let taken = try planned("051,李四,\(specimen)", [], .init(owners: [card: "047"]))
        #expect(taken.residents.isEmpty && taken.links.isEmpty && taken.mistakes.count == 1)
    }

    @Test(arguments: [([], "none -> …002X"), (["1234"], "…1234 -> …1234, …002X")])
    func `a line that only adds a card is a change`(before: [String], shown: String) throws {
        let plan = try planned(
            "051,李四,\(specimen)", [Resident(number: "051", name: "李四")], .init(ends: ["051": before]))
        #expect(plan.preview.contains("  line 2  051  card  \(shown)"))
        #expect(plan.changed.count == 1 && plan.unchanged == 0)
    }

    @Test func `who has her card already is unchanged`() throws {
        let card = try #require(CardNumber(specimen))
        let plan = try planned(
            "051,李四,\(specimen)", [Resident(number: "051", name: "李四")], .init(owners: [card: "051"]))
        #expect(plan.unchanged == 1 && plan.links.isEmpty && plan.changed.isEmpty)
    }

    @Test func `the second line with a card stays out, unless the first one does`() throws {
        let plan = try planned("051,李四,\(specimen)\n052,王五,\(specimen)")
        #expect(plan.new.map(\.line) == [2] && plan.links.map(\.number) == ["051"])
        #expect(plan.mistakes == [RosterMistake(line: 3, what: "the id_number of line 2 again")])
        let known = [Resident(number: "051", name: "赵六")]
        #expect(try planned("051,李四,\(specimen)\n052,王五,\(specimen)", known).links.map(\.number) == ["052"])
    }

    @Test func `a card that says another birth date or sex than the hut's roster stays out`() throws {
        let born = Resident(number: "051", name: "李四", birth: LocalDay(iso: "1950-01-01"))
        let man = Resident(number: "051", name: "李四", sex: .male)
        for known in [born, man] {
            let plan = try planned("051,李四,\(specimen)", [known])
            #expect(plan.links.isEmpty && plan.mistakes.first?.what.hasPrefix("id_number disagrees") == true)
        }
    }

    @Test func `the number of a merged line stays out, and says where it goes on`() throws {
        let plan = try planned("051,李四,", [], .init(merged: ["051": "047"]))
        #expect(plan.mistakes.first?.what == "the hut merged this number's line into that of number 047; write that")
    }

    @Test func `newcomers and cards are written together, each card to its own, and found unchanged again`() throws {
        let folder = try Folder()
        let settings = try folder.settings()
        let first = try folder.write("first.csv", "number,name\n047,张桂芳\n")
        let second = try folder.write(
            "second.csv", "number,name,id_number\n048,张德山,\n049,李四,\(specimen)\n047,张桂芳,11010519900101111X\n")
        for (file, counts) in [(first, "added 1, changed 0, unchanged 0"), (second, "added 2, changed 1, unchanged 0")]
        {
            let words = ["residents", "import", file, "--settings", settings]
            let shown = try Program.run(words)
            let code = String(try #require(shown.out.firstMatch(of: /--apply ([0-9a-f]{8})/)?.1))
            #expect(try Program.run(words + ["--apply", code]).out == counts + "\n")
            let again = try Program.run(words)
            #expect(again.status == 0 && again.out.contains("0 new, 0 changed"), "\(again.out)\(again.err)")
        }
    }

    @Test func `a newcomer's counted key that is somebody else's is refused, with everything beside it`() async throws {
        let folder = try Folder()
        let ledger = try await Ledger.open(path: "\(folder.path)/own/ledger.sqlite", at: HutTime(milliseconds: 1))
        try await ledger.append(
            [.residentAdded(Resident(number: "047", name: "张桂芳"), id: "a")], at: HutTime(milliseconds: 2))
        let newcomer = Resident(number: "048", name: "张德山")
        let counted = ResidentKey(rawValue: 1)
        await #expect(throws: LedgerError.refused(.numberTaken)) {
            try await ledger.append(
                [.residentAdded(newcomer, id: "b"), .residentChanged(counted, newcomer)], at: HutTime(milliseconds: 3))
        }
        #expect(try await ledger.roster(number: "048") == nil)
        #expect(try await ledger.roster(number: "047")?.resident.name == "张桂芳")
        await ledger.close()
    }

    @Test func `where the lines that stay out cannot be written, nobody is imported`() throws {
        let folder = try Folder()
        let settings = try folder.settings()
        let file = try folder.write("roster.csv", "number,name\n047,张桂芳\n0x,李四\n")
        let words = ["residents", "import", file, "--settings", settings]
        let code = String(try #require(try Program.run(words).out.firstMatch(of: /--apply ([0-9a-f]{8})/)?.1))
        let refused = try Program.run(words + ["--apply", code, "--rest", "\(folder.path)/none/rest.csv"])
        #expect(refused.status == 73 && refused.err.contains("nothing was imported"))
        #expect(try Program.run(words).out.contains("1 new"))
        #expect(
            try Program.run(words + ["--apply", code, "--rest", "\(folder.path)/rest.csv"]).out
                == "added 1, changed 0, unchanged 0\n")
        #expect(try Program.run(words).status == 65, "a line that stays out is told, also where nothing else is left")
    }
}
