// Follow-up flags, open and ended, with their evidence. The schema allows one open flag for each subject and rule; a
// second raise is refused, so that whoever reviews twice learns it instead of alarming twice.

import Vitals

/// The projection of flags.
enum Flags: Projection {
    static let residentKind = 1
    static let readingKind = 2

    static let tables = ["flag", "evidence"]
    static let schema = """
        CREATE TABLE flag (
            flag INTEGER PRIMARY KEY,
            subject_kind INTEGER NOT NULL CHECK (subject_kind BETWEEN 1 AND 4),
            subject INTEGER NOT NULL,
            rule TEXT NOT NULL,
            severity INTEGER NOT NULL CHECK (severity BETWEEN 0 AND 4),
            due INTEGER, listed_from INTEGER,
            policy TEXT NOT NULL,
            late INTEGER NOT NULL CHECK (late IN (0, 1)),
            raised_at INTEGER NOT NULL,
            taken_by INTEGER, taken_at INTEGER,
            ended_at INTEGER, ended_by INTEGER, ended_action INTEGER, ended_note TEXT, quiet_until INTEGER,
            because_chinese TEXT, because_english TEXT,
            CHECK ((taken_by IS NULL) = (taken_at IS NULL)),
            CHECK (ended_at IS NOT NULL OR (ended_by IS NULL AND because_chinese IS NULL)),
            CHECK (ended_at IS NULL OR (ended_by IS NULL) = (because_chinese IS NOT NULL))
        ) STRICT;
        CREATE UNIQUE INDEX flag_open ON flag (subject_kind, subject, rule) WHERE ended_at IS NULL;
        CREATE INDEX flag_subject ON flag (subject_kind, subject, ended_at);
        CREATE TABLE evidence (
            flag INTEGER NOT NULL REFERENCES flag,
            sequence INTEGER NOT NULL,
            readings TEXT NOT NULL,
            chinese TEXT NOT NULL, english TEXT NOT NULL,
            PRIMARY KEY (flag, sequence)
        ) STRICT, WITHOUT ROWID;
        """

    static func apply(_ recorded: RecordedFact, to books: Books) throws(LedgerError) {
        switch recorded.fact {
        case .flag(.raise(let draft)): try raise(draft, recorded, books)
        case .flag(.append(let rule, let subject, let evidence, let severity, let ringsAgain)):
            let flag = try open(rule, subject, books)
            let update = try books.database.prepare(
                """
                UPDATE flag SET severity = max(severity, ?2), taken_by = iif(?3, NULL, taken_by),
                    taken_at = iif(?3, NULL, taken_at) WHERE flag = ?1
                """)
            update.bind(1, flag)
            update.bind(2, severity.rawValue)
            update.bind(3, ringsAgain ? 1 : 0)
            try update.run()
            try add(evidence, to: flag, recorded, books)
        case .flag(.clear(let rule, let subject, let because)):
            let update = try books.database.prepare(
                "UPDATE flag SET ended_at = ?2, because_chinese = ?3, because_english = ?4 WHERE flag = ?1")
            update.bind(1, try open(rule, subject, books))
            update.bind(2, recorded.recordedAt)
            update.bind(3, because.chinese)
            update.bind(4, because.english)
            try update.run()
        case .flagTaken(let flag, let staff):
            let update = try books.database.prepare(
                "UPDATE flag SET taken_by = ?2, taken_at = ?3 WHERE flag = ?1 AND ended_at IS NULL")
            update.bind(1, flag)
            update.bind(2, staff)
            update.bind(3, recorded.recordedAt)
            try runOnOne(update, books)
        case .flagClosed(let flag, let staff, let action, let note, let quietUntil):
            let update = try books.database.prepare(
                """
                UPDATE flag SET ended_at = ?2, ended_by = ?3, ended_action = ?4, ended_note = ?5, quiet_until = ?6
                WHERE flag = ?1 AND ended_at IS NULL
                """)
            update.bind(1, flag)
            update.bind(2, recorded.recordedAt)
            update.bind(3, staff)
            update.bind(4, action.rawValue)
            update.bind(5, note)
            update.bind(6, quietUntil)
            try runOnOne(update, books)
        default: break
        }
    }

