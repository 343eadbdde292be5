// A row's number typed before the key that acts on it, and the paging of a list longer than the page.
//
// Numbers count through the whole list, so that a number means one row on every page; the page of a typed number is
// shown, so that nothing is done to a row that cannot be seen.

import TextScreen

/// Which row is meant and which rows are shown.
struct StaffRowNumber: Sendable, Hashable {
    private(set) var typed = ""
    private var top = 0
    /// The number was put there, not typed: a digit begins a new one.
    private var isPreset = false

    /// No list is longer than this many digits of row numbers.
    private static let longest = 5

    /// The row that is typed, if the list has it.
    func row(of count: Int) -> Int? {
        guard let number = Int(typed), (1...max(1, count)).contains(number), count > 0 else { return nil }
        return number - 1
    }

    mutating func clear() { typed = "" }

    /// Stands on a row as if its number had been typed.
    mutating func preset(_ row: Int) { (typed, isPreset) = (String(row + 1), true) }

    /// Takes digits, Backspace and the page keys; says whether the key was one of them.
    mutating func press(_ key: Key, count: Int, page: Int) -> Bool {
        let page = max(1, page)
        switch key {
        case .character(let digit) where digit.isRowDigit:
            if isPreset { typed = "" }
            isPreset = false
            if typed.count < Self.longest, !(typed.isEmpty && digit == "0") { typed.append(digit) }
        case .backspace where !typed.isEmpty: typed.removeLast()
        case .escape where !typed.isEmpty: typed = ""
        case .pageDown, .down, .character("+"): if top + page < count { top += page }
        case .pageUp, .up, .character("-"): top = max(0, top - page)
        default: return false
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
        guard count > 0, page > 0 else { return 0..<0 }
        let wanted = row(of: count) ?? min(top, count - 1)
        let first = wanted / page * page
        return first..<min(count, first + page)
    }
}
