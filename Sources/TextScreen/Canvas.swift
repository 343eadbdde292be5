// A grid of cells to draw one screen on. Nothing here knows what a terminal is; `Painter` turns two of these grids
// into bytes. A character of two cells is never cut in half: what does not fit whole is left out.

/// How a cell looks. A colour only repeats what a shape or a word already says.
package struct Style: Hashable, Sendable {
    package enum Color: UInt8, Hashable, Sendable { case plain, red, yellow, green, cyan }
    package var bold: Bool
    package var reverse: Bool
    package var color: Color

    package init(bold: Bool = false, reverse: Bool = false, color: Color = .plain) {
        (self.bold, self.reverse, self.color) = (bold, reverse, color)
    }

    package static let plain = Style()
    package static let bold = Style(bold: true)
    package static let reverse = Style(reverse: true)
}

/// One cell of a screen.
struct Cell: Hashable, Sendable {
    var glyph: Character
    var style: Style
    /// The right half of the two-cell character before it.
    var isTail: Bool

    static let blank = Cell(glyph: " ", style: .plain, isTail: false)
}

/// A grid of cells. Row 0 is the top, column 0 the left.
///
///     var canvas = Canvas(size: ScreenSize(columns: 40, rows: 16))
///     canvas.put("方泰东社区健康小屋", row: 0, column: 1, style: .bold)
package struct Canvas: Hashable, Sendable {
    package let size: ScreenSize
    private(set) var cells: [Cell]

    /// A blank grid; a size below 1×1 counts as 1×1.
    package init(size: ScreenSize) {
        self.size = ScreenSize(columns: max(1, size.columns), rows: max(1, size.rows))
        cells = Array(repeating: .blank, count: self.size.columns * self.size.rows)
    }

    /// Writes one line from a column on, cut at the edges, and gives the column after it.
    @discardableResult
    package mutating func put(_ text: some StringProtocol, row: Int, column: Int, style: Style = .plain) -> Int {
        var column = column
        for character in text {
            guard let glyph = paintable(character) else { continue }
            let width = cellWidth(glyph)
            place(glyph, width: width, row: row, column: column, style: style)
            column += width
        }
        return column
    }

    /// The text of one row, a filled cell (a reverse blank) as `#`, blanks at the end cut.
    package func line(_ row: Int) -> String {
        var line = ""
        for cell in cells[row * size.columns..<(row + 1) * size.columns] where !cell.isTail {
            line.append(cell.glyph == " " && cell.style.reverse ? "#" : cell.glyph)
        }
        while line.last == " " { line.removeLast() }
        return line
    }

    /// The whole screen as text, one line a row.
    package var text: String { (0..<size.rows).map { line($0) + "\n" }.joined() }

    subscript(row: Int, column: Int) -> Cell { cells[row * size.columns + column] }

    private mutating func place(_ glyph: Character, width: Int, row: Int, column: Int, style: Style) {
        guard (0..<size.rows).contains(row), column >= 0, column + width <= size.columns else { return }
        free(row: row, column: column)
        cells[row * size.columns + column] = Cell(glyph: glyph, style: style, isTail: false)
        if width == 2 {
            free(row: row, column: column + 1)
            cells[row * size.columns + column + 1] = Cell(glyph: " ", style: style, isTail: true)
        }
    }

    /// Blanks what a cell about to be overwritten shares with its neighbour.
    private mutating func free(row: Int, column: Int) {
        let index = row * size.columns + column
        if cells[index].isTail { cells[index - 1] = .blank }
        if column + 1 < size.columns, cells[index + 1].isTail { cells[index + 1] = .blank }
        cells[index] = .blank
    }
}
