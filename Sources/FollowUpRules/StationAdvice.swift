// What the kiosk says beside a value of oxygen, temperature or sugar: by the same limits as the rules, and before
// anybody is reviewed, because it holds for a guest too (visit-script, crisis wording, rules 9 and 10).
import Vitals

/// What has to be said beside a value.
package enum ValueAdvice: Hashable, Sendable {
    case none
    /// Low oxygen for the first time: a cold finger is the common reason.
    case warmTheHand
    case lowOxygen
    case lowSugar
    case seeDoctor
}

/// - Parameter isRepeated: the same visit has had a low one before.
package func advice(for vital: Vital, isRepeated: Bool, policy: Policy) -> ValueAdvice {
    switch vital {
    case .oxygenSaturation(let oxygen) where oxygen.percent <= policy.oxygen.low.value:
        isRepeated ? .lowOxygen : .warmTheHand
    case .temperature(let celsius) where celsius > policy.fever.high.value: .seeDoctor
    case .glucose(let glucose) where glucose.micromolesPerLitre < policy.sugar.words.value: .lowSugar
    case .glucose(let glucose) where glucose.micromolesPerLitre >= policy.sugar.high.value: .seeDoctor
    case .bloodPressure, .wearableBloodPressure, .pulseRate, .oxygenSaturation, .temperature, .surfaceTemperature,
        .weight, .height, .glucose:
        .none
    }
}

/// The same for a device that measured and had no number.
package func advice(for kind: VitalKind, without why: NoValueClass, isRepeated: Bool) -> ValueAdvice {
    switch (kind, why) {
    case (.glucose, .belowRange): .lowSugar
    case (.glucose, .aboveRange), (.temperature, .aboveRange): .seeDoctor
    case (.oxygenSaturation, .belowRange): isRepeated ? .lowOxygen : .warmTheHand
    default: .none
    }
}
