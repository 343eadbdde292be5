// No query may grow with the whole ledger: after everything has been asked once, the plan of every statement that was
// prepared is read, and none may walk through facts, readings or what grows with them.

import Testing
import Vitals

@testable import Ledger

extension Ledger {
    /// Every statement used so far with the steps of its plan.
    fileprivate func plans() throws -> [(sql: String, steps: [String])] {
        let database = try books.database
        return try database.prepared.filter { !["BEGIN", "BEGIN IMMEDIATE", "COMMIT", "ROLLBACK"].contains($0) }.map {
            let plan = try Statement.explaining($0, database)
            return ($0, try plan.rows { row throws(LedgerError) in row.text(3) ?? "" })
        }
    }
}

extension Statement {
    fileprivate static func explaining(_ sql: String, _ database: Database) throws -> Statement {
        try database.prepare("EXPLAIN QUERY PLAN \(sql)")
    }
}

@Suite struct PlanTests {
    @Test func `no statement walks through what grows`() async throws {
        let folder = try Folder()
        let ledger = try await folder.open()
        _ = try await ledger.addResidents(3)
        var life = HutLife(seed: 11)
        for _ in 0..<1_200 {
            let facts = life.next()
            life.note(facts, try await ledger.append(facts, at: life.now))
        }
        try await ask(ledger)

        let plans = try await ledger.plans()
        #expect(plans.count > 60, "the test must see the statements it judges")
        let growing = [
            "fact", "reading", "standing", "evidence", "report", "bundle", "name", "f", "cuff_pair", "instrument_day",
            "corrected", "concern", "follow_up", "call", "exam_item", "exam_signature", "fasting", "hour",
        ]
        // A new member of staff is looked for in what refers to staff only where a reference without one is outstanding.
        for (sql, steps) in plans where !sql.hasPrefix("INSERT INTO staff ") {
            for step in steps {
                let walks = growing.contains { step == "SCAN \($0)" || step.hasPrefix("SCAN \($0) ") }
                #expect(!walks, "\(step) in \(sql)")
                #expect(!step.hasPrefix("SCAN flag") || step == "SCAN flag USING INDEX flag_open", "\(step) in \(sql)")
            }
        }
    }

    /// Every question of the interface.
    private func ask(_ ledger: Ledger) async throws {
        _ = try await ledger.facts(after: 5, limit: 5)
        _ = try await ledger.last()
        _ = try await ledger.newestTime()
        _ = try await ledger.roster(number: "001")
        _ = try await ledger.roster(1)
        _ = try await ledger.roster(id: "id-1")
        _ = try await ledger.find("00", limit: 3)
        _ = try await ledger.importResidents([.invented("001"), .invented("555")], at: .start)
        _ = try await ledger.checkPIN(number: "001", pin: "1", at: .start, station: nil)
        _ = try await ledger.checkStaffPIN(nurse, pin: "1", at: .start)
        _ = try await ledger.staff()
        _ = try await ledger.history(of: 1, now: .start)
        _ = try await ledger.latestReadings(of: 1, limit: 3)
        _ = try await ledger.readings(of: 1, from: .start, to: .after(9))
        _ = try await ledger.reading(9)
        _ = try await ledger.unclaimed(limit: 3)
        _ = try await ledger.unclaimedCount()
        _ = try await ledger.openFlags()
        _ = try await ledger.flags(of: 1, endedLimit: 3)
        _ = try await ledger.flag(9)
        _ = try await ledger.openFlag("BP-01", .station(booth))
        _ = try await ledger.openVisits()
        _ = try await ledger.openVisit(VisitID(rawValue: 9))
        _ = try await ledger.pairings()
        _ = try await ledger.requests()
        _ = try await ledger.residentsToReview()
        _ = try await ledger.allResidents(after: nil, limit: 3)
        _ = try await ledger.pendingUploads(limit: 50)
        _ = try await ledger.parkedUploads(limit: 3)
        _ = try await ledger.days(of: cuff, since: .start)
        _ = try await ledger.lastHeard(cuff)
        _ = try await ledger.lastReading(of: cuff)
        _ = try await ledger.unclaimed(neverFlagged: "DQ-01", after: 9, limit: 3)
        _ = try await ledger.drifts(of: cuff, since: .start)
        _ = try await ledger.oldestUnsent()
        _ = try await ledger.latestFlag("DQ-03", at: booth)
        try await askAboutCare(ledger)
    }

    private func askAboutCare(_ ledger: Ledger) async throws {
        let day = LocalDay(daysSince1970: 20_778)
        _ = try await ledger.followUps(of: 1, limit: 3)
        _ = try await ledger.followUp(9)
        _ = try await ledger.followUpDraft(of: 1, by: nurse)
        _ = try await ledger.promises(of: 1)
        _ = try await ledger.promises(until: day)
        _ = try await ledger.calls(to: 1, limit: 3)
        _ = try await ledger.exam(of: 1, on: day)
        _ = try await ledger.exams(on: day)
        _ = try await ledger.answers(for: 1)
        _ = try await ledger.chronicle(of: 1, limit: 3)
        _ = try await ledger.worklist(today: day)
        _ = try await ledger.report(of: day)
        _ = try await ledger.sheets(of: day)
        _ = try await ledger.auditTrail(from: .start, to: .after(99_999), limit: 20)
    }
}
