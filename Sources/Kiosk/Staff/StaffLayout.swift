// One staff screen from top to bottom: the alerts, the page, the bottom line, the keys that work here.

import TextScreen
import Vitals

/// A page with what stands around it.
struct StaffLayout {
    let page: any StaffPage
    let notice: LocalizedText?
    let desk: StaffDesk
    let language: Language

    /// The lines painted on a canvas of the desk's size.
    var canvas: Canvas {
        var canvas = Canvas(size: desk.size)
        for (row, line) in lines.prefix(desk.size.rows).enumerated() {
            canvas.put(StaffText.cut(line.text, desk.size.columns), row: row, column: 0, style: style(line.emphasis))
        }
        return canvas
    }

    /// The lines at the bottom.
    static let footHeight = 2

    private var lines: [StaffLine] {
        let room = StaffRoom(desk, language)
        let band = StaffBand.lines(room, typesText: page.typesText)
        let foot = foot(room)
        let body = Array(page.draw(room).prefix(room.rows))
        let blank = Array(repeating: StaffLine(), count: room.rows - body.count)
        return band + body + blank + foot
    }

    /// Two lines: the keys, and in the last one what is typed or what was answered, else more keys.
    private func foot(_ room: StaffRoom) -> [StaffLine] {
        let said = (notice ?? page.prompt).map { StaffLine(" " + $0[language], .bold) }
        let hints = hintLines(room)
        guard let said else {
            return hints.count > 1 ? hints : [StaffLine()] + hints
        }
        return [hints.first ?? StaffLine(), said]
    }

    /// The hints that fit, at most two lines at 80 columns and one at 40. The last is always among them: it leads to
    /// the page of every key, or back.
    private func hintLines(_ room: StaffRoom) -> [StaffLine] {
        let (indent, gap, most) = room.isWide ? (" ", "  ", 2) : ("", " ", 1)
        let words = page.keys(desk).filter { !$0.isQuiet }
            .compactMap { room.isWide ? $0.words[language] : $0.short?[language] }
        let last = words.last ?? ""
        var rows: [String] = []
        for (place, word) in words.enumerated() {
            let line = rows.last.map { $0 + gap + word } ?? indent + word
            // The final row keeps room for the last hint.
            let kept = rows.count == most && place < words.count - 1 ? cellWidth(gap + last) : 0
            if rows.isEmpty {
                rows.append(line)
            } else if cellWidth(line) + kept <= room.columns {
                rows[rows.count - 1] = line
            } else if rows.count < most {
                rows.append(indent + word)
            }
        }
        return rows.map { StaffLine($0) }
    }

    private func style(_ emphasis: StaffLine.Emphasis) -> Style {
        switch emphasis {
        case .plain: .plain
        case .bold: .bold
        case .alarm: Style(bold: true, color: .red)
        }
    }
}
