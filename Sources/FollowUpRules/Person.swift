// Who a resident is to the rules on a day: age, conditions with their dates, drugs, and the limit that follows. A
// condition that nobody has put on record does not hold, and the evidence says so; an unknown age counts as the stricter
// one (clinical-rules 5.2, H-13).
import Vitals

extension Resident {
    /// Full years on a local day; nil when the birth date is not known.
    package func age(on day: LocalDay) -> Int? { birth.map { day.fullYears(since: $0) } }

    /// Medicines on record. Their text is not looked into.
    package var isOnDrugs: Bool { medicines.map { !$0.isEmpty } ?? false }
}

extension ResidentMarks {
    /// Diagnosis, management or drugs on record; not known and not asked is *not known*.
    package func isKnownHypertensive(_ resident: Resident, on day: LocalDay) -> Bool {
        resident.isOnDrugs || conditions(of: resident, on: day).contains(.hypertension)
            || isManaged(.hypertension, on: day)
    }

    func isManaged(_ disease: ManagedDisease, on day: LocalDay) -> Bool { managed[disease].map { $0 <= day } ?? false }
}

extension Policy {
    /// **L**: the resident's own; else diabetes or kidney disease at any age; else by age; else that of an unknown age.
    package func limit(of resident: Resident, marks: ResidentMarks = ResidentMarks(), on day: LocalDay) -> PolicyLimit {
        Person(resident, marks, self).limit(on: day)
    }
}

/// One resident as the rules ask after him for every reading, worked out once.
struct Person: Sendable {
    /// What holds whatever the day, a bit for each condition, and what holds from a day to a day.
    private let always: UInt16
    private let dated: [(bit: UInt16, since: LocalDay?, until: LocalDay?)]
    private let hypertensionManaged, diabetesManaged: LocalDay?
    private let isOnDrugs: Bool
    private let own: PolicyLimit?
    private let limits: Policy.Limits
    /// The birthday from which `limits.elder` holds; nil: the birth date is not known.
    private let elderFrom: LocalDay?

    init(_ resident: Resident, _ marks: ResidentMarks, _ policy: Policy) {
        dated = marks.conditions.map { ($0.key.bit, $0.value.since, $0.value.until) }
        let marked = dated.reduce(0) { $0 | $1.bit } | marks.endedConditions.reduce(0) { $0 | $1.bit }
        always = resident.conditions.reduce(0) { $0 | $1.bit } & ~marked
        (hypertensionManaged, diabetesManaged) = (marks.managed[.hypertension], marks.managed[.diabetes])
        (isOnDrugs, limits) = (resident.isOnDrugs, policy.limits)
        own = marks.limit.map(PolicyLimit.init)
        elderFrom = resident.birth.map { $0.birthday(policy.ages.elder.value) }
    }

    func has(_ condition: Condition, on day: LocalDay) -> Bool {
        if always & condition.bit != 0 { return true }
        return dated.contains {
            $0.bit == condition.bit && ($0.since.map { $0 <= day } ?? true) && ($0.until.map { day <= $0 } ?? true)
        }
    }

    /// On some day, if not on this one.
    func mayHave(_ condition: Condition) -> Bool {
        always & condition.bit != 0 || dated.contains { $0.bit == condition.bit }
    }

    func isKnownHypertensive(on day: LocalDay) -> Bool {
        isOnDrugs || has(.hypertension, on: day) || hypertensionManaged.map { $0 <= day } ?? false
    }

    var mayBeKnownHypertensive: Bool { isOnDrugs || mayHave(.hypertension) || hypertensionManaged != nil }

    func isDiabetic(on day: LocalDay) -> Bool {
        has(.diabetes, on: day) || diabetesManaged.map { $0 <= day } ?? false
    }

    /// **L** on a day.
    func limit(on day: LocalDay) -> PolicyLimit {
        if let own { return own }
        if has(.diabetes, on: day) || has(.kidneyDisease, on: day) { return limits.diabetes }
        guard let elderFrom else { return limits.ageUnknown }
        return day >= elderFrom ? limits.elder : limits.adult
    }
}

