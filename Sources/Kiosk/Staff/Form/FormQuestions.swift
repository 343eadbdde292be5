// The questions themselves: what may be pressed, at 80 columns as the printed form words it, at 40 as the mock-up
// shortens it.

import Vitals

extension FormWords {
    private var context: FormContext { sheet.context }
    private var answers: FormAnswers { sheet.answers }

    /// Cells of a question at 80 columns, between its label and its answer.
    static let cells = 60

    /// The lines of a question at 80 columns.
    func wide(_ field: FormField) -> [String] {
        switch field {
        case .method:
            [say("1门诊 2家庭 3电话 4其他(不算面对面)", "1 clinic 2 home 3 phone 4 other (3, 4 not face to face)")]
        case .symptoms, .diabetesSymptoms: symptoms(field)
        case .pressure: [pressure]
        case .weight: [weight]
        case .lifestyle: lifestyle
        case .pedalPulse: [say("足背动脉搏动 1正常 2减弱 3消失", "pulse of the foot 1 normal 2 weak 3 absent")]
        case .glucose: [glucose]
        case .adherence: [say("1规律 2间断 3不服药", "1 regular 2 irregular 3 none")]
        case .reaction: [answers.reaction?.nonEmpty ?? say("1没有 2有(写)", "1 none 2 yes (write)")]
        case .hypoglycaemia: [say("低血糖反应 1没有 2偶尔 3频繁", "low sugar 1 none 2 sometimes 3 often")]
        case .drugs: [StaffText.spread(drugs, drugKeys, Self.cells)]
        case .visitClass: visitClass(.hypertension)
        case .diabetesClass: visitClass(.diabetes)
        case .next: [next]
        case .sign: [sign]
        }
    }

    /// The same at 40 columns; at most 28 cells where the answer is long.
    func narrow(_ field: FormField) -> String {
        switch field {
        case .method: say("1门诊2家庭3电话4其他", "1clin 2home 3tel 4other")
        case .symptoms: say("1无 2头3恶4眼5喘6心7鼻8麻9肿", "1no 2hd3na4ey5br6ht7no8nu9le")
        case .diabetesSymptoms: say("1无 2饮3食4尿5视6染7麻8肿9瘦", "1no 2th3hu4ur5ey6in7nu8le9th")
        case .pressure:
            pressureValue.map { say("\($0)\(pressureShort) 回车=用", "\($0) \(pressureShort) Ent=use") }
                ?? say("请打 138 82", "type 138 82")
        case .weight: weightShort
        case .lifestyle:
            sheet.lastLifestyle == nil
                ? say("回车=逐项填", "Enter asks in turn") : say("\(habitsShort) =没变", "\(habitsShort) = same")
        case .pedalPulse: say("1正常2减弱3消失", "1norm 2weak 3absent")
        case .glucose:
            glucoseValue.map { say("\($0)空腹 回车=用", "\($0) fasting Ent=use") }
                ?? say("打6.8 回车=没测", "type 6.8 Ent=none")
        case .adherence: say("1规律2间断3不服", "1reg 2irreg 3none")
        case .reaction: say("1没有2有", "1none 2yes")
        case .hypoglycaemia: say("1没有2偶尔3频繁", "1none 2some 3often")
        case .drugs: drugKeys
        case .visitClass: narrowClass(.hypertension)
        case .diabetesClass: narrowClass(.diabetes)
        case .next:
            sheet.proposedNext.map { say("\($0.iso) 回车", "\($0.iso) Ent") } ?? say("打天数 14 30", "type days 14 30")
        case .sign: sign
        }
    }

    /// What stands below the question that is asked, at 40 columns: each begins a line.
    func details(_ field: FormField) -> [String] {
        switch field {
        case .symptoms, .diabetesSymptoms: [wide(field).joined(separator: " ")]
        // The keys on a line of their own.
        case .lifestyle: [wide(field).dropLast().filter { $0 != "-" }.joined(separator: " "), wide(field).last ?? ""]
        case .visitClass, .diabetesClass: [wide(field).dropFirst().joined(separator: " ")]
        case .drugs: [drugs]
        default: []
        }
    }

    // MARK: Symptoms

