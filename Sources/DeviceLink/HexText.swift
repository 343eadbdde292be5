// Bytes as people write them: pairs of hex digits with any blanks between.

/// Hex, both ways.
package enum HexText {
    /// The bytes in `AA 80 0d`; nil at anything but whole pairs of hex digits and blanks.
    package static func bytes(in text: some StringProtocol) -> [UInt8]? {
        var bytes: [UInt8] = []
        var high: UInt8?
        for character in text.utf8 {
            if let digit = digit(character) {
                if let first = high {
                    bytes.append(first << 4 | digit)
                    high = nil
                } else {
                    high = digit
                }
            } else if high != nil || !" \t\r\n".utf8.contains(character) {
                return nil
            }
        }
        return high == nil ? bytes : nil
    }

    /// `AA 80 0D`.
    package static func text(of bytes: some Sequence<UInt8>) -> String {
        bytes.map { byte in
            let digits = String(byte, radix: 16, uppercase: true)
            return digits.count == 1 ? "0" + digits : digits
        }.joined(separator: " ")
    }

    /// The value of a hex digit of either case.
    static func digit(_ character: UInt8) -> UInt8? {
        switch character {
        case 0x30...0x39: character - 0x30
        case 0x41...0x46: character - 0x37
        case 0x61...0x66: character - 0x57
        default: nil
        }
    }
}
