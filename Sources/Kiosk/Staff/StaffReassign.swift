// Taking a reading away from where it lies: to another resident, back to the unclaimed list, or set aside. Each is a
// new fact with a reason, and nothing happens before Enter.

import TextScreen
import Vitals

/// A reading that changes hands, with its reason.
struct StaffReassign: StaffSavingPage {
    enum Kind: Sendable {
        case move(ReadingRow, from: ResidentKey, name: String, to: Candidate)
        case giveBack(ReadingRow, name: String)
        case discard(UnclaimedRow)
    }
    private let kind: Kind
    private var note: StaffNote
    var isSaving = false

    init(_ kind: Kind) {
        self.kind = kind
        note =
            switch kind {
            case .move, .giveBack: StaffNote(Phrases.whyWritten, choices: Phrases.reasons)
            case .discard: StaffNote(Phrases.why, choices: DiscardReason.allCases.map(StaffWords.reason))
            }
    }

    /// A discard has five reasons and no other: free text would hide them.
    var typesText: Bool {
        if case .discard = kind { false } else { true }
    }
    var prompt: LocalizedText? { isSaving ? StaffPhrases.saving : nil }
    func keys(_ desk: StaffDesk) -> [StaffHint] {
        [StaffHint(.enter, Phrases.save, short: Phrases.save), .back]
    }

    mutating func press(_ key: Key, _ desk: StaffDesk) -> StaffStep {
        if isSaving { return key == .escape ? .unused : .nothing }
        if !typesText, case .character(let character) = key, !("1"..."5").contains(character) { return .unused }
        if note.press(key) { return .nothing }
        guard key == .enter else { return .unused }
        guard let effect = effect(desk.recordLanguage) else { return .say(Phrases.reasonMissing) }
        isSaving = true
        return .ask(effect)
    }

    private func effect(_ language: Language) -> StaffEffect? {
        guard let reason = note.text(language) else { return nil }
        switch kind {
        case .move(let reading, let from, _, let to):
            return .move(reading.sequence, from: from, to: to.key, reason: reason)
        case .giveBack(let reading, _): return .giveBack(reading.sequence, reason: reason)
        case .discard(let row):
            guard let discard = note.chosen.flatMap({ DiscardReason(rawValue: $0 + 1) }) else { return nil }
            return .discard(row.reading.sequence, discard, note: "")
        }
    }

    func draw(_ room: StaffRoom) -> [StaffLine] {
        let (title, subject) = heading(room)
        return [StaffLine(title, .bold), StaffLine()]
            + subject.map { StaffLine(StaffText.cut(" " + $0, room.columns)) } + [StaffLine()] + note.draw(room)
    }

    private func heading(_ room: StaffRoom) -> (String, [String]) {
        let language = room.language
        switch kind {
        case .move(let reading, _, let name, let to):
            let target = StaffWords.person(to, language)
            return (Phrases.move[language], [line(reading, room), Phrases.fromTo(name, target)[language]])
        case .giveBack(let reading, let name):
            return (Phrases.giveBack[language], [line(reading, room), Phrases.from(name)[language]])
        case .discard(let row):
            return (Phrases.discard[language], [line(row.reading, room), StaffWords.reason(row.reason)[language]])
        }
    }

    private func line(_ reading: ReadingRow, _ room: StaffRoom) -> String {
        "\(StaffWords.moment(reading.at, room.desk))  \(StaffWords.value(reading.vital)[room.language])"
    }
}

private enum Phrases {
    static let move = LocalizedText("移到别人名下", en: "Move to somebody else")
    static let giveBack = LocalizedText("放回没认领", en: "Give back to the unclaimed list")
    static let discard = LocalizedText("不要了", en: "Discard")
    static let why = LocalizedText("为什么？按数字", en: "Why? By digit")
    static let whyWritten = LocalizedText("为什么？按数字，也可以写", en: "Why? By digit, or write")
    static let reasons = [
        LocalizedText("别人量的", en: "somebody else measured"),
        LocalizedText("认错人了", en: "claimed for the wrong person"),
        LocalizedText("本人说不是", en: "the resident says so"),
    ]
    static let reasonMissing = LocalizedText("请先选原因", en: "Choose the reason first")
    static let save = LocalizedText("回车=存", en: "Enter=save")

    static func from(_ name: String) -> LocalizedText {
        LocalizedText("现在在 \(name) 名下", en: "now \(name)'s")
    }

    static func fromTo(_ name: String, _ target: String) -> LocalizedText {
        LocalizedText("\(name) > \(target)", en: "\(name) > \(target)")
    }
}
