// Episodes (clinical-rules 5.5, point 6): quiet after a follow-up, silence after clearing, one flag however many
// readings (H-08, H-24); what follows a critical flag; BP-14 and W-03.
import FollowUpRules
import Testing
import Vitals

@Test func `fifty high readings are one flag`() throws {
    for resident in [People.knownElder, People.adult] {
        var book = try Book(resident)
        for number in 0..<25 {
            book.session(156, 94, "2026-10-\((number + 1).padded(2))")
            book.review("2026-10-\((number + 1).padded(2)) 12:00")
        }
        #expect(book.history.readings.count == 50)
        let rules = book.history.flags.map(\.draft.rule).filter { !Book.calendar.contains($0) }
        #expect(rules == (resident == People.adult ? ["BP-05", "BP-06"] : ["BP-07"]))
        #expect(book.openFlags.count == 1)
    }
}

@Test(
    arguments: [(nil, "2026-11-15", "2026-11-14"), ("2026-11-29", "2026-11-29", "2026-11-28")]
        as [(String?, String, String)])
func `after a follow-up the rule is quiet until its next date, or fourteen days`(
    next: String?, speaks: String, silent: String
) throws {
    for date in [silent, speaks] {
        var book = try Book(People.knownElder)
        book.session(155, 92, "2026-10-31")
        book.session(155, 92, "2026-11-01")
        book.review("2026-11-01 10:00")
        try book.close("BP-07", .followedUp, "2026-11-01 11:00", quietUntil: next)
        book.cuff(165, 92, "2026-11-01 15:00")
        #expect(book.review("2026-11-01 16:00").isEmpty)
        book.session(155, 92, "2026-11-05")
        book.session(165, 101, "2026-11-06")
        #expect(book.review("2026-11-06 10:00").isEmpty)
        book.session(165, 101, date)
        book.review("\(date) 10:00")
        #expect(book.open.isEmpty == (date == silent), "\(date)")
    }
}

@Test(arguments: [("2026-11-09", false), ("2026-11-10", true)])
func `after clearing by itself a rule is silent for seven days at the same severity`(date: String, raises: Bool) throws
{
    var book = try Book(People.knownElder)
    book.session(155, 92, "2026-11-01")
    book.session(140, 80, "2026-11-02")
    book.session(140, 80, "2026-11-03")
    book.review("2026-11-03 12:00")
    #expect(book.open.isEmpty)
    book.session(165, 92, date)
    book.review("\(date) 12:00")
    #expect(book.open.isEmpty != raises)
}

@Test func `the silence does not hold back what is worse`() throws {
    var book = try Book(People.adult)
    for (date, systolic) in [("2026-11-01", 145), ("2026-11-02", 125), ("2026-11-03", 125), ("2026-11-04", 125)] {
        book.session(systolic, 80, date)
        book.review("\(date) 12:00")
    }
    #expect(book.open.isEmpty)
    book.session(145, 80, "2026-11-05")
    book.review("2026-11-05 12:00")
    #expect(book.open.isEmpty, "routine again: silent")
    book.session(165, 80, "2026-11-06")
    book.review("2026-11-06 12:00")
    #expect(book.open == ["BP-05 soon"])
}

@Test(arguments: ClosingAction.allCases)
func `how a critical flag was closed decides what follows`(action: ClosingAction) throws {
    var book = try Book(People.adult)
    book.cuff(190, 112, "2026-11-21 09:30", visit: 1)
    book.cuff(192, 112, "2026-11-21 09:32", visit: 1)
    book.review("2026-11-21 09:32")
    try book.close("BP-02", action, "2026-11-21 10:00")
    book.review("2026-11-21 10:00")
    let tasks = book.openFlags.filter { $0.draft.rule.rawValue.hasPrefix("FU") }
        .map { "\($0.draft.rule.rawValue) \($0.draft.due?.iso ?? "-")" }
    switch action {
    case .ambulance, .referred: #expect(tasks == ["FU-03 2026-12-05"])
    case .handledHere, .fetchedByFamily, .refused: #expect(tasks == ["FU-06 2026-11-22"])
    case .notThisPerson, .deviceFault, .followedUp, .notNeeded: #expect(tasks.isEmpty)
    }
}

