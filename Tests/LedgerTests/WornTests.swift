// What a history knows of a wristband: its days, whether it is silent or off, and when anybody was last heard of.

import Testing
import Vitals

@testable import Ledger

private let today = LocalDay(daysSince1970: 20_778)

@Suite struct WornTests {
    let folder: Folder

    init() throws { folder = try Folder() }

    private func days(_ ledger: Ledger, at time: HutTime = .start) async throws -> [WearableDay] {
        try #require(try await ledger.history(of: 1, now: time)).wearableDays
    }

    @Test(arguments: [([70], 70), ([70, 90], 70), ([90, 70, 80], 80), ([100, 60, 60, 61], 60), ([400], 300)])
    func `a day's pulse is the median of its samples, the lower of two`(pulses: [Int], median: Int) async throws {
        let ledger = try await folder.openStaffed()
        try await ledger.append(
            pulses.enumerated().map { .reading(.heartRate($1, at: .after($0)), .resident(1, visit: nil)) }, at: .start)
        #expect(
            try await days(ledger) == [
                WearableDay(day: today, restingPulse: PerMinute(median), irregularHints: 0, samples: pulses.count)
            ])
    }

    /// `.start` is 08:00 in China.
    @Test func `days begin at local midnight, and eight of them are looked at`() async throws {
        let ledger = try await folder.openStaffed()
        let hours = [-8 * 24, -7 * 24 - 9, -7 * 24 - 8, -9, -8, 0]
        try await ledger.append(
            hours.map { .reading(.heartRate(70, at: .after($0 * 3_600)), .resident(1, visit: nil)) }, at: .start)
        #expect(try await days(ledger).map { today - $0.day } == [7, 1, 0])
        #expect(try await days(ledger).map(\.samples) == [1, 1, 2])
    }

    @Test func `an estimate of pressure is a sample and no pulse`() async throws {
        let ledger = try await folder.openStaffed()
        var reading = Reading.heartRate(70)
        reading.vital = .wearableBloodPressure(WearableBloodPressure(systolic: 170, diastolic: 100))
        try await ledger.append([.reading(reading, .resident(1, visit: nil))], at: .start)
        #expect(
            try await days(ledger) == [WearableDay(day: today, restingPulse: nil, irregularHints: 0, samples: 1)])
    }

    @Test func `a band is heard by samples and by batteries, and off when it said so and no sample came since`()
        async throws
    {
        let ledger = try await folder.openStaffed()
        try await ledger.append([.bandPaired(band, 1, by: nurse)], at: .start)
        func worn() async throws -> WornBand {
            try #require(try await ledger.history(of: 1, now: .after(999))?.bands.first)
        }
        #expect(try await worn() == WornBand(band: band, since: .start, lastHeard: nil, isOff: false))
        try await ledger.append([.reading(.heartRate(70, at: .after(10)), .resident(1, visit: nil))], at: .after(12))
        #expect(try await worn().lastHeard == .after(12))
        try await ledger.append([.battery(percent: 80, band)], at: .after(20))
        #expect(try await worn().lastHeard == .after(20))
        try await ledger.append([.signal(.removed, band, wearer: 1, text: nil, raw: [])], at: .after(30))
        #expect(try await worn().isOff)
        try await ledger.append([.reading(.heartRate(70, at: .after(40)), .resident(1, visit: nil))], at: .after(42))
        #expect(try await !worn().isOff)
        try await ledger.append([.bandUnpaired(band, by: nurse)], at: .after(50))
        #expect(try await ledger.history(of: 1, now: .after(999))?.bands == [])
    }

    /// Each table that a reading touches is a page that is written for it (PLATFORM: bytes a reading).
    @Test func `a reading adds nothing to what is kept beside readings`() async throws {
        let ledger = try await folder.openStaffed()
        func counts() throws -> [Int64?] {
            let database = try Database(path: folder.ledger)
            return try ["concern", "heard", "band_heard", "hour", "fasting", "report", "call"].map { table in
                try database.integer("SELECT count(*) FROM \(table)")
            }
        }
        let before = try counts()
        try await ledger.append(
            [
                .reading(.pressure(138, 86), .resident(1, visit: nil)),
                .reading(.heartRate(70), .resident(1, visit: nil)),
                .reading(.pressure(138, 86), .unclaimed(.noVisit, hint: nil)),
            ], at: .after(9))
        #expect(try counts() == before)
    }

    @Test(
        arguments: [
            (Fact.reading(.pressure(138, 86, at: .after(10)), .resident(1, visit: nil)), true),
            (.reading(.heartRate(70, at: .after(10)), .resident(1, visit: nil)), true),
            (.visitOpened(booth, .resident(1), helper: .nobody), true), (.called(1, .spoken, by: nurse), true),
            (.signal(.sos, band, wearer: 1, text: nil, raw: []), true), (.called(1, .noAnswer, by: nurse), false),
            (.recordSeen(1, by: nurse, place: "desk"), false),
        ] as [(Fact, Bool)])
    func `a resident is heard of by what he does, not by what is done about him`(fact: Fact, isHeard: Bool)
        async throws
    {
        let ledger = try await folder.openStaffed()
        try await ledger.append([fact], at: .after(10))
        #expect(try await ledger.history(of: 1, now: .after(20))?.lastHeard == (isHeard ? .after(10) : nil))
    }

    @Test(
        arguments: [
            ([.noAnswer, .wrongNumber], nil), ([.noAnswer, .spoken], 2), ([.spoken, .noAnswer], 1),
            ([.spoken, .noAnswer, .spoken, .wrongNumber], 3),
        ] as [([CallResult], Int?)])
    func `the history has the newest call that was answered, of a merged line too`(results: [CallResult], newest: Int?)
        async throws
    {
        let ledger = try await folder.openStaffed()
        for (place, result) in results.enumerated() {
            try await ledger.append([.called(1, result, by: nurse)], at: .after(place + 1))
        }
        let spoken = newest.map { HutTime.after($0) }
        #expect(try await ledger.history(of: 1, now: .after(20))?.lastSpoken == spoken)
        #expect(try await ledger.history(of: 2, now: .after(20))?.lastSpoken == nil)
        try await ledger.append([.residentsMerged(1, into: 2, by: nurse, reason: "same")], at: .after(9))
        #expect(try await ledger.history(of: 2, now: .after(20))?.lastSpoken == spoken)
    }
}
