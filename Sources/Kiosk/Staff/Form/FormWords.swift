// The words of the form's lines, from what stands there. The long ones are the norm's; at 40 columns the short ones of the
// mock-up stand, and the long ones below the question that is asked.

import TextScreen
import Vitals

/// What each line of a form says in one language.
struct FormWords {
    let sheet: FormSheet
    let language: Language
    let isWide: Bool
    let today: LocalDay
    let offset: UTCOffset
    /// Who is logged in.
    let signer: Staff?
    /// The hut prints slips.
    let hasPrinter: Bool

    init(_ sheet: FormSheet, _ room: StaffRoom) {
        (self.sheet, language, isWide) = (sheet, room.language, room.isWide)
        (today, offset, signer) = (room.desk.today, room.desk.place.offset, room.desk.me?.staff)
        hasPrinter = room.desk.place.hasPrinter
    }

    private var context: FormContext { sheet.context }
    private var answers: FormAnswers { sheet.answers }
    private var isBoth: Bool { context.diseases.count > 1 }

    func say(_ chinese: String, _ english: String) -> String { LocalizedText(chinese, en: english)[language] }

    // MARK: Head and foot

    var title: String { say("随访", "Follow-up") }
    var diseases: String {
        isBoth
            ? say("高血压+糖尿病", "BP+sugar")
            : context.diseases.first == .diabetes ? say("糖尿病", "diabetes") : say("高血压", "BP")
    }

    /// `2026-11-21`, or marked as entered afterwards.
    var day: String {
        answers.day == today ? answers.day.iso : say("补记 \(answers.day.iso)", "for \(answers.day.iso)")
    }

    /// Which face-to-face follow-up of the year this is; what is none does not count.
    var count: String {
        let count = sheet.faceToFaceCount
        guard isWide else {
            return say(
                "\(answers.method == nil ? count + 1 : count)/今年", "\(answers.method == nil ? count + 1 : count)/year")
        }
        if let method = answers.method, !method.isFaceToFace {
            return say("不算面对面 \(count)/年", "not face to face \(count)/yr")
        }
        let next = answers.method == nil ? count + 1 : count
        return say("第\(next)次/今年", "no. \(next) this year")
    }

    /// `FU-01关;今年面对面4/4;下次2027-02-19`.
    var follows: String {
        let rules = sheet.endedRules.map(\.rawValue)
        let closed =
            rules.isEmpty ? nil : say("\(rules.joined(separator: " "))关", "closes \(rules.joined(separator: " "))")
        let needed = context.policy.faceToFaceEachYear
        let count = say("今年面对面\(sheet.faceToFaceCount)/\(needed)", "face to face \(sheet.faceToFaceCount)/\(needed)")
        let next = answers.next.map { say("下次\($0.iso) \(weekday($0))", "next \($0.iso) \(weekday($0))") }
        let slip = hasPrinter ? say("打印条子 p", "p prints a slip") : nil
        return say("保存后：", "After: ") + [closed, count, next, slip].compactMap { $0 }.joined(separator: ";")
    }

    /// `范围150/90 规范，65岁以上 cn-norm3-2017 1`: by what the class is proposed.
    var limit: String {
        let policy = context.policy
        let limit = "\(policy.limit.systolic.value)/\(policy.limit.diastolic.value)"
        let glucose = context.diseases.contains(.diabetes) ? policy.glucoseLimit : nil
        let fasting = glucose.map { JSONLine.decimal($0, places: 3) }.map { say(" 空腹\($0)", " fasting \($0)") } ?? ""
        return say("范围\(limit) ", "limit \(limit) ") + policy.limitWords[language] + "\(fasting) \(policy.name)"
    }

    /// `上次 8-23:无症状 136/80 规律 满意`.
    var last: String? {
        guard let last = context.last.first else { return nil }
        let pressure = last.pressure.map { "\($0.value.systolic.value)/\($0.value.diastolic.value)" }
        let classes = context.diseases.compactMap { last.visitClass($0) }.map { StaffWords.visitClass($0)[language] }
        let symptoms = last.hypertension.flatMap { part in
            part.symptoms.map {
                $0.value.isEmpty && part.otherSymptom == nil ? say("无症状", "no symptoms") : say("有症状", "symptoms")
            }
        }
        let adherence = last.adherence.map { StaffWords.adherence($0.value)[language] }
        let words = [symptoms, pressure, adherence].compactMap { $0 } + classes
        return say("上次", "Last") + " \(StaffWords.day(last.day)):" + words.joined(separator: " ")
    }

