// What the hut would give the form for the invented people of nurse-screens 1.

import Kiosk
import TextScreen
import Vitals

enum FormSamples {
    /// 2026-11-21, the day of `staffMorning`.
    static let today = LocalDay(daysSince1970: 20_778)
    static func day(_ text: String) -> LocalDay { LocalDay(iso: text) ?? today }
    static func fact(_ number: Int64) -> FactSequence { FactSequence(rawValue: number) }

    static let policy = FormPolicy(
        name: "cn-norm3-2017 1", limit: PressureLimit(systolic: 150, diastolic: 90),
        limitWords: LocalizedText("规范，65岁以上", en: "norm, 65 and over"), glucoseLimit: 7_000,
        nextDays: [.controlled: 90, .notControlled: 14, .reaction: 14, .complication: 14], faceToFaceEachYear: 4,
        countersigned: [.notControlled, .reaction, .complication])

    static func pressure(_ systolic: Int, _ diastolic: Int, isComplete: Bool = true) -> MeasuredPressure {
        MeasuredPressure(
            value: SessionValue(
                systolic: MmHg(systolic), diastolic: MmHg(diastolic), pulse: 72, count: isComplete ? 2 : 1,
                isComplete: isComplete), at: StaffSamples.minutesAgo(14), arm: .right, rested: .byClock(seconds: 300),
            source: .cuffStation, readings: isComplete ? [fact(802), fact(801)] : [fact(801)])
    }

    static let lifestyle = Lifestyle(
        cigarettesEachDay: PresentAndTarget(0, target: 0), spiritsTenthsEachDay: PresentAndTarget(0, target: 0),
        exerciseEachWeek: PresentAndTarget(5, target: 5), exerciseMinutes: PresentAndTarget(30, target: 30),
        salt: .medium, saltTarget: .light, mood: .good, followsAdvice: .good)

    static let drugs = [Drug(name: "氨氯地平", timesEachDay: 1, amount: "5mg")]

    static let last = FollowUpRecord(
        resident: ResidentKey(rawValue: 47), day: day("2026-08-23"), method: .clinic,
        pressure: Answer(FormPressure(systolic: 136, diastolic: 80, readings: [fact(700)]), .measured),
        weightGrams: Answer(PresentAndTarget(61_500, target: 60_000), .measured), lifestyle: Answer(lifestyle, .asked),
        adherence: Answer(.regular, .asked), reaction: Answer("", .asked), drugs: Answer(drugs, .asked),
        hypertension: HypertensionPart(symptoms: Answer([], .asked), visitClass: .controlled),
        next: day("2026-11-21"))

    /// Managed for hypertension, came today, in range.
    static let context = FormContext(
        key: ResidentKey(rawValue: 47), resident: StaffSamples.card.resident, age: 81, diseases: [.hypertension],
        policy: policy, last: [last],
        faceToFace: [day("2026-02-20"), day("2026-05-30"), day("2026-08-23"), day("2025-12-10")],
        measured: [
            MeasuredDay(day: today, pressure: pressure(138, 82)),
            MeasuredDay(day: day("2026-11-14"), pressure: pressure(142, 80)),
        ],
        weight: KnownWeight(grams: 61_500, day: day("2026-10-18")), heightMillimetres: 1_580,
        ends: [
            EndedByFollowUp(rule: "FU-01", needsFaceToFace: true),
            EndedByFollowUp(rule: "FU-05", needsFaceToFace: false),
        ])

    /// Managed for both; the last forms were one of each.
    static let both: FormContext = {
        var context = Self.context
        context.diseases = [.hypertension, .diabetes]
        var lifestyle = Self.lifestyle
        (lifestyle.salt, lifestyle.saltTarget) = (nil, nil)
        lifestyle.stapleGramsEachDay = PresentAndTarget(300, target: 250)
        var sugar = Self.last
        (sugar.day, sugar.hypertension) = (day("2026-08-20"), nil)
        sugar.lifestyle = Answer(lifestyle, .asked)
        sugar.diabetes = DiabetesPart(symptoms: Answer([], .asked), visitClass: .controlled)
        context.last.append(sugar)
        context.measured[0].glucose = MeasuredGlucose(micromolesPerLitre: 6_200, isFasting: true, reading: fact(805))
        return context
    }()

    static let diabetes: FormContext = {
        var context = Self.both
        context.diseases = [.diabetes]
        return context
    }()

    /// Never followed up before: nothing to be unchanged.
    static let first: FormContext = {
        var context = Self.context
        (context.last, context.faceToFace, context.weight, context.measured) = ([], [], nil, [])
        context.kioskSymptoms = LocalizedText("有一点不舒服", en: "a little unwell")
        return context
    }()
}

extension StaffRig {
    /// Standing on the opened form.
    static func filling(
        _ context: FormContext = FormSamples.context, _ kind: KioskKind = .desk("nurse"), size: ScreenSize = wideScreen
    ) -> StaffRig {
        var hut = StaffHut()
        hut.form = context
        var rig = StaffRig.loggedIn(kind, size: size, hut: hut)
        rig.type("5f")
        rig.forget()
        return rig
    }

    /// What was saved, whole.
    var records: [FollowUpRecord] {
        acts.compactMap { if case .saveFollowUp(let record) = $0 { record } else { nil } }
    }

    /// The drafts that were kept, oldest first; a thrown away one is empty.
    var drafts: [String] {
        acts.compactMap { if case .saveDraft(_, let text) = $0 { text ?? "" } else { nil } }
    }
}
