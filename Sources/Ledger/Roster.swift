// The residents as they stand: one row each, found by hut number, by opaque id, or by a piece of name, number or
// telephone. Keys are given in the order in which residents are added, so that a rebuild gives the same ones.

import Vitals

/// The projection of residents.
enum Roster: Projection {
    static let tables = ["roster"]
    static let schema = """
        CREATE TABLE roster (
            resident INTEGER PRIMARY KEY CHECK (resident > 0),
            id TEXT NOT NULL UNIQUE CHECK (id <> ''),
            number TEXT NOT NULL UNIQUE CHECK (number <> ''),
            name TEXT NOT NULL,
            sex INTEGER, birth INTEGER, phone TEXT, building TEXT,
            conditions INTEGER NOT NULL,
            medicines TEXT, team TEXT,
            status INTEGER NOT NULL, added_at INTEGER NOT NULL, pin TEXT
        ) STRICT;
        """

    /// Initials of names, made here and in no fact: a better table of characters serves everybody after a rebuild. And
    /// who is hidden from lists for what reason.
    static let pinyin = """
        ALTER TABLE roster ADD COLUMN pinyin TEXT;
        CREATE INDEX roster_gone ON roster (status) WHERE status <> 0;

        """

    static func apply(_ recorded: RecordedFact, to books: Books) throws(LedgerError) {
        switch recorded.fact {
        case .residentAdded(let resident, let id), .residentEnrolled(let resident, let id, _, _, _):
            try add(resident, id: id, at: recorded.recordedAt, books.database)
        case .residentChanged(let key, let resident):
            let update = try books.database.prepare(
                """
                UPDATE roster SET number = ?1, name = ?2, sex = ?3, birth = ?4, phone = ?5, building = ?6,
                    conditions = ?7, medicines = ?8, team = ?9, pinyin = ?10 WHERE resident = ?11
                """)
            bind(resident, to: update)
            update.bind(11, key)
            try runOnOne(update, books.database)
        case .residentStatus(let key, let status, _, _):
            let update = try books.database.prepare("UPDATE roster SET status = ? WHERE resident = ?")
            update.bind(1, status.code)
            update.bind(2, key)
            try runOnOne(update, books.database)
        case .residentPIN(let key, let hash): try setPIN(hash, of: key, books)
        case .residentPINReset(let key, let hash, let staff, _):
            try books.require(staff)
            try setPIN(hash, of: key, books)
        default: break
        }
    }

    /// One person has one PIN, under whichever of the numbers it was set; a merged line keeps what it had before.
    private static func setPIN(_ hash: String?, of key: ResidentKey, _ books: Books) throws(LedgerError) {
        let update = try books.database.prepare("UPDATE roster SET pin = ? WHERE resident = ?")
        update.bind(1, hash)
        update.bind(2, try books.holder(of: key))
        try runOnOne(update, books.database)
    }

    private static func add(_ resident: Resident, id: String, at time: HutTime, _ database: Database)
        throws(LedgerError)
    {
        let insert = try database.prepare(
            """
            INSERT INTO roster
            SELECT coalesce(max(resident), 0) + 1, ?11, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 0, ?12, NULL, ?10
            FROM roster
            """)
        bind(resident, to: insert)
        insert.bind(11, id)
        insert.bind(12, time)
        try insert.run()
    }

    private static func bind(_ resident: Resident, to statement: Statement) {
        statement.bind(1, resident.number)
        statement.bind(2, resident.name)
        statement.bind(3, resident.sex?.code)
        statement.bind(4, resident.birth)
        statement.bind(5, resident.phone)
        statement.bind(6, resident.building)
        statement.bind(7, resident.conditions.reduce(Int64(0)) { $0 | $1.bit })
        statement.bind(8, resident.medicines)
        statement.bind(9, resident.team)
        statement.bind(10, PinyinInitials.of(resident.name))
    }

    private static func runOnOne(_ update: Statement, _ database: Database) throws(LedgerError) {
        try update.run()
        if database.changes == 0 { throw .refused(.unknownResident) }
    }

    /// What `entry` reads.
    static let columns = """
        resident, id, number, name, sex, birth, phone, building, conditions, medicines, team, status, added_at,
        pin IS NOT NULL, (SELECT into_resident FROM merged WHERE merged.resident = roster.resident)
        """

