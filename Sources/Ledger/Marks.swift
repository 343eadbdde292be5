// Numbers that would cost a walk through the ledger: how many readings are unclaimed, up to where the district has heard
// everything, the highest clock that a fact was ever recorded by, and the highest since an operator said it was wrong.

import Vitals

/// Named numbers.
enum Marks: Projection {
    enum Name: String {
        case unclaimed, uploaded
        /// Written only when the clock steps back behind the newest fact; on all other days the newest fact knows.
        case latestClock
        /// The same since an operator confirmed the clock; 0 while nobody had to.
        case confirmedClock
    }

    static let tables = ["mark"]
    static let schema = """
        CREATE TABLE mark (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        """

    static func apply(_ recorded: RecordedFact, to books: Books) throws(LedgerError) {
        let before = try books.database.prepare("SELECT recorded_at FROM fact WHERE sequence = ?")
        before.bind(1, recorded.sequence.rawValue - 1)
        let clock = try before.first { row throws(LedgerError) in row.integer(0) }
        if let clock, clock > recorded.recordedAt.milliseconds {
            let confirmed = try value(.confirmedClock, books.database)
            if clock > (try value(.latestClock, books.database)) { try set(.latestClock, clock, books.database) }
            if confirmed > 0, clock > confirmed { try set(.confirmedClock, clock, books.database) }
        }
        if case .clockConfirmed = recorded.fact {
            try set(.confirmedClock, recorded.recordedAt.milliseconds, books.database)
        }
    }

    /// 0 where it was never set.
    static func value(_ name: Name, _ database: Database) throws(LedgerError) -> Int64 {
        let select = try database.prepare("SELECT value FROM mark WHERE name = ?")
        select.bind(1, name.rawValue)
        return try select.first { row throws(LedgerError) in row.integer(0) } ?? 0
    }

    static func set(_ name: Name, _ value: Int64, _ database: Database) throws(LedgerError) {
        let upsert = try database.prepare(
            "INSERT INTO mark VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value")
        upsert.bind(1, name.rawValue)
        upsert.bind(2, value)
        try upsert.run()
    }
}
