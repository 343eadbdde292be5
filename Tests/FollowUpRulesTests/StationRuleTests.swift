// OX-01, TP-01, GL-01, GL-01n and GL-02 at every limit and one step to either side, at the ends of a device's range, and
// with what has no way in: wristbands and skins.
import Testing
import Vitals

@testable import FollowUpRules

extension Book {
    /// A value of an instrument at the booth, reviewed.
    @discardableResult
    fileprivate mutating func value(
        _ vital: Vital, _ source: SourceClass, _ time: String, visit: Int64 = 1, confidence: TimeConfidence = .ok
    ) -> FactSequence {
        let sequence = sequence()
        history.readings.append(
            RecordedReading(
                sequence: sequence,
                reading: Reading(
                    vital: vital, receivedAt: at(time), timeConfidence: confidence,
                    instrument: InstrumentID(rawValue: "\(source)-1"), source: source),
                owner: .resident(history.key, visit: VisitID(rawValue: visit))))
        return sequence
    }

    fileprivate mutating func oxygen(
        _ percent: Int, _ time: String, _ source: SourceClass = .oximeter, visit: Int64 = 1
    ) {
        value(.oxygenSaturation(OxygenSaturation(percent: percent, pulse: 70)), source, time, visit: visit)
    }

    fileprivate mutating func sugar(_ micromoles: Int, _ time: String, _ source: SourceClass = .glucometer) {
        value(.glucose(Glucose(micromolesPerLitre: micromoles)), source, time)
    }

    fileprivate mutating func noValue(_ kind: VitalKind, _ why: NoValueClass, _ time: String) {
        history.noValues.append(
            NoValueReport(
                sequence: sequence(), kind: kind, why: why, instrument: InstrumentID(rawValue: "meter-1"), visit: nil,
                at: at(time)))
    }

    /// What the rules would raise at a time, `OX-01 urgent`.
    fileprivate func raised(_ time: String = "2026-11-21 12:00") -> [String] {
        FollowUpRules.review(history, policy: policy, now: at(time), offset: shanghai).compactMap { change -> String? in
            guard case .raise(let draft) = change, !Book.calendar.contains(draft.rule) else { return nil }
            return "\(draft.rule.rawValue) \(draft.severity)"
        }.sorted()
    }
}

@Suite struct StationRuleTests {
    @Test(
        arguments: [
            ([(91, "09:00"), (91, "09:01")], ["OX-01 urgent"]), ([(92, "09:00"), (91, "09:01")], ["OX-02 soon"]),
            ([(91, "09:00")], []), ([(86, "09:00")], []), ([(85, "09:00")], ["OX-01 urgent"]),
            ([(85, "09:00"), (96, "09:02")], ["OX-01 urgent"]), ([(85, "09:00"), (85, "09:02")], ["OX-01 critical"]),
            ([(85, "09:00"), (90, "09:02")], ["OX-01 urgent"]), ([(85, "09:00"), (88, "09:00:30")], ["OX-01 urgent"]),
            ([(85, "09:00"), (96, "09:02"), (94, "09:03")], []),
            ([(96, "09:00"), (85, "09:02"), (95, "09:03")], ["OX-01 urgent"]),
        ] as [([(Int, String)], [String])])
    func `OX-01 looks at low values twice, very low ones once or twice`(values: [(Int, String)], raised: [String])
        throws
    {
        var book = try Book(People.elder)
        for (percent, time) in values { book.oxygen(percent, "2026-11-21 \(time)") }
        #expect(book.raised() == raised)
    }

    @Test func `OX-01 with breathlessness is critical at once`() throws {
        var book = try Book(People.elder)
        book.oxygen(91, "2026-11-21 09:00", visit: 3)
        book.answer(.danger, "2026-11-21 09:03", visit: 3)
        #expect(book.raised().contains("OX-01 critical"))
    }

    @Test(arguments: [(91, ["OX-01 urgent"]), (85, ["OX-01 critical"]), (92, [])])
    func `OX-01 speaks at any age, OX-02 of adults`(percent: Int, raised: [String]) throws {
        var book = try Book(People.child)
        for time in ["09:00", "09:02"] { book.spO2(percent, "2026-11-21 \(time)") }
        #expect(book.raised() == raised)
    }

    @Test func `what staff typed counts as what an instrument said, what a wristband estimates does not`() throws {
        for (source, raised) in [(SourceClass.manual, ["OX-01 critical"]), (.wearable, [])] {
            var book = try Book(People.elder)
            for time in ["09:00", "09:02"] {
                book.measured(.oxygenSaturation(OxygenSaturation(percent: 84)), source, "2026-11-21 \(time)")
            }
            #expect(book.raised() == raised)
        }
    }

    @Test func `OX-01 asks for two values a minute apart`() throws {
        var book = try Book(People.elder)
        book.oxygen(90, "2026-11-21 09:00:00")
        book.oxygen(90, "2026-11-21 09:00:59")
        #expect(book.raised() == ["OX-02 soon"])
        book.oxygen(90, "2026-11-21 09:01:00")
        #expect(book.raised() == ["OX-01 urgent"])
    }

    @Test func `OX-01 is over after two good values, and a wristband raises nothing and ends nothing`() throws {
        var book = try Book(People.elder)
        book.oxygen(80, "2026-11-21 08:00", .wearable)
        book.oxygen(80, "2026-11-21 08:05", .wearable)
        #expect(book.raised() == [])
        book.oxygen(90, "2026-11-21 09:00")
        book.oxygen(90, "2026-11-21 09:02")
        for minute in 10...14 { book.oxygen(99, "2026-11-21 09:\(minute)", .wearable) }
        book.oxygen(94, "2026-11-21 09:20")
        #expect(book.raised() == ["OX-01 urgent"])
        book.oxygen(94, "2026-11-21 09:22")
        #expect(book.raised() == [])
    }