    private static func raise(_ draft: FlagDraft, _ recorded: RecordedFact, _ books: Books) throws(LedgerError) {
        let insert = try books.database.prepare(
            """
            INSERT INTO flag (flag, subject_kind, subject, rule, severity, due, listed_from, policy, late, raised_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        let subject = try columns(of: draft.subject, books)
        insert.bind(1, recorded.sequence)
        insert.bind(2, subject.kind)
        insert.bind(3, subject.key)
        insert.bind(4, draft.rule.rawValue)
        insert.bind(5, draft.severity.rawValue)
        insert.bind(6, draft.due)
        insert.bind(7, draft.listedFrom)
        insert.bind(8, draft.policy)
        insert.bind(9, draft.isLate ? 1 : 0)
        insert.bind(10, recorded.recordedAt)
        try insert.run()
        try add(draft.evidence, to: recorded.sequence, recorded, books)
    }

    private static func add(_ evidence: Evidence, to flag: FlagID, _ recorded: RecordedFact, _ books: Books)
        throws(LedgerError)
    {
        let insert = try books.database.prepare("INSERT INTO evidence VALUES (?, ?, ?, ?, ?)")
        insert.bind(1, flag)
        insert.bind(2, recorded.sequence)
        insert.bind(3, evidence.readings.map { String($0.rawValue) }.joined(separator: " "))
        insert.bind(4, evidence.sentence.chinese)
        insert.bind(5, evidence.sentence.english)
        try insert.run()
    }

    private static func runOnOne(_ update: Statement, _ books: Books) throws(LedgerError) {
        try update.run()
        if books.database.changes == 0 { throw .refused(.unknownFlag) }
    }

    private static func open(_ rule: RuleID, _ subject: FlagSubject, _ books: Books) throws(LedgerError) -> FlagID {
        let (kind, key) = try columns(of: subject, books)
        let select = try books.database.prepare(
            "SELECT flag FROM flag WHERE subject_kind = ? AND subject = ? AND rule = ? AND ended_at IS NULL")
        select.bind(1, kind)
        select.bind(2, key)
        select.bind(3, rule.rawValue)
        guard let flag = try select.first({ row throws(LedgerError) in row.sequence(0) }) else {
            throw .refused(.noOpenFlag)
        }
        return flag
    }

    /// A subject as two integers: places by their key in the dictionary.
    static func columns(of subject: FlagSubject, _ books: Books) throws(LedgerError)
        -> (kind: Int, key: Int64)
    {
        switch subject {
        case .resident(let resident): (residentKind, try books.holder(of: resident).rawValue)
        case .reading(let reading): (readingKind, reading.rawValue)
        case .station(let station): (3, try books.names.key(station.rawValue))
        case .band(let band): (4, try books.names.key(band.rawValue))
        }
    }

    /// The subject back from its two integers.
    static func subject(kind: Int64, key: Int64, _ names: Names) throws(LedgerError) -> FlagSubject {
        switch kind {
        case 1: .resident(ResidentKey(rawValue: key))
        case 2: .reading(FactSequence(rawValue: key))
        case 3: .station(StationID(rawValue: try names.text(key)))
        case 4: .band(BandID(rawValue: try names.text(key)))
        default: throw .corrupt(what: "unknown subject of a flag")
        }
    }

    /// How the flag of a row ended; nil while it is open.
    static func end(_ row: Statement) throws(LedgerError) -> FlagEnd? {
        guard let at = row.timeIfAny(11) else { return nil }
        guard let staff = row.staffIfAny(12) else {
            return .byRule(LocalizedText(row.text(16) ?? "", en: row.text(17) ?? ""), at: at)
        }
        guard let action = ClosingAction(rawValue: Int(row.integer(13))) else {
            throw .corrupt(what: "unknown way to close a flag")
        }
        return .byPerson(staff, action, note: row.text(14) ?? "", at: at, quietUntil: row.dayIfAny(15))
    }
}
