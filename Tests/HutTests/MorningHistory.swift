// What the ledger knows of a resident of the morning before the hut opens: follow-ups of the winter, values of the last
// days and of the early morning, marks, exams. Dates are counted from the day, so that the morning is the same every year.

import Vitals

/// The facts of one resident, by the day on which they were recorded.
struct MorningHistory {
    let key: ResidentKey
    let today: LocalDay
    let nurse, doctor: StaffKey
    var dice: SeededChance
    var facts: [(LocalDay, Fact)] = []

    mutating func write(_ reason: MorningReason) {
        switch reason {
        case .due:
            followUp(.controlled, daysAgo: 95, next: -5)
            session(138, 82, daysAgo: 0)
        case .again: followUps([.controlled, .notControlled], daysAgo: [100, 14])
        case .twice: followUps([.notControlled, .notControlled], daysAgo: [28, 14])
        case .promised: add(3, .promised(key, .call, today, by: nurse))
        case .confirm: for day in [5, 3, 1] { session(148, 94, daysAgo: day) }
        case .raised: session(164, 98, daysAgo: 1)
        case .later: session(148, 92, daysAgo: 1)
        case .above:
            followUp(.controlled, daysAgo: 60, next: -10)
            for day in [3, 1] { session(152, 94, daysAgo: day) }
        case .low: session(86, 57, daysAgo: 0)
        case .irregular: session(124, 76, daysAgo: 0, isIrregular: true)
        case .otherPerson: session(190, 108, daysAgo: 1)
        case .sugar: value(.glucose(Glucose(micromolesPerLitre: 12_400)), .glucometer, daysAgo: 1)
        case .lowSugar: value(.glucose(Glucose(micromolesPerLitre: 2_700)), .glucometer, daysAgo: 0)
        case .highSugar: value(.glucose(Glucose(micromolesPerLitre: 18_200)), .glucometer, daysAgo: 0)
        case .fever: value(.temperature(centiCelsius: 3_850), .thermometer, daysAgo: 1)
        case .oxygen:
            for minute in [0, 3] {
                value(.oxygenSaturation(OxygenSaturation(percent: 84)), .oximeter, daysAgo: 0, minute: minute)
            }
        case .pregnant:
            add(
                40,
                .residentMarked(
                    key, .condition(.pregnant, since: today + -100, until: today + 100), by: nurse, on: today + -40,
                    reason: "看了病历"))
            value(pressure(150, 86), .cuffStation, daysAgo: 0)
        default: writeCare(reason)
        }
    }

    /// What does not rest on a measurement.
    private mutating func writeCare(_ reason: MorningReason) {
        switch reason {
        case .alone:
            for mark in [ResidentMark.livesAlone(true), .watched(true)] {
                add(30, .residentMarked(key, mark, by: nurse, on: today + -30, reason: "本人说的"))
            }
        case .silentBand:
            add(30, .residentMarked(key, .watched(true), by: nurse, on: today + -30, reason: "本人说的"))
            add(30, .bandPaired(BandID(rawValue: "!433d0001"), key, by: nurse))
        case .called:
            let band = BandID(rawValue: "!433d0002")
            add(1, .bandPaired(band, key, by: nurse))
            add(0, .signal(.sos, band, wearer: key, text: nil, raw: []))
        case .unexamined:
            for item in Self.exam { add(400, .examItem(key, item, today + -400, by: nurse)) }
            for staff in [nurse, doctor] { add(400, .examSigned(key, today + -400, by: staff)) }
        case .outcome: followUp(.controlled, daysAgo: 10, next: 80, referral: Referral(reason: "头晕", place: "区县医院 心内科"))
        case .moved: add(0, .residentStatus(key, .moved, by: nurse, reason: "家里人说的"))
        case .dead: add(0, .residentStatus(key, .dead, by: nurse, reason: "居委会说的"))
        default: break
        }
    }

    private mutating func add(_ daysAgo: Int, _ fact: Fact) { facts.append((today + -daysAgo, fact)) }

    static let exam: [ExamItem] = [
        .bloodPressure(systolic: 128, diastolic: 78), .glucose(micromolesPerLitre: 5_600, isFasting: true),
        .weight(grams: 61_500), .height(millimetres: 1_580), .waist(millimetres: 860),
        .temperature(centiCelsius: 3_650), .electrocardiogram("窦性心律"), .ultrasound("脂肪肝"),
        .laboratory(name: "血肌酐", value: "71", unit: "umol/L"),
    ]

    // MARK: measured

    private mutating func pressure(_ systolic: Int, _ diastolic: Int, isIrregular: Bool = false) -> Vital {
        .bloodPressure(
            BloodPressure(
                systolic: MmHg(systolic + Int.random(in: 0...1, using: &dice)),
                diastolic: MmHg(diastolic + Int.random(in: 0...1, using: &dice)),
                pulse: PerMinute(Int.random(in: 66...80, using: &dice)), irregularPulse: isIrregular))
    }

    private mutating func session(_ systolic: Int, _ diastolic: Int, daysAgo: Int, isIrregular: Bool = false) {
        for minute in [0, 2] {
            value(
                pressure(systolic, diastolic, isIrregular: isIrregular), .cuffStation, daysAgo: daysAgo, minute: minute)
        }
    }

    /// By a quarter past seven of its day.
    private mutating func value(_ vital: Vital, _ source: SourceClass, daysAgo: Int, minute: Int = 0) {
        let at = UTCOffset.china.start(of: today + -daysAgo) + .seconds(7 * 3_600 + 60 * (minute + 10))
        let reading = Reading(
            vital: vital, receivedAt: at, instrument: InstrumentID(rawValue: "\(source.rawValue)-1"), source: source,
            arm: source == .cuffStation ? .right : .notSaid, rested: .byClock(seconds: 300))
        add(daysAgo, .reading(reading, .resident(key, visit: nil)))
    }

    // MARK: followed up

    private mutating func followUps(_ classes: [VisitClass], daysAgo: [Int]) {
        for (verdict, day) in zip(classes, daysAgo) { followUp(verdict, daysAgo: day, next: 14 - day) }
    }

    private mutating func followUp(_ verdict: VisitClass, daysAgo: Int, next: Int, referral: Referral? = nil) {
        let life = Lifestyle(
            cigarettesEachDay: PresentAndTarget(0, target: 0), spiritsTenthsEachDay: PresentAndTarget(0, target: 0),
            exerciseEachWeek: PresentAndTarget(5, target: 5), exerciseMinutes: PresentAndTarget(30, target: 30),
            salt: .medium, saltTarget: .light, mood: .good, followsAdvice: .good)
        let value =
            verdict == .controlled
            ? FormPressure(systolic: 134, diastolic: 82) : FormPressure(systolic: 158, diastolic: 92)
        let record = FollowUpRecord(
            resident: key, day: today + -daysAgo, method: .clinic, pressure: Answer(value, .asked),
            weightGrams: Answer(PresentAndTarget(61_500, target: 60_000), .asked), heightMillimetres: 1_580,
            lifestyle: Answer(life, .asked), adherence: Answer(.regular, .asked), reaction: Answer("", .asked),
            drugs: Answer([Drug(name: "氨氯地平", timesEachDay: 1, amount: "5mg")], .asked),
            hypertension: HypertensionPart(symptoms: Answer([], .asked), visitClass: verdict), referral: referral,
            next: today + next)
        add(daysAgo, .followUpRecorded(record, by: nurse))
    }
}
