// Every limit of BP-05, BP-07 and BP-09, one below, at, and one above, as a plain table written by hand from
// clinical-rules 1.4 and 5.3. Nothing here asks the engine or the policy what the answer is.
import FollowUpRules
import Testing
import Vitals

/// `readings` of one session on 2026-11-21, reviewed after it is over; what stands, with days to the due date.
struct Row: Sendable, CustomTestStringConvertible {
    var who: String
    var resident: Resident
    var readings: [(Int, Int)]
    var flags: [String]

    var testDescription: String { "\(who): \(readings)" }

    static func pair(_ who: String, _ resident: Resident, _ systolic: Int, _ diastolic: Int, _ flags: String...) -> Row
    {
        Row(who: who, resident: resident, readings: [(systolic, diastolic), (systolic, diastolic)], flags: flags)
    }

    static func once(_ who: String, _ resident: Resident, _ systolic: Int, _ diastolic: Int, _ flags: String...) -> Row
    {
        Row(who: who, resident: resident, readings: [(systolic, diastolic)], flags: flags)
    }
}

private let (routine, soon, high) = ("BP-05 routine 28", "BP-05 soon 7", "BP-07 soon 7")
private let (above, highNormal) = ("BP-07 soon 14", "BP-11 info 180")
private let medicated = Resident(
    number: "052", name: "李国强", sex: .male, birth: LocalDay(iso: "1980-06-15"), medicines: "氨氯地平 5mg")

private let notKnown: [Row] = [
    .pair("not known", People.adult, 139, 89, highNormal), .pair("not known", People.adult, 140, 80, routine),
    .pair("not known", People.adult, 141, 80, routine), .pair("not known", People.adult, 130, 89, highNormal),
    .pair("not known", People.adult, 130, 90, routine), .pair("not known", People.adult, 130, 91, routine),
    .pair("not known", People.adult, 159, 99, routine), .pair("not known", People.adult, 160, 80, soon),
    .pair("not known", People.adult, 161, 80, soon), .pair("not known", People.adult, 130, 100, soon),
    .pair("not known", People.adult, 130, 101, soon), .pair("not known, elder", People.elder, 140, 80, routine),
    .pair("not known, age unknown", People.ageless, 140, 80, routine),
    .once("not known", People.adult, 159, 99), .once("not known", People.adult, 160, 99, soon),
    .once("not known", People.adult, 159, 100, soon), .pair("child", People.child, 175, 105),
]

private let known: [Row] = [
    .pair("known", People.knownAdult, 139, 89), .pair("known", People.knownAdult, 140, 80, above),
    .pair("known", People.knownAdult, 141, 80, above), .pair("known", People.knownAdult, 130, 90, above),
    .pair("on drugs", medicated, 139, 89), .pair("on drugs", medicated, 140, 80, above),
    .pair("known, elder", People.knownElder, 149, 89), .pair("known, elder", People.knownElder, 150, 80, above),
    .pair("known, elder", People.knownElder, 151, 80, above), .pair("known, elder", People.knownElder, 140, 90, above),
    .pair("known, diabetes", People.knownDiabetic, 139, 89),
    .pair("known, diabetes", People.knownDiabetic, 140, 80, above),
    .pair("known, age unknown", People.knownAgeless, 139, 89),
    .pair("known, age unknown", People.knownAgeless, 140, 80, above),
    .pair("known, elder", People.knownElder, 159, 99, above), .pair("known, elder", People.knownElder, 160, 80, high),
    .pair("known, elder", People.knownElder, 161, 80, high), .pair("known, elder", People.knownElder, 140, 100, high),
    .once("known, elder", People.knownElder, 149, 89), .once("known, elder", People.knownElder, 150, 80, above),
    .once("known, elder", People.knownElder, 160, 80, high),
]

private let low: [Row] = [
    .once("low", People.adult, 79, 60, "BP-09 urgent 0"), .once("low", People.adult, 80, 60),
    .once("low", People.adult, 81, 60), .pair("low", People.adult, 89, 60, "BP-09 soon 3"),
    .pair("low", People.adult, 90, 60), .pair("low", People.adult, 91, 60),
    .pair("low, elder", People.elder, 89, 60, "BP-09 urgent 0"), .pair("low, elder", People.elder, 90, 60),
    .pair("low, on drugs", medicated, 89, 60, "BP-09 urgent 0"),
    .pair("low, age unknown", People.ageless, 89, 60, "BP-09 urgent 0"),
    .once("low", People.elder, 89, 60), .pair("hidden by the other component", People.elder, 80, 65, "BP-09 urgent 0"),
    .pair("low diastolic", People.adult, 120, 49, "BP-09 soon 3"),
    .pair("low diastolic", People.adult, 120, 50, "BP-09 info -"),
    .pair("low diastolic", People.adult, 120, 51, "BP-09 info -"),
    .pair("low diastolic", People.adult, 109, 59, "BP-09 soon 3"),
    .pair("low diastolic", People.adult, 110, 59, "BP-09 info -"),
    .pair("low diastolic", People.adult, 109, 60), .once("low diastolic", People.adult, 109, 59, "BP-09 info -"),
    .once("low diastolic", People.adult, 110, 49, "BP-09 info -"), .once("low", People.child, 79, 60),
    .pair("low, child", People.child, 85, 45),
]

