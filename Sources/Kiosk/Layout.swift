// Puts a page on a canvas by the two layouts of the script: 40×16, every line under the other; and 80×24, a blank line
// between, left margin 8. A terminal of another size gets the larger one that fits, in its top left corner. Where a
// page is too long the blank lines go first; the bottom line always stands.

import TextScreen
import Vitals

/// The two layouts of the script.
enum Layout: Sendable {
    case narrow, wide

    /// The larger layout that fits; nil below 40×16.
    init?(fitting size: ScreenSize) {
        if size.columns >= 80, size.rows >= 24 {
            self = .wide
        } else if size.columns >= 40, size.rows >= 16 {
            self = .narrow
        } else {
            return nil
        }
    }

    var columns: Int { self == .wide ? 80 : 40 }
    var rows: Int { self == .wide ? 24 : 16 }
    private var margin: Int { self == .wide ? 8 : 1 }
    /// Every sentence of the script fits this width at 40 columns.
    private var width: Int { self == .wide ? 70 : 38 }
    private var top: Int { self == .wide ? 2 : 1 }
    /// Rows between the header and the bottom line.
    private var room: Int { self == .wide ? 20 : 14 }

    /// The page with its header and bottom line; false when a line had to be left out.
    func draw(_ page: Page, bottom: String, look: Look, on canvas: inout Canvas) -> Bool {
        header(page.header, look, &canvas)
        canvas.put(bottom, row: rows - 1, column: 1)
        let lines = spaced(page.blocks)
        var row = top
        for line in lines {
            guard row + line.height <= top + room else { return false }
            draw(line, row, &canvas)
            row += line.height
        }
        if self == .wide, let picture = page.picture {
            for (offset, line) in picture.lines.enumerated() {
                canvas.put(line, row: picture.row + offset, column: picture.column)
            }
        }
        return true
    }

    private func header(_ header: Header, _ look: Look, _ canvas: inout Canvas) {
        let time = look.room.place.offset.civil(of: look.now.hut)
        let clock = "\(time.hour.padded(2)):\(time.minute.padded(2))"
        let day = look.room.place.offset.day(of: look.now.hut).iso
        let right = self == .wide ? "\(day)  \(clock)" : clock
        var left = look.room.place.hutName
        if let visitor = header.visitor(look) {
            left = look.who(visitor)
            if let number = visitor.number { left += "  " + look.say(.number, ["number": number]) }
        }
        canvas.put(left.prefix(cells: columns - 3 - right.count), row: 0, column: 1)
        canvas.put(right, row: 0, column: columns - 1 - right.count)
    }
}

extension Header {
    fileprivate func visitor(_ look: Look) -> Visitor? {
        switch self {
        case .hut: nil
        case .visitor: look.visitor
        case .past(let visitor): visitor
        }
    }
}

/// One line ready to be drawn, or six rows of digits.
private enum Line {
    case text(String, indent: Int, bold: Bool)
    case choice(String, String, indent: Int)
    case digits(String, indent: Int)
    case blank

    var height: Int { if case .digits = self { BigDigits.height } else { 1 } }
}

extension Layout {
    private func draw(_ line: Line, _ row: Int, _ canvas: inout Canvas) {
        switch line {
        case .text(let text, let indent, let bold):
            canvas.put(text, row: row, column: margin + indent, style: Style(bold: bold))
        case .choice(let key, let text, let indent):
            let column = canvas.put(key, row: row, column: margin + indent, style: .bold)
            canvas.put(text, row: row, column: column + (self == .wide ? 3 : 1))
        case .digits(let text, let indent):
            let isSlim = BigDigits.width(text) > width
            let spare = max(0, width - BigDigits.width(text, slim: isSlim))
            // Two numbers of three digits take the whole narrow screen, margins too.
            let column = spare == 0 && isSlim ? 0 : margin + min(indent, spare)
            canvas.putBig(text, row: row, column: column, slim: isSlim)
        case .blank: break
        }
    }

