// Care for the data: the roster, wristbands, PINs. Each act stands under a name with its reason; where the fact has no
// room for one, the reason goes before it in the same transaction.

import FoundationEssentials
import Kiosk
import Ledger
import Vitals

extension Hut {
    /// Somebody who was not on the roster, by what a nurse typed.
    func enrol(_ resident: Resident, because reason: String, by staff: StaffKey, at id: String) {
        let residentID = UUID().uuidString.lowercased()
        work { hut in
            do throws(LedgerError) {
                guard try await hut.ledger.line(number: resident.number) == nil else {
                    return hut.tellStaff(at: id, .failed(HutPhrase.numberTaken))
                }
                let facts = [Fact.careTaken(nil, by: staff, reason: reason), .residentAdded(resident, id: residentID)]
                guard await hut.append(facts) != nil else {
                    return hut.tellStaff(at: id, .failed(HutPhrase.goneAlready))
                }
                await hut.review(try await hut.ledger.roster(id: residentID)?.key)
                await hut.refreshStaff(alerts: false)
                hut.tellStaff(at: id, .saved(HutPhrase.enrolled(resident.number)))
            } catch {
                hut.cannotRead("the roster", error, at: id)
            }
        }
    }

    /// The whole roster line as it is right now.
    func correct(_ key: ResidentKey, _ resident: Resident, because reason: String, by staff: StaffKey, at id: String) {
        work { hut in
            do throws(LedgerError) {
                if let other = try await hut.ledger.line(number: resident.number), other.key != key {
                    return hut.tellStaff(at: id, .failed(HutPhrase.numberTaken))
                }
                hut.act(
                    [.careTaken(key, by: staff, reason: reason), .residentChanged(key, resident)], about: [key], at: id)
            } catch {
                hut.cannotRead("the roster", error, at: id)
            }
        }
    }

    /// Lost, died, moved or ended since a day; or here again.
    func set(
        _ status: ResidentStatus, of key: ResidentKey, since day: LocalDay, because reason: String, by staff: StaffKey,
        at id: String
    ) {
        guard day <= today else { return tellStaff(at: id, .failed(HutPhrase.inFuture)) }
        let fact = Fact.residentStatus(key, status, by: staff, reason: "\(day.iso) \(reason)")
        act([fact], about: [key], at: id) { $0.attribution.residentStatus(key, status) }
    }

    // MARK: two lines that are one person

    /// The line is the other's from now on, here and at the district.
    func merge(_ key: ResidentKey, into other: ResidentKey, because reason: String, by staff: StaffKey, at id: String) {
        work { hut in
            do throws(LedgerError) {
                let facts = try await hut.ledger.merging(key, into: other, by: staff, reason: reason)
                hut.act(facts, about: [key, other], at: id) { await $0.readWearersAnew() }
            } catch {
                hut.cannotRead("what two lines own", error, at: id)
            }
        }
    }

    func unmerge(_ key: ResidentKey, from other: ResidentKey, because reason: String, by staff: StaffKey, at id: String)
    {
        work { hut in
            do throws(LedgerError) {
                let facts = try await hut.ledger.unmerging(key, from: other, by: staff, reason: reason)
                hut.act(facts, about: [key, other], at: id) { await $0.readWearersAnew() }
            } catch {
                hut.cannotRead("what two lines own", error, at: id)
            }
        }
    }

    // MARK: wristbands

    /// Only a band that was heard: an id typed wrong would belong to nobody's arm, and its wearer would be taken for silent.
    func pair(_ band: BandID, with key: ResidentKey, because reason: String, by staff: StaffKey, at id: String) {
        work { hut in
            do throws(LedgerError) {
                guard try await hut.ledger.hasHeard(of: band) else {
                    return hut.tellStaff(at: id, .failed(HutPhrase.bandUnknown(band)))
                }
                guard try await hut.ledger.pairings().allSatisfy({ $0.band != band || $0.until != nil }) else {
                    return hut.tellStaff(at: id, .failed(HutPhrase.bandTaken))
                }
                let at = hut.now.hut
                hut.act(
                    [.careTaken(key, by: staff, reason: reason), .bandPaired(band, key, by: staff)], about: [key],
                    at: id
                ) { _ = $0.attribution.paired(band, to: key, at: at) }
            } catch {
                hut.cannotRead("who wears which band", error, at: id)
            }
        }
    }

    func unpair(_ band: BandID, because reason: String, by staff: StaffKey, at id: String) {
        work { hut in
            do throws(LedgerError) {
                guard let worn = try await hut.ledger.pairings().first(where: { $0.band == band && $0.until == nil })
                else { return hut.tellStaff(at: id, .failed(HutPhrase.goneAlready)) }
                let at = hut.now.hut
                hut.act(
                    [.careTaken(worn.resident, by: staff, reason: reason), .bandUnpaired(band, by: staff)],
                    about: [worn.resident], at: id
                ) { $0.attribution.unpaired(band, at: at) }
            } catch {
                hut.cannotRead("who wears which band", error, at: id)
            }
        }
    }

    // MARK: PINs

    /// A new PIN, or none any more. The hut never has the PIN itself on disk.
    func resetPIN(of key: ResidentKey, to pin: String?, because reason: String, by staff: StaffKey, at id: String) {
        work { hut in
            do throws(LedgerError) {
                try await hut.ledger.resetPIN(of: key, to: pin, by: staff, reason: reason, at: hut.now.hut)
                await hut.readOthers()
                await hut.refreshStaff(alerts: false)
                hut.tellStaff(at: id, .saved(HutPhrase.saved))
            } catch {
                log(.error, "a PIN cannot be reset: \(error.message); hint: \(error.hint)")
                hut.tellStaff(at: id, .failed(HutPhrase.ledgerFailed))
            }
        }
    }
}
