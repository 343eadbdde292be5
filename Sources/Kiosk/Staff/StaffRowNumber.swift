// A row's number typed before the key that acts on it, and the paging of a list longer than the page.
//
// Numbers count through the whole list, so that a number means one row on every page; the page of a typed number is
// shown, so that nothing is done to a row that cannot be seen.
//
// A list never moves under a number that is being typed. It may move between her look and her first digit: then a number
// that meant another row a moment ago is not obeyed, because the wrong person is the worst mistake of this screen (H-01).

import TextScreen
import Vitals

/// Which row is meant and which rows are shown.
struct StaffRowNumber: Sendable {
    private(set) var typed = ""
    private var scroll = StaffScroll()
    /// A digit begins a new number: this one was put there, not typed, or it was refused.
    private var isPreset = false
    /// When the number that stands was begun.
    private var begunAt: MonotonicTime?
    /// Rows that stand where another stood a moment ago, and since when.
    private var moved: (rows: Set<Int>, at: MonotonicTime)?

    /// From the look at a row to the first digit of its number, and how long a list must have stood to have been looked
    /// at. Our own choice: longer than a look, shorter than a second look.
    private static let look = Duration.seconds(2)
    /// No list is longer than this many digits of row numbers.
    private static let longest = 5

    /// The row that is typed, if the list has it.
    func row(of count: Int) -> Int? {
        guard let number = Int(typed), (1...max(1, count)).contains(number), count > 0 else { return nil }
        return number - 1
    }

    mutating func clear() { typed = "" }

    /// `3_ 张桂芳`, for the bottom line; nil while no number stands. `name`: what the row is called; nil: there is none.
    func prompt(_ name: LocalizedText?) -> LocalizedText? {
        guard !typed.isEmpty else { return nil }
        let name = name ?? StaffPhrases.noSuchRow
        return LocalizedText("\(typed)_ \(name.chinese)".trimmed, en: "\(typed)_ \(name.english)".trimmed)
    }

    /// The same of what has one name in every language.
    func prompt(_ name: String?) -> LocalizedText? { prompt(name.map { LocalizedText($0, en: $0) }) }

    /// What was asked of the row was refused: another key may still act on it, a digit begins a new number.
    /// Says whether there was no number at all.
    @discardableResult
    mutating func refused() -> Bool {
        isPreset = true
        return typed.isEmpty
    }

    /// The list has other rows now. What changes while a page comes up was never looked at.
    mutating func listMoved<Row: Equatable>(from old: [Row], to new: [Row], _ desk: StaffDesk) {
        let now = desk.now.monotonic
        guard let shownAt = desk.shownAt, now - shownAt >= Self.look else { return moved = nil }
        var rows = Set(zip(old, new).enumerated().lazy.filter { $1.0 != $1.1 }.map(\.offset))
        if let moved, now - moved.at < Self.look { rows.formUnion(moved.rows) }
        if !rows.isEmpty { moved = (rows, now) }
    }

    /// Whether the number of this row meant another when she looked for it. Such a number is forgotten: whoever types it
    /// again has been told to look.
    mutating func meantAnother(_ row: Int) -> Bool {
        guard let moved, let begunAt, moved.rows.contains(row), begunAt - moved.at < Self.look else { return false }
        (typed, self.moved) = ("", nil)
        return true
    }

    /// Stands on a row as if its number had been typed.
    mutating func preset(_ row: Int) { (typed, isPreset) = (String(row + 1), true) }

    /// Takes digits, Backspace and the page keys; says whether the key was one of them. `now`: where the list may move.
    mutating func press(_ key: Key, count: Int, page: Int, at now: MonotonicTime? = nil) -> Bool {
        switch key {
        case .character(let digit) where digit.isRowDigit:
            if isPreset { typed = "" }
            isPreset = false
            if typed.isEmpty { begunAt = now }
            if typed.count < Self.longest, !(typed.isEmpty && digit == "0") { typed.append(digit) }
        case .backspace where !typed.isEmpty: typed.removeLast()
        case .escape where !typed.isEmpty: typed = ""
        default: return scroll.press(key, count: count, page: max(1, page))
        }
        return true
    }

    /// A row's number as it is listed: right-aligned with the longest of the list, never cut.
    static func label(_ row: Int, of count: Int) -> String { StaffText.fitRight(String(row + 1), labelCells(count)) }

    /// The `#` above the numbers.
    static func heading(of count: Int) -> String { StaffText.fitRight("#", labelCells(count)) }

    /// Cells of a number: two, or more where the list is longer than 99.
    static func labelCells(_ count: Int) -> Int { max(2, String(count).count) }

    /// The rows to show.
    func window(of count: Int, page: Int) -> Range<Int> {
        scroll.window(of: count, page: page, with: row(of: count))
    }
}
