// Of whom nothing is recorded yet. A resident without history is not overdue: her first date is spread over the cadence,
// and the list says how many wait that way. Read for the whole roster at once, so it brings what that date needs and no
// more.

import Vitals

extension Ledger {
    /// Residents who are here and of whom no follow-up is on record, with the roster's line and what somebody said of
    /// them; without readings and flags.
    package func neverFollowedUp() throws(LedgerError) -> [ResidentHistory] {
        try books.database.snapshot { () throws(LedgerError) in
            let entries = try prepare(
                """
                SELECT \(Roster.columns) FROM roster WHERE status = 0
                    AND NOT EXISTS (SELECT 1 FROM merged WHERE merged.resident = roster.resident)
                    AND NOT EXISTS (SELECT 1 FROM follow_up WHERE follow_up.resident = roster.resident)
                ORDER BY resident
                """
            ).rows(Roster.entry)
            let marked = Set(
                try prepare("SELECT DISTINCT resident FROM personal_mark").rows { row throws(LedgerError) in
                    row.resident(0)
                })
            let isAnyMerged = try books.database.integer("SELECT EXISTS (SELECT 1 FROM merged)") == 1
            var histories: [ResidentHistory] = []
            for entry in entries {
                let keys = isAnyMerged ? try books.keys(of: entry.key) : [entry.key]
                // Of a line that was merged into this one.
                if keys.count > 1, try !followUps(of: entry.key, limit: 1).isEmpty { continue }
                var history = ResidentHistory(
                    key: entry.key, resident: entry.resident, status: entry.status, addedAt: entry.addedAt)
                if !marked.isDisjoint(with: keys) { history.marks = try marks(under: keys) }
                histories.append(history)
            }
            return histories
        }
    }
}
