// OX-02, OX-03, TP-02, TP-03, GL-03, GL-04 and GL-06: single values beside the emergencies that StationRuleTests holds.
import FollowUpRules
import Testing
import Vitals

@Suite struct ValueTests {
    @Test(
        arguments: [
            ([93, 93], "soon 2026-11-24"), ([92, 93], "soon 2026-11-24"), ([94, 93], nil), ([93], nil),
            ([94, 94], nil), ([91, 93], "soon 2026-11-24"),
        ] as [([Int], String?)])
    func `OX-02 is two values of 92 or 93 on a day`(values: [Int], wanted: String?) throws {
        var book = try Book(People.adult)
        for (minute, percent) in values.enumerated() { book.spO2(percent, "2026-11-21 09:0\(minute)") }
        book.review("2026-11-21 12:00")
        #expect(flag("OX-02", of: book) == wanted)
        book.spO2(94, "2026-11-22 09:00")
        book.spO2(94, "2026-11-22 09:01")
        book.review("2026-11-22 12:00")
        #expect(flag("OX-02", of: book) == nil)
    }

    /// What was measured the day before, and what now: with COPD.
    @Test(
        arguments: [
            ([90, 90], [85, 85], "OX-01 critical, OX-03 urgent"), ([90, 90], [86, 86], ""),
            ([90, 90], [85], "OX-01 urgent, OX-03 urgent"), ([92, 90], [86], "OX-03 urgent"), ([92, 90], [87], ""),
            ([], [88, 88], ""), ([], [85, 85], "OX-01 critical, OX-03 urgent"), ([96], [91], "OX-03 urgent"),
            ([96], [92], ""),
        ] as [([Int], [Int], String)])
    func `OX-03 is very low twice, or five below the own median; twice 88 is ordinary with COPD`(
        before: [Int], now: [Int], wanted: String
    ) throws {
        var book = try Book(People.adult)
        book.mark(.condition(.copd, since: nil, until: nil))
        for (minute, percent) in before.enumerated() { book.spO2(percent, "2026-11-20 09:0\(minute)") }
        for (minute, percent) in now.enumerated() { book.spO2(percent, "2026-11-21 09:0\(minute * 2)") }
        book.review("2026-11-21 12:00")
        #expect(book.open.joined(separator: ", ") == wanted)
    }

    @Test func `the own median of OX-03 is of ninety days`() throws {
        for (date, raises) in [("2026-08-23", true), ("2026-08-22", false)] {
            var book = try Book(People.adult)
            book.mark(.condition(.copd, since: nil, until: nil))
            book.spO2(96, "\(date) 09:00")
            book.spO2(91, "2026-11-21 09:00")
            book.review("2026-11-21 12:00")
            #expect((flag("OX-03", of: book) != nil) == raises)
        }
    }

    @Test func `a hut on a mountain takes its step off every limit of oxygen`() throws {
        var policy = try shippedPolicy()
        policy.oxygen.altitudeStep.value = 3
        for (percent, wanted) in [(88, "OX-01"), (89, "OX-02"), (90, "OX-02"), (91, nil)] {
            var book = try Book(People.adult, policy: policy)
            book.spO2(percent, "2026-11-21 09:00")
            book.spO2(percent, "2026-11-21 09:02")
            book.review("2026-11-21 12:00")
            #expect(book.openFlags.first?.draft.rule.rawValue == wanted, "\(percent) %")
        }
    }

    @Test(
        arguments: [
            (3_809, nil), (3_810, "soon 2026-11-23"), (3_811, "soon 2026-11-23"), (3_900, "soon 2026-11-23"),
            (3_901, nil),
        ] as [(Int, String?)])
    func `TP-02 is from 38.1 to 39.0, and over below 37.3`(celsius: Int, wanted: String?) throws {
        var book = try Book(People.child)
        book.body(celsius, "2026-11-21 09:00")
        book.review("2026-11-21 12:00")
        #expect(flag("TP-02", of: book) == wanted)
        guard wanted != nil else { return }
        book.body(3_730, "2026-11-21 15:00")
        #expect(book.review("2026-11-21 15:00").isEmpty)
        book.body(3_729, "2026-11-21 16:00")
        book.review("2026-11-21 16:00")
        #expect(flag("TP-02", of: book) == nil)
    }

    @Test(
        arguments: [
            ([(3_500, "11-21"), (3_500, "11-21")], true), ([(3_501, "11-21"), (3_500, "11-21")], false),
            ([(3_500, "11-20"), (3_500, "11-21")], false), ([(3_500, "11-21")], false),
        ] as [([(Int, String)], Bool)])
    func `TP-03 is 35.0 twice on a day`(values: [(Int, String)], raises: Bool) throws {
        var book = try Book(People.child)
        for (hour, value) in values.enumerated() { book.body(value.0, "2026-\(value.1) 0\(8 + hour):00") }
        book.review("2026-11-21 12:00")
        #expect(flag("TP-03", of: book) == (raises ? "soon 2026-11-22" : nil))
        book.body(3_501, "2026-11-21 13:00")
        book.review("2026-11-21 13:00")
        #expect(flag("TP-03", of: book) == nil)
    }

