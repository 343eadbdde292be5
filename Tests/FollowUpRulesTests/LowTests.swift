// BP-09 beyond its limits (BoundaryTests): answers, falls, what ends it, what a movement bit does.
import FollowUpRules
import Testing
import Vitals

@Test(arguments: [
    (SymptomAnswer.dizzy, "BP-09 urgent"), (.dizzySilence, "BP-09 urgent"), (.mild, "BP-09 urgent"),
    (.notDizzy, "BP-09 soon"), (.none, "BP-09 soon"),
])
func `two systolic readings below 90 are urgent with dizziness, silence, or a little unwell`(
    answer: SymptomAnswer, flag: String
) throws {
    var book = try Book(People.adult)
    book.session(88, 62, "2026-11-21", visit: 1)
    book.review("2026-11-21 09:17")
    #expect(book.open == ["BP-09 soon"])
    book.answer(answer, "2026-11-21 09:18", visit: 1)
    book.review("2026-11-21 09:18")
    #expect(book.open == [flag])
}

@Test func `a diastolic below 60 twice is listed with dizziness or a fall, and else only kept`() throws {
    for (answer, falls, flag) in [
        (SymptomAnswer.none, false, "BP-09 info"), (.dizzy, false, "BP-09 soon"), (.none, true, "BP-09 soon"),
        (.mild, false, "BP-09 routine"),
    ] {
        var book = try Book(People.adult)
        book.session(125, 58, "2026-11-21", visit: 1)
        book.answer(answer, "2026-11-21 09:20", visit: 1)
        if falls { book.signal(.fall, "2026-11-21 08:00") }
        book.review("2026-11-21 10:00")
        #expect(book.open.filter { $0.hasPrefix("BP-09") } == [flag])
    }
}

@Test func `a movement bit keeps a low reading out`() throws {
    var book = try Book(People.adult)
    book.cuff(75, 50, "2026-11-21 09:00", moved: true)
    #expect(book.review("2026-11-21 10:00").isEmpty)
}

@Test func `soon ends with a later session at the limit on the component that was low`() throws {
    var book = try Book(People.adult)
    book.session(88, 62, "2026-11-21")
    book.review("2026-11-21 10:00")
    book.session(89, 75, "2026-11-22")
    book.review("2026-11-22 10:00")
    #expect(book.open == ["BP-09 soon"])
    book.session(90, 55, "2026-11-23")
    book.review("2026-11-23 10:00")
    #expect(book.open == ["BP-09 soon"] || book.open == ["BP-09 info"], "now the diastolic is low")
    book.session(112, 72, "2026-11-24")
    book.review("2026-11-24 10:00")
    #expect(book.open.isEmpty)
}

@Test func `urgent ends by a person only, and the next qualifying reading raises it anew`() throws {
    var book = try Book(People.elder)
    book.session(84, 60, "2026-11-21")
    book.review("2026-11-21 10:00")
    #expect(book.open == ["BP-09 urgent"])
    for date in ["2026-11-22", "2026-11-23"] {
        book.session(118, 74, date)
        book.review("\(date) 10:00")
    }
    #expect(book.open == ["BP-09 urgent"])
    try book.close("BP-09", .followedUp, "2026-11-23 11:00")
    #expect(book.review("2026-11-23 11:01").isEmpty)
    book.session(84, 60, "2026-11-24")
    book.review("2026-11-24 10:00")
    #expect(book.open == ["BP-09 urgent"], "no quiet days for an urgent one")
}

@Test func `a low diastolic does not hide in a high systolic, nor a low systolic in a good diastolic`() throws {
    var book = try Book(People.adult)
    book.session(185, 48, "2026-11-21", visit: 1)
    book.review("2026-11-21 10:00")
    #expect(book.open.contains("BP-02 critical"))
    #expect(book.open.contains("BP-09 soon"))
}
