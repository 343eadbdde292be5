// What a team has recorded of a resident: follow-ups of a disease in their order, when each took place, and the date
// from which the next one is counted. What happened before the hut began is unknown, not undone: without a record, dates
// count from the day of the import, each resident's by some days apart (clinical-rules 5.5, 10).
import Vitals

/// The diseases for which follow-ups of a resident are owed today, hypertension first.
package func followedDiseases(
    of history: ResidentHistory, policy: Policy, now: HutTime, offset: UTCOffset
) -> [ManagedDisease] {
    TimeLine(history, policy: policy, now: now, offset: offset).followedDiseases
}

/// The open flags that a recorded follow-up about these diseases ends (5.3, *ends*), and whether only one face to face
/// does. A critical flag is ended by its closing alone; what is owed for another disease too goes on.
package func endedByFollowUp(
    _ history: ResidentHistory, about diseases: [ManagedDisease], policy: Policy, now: HutTime, offset: UTCOffset
) -> [(rule: RuleID, needsFaceToFace: Bool)] {
    let line = TimeLine(history, policy: policy, now: now, offset: offset)
    return history.flags.compactMap { flag in
        guard flag.ended == nil, let rule = Rule.named(flag.draft.rule),
            flag.draft.severity < rule.personFrom
        else { return nil }
        switch rule.id {
        case Rule.faceToFace.id:
            return line.owingFaceToFace.allSatisfy { diseases.contains($0.disease) } ? (rule.id, true) : nil
        case Rule.followAgain.id:
            let owed = line.askingAgain(line.followedDiseases)
            return owed.allSatisfy { diseases.contains($0.disease) } ? (rule.id, false) : nil
        default: return rule.disease.map(diseases.contains) == true ? (rule.id, false) : nil
        }
    }
}

extension TimeLine {
    /// Recorded follow-ups about a disease, by day, then by recording.
    func followUps(_ disease: ManagedDisease) -> [RecordedFollowUp] {
        history.followUps.filter { $0.record.visitClass(disease) != nil }
            .sorted { ($0.record.day, $0.sequence) < ($1.record.day, $1.sequence) }
    }

    /// When a follow-up took place: as recorded, or, where it was entered afterwards, by the end of its day.
    func moment(of followUp: RecordedFollowUp) -> HutTime {
        let end = HutTime(milliseconds: offset.start(of: followUp.record.day + 1).milliseconds - 1)
        return min(followUp.recordedAt, end)
    }

    /// Owed follow-ups for a disease: on the team's list, or on record; not where the management has ended.
    func isFollowedUp(_ disease: ManagedDisease) -> Bool {
        if history.marks.endedManagement.contains(disease) { return false }
        return history.marks.isManaged(disease, on: today) || has(disease.condition, on: today)
    }

    var followedDiseases: [ManagedDisease] { ManagedDisease.allCases.filter(isFollowedUp) }

    /// The day of the import.
    var importDay: LocalDay { offset.day(of: history.addedAt) }

    /// A resident's own place in a number of days, the same at every review; neighbours in the roster lie apart by one.
    func slot(in days: Int) -> Int {
        let (key, days) = (Int(history.key.rawValue), max(1, days))
        return ((key % days) + days) % days
    }

    /// When the team began with a disease, where the hut was there; nil: before, and so unknown.
    func start(of diseases: [ManagedDisease]) -> LocalDay? {
        diseases.compactMap { history.marks.managed[$0] }.filter { $0 > importDay && $0 <= today }.min()
    }

    /// The first date of somebody of whom nothing is recorded: a cadence after the start; else after the import, each
    /// resident's by some days apart, and more than `ahead` days later, so that nobody is owed anything on day one.
    func firstDue(of diseases: [ManagedDisease], every cadence: Int, ahead: Int) -> LocalDay {
        start(of: diseases).map { $0 + cadence } ?? importDay + (ahead + 1 + slot(in: cadence))
    }
}

extension ManagedDisease {
    var condition: Condition {
        switch self {
        case .hypertension: .hypertension
        case .diabetes: .diabetes
        }
    }

    var words: LocalizedText {
        switch self {
        case .hypertension: LocalizedText("高血压", en: "hypertension")
        case .diabetes: LocalizedText("糖尿病", en: "diabetes")
        }
    }
}

extension VisitClass {
    /// The verdict in the form's words.
    package var words: LocalizedText {
        switch self {
        case .controlled: LocalizedText("满意", en: "controlled")
        case .notControlled: LocalizedText("不满意", en: "not controlled")
        case .reaction: LocalizedText("不良反应", en: "drug reaction")
        case .complication: LocalizedText("并发症", en: "complication")
        }
    }
}

extension FollowUpMethod {
    /// How it took place, in the form's words.
    package var words: LocalizedText {
        switch self {
        case .clinic: LocalizedText("门诊", en: "clinic")
        case .home: LocalizedText("家庭", en: "home")
        case .phone: LocalizedText("电话", en: "phone")
        case .other: LocalizedText("其他", en: "other")
        }
    }
}

extension RecordedFollowUp {
    /// `8-23 门诊 不满意`; the year where it is not `reference`'s.
    func words(_ disease: ManagedDisease, from reference: LocalDay) -> LocalizedText {
        let (day, method) = (Words.day(record.day, from: reference), record.method.words)
        let verdict = record.visitClass(disease)?.words ?? LocalizedText("", en: "")
        return LocalizedText(
            "\(day.chinese) \(method.chinese) \(verdict.chinese)",
            en: "\(day.english) \(method.english) \(verdict.english)")
    }
}
