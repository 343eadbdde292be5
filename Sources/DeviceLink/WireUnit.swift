// The units in which devices speak. A unit is converted here, once, into the vital's own small unit; nothing behind this
// file knows that a scale spoke of pounds.
import Vitals

/// The unit of a number on the wire, by the name a profile gives the number.
///
/// `milligramsPerDecilitre`: 1 mmol/L is 18.0182 mg/dL (clinical-rules 3). A pound is 0.45359237 kg exactly.
enum WireUnit: String, CaseIterable, Sendable {
    case percent, pulse, perfusionIndex, perMinute, celsius, fahrenheit, kilograms, grams, pounds, centimetres
    case millimetres, millimolesPerLitre, milligramsPerDecilitre

    /// The power of ten of the vital's small unit, for units that differ from it by nothing else.
    private var exponent: Int? {
        switch self {
        case .percent, .pulse, .perMinute, .grams, .millimetres: 0
        case .centimetres: -1
        case .perfusionIndex, .celsius: -2
        case .kilograms, .millimolesPerLitre: -3
        case .fahrenheit, .pounds, .milligramsPerDecilitre: nil
        }
    }

    /// The value in the vital's small unit; nil when there is none.
    func value(of number: Number, unit: Int) -> Int? {
        if let exponent { return number.value(inTens: exponent, unit: unit) }
        switch self {
        case .pounds:
            return number.value(inTens: -4, unit: unit).map { WireUnit.divide($0 * 45_359_237, by: 1_000_000_000) }
        case .fahrenheit: return number.value(inTens: -2, unit: unit).map { WireUnit.divide(($0 - 3_200) * 5, by: 9) }
        default: return number.value(inTens: -2, unit: unit).map { WireUnit.divide($0 * 100_000, by: 180_182) }
        }
    }

    /// The number that says a value, as exactly as `unit` and decimals can.
    func number(of value: Int, unit: Int) -> Number {
        let (count, exponent): (Int, Int)
        switch self {
        case .pounds: (count, exponent) = (WireUnit.divide(value * 1_000_000, by: 45_359_237), -1)
        case .fahrenheit: (count, exponent) = (WireUnit.divide(value * 9, by: 50) + 320, -1)
        case .milligramsPerDecilitre: (count, exponent) = (WireUnit.divide(value * 180_182, by: 10_000_000), 0)
        default: (count, exponent) = (value, self.exponent ?? 0)
        }
        return WireUnit.number(count, tens: exponent, unit: unit)
    }

    /// `count` × 10^`tens` for a part whose count is 10^`unit`, with as few decimals as it takes.
    private static func number(_ count: Int, tens: Int, unit: Int) -> Number {
        var (count, tens) = (count, tens)
        while tens > unit { (count, tens) = (count * 10, tens - 1) }
        while tens < unit, count % 10 == 0 { (count, tens) = (count / 10, tens + 1) }
        return Number(count, decimals: UInt8(max(0, unit - tens)))
    }

    /// Halves are rounded away from zero.
    private static func divide(_ value: Int, by divisor: Int) -> Int {
        (value + (value < 0 ? -divisor : divisor) / 2) / divisor
    }
}
