// What the district has not heard. A record at the district is one reading under one resident, and it is named by the
// fact that gave the reading to that resident: the reading itself, a confirmation, a claim, a move. So a reading that
// changes hands becomes a new record, and an answer that comes late can never be taken for the wrong one.
//
// Every such fact up to the mark `uploaded` is settled; those settled beyond it stand in `acknowledged` until the mark
// passes them, those refused for their content in `parked`. When a reading is taken from a resident, a correction is
// due for the old record even if no receipt has come: the uploader may have died between the answer and the receipt.
// A merge carries readings along: the record is withdrawn under the line that was, and sent under the one that goes on.

import Vitals

/// The projection of what the district has not heard.
enum Uploads: Projection {
    static let tables = ["acknowledged", "parked", "correction", "bundle"]
    static let schema = """
        CREATE TABLE acknowledged (fact INTEGER PRIMARY KEY) STRICT;
        CREATE TABLE parked (fact INTEGER PRIMARY KEY, outcome TEXT NOT NULL) STRICT;
        CREATE TABLE correction (
            fact INTEGER PRIMARY KEY,
            reading INTEGER NOT NULL,
            resident INTEGER NOT NULL REFERENCES roster,
            since INTEGER NOT NULL,
            outcome TEXT
        ) STRICT;
        CREATE TABLE bundle (
            last INTEGER NOT NULL, first INTEGER NOT NULL, fact INTEGER NOT NULL,
            PRIMARY KEY (last, first, fact)
        ) STRICT, WITHOUT ROWID;
        """

    /// Facts that give a reading to a resident.
    fileprivate static let giving = [
        FactKind.reading, .readingConfirmed, .readingClaimed, .readingMoved, .readingCorrected, .readingCarried,
    ].map { String($0.rawValue) }.joined(separator: ", ")

    static func apply(_ recorded: RecordedFact, to books: Books) throws(LedgerError) {
        switch recorded.fact {
        case .readingMoved(let reading, _, _, _, _), .readingReturned(let reading, _, _),
            .readingDiscarded(let reading, _, _, _), .readingDenied(let reading, _),
            .readingCorrected(let reading, _, _, _, _), .readingCarried(let reading, _, _):
            try owe(correction: recorded.sequence, of: reading, books)
        case .uploaded(let receipts):
            try note(receipts, recorded.sequence, books)
            for receipt in receipts { try settle(receipt.fact, books) }
            try advance(before: recorded.sequence, books)
        case .uploadParked(let fact, let outcome):
            let park = try books.database.prepare(
                "UPDATE correction SET outcome = ?2 WHERE fact = ?1 AND outcome IS NULL")
            park.bind(1, fact)
            park.bind(2, outcome)
            try park.run()
            guard books.database.changes == 0 else { return }
            let insert = try books.database.prepare("INSERT OR REPLACE INTO parked VALUES (?, ?)")
            insert.bind(1, fact)
            insert.bind(2, outcome)
            try insert.run()
            try advance(before: recorded.sequence, books)
        default: break
        }
    }

    /// The record of a reading that is about to be taken from its resident must be marked as an error.
    private static func owe(correction fact: FactSequence, of reading: FactSequence, _ books: Books)
        throws(LedgerError)
    {
        guard case .owned(let resident, _, let since) = try Readings.standing(of: reading, books) else { return }
        let insert = try books.database.prepare("INSERT INTO correction VALUES (?, ?, ?, ?, NULL)")
        insert.bind(1, fact)
        insert.bind(2, reading)
        insert.bind(3, try books.holder(of: resident))
        insert.bind(4, since)
        try insert.run()
    }

    /// Remembers in which fact these receipts stand, for the day one of them must be corrected.
    private static func note(_ receipts: [UploadReceipt], _ fact: FactSequence, _ books: Books) throws(LedgerError) {
        guard let first = receipts.map(\.fact).min(), let last = receipts.map(\.fact).max() else { return }
        let insert = try books.database.prepare("INSERT INTO bundle VALUES (?, ?, ?)")
        insert.bind(1, last)
        insert.bind(2, first)
        insert.bind(3, fact)
        try insert.run()
    }

