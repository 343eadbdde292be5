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
        if let own = marks.limit {
            return PolicyLimit(
                systolic: own.systolic.value, diastolic: own.diastolic.value, on: .any, source: "clinician",
                confidence: .ours, toBeConfirmed: false)
        }
        if !marks.conditions(of: resident, on: day).isDisjoint(with: [.diabetes, .kidneyDisease]) {
            return limits.diabetes
        }
        guard let age = resident.age(on: day) else { return limits.ageUnknown }
        return age >= ages.elder.value ? limits.elder : limits.adult
    }
}

extension TimeLine {
    /// Full years on a local day; nil when the birth date is not known.
    func age(on day: LocalDay) -> Int? { history.resident.age(on: day) }

    /// At least so many years old; unknown counts as old enough: the stricter profile (clinical-rules H-13).
    func isAtLeast(_ years: PolicyNumber, on day: LocalDay) -> Bool { age(on: day).map { $0 >= years.value } ?? true }

    func has(_ condition: Condition, on day: LocalDay) -> Bool {
        history.marks.conditions(of: history.resident, on: day).contains(condition)
    }

    func isKnownHypertensive(on day: LocalDay) -> Bool {
        history.marks.isKnownHypertensive(history.resident, on: day)
    }

    func isDiabetic(on day: LocalDay) -> Bool {
        has(.diabetes, on: day) || history.marks.isManaged(.diabetes, on: day)
    }

    /// Diabetes, or insulin or tablets for sugar, by the marks or by the last follow-up's form.
    func isOnSugarDrugs(on day: LocalDay) -> Bool {
        isDiabetic(on: day) || has(.glucoseDrugs, on: day)
            || followUps(.diabetes).last { $0.record.day <= day }?.record.diabetes?.insulin != nil
    }

    /// **L** on a day.
    func limit(on day: LocalDay) -> PolicyLimit { policy.limit(of: history.resident, marks: history.marks, on: day) }

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
