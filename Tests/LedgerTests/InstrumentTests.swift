// The trust record and corrected readings, in a real file: counted by day, paired by session, and moved with the reading.

import Testing
import Vitals

@testable import Ledger

private let other = InstrumentID(rawValue: "cuff-2")

extension Reading {
    fileprivate static func of(_ instrument: InstrumentID, _ systolic: Int, _ diastolic: Int, minute: Int) -> Reading {
        var reading = Reading.pressure(systolic, diastolic, at: .after(minute * 60))
        reading.instrument = instrument
        return reading
    }
}

@Suite struct InstrumentTests {
    let folder: Folder

    init() throws { folder = try Folder() }

    private func take(_ reading: Reading, _ resident: ResidentKey, _ ledger: Ledger) async throws -> FactSequence {
        try await ledger.append([.reading(reading, .resident(resident, visit: nil))], at: reading.receivedAt)[0]
    }

    @Test func `readings, errors, faults and missing values are counted by day and instrument`() async throws {
        let ledger = try await folder.open()
        let key = try await ledger.addResidents(1)[0]
        _ = try await take(.of(cuff, 138, 86, minute: 1), key, ledger)
        try await ledger.append(
            [
                .measuredWithoutRecord(cuff, booth),
                .fault(.deviceError(code: "0F", meaning: nil, kind: .machine), cuff, booth, nil, raw: [1]),
                .fault(.implausible(field: "systolic"), cuff, booth, nil, raw: [2]),
                .noValue(.bloodPressure, .noSignal, cuff, booth, .unclaimed(.noVisit, hint: nil), raw: []),
            ], at: .after(86_400))
        let days = try await ledger.days(of: cuff, since: .start)
        #expect(days.map(\.readings) == [1, 1])
        #expect(days.map(\.errors) == [0, 1] && days.map(\.faults) == [0, 1] && days.map(\.noValues) == [0, 1])
        #expect(days[1].day - days[0].day == 1)
        #expect(try await ledger.days(of: cuff, since: .after(86_400)).count == 1)
        #expect(try await ledger.lastHeard(cuff) == .after(86_400))
        #expect(try await ledger.lastHeard(other) == nil)
        #expect(try await ledger.days(of: other, since: .start).isEmpty)
        #expect(try await ledger.check() == [])
    }

    @Test func `the last reading of an instrument's own line is found again, as it is read today`() async throws {
        let ledger = try await folder.open()
        let key = try await ledger.addResidents(1)[0]
        #expect(try await ledger.lastReading(of: cuff) == nil)
        _ = try await take(.of(cuff, 138, 86, minute: 1), key, ledger)
        let last = try await take(.of(cuff, 141, 88, minute: 2), key, ledger)
        var remembered = Reading.of(cuff, 150, 90, minute: 3)
        (remembered.memorySlot, remembered.source) = (1, .cuffHome)
        _ = try await take(remembered, key, ledger)
        _ = try await take(.of(other, 160, 95, minute: 1_500), key, ledger)
        #expect(try await ledger.lastReading(of: cuff) == .of(cuff, 141, 88, minute: 2))
        var pressure = BloodPressure(systolic: 142, diastolic: 88)
        pressure.pulse = 70
        try await ledger.append(
            [.readingCorrected(last, .bloodPressure(pressure), deviceTime: nil, decoder: "0.3.0", reason: "r")],
            at: .after(9_000))
        #expect(try await ledger.lastReading(of: cuff)?.vital == .bloodPressure(pressure))
        #expect(try await ledger.check() == [])
    }

    @Test func `two cuffs on one resident within ten minutes are a pair, seen from both sides`() async throws {
        let ledger = try await folder.open()
        let keys = try await ledger.addResidents(2)
        _ = try await take(.of(cuff, 130, 80, minute: 0), keys[0], ledger)
        _ = try await take(.of(other, 142, 85, minute: 10), keys[0], ledger)
        // Another resident, another session, the same cuff: no pairs.
        _ = try await take(.of(cuff, 150, 90, minute: 11), keys[1], ledger)
        _ = try await take(.of(other, 150, 90, minute: 41), keys[0], ledger)
        _ = try await take(.of(other, 155, 95, minute: 42), keys[0], ledger)
        let drift = try #require(try await ledger.drifts(of: other, since: .start).first)
        #expect(drift == CuffDrift(other: cuff, pairs: 1, systolicSum: 12, diastolicSum: 5))
        #expect(
            try await ledger.drifts(of: cuff, since: .start)
                == [CuffDrift(other: other, pairs: 1, systolicSum: -12, diastolicSum: -5)])
        #expect(try await ledger.drifts(of: cuff, since: .after(86_400)).isEmpty)
    }

    @Test func `a reading that changes hands takes its pairs with it`() async throws {
        let ledger = try await folder.open()
        let keys = try await ledger.addResidents(2)
        _ = try await take(.of(cuff, 130, 80, minute: 0), keys[0], ledger)
        let second = try await take(.of(other, 142, 85, minute: 5), keys[0], ledger)
        try await ledger.append(
            [.readingMoved(second, from: keys[0], to: keys[1], by: nurse, reason: "r")], at: .after(900))
        #expect(try await ledger.drifts(of: cuff, since: .start).isEmpty)
        try await ledger.append(
            [.readingMoved(second, from: keys[1], to: keys[0], by: nurse, reason: "r")], at: .after(901))
        #expect(try await ledger.drifts(of: cuff, since: .start).map(\.pairs) == [1])
        try await ledger.append([.readingDiscarded(second, .test, by: nurse, note: "")], at: .after(902))
        #expect(try await ledger.drifts(of: cuff, since: .start).isEmpty)
        #expect(try await ledger.check() == [])
    }

    @Test func `an arm that moved compares nothing`() async throws {
        let ledger = try await folder.open()
        let key = try await ledger.addResidents(1)[0]
        _ = try await take(.of(cuff, 130, 80, minute: 0), key, ledger)
        var moved = Reading.of(other, 170, 99, minute: 5)
        moved.vital = .bloodPressure(BloodPressure(systolic: 170, diastolic: 99, moved: true))
        _ = try await take(moved, key, ledger)
        #expect(try await ledger.drifts(of: cuff, since: .start).isEmpty)
    }
}

