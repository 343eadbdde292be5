// A resident's wish to be called or visited. It stands until a named person records a follow-up with this resident.

import Vitals

/// The projection of standing requests.
enum Requests: Projection {
    static let tables = ["request"]
    static let schema = """
        CREATE TABLE request (
            sequence INTEGER PRIMARY KEY,
            resident INTEGER NOT NULL REFERENCES roster,
            request TEXT NOT NULL,
            at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX request_resident ON request (resident);
        """

    static func apply(_ recorded: RecordedFact, to books: Books) throws(LedgerError) {
        switch recorded.fact {
        case .request(let resident, let request):
            let insert = try books.database.prepare("INSERT INTO request VALUES (?, ?, ?, ?)")
            insert.bind(1, recorded.sequence)
            insert.bind(2, resident)
            insert.bind(3, request.rawValue)
            insert.bind(4, recorded.recordedAt)
            try insert.run()
        case .flagClosed(let flag, _, .followedUp, _, _):
            let delete = try books.database.prepare(
                """
                DELETE FROM request WHERE resident =
                    (SELECT subject FROM flag WHERE flag = ?1 AND subject_kind = \(Flags.residentKind))
                """)
            delete.bind(1, flag)
            try delete.run()
        default: break
        }
    }
}

extension Ledger {
    /// What residents have asked for and nobody has followed up, oldest first.
    package func requests() throws(LedgerError) -> [StandingRequest] {
        try prepare("SELECT sequence, resident, request, at FROM request ORDER BY sequence").rows {
            row throws(LedgerError) in
            guard let request = ResidentRequest(rawValue: row.text(2) ?? "") else {
                throw .corrupt(what: "unknown request")
            }
            return StandingRequest(
                sequence: row.sequence(0), resident: row.resident(1), request: request, at: row.time(3))
        }
    }
}