    private static func settle(_ fact: FactSequence, _ books: Books) throws(LedgerError) {
        // A move owes a correction and gives a record, both by the same fact; the correction is offered first and
        // alone, so the first receipt settles it.
        let delete = try books.database.prepare("DELETE FROM correction WHERE fact = ?")
        delete.bind(1, fact)
        try delete.run()
        guard books.database.changes == 0 else { return }
        let free = try books.database.prepare("DELETE FROM parked WHERE fact = ?")
        free.bind(1, fact)
        try free.run()
        guard fact.rawValue > (try Marks.value(.uploaded, books.database)) else { return }
        let insert = try books.database.prepare("INSERT OR IGNORE INTO acknowledged VALUES (?)")
        insert.bind(1, fact)
        try insert.run()
    }

    /// Moves the mark up to the first record the district has not heard.
    private static func advance(before end: FactSequence, _ books: Books) throws(LedgerError) {
        let from = try Marks.value(.uploaded, books.database)
        let first = try pending(after: from, before: end.rawValue, limit: 1, books).first?.fact ?? end
        let mark = first.rawValue - 1
        guard mark > from else { return }
        try Marks.set(.uploaded, mark, books.database)
        let delete = try books.database.prepare("DELETE FROM acknowledged WHERE fact <= ?")
        delete.bind(1, mark)
        try delete.run()
    }

    /// Records that are due, oldest first: those that still stand, whose vital is sent at all, and which no receipt
    /// or refusal has settled. `end` keeps a rebuild from looking at facts it has not followed yet.
    fileprivate static func pending(after mark: Int64, before end: Int64, limit: Int, _ books: Books)
        throws(LedgerError)
        -> [(fact: FactSequence, reading: FactSequence, resident: ResidentKey)]
    {
        let select = try books.database.prepare(
            """
            SELECT f.sequence, coalesce(f.about, f.sequence) FROM fact AS f
            WHERE f.sequence > ? AND f.sequence < ? AND f.kind IN (\(giving)) AND f.reason IS NULL
                AND NOT EXISTS (SELECT 1 FROM acknowledged AS a WHERE a.fact = f.sequence)
                AND NOT EXISTS (SELECT 1 FROM parked AS p WHERE p.fact = f.sequence)
            ORDER BY f.sequence
            """)
        select.bind(1, mark)
        select.bind(2, end)
        defer { select.reset() }
        var found: [(fact: FactSequence, reading: FactSequence, resident: ResidentKey)] = []
        while found.count < limit, try select.step() {
            let (fact, reading) = (select.sequence(0), select.sequence(1))
            guard case .owned(let resident, _, fact) = try Readings.standing(of: reading, books),
                try isSent(reading, books)
            else { continue }
            found.append((fact, reading, try books.holder(of: resident)))
        }
        return found
    }

    /// A wearable's estimate of blood pressure is never sent (district-upload 6), whoever claims it.
    private static func isSent(_ reading: FactSequence, _ books: Books) throws(LedgerError) -> Bool {
        let select = try books.database.prepare("SELECT vital FROM fact WHERE sequence = ?")
        select.bind(1, reading)
        let vital = try select.first { row throws(LedgerError) in row.integer(0) }
        return vital != VitalKind.wearableBloodPressure.code
    }
}

extension Ledger {
    /// What the district has not heard: corrections first, then records, oldest first. A reading that was moved is
    /// offered to its new resident only when the old record is corrected: it never stands under two people.
    package func pendingUploads(limit: Int) throws(LedgerError) -> [PendingUpload] {
        try books.database.snapshot { () throws(LedgerError) in try pending(limit: limit) }
    }

    private func pending(limit: Int) throws(LedgerError) -> [PendingUpload] {
        let owed = try corrections(limit: limit)
        let blocked = Set(try correctionsDue())
        let mark = try Marks.value(.uploaded, books.database)
        let records = try Uploads.pending(after: mark, before: .max, limit: limit - owed.count + blocked.count, books)
            .filter { !blocked.contains($0.fact) }.prefix(limit - owed.count)
        var uploads = owed
        for record in records {
            guard let reading = try reading(record.reading), let id = try id(of: record.resident) else {
                throw .corrupt(what: "a record for the district without a reading or a resident")
            }
            uploads.append(.reading(reading, resident: id, ownedSince: record.fact))
        }
        return uploads
    }

