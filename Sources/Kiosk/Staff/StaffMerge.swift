// Two lines of the roster that are one person, side by side before anything is done (H-37). Never by name alone: `y` is a
// person's word, a reason goes with it, and it can be taken back.

import TextScreen
import Vitals

/// Merging one resident into the one whose page it was opened from.
struct StaffMerge: StaffSavingPage {
    private let gone: Candidate
    private let kept: Candidate
    /// `y` was pressed: the reason is asked.
    private var note: StaffNote?
    var isSaving = false

    init(_ gone: Candidate, into kept: Candidate) { (self.gone, self.kept) = (gone, kept) }

    var typesText: Bool { note != nil && !isSaving }
    var prompt: LocalizedText? { isSaving ? StaffPhrases.saving : nil }

    func keys(_ desk: StaffDesk) -> [StaffHint] {
        note == nil
            ? [StaffHint(.character("y"), Phrases.say, short: Phrases.say), .back]
            : [StaffHint(.enter, Phrases.save, short: Phrases.save), .back]
    }

    mutating func press(_ key: Key, _ desk: StaffDesk) -> StaffStep {
        if isSaving { return key == .escape ? .unused : .nothing }
        guard note != nil else {
            guard key == .character("y") else { return .unused }
            note = StaffNote(Phrases.why, choices: Phrases.reasons)
            return .nothing
        }
        if note?.press(key) == true { return .nothing }
        switch key {
        case .enter:
            guard let reason = note?.text(desk.recordLanguage) else { return .say(Phrases.why) }
            isSaving = true
            return .ask(.desk(.merge(gone.key, into: kept.key, reason: reason)))
        case .backspace:
            note = nil
            return .nothing
        default: return .unused
        }
    }

    func draw(_ room: StaffRoom) -> [StaffLine] {
        let title = StaffLine(StaffText.cut(Phrases.title[room.language], room.columns), .bold)
        let (left, right) = (side(gone, Phrases.goes, room), side(kept, Phrases.stays, room))
        var lines = [title, StaffLine()]
        if room.isWide {
            let half = room.columns / 2
            lines += zip(left, right).map { StaffLine(StaffText.fit(" " + $0, half) + StaffText.cut($1, half)) }
        } else {
            lines += (left + right).map { StaffLine(StaffText.cut(" " + $0, room.columns)) }
        }
        return lines + [StaffLine()] + (note?.draw(room) ?? [StaffLine(" " + Phrases.ask[room.language], .bold)])
    }

    private func side(_ person: Candidate, _ head: LocalizedText, _ room: StaffRoom) -> [String] {
        let values = person.lastValues.isEmpty ? "-" : person.lastValues.joined(separator: "  ")
        return [head[room.language], StaffWords.person(person, room.language), values]
    }
}

private enum Phrases {
    static let title = LocalizedText("这两条是同一个人吗？", en: "Are these two one person?")
    static let goes = LocalizedText("这一条并过去", en: "this line goes")
    static let stays = LocalizedText("并到这一条", en: "into this one")
    static let ask = LocalizedText("是同一个人按 y，以后还能拆开", en: "If so press y; it can be taken back")
    static let say = LocalizedText("y=是同一个人", en: "y=the same")
    static let save = LocalizedText("回车=合并", en: "Enter=merge")
    static let why = LocalizedText("怎么知道的？按数字，也可以写", en: "How is it known? By digit, or write")
    static let reasons = [
        LocalizedText("看了身份证", en: "identity card seen"), LocalizedText("本人说的", en: "the resident says so"),
        LocalizedText("认识本人", en: "known in person"),
    ]
}
