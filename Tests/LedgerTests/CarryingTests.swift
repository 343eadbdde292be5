// A merge at the district: every reading that went along is withdrawn under the line that was, then sent under the one that
// goes on, and back again when the merge is taken back.

import Testing
import Vitals

@testable import Ledger

@Suite struct CarryingTests {
    private let folder: Folder

    init() throws { folder = try Folder() }

    /// Two readings of the first resident and one of the second; all three are at the district.
    private func ledger() async throws -> (Ledger, own: [FactSequence], others: FactSequence) {
        let ledger = try await folder.openStaffed()
        var readings: [FactSequence] = []
        for (index, key) in [1, 1, 2].enumerated() {
            let owner = Owner.resident(ResidentKey(rawValue: Int64(key)), visit: nil)
            readings += try await ledger.append(
                [.reading(.pressure(130 + index, 80, at: .after(index)), owner)], at: .after(index))
        }
        try await ledger.append([receipts(readings)], at: .after(9))
        return (ledger, [readings[0], readings[1]], readings[2])
    }

    private func receipts(_ facts: [FactSequence]) -> Fact {
        .uploaded(facts.map { UploadReceipt(fact: $0, location: nil) })
    }

    /// The pending records, corrections marked: reading and opaque id.
    private func pending(_ ledger: Ledger) async throws -> [String] {
        try await ledger.pendingUploads(limit: 100).map {
            switch $0 {
            case .reading(let reading, let id, _): "\(reading.sequence.rawValue) \(id)"
            case .correction(let wrong): "not \(wrong.reading.sequence.rawValue) \(wrong.resident)"
            }
        }
    }

    /// The district takes what is pending now.
    private func settle(_ ledger: Ledger) async throws {
        try await ledger.append([receipts(try await ledger.pendingUploads(limit: 100).map(\.receipt))], at: .after(99))
    }

    @Test func `what went along is withdrawn first, then stands under the line that goes on, and back again`()
        async throws
    {
        let (ledger, own, _) = try await ledger()
        #expect(try await pending(ledger) == [])
        let merge = try await ledger.merging(1, into: 2, by: nurse, reason: "one person")
        let taking = try await ledger.append(merge, at: .after(20))
        #expect(taking.count == 3)
        #expect(try await pending(ledger) == own.map { "not \($0.rawValue) id-1" })
        guard case .correction(let correction)? = try await ledger.pendingUploads(limit: 1).first else { return }
        #expect(correction.by == nurse && correction.reason == "one person" && correction.ownedSince == own[0])
        try await settle(ledger)
        #expect(try await pending(ledger) == own.map { "\($0.rawValue) id-2" })
        try await settle(ledger)
        #expect(try await pending(ledger) == [])
        try await ledger.append(
            try await ledger.unmerging(1, from: 2, by: nurse, reason: "two people"), at: .after(30))
        #expect(try await pending(ledger) == own.map { "not \($0.rawValue) id-2" })
        try await settle(ledger)
        #expect(try await pending(ledger) == own.map { "\($0.rawValue) id-1" })
        try await settle(ledger)
        #expect(try await pending(ledger) == [])
        #expect(try await ledger.check() == [])
    }

    @Test func `a merge taken back before the district heard of it leaves nothing under the other line`() async throws {
        let (ledger, own, _) = try await ledger()
        try await ledger.append(try await ledger.merging(1, into: 2, by: nurse, reason: "x"), at: .after(20))
        try await ledger.append(try await ledger.unmerging(1, from: 2, by: nurse, reason: "y"), at: .after(21))
        #expect(
            try await pending(ledger)
                == own.map { "not \($0.rawValue) id-1" } + own.map { "not \($0.rawValue) id-2" })
        try await settle(ledger)
        #expect(try await pending(ledger) == own.map { "\($0.rawValue) id-1" })
    }

    @Test func `a reading of a merged line that is moved or comes later is the holder's at the district`() async throws
    {
        let (ledger, own, _) = try await ledger()
        try await ledger.append(try await ledger.merging(1, into: 2, by: nurse, reason: "x"), at: .after(20))
        try await settle(ledger)
        try await settle(ledger)
        let late = try await ledger.append(
            [.reading(.pressure(150, 90, at: .after(40)), .resident(1, visit: nil))], at: .after(40))[0]
        #expect(try await pending(ledger) == ["\(late.rawValue) id-2"])
        try await settle(ledger)
        try await ledger.append([.readingMoved(own[0], from: 2, to: 3, by: nurse, reason: "hers")], at: .after(50))
        #expect(try await pending(ledger) == ["not \(own[0].rawValue) id-2"])
        try await settle(ledger)
        #expect(try await pending(ledger) == ["\(own[0].rawValue) id-3"])
        #expect(try await ledger.check() == [])
    }

    @Test func `lines merged one into the other carry what they were given, once each`() async throws {
        let (ledger, own, others) = try await ledger()
        try await ledger.append(try await ledger.merging(1, into: 2, by: nurse, reason: "x"), at: .after(20))
        try await settle(ledger)
        try await settle(ledger)
        try await ledger.append(try await ledger.merging(2, into: 3, by: nurse, reason: "x"), at: .after(30))
        let all = own + [others]
        #expect(try await pending(ledger) == all.map { "not \($0.rawValue) id-2" })
        try await settle(ledger)
        #expect(try await pending(ledger) == all.map { "\($0.rawValue) id-3" })
    }

    @Test func `a reading nobody owns goes along with nothing`() async throws {
        let (ledger, _, _) = try await ledger()
        let unowned = try await ledger.append(
            [.reading(.pressure(150, 90), .unclaimed(.noVisit, hint: nil))], at: .start)
        await #expect(throws: refusal(.notThisOwner)) {
            try await ledger.append([.readingCarried(unowned[0], by: nurse, reason: "x")], at: .after(5))
        }
    }

    @Test func `why something came about stands with it in the history and the audit, not in a line of its own`()
        async throws
    {
        let (ledger, _, _) = try await ledger()
        var changed = try #require(try await ledger.roster(1)).resident
        let old = changed.phone
        changed.phone = "0374-555 9999"
        try await ledger.append(
            [.careTaken(1, by: nurse, reason: "it changed"), .residentChanged(1, changed)], at: .after(60))
        let entry = try #require(try await ledger.chronicle(of: 1, limit: 1).first)
        #expect(entry.fact == .residentChanged(1, changed))
        #expect(entry.by == nurse && entry.reason == "it changed" && entry.before?.phone == old)
        let audit = try await ledger.auditTrail(from: .after(59), to: .after(61), staff: [nurse], limit: 9)
        #expect(audit.map(\.kind) == ["careTaken", "residentChanged"] && audit.allSatisfy { $0.by == nurse })
    }

    @Test func `a band is known once it was heard or worn, and no other`() async throws {
        let (ledger, _, _) = try await ledger()
        let bands = ["!00000001", "!00000002", "!00000003", "!00000004"].map { BandID(rawValue: $0) }
        var estimate = Reading.heartRate(61, at: .start)
        estimate.band = bands[1]
        try await ledger.append(
            [
                .battery(percent: 80, bands[0]), .reading(estimate, .unclaimed(.notPairedThen, hint: nil)),
                .bandPaired(bands[2], 1, by: nurse), .bandUnpaired(bands[2], by: nurse),
            ], at: .after(5))
        var known: [Bool] = []
        for band in bands { known.append(try await ledger.hasHeard(of: band)) }
        #expect(known == [true, true, true, false])
    }
}
