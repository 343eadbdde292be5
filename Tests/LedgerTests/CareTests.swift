// What a team does beside the readings: what stands afterwards, and what is refused because it contradicts what stands.

import Testing
import Vitals

@testable import Ledger

private let today = LocalDay(daysSince1970: 20_778)

extension Folder {
    /// A ledger with residents 001, 002, 003 (facts 1 to 3), a nurse and a doctor (4 and 5).
    func openStaffed() async throws -> Ledger {
        let ledger = try await open()
        _ = try await ledger.addResidents(3)
        try await ledger.append(
            [
                .staffAdded(Staff(name: "王护士", role: .nurse)), .staffAdded(Staff(name: "汪医生", role: .doctor)),
            ], at: .start)
        return ledger
    }
}

@Suite struct CareTests {
    let folder: Folder

    init() throws { folder = try Folder() }

    /// Each is refused after the facts before it, for the reason beside it; nothing of it is stored.
    @Test(
        arguments: [
            ([], Fact.residentMarked(9, .livesAlone(true), by: nurse, on: today, reason: "told"), .unknownResident),
            ([], .followUpRecorded(.invented(9, today), by: nurse), .unknownResident),
            ([], .followUpRecorded(.invented(1, today), by: StaffKey(rawValue: 7)), .unknownStaff),
            ([], .followUpRecorded(.invented(1, today + 2), by: nurse), .inTheFuture),
            ([], .followUpWithdrawn(6, by: nurse, reason: "typed twice"), .unknownFollowUp),
            ([], .followUpWithdrawn(2, by: nurse, reason: "typed twice"), .unknownFollowUp),
            (
                [.followUpRecorded(.invented(1, today), by: nurse), .followUpWithdrawn(6, by: nurse, reason: "x")],
                .followUpWithdrawn(6, by: nurse, reason: "x"), .alreadyWithdrawn
            ),
            (
                [.followUpRecorded(.invented(1, today), by: nurse), .followUpWithdrawn(6, by: nurse, reason: "x")],
                .followUpCountersigned(6, by: doctor), .alreadyWithdrawn
            ),
            ([.followUpRecorded(.invented(1, today), by: nurse)], .followUpCountersigned(6, by: nurse), .alreadySigned),
            (
                [.followUpRecorded(.invented(1, today), by: nurse), .followUpCountersigned(6, by: doctor)],
                .followUpCountersigned(6, by: doctor), .alreadySigned
            ),
            ([], .promiseMoved(6, to: today, by: nurse, reason: "ill"), .unknownPromise),
            ([], .promiseKept(6, by: nurse), .unknownPromise),
            (
                [.promised(1, .call, today, by: nurse), .promiseKept(6, by: nurse)], .promiseKept(6, by: nurse),
                .unknownPromise
            ),
            ([], .promised(9, .call, today, by: nurse), .unknownResident),
            ([], .called(9, .noAnswer, by: nurse), .unknownResident),
            ([], .examItem(1, .weight(grams: 61_500), today + 2, by: nurse), .inTheFuture),
            ([], .examSigned(1, today, by: nurse), .nothingToSign),
            (
                [.examItem(1, .weight(grams: 61_500), today, by: nurse), .examSigned(1, today, by: nurse)],
                .examSigned(1, today, by: nurse), .alreadySigned
            ),
            ([], .requestAnswered(6, answer: "星期三", by: nurse), .unknownRequest),
            ([.request(1, .call)], .answerSeen(6, VisitID(rawValue: 6)), .notAnswered),
            (
                [.request(1, .call), .requestAnswered(6, answer: "星期三", by: nurse)],
                .requestAnswered(6, answer: "星期四", by: doctor), .alreadyAnswered
            ),
            (
                [
                    .request(1, .call), .requestAnswered(6, answer: "星期三", by: nurse),
                    .visitOpened(booth, .resident(2), helper: .nobody),
                ], .answerSeen(6, VisitID(rawValue: 8)), .unknownVisit
            ),
            ([], .residentsMerged(1, into: 1, by: nurse, reason: "x"), .mergedWithItself),
            ([], .residentsMerged(1, into: 9, by: nurse, reason: "x"), .unknownResident),
            ([], .residentsUnmerged(1, from: 2, by: nurse, reason: "x"), .notMerged),
            (
                [.residentsMerged(1, into: 2, by: nurse, reason: "x")],
                .residentsMerged(1, into: 3, by: nurse, reason: "x"), .alreadyMerged
            ),
            (
                [
                    .residentsMerged(1, into: 2, by: nurse, reason: "x"),
                    .residentsMerged(2, into: 3, by: nurse, reason: "x"),
                ], .residentsMerged(3, into: 1, by: nurse, reason: "x"), .mergedInCircles
            ),
            ([], .residentPINReset(9, hash: nil, by: nurse, reason: "forgotten"), .unknownResident),
            ([], .recordSeen(9, by: nurse, place: "desk"), .unknownResident),
            ([], .daySeen(today, by: StaffKey(rawValue: 7)), .unknownStaff),
            ([], .messageLeft(9, text: "x", by: nurse), .unknownResident),
            ([], .sheetPrinted(today, [1, 9], by: nurse), .unknownResident),
        ] as [([Fact], Fact, LedgerError.Refusal)])
    func `a fact that contradicts what stands is refused`(
        before: [Fact], fact: Fact, expected: LedgerError.Refusal
    ) async throws {
        let ledger = try await folder.openStaffed()
        for earlier in before { try await ledger.append([earlier], at: .after(60)) }
        let last = try await ledger.last()
        await #expect(throws: refusal(expected)) { try await ledger.append([fact], at: .after(120)) }
        #expect(try await ledger.last() == last)
        #expect(try await ledger.check() == [])
        let error = refusal(expected)
        #expect(!error.message.isEmpty && !error.hint.isEmpty)
    }

