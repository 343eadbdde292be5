// What the hut gives the follow-up form when it opens: who it is, what was measured, what the policy says, what was
// asked last time. Every number by which a policy judges comes from here; the form's own are when to weigh again, and bounds
// against a slip of the finger.

import Vitals

/// A blood pressure of one day, as the form offers it.
package struct MeasuredPressure: Hashable, Sendable {
    /// By the policy's averaging; `isComplete` false is shown as provisional.
    package var value: SessionValue
    /// When the last reading of the session came.
    package var at: HutTime
    package var arm: Arm
    package var rested: Rested
    package var source: SourceClass
    /// Every reading of the session, oldest first; not empty.
    package var readings: [FactSequence]

    package init(
        value: SessionValue, at: HutTime, arm: Arm, rested: Rested, source: SourceClass, readings: [FactSequence]
    ) {
        (self.value, self.at, self.arm) = (value, at, arm)
        (self.rested, self.source, self.readings) = (rested, source, readings)
    }
}

/// A glucose of one day, as the form offers it.
package struct MeasuredGlucose: Hashable, Sendable {
    package var micromolesPerLitre: Int
    /// As the resident said; not sure is not fasting, and the form asks for fasting values only.
    package var isFasting: Bool
    package var reading: FactSequence

    package init(micromolesPerLitre: Int, isFasting: Bool, reading: FactSequence) {
        (self.micromolesPerLitre, self.isFasting, self.reading) = (micromolesPerLitre, isFasting, reading)
    }
}

/// What the hut measured of a resident on one day: the newest session with a value, the newest weight, glucose.
package struct MeasuredDay: Hashable, Sendable {
    package var day: LocalDay
    package var pressure: MeasuredPressure?
    package var weightGrams: Int?
    package var glucose: MeasuredGlucose?

    package init(
        day: LocalDay, pressure: MeasuredPressure? = nil, weightGrams: Int? = nil, glucose: MeasuredGlucose? = nil
    ) {
        (self.day, self.pressure, self.weightGrams, self.glucose) = (day, pressure, weightGrams, glucose)
    }

    /// What the form may take for a fasting value.
    var fastingGlucose: MeasuredGlucose? { glucose.flatMap { $0.isFasting ? $0 : nil } }
}

/// A weight with its date.
package struct KnownWeight: Hashable, Sendable {
    package var grams: Int
    package var day: LocalDay

    package init(grams: Int, day: LocalDay) { (self.grams, self.day) = (grams, day) }
}

/// An open flag that a recorded follow-up ends (clinical-rules 5.3, *ends*).
package struct EndedByFollowUp: Hashable, Sendable {
    package var rule: RuleID
    /// FU-01: a call or a message does not end it.
    package var needsFaceToFace: Bool

    package init(rule: RuleID, needsFaceToFace: Bool) { (self.rule, self.needsFaceToFace) = (rule, needsFaceToFace) }
}

/// A drug by its name and the initials it is found by.
package struct DrugName: Hashable, Sendable {
    package var name: String
    /// Pinyin initials, small letters: `aldp`.
    package var initials: String

    package init(_ name: String, _ initials: String) { (self.name, self.initials) = (name, initials) }
}

/// What the policy says to the form. Numbers are the policy's, never the form's.
package struct FormPolicy: Hashable, Sendable {
    /// `cn-norm3-2017 1`.
    package var name: String
    /// L of the resident: controlled is below both.
    package var limit: PressureLimit
    /// Where L comes from: `规范，65岁以上`.
    package var limitWords: LocalizedText
    /// Fasting, micromoles in a litre: controlled is below. nil: the policy names none, nothing is proposed.
    package var glucoseLimit: Int?
    /// Days to the next follow-up after each class; a class without days proposes nothing.
    package var nextDays: [VisitClass: Int]
    /// Face-to-face follow-ups owed in a year.
    package var faceToFaceEachYear: Int
    /// Classes a doctor signs too.
    package var countersigned: Set<VisitClass>

    package init(
        name: String, limit: PressureLimit, limitWords: LocalizedText, glucoseLimit: Int?,
        nextDays: [VisitClass: Int], faceToFaceEachYear: Int, countersigned: Set<VisitClass>
    ) {
        (self.name, self.limit, self.limitWords, self.glucoseLimit) = (name, limit, limitWords, glucoseLimit)
        (self.nextDays, self.faceToFaceEachYear, self.countersigned) = (nextDays, faceToFaceEachYear, countersigned)
    }
}

/// Everything the form shows that nobody presses; the answer to `openForm`.
package struct FormContext: Hashable, Sendable {
    package var key: ResidentKey
    package var resident: Resident
    package var age: Int?
    /// On the team's list for these; in the form's order, hypertension first. Empty: the form says so and opens nothing.
    package var diseases: [ManagedDisease]
    /// The newest follow-ups, not withdrawn, newest first; the newest of each disease among them.
    package var last: [FollowUpRecord]
    /// Days of this resident's face-to-face follow-ups, of the last 400 days.
    package var faceToFace: [LocalDay]
    /// Newest first; as far back as a form may be entered afterwards, so that a back-dated one finds its own day.
    package var measured: [MeasuredDay]
    /// The newest weight of whatever source.
    package var weight: KnownWeight?
    package var heightMillimetres: Int?
    /// A new or worse complication on record since the last follow-up; what class 4 is proposed by.
    package var complication: LocalizedText?
    /// What the resident answered to the kiosk today; shown beside the symptoms, never taken over.
    package var kioskSymptoms: LocalizedText?
    package var policy: FormPolicy
    package var ends: [EndedByFollowUp]
    /// For the list that initials search; `DrugName.common` where the hut has none of its own.
    package var drugs: [DrugName]
    /// The text of the newest `saveDraft`, by whomever; nil where it was finished or thrown away.
    package var draft: String?

    package init(
        key: ResidentKey, resident: Resident, age: Int?, diseases: [ManagedDisease], policy: FormPolicy,
        last: [FollowUpRecord] = [], faceToFace: [LocalDay] = [], measured: [MeasuredDay] = [],
        weight: KnownWeight? = nil, heightMillimetres: Int? = nil, complication: LocalizedText? = nil,
        kioskSymptoms: LocalizedText? = nil, ends: [EndedByFollowUp] = [], drugs: [DrugName] = DrugName.common,
        draft: String? = nil
    ) {
        (self.key, self.resident, self.age, self.diseases, self.policy) = (key, resident, age, diseases, policy)
        (self.last, self.faceToFace, self.measured) = (last, faceToFace, measured)
        (self.weight, self.heightMillimetres) = (weight, heightMillimetres)
        (self.complication, self.kioskSymptoms, self.ends) = (complication, kioskSymptoms, ends)
        (self.drugs, self.draft) = (drugs, draft)
    }
}
