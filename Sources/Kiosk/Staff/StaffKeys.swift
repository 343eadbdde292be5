// Every key of the page beneath, numbered: at a keypad the number does what the key does. Nine stand on a page, because
// a keypad has nine digits that can begin something.

import TextScreen
import Vitals

/// What `?` shows.
struct StaffKeys: StaffPage {
    private let hints: [StaffHint]
    private var first = 0

    private static let perPage = 9

    init(of hints: [StaffHint]) {
        var seen: Set<LocalizedText> = []
        self.hints = hints.filter { $0.words != StaffPhrases.everyKey && seen.insert($0.words).inserted }
    }

    private var shown: ArraySlice<StaffHint> { hints[first...].prefix(Self.perPage) }

    func keys(_ desk: StaffDesk) -> [StaffHint] {
        (hints.count > Self.perPage ? [StaffHint(nil, Phrases.more, short: Phrases.more)] : []) + [.back]
    }

    mutating func press(_ key: Key, _ desk: StaffDesk) -> StaffStep {
        switch key {
        case .character("0"), .character("+"), .pageDown, .down:
            first = first + Self.perPage < hints.count ? first + Self.perPage : 0
            return .nothing
        case .character("-"), .pageUp, .up:
            first = max(0, first - Self.perPage)
            return .nothing
        case .character(let character):
            let row = (character.wholeNumberValue ?? 0) - 1
            guard (0..<shown.count).contains(row) else { return .unused }
            guard let key = hints[first + row].key else { return .back }
            return StaffStep(move: .backWith(key))
        default: return .unused
        }
    }

    func draw(_ room: StaffRoom) -> [StaffLine] {
        let margin = room.isWide ? "        " : " "
        return [StaffLine(margin + Phrases.title[room.language], .bold), StaffLine()]
            + shown.enumerated().map { row, hint in
                let number = hint.key == nil ? "-" : String(row + 1)
                return StaffLine("\(margin)\(number) \(hint.words[room.language])")
            }
    }
}

private enum Phrases {
    static let title = LocalizedText("这一页的每个键(也可以按数字)", en: "Every key of this page (or its number)")
    static let more = LocalizedText("0=下面九个", en: "0=the next nine")
}
