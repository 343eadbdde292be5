// What is asked of the ledger as a whole: the worklist, one history a resident, the page of a day, the audit.

import Testing
import Vitals

@testable import Ledger

/// 2026-11-21, the local day of `.start` in China.
private let today = LocalDay(daysSince1970: 20_778)

@Suite struct DayAndListTests {
    let folder: Folder

    init() throws { folder = try Folder() }

    private func flag(
        _ ledger: Ledger, _ rule: RuleID, _ key: ResidentKey, _ severity: Severity, due: Int, listedFrom: Int? = nil
    ) async throws -> FlagID {
        var draft = FlagDraft.invented(rule, .resident(key), severity)
        (draft.due, draft.listedFrom) = (today + due, listedFrom.map { today + $0 })
        return try #require(try await ledger.append([.flag(.raise(draft))], at: .start).first)
    }

    @Test func `the worklist has one line a resident, the most severe first, then the earliest due`() async throws {
        let ledger = try await folder.openStaffed()
        _ = try await ledger.append([.residentAdded(.invented("004"), id: "id-4")], at: .start)
        let late = try await flag(ledger, "FU-01", 1, .routine, due: -5)
        let urgent = try await flag(ledger, "BP-08", 1, .urgent, due: 3)
        let soon = try await flag(ledger, "BP-07", 2, .soon, due: 0)
        _ = try await flag(ledger, "SC-01", 3, .info, due: 0)
        _ = try await flag(ledger, "BP-05", 4, .routine, due: 9, listedFrom: 5)
        let station = try await ledger.raise("BP-01", .station(booth), severity: .urgent)
        try await ledger.append(
            [
                .reading(.pressure(164, 92, at: .after(5)), .resident(1, visit: nil)),
                .reading(.heartRate(80, at: .after(9)), .resident(1, visit: nil)), .called(1, .noAnswer, by: nurse),
                .request(2, .call),
            ], at: .after(10))
        let list = try await ledger.worklist(today: today)
        #expect(list.lines.map(\.flag.id) == [urgent, station, soon])
        #expect(list.lines.map(\.others) == [1, 0, 0])
        #expect(list.notYetListed == 1)
        let first = list.lines[0]
        #expect(first.entry?.key == 1 && first.tries == 1 && first.requests == 0)
        #expect(first.pressure == WorklistLine.LastPressure(systolic: 164, diastolic: 92, at: .after(5)))
        #expect(list.lines[2].requests == 1)
        try await ledger.append([.flagClosed(urgent, by: nurse, .referred, note: "", quietUntil: nil)], at: .after(20))
        #expect(try await ledger.worklist(today: today).lines.map(\.flag.id) == [station, soon, late])
    }

    @Test func `who is not here any more is counted and hidden, save for what needs a person at once`() async throws {
        let ledger = try await folder.openStaffed()
        _ = try await flag(ledger, "FU-01", 1, .soon, due: 0)
        let critical = try await flag(ledger, "BP-02", 2, .critical, due: 0)
        try await ledger.append(
            [
                .residentStatus(1, .lost, by: nurse, reason: "not found"),
                .residentStatus(2, .moved, by: nurse, reason: "told"),
                .residentStatus(3, .dead, by: nurse, reason: "told"),
            ], at: .start)
        let list = try await ledger.worklist(today: today)
        #expect(list.lines.map(\.flag.id) == [critical])
        #expect(list.gone == [.lost: 1, .moved: 0, .dead: 1])
    }

