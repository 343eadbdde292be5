// Everything a nurse puts on record about a person has the same shape: a few questions, one after another, the last of
// them why; then Enter, and one act of the hut. So it is one page, and each act is its questions and what they mean.

import TextScreen
import Vitals

/// What was answered: by digit, in words, or passed over.
struct StaffAnswer: Sendable, Hashable {
    /// In the language facts are kept in; empty where the question was passed over.
    var text: String
    /// The choice that was taken, from 0.
    var choice: Int?
}

/// One question of such a page.
struct StaffQuestion: Sendable {
    var note: StaffNote
    /// Enter without an answer passes it over.
    var isOptional = false
    /// Why an answer cannot be; nil: it can.
    var refusal: @Sendable (StaffAnswer, StaffDesk) -> LocalizedText? = { _, _ in nil }

    /// Why, as every act of care asks last.
    static func why(_ choices: [LocalizedText] = []) -> StaffQuestion {
        StaffQuestion(note: StaffNote(choices.isEmpty ? Phrases.whyWritten : Phrases.why, choices: choices))
    }
}

/// Questions, then one act.
struct StaffQuestions: StaffPage {
    /// What the answers come to.
    enum End: Sendable {
        case ask(StaffEffect)
        /// The answer to this question does not fit the others.
        case refuse(Int, LocalizedText)
    }
    private let title: LocalizedText
    private let about: [LocalizedText]
    private let questions: [StaffQuestion]
    private let end: @Sendable ([StaffAnswer], StaffDesk) -> End
    private var notes: [StaffNote]
    private var place = 0
    /// The act was asked for and not answered.
    private(set) var isSaving = false
    /// Answers that belong to acts of the page beneath.
    private var owed: Int

    /// At least one question. `owed`: answers of the hut that are still on their way to acts made before.
    init(
        _ title: LocalizedText, about: [LocalizedText] = [], _ questions: [StaffQuestion], owed: Int = 0,
        end: @escaping @Sendable ([StaffAnswer], StaffDesk) -> End
    ) {
        (self.title, self.about, self.questions, self.end) = (title, about, questions, end)
        (notes, self.owed) = (questions.map(\.note), owed)
    }

    var typesText: Bool { !isSaving && notes.indices.contains(place) && notes[place].takesWords }
    var prompt: LocalizedText? { isSaving ? StaffPhrases.saving : nil }

    func keys(_ desk: StaffDesk) -> [StaffHint] {
        let enter = place + 1 < questions.count ? Phrases.next : Phrases.save
        return [StaffHint(.enter, enter, short: enter), .back]
    }

    mutating func press(_ key: Key, _ desk: StaffDesk) -> StaffStep {
        if isSaving { return key == .escape ? .unused : .nothing }
        guard notes.indices.contains(place) else { return .unused }
        if notes[place].press(key) { return .nothing }
        switch key {
        case .enter: return enter(desk)
        case .backspace where place > 0:
            place -= 1
            return .nothing
        default: return .unused
        }
    }

    private mutating func enter(_ desk: StaffDesk) -> StaffStep {
        let question = questions[place]
        guard let answer = answer(place, desk) else { return .say(Phrases.missing) }
        if !(question.isOptional && answer.text.isEmpty), let refusal = question.refusal(answer, desk) {
            return .say(refusal)
        }
        guard place + 1 == questions.count else {
            place += 1
            return .nothing
        }
        switch end(questions.indices.compactMap { self.answer($0, desk) }, desk) {
        case .ask(let effect):
            isSaving = true
            return .ask(effect)
        case .refuse(let wrong, let words):
            place = max(0, min(wrong, questions.count - 1))
            // What cannot be read cannot be put right either: it is typed anew.
            for index in notes.indices where notes[index].kind == .secret { notes[index] = questions[index].note }
            return .say(words)
        }
    }

    private func answer(_ place: Int, _ desk: StaffDesk) -> StaffAnswer? {
        if let text = notes[place].text(desk.recordLanguage) {
            return StaffAnswer(text: text, choice: notes[place].chosen)
        }
        return questions[place].isOptional ? StaffAnswer(text: "", choice: nil) : nil
    }

    mutating func hear(_ event: StaffEvent, _ desk: StaffDesk) -> StaffStep {
        switch event {
        case .saved, .failed:
            guard owed == 0 else {
                owed -= 1
                return .nothing
            }
            guard isSaving else { return .nothing }
            if case .saved = event { return .back }
            isSaving = false
        default: break
        }
        return .nothing
    }

    func draw(_ room: StaffRoom) -> [StaffLine] {
        let margin = room.isWide ? "   " : " "
        var lines = [StaffLine(StaffText.cut(title[room.language], room.columns), .bold)]
        lines += about.flatMap { StaffText.wrap($0[room.language], room.columns - 2, lines: 2) }
            .map { StaffLine(" " + $0) }
        if room.isWide { lines.append(StaffLine()) }
        guard notes.indices.contains(place) else { return lines }
        let current = notes[place].draw(room)
        let before = notes.prefix(place).flatMap { answered($0, room) }.map { StaffLine(margin + $0) }
        // What was answered first is the first to go where there is no room.
        return lines + before.suffix(max(0, room.rows - lines.count - current.count)) + current
    }

    /// `哪一天？11-25 > 11-30`; where both do not fit on one line the answer stands whole below.
    private func answered(_ note: StaffNote, _ room: StaffRoom) -> [String] {
        let cells = room.columns - (room.isWide ? 3 : 1)
        let (question, answer) = (note.question[room.language], "> " + (note.shown(room.language) ?? "-"))
        if cellWidth(question + " " + answer) <= cells { return [question + " " + answer] }
        return [StaffText.cut(question, cells)] + StaffText.wrap(answer, cells, lines: 4)
    }
}

private enum Phrases {
    static let why = LocalizedText("为什么？按数字，也可以写", en: "Why? By digit, or write")
    static let whyWritten = LocalizedText("为什么？请写几个字", en: "Why? In a few words")
    static let next = LocalizedText("回车=下一项", en: "Enter=next")
    static let save = LocalizedText("回车=存", en: "Enter=save")
    static let missing = LocalizedText("请先选一项，或写几个字", en: "Choose one first, or write a few words")
}
