// Turns canvases into bytes for a terminal, sending only what changed: a clock tick is a cursor move and a digit.
//
// The line may be a slow socket and Chinese takes three bytes a character, so both ways of getting to the next screen
// are written (changed cells only; erase and write afresh) and the shorter one is sent. No wrap, no scrolling:
// `enter` switches both off, so the last cell of the screen is an ordinary cell.

/// Paints canvases on one terminal; remembers what stands there.
package struct Painter: Sendable {
    private var shown: Canvas?

    package init() {}

    /// The bytes that turn what stands on the terminal into this canvas; empty when nothing changed.
    package mutating func paint(_ canvas: Canvas) -> [UInt8] {
        defer { shown = canvas }
        guard let shown, shown.size == canvas.size else { return afresh(canvas) }
        if shown == canvas { return [] }
        var changes = Brush()
        changes.cover(shown, with: canvas)
        // Erasing pays only where much changes.
        if changes.bytes.count < 60 { return changes.finished }
        let whole = afresh(canvas)
        return changes.finished.count <= whole.count ? changes.finished : whole
    }

    private func afresh(_ canvas: Canvas) -> [UInt8] {
        var brush = Brush()
        brush.erase()
        brush.cover(Canvas(size: canvas.size), with: canvas)
        return brush.finished
    }

    /// Nothing is known of the terminal any more: the next canvas is painted whole.
    package mutating func forget() { shown = nil }
}

/// What is said to a terminal beside pictures.
package enum Terminal {
    /// Alternate screen, no cursor, no wrapping; in-band size reports (mode 2048) and marked pastes (mode 2004) where the
    /// terminal has them.
    package static let enter = Array(
        ("\u{1B}[?1049h\u{1B}[?25l\u{1B}[?7l\u{1B}[?2048h\u{1B}[?2004h" + "\u{1B}[0m\u{1B}[2J").utf8)
    /// Everything `enter` changed, changed back.
    package static let leave = Array("\u{1B}[0m\u{1B}[?2004l\u{1B}[?2048l\u{1B}[?7h\u{1B}[?25h\u{1B}[?1049l".utf8)
    /// Asks for the size: the cursor goes as far as it can and says where it stands (`CSI r;c R`).
    package static let askSize = Array("\u{1B}[999;999H\u{1B}[6n".utf8)
    /// Empties the screen and the scrollback. The painter must `forget`.
    package static let wipe = Array("\u{1B}[0m\u{1B}[H\u{1B}[2J\u{1B}[3J".utf8)
    package static let bell: [UInt8] = [7]
}

/// Bytes being written, with the cursor and the style the terminal will have after them.
private struct Brush {
    private(set) var bytes: [UInt8] = []
    private var style: Style
    /// nil when unknown.
    private var cursor: (row: Int, column: Int)?

    init(style: Style = .plain, cursor: (row: Int, column: Int)? = nil) { (self.style, self.cursor) = (style, cursor) }

    /// The bytes with the style put back; held together by the terminal (mode 2026) where they are many.
    var finished: [UInt8] {
        var closed = self
        closed.change(to: .plain)
        if closed.bytes.count < 200 { return closed.bytes }
        return Array("\u{1B}[?2026h".utf8) + closed.bytes + Array("\u{1B}[?2026l".utf8)
    }

    mutating func erase() {
        bytes += Array("\u{1B}[0m\u{1B}[2J".utf8)
    }

    mutating func cover(_ old: Canvas, with new: Canvas) {
        for row in 0..<new.size.rows { cover(row, of: old, with: new) }
    }

    private mutating func cover(_ row: Int, of old: Canvas, with new: Canvas) {
        let columns = new.size.columns
        let end = (0..<columns).last { new[row, $0] != .blank }.map { $0 + 1 } ?? 0
        var column = 0
        while column < columns {
            if new[row, column] == old[row, column] {
                column += 1
                continue
            }
            reach(row, column, in: new)
            // Three bytes erase the rest of a line; fewer blanks than that are written out.
            if column >= end, columns - column > 3 {
                change(to: .plain)
                bytes += Array("\u{1B}[K".utf8)
                return
            }
            put(new[row, column])
            // Past the tail too: it came with its head.
            column += cellWidth(new[row, column].glyph)
        }
    }

    private mutating func put(_ cell: Cell) {
        change(to: cell.style)
        bytes += Array(String(cell.glyph).utf8)
        if let at = cursor { cursor = (at.row, at.column + cellWidth(cell.glyph)) }
    }

    /// Brings the cursor to a cell: by writing again what stands between, where that is no longer than jumping.
    private mutating func reach(_ row: Int, _ column: Int, in canvas: Canvas) {
        guard let cursor, cursor.row == row, cursor.column <= column else {
            bytes += Array("\u{1B}[\(row + 1);\(column + 1)H".utf8)
            return self.cursor = (row, column)
        }
        let distance = column - cursor.column
        if distance == 0 { return }
        let jump = Array("\u{1B}[\(distance == 1 ? "" : String(distance))C".utf8)
        var written = Brush(style: style, cursor: cursor)
        for between in cursor.column..<column where distance <= 8 && !canvas[row, between].isTail {
            written.put(canvas[row, between])
        }
        // What comes next may want the style that stands now.
        let next = canvas[row, column].style
        let costToWrite = written.bytes.count + Self.dressing(from: written.style, to: next).count
        let costToJump = jump.count + Self.dressing(from: style, to: next).count
        if distance <= 8, costToWrite <= costToJump {
            bytes += written.bytes
            (style, self.cursor) = (written.style, written.cursor)
        } else {
            bytes += jump
            self.cursor = (row, column)
        }
    }

    private mutating func change(to new: Style) {
        bytes += Self.dressing(from: style, to: new)
        style = new
    }

    /// The shortest sequence from one style to another; nothing where they are the same.
    private static func dressing(from old: Style, to new: Style) -> [UInt8] {
        if old == new { return [] }
        var codes: [String] = []
        var standing = old
        if old.bold && !new.bold || old.reverse && !new.reverse || old.color != .plain && new.color == .plain {
            codes = [""]
            standing = .plain
        }
        if new.bold && !standing.bold { codes.append("1") }
        if new.reverse && !standing.reverse { codes.append("7") }
        if new.color != standing.color { codes.append(new.color.code) }
        return Array("\u{1B}[\(codes.joined(separator: ";"))m".utf8)
    }
}

extension Style.Color {
    fileprivate var code: String {
        switch self {
        case .plain: "39"
        case .red: "31"
        case .yellow: "33"
        case .green: "32"
        case .cyan: "36"
        }
    }
}
