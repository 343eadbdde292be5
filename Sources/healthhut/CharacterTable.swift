// What is known of single characters, in files that a system may have or not: pictures of those a printer lacks, from
// Debian's `unifont` package, and their pinyin, made by `Provisioning/pinyin` from `unicode-data`. Both are optional;
// `healthhut check` says what is missed without them.

import Glibc

/// Lines `4E00:…` in the order of their code points, so that one is found by halving; nothing of the file is kept.
final class CharacterTable {
    /// Pictures of 16 rows, where Debian's package puts them.
    static let pictures = "/usr/share/unifont/unifont.hex"
    /// Pinyin without tones, `ü` as `v`, where `Provisioning/pinyin` puts it.
    static let pinyin = "/usr/share/healthhut/pinyin.txt"
    /// Longer than any line of the tables.
    private static let window = 160

    private let descriptor: Int32
    private let size: Int

    /// Nil where the table is not installed.
    init?(_ path: String) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        size = max(0, Int(lseek(descriptor, 0, SEEK_END)))
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// What the table says of a character that is one code point.
    subscript(character: Character) -> String? {
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
            if line.code == wanted { return line.text }
            if line.code < wanted { low = line.end } else { high = middle }
        }
        return nil
    }

    /// The first line that begins at a place or behind it.
    private func line(from place: Int) -> (start: Int, end: Int, code: UInt32, text: String)? {
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
