// The numbers of medical devices (IEEE 11073-20601): a signed whole number times a power of ten, in 16 bits (SFLOAT) or
// 32 (FLOAT). Ten is the base, so 36.5 is exact, and it stays exact here: no value passes through a Double, units are
// converted once, in whole numbers, and rounded once.
import Vitals

/// One number as a device wrote it: the same value can be written in several ways, and the way is kept.
enum MedicalFloat: Hashable, Sendable {
    case number(mantissa: Int, exponent: Int)
    case special(Special)

    /// What is no number. The patterns must be looked for before mantissa and exponent are taken apart.
    enum Special: UInt16, CaseIterable, Sendable {
        case notANumber = 0x07FF
        case notAtThisResolution = 0x0800
        case positiveInfinity = 0x07FE
        case negativeInfinity = 0x0802
        case reserved = 0x0801

        /// The same pattern in 32 bits.
        fileprivate var float: UInt32 {
            switch self {
            case .notANumber: 0x007F_FFFF
            case .notAtThisResolution: 0x0080_0000
            case .positiveInfinity: 0x007F_FFFE
            case .negativeInfinity: 0x0080_0002
            case .reserved: 0x0080_0001
            }
        }

        /// Why there is no number. *Not a number* is what a device sends whose sensor got nothing.
        var missing: NoValueClass {
            switch self {
            case .notANumber: .noSignal
            case .positiveInfinity: .aboveRange
            case .negativeInfinity: .belowRange
            case .notAtThisResolution, .reserved: .fault
            }
        }
    }

    init(sfloat raw: UInt16) {
        if let special = Special(rawValue: raw) {
            self = .special(special)
        } else {
            let signed = Int(Int16(bitPattern: raw))
            self = .number(mantissa: Int(Int16(bitPattern: raw << 4) >> 4), exponent: signed >> 12)
        }
    }

    init(float raw: UInt32) {
        if let special = Special.allCases.first(where: { $0.float == raw }) {
            self = .special(special)
        } else {
            let signed = Int(Int32(bitPattern: raw))
            self = .number(mantissa: Int(Int32(bitPattern: raw << 8) >> 8), exponent: signed >> 24)
        }
    }

    /// In 16 bits; *not at this resolution* for a number that has no place in them.
    var sfloat: UInt16 {
        switch self {
        case .special(let special): return special.rawValue
        case .number(let mantissa, let exponent):
            let raw = UInt16(truncatingIfNeeded: exponent << 12 | mantissa & 0xFFF)
            return MedicalFloat(sfloat: raw) == self ? raw : Special.notAtThisResolution.rawValue
        }
    }

    /// In 32 bits; *not at this resolution* for a number that has no place in them.
    var float: UInt32 {
        switch self {
        case .special(let special): return special.float
        case .number(let mantissa, let exponent):
            let raw = UInt32(truncatingIfNeeded: exponent << 24 | mantissa & 0xFF_FFFF)
            return MedicalFloat(float: raw) == self ? raw : Special.notAtThisResolution.float
        }
    }

    /// Why there is no number; nil for a number.
    var missing: NoValueClass? { if case .special(let special) = self { special.missing } else { nil } }

    /// The number in another unit, rounded once to a whole number, halves away from zero.
    ///
    /// - Parameter factor: one of the device's units is so many of the wanted ones, as a fraction.
    /// - Parameter offset: added before the factor, in the device's units.
    /// - Returns: nil for what is no number; `Int.max` or `Int.min` for one beyond all measure.
    func whole(times factor: (Int, over: Int) = (1, over: 1), adding offset: Int = 0) -> Int? {
        guard case .number(var mantissa, var exponent) = self else { return nil }
        // Nine places down, a mantissa of 24 bits is nothing in any unit here; three up, it is beyond all of them.
        if mantissa == 0 || exponent < -9 { (mantissa, exponent) = (0, 0) }
        guard exponent <= 3 else { return mantissa < 0 ? Int.min : Int.max }
        let shift = MedicalFloat.powerOfTen(abs(exponent))
        let (top, bottom) = exponent >= 0 ? (mantissa * shift + offset, 1) : (mantissa + offset * shift, shift)
        let (product, isTooLarge) = top.multipliedReportingOverflow(by: factor.0)
        guard !isTooLarge else { return top < 0 ? Int.min : Int.max }
        return MedicalFloat.rounded(product, over: bottom * factor.over)
    }

    private static func powerOfTen(_ exponent: Int) -> Int { (0..<exponent).reduce(1) { power, _ in power * 10 } }

    private static func rounded(_ value: Int, over divisor: Int) -> Int {
        let (quotient, rest) = value.quotientAndRemainder(dividingBy: divisor)
        return abs(rest) >= divisor - abs(rest) ? quotient + value.signum() : quotient
    }
}
