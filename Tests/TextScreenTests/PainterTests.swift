// What is painted must be what stands there. A terminal small enough to understand reads the bytes back.

import Testing

@testable import TextScreen

/// Knows exactly what a painter may send: cursor, erase, style, text. Anything else is kept as a complaint.
private struct SmallTerminal {
    private(set) var canvas: Canvas
    private(set) var complaints: [String] = []
    private var row = 0
    private var column = 0
    private var style = Style.plain

    init(_ size: ScreenSize) { canvas = Canvas(size: size) }

    mutating func receive(_ bytes: [UInt8]) {
        var rest = Substring(String(decoding: bytes, as: UTF8.self))
        while let character = rest.popFirst() {
            guard character == "\u{1B}" else {
                canvas.put(String(character), row: row, column: column, style: style)
                column += cellWidth(character)
                continue
            }
            guard rest.popFirst() == "[" else { return complaints.append("not a sequence") }
            let parameters = rest.prefix { !$0.isLetter }
            rest = rest.dropFirst(parameters.count)
            obey(rest.popFirst(), parameters.split(separator: ";").compactMap { Int($0) }, String(parameters))
        }
    }

    private mutating func obey(_ final: Character?, _ numbers: [Int], _ text: String) {
        switch final {
        case "H": (row, column) = numbers.isEmpty ? (0, 0) : (numbers[0] - 1, numbers[1] - 1)
        case "C": column += numbers.first ?? 1
        case "J": canvas = Canvas(size: canvas.size)
        case "K":
            canvas.put(String(repeating: " ", count: canvas.size.columns - column), row: row, column: column)
        case "m": dress(numbers, text)
        case "h", "l": if text != "?2026" { complaints.append("mode \(text)") }
        default: complaints.append("\(text)\(final.map(String.init) ?? "")")
        }
    }

    private mutating func dress(_ numbers: [Int], _ text: String) {
        if text.isEmpty || text.hasPrefix(";") { style = .plain }
        for number in numbers {
            switch number {
            case 0: style = .plain
            case 1: style.bold = true
            case 7: style.reverse = true
            case 31: style.color = .red
            case 32: style.color = .green
            case 33: style.color = .yellow
            case 36: style.color = .cyan
            default: complaints.append("style \(number)")
            }
        }
    }
}

@Suite struct `A painter` {
    private static let size = ScreenSize(columns: 80, rows: 24)

    /// A full screen of Chinese, as full as the script's fullest.
    private static func page(_ time: String, _ moved: Bool = false) -> Canvas {
        var canvas = Canvas(size: size)
        canvas.put("张*芳 女士  047号", row: 0, column: 1)
        canvas.put(time, row: 0, column: 74)
        for row in 0..<9 {
            canvas.put("现在有没有这些不舒服？头疼得厉害、天旋地转，突然看不清", row: 2 + row * 2, column: 8)
        }
        canvas.put(moved ? "> " : "  ", row: 6, column: 4, style: .bold)
        canvas.put(moved ? "  " : "> ", row: 8, column: 4, style: .bold)
        canvas.putBig("138/82", row: 12, column: 20)
        canvas.put("8 再说一遍     9 叫人     0 离开     退格 上一步", row: 23, column: 1)
        return canvas
    }

    @Test func `a new screen, a move and a clock tick stay within their bytes`() {
        var painter = Painter()
        #expect(painter.paint(Self.page("09:14")).count <= 2_400)
        #expect(painter.paint(Self.page("09:14", true)).count <= 200)
        #expect(painter.paint(Self.page("09:15", true)).count <= 40)
        #expect(painter.paint(Self.page("09:15", true)).isEmpty)
        #expect(painter.paint(Canvas(size: Self.size)).count <= 40)
        painter.forget()
        #expect(painter.paint(Self.page("09:15")).count > 500)
    }

    @Test func `after any change what stands is what was painted`() {
        var painter = Painter()
        var terminal = SmallTerminal(ScreenSize(columns: 20, rows: 6))
        var random = SystemRandomNumberGenerator()
        let seed = random.next()
        var state = seed
        func pick(_ count: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(count))
        }
        var canvas = Canvas(size: ScreenSize(columns: 20, rows: 6))
        let texts = ["汪", "a", " ", "王医生", "abc", "   ", "e\u{301}", "                    "]
        let styles = [Style.plain, .bold, .reverse, Style(bold: true, color: .red), Style(color: .cyan)]
        for step in 0..<2_000 {
            for _ in 0..<pick(4) {
                canvas.put(texts[pick(8)], row: pick(6), column: pick(20), style: styles[pick(5)])
            }
            if pick(40) == 0 { canvas = Canvas(size: canvas.size) }
            terminal.receive(painter.paint(canvas))
            #expect(terminal.canvas == canvas, "seed \(seed) step \(step)")
            if terminal.canvas != canvas { return }
        }
        #expect(terminal.complaints == [])
    }

    @Test func `another size is painted afresh`() {
        var painter = Painter()
        _ = painter.paint(Canvas(size: Self.size))
        var small = Canvas(size: ScreenSize(columns: 40, rows: 16))
        small.put("小", row: 0, column: 0)
        var terminal = SmallTerminal(small.size)
        terminal.receive(painter.paint(small))
        #expect(terminal.canvas == small)
    }
}