    /// The lines with as many blank ones as there is room for.
    private func spaced(_ blocks: [Block]) -> [Line] {
        let groups = blocks.map { lines(of: $0) }
        if self == .narrow { return narrowed([[.blank]] + groups) }
        for (between, gaps) in [(true, true), (true, false), (false, true)] {
            let lines = joined(groups, between: between, gaps: gaps)
            if lines.reduce(0, { $0 + $1.height }) <= room { return lines }
        }
        return joined(groups, between: false, gaps: false)
    }

    /// Wide: a blank line between groups, and one more for a gap.
    private func joined(_ groups: [[Line]], between: Bool, gaps: Bool) -> [Line] {
        var lines: [Line] = []
        var isFirst = true
        for group in groups {
            if group.isGap {
                if gaps { lines.append(.blank) }
                continue
            }
            if between && !isFirst { lines.append(.blank) }
            lines += group
            isFirst = false
        }
        return lines
    }

    /// Narrow: the gaps as drawn; too long, the gap under the header goes first, then from the bottom up.
    private func narrowed(_ groups: [[Line]]) -> [Line] {
        var groups = groups
        func height() -> Int { groups.joined().reduce(0) { $0 + $1.height } }
        if height() > room { groups.removeFirst() }
        while height() > room, let gap = groups.lastIndex(where: \.isGap) { groups.remove(at: gap) }
        return Array(groups.joined())
    }

    private func lines(of block: Block) -> [Line] {
        switch block {
        case .gap: return [.blank]
        case .digits(let text, let indent): return [.digits(text, indent: indent)]
        case .text(let text, let indent, let bold):
            return text.split(separator: "\n").flatMap { wrapped(String($0), to: width - indent) }
                .map { .text($0, indent: indent, bold: bold) }
        case .choice(let key, let text, let indent):
            let hanging = self == .wide ? 4 : 2
            let parts = wrapped(text, to: width - indent - hanging)
            return parts.enumerated().map { offset, part in
                offset == 0
                    ? .choice(String(key), part, indent: indent)
                    : .text(part, indent: indent + hanging, bold: false)
            }
        }
    }
}

extension [Line] {
    fileprivate var isGap: Bool {
        if count == 1, case .blank = self[0] { true } else { false }
    }
}

extension String {
    /// As much of the beginning as fits so many cells.
    func prefix(cells limit: Int) -> Substring {
        var end = startIndex
        var used = 0
        while end < endIndex, used + cellWidth(self[end]) <= limit {
            used += cellWidth(self[end])
            end = index(after: end)
        }
        return self[..<end]
    }
}

/// A sentence in lines of at most so many cells: broken at blanks, or between Chinese characters, but never before a
/// closing mark.
func wrapped(_ text: String, to width: Int) -> [String] {
    var lines: [String] = []
    var rest = Substring(text)
    while cellWidth(rest) > width {
        let fitting = String(rest).prefix(cells: width).count
        let characters = Array(rest)
        let breaks = (1...max(1, fitting)).filter { mayBreak(characters, at: $0) }
        let end = breaks.last ?? max(1, fitting)
        lines.append(String(characters[..<end]).strippedOfBlanks)
        rest = Substring(String(characters[end...]).strippedOfBlanks)
    }
    if !rest.isEmpty || lines.isEmpty { lines.append(String(rest)) }
    return lines
}

private func mayBreak(_ text: [Character], at index: Int) -> Bool {
    guard index < text.count else { return true }
    if "，。：；、？！）".contains(text[index]) || "（".contains(text[index - 1]) { return false }
    if text[index] == " " || text[index - 1] == " " { return true }
    return cellWidth(text[index]) == 2 || cellWidth(text[index - 1]) == 2
}

extension String {
    /// Without blanks at its end and, behind a break, at its beginning.
    fileprivate var strippedOfBlanks: String {
        var text = Substring(self)
        while text.last == " " { text.removeLast() }
        while text.first == " " { text.removeFirst() }
        return String(text)
    }
}
