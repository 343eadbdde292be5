// Two lines of the roster that are one person. Nothing is rewritten: every row stays under the key it was recorded
// with, and whoever asks for a resident is given the rows of all his keys. So a merge of ten years costs one row, and
// taking it back gives each line exactly what was its own, while what came meanwhile stays where it came.
//
// Only open flags move, because one resident has one open flag for a rule: of two the more severe goes on, and the
// other ends with the reason, until the merge is taken back.

import Vitals

/// The projection of merged lines.
enum Merges: Projection {
    static let tables = ["merged", "joined_flag", "handled_flag"]
    static let schema = """
        CREATE TABLE merged (
            resident INTEGER PRIMARY KEY REFERENCES roster,
            into_resident INTEGER NOT NULL REFERENCES roster,
            fact INTEGER NOT NULL UNIQUE,
            CHECK (resident <> into_resident)
        ) STRICT;
        CREATE INDEX merged_into ON merged (into_resident);
        CREATE TABLE joined_flag (
            flag INTEGER PRIMARY KEY REFERENCES flag,
            kept INTEGER NOT NULL REFERENCES flag,
            fact INTEGER NOT NULL,
            CHECK (flag <> kept)
        ) STRICT;
        CREATE INDEX joined_flag_fact ON joined_flag (fact);

        """

    /// Flags that a person closed for two lines at once, and the line that has no row of its own for them.
    static let handled = """
        CREATE TABLE handled_flag (
            flag INTEGER NOT NULL REFERENCES flag,
            resident INTEGER NOT NULL REFERENCES roster,
            PRIMARY KEY (resident, flag)
        ) STRICT, WITHOUT ROWID;

        """

    /// Why a flag ends whose rule is open for the other line too.
    private static let because = LocalizedText("两份档案合并，见同一条", en: "two lines were merged; see the same flag there")

    static func apply(_ recorded: RecordedFact, to books: Books) throws(LedgerError) {
        switch recorded.fact {
        case .residentsMerged(let first, let second, _, _): try merge(first, into: second, recorded, books)
        case .residentsUnmerged(let first, let second, _, _): try unmerge(first, from: second, books)
        default: break
        }
    }

    private static func merge(
        _ first: ResidentKey, into second: ResidentKey, _ recorded: RecordedFact, _ books: Books
    ) throws(LedgerError) {
        guard first != second else { throw .refused(.mergedWithItself) }
        try books.require(first)
        try books.require(second)
        guard try books.merged(first) == nil else { throw .refused(.alreadyMerged) }
        let holder = try books.holder(of: second)
        guard holder != first else { throw .refused(.mergedInCircles) }
        for flag in try openFlags(of: first, books) { try carry(flag, to: holder, recorded, books) }
        let insert = try books.database.prepare("INSERT INTO merged VALUES (?, ?, ?)")
        insert.bind(1, first)
        insert.bind(2, second)
        insert.bind(3, recorded.sequence)
        try insert.run()
    }

    /// An open flag of a resident.
    struct OpenFlag {
        var id: FlagID
        var rule: String
        var severity: Int64
    }

    /// The open flags that stand with a resident, or that of one rule.
    static func openFlags(of resident: ResidentKey, rule: String? = nil, _ books: Books)
        throws(LedgerError) -> [OpenFlag]
    {
        let select = try books.database.prepare(
            """
            SELECT flag, rule, severity FROM flag WHERE subject_kind = \(Flags.residentKind) AND subject = ?1
                AND ended_at IS NULL AND (?2 IS NULL OR rule = ?2) ORDER BY rule
            """)
        select.bind(1, resident)
        select.bind(2, rule)
        return try select.rows { row throws(LedgerError) in
            OpenFlag(id: row.sequence(0), rule: row.text(1) ?? "", severity: row.integer(2))
        }
    }