@Test(arguments: notKnown + known + low)
func `each limit decides at the value that the table says`(row: Row) throws {
    var book = try Book(row.resident)
    for (index, value) in row.readings.enumerated() { book.cuff(value.0, value.1, "2026-11-21 09:0\(index)") }
    book.review("2026-11-21 12:00")
    let flags = book.openFlags.map { flag in
        let days = flag.draft.due.map { String($0 - day("2026-11-21")) } ?? "-"
        return "\(flag.draft.rule.rawValue) \(flag.draft.severity) \(days)"
    }
    #expect(flags == row.flags)
}

@Test(arguments: [
    ("1961-11-22", "BP-07"), ("1961-11-21", ""), ("1961-11-20", ""), ("1960-02-29", ""),
])
func `the limit of an elder counts from the sixty-fifth birthday, ten past midnight`(birth: String, flag: String) throws
{
    var book = try Book(
        Resident(number: "047", name: "张桂芳", birth: day(birth), conditions: [.hypertension]))
    book.cuff(145, 80, "2026-11-21 00:10")
    book.cuff(145, 80, "2026-11-21 00:12")
    book.review("2026-11-21 00:20")
    #expect(book.open == (flag.isEmpty ? [] : ["\(flag) soon"]))
}

@Test(arguments: [("2008-11-21", true), ("2008-11-22", false)])
func `blood-pressure rules begin with the eighteenth birthday`(birth: String, applies: Bool) throws {
    var book = try Book(Resident(number: "061", name: "王小", birth: day(birth)))
    book.session(150, 92, "2026-11-21")
    book.review("2026-11-21 12:00")
    #expect(book.open == (applies ? ["BP-05 routine"] : []))
}

@Test func `the routine flag of a raised value waits fourteen days before the nurse sees it`() throws {
    var book = try Book(People.adult)
    book.session(150, 92, "2026-11-21")
    book.review("2026-11-21 12:00")
    #expect(try book.flag("BP-05").draft.listedFrom == day("2026-12-05"))
    var high = try Book(People.adult)
    high.session(165, 92, "2026-11-21")
    high.review("2026-11-21 12:00")
    #expect(try high.flag("BP-05").draft.listedFrom == nil)
}

/// Days measured since a raised one, that one the first of them, and whether the nurse's list has the resident on day 14.
@Test(
    arguments: [
        ([(0, 150)], true), ([(0, 150), (5, 130)], true), ([(0, 150), (5, 150)], true),
        ([(0, 150), (5, 130), (9, 150)], false), ([(0, 150), (5, 130), (9, 130)], false),
        ([(-9, 130), (-5, 130), (0, 150)], true), ([(-9, 130), (0, 150), (9, 150)], true),
    ] as [([(Int, Int)], Bool)])
func `a raised one is on the nurse's list from day 14 only with fewer than three days measured`(
    days: [(Int, Int)], isListed: Bool
) throws {
    var book = try Book(People.adult)
    let first = day("2026-11-21")
    for (place, systolic) in days { book.session(systolic, 80, (first + place).iso) }
    book.review("2026-11-30 12:00")
    for (place, isDue) in [(13, false), (14, true), (40, true)] {
        book.review("\((first + place).iso) 00:01")
        let flag = try book.flag("BP-05")
        let listed = flag.draft.severity > .info && flag.draft.listedFrom.map { $0 <= first + place } ?? true
        #expect(listed == (isDue && isListed), "day \(place)")
    }
}

@Test
func `three days measured take a raised one off the list, a provisional one does not, and another time it comes anew`()
    throws
{
    var book = try Book(People.adult)
    book.session(150, 80, "2026-11-01")
    book.session(130, 80, "2026-11-03")
    book.cuff(130, 80, "2026-11-05 09:00")
    book.review("2026-11-20 12:00")
    #expect(try book.flag("BP-05").draft.severity == .routine, "one of the three was provisional")
    book.session(150, 80, "2026-11-21")
    book.review("2026-11-21 12:00")
    #expect(try book.flag("BP-05").draft.severity == .info)
    #expect(book.history.flags.count { $0.draft.rule == "BP-05" && $0.ended == nil } == 1)
    // More than four weeks after: three days are asked for again, and listed if they do not come.
    book.session(150, 80, "2027-02-01")
    book.review("2027-02-01 12:00")
    let again = try book.flag("BP-05").draft
    #expect(again.severity == .routine)
    #expect(again.listedFrom == day("2027-02-15") && again.due == day("2027-03-01"))
}

@Test func `a mean is rounded first and compared then`() throws {
    for (second, raises) in [(140, true), (139, false)] {
        var book = try Book(People.adult)
        book.cuff(139, 80, "2026-11-21 09:00")
        book.cuff(second, 80, "2026-11-21 09:01")
        book.review("2026-11-21 12:00")
        #expect(book.open.contains("BP-05 routine") == raises)
    }
}
