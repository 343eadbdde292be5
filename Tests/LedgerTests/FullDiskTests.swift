// A full disk: said, nothing half-written, and over by itself when there is room.

import Testing
import Vitals

@testable import Ledger

extension Ledger {
    fileprivate func limit(pages: Int) throws { try books.database.execute("PRAGMA max_page_count = \(pages)") }
    fileprivate func pages() throws -> Int { Int(try books.database.integer("PRAGMA page_count") ?? 0) }
}

@Suite struct FullDiskTests {
    @Test func `a full ledger refuses whole calls, answers all the while, and goes on when there is room`() async throws
    {
        let folder = try Folder()
        let ledger = try await folder.open()
        let key = try await ledger.addResidents(1)[0]
        try await ledger.limit(pages: try await ledger.pages() + 3)
        let call = (0..<20).map { Fact.reading(.pressure(100 + $0, 60, at: .after($0)), .resident(key, visit: nil)) }
        var stored = 0
        await #expect(throws: LedgerError.full) {
            while true {
                try await ledger.append(call, at: .start)
                stored += 20
            }
        }
        #expect(stored > 0)
        #expect(try await ledger.latestReadings(of: key, limit: 10_000).count == stored)
        await #expect(throws: LedgerError.full) { try await ledger.append(call, at: .start) }
        #expect(try await ledger.check() == [])

        try await ledger.limit(pages: 100_000)
        try await ledger.append(call, at: .start)
        #expect(try await ledger.latestReadings(of: key, limit: 10_000).count == stored + 20)
        #expect(try await ledger.check() == [])
    }
}