    func weekday(_ day: LocalDay) -> String { StaffWords.weekday(day)[language] }

    // MARK: Lines called by a letter

    var pulseLabel: String { say("  心率", "  Pulse") }
    var pulse: String {
        let value = answers.pressure == nil ? measured?.value.pulse : answers.pulse?.value
        let pulse = value.map { say("\($0.value) (随血压)", "\($0.value) (with the cuff)") }
        let signs = answers.otherSigns ?? say("无", "none")
        return StaffText.fit(pulse ?? "-", 30) + say("其他体征：\(signs)   g=写", "other signs: \(signs)   g=write")
    }

    var testsLabel: String { say("6 辅助检查", "6 Tests") }
    var tests: String {
        let tests = answers.tests.map { test in
            [test.text, test.day.map(StaffWords.day), test.place].compactMap { $0 }.joined(separator: " ")
        }
        return (tests.isEmpty ? say("无", "none") : tests.joined(separator: "；")) + say("   k=添", "   k=add")
    }

    var hba1cLabel: String { say("  糖化", "  HbA1c") }
    var hba1c: String {
        let value = answers.hba1cTenths.map { tenths in
            "\(JSONLine.decimal(tenths, places: 1))% \(answers.hba1cDay.map(StaffWords.day) ?? "")"
        }
        return (value ?? say("无", "none")) + say("   b=填", "   b=write")
    }

    var insulinLabel: String { say("  胰岛素", "  Insulin") }
    var insulin: String { (answers.insulin ?? say("无", "none")) + say("   i=填", "   i=write") }

    var referralLabel: String { say("B 转诊", "B Referral") }
    var referral: String {
        guard let referral = answers.referral else {
            return say("无   z=转诊(原因、机构及科别)", "none   z=refer (reason, institution, department)")
        }
        return "\(referral.reason) > \(referral.place)   z"
    }

    // MARK: Questions

    /// `8反应`, for 40 columns.
    func shortLabel(_ field: FormField) -> String {
        label(field).replacing(" ", with: "").replacing("不良反应", with: "反应").replacing("Symptoms", with: "Sym")
    }

    func label(_ field: FormField) -> String {
        let labels = isBoth ? Self.labels[field].map { ($0.1, $0.3) } : Self.labels[field].map { ($0.0, $0.2) }
        return labels.map { say($0.0, $0.1) } ?? ""
    }

    /// One disease and both, Chinese; the same in English.
    private static let labels: [FormField: (String, String, String, String)] = [
        .method: ("1 方式", "1 方式", "1 Method", "1 Method"),
        .symptoms: ("2 症状", "2 症状", "2 Symptoms", "2 Symptoms"),
        .diabetesSymptoms: ("2 症状", "  糖症状", "2 Symptoms", "  Sugar sy"),
        .pressure: ("3 血压", "3 血压", "3 Pressure", "3 Pressure"),
        .weight: ("4 体重", "4 体重", "4 Weight", "4 Weight"),
        .lifestyle: ("5 生活", "5 生活", "5 Life", "5 Life"),
        .pedalPulse: ("  足背", "  足背", "  Foot", "  Foot"),
        .glucose: ("  血糖", "  血糖", "  Sugar", "  Sugar"),
        .adherence: ("7 服药", "7 服药", "7 Taken", "7 Taken"),
        .reaction: ("8 不良反应", "8 不良反应", "8 Reaction", "8 Reaction"),
        .hypoglycaemia: ("  低血糖", "  低血糖", "  Low", "  Low"),
        .drugs: ("9 用药", "9 用药", "9 Drugs", "9 Drugs"),
        .visitClass: ("A 分类", "A 分类", "A Class", "A Class BP"),
        .diabetesClass: ("A 分类", "  糖分类", "A Class", "  Sugar cl"),
        .next: ("C 下次", "C 下次", "C Next", "C Next"),
        .sign: ("D 签名", "D 签名", "D Sign", "D Sign"),
    ]

    var measured: MeasuredPressure? { sheet.measured?.pressure }
}
