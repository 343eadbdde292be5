// The one gate before a follow-up is saved: whatever keys led here, nothing goes through that cannot be (nurse-screens 5,
// *Refused with one line*). What is refused names its field, so that the cursor goes there.

import Vitals

/// Why a form cannot be saved, and where to mend it.
struct FormRefusal: Hashable, Sendable {
    var field: FormField
    var sentence: LocalizedText
}

extension FormSheet {
    /// The first thing that is missing or cannot be, in the order of the form; nil when it may be saved.
    func refusal(today: LocalDay) -> FormRefusal? {
        for field in fields {
            if let sentence = refusal(of: field, today: today) { return FormRefusal(field: field, sentence: sentence) }
        }
        return nil
    }

    private func refusal(of field: FormField, today: LocalDay) -> LocalizedText? {
        switch field {
        case .method where answers.day > today: FormPhrases.dayInFuture
        case .pressure: pressureRefusal
        case .visitClass: classRefusal(.hypertension)
        case .diabetesClass: classRefusal(.diabetes)
        case .next: answers.next.map { nextRefusal($0, today: today) } ?? FormPhrases.missing(.next)
        default: isAnswered(field) ? nil : FormPhrases.missing(field)
        }
    }

    private var pressureRefusal: LocalizedText? {
        guard let pressure = answers.pressure?.value else {
            if answers.method?.isFaceToFace == true { return FormPhrases.valueMissing }
            return isAnswered(.pressure) ? nil : FormPhrases.missing(.pressure)
        }
        // A draft may come from anywhere.
        let value = BloodPressure(systolic: pressure.systolic, diastolic: pressure.diastolic)
        if let wrong = Vital.bloodPressure(value).implausibleField { return FormPhrases.implausible(wrong) }
        // A value of the hut counts for the day it was measured on only.
        return pressure.readings.isEmpty || measured?.pressure != nil ? nil : FormPhrases.valueOfOtherDay
    }

    private func classRefusal(_ disease: ManagedDisease) -> LocalizedText? {
        guard let given = answers.visitClass(disease) else {
            return FormPhrases.missing(disease == .diabetes ? .diabetesClass : .visitClass)
        }
        guard given == .controlled, answers.keptBecause == nil else { return nil }
        return against1(disease)
    }

    /// The next date lies ahead of the form's day and of today, within a year.
    func nextRefusal(_ next: LocalDay, today: LocalDay) -> LocalizedText? {
        if next <= answers.day || next < today { return FormPhrases.nextIsPast }
        return next - answers.day > Self.farthestNext ? FormPhrases.nextIsFar : nil
    }

    /// The longest interval of any duty is a year (clinical-rules 1.6).
    private static let farthestNext = 366

    /// The follow-up as it goes to the hut; nil while `refusal` has something to say.
    func record(today: LocalDay, secondsSpent: Int) -> FollowUpRecord? {
        guard refusal(today: today) == nil, let method = answers.method else { return nil }
        return FollowUpRecord(
            resident: context.key, day: answers.day, method: method, pressure: answers.pressure, pulse: answers.pulse,
            weightGrams: answers.weightGrams, heightMillimetres: answers.heightMillimetres ?? context.heightMillimetres,
            otherSigns: answers.otherSigns, lifestyle: lifestyle, tests: answers.tests,
            adherence: answers.adherence.map { Answer($0, .asked) },
            reaction: answers.reaction.map { Answer($0, .asked) },
            drugs: answers.drugs, hypertension: hypertensionPart, diabetes: diabetesPart, referral: answers.referral,
            next: answers.next, keptBecause: keptBecause, secondsSpent: secondsSpent)
    }

    /// A reason that is not needed any more is not kept.
    private var keptBecause: String? {
        let isNeeded = context.diseases.contains { answers.visitClass($0) == .controlled && against1($0) != nil }
        return isNeeded ? answers.keptBecause : nil
    }

    private var hypertensionPart: HypertensionPart? {
        guard context.diseases.contains(.hypertension), let given = answers.visitClass else { return nil }
        return HypertensionPart(
            symptoms: answers.symptoms.map { Answer($0, .asked) }, otherSymptom: answers.otherSymptom, visitClass: given
        )
    }

    private var diabetesPart: DiabetesPart? {
        guard context.diseases.contains(.diabetes), let given = answers.diabetesClass else { return nil }
        return DiabetesPart(
            symptoms: answers.diabetesSymptoms.map { Answer($0, .asked) }, otherSymptom: answers.otherDiabetesSymptom,
            pedalPulse: answers.pedalPulse.map { Answer($0, .asked) }, fastingGlucose: answers.glucose,
            glucoseReading: answers.glucoseReading, hba1cTenths: answers.hba1cTenths, hba1cDay: answers.hba1cDay,
            hypoglycaemia: answers.hypoglycaemia.map { Answer($0, .asked) }, insulin: answers.insulin,
            visitClass: given)
    }
}
