// Which home monitors are out, since when and with whom: what its memory gives at the return is of that time and those
// people, or it is nobody's.

import FoundationEssentials
import Vitals

/// The projection of loans: one row a monitor that is out.
enum Loans: Projection {
    static let tables = ["loan"]
    static let schema = """
        CREATE TABLE loan (
            instrument INTEGER PRIMARY KEY,
            lent INTEGER NOT NULL UNIQUE,
            since INTEGER NOT NULL
        ) STRICT;

        """

    static func apply(_ recorded: RecordedFact, to books: Books) throws(LedgerError) {
        switch recorded.fact {
        case .deviceLent(let instrument, let borrowers, _):
            guard !borrowers.isEmpty else { throw .refused(.unknownResident) }
            for borrower in borrowers {
                let known = try books.database.prepare("SELECT 1 FROM roster WHERE resident = ?")
                known.bind(1, borrower.resident)
                guard try known.first({ row throws(LedgerError) in row.integer(0) }) != nil else {
                    throw .refused(.unknownResident)
                }
            }
            let key = try books.names.key(instrument.rawValue)
            let standing = try books.database.prepare("SELECT lent FROM loan WHERE instrument = ?")
            standing.bind(1, key)
            let former = try standing.first { row throws(LedgerError) in row.integer(0) }
            guard try isExtension(of: former, borrowers, books) else { throw .refused(.deviceAlreadyLent) }
            let insert = try books.database.prepare(
                "INSERT INTO loan VALUES (?1, ?2, ?3) ON CONFLICT (instrument) DO UPDATE SET lent = ?2")
            insert.bind(1, key)
            insert.bind(2, recorded.sequence)
            insert.bind(3, recorded.recordedAt)
            try insert.run()
        case .deviceReturned(let instrument, _):
            let delete = try books.database.prepare("DELETE FROM loan WHERE instrument = ?")
            delete.bind(1, try books.names.key(instrument.rawValue))
            try delete.run()
            guard books.database.changes == 1 else { throw .refused(.deviceNotLent) }
        default: break
        }
    }
}

extension Loans {
    /// Whether these may take it along: it is here, or it is out with some of them, each with a key of his own.
    private static func isExtension(of former: Int64?, _ borrowers: [Borrower], _ books: Books)
        throws(LedgerError) -> Bool
    {
        let slots = borrowers.map(\.userSlot)
        guard borrowers.count == 1 || (Set(slots).count == slots.count && !slots.contains(nil)) else { return false }
        guard let former else { return true }
        guard case .deviceLent(_, let present, _) = try books.facts.read(former)?.fact else { return false }
        return borrowers.count > present.count && Set(present).isSubset(of: borrowers) && !slots.contains(nil)
    }
}

extension Ledger {
    /// The home monitors that are out, in the order they were lent.
    package func loans() throws(LedgerError) -> [Loan] {
        let select = try prepare("SELECT lent, since FROM loan ORDER BY lent")
        let lent = try select.rows { row throws(LedgerError) in (row.sequence(0), row.time(1)) }
        var loans: [Loan] = []
        for (sequence, since) in lent {
            guard let recorded = try books.facts.read(sequence.rawValue),
                case .deviceLent(let instrument, let borrowers, _) = recorded.fact
            else { throw .corrupt(what: "a loan without its fact") }
            var standing: [Borrower] = []
            for borrower in borrowers {
                standing.append(
                    Borrower(resident: try books.holder(of: borrower.resident), userSlot: borrower.userSlot))
            }
            loans.append(Loan(lent: sequence, instrument: instrument, borrowers: standing, since: since))
        }
        return loans
    }

    /// Whether this record of a device's memory is stored already: by instrument, device time, user and values; by its
    /// place in the memory only where the device's clock was never set.
    package func hasMemoryRecord(_ reading: Reading) throws(LedgerError) -> Bool {
        guard reading.memorySlot != nil, let instrument = try books.names.known(reading.instrument.rawValue) else {
            return false
        }
        let columns = try ReadingColumns(reading)
        let select = try prepare(
            """
            SELECT 1 FROM fact WHERE memory_slot IS NOT NULL AND instrument = ? AND coalesce(band, 0) = 0
            AND coalesce(device_time, 0) = ? AND CASE WHEN \(Facts.hasNoClock) THEN memory_slot ELSE -1 END = ?
            AND coalesce(user_slot, 0) = ? AND vital = ? AND value1 = ? AND coalesce(value2, 0) = ?
            AND coalesce(value4, 0) = ?
            """)
        let hasNoClock = (columns.deviceTime ?? 0) < 2_001 << 40
        select.bind(1, instrument)
        select.bind(2, columns.deviceTime ?? 0)
        select.bind(3, hasNoClock ? columns.memorySlot : -1)
        select.bind(4, columns.userSlot ?? 0)
        select.bind(5, columns.vital)
        select.bind(6, columns.value1)
        select.bind(7, columns.value2 ?? 0)
        select.bind(8, columns.value4 ?? 0)
        return try select.first { row throws(LedgerError) in row.integer(0) } != nil
    }
}
