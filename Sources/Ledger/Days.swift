// Where a day begins among the facts, and who has looked at its page. The first fact of each hour is remembered, so that
// neither the page of a day nor an audit of a month walks through years.

import Vitals

/// The projection of hours and of looks at days.
enum Days: Projection {
    static let tables = ["hour", "day_seen", "sheet"]
    static let schema = """
        CREATE TABLE hour (
            hour INTEGER PRIMARY KEY,
            first INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE day_seen (
            day INTEGER NOT NULL,
            staff INTEGER NOT NULL REFERENCES staff,
            first_at INTEGER NOT NULL, last_at INTEGER NOT NULL,
            times INTEGER NOT NULL CHECK (times > 0),
            PRIMARY KEY (day, staff)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE sheet (sequence INTEGER PRIMARY KEY, day INTEGER NOT NULL) STRICT;
        CREATE INDEX sheet_day ON sheet (day);

        """

    static func apply(_ recorded: RecordedFact, to books: Books) throws(LedgerError) {
        try note(recorded, books)
        switch recorded.fact {
        case .recordSeen(let resident, let staff, _):
            try books.require(resident)
            try books.require(staff)
        case .daySeen(let day, let staff):
            try books.require(staff)
            let upsert = try books.database.prepare(
                """
                INSERT INTO day_seen VALUES (?1, ?2, ?3, ?3, 1) ON CONFLICT DO UPDATE SET
                    first_at = min(first_at, ?3), last_at = max(last_at, ?3), times = times + 1
                """)
            upsert.bind(1, day)
            upsert.bind(2, staff)
            upsert.bind(3, recorded.recordedAt)
            try upsert.run()
        case .sheetPrinted(let day, let residents, let staff):
            try books.require(staff)
            for resident in residents { try books.require(resident) }
            let insert = try books.database.prepare("INSERT INTO sheet VALUES (?, ?)")
            insert.bind(1, recorded.sequence)
            insert.bind(2, day)
            try insert.run()
        case .careTaken(let resident, let staff, _):
            if let resident { try books.require(resident) }
            try books.require(staff)
        default: break
        }
    }

    private static func note(_ recorded: RecordedFact, _ books: Books) throws(LedgerError) {
        let hour = hour(of: recorded.recordedAt)
        // Nearly every fact is of the hour that the one before it was of.
        guard books.hours.newest != hour else { return }
        let insert = try books.database.prepare("INSERT OR IGNORE INTO hour VALUES (?, ?)")
        insert.bind(1, hour)
        insert.bind(2, recorded.sequence)
        try insert.run()
        books.hours.newest = hour
    }

    private static func hour(of time: HutTime) -> Int64 { time.milliseconds / 3_600_000 }

    /// The sequences among which every fact of a span of time lies: `from` the first of its first hour up to, not
    /// including, the first of a later hour. A clock that was set back puts facts of an hour behind later ones: then
    /// the end is the end of the ledger.
    static func sequences(from: HutTime, to: HutTime, _ books: Books) throws(LedgerError) -> Range<Int64>? {
        let first = try books.database.prepare("SELECT min(first) FROM hour WHERE hour >= ? AND hour <= ?")
        first.bind(1, hour(of: from))
        first.bind(2, hour(of: to))
        guard let low = try first.first({ row throws(LedgerError) in row.integerIfAny(0) }) ?? nil else { return nil }
        let wasSetBack = try Marks.value(.latestClock, books.database) >= to.milliseconds
        let later = try books.database.prepare("SELECT min(first) FROM hour WHERE hour > ? AND first > ?")
        later.bind(1, hour(of: to))
        later.bind(2, low)
        let next = try later.first { row throws(LedgerError) in row.integerIfAny(0) } ?? nil
        let end = wasSetBack ? nil : next
        if let end { return low..<end }
        return try low..<(books.facts.tail().sequence + 1)
    }
}

/// The hour whose first fact is known to be noted.
final class NewestHour {
    var newest: Int64?
}

extension Ledger {
    /// The sheets that were printed of a day, the newest first, each with its residents by line: line 1 is the first.
    package func sheets(of day: LocalDay) throws(LedgerError) -> [[ResidentKey]] {
        let select = try prepare("SELECT sequence FROM sheet WHERE day = ? ORDER BY sequence DESC")
        select.bind(1, day)
        var sheets: [[ResidentKey]] = []
        for sequence in try select.rows({ row throws(LedgerError) in row.integer(0) }) {
            guard case .sheetPrinted(_, let residents, _) = try books.facts.read(sequence)?.fact else {
                throw .corrupt(what: "a sheet without its fact")
            }
            var lines: [ResidentKey] = []
            for resident in residents { lines.append(try books.holder(of: resident)) }
            sheets.append(lines)
        }
        return sheets
    }

    /// How many sheets were ever printed: the next has one more for its number.
    package func sheetCount() throws(LedgerError) -> Int {
        try prepare("SELECT count(*) FROM sheet").first { row throws(LedgerError) in Int(row.integer(0)) } ?? 0
    }

    /// The sheet with a number, from 1 in the order of printing; nil: the newest. nil where there is none.
    package func sheet(_ number: Int?) throws(LedgerError) -> PrintedSheet? {
        let count = try sheetCount()
        let number = number ?? count
        guard number > 0 else { return nil }
        let select = try prepare("SELECT sequence FROM sheet ORDER BY sequence LIMIT 1 OFFSET ?")
        select.bind(1, number - 1)
        guard let sequence = try select.first({ row throws(LedgerError) in row.integer(0) }) else { return nil }
        guard let recorded = try books.facts.read(sequence),
            case .sheetPrinted(let day, let residents, _) = recorded.fact
        else { throw .corrupt(what: "a sheet without its fact") }
        var lines: [ResidentKey] = []
        for resident in residents { lines.append(try books.holder(of: resident)) }
        return PrintedSheet(number: number, day: day, printedAt: recorded.recordedAt, residents: lines)
    }

    /// Who has looked at the page of a day, the first to look first.
    package func lookers(at day: LocalDay) throws(LedgerError) -> [DayLook] {
        let select = try prepare(
            "SELECT staff, first_at, last_at, times FROM day_seen WHERE day = ? ORDER BY first_at, staff")
        select.bind(1, day)
        return try select.rows { row throws(LedgerError) in
            DayLook(
                staff: StaffKey(rawValue: row.integer(0)), first: row.time(1), last: row.time(2),
                times: Int(row.integer(3)))
        }
    }
}