    private func symptoms(_ field: FormField) -> [String] {
        let other = field == .symptoms ? answers.otherSymptom : answers.otherDiabetesSymptom
        let lines =
            field == .symptoms
            ? [
                say("1没有 2头痛头晕 3恶心呕吐 4眼花耳鸣 5呼吸困难 6心悸胸闷", "1 none 2 headache,dizzy 3 nausea 4 eyes,ears 5 breath"),
                say("7鼻血不止 8四肢发麻 9下肢水肿 ", "6 heart,chest 7 nosebleed 8 numb 9 legs swell "),
            ]
            : [
                say("1没有 2多饮 3多食 4多尿 5视力模糊 6感染 7手脚麻木", "1 none 2 thirst 3 hunger 4 much urine 5 sight 6 infection"),
                say("8下肢浮肿 9体重明显下降 ", "7 hands,feet numb 8 legs swell 9 lost weight "),
            ]
        let last = other.map { say("0其他:\($0)", "0 other: \($0)") } ?? say("0其他 (可多选，回车完)", "0 other (many: Enter)")
        // What was answered today says nothing of another day.
        let kiosk =
            (answers.day == sheet.today ? context.kioskSymptoms : nil).map { [say("小屋问：", "kiosk: ") + $0[language]] }
            ?? []
        return [lines[0], lines[1] + last] + (field == sheet.fields.first { isSymptoms($0) } ? kiosk : [])
    }

    private func isSymptoms(_ field: FormField) -> Bool { field == .symptoms || field == .diabetesSymptoms }

    // MARK: Measured

    private var pressureValue: String? {
        if let value = answers.pressure?.value { return "\(value.systolic.value)/\(value.diastolic.value)" }
        return measured.map { "\($0.value.systolic.value)/\($0.value.diastolic.value)" }
    }

    /// The hut's value stands there, or has been taken.
    private var isMeasured: Bool { answers.pressure.map { !$0.value.readings.isEmpty } ?? (measured != nil) }

    private var pressure: String {
        guard let value = pressureValue else {
            return say("没有当天的值   请打 138 82 或 138 82 72(带脉搏)", "no value of that day   type 138 82 or 138 82 72 (pulse)")
        }
        guard isMeasured, let measured else { return "\(value) " + say("手打", "typed") }
        if sheet.newerPressure != nil {
            let newer = "\(measured.value.systolic.value)/\(measured.value.diastolic.value)"
            return say("\(value) 后来又量了 \(newer)   回车=换", "\(value), measured again: \(newer)   Enter takes it")
        }
        let how = [dayOf(measured), FormPhrases.source(measured.source)[language], count(measured), rested(measured)]
        let text = "\(value) " + how.compactMap { $0 }.joined(separator: " ")
        return text + say("   回车=用 或打 138 82", "  Enter or type 138 82")
    }

    private var pressureShort: String {
        guard isMeasured, let measured else { return say("手打", "typed") }
        return (answers.day == today ? say("今天", "today") : StaffWords.day(answers.day))
            + (answers.day == today ? say("", " ") : " ") + count(measured)
    }

    private func dayOf(_ measured: MeasuredPressure) -> String {
        let clock = StaffWords.clock(measured.at, offset)
        return answers.day == today ? say("今天\(clock)", "today \(clock)") : "\(StaffWords.day(answers.day)) \(clock)"
    }

    /// `两遍`; a value that is not complete says so.
    private func count(_ measured: MeasuredPressure) -> String {
        let chinese = ["一", "两", "三", "四"]
        let number = measured.value.count
        let words = say(
            "\(chinese.indices.contains(number - 1) ? chinese[number - 1] : String(number))遍", "\(number)x")
        return measured.value.isComplete ? words : words + say("暂定", "?")
    }

    /// Enough, or for how long.
    private func rested(_ measured: MeasuredPressure) -> String? {
        switch measured.rested {
        case .byClock(let seconds) where seconds >= Resting.enoughSeconds: say("歇够", "rested")
        case .notSaid: nil
        default: StaffWords.rested(measured.rested)[language]
        }
    }

    /// From the scale today, else the newest there is.
    private var knownWeight: (grams: Int, day: LocalDay)? {
        if let answer = answers.weightGrams, answer.source != .unchanged { return (answer.value.present, answers.day) }
        if let today = sheet.measured?.weightGrams { return (today, answers.day) }
        return context.weight.map { ($0.grams, $0.day) }
    }

