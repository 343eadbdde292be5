// Whose review lags. A resident stands here from the first fact that concerns him until a review that knew his newest
// one; so the table is nearly always empty, and a mark costs no page of its own.
//
// Not a projection of facts: a review leaves no fact. After a rebuild everybody lags, because the reviews before it
// rested on the tables that were replaced. The day on which everybody was reviewed last, and by which policy, stands beside
// it: a hut that was off at midnight, or comes up with another policy, has everybody to review.

import Vitals

/// The residents whose newest fact no review has seen.
enum Reviews {
    static let schema = """
        CREATE TABLE lagging (resident INTEGER PRIMARY KEY, touched INTEGER NOT NULL) STRICT;
        """

    static let everybody = """
        CREATE TABLE reviewed_everybody (
            one INTEGER PRIMARY KEY CHECK (one = 1), day INTEGER NOT NULL, policy TEXT NOT NULL
        ) STRICT;
        """

    /// Notes whom a fact concerns; before the projections follow it, while a reading still stands where it stood.
    static func touch(by recorded: RecordedFact, _ books: Books) throws(LedgerError) {
        if case .residentsMerged(let first, _, _, _) = recorded.fact { try settle(first, books.database) }
        for resident in try residents(concernedBy: recorded, books) {
            let upsert = try books.database.prepare(
                "INSERT INTO lagging VALUES (?, ?) ON CONFLICT DO UPDATE SET touched = excluded.touched")
            upsert.bind(1, try recorded.fact.isUnmerging ? resident : books.holder(of: resident))
            upsert.bind(2, recorded.sequence)
            try upsert.run()
        }
    }

    /// A line that is merged away has no review of its own.
    private static func settle(_ resident: ResidentKey, _ database: Database) throws(LedgerError) {
        try settle(ReviewMark(resident: resident, upTo: FactSequence(rawValue: .max)), database)
    }

    static func settle(_ mark: ReviewMark, _ database: Database) throws(LedgerError) {
        let delete = try database.prepare("DELETE FROM lagging WHERE resident = ? AND touched <= ?")
        delete.bind(1, mark.resident)
        delete.bind(2, mark.upTo)
        try delete.run()
    }

    /// Everybody, up to the newest fact.
    static func touchEverybody(_ database: Database) throws(LedgerError) {
        try database.execute(
            """
            DELETE FROM lagging;
            INSERT INTO lagging SELECT resident, (SELECT coalesce(max(sequence), 0) FROM fact) FROM roster
                WHERE NOT EXISTS (SELECT 1 FROM merged WHERE merged.resident = roster.resident);
            """)
    }

    /// Whose review a fact may change; flags that a review itself raised or cleared are no news to it.
    private static func residents(concernedBy recorded: RecordedFact, _ books: Books) throws(LedgerError)
        -> [ResidentKey]
    {
        switch recorded.fact {
        case .reading(_, let owner): return owner.resident.map { [$0] } ?? []
        case .residentAdded, .residentEnrolled:
            return try books.database.prepare("SELECT coalesce(max(resident), 0) + 1 FROM roster").rows {
                row throws(LedgerError) in row.resident(0)
            }
        case .residentChanged(let key, _), .residentStatus(let key, _, _, _), .residentMarked(let key, _, _, _, _),
            .called(let key, _, _), .promised(let key, _, _, _), .examItem(let key, _, _, _),
            .examSigned(let key, _, _), .bandPaired(_, let key, _):
            return [key]
        case .residentsMerged(_, let key, _, _), .visitOpened(_, .resident(let key), _): return [key]
        case .residentsUnmerged(let first, let second, _, _): return [first, try books.holder(of: second)]
        case .followUpRecorded(let record, _): return [record.resident]
        case .followUpWithdrawn(let about, _, _), .followUpCountersigned(let about, _):
            return try keys("SELECT resident FROM follow_up WHERE sequence = ?", about, books)
        case .promiseMoved(let about, _, _, _), .promiseKept(let about, _):
            return try keys("SELECT resident FROM promise WHERE sequence = ?", about, books)
        case .symptoms(let visit, _), .fault(_, _, _, let visit?, _), .fasting(_, let visit, _):
            return try books.resident(of: visit).map { [$0] } ?? []
        case .signal(_, _, let wearer, _, _): return wearer.map { [$0] } ?? []
        case .readingConfirmed(_, let visit): return try books.resident(of: visit).map { [$0] } ?? []
        case .readingClaimed(_, let resident, _, _): return [resident]
        case .readingMoved(_, let from, let to, _, _): return [from, to]
        case .readingDenied(let reading, _), .readingReturned(let reading, _, _),
            .readingDiscarded(let reading, _, _, _), .readingCorrected(let reading, _, _, _, _):
            guard case .owned(let resident, _, _) = try Readings.standing(of: reading, books) else { return [] }
            return [resident]
        case .flagClosed(let flag, _, _, _, _):
            let subject = "SELECT subject FROM flag WHERE flag = ? AND subject_kind = \(Flags.residentKind)"
            return try keys(subject, flag, books)
        default: return []
        }
    }

    private static func keys(_ sql: String, _ about: FactSequence, _ books: Books) throws(LedgerError) -> [ResidentKey]
    {
        let select = try books.database.prepare(sql)
        select.bind(1, about)
        return try select.rows { row throws(LedgerError) in row.resident(0) }
    }
}

extension Fact {
    /// Whose reviews it concerns is told exactly, while the lines still stand together.
    fileprivate var isUnmerging: Bool { if case .residentsUnmerged = self { true } else { false } }
}

extension Ledger {
    /// Whether every resident was reviewed on a day by a policy (its name and version).
    package func isEverybodyReviewed(on day: LocalDay, by policy: String) throws(LedgerError) -> Bool {
        let select = try prepare("SELECT day FROM reviewed_everybody WHERE day = ? AND policy = ?")
        select.bind(1, day)
        select.bind(2, policy)
        return try select.first { row throws(LedgerError) in row.integer(0) } != nil
    }

    /// Keeps that every resident was reviewed.
    package func everybodyReviewed(on day: LocalDay, by policy: String) throws(LedgerError) {
        let upsert = try prepare("INSERT OR REPLACE INTO reviewed_everybody VALUES (1, ?, ?)")
        upsert.bind(1, day)
        upsert.bind(2, policy)
        try upsert.run()
    }

    /// Residents with facts that no review has seen.
    package func residentsToReview() throws(LedgerError) -> [ResidentKey] {
        let lagging = try prepare("SELECT resident, touched FROM lagging ORDER BY resident").rows {
            row throws(LedgerError) in (resident: row.resident(0), touched: row.sequence(1))
        }
        return lagging.filter { row in
            !riding.contains { $0.resident == row.resident && $0.upTo >= row.touched }
        }.map(\.resident)
    }
}
