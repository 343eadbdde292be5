// What comes from a keyboard, after the bytes of a terminal were understood.

/// One key press.
package enum Key: Hashable, Sendable {
    case character(Character)
    case enter, backspace, escape, tab, up, down, left, right, pageUp, pageDown
}

/// The size of a terminal in cells.
package struct ScreenSize: Hashable, Sendable {
    package var columns: Int
    package var rows: Int

    package init(columns: Int, rows: Int) { (self.columns, self.rows) = (columns, rows) }
}
