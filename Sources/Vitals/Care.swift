// What a team does beside the form: calls that nobody answered, dates that were promised, the yearly exam item by item,
// answers to requests, and who looked at whom.

/// What was promised for a day (FU-06).
package enum PromiseKind: String, Hashable, Sendable, Codable, CaseIterable { case call, homeVisit, comeBack }

/// A date that a person promised, as it stands now.
package struct Promise: Hashable, Sendable {
    package var sequence: FactSequence
    package var kind: PromiseKind
    package var day: LocalDay
    package var madeAt: HutTime
    package var by: StaffKey

    package init(sequence: FactSequence, kind: PromiseKind, day: LocalDay, madeAt: HutTime, by: StaffKey) {
        (self.sequence, self.kind, self.day) = (sequence, kind, day)
        (self.madeAt, self.by) = (madeAt, by)
    }
}

/// A call to a resident.
package enum CallResult: String, Hashable, Sendable, Codable { case noAnswer, spoken, wrongNumber }

/// One item of the yearly exam with what it came to. Units in the names.
package enum ExamItem: Hashable, Sendable, Codable {
    case bloodPressure(systolic: MmHg, diastolic: MmHg)
    case glucose(micromolesPerLitre: Int, isFasting: Bool)
    case weight(grams: Int)
    case height(millimetres: Int)
    case waist(millimetres: Int)
    case temperature(centiCelsius: Int)
    /// Typed in, as the report says.
    case electrocardiogram(String)
    case ultrasound(String)
    /// One value of a laboratory: its name, the value as written, its unit.
    case laboratory(name: String, value: String, unit: String)

    /// Which item of the list it is.
    package var kind: ExamKind {
        switch self {
        case .bloodPressure: .bloodPressure
        case .glucose: .glucose
        case .weight: .weight
        case .height: .height
        case .waist: .waist
        case .temperature: .temperature
        case .electrocardiogram: .electrocardiogram
        case .ultrasound: .ultrasound
        case .laboratory: .laboratory
        }
    }
}

/// The items of an exam day; none may be left out.
package enum ExamKind: String, Hashable, Sendable, Codable, CaseIterable {
    case bloodPressure, glucose, weight, height, waist, temperature, electrocardiogram, ultrasound, laboratory
}

/// The exam of one resident on one day, as it stands.
package struct Exam: Hashable, Sendable {
    package var resident: ResidentKey
    package var day: LocalDay
    /// The newest of each kind; laboratory values by name.
    package var items: [ExamItem]
    /// Two different people sign.
    package var signedBy: [StaffKey]

    package init(resident: ResidentKey, day: LocalDay, items: [ExamItem], signedBy: [StaffKey]) {
        (self.resident, self.day, self.items, self.signedBy) = (resident, day, items, signedBy)
    }

    /// What is still to be done, in the order of the list.
    package var missing: [ExamKind] {
        let done = Set(items.map(\.kind))
        return ExamKind.allCases.filter { !done.contains($0) }
    }

    package var isComplete: Bool { missing.isEmpty && Set(signedBy).count >= 2 }
}

/// One day of a wristband, for rules: never single samples.
package struct WearableDay: Hashable, Sendable {
    package var day: LocalDay
    /// Median of the resting samples; nil when there were none.
    package var restingPulse: PerMinute?
    package var irregularHints: Int
    package var samples: Int

    package init(day: LocalDay, restingPulse: PerMinute?, irregularHints: Int, samples: Int) {
        (self.day, self.restingPulse) = (day, restingPulse)
        (self.irregularHints, self.samples) = (irregularHints, samples)
    }
}

/// A wristband that somebody wears, and when it was last heard.
package struct WornBand: Hashable, Sendable {
    package var band: BandID
    package var since: HutTime
    package var lastHeard: HutTime?
    /// It said that it is being switched off.
    package var isOff: Bool

    package init(band: BandID, since: HutTime, lastHeard: HutTime?, isOff: Bool) {
        (self.band, self.since, self.lastHeard, self.isOff) = (band, since, lastHeard, isOff)
    }
}
