// Which wristband is whose, from a start to an end. A band has one wearer at most, a wearer any number of bands
// (whose-reading row 49); ended pairings stay, because a late sample belongs to who wore the band then.

import Vitals

/// The projection of wristbands and their wearers.
enum Pairings: Projection {
    static let tables = ["pairing"]
    static let schema = """
        CREATE TABLE pairing (
            sequence INTEGER PRIMARY KEY,
            band TEXT NOT NULL CHECK (band <> ''),
            resident INTEGER NOT NULL REFERENCES roster,
            since INTEGER NOT NULL,
            until INTEGER,
            doubted_since INTEGER
        ) STRICT;
        CREATE UNIQUE INDEX pairing_open ON pairing (band) WHERE until IS NULL;
        """

    static func apply(_ recorded: RecordedFact, to books: Books) throws(LedgerError) {
        let statement: Statement
        switch recorded.fact {
        case .bandPaired(let band, let resident, _):
            statement = try books.database.prepare(
                "INSERT INTO pairing (band, sequence, resident, since) VALUES (?, ?, ?, ?)")
            statement.bind(1, band.rawValue)
            statement.bind(2, recorded.sequence)
            statement.bind(3, resident)
            statement.bind(4, recorded.recordedAt)
        case .bandUnpaired(let band, _):
            statement = try books.database.prepare("UPDATE pairing SET until = ?2 WHERE band = ?1 AND until IS NULL")
            statement.bind(1, band.rawValue)
            statement.bind(2, recorded.recordedAt)
        case .bandDoubted(let band, let doubted, _):
            statement = try books.database.prepare(
                "UPDATE pairing SET doubted_since = ?2 WHERE band = ?1 AND until IS NULL")
            statement.bind(1, band.rawValue)
            statement.bind(2, doubted ? recorded.recordedAt : nil)
        default: return
        }
        try statement.run()
        if books.database.changes == 0 { throw .refused(.bandNotPaired) }
    }
}

extension Ledger {
    /// Every pairing, ended ones too, by start. The band of a line that was merged is worn by the line that goes on.
    package func pairings() throws(LedgerError) -> [Pairing] {
        let rows = try prepare(
            "SELECT band, resident, since, until, doubted_since FROM pairing ORDER BY sequence"
        ).rows { row throws(LedgerError) in
            Pairing(
                band: BandID(rawValue: row.text(0) ?? ""), resident: row.resident(1), since: row.time(2),
                until: row.timeIfAny(3), doubtedSince: row.timeIfAny(4))
        }
        var pairings: [Pairing] = []
        for var row in rows {
            row.resident = try books.holder(of: row.resident)
            pairings.append(row)
        }
        return pairings
    }

    /// Whether a band was ever heard, or worn by anybody: one that was not is a slip of the hand, or switched off.
    package func hasHeard(of band: BandID) throws(LedgerError) -> Bool {
        // The dictionary has a band's name from its first reading on.
        if try books.names.known(band.rawValue) != nil { return true }
        for table in ["band_heard", "pairing"] {
            let select = try prepare("SELECT 1 FROM \(table) WHERE band = ? LIMIT 1")
            select.bind(1, band.rawValue)
            if try select.first({ row throws(LedgerError) in row.integer(0) }) != nil { return true }
        }
        return false
    }
}
