// A slip from the key to the paper: a whole hut, a terminal, a simulated printer on a real socket; and the system's own
// character sets and pictures.

import DeviceLink
import Foundation
import Testing
import Vitals

@testable import healthhut

struct PrinterTextTests {
    @Test(arguments: [
        (PrinterCharacters.gb2312, Character("张"), [UInt8]?.some([0xD5, 0xC5])), (.gb2312, "㐀", nil),
        (.gb2312, "䶮", nil),
        (.gb2312, "龘", nil), (.gbk, "镕", [0xE9, 0x46]), (.gb2312, "镕", nil), (.gb18030, "䶮", [0xFE, 0x9F]),
        (.gb18030, "㐀", [0x81, 0x39, 0xEE, 0x39]), (.gb18030, "𠀀", [0x95, 0x32, 0x82, 0x36]),
        (.gb2312, "，", [0xA3, 0xAC]),
        (.gb2312, "A", [0x41]), (.gb2312, "😷", nil),
    ])
    func `a character is written as the printer has it, or not at all`(
        characters: PrinterCharacters, character: Character, bytes: [UInt8]?
    ) {
        let encoding = PrinterEncoding(characters)
        #expect(encoding.bytes(of: character) == bytes)
        #expect(encoding.bytes(of: character) == bytes, "asked a second time")
    }

    @Test func `every picture of a table is found by halving, and nothing else`() throws {
        let folder = try Folder()
        var (codes, table) = (Set<UInt32>(), "")
        for code in stride(from: UInt32(0x20), to: 0x2_0000, by: 37) where !(0xD800...0xDFFF).contains(code) {
            codes.insert(code)
            let name = String(code, radix: 16, uppercase: true)
            let digit = String(code % 16, radix: 16)
            table +=
                String(repeating: "0", count: max(0, 4 - name.count)) + name
                + ":\(String(repeating: digit, count: code % 2 == 0 ? 32 : 64))\n"
        }
        let glyphs = try #require(GlyphTable(try folder.write("table.hex", table)))
        for code in Set(UInt32(0)..<0x200).union(codes.flatMap { [$0, $0 + 1, max($0, 1) - 1] }) {
            guard let scalar = Unicode.Scalar(code) else { continue }
            let glyph = glyphs.glyph(of: Character(scalar))
            #expect((glyph != nil) == codes.contains(code), "\(code)")
            if let glyph { #expect(glyph.width == (code % 2 == 0 ? 8 : 16)) }
        }
        #expect(GlyphTable("\(folder.path)/none") == nil)
        let empty = try #require(GlyphTable(try folder.write("empty.hex", "")))
        #expect(empty.glyph(of: "张") == nil)
        let nonsense = try #require(
            GlyphTable(try folder.write("nonsense.hex", String(repeating: "张三\n:::\n", count: 99))))
        #expect(nonsense.glyph(of: "张") == nil)
    }

    @Test(.enabled(if: exists(GlyphTable.usual), "the package unifont is not installed"))
    func `Debian's own table has the pictures of rare names`() throws {
        let glyphs = try #require(GlyphTable())
        for character in "张䶮㐀A龘" { #expect(glyphs.glyph(of: character)?.rows.contains { $0 != 0 } == true) }
        #expect(glyphs.glyph(of: "A")?.width == 8 && glyphs.glyph(of: "䶮")?.width == 16)
    }
}
