// The check of a frame: which bytes are in it, how they are combined, how the result stands on the wire. Some makers are
// known to count two ways; a profile lists both, the first is sent and any is accepted.

/// How a check combines its bytes. A new one is one case and one row in the test table.
enum CheckKind: String, Sendable, CaseIterable, Decodable {
    case xor
    /// The low byte of the sum.
    case sum
    /// What makes the sum of all bytes, the check among them, zero.
    case negatedSum
    /// The low two bytes of the sum.
    case sum16
    /// The cyclic check of so many names, high bit first, with the profile's polynomial and initial value.
    case crc16

    /// Bytes of its value.
    var width: Int { self == .sum16 || self == .crc16 ? 2 : 1 }
}

/// One way to count a check. Offsets of 0 and below count from the end of the frame.
struct CheckRule: Sendable {
    enum Notation: String, Sendable, Decodable, CaseIterable {
        case byte
        /// Two upper-case hex digits a byte.
        case hex
    }

    var kind: CheckKind
    var from: Int
    /// The first byte not in it, 0 or below.
    var to: Int
    /// Where it stands, below 0.
    var at: Int
    var notation = Notation.byte
    /// Counted over the bytes that pairs of hex digits say, not over the digits.
    var isOverHex = false
    /// The low byte stands first.
    var isLowFirst = false
    var polynomial: UInt16 = 0x1021
    var initial: UInt16 = 0xFFFF

    /// Bytes it takes in the frame.
    var width: Int { notation == .hex ? 2 * kind.width : kind.width }

    /// The value over a frame; nil where hex digits should be and are not.
    func value(of frame: Span<UInt8>, _ whole: Range<Int>) -> UInt16? {
        let range = (whole.lowerBound + from)..<(whole.upperBound + to)
        if isOverHex { return valueOverHex(of: frame, range) }
        var value = kind == .crc16 ? initial : 0
        switch kind {
        case .xor: for index in range { value ^= UInt16(frame[index]) }
        case .sum, .negatedSum, .sum16: for index in range { value &+= UInt16(frame[index]) }
        case .crc16: for index in range { add(frame[index], to: &value) }
        }
        return narrowed(value)
    }

    /// Whether the check of this frame is right.
    func isRight(for frame: Span<UInt8>, _ whole: Range<Int>) -> Bool {
        guard let value = value(of: frame, whole) else { return false }
        let place = whole.upperBound + at
        for index in 0..<width where frame[place + index] != byte(index, of: value) { return false }
        return true
    }

    /// Puts the check into a frame that is otherwise whole.
    func write(into frame: inout [UInt8]) {
        guard let value = value(of: frame.span, 0..<frame.count) else { return }
        let place = frame.count + at
        for index in 0..<width { frame[place + index] = byte(index, of: value) }
    }

    private func valueOverHex(of frame: Span<UInt8>, _ range: Range<Int>) -> UInt16? {
        var value = kind == .crc16 ? initial : 0
        var index = range.lowerBound
        while index + 1 < range.upperBound {
            guard let high = HexText.digit(frame[index]), let low = HexText.digit(frame[index + 1]) else { return nil }
            add(high << 4 | low, to: &value)
            index += 2
        }
        return narrowed(value)
    }

    private func add(_ byte: UInt8, to value: inout UInt16) {
        switch kind {
        case .xor: value ^= UInt16(byte)
        case .sum, .negatedSum, .sum16: value &+= UInt16(byte)
        case .crc16:
            value ^= UInt16(byte) << 8
            for _ in 0..<8 { value = value & 0x8000 == 0 ? value << 1 : value << 1 ^ polynomial }
        }
    }

    private func narrowed(_ value: UInt16) -> UInt16 {
        switch kind {
        case .xor, .sum: value & 0xFF
        case .negatedSum: (0 &- value) & 0xFF
        case .sum16, .crc16: value
        }
    }

    /// One byte of the value as it stands on the wire.
    @inline(__always)
    private func byte(_ index: Int, of value: UInt16) -> UInt8 {
        let digits = notation == .hex ? 2 : 1
        let place = isLowFirst ? index / digits : kind.width - 1 - index / digits
        let whole = UInt8(truncatingIfNeeded: value >> (8 * UInt16(place)))
        guard notation == .hex else { return whole }
        let digit = index % 2 == 0 ? whole >> 4 : whole & 0x0F
        return digit < 10 ? 0x30 + digit : 0x37 + digit
    }
}

/// The check of a frame with the other ways in which devices are known to count it.
struct Check: Sendable {
    /// Sent.
    var first: CheckRule
    /// Accepted too; they stand in the same place.
    var others: [CheckRule] = []

    var at: Int { first.at }
    var width: Int { first.width }

    func isRight(for frame: Span<UInt8>, _ whole: Range<Int>) -> Bool {
        first.isRight(for: frame, whole) || !others.isEmpty && fitting(frame, whole) != nil
    }

    /// Which of the ways is right, 0 for the first; nil for none.
    func fitting(_ frame: Span<UInt8>, _ whole: Range<Int>) -> UInt8? {
        if first.isRight(for: frame, whole) { return 0 }
        return others.firstIndex { $0.isRight(for: frame, whole) }.map { UInt8($0 + 1) }
    }

    /// Puts the check into a frame that is otherwise whole; `way` as `fitting` says it.
    func write(_ way: UInt8 = 0, into frame: inout [UInt8]) {
        let rule = way > 0 && others.indices.contains(Int(way) - 1) ? others[Int(way) - 1] : first
        rule.write(into: &frame)
    }
}
