// BP-01, BP-01r, BP-02, BP-03: what rings, what confirms, what closes (H-07, H-09, H-24, H-25).
import FollowUpRules
import Testing
import Vitals

@Test func `one very high reading rings at once`() throws {
    var book = try Book(People.knownElder)
    book.cuff(198, 112, "2026-11-21 09:14", visit: 1)
    book.review("2026-11-21 09:14")
    #expect(book.open == ["BP-01 urgent"] || book.open == ["BP-01 urgent", "BP-07 soon"])
    #expect(try book.flag("BP-01").draft.due == day("2026-11-21"))
}

/// Rows: the readings of one session, minutes apart, `m` after a value for a movement bit; what stands at the end.
@Test(arguments: [
    ("180/80", "BP-01"), ("179/109", ""), ("120/110", "BP-01"), ("120/109", ""), ("181/80", "BP-01"),
    ("180/80m", "BP-01"), ("120/110m", "BP-01"),
    ("198/112 158/88", "BP-01r"), ("198/112 179/109", "BP-02"), ("181/80 178/80", "BP-02"),
    ("181/80 177/80", "BP-01r"), ("200/120 165/95", "BP-02"), ("220/120 130/80", "BP-01r"),
    ("185/80 150/112", "BP-02"), ("150/112 185/80", "BP-02"), ("185/80 150/111m", "BP-02"),
    ("198/112 158/88m", "BP-01"), ("198/112 158/88m 156/86", "BP-01r"),
    ("198/112 158/88 156/86", "BP-01r"), ("198/112 158/88 181/80", "BP-02"),
    ("130/80 198/112", "BP-01"), ("130/80 198/112 150/90", "BP-01r"), ("170/100 190/100", "BP-02"),
    ("185/80m 150/90", "BP-01r"), ("200/120 165/95 130/80", "BP-02"),
])
func `what a session of very high readings comes to, word by word of the table`(readings: String, rule: String) throws {
    for resident in [People.knownElder, People.adult, People.child, People.ageless] {
        var book = try Book(resident)
        for (index, text) in readings.split(separator: " ").enumerated() {
            let parts = text.split(separator: "/")
            let moved = parts[1].hasSuffix("m")
            let diastolic = try #require(Int(parts[1].filter(\.isNumber)))
            book.cuff(try #require(Int(parts[0])), diastolic, "2026-11-21 09:0\(index)", visit: 1, moved: moved)
            book.review("2026-11-21 09:0\(index)")
        }
        let crisis = book.open.filter { $0.hasPrefix("BP-01") || $0.hasPrefix("BP-02") }.map {
            $0.split(separator: " ")[0]
        }
        #expect(crisis == (rule.isEmpty ? [] : [rule[...]]), "\(readings) \(resident.number)")
    }
}

@Test func `two very high readings of one session confirm each other across midnight`() throws {
    var book = try Book(People.adult)
    book.cuff(185, 80, "2026-11-21 23:57", visit: 1)
    book.cuff(185, 80, "2026-11-22 00:02", visit: 1)
    book.review("2026-11-22 00:03")
    #expect(book.open.contains("BP-02 critical"))
}

@Test func `an average never hides a spike: 200/120 then 130/80 stays on the list`() throws {
    var book = try Book(People.adult)
    book.cuff(200, 120, "2026-11-21 09:00", visit: 1)
    book.review("2026-11-21 09:00")
    #expect(book.rang == 1)
    book.cuff(130, 80, "2026-11-21 09:02", visit: 1)
    book.review("2026-11-21 09:02")
    let flag = try book.flag("BP-01r")
    #expect(flag.draft.severity == .soon)
    #expect(flag.draft.due == day("2026-11-28"))
    #expect(try book.reason("BP-01").english == "not confirmed: BP-01r")
}

@Test func `a session that ends without a second reading stays urgent until a person closes it`() throws {
    var book = try Book(People.adult)
    book.cuff(190, 100, "2026-11-21 09:00", visit: 1)
    book.review("2026-11-21 09:00")
    for now in ["2026-11-21 10:00", "2026-11-22 00:00", "2026-12-24 12:00"] {
        #expect(book.review(now).isEmpty)
        #expect(try book.flag("BP-01").draft.severity == .urgent)
    }
    // Normal days later do not close it either.
    book.session(118, 74, "2026-12-25")
    book.review("2026-12-25 10:00")
    #expect(book.open.contains("BP-01 urgent"))
    try book.close("BP-01", .followedUp, "2026-12-25 11:00")
    #expect(book.review("2026-12-25 11:01").isEmpty)
}

@Test func `a second very high reading of the same day confirms, hours apart and on another cuff`() throws {
    var book = try Book(People.adult)
    book.cuff(190, 100, "2026-11-21 09:00", visit: 1)
    book.cuff(150, 90, "2026-11-21 09:02", visit: 1)
    book.review("2026-11-21 09:02")
    #expect(book.open.contains("BP-01r soon"))
    book.cuff(120, 111, "2026-11-21 17:30", visit: 2, instrument: "cuff-2")
    book.review("2026-11-21 17:30")
    #expect(book.open.filter { $0.hasPrefix("BP-0") && !$0.hasPrefix("BP-05") } == ["BP-02 critical"])
    // Past midnight it is another day.
    var night = try Book(People.adult)
    night.cuff(190, 100, "2026-11-21 23:50", visit: 1)
    night.cuff(190, 100, "2026-11-22 00:10", visit: 2)
    night.review("2026-11-22 00:10")
    #expect(night.open.contains("BP-01 urgent"))
    #expect(!night.open.contains("BP-02 critical"))
}

@Test(arguments: [SymptomAnswer.danger, .silence])
func `a danger sign or silence beside a very high reading is critical, one flag with both reasons`(
    answer: SymptomAnswer
) throws {
    for signFirst in [true, false] {
        var book = try Book(People.adult)
        if signFirst {
            book.answer(answer, "2026-11-21 09:00", visit: 1)
        } else {
            book.cuff(190, 100, "2026-11-21 09:00", visit: 1)
        }
        book.review("2026-11-21 09:00")
        #expect(book.open.contains(signFirst ? "BP-03 critical" : "BP-01 urgent"))
        if signFirst {
            book.cuff(190, 100, "2026-11-21 09:01", visit: 1)
        } else {
            book.answer(answer, "2026-11-21 09:01", visit: 1)
        }
        book.review("2026-11-21 09:01")
        #expect(book.open.filter { $0 != "BP-05 soon" } == ["BP-02 critical"])
        let flag = try book.flag("BP-02")
        #expect(flag.draft.evidence.readings.count == 2)
        #expect(flag.draft.evidence.sentence.chinese.contains("190/100"))
        #expect(flag.draft.evidence.sentence.chinese.contains(answer == .danger ? "有危险症状" : "没有回答"))
    }
}

@Test(arguments: [SymptomAnswer.danger, .silence])
func `a danger sign without a very high reading is BP-03, with any value or none`(answer: SymptomAnswer) throws {
    var book = try Book(People.adult)
    book.answer(answer, "2026-11-21 09:00", visit: 1)
    book.review("2026-11-21 09:00")
    #expect(book.open == ["BP-03 critical"])
    var child = try Book(People.child)
    child.cuff(118, 74, "2026-11-21 09:00", visit: 1)
    child.answer(answer, "2026-11-21 09:01", visit: 1)
    child.review("2026-11-21 09:01")
    #expect(child.open == ["BP-03 critical"])
}

@Test(arguments: [SymptomAnswer.none, .mild, .slip, .dizzy, .notDizzy, .dizzySilence])
func `a slip of the finger and the milder answers are facts, not flags`(answer: SymptomAnswer) throws {
    var book = try Book(People.adult)
    book.answer(answer, "2026-11-21 09:00", visit: 1)
    #expect(book.review("2026-11-21 09:00").isEmpty)
}

@Test func `a sign of another visit does not confirm`() throws {
    var book = try Book(People.adult)
    book.cuff(190, 100, "2026-11-21 09:00", visit: 1)
    book.answer(.danger, "2026-11-21 15:00", visit: 2)
    book.review("2026-11-21 15:00")
    #expect(book.open.filter { $0 != "BP-05 soon" } == ["BP-01 urgent", "BP-03 critical"])
}

@Test func `closed at 10:00, a second emergency at 15:00 rings again`() throws {
    var book = try Book(People.adult)
    book.cuff(190, 112, "2026-11-21 09:30", visit: 1)
    book.cuff(192, 112, "2026-11-21 09:32", visit: 1)
    book.review("2026-11-21 09:32")
    try book.close("BP-02", .handledHere, "2026-11-21 10:00")
    book.review("2026-11-21 10:01")
    #expect(!book.open.contains("BP-02 critical"))
    let rang = book.rang
    book.cuff(188, 110, "2026-11-21 15:00", visit: 2)
    book.review("2026-11-21 15:00")
    #expect(book.open.contains("BP-02 critical"))
    #expect(book.rang == rang + 1)
}

@Test func `while one is open a later visit's emergency rings again, and is appended, once for its visit`() throws {
    var book = try Book(People.adult)
    book.cuff(190, 112, "2026-11-21 09:30", visit: 1)
    book.cuff(192, 112, "2026-11-21 09:32", visit: 1)
    book.review("2026-11-21 09:32")
    try book.take("BP-02", "2026-11-21 09:40")
    let rang = book.rang
    book.cuff(194, 112, "2026-11-21 09:41", visit: 1)
    book.review("2026-11-21 09:41")
    #expect(book.rang == rang, "the same visit does not ring again")
    #expect(try book.flag("BP-02").takenBy != nil)
    book.cuff(185, 100, "2026-11-21 15:00", visit: 2)
    book.review("2026-11-21 15:00")
    #expect(book.rang == rang + 1)
    let flag = try book.flag("BP-02")
    #expect(flag.takenBy == nil, "taken is taken back when it rings again")
    #expect(flag.evidence.count == 3)
    #expect(book.history.flags.filter { $0.draft.rule == "BP-02" }.count == 1)
}

@Test func `a very high reading that a person dealt with does not come back as not confirmed`() throws {
    var book = try Book(People.adult)
    book.cuff(190, 112, "2026-11-21 09:30", visit: 1)
    book.review("2026-11-21 09:30")
    try book.close("BP-01", .handledHere, "2026-11-21 09:31")
    book.cuff(150, 88, "2026-11-21 09:33", visit: 1)
    book.review("2026-11-21 09:33")
    #expect(!book.open.contains { $0.hasPrefix("BP-01") })
    // A further one does ring: it confirms.
    book.cuff(186, 88, "2026-11-21 09:36", visit: 1)
    book.review("2026-11-21 09:36")
    #expect(book.open.contains("BP-02 critical"))
}

@Test(arguments: [(160, 80, false), (159, 100, false), (159, 99, true), (130, 80, true)])
func `BP-01r ends with a later day below 160/100 on both`(systolic: Int, diastolic: Int, ends: Bool) throws {
    var book = try Book(People.adult)
    book.cuff(190, 112, "2026-11-21 09:30", visit: 1)
    book.cuff(150, 88, "2026-11-21 09:33", visit: 1)
    book.review("2026-11-21 09:33")
    // The same day is not later.
    book.session(130, 80, "2026-11-21")
    book.review("2026-11-21 20:00")
    #expect(book.open.contains("BP-01r soon"))
    book.session(systolic, diastolic, "2026-11-27")
    book.review("2026-11-27 10:00")
    #expect(book.open.contains("BP-01r soon") != ends)
}

@Test func `a reading that is taken away leaves the crisis flag to a person, with the reason beside it`() throws {
    for second in [nil, 192] as [Int?] {
        var book = try Book(People.adult)
        let first = book.cuff(190, 112, "2026-11-21 09:30", visit: 1)
        if let second { book.cuff(second, 100, "2026-11-21 09:32", visit: 1) }
        book.review("2026-11-21 09:32")
        let rule: RuleID = second == nil ? "BP-01" : "BP-02"
        book.history.readings.removeAll { $0.sequence == first }
        let changes = book.review("2026-11-21 09:40")
        #expect(!changes.contains { if case .clear(rule, _, _) = $0 { true } else { false } })
        let flag = try book.flag(rule)
        #expect(flag.evidence.last?.sentence.english.contains("taken away") == true)
        #expect(book.review("2026-11-22 09:00").isEmpty, "the reason is noted once")
    }
}

@Test func `what is left of the readings says why a flag stands, when one of them is taken away`() throws {
    var book = try Book(People.adult)
    book.cuff(190, 112, "2026-11-21 09:30", visit: 1)
    let second = book.cuff(192, 100, "2026-11-21 09:32", visit: 1)
    book.cuff(188, 111, "2026-11-21 09:34", visit: 1)
    book.review("2026-11-21 09:34")
    book.history.readings.removeAll { $0.sequence == second }
    book.review("2026-11-21 09:40")
    let flag = try book.flag("BP-02")
    #expect(flag.evidence.contains { $0.sentence.english.contains("taken away") })
    #expect(
        flag.evidence.last?.sentence.english.contains("taken away") == false, "\(flag.evidence.map(\.sentence.english))"
    )
    #expect(book.review("2026-11-22 09:00").isEmpty, "both are noted once")
}

@Test func `moving a reading raises for the one and clears for the other`() throws {
    var hers = try Book(People.knownElder)
    hers.session(170, 95, "2026-11-21")
    hers.review("2026-11-21 10:00")
    #expect(hers.open == ["BP-07 soon"])
    var his = try Book(People.adult)
    for reading in hers.history.readings { his.add(reading) }
    hers.history.readings = []
    hers.review("2026-11-21 11:00")
    his.review("2026-11-21 11:00")
    #expect(hers.open.isEmpty)
    #expect(his.open == ["BP-05 soon"])
    // And back again.
    for reading in his.history.readings { hers.add(reading) }
    his.history.readings = []
    hers.review("2026-11-21 12:00")
    his.review("2026-11-21 12:00")
    #expect(hers.open == ["BP-07 soon"])
    #expect(his.open.isEmpty)
}
