// Two names: a helper says who she is, and the visit is that of the one she helps (whose-reading rows 24 to 26). Every
// reading of it carries the helper, and the screen nothing of the past.

import Attribution
import Kiosk
import Ledger
import Vitals

extension Hut {
    /// K3 `3`: the one K3 asked about is to be helped; who comes next is the helper.
    func helping(at id: String) {
        guard case .resident(let entry, _)? = places[id]?.applicant else { return }
        places[id]?.applicant = nil
        places[id]?.helped = entry
    }

    /// The helper said yes to her own name. Whoever helps herself has proved who she is, and helps nobody.
    func openHelpedVisit(at station: StationID) {
        let id = station.rawValue
        guard let helped = places[id]?.helped, case .resident(let helper, let kind)? = places[id]?.applicant,
            places[id]?.isOpening == false
        else { return }
        forgetApplicant(id)
        let isHerself = helper.key == helped.key
        // Whoever was going to help has seen that somebody else does.
        places[id]?.volunteer = nil
        attribution.residentStatus(helped.key, helped.status)
        // A rest without the helper is no part of a visit with her.
        if let open = attribution.openVisit(of: helped.key) { leave(open.id, at: open.station) }
        places[id]?.isOpening = true
        work { hut in
            defer { hut.places[id]?.isOpening = false }
            await hut.openVisit(
                of: helped, by: isHerself ? .nobody : .resident(helper.key),
                recordNeedsPIN: isHerself && kind != nil && helped.hasPIN, at: station)
        }
    }

    /// A volunteer says at a staff screen that she helps whoever comes next at this station.
    func helpNext(_ staff: StaffKey, at id: String) {
        guard places[id]?.station != nil else { return tellStaff(at: id, .failed(HutPhrase.noCuffHere)) }
        places[id]?.volunteer = (staff, now.monotonic + Hut.volunteerWaits)
        tellStaff(at: id, .saved(HutPhrase.saved))
    }

    /// The volunteer who helps the visit that opens now; she helps one visit.
    func takeVolunteer(at id: String) -> Helper {
        guard let volunteer = places[id]?.volunteer else { return .nobody }
        places[id]?.volunteer = nil
        return now.monotonic < volunteer.until ? .staff(volunteer.staff) : .nobody
    }

    /// From the volunteer's key to the resident's number; later somebody else has come (our own choice).
    private static let volunteerWaits: Duration = .seconds(300)

    /// Whom K3, K3n, K3h or K24 asked about is forgotten.
    func forgetApplicant(_ id: String) {
        places[id]?.applicant = nil
        places[id]?.helped = nil
    }
}
