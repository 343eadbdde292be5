// What stands in the brackets once a question is answered, and the answer in words where the choices have gone.

import TextScreen
import Vitals

extension FormWords {
    private var context: FormContext { sheet.context }
    private var answers: FormAnswers { sheet.answers }

    /// At most six cells; nil while the question is open.
    func mark(_ field: FormField) -> String? {
        switch field {
        case .method: digit(answers.method)
        case .symptoms: symptoms(answers.symptoms, answers.otherSymptom)
        case .diabetesSymptoms: symptoms(answers.diabetesSymptoms, answers.otherDiabetesSymptom)
        case .pressure:
            answers.pressure.map { "\($0.value.systolic.value)/\($0.value.diastolic.value)" } ?? passed(.pressure)
        case .weight: answers.weightGrams.map { weight($0) } ?? passed(.weight)
        case .lifestyle: sheet.lifestyle.map { $0.source == .unchanged ? "=" : say("改", "new") }
        case .pedalPulse: digit(answers.pedalPulse)
        case .glucose: answers.glucose.map { JSONLine.decimal($0.value, places: 3) } ?? passed(.glucose)
        case .adherence: digit(answers.adherence)
        case .reaction: answers.reaction.map { $0.isEmpty ? "1" : "2" }
        case .hypoglycaemia: digit(answers.hypoglycaemia)
        case .drugs:
            answers.drugs.map { $0.source == .unchanged ? "=" : say("\($0.value.count)种", "\($0.value.count)") }
        case .visitClass: digit(answers.visitClass)
        case .diabetesClass: digit(answers.diabetesClass)
        case .next: answers.next.map(StaffWords.day)
        case .sign: nil
        }
    }

    private func digit(_ answer: (some RawRepresentable<Int>)?) -> String? { answer.map { String($0.rawValue) } }
    private func passed(_ field: FormField) -> String? { answers.passed.contains(field) ? "-" : nil }

    private func weight(_ answer: Answer<PresentAndTarget>) -> String {
        answer.source == .unchanged ? "=" : JSONLine.decimal(answer.value.present, places: 3)
    }

    private func symptoms(_ symptoms: Set<some RawRepresentable<Int> & Hashable>?, _ other: String?) -> String? {
        guard let symptoms else { return nil }
        let digits = symptoms.map(\.rawValue).sorted().map(String.init) + (other == nil ? [] : ["0"])
        if digits.isEmpty { return "1" }
        return digits.count > 6 ? say("\(digits.count)项", "\(digits.count)") : digits.joined()
    }

    /// The answer in words, for a line of 40 columns that is behind the cursor.
    func answer(_ field: FormField) -> String {
        switch field {
        case .method: answers.method.map { StaffWords.method($0)[language] } ?? ""
        case .symptoms: symptomWords(answers.symptoms?.isEmpty, answers.otherSymptom)
        case .diabetesSymptoms: symptomWords(answers.diabetesSymptoms?.isEmpty, answers.otherDiabetesSymptom)
        case .pressure:
            answers.pressure.map { sourceWords($0.source, isTyped: $0.value.readings.isEmpty) } ?? say("没有", "none")
        case .weight:
            answers.weightGrams.map {
                sourceWords($0.source, isTyped: $0.value.present != sheet.measured?.weightGrams)
            } ?? say("没称", "not weighed")
        case .lifestyle: sourceWords(sheet.lifestyle?.source)
        case .glucose:
            answers.glucose.map { sourceWords($0.source, isTyped: answers.glucoseReading == nil) }
                ?? say("没测", "not measured")
        case .adherence: answers.adherence.map { StaffWords.adherence($0)[language] } ?? ""
        case .reaction: answers.reaction.map { $0.isEmpty ? say("没有", "none") : $0 } ?? ""
        case .drugs: sourceWords(answers.drugs?.source)
        case .visitClass: answers.visitClass.map { StaffWords.visitClass($0)[language] } ?? ""
        case .diabetesClass: answers.diabetesClass.map { StaffWords.visitClass($0)[language] } ?? ""
        case .next: answers.next.map { "\($0.iso) \(weekday($0))" } ?? ""
        case .pedalPulse: answers.pedalPulse.map { FormPhrases.pedalPulse($0)[language] } ?? ""
        case .hypoglycaemia: answers.hypoglycaemia.map { FormPhrases.hypoglycaemia($0)[language] } ?? ""
        case .sign: ""
        }
    }

    private func symptomWords(_ isEmpty: Bool?, _ other: String?) -> String {
        isEmpty == true && other == nil ? say("没有", "none") : other ?? say("有", "yes")
    }

    /// How the answer was come by.
    private func sourceWords(_ source: AnswerSource?, isTyped: Bool = false) -> String {
        switch source {
        case .asked: say("问过", "asked")
        case .measured where isTyped: say("手打", "typed")
        case .measured: say("量的", "measured")
        case .unchanged: say("问过没变", "asked, as before")
        case nil: ""
        }
    }

    /// `王敏 护士   医生复核：需要(2类以上)`.
    var sign: String {
        let narrow = language == .chinese ? "回车=保存" : "Enter=save"
        let me = signer.map { StaffWords.person($0, language) } ?? ""
        guard isWide else { return "\(signer?.name ?? "") \(narrow)" }
        let classes = FormPhrases.countersigned(context.policy.countersigned)
        let isKnown = context.diseases.allSatisfy { answers.visitClass($0) != nil }
        let need =
            isKnown
            ? (sheet.needsCountersign
                ? say("需要(\(classes.chinese))", "needed (\(classes.english))") : say("不需要", "not needed"))
            : say("不需要 / 需要(\(classes.chinese))", "if \(classes.english)")
        return say("\(me)   医生复核：\(need)   \(narrow)", "\(me)  doctor too: \(need)  \(narrow)")
    }
}
