// What a nurse must know of the person before she gets up for an alert: since when he sits there, which arm, how he
// rested, what he takes, whom to call, and where the band was when it called.

import Kiosk
import Ledger
import Vitals

/// The person of an alert, as far as anything is known.
struct PersonInAlert: Sendable {
    var sittingSince: HutTime?
    var arm: Arm?
    var rested: Rested?
    var medicines: String?
    var contact: ContactPerson?

    func write(to alert: inout StaffAlert) {
        (alert.sittingSince, alert.arm, alert.rested) = (sittingSince, arm, rested)
        (alert.medicines, alert.contact) = (medicines, contact)
    }
}

extension Hut {
    /// What is known of the resident of an alert.
    func aboutPerson(_ key: ResidentKey, _ flag: Flag) async throws(LedgerError) -> PersonInAlert {
        var person = PersonInAlert()
        if let visit = places.values.compactMap(\.visit).first(where: { $0.resident == key }) {
            person.sittingSince = try await ledger.openVisit(visit.id)?.openedAt
        }
        if let sequence = flag.evidence.last?.readings.last, let reading = try await ledger.reading(sequence)?.reading {
            (person.arm, person.rested) = (reading.arm, reading.rested)
        }
        person.medicines = try await ledger.roster(key)?.resident.medicines
        // Somebody who did not agree that another is told stands there for emergencies: this is one.
        person.contact = try await ledger.marks(of: key).contacts.first
        return person
    }

    /// Notes whether a call for help rings untaken, and tells the stations when that changes.
    func noteHelpWanted(_ alerts: [StaffAlert]) {
        let isWanted = alerts.contains { $0.isCallForHelp && $0.takenBy == nil }
        guard isWanted != helpWanted else { return }
        helpWanted = isWanted
        pushHalls()
    }
}
