// A message as flat lists of constants and fields with their offsets worked out: decoding walks arrays, never a
// dictionary. Every byte belongs to exactly one of them, so a record loses nothing and can be turned back into its bytes.
import Vitals

/// How a whole number stands in the bytes.
enum NumberForm: String, CaseIterable, Sendable {
    case u8, u16be, u16le, i16be, i16le, u32le
    /// ASCII digits, as many as the part is wide.
    case digits
}

/// A part of a message that holds a value, at its place. Plain numbers only: decoding must not count references.
struct Field: Sendable {
    enum Kind: Sendable {
        /// The next number of the record.
        case number(NumberForm)
        /// The next bytes of the record's text, printable ASCII only.
        case text
        case unknown
        /// Everything from here to the end.
        case rest
    }

    var kind: Kind
    var at: Int
    var width: Int
    /// Added to a number when it is read.
    var plus = 0
    /// A smaller number means that the message does not fit.
    var atLeast = Int.min
}

/// Every value of one message, in the order of its parts; what means nothing to us included.
struct Record: Hashable, Sendable {
    /// The place of its message in the table.
    var message: Int
    var numbers: [Int]
    /// The text and unknown parts, one behind the other.
    var text: [UInt8]
}

/// One shape of message. A class for the same reason as the table: never changed, and tried with every frame.
final class Message: Sendable {
    let name: String
    let isFromHost: Bool
    let constants: [(at: Int, byte: UInt8)]
    let fields: [Field]
    /// Bytes, or with a `rest` the fewest bytes.
    let length: Int
    let hasRest: Bool
    /// How many numbers its record holds.
    let numbers: Int
    let gives: Giving
    /// Where a person's own number or name stands: blanked in what is kept.
    let secrets: [Range<Int>]
    /// The record's text when nothing is known: what each text part usually holds.
    let usualText: [UInt8]

    init(
        name: String, isFromHost: Bool, constants: [(at: Int, byte: UInt8)], fields: [Field], length: Int,
        hasRest: Bool, numbers: Int, gives: Giving, secrets: [Range<Int>], usualText: [UInt8]
    ) {
        (self.name, self.isFromHost, self.constants, self.fields) = (name, isFromHost, constants, fields)
        (self.length, self.hasRest, self.numbers, self.gives) = (length, hasRest, numbers, gives)
        (self.secrets, self.usualText) = (secrets, usualText)
    }

    /// Whether length and constants fit; the cheap half of decoding.
    private func couldBe(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard hasRest ? bytes.count >= length : bytes.count == length else { return false }
        let start = bytes.startIndex
        return constants.allSatisfy { bytes[start + $0.at] == $0.byte }
    }

    /// The record in these bytes; nil when this is not the message.
    func record(in bytes: ArraySlice<UInt8>, as index: Int) -> Record? {
        guard couldBe(bytes) else { return nil }
        var record = Record(message: index, numbers: [], text: [])
        record.numbers.reserveCapacity(numbers)
        for field in fields {
            let place = bytes.startIndex + field.at
            switch field.kind {
            case .number(let form):
                guard let value = form.value(in: bytes, at: place, width: field.width), value >= field.atLeast else {
                    return nil
                }
                record.numbers.append(value + field.plus)
            case .text:
                for index in place..<place + field.width where !(0x20...0x7E).contains(bytes[index]) { return nil }
                record.text.append(contentsOf: bytes[place..<place + field.width])
            case .unknown: record.text.append(contentsOf: bytes[place..<place + field.width])
            case .rest: record.text.append(contentsOf: bytes[place...])
            }
        }
        return record
    }

    /// The bytes of a record; nil when a number does not fit into its part.
    func bytes(of record: Record) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: length)
        for (at, byte) in constants { bytes[at] = byte }
        var numbers = record.numbers[...]
        var text = record.text[...]
        for field in fields {
            let range = field.at..<field.at + field.width
            switch field.kind {
            case .number(let form):
                guard let value = numbers.popFirst(),
                    let written = form.bytes(of: value - field.plus, width: field.width)
                else { return nil }
                bytes.replaceSubrange(range, with: written)
            case .text, .unknown:
                guard text.count >= field.width else { return nil }
                bytes.replaceSubrange(range, with: text.prefix(field.width))
                text.removeFirst(field.width)
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

    /// The number that stands there; nil where a digit is none.
    func value(in bytes: ArraySlice<UInt8>, at place: Int, width: Int) -> Int? {
        var value = 0
        switch self {
        case .u8, .u16be, .i16be:
            for index in place..<place + width { value = value << 8 | Int(bytes[index]) }
        case .u16le, .i16le, .u32le:
            for index in (place..<place + width).reversed() { value = value << 8 | Int(bytes[index]) }
        case .digits:
            for index in place..<place + width {
                guard (0x30...0x39).contains(bytes[index]) else { return nil }
                value = value * 10 + Int(bytes[index] - 0x30)
            }
        }
        return self == .i16be || self == .i16le ? Int(Int16(truncatingIfNeeded: value)) : value
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