    /// Reads a row selected by `columns`.
    static func entry(_ row: Statement) throws(LedgerError) -> RosterEntry {
        let bits = row.integer(8)
        let sex: Sex? = if let code = row.integerIfAny(4) { try Sex.stored(code, "sex") } else { nil }
        let resident = Resident(
            number: row.text(2) ?? "", name: row.text(3) ?? "", sex: sex, birth: row.dayIfAny(5), phone: row.text(6),
            building: row.text(7), conditions: bits == 0 ? [] : Set(Condition.allCases.filter { bits & $0.bit != 0 }),
            medicines: row.text(9), team: row.text(10))
        return RosterEntry(
            key: row.resident(0), id: row.text(1) ?? "", resident: resident,
            status: try ResidentStatus.stored(row.integer(11), "status"), addedAt: row.time(12),
            hasPIN: row.integer(13) != 0,
            mergedInto: row.integerIfAny(14).map { ResidentKey(rawValue: $0) })
    }
}

extension Condition {
    /// Its place in the `conditions` column; on disk for ever.
    fileprivate var bit: Int64 { 1 << (code - 1) }
}

extension Ledger {
    /// Whom a hut number stands for: the number of a line that was merged stands for the line that goes on.
    package func roster(number: String) throws(LedgerError) -> RosterEntry? {
        try standing(try line(number: number))
    }

    /// The line of the roster with this hut number, merged or not.
    package func line(number: String) throws(LedgerError) -> RosterEntry? {
        let select = try prepare("SELECT \(Roster.columns) FROM roster WHERE number = ?")
        select.bind(1, number)
        return try select.first(Roster.entry)
    }

    /// The line that goes on for a line; itself where it was not merged.
    func standing(_ line: RosterEntry?) throws(LedgerError) -> RosterEntry? {
        guard let line, line.mergedInto != nil else { return line }
        return try roster(try books.holder(of: line.key))
    }

    /// The line with this key, merged or not.
    package func roster(_ key: ResidentKey) throws(LedgerError) -> RosterEntry? {
        let select = try prepare("SELECT \(Roster.columns) FROM roster WHERE resident = ?")
        select.bind(1, key)
        return try select.first(Roster.entry)
    }

    /// The resident with this opaque id.
    package func roster(id: String) throws(LedgerError) -> RosterEntry? {
        let select = try prepare("SELECT \(Roster.columns) FROM roster WHERE id = ?")
        select.bind(1, id)
        return try select.first(Roster.entry)
    }

    /// By the beginning of the hut number, any part of the name or telephone number, or the beginning of the name's
    /// initials in pinyin; exact numbers first, a merged line as the line that goes on.
    package func find(_ text: String, limit: Int) throws(LedgerError) -> [RosterEntry] {
        guard !text.isEmpty else { return [] }
        let select = try prepare(
            """
            SELECT \(Roster.columns) FROM roster
            WHERE instr(number, ?1) = 1 OR instr(name, ?1) > 0 OR instr(phone, ?1) > 0
                OR instr(' ' || pinyin, ' ' || lower(?1)) > 0
            ORDER BY number <> ?1, number LIMIT ?2
            """)
        select.bind(1, text)
        select.bind(2, limit)
        var found: [RosterEntry] = []
        for line in try select.rows(Roster.entry) {
            if let entry = try standing(line), !found.contains(where: { $0.key == entry.key }) { found.append(entry) }
        }
        return found
    }

    /// Every resident, by key, from one key on, without merged lines: for the review at midnight.
    package func allResidents(after key: ResidentKey?, limit: Int) throws(LedgerError) -> [ResidentKey] {
        let select = try prepare(
            """
            SELECT resident FROM roster WHERE resident > ?
                AND NOT EXISTS (SELECT 1 FROM merged WHERE merged.resident = roster.resident)
            ORDER BY resident LIMIT ?
            """)
        select.bind(1, key?.rawValue ?? 0)
        select.bind(2, limit)
        return try select.rows { row throws(LedgerError) in row.resident(0) }
    }

    /// The stored hash of the PIN that a number opens with, for a merged line that of the line that goes on; nil where
    /// there is none.
    func pinHash(number: String) throws(LedgerError) -> String? {
        guard let entry = try roster(number: number) else { return nil }
        let select = try prepare("SELECT pin FROM roster WHERE resident = ?")
        select.bind(1, entry.key)
        return try select.first { row throws(LedgerError) in row.text(0) } ?? nil
    }
}
