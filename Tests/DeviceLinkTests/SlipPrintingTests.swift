// Slips as bytes.

import Testing
import Vitals

@testable import DeviceLink

/// The characters of a small printer: GB 2312 for these, nothing else.
private let gb2312: [Character: String] = [
    "张": "D5C5", "三": "C8FD", "血": "D1AA", "压": "D1B9", "小": "D0A1", "屋": "CEDD",
]

private func encode(_ character: Character) -> [UInt8]? {
    if let ascii = character.asciiValue { return [ascii] }
    return gb2312[character].flatMap { HexText.bytes(in: $0) }
}

/// A font with two pictures: a line at the top of each row, and a full box.
private func glyph(_ character: Character) -> Glyph? {
    character == "䶮" || gb2312[character] != nil
        ? Glyph(hex: String(repeating: "F00F", count: 16))
        : character.isASCII ? Glyph(hex: String(repeating: "81", count: 16)) : nil
}

func printedSlip(
    _ lines: [Slip.Line], paper: PaperWidth = .mm58, invitation: [Slip.Line] = [], code: HutCode? = nil
) -> [UInt8] {
    SlipPrinting(paper: paper, encode: encode, glyph: glyph, pinyin: { $0 == "𠀀" ? "he" : nil }).bytes(
        of: Slip(lines: lines, invitation: invitation, code: code, readings: []))
}

let slipCode = HutCode("HH1:0123456789ABCDEFFEDCBA9876543210")

/// What stands between the reset and the feed.
private func inner(_ bytes: [UInt8]) -> [UInt8] { Array(bytes.dropFirst(4).dropLast(6)) }

struct SlipTests {
    @Test func `the worked slip comes out byte for byte`() throws {
        let bytes = printedSlip([Slip.Line("张三 血压 128/80")])
        #expect(bytes == (try hex("1b 40 1c 26 d5 c5 c8 fd 20 d1 aa d1 b9 20 31 32 38 2f 38 30 0a 1b 64 04 1d 56 00")))
    }

    @Test func `styles are switched on and off around a line`() throws {
        let bytes = printedSlip([
            Slip.Line("138/82", .big, isCentred: true), Slip.Line("张", .bold), Slip.Line("小屋", .big),
        ])
        let expected =
            "1b 61 01 1d 21 11 31 33 38 2f 38 32 0a 1d 21 00 1b 61 00"
            // Chinese is never printed large: printers do not agree about it.
            + " 1b 45 01 d5 c5 0a 1b 45 00 1b 45 01 d0 a1 ce dd 0a 1b 45 00"
        #expect(inner(bytes) == (try hex(expected)))
    }

    @Test(arguments: [(PaperWidth.mm58, 32), (.mm80, 48)])
    func `a long line is wrapped where the paper ends`(paper: PaperWidth, columns: Int) throws {
        let bytes = inner(printedSlip([Slip.Line(String(repeating: "张", count: 30))], paper: paper))
        let rows = bytes.split(separator: Escpos.lineFeed)
        #expect(rows.map(\.count) == (columns == 32 ? [32, 28] : [48, 12]))
        let words = inner(printedSlip([Slip.Line(String(repeating: "within reach ", count: 6))], paper: paper))
        for row in words.split(separator: Escpos.lineFeed) {
            #expect(row.count <= columns && (row.last == 0x20 || row.count < columns))
        }
    }

    @Test func `a line with a character the printer lacks is drawn whole`() throws {
        let bytes = inner(printedSlip([Slip.Line("张䶮 1")]))
        // Two wide and two narrow characters, twice as large: 6 columns of 2 bytes, 32 rows.
        #expect(bytes.prefix(8).elementsEqual([0x1D, 0x76, 0x30, 0x00, 12, 0, 32, 0]))
        #expect(bytes.count == 8 + 12 * 32)
        // F00F 81 with every dot doubled, then the narrow pictures.
        let row = try hex("FF 00 00 FF FF 00 00 FF C0 03 C0 03")
        #expect(Array(bytes[8..<20]) == row && Array(bytes[20..<32]) == row)
    }

    @Test(arguments: [(PaperWidth.mm58, 12), (.mm80, 18)])
    func `a drawn line is wrapped earlier, its dots being larger`(paper: PaperWidth, most: Int) {
        let bytes = inner(printedSlip([Slip.Line("䶮" + String(repeating: "张", count: 19))], paper: paper))
        #expect(Int(bytes[4]) == most * 4)
        #expect(Int(bytes[8 + Int(bytes[4]) * 32 + 4]) == (20 - most) * 4)
    }

    @Test(arguments: [
        // Its pinyin where a table has it; a mark alone where none has.
        ("张𠀀", "d5 c5 a1 fe 28 68 65 29 0a"), ("张㐀", "d5 c5 a1 fe 0a"), ("㐀𠀀", "a1 fe a1 fe 28 68 65 29 0a"),
        // What could be drawn is written too: half of a line cannot be a picture.
        ("䶮𠀀", "a1 fe a1 fe 28 68 65 29 0a"),
    ])
    func `without a picture a mark stands for the character, and how it is said`(text: String, bytes: String) throws {
        #expect(inner(printedSlip([Slip.Line(text)])) == (try hex(bytes)))
    }

    @Test func `text cannot steer the printer`() throws {
        let nasty = "三\u{1B}@\u{10}\u{04}\u{01}\u{1D}V\u{00}\n\u{7F}\u{9B}张"
        #expect(inner(printedSlip([Slip.Line(nasty)])) == (try hex("c8 fd 40 56 d5 c5 0a")))
    }

    @Test func `a QR code is what python-escpos writes`() throws {
        let theirs =
            "1d 28 6b 04 00 31 41 32 00 1d 28 6b 03 00 31 43 06 1d 28 6b 03 00 31 45 31 1d 28 6b 0a 00 31 50 30 48 48 31"
            + " 3a 61 62 63 1d 28 6b 03 00 31 51 30"
        #expect(Escpos.qr("HH1:abc") == (try hex(theirs)))
    }

    @Test func `a code is a square with its letters below, under the words that invite`() throws {
        let code = try #require(slipCode)
        let bytes = inner(printedSlip([], invitation: [Slip.Line("张")], code: code))
        let centre = try (hex("1b 61 01"), hex("1b 61 00"))
        let halves = ["HH1:0123456789ABCDEF", "FEDCBA9876543210"].map { centre.0 + Array($0.utf8) + [0x0A] + centre.1 }
        let square = centre.0 + Escpos.qr(code.text) + [0x0A] + centre.1
        #expect(bytes == (try hex("d5 c5 0a")) + square + halves[0] + halves[1])
    }

    @Test func `without a code nothing invites`() {
        #expect(inner(printedSlip([], invitation: [Slip.Line("张")])) == [])
    }

    @Test func `a picture is what python-escpos writes`() throws {
        #expect(Escpos.raster([[0x80, 0x00], [0x00, 0x01]]) == (try hex("1d 76 30 00 02 00 02 00 80 00 00 01")))
    }

    @Test func `a table line is a picture, anything else is none`() {
        #expect(Glyph(hex: String(repeating: "0", count: 32))?.width == 8)
        #expect(Glyph(hex: String(repeating: "0", count: 64))?.width == 16)
        for wrong in ["", "00", String(repeating: "G", count: 32), String(repeating: "0", count: 48)] {
            #expect(Glyph(hex: wrong) == nil)
        }
    }
}
