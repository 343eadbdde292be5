// One reading becomes one Observation, or two: a cuff's pulse and an oximeter's pulse stand on their own. And some
// readings stay here: those whose value means something else than its code would say, and those whose time is not
// known, because `effectiveDateTime` is what a doctor sorts by and a guessed time is worse than none.

import Vitals

/// A reading that waits for the district, with its owner as it stands now.
package struct OutgoingReading: Hashable, Sendable {
    /// The fact of the reading.
    package var sequence: FactSequence
    /// The fact that gave it to its resident: the reading itself, or the claim or move since.
    package var owned: FactSequence
    /// What the ledger wants its receipt to name.
    package var receipt: FactSequence
    /// The opaque id of the resident, never a name or a number.
    package var resident: String
    package var reading: Reading

    package init(
        sequence: FactSequence, owned: FactSequence, receipt: FactSequence, resident: String, reading: Reading
    ) {
        (self.sequence, self.owned, self.receipt) = (sequence, owned, receipt)
        (self.resident, self.reading) = (resident, reading)
    }
}

/// Why a reading is not for the district.
package enum KeptBack: String, Hashable, Sendable, CaseIterable {
    /// A wearable's estimate of blood pressure is not a blood pressure.
    case wearableBloodPressure = "a wearable's estimate of blood pressure is not sent"
    /// What a wristband feels is the skin, not the body.
    case wearableTemperature = "a wearable's temperature is of the skin and is not sent"
    /// The hut's or the instrument's clock was wrong.
    case timeUnknown = "the time of measuring is not known"
}

extension OutgoingReading {
    /// Why this reading stays here; nil when it is to be sent.
    package var keptBack: KeptBack? {
        switch (reading.vital, reading.source) {
        case (.wearableBloodPressure, _), (.bloodPressure, .wearable): return .wearableBloodPressure
        case (.temperature, .wearable), (.surfaceTemperature, .wearable): return .wearableTemperature
        default: break
        }
        switch reading.timeConfidence {
        case .ok, .clockChanged: return nil
        case .clockUntrusted, .timeFault: return .timeUnknown
        }
    }
}

/// What one Observation says: a value, or the parts of a panel.
struct ObservedValue: Hashable {
    var code: ValueCode
    /// `valueQuantity`, or `component`.
    var members: JSON

    init(_ code: ValueCode, _ value: String) {
        (self.code, members) = (code, ["valueQuantity": code.quantity(value)])
    }

    init(panel code: ValueCode, _ parts: [(ValueCode, String)]) {
        self.code = code
        members = ["component": .array(parts.map { ["code": $0.json, "valueQuantity": $0.quantity($1)] })]
    }
}

extension Reading {
    /// What is sent of this reading, in the order of its Observations.
    var observedValues: [ObservedValue] {
        let pulseCode: ValueCode =
            switch source {
            case .oximeter, .wearable: .opticalPulse
            case .cuffStaff, .cuffStation, .cuffHome, .thermometer, .glucometer, .scale, .manual: .cuffPulse
            }
        func pulse(_ rate: PerMinute?) -> [ObservedValue] {
            rate.map { [ObservedValue(pulseCode, String($0.value))] } ?? []
        }
        switch vital {
        case .bloodPressure(let pressure):
            let parts = [
                (ValueCode.systolic, String(pressure.systolic.value)),
                (ValueCode.diastolic, String(pressure.diastolic.value)),
            ]
            return [ObservedValue(panel: .bloodPressure, parts)] + pulse(pressure.pulse)
        case .wearableBloodPressure: return []
        case .pulseRate(let rate): return pulse(rate)
        case .oxygenSaturation(let oxygen):
            return [ObservedValue(.oxygen, String(oxygen.percent))] + pulse(oxygen.pulse)
        case .temperature(let celsius): return [ObservedValue(.temperature, JSONLine.decimal(celsius, places: 2))]
        case .surfaceTemperature(let celsius):
            return [ObservedValue(.surfaceTemperature, JSONLine.decimal(celsius, places: 2))]
        case .weight(let grams): return [ObservedValue(.weight, JSONLine.decimal(grams, places: 3))]
        case .height(let millimetres): return [ObservedValue(.height, JSONLine.decimal(millimetres, places: 1))]
        case .glucose(let glucose):
            return [ObservedValue(.glucose, JSONLine.decimal(glucose.micromolesPerLitre, places: 3))]
        }
    }

    /// The 11073 specialization of the instrument behind the reading; nil where none is certain.
    var specialization: String? {
        switch source {
        case .cuffStaff, .cuffStation, .cuffHome: "528391"
        case .oximeter: "528388"
        case .thermometer: "528392"
        case .scale: "528399"
        case .glucometer: "528401"
        case .wearable, .manual: nil
        }
    }

    /// What a doctor must know of a value and no code says, in the order of its notes.
    var notes: [String] {
        var notes: [String] = []
        if isSelfMeasured { notes.append("station self-measurement") }
        if case .glucose(let glucose) = vital, let meal = glucose.meal { notes.append("\(meal.rawValue) a meal") }
        return notes
    }

    /// Measured at the hut by the resident alone or with an unnamed hand: what a doctor must know of a value.
    var isSelfMeasured: Bool {
        if case .staff = helper { return false }
        switch source {
        case .cuffStation, .oximeter, .thermometer, .glucometer, .scale: return true
        case .cuffStaff, .cuffHome, .wearable, .manual: return false
        }
    }
}
