// Words for a value: the table of visit-script section 3, line by line, and what the kiosk asks after a reading.
import FollowUpRules
import Testing
import Vitals

private let pregnant = Resident(
    number: "080", name: "陈静", sex: .female, birth: LocalDay(iso: "1995-01-01"), conditions: [.pregnant])

/// Who, systolic, diastolic, shape, Chinese.
private let table: [(String, Resident?, Int, Int, String, String)] = [
    ("guest", nil, 180, 80, "^^", "很高，今天要看医生"), ("known", People.knownElder, 120, 110, "^^", "很高，今天要看医生"),
    ("child", People.child, 180, 80, "^^", "很高，今天要看医生"), ("pregnant", pregnant, 181, 80, "^^", "很高，今天要看医生"),
    ("known", People.knownElder, 149, 89, "O", "在您的范围里(150/90 以下)"),
    ("known", People.knownAdult, 139, 89, "O", "在您的范围里(140/90 以下)"),
    ("known", People.knownDiabetic, 139, 89, "O", "在您的范围里(140/90 以下)"),
    ("known", People.knownElder, 150, 89, "^", "超过您的范围一点，护士会看到"),
    ("known", People.knownElder, 149, 90, "^", "超过您的范围一点，护士会看到"),
    ("known", People.knownElder, 159, 99, "^", "超过您的范围一点，护士会看到"),
    ("known", People.knownElder, 160, 80, "^", "超过您的范围，一周内护士联系您"),
    ("known", People.knownElder, 140, 100, "^", "超过您的范围，一周内护士联系您"),
    ("known", People.knownElder, 179, 109, "^", "超过您的范围，一周内护士联系您"),
    ("not known", People.elder, 119, 79, "O", "在正常范围"), ("guest", nil, 119, 79, "O", "在正常范围"),
    ("not known", People.elder, 120, 79, "O", "还可以，少吃盐，半年内再量"),
    ("not known", People.elder, 119, 80, "O", "还可以，少吃盐，半年内再量"),
    ("guest", nil, 139, 89, "O", "还可以，少吃盐，半年内再量"),
    ("not known", People.elder, 140, 89, "^", "这次偏高，请换两天再各量一次"),
    ("not known", People.elder, 139, 90, "^", "这次偏高，请换两天再各量一次"),
    ("guest", nil, 159, 99, "^", "这次偏高，请换两天再各量一次"),
    ("not known", People.adult, 160, 80, "^", "这次高，请这几天来找护士"),
    ("guest", nil, 179, 109, "^", "这次高，请这几天来找护士"),
    ("child", People.child, 110, 70, "?", "存好了，请问护士"), ("pregnant", pregnant, 110, 70, "?", "存好了，请问护士"),
    ("pregnant", pregnant, 150, 95, "?", "存好了，请问护士"), ("age unknown", People.ageless, 119, 79, "O", "在正常范围"),
]

@Test(arguments: table.indices)
func `the word for a value is that of the table`(line: Int) throws {
    let (_, resident, systolic, diastolic, shape, chinese) = table[line]
    let policy = try shippedPolicy()
    for count in [2, 1] {
        let value = SessionValue(
            systolic: MmHg(systolic), diastolic: MmHg(diastolic), pulse: 70, count: count, isComplete: count == 2)
        let word = valueWord(for: value, isLow: false, of: resident, on: day("2026-11-21"), policy: policy)
        #expect(word.shape == (count == 1 ? "?" : shape))
        #expect(word.text.chinese == chinese + (count == 1 ? "，只量了一遍，只作参考" : ""))
        #expect(word.text.english.isEmpty == false)
    }
}

@Test func `the English word is that of the table`() throws {
    let policy = try shippedPolicy()
    let value = SessionValue(systolic: 136, diastolic: 81, pulse: 71, count: 2, isComplete: true)
    let word = valueWord(for: value, isLow: false, of: People.knownElder, on: day("2026-11-21"), policy: policy)
    #expect(
        word
            == ValueWord(
                shape: "O", text: LocalizedText("在您的范围里(150/90 以下)", en: "within your range (below 150/90)")))
}

@Test(arguments: [
    ([(89, 62), (88, 60)], true), ([(89, 62)], false), ([(79, 60)], true), ([(89, 62), (90, 60)], false),
    ([(109, 59), (108, 58)], true), ([(110, 59), (110, 58)], false), ([(125, 48), (126, 48)], false),
    ([(80, 65), (80, 65)], true),
])
func `low is low on the systolic, or on both; a low diastolic beside a good systolic gets no word`(
    readings: [(Int, Int)], isLow: Bool
) throws {
    var book = try Book(People.elder)
    for (index, value) in readings.enumerated() { book.cuff(value.0, value.1, "2026-11-21 09:0\(index)", visit: 1) }
    let outcome = try #require(
        visitOutcome(
            of: book.history.readings, for: People.elder, openFlags: [], policy: book.policy, offset: shanghai))
    #expect(outcome.isLow == isLow)
    #expect(outcome.word.text.chinese.hasPrefix("偏低，坐着别急着起来") == isLow)
    let child = try #require(
        visitOutcome(
            of: book.history.readings, for: People.child, openFlags: [], policy: book.policy, offset: shanghai))
    #expect(!child.isLow)
}

