// Who may ask for what. The screens show each role only its own pages; the hut refuses the rest all the same, because a
// page that forgets itself must not show a record (H-36).

import Kiosk
import Vitals

extension StaffRole {
    /// May see what was measured and recorded.
    var seesHealth: Bool { self == .nurse || self == .doctor }
}

extension StaffEffect {
    /// Whether somebody in this role may ask for it: an operator nothing about people, a volunteer nothing of the past,
    /// and only a doctor sets a limit or
    /// countersigns.
    func isOpen(to role: StaffRole) -> Bool {
        switch role {
        case .doctor: true
        case .nurse: !isForDoctors
        case .operator: isForOperators
        case .volunteer: isForVolunteers
        }
    }

    private var isForDoctors: Bool {
        switch self {
        case .desk(.mark(_, .limit, _, _)), .desk(.countersign): true
        default: false
        }
    }

    private var isForOperators: Bool {
        switch self {
        case .logOut, .stopMeasuring, .desk(.loadHutStatus), .desk(.loadAudit): true
        default: false
        }
    }

    private var isForVolunteers: Bool {
        switch self {
        case .logOut, .stopMeasuring, .find, .desk(.enterRequest), .desk(.helpNext): true
        default: false
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