    private var weight: String {
        guard let known = knownWeight else {
            return say("没有称过   请打 61.5/60 158(目标、身高) 回车=没称", "none   type 61.5/60 158 (target, height) Enter=none")
        }
        let height = (answers.heightMillimetres ?? context.heightMillimetres).map {
            say("身高\(centimetres($0))", "ht \(centimetres($0))")
        }
        let index = sheet.bodyMassIndexTenths(grams: known.grams).map { "BMI \(JSONLine.decimal($0, places: 1))" }
        let target = (answers.weightGrams?.value.target ?? sheet.lastWeightTarget).map {
            say("目标\(kilograms($0))", "target \(kilograms($0))")
        }
        let day = known.day == today ? say("今天", "today") : StaffWords.day(known.day)
        let enter = known.day == answers.day ? say("回车=用", "Enter=use") : say("回车=同上", "Enter=same")
        let parts = ["\(kilograms(known.grams))kg \(day)", height, index, target, dueWeighing].compactMap { $0 }
        return parts.joined(separator: " ") + "  " + enter
    }

    private var weightShort: String {
        guard let known = knownWeight else { return say("打61.5 回车=没称", "type 61.5 Ent=none") }
        let index = sheet.bodyMassIndexTenths(grams: known.grams).map { " BMI\(JSONLine.decimal($0, places: 1))" } ?? ""
        let enter = known.day == answers.day ? say("回车=用", "Ent=use") : say("回车=同上", "Ent=same")
        return "\(kilograms(known.grams))\(index) " + [dueWeighing, enter].compactMap { $0 }.joined(separator: " ")
    }

    /// From this BMI on, in tenths, weighed at every visit; else once in so many days (nurse-screens 5).
    private static let (heavy, yearly) = (240, 365)

    /// Whether a known weight is too old for this visit.
    private var dueWeighing: String? {
        guard answers.weightGrams == nil, let known = knownWeight, known.day != answers.day else { return nil }
        let isHeavy = (sheet.bodyMassIndexTenths(grams: known.grams) ?? 0) >= Self.heavy
        return isHeavy || answers.day - known.day > Self.yearly ? say("该称了", "weigh") : nil
    }

    private func kilograms(_ grams: Int) -> String { JSONLine.decimal(grams, places: 3) }
    private func centimetres(_ millimetres: Int) -> String {
        millimetres % 10 == 0 ? String(millimetres / 10) : JSONLine.decimal(millimetres, places: 1)
    }

    private var glucoseValue: String? {
        let value =
            answers.glucose?.value
            ?? sheet.measured?.fastingGlucose?.micromolesPerLitre
        return value.map { JSONLine.decimal($0, places: 3) }
    }

    private var glucose: String {
        if let value = glucoseValue { return say("空腹 \(value)   回车=用 或打 6.8", "fasting \(value)   Enter or type 6.8") }
        let other = sheet.measured?.glucose.map {
            let value = JSONLine.decimal($0.micromolesPerLitre, places: 3)
            return say("(今天\(value)不是空腹)", "(\(value) was not fasting)")
        }
        return say("没有空腹值\(other ?? "")   打 6.8   回车=没测", "no fasting value \(other ?? "")   type 6.8   Enter=none")
    }

    // MARK: Verdict

    private func visitClass(_ disease: ManagedDisease) -> [String] {
        let choices = say("1控制满意 2不满意 3不良反应 4并发症", "1 controlled 2 not controlled 3 reaction 4 complication")
        guard let proposal = sheet.proposal(disease) else {
            return [choices, say("没有数，不建议", "no value: nothing is proposed")]
        }
        let number = proposal.visitClass.rawValue
        return [choices, say("建议\(number):", "proposed \(number): ") + proposal.reason[language]]
    }

    private func narrowClass(_ disease: ManagedDisease) -> String {
        let number = sheet.proposal(disease).map { String($0.visitClass.rawValue) } ?? "-"
        return say("1满意2不满3反应4并发 建议\(number)", "1ok2not3react4compl prop.\(number)")
    }

    private var next: String {
        guard let next = answers.next ?? sheet.proposedNext else {
            return say("先选分类，或打天数 14 30", "class first, or type days 14 30")
        }
        let days = next - answers.day
        return say(
            "\(next.iso) \(weekday(next))(\(days)天)   回车=用 或打天数 14 30",
            "\(next.iso) \(weekday(next)) (\(days) days)  Enter or days 14 30")
    }
}

extension String {
    fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}
