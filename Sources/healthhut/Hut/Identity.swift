// Somebody lays down a card, a tag or a code. The token goes no further than this file: to a keyed digest, and of a new
// card to the enrolment its owner agrees to. Whom it brings is a question on the screen, K3 or K24; a key answers it.

import Attribution
import Kiosk
import Ledger
import Vitals

extension Hut {
    /// A reader read something; the same thing again and again as long as it lies there.
    func identityRead(_ token: IdentityToken, on reader: InstrumentID, at now: Now) {
        guard let station = instruments[reader]?.manner.station, let place = places[station.rawValue],
            !place.isOpening
        else { return }
        let link = identityKey.link(token)
        let visit = place.visit?.id
        guard lying.read(link.digest, on: reader, at: station, duringVisit: visit != nil, now: now) else { return }
        // A resident is coming: what a nurse has on this screen is not for her (H-36).
        tellStaff(station, .cardRead)
        // Doubted before it is looked up: the result of this instant must not slip through between the two.
        if let visit { attribution.cardRead(during: visit) }
        work { hut in
            do throws(LedgerError) {
                let entry = try await hut.ledger.resident(of: link.digest)
                hut.presented(token, by: entry, during: visit, at: station)
            } catch {
                log(.error, "a card cannot be looked up: \(error.message); hint: \(error.hint)")
            }
            hut.arm()
        }
    }

    /// `during` is the visit that was active when it was read.
    private func presented(
        _ token: IdentityToken, by entry: RosterEntry?, during visit: VisitID?, at station: StationID
    ) {
        let id = station.rawValue
        guard let place = places[id], place.staff == nil, !place.isOpening, place.visit?.id == visit else { return }
        if let current = place.visit {
            if let entry, entry.key == current.resident {
                attribution.ownCardRead(during: current.id)
                return
            }
            // She comes back from the bench while somebody else measures (row 19).
            if let entry, attribution.openVisit(of: entry.key)?.restingSince != nil {
                return tell(station, .mustWait(number: entry.resident.number))
            }
        }
        // A PIN that is still being checked is nobody's any more.
        places[id]?.identifications += 1
        switch (entry, token) {
        case (let entry?, _):
            places[id]?.applicant = .resident(entry, by: token.kind)
            tell(station, .presented(.resident(Visitor(entry), by: token.kind)))
        case (nil, .residentCard(let card)):
            places[id]?.applicant = .newCard(card)
            tell(station, .presented(.newCard(Visitor(card))))
        case (nil, .tag), (nil, .code):
            places[id]?.applicant = nil
            tell(station, .presented(.unknown))
        }
    }

    /// K24 `1`: the first visit ends here (row 14); whoever laid down the card is asked next.
    func changeVisitor(at station: StationID) {
        if let visit = places[station.rawValue]?.visit {
            places[station.rawValue]?.visit = nil
            end(visit.id, .nextVisitor)
        }
        lying.becameCause(at: station)
        pushHall(station)
    }

    /// K3n `1`: she agrees. She waits for a nurse to confirm her, and measures meanwhile (row 29).
    func enrol(consent: Int, at station: StationID) {
        let id = station.rawValue
        guard case .newCard(let card)? = places[id]?.applicant, places[id]?.isOpening == false else { return }
        places[id]?.applicant = nil
        places[id]?.isOpening = true
        let helper = takeVolunteer(at: id)
        work { hut in
            defer { hut.places[id]?.isOpening = false }
            do throws(LedgerError) {
                let at = hut.now.hut
                let entry = try await hut.ledger.enrol(
                    card, consent: consent, at: station, under: hut.identityKey, now: at)
                await hut.readOthers()
                await hut.openVisit(of: entry, by: helper, recordNeedsPIN: false, at: station)
            } catch {
                log(.error, "a newcomer cannot be enrolled: \(error.message); hint: \(error.hint)")
            }
        }
    }

    /// K0 stands again: what was read for the one who was here is forgotten.
    func nobodyIsHere(_ id: String) {
        forgetApplicant(id)
        guard let station = places[id]?.station else { return }
        lying.over(at: station, quiet: LyingTokens.afterQuestion, now: now)
    }
}
