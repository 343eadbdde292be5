// What a slip needs of the system: the C library's character sets, and pictures of the characters a printer lacks from
// Debian's `unifont` package.

import DeviceLink
import Glibc
import Vitals

/// Characters as a printer's encoding has them.
final class PrinterEncoding {
    private let converter: CharacterConverter?
    private var known: [Character: [UInt8]?] = [:]

    /// An encoding this system does not have leaves ASCII.
    init(_ characters: PrinterCharacters) {
        converter = CharacterConverter(from: "UTF-8", to: characters.rawValue)
        if converter == nil {
            log(
                .warning,
                "no \(characters.rawValue) on this system: slips are drawn; hint: install libc-bin or the gconv modules"
            )
        }
    }

    /// The bytes of a character; nil for one the printer lacks.
    func bytes(of character: Character) -> [UInt8]? {
        if let ascii = character.asciiValue { return [ascii] }
        if let found = known[character] { return found }
        let bytes = converter?.convert(Array(String(character).utf8))
        known[character] = .some(bytes)
        return bytes
    }
}

/// Pictures of characters: lines `4E00:0001…`, in the order of their code points, so that one is found by halving.
final class GlyphTable {
    /// Where Debian's package puts it.
    static let usual = "/usr/share/unifont/unifont.hex"
    /// Longer than any line of the table.
    private static let window = 160

    private let descriptor: Int32
    private let size: Int

    /// Nil where the table is not installed.
    init?(_ path: String = GlyphTable.usual) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        size = max(0, Int(lseek(descriptor, 0, SEEK_END)))
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// The picture of a character that is one code point.
    func glyph(of character: Character) -> Glyph? {
        guard character.unicodeScalars.count == 1, let wanted = character.unicodeScalars.first?.value else {
            return nil
        }
        var (low, high) = (0, size)
        while low < high {
            let middle = (low + high) / 2
            guard let line = line(from: middle), line.start < high else {
                high = middle
                continue
            }
            if line.code == wanted { return Glyph(hex: line.picture) }
            if line.code < wanted { low = line.end } else { high = middle }
        }
        return nil
    }

    /// The first line that begins at a place or behind it.
    private func line(from place: Int) -> (start: Int, end: Int, code: UInt32, picture: String)? {
        let begin = max(0, place - 1)
        let bytes = read(Self.window * 2, at: begin)
        var start = 0
        if place > 0 {
            guard let end = bytes.firstIndex(of: 0x0A) else { return nil }
            start = end + 1
        }
        guard start < bytes.count, let colon = bytes[start...].firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let end = bytes[colon...].firstIndex(of: 0x0A) ?? bytes.count
        guard let code = UInt32(String(decoding: bytes[start..<colon], as: UTF8.self), radix: 16) else { return nil }
        return (begin + start, begin + end + 1, code, String(decoding: bytes[(colon + 1)..<end], as: UTF8.self))
    }

    private func read(_ limit: Int, at place: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
            count = max(0, pread(descriptor, buffer.baseAddress, limit, off_t(place)))
        }
    }
}
