// The follow-up form of the national norm (third edition), hypertension and diabetes, as one record: what both forms
// ask stands once. Nothing here is ever carried over in silence: each answer remembers how it was come by
// (HAZARDS H-39).
//
// Fields of the hypertension form: nurse-screens 5 (A). Fields of the diabetes form beyond it: from memory of the
// printed form (M), to be compared with a copy before use.

/// How a follow-up took place; the numbers are the form's.
package enum FollowUpMethod: Int, Hashable, Sendable, Codable, CaseIterable {
    case clinic = 1, home, phone, other

    /// Counts as one of the four face-to-face follow-ups of a year.
    package var isFaceToFace: Bool { self == .clinic || self == .home }
}

/// The form's symptoms, hypertension; the numbers are the form's, 0 is *other* in the record's own text.
package enum HypertensionSymptom: Int, Hashable, Sendable, Codable, CaseIterable {
    case headacheDizziness = 2, nauseaVomiting, blurredSightRingingEars, breathing, palpitationsChestTightness,
        nosebleed,
        numbLimbs, swollenLegs
}

/// The form's symptoms, diabetes (M).
package enum DiabetesSymptom: Int, Hashable, Sendable, Codable, CaseIterable {
    case thirst = 2, hunger, muchUrine, blurredSight, infection, numbHandsFeet, swollenLegs, lostWeight
}

/// The form's verdict; the numbers are the form's.
package enum VisitClass: Int, Hashable, Sendable, Codable, CaseIterable {
    case controlled = 1, notControlled, reaction, complication
}

package enum Adherence: Int, Hashable, Sendable, Codable, CaseIterable { case regular = 1, irregular, none }

/// Good, fair, poor: mood, and following advice.
package enum Rating: Int, Hashable, Sendable, Codable, CaseIterable { case good = 1, fair, poor }

package enum SaltIntake: Int, Hashable, Sendable, Codable, CaseIterable { case light = 1, medium, heavy }

/// Low sugar since the last follow-up (M).
package enum HypoglycaemiaFrequency: Int, Hashable, Sendable, Codable, CaseIterable { case none = 1, sometimes, often }

/// The pulse on the back of the foot (M).
package enum PedalPulse: Int, Hashable, Sendable, Codable, CaseIterable { case normal = 1, weak, absent }

/// How an answer was come by.
package enum AnswerSource: String, Hashable, Sendable, Codable {
    case asked, measured
    /// The key `=`: asked, and the same as last time.
    case unchanged
}

/// One field of the form as it was filled.
package struct Answer<Value: Hashable & Sendable & Codable>: Hashable, Sendable, Codable {
    package var value: Value
    package var source: AnswerSource

    package init(_ value: Value, _ source: AnswerSource) { (self.value, self.source) = (value, source) }
}

/// A field with what is and what is aimed at.
package struct PresentAndTarget: Hashable, Sendable, Codable {
    package var present: Int
    package var target: Int?

    package init(_ present: Int, target: Int? = nil) { (self.present, self.target) = (present, target) }
}

/// The blood pressure of a follow-up.
package struct FormPressure: Hashable, Sendable, Codable {
    package var systolic: MmHg
    package var diastolic: MmHg
    /// The readings of the session it is the value of; empty: typed, source class `manual`.
    package var readings: [FactSequence]

    package init(systolic: MmHg, diastolic: MmHg, readings: [FactSequence] = []) {
        (self.systolic, self.diastolic, self.readings) = (systolic, diastolic, readings)
    }
}

