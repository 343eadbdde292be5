// A reading that went to the district under the wrong person, or was set aside since, is withdrawn: its Observation is
// replaced by itself marked `entered-in-error`, at the version that was seen, and a Provenance says who did it. Never
// deleted. If the same reading has a new owner it goes out again under a new key, as any other reading.
//
// The Provenance has no identifier to be found by. It travels in the same transaction as the replacement, and that
// passes only while the version still stands, so a resend cannot make a second one.

import Vitals

/// A reading told to the district that must not stand there.
package struct Withdrawal: Hashable, Sendable {
    /// The fact that took it away: what the receipt names.
    package var fact: FactSequence
    package var at: HutTime
    /// As it was sent: the resident and the ownership of then.
    package var sent: OutgoingReading
    /// Who took it away; nil when the resident said *not me*.
    package var by: StaffKey?

    package init(fact: FactSequence, at: HutTime, sent: OutgoingReading, by: StaffKey?) {
        (self.fact, self.at, self.sent, self.by) = (fact, at, sent, by)
    }
}

extension Gateway {
    /// The Observations a reading was sent as.
    func observations(of reading: OutgoingReading) -> [BundleEntry] {
        bundle(of: Batch(resident: reading.resident, readings: [reading])).entries.filter { $0.receipt != nil }
    }

    /// Replaces each record found by its withdrawn self; nil when nothing is left to withdraw.
    ///
    /// `found` has, for each Observation of the reading, what the district holds under its key.
    func bundle(of withdrawal: Withdrawal, found: [(BundleEntry, [HeldObservation])]) -> TransactionBundle? {
        let replacements = found.flatMap { entry, held in
            held.filter { $0.status != "entered-in-error" }.map { record in
                BundleEntry(
                    replacing: record, key(of: Identifier(system: "Observation", value: record.id)),
                    with: entry.resource.with(["id": .text(record.id), "status": "entered-in-error"]))
            }
        }
        guard !replacements.isEmpty else { return nil }
        let frame = frame(of: Batch(resident: withdrawal.sent.resident, readings: [withdrawal.sent]))
        let targets = found.flatMap(\.1).filter { $0.status != "entered-in-error" }
        return TransactionBundle(entries: frame.entries + replacements + [provenance(of: withdrawal, targets)])
    }

    /// Who withdrew it, by a number that means something at this hut only. The nurse's own words stay here: they may
    /// name a person.
    private func provenance(of withdrawal: Withdrawal, _ targets: [HeldObservation]) -> BundleEntry {
        let who: JSON =
            withdrawal.by.map { ["identifier": identifier(.staff, String($0.rawValue)).json] } ?? device.reference
        return BundleEntry(
            beside: "Provenance", key(of: identifier(.observation, "withdrawn \(withdrawal.fact.rawValue)")),
            [
                "target": .array(targets.map { ["reference": .text("Observation/\($0.id)")] }),
                "recorded": .text(offset.iso(withdrawal.at)),
                "agent": [["who": who]],
            ])
    }
}
