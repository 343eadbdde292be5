// A slip as the bytes of one printer. Text goes out in the printer's own Chinese character set; a line with a character
// the printer lacks is drawn as a picture, dot by dot, because half a name is worse than none. How text is encoded and
// where pictures of characters come from are the caller's affair: both need the system, and a hop does not.
import Vitals

/// How wide the paper is.
package enum PaperWidth: Int, Hashable, Sendable, Decodable {
    case mm58 = 58
    case mm80 = 80

    /// Columns of Latin letters 12 dots wide; a Chinese character takes two.
    package var columns: Int { self == .mm58 ? 32 : 48 }
    /// Dots the head prints, eight to a millimetre.
    var dots: Int { self == .mm58 ? 384 : 576 }
}

/// The characters built into a printer, by the name the C library gives the encoding.
package enum PrinterCharacters: String, Hashable, Sendable, Decodable, CaseIterable {
    case gb2312 = "GB2312", gbk = "GBK", gb18030 = "GB18030"
}

/// One character as a picture: 16 rows, the highest bit leftmost.
package struct Glyph: Hashable, Sendable {
    /// 8 or 16 dots.
    package var width: Int
    package var rows: [UInt16]

    /// Nil unless there are 16 rows of 8 or 16 dots: `0066…`, 32 or 64 hex digits.
    package init?(hex text: some StringProtocol) {
        guard text.utf8.count == 32 || text.utf8.count == 64, let bytes = HexText.bytes(in: String(text)) else {
            return nil
        }
        width = bytes.count / 2
        let isWide = width == 16
        rows = (0..<16).map { isWide ? UInt16(bytes[2 * $0]) << 8 | UInt16(bytes[2 * $0 + 1]) : UInt16(bytes[$0]) << 8 }
    }
}

/// Turns slips into bytes.
package struct SlipPrinting {
    private let paper: PaperWidth
    /// The bytes of a character in the printer's encoding; nil for one it lacks.
    private let encode: (Character) -> [UInt8]?
    /// The picture of a character; nil where there is none.
    private let glyph: (Character) -> Glyph?
    /// How a character is said, in Latin letters; nil where nobody knows.
    private let pinyin: (Character) -> String?

    /// Stands for a character that can be neither written nor drawn, and its bytes in every Chinese set.
    private static let missing: (mark: Character, bytes: [UInt8]) = ("〓", [0xA1, 0xFE])
    /// How often each dot of a picture is printed each way: 16 dots are 2 mm, too small for old eyes.
    static let zoom = 2

    package init(
        paper: PaperWidth, encode: @escaping (Character) -> [UInt8]?, glyph: @escaping (Character) -> Glyph?,
        pinyin: @escaping (Character) -> String?
    ) {
        (self.paper, self.encode, self.glyph, self.pinyin) = (paper, encode, glyph, pinyin)
    }

    /// The whole slip, from the reset to the cut.
    package func bytes(of slip: Slip) -> [UInt8] {
        var bytes = Escpos.reset + Escpos.chineseOn
        for line in slip.lines { bytes += self.bytes(of: line) }
        if let code = slip.code { bytes += self.bytes(of: code, under: slip.invitation) }
        return bytes + Escpos.feed(lines: 4) + Escpos.cut
    }

    /// The square, and below it the code in letters, in two halves that fit the narrow paper: for the printer that
    /// draws no squares, and for eyes that compare two slips.
    private func bytes(of code: HutCode, under invitation: [Slip.Line]) -> [UInt8] {
        let half = code.text.index(code.text.endIndex, offsetBy: -16)
        let letters = [code.text[..<half], code.text[half...]].map { Slip.Line(String($0), isCentred: true) }
        let square = Escpos.centred(true) + Escpos.qr(code.text) + [Escpos.lineFeed] + Escpos.centred(false)
        return invitation.flatMap(bytes(of:)) + square + letters.flatMap(bytes(of:))
    }

    private func bytes(of line: Slip.Line) -> [UInt8] {
        // What steers a printer is no text, whoever wrote it.
        let text = line.text.filter {
            $0.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) }
        }
        let inner = canBeWritten(text) || !canBeDrawn(text) ? written(spelled(text), line.style) : drawn(text)
        return line.isCentred ? Escpos.centred(true) + inner + Escpos.centred(false) : inner
    }

    private func canBeWritten(_ text: String) -> Bool { text.allSatisfy { encode($0) != nil } }
    private func canBeDrawn(_ text: String) -> Bool { text.allSatisfy { glyph($0) != nil } }

    /// What can be neither written nor drawn as `〓(yan)`: half a name that its owner still knows for hers.
    private func spelled(_ text: String) -> String {
        text.map { character in
            if encode(character) != nil { return String(character) }
            return pinyin(character).map { "\(Self.missing.mark)(\($0))" } ?? String(Self.missing.mark)
        }.joined()
    }

    private func written(_ text: String, _ style: Slip.Line.Style) -> [UInt8] {
        // Printers agree about the size of letters and digits, not of Chinese.
        let isBig = style == .big && text.allSatisfy(\.isASCII)
        let lines = rows(of: text, columns: isBig ? paper.columns / 2 : paper.columns)
        let bytes = lines.flatMap { row in row.flatMap { encode($0) ?? Self.missing.bytes } + [Escpos.lineFeed] }
        if isBig { return Escpos.big(true) + bytes + Escpos.big(false) }
        return style == .plain ? bytes : Escpos.bold(true) + bytes + Escpos.bold(false)
    }

    private func drawn(_ text: String) -> [UInt8] {
        rows(of: text, columns: paper.dots / (8 * Self.zoom)).flatMap { row in
            let glyphs = row.map { (glyph($0), columns(of: $0)) }
            let picture = (0..<16).flatMap { number in
                let dots = glyphs.flatMap { Self.dots($0, row: number, columns: $1) }
                return Array(repeating: Self.packed(dots), count: Self.zoom)
            }
            return Escpos.raster(picture)
        }
    }

    /// One row of dots of a character, zoomed; a narrow picture of a wide character stands at its left.
    private static func dots(_ glyph: Glyph?, row: Int, columns: Int) -> [Bool] {
        let bits = glyph?.rows[row] ?? 0
        return (0..<8 * columns).flatMap { dot in
            Array(repeating: dot < 16 && bits & (0x8000 >> UInt16(dot)) != 0, count: zoom)
        }
    }

    private static func packed(_ dots: [Bool]) -> [UInt8] {
        stride(from: 0, to: dots.count, by: 8).map { start in
            dots[start..<min(start + 8, dots.count)].enumerated().reduce(0) {
                $0 | ($1.element ? 0x80 >> UInt8($1.offset) : 0)
            }
        }
    }

    /// A Chinese printer gives everything but ASCII two columns.
    private func columns(of character: Character) -> Int { character.isASCII ? 1 : 2 }

    /// The text in lines the paper holds, broken behind a blank where there is one.
    private func rows(of text: String, columns limit: Int) -> [[Character]] {
        var rows: [[Character]] = []
        var row: [Character] = []
        var used = 0
        for character in text {
            let width = columns(of: character)
            if used + width > limit {
                let end = row.lastIndex(of: " ").map { $0 + 1 }.flatMap { $0 * 2 > row.count ? $0 : nil } ?? row.count
                let rest = Array(row[end...])
                rows.append(Array(row[..<end]))
                row = rest
                used = rest.reduce(0) { $0 + columns(of: $1) }
            }
            row.append(character)
            used += width
        }
        return rows + [row]
    }
}
