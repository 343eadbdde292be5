// What the district has not heard, through acknowledgements, refusals and every change of owner (H-06, H-15).

import Testing
import Vitals

@testable import Ledger

@Suite struct UploadTests {
    let folder: Folder

    init() throws { folder = try Folder() }

    /// Two residents and three readings of the first: facts 3, 4 and 5.
    private func ledger() async throws -> Ledger {
        let ledger = try await folder.open()
        _ = try await ledger.addResidents(2)
        for index in 0..<3 {
            try await ledger.append(
                [.reading(.pressure(130 + index, 80), .resident(1, visit: nil))], at: .after(index))
        }
        return ledger
    }

    private func receipts(_ facts: FactSequence...) -> Fact {
        .uploaded(facts.map { UploadReceipt(fact: $0, location: "Observation/\($0.rawValue)/_history/1") })
    }

    /// The pending records as (receipt, opaque id), corrections marked.
    private func pending(_ ledger: Ledger) async throws -> [String] {
        try await ledger.pendingUploads(limit: 100).map {
            switch $0 {
            case .reading(let reading, let id, let since): "\(reading.sequence.rawValue) \(id) since \(since.rawValue)"
            case .correction(let wrong):
                "not \(wrong.reading.sequence.rawValue) \(wrong.resident) by \(wrong.fact.rawValue)"
            }
        }
    }

    @Test func `exactly what was acknowledged is settled, in any order`() async throws {
        let ledger = try await ledger()
        #expect(try await pending(ledger) == ["3 id-1 since 3", "4 id-1 since 4", "5 id-1 since 5"])
        #expect(try await ledger.pendingUploads(limit: 2).count == 2)
        #expect(try await ledger.unsentCount(upTo: 2) == 2)
        #expect(try await ledger.unsentCount(upTo: 999) == 3)
        try await ledger.append([receipts(4)], at: .start)
        #expect(try await pending(ledger) == ["3 id-1 since 3", "5 id-1 since 5"])
        try await ledger.append([receipts(3)], at: .start)
        #expect(try await pending(ledger) == ["5 id-1 since 5"])
        try await ledger.append([receipts(5)], at: .start)
        #expect(try await pending(ledger) == [])
        let database = try Database(path: folder.ledger)
        #expect(try database.integer("SELECT count(*) FROM acknowledged") == 0)
    }

    @Test func `a refused one is parked and holds nobody up; a receipt frees it`() async throws {
        let ledger = try await ledger()
        try await ledger.append([.uploadParked(3, outcome: "structure")], at: .start)
        #expect(try await pending(ledger) == ["4 id-1 since 4", "5 id-1 since 5"])
        #expect(try await ledger.parkedUploads(limit: 9) == [ParkedUpload(fact: 3, outcome: "structure")])
        try await ledger.append([receipts(4, 5)], at: .start)
        try await ledger.append([receipts(3)], at: .start)
        #expect(try await ledger.parkedUploads(limit: 9) == [])
        #expect(try await pending(ledger) == [])
    }

    @Test func `an unclaimed reading is not sent, a claimed one is, long after`() async throws {
        let ledger = try await ledger()
        let late = try await ledger.append([.reading(.pressure(150, 90), .unclaimed(.noVisit, hint: nil))], at: .start)[
            0]
        try await ledger.append([receipts(3, 4, 5)], at: .start)
        #expect(try await pending(ledger) == [])
        let claim = try await ledger.append([.readingClaimed(late, 2, by: nurse, reason: "told")], at: .start)[0]
        #expect(try await pending(ledger) == ["\(late.rawValue) id-2 since \(claim.rawValue)"])
        try await ledger.append([receipts(claim)], at: .start)
        #expect(try await pending(ledger) == [])
    }

    @Test func `a moved reading is corrected first, then sent under the right resident`() async throws {
        let ledger = try await ledger()
        try await ledger.append([receipts(3, 4, 5)], at: .start)
        let move = try await ledger.append(
            [.readingMoved(4, from: 1, to: 2, by: nurse, reason: "his")], at: .after(60))[0]
        let offered = try await ledger.pendingUploads(limit: 9)
        guard case .correction(let correction)? = offered.first, offered.count == 1 else {
            Issue.record("not one correction: \(offered.count)")
            return
        }
        #expect(correction.fact == move)
        #expect(correction.at == .after(60))
        #expect(correction.resident == "id-1")
        #expect(correction.ownedSince == 4)
        #expect(correction.location == "Observation/4/_history/1")
        #expect(correction.by == nurse)
        #expect(correction.reason == "his")
        #expect(correction.reading.owner.resident == 2)
        try await ledger.append([receipts(move)], at: .after(61))
        #expect(try await pending(ledger) == ["4 id-2 since \(move.rawValue)"])
        try await ledger.append([receipts(move)], at: .after(62))
        #expect(try await pending(ledger) == [])
    }

    @Test func `a receipt that comes after the move does not count for the new resident`() async throws {
        let ledger = try await ledger()
        // The uploader has sent 4 under the first resident; the nurse moves it before the receipt is written.
        let move = try await ledger.append([.readingMoved(4, from: 1, to: 2, by: nurse, reason: "his")], at: .start)[0]
        try await ledger.append([receipts(3, 4, 5)], at: .start)
        #expect(try await pending(ledger) == ["not 4 id-1 by \(move.rawValue)"])
        guard case .correction(let correction)? = try await ledger.pendingUploads(limit: 1).first else { return }
        #expect(correction.location == "Observation/4/_history/1")
        try await ledger.append([receipts(move)], at: .start)
        #expect(try await pending(ledger) == ["4 id-2 since \(move.rawValue)"])
    }

    @Test func `a discarded, returned or denied reading is corrected whether or not a receipt came`() async throws {
        let ledger = try await ledger()
        try await ledger.append([receipts(3)], at: .start)
        let opened = try await ledger.append([.visitOpened(booth, .resident(1), helper: .nobody)], at: .start)[0]
        let visit = VisitID(rawValue: opened.rawValue)
        let taken = try await ledger.append(
            [
                .readingDiscarded(3, .duplicate, by: nurse, note: ""), .readingReturned(4, by: nurse, reason: "unsure"),
                .readingDenied(5, visit),
            ], at: .start)
        #expect(
            try await pending(ledger) == zip([3, 4, 5], taken).map { "not \($0) id-1 by \($1.rawValue)" })
        try await ledger.append([.uploadParked(taken[1], outcome: "not-found")], at: .start)
        try await ledger.append([receipts(taken[0], taken[2])], at: .start)
        #expect(try await pending(ledger) == [])
        #expect(try await ledger.parkedUploads(limit: 9) == [ParkedUpload(fact: taken[1], outcome: "not-found")])
    }

    @Test func `a wearable's estimate of blood pressure is never sent, claimed or not`() async throws {
        let ledger = try await folder.open()
        _ = try await ledger.addResidents(1)
        let estimate = Reading(
            vital: .wearableBloodPressure(WearableBloodPressure(systolic: 120, diastolic: 80)), receivedAt: .start,
            instrument: cuff, source: .wearable)
        try await ledger.append([.reading(estimate, .resident(1, visit: nil))], at: .start)
        let other = try await ledger.append([.reading(estimate, .unclaimed(.notPairedThen, hint: nil))], at: .start)[0]
        try await ledger.append([.readingClaimed(other, 1, by: nurse, reason: "")], at: .start)
        let rate = try await ledger.append([.reading(.heartRate(60), .resident(1, visit: nil))], at: .start)[0]
        #expect(try await ledger.pendingUploads(limit: 9).map(\.receipt) == [rate])
    }
}