    @Test func `the worklist of a seeded hut agrees with its open flags on every day`() async throws {
        let ledger = try await folder.open()
        _ = try await ledger.addResidents(3)
        var life = HutLife(seed: 21)
        for _ in 0..<600 {
            let facts = life.next()
            life.note(facts, try await ledger.append(facts, at: life.now))
        }
        let listed = try await ledger.openFlags().filter { $0.draft.severity > .info }
        for day in [-40, 0, 400] {
            let list = try await ledger.worklist(today: today + day)
            var subjects: [FlagSubject: Severity] = [:]
            for flag in listed where (flag.draft.listedFrom ?? today + -999) <= today + day {
                subjects[flag.draft.subject] = max(subjects[flag.draft.subject] ?? .info, flag.draft.severity)
            }
            #expect(
                zip(list.lines, list.lines.dropFirst()).allSatisfy { upper, lower in
                    let (first, second) = (upper.flag.draft, lower.flag.draft)
                    guard first.severity == second.severity else { return first.severity > second.severity }
                    let (due, next) = (first.due ?? today + 99_999, second.due ?? today + 99_999)
                    guard due == next else { return due < next }
                    return (upper.entry?.resident.name ?? "") <= (lower.entry?.resident.name ?? "")
                })
            for line in list.lines {
                #expect(subjects.removeValue(forKey: line.flag.draft.subject) == line.flag.draft.severity)
            }
            for (subject, severity) in subjects {
                guard case .resident(let key) = subject else {
                    Issue.record("\(subject) is missing")
                    continue
                }
                #expect(try await ledger.roster(key)?.status != .here && severity < .urgent)
            }
        }
    }

    @Test func `a resident's history says what was done, by whom and why, newest first and page by page`() async throws
    {
        let ledger = try await folder.openStaffed()
        let reading = try await ledger.append(
            [.reading(.pressure(138, 86), .unclaimed(.noVisit, hint: nil))], at: .after(5))[0]
        let flag = try await ledger.raise("BP-07", .resident(2))
        let promise = try await ledger.append([.promised(2, .call, today, by: nurse)], at: .after(6))[0]
        let done: [Fact] = [
            .readingClaimed(reading, 1, by: nurse, reason: "was there"),
            .readingMoved(reading, from: 1, to: 2, by: nurse, reason: "her husband's"),
            .readingDiscarded(reading, .duplicate, by: doctor, note: ""), .bandPaired(band, 2, by: nurse),
            .bandUnpaired(band, by: nurse), .flagTaken(flag, by: nurse), .promiseKept(promise, by: nurse),
            .residentPINReset(2, hash: nil, by: nurse, reason: "forgotten"), .recordSeen(2, by: doctor, place: "desk"),
            .residentsMerged(1, into: 2, by: nurse, reason: "one person"),
        ]
        for fact in done { try await ledger.append([fact], at: .after(9)) }
        let all = try await ledger.chronicle(of: 2, limit: 50)
        // His own line, the flag, the promise; and the other line's beginning, since they are one person now.
        #expect(all.count == done.count + 4)
        #expect(Array(all.map(\.fact).reversed().suffix(done.count)) == done)
        #expect(all.map(\.sequence) == all.map(\.sequence).sorted(by: >))
        let moved = try #require(all.first { $0.fact.kind == .readingMoved })
        #expect(moved.by == nurse && moved.reason == "her husband's" && moved.at == .after(9))
        #expect(all.first { $0.fact.kind == .readingDiscarded }?.reason == "duplicate")
        var pages: [ChronicleEntry] = []
        while true {
            let page = try await ledger.chronicle(of: 2, before: pages.last?.sequence, limit: 4)
            pages += page
            if page.count < 4 { break }
        }
        #expect(pages == all)
        try await ledger.append([.residentsUnmerged(1, from: 2, by: nurse, reason: "two people")], at: .after(9))
        #expect(
            try await ledger.chronicle(of: 1, limit: 50).map(\.fact.kind).reversed() == [
                .residentAdded, .readingClaimed, .readingMoved, .residentsMerged, .residentsUnmerged,
            ])
    }

    @Test func `a new line of the roster has the reason that was given before it`() async throws {
        let ledger = try await folder.openStaffed()
        try await ledger.append(
            [.careTaken(nil, by: nurse, reason: "moved in"), .residentAdded(.invented("004"), id: "id-4")], at: .start)
        let entry = try #require(try await ledger.chronicle(of: 4, limit: 5).first)
        #expect(entry.by == nurse && entry.reason == "moved in")
    }

    @Test func `a printed sheet keeps its lines`() async throws {
        let ledger = try await folder.openStaffed()
        try await ledger.append(
            [.sheetPrinted(today, [3, 1], by: nurse), .sheetPrinted(today, [2], by: nurse)], at: .start)
        #expect(try await ledger.sheets(of: today) == [[2], [3, 1]])
        #expect(try await ledger.sheets(of: today + 1) == [])
        #expect(try await ledger.chronicle(of: 3, limit: 1).first?.by == nurse)
    }

    /// `.start` is 08:00 in China: the day began eight hours before it.
    @Test func `the page of a day says what was measured, stored, sent, refused, unclaimed, and who did not come`()
        async throws
    {
        let ledger = try await folder.openStaffed()
        try await ledger.append(
            [.reading(.pressure(120, 70), .resident(1, visit: nil))], at: .after(-9 * 3_600))
        let facts: [Fact] = [
            .reading(.pressure(138, 86, at: .after(60)), .resident(1, visit: nil)),
            .reading(.pressure(131, 82, at: .after(61)), .unclaimed(.noVisit, hint: nil)),
            .reading(.pressure(133, 82, at: .after(62)), .resident(1, visit: nil)),
            .reading(.heartRate(70, at: .after(63)), .resident(2, visit: nil)),
            .noValue(.oxygenSaturation, .noSignal, cuff, booth, .unclaimed(.noVisit, hint: nil), raw: [9]),
            .fault(.implausible(field: "systolic"), cuff, booth, nil, raw: [1]), .measuredWithoutRecord(cuff, booth),
            .promised(1, .comeBack, today, by: nurse), .promised(2, .comeBack, today, by: nurse),
            .promised(3, .comeBack, today + 1, by: nurse), .followUpRecorded(.invented(3, today, 4), by: nurse),
        ]
        let sequences = try await ledger.append(facts, at: .after(60))
        try await ledger.append(
            [
                .readingDiscarded(sequences[2], .test, by: nurse, note: ""),
                .uploaded([UploadReceipt(fact: sequences[0], location: nil)]), .daySeen(today, by: doctor),
            ], at: .after(90))
        try await ledger.append([.daySeen(today, by: doctor)], at: .after(100))
        try await ledger.append([.reading(.pressure(120, 70), .resident(3, visit: nil))], at: .after(17 * 3_600))
        let report = try await ledger.report(of: today)
        #expect(report.stored == [.bloodPressure: 2] && report.samples == 1)
        #expect(
            report.refused == [.noValue(.noSignal): 1, .implausible: 1, .withoutRecord: 1, .discarded(.test): 1])
        #expect(report.measured == 6)
        #expect(report.unclaimed == 1)
        #expect(report.sent == 1 && report.waiting == 1 && report.parked == 0)
        #expect(report.followUps == 1)
        #expect(report.came == [1, 3])
        #expect(report.missed.map(\.resident) == [2])
        #expect(report.lookers == [DayLook(staff: doctor, first: .after(90), last: .after(100), times: 2)])
    }

    @Test func `facts behind a clock that was set back belong to the day that it then said`() async throws {
        let ledger = try await folder.openStaffed()
        try await ledger.append([.reading(.pressure(120, 70), .resident(1, visit: nil))], at: .after(30 * 3_600))
        try await ledger.append([.reading(.pressure(121, 70), .resident(1, visit: nil))], at: .after(60))
        #expect(try await ledger.report(of: today).stored == [.bloodPressure: 1])
        #expect(try await ledger.report(of: today + 1).stored == [.bloodPressure: 1])
    }

    @Test func `the audit says who looked and who changed what, with opaque ids and without names`() async throws {
        let ledger = try await folder.openStaffed()
        let reading = try await ledger.append(
            [.reading(.pressure(138, 86), .resident(1, visit: nil))], at: .after(5))[0]
        let flag = try await ledger.raise("BP-07", .resident(2))
        try await ledger.append(
            [
                .recordSeen(1, by: nurse, place: "desk"),
                .readingMoved(reading, from: 1, to: 2, by: doctor, reason: "his"),
                .flagTaken(flag, by: nurse), .helpCalled(booth),
            ], at: .after(3_600))
        let lines = try await ledger.auditTrail(from: .after(3_600), to: .after(3_601), limit: 50)
        #expect(lines.map(\.kind) == ["recordSeen", "readingMoved", "flagTaken"])
        #expect(lines.map(\.by) == [nurse, doctor, nurse])
        #expect(lines.map(\.residents) == [["id-1"], ["id-1", "id-2"], ["id-2"]])
        #expect(try await ledger.auditTrail(from: .start, to: .after(9_999), staff: [doctor], limit: 50) == [lines[1]])
        var pages: [AuditLine] = []
        while let page = try? await ledger.auditTrail(
            from: .start, to: .after(9_999), after: pages.last?.sequence, limit: 2), !page.isEmpty
        { pages += page }
        #expect(pages == (try await ledger.auditTrail(from: .start, to: .after(9_999), limit: 50)))
        #expect(pages.count == 8)
    }

    @Test func `a chain is whole up to the fact that was edited, and a link that was written down is found again`()
        async throws
    {
        let ledger = try await folder.openStaffed()
        let early = try await ledger.auditVerify()
        #expect(early.wholeUpTo == 5 && early.firstBroken == nil && early.lastAt == .start)
        #expect(early.lastLink.count == 64)
        try await ledger.append([.helpCalled(booth), .helpCalled(booth)], at: .after(9))
        let later = try await ledger.auditVerify(link: early.lastLink.uppercased())
        #expect(later.wholeUpTo == 7 && later.found == 5 && later.lastLink != early.lastLink)
        try Database(path: folder.ledger).execute(
            "DROP TRIGGER fact_never_edited; UPDATE fact SET recorded_at = 1 WHERE sequence = 6")
        let broken = try await ledger.auditVerify(link: later.lastLink)
        #expect(broken.firstBroken == 6 && broken.wholeUpTo == 5 && broken.lastLink == early.lastLink)
        #expect(broken.found == nil)
    }
}
