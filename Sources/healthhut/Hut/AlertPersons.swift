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
    /// What the band that called said last.
    var band: BandWord?

    func write(to alert: inout StaffAlert) {
        (alert.sittingSince, alert.arm, alert.rested) = (sittingSince, arm, rested)
        (alert.medicines, alert.contact) = (medicines, contact)
        (alert.position, alert.positionAt) = (band?.position, band?.positionAt)
        alert.batteryPercent = band?.batteryPercent
    }
}

extension Hut {
    /// What is known of the resident of an alert.
    func aboutPerson(_ key: ResidentKey, _ flag: Flag) async throws(LedgerError) -> PersonInAlert {
        var person = PersonInAlert()
        if let visit = places.values.compactMap(\.visit).first(where: { $0.resident == key }) {
            person.sittingSince = try await ledger.openVisit(visit.id)?.openedAt
        }
        if flag.draft.rule == .bandSignal, let call = flag.evidence.last?.readings.last,
            let band = try await ledger.band(ofSignal: call)
        {
            // What it said before she wore it is another's place.
            let since = try await ledger.pairings().last { $0.band == band && $0.until == nil }?.since
            person.band = try await ledger.lastWord(of: band, since: since)
        }
        if let sequence = flag.evidence.last?.readings.last, let reading = try await ledger.reading(sequence)?.reading {
            (person.arm, person.rested) = (reading.arm, reading.rested)
        }
        person.medicines = try await ledger.roster(key)?.resident.medicines
        // Somebody who did not agree that another is told stands there for emergencies: this is one.
        person.contact = try await ledger.marks(of: key).contacts.first
        return person
    }

    /// What is known of a band that called and that nobody wears for certain.
    func aboutBand(_ band: BandID) async throws(LedgerError) -> PersonInAlert {
        var person = PersonInAlert()
        person.band = try await ledger.lastWord(of: band)
        return person
    }

    /// A band said where it is, or how full it is; while somebody looks for it, every staff screen follows.
    func bandSaid(_ fact: Fact) {
        let at = now.hut
        work { hut in
            guard await hut.append([fact], at: at) != nil, hut.callIsOpen else { return }
            await hut.refreshStaff()
        }
    }

    /// Notes whether a call for help rings untaken, and tells the stations when that changes.
    func noteHelpWanted(_ alerts: [StaffAlert]) {
        callIsOpen = alerts.contains(where: \.isCallForHelp)
        let isWanted = alerts.contains { $0.isCallForHelp && $0.takenBy == nil }
        guard isWanted != helpWanted else { return }
        helpWanted = isWanted
        pushHalls()
    }
}