extension Condition {
    fileprivate var bit: UInt16 {
        switch self {
        case .hypertension: 1
        case .diabetes: 2
        case .copd: 4
        case .af: 8
        case .pregnant: 16
        case .kidneyDisease: 32
        case .lactating: 64
        case .glucoseDrugs: 128
        }
    }
}

extension LocalDay {
    /// The day on which somebody born today is so many full years old; of 29 February, 1 March in a common year.
    fileprivate func birthday(_ years: Int) -> LocalDay {
        let (year, month, day) = date
        return LocalDay(year: year + years, month: month, day: day)
            ?? LocalDay(year: year + years, month: 3, day: 1) ?? self
    }
}

extension PolicyLimit {
    /// A limit that a clinician set for one person.
    fileprivate init(_ own: PressureLimit) {
        self.init(
            systolic: own.systolic.value, diastolic: own.diastolic.value, on: .any,
            source: PolicySources(text: "CLINICIAN") ?? [], confidence: .ours, toBeConfirmed: false)
    }
}

extension TimeLine {
    /// Full years on a local day; nil when the birth date is not known.
    func age(on day: LocalDay) -> Int? { history.resident.age(on: day) }

    /// At least so many years old; unknown counts as old enough: the stricter profile (clinical-rules H-13).
    func isAtLeast(_ years: PolicyNumber, on day: LocalDay) -> Bool { age(on: day).map { $0 >= years.value } ?? true }

    func has(_ condition: Condition, on day: LocalDay) -> Bool { person.has(condition, on: day) }
    func mayHave(_ condition: Condition) -> Bool { person.mayHave(condition) }
    func isKnownHypertensive(on day: LocalDay) -> Bool { person.isKnownHypertensive(on: day) }
    var mayBeKnownHypertensive: Bool { person.mayBeKnownHypertensive }
    func isDiabetic(on day: LocalDay) -> Bool { person.isDiabetic(on: day) }

    /// Diabetes, or insulin or tablets for sugar, by the marks or by the last follow-up's form.
    func isOnSugarDrugs(on day: LocalDay) -> Bool {
        isDiabetic(on: day) || has(.glucoseDrugs, on: day)
            || followUps(.diabetes).last { $0.record.day <= day }?.record.diabetes?.insulin != nil
    }

    /// **L** on a day.
    func limit(on day: LocalDay) -> PolicyLimit { person.limit(on: day) }

    /// `范围150/90`, and whose limit it is where it is not the one of a known age.
    func limitWords(on day: LocalDay) -> LocalizedText {
        let limit = limit(on: day).text
        if history.marks.limit != nil { return LocalizedText("本人范围\(limit)", en: "own limit \(limit)") }
        let isByDisease = has(.diabetes, on: day) || has(.kidneyDisease, on: day)
        guard !isByDisease, age(on: day) == nil else { return LocalizedText("范围\(limit)", en: "limit \(limit)") }
        return LocalizedText("年龄不清楚，按\(limit)", en: "age unknown, limit \(limit)")
    }

    // MARK: who a rule is for

    /// Eighteen or older, or of unknown age, without known hypertension, then and now.
    static func isUnknown(_ line: TimeLine, _ day: LocalDay) -> Bool {
        line.isAtLeast(line.policy.ages.adult, on: day) && !line.isKnownHypertensive(on: day)
            && !line.isKnownHypertensive(on: line.today)
    }

    static func isKnown(_ line: TimeLine, _ day: LocalDay) -> Bool {
        line.isAtLeast(line.policy.ages.adult, on: day) && line.isKnownHypertensive(on: day)
    }

    static func isNotDiabetic(_ line: TimeLine, _ day: LocalDay) -> Bool {
        !line.isDiabetic(on: day) && !line.isDiabetic(on: line.today)
    }
}
