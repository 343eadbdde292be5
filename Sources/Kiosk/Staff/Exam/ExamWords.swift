// The items of an exam in words, in one letter, and with their values.

import Vitals

/// One way to write each item.
package enum ExamWords {
    /// `血压`.
    package static func name(_ kind: ExamKind) -> LocalizedText {
        switch kind {
        case .bloodPressure: LocalizedText("血压", en: "pressure")
        case .glucose: LocalizedText("血糖", en: "glucose")
        case .weight: LocalizedText("体重", en: "weight")
        case .height: LocalizedText("身高", en: "height")
        case .waist: LocalizedText("腰围", en: "waist")
        case .temperature: LocalizedText("体温", en: "temp.")
        case .electrocardiogram: LocalizedText("心电图", en: "ECG")
        case .ultrasound: LocalizedText("B超", en: "ultrasound")
        case .laboratory: LocalizedText("化验", en: "lab")
        }
    }

    /// Two cells each: the head of a column, and what is missing in a row of 40 columns.
    static func letter(_ kind: ExamKind) -> LocalizedText {
        switch kind {
        case .bloodPressure: LocalizedText("压", en: "P")
        case .glucose: LocalizedText("糖", en: "G")
        case .weight: LocalizedText("重", en: "W")
        case .height: LocalizedText("高", en: "H")
        case .waist: LocalizedText("腰", en: "C")
        case .temperature: LocalizedText("温", en: "T")
        case .electrocardiogram: LocalizedText("电", en: "E")
        case .ultrasound: LocalizedText("超", en: "U")
        case .laboratory: LocalizedText("验", en: "L")
        }
    }

    /// `138/82`, `5.6 空腹`, `61.5kg`, `血肌酐 71 umol/L`.
    package static func value(_ item: ExamItem) -> LocalizedText {
        switch item {
        case .bloodPressure(let systolic, let diastolic): same("\(systolic.value)/\(diastolic.value)")
        case .glucose(let micromoles, let isFasting):
            LocalizedText(
                "\(JSONLine.decimal(micromoles, places: 3)) \(isFasting ? "空腹" : "不空腹")",
                en: "\(JSONLine.decimal(micromoles, places: 3)) \(isFasting ? "fasting" : "not fasting")")
        case .weight(let grams): same("\(JSONLine.decimal(grams, places: 3))kg")
        case .height(let millimetres), .waist(let millimetres): same("\(JSONLine.decimal(millimetres, places: 1))cm")
        case .temperature(let celsius): same(JSONLine.decimal(celsius, places: 2))
        case .electrocardiogram(let text), .ultrasound(let text): same(text)
        case .laboratory(let name, let value, let unit): same("\(name) \(value) \(unit)".trimmed)
        }
    }

    /// Names where there is room for them; of a whole list that is missing, its letters.
    fileprivate static func names(_ kinds: [ExamKind], _ language: Language) -> String {
        let names = kinds.map { name($0)[language] }
        guard kinds.count > 4 else { return names.joined(separator: " ") }
        return kinds.map { letter($0)[language] }.joined(separator: " ")
    }

    private static func same(_ text: String) -> LocalizedText { LocalizedText(text, en: text) }
}

extension Exam {
    /// What is still to be done and how many names are: `缺 心电图 B超 签名0/2`.
    package var missingWords: LocalizedText {
        let signed = min(2, Set(signedBy).count)
        guard !missing.isEmpty else { return LocalizedText("缺签名 \(signed)/2", en: "signed \(signed)/2") }
        return LocalizedText(
            "缺 \(ExamWords.names(missing, .chinese)) 签名\(signed)/2",
            en: "missing \(ExamWords.names(missing, .english)), signed \(signed)/2")
    }
}
