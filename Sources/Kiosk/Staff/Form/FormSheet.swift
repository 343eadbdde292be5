// The form on the table: what the hut gave, what was answered, where the cursor stands, and what one key does there.
// A question with one answer moves on by itself, so that the commonest follow-up is thirteen keys (nurse-screens 4).

import TextScreen
import Vitals

/// What a key on a question comes to.
enum FormTurn: Sendable {
    case unused
    case nothing
    case say(LocalizedText)
    /// Words are needed before the question is answered.
    case ask(FormAside)
    case editDrugs
    /// Enter on the signature.
    case sign
}

/// A form being filled.
struct FormSheet: Sendable {
    /// Newer when the hut measured something meanwhile.
    var context: FormContext
    let fields: [FormField]
    var answers: FormAnswers
    /// Where the cursor stands; always one of `fields`.
    var field: FormField
    /// Digits typed and not yet taken.
    var typed = ""
    /// The group of habits that is being typed.
    var group: HabitGroup?
    var today: LocalDay

    /// A form of at least one disease.
    init(_ context: FormContext, draft: FormDraft?, today: LocalDay) {
        (self.context, self.today) = (context, today)
        fields = FormField.asked(of: context.diseases)
        answers = draft?.answers ?? FormAnswers(day: today)
        field = .method
        if let draft { stand(on: draft.field) }
    }

    var draft: FormDraft { FormDraft(answers: answers, field: field) }

    /// What the hut measured on the form's day.
    var measured: MeasuredDay? { context.measured.first { $0.day == answers.day } }

    /// How somebody lived when last asked: the newest record, with salt and staple food from whichever form had them.
    var lastLifestyle: Lifestyle? {
        let known = context.last.compactMap { $0.lifestyle?.value }
        guard var newest = known.first else { return nil }
        if let salted = known.first(where: { $0.salt != nil }) {
            (newest.salt, newest.saltTarget) = (salted.salt, salted.saltTarget)
        }
        newest.stapleGramsEachDay = known.compactMap(\.stapleGramsEachDay).first
        return newest
    }

    var lastDrugs: [Drug]? { context.last.compactMap { $0.drugs?.value }.first }
    var lastWeightTarget: Int? { context.last.compactMap { $0.weightGrams?.value.target }.first }

    /// The answer about how somebody lives; nil while a group these diseases ask for is open.
    var lifestyle: Answer<Lifestyle>? {
        guard let answer = answers.habits.lifestyle(last: lastLifestyle) else { return nil }
        let lacksSalt = context.diseases.contains(.hypertension) && answer.value.salt == nil
        let lacksStaple = context.diseases.contains(.diabetes) && answer.value.stapleGramsEachDay == nil
        return lacksSalt || lacksStaple ? nil : answer
    }

    func isAnswered(_ field: FormField) -> Bool {
        switch field {
        case .method: answers.method != nil
        case .symptoms: answers.symptoms != nil
        case .diabetesSymptoms: answers.diabetesSymptoms != nil
        case .pressure: answers.pressure != nil || answers.passed.contains(.pressure)
        case .weight: answers.weightGrams != nil || answers.passed.contains(.weight)
        case .lifestyle: lifestyle != nil
        case .pedalPulse: answers.pedalPulse != nil
        case .glucose: answers.glucose != nil || answers.passed.contains(.glucose)
        case .adherence: answers.adherence != nil
        case .reaction: answers.reaction != nil
        case .hypoglycaemia: answers.hypoglycaemia != nil
        case .drugs: answers.drugs != nil
        case .visitClass: answers.visitClass != nil
        case .diabetesClass: answers.diabetesClass != nil
        case .next: answers.next != nil
        case .sign: true
        }
    }

    /// To the question behind; the signature is the last.
    mutating func advance() {
        (typed, group) = ("", nil)
        guard let place = fields.firstIndex(of: field), place + 1 < fields.count else { return }
        field = fields[place + 1]
    }

    /// To the question before; false on the first.
    mutating func goBack() -> Bool {
        (typed, group) = ("", nil)
        guard let place = fields.firstIndex(of: field), place > 0 else { return false }
        field = fields[place - 1]
        return true
    }

    mutating func stand(on field: FormField) {
        (typed, group) = ("", nil)
        if fields.contains(field) { self.field = field }
    }

    /// Down: nothing is passed over unanswered.
    mutating func goOn() -> FormTurn {
        guard isAnswered(field) else { return .say(FormPhrases.missing(field)) }
        advance()
        return .nothing
    }
}

// MARK: - One key

extension FormSheet {
    /// Takes a key of the question the cursor stands on.
    mutating func press(_ key: Key) -> FormTurn {
        if let turn = typing(key) { return turn }
        switch field {
        case .method, .pedalPulse, .adherence, .hypoglycaemia, .reaction, .visitClass, .diabetesClass:
            return pressChoice(key)
        case .symptoms, .diabetesSymptoms: return pressSymptoms(key)
        case .pressure: return key == .enter ? takePressure() : .unused
        case .weight: return key == .enter ? takeWeight() : .unused
        case .lifestyle: return pressLifestyle(key)
        case .glucose: return key == .enter ? takeGlucose() : .unused
        case .drugs: return pressDrugs(key)
        case .next: return key == .enter ? takeNext() : .unused
        case .sign: return key == .enter ? .sign : .unused
        }
    }

