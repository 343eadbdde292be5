// Values over time on a grid of characters: enough to see whether they lie above or below one line, and no more. A row
// stands for a half-open range from its label up to the label above; the line is the lower edge of its own row, so that
// a value at the line is drawn on it and never below.

/// A plot of whole numbers over equal steps of time.
///
///     let plot = Plot(span: 90, line: 150, lineWords: "范围", points: [.init(position: 3, value: 138, glyph: "o")])
///     plot.lines(columns: 60, rows: 5)  // six lines: five of the scale, one of the ticks
package struct Plot: Hashable, Sendable {
    /// One value; a later one covers an earlier one in the same cell.
    package struct Point: Hashable, Sendable {
        /// 0..<span.
        package var position: Int
        package var value: Int
        package var glyph: Character

        package init(position: Int, value: Int, glyph: Character) {
            (self.position, self.value, self.glyph) = (position, value, glyph)
        }
    }

    /// Something that happened then, whatever the values were: drawn in the lowest free cell of its column.
    package struct Event: Hashable, Sendable {
        package var position: Int
        package var glyph: Character

        package init(position: Int, glyph: Character) { (self.position, self.glyph) = (position, glyph) }
    }

    /// A word under the axis.
    package struct Tick: Hashable, Sendable {
        package var position: Int
        package var text: String

        package init(position: Int, text: String) { (self.position, self.text) = (position, text) }
    }

    /// How many steps of time the plot shows; what lies outside is left out.
    package var span: Int
    package var line: Int
    /// Stands on the line where nothing else does.
    package var lineWords: String
    package var points: [Point]
    package var events: [Event]
    /// The most important first: a tick that would touch an earlier one is left out.
    package var ticks: [Tick]

    package init(
        span: Int, line: Int, lineWords: String = "", points: [Point] = [], events: [Event] = [], ticks: [Tick] = []
    ) {
        (self.span, self.line, self.lineWords) = (span, line, lineWords)
        (self.points, self.events, self.ticks) = (points, events, ticks)
    }

    /// `rows` lines of the scale, the highest first, and one of the ticks; none where there is no room.
    package func lines(columns: Int, rows: Int) -> [String] {
        let shown = points.filter { (0..<span).contains($0.position) }
        let edges = edges(shown.map(\.value), rows: rows)
        let labels = edges.map(String.init)
        let gutter = (labels.map(\.count).max() ?? 0) + 1
        let width = columns - gutter
        guard span > 0, rows > 0, width > 0 else { return [] }
        var grid = edges.map { Array(repeating: $0 == line ? Character("-") : " ", count: width) }
        for point in shown {
            guard let row = edges.firstIndex(where: { $0 <= point.value }) else { continue }
            grid[row][column(point.position, width)] = point.glyph
        }
        for event in events where (0..<span).contains(event.position) {
            let column = column(event.position, width)
            if let row = grid.indices.last(where: { " -".contains(grid[$0][column]) }) {
                grid[row][column] = event.glyph
            }
        }
        var drawn = grid.map { String($0) }
        if let row = edges.firstIndex(of: line) { drawn[row] = worded(grid[row]) }
        return zip(labels, drawn).map { label, cells in
            String(repeating: " ", count: gutter - 1 - label.count) + label + " " + cells
        } + [String(repeating: " ", count: gutter) + tickLine(width)]
    }

    private func column(_ position: Int, _ width: Int) -> Int { position * width / span }

    /// Lower edges, the highest first, with the line among them and every value covered: the finest of the steps that
    /// fits. Rows to spare are added above and below in turn.
    private func edges(_ values: [Int], rows: Int) -> [Int] {
        guard rows > 1 else { return rows == 1 ? [line] : [] }
        let (least, most) = (values.min() ?? line, values.max() ?? line)
        var step = 0
        var (above, below) = (0, 0)
        for candidate in Plot.steps {
            step = candidate
            above = most >= line ? (most - line) / step : 0
            below = least < line ? (line - least + step - 1) / step : 0
            if above + below < rows { break }
        }
        while above + below + 1 < rows { if above <= below { above += 1 } else { below += 1 } }
        return (0..<rows).map { line + (above - $0) * step }
    }

    private static let steps = [5, 10, 15, 20, 30, 40, 60, 100, 200, 500, 1_000, 10_000, 100_000]

    /// The line with its words at the last place where they cover nothing.
    private func worded(_ cells: [Character]) -> String {
        let width = cellWidth(lineWords)
        guard width > 0, cells.count > width + 2 else { return String(cells) }
        let place = (1..<(cells.count - width)).last { start in
            cells[(start - 1)...(start + width)].allSatisfy { $0 == "-" }
        }
        guard let place else { return String(cells) }
        return String(cells[..<place]) + lineWords + String(cells[(place + width)...])
    }

    private func tickLine(_ width: Int) -> String {
        var taken: [(start: Int, end: Int, text: String)] = []
        for tick in ticks where (0..<span).contains(tick.position) {
            let cells = cellWidth(tick.text)
            let start = max(0, min(column(tick.position, width), width - cells))
            let isFree = taken.allSatisfy { start > $0.end || start + cells < $0.start }
            if cells <= width, isFree { taken.append((start, start + cells, tick.text)) }
        }
        var line = ""
        for tick in taken.sorted(by: { $0.start < $1.start }) {
            line += String(repeating: " ", count: tick.start - cellWidth(line)) + tick.text
        }
        return line
    }
}
