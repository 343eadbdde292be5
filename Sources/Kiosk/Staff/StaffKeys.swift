// Every key of the page beneath, numbered: at a keypad the number does what the key does; 0 is the tenth.

import TextScreen
import Vitals

/// What `?` shows.
struct StaffKeys: StaffPage {
    private let hints: [StaffHint]

    init(of hints: [StaffHint]) {
        var seen: Set<LocalizedText> = []
        self.hints = hints.filter { $0.words != StaffPhrases.everyKey && seen.insert($0.words).inserted }
    }

    func keys(_ desk: StaffDesk) -> [StaffHint] { [.back] }

    mutating func press(_ key: Key, _ desk: StaffDesk) -> StaffStep {
        guard case .character(let character) = key, let digit = character.wholeNumberValue,
            let hint = hints.dropFirst((digit + 9) % 10).first
        else { return .unused }
        guard let key = hint.key else { return .back }
        return StaffStep(move: .backWith(key))
    }

    func draw(_ room: StaffRoom) -> [StaffLine] {
        let margin = room.isWide ? "        " : " "
        return [StaffLine(margin + Phrases.title[room.language], .bold), StaffLine()]
            + hints.enumerated().map { row, hint in
                let number = hint.key == nil || row > 9 ? "-" : String((row + 1) % 10)
                return StaffLine("\(margin)\(number) \(hint.words[room.language])")
            }
    }
}

private enum Phrases {
    static let title = LocalizedText("这一页的每个键(也可以按数字)", en: "Every key of this page (or its number)")
}