    private static func carry(
        _ flag: OpenFlag, to holder: ResidentKey, _ recorded: RecordedFact, _ books: Books
    ) throws(LedgerError) {
        guard let twin = try openFlags(of: holder, rule: flag.rule, books).first else {
            return try give([flag.id], to: holder, books)
        }
        let (kept, other) = flag.severity > twin.severity ? (flag.id, twin.id) : (twin.id, flag.id)
        let end = try books.database.prepare(
            "UPDATE flag SET ended_at = ?2, because_chinese = ?3, because_english = ?4 WHERE flag = ?1")
        end.bind(1, other)
        end.bind(2, recorded.recordedAt)
        end.bind(3, because.chinese)
        end.bind(4, because.english)
        try end.run()
        if kept == flag.id { try give([kept], to: holder, books) }
        let join = try books.database.prepare("INSERT INTO joined_flag VALUES (?, ?, ?)")
        join.bind(1, other)
        join.bind(2, kept)
        join.bind(3, recorded.sequence)
        try join.run()
        let evidence = try books.database.prepare(
            """
            INSERT INTO evidence SELECT ?1, ?2, (
                SELECT coalesce(group_concat(readings, ' '), '') FROM
                    (SELECT readings FROM evidence WHERE flag = ?3 AND readings <> '' ORDER BY sequence)
            ), chinese, english FROM evidence WHERE flag = ?3 ORDER BY sequence DESC LIMIT 1
            """)
        evidence.bind(1, kept)
        evidence.bind(2, recorded.sequence)
        evidence.bind(3, other)
        try evidence.run()
    }

    /// Has flags stand with another resident.
    static func give(_ flags: [FlagID], to resident: ResidentKey, _ books: Books) throws(LedgerError) {
        let update = try books.database.prepare("UPDATE flag SET subject = ? WHERE flag = ?")
        for flag in flags {
            update.bind(1, resident)
            update.bind(2, flag)
            try update.run()
        }
    }
}

extension Books {
    /// Whose line a line was merged into; nil for one that stands.
    func merged(_ resident: ResidentKey) throws(LedgerError) -> ResidentKey? {
        let select = try database.prepare("SELECT into_resident FROM merged WHERE resident = ?")
        select.bind(1, resident)
        return try select.first { row throws(LedgerError) in row.resident(0) }
    }

    /// Who owns what is recorded under a key: the resident himself, or the one his line was merged into.
    func holder(of resident: ResidentKey) throws(LedgerError) -> ResidentKey {
        var holder = resident
        while let next = try merged(holder) { holder = next }
        return holder
    }

    /// The keys under which a resident's rows stand: his own first, then those of the lines merged into his.
    func keys(of holder: ResidentKey) throws(LedgerError) -> [ResidentKey] {
        var keys = [holder]
        var next = 0
        let select = try database.prepare("SELECT resident FROM merged WHERE into_resident = ? ORDER BY resident")
        while next < keys.count {
            select.bind(1, keys[next])
            keys += try select.rows { row throws(LedgerError) in row.resident(0) }
            next += 1
        }
        return keys
    }

    /// Refuses a fact about somebody who is not in the roster.
    func require(_ resident: ResidentKey) throws(LedgerError) {
        let select = try database.prepare("SELECT 1 FROM roster WHERE resident = ?")
        select.bind(1, resident)
        if try select.first({ row throws(LedgerError) in row.integer(0) }) == nil { throw .refused(.unknownResident) }
    }

    /// Refuses a signature of somebody who is not on the staff.
    func require(_ staff: StaffKey) throws(LedgerError) {
        let select = try database.prepare("SELECT 1 FROM staff WHERE staff = ?")
        select.bind(1, staff)
        if try select.first({ row throws(LedgerError) in row.integer(0) }) == nil { throw .refused(.unknownStaff) }
    }
}

extension Ledger {
    /// Who a resident is now: himself, or the one his line was merged into.
    package func holder(of resident: ResidentKey) throws(LedgerError) -> ResidentKey {
        try books.holder(of: resident)
    }

    /// The lines that were merged into a resident's, by key, those merged into them too.
    package func mergedLines(of resident: ResidentKey) throws(LedgerError) -> [ResidentKey] {
        Array(try books.keys(of: resident).dropFirst()).sorted()
    }
}
