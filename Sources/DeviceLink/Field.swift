// The parts of a message with their offsets worked out: decoding walks arrays of plain numbers, never a dictionary.

/// Some bits of a message that are always the same.
struct Constant: Sendable {
    var at: Int
    /// The bits that count; all of them for a constant byte.
    var mask: UInt8 = 0xFF
    var byte: UInt8
}

/// A run of bits inside one byte, part of a number.
struct BitRun: Sendable {
    let at: Int
    /// Bits below it in its byte.
    let shift: Int
    let width: Int
    /// Ones, as many as it is wide.
    let mask: Int

    init(at: Int, shift: Int, width: Int) {
        (self.at, self.shift, self.width, mask) = (at, shift, width, 1 << width - 1)
    }

    @inline(__always)
    func value(in bytes: Span<UInt8>) -> Int { Int(bytes[at]) &>> shift & mask }
}

/// A part of a message that holds a value, at its place.
struct Field: Sendable {
    enum Kind: Sendable {
        /// The next number of the record.
        case number(NumberForm)
        /// The next number of the record, put together of bits, high ones first: so many runs from this one on.
        case bits(first: Int, runs: Int)
        /// The next number of the record, and its exact text: the index of its form.
        case written(Int)
        /// The next bytes of the record's text, printable ASCII only.
        case text
        case unknown
        /// Everything from here to the end.
        case rest
        /// The same, as keys and values in any order.
        case pairs
    }

    var kind: Kind
    var at: Int
    var width: Int
    /// Added to a number when it is read.
    var plus = 0
    /// A smaller number means that the message does not fit.
    var atLeast = Int.min
    /// Its sentinels, as a range of the message's list.
    var sentinels = 0..<0
}

/// Where a text stands in a record's text.
struct TextPlace: Sendable {
    var from: Int
    /// nil for everything to the end.
    var width: Int?
}
