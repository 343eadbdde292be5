// Whose a reading is, through every fact that can change it.

import Testing
import Vitals

@testable import Ledger

@Suite struct ReadingTests {
    let folder: Folder

    init() throws { folder = try Folder() }

    @Test func `a claim moves an unclaimed reading to a resident, once`() async throws {
        let ledger = try await folder.open()
        let keys = try await ledger.addResidents(2)
        let reading = try await ledger.append(
            [.reading(.pressure(138, 86), .unclaimed(.guest, hint: .number("047")))], at: .start)[0]
        #expect(try await ledger.unclaimed(limit: 5).map(\.owner) == [.unclaimed(.guest, hint: .number("047"))])
        try await ledger.append([.readingClaimed(reading, keys[0], by: nurse, reason: "knows her")], at: .after(60))
        #expect(try await ledger.unclaimedCount() == 0)
        #expect(try await ledger.reading(reading)?.owner == .resident(keys[0], visit: nil))
        await #expect(throws: refusal(.notUnclaimed)) {
            try await ledger.append([.readingClaimed(reading, keys[1], by: nurse, reason: "")], at: .after(61))
        }
    }

    @Test func `a move takes the reading from one history into the other`() async throws {
        let ledger = try await folder.open()
        let keys = try await ledger.addResidents(2)
        let reading = try await ledger.append(
            [.reading(.pressure(138, 86), .resident(keys[0], visit: nil))], at: .start)[0]
        await #expect(throws: refusal(.notThisOwner)) {
            try await ledger.append(
                [.readingMoved(reading, from: keys[1], to: keys[0], by: nurse, reason: "")], at: .start)
        }
        try await ledger.append(
            [.readingMoved(reading, from: keys[0], to: keys[1], by: nurse, reason: "his")], at: .start)
        #expect(try await ledger.history(of: keys[0], now: .start)?.readings.isEmpty == true)
        #expect(try await ledger.history(of: keys[1], now: .start)?.readings.map(\.sequence) == [reading])
    }

    @Test func `was it you, yes, gives the reading to the visit's resident`() async throws {
        let ledger = try await folder.open()
        let key = try await ledger.addResidents(1)[0]
        let opened = try await ledger.append([.visitOpened(booth, .resident(key), helper: .nobody)], at: .start)[0]
        let visit = VisitID(rawValue: opened.rawValue)
        let reading = try await ledger.append(
            [.reading(.pressure(138, 86), .unclaimed(.notConfirmed, hint: .visit(visit)))], at: .start)[0]
        try await ledger.append([.readingConfirmed(reading, visit)], at: .start)
        #expect(try await ledger.reading(reading)?.owner == .resident(key, visit: visit))
        try await ledger.append([.readingDenied(reading, visit)], at: .start)
        #expect(try await ledger.reading(reading)?.owner == .unclaimed(.denied, hint: .visit(visit)))
    }

    @Test func `a number typed while an unclaimed result waits is a hint and no owner`() async throws {
        let ledger = try await folder.open()
        let key = try await ledger.addResidents(1)[0]
        let reading = try await ledger.append(
            [.reading(.pressure(138, 86), .unclaimed(.noVisit, hint: nil))], at: .start)[0]
        try await ledger.append([.readingHinted(reading, number: "001")], at: .start)
        #expect(try await ledger.reading(reading)?.owner == .unclaimed(.noVisit, hint: .number("001")))
        try await ledger.append([.readingHinted(reading, number: nil)], at: .start)
        #expect(try await ledger.reading(reading)?.owner == .unclaimed(.noVisit, hint: .number("001")))
        #expect(try await ledger.unclaimedCount() == 1)
        #expect(try await ledger.latestReadings(of: key, limit: 5).isEmpty)
    }

    @Test func `a history to review says how far it knows`() async throws {
        let ledger = try await folder.open()
        let key = try await ledger.addResidents(1)[0]
        let known = try #require(try await ledger.historyToReview(of: key, now: .start))
        try await ledger.append([.reading(.pressure(138, 86), .resident(key, visit: nil))], at: .start)
        try await ledger.append([], at: .start, reviewed: [known.mark])
        #expect(try await ledger.residentsToReview() == [key])
        let again = try #require(try await ledger.historyToReview(of: key, now: .start))
        #expect(again.history.readings.count == 1)
        try await ledger.append([], at: .start, reviewed: [again.mark])
        #expect(try await ledger.residentsToReview() == [])
    }

    @Test func `a reading that was set aside stays so`() async throws {
        let ledger = try await folder.open()
        let key = try await ledger.addResidents(1)[0]
        let reading = try await ledger.append([.reading(.pressure(138, 86), .resident(key, visit: nil))], at: .start)[0]
        try await ledger.append([.readingDiscarded(reading, .badMeasurement, by: nurse, note: "")], at: .start)
        #expect(try await ledger.reading(reading) == nil)
        #expect(try await ledger.latestReadings(of: key, limit: 5).isEmpty)
        await #expect(throws: refusal(.alreadyDiscarded)) {
            try await ledger.append([.readingDiscarded(reading, .test, by: nurse, note: "")], at: .start)
        }
        await #expect(throws: refusal(.notUnclaimed)) {
            try await ledger.append([.readingClaimed(reading, key, by: nurse, reason: "")], at: .start)
        }
        await #expect(throws: refusal(.unknownReading)) {
            try await ledger.append([.readingDiscarded(1, .test, by: nurse, note: "")], at: .start)
        }
    }

    @Test func `a history looks back so many days, in the order of measuring, without wristband samples`() async throws
    {
        let ledger = try await folder.open()
        let key = try await ledger.addResidents(1)[0]
        let day = 86_400
        for (systolic, age) in [(121, 401), (123, 3), (122, 399), (124, 0)] {
            try await ledger.append(
                [.reading(.pressure(systolic, 70, at: .after(-age * day)), .resident(key, visit: nil))], at: .start)
        }
        try await ledger.append([.reading(.heartRate(66), .resident(key, visit: nil))], at: .start)
        let history = try #require(try await ledger.history(of: key, now: .start))
        #expect(history.readings.map(\.sequence) == [4, 3, 5])
        #expect(try await ledger.latestReadings(of: key, limit: 2).map(\.sequence) == [5, 3])
        #expect(try await ledger.latestReadings(of: key, limit: 2, worn: true).map(\.sequence) == [6])
        #expect(try await ledger.readings(of: key, from: .after(-4 * day), to: .start).map(\.sequence) == [3])
        #expect(try await ledger.history(of: ResidentKey(rawValue: 99), now: .start) == nil)
    }

    @Test func `symptoms, failed attempts and calls stand in the history of who they concern`() async throws {
        let ledger = try await folder.open()
        let keys = try await ledger.addResidents(2)
        try await ledger.append([.bandPaired(band, keys[1], by: nurse)], at: .start)
        let opened = try await ledger.append([.visitOpened(booth, .resident(keys[0]), helper: .nobody)], at: .start)[0]
        let visit = VisitID(rawValue: opened.rawValue)
        let error = DeviceFault.deviceError(code: "0F", meaning: nil, kind: .arm)
        try await ledger.append(
            [
                .symptoms(visit, .danger), .fault(error, cuff, booth, visit, raw: [1]),
                .fault(error, cuff, booth, nil, raw: []),
                .signal(.sos, band, wearer: keys[1], text: nil, raw: []),
            ], at: .after(5))
        let first = try #require(try await ledger.history(of: keys[0], now: .after(9)))
        #expect(first.symptoms == [SymptomReport(sequence: 5, visit: visit, answer: .danger, at: .after(5))])
        #expect(first.failedAttempts == [FailedAttempt(sequence: 6, visit: visit, at: .after(5))])
        #expect(first.signals.isEmpty)
        let second = try #require(try await ledger.history(of: keys[1], now: .after(9)))
        #expect(second.signals == [SignalReport(sequence: 8, signal: .sos, band: band, at: .after(5))])
        #expect(try await ledger.history(of: keys[0], now: .after(500 * 86_400))?.symptoms.isEmpty == true)
    }

    @Test func `whoever a fact concerns is to be reviewed until a review knew it`() async throws {
        let ledger = try await folder.open()
        let keys = try await ledger.addResidents(3)
        try await ledger.append([], at: .start, reviewed: keys.map { ReviewMark(resident: $0, upTo: 3) })
        #expect(try await ledger.residentsToReview() == [])
        let reading = try await ledger.append(
            [.reading(.pressure(138, 86), .resident(keys[0], visit: nil))], at: .start)[0]
        let moved = try await ledger.append(
            [.readingMoved(reading, from: keys[0], to: keys[2], by: nurse, reason: "")], at: .start)[0]
        #expect(try await ledger.residentsToReview() == [keys[0], keys[2]])
        try await ledger.append(
            [.helpCalled(booth)], at: .start,
            reviewed: [ReviewMark(resident: keys[0], upTo: reading), ReviewMark(resident: keys[2], upTo: moved)])
        #expect(try await ledger.residentsToReview() == [keys[0]])
        await ledger.close()
        #expect(try await folder.open().residentsToReview() == [keys[0]])
    }

    @Test func `a mark without facts costs no commit and is written with the next`() async throws {
        let ledger = try await folder.open()
        let key = try await ledger.addResidents(1)[0]
        try await ledger.append([], at: .start, reviewed: [ReviewMark(resident: key, upTo: 1)])
        let database = try Database(path: folder.ledger)
        #expect(try database.integer("SELECT count(*) FROM lagging") == 1)
        try await ledger.append([.helpCalled(booth)], at: .start)
        #expect(try database.integer("SELECT count(*) FROM lagging") == 0)
    }
}
