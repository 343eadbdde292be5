// *Eaten since last night?*: the last answer about each glucose reading. By reading, not by resident, so that the
// answer goes wherever the reading goes.

import Vitals

/// The projection of answers about fasting.
enum Fastings: Projection {
    static let tables = ["fasting"]
    static let schema = """
        CREATE TABLE fasting (
            reading INTEGER PRIMARY KEY,
            answer INTEGER NOT NULL CHECK (answer BETWEEN 1 AND 3)
        ) STRICT;

        """

    static func apply(_ recorded: RecordedFact, to books: Books) throws(LedgerError) {
        guard case .fasting(let reading, _, let answer) = recorded.fact else { return }
        let upsert = try books.database.prepare("INSERT OR REPLACE INTO fasting VALUES (?, ?)")
        upsert.bind(1, reading)
        upsert.bind(2, answer.code)
        try upsert.run()
    }
}

extension FastingAnswer: Coded, CaseIterable {
    package static let allCases: [FastingAnswer] = [.fasting, .eaten, .notSure]

    var code: Int64 {
        switch self {
        case .fasting: 1
        case .eaten: 2
        case .notSure: 3
        }
    }
}

extension Ledger {
    /// What was answered about these readings; only glucose is ever asked about.
    func fasting(of readings: [RecordedReading]) throws(LedgerError) -> [FactSequence: FastingAnswer] {
        var answers: [FactSequence: FastingAnswer] = [:]
        for recorded in readings where recorded.reading.vital.kind == .glucose {
            let select = try prepare("SELECT answer FROM fasting WHERE reading = ?")
            select.bind(1, recorded.sequence)
            let code = try select.first { row throws(LedgerError) in row.integer(0) }
            if let code { answers[recorded.sequence] = try FastingAnswer.stored(code, "answer") }
        }
        return answers
    }
}
