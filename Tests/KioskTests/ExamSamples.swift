// An exam day and a printed sheet of invented people.

import Kiosk
import Vitals

enum ExamSamples {
    static let everything: [ExamItem] = [
        .bloodPressure(systolic: 138, diastolic: 82), .glucose(micromolesPerLitre: 5_600, isFasting: true),
        .weight(grams: 61_500), .height(millimetres: 1_580), .waist(millimetres: 860),
        .temperature(centiCelsius: 3_650),
        .electrocardiogram("窦性心律"), .ultrasound("脂肪肝"),
        .laboratory(name: "血肌酐", value: "71", unit: "umol/L"),
    ]

    static func row(_ key: Int64, _ name: String, _ items: [ExamItem], signedBy: [Int64] = []) -> ExamRow {
        ExamRow(
            key: ResidentKey(rawValue: key), number: "0\(key)", name: name, sex: .female, age: 81,
            exam: Exam(
                resident: ResidentKey(rawValue: key), day: FormSamples.today, items: items,
                signedBy: signedBy.map { StaffKey(rawValue: $0) }),
            signers: signedBy.map { $0 == 1 ? "王敏" : "汪志远" })
    }

    static let rows = [
        row(47, "张桂芳", everything, signedBy: [1, 2]), row(21, "赵凤华", Array(everything.prefix(6))),
        row(73, "孙有田", everything, signedBy: [2]), row(18, "欧阳秀英", []),
    ]

    static let thirty = (1...30).map { row(Int64(100 + $0), "居民\($0)", Array(everything.prefix($0 % 10))) }

    static let sheet = VisitsOutSheet(
        number: 12, day: FormSamples.day("2026-11-20"),
        lines: (1...12).map { number in
            VisitsOutLine(
                line: CallSheetLine(number: number, resident: ResidentKey(rawValue: Int64(200 + number))),
                name: "居民\(number)", sex: .female, age: 70, diseases: [.hypertension], policy: FormSamples.policy,
                lastValue: "150/90")
        })
}
