// Text in other character sets than our own: what a printer wants, and what a spreadsheet of the last decade wrote. The
// C library knows them all; this is the only file that asks it.

import Glibc

/// Turns bytes of one character set into bytes of another, and says where they are none.
final class CharacterConverter {
    private let converter: iconv_t

    /// nil where the system does not have one of the two.
    init?(from source: String, to target: String) {
        // iconv_open says no by the pointer −1.
        guard let opened = iconv_open(target, source), Int(bitPattern: opened) != -1 else { return nil }
        converter = opened
    }

    deinit { iconv_close(converter) }

    /// The whole text in the other set; nil when any of it has no place there or could not be turned back.
    func convert(_ text: [UInt8]) -> [UInt8]? {
        let (output, stray) = pass(text, skipping: false)
        return stray == 0 ? output : nil
    }

    /// What can be read of a text, and how many bytes were none and were passed over.
    func salvage(_ text: [UInt8]) -> (text: [UInt8], stray: Int) { pass(text, skipping: true) }

    private func pass(_ text: [UInt8], skipping: Bool) -> (text: [UInt8], stray: Int) {
        var input = text.map { CChar(bitPattern: $0) }
        // Four bytes are the most that one byte can become in any set we use.
        var output = [CChar](repeating: 0, count: text.count * 4 + 16)
        var (inputLeft, outputLeft, stray) = (input.count, output.count, 0)
        input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                var (from, to) = (input.baseAddress, output.baseAddress)
                while inputLeft > 0 {
                    // The number of characters that could not be turned back, or −1: only 0 is the text itself.
                    if iconv(converter, &from, &inputLeft, &to, &outputLeft) == 0 { break }
                    stray += 1
                    guard skipping, inputLeft > 0 else { break }
                    from = from?.advanced(by: 1)
                    inputLeft -= 1
                }
            }
        }
        iconv(converter, nil, nil, nil, nil)
        return (output.prefix(output.count - outputLeft).map { UInt8(bitPattern: $0) }, stray)
    }
}
