// Readings that come late, clocks that cannot be trusted, people who are gone (H-02, H-03, H-25).
import FollowUpRules
import Testing
import Vitals

@Test(arguments: [
    ("2026-11-21 09:00:00", "BP-01 urgent", false), ("2026-11-21 09:00:01", "BP-01r soon", true),
    ("2026-12-20 09:00:00", "BP-01r soon", true), ("2026-12-20 09:00:01", "BP-01r info", true),
])
func `a very high reading late by more than a day is to be measured again, by more than thirty days only told`(
    received: String, flag: String, isLate: Bool
) throws {
    var book = try Book(People.adult)
    book.cuff(198, 112, "2026-11-20 09:00:00", received: received)
    book.review(received)
    #expect(book.open.filter { $0.hasPrefix("BP-01") } == [flag])
    let raised = try #require(book.openFlags.first { $0.draft.rule.rawValue.hasPrefix("BP-01") })
    #expect(raised.draft.isLate == isLate)
    #expect(try #require(raised.draft.due) >= shanghai.day(of: at(received)), "no date in the past")
    #expect(raised.draft.evidence.sentence.chinese.hasPrefix("11-20 09:00 量的，晚到：") == isLate)
}

@Test func `ninety stored readings of long ago raise nothing urgent and one flag a rule`() throws {
    var book = try Book(People.adult)
    for number in 0..<90 {
        book.cuff(
            190, 115, "2026-0\(number / 28 + 2)-\((number % 28 + 1).padded(2)) 08:00", received: "2026-11-21 09:00")
    }
    book.review("2026-11-21 09:00")
    #expect(book.openFlags.allSatisfy { $0.draft.severity == .info && $0.draft.isLate })
    #expect(book.openFlags.count <= 2)
}

@Test func `a late reading does not confirm a live one`() throws {
    var book = try Book(People.adult)
    book.cuff(190, 100, "2026-11-21 09:00", visit: 1)
    book.cuff(150, 90, "2026-11-21 09:02", visit: 1)
    book.cuff(195, 100, "2026-11-21 18:00", instrument: "cuff-9", received: "2026-11-23 09:00")
    book.review("2026-11-23 09:00")
    #expect(!book.open.contains("BP-02 critical"))
}

@Test func `a memory record whose clock is unknown counts as late`() throws {
    var book = try Book(People.adult)
    book.cuff(198, 112, "2000-01-01 00:00", received: "2000-01-01 00:00", confidence: .timeFault)
    book.review("2026-11-21 09:00")
    #expect(!book.open.contains { $0.hasPrefix("BP-01 ") || $0.hasPrefix("BP-02") })
}

@Test func `with an untrusted clock the crisis rules run and no due date is made`() throws {
    var book = try Book(People.adult)
    book.cuff(198, 112, "1970-01-02 09:00", visit: 1, confidence: .clockUntrusted)
    book.review("1970-01-02 09:00")
    #expect(book.open == ["BP-01 urgent"])
    #expect(try book.flag("BP-01").draft.due == nil)
    book.cuff(196, 108, "1970-01-02 09:02", visit: 1, confidence: .clockUntrusted)
    book.review("1970-01-02 09:02")
    #expect(book.open == ["BP-02 critical"])
    #expect(try book.flag("BP-02").draft.due == nil)
    #expect(try book.flag("BP-02").draft.listedFrom == nil)
}

@Test func `an emergency of an untrusted clock is still raised when the clock is right again`() throws {
    var book = try Book(People.adult)
    book.cuff(198, 112, "1970-01-02 09:00", visit: 1, confidence: .clockUntrusted)
    book.review("2026-11-21 09:00")
    #expect(book.open == ["BP-01 urgent"])
    #expect(try book.flag("BP-01").draft.due == nil)
    // An older ordinary day does not end it once it is not confirmed.
    book.session(120, 75, "2026-11-20")
    #expect(book.review("2026-11-21 10:00").isEmpty)
}

