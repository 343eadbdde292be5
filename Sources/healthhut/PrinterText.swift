// What a slip needs of the system: the C library's character sets, and pictures of the characters a printer lacks from
// Debian's `unifont` package. The only file that calls iconv.

import DeviceLink
import Glibc
import Vitals

/// Characters as a printer's encoding has them.
final class PrinterEncoding {
    private let converter: iconv_t?
    private var known: [Character: [UInt8]?] = [:]

    /// An encoding this system does not have leaves ASCII.
    init(_ characters: PrinterCharacters) {
        // iconv_open says no by the pointer −1.
        let opened = iconv_open(characters.rawValue, "UTF-8")
        converter = Int(bitPattern: opened) == -1 ? nil : opened
        if converter == nil {
            log(
                .warning,
                "no \(characters.rawValue) on this system: slips are drawn; hint: install libc-bin or the gconv modules"
            )
        }
    }

    deinit { if let converter { iconv_close(converter) } }

    /// The bytes of a character; nil for one the printer lacks.
    func bytes(of character: Character) -> [UInt8]? {
        if let ascii = character.asciiValue { return [ascii] }
        if let found = known[character] { return found }
        let bytes = convert(Array(String(character).utf8))
        known[character] = .some(bytes)
        return bytes
    }

    private func convert(_ text: [UInt8]) -> [UInt8]? {
        guard let converter else { return nil }
        var input = text.map { CChar(bitPattern: $0) }
        var output = [CChar](repeating: 0, count: 16)
        var (inputLeft, outputLeft) = (input.count, output.count)
        let answer = input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                var (from, to) = (input.baseAddress, output.baseAddress)
                return iconv(converter, &from, &inputLeft, &to, &outputLeft)
            }
        }
        // The number of characters that could not be turned back, or −1: only 0 is the character itself.
        guard answer == 0 else {
            iconv(converter, nil, nil, nil, nil)
            return nil
        }
        return output.prefix(output.count - outputLeft).map { UInt8(bitPattern: $0) }
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
