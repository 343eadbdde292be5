// Two lines of the roster that are one person: what the first owns is the second's, until it is taken back.

import Testing
import Vitals

@testable import Ledger

@Suite struct MergeTests {
    let folder: Folder

    init() throws { folder = try Folder() }

    private static let merge = Fact.residentsMerged(1, into: 2, by: nurse, reason: "one person")
    private static let unmerge = Fact.residentsUnmerged(1, from: 2, by: nurse, reason: "two people")

    private func reading(_ ledger: Ledger, _ systolic: Int, of key: ResidentKey, at seconds: Int) async throws
        -> FactSequence
    {
        try await ledger.append(
            [.reading(.pressure(systolic, 80, at: .after(seconds)), .resident(key, visit: nil))], at: .after(seconds))[
                0]
    }

    @Test func `a merged line's readings, follow-ups and marks are the other's, in order of time`() async throws {
        let ledger = try await folder.openStaffed()
        for (seconds, key) in [(10, 1), (20, 2), (30, 1)] as [(Int, ResidentKey)] {
            _ = try await reading(ledger, 130 + seconds, of: key, at: seconds)
        }
        let day = LocalDay(daysSince1970: 20_770)
        try await ledger.append(
            [
                .followUpRecorded(.invented(1, day), by: nurse), .followUpRecorded(.invented(2, day + 1), by: nurse),
                .residentMarked(1, .livesAlone(true), by: nurse, on: day, reason: "told"),
                .residentMarked(
                    2, .limit(PressureLimit(systolic: 135, diastolic: 85)), by: nurse, on: day, reason: "x"),
                .promised(1, .call, day, by: nurse), .request(1, .call), MergeTests.merge,
            ], at: .after(40))
        let history = try #require(try await ledger.history(of: 2, now: .after(50)))
        #expect(history.readings.map(\.reading.measuredAt) == [.after(10), .after(20), .after(30)])
        #expect(history.readings.allSatisfy { $0.owner.resident == 2 })
        #expect(history.followUps.map(\.record.day) == [day, day + 1])
        #expect(history.marks.livesAlone && history.marks.limit != nil)
        #expect(history.promises.count == 1)
        #expect(try await ledger.requests().map(\.resident) == [2])
        #expect(try await ledger.latestReadings(of: 2, limit: 2).map(\.reading.measuredAt) == [.after(30), .after(20)])
        // Whoever still holds the first key is led to the same history.
        #expect(try await ledger.history(of: 1, now: .after(50)) == history)
        #expect(try await ledger.roster(1)?.mergedInto == 2)
        #expect(try await ledger.allResidents(after: nil, limit: 9) == [2, 3])
        #expect(try await ledger.check() == [])
    }

    @Test func `a diagnosis of either line holds for the person, and is its own line's again afterwards`() async throws
    {
        let ledger = try await folder.openStaffed()
        for (key, conditions, medicines) in [
            (1, [.hypertension], "氨氯地平"), (2, [.diabetes], "二甲双胍"), (3, [], nil),
        ] as [(ResidentKey, Set<Condition>, String?)] {
            var resident = try #require(try await ledger.roster(key)).resident
            (resident.conditions, resident.medicines) = (conditions, medicines)
            try await ledger.append([.residentChanged(key, resident)], at: .after(10))
        }
        try await ledger.append([MergeTests.merge], at: .after(20))
        try await ledger.append([.residentsMerged(2, into: 3, by: nurse, reason: "one person")], at: .after(30))
        let merged = try #require(try await ledger.history(of: 3, now: .after(40))).resident
        #expect(merged.conditions == [.hypertension, .diabetes])
        #expect(merged.medicines == "二甲双胍；氨氯地平")
        // Whoever corrects the merged person writes what was joined into the line that goes on; it is not joined again.
        try await ledger.append([.residentChanged(3, merged)], at: .after(45))
        #expect(try await ledger.history(of: 3, now: .after(46))?.resident.medicines == "二甲双胍；氨氯地平")
        var bare = merged
        (bare.conditions, bare.medicines) = ([], nil)
        try await ledger.append([.residentChanged(3, bare)], at: .after(47))
        try await ledger.append([.residentsUnmerged(2, from: 3, by: nurse, reason: "two people")], at: .after(50))
        #expect(try await ledger.history(of: 3, now: .after(60))?.resident.conditions == [])
    }

