// The follow-up cases of nurse-screens 4, typed as counted, each with the record that must come out of them.

import Kiosk
import Testing
import TextScreen
import Vitals

@Suite struct `A follow-up takes the keys that were counted` {
    static let key = ResidentKey(rawValue: 47)

    /// A rig that stands on the worklist; the form behind row 5 opens with this.
    static func worklist(_ context: FormContext) -> StaffRig {
        var hut = StaffHut()
        hut.form = context
        return StaffRig.loggedIn(hut: hut)
    }

    @Test func `the commonest case is thirteen keys and every answer remembers how it was come by`() throws {
        var rig = Self.worklist(FormSamples.context)
        rig.type("5f")
        rig.type("11\n\n=11=1\n\n")
        #expect(rig.keysPressed == 13)
        let record = try #require(rig.records.first)
        #expect(
            record
                == FollowUpRecord(
                    resident: Self.key, day: FormSamples.today, method: .clinic,
                    pressure: Answer(
                        FormPressure(
                            systolic: 138, diastolic: 82, readings: [FormSamples.fact(802), FormSamples.fact(801)]),
                        .measured),
                    pulse: Answer(72, .measured),
                    weightGrams: Answer(PresentAndTarget(61_500, target: 60_000), .unchanged),
                    heightMillimetres: 1_580, lifestyle: Answer(FormSamples.lifestyle, .unchanged),
                    adherence: Answer(.regular, .asked), reaction: Answer("", .asked),
                    drugs: Answer(FormSamples.drugs, .unchanged),
                    hypertension: HypertensionPart(symptoms: Answer([], .asked), visitClass: .controlled),
                    next: FormSamples.day("2027-02-19"), secondsSpent: 0))
        #expect(rig.bottomLine == " FU-01 FU-05关 面对面4/4 下次2-19周五")
        #expect(rig.text().contains("显示 8"))
    }

    @Test func `from row ten on it is fourteen`() {
        var hut = StaffHut(worklist: StaffSamples.longWorklist(12))
        hut.form = FormSamples.context
        var rig = StaffRig.loggedIn(hut: hut)
        rig.type("10f11\n\n=11=1\n\n")
        #expect(rig.keysPressed == 14)
        #expect(rig.records.count == 1)
    }

    /// High last time: a call after two weeks, nothing measured at the hut.
    static let called: FormContext = {
        var context = FormSamples.context
        context.measured = []
        return context
    }()

    @Test func `a two-week call, still high, same drugs, is nineteen keys`() throws {
        var rig = Self.worklist(Self.called)
        rig.type("7f31156 84\n\n=11=2\n\n")
        #expect(rig.keysPressed == 19)
        let record = try #require(rig.records.first)
        #expect(record.method == .phone)
        #expect(record.pressure == Answer(FormPressure(systolic: 156, diastolic: 84), .asked))
        #expect(record.visitClass(.hypertension) == .notControlled)
        #expect(record.next == FormSamples.today + 14)
        // A call is no face-to-face follow-up: FU-01 stays open and the year stays at three.
        #expect(rig.bottomLine == " FU-05关 面对面3/4 下次12-05周六")
    }

    @Test func `the same with another dose is twenty-three keys`() throws {
        var rig = Self.worklist(Self.called)
        rig.type("7f31156 84\n\n=11e110\n2\n\n")
        #expect(rig.keysPressed == 23)
        let record = try #require(rig.records.first)
        #expect(record.drugs == Answer([Drug(name: "氨氯地平", timesEachDay: 1, amount: "10mg")], .asked))
    }

    @Test func `diabetes alone takes sixteen keys`() throws {
        var rig = Self.worklist(FormSamples.diabetes)
        rig.type("5f11\n\n=1\n111=1\n\n")
        #expect(rig.keysPressed == 16)
        let record = try #require(rig.records.first)
        #expect(record.hypertension == nil)
        #expect(
            record.diabetes
                == DiabetesPart(
                    symptoms: Answer([], .asked), pedalPulse: Answer(.normal, .asked),
                    fastingGlucose: Answer(6_200, .measured), glucoseReading: FormSamples.fact(805),
                    hypoglycaemia: Answer(HypoglycaemiaFrequency.none, .asked), visitClass: .controlled))
    }

    @Test func `both diseases in one visit ask what they share once`() throws {
        var rig = Self.worklist(FormSamples.both)
        rig.type("5f111\n\n=1\n111=11\n\n")
        #expect(rig.keysPressed == 18)
        let record = try #require(rig.records.first)
        #expect(record.visitClass(.hypertension) == .controlled)
        #expect(record.visitClass(.diabetes) == .controlled)
        // Salt from the one form of last time, staple food from the other.
        #expect(record.lifestyle?.value.salt == .medium)
        #expect(record.lifestyle?.value.stapleGramsEachDay == PresentAndTarget(300, target: 250))
        #expect(record.lifestyle?.source == .unchanged)
    }

    @Test func `the resident's page opens the form with one key too`() {
        var rig = Self.worklist(FormSamples.context)
        rig.type("5\nf")
        #expect(rig.effects.contains(.staff(.openForm(Self.key))))
        #expect(rig.text().contains("1门诊 2家庭 3电话"))
    }

    @Test func `a row without a resident opens no form`() {
        var rig = Self.worklist(FormSamples.context)
        rig.type("2f")
        #expect(rig.bottomLine == " 这一行没有人，不能填随访")
    }
}
