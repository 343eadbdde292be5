// What a form needs words for: called by a letter, or by an answer that cannot stand without them. One question after
// the other; nothing reaches the form before the last is answered.

import TextScreen
import Vitals

/// A few questions beside the form.
struct FormAside: Sendable {
    enum Kind: Sendable, Hashable {
        case otherSymptom(ManagedDisease)
        case reaction
        /// Class 1 although a value or a reaction speaks against it.
        case keep(ManagedDisease)
        case tests, referral, otherSigns, insulin, hba1c
        /// The form is about another day.
        case day
    }
    enum Turn: Sendable {
        case unused, nothing
        case say(LocalizedText)
        case done
        case cancelled
    }
    private enum Need: Sendable {
        case words
        /// May be left empty.
        case wordsIfAny
        case day
        case percent
    }
    private struct Question: Sendable {
        var note: StaffNote
        var need: Need
    }
    let kind: Kind
    let title: LocalizedText
    private var questions: [Question]
    private var place = 0
    /// As they will be kept, in the order of the questions; days as ISO.
    private(set) var answers: [String] = []

    private init(_ kind: Kind, _ title: LocalizedText, _ questions: [Question]) {
        (self.kind, self.title, self.questions) = (kind, title, questions)
    }

    mutating func press(_ key: Key, _ desk: StaffDesk) -> Turn {
        if questions[place].note.press(key) { return .nothing }
        switch key {
        case .enter: return enter(desk)
        case .backspace, .escape:
            guard place > 0, key == .backspace else { return .cancelled }
            place -= 1
            answers.removeLast()
            return .nothing
        default: return .unused
        }
    }

    private mutating func enter(_ desk: StaffDesk) -> Turn {
        let question = questions[place]
        let text = question.note.text(desk.recordLanguage) ?? ""
        switch question.need {
        case .words:
            guard !text.isEmpty else { return .say(FormPhrases.wordsMissing) }
            answers.append(text)
        case .wordsIfAny: answers.append(text)
        case .day:
            let typed = text.trimmed
            guard let day = typed.isEmpty ? desk.today : StaffDates.past(typed, today: desk.today),
                desk.today - day <= Self.oldestDays
            else { return .say(StaffDates.notYet(typed, today: desk.today) ?? FormPhrases.howDay) }
            answers.append(day.iso)
        case .percent:
            guard let tenths = FormNumber.scaled(Substring(text), places: 1), Self.hba1cTenths.contains(tenths) else {
                return .say(FormPhrases.howPercent)
            }
            answers.append(String(tenths))
        }
        guard place + 1 < questions.count else { return .done }
        place += 1
        return .nothing
    }

    /// Rules look back 400 days (DESIGN 6): what is older changes nothing and is more likely a slip.
    private static let oldestDays = 400
    /// 3 % to 20 %: our own bounds, against a slip of the finger.
    private static let hba1cTenths = 30...200

    /// The question that stands, under what was answered before it.
    func draw(_ room: StaffRoom) -> [StaffLine] {
        let margin = room.isWide ? "   " : " "
        let before = answers.filter { !$0.isEmpty }.map { StaffLine(StaffText.cut(margin + $0, room.columns)) }
        return [StaffLine(StaffText.cut(margin + title[room.language], room.columns), .bold)] + before
            + questions[place].note.draw(room)
    }
}

// MARK: - The questions

extension FormAside {
    private static func words(_ text: LocalizedText, _ choices: [LocalizedText] = []) -> Question {
        Question(note: StaffNote(text, choices: choices), need: .words)
    }
    private static func wordsIfAny(_ text: LocalizedText) -> Question {
        Question(note: StaffNote(text), need: .wordsIfAny)
    }
    private static let day = Question(note: StaffNote(FormPhrases.askDay), need: .day)

    static func otherSymptom(_ disease: ManagedDisease) -> FormAside {
        FormAside(.otherSymptom(disease), FormPhrases.otherSymptom, [words(FormPhrases.writeSymptom)])
    }

    static var reaction: FormAside {
        FormAside(.reaction, FormPhrases.reactionTitle, [words(FormPhrases.writeReaction)])
    }

    static func keep(_ disease: ManagedDisease, _ why: LocalizedText) -> FormAside {
        FormAside(.keep(disease), why, [words(FormPhrases.whyKeep, FormPhrases.keepReasons)])
    }

    static var tests: FormAside {
        FormAside(
            .tests, FormPhrases.testsTitle, [words(FormPhrases.writeTest), day, wordsIfAny(FormPhrases.writePlace)])
    }

    static var referral: FormAside {
        FormAside(
            .referral, FormPhrases.referralTitle,
            [words(FormPhrases.writeReason), words(FormPhrases.writeInstitution, FormPhrases.institutions)])
    }

    static var otherSigns: FormAside {
        FormAside(.otherSigns, FormPhrases.signsTitle, [wordsIfAny(FormPhrases.writeSigns)])
    }

    static var insulin: FormAside {
        FormAside(.insulin, FormPhrases.insulinTitle, [wordsIfAny(FormPhrases.writeInsulin)])
    }

    static var hba1c: FormAside {
        FormAside(
            .hba1c, FormPhrases.hba1cTitle,
            [Question(note: StaffNote(FormPhrases.writePercent), need: .percent), day])
    }

    static var anotherDay: FormAside { FormAside(.day, FormPhrases.dayTitle, [day]) }
}

extension FormSheet {
    /// Takes over what was answered beside the form; gives a sentence where that undoes something.
    @discardableResult
    mutating func take(_ aside: FormAside) -> LocalizedText? {
        let words = aside.answers
        let first = words.first ?? ""
        switch aside.kind {
        case .otherSymptom(.hypertension):
            answers.otherSymptom = first
            answers.symptoms = answers.symptoms ?? []
        case .otherSymptom(.diabetes):
            answers.otherDiabetesSymptom = first
            answers.diabetesSymptoms = answers.diabetesSymptoms ?? []
        case .reaction:
            (answers.reaction, answers.keptBecause) = (first, nil)
            advance()
        case .keep(let disease):
            answers.keptBecause = [answers.keptBecause, first].compactMap { $0 }.joined(separator: "；")
            keep(.controlled, disease)
        case .tests:
            let place = words.count > 2 && !words[2].isEmpty ? words[2] : nil
            answers.tests.append(AuxiliaryTest(text: first, day: words.day(at: 1), place: place))
        case .referral: answers.referral = Referral(reason: first, place: words.count > 1 ? words[1] : "")
        case .otherSigns: answers.otherSigns = first.isEmpty ? nil : first
        case .insulin: answers.insulin = first.isEmpty ? nil : first
        case .hba1c: (answers.hba1cTenths, answers.hba1cDay) = (Int(first), words.day(at: 1))
        case .day:
            if let day = LocalDay(iso: first), answers.move(to: day) { return FormPhrases.otherDaysValues }
        }
        return nil
    }
}

extension [String] {
    /// The day that stands at this place.
    fileprivate func day(at place: Int) -> LocalDay? { indices.contains(place) ? LocalDay(iso: self[place]) : nil }
}
