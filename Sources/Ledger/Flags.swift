// Follow-up flags, open and ended, with their evidence. The schema allows one open flag for each subject and rule; a
// second raise is refused, so that whoever reviews twice learns it instead of alarming twice.

import Vitals

/// The projection of flags.
enum Flags: Projection {
    static let residentKind = 1

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
    fileprivate static func columns(of subject: FlagSubject, _ books: Books) throws(LedgerError)
        -> (kind: Int, key: Int64)
    {
        switch subject {
        case .resident(let resident): (residentKind, try books.holder(of: resident).rawValue)
        case .reading(let reading): (2, reading.rawValue)
        case .station(let station): (3, try books.names.key(station.rawValue))
        case .band(let band): (4, try books.names.key(band.rawValue))
        }
    }

    fileprivate static func subject(kind: Int64, key: Int64, _ names: Names) throws(LedgerError) -> FlagSubject {
        switch kind {
        case 1: .resident(ResidentKey(rawValue: key))
        case 2: .reading(FactSequence(rawValue: key))
        case 3: .station(StationID(rawValue: try names.text(key)))
        case 4: .band(BandID(rawValue: try names.text(key)))
        default: throw .corrupt(what: "unknown subject of a flag")
        }
    }

    fileprivate static func end(_ row: Statement) throws(LedgerError) -> FlagEnd? {
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

extension Ledger {
    /// Every open flag, oldest first.
    package func openFlags() throws(LedgerError) -> [Flag] {
        // The plus keeps SQLite from walking every flag ever raised for the sake of their order.
        try flags("ended_at IS NULL ORDER BY +flag")
    }

    /// The open flags whose severity and rule are wanted, oldest first; the others are passed over without their evidence.
    package func openFlags(where isWanted: @Sendable (Severity, RuleID) -> Bool) throws(LedgerError) -> [Flag] {
        let open = try prepare("SELECT flag, severity, rule FROM flag WHERE ended_at IS NULL").rows {
            row throws(LedgerError) in
            guard let severity = Severity(rawValue: Int(row.integer(1))), let rule = row.text(2) else {
                throw .corrupt(what: "a flag of an unknown severity")
            }
            return isWanted(severity, RuleID(rawValue: rule)) ? FlagID(rawValue: row.integer(0)) : nil
        }
        var flags: [Flag] = []
        for id in open.compactMap({ $0 }).sorted() { if let flag = try flag(id) { flags.append(flag) } }
        return flags
    }

    /// A resident's flags: open ones first, then the newest ended ones.
    package func flags(of resident: ResidentKey, endedLimit: Int) throws(LedgerError) -> [Flag] {
        let subject = "subject_kind = \(Flags.residentKind) AND subject = ?1"
        let keys = try books.keys(of: try books.holder(of: resident))
        var ended: [Flag] = []
        for key in keys {
            ended += try flags(
                "\(subject) AND ended_at IS NOT NULL ORDER BY ended_at DESC LIMIT ?2", key.rawValue, Int64(endedLimit))
        }
        if keys.count > 1 { ended.sort { $0.endedAt > $1.endedAt } }
        return try flags("\(subject) AND ended_at IS NULL ORDER BY flag", keys[0].rawValue) + ended.prefix(endedLimit)
    }

    /// The open flags under some keys and those that ended since a time, oldest first.
    func flags(under keys: [ResidentKey], endedSince time: HutTime) throws(LedgerError) -> [Flag] {
        let subject = "subject_kind = \(Flags.residentKind) AND subject = ?1"
        return try gather(keys) { key throws(LedgerError) in
            let open = try flags("\(subject) AND ended_at IS NULL", key.rawValue)
            let ended = try flags("\(subject) AND ended_at >= ?2", key.rawValue, time.milliseconds)
            return ended.isEmpty ? open : (open + ended).sorted { $0.id < $1.id }
        }
    }

    /// One flag, open or ended.
    package func flag(_ id: FlagID) throws(LedgerError) -> Flag? { try flags("flag = ?1", id.rawValue).first }

    /// The open flag of a rule for a subject.
    package func openFlag(_ rule: RuleID, _ subject: FlagSubject) throws(LedgerError) -> Flag? {
        // A place that never stood in a fact has no key and no flag; reading must not give it one.
        let key: Int64?
        let kind: Int64
        switch subject {
        case .resident(let resident): (kind, key) = (1, try books.holder(of: resident).rawValue)
        case .reading(let reading): (kind, key) = (2, reading.rawValue)
        case .station(let station): (kind, key) = (3, try books.names.known(station.rawValue))
        case .band(let band): (kind, key) = (4, try books.names.known(band.rawValue))
        }
        guard let key else { return nil }
        return try flags("subject_kind = ?1 AND subject = ?2 AND ended_at IS NULL", kind, key)
            .first { $0.draft.rule == rule }
    }

    /// The flag of a rule for a place that is open, or else the one that ended last.
    package func latestFlag(_ rule: RuleID, at place: StationID) throws(LedgerError) -> Flag? {
        if let open = try openFlag(rule, .station(place)) { return open }
        guard let key = try books.names.known(place.rawValue) else { return nil }
        return try flags(
            "subject_kind = 3 AND subject = ?1 AND ended_at IS NOT NULL ORDER BY ended_at DESC LIMIT 20", key
        ).first { $0.draft.rule == rule }
    }

    /// Flags with their newest evidence only, in the order asked for: a list says why they stand, not how it came to.
    func flagsWithNewestEvidence(_ ids: [FlagID]) throws(LedgerError) -> [Flag] {
        let select = try prepare("SELECT \(Ledger.flagColumns) FROM flag WHERE flag = ?")
        let evidence = try prepare("\(Ledger.evidenceOfFlag) DESC LIMIT 1")
        var flags: [Flag] = []
        flags.reserveCapacity(ids.count)
        for id in ids {
            select.bind(1, id)
            let found = try select.first { row throws(LedgerError) in try flag(row, evidence) }
            if let found { flags.append(found) }
        }
        return flags
    }

    private func flags(_ condition: String, _ arguments: Int64...) throws(LedgerError) -> [Flag] {
        let select = try prepare("SELECT \(Ledger.flagColumns) FROM flag WHERE \(condition)")
        let evidence = try prepare(Ledger.evidenceOfFlag)
        for (index, argument) in arguments.enumerated() { select.bind(Int32(index + 1), argument) }
        return try select.rows { row throws(LedgerError) in try flag(row, evidence) }
    }

    private static let flagColumns = """
        flag, subject_kind, subject, rule, severity, due, listed_from, policy, late, raised_at, taken_by, ended_at,
        ended_by, ended_action, ended_note, quiet_until, because_chinese, because_english, taken_at
        """

    private static let evidenceOfFlag =
        "SELECT readings, chinese, english FROM evidence WHERE flag = ? ORDER BY sequence"

    private func flag(_ row: Statement, _ select: Statement) throws(LedgerError) -> Flag {
        select.bind(1, row.integer(0))
        let evidence = try select.rows { row throws(LedgerError) in
            Evidence(
                readings: Ledger.sequences(row.text(0) ?? ""),
                sentence: LocalizedText(row.text(1) ?? "", en: row.text(2) ?? ""))
        }
        guard let first = evidence.first, let severity = Severity(rawValue: Int(row.integer(4))) else {
            throw .corrupt(what: "a flag without evidence or with an unknown severity")
        }
        let draft = FlagDraft(
            rule: RuleID(rawValue: row.text(3) ?? ""),
            subject: try Flags.subject(kind: row.integer(1), key: row.integer(2), books.names), severity: severity,
            due: row.dayIfAny(5), listedFrom: row.dayIfAny(6), evidence: first, policy: row.text(7) ?? "",
            isLate: row.integer(8) != 0)
        return Flag(
            id: row.sequence(0), draft: draft, raisedAt: row.time(9), evidence: evidence,
            takenBy: row.staffIfAny(10), takenAt: row.timeIfAny(18), ended: try Flags.end(row))
    }

    /// Numbers with a blank between.
    private static func sequences(_ text: String) -> [FactSequence] {
        text.utf8.split(separator: UInt8(ascii: " ")).map { digits in
            FactSequence(rawValue: digits.reduce(0) { $0 * 10 + Int64($1 &- 48) })
        }
    }
}

extension Flag {
    /// For the order of ended flags.
    fileprivate var endedAt: HutTime { ended?.at ?? raisedAt }
}