/// How somebody lives, as asked.
package struct Lifestyle: Hashable, Sendable, Codable {
    package var cigarettesEachDay: PresentAndTarget
    /// Tenths of a liang of spirits a day.
    package var spiritsTenthsEachDay: PresentAndTarget
    package var exerciseEachWeek: PresentAndTarget
    package var exerciseMinutes: PresentAndTarget
    /// Hypertension only.
    package var salt: SaltIntake?
    package var saltTarget: SaltIntake?
    /// Diabetes only: grams of staple food a day (M).
    package var stapleGramsEachDay: PresentAndTarget?
    package var mood: Rating
    package var followsAdvice: Rating

    package init(
        cigarettesEachDay: PresentAndTarget, spiritsTenthsEachDay: PresentAndTarget,
        exerciseEachWeek: PresentAndTarget, exerciseMinutes: PresentAndTarget, salt: SaltIntake? = nil,
        saltTarget: SaltIntake? = nil, stapleGramsEachDay: PresentAndTarget? = nil, mood: Rating, followsAdvice: Rating
    ) {
        (self.cigarettesEachDay, self.spiritsTenthsEachDay) = (cigarettesEachDay, spiritsTenthsEachDay)
        (self.exerciseEachWeek, self.exerciseMinutes) = (exerciseEachWeek, exerciseMinutes)
        (self.salt, self.saltTarget, self.stapleGramsEachDay) = (salt, saltTarget, stapleGramsEachDay)
        (self.mood, self.followsAdvice) = (mood, followsAdvice)
    }
}

/// One drug of the form: `氨氯地平 5mg 每日1次 每次1片`.
package struct Drug: Hashable, Sendable, Codable {
    package var name: String
    package var timesEachDay: Int
    /// As written: `5mg`, `1片`.
    package var amount: String

    package init(name: String, timesEachDay: Int, amount: String) {
        (self.name, self.timesEachDay, self.amount) = (name, timesEachDay, amount)
    }
}

/// An examination done elsewhere, as told or read.
package struct AuxiliaryTest: Hashable, Sendable, Codable {
    package var text: String
    package var day: LocalDay?
    package var place: String?

    package init(text: String, day: LocalDay?, place: String?) {
        (self.text, self.day, self.place) = (text, day, place)
    }
}

package struct Referral: Hashable, Sendable, Codable {
    package var reason: String
    /// Institution and department.
    package var place: String

    package init(reason: String, place: String) { (self.reason, self.place) = (reason, place) }
}

/// What only the hypertension form asks, and its verdict.
package struct HypertensionPart: Hashable, Sendable, Codable {
    /// Empty: none; nil: nobody asked, as where only the value of a visit out was typed in.
    package var symptoms: Answer<Set<HypertensionSymptom>>?
    package var otherSymptom: String?
    package var visitClass: VisitClass

    package init(symptoms: Answer<Set<HypertensionSymptom>>?, otherSymptom: String? = nil, visitClass: VisitClass) {
        (self.symptoms, self.otherSymptom, self.visitClass) = (symptoms, otherSymptom, visitClass)
    }
}

/// What only the diabetes form asks, and its verdict.
package struct DiabetesPart: Hashable, Sendable, Codable {
    /// Empty: none; nil: nobody asked, as where only the value of a visit out was typed in.
    package var symptoms: Answer<Set<DiabetesSymptom>>?
    package var otherSymptom: String?
    package var pedalPulse: Answer<PedalPulse>?
    /// Fasting, micromoles in a litre; the reading it is, where it was measured here.
    package var fastingGlucose: Answer<Int>?
    package var glucoseReading: FactSequence?
    /// Tenths of a percent.
    package var hba1cTenths: Int?
    package var hba1cDay: LocalDay?
    package var hypoglycaemia: Answer<HypoglycaemiaFrequency>?
    /// Kind and units, as written; nil: none.
    package var insulin: String?
    package var visitClass: VisitClass

    package init(
        symptoms: Answer<Set<DiabetesSymptom>>?, otherSymptom: String? = nil, pedalPulse: Answer<PedalPulse>? = nil,
        fastingGlucose: Answer<Int>? = nil, glucoseReading: FactSequence? = nil, hba1cTenths: Int? = nil,
        hba1cDay: LocalDay? = nil, hypoglycaemia: Answer<HypoglycaemiaFrequency>? = nil, insulin: String? = nil,
        visitClass: VisitClass
    ) {
        (self.symptoms, self.otherSymptom, self.pedalPulse) = (symptoms, otherSymptom, pedalPulse)
        (self.fastingGlucose, self.glucoseReading) = (fastingGlucose, glucoseReading)
        (self.hba1cTenths, self.hba1cDay, self.hypoglycaemia) = (hba1cTenths, hba1cDay, hypoglycaemia)
        (self.insulin, self.visitClass) = (insulin, visitClass)
    }
}