@Test func `a referral's follow-up becomes urgent when its day has passed, keeps its date, and ends by a person`()
    throws
{
    var book = try Book(People.adult)
    book.answer(.danger, "2026-11-01 09:00", visit: 1)
    book.review("2026-11-01 09:00")
    try book.close("BP-03", .referred, "2026-11-01 10:00")
    book.review("2026-11-01 10:00")
    #expect(book.open == ["FU-03 soon"])
    #expect(book.review("2026-11-15 23:59").isEmpty)
    book.review("2026-11-16 00:00")
    #expect(book.open == ["FU-03 urgent"])
    #expect(try book.flag("FU-03").draft.due == day("2026-11-15"))
    try book.close("FU-03", .followedUp, "2026-11-16 10:00")
    #expect(book.review("2026-11-16 10:01").isEmpty)
}

@Test func `three failures in a visit ask for measuring by hand, and staff's reading ends it`() throws {
    for (answer, flag) in [(SymptomAnswer.none, "BP-14 soon"), (.mild, "BP-14 urgent")] {
        var book = try Book(People.child)
        book.answer(answer, "2026-11-21 09:00", visit: 1)
        book.failure("2026-11-21 09:01", visit: 1)
        book.failure("2026-11-21 09:03", visit: 1)
        book.failure("2026-11-21 09:03", visit: 2)
        #expect(book.review("2026-11-21 09:04").isEmpty)
        book.failure("2026-11-21 09:05", visit: 1)
        book.review("2026-11-21 09:05")
        #expect(book.open == [flag])
        #expect(try book.flag("BP-14").draft.due == day("2026-11-21"))
        book.cuff(120, 80, "2026-11-21 09:10", source: .cuffStation)
        book.review("2026-11-21 09:10")
        #expect(book.open == [flag], "a station's reading is not one by staff")
        book.cuff(120, 80, "2026-11-21 09:20", source: .manual)
        book.review("2026-11-21 09:20")
        #expect(book.open.isEmpty)
    }
}

@Test func `three failures with a danger sign are BP-03 too`() throws {
    var book = try Book(People.adult)
    for minute in 1...3 { book.failure("2026-11-21 09:0\(minute)", visit: 1) }
    book.answer(.silence, "2026-11-21 09:05", visit: 1)
    book.review("2026-11-21 09:05")
    #expect(book.open == ["BP-03 critical", "BP-14 soon"])
}

@Test(arguments: [(BandSignal.sos, true), (.fall, true), (.removed, false), (.lowBattery, false)])
func `SOS and fall are critical until a person closes them; a state of the band is nothing`(
    signal: BandSignal, raises: Bool
) throws {
    var book = try Book(People.child)
    book.signal(signal, "2026-11-21 09:00")
    book.review("2026-11-21 09:00")
    #expect(book.open == (raises ? ["W-03 critical"] : []))
    guard raises else { return }
    book.session(118, 74, "2026-11-21")
    #expect(book.review("2026-11-22 09:00").isEmpty, "never by a later reading")
    try book.take("W-03", "2026-11-22 09:01")
    book.signal(signal, "2026-11-22 09:02")
    book.review("2026-11-22 09:02")
    #expect(book.rang == 2)
    #expect(try book.flag("W-03").takenBy == nil)
    #expect(try book.flag("W-03").evidence.count == 2)
    try book.close("W-03", .deviceFault, "2026-11-22 10:00")
    #expect(book.review("2026-11-22 10:01").isEmpty)
    book.signal(signal, "2026-11-22 10:02")
    book.review("2026-11-22 10:02")
    #expect(book.open == ["W-03 critical"])
}
