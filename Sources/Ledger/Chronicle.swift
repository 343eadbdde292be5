// One history of a resident, for the nurse and for whoever asks later what was done: every fact that concerns him, in
// order, with who, when and why.
//
// A fact concerns people whom its columns do not name (a claim its reading's former owner, a closed flag its resident),
// so that an index on `fact` would not do; it would also cost every reading a page. Here a row is two small integers,
// and readings that came with their owner have none: they lie clustered by resident already, and a thousand of them
// would hide what people did. Samples, positions and batteries are no part of it for the same reasons.

import Vitals

/// The projection of whom a fact concerns.
enum Chronicle: Projection {
    static let tables = ["concern"]
    static let schema = """
        CREATE TABLE concern (
            resident INTEGER NOT NULL REFERENCES roster,
            sequence INTEGER NOT NULL,
            PRIMARY KEY (resident, sequence)
        ) STRICT, WITHOUT ROWID;

        """

    static func apply(_ recorded: RecordedFact, to books: Books) throws(LedgerError) {
        for resident in try residents(concernedBy: recorded.fact, books) {
            let insert = try books.database.prepare("INSERT OR IGNORE INTO concern VALUES (?, ?)")
            insert.bind(1, resident)
            insert.bind(2, recorded.sequence)
            try insert.run()
        }
    }

    /// Asked before the projections that move or forget what the fact is about, and after the roster.
    private static func residents(concernedBy fact: Fact, _ books: Books) throws(LedgerError) -> [ResidentKey] {
        switch fact {
        case .reading, .noValue, .position, .followUpDrafted: []
        case .residentAdded(_, let id), .residentEnrolled(_, let id, _, _, _):
            try keys("SELECT resident FROM roster WHERE id = ?", books) { $0.bind(1, id) }
        case .residentsMerged(let first, let second, _, _), .residentsUnmerged(let first, let second, _, _):
            [first, second]
        case .bandUnpaired(let band, _), .bandDoubted(let band, _, _):
            try keys("SELECT resident FROM pairing WHERE band = ? AND until IS NULL", books) {
                $0.bind(1, band.rawValue)
            }
        case .symptoms(let visit, _), .readingConfirmed(_, let visit):
            try books.resident(of: visit).map { [$0] } ?? []
        case .readingMoved(_, let from, let to, _, _): [from, to]
        case .readingDenied(let reading, _), .readingReturned(let reading, _, _),
            .readingDiscarded(let reading, _, _, _), .readingCorrected(let reading, _, _, _, _):
            try owner(of: reading, books)
        case .flagTaken(let flag, _), .flagClosed(let flag, _, _, _, _), .textTried(let flag, _),
            .textEnded(let flag, _, _):
            try subjects(of: flag, books)
        case .sheetPrinted(_, let residents, _): Set(residents).sorted()
        case .deviceLent(_, let borrowers, _): Set(borrowers.map(\.resident)).sorted()
        case .deviceReturned(let instrument, _): try borrowers(of: instrument, books)
        case .followUpWithdrawn(let about, _, _), .followUpCountersigned(let about, _):
            try keys("SELECT resident FROM follow_up WHERE sequence = ?", books) { $0.bind(1, about) }
        case .promiseMoved(let about, _, _, _), .promiseKept(let about, _):
            try keys("SELECT resident FROM promise WHERE sequence = ?", books) { $0.bind(1, about) }
        case .requestAnswered(let about, _, _), .answerSeen(let about, _):
            try keys("SELECT resident FROM request WHERE sequence = ?", books) { $0.bind(1, about) }
        default: fact.resident.map { [$0] } ?? []
        }
    }

    private static func keys(_ sql: String, _ books: Books, _ bind: (Statement) -> Void)
        throws(LedgerError) -> [ResidentKey]
    {
        let select = try books.database.prepare(sql)
        bind(select)
        return try select.rows { row throws(LedgerError) in row.resident(0) }
    }

