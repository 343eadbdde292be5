// What the ledger knows of wristbands, in attribution's words. The two hops do not know each other; here they meet.

import struct Attribution.Pairing
import Ledger
import Vitals

/// Every pairing the ledger knows, ended ones too: a reading of their time may still come.
func wearings(_ ledger: Ledger) async throws(LedgerError) -> [Pairing] {
    try await ledger.pairings().map { pairing in
        Pairing(
            band: pairing.band, wearer: pairing.resident, start: pairing.since, end: pairing.until,
            doubts: pairing.doubtedSince.map { [Pairing.Doubt(start: $0)] } ?? [])
    }
}
