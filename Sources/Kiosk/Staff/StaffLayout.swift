// One staff screen from top to bottom: the alerts, the page, the bottom line, the keys that work here.

import TextScreen
import Vitals

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

    private var lines: [StaffLine] {
        var room = StaffRoom(columns: desk.size.columns, rows: desk.size.rows, language: language, desk: desk)
        let band = StaffBand.lines(room, typesText: page.typesText)
        let foot = foot(room)
        room.rows = max(0, desk.size.rows - band.count - foot.count)
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

    /// The hints that fit, at most two lines at 80 columns and one at 40; `?` is always among them.
    private func hintLines(_ room: StaffRoom) -> [StaffLine] {
        let indent = room.isWide ? "   " : ""
        let gap = room.isWide ? "   " : " "
        var rows = [""]
        let words = page.keys.compactMap { room.isWide ? $0.words[language] : $0.short?[language] }
        for (place, word) in words.enumerated() {
            let isLast = place == words.count - 1
            let line = rows[rows.count - 1]
            let joined = line.isEmpty ? indent + word : line + gap + word
            if cellWidth(joined) <= room.columns {
                rows[rows.count - 1] = joined
            } else if room.isWide && rows.count < 2 {
                rows.append(indent + word)
            } else if isLast {
                rows[rows.count - 1] = StaffText.spread(line, word, room.columns)
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
