// A message as a list of operations with their offsets worked out: decoding walks an array, never a dictionary.
// Every byte belongs to exactly one operation, so a record loses nothing and can be turned back into its bytes.
import Vitals

/// How a whole number stands in the bytes.
enum NumberForm: String, CaseIterable, Sendable {
    case u8, u16be, u16le, i16be, i16le, u32le
    /// ASCII digits, as many as the part is wide.
    case digits
}

/// One part of a message, at its place.
enum Operation: Sendable {
    case constant(at: Int, [UInt8])
    /// The next number of the record; below `atLeast` the message does not fit.
    case number(at: Int, width: Int, NumberForm, plus: Int, atLeast: Int)
    /// The next bytes of the record's text; printable ASCII where `isText`.
    case bytes(at: Int, width: Int, isText: Bool)
    /// Everything from here to the end.
    case rest(at: Int)
}

/// Every value of one message, in the order of its parts; what means nothing to us included.
struct Record: Hashable, Sendable {
    /// The place of its message in the table.
    var message: Int
    var numbers: [Int]
    /// The text and unknown parts, one behind the other.
    var text: [UInt8]
}

/// One shape of message.
struct Message: Sendable {
    var name: String
    var isFromHost: Bool
    var operations: [Operation]
    /// Bytes, or with a `rest` the fewest bytes.
    var length: Int
    var hasRest: Bool
    var numbers: Int
    var gives: Giving
    /// Where a person's own number or name stands: blanked in what is kept.
    var secrets: [Range<Int>]
    /// The record's text when nothing is known: what each text part usually holds.
    var usualText: [UInt8]

    /// Whether length and constants fit; the cheap half of decoding.
    private func couldBe(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard hasRest ? bytes.count >= length : bytes.count == length else { return false }
        for case .constant(let at, let constant) in operations {
            let place = bytes.startIndex + at
            for (index, byte) in constant.enumerated() where bytes[place + index] != byte { return false }
        }
        return true
    }

    /// The record in these bytes; nil when this is not the message.
    func record(in bytes: ArraySlice<UInt8>, as index: Int) -> Record? {
        guard couldBe(bytes) else { return nil }
        var record = Record(message: index, numbers: [], text: [])
        record.numbers.reserveCapacity(numbers)
        for operation in operations {
            switch operation {
            case .constant: continue
            case .number(let at, let width, let form, let plus, let least):
                let place = bytes.startIndex + at
                guard let value = form.value(of: bytes[place..<place + width]), value >= least else { return nil }
                record.numbers.append(value + plus)
            case .bytes(let at, let width, let isText):
                let part = bytes[(bytes.startIndex + at)..<(bytes.startIndex + at + width)]
                if isText, !part.allSatisfy({ (0x20...0x7E).contains($0) }) { return nil }
                record.text.append(contentsOf: part)
            case .rest(let at): record.text.append(contentsOf: bytes.dropFirst(at))
            }
        }
        return record
    }

    /// The bytes of a record; nil when a number does not fit into its part.
    func bytes(of record: Record) -> [UInt8]? {
        var bytes: [UInt8] = []
        var numbers = record.numbers[...]
        var text = record.text[...]
        for operation in operations {
            switch operation {
            case .constant(_, let constant): bytes += constant
            case .number(_, let width, let form, let plus, _):
                guard let value = numbers.popFirst(), let written = form.bytes(of: value - plus, width: width) else {
                    return nil
                }
                bytes += written
            case .bytes(_, let width, _):
                guard text.count >= width else { return nil }
                bytes += text.prefix(width)
                text.removeFirst(width)
            case .rest:
                bytes += text
                text = []
            }
        }
        return bytes
    }
}

extension NumberForm {
    /// Bytes of the number; nil for digits, which say themselves how wide they are.
    var width: Int? {
        switch self {
        case .u8: 1
        case .u16be, .u16le, .i16be, .i16le: 2
        case .u32le: 4
        case .digits: nil
        }
    }

    /// The number in exactly its bytes; nil where a digit is none.
    func value(of bytes: ArraySlice<UInt8>) -> Int? {
        switch self {
        case .u8, .u16be: return bytes.reduce(0) { $0 << 8 | Int($1) }
        case .u16le, .u32le: return bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
        case .i16be: return Int(Int16(truncatingIfNeeded: bytes.reduce(0) { $0 << 8 | Int($1) }))
        case .i16le: return Int(Int16(truncatingIfNeeded: bytes.reversed().reduce(0) { $0 << 8 | Int($1) }))
        case .digits:
            var value = 0
            for byte in bytes {
                guard (0x30...0x39).contains(byte) else { return nil }
                value = value * 10 + Int(byte - 0x30)
            }
            return value
        }
    }

    /// The bytes of a number; nil when it does not fit.
    func bytes(of value: Int, width: Int) -> [UInt8]? {
        switch self {
        case .u8, .u16be, .u16le, .u32le:
            guard value >= 0, value >> (8 * width) == 0 else { return nil }
        case .i16be, .i16le:
            guard Int16(exactly: value) != nil else { return nil }
        case .digits:
            guard value >= 0, String(value).count <= width else { return nil }
            return Array(value.padded(width).utf8)
        }
        let low = (0..<width).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        return self == .u16be || self == .i16be ? low.reversed() : low
    }
}
