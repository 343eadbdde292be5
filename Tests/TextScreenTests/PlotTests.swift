// A plot may lose detail; it may not say that a value was on the other side of the line.

import Testing
import TextScreen

@Suite struct `A plot of values over time` {
    @Test func `draws sessions, follow-ups and the line as the nurse's screen has them`() {
        let plot = Plot(
            span: 90, line: 150, lineWords: "范围",
            points: [
                .init(position: 2, value: 163, glyph: "o"), .init(position: 20, value: 150, glyph: "o"),
                .init(position: 40, value: 149, glyph: "."), .init(position: 89, value: 131, glyph: "o"),
            ], events: [.init(position: 2, glyph: "|")],
            ticks: [
                .init(position: 89, text: "11-21"), .init(position: 0, text: "8-24"), .init(position: 1, text: "8-25"),
            ])
        #expect(
            plot.lines(columns: 40, rows: 5) == [
                "170                                     ", "160 o                                   ",
                "150 --------o----------------------范围-", "140                 .                   ",
                "130 |                                  o", "    8-24                           11-21",
            ])
    }

    @Test(arguments: [(149, false), (150, true), (151, true)])
    func `a value at the line stands on it, one below never does`(value: Int, isOnLine: Bool) {
        let plot = Plot(span: 10, line: 150, points: [.init(position: 5, value: value, glyph: "o")])
        let row = plot.lines(columns: 30, rows: 5).first { $0.contains("o") } ?? ""
        #expect(row.contains("-") == isOnLine)
    }

    @Test(arguments: [80, 100, 140, 150, 200], [1, 2, 5, 8])
    func `every value is in the half-open range of its row, whatever the others are`(line: Int, rows: Int) {
        for low in stride(from: 60, through: 140, by: 20) {
            for high in stride(from: low, through: 260, by: 20) {
                for value in [low, (low + high) / 2, high] {
                    let others = [low, high].map { Plot.Point(position: 0, value: $0, glyph: "o") }
                    let plot = Plot(
                        span: 9, line: line, points: others + [.init(position: 8, value: value, glyph: "x")])
                    let drawn = plot.lines(columns: 40, rows: rows)
                    #expect(drawn.count == rows + 1)
                    let labels = drawn.dropLast().compactMap { $0.split(separator: " ").first.flatMap { Int($0) } }
                    guard let row = drawn.firstIndex(where: { $0.contains("x") }) else {
                        // Only where there is no row but the line's can a value lie below them all.
                        #expect(rows < 3 && value < labels.last ?? 0)
                        continue
                    }
                    #expect(labels[row] <= value)
                    #expect(row == 0 || value < labels[row - 1])
                }
            }
        }
    }

    @Test(arguments: 1...100) func `words and glyphs never overlap, and no line is wider than asked`(columns: Int) {
        let plot = Plot(
            span: 90, line: 140, lineWords: "范围",
            points: (0..<90).map { .init(position: $0, value: 120 + $0 % 45, glyph: $0 % 3 == 0 ? "." : "o") },
            events: [.init(position: 30, glyph: "|"), .init(position: 31, glyph: "|")],
            ticks: (0..<18).map { .init(position: $0 * 5, text: "10-\(10 + $0)") })
        for line in plot.lines(columns: columns, rows: 5) { #expect(cellWidth(line) <= columns) }
        let ticks = plot.lines(columns: columns, rows: 5).last ?? ""
        #expect(ticks.split(separator: " ").allSatisfy { $0.count == 5 && $0.hasPrefix("10-") })
    }

    @Test func `what lies outside the span, and a plot without room or values, draws nothing wrong`() {
        let outside = [-1, 10, 11].map { Plot.Point(position: $0, value: 150, glyph: "o") }
        #expect(!Plot(span: 10, line: 140, points: outside).lines(columns: 30, rows: 3).joined().contains("o"))
        #expect(Plot(span: 10, line: 140).lines(columns: 4, rows: 3).isEmpty)
        #expect(Plot(span: 10, line: 140).lines(columns: 30, rows: 0).isEmpty)
        #expect(Plot(span: 0, line: 140).lines(columns: 30, rows: 3).isEmpty)
        #expect(Plot(span: 10, line: 140).lines(columns: 30, rows: 3).count == 4)
    }
}