    @Test(
        arguments: [
            (6_999, FastingAnswer.fasting, "GL-06 info 2027-11-21"), (7_000, .fasting, "GL-03 soon 2026-12-05"),
            (7_000, .eaten, ""), (7_000, .notSure, ""), (11_099, .eaten, ""), (11_100, .eaten, "GL-03 soon 2026-12-05"),
            (16_699, .fasting, "GL-03 soon 2026-12-05"), (6_100, .fasting, "GL-06 info 2027-11-21"),
            (6_099, .fasting, ""), (6_100, .eaten, ""),
        ])
    func `GL-03 and GL-06 at their limits, where no diabetes is known`(
        micromoles: Int, answer: FastingAnswer, wanted: String
    ) throws {
        for (resident, applies) in [(People.adult, true), (People.knownDiabetic, false)] {
            var book = try Book(resident)
            book.glucose(micromoles, "2026-11-21 09:00", answer)
            book.review("2026-11-21 12:00")
            let raised = book.openFlags.filter { ["GL-03", "GL-06"].contains($0.draft.rule) }
                .map { "\($0.draft.rule.rawValue) \($0.draft.severity) \($0.draft.due?.iso ?? "-")" }
            #expect(raised.joined() == (applies ? wanted : ""))
        }
    }

    /// Fasting values with their days, of a diabetic.
    @Test(
        arguments: [
            ([(7_000, "11-01"), (7_000, "11-29")], "soon 2026-12-13"), ([(7_000, "11-01"), (7_000, "11-30")], nil),
            ([(7_000, "11-01"), (6_999, "11-02")], nil), ([(10_000, "11-01")], "soon 2026-11-15"),
            ([(9_999, "11-01")], nil),
            ([(7_500, "11-01"), (7_500, "11-01")], nil),
        ] as [([(Int, String)], String?)])
    func `GL-04 is 7.0 fasting on two days of twenty-eight, or once 10.0`(values: [(Int, String)], wanted: String?)
        throws
    {
        var book = try Book(People.knownDiabetic)
        for (hour, value) in values.enumerated() { book.glucose(value.0, "2026-\(value.1) 0\(6 + hour):00", .fasting) }
        book.review("2026-\(values[values.count - 1].1) 12:00")
        #expect(flag("GL-04", of: book) == wanted)
    }

    @Test func `GL-04 ends with two good fasting days, or a recorded follow-up, and is quiet until its next date`()
        throws
    {
        var good = try Book(People.knownDiabetic)
        good.glucose(10_500, "2026-11-01 07:00", .fasting)
        good.review("2026-11-01 08:00")
        good.glucose(6_000, "2026-11-02 07:00", .fasting)
        good.glucose(6_000, "2026-11-02 12:00", .eaten)
        #expect(good.review("2026-11-02 13:00").isEmpty)
        var followed = good
        good.glucose(6_900, "2026-11-03 07:00", .fasting)
        good.review("2026-11-03 08:00")
        #expect(flag("GL-04", of: good) == nil)
        followed.followUp("2026-11-02", .controlled, .diabetes, next: "2026-11-20", recorded: "2026-11-02 14:00")
        followed.review("2026-11-02 14:00")
        #expect(flag("GL-04", of: followed) == nil)
        followed.glucose(10_500, "2026-11-19 07:00", .fasting)
        #expect(followed.review("2026-11-19 08:00").isEmpty)
        followed.glucose(10_500, "2026-11-20 07:00", .fasting)
        followed.review("2026-11-20 08:00")
        #expect(flag("GL-04", of: followed) == "soon 2026-12-04")
    }

    @Test func `a low sugar is critical for whoever takes insulin or tablets, by mark or by form`() throws {
        var marked = try Book(People.adult)
        marked.mark(.condition(.glucoseDrugs, since: nil, until: nil))
        var onForm = try Book(People.adult)
        onForm.followUp("2026-11-01", .controlled, .diabetes, insulin: "门冬胰岛素 12单位")
        for var book in [marked, onForm] {
            book.glucose(3_900, "2026-11-21 09:00")
            book.review("2026-11-21 09:00")
            #expect(flag("GL-01", of: book) == "critical 2026-11-21")
        }
    }
}

@Test
func `the limit that words go by is L where hypertension is known, else raised, and none where the nurse is asked`()
    throws
{
    let (policy, today) = (try shippedPolicy(), day("2026-11-21"))
    func limit(_ resident: Resident, _ marks: ResidentMarks = ResidentMarks()) -> String? {
        wordLimit(of: resident, marks: marks, on: today, policy: policy)?.text
    }
    #expect(limit(People.knownElder) == "150/90")
    #expect(limit(People.elder) == "140/90")
    #expect(limit(People.child) == nil)
    for condition in [Condition.pregnant, .lactating] {
        var marks = ResidentMarks()
        marks.apply(.condition(condition, since: today, until: today + 30))
        #expect(limit(People.adult, marks) == nil)
    }
}
