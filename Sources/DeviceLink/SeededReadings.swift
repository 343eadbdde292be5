// Readings by chance, for the round trip: every legal value can come, every twentieth stands at an end of its range.
import Vitals

extension Limits {
    /// A value of this kind that a device with these limits may give, in steps that home instruments show.
    func vital(_ kind: VitalKind, _ chance: inout SplitMix) -> Vital {
        func pick(_ field: String, _ plausible: ClosedRange<Int>) -> Int {
            let range = ranges.first { $0.field.rawValue == field }?.range.clamped(to: plausible) ?? plausible
            switch Int.random(in: 0..<20, using: &chance) {
            case 0: return range.lowerBound
            case 1: return range.upperBound
            default: return Int.random(in: range, using: &chance)
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
        case .pulseRate: return .pulseRate(PerMinute(pick("pulse", 20...250)))
        case .oxygenSaturation:
            return .oxygenSaturation(
                OxygenSaturation(
                    percent: pick("percent", 50...100), pulse: PerMinute(pick("pulse", 20...250)),
                    perfusionIndex: pick("perfusionIndex", 2...1_999)))
        case .temperature: return .temperature(centiCelsius: 10 * pick("celsius", 300...450))
        case .surfaceTemperature: return .surfaceTemperature(centiCelsius: 10 * pick("celsius", 300...400))
        case .weight: return .weight(grams: 100 * pick("weight", 20...3_000))
        case .height: return .height(millimetres: 10 * pick("height", 40...230))
        case .glucose:
            return .glucose(Glucose(micromolesPerLitre: 100 * pick("glucose", 6...500), meal: chance.meal()))
        }
    }
}

extension SplitMix {
    fileprivate mutating func meal() -> Glucose.Meal? {
        [nil, .before, .after].randomElement(using: &self) ?? nil
    }
}

extension Vital {
    /// Whether every value the device gave is the one that was sent; what it has no field for may be missing.
    func agrees(with sent: Vital) -> Bool {
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
            return given.micromolesPerLitre == sent.micromolesPerLitre && same(given.meal, sent.meal)
        default: return self == sent
        }
    }
}
