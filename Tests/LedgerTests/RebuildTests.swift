// A projection rebuilt from facts equals the one in use, byte for byte.

import FoundationEssentials
import Testing
import Vitals

@testable import Ledger

@Suite struct RebuildTests {
    let folder: Folder

    init() throws { folder = try Folder() }

    /// Every projection table, row by row, with types, in the order of its keys.
    private func dump() throws -> String {
        let database = try Database(path: folder.ledger)
        var text = ""
        for table in Books.projections.flatMap({ $0.tables }) {
            let columns = try database.prepare("SELECT name FROM pragma_table_info('\(table)')").rows {
                row throws(LedgerError) in row.text(0) ?? ""
            }
            let row = columns.map { "quote(\"\($0)\")" }.joined(separator: " || '|' || ")
            let rows = try database.prepare("SELECT \(row) FROM \"\(table)\" ORDER BY 1").rows {
                row throws(LedgerError) in row.text(0) ?? ""
            }
            text += "\(table)\n" + rows.joined(separator: "\n") + "\n"
        }
        return text
    }

    static var steps: Int {
        2_000 / max(1, Int(ProcessInfo.processInfo.environment["HEALTHHUT_PROPERTY_DIVISOR"] ?? "") ?? 1)
    }

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func `a history of every kind of fact, rebuilt, is the same byte for byte`(seed: UInt64) async throws {
        let ledger = try await folder.open()
        _ = try await ledger.addResidents(3)
        var life = HutLife(seed: seed)
        for _ in 0..<RebuildTests.steps {
            let facts = life.next()
            life.note(facts, try await ledger.append(facts, at: life.now))
        }
        let script = life.script
        #expect(try await ledger.check() == [], "seed \(seed)")
        let live = try dump()
        try await ledger.rebuild()
        #expect(try dump() == live, "seed \(seed)")
        #expect(try await ledger.check() == [], "seed \(seed)")

        for (reading, owner) in script.owners {
            let holder = try await ledger.holder(of: owner)
            #expect(try await ledger.reading(reading)?.owner.resident == holder, "seed \(seed)")
        }
        let listed = try await ledger.unclaimed(limit: 10_000)
        #expect(Set(listed.map(\.sequence)) == script.unclaimed, "seed \(seed)")
        #expect(try await ledger.unclaimedCount() == script.unclaimed.count, "seed \(seed)")
    }

    @Test func `after a rebuild everybody is to be reviewed`() async throws {
        let ledger = try await folder.open()
        let keys = try await ledger.addResidents(3)
        try await ledger.append(
            [.helpCalled(booth)], at: .start, reviewed: keys.map { ReviewMark(resident: $0, upTo: 3) })
        #expect(try await ledger.residentsToReview() == [])
        try await ledger.rebuild()
        #expect(try await ledger.residentsToReview() == keys)
    }

    @Test(arguments: [
        "UPDATE roster SET name = '李四' WHERE resident = 1", "DELETE FROM reading",
        "INSERT INTO unclaimed VALUES (77, 1, NULL, NULL)", "UPDATE mark SET value = 5",
    ])
    func `a projection that was edited is found and rebuilt`(edit: String) async throws {
        let ledger = try await folder.open()
        let key = try await ledger.addResidents(2)[0]
        try await ledger.append([.reading(.pressure(138, 86), .resident(key, visit: nil))], at: .start)
        try await ledger.append([.reading(.pressure(118, 76), .unclaimed(.noVisit, hint: nil))], at: .start)
        try Database(path: folder.ledger).execute(edit)
        let findings = try await ledger.check()
        #expect(findings.count == 1)
        #expect(findings.first?.hint.contains("--rebuild") == true)
        try await ledger.rebuild()
        #expect(try await ledger.check() == [])
    }
}
