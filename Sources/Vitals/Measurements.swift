// What an instrument can measure. A number never travels without its unit: pressures and rates have a type of their
// own, everything else carries the unit in its name, in whole small units so that no rounding hides in a Double.

/// A whole number of a named unit; numbers of different units cannot be compared or mixed.
package struct Quantity<Unit>: Hashable, Comparable, Sendable, Codable, ExpressibleByIntegerLiteral {
    package let value: Int

    package init(_ value: Int) { self.value = value }
    package init(integerLiteral value: Int) { self.value = value }
    package init(from decoder: any Decoder) throws { value = try decoder.singleValueContainer().decode(Int.self) }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(value)
    }

    package static func < (left: Self, right: Self) -> Bool { left.value < right.value }
}

package enum MillimetresOfMercury {}
package enum EachMinute {}

/// Millimetres of mercury.
package typealias MmHg = Quantity<MillimetresOfMercury>
/// Beats in a minute.
package typealias PerMinute = Quantity<EachMinute>

/// One result of an arm cuff.
package struct BloodPressure: Hashable, Sendable, Codable {
    package var systolic: MmHg
    package var diastolic: MmHg
    package var mean: MmHg?
    package var pulse: PerMinute?
    /// The device's own mark; nil when the device has none.
    package var irregularPulse: Bool?
    /// The device saw the body move; nil when the device has no such mark. Kept out of averages, not out of BP-01.
    package var moved: Bool?

    package init(
        systolic: MmHg, diastolic: MmHg, mean: MmHg? = nil, pulse: PerMinute? = nil, irregularPulse: Bool? = nil,
        moved: Bool? = nil
    ) {
        (self.systolic, self.diastolic, self.mean, self.pulse) = (systolic, diastolic, mean, pulse)
        (self.irregularPulse, self.moved) = (irregularPulse, moved)
    }
}

/// An estimate of a wearable without a cuff: a different quantity, in no blood-pressure rule (clinical-rules 1.10).
package struct WearableBloodPressure: Hashable, Sendable, Codable {
    package var systolic: MmHg
    package var diastolic: MmHg

    package init(systolic: MmHg, diastolic: MmHg) { (self.systolic, self.diastolic) = (systolic, diastolic) }
}

/// One settled value of an oximeter or a wristband.
package struct OxygenSaturation: Hashable, Sendable, Codable {
    /// 50…100 %.
    package var percent: Int
    package var pulse: PerMinute?
    /// How strongly the finger pulses, in hundredths of a percent: 125 is 1.25 %; nil when the device does not say.
    package var perfusionIndex: Int?

    package init(percent: Int, pulse: PerMinute? = nil, perfusionIndex: Int? = nil) {
        (self.percent, self.pulse, self.perfusionIndex) = (percent, pulse, perfusionIndex)
    }
}

/// One result of a glucose meter.
package struct Glucose: Hashable, Sendable, Codable {
    /// The mark a person set on the meter.
    package enum Meal: String, Hashable, Sendable, Codable, CaseIterable { case before, after }

    /// 5600 is 5.6 mmol/L.
    package var micromolesPerLitre: Int
    /// nil when the meter has no such mark or none was set.
    package var meal: Meal?

    package init(micromolesPerLitre: Int, meal: Meal? = nil) {
        (self.micromolesPerLitre, self.meal) = (micromolesPerLitre, meal)
    }
}

/// One vital sign with its value.
package enum Vital: Hashable, Sendable, Codable {
    case bloodPressure(BloodPressure)
    case wearableBloodPressure(WearableBloodPressure)
    case pulseRate(PerMinute)
    case oxygenSaturation(OxygenSaturation)
    /// Hundredths of a degree Celsius: 3650 is 36.5 °C.
    case temperature(centiCelsius: Int)
    /// Of the skin, hundredths of a degree Celsius: another quantity than `temperature`, in no fever rule.
    case surfaceTemperature(centiCelsius: Int)
    case weight(grams: Int)
    case height(millimetres: Int)
    case glucose(Glucose)

    /// Which vital it is, without the value.
    package var kind: VitalKind {
        switch self {
        case .bloodPressure: .bloodPressure
        case .wearableBloodPressure: .wearableBloodPressure
        case .pulseRate: .pulseRate
        case .oxygenSaturation: .oxygenSaturation
        case .temperature: .temperature
        case .surfaceTemperature: .surfaceTemperature
        case .weight: .weight
        case .height: .height
        case .glucose: .glucose
        }
    }

    /// The first value that cannot be of a living adult or child, by name; nil when all can be.
    ///
    /// Bounds of clinical-rules 5.1 (*plausible*, our own choice); weight 2…300 kg, height 40…230 cm and
    /// skin 20…45 °C (a hand in winter is no fault) likewise ours.
    package var implausibleField: String? {
        switch self {
        case .bloodPressure(let pressure):
            if !(50...300).contains(pressure.systolic) { return "systolic" }
            if !(30...200).contains(pressure.diastolic) { return "diastolic" }
            if pressure.systolic.value - pressure.diastolic.value < 10 { return "diastolic" }
            if let pulse = pressure.pulse, !(20...250).contains(pulse) { return "pulse" }
            return nil
        case .wearableBloodPressure(let pressure):
            if !(50...300).contains(pressure.systolic) { return "systolic" }
            return (30...200).contains(pressure.diastolic) ? nil : "diastolic"
        case .pulseRate(let rate): return (20...250).contains(rate) ? nil : "perMinute"
        case .oxygenSaturation(let oxygen):
            if let pulse = oxygen.pulse, !(20...250).contains(pulse) { return "pulse" }
            if let index = oxygen.perfusionIndex, !(0...2_000).contains(index) { return "perfusionIndex" }
            return (50...100).contains(oxygen.percent) ? nil : "percent"
        case .temperature(let celsius): return (3_000...4_500).contains(celsius) ? nil : "celsius"
        case .surfaceTemperature(let celsius): return (2_000...4_500).contains(celsius) ? nil : "celsius"
        case .weight(let grams): return (2_000...300_000).contains(grams) ? nil : "kilograms"
        case .height(let millimetres): return (400...2_300).contains(millimetres) ? nil : "centimetres"
        case .glucose(let glucose):
            return (600...50_000).contains(glucose.micromolesPerLitre) ? nil : "millimolesPerLitre"
        }
    }
}

/// The name of a vital, as `decode`, `watch` and the profiles write it.
package enum VitalKind: String, Hashable, Sendable, Codable, CaseIterable {
    case bloodPressure, wearableBloodPressure, pulseRate, oxygenSaturation, temperature, surfaceTemperature, weight
    case height, glucose
}

/// Why a device measured and has no number to give.
package enum NoValueClass: String, Hashable, Sendable, Codable {
    case aboveRange, belowRange, noSignal, fault
}
