// The one append-only table. A reading stands in columns, every other kind as JSON beside the columns that say whom it
// is about. Each fact carries a link: SHA-256 of the link before it and of its own bytes, so that a ledger edited
// behind our back no longer fits together.

import FoundationEssentials
import Vitals

/// The table of facts and the dictionary of names it leans on.
struct Facts {
    static let schema = """
        CREATE TABLE name (
            key INTEGER PRIMARY KEY,
            text TEXT NOT NULL UNIQUE
        ) STRICT;
        CREATE TABLE fact (
            sequence INTEGER PRIMARY KEY,
            kind INTEGER NOT NULL CHECK (kind > 0),
            recorded_at INTEGER NOT NULL,
            resident INTEGER, visit INTEGER, about INTEGER,
            reason INTEGER, hint_visit INTEGER, hint_number TEXT,
            instrument INTEGER REFERENCES name, station INTEGER REFERENCES name, band INTEGER REFERENCES name,
            measured_at INTEGER,
            delay INTEGER, vital INTEGER, value1 INTEGER, value2 INTEGER, value3 INTEGER, value4 INTEGER,
            irregular INTEGER, moved INTEGER, source INTEGER, arm INTEGER, rested INTEGER, helper INTEGER,
            time_confidence INTEGER, device_time INTEGER, memory_slot INTEGER,
            detail TEXT, raw BLOB,
            link BLOB NOT NULL CHECK (length(link) = 32),
            CHECK (kind <> \(FactKind.reading.rawValue) OR (
                instrument IS NOT NULL AND measured_at IS NOT NULL AND delay IS NOT NULL AND vital IS NOT NULL
                AND value1 IS NOT NULL AND source IS NOT NULL AND arm IS NOT NULL AND rested IS NOT NULL
                AND time_confidence IS NOT NULL AND (resident IS NULL) = (reason IS NOT NULL))),
            CHECK ((detail IS NULL) = (kind = \(FactKind.reading.rawValue)))
        ) STRICT;
        CREATE UNIQUE INDEX fact_memory ON fact (
            instrument, coalesce(band, 0), memory_slot, coalesce(device_time, 0), vital, value1, coalesce(value2, 0)
        ) WHERE memory_slot IS NOT NULL;
        CREATE TRIGGER fact_in_order BEFORE INSERT ON fact
        WHEN NEW.sequence IS NOT (SELECT coalesce(max(sequence), 0) + 1 FROM fact)
        BEGIN SELECT RAISE(ABORT, 'facts are appended in order'); END;
        CREATE TRIGGER fact_never_edited BEFORE UPDATE ON fact
        BEGIN SELECT RAISE(ABORT, 'facts are never edited'); END;
        CREATE TRIGGER fact_never_deleted BEFORE DELETE ON fact
        BEGIN SELECT RAISE(ABORT, 'facts are never deleted'); END;
        CREATE TRIGGER name_never_edited BEFORE UPDATE ON name
        BEGIN SELECT RAISE(ABORT, 'names are never edited'); END;
        CREATE TRIGGER name_never_deleted BEFORE DELETE ON name
        BEGIN SELECT RAISE(ABORT, 'names are never deleted'); END;
        """

    /// The second migration: which user of a device, and a record of a memory told by what it says. The place of a
    /// record moves when the device measures again; it counts only where the device's clock says nothing. No instrument of
    /// the versions before had a memory, so that the new index meets no two records that it takes for one.
    static let userSlots = """
        ALTER TABLE fact ADD COLUMN user_slot INTEGER;
        DROP INDEX fact_memory;
        CREATE UNIQUE INDEX fact_memory ON fact (
            instrument, coalesce(band, 0), coalesce(device_time, 0),
            CASE WHEN \(hasNoClock) THEN memory_slot ELSE -1 END, coalesce(user_slot, 0), vital, value1,
            coalesce(value2, 0), coalesce(value4, 0)
        ) WHERE memory_slot IS NOT NULL;

        """

    /// No device time, or one whose year is 2000 or none: never set (`CivilTime.code` begins with the year).
    static let hasNoClock = "coalesce(device_time, 0) < \(2_001 << 40)"

    let database: Database
    let names: Names
    private let insert: Statement
    private let encoder = JSONEncoder()
    private let decoder = JSONDecoder()

    /// The link before the first fact.
    static let firstLink = [UInt8](repeating: 0, count: 32)

    init(_ database: Database, _ names: Names) throws(LedgerError) {
        (self.database, self.names) = (database, names)
        let places = Array(repeating: "?", count: Int(FactRow.columnCount) + 1).joined(separator: ",")
        insert = try database.prepare("INSERT INTO fact (\(FactRow.columns), link) VALUES (\(places))")
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    }

    /// The newest fact: its sequence (0: none), its recording time and its link.
    func tail() throws(LedgerError) -> (sequence: Int64, recordedAt: Int64?, link: [UInt8]) {
        let newest = try database.prepare(
            "SELECT sequence, recorded_at, link FROM fact WHERE sequence = (SELECT max(sequence) FROM fact)")
        let found = try newest.first { row throws(LedgerError) in (row.integer(0), row.integer(1), row.bytes(2)) }
        guard let found else { return (0, nil, Facts.firstLink) }
        return (found.0, found.1, found.2)
    }

    /// Writes one fact behind the link given and returns its own link.
    func write(_ recorded: RecordedFact, after link: [UInt8]) throws(LedgerError) -> [UInt8] {
        let row = try FactRow(recorded, encoder: encoder)
        let own = row.link(after: link)
        try row.bind(to: insert, names)
        insert.bind(FactRow.columnCount + 1, own)
        try insert.run()
        return own
    }