    @Test func `marks stand as they were said last, and come back whole`() async throws {
        let ledger = try await folder.openStaffed()
        let said: [ResidentMark] = [
            .condition(.pregnant, since: today + -30, until: today + 200), .condition(.copd, since: nil, until: nil),
            .conditionEnded(.copd), .conditionEnded(.af), .limit(PressureLimit(systolic: 135, diastolic: 85)),
            .managed(.hypertension, since: today + -900), .managed(.diabetes, since: today + -30),
            .managementEnded(.diabetes), .livesAlone(true), .watched(true), .watched(false), .neverArm(.left, true),
            .neverArm(.right, true), .neverArm(.right, false), .risk(.familyHistory, true), .contacts([]),
            .contacts([.invented, .invented]), .allergies("青霉素"),
        ]
        try await ledger.append(
            said.map { .residentMarked(1, $0, by: nurse, on: today, reason: "told") }, at: .start)
        var expected = ResidentMarks()
        for mark in said { expected.apply(mark) }
        #expect(try await ledger.marks(of: 1) == expected)
        #expect(try await ledger.history(of: 1, now: .start)?.marks == expected)
        #expect(try await ledger.marks(of: 2) == ResidentMarks())
    }

    @Test func `a follow-up comes back whole until it is withdrawn`() async throws {
        let ledger = try await folder.openStaffed()
        let record = FollowUpRecord.invented(1, today, 3)
        let sequence = try await ledger.append([.followUpRecorded(record, by: nurse)], at: .after(60))[0]
        try await ledger.append([.followUpCountersigned(sequence, by: doctor)], at: .after(90))
        let expected = RecordedFollowUp(
            sequence: sequence, recordedAt: .after(60), by: nurse, record: record, countersignedBy: doctor)
        #expect(try await ledger.followUps(of: 1, limit: 5) == [expected])
        #expect(try await ledger.followUp(sequence) == expected)
        #expect(try await ledger.history(of: 1, now: .after(100))?.followUps == [expected])
        try await ledger.append([.followUpWithdrawn(sequence, by: nurse, reason: "other person")], at: .after(120))
        #expect(try await ledger.followUps(of: 1, limit: 5) == [])
        #expect(try await ledger.followUp(sequence) == nil)
    }

    @Test func `a history keeps the newest follow-up, and the newest face to face, of each disease however old`()
        async throws
    {
        let ledger = try await folder.openStaffed()
        func record(_ daysAgo: Int, _ method: FollowUpMethod, diabetes: Bool = false) -> Fact {
            var record = FollowUpRecord.invented(1, today + -daysAgo)
            record.method = method
            if diabetes {
                record.hypertension = nil
                record.diabetes = DiabetesPart(symptoms: nil, visitClass: .controlled)
            }
            return .followUpRecorded(record, by: nurse)
        }
        try await ledger.append(
            [
                record(900, .clinic), record(800, .clinic), record(700, .phone), record(600, .home, diabetes: true),
                record(500, .home, diabetes: true), record(30, .phone),
            ], at: .start)
        let history = try #require(try await ledger.history(of: 1, now: .start))
        #expect(history.followUps.map { today - $0.record.day } == [800, 500, 30])
    }