    @Test(arguments: [(3_900, ["TP-02 soon"]), (3_901, ["TP-01 urgent"])] as [(Int, [String])])
    func `TP-01 is a body's above 39.0, never a skin's`(celsius: Int, raised: [String]) throws {
        var book = try Book(People.elder)
        book.value(.surfaceTemperature(centiCelsius: 4_200), .thermometer, "2026-11-21 08:00")
        book.value(.temperature(centiCelsius: 4_200), .wearable, "2026-11-21 08:01")
        #expect(book.raised() == [])
        book.value(.temperature(centiCelsius: celsius), .thermometer, "2026-11-21 09:00")
        #expect(book.raised() == raised)
    }

    @Test func `TP-01 is critical with diabetes, ends below 38.1 without, and no skin ends it`() throws {
        var diabetic = try Book(People.knownDiabetic)
        diabetic.value(.temperature(centiCelsius: 3_901), .thermometer, "2026-11-21 09:00")
        #expect(diabetic.raised() == ["TP-01 critical"])
        var book = try Book(People.elder)
        book.value(.temperature(centiCelsius: 3_950), .thermometer, "2026-11-21 09:00")
        book.value(.surfaceTemperature(centiCelsius: 3_400), .thermometer, "2026-11-21 10:00")
        book.value(.temperature(centiCelsius: 3_810), .thermometer, "2026-11-21 10:01")
        #expect(book.raised() == ["TP-01 urgent", "TP-02 soon"])
        book.value(.temperature(centiCelsius: 3_809), .thermometer, "2026-11-21 11:00")
        #expect(book.raised() == ["TP-02 soon"])
    }

    @Test(arguments: [
        (2_999, "GL-01 critical", "GL-01 critical"), (3_000, "GL-01n soon", "GL-01 critical"),
        (3_900, "GL-01n soon", "GL-01 critical"), (3_901, "", ""), (16_699, "GL-03 soon", ""),
        (16_700, "GL-02 critical", "GL-02 critical"),
    ])
    func `GL-01 and GL-02 at their limits`(micromoles: Int, anybody: String, diabetic: String) throws {
        for (resident, wanted) in [(People.elder, anybody), (People.knownDiabetic, diabetic)] {
            var book = try Book(resident)
            book.sugar(micromoles, "2026-11-21 09:00")
            #expect(book.raised().joined() == wanted)
        }
    }

    @Test(
        arguments: [
            (VitalKind.glucose, NoValueClass.belowRange, ["GL-01 critical"]),
            (.glucose, .aboveRange, ["GL-02 critical"]),
            (.glucose, .noSignal, []), (.glucose, .fault, []), (.temperature, .aboveRange, ["TP-01 urgent"]),
            (.temperature, .belowRange, []), (.oxygenSaturation, .belowRange, ["OX-01 urgent"]),
            (.oxygenSaturation, .aboveRange, []), (.oxygenSaturation, .noSignal, []),
            (.surfaceTemperature, .aboveRange, []),
        ] as [(VitalKind, NoValueClass, [String])])
    func `H-30: a device without a number counts at that end of its range alone`(
        kind: VitalKind, why: NoValueClass, raised: [String]
    ) throws {
        var book = try Book(People.elder)
        book.noValue(kind, why, "2026-11-21 09:00")
        #expect(book.raised() == raised)
    }

    @Test func `a low sugar is said in words, with its time and its instrument`() throws {
        var book = try Book(People.elder)
        book.sugar(2_900, "2026-11-21 09:00")
        book.noValue(.glucose, .belowRange, "2026-11-21 09:20")
        let changes = FollowUpRules.review(
            book.history, policy: book.policy, now: at("2026-11-21 12:00"), offset: shanghai)
        guard case .raise(let draft) = try #require(changes.first) else { return }
        #expect(draft.evidence.sentence.chinese == "血糖低于机器量程 11-21 09:20 meter-1")
        #expect(draft.evidence.readings.count == 2)
    }

    @Test func `a sugar of a wristband and a value whose time is not known raise nothing`() throws {
        var book = try Book(People.knownDiabetic)
        book.sugar(2_000, "2026-11-21 09:00", .wearable)
        book.value(
            .glucose(Glucose(micromolesPerLitre: 2_000)), .glucometer, "2026-11-21 09:00", confidence: .timeFault)
        #expect(book.raised() == [])
    }

    @Test(arguments: [
        (Vital.oxygenSaturation(OxygenSaturation(percent: 91)), false, ValueAdvice.warmTheHand),
        (.oxygenSaturation(OxygenSaturation(percent: 91)), true, .lowOxygen),
        (.oxygenSaturation(OxygenSaturation(percent: 92)), true, .none),
        (.glucose(Glucose(micromolesPerLitre: 3_999)), false, .lowSugar),
        (.glucose(Glucose(micromolesPerLitre: 4_000)), false, .none),
        (.glucose(Glucose(micromolesPerLitre: 16_700)), false, .seeDoctor),
        (.temperature(centiCelsius: 3_901), false, .seeDoctor), (.temperature(centiCelsius: 3_900), false, .none),
        (.surfaceTemperature(centiCelsius: 4_200), false, .none), (.weight(grams: 61_000), false, .none),
    ])
    func `the kiosk says what the rules say`(vital: Vital, isRepeated: Bool, wanted: ValueAdvice) throws {
        #expect(try advice(for: vital, isRepeated: isRepeated, policy: shippedPolicy()) == wanted)
    }
}