@Test(arguments: [
    ("198/112", CrisisState.first), ("198/112 158/88", .notConfirmed), ("198/112 190/100", .confirmed),
    ("200/120 165/95", .confirmed), ("138/82 136/80", .none), ("198/112 158/88m", .first), ("190/90m", .first),
])
func `where a visit stands after its last reading`(readings: String, state: CrisisState) throws {
    var book = try Book(People.elder)
    // What happened in the morning is not this visit's screen.
    book.cuff(199, 100, "2026-11-21 07:00", visit: 1)
    for (index, text) in readings.split(separator: " ").enumerated() {
        let parts = text.split(separator: "/")
        let diastolic = try #require(Int(parts[1].filter(\.isNumber)))
        book.cuff(
            try #require(Int(parts[0])), diastolic, "2026-11-21 09:0\(index)", visit: 2, moved: parts[1].hasSuffix("m"))
    }
    let visit = book.history.readings.filter { $0.owner == .resident(book.history.key, visit: VisitID(rawValue: 2)) }
    let outcome = try #require(
        visitOutcome(of: visit, for: People.elder, openFlags: [], policy: book.policy, offset: shanghai))
    #expect(outcome.crisis == state)
}

@Test(arguments: [
    (150, 80, 70, 120, 80, 70, false), (151, 80, 70, 120, 80, 70, true), (120, 80, 70, 120, 80, 95, false),
    (120, 80, 70, 120, 80, 96, true), (120, 110, 70, 120, 60, 70, false),
])
func `more than 30 systolic or 25 pulse apart asks whose it is`(
    systolic: Int, diastolic: Int, pulse: Int, second: Int, secondDiastolic: Int, secondPulse: Int, asks: Bool
) throws {
    let one = BloodPressure(systolic: MmHg(systolic), diastolic: MmHg(diastolic), pulse: PerMinute(pulse))
    let other = BloodPressure(systolic: MmHg(second), diastolic: MmHg(secondDiastolic), pulse: PerMinute(secondPulse))
    #expect(differsTooMuch(one, other, policy: try shippedPolicy()) == asks)
    #expect(differsTooMuch(other, one, policy: try shippedPolicy()) == asks)
}

@Test(arguments: [(140, 80, 130, 70, false), (141, 80, 130, 80, true), (140, 81, 140, 70, true)])
func `more than 10 apart on either needs a third`(a: Int, b: Int, c: Int, d: Int, third: Bool) throws {
    let one = BloodPressure(systolic: MmHg(a), diastolic: MmHg(b))
    let other = BloodPressure(systolic: MmHg(c), diastolic: MmHg(d))
    #expect(needsThird(one, other, policy: try shippedPolicy()) == third)
}

@Test func `the day to come back is the flag's, a week for other days, half a year for high normal`() throws {
    let policy = try shippedPolicy()
    func next(_ systolic: Int, _ resident: Resident?, flags: [Flag] = []) -> LocalDay? {
        let value = SessionValue(systolic: MmHg(systolic), diastolic: 78, pulse: nil, count: 2, isComplete: true)
        return nextDay(after: value, of: resident, openFlags: flags, on: day("2026-11-21"), policy: policy)
    }
    var book = try Book(People.adult)
    book.cuff(198, 112, "2026-11-21 09:14", visit: 1)
    book.cuff(158, 88, "2026-11-21 09:16", visit: 1)
    book.review("2026-11-21 09:16")
    #expect(next(158, People.adult, flags: book.openFlags) == day("2026-11-28"))
    var raised = try Book(People.adult)
    raised.session(145, 85, "2026-11-21")
    raised.review("2026-11-21 09:20")
    #expect(next(145, People.adult, flags: raised.openFlags) == day("2026-11-28"))
    #expect(next(125, People.adult) == day("2027-05-20"))
    #expect(next(115, People.adult) == nil)
    #expect(next(125, People.knownElder) == nil)
}

@Test func `the limit of a person follows age and diabetes on the day`() throws {
    let policy = try shippedPolicy()
    func text(_ resident: Resident, _ on: String) -> String {
        let (systolic, diastolic) = limit(of: resident, on: day(on), policy: policy)
        return "\(systolic.value)/\(diastolic.value)"
    }
    #expect(text(People.knownElder, "2021-03-01") == "140/90")
    #expect(text(People.knownElder, "2021-03-02") == "150/90")
    #expect(text(People.knownDiabetic, "2026-11-21") == "140/90")
    #expect(text(People.knownAgeless, "2026-11-21") == "140/90")
}
