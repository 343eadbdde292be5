// Readings by chance, for the round trip: every legal value can come, every twentieth stands at an end of its range.
import Vitals

extension Limits {
    /// A value of this kind that a device with these limits may give, in steps that home instruments show.
    func vital(_ kind: VitalKind, _ chance: inout SeededChance) -> Vital {
        func pick(_ field: String, _ plausible: ClosedRange<Int>, step: Int = 1) -> Int {
            let range = ranges.first { $0.field.rawValue == field }?.range.clamped(to: plausible) ?? plausible
            switch Int.random(in: 0..<20, using: &chance) {
            case 0: return range.lowerBound
            case 1: return range.upperBound
            default:
                let value = Int.random(in: range, using: &chance)
                return max(range.lowerBound, value - value % step)
            }
        }
        switch kind {
        case .bloodPressure:
            let systolic = pick("systolic", 50...300)
            let diastolic = min(pick("diastolic", 30...200), systolic - 10)
            return .bloodPressure(
                BloodPressure(
                    systolic: MmHg(systolic), diastolic: MmHg(diastolic),
                    mean: MmHg(diastolic + (systolic - diastolic) / 3), pulse: PerMinute(pick("pulse", 20...250)),
                    irregularPulse: Bool.random(using: &chance), moved: Bool.random(using: &chance)))
        case .wearableBloodPressure:
            let systolic = pick("systolic", 50...300)
            return .wearableBloodPressure(
                WearableBloodPressure(
                    systolic: MmHg(systolic), diastolic: MmHg(min(pick("diastolic", 30...200), systolic - 10))))
        case .pulseRate: return .pulseRate(PerMinute(pick("perMinute", 20...250)))
        case .oxygenSaturation:
            return .oxygenSaturation(
                OxygenSaturation(
                    percent: pick("percent", 50...100), pulse: PerMinute(pick("pulse", 20...250)),
                    perfusionIndex: pick("perfusionIndex", 2...1_999)))
        case .temperature: return .temperature(centiCelsius: pick("celsius", 3_000...4_500, step: 10))
        case .surfaceTemperature: return .surfaceTemperature(centiCelsius: pick("celsius", 3_000...4_000, step: 10))
        case .weight: return .weight(grams: pick("kilograms", 2_000...300_000, step: 100))
        case .height: return .height(millimetres: pick("centimetres", 400...2_300, step: 10))
        case .glucose:
            var micromoles = pick("millimolesPerLitre", 600...50_000, step: 100)
            // Half of all meters show whole mg/dL (18.0182 of them a mmol/L).
            if Bool.random(using: &chance) { micromoles = (micromoles / 56 * 10_000_000 + 90_091) / 180_182 }
            return .glucose(Glucose(micromolesPerLitre: max(600, micromoles), meal: chance.meal()))
        }
    }
}

extension SeededChance {
    fileprivate mutating func meal() -> Glucose.Meal? {
        [nil, .before, .after].randomElement(using: &self) ?? nil
    }
}

/// Which of the values beside the first a device sends.
struct VitalFields {
    private var mean = true, pulse = true, marks = true, moved = true, other = true

    /// Every choice a device of this vital can have made, the fullest first.
    static func all(of kind: VitalKind) -> [VitalFields] {
        var all: [VitalFields] = []
        for bits in 0..<32 {
            func has(_ bit: Int) -> Bool { bits & 1 << bit == 0 }
            let fields = VitalFields(mean: has(0), pulse: has(1), marks: has(2), moved: has(3), other: has(4))
            switch kind {
            case .bloodPressure where has(4), .oxygenSaturation where bits & 0b01101 == 0b01101,
                .glucose where bits & 0b01111 == 0b01111:
                all.append(fields)
            case .bloodPressure, .oxygenSaturation, .glucose: break
            default: if bits == 0 { all.append(fields) }
            }
        }
        return all
    }

    /// The same value without what the device does not send.
    func keep(of vital: Vital) -> Vital {
        switch vital {
        case .bloodPressure(var pressure):
            if !mean { pressure.mean = nil }
            if !pulse { pressure.pulse = nil }
            if !marks { pressure.irregularPulse = nil }
            if !moved { pressure.moved = nil }
            return .bloodPressure(pressure)
        case .oxygenSaturation(var oxygen):
            if !pulse { oxygen.pulse = nil }
            if !other { oxygen.perfusionIndex = nil }
            return .oxygenSaturation(oxygen)
        case .glucose(var glucose):
            if !other { glucose.meal = nil }
            return .glucose(glucose)
        default: return vital
        }
    }
}

extension Vital {
    /// Whether every value the device gave is the one that was sent; what it has no field for may be missing, and a
    /// meter of whole mg/dL shows 0.06 mmol/L more or less.
    func isTrue(to sent: Vital) -> Bool {
        func same<Value: Equatable>(_ given: Value?, _ sent: Value?) -> Bool { given == nil || given == sent }
        switch (self, sent) {
        case (.bloodPressure(let given), .bloodPressure(let sent)):
            return given.systolic == sent.systolic && given.diastolic == sent.diastolic && same(given.mean, sent.mean)
                && same(given.pulse, sent.pulse) && same(given.irregularPulse, sent.irregularPulse)
                && same(given.moved, sent.moved)
        case (.oxygenSaturation(let given), .oxygenSaturation(let sent)):
            return given.percent == sent.percent && same(given.pulse, sent.pulse)
                && same(given.perfusionIndex, sent.perfusionIndex)
        case (.glucose(let given), .glucose(let sent)):
            return abs(given.micromolesPerLitre - sent.micromolesPerLitre) <= 56 && same(given.meal, sent.meal)
        default: return self == sent
        }
    }
}
