// BP-05 and BP-07 over days: which days count, within how long, and what ends them.
import FollowUpRules
import Testing
import Vitals

/// A book with an ordinary day before, so that no day is *the only one*.
private func measured(_ resident: Resident, ordinaryOn day: String) throws -> Book {
    var book = try Book(resident)
    book.session(128, 78, day)
    return book
}

@Test(arguments: [("2026-11-15", "BP-07 soon"), ("2026-11-16", "")])
func `two complete days at or above the limit within fourteen days`(second: String, flag: String) throws {
    var book = try measured(People.knownElder, ordinaryOn: "2026-10-25")
    book.session(152, 80, "2026-11-01")
    book.review("2026-11-01 12:00")
    #expect(book.open.isEmpty, "one day alone is not enough")
    book.session(150, 80, second)
    book.review("\(second) 12:00")
    #expect(book.open == (flag.isEmpty ? [] : [flag]))
}

@Test func `two sessions on one day are one occasion`() throws {
    var book = try measured(People.knownElder, ordinaryOn: "2026-11-10")
    book.session(155, 92, "2026-11-21")
    book.cuff(156, 92, "2026-11-21 15:00")
    book.cuff(156, 92, "2026-11-21 15:02")
    #expect(book.review("2026-11-21 16:00").isEmpty)
}

@Test func `three provisional days, or two beside a complete one, are enough`() throws {
    var book = try measured(People.knownElder, ordinaryOn: "2026-11-10")
    for day in ["2026-11-18", "2026-11-19"] { book.cuff(152, 80, "\(day) 09:00") }
    #expect(book.review("2026-11-19 12:00").isEmpty)
    book.cuff(152, 80, "2026-11-20 09:00")
    #expect(book.review("2026-11-20 09:05").isEmpty, "a session that is still going on is not a day yet")
    book.review("2026-11-20 09:11")
    #expect(book.open == ["BP-07 soon"])
    #expect(try book.flag("BP-07").draft.evidence.readings.count == 3)
}

@Test(arguments: [("2026-12-19", true), ("2026-12-18", false)])
func `the only day in twenty-eight is enough, one more within them is not`(second: String, raises: Bool) throws {
    var book = try measured(People.knownElder, ordinaryOn: "2026-11-20")
    book.session(152, 80, second)
    book.review("\(second) 12:00")
    #expect(book.open.isEmpty != raises)
}

@Test func `one value at 160 is enough, provisional too, and dissolves when the session comes to less`() throws {
    var book = try measured(People.knownElder, ordinaryOn: "2026-11-10")
    book.cuff(168, 90, "2026-11-21 09:00")
    book.review("2026-11-21 09:00")
    #expect(try book.flag("BP-07").draft.due == day("2026-11-28"))
    book.cuff(146, 84, "2026-11-21 09:02")
    book.review("2026-11-21 09:02")
    #expect(book.open.isEmpty, "157/87 is one day among others")
    #expect(try book.reason("BP-07").english == "no longer so by the records as they stand now")
}

@Test func `BP-07 ends when the last two days are below the limit, on both components`() throws {
    var book = try Book(People.knownElder)
    book.session(155, 92, "2026-11-01")
    book.review("2026-11-01 12:00")
    book.session(140, 80, "2026-11-05")
    book.review("2026-11-05 12:00")
    #expect(book.open == ["BP-07 soon"])
    book.session(140, 90, "2026-11-06")
    book.review("2026-11-06 12:00")
    #expect(book.open == ["BP-07 soon"], "90 is not below 90")
    book.session(149, 89, "2026-11-07")
    book.review("2026-11-07 12:00")
    #expect(book.open == ["BP-07 soon"])
    book.session(149, 89, "2026-11-08")
    book.review("2026-11-08 12:00")
    #expect(book.open.isEmpty)
    #expect(try book.reason("BP-07").chinese == "11-07 149/89、11-08 149/89 mmHg，都低于150/90")
}

@Test func `BP-05 ends when the last three days are all below 140/90, not before`() throws {
    var book = try Book(People.adult)
    book.session(150, 92, "2026-11-01")
    book.review("2026-11-01 12:00")
    for (date, systolic, ends) in [
        ("2026-11-02", 130, false), ("2026-11-03", 130, false), ("2026-11-04", 140, false), ("2026-11-05", 130, false),
        ("2026-11-06", 139, false), ("2026-11-07", 130, true),
    ] {
        book.session(systolic, 89, date)
        book.review("\(date) 12:00")
        #expect(book.open.isEmpty == ends, "\(date)")
    }
}

@Test func `a diagnosis moves a resident from BP-05 to BP-07`() throws {
    var book = try Book(People.adult)
    book.session(150, 92, "2026-11-20")
    book.session(151, 92, "2026-11-21")
    book.review("2026-11-21 12:00")
    #expect(book.open == ["BP-05 routine"])
    book.history.resident.conditions = [.hypertension]
    book.review("2026-11-22 12:00")
    #expect(book.open == ["BP-07 soon"])
    #expect(try book.reason("BP-05").english == "this rule no longer applies to the resident")
}

@Test func `a routine flag that becomes urgent enough for a week is raised anew with the earlier date`() throws {
    var book = try Book(People.adult)
    book.session(150, 92, "2026-11-01")
    book.review("2026-11-01 12:00")
    #expect(try book.flag("BP-05").draft.due == day("2026-11-29"))
    book.session(165, 92, "2026-11-03")
    book.review("2026-11-03 12:00")
    let flag = try book.flag("BP-05")
    #expect(flag.draft.severity == .soon)
    #expect(flag.draft.due == day("2026-11-10"))
    #expect(flag.draft.listedFrom == nil)
    // And it does not fall back by an ordinary day.
    book.cuff(150, 92, "2026-11-04 09:00")
    book.review("2026-11-04 12:00")
    #expect(try book.flag("BP-05").draft.severity == .soon)
}

@Test func `a due date is never in the past when raised`() throws {
    var book = try Book(People.adult)
    book.session(165, 92, "2026-10-01")
    book.review("2026-11-21 12:00")
    #expect(try book.flag("BP-05").draft.due == day("2026-11-21"))
}

@Test func `one line a day is added to a flag that stands`() throws {
    var book = try Book(People.knownElder)
    book.session(155, 92, "2026-11-01")
    book.review("2026-11-01 12:00")
    book.session(156, 92, "2026-11-02")
    book.review("2026-11-02 10:00")
    book.cuff(157, 92, "2026-11-02 15:00")
    book.cuff(157, 92, "2026-11-02 15:02")
    book.review("2026-11-02 16:00")
    #expect(try book.flag("BP-07").evidence.count == 2)
}

@Test func `what the nurse overlooked for more than a year does not end by itself`() throws {
    var book = try Book(People.knownElder)
    book.session(155, 92, "2026-01-10")
    book.review("2026-01-10 12:00")
    // The ledger hands over 400 days; the readings are gone, the flag is not.
    book.history.readings = []
    book.review("2027-03-10 12:00")
    #expect(book.open == ["BP-07 soon"])
    book.session(130, 80, "2027-03-11")
    book.session(130, 80, "2027-03-12")
    book.review("2027-03-12 12:00")
    #expect(book.open.isEmpty)
}