    /// Whose flag it is, and the merged lines that it was raised about: each keeps what was done when it stands alone again.
    private static func subjects(of flag: FlagID, _ books: Books) throws(LedgerError) -> [ResidentKey] {
        let subject = try keys(
            "SELECT subject FROM flag WHERE flag = ? AND subject_kind = \(Flags.residentKind)", books
        ) {
            $0.bind(1, flag)
        }
        var subjects = subject
        for line in try subject.first.map(books.keys)?.dropFirst() ?? [] {
            subjects += try keys(
                """
                SELECT DISTINCT resident FROM concern WHERE resident = ?1
                    AND (sequence = ?2 OR sequence IN (SELECT flag FROM joined_flag WHERE kept = ?2))
                """, books
            ) {
                $0.bind(1, line)
                $0.bind(2, flag)
            }
        }
        return subjects
    }

    private static func owner(of reading: FactSequence, _ books: Books) throws(LedgerError) -> [ResidentKey] {
        guard case .owned(let resident, _, _) = try Readings.standing(of: reading, books) else { return [] }
        return [resident]
    }

    private static func borrowers(of instrument: InstrumentID, _ books: Books) throws(LedgerError) -> [ResidentKey] {
        let select = try books.database.prepare("SELECT lent FROM loan WHERE instrument = ?")
        select.bind(1, try books.names.known(instrument.rawValue))
        guard let lent = try select.first({ row throws(LedgerError) in row.integer(0) }),
            case .deviceLent(_, let borrowers, _) = try books.facts.read(lent)?.fact
        else { return [] }
        return Set(borrowers.map(\.resident)).sorted()
    }
}

extension Ledger {
    /// What concerns a resident, newest first, of every line that was merged into his; `before` a sequence for the
    /// next page.
    package func chronicle(of resident: ResidentKey, before: FactSequence? = nil, limit: Int) throws(LedgerError)
        -> [ChronicleEntry]
    {
        let books = try books
        return try books.database.snapshot { () throws(LedgerError) in
            var sequences: Set<Int64> = []
            for key in try books.keys(of: try books.holder(of: resident)) {
                // Why something came about stands in the line of what came about.
                let select = try prepare(
                    """
                    SELECT c.sequence FROM concern AS c JOIN fact AS f ON f.sequence = c.sequence
                    WHERE c.resident = ? AND c.sequence < ? AND f.kind <> \(FactKind.careTaken.rawValue)
                    ORDER BY c.sequence DESC LIMIT ?
                    """)
                select.bind(1, key)
                select.bind(2, before?.rawValue ?? .max)
                select.bind(3, limit)
                sequences.formUnion(try select.rows { row throws(LedgerError) in row.integer(0) })
            }
            var entries: [ChronicleEntry] = []
            for sequence in sequences.sorted(by: >).prefix(limit) {
                guard let recorded = try books.facts.read(sequence) else {
                    throw .corrupt(what: "a fact that concerns a resident is not there")
                }
                entries.append(try entry(recorded))
            }
            return entries
        }
    }

    private func entry(_ recorded: RecordedFact) throws(LedgerError) -> ChronicleEntry {
        var entry = ChronicleEntry(recorded)
        (entry.by, entry.reason) = try books.authorship(of: recorded)
        if case .residentChanged(let key, _) = recorded.fact { entry.before = try line(of: key, before: recorded) }
        return entry
    }

    /// The roster line as it was before a fact changed it.
    private func line(of key: ResidentKey, before recorded: RecordedFact) throws(LedgerError) -> Resident? {
        let kinds = [FactKind.residentAdded, .residentEnrolled, .residentChanged].map { String($0.rawValue) }
        let select = try prepare(
            """
            SELECT max(c.sequence) FROM concern AS c JOIN fact AS f ON f.sequence = c.sequence
            WHERE c.resident = ? AND c.sequence < ? AND f.kind IN (\(kinds.joined(separator: ", ")))
            """)
        select.bind(1, key)
        select.bind(2, recorded.sequence)
        guard let last = try select.first({ row throws(LedgerError) in row.integerIfAny(0) }) ?? nil else { return nil }
        switch try books.facts.read(last)?.fact {
        case .residentAdded(let resident, _), .residentEnrolled(let resident, _, _, _, _),
            .residentChanged(_, let resident):
            return resident
        default: return nil
        }
    }
}
