// The device's own legal ranges, from its manual: a value outside cannot have been measured by it, so it is a fault with
// the field's name and never a clamped reading.
import Vitals

/// The device's own legal ranges; both ends are allowed.
struct Limits: Sendable {
    /// A number of a vital, in the words of `decode`; ranges are written in its unit.
    enum Field: String, CaseIterable, Sendable {
        case systolic, diastolic, mean, pulse, percent, perMinute, celsius, kilograms, centimetres, millimolesPerLitre

        /// The power of ten of the vital's small unit.
        fileprivate var exponent: Int {
            switch self {
            case .systolic, .diastolic, .mean, .pulse, .percent, .perMinute: 0
            case .centimetres: 1
            case .celsius: 2
            case .kilograms, .millimolesPerLitre: 3
            }
        }

        fileprivate func value(in vital: Vital) -> Int? {
            switch (self, vital) {
            case (.systolic, .bloodPressure(let pressure)): pressure.systolic.value
            case (.systolic, .wearableBloodPressure(let pressure)): pressure.systolic.value
            case (.diastolic, .bloodPressure(let pressure)): pressure.diastolic.value
            case (.diastolic, .wearableBloodPressure(let pressure)): pressure.diastolic.value
            case (.mean, .bloodPressure(let pressure)): pressure.mean?.value
            case (.pulse, .bloodPressure(let pressure)): pressure.pulse?.value
            case (.pulse, .oxygenSaturation(let oxygen)): oxygen.pulse?.value
            case (.percent, .oxygenSaturation(let oxygen)): oxygen.percent
            case (.perMinute, .pulseRate(let rate)): rate.value
            case (.celsius, .temperature(let celsius)), (.celsius, .surfaceTemperature(let celsius)): celsius
            case (.kilograms, .weight(let grams)): grams
            case (.centimetres, .height(let millimetres)): millimetres
            case (.millimolesPerLitre, .glucose(let glucose)): glucose.micromolesPerLitre
            default: nil
            }
        }
    }

    var ranges: [(field: Field, range: ClosedRange<Int>)] = []

    /// The first field outside its range.
    func broken(by vital: Vital) -> String? {
        for (field, range) in ranges {
            if let value = field.value(in: vital), !range.contains(value) { return field.rawValue }
        }
        return nil
    }

    /// The first field that this device cannot have measured or that cannot be of a living person.
    func impossible(in vital: Vital) -> String? { broken(by: vital) ?? vital.implausibleField }
}

extension Limits {
    init(_ written: [String: [Double]], _ refuse: Refusal) throws(ProfileError) {
        let known = Field.allCases.map(\.rawValue)
        if let name = written.keys.sorted().first(where: { !known.contains($0) }) {
            throw refuse("limits.\(name)", "unknown field", hint: "known here: \(known.joined(separator: ", "))")
        }
        for field in Field.allCases {
            guard let range = written[field.rawValue] else { continue }
            guard range.count == 2, range[0] <= range[1], range.allSatisfy({ (-1_000...1_000_000).contains($0) }) else {
                throw refuse("limits.\(field.rawValue)", "not a range", hint: "as in [60, 260], both allowed")
            }
            let scale = Double(NumberForm.tenTo(field.exponent))
            ranges.append((field, Int((range[0] * scale).rounded())...Int((range[1] * scale).rounded())))
        }
    }
}
