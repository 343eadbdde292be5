// A message as flat lists of constants and fields. Every byte belongs to exactly one of them, so a record loses nothing
// and can be turned back into its bytes.
import Vitals

/// What a message consists of, worked out by `MessageLoading`.
struct MessageLayout: Sendable {
    var constants: [Constant] = []
    var fields: [Field] = []
    var runs: [BitRun] = []
    var sentinels: [Sentinel] = []
    var written: [WrittenNumber] = []
    var pairs: PairList?
    /// Bytes, or with a `rest` or pairs the fewest bytes.
    var length = 0
    /// Ends in a `rest` or pairs.
    var isOpenEnded = false
    /// A check inside the message, for devices that check some of their messages only; its bytes are counted in `length`.
    var check: Check?
    /// Names of the numbers, in their order; `?` for one that is kept and not understood.
    var names: [String] = []
    /// The power of ten of one count of each number.
    var units: [Int] = []
    /// Where the named text and unknown parts stand in the record's text.
    var texts: [String: TextPlace] = [:]
    /// Where a person's own number or name stands: blanked in what is kept.
    var secrets: [Range<Int>] = []
    /// The record when nothing is known: what each text part usually holds, and the least of each number.
    var usualText: [UInt8] = []
    var usualNumbers: [Number] = []
}

/// One shape of message. A class for the same reason as the table: never changed, and tried with every frame.
final class Message: Sendable {
    let name: String
    let isFromHost: Bool
    let layout: MessageLayout
    let gives: Giving

    init(name: String, isFromHost: Bool, layout: MessageLayout, gives: Giving) {
        (self.name, self.isFromHost, self.layout, self.gives) = (name, isFromHost, layout, gives)
    }

    var length: Int { layout.length }
    var isOpenEnded: Bool { layout.isOpenEnded }

    /// The place of a number in the record.
    func place(of name: String) -> Int? { layout.names.firstIndex(of: name) }

    /// What it looks like from outside, for frames without marks.
    var outline: ReplyFraming.Outline { .init(length: layout.length, constants: layout.constants) }

    /// Whether length and constants fit; the cheap half of decoding.
    func couldBe(_ bytes: Span<UInt8>) -> Bool {
        guard bytes.count == layout.length || layout.isOpenEnded && bytes.count > layout.length else { return false }
        let constants = layout.constants
        var index = 0
        while index < constants.count {
            let constant = constants[index]
            if bytes[constant.at] & constant.mask != constant.byte { return false }
            index += 1
        }
        return true
    }

    /// Reads the record in these bytes; false when this is not the message.
    func read(_ bytes: Span<UInt8>, as index: Int, into record: inout Record) -> Bool {
        guard couldBe(bytes), layout.check?.isRight(for: bytes, 0..<bytes.count) ?? true else { return false }
        record.begin(index)
        let fields = layout.fields
        var place = 0
        while place < fields.count {
            guard read(fields[place], in: bytes, into: &record) else { return false }
            place += 1
        }
        return true
    }

    @inline(__always)
    private func read(_ field: Field, in bytes: Span<UInt8>, into record: inout Record) -> Bool {
        switch field.kind {
        case .number(let form):
            guard let value = form.value(in: bytes, at: field.at, width: field.width) else { return false }
            return append(value, field, to: &record)
        case .bits(let first, let runs):
            let pieces = layout.runs
            var value = 0
            for index in first..<first + runs {
                let run = pieces[index]
                value = value << run.width | (Int(bytes[run.at]) >> run.shift & (1 << run.width - 1))
            }
            return append(value, field, to: &record)
        case .written(let form):
            let range = field.at..<field.at + field.width
            guard let number = layout.written[form].value(in: bytes, range) else { return false }
            record.keep(bytes, range)
            if number.missing == nil { return append(number.count, field, decimals: number.decimals, to: &record) }
            record.numbers.append(number)
        case .text:
            for index in field.at..<field.at + field.width where bytes[index] &- 0x20 > 0x5E { return false }
            record.keep(bytes, field.at..<field.at + field.width)
        case .unknown: record.keep(bytes, field.at..<field.at + field.width)
        case .rest: record.keep(bytes, field.at..<bytes.count)
        case .pairs: return layout.pairs?.read(bytes, from: field.at, into: &record) ?? false
        }
        return true
    }

    @inline(__always)
    private func append(_ value: Int, _ field: Field, decimals: UInt8 = 0, to record: inout Record) -> Bool {
        guard value >= field.atLeast else { return false }
        record.numbers.append(number(value, field, decimals: decimals))
        return true
    }

    /// A number as it stood in the message, with `plus` and the reason where it is a sentinel.
    @inline(__always)
    func number(_ value: Int, _ field: Field, decimals: UInt8 = 0) -> Number {
        var number = Number(value &+ field.plus, decimals: decimals)
        for index in field.sentinels where layout.sentinels[index].count == value {
            number.missing = layout.sentinels[index].why
        }
        return number
    }

    /// A number that says *no value* for this reason; nil when the device cannot say that.
    func missing(_ place: Int, because why: NoValueClass) -> Number? {
        let numbered = layout.fields.filter(\.isNumber)
        guard numbered.indices.contains(place) else {
            return layout.pairs?.missing(place - numbered.count, because: why)
        }
        let field = numbered[place]
        if case .written(let form) = field.kind, layout.written[form].filler(because: why) != nil {
            return Number(0, missing: why)
        }
        return field.sentinels.map { layout.sentinels[$0] }.first { $0.why == why }
            .map { Number($0.count + field.plus, missing: why) }
    }
}

extension Field {
    /// Whether it fills the next number of the record by itself.
    var isNumber: Bool {
        switch kind {
        case .number, .bits, .written: true
        case .text, .unknown, .rest, .pairs: false
        }
    }
}

extension Record {
    @inline(__always)
    mutating func keep(_ bytes: Span<UInt8>, _ range: Range<Int>) {
        for index in range { text.append(bytes[index]) }
    }
}
