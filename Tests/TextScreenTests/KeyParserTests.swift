// Keys and sizes out of bytes, whole or in pieces, friendly or not.

import Testing

@testable import TextScreen

@Suite struct `A key parser` {
    static let table: [(String, [TerminalInput])] = [
        ("1", [.key(.character("1"))]),
        ("汪", [.key(.character("汪"))]),
        ("𠀀", [.key(.character("𠀀"))]),
        ("\r", [.key(.enter)]), ("\n", [.key(.enter)]), ("\r\n", [.key(.enter)]),
        ("\r\r", [.key(.enter), .key(.enter)]),
        ("\u{7F}\u{8}", [.key(.backspace), .key(.backspace)]), ("\t", [.key(.tab)]),
        ("\u{1B}[A\u{1B}[B\u{1B}[C\u{1B}[D", [.key(.up), .key(.down), .key(.right), .key(.left)]),
        ("\u{1B}OA\u{1B}OM\u{1B}Oq\u{1B}Oj", [.key(.up), .key(.enter), .key(.character("1")), .key(.character("*"))]),
        ("\u{1B}[5~\u{1B}[6~\u{1B}[3~", [.key(.pageUp), .key(.pageDown), .key(.backspace)]),
        ("\u{1B}[1;5A", [.key(.up)]),
        ("\u{1B}[48;24;80t", [.size(ScreenSize(columns: 80, rows: 24))]),
        ("\u{1B}[48;24;80;480;640t", [.size(ScreenSize(columns: 80, rows: 24))]),
        ("\u{1B}[16;40R", [.size(ScreenSize(columns: 40, rows: 16))]),
        ("\u{1B}[48;0;0t", [.size(ScreenSize(columns: 1, rows: 1))]),
        ("\u{1B}[48;99999;99999t", [.size(ScreenSize(columns: 500, rows: 200))]),
        ("\u{1B}[48;999999;80t", []), ("\u{1B}[47;24;80t", []), ("\u{1B}[48;24t", []), ("\u{1B}[48;-1;80t", []),
        ("\u{1B}[?1;2c2", [.key(.character("2"))]),
        ("\u{1B}]0;title\u{7}3", [.key(.character("3"))]), ("\u{1B}Pabc\u{1B}\\4", [.key(.character("4"))]),
        ("\u{1B}\u{1B}[A", [.key(.escape), .key(.up)]),
        ("\u{1B}x", [.key(.escape), .key(.character("x"))]),
        ("\u{3}\u{0}\u{301}5", [.key(.character("5"))]),
        // What is pasted never acts: no Enter, no Escape, no arrow; after its end Enter is Enter.
        (
            "\u{1B}[200~1\r\n2\n\t\u{8}\u{1B}[A\u{1B}x\u{1B}[201~\r",
            [
                .key(.character("1")), .key(.character(" ")), .key(.character("2")), .key(.character(" ")),
                .key(.character(" ")), .key(.enter),
            ]
        ),
        ("１２９", [.key(.character("1")), .key(.character("2")), .key(.character("9"))]),
    ]

    @Test(arguments: table)
    func `understands`(text: String, wanted: [TerminalInput]) {
        var whole = KeyParser()
        #expect(whole.push(text.utf8) == wanted)
        var piecemeal = KeyParser()
        #expect(text.utf8.flatMap { piecemeal.push([$0]) } == wanted)
    }

    @Test(
        arguments: [
            [0xFF, 0x31], [0xC3, 0x31], [0xE6, 0x31], [0xE6, 0xB1, 0x31], [0xC0, 0x80, 0x31], [0xED, 0xA0, 0x80, 0x31],
            [0xF4, 0x90, 0x80, 0x80, 0x31], [0xE0, 0x80, 0x80, 0x31],
        ] as [[UInt8]])
    func `bytes that are no UTF-8 are dropped and the next key is heard`(bytes: [UInt8]) {
        var parser = KeyParser()
        #expect(parser.push(bytes) == [.key(.character("1"))])
    }

    @Test func `a lone escape is a key once time is up`() {
        var parser = KeyParser()
        #expect(parser.push([0x1B]) == [])
        #expect(parser.isWaiting)
        #expect(parser.timeUp() == [.key(.escape)])
        #expect(!parser.isWaiting)
        #expect(parser.timeUp() == [])
    }

    @Test func `a paste that never ends does not keep the keyboard`() {
        var parser = KeyParser()
        #expect(parser.push("\u{1B}[200~1\r".utf8) == [.key(.character("1")), .key(.character(" "))])
        #expect(parser.isWaiting)
        #expect(parser.timeUp() == [])
        #expect(parser.push("\r".utf8) == [.key(.enter)])
    }

    @Test func `half a sequence does not swallow the next key once time is up`() {
        for half in ["\u{1B}[", "\u{1B}[48;2", "\u{1B}O", "\u{1B}]0;abc"] {
            var parser = KeyParser()
            #expect(parser.push(half.utf8) == [])
            #expect(parser.timeUp() == [])
            #expect(parser.push([0x31]) == [.key(.character("1"))])
        }
    }

    @Test func `an endless sequence or string ends`() {
        var parser = KeyParser()
        _ = parser.push("\u{1B}[".utf8)
        _ = parser.push(Array(repeating: 0x31, count: 5_000))
        #expect(parser.push("2".utf8) == [.key(.character("2"))])
        _ = parser.push("\u{1B}]".utf8)
        _ = parser.push(Array(repeating: 0x41, count: 5_000))
        #expect(parser.push("2".utf8) == [.key(.character("2"))])
    }

    @Test func `survives a hundred thousand random bytes`() {
        var state: UInt64 = 20_261_121
        var parser = KeyParser()
        for _ in 0..<100_000 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            // Escapes and brackets often, so that sequences are begun and broken.
            let byte = [0x1B, 0x5B, 0x3B, 0x74, UInt8(truncatingIfNeeded: state >> 40)][Int((state >> 33) % 5)]
            for case .size(let size) in parser.push([byte]) {
                #expect((1...500).contains(size.columns) && (1...200).contains(size.rows))
            }
        }
    }

    @Test func `what the terminal is asked it can answer`() {
        var parser = KeyParser()
        #expect(String(decoding: Terminal.askSize, as: UTF8.self) == "\u{1B}[999;999H\u{1B}[6n")
        #expect(parser.push("\u{1B}[24;80R".utf8) == [.size(ScreenSize(columns: 80, rows: 24))])
    }

    @Test func `leaving undoes what entering did`() {
        let enter = String(decoding: Terminal.enter, as: UTF8.self)
        let leave = String(decoding: Terminal.leave, as: UTF8.self)
        for mode in ["?1049", "?25", "?7", "?2048", "?2004"] {
            #expect(enter.contains(mode + "h") != enter.contains(mode + "l"))
            #expect(enter.contains(mode + "h") == leave.contains(mode + "l"))
        }
    }
}