    @Test func `a draft is kept for the one who wrote it until it is thrown away`() async throws {
        let ledger = try await folder.openStaffed()
        try await ledger.append(
            [.followUpDrafted(1, draft: "half", by: nurse), .followUpDrafted(2, draft: "other", by: nurse)], at: .start)
        #expect(try await ledger.followUpDraft(of: 1, by: nurse) == "half")
        #expect(try await ledger.followUpDraft(of: 1, by: doctor) == nil)
        try await ledger.append([.followUpDrafted(1, draft: nil, by: nurse)], at: .start)
        #expect(try await ledger.followUpDraft(of: 1, by: nurse) == nil)
    }

    @Test func `a promise moves, and is gone when it is kept`() async throws {
        let ledger = try await folder.openStaffed()
        let call = try await ledger.append([.promised(1, .call, today + 3, by: nurse)], at: .after(5))[0]
        try await ledger.append([.promised(1, .comeBack, today + 1, by: doctor)], at: .after(6))
        try await ledger.append([.promiseMoved(call, to: today, by: nurse, reason: "away")], at: .after(7))
        let moved = Promise(sequence: call, kind: .call, day: today, madeAt: .after(5), by: nurse)
        #expect(try await ledger.promises(of: 1).map(\.day) == [today, today + 1])
        #expect(try await ledger.history(of: 1, now: .after(9))?.promises.first == moved)
        #expect(try await ledger.promises(until: today).map(\.promise) == [moved])
        try await ledger.append([.promiseKept(call, by: nurse)], at: .after(8))
        #expect(try await ledger.promises(of: 1).map(\.kind) == [.comeBack])
    }