    @Test func `a glucose that was typed into a follow-up was fasting, one from the telephone is not said to be`()
        async throws
    {
        let ledger = try await folder.openStaffed()
        let at = HutTime.after(40_000)
        let day = UTCOffset.china.day(of: at)
        var record = FollowUpRecord.invented(1, day)
        record.diabetes = DiabetesPart(
            symptoms: nil, fastingGlucose: Answer(9_100, .measured), visitClass: .notControlled)
        let typed = { (micromoles: Int) in
            Fact.reading(
                Reading(
                    vital: .glucose(Glucose(micromolesPerLitre: micromoles)), receivedAt: at,
                    instrument: InstrumentID(rawValue: "manual"), source: .manual), .resident(1, visit: nil))
        }
        let readings = try await ledger.append([typed(9_100), typed(8_200)], at: at)
        try await ledger.append(
            [
                .followUpRecorded(record, by: nurse),
                .examItem(2, .glucose(micromolesPerLitre: 8_200, isFasting: true), day, by: nurse),
            ], at: at)
        let history = try #require(try await ledger.history(of: 1, now: at))
        #expect(history.fasting == [readings[0]: .fasting])
    }

    @Test func `what was done about a flag while the lines were one stands in both histories afterwards`() async throws
    {
        let ledger = try await folder.openStaffed()
        let evidence = Evidence(readings: [], sentence: LocalizedText("呼救", en: "call"))
        let draft = FlagDraft(
            rule: "W-03", subject: .resident(1), severity: .critical, due: nil, evidence: evidence, policy: "p 1")
        let flag = try await ledger.append([.flag(.raise(draft))], at: .after(10))[0]
        try await ledger.append([MergeTests.merge], at: .after(20))
        try await ledger.append([.flagTaken(flag, by: nurse)], at: .after(30))
        try await ledger.append(
            [.flagClosed(flag, by: nurse, .ambulance, note: "", quietUntil: nil)], at: .after(40))
        try await ledger.append([MergeTests.unmerge], at: .after(50))
        for key in [1, 2] as [ResidentKey] {
            let facts = try await ledger.chronicle(of: key, limit: 9).map(\.fact)
            #expect(facts.contains(.flagTaken(flag, by: nurse)), "\(key)")
            #expect(facts.contains { if case .flagClosed = $0 { true } else { false } }, "\(key)")
        }
        #expect(try await ledger.check() == [])
    }

    @Test func `number, card and band of the first open the second's visits`() async throws {
        let ledger = try await folder.openStaffed()
        let card = IdentityLink(
            kind: .card, digest: IdentityDigest(bytes: [UInt8](repeating: 7, count: 32)), ends: "002X")
        try await ledger.append(
            [.identityLinked(1, card, by: nurse), .bandPaired(band, 1, by: nurse), MergeTests.merge], at: .start)
        #expect(try await ledger.roster(number: "001")?.key == 2)
        #expect(try await ledger.resident(of: card.digest)?.key == 2)
        #expect(try await ledger.pairings().map(\.resident) == [2])
        #expect(try await ledger.find("001", limit: 5).map(\.key) == [2])
        #expect(try await ledger.identities(of: 2) == [card])
        try await ledger.append([MergeTests.unmerge], at: .after(5))
        #expect(try await ledger.roster(number: "001")?.key == 1)
        #expect(try await ledger.resident(of: card.digest)?.key == 1)
        #expect(try await ledger.pairings().map(\.resident) == [1])
    }

    @Test func `taking a merge back gives each line what was its own, and later readings stay where they came`()
        async throws
    {
        let ledger = try await folder.openStaffed()
        let old = try await reading(ledger, 150, of: 1, at: 10)
        try await ledger.append(
            [
                .residentMarked(
                    1, .condition(.diabetes, since: nil, until: nil), by: nurse, on: .init(daysSince1970: 20_000),
                    reason: "x")
            ],
            at: .after(11))
        let before = try #require(try await ledger.history(of: 1, now: .after(100)))
        try await ledger.append([MergeTests.merge], at: .after(20))
        let later = try await reading(ledger, 140, of: 2, at: 30)
        // Said of the one person, and of neither line alone.
        try await ledger.append(
            [.residentMarked(2, .conditionEnded(.diabetes), by: nurse, on: .init(daysSince1970: 20_000), reason: "x")],
            at: .after(31))
        #expect(try await ledger.marks(of: 2).conditions == [:])
        try await ledger.append([MergeTests.unmerge], at: .after(40))
        #expect(try await ledger.history(of: 1, now: .after(100)) == before)
        #expect(try await ledger.latestReadings(of: 1, limit: 9).map(\.sequence) == [old])
        #expect(try await ledger.latestReadings(of: 2, limit: 9).map(\.sequence) == [later])
        #expect(try await ledger.check() == [])
    }

