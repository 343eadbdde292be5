// The people who may act. Keys are given in the order in which they are added.

import Vitals

/// The projection of staff.
enum StaffList: Projection {
    static let tables = ["staff"]
    static let schema = """
        CREATE TABLE staff (
            staff INTEGER PRIMARY KEY CHECK (staff > 0),
            name TEXT NOT NULL CHECK (name <> ''),
            role TEXT NOT NULL,
            pin TEXT
        ) STRICT;
        """

    static func apply(_ recorded: RecordedFact, to books: Books) throws(LedgerError) {
        switch recorded.fact {
        case .staffAdded(let staff):
            let insert = try books.database.prepare(
                "INSERT INTO staff SELECT coalesce(max(staff), 0) + 1, ?, ?, NULL FROM staff")
            insert.bind(1, staff.name)
            insert.bind(2, staff.role.rawValue)
            try insert.run()
        case .staffPIN(let key, let hash):
            let update = try books.database.prepare("UPDATE staff SET pin = ? WHERE staff = ?")
            update.bind(1, hash)
            update.bind(2, key)
            try update.run()
            if books.database.changes == 0 { throw .refused(.unknownStaff) }
        default: break
        }
    }

    fileprivate static func entry(_ row: Statement) throws(LedgerError) -> StaffEntry {
        guard let role = StaffRole(rawValue: row.text(2) ?? "") else { throw .corrupt(what: "unknown role of staff") }
        return StaffEntry(
            key: StaffKey(rawValue: row.integer(0)), staff: Staff(name: row.text(1) ?? "", role: role),
            hasPIN: row.integer(3) != 0)
    }
}

extension Ledger {
    /// Everybody, in the order they were added.
    package func staff() throws(LedgerError) -> [StaffEntry] {
        try prepare("SELECT staff, name, role, pin IS NOT NULL FROM staff ORDER BY staff").rows(StaffList.entry)
    }

    /// One member of staff.
    package func staff(_ key: StaffKey) throws(LedgerError) -> StaffEntry? {
        let select = try prepare("SELECT staff, name, role, pin IS NOT NULL FROM staff WHERE staff = ?")
        select.bind(1, key)
        return try select.first(StaffList.entry)
    }

    /// The stored hash of a member of staff's PIN; nil where there is none.
    func pinHash(_ key: StaffKey) throws(LedgerError) -> String? {
        let select = try prepare("SELECT pin FROM staff WHERE staff = ?")
        select.bind(1, key)
        return try select.first { row throws(LedgerError) in row.text(0) } ?? nil
    }
}