    @Test func `an exam is complete with every item and two people, and an item afterwards asks for both again`()
        async throws
    {
        let ledger = try await folder.openStaffed()
        try await ledger.append(ExamItem.invented.dropLast().map { .examItem(1, $0, today, by: nurse) }, at: .start)
        #expect(try await ledger.exam(of: 1, on: today)?.missing == [.laboratory])
        try await ledger.append([.examItem(1, ExamItem.invented[8], today, by: nurse)], at: .start)
        try await ledger.append([.examSigned(1, today, by: nurse)], at: .after(1))
        #expect(try await ledger.history(of: 1, now: .start)?.exams == [])
        try await ledger.append([.examSigned(1, today, by: doctor)], at: .after(2))
        #expect(
            try await ledger.exam(of: 1, on: today)
                == Exam(resident: 1, day: today, items: ExamItem.invented, signedBy: [nurse, doctor]))
        #expect(try await ledger.history(of: 1, now: .start)?.exams == [today])
        try await ledger.append([.examItem(1, .weight(grams: 62_000), today, by: nurse)], at: .after(3))
        let mended = try #require(try await ledger.exam(of: 1, on: today))
        #expect(mended.items.contains(.weight(grams: 62_000)) && !mended.items.contains(.weight(grams: 61_500)))
        #expect(mended.signedBy == [])
        #expect(try await ledger.history(of: 1, now: .start)?.exams == [])
        #expect(try await ledger.exams(on: today).map(\.resident) == [1])
    }

    @Test func `a request is answered, and the answer waits until the resident has read it`() async throws {
        let ledger = try await folder.openStaffed()
        let asked = try await ledger.append(
            [.requestEntered(1, .homeVisit, note: "脚肿", by: nurse), .messageLeft(1, text: "药房到货", by: doctor)],
            at: .after(5))
        #expect(
            try await ledger.requests() == [
                StandingRequest(
                    sequence: asked[0], resident: 1, request: .homeVisit, at: .after(5), note: "脚肿", enteredBy: nurse)
            ])
        try await ledger.append([.requestAnswered(asked[0], answer: "星期三上门", by: nurse)], at: .after(9))
        #expect(try await ledger.requests() == [])
        let flag = try await ledger.raise("FU-01", .resident(1))
        try await ledger.append([.flagClosed(flag, by: nurse, .followedUp, note: "", quietUntil: nil)], at: .after(10))
        #expect(try await ledger.answers(for: 1).map(\.answer) == ["星期三上门", "药房到货"])
        #expect(try await ledger.answers(for: 1).map(\.request) == [.homeVisit, nil])
        let visit = VisitID(
            rawValue: try await ledger.append(
                [.visitOpened(booth, .resident(1), helper: .nobody)], at: .after(20))[0].rawValue)
        try await ledger.append(asked.map { .answerSeen($0, visit) }, at: .after(21))
        #expect(try await ledger.answers(for: 1) == [])
    }

    @Test func `calls that nobody answered are counted since somebody did`() async throws {
        let ledger = try await folder.openStaffed()
        for result in [CallResult.noAnswer, .spoken, .noAnswer, .wrongNumber] {
            try await ledger.append([.called(1, result, by: nurse)], at: .after(5))
        }
        #expect(try await ledger.unansweredCalls(to: 1) == 2)
        #expect(try await ledger.calls(to: 1, limit: 2).map(\.result) == [.wrongNumber, .noAnswer])
    }

    @Test func `a new PIN at the desk unlocks the number`() async throws {
        let ledger = try await folder.openStaffed()
        for _ in 0..<5 { try await ledger.append([.pinRefused(number: "001", station: booth)], at: .after(5)) }
        #expect(try await ledger.isLocked("001", at: .after(6)))
        try await ledger.append([.residentPINReset(1, hash: "$y$new", by: nurse, reason: "forgotten")], at: .after(7))
        #expect(try await !ledger.isLocked("001", at: .after(8)))
        #expect(try await ledger.roster(1)?.hasPIN == true)
        try await ledger.append([.residentPINReset(1, hash: nil, by: nurse, reason: "no PIN any more")], at: .after(9))
        #expect(try await ledger.roster(1)?.hasPIN == false)
    }

    @Test func `the last answer about fasting goes where its reading goes`() async throws {
        let ledger = try await folder.openStaffed()
        let visit = VisitID(
            rawValue: try await ledger.append([.visitOpened(booth, .resident(1), helper: .nobody)], at: .start)[0]
                .rawValue)
        var glucose = Reading.pressure(138, 86)
        (glucose.vital, glucose.source) = (.glucose(Glucose(micromolesPerLitre: 7_800)), .glucometer)
        let reading = try await ledger.append([.reading(glucose, .resident(1, visit: visit))], at: .start)[0]
        try await ledger.append([.fasting(reading, visit, .notSure), .fasting(reading, visit, .fasting)], at: .start)
        #expect(try await ledger.history(of: 1, now: .start)?.fasting == [reading: .fasting])
        try await ledger.append([.readingMoved(reading, from: 1, to: 2, by: nurse, reason: "his")], at: .start)
        #expect(try await ledger.history(of: 1, now: .start)?.fasting == [:])
        #expect(try await ledger.history(of: 2, now: .start)?.fasting == [reading: .fasting])
    }

    @Test func `a name is found by its initials, whichever reading of it was meant`() async throws {
        let ledger = try await folder.open()
        var resident = Resident.invented("047")
        resident.name = "单桂芳"
        try await ledger.append(
            [.residentAdded(resident, id: "a"), .residentAdded(.invented("048"), id: "b")], at: .start)
        for text in ["sgf", "SG", "dg", "cgf", "047"] {
            #expect(try await ledger.find(text, limit: 5).map(\.resident) == [resident], "\(text)")
        }
        #expect(try await ledger.find("gf", limit: 5) == [])
    }

    @Test func `facts of care leave their residents' reviews lagging`() async throws {
        let ledger = try await folder.openStaffed()
        let followUp = try await ledger.append([.followUpRecorded(.invented(2, today), by: nurse)], at: .start)[0]
        let promise = try await ledger.append([.promised(2, .call, today, by: nurse)], at: .start)[0]
        let facts: [Fact] = [
            .residentMarked(2, .livesAlone(true), by: nurse, on: today, reason: "told"), .called(2, .spoken, by: nurse),
            .followUpRecorded(.invented(2, today), by: nurse), .followUpCountersigned(followUp, by: doctor),
            .followUpWithdrawn(followUp, by: nurse, reason: "x"),
            .promiseMoved(promise, to: today, by: nurse, reason: "x"), .promiseKept(promise, by: nurse),
            .examItem(2, ExamItem.invented[0], today, by: nurse), .examSigned(2, today, by: nurse),
        ]
        for fact in facts {
            let last = try await ledger.last()
            let marks = [1, 2, 3].map { ReviewMark(resident: $0, upTo: last) }
            try await ledger.append([.helpCalled(booth)], at: .start, reviewed: marks)
            #expect(try await ledger.residentsToReview() == [])
            try await ledger.append([fact], at: .start)
            #expect(try await ledger.residentsToReview() == [2], "\(fact.kind)")
        }
    }
}
