// A roster file into the ledger: the hut number says who is meant, and only what differs becomes a fact.

import FoundationEssentials
import Vitals

extension Ledger {
    /// Adds new residents and changes known ones, all or nothing; leaves everybody else as they are.
    package func importResidents(_ residents: [Resident], at now: HutTime) async throws(LedgerError) -> ImportCounts {
        var counts = ImportCounts()
        var facts: [Fact] = []
        for resident in residents {
            guard let known = try line(number: resident.number) else {
                facts.append(.residentAdded(resident, id: UUID().uuidString.lowercased()))
                counts.added += 1
                continue
            }
            if known.resident == resident {
                counts.unchanged += 1
            } else {
                facts.append(.residentChanged(known.key, resident))
                counts.changed += 1
            }
        }
        try await append(facts, at: now)
        return counts
    }
}
