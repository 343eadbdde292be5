// Wrong PINs, by what was typed, so that guessing ends: five within ten minutes lock that number for ten minutes from
// the fifth. Numbers that do not exist are treated the same. Only the last ten minutes are kept here; the facts stay.

import Vitals

/// The projection of recent wrong PINs.
enum PINRefusals: Projection {
    /// Our own choice, in the issue: five, ten minutes.
    static let limit = 5
    static let window = Duration.seconds(600)

    static let tables = ["pin_refusal", "pin_lock"]
    static let schema = """
        CREATE TABLE pin_refusal (
            number TEXT NOT NULL,
            at INTEGER NOT NULL,
            sequence INTEGER NOT NULL,
            PRIMARY KEY (number, at, sequence)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX pin_refusal_at ON pin_refusal (at);
        CREATE TABLE pin_lock (number TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        """

    static func apply(_ recorded: RecordedFact, to books: Books) throws(LedgerError) {
        if case .residentPINReset(let resident, _, _, _) = recorded.fact { return try unlock(resident, books) }
        guard case .pinRefused(let number, _) = recorded.fact else { return }
        let at = recorded.recordedAt
        try forget(at: at, books.database)
        let insert = try books.database.prepare("INSERT INTO pin_refusal VALUES (?, ?, ?)")
        insert.bind(1, number)
        insert.bind(2, at)
        insert.bind(3, recorded.sequence)
        try insert.run()
        let count = try books.database.prepare("SELECT count(*) FROM pin_refusal WHERE number = ?")
        count.bind(1, number)
        guard let wrong = try count.first({ row throws(LedgerError) in row.integer(0) }), wrong >= limit else { return }
        let lock = try books.database.prepare("INSERT OR REPLACE INTO pin_lock VALUES (?, ?)")
        lock.bind(1, number)
        lock.bind(2, at)
        try lock.run()
        let clear = try books.database.prepare("DELETE FROM pin_refusal WHERE number = ?")
        clear.bind(1, number)
        try clear.run()
    }

    /// A nurse who has seen who it is has given a new PIN: nothing typed before counts against it.
    private static func unlock(_ resident: ResidentKey, _ books: Books) throws(LedgerError) {
        for table in tables {
            let delete = try books.database.prepare(
                "DELETE FROM \(table) WHERE number = (SELECT number FROM roster WHERE resident = ?)")
            delete.bind(1, resident)
            try delete.run()
        }
    }

    /// Drops what is ten minutes old; and what lies in the future, which only a clock that was set back can leave.
    private static func forget(at now: HutTime, _ database: Database) throws(LedgerError) {
        for table in tables {
            let delete = try database.prepare("DELETE FROM \(table) WHERE at <= ? OR at > ?")
            delete.bind(1, HutTime(milliseconds: now.milliseconds - window.milliseconds))
            delete.bind(2, now)
            try delete.run()
        }
    }
}

extension Ledger {
    /// No PIN is tried for this number now.
    func isLocked(_ number: String, at now: HutTime) throws(LedgerError) -> Bool {
        let select = try prepare("SELECT 1 FROM pin_lock WHERE number = ? AND at > ? AND at <= ?")
        select.bind(1, number)
        select.bind(2, HutTime(milliseconds: now.milliseconds - PINRefusals.window.milliseconds))
        select.bind(3, now)
        return try select.first { row throws(LedgerError) in row.integer(0) } != nil
    }
}
