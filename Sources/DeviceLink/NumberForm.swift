// How a whole number stands in bytes. Forms with exactly one spelling are here; numbers that may be written in more
// than one way (blanks or zeros in front, a point, a sign) are in WrittenNumber.

/// How a whole number stands in the bytes. A new one is one case and one row in the test table.
enum NumberForm: String, CaseIterable, Sendable {
    case u8, u16be, u16le, i16be, i16le, u32le
    /// ASCII digits, as many as the part is wide.
    case digits
    /// Two decimal figures a byte, the high one in the high half.
    case bcd
}

extension NumberForm {
    /// Bytes of the number; nil for digits and BCD, which say themselves how wide they are.
    var width: Int? {
        switch self {
        case .u8: 1
        case .u16be, .u16le, .i16be, .i16le: 2
        case .u32le: 4
        case .digits, .bcd: nil
        }
    }

    /// The numbers that fit into so many bytes.
    func range(width: Int) -> ClosedRange<Int> {
        switch self {
        case .u8, .u16be, .u16le, .u32le: 0...(1 << (8 * width) - 1)
        case .i16be, .i16le: Int(Int16.min)...Int(Int16.max)
        case .digits: 0...(NumberForm.tenTo(width) - 1)
        case .bcd: 0...(NumberForm.tenTo(2 * width) - 1)
        }
    }

    /// The number that stands there; nil where a digit is none.
    @inline(__always)
    func value(in bytes: Span<UInt8>, at place: Int, width: Int) -> Int? {
        switch self {
        case .u8: return Int(bytes[place])
        case .u16be: return Int(bytes[place]) << 8 | Int(bytes[place + 1])
        case .u16le: return Int(bytes[place + 1]) << 8 | Int(bytes[place])
        case .i16be: return Int(Int16(truncatingIfNeeded: Int(bytes[place]) << 8 | Int(bytes[place + 1])))
        case .i16le: return Int(Int16(truncatingIfNeeded: Int(bytes[place + 1]) << 8 | Int(bytes[place])))
        case .u32le:
            let low = Int(bytes[place + 1]) << 8 | Int(bytes[place])
            return Int(bytes[place + 3]) << 24 | Int(bytes[place + 2]) << 16 | low
        case .digits:
            var value = 0
            var index = place
            while index < place + width {
                let digit = bytes[index] &- 0x30
                guard digit <= 9 else { return nil }
                value = value &* 10 &+ Int(digit)
                index += 1
            }
            return value
        case .bcd:
            var value = 0
            var index = place
            while index < place + width {
                let (high, low) = (bytes[index] >> 4, bytes[index] & 0x0F)
                guard high <= 9, low <= 9 else { return nil }
                value = value &* 100 &+ Int(high) &* 10 &+ Int(low)
                index += 1
            }
            return value
        }
    }

    /// The bytes of a number; nil when it does not fit.
    func bytes(of value: Int, width: Int) -> [UInt8]? {
        guard range(width: width).contains(value) else { return nil }
        switch self {
        case .u8, .u16le, .i16le, .u32le: return (0..<width).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        case .u16be, .i16be: return (0..<width).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        case .digits: return (0..<width).reversed().map { UInt8(value / NumberForm.tenTo($0) % 10) + 0x30 }
        case .bcd:
            return (0..<width).reversed().map { place in
                let figures = value / NumberForm.tenTo(2 * place) % 100
                return UInt8(figures / 10) << 4 | UInt8(figures % 10)
            }
        }
    }

    /// 10 to the power of `exponent`, 0…18.
    static func tenTo(_ exponent: Int) -> Int { (0..<exponent).reduce(1) { power, _ in power * 10 } }
}
