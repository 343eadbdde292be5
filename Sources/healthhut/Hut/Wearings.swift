// What the ledger knows of wristbands, in attribution's words. The two hops do not know each other; here they meet.

import Ledger
import Vitals

import struct Attribution.Attribution
import struct Attribution.InstrumentManner
import struct Attribution.Pairing

/// Attribution as the ledger left it: every pairing, and the wearers who are recorded dead or moved.
func attribution(
    for instruments: [InstrumentManner], from ledger: Ledger
) async throws(LedgerError) -> Attribution {
    let pairings = try await wearings(ledger)
    var notHere: Set<ResidentKey> = []
    for wearer in Set(pairings.map(\.wearer)) {
        if try await ledger.roster(wearer)?.status.isGone != false { notHere.insert(wearer) }
    }
    return Attribution(instruments: instruments, pairings: pairings, notHere: notHere)
}

extension Hut {
    /// Whose a band's readings are, after a merge or the taking back of one.
    func readWearersAnew() async {
        do {
            attribution.wearersChanged(try await wearings(ledger))
        } catch {
            log(.error, "who wears which band cannot be read: \(error.message); hint: \(error.hint)")
        }
    }
}

/// Every pairing the ledger knows, ended ones too: a reading of their time may still come.
private func wearings(_ ledger: Ledger) async throws(LedgerError) -> [Pairing] {
    try await ledger.pairings().map { pairing in
        Pairing(
            band: pairing.band, wearer: pairing.resident, start: pairing.since, end: pairing.until,
            doubts: pairing.doubtedSince.map { [Pairing.Doubt(start: $0)] } ?? [])
    }
}