    /// The facts after a sequence, oldest first.
    func read(after: Int64, limit: Int) throws(LedgerError) -> [RecordedFact] {
        let statement = try database.prepare(
            "SELECT \(FactRow.columns) FROM fact WHERE sequence > ? ORDER BY sequence LIMIT ?")
        statement.bind(1, after)
        statement.bind(2, limit)
        return try statement.rows { row throws(LedgerError) in
            try FactRow(row, names).recorded(decoder: decoder)
        }
    }

    /// The facts of some kinds about an earlier one, oldest first. Reads everything behind it: for young facts.
    func about(_ sequence: Int64, kinds: [FactKind]) throws(LedgerError) -> [RecordedFact] {
        let list = kinds.map { String($0.rawValue) }.joined(separator: ", ")
        let statement = try database.prepare(
            "SELECT \(FactRow.columns) FROM fact WHERE sequence > ?1 AND about = ?1 AND kind IN (\(list)) ORDER BY sequence"
        )
        statement.bind(1, sequence)
        return try statement.rows { row throws(LedgerError) in try FactRow(row, names).recorded(decoder: decoder) }
    }

    /// One fact.
    func read(_ sequence: Int64) throws(LedgerError) -> RecordedFact? {
        let statement = try database.prepare("SELECT \(FactRow.columns) FROM fact WHERE sequence = ?")
        statement.bind(1, sequence)
        return try statement.first { row throws(LedgerError) in try FactRow(row, names).recorded(decoder: decoder) }
    }

    /// The facts after a sequence that meet a condition with further arguments, oldest first.
    func read(where condition: String, after: Int64, limit: Int, _ arguments: Int64...) throws(LedgerError)
        -> [RecordedFact]
    {
        let statement = try database.prepare(
            "SELECT \(FactRow.columns) FROM fact WHERE sequence > ? AND \(condition) ORDER BY sequence LIMIT ?")
        statement.bind(1, after)
        for (index, argument) in arguments.enumerated() { statement.bind(Int32(index + 2), argument) }
        statement.bind(Int32(arguments.count + 2), limit)
        return try statement.rows { row throws(LedgerError) in try FactRow(row, names).recorded(decoder: decoder) }
    }

    /// The fact with a link, 64 hexadecimal digits, among the first facts. Walks through all of them.
    func sequence(ofLink link: String, upTo last: Int64) throws(LedgerError) -> FactSequence? {
        let statement = try database.prepare("SELECT sequence FROM fact WHERE sequence <= ? AND lower(hex(link)) = ?")
        statement.bind(1, last)
        statement.bind(2, link)
        return try statement.first { row throws(LedgerError) in row.sequence(0) }
    }

    /// The first fact whose link does not follow from the facts before it; nil when the chain is whole.
    func firstBrokenLink() throws(LedgerError) -> Int64? { try walkChain().broken }

    /// How far the facts follow from each other: the last one that does with its link, and the first that does not.
    func walkChain() throws(LedgerError) -> (end: (sequence: Int64, link: [UInt8]), broken: Int64?) {
        let statement = try database.prepare("SELECT \(FactRow.columns), link FROM fact ORDER BY sequence")
        defer { statement.reset() }
        var link = Facts.firstLink
        var expected: Int64 = 1
        while try statement.step() {
            let row = try FactRow(statement, names)
            guard row.sequence == expected, row.link(after: link) == statement.bytes(FactRow.columnCount) else {
                return ((expected - 1, link), row.sequence)
            }
            link = statement.bytes(FactRow.columnCount)
            expected += 1
        }
        return ((expected - 1, link), nil)
    }
}

/// The dictionary of instruments, stations and bands: each text stands once, facts carry its small key.
final class Names {
    private let database: Database
    private var keys: [String: Int64] = [:]
    /// By key: keys are given one after the other, so that an array will do.
    private var texts: [String?] = []

    init(_ database: Database) { self.database = database }

    /// The key of a text, given to it now if it has none; inside a transaction.
    func key(_ text: String) throws(LedgerError) -> Int64 {
        if let key = try known(text) { return key }
        let insert = try database.prepare("INSERT INTO name (text) VALUES (?)")
        insert.bind(1, text)
        try insert.run()
        guard let key = try known(text) else { throw .corrupt(what: "a name without a key") }
        return key
    }

    /// The same for a text that may not be there.
    func key(ofAny text: String?) throws(LedgerError) -> Int64? {
        if let text { try key(text) } else { nil }
    }

    /// The key of a text that has one.
    func known(_ text: String) throws(LedgerError) -> Int64? {
        if let known = keys[text] { return known }
        let select = try database.prepare("SELECT key FROM name WHERE text = ?")
        select.bind(1, text)
        let key = try select.first { row throws(LedgerError) in row.integer(0) }
        if let key { keys[text] = key }
        return key
    }

    func text(_ key: Int64) throws(LedgerError) -> String {
        if key >= 0, key < texts.count, let known = texts[Int(key)] { return known }
        let select = try database.prepare("SELECT text FROM name WHERE key = ?")
        select.bind(1, key)
        guard let text = try select.first({ row throws(LedgerError) in row.text(0) }), let text else {
            throw .corrupt(what: "a fact names key \(key), which has no text")
        }
        if texts.count <= Int(key) { texts += Array(repeating: nil, count: Int(key) + 1 - texts.count) }
        texts[Int(key)] = text
        return text
    }

    /// After a rollback: keys given inside it were never written.
    func forget() {
        keys.removeAll()
        texts.removeAll()
    }
}
