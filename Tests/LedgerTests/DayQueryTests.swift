// What the pages of a day ask: a band's last word, what the district has of one resident, what waits for a doctor, of whom
// nothing is recorded.

import Testing
import Vitals

@testable import Ledger

/// 2026-11-21, the local day of `.start` in China.
private let today = LocalDay(daysSince1970: 20_778)

@Suite struct DayQueryTests {
    let folder: Folder

    init() throws { folder = try Folder() }

    // MARK: bands

    private func place(_ number: Int) -> Position { Position(latitudeE7: number, longitudeE7: -number) }

    @Test func `a band's last word is the newest of each kind with its time, and another band's says nothing`()
        async throws
    {
        let ledger = try await folder.openStaffed()
        let other = BandID(rawValue: "!00000001")
        try await ledger.append([.battery(percent: 90, band), .position(place(1), band, wearer: nil)], at: .after(10))
        try await ledger.append([.position(place(2), band, wearer: nil)], at: .after(20))
        try await ledger.append([.battery(percent: 71, band), .position(place(9), other, wearer: nil)], at: .after(30))
        let word = try await ledger.lastWord(of: band)
        #expect(word == BandWord(batteryPercent: 71, position: place(2), positionAt: .after(20)))
        #expect(try await ledger.lastWord(of: BandID(rawValue: "!00000002")) == BandWord())
        // Since somebody else wears it.
        #expect(try await ledger.lastWord(of: band, since: .after(25)) == BandWord(batteryPercent: 71))
        #expect(try await ledger.lastWord(of: band, since: .after(31)) == BandWord())
        try await ledger.rebuild()
        #expect(try await ledger.lastWord(of: band) == word)
        #expect(try await ledger.check() == [])
    }

    @Test func `a signal knows its band, and no other fact does`() async throws {
        let ledger = try await folder.openStaffed()
        let facts = try await ledger.append(
            [.signal(.sos, band, wearer: nil, text: nil, raw: [1]), .battery(percent: 5, band)], at: .start)
        #expect(try await ledger.band(ofSignal: facts[0]) == band)
        #expect(try await ledger.band(ofSignal: facts[1]) == nil)
    }

    // MARK: uploads

    @Test func `of one resident: the newest day all of which was received, what waits, what was refused`()
        async throws
    {
        let ledger = try await folder.openStaffed()
        #expect(try await ledger.uploads(of: 1, since: .start) == ResidentUploads())
        let dayLater = 86_400
        var facts: [FactSequence] = []
        for (index, at) in [0, 60, dayLater, dayLater + 60, 2 * dayLater].enumerated() {
            facts += try await ledger.append(
                [.reading(.pressure(130 + index, 80, at: .after(at)), .resident(1, visit: nil))], at: .after(at))
        }
        // Another's record, and a sample of a band, are none of hers.
        try await ledger.append(
            [
                .reading(.pressure(150, 90, at: .after(70)), .resident(2, visit: nil)),
                .reading(.heartRate(80, at: .after(70)), .resident(1, visit: nil)),
            ], at: .after(3 * dayLater))
        #expect(try await ledger.uploads(of: 1, since: .start).waiting == 5)

        let received = facts[...1].map { UploadReceipt(fact: $0, location: nil) }
        try await ledger.append([.uploaded(received)], at: .after(3 * dayLater))
        // One of two of the second day only.
        try await ledger.append(
            [
                .uploaded([UploadReceipt(fact: facts[2], location: nil)]),
                .uploadParked(facts[4], outcome: "code not known"),
            ], at: .after(3 * dayLater))
        var sent = try await ledger.uploads(of: 1, since: .start)
        #expect(sent.received == today && sent.waiting == 1)
        #expect(sent.refused == 1 && sent.outcome == "code not known")
        #expect(try await ledger.uploads(of: 2, since: .start).waiting == 1)

        // Taken away again: the district must be told, and the record is hers no more.
        try await ledger.append([.readingReturned(facts[0], by: nurse, reason: "not hers")], at: .after(4 * dayLater))
        sent = try await ledger.uploads(of: 1, since: .start)
        #expect(sent.waiting == 2 && sent.received == today)
        #expect(try await ledger.uploads(of: 1, since: .after(dayLater)).received == nil)
    }

