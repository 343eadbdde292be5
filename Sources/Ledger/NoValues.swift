// Measurements that ended without a number: above and below range count in the rules as readings at that end. A
// wristband that is off says so all day and is not here.

import Vitals

/// The projection of measurements without a number, by resident and time.
enum NoValues: Projection {
    static let tables = ["no_value"]
    static let schema = """
        CREATE TABLE no_value (
            resident INTEGER NOT NULL REFERENCES roster,
            at INTEGER NOT NULL,
            sequence INTEGER NOT NULL,
            visit INTEGER, instrument INTEGER NOT NULL,
            vital INTEGER NOT NULL, class INTEGER NOT NULL,
            PRIMARY KEY (resident, at, sequence)
        ) STRICT, WITHOUT ROWID;

        """

    static func apply(_ recorded: RecordedFact, to books: Books) throws(LedgerError) {
        guard
            case .noValue(let kind, let why, let instrument, _?, .resident(let resident, let visit), _) = recorded.fact
        else { return }
        let insert = try books.database.prepare("INSERT INTO no_value VALUES (?, ?, ?, ?, ?, ?, ?)")
        insert.bind(1, resident)
        insert.bind(2, recorded.recordedAt)
        insert.bind(3, recorded.sequence)
        insert.bind(4, visit)
        insert.bind(5, try books.names.key(instrument.rawValue))
        insert.bind(6, kind.code)
        insert.bind(7, why.code)
        try insert.run()
    }
}

extension Ledger {
    func noValues(under keys: [ResidentKey], since: HutTime) throws(LedgerError) -> [NoValueReport] {
        let names = try books.names
        return try gather(keys) { key throws(LedgerError) in
            let select = try prepare(
                """
                SELECT sequence, vital, class, instrument, visit, at FROM no_value WHERE resident = ? AND at >= ?
                ORDER BY at, sequence
                """)
            select.bind(1, key)
            select.bind(2, since)
            return try select.rows { row throws(LedgerError) in
                NoValueReport(
                    sequence: row.sequence(0), kind: try VitalKind.stored(row.integer(1), "vital"),
                    why: try NoValueClass.stored(row.integer(2), "class"),
                    instrument: InstrumentID(rawValue: try names.text(row.integer(3))), visit: row.visitIfAny(4),
                    at: row.time(5))
            }
        }
    }
}
