// Days, local times and instants: an error of one day here is a follow-up on the wrong day.

import Testing

@testable import Vitals

@Suite struct CalendarTests {
    @Test(arguments: [
        ("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11_016), ("2026-11-21", 20_778), ("0001-01-01", -719_162),
        ("9999-12-31", 2_932_896),
    ])
    func `a date and its day number are the same day`(iso: String, days: Int) throws {
        let day = try #require(LocalDay(iso: iso))
        #expect(day.daysSince1970 == days)
        #expect(LocalDay(daysSince1970: days).iso == iso)
    }

    @Test(arguments: ["2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "26-04-01", "2026-4-1", "2026-04-0x", ""])
    func `what is not a date is refused`(text: String) { #expect(LocalDay(iso: text) == nil) }

    @Test func `every day of four centuries comes back from its date`() {
        for number in -146_097...146_097 {
            let day = LocalDay(daysSince1970: number)
            let (year, month, date) = day.date
            #expect(LocalDay(year: year, month: month, day: date) == day)
        }
    }

    @Test func `21 November 2026 is a Saturday`() throws {
        #expect(try #require(LocalDay(iso: "2026-11-21")).weekday == 6)
    }

    @Test(arguments: [
        ("1961-11-21", "2026-11-20", 64), ("1961-11-21", "2026-11-21", 65), ("2004-02-29", "2022-02-28", 17),
        ("2004-02-29", "2022-03-01", 18), ("2026-11-21", "2026-11-21", 0),
    ])
    func `age is the number of birthdays passed`(birth: String, day: String, years: Int) throws {
        let born = try #require(LocalDay(iso: birth))
        #expect(try #require(LocalDay(iso: day)).fullYears(since: born) == years)
    }
}

@Suite struct OffsetTests {
    @Test(arguments: [("+08:00", 28_800), ("-03:30", -12_600), ("+00:00", 0), ("+14:00", 50_400)])
    func `an offset reads as it is written`(text: String, seconds: Int) throws {
        let offset = try #require(UTCOffset(text))
        #expect(offset.seconds == seconds)
        #expect(offset.text == text)
    }

    @Test(arguments: ["08:00", "+8:00", "+0800", "+15:00", "+08:60", "Z", ""])
    func `what is not an offset is refused`(text: String) { #expect(UTCOffset(text) == nil) }

    @Test(arguments: [
        (1_767_225_600_000, "2026-01-01T08:00:00.000+08:00"), (1_767_196_799_999, "2025-12-31T23:59:59.999+08:00"),
        (-1, "1970-01-01T07:59:59.999+08:00"),
    ])
    func `an instant has one local day and time`(milliseconds: Int64, iso: String) throws {
        let offset = try #require(UTCOffset("+08:00"))
        #expect(offset.iso(HutTime(milliseconds: milliseconds)) == iso)
    }

    @Test func `a local time gives back its instant`() throws {
        let offset = try #require(UTCOffset("+08:00"))
        let time = CivilTime(year: 2026, month: 11, day: 21, hour: 9, minute: 14)
        let instant = try #require(offset.instant(of: time))
        #expect(offset.civil(of: instant) == time)
        #expect(offset.day(of: instant).iso == "2026-11-21")
    }

    @Test func `midnight belongs to the day that begins`() throws {
        let offset = try #require(UTCOffset("+08:00"))
        let day = try #require(LocalDay(iso: "2026-11-21"))
        #expect(offset.day(of: offset.start(of: day)) == day)
        #expect(offset.day(of: offset.start(of: day) + .milliseconds(-1)) == day + -1)
    }
}