    /// How many things the district has not heard, counted up to a limit: the worklist says *999 and more*.
    package func unsentCount(upTo limit: Int) throws(LedgerError) -> Int {
        try books.database.snapshot { () throws(LedgerError) in
            let owed = try correctionsDue().count
            let mark = try Marks.value(.uploaded, books.database)
            return try min(limit, owed + Uploads.pending(after: mark, before: .max, limit: limit, books).count)
        }
    }

    /// What the district refused for its content, oldest first.
    package func parkedUploads(limit: Int) throws(LedgerError) -> [ParkedUpload] {
        let select = try prepare(
            """
            SELECT fact, outcome FROM parked UNION ALL
            SELECT fact, outcome FROM correction WHERE outcome IS NOT NULL ORDER BY fact LIMIT ?
            """)
        select.bind(1, limit)
        return try select.rows { row throws(LedgerError) in
            ParkedUpload(fact: row.sequence(0), outcome: row.text(1) ?? "")
        }
    }

    private func correctionsDue() throws(LedgerError) -> [FactSequence] {
        try prepare("SELECT fact FROM correction WHERE outcome IS NULL").rows { row throws(LedgerError) in
            row.sequence(0)
        }
    }

    private func corrections(limit: Int) throws(LedgerError) -> [PendingUpload] {
        let select = try prepare(
            "SELECT fact, reading, resident, since FROM correction WHERE outcome IS NULL ORDER BY fact LIMIT ?")
        select.bind(1, limit)
        let rows = try select.rows { row throws(LedgerError) in
            (fact: row.sequence(0), reading: row.sequence(1), resident: row.resident(2), since: row.sequence(3))
        }
        var corrections: [PendingUpload] = []
        for row in rows {
            guard let fact = try books.facts.read(row.fact.rawValue), let id = try id(of: row.resident),
                let reading = try recordedReading(row.reading)
            else { throw .corrupt(what: "a correction without its fact, its reading or its resident") }
            let (by, reason) = fact.fact.taking
            corrections.append(
                .correction(
                    PendingUpload.Correction(
                        fact: row.fact, at: fact.recordedAt, reading: reading, resident: id, ownedSince: row.since,
                        location: try location(of: row.since), by: by, reason: reason)))
        }
        return corrections
    }

    /// The newest place the district gave for a record; nil where no receipt names one.
    private func location(of record: FactSequence) throws(LedgerError) -> String? {
        let select = try prepare("SELECT fact FROM bundle WHERE last >= ?1 AND first <= ?1 ORDER BY fact DESC")
        select.bind(1, record)
        let facts = try select.rows { row throws(LedgerError) in row.integer(0) }
        for fact in facts {
            guard case .uploaded(let receipts) = try books.facts.read(fact)?.fact else { continue }
            if let receipt = receipts.last(where: { $0.fact == record && $0.location != nil }) {
                return receipt.location
            }
        }
        return nil
    }

    private func id(of resident: ResidentKey) throws(LedgerError) -> String? {
        let select = try prepare("SELECT id FROM roster WHERE resident = ?")
        select.bind(1, resident)
        return try select.first { row throws(LedgerError) in row.text(0) } ?? nil
    }
}

extension Fact {
    /// Who took a reading away, and why.
    fileprivate var taking: (by: StaffKey?, reason: String) {
        switch self {
        case .readingMoved(_, _, _, let by, let reason), .readingReturned(_, let by, let reason),
            .readingCarried(_, let by, let reason):
            (by, reason)
        case .readingDiscarded(_, let reason, let by, let note): (by, note.isEmpty ? "\(reason)" : note)
        case .readingCorrected(_, _, _, _, let reason): (nil, reason)
        default: (nil, "denied")
        }
    }
}
