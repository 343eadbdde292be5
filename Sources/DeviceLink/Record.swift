// What a message says, field by field and without loss: what means nothing to us is kept too, so that a record can be
// turned back into its bytes. A number that is not there keeps the reason, and what stood in its place.
import Vitals

/// One number of a record: its value, or why there is none.
struct Number: Hashable, Sendable {
    /// The value, with the part's `plus` added; of a missing number the sentinel that stood there.
    var count: Int
    /// Digits behind the decimal point, where the message wrote one: 496 with 2 is 4.96.
    var decimals: UInt8 = 0
    /// Why the device has no value; nil when it has one.
    var missing: NoValueClass?

    init(_ count: Int, decimals: UInt8 = 0, missing: NoValueClass? = nil) {
        (self.count, self.decimals, self.missing) = (count, decimals, missing)
    }

    /// nil when the device says that it has none: missing is not zero.
    var value: Int? { missing == nil ? count : nil }

    /// The value in units of `10^exponent` when one count of it is `10^unit`; halves are rounded away from zero.
    func value(inTens exponent: Int, unit: Int) -> Int? {
        guard var value else { return nil }
        var surplus = unit - Int(decimals) - exponent
        while surplus > 0 {
            let (product, isTooLarge) = value.multipliedReportingOverflow(by: 10)
            guard !isTooLarge else { return nil }
            (value, surplus) = (product, surplus - 1)
        }
        var divisor = 1
        while surplus < 0 {
            guard divisor < 1_000_000_000 else { return 0 }
            (divisor, surplus) = (divisor * 10, surplus + 1)
        }
        return divisor == 1 ? value : (value + (value < 0 ? -divisor : divisor) / 2) / divisor
    }
}

/// Every value of one message, in the order of its parts; what means nothing to us included.
struct Record: Hashable, Sendable {
    /// The place of its message in the table.
    var message: Int
    var numbers: [Number] = []
    /// The text and unknown parts, one behind the other, and the exact spelling of numbers that may be written in
    /// more than one way.
    var text: [UInt8] = []
    /// Which of the checks a profile allows was right; 0 for the first, which is the one that is sent.
    var check: UInt8 = 0

    /// The value of a number; nil when the device has none.
    subscript(place: Int) -> Int? { numbers[place].value }

    /// Empties it for the next message, which has so many numbers, and keeps its memory.
    mutating func begin(_ message: Int, numbers count: Int) {
        (self.message, check) = (message, 0)
        while numbers.count > count { numbers.removeLast() }
        while numbers.count < count { numbers.append(Number(0)) }
        if !text.isEmpty { text.removeAll(keepingCapacity: true) }
    }
}

/// What stands in a number's place when there is none.
struct Sentinel: Hashable, Sendable {
    /// As it stands in the message, before `plus`.
    var count: Int
    var why: NoValueClass
}

/// What stands in the place of a written number when there is none: `---`, blanks, `HI `.
struct Filler: Hashable, Sendable {
    /// As wide as the part; one byte fills a value of any width.
    var text: [UInt8]
    var why: NoValueClass
}
