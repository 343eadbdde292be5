// Numbers that may be written in more than one way: blanks or zeros in front, a sign, a decimal point, three or six hex
// digits, dashes for "no value". The record keeps the exact text beside the number; on the way out that text is the
// model for a new number, so what was read is written back byte for byte, and a new number looks like its neighbours.
import Vitals

/// A number as text.
enum WrittenForm: Sendable, CaseIterable {
    /// Digits with blanks or zeros in front: ` 87`, `087`.
    case padded
    /// A sign, blanks or zeros in front, a point: `+0004775.7`, `+ 123.456`, `-0.5`.
    case decimal
    /// Hex digits of either case.
    case hex

    /// The number in these bytes; nil when they are none.
    func value(in bytes: Span<UInt8>, _ range: Range<Int>) -> Number? {
        self == .hex ? hexValue(in: bytes, range) : decimalValue(in: bytes, range)
    }

    private func hexValue(in bytes: Span<UInt8>, _ range: Range<Int>) -> Number? {
        guard (1...15).contains(range.count) else { return nil }
        var value = 0
        for index in range {
            guard let digit = HexText.digit(bytes[index]) else { return nil }
            value = value << 4 | Int(digit)
        }
        return Number(value)
    }

    private func decimalValue(in bytes: Span<UInt8>, _ range: Range<Int>) -> Number? {
        var index = range.lowerBound
        let end = range.upperBound
        while index < end, bytes[index] == 0x20 { index += 1 }
        var isNegative = false
        if self == .decimal, index < end, bytes[index] == 0x2B || bytes[index] == 0x2D {
            isNegative = bytes[index] == 0x2D
            index += 1
            while index < end, bytes[index] == 0x20 { index += 1 }
        }
        var (value, digits, decimals) = (0, 0, 0)
        var hasPoint = false
        while index < end {
            let byte = bytes[index]
            if self == .decimal, byte == 0x2E, !hasPoint, digits > 0 {
                hasPoint = true
            } else {
                let digit = byte &- 0x30
                guard digit <= 9, digits < 15 else { return nil }
                value = value * 10 + Int(digit)
                digits += 1
                if hasPoint { decimals += 1 }
            }
            index += 1
        }
        guard digits > 0, !hasPoint || decimals > 0 else { return nil }
        return Number(isNegative ? -value : value, decimals: UInt8(decimals))
    }

    /// The number written like `model`: as wide, with its sign, its decimals and what it puts in front. With
    /// `mayGrow` a longer number makes it wider; nil when the number does not fit.
    func bytes(of number: Number, like model: [UInt8], mayGrow: Bool) -> [UInt8]? {
        switch self {
        case .hex:
            guard number.count >= 0 else { return nil }
            let digits = Array(String(number.count, radix: 16, uppercase: true).utf8)
            let front = [UInt8](repeating: 0x30, count: max(0, model.count - digits.count))
            return digits.count <= model.count || mayGrow ? front + digits : nil
        case .padded, .decimal: return decimalBytes(of: number, like: model, mayGrow: mayGrow)
        }
    }

    private func decimalBytes(of number: Number, like model: [UInt8], mayGrow: Bool) -> [UInt8]? {
        let point = model.firstIndex(of: 0x2E)
        let decimals = point.map { model.count - $0 - 1 } ?? 0
        let whole = Number(number.count, decimals: number.decimals)
        guard let count = whole.value(inTens: -decimals, unit: 0),
            Number(count, decimals: UInt8(decimals)).value(inTens: -Int(number.decimals), unit: 0) == number.count
        else { return nil }
        let sign = model.firstIndex { $0 == 0x2B || $0 == 0x2D }
        guard count >= 0 || sign != nil else { return nil }
        var digits = Array(String(count.magnitude).utf8)
        if digits.count <= decimals {
            digits = [UInt8](repeating: 0x30, count: decimals + 1 - digits.count) + digits
        }
        if point != nil { digits.insert(0x2E, at: digits.count - decimals) }
        let signed: [UInt8] = sign == nil ? [] : [count < 0 ? 0x2D : 0x2B]
        let room = model.count - signed.count - digits.count
        guard room >= 0 || mayGrow else { return nil }
        let hasBlanks = model.contains(0x20)
        let front = [UInt8](repeating: hasBlanks ? 0x20 : 0x30, count: max(0, room))
        // Zeros stand behind the sign; blanks where the model has them.
        return sign.map { $0 > 0 } == true && hasBlanks ? front + signed + digits : signed + front + digits
    }
}

/// A written number at its place: what it looks like, and what stands there when there is none.
struct WrittenNumber: Sendable {
    var form: WrittenForm
    var fillers: [Filler] = []

    /// The number there, or the reason why there is none; nil when it is neither.
    func value(in bytes: Span<UInt8>, _ range: Range<Int>) -> Number? {
        if let number = form.value(in: bytes, range) { return number }
        for filler in fillers where isFilled(bytes, range, with: filler.text) { return Number(0, missing: filler.why) }
        return nil
    }

    /// What stands there for this reason.
    func filler(because why: NoValueClass) -> Filler? { fillers.first { $0.why == why } }

    /// Dashes may stand around a point and behind a sign: `--.-`, `+--`.
    private func isFilled(_ bytes: Span<UInt8>, _ range: Range<Int>, with text: [UInt8]) -> Bool {
        guard text.count == 1 else {
            guard range.count == text.count else { return false }
            for (index, byte) in text.enumerated() where bytes[range.lowerBound + index] != byte { return false }
            return true
        }
        var hasFiller = false
        for index in range {
            switch bytes[index] {
            case text[0]: hasFiller = true
            case 0x2B where form == .decimal, 0x2D where form == .decimal, 0x2E where form == .decimal: continue
            default: return false
            }
        }
        return hasFiller
    }

    /// The text of a number, written like `model`; nil when it does not fit.
    func bytes(of number: Number, like model: [UInt8], mayGrow: Bool = false) -> [UInt8]? {
        if let why = number.missing, let filler = filler(because: why) {
            if filler.text.count > 1 { return filler.text.count == model.count || mayGrow ? filler.text : nil }
            return model.map { $0 == 0x2E && form == .decimal ? $0 : filler.text[0] }
        }
        // Behind a filler nothing says how a number looks there: zeros in front.
        let isModel = form.value(in: model.span, 0..<model.count) != nil
        let zeros = model.map { $0 == 0x2E ? $0 : 0x30 }
        return form.bytes(of: number, like: isModel ? model : zeros, mayGrow: mayGrow)
    }
}
