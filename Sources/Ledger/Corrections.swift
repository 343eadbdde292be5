// A decoder was wrong, and a reading says something else today. The fact of the reading stays as it is; another fact says
// what it should have been and why, and from then on the reading is read so. At the district the old record is marked as
// an error and a new one sent, named by the correction: exactly as when a reading changes hands.

import Vitals

/// The projection of corrected values: which fact speaks for a reading.
enum Corrections: Projection {
    static let tables = ["corrected"]
    static let schema = """
        CREATE TABLE corrected (reading INTEGER PRIMARY KEY, fact INTEGER NOT NULL) STRICT;
        """

    static func apply(_ recorded: RecordedFact, to books: Books) throws(LedgerError) {
        guard case .readingCorrected(let reading, .some, _, _, _) = recorded.fact else { return }
        let upsert = try books.database.prepare(
            "INSERT INTO corrected VALUES (?, ?) ON CONFLICT DO UPDATE SET fact = excluded.fact")
        upsert.bind(1, reading)
        upsert.bind(2, recorded.sequence)
        try upsert.run()
    }

    /// A reading as it is read today.
    static func corrected(_ reading: Reading, _ sequence: FactSequence, _ books: Books) throws(LedgerError) -> Reading {
        let select = try books.database.prepare("SELECT fact FROM corrected WHERE reading = ?")
        select.bind(1, sequence)
        guard let fact = try select.first({ row throws(LedgerError) in row.integer(0) }),
            case .readingCorrected(_, let vital?, let deviceTime, _, _) = try books.facts.read(fact)?.fact
        else { return reading }
        var reading = reading
        (reading.vital, reading.deviceTime) = (vital, deviceTime)
        return reading
    }
}