    /// The longest a question needs: `10/5 300/250` and a little more.
    private static let longest = 16

    /// Characters of a number field; nil when the key is none of them, or the question takes no numbers.
    private mutating func typing(_ key: Key) -> FormTurn? {
        let takesNumbers = [.pressure, .weight, .glucose, .next].contains(field) || group != nil
        switch key {
        case .backspace where !typed.isEmpty: typed.removeLast()
        case .backspace where group != nil: group = nil
        case .character(let character) where takesNumbers:
            let isPart = character.isRowDigit || " ./>-".contains(character)
            guard isPart || (character == "=" && typed.last.map { "/>".contains($0) } == true) else { return nil }
            if typed.count < Self.longest { typed.append(character) }
        default: return nil
        }
        return .nothing
    }

    private mutating func pressChoice(_ key: Key) -> FormTurn {
        if key == .enter { return goOn() }
        guard case .character(let character) = key, character.isRowDigit, let digit = character.wholeNumberValue else {
            return .unused
        }
        switch field {
        case .method: return choose(FollowUpMethod(rawValue: digit)) { $0.method = $1 }
        case .pedalPulse: return choose(PedalPulse(rawValue: digit)) { $0.pedalPulse = $1 }
        case .adherence: return choose(Adherence(rawValue: digit)) { $0.adherence = $1 }
        case .hypoglycaemia: return choose(HypoglycaemiaFrequency(rawValue: digit)) { $0.hypoglycaemia = $1 }
        case .visitClass: return classify(VisitClass(rawValue: digit), .hypertension)
        case .diabetesClass: return classify(VisitClass(rawValue: digit), .diabetes)
        case .reaction where digit == 1: return choose("") { ($0.reaction, $0.keptBecause) = ($1, nil) }
        case .reaction where digit == 2: return .ask(.reaction)
        default: return .say(FormPhrases.noSuchChoice)
        }
    }

    private mutating func choose<Value>(_ value: Value?, _ keep: (inout FormAnswers, Value) -> Void) -> FormTurn {
        guard let value else { return .say(FormPhrases.noSuchChoice) }
        keep(&answers, value)
        advance()
        return .nothing
    }

    private mutating func classify(_ given: VisitClass?, _ disease: ManagedDisease) -> FormTurn {
        guard let given else { return .say(FormPhrases.noSuchChoice) }
        if given == .controlled, let why = against1(disease) { return .ask(.keep(disease, why)) }
        keep(given, disease)
        return .nothing
    }

    /// Another class is another date: what was agreed for the old one does not stand.
    mutating func keep(_ given: VisitClass, _ disease: ManagedDisease) {
        if answers.visitClass(disease) != given { answers.next = nil }
        switch disease {
        case .hypertension: answers.visitClass = given
        case .diabetes: answers.diabetesClass = given
        }
        advance()
    }

    /// `1` none and on; the others go on and off until Enter; `0` is written.
    private mutating func pressSymptoms(_ key: Key) -> FormTurn {
        if key == .enter { return goOn() }
        guard case .character(let character) = key, character.isRowDigit, let digit = character.wholeNumberValue else {
            return .unused
        }
        let disease: ManagedDisease = field == .symptoms ? .hypertension : .diabetes
        switch digit {
        case 0: return .ask(.otherSymptom(disease))
        case 1:
            switch disease {
            case .hypertension: (answers.symptoms, answers.otherSymptom) = ([], nil)
            case .diabetes: (answers.diabetesSymptoms, answers.otherDiabetesSymptom) = ([], nil)
            }
            advance()
        default:
            switch disease {
            case .hypertension:
                answers.symptoms = Self.toggled(answers.symptoms, digit, orWritten: answers.otherSymptom)
            case .diabetes:
                answers.diabetesSymptoms = Self.toggled(
                    answers.diabetesSymptoms, digit, orWritten: answers.otherDiabetesSymptom)
            }
        }
        return .nothing
    }

    /// nil again when the last one is taken off: only `1` says *none*.
    private static func toggled<Symptom: RawRepresentable<Int> & Hashable>(
        _ symptoms: Set<Symptom>?, _ digit: Int, orWritten other: String?
    ) -> Set<Symptom>? {
        guard let symptom = Symptom(rawValue: digit) else { return symptoms }
        let toggled = (symptoms ?? []).symmetricDifference([symptom])
        return toggled.isEmpty && other == nil ? nil : toggled
    }

    private mutating func pressDrugs(_ key: Key) -> FormTurn {
        switch key {
        case .character("="):
            guard let lastDrugs else { return .say(FormPhrases.noLastDrugs) }
            answers.drugs = Answer(lastDrugs, .unchanged)
            advance()
            return .nothing
        case .character("e"): return .editDrugs
        case .enter: return goOn()
        default: return .unused
        }
    }
}
