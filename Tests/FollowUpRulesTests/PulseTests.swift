// HR-01, HR-02, HR-03: a resting pulse, of a cuff or an oximeter, never of a wristband.
import FollowUpRules
import Testing
import Vitals

@Suite struct PulseTests {
    @Test(
        arguments: [
            ([(131, "09:00:00"), (131, "09:01:00")], true), ([(131, "09:00:00"), (131, "09:00:59")], false),
            ([(130, "09:00:00"), (131, "09:01:00")], false), ([(40, "09:00:00"), (40, "09:01:00")], true),
            ([(41, "09:00:00"), (40, "09:01:00")], false), ([(131, "09:00:00"), (40, "09:01:00")], false),
            ([(131, "09:00:00")], false),
        ] as [([(Int, String)], Bool)])
    func `HR-01 is twice at 131 or twice at 40, a minute apart, on one day`(values: [(Int, String)], raises: Bool)
        throws
    {
        for resident in [People.adult, People.child] {
            var book = try Book(resident)
            for (pulse, time) in values { book.spO2(98, "2026-11-21 \(time)", pulse: pulse) }
            book.review("2026-11-21 12:00")
            #expect(flag("HR-01", of: book) == (raises && resident == People.adult ? "urgent 2026-11-21" : nil))
        }
    }

    @Test func `HR-01 of cuff and oximeter together; of two days, of a moving arm and of a wristband not`() throws {
        var both = try Book(People.adult)
        both.cuff(120, 70, "2026-11-21 09:00", pulse: 140)
        both.spO2(97, "2026-11-21 09:03", pulse: 138)
        both.review("2026-11-21 12:00")
        #expect(flag("HR-01", of: both) == "urgent 2026-11-21")
        both.spO2(97, "2026-11-22 09:03", pulse: 70)
        #expect(both.review("2026-11-22 12:00").isEmpty, "ends by a person")
        var none = try Book(People.adult)
        none.cuff(120, 70, "2026-11-20 09:00", pulse: 140)
        none.cuff(120, 70, "2026-11-21 09:00", pulse: 140)
        none.cuff(120, 70, "2026-11-21 09:02", pulse: 140, moved: true)
        none.measured(.pulseRate(150), .wearable, "2026-11-21 09:04")
        none.review("2026-11-21 12:00")
        #expect(flag("HR-01", of: none) == nil)
    }

    @Test(arguments: [([40, 140], "140"), ([140, 40], "40")])
    func `HR-01 of two days says the newest, too fast or too slow`(pulses: [Int], newest: String) throws {
        var book = try Book(People.adult)
        for (place, pulse) in pulses.enumerated() {
            for minute in ["00", "02"] { book.spO2(98, "2026-11-2\(place) 09:\(minute)", pulse: pulse) }
        }
        book.review("2026-11-21 12:00")
        let flag = try book.flag("HR-01")
        #expect(flag.draft.evidence.sentence.english.contains("pulse \(newest) /min"))
        #expect(flag.draft.evidence.sentence.english.contains("21 Nov"))
    }

    @Test(arguments: [(101, "09:05:00", true), (101, "09:04:59", false), (100, "09:05:00", false)])
    func `HR-02 is above a hundred twice on a day, five minutes apart, with diabetes`(
        pulse: Int, time: String, raises: Bool
    ) throws {
        for (resident, applies) in [(People.knownDiabetic, true), (People.knownElder, false)] {
            var book = try Book(resident)
            book.cuff(120, 70, "2026-11-21 09:00:00", pulse: 101)
            book.spO2(98, "2026-11-21 \(time)", pulse: pulse)
            book.review("2026-11-21 12:00")
            #expect(flag("HR-02", of: book) == (raises && applies ? "urgent 2026-11-21" : nil))
        }
    }

    /// The pulse of two days, what was answered, whether the resident had sat, and the second day.
    @Test(
        arguments: [
            (45, SymptomAnswer.none, false, "2026-11-15", true), (46, .none, false, "2026-11-15", false),
            (50, .mild, false, "2026-11-15", true), (51, .mild, false, "2026-11-15", false),
            (50, .none, false, "2026-11-15", false), (101, .none, true, "2026-11-15", true),
            (101, .none, false, "2026-11-15", false), (100, .none, true, "2026-11-15", false),
            (45, .none, false, "2026-11-16", false),
        ])
    func `HR-03 is two days within fourteen: 45, or 50 and unwell, or above 100 after rest`(
        pulse: Int, answer: SymptomAnswer, isRested: Bool, second: String, raises: Bool
    ) throws {
        var book = try Book(People.adult)
        for (visit, date) in ["2026-11-01", second].enumerated() {
            book.answer(answer, "\(date) 09:00", visit: Int64(visit))
            book.rested(pulse, "\(date) 09:05", visit: Int64(visit), isRested: isRested)
            book.review("\(date) 12:00")
        }
        #expect(flag("HR-03", of: book) == (raises ? "soon \((day(second) + 14).iso)" : nil))
        guard raises else { return }
        book.rested(72, "2026-11-18 09:00", visit: 9, isRested: true)
        book.review("2026-11-18 12:00")
        #expect(flag("HR-03", of: book) == nil, "an ordinary day ends it")
    }
}

extension Book {
    fileprivate mutating func rested(_ pulse: Int, _ time: String, visit: Int64, isRested: Bool) {
        let reading = Reading(
            vital: .bloodPressure(BloodPressure(systolic: 118, diastolic: 70, pulse: PerMinute(pulse))),
            receivedAt: at(time), instrument: InstrumentID(rawValue: "cuff-1"), source: .cuffStation, arm: .right,
            rested: isRested ? .byClock(seconds: 300) : .no)
        add(
            RecordedReading(
                sequence: sequence(), reading: reading,
                owner: .resident(history.key, visit: VisitID(rawValue: visit))))
    }
}