@Test func `with an untrusted clock no other rule speaks`() throws {
    var book = try Book(People.knownElder)
    for (systolic, diastolic, minute) in [(170, 100, 0), (172, 100, 1), (70, 40, 2), (72, 40, 3)] {
        book.cuff(systolic, diastolic, "1970-01-02 09:0\(minute)", visit: 1, confidence: .clockUntrusted)
    }
    #expect(book.review("1970-01-02 09:05").isEmpty)
}

@Test(arguments: [ResidentStatus.dead, .moved])
func `the flags of one who died or moved end with that reason, and none is raised`(status: ResidentStatus) throws {
    var book = try Book(People.knownElder)
    book.cuff(198, 112, "2026-11-21 09:00", visit: 1)
    book.cuff(196, 112, "2026-11-21 09:02", visit: 1)
    book.review("2026-11-21 09:02")
    #expect(!book.open.isEmpty)
    book.history.status = status
    book.review("2026-11-22 09:00")
    #expect(book.open.isEmpty)
    #expect(try book.reason("BP-02").english == (status == .dead ? "died" : "moved away"))
    book.cuff(198, 112, "2026-11-23 09:00", visit: 2)
    #expect(book.review("2026-11-23 09:00").isEmpty)
}

@Test func `another time zone and local midnight raise nothing twice`() throws {
    var book = try Book(People.knownElder)
    book.cuff(198, 112, "2026-11-21 23:50", visit: 1)
    book.session(155, 92, "2026-11-20")
    book.review("2026-11-21 23:50")
    let raised = book.history.flags.count
    book.review("2026-11-22 00:00")
    book.review(at("2026-11-22 00:01"), offset: UTCOffset(seconds: 0))
    book.review(at("2026-11-22 00:02"), offset: UTCOffset(seconds: 9 * 3_600))
    book.review("2026-11-22 00:03")
    #expect(book.history.flags.count == raised, "\(book.history.flags.map(\.draft.rule.rawValue))")
}

/// Values a few hours after midnight, where another time zone is another day.
@Test(arguments: [-11, 0, 7, 9, 14]) func `a hut moved to another time zone raises nothing a second time`(hours: Int)
    throws
{
    var known = try Book(People.knownElder)
    for minute in ["00", "02"] { known.cuff(165, 92, "2026-11-18 03:\(minute)", visit: nil) }
    known.cuff(198, 112, "2026-11-19 03:00", visit: 1)
    known.cuff(150, 90, "2026-11-19 03:02", visit: 1)
    var unknown = try Book(People.adult)
    for minute in ["00", "02"] { unknown.cuff(152, 94, "2026-11-19 03:\(minute)", visit: nil) }
    for var book in [known, unknown] {
        book.review("2026-11-19 03:05")
        let raised = book.history.flags
        #expect(!raised.isEmpty)
        for offset in [hours, 8, hours] {
            book.review(at("2026-11-19 12:00"), offset: UTCOffset(seconds: offset * 3_600))
            #expect(book.history.flags.map(\.ended) == raised.map(\.ended), "\(offset)")
        }
    }
}

@Test(arguments: [(24, "GL-02 critical"), (25, "GL-02 urgent"), (721, "GL-02 info")])
func `an emergency of a meter's memory that came late is at most urgent, a very late one informs`(
    hours: Int, stands: String
) throws {
    var book = try Book(People.elder)
    let measured = at("2026-10-01 09:00")
    let reading = Reading(
        vital: .glucose(Glucose(micromolesPerLitre: 17_000)), receivedAt: measured + .seconds(hours * 3_600),
        measuredAt: measured, instrument: InstrumentID(rawValue: "meter-1"), source: .glucometer)
    book.history.readings.append(
        RecordedReading(
            sequence: FactSequence(rawValue: 900), reading: reading, owner: .resident(book.history.key, visit: nil)))
    book.review(measured + .seconds(hours * 3_600 + 60))
    #expect(book.open.filter { $0.hasPrefix("GL-02") } == [stands])
}
