// What the form proposes and what follows from it, worked out from what stands there. A proposal is a sentence beside
// the field with its reason; it fills nothing (HAZARDS H-39).

import Vitals

/// A class with the reason it is proposed by.
struct FormProposal: Hashable, Sendable {
    var visitClass: VisitClass
    var reason: LocalizedText
}

extension FormSheet {
    /// The class that the answers speak for; nil where a value it needs is not there.
    ///
    /// Complication before reaction before value: the norm's form knows 1 and 2 only *without other abnormality*.
    func proposal(_ disease: ManagedDisease) -> FormProposal? {
        if let complication = context.complication {
            return FormProposal(visitClass: .complication, reason: complication)
        }
        if let reaction = answers.reaction, !reaction.isEmpty {
            return FormProposal(visitClass: .reaction, reason: FormPhrases.reactionIs(reaction))
        }
        guard let value = controlValue(disease, offered: true) else { return nil }
        let isClean = answers.reaction == ""
        return FormProposal(
            visitClass: value.isControlled ? .controlled : .notControlled,
            reason: FormPhrases.against(value, isClean: isClean))
    }

    /// The value that decides about control, beside its limit; nil where there is none. `offered`: the hut's own counts
    /// before it was taken, for what is proposed.
    func controlValue(_ disease: ManagedDisease, offered: Bool = false) -> ControlValue? {
        let policy = context.policy
        switch disease {
        case .hypertension:
            let here = offered && !isAnswered(.pressure) ? measured?.pressure?.value : nil
            guard let systolic = answers.pressure?.value.systolic ?? here?.systolic,
                let diastolic = answers.pressure?.value.diastolic ?? here?.diastolic
            else { return nil }
            return ControlValue(
                value: "\(systolic.value)/\(diastolic.value)",
                limit: "\(policy.limit.systolic.value)/\(policy.limit.diastolic.value)",
                isControlled: systolic < policy.limit.systolic && diastolic < policy.limit.diastolic)
        case .diabetes:
            let here = offered && !isAnswered(.glucose) ? measured?.fastingGlucose?.micromolesPerLitre : nil
            guard let glucose = answers.glucose?.value ?? here, let limit = policy.glucoseLimit else { return nil }
            return ControlValue(
                value: JSONLine.decimal(glucose, places: 3), limit: JSONLine.decimal(limit, places: 3),
                isControlled: glucose < limit)
        }
    }

    /// Why class 1 cannot stand without a reason; nil where it can.
    func against1(_ disease: ManagedDisease) -> LocalizedText? {
        if answers.reaction?.isEmpty == false { return FormPhrases.not1Reaction }
        guard let value = controlValue(disease), !value.isControlled else { return nil }
        return FormPhrases.not1(value)
    }

    /// The soonest of what the policy says for the classes that were given, or are proposed; nil where it says nothing. What
    /// would be over already, of a follow-up that is entered late, is due tomorrow.
    var proposedNext: LocalDay? {
        let classes = context.diseases.compactMap { answers.visitClass($0) ?? proposal($0)?.visitClass }
        guard classes.count == context.diseases.count else { return nil }
        return classes.compactMap { context.policy.nextDays[$0] }.min().map { max(answers.day + $0, today + 1) }
    }

    /// Face-to-face follow-ups of the form's year once this one is saved.
    var faceToFaceCount: Int {
        let year = answers.day.date.year
        let before = context.faceToFace.count { $0.date.year == year }
        return before + (answers.method?.isFaceToFace == true ? 1 : 0)
    }

    /// The open flags this follow-up ends.
    var endedRules: [RuleID] {
        guard let isFaceToFace = answers.method?.isFaceToFace else { return [] }
        return context.ends.filter { isFaceToFace || !$0.needsFaceToFace }.map(\.rule)
    }

    /// A doctor has to sign it too.
    var needsCountersign: Bool {
        context.diseases.compactMap(answers.visitClass).contains(where: context.policy.countersigned.contains)
    }
}

extension FormAnswers {
    /// The class that was given for a disease.
    func visitClass(_ disease: ManagedDisease) -> VisitClass? {
        switch disease {
        case .hypertension: visitClass
        case .diabetes: diabetesClass
        }
    }
}

/// A value beside the limit it has to be below, as both are written.
struct ControlValue: Hashable, Sendable {
    var value: String
    var limit: String
    var isControlled: Bool
}