@Suite struct CorrectionTests {
    let folder: Folder

    init() throws { folder = try Folder() }

    private let mended = Vital.bloodPressure(BloodPressure(systolic: 148, diastolic: 96, pulse: 72))

    private func correct(_ reading: FactSequence, to vital: Vital?, _ ledger: Ledger) async throws -> FactSequence {
        try await ledger.append(
            [.readingCorrected(reading, vital, deviceTime: nil, decoder: "0.3.0", reason: "scale read twice")],
            at: .after(9_000))[0]
    }

    @Test func `a corrected reading is read anew everywhere, and the old fact stands`() async throws {
        let ledger = try await folder.open()
        let keys = try await ledger.addResidents(2)
        let reading = try await ledger.append(
            [.reading(.pressure(138, 86), .resident(keys[0], visit: nil))], at: .start,
            reviewed: [])[0]
        try await ledger.append(
            [.helpCalled(booth)], at: .start, reviewed: [ReviewMark(resident: keys[0], upTo: reading)])
        _ = try await correct(reading, to: mended, ledger)
        #expect(try await ledger.reading(reading)?.reading.vital == mended)
        #expect(try await ledger.latestReadings(of: keys[0], limit: 9).map(\.reading.vital) == [mended])
        #expect(try await ledger.history(of: keys[0], now: .after(9_001))?.readings.map(\.reading.vital) == [mended])
        guard
            case .reading(let first, _) = try await ledger.facts(
                after: FactSequence(rawValue: reading.rawValue - 1), limit: 1)[0].fact
        else {
            Issue.record("the first fact is gone")
            return
        }
        #expect(first.vital == Reading.pressure(138, 86).vital)
        #expect(try await ledger.residentsToReview().contains(keys[0]))
        try await ledger.append(
            [.readingMoved(reading, from: keys[0], to: keys[1], by: nurse, reason: "r")], at: .after(9_002))
        #expect(try await ledger.latestReadings(of: keys[1], limit: 9).map(\.reading.vital) == [mended])
        #expect(try await ledger.check() == [])
    }

    @Test func `the district is told that the old record was wrong, and sent the new one`() async throws {
        let ledger = try await folder.open()
        let key = try await ledger.addResidents(1)[0]
        let reading = try await ledger.append([.reading(.pressure(138, 86), .resident(key, visit: nil))], at: .start)[0]
        try await ledger.append([.uploaded([UploadReceipt(fact: reading, location: "Observation/1")])], at: .start)
        #expect(try await ledger.pendingUploads(limit: 9).isEmpty)
        let fact = try await correct(reading, to: mended, ledger)
        guard case .correction(let owed) = try #require(try await ledger.pendingUploads(limit: 9).first) else {
            Issue.record("no correction is owed")
            return
        }
        #expect(owed.fact == fact && owed.location == "Observation/1" && owed.reason == "scale read twice")
        try await ledger.append([.uploaded([UploadReceipt(fact: fact, location: nil)])], at: .after(9_100))
        guard case .reading(let sent, _, let since) = try #require(try await ledger.pendingUploads(limit: 9).first)
        else {
            Issue.record("the new record is not sent")
            return
        }
        #expect(sent.reading.vital == mended && since == fact)
    }

    @Test func `a reading that is none any more is set aside, once; an unclaimed one stays to be claimed`() async throws
    {
        let ledger = try await folder.open()
        let key = try await ledger.addResidents(1)[0]
        let owned = try await ledger.append([.reading(.pressure(138, 86), .resident(key, visit: nil))], at: .start)[0]
        let free = try await ledger.append(
            [.reading(.pressure(130, 80, at: .after(60)), .unclaimed(.noVisit, hint: nil))], at: .after(60))[0]
        _ = try await correct(owned, to: nil, ledger)
        #expect(try await ledger.latestReadings(of: key, limit: 9).isEmpty)
        #expect(try await ledger.reading(owned) == nil)
        await #expect(throws: refusal(.alreadyDiscarded)) { try await correct(owned, to: mended, ledger) }
        _ = try await correct(free, to: mended, ledger)
        #expect(try await ledger.unclaimed(limit: 9).map(\.reading.vital) == [mended])
        try await ledger.append([.readingClaimed(free, key, by: nurse, reason: "r")], at: .after(9_200))
        #expect(try await ledger.latestReadings(of: key, limit: 9).map(\.reading.vital) == [mended])
        #expect(try await ledger.check() == [])
    }
}
