// Lists of key and value in any order, `SPO2=097% BPM=080`, or alternating, `Wk,82.7,FW,18.6`. Keys nobody has described
// are kept as they came: the whole list stays in the record's text, and is the model when a record is written.
import Vitals

/// A key whose value is a number, or a text worth a name.
struct PairKey: Sendable {
    var key: [UInt8]
    /// nil for a value that stays text.
    var number: WrittenNumber?
    /// Follows the value: `%`.
    var suffix: [UInt8]
    var plus = 0
    var sentinels: [Sentinel] = []
    /// Without it the message does not fit.
    var isNeeded: Bool
    /// May name a person: its value is blanked in what is kept.
    var isSecret: Bool
}

/// The keys and values at the end of a message.
struct PairList: Sendable {
    /// Between two pairs.
    var between: UInt8
    /// Between key and value; the same as `between` for lists that alternate.
    var equals: UInt8
    /// The keys with a number first, in the order of the record's numbers; then those with text.
    var keys: [PairKey]
    /// How many of the record's numbers are theirs.
    var numbers: Int { keys.count { $0.number != nil } }

    /// Whether a value may name a person.
    var hasSecrets: Bool { keys.contains(where: \.isSecret) }

    /// Adds the numbers of the keys, and the whole list as text; false where a value is none or a needed key is missing.
    func read(_ bytes: Span<UInt8>, from start: Int, into record: inout Record) -> Bool {
        let first = record.numbers.count
        var seen: UInt64 = 0
        for _ in 0..<numbers { record.numbers.append(Number(0, missing: .noSignal)) }
        var cursor = start
        while let pair = next(in: bytes, from: &cursor) {
            guard let index = index(of: pair.key, in: bytes) else { continue }
            guard seen & 1 << UInt64(index) == 0 else { return false }
            seen |= 1 << UInt64(index)
            guard keys[index].number != nil else { continue }
            guard let number = keys[index].value(in: bytes, pair.value) else { return false }
            record.numbers[first + index] = number
        }
        for index in keys.indices where keys[index].isNeeded && seen & 1 << UInt64(index) == 0 { return false }
        record.text.append(bytes, start..<bytes.count)
        return true
    }

    /// The list with its numbers; keys that `model` does not have are not added. nil when a number does not fit.
    func bytes(of numbers: ArraySlice<Number>, like model: [UInt8]) -> [UInt8]? {
        var bytes: [UInt8] = []
        var (cursor, written) = (0, 0)
        while let pair = next(in: model.span, from: &cursor) {
            guard let index = index(of: pair.key, in: model.span), keys[index].number != nil else { continue }
            guard numbers.count > index,
                let value = keys[index].bytes(of: numbers[numbers.startIndex + index], like: Array(model[pair.value]))
            else { return nil }
            bytes += model[written..<pair.value.lowerBound] + value
            written = pair.value.upperBound
        }
        return bytes + model[written...]
    }

    /// Where the value of a key stands; nil when the list does not have it.
    func value(of key: [UInt8], in bytes: Span<UInt8>, from start: Int) -> Range<Int>? {
        var cursor = start
        while let pair = next(in: bytes, from: &cursor) {
            if pair.key.count == key.count, zip(pair.key, key).allSatisfy({ bytes[$0] == $1 }) { return pair.value }
        }
        return nil
    }

    /// A number of the list that says *no value* for this reason; nil when the device cannot say that.
    func missing(_ place: Int, because why: NoValueClass) -> Number? {
        guard keys.indices.contains(place), let number = keys[place].number else { return nil }
        if number.filler(because: why) != nil { return Number(0, missing: why) }
        return keys[place].sentinels.first { $0.why == why }.map { Number($0.count + keys[place].plus, missing: why) }
    }

    private typealias Pair = (key: Range<Int>, value: Range<Int>)

    /// The next key with its value; a piece without a value has an empty one.
    private func next(in bytes: Span<UInt8>, from cursor: inout Int) -> Pair? {
        guard cursor < bytes.count else { return nil }
        let start = cursor
        while cursor < bytes.count, bytes[cursor] != equals, bytes[cursor] != between { cursor += 1 }
        let key = start..<cursor
        guard cursor < bytes.count, bytes[cursor] == equals else {
            cursor += 1
            return (key, key.upperBound..<key.upperBound)
        }
        cursor += 1
        let from = cursor
        while cursor < bytes.count, bytes[cursor] != between { cursor += 1 }
        defer { cursor += 1 }
        return (key, from..<cursor)
    }

    private func index(of key: Range<Int>, in bytes: Span<UInt8>) -> Int? {
        for index in keys.indices where keys[index].key.count == key.count {
            var offset = 0
            while offset < key.count, keys[index].key[offset] == bytes[key.lowerBound + offset] { offset += 1 }
            if offset == key.count { return index }
        }
        return nil
    }
}

extension PairKey {
    fileprivate func value(in bytes: Span<UInt8>, _ range: Range<Int>) -> Number? {
        var end = range.upperBound
        if range.count >= suffix.count {
            var isThere = true
            for (index, byte) in suffix.enumerated() where bytes[end - suffix.count + index] != byte { isThere = false }
            if isThere { end -= suffix.count }
        }
        guard let number = number?.value(in: bytes, range.lowerBound..<end) else { return nil }
        guard number.missing == nil else { return number }
        let why = sentinels.first { $0.count == number.count }?.why
        return Number(number.count + plus, decimals: number.decimals, missing: why)
    }

    fileprivate func bytes(of number: Number, like model: [UInt8]) -> [UInt8]? {
        if value(in: model.span, 0..<model.count) == number { return model }
        let hasSuffix = model.suffix(suffix.count).elementsEqual(suffix)
        let plain = Number(number.count - plus, decimals: number.decimals, missing: number.missing)
        let core = Array(model.dropLast(hasSuffix ? suffix.count : 0))
        return self.number?.bytes(of: plain, like: core, mayGrow: true).map { $0 + (hasSuffix ? suffix : []) }
    }
}