    @Test(arguments: [(Severity.urgent, Severity.soon), (.soon, .urgent), (.critical, .critical)])
    func `of two flags of one rule the more severe goes on, and both stand again when it is taken back`(
        first: Severity, second: Severity
    ) async throws {
        let ledger = try await folder.openStaffed()
        let mine = try await ledger.raise("BP-02", .resident(1), severity: first)
        let yours = try await ledger.raise("BP-02", .resident(2), severity: second)
        let alone = try await ledger.raise("FU-01", .resident(1), severity: .routine)
        let before = try await ledger.openFlags()
        try await ledger.append([MergeTests.merge], at: .after(20))
        let kept = first > second ? mine : yours
        let open = try await ledger.openFlags()
        #expect(open.map(\.id) == [kept, alone].sorted())
        #expect(open.allSatisfy { $0.draft.subject == .resident(2) })
        #expect(open.first { $0.id == kept }?.evidence.count == 2)
        #expect(open.first { $0.id == kept }?.draft.severity == max(first, second))
        #expect(try await ledger.openFlag("BP-02", .resident(1))?.id == kept)
        try await ledger.append([MergeTests.unmerge], at: .after(40))
        #expect(try await ledger.openFlags() == before)
        #expect(try await ledger.check() == [])
    }

    @Test func `both are reviewed again, the merged one as the other`() async throws {
        let ledger = try await folder.openStaffed()
        func settle() async throws {
            let last = try await ledger.last()
            let marks = [1, 2, 3].map { ReviewMark(resident: $0, upTo: last) }
            try await ledger.append([.helpCalled(booth)], at: .start, reviewed: marks)
        }
        try await settle()
        _ = try await reading(ledger, 150, of: 1, at: 5)
        try await ledger.append([MergeTests.merge], at: .after(10))
        #expect(try await ledger.residentsToReview() == [2])
        #expect(try await ledger.historyToReview(of: 1, now: .after(11))?.mark.resident == 2)
        try await ledger.rebuild()
        #expect(try await ledger.residentsToReview() == [2, 3])
        try await settle()
        // A visit of the merged line that was still open.
        _ = try await reading(ledger, 150, of: 1, at: 15)
        #expect(try await ledger.residentsToReview() == [2])
        try await settle()
        try await ledger.append([MergeTests.unmerge], at: .after(20))
        #expect(try await ledger.residentsToReview() == [1, 2])
    }

    @Test func `a line into which others were merged can be merged itself`() async throws {
        let ledger = try await folder.openStaffed()
        _ = try await reading(ledger, 150, of: 1, at: 5)
        _ = try await reading(ledger, 140, of: 2, at: 6)
        try await ledger.append(
            [MergeTests.merge, .residentsMerged(2, into: 3, by: nurse, reason: "x")], at: .after(10))
        #expect(try await ledger.latestReadings(of: 3, limit: 9).count == 2)
        #expect(try await ledger.holder(of: 1) == 3)
        #expect(try await ledger.mergedLines(of: 3) == [1, 2])
        try await ledger.append([.residentsUnmerged(2, from: 3, by: nurse, reason: "x")], at: .after(20))
        #expect(try await ledger.latestReadings(of: 3, limit: 9) == [])
        #expect(try await ledger.latestReadings(of: 1, limit: 9).count == 2)
    }

    @Test func `a reading of a merged line can be moved in either name`() async throws {
        let ledger = try await folder.openStaffed()
        let first = try await reading(ledger, 150, of: 1, at: 5)
        let second = try await reading(ledger, 150, of: 1, at: 6)
        try await ledger.append([MergeTests.merge], at: .after(10))
        for (sequence, from) in [(first, 1), (second, 2)] as [(FactSequence, ResidentKey)] {
            try await ledger.append(
                [.readingMoved(sequence, from: from, to: 3, by: nurse, reason: "his")], at: .after(11))
        }
        #expect(try await ledger.latestReadings(of: 3, limit: 9).count == 2)
    }
}
