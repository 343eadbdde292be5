// What the rules look back at besides readings: answers about symptoms, failed attempts, calls of a wristband. One
// small table, clustered by resident and time.

import Vitals

/// The projection of symptoms, failed attempts and signals.
enum Reports: Projection {
    enum Kind: Int64 { case symptoms = 1, attempt, signal }

    static let tables = ["report"]
    static let schema = """
        CREATE TABLE report (
            resident INTEGER NOT NULL REFERENCES roster,
            kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 3),
            at INTEGER NOT NULL,
            sequence INTEGER NOT NULL,
            visit INTEGER, word INTEGER, band TEXT,
            PRIMARY KEY (resident, kind, at, sequence)
        ) STRICT, WITHOUT ROWID;
        """

    static func apply(_ recorded: RecordedFact, to books: Books) throws(LedgerError) {
        switch recorded.fact {
        case .symptoms(let visit, let answer):
            try insert(.symptoms, recorded, of: try books.resident(of: visit), visit, answer.code, books)
        case .fault(_, _, _, let visit?, _):
            try insert(.attempt, recorded, of: try books.resident(of: visit), visit, nil, books)
        case .signal(let signal, let band, let wearer, _, _):
            try insert(.signal, recorded, of: wearer, nil, signal.code, band: band, books)
        default: break
        }
    }

    /// A guest's visit, or a band nobody wears, has no history to stand in.
    private static func insert(
        _ kind: Kind, _ recorded: RecordedFact, of resident: ResidentKey?, _ visit: VisitID?, _ word: Int64?,
        band: BandID? = nil, _ books: Books
    ) throws(LedgerError) {
        guard let resident else { return }
        let insert = try books.database.prepare("INSERT INTO report VALUES (?, ?, ?, ?, ?, ?, ?)")
        insert.bind(1, resident)
        insert.bind(2, kind.rawValue)
        insert.bind(3, recorded.recordedAt)
        insert.bind(4, recorded.sequence)
        insert.bind(5, visit)
        insert.bind(6, word)
        insert.bind(7, band?.rawValue)
        try insert.run()
    }
}

extension Ledger {
    /// One kind of report under one key since a time, oldest first.
    private func reports<Report>(
        _ kind: Reports.Kind, under key: ResidentKey, since: HutTime,
        _ read: (Statement) throws(LedgerError) -> Report
    ) throws(LedgerError) -> [Report] {
        let select = try prepare(
            """
            SELECT sequence, visit, word, band, at FROM report WHERE resident = ? AND kind = ? AND at >= ?
            ORDER BY at, sequence
            """)
        select.bind(1, key)
        select.bind(2, kind.rawValue)
        select.bind(3, since)
        return try select.rows(read)
    }

    func symptoms(under keys: [ResidentKey], since: HutTime) throws(LedgerError) -> [SymptomReport] {
        try gather(keys) { key throws(LedgerError) in
            try reports(.symptoms, under: key, since: since) { row throws(LedgerError) in
                SymptomReport(
                    sequence: row.sequence(0), visit: VisitID(rawValue: row.integer(1)),
                    answer: try SymptomAnswer.stored(row.integer(2), "word"), at: row.time(4))
            }
        }
    }

    func failedAttempts(under keys: [ResidentKey], since: HutTime) throws(LedgerError) -> [FailedAttempt] {
        try gather(keys) { key throws(LedgerError) in
            try reports(.attempt, under: key, since: since) { row throws(LedgerError) in
                FailedAttempt(sequence: row.sequence(0), visit: VisitID(rawValue: row.integer(1)), at: row.time(4))
            }
        }
    }

    func signals(under keys: [ResidentKey], since: HutTime) throws(LedgerError) -> [SignalReport] {
        try gather(keys) { key throws(LedgerError) in
            try reports(.signal, under: key, since: since) { row throws(LedgerError) in
                SignalReport(
                    sequence: row.sequence(0), signal: try BandSignal.stored(row.integer(2), "word"),
                    band: BandID(rawValue: row.text(3) ?? ""), at: row.time(4))
            }
        }
    }
}
