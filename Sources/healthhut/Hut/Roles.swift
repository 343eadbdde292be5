// Who may ask for what. The screens show each role only its own pages; the hut refuses the rest all the same, because a
// page that forgets itself must not show a record (H-36).

import Kiosk
import Vitals

extension StaffRole {
    /// May see what was measured and recorded.
    var seesHealth: Bool { self == .nurse || self == .doctor }
}

/// Whom something is open to.
private enum Openness {
    case everybody
    /// Anything with a resident's values or record.
    case nursesAndDoctors
    /// Sets what a resident is judged by.
    case doctors
    /// About the machines and the audit, not about people.
    case allButVolunteers
    /// For somebody who stands or telephones beside the helper, and nothing of the past.
    case allButOperators

    func includes(_ role: StaffRole) -> Bool {
        switch self {
        case .everybody: true
        case .nursesAndDoctors: role.seesHealth
        case .doctors: role == .doctor
        case .allButVolunteers: role != .volunteer
        case .allButOperators: role != .operator
        }
    }
}

extension StaffEffect {
    /// Whether somebody in this role may ask for it: an operator nothing about people, a volunteer nothing of the past,
    /// and only a doctor sets a limit or countersigns.
    func isOpen(to role: StaffRole) -> Bool { openness.includes(role) }

    /// Without a default: whoever adds an effect says whom it is for.
    private var openness: Openness {
        switch self {
        case .loadStaff, .logIn, .logOut, .stopMeasuring: .everybody
        case .find: .allButOperators
        case .desk(let effect): effect.openness
        case .loadWorklist, .loadResident, .loadUnclaimed, .take, .close, .claim, .move, .giveBack, .discard, .measure,
            .typeReading, .typeEarlierReading, .loadNewcomers, .confirmResident, .loadMonitors, .lend, .takeBack,
            .openForm, .saveFollowUp, .saveDraft, .setStatus, .loadExams, .saveExamItem, .signExam, .loadSheet, .tick:
            .nursesAndDoctors
        }
    }
}

extension DeskEffect {
    fileprivate var openness: Openness {
        switch self {
        case .mark(_, .limit, _, _), .countersign: .doctors
        case .loadHutStatus, .loadAudit: .allButVolunteers
        case .enterRequest, .helpNext: .allButOperators
        case .loadHidden, .loadRequests, .loadHistory, .loadDay, .loadCallSheet, .called, .promise, .answerRequest,
            .leaveMessage, .enrol, .correct, .mark, .merge, .unmerge, .pair, .unpair, .resetPIN, .confirm, .daySeen,
            .putOut, .loadLastSheet, .loadCountersigns, .printSlip:
            .nursesAndDoctors
        }
    }
}

extension StaffAlert {
    /// The same for a screen that sees no health data: where help is wanted, never for whom.
    var withoutPerson: StaffAlert {
        var alert = StaffAlert(
            flag: flag, subject: subject, rule: rule, severity: severity, at: at, station: station, who: nil,
            sentence: HutPhrase.helpWanted, takenBy: takenBy)
        alert.isCallForHelp = isCallForHelp
        return alert
    }
}
