// Cells, widths and what may reach a terminal.

import Testing

@testable import TextScreen

@Suite struct `A canvas` {
    @Test(arguments: [
        ("a", 1), ("汪", 2), ("，", 2), ("（", 2), ("　", 2), ("한", 2), ("𠀀", 2), ("㐀", 2), ("é", 1), ("e\u{301}", 1),
        ("\u{301}", 0), ("\u{200D}", 0), ("\u{1B}", 0), ("\u{7F}", 0), ("\u{202E}", 0), ("°", 1), ("─", 1), ("😀", 2),
        ("ｱ", 1), ("Ａ", 2), ("ไ", 1),
    ])
    func `counts the cells of a character`(character: String, width: Int) {
        #expect(cellWidth(character) == width)
    }

    @Test func `dumps one line a row with the blanks at the end cut`() {
        var canvas = Canvas(size: ScreenSize(columns: 6, rows: 2))
        canvas.put("汪a", row: 0, column: 1)
        #expect(canvas.text == " 汪a\n\n")
    }

    @Test func `never splits a wide character at the edge`() {
        var canvas = Canvas(size: ScreenSize(columns: 5, rows: 1))
        canvas.put("汪王张", row: 0, column: 0)
        #expect(canvas.text == "汪王\n")
        canvas.put("张", row: 0, column: -1)
        #expect(canvas.text == "汪王\n")
    }

    @Test func `a wide character written over in half leaves no half behind`() {
        var canvas = Canvas(size: ScreenSize(columns: 6, rows: 1))
        canvas.put("汪王张", row: 0, column: 0)
        canvas.put("a", row: 0, column: 1)
        canvas.put("b", row: 0, column: 4)
        #expect(canvas.line(0) == " a王b")
        canvas.put("李", row: 0, column: 2)
        #expect(canvas.line(0) == " a李b")
    }

    @Test func `nothing that moves a cursor or turns the direction gets in`() {
        var canvas = Canvas(size: ScreenSize(columns: 20, rows: 1))
        canvas.put("a\u{1B}[2Jb\r\nc\u{202E}d\u{200B}e\u{9B}f", row: 0, column: 0)
        #expect(canvas.line(0) == "a[2Jbcdef")
    }

    @Test func `a pile of marks is cut to two`() {
        var canvas = Canvas(size: ScreenSize(columns: 4, rows: 1))
        canvas.put("e" + String(repeating: "\u{301}", count: 500), row: 0, column: 0)
        #expect(canvas.line(0).unicodeScalars.count == 3)
    }

    @Test func `rows and columns outside are left alone`() {
        var canvas = Canvas(size: ScreenSize(columns: 3, rows: 2))
        canvas.put("abc", row: 2, column: 0)
        canvas.put("abc", row: -1, column: 0)
        canvas.put("abcdef", row: 1, column: 2)
        #expect(canvas.text == "\n  a\n")
        #expect(Canvas(size: ScreenSize(columns: 0, rows: -4)).text == "\n")
    }

    @Test func `big digits are reverse blanks and read as hashes`() {
        var canvas = Canvas(size: ScreenSize(columns: 40, rows: 6))
        canvas.putBig("136/81", row: 0, column: 0)
        #expect(
            canvas.text == """
                  #   ##### #####     # #####   #
                 ##       # #        #  #   #  ##
                  #    #### #####    #  #####   #
                  #       # #   #   #   #   #   #
                  #       # #   #  #    #   #   #
                 ###  ##### ##### #     #####  ###

                """)
    }

    @Test func `two numbers of three digits fit 40 columns`() {
        for systolic in [100, 200, 222, 299] {
            for diastolic in [100, 120, 188, 199] {
                #expect(BigDigits.width("\(systolic)/\(diastolic)", slim: true) <= 40)
            }
        }
        #expect(BigDigits.width("199/99") <= 38)
    }
}