/// One follow-up, whole: what was asked and measured, the verdict, and what was agreed.
package struct FollowUpRecord: Hashable, Sendable, Codable {
    package var resident: ResidentKey
    /// When it took place; earlier than the day of recording: entered afterwards, and marked so.
    package var day: LocalDay
    package var method: FollowUpMethod
    package var pressure: Answer<FormPressure>?
    package var pulse: Answer<PerMinute>?
    package var weightGrams: Answer<PresentAndTarget>?
    package var heightMillimetres: Int?
    package var otherSigns: String?
    package var lifestyle: Answer<Lifestyle>?
    package var tests: [AuxiliaryTest]
    package var adherence: Answer<Adherence>?
    /// The value is what it was; an empty text: none.
    package var reaction: Answer<String>?
    package var drugs: Answer<[Drug]>?
    package var hypertension: HypertensionPart?
    package var diabetes: DiabetesPart?
    package var referral: Referral?
    package var next: LocalDay?
    /// Why class 1 was kept although a value is at or above the limit, or there was a reaction.
    package var keptBecause: String?
    /// From opening the form to signing it (H-39).
    package var secondsSpent: Int

    package init(
        resident: ResidentKey, day: LocalDay, method: FollowUpMethod, pressure: Answer<FormPressure>? = nil,
        pulse: Answer<PerMinute>? = nil, weightGrams: Answer<PresentAndTarget>? = nil, heightMillimetres: Int? = nil,
        otherSigns: String? = nil, lifestyle: Answer<Lifestyle>? = nil, tests: [AuxiliaryTest] = [],
        adherence: Answer<Adherence>? = nil, reaction: Answer<String>? = nil, drugs: Answer<[Drug]>? = nil,
        hypertension: HypertensionPart? = nil, diabetes: DiabetesPart? = nil, referral: Referral? = nil,
        next: LocalDay? = nil, keptBecause: String? = nil, secondsSpent: Int = 0
    ) {
        (self.resident, self.day, self.method, self.pressure) = (resident, day, method, pressure)
        (self.pulse, self.weightGrams, self.heightMillimetres) = (pulse, weightGrams, heightMillimetres)
        (self.otherSigns, self.lifestyle, self.tests) = (otherSigns, lifestyle, tests)
        (self.adherence, self.reaction, self.drugs) = (adherence, reaction, drugs)
        (self.hypertension, self.diabetes, self.referral) = (hypertension, diabetes, referral)
        (self.next, self.keptBecause, self.secondsSpent) = (next, keptBecause, secondsSpent)
    }

    /// The verdict for a disease; nil where the follow-up was not about it.
    package func visitClass(_ disease: ManagedDisease) -> VisitClass? {
        switch disease {
        case .hypertension: hypertension?.visitClass
        case .diabetes: diabetes?.visitClass
        }
    }
}

/// A follow-up in the ledger.
package struct RecordedFollowUp: Hashable, Sendable {
    package var sequence: FactSequence
    package var recordedAt: HutTime
    package var by: StaffKey
    package var record: FollowUpRecord
    /// The doctor who signed it too.
    package var countersignedBy: StaffKey?

    package init(
        sequence: FactSequence, recordedAt: HutTime, by: StaffKey, record: FollowUpRecord,
        countersignedBy: StaffKey? = nil
    ) {
        (self.sequence, self.recordedAt, self.by) = (sequence, recordedAt, by)
        (self.record, self.countersignedBy) = (record, countersignedBy)
    }
}
