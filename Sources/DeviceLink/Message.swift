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
    /// How many numbers stand in its parts; those of pairs come behind them.
    private let numbers: Int
    /// The numbers that are some bits of one byte and mean just what they say: most of a stream's, read in a short loop
    /// of their own.
    private let plainBits: [(place: Int, run: BitRun)]
    /// All other fields, with the place of the number in the record.
    private let otherFields: [(place: Int, field: Field)]
    /// Whether a part of it may name a person.
    let hasSecrets: Bool

    init(name: String, isFromHost: Bool, layout: MessageLayout, gives: Giving) {
        (self.name, self.isFromHost, self.layout, self.gives) = (name, isFromHost, layout, gives)
        var (plain, others, place) = ([(place: Int, run: BitRun)](), [(place: Int, field: Field)](), 0)
        for field in layout.fields {
            if case .bits(let run, 1) = field.kind, field.isPlain {
                plain.append((place, layout.runs[run]))
            } else {
                others.append((place, field))
            }
            place += field.isNumber ? 1 : 0
        }
        (numbers, plainBits, otherFields) = (place, plain, others)
        hasSecrets = !layout.secrets.isEmpty || layout.pairs?.hasSecrets == true
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
        record.begin(index, numbers: numbers)
        guard readFields(of: bytes, &record.numbers, &record.text) else { return false }
        return layout.pairs?.read(bytes, from: layout.length, into: &record) ?? true
    }

    /// Everything but pairs. Numbers are written where they belong: to append one after the other costs more than to
    /// read them.
    private func readFields(of bytes: Span<UInt8>, _ numbers: inout [Number], _ text: inout [UInt8]) -> Bool {
        var numbers = numbers.mutableSpan
        for (place, run) in plainBits { numbers[place] = Number(run.value(in: bytes)) }
        for (place, field) in otherFields {
            let range = field.at..<field.at + field.width
            var value: Int
            var decimals: UInt8 = 0
            switch field.kind {
            case .number(let form):
                guard let there = form.value(in: bytes, at: field.at, width: field.width) else { return false }
                value = there
            case .bits(let first, let runs): value = self.value(of: first..<first + runs, in: bytes)
            case .written(let form):
                guard let there = layout.written[form].value(in: bytes, range) else { return false }
                text.append(bytes, range)
                guard there.missing == nil else {
                    numbers[place] = there
                    continue
                }
                (value, decimals) = (there.count, there.decimals)
            case .text:
                for index in range where bytes[index] &- 0x20 > 0x5E { return false }
                text.append(bytes, range)
                continue
            case .unknown:
                text.append(bytes, range)
                continue
            case .rest:
                text.append(bytes, field.at..<bytes.count)
                continue
            case .pairs: continue
            }
            guard value >= field.atLeast else { return false }
            numbers[place] = number(value, field, decimals: decimals)
        }
        return true
    }

    /// A number put together of runs of bits, the highest first.
    @inline(__always)
    private func value(of runs: Range<Int>, in bytes: Span<UInt8>) -> Int {
        let pieces = layout.runs
        var value = 0
        for index in runs { value = value &<< pieces[index].width | pieces[index].value(in: bytes) }
        return value
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

    /// Whether its number means what stands there, whatever that is.
    fileprivate var isPlain: Bool { plus == 0 && atLeast <= 0 && sentinels.isEmpty }
}

extension [UInt8] {
    /// Some of the bytes of a buffer.
    mutating func append(_ bytes: Span<UInt8>, _ range: Range<Int>) {
        bytes.extracting(range).withUnsafeBufferPointer { append(contentsOf: $0) }
    }
}
