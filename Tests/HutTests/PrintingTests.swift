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
        let glyphs = try #require(CharacterTable(try folder.write("table.hex", table)))
        for code in Set(UInt32(0)..<0x200).union(codes.flatMap { [$0, $0 + 1, max($0, 1) - 1] }) {
            guard let scalar = Unicode.Scalar(code) else { continue }
            let glyph = glyphs[Character(scalar)].flatMap { Glyph(hex: $0) }
            #expect((glyph != nil) == codes.contains(code), "\(code)")
            if let glyph { #expect(glyph.width == (code % 2 == 0 ? 8 : 16)) }
        }
        #expect(CharacterTable("\(folder.path)/none") == nil)
        let empty = try #require(CharacterTable(try folder.write("empty.hex", "")))
        #expect(empty["张"] == nil)
        let nonsense = try #require(
            CharacterTable(try folder.write("nonsense.hex", String(repeating: "张三\n:::\n", count: 99))))
        #expect(nonsense["张"] == nil)
    }

    @Test(.enabled(if: exists(CharacterTable.pictures), "the package unifont is not installed"))
    func `Debian's own table has the pictures of rare names`() throws {
        let table = try #require(CharacterTable(CharacterTable.pictures))
        let glyph = { (character: Character) in table[character].flatMap { Glyph(hex: $0) } }
        for character in "张䶮㐀A龘" { #expect(glyph(character)?.rows.contains { $0 != 0 } == true) }
        #expect(glyph("A")?.width == 8 && glyph("䶮")?.width == 16)
    }

    /// As `unicode-data` writes it, in part.
    private static let readings = """
        # Unihan_Readings.txt
        U+3400\tkMandarin\tqiū
        U+4E00\tkCantonese\tjat1
        U+4E00\tkMandarin\tyī
        U+5415\tkMandarin\tlǚ
        U+5973\tkMandarin\tnǚ nǜ
        U+5514\tkMandarin\tḿ
        U+55EF\tkMandarin\tńg
        U+6B38\tkMandarin\tê̄
        U+9F98\tkMandarin\tdá
        U+4DAE\tkMandarin\tyǎn
        U+20000\tkMandarin\thē

        """

    @Test func `the table of pinyin is made from what Debian ships, and read by halving`() throws {
        let folder = try Folder()
        let from = try folder.write("readings.txt", Self.readings)
        let made = try script("Provisioning/pinyin", from, "\(folder.path)/pinyin.txt")
        try #require(made.status == 0, "\(made.err)")
        let table = try #require(CharacterTable("\(folder.path)/pinyin.txt"))
        let rows: KeyValuePairs<Character, String?> = [
            "㐀": "qiu", "一": "yi", "吕": "lv", "女": "nv", "唔": "m", "嗯": "ng", "欸": "e", "龘": "da", "䶮": "yan",
            "𠀀": "he",
            "张": nil, "A": nil,
        ]
        for (character, pinyin) in rows { #expect(table[character] == pinyin, "\(character)") }
    }

    @Test func `without the readings nothing is made, and it is said what to install`() throws {
        let folder = try Folder()
        let made = try script("Provisioning/pinyin", "\(folder.path)/none", "\(folder.path)/pinyin.txt")
        #expect(made.status == 66 && made.err.contains("apt install unicode-data"))
        #expect(!exists("\(folder.path)/pinyin.txt"))
        let empty = try script("Provisioning/pinyin", try folder.write("empty", ""), "\(folder.path)/pinyin.txt")
        #expect(empty.status == 65 && !exists("\(folder.path)/pinyin.txt"))
    }

    private func script(_ name: String, _ words: String...) throws -> (status: Int32, err: String) {
        let process = Process()
        let err = Pipe()
        process.executableURL = Program.root.appendingPathComponent(name)
        process.arguments = words
        process.standardError = err
        try process.run()
        let text = String(decoding: err.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, text)
    }
}
