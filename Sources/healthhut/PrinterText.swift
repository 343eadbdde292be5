// What a slip needs of the system: the C library's character sets. The only file that calls iconv.

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
