// A merge that is taken back. Each line is given the flags that are its own: those that were raised under it, and those
// raised meanwhile that rest on nothing but its facts, so that no review takes one away here and raises it there. What a
// named person closed meanwhile stays closed, for both lines where it rests on facts of both.

import Vitals

extension Merges {
    /// A flag that stands with the holder when a line leaves.
    private struct Standing {
        var id: FlagID
        /// The key under which its fact raised it.
        var raisedBy: ResidentKey
        var isClosedByPerson: Bool
    }

    /// The line that leaves, and what is known of it.
    private struct Leaving {
        var first: ResidentKey
        var own: Set<ResidentKey>
        var holder: ResidentKey
        /// The fact of the merge that is taken back.
        var merge: FactSequence
        /// The flags that go with the line.
        var flags: Set<FlagID> = []
    }

    static func unmerge(_ first: ResidentKey, from second: ResidentKey, _ books: Books) throws(LedgerError) {
        let holder = try books.holder(of: second)
        let select = try books.database.prepare("SELECT fact FROM merged WHERE resident = ? AND into_resident = ?")
        select.bind(1, first)
        select.bind(2, second)
        guard let merge = try select.first({ row throws(LedgerError) in row.sequence(0) }) else {
            throw .refused(.notMerged)
        }
        let delete = try books.database.prepare("DELETE FROM merged WHERE resident = ?")
        delete.bind(1, first)
        try delete.run()
        var leaving = Leaving(first: first, own: Set(try books.keys(of: first)), holder: holder, merge: merge)
        for flag in try standing(at: holder, books) { try settle(flag, &leaving, books) }
        try give(leaving.flags.sorted(), to: first, books)
        try part(leaving, books)
    }

    private static func standing(at holder: ResidentKey, _ books: Books) throws(LedgerError) -> [Standing] {
        let select = try books.database.prepare(
            """
            SELECT flag.flag, f.resident, flag.ended_by IS NOT NULL FROM flag JOIN fact AS f ON f.sequence = flag.flag
            WHERE flag.subject_kind = \(Flags.residentKind) AND flag.subject = ? ORDER BY flag.flag
            """)
        select.bind(1, holder)
        return try select.rows { row throws(LedgerError) in
            Standing(id: row.sequence(0), raisedBy: row.resident(1), isClosedByPerson: row.integer(2) != 0)
        }
    }

    /// Says with which line a flag goes on, and whether it was closed for the other too.
    private static func settle(_ flag: Standing, _ leaving: inout Leaving, _ books: Books) throws(LedgerError) {
        let isOwn = leaving.own.contains(flag.raisedBy)
        let isOfMeanwhile = flag.id > leaving.merge
        guard isOfMeanwhile || flag.isClosedByPerson else {
            if isOwn { leaving.flags.insert(flag.id) }
            return
        }
        let owners = try owners(of: flag.id, leaving, books)
        let goes = isOwn || (isOfMeanwhile && owners == [true])
        if goes { leaving.flags.insert(flag.id) }
        guard flag.isClosedByPerson, owners.contains(!goes) else { return }
        let insert = try books.database.prepare("INSERT OR IGNORE INTO handled_flag VALUES (?, ?)")
        insert.bind(1, flag.id)
        insert.bind(2, goes ? leaving.holder : leaving.first)
        try insert.run()
    }

    /// Whether the facts that a flag rests on are of the line that leaves, of the other, or of both; what it borrowed
    /// from its twin aside.
    private static func owners(of flag: FlagID, _ leaving: Leaving, _ books: Books) throws(LedgerError) -> Set<Bool> {
        let select = try books.database.prepare("SELECT readings FROM evidence WHERE flag = ? AND sequence <> ?")
        select.bind(1, flag)
        select.bind(2, leaving.merge)
        var owners: Set<Bool> = []
        for facts in try select.rows({ row throws(LedgerError) in Ledger.sequences(row.text(0) ?? "") }) {
            for fact in facts {
                if leaving.flags.contains(fact) {
                    owners.insert(true)
                } else if let owner = try owner(of: fact, books) {
                    owners.insert(leaving.own.contains(owner))
                }
            }
        }
        return owners
    }

    /// Under which key a fact stands: a reading where it was moved to, what was said in a visit under the visitor.
    private static func owner(of fact: FactSequence, _ books: Books) throws(LedgerError) -> ResidentKey? {
        let select = try books.database.prepare(
            """
            SELECT f.kind, coalesce(f.resident, visit.resident) FROM fact AS f
            LEFT JOIN fact AS visit ON visit.sequence = f.visit WHERE f.sequence = ?
            """)
        select.bind(1, fact)
        let found = try select.first { row throws(LedgerError) in (kind: row.integer(0), key: row.integerIfAny(1)) }
        guard let found else { return nil }
        guard found.kind == FactKind.reading.rawValue else { return found.key.map { ResidentKey(rawValue: $0) } }
        guard case .owned(let resident, _, _) = try Readings.standing(of: fact, books) else { return nil }
        return resident
    }

    /// Opens again what the merge ended for the sake of its twin, and takes the twin's borrowed evidence away; where a
    /// person closed the twin, both are closed.
    private static func part(_ leaving: Leaving, _ books: Books) throws(LedgerError) {
        let joined = try books.database.prepare(
            """
            SELECT j.flag, j.kept, flag.rule, f.resident, kept.ended_by IS NOT NULL FROM joined_flag AS j
            JOIN flag ON flag.flag = j.flag JOIN flag AS kept ON kept.flag = j.kept
            JOIN fact AS f ON f.sequence = j.flag WHERE j.fact = ? ORDER BY j.flag
            """)
        joined.bind(1, leaving.merge)
        let rows = try joined.rows { row throws(LedgerError) in
            (
                flag: row.sequence(0), kept: row.sequence(1), rule: row.text(2) ?? "", by: row.resident(3),
                isHandled: row.integer(4) != 0
            )
        }
        for row in rows {
            let owner = leaving.own.contains(row.by) ? leaving.first : leaving.holder
            if row.isHandled {
                try close(row.flag, as: row.kept, books)
            } else if try openFlags(of: owner, rule: row.rule, books).isEmpty {
                let reopen = try books.database.prepare(
                    """
                    UPDATE flag SET subject = ?2, ended_at = NULL, because_chinese = NULL, because_english = NULL
                    WHERE flag = ?1
                    """)
                reopen.bind(1, row.flag)
                reopen.bind(2, owner)
                try reopen.run()
            }
            let evidence = try books.database.prepare("DELETE FROM evidence WHERE flag = ? AND sequence = ?")
            evidence.bind(1, row.kept)
            evidence.bind(2, leaving.merge)
            try evidence.run()
        }
        let forget = try books.database.prepare("DELETE FROM joined_flag WHERE fact = ?")
        forget.bind(1, leaving.merge)
        try forget.run()
    }

    /// Ends a flag with the name, the word and the time with which its twin was closed.
    private static func close(_ flag: FlagID, as twin: FlagID, _ books: Books) throws(LedgerError) {
        let close = try books.database.prepare(
            """
            UPDATE flag SET
                (ended_at, ended_by, ended_action, ended_note, quiet_until, because_chinese, because_english) =
                (SELECT ended_at, ended_by, ended_action, ended_note, quiet_until, NULL, NULL FROM flag AS twin
                    WHERE twin.flag = ?2)
            WHERE flag = ?1
            """)
        close.bind(1, flag)
        close.bind(2, twin)
        try close.run()
    }
}
