// Which part of something longer than the screen is shown, and the keys that turn it.

import TextScreen
import Vitals

/// Turning by whole pages; what is shown always begins with a page.
struct StaffScroll: Sendable {
    private var top = 0

    /// Takes the page keys; says whether the key was one of them.
    mutating func press(_ key: Key, count: Int, page: Int) -> Bool {
        let first = window(of: count, page: page).lowerBound
        switch key {
        case .pageDown, .down, .character("+"): if first + page < count { top = first + page }
        case .pageUp, .up, .character("-"): top = max(0, first - page)
        default: return false
        }
        return true
    }

    /// What is shown of so many; the page of `row`, where one is meant.
    func window(of count: Int, page: Int, with row: Int? = nil) -> Range<Int> {
        guard count > 0, page > 0 else { return 0..<0 }
        let first = (row ?? min(top, count - 1)) / page * page
        return first..<min(count, first + page)
    }

    // MARK: Lines with the page below

    /// The page keys of what `draw` shows.
    mutating func press(_ key: Key, lines: Int, _ room: StaffRoom) -> Bool {
        press(key, count: lines > room.rows ? lines : 0, page: max(1, room.rows - 1))
    }

    /// All of it where there is room; else one page, and below it which of how many it is.
    func draw(_ all: [StaffLine], _ room: StaffRoom) -> [StaffLine] {
        guard all.count > room.rows, room.rows > 1 else { return all }
        let page = room.rows - 1
        let shown = all[window(of: all.count, page: page)]
        let blank = Array(repeating: StaffLine(), count: page - shown.count)
        let place = Phrases.page(shown.startIndex / page + 1, (all.count + page - 1) / page)
        return shown + blank + [StaffLine(StaffText.fitRight(place[room.language], room.columns))]
    }
}

private enum Phrases {
    static func page(_ page: Int, _ of: Int) -> LocalizedText {
        LocalizedText("第\(page)页/共\(of)页  + -=翻页", en: "page \(page) of \(of)  + -=turn")
    }
}