    // MARK: countersignatures

    private func record(_ key: ResidentKey, _ verdict: VisitClass, day: Int = 0) -> FollowUpRecord {
        FollowUpRecord(
            resident: key, day: today + -day, method: .clinic,
            hypertension: HypertensionPart(symptoms: Answer([], .asked), visitClass: verdict), next: today + 14)
    }

    @Test func `classes two to four of a nurse wait for a doctor, oldest day first, until one signs`() async throws {
        let ledger = try await folder.openStaffed()
        var facts: [VisitClass: FactSequence] = [:]
        for (days, verdict) in VisitClass.allCases.enumerated() {
            facts[verdict] = try await ledger.append(
                [.followUpRecorded(record(1, verdict, day: days), by: nurse)], at: .start)[0]
        }
        // A doctor's own verdict has a doctor's signature.
        try await ledger.append([.followUpRecorded(record(2, .reaction), by: doctor)], at: .start)
        // Sugar alone asks as well.
        var sugar = record(3, .controlled)
        sugar.diabetes = DiabetesPart(symptoms: Answer([], .asked), visitClass: .notControlled)
        let third = try await ledger.append([.followUpRecorded(sugar, by: nurse)], at: .start)[0]

        let wanted = [facts[.complication], facts[.reaction], facts[.notControlled], third]
        #expect(try await ledger.followUpsToCountersign(limit: 9).map(\.sequence) == wanted)
        #expect(try await ledger.followUpsToCountersign(limit: 2).count == 2)
        #expect(try await ledger.countersignCount() == 4)

        let signed = try #require(facts[.reaction])
        try await ledger.append([.followUpCountersigned(signed, by: doctor)], at: .after(60))
        try await ledger.append([.followUpWithdrawn(third, by: nurse, reason: "typed twice")], at: .after(70))
        #expect(try await ledger.countersignCount() == 2)
        await #expect(throws: refusal(.alreadySigned)) {
            try await ledger.append([.followUpCountersigned(signed, by: doctor)], at: .after(80))
        }
        try await ledger.rebuild()
        #expect(try await ledger.countersignCount() == 2)
        #expect(try await ledger.check() == [])
    }

    // MARK: of whom nothing is recorded

    @Test func `who is here without a follow-up is listed, a merged line only as the line that goes on`()
        async throws
    {
        let ledger = try await folder.openStaffed()
        #expect(try await ledger.neverFollowedUp().map(\.key) == [1, 2, 3])
        try await ledger.append(
            [
                .residentMarked(1, .managed(.diabetes, since: today), by: nurse, on: today, reason: "list"),
                .followUpRecorded(record(2, .controlled), by: nurse),
            ], at: .after(5))
        let listed = try await ledger.neverFollowedUp()
        #expect(listed.map(\.key) == [1, 3] && listed[0].marks.managed[.diabetes] == today)
        #expect(listed[0].addedAt == .start && listed[0].resident.number == "001")
        // What was recorded of the line that was merged is hers.
        try await ledger.append([.residentsMerged(2, into: 1, by: nurse, reason: "one person")], at: .after(6))
        #expect(try await ledger.neverFollowedUp().map(\.key) == [3])
        try await ledger.append([.residentStatus(3, .moved, by: nurse, reason: "told")], at: .after(7))
        #expect(try await ledger.neverFollowedUp().isEmpty)
    }

    @Test func `who has moved is counted once: not among those whose flag waits for its day too`() async throws {
        let ledger = try await folder.openStaffed()
        for key in [ResidentKey(rawValue: 1), 2] {
            var draft = FlagDraft.invented("BP-05", .resident(key), .routine)
            draft.listedFrom = today + 5
            try await ledger.append([.flag(.raise(draft))], at: .start)
        }
        var list = try await ledger.worklist(today: today)
        #expect(list.notYetListed == 2 && list.subjects == [1, 2])
        try await ledger.append([.residentStatus(2, .moved, by: nurse, reason: "told")], at: .after(7))
        list = try await ledger.worklist(today: today)
        #expect(list.notYetListed == 1 && list.gone == [.moved: 1] && list.subjects == [1, 2])
    }
}
