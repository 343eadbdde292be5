// How a file becomes a ledger and stays one: named migrations, forward only. The file says which of them it has had
// and which program version brought each, so that an older program can name the version it lacks.

import Vitals

/// One step forward of the schema.
struct Migration: Sendable {
    let name: String
    /// The first program version that knows it.
    let since: String
    var sql = ""
    /// What it changes of the tables that follow from facts; `check` changes its own copies of them the same way.
    var projections = ""
    /// Its tables follow from facts that may be there already.
    var rebuilds = false
}

enum Schema {
    /// `HHUT`, in the header of every ledger (SQLite's `application_id`).
    static let applicationID: Int64 = 0x4848_5554

    /// In order; never edited once released.
    static let migrations = [
        Migration(
            name: "facts and projections", since: "0.1.0",
            sql: ([Facts.schema, Reviews.schema] + Books.firstProjections.map { $0.schema }).joined(separator: "\n")),
        Migration(name: "cards, tags and codes", since: "0.3.0", projections: Identities.schema),
        Migration(
            name: "instruments and corrections", since: "0.3.0",
            projections: [Corrections.schema, Instruments.schema].joined(separator: "\n"), rebuilds: true),
        Migration(
            name: "surface temperature, user slots and loans", since: "0.3.0", sql: Facts.userSlots,
            projections: [Readings.userSlots, Loans.schema, NoValues.schema].joined(separator: "\n")),
        Migration(
            name: "the last reading of each instrument", since: "0.3.0", projections: Instruments.lastReadings,
            rebuilds: true),
        Migration(
            name: "a team's care", since: "0.4.0", sql: Reviews.everybody,
            projections: [
                Roster.pinyin, Requests.answers, Chronicle.schema, Merges.schema, PersonalMarks.schema,
                FollowUps.schema, Promises.schema, Calls.schema, Exams.schema, Fastings.schema, Days.schema,
            ].joined(separator: "\n"), rebuilds: true),
        Migration(
            name: "the words of bands, and what waits for a doctor", since: "0.4.0",
            projections: BandWords.columns + Countersigns.index, rebuilds: true),
        Migration(
            name: "one PIN a person, and flags closed for two lines", since: "0.4.0", projections: Merges.handled,
            rebuilds: true),
    ]

    /// Makes or brings forward the ledger behind a connection, and refuses what is not ours to touch.
    static func prepare(_ database: Database, _ migrations: [Migration], at now: HutTime) throws(LedgerError) {
        database.setBusyTimeout(milliseconds: 2_000)
        let version = try recognise(database, migrations)
        try configure(database)
        guard version < migrations.count else { return }
        // Facts of years may be followed again: that transaction may write pages before its commit.
        try database.execute("PRAGMA cache_spill = ON")
        defer { try? database.execute("PRAGMA cache_spill = OFF") }
        try database.transaction { () throws(LedgerError) in
            // Another process may have been faster; what counts is what stands there now.
            let standing = try recognise(database, migrations)
            for (index, migration) in migrations.enumerated().dropFirst(standing) {
                try migrate(database, migration, number: index + 1, at: now)
            }
            // All at once and at the end: a projection stands on the tables of every migration.
            if standing > 0, migrations.dropFirst(standing).contains(where: \.rebuilds) {
                try Books(database).rebuild()
            }
        }
    }

    /// How many migrations the file has had: 0 for a new one.
    private static func recognise(_ database: Database, _ migrations: [Migration]) throws(LedgerError) -> Int {
        let application = try database.integer("PRAGMA application_id")
        if application == 0, try database.integer("SELECT count(*) FROM sqlite_schema") == 0 { return 0 }
        guard application == applicationID else { throw .notOurs(path: database.path) }
        let version = Int(try database.integer("PRAGMA user_version") ?? 0)
        guard version <= migrations.count else {
            let needs = try database.text("SELECT since FROM migration ORDER BY number DESC LIMIT 1")
            throw .newer(path: database.path, needs: needs ?? "unknown")
        }
        return version
    }

    private static func configure(_ database: Database) throws(LedgerError) {
        // Half of SQLite's usual page: a reading touches three or four pages whatever their size, and what is written
        // is whole pages. Smaller still, a history would lie on too many.
        try database.execute("PRAGMA page_size = 2048")
        guard try database.text("PRAGMA journal_mode = WAL") == "wal" else {
            throw .unreachable(path: database.path, doing: "keep a write-ahead log", reason: "the file system cannot")
        }
        // 8 MB of log before it is folded back, so that a page hit by many readings is written once for all of them;
        // more would make the start after a power cut slow (PLATFORM: ready in 20 ms). Pages of a large transaction
        // stay in memory until its commit instead of being written twice.
        try database.execute(
            """
            PRAGMA synchronous = FULL;
            PRAGMA foreign_keys = ON;
            PRAGMA recursive_triggers = ON;
            PRAGMA trusted_schema = OFF;
            PRAGMA cell_size_check = ON;
            PRAGMA wal_autocheckpoint = 4000;
            PRAGMA journal_size_limit = 16777216;
            PRAGMA cache_size = -1000;
            PRAGMA cache_spill = OFF;
            PRAGMA temp_store = MEMORY;
            """)
    }

    private static func migrate(_ database: Database, _ migration: Migration, number: Int, at now: HutTime)
        throws(LedgerError)
    {
        if number == 1 {
            try database.execute(
                """
                PRAGMA application_id = \(applicationID);
                CREATE TABLE migration (
                    number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, since TEXT NOT NULL,
                    applied_at INTEGER NOT NULL
                ) STRICT;
                """)
        }
        try database.execute(migration.sql + migration.projections)
        let insert = try database.prepare("INSERT INTO migration VALUES (?, ?, ?, ?)")
        insert.bind(1, number)
        insert.bind(2, migration.name)
        insert.bind(3, migration.since)
        insert.bind(4, now)
        try insert.run()
        try database.execute("PRAGMA user_version = \(number)")
    }
}
