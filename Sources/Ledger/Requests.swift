// A resident's wish to be called or visited, left at a kiosk or typed in for somebody on the telephone. It stands until
// a named person answers it, or records a follow-up with this resident; an answer waits until the resident has read it.

import Vitals

/// The projection of standing requests and of answers nobody has read yet.
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

    /// Who typed it in, and the answer.
    static let answers = """
        ALTER TABLE request ADD COLUMN note TEXT;
        ALTER TABLE request ADD COLUMN entered_by INTEGER REFERENCES staff;
        ALTER TABLE request ADD COLUMN answer TEXT CHECK (answer <> '');
        ALTER TABLE request ADD COLUMN answered_by INTEGER REFERENCES staff;
        ALTER TABLE request ADD COLUMN answered_at INTEGER CHECK (
            (answered_at IS NULL) = (answer IS NULL) AND (answered_by IS NULL) = (answer IS NULL));

        """

    /// Stands where a request has its word, for a message that nobody asked for: an answer from the beginning.
    private static let message = "message"

    static func apply(_ recorded: RecordedFact, to books: Books) throws(LedgerError) {
        switch recorded.fact {
        case .request(let resident, let request): try add(request, of: resident, recorded, books)
        case .requestEntered(let resident, let request, let note, let staff):
            try books.require(resident)
            try books.require(staff)
            try add(request, of: resident, note: note, by: staff, recorded, books)
        case .requestAnswered(let request, let answer, let staff):
            try books.require(staff)
            let update = try books.database.prepare(
                """
                UPDATE request SET answer = ?2, answered_by = ?3, answered_at = ?4
                WHERE sequence = ?1 AND answer IS NULL
                """)
            update.bind(1, request)
            update.bind(2, answer)
            update.bind(3, staff)
            update.bind(4, recorded.recordedAt)
            try update.run()
            if books.database.changes == 0 {
                throw .refused(try isThere(request, books) ? .alreadyAnswered : .unknownRequest)
            }
        case .messageLeft(let resident, let text, let staff):
            try books.require(resident)
            try books.require(staff)
            let insert = try books.database.prepare(
                "INSERT INTO request VALUES (?1, ?2, ?3, ?4, NULL, NULL, ?5, ?6, ?4)")
            insert.bind(1, recorded.sequence)
            insert.bind(2, resident)
            insert.bind(3, message)
            insert.bind(4, recorded.recordedAt)
            insert.bind(5, text)
            insert.bind(6, staff)
            try insert.run()
        case .answerSeen(let request, let visit): try see(request, visit, books)
        case .flagClosed(let flag, _, .followedUp, _, _): try close(by: flag, books)
        default: break
        }
    }

    private static func add(
        _ request: ResidentRequest, of resident: ResidentKey, note: String? = nil, by staff: StaffKey? = nil,
        _ recorded: RecordedFact, _ books: Books
    ) throws(LedgerError) {
        let insert = try books.database.prepare(
            "INSERT INTO request VALUES (?, ?, ?, ?, ?, ?, NULL, NULL, NULL)")
        insert.bind(1, recorded.sequence)
        insert.bind(2, resident)
        insert.bind(3, request.rawValue)
        insert.bind(4, recorded.recordedAt)
        insert.bind(5, note)
        insert.bind(6, staff)
        try insert.run()
    }

    private static func isThere(_ request: FactSequence, _ books: Books) throws(LedgerError) -> Bool {
        let select = try books.database.prepare("SELECT 1 FROM request WHERE sequence = ?")
        select.bind(1, request)
        return try select.first { row throws(LedgerError) in row.integer(0) } != nil
    }

    /// Only an answer is seen, and only at a visit of the resident who asked.
    private static func see(_ request: FactSequence, _ visit: VisitID, _ books: Books) throws(LedgerError) {
        let select = try books.database.prepare("SELECT resident, answer IS NOT NULL FROM request WHERE sequence = ?")
        select.bind(1, request)
        let found = try select.first { row throws(LedgerError) in (row.resident(0), row.integer(1) != 0) }
        guard let (resident, isAnswered) = found else { throw .refused(.unknownRequest) }
        guard isAnswered else { throw .refused(.notAnswered) }
        guard let visitor = try books.resident(of: visit),
            try books.holder(of: visitor) == (try books.holder(of: resident))
        else { throw .refused(.unknownVisit) }
        let delete = try books.database.prepare("DELETE FROM request WHERE sequence = ?")
        delete.bind(1, request)
        try delete.run()
    }

    /// A recorded follow-up settles what its resident asked for; answers that wait to be read stay.
    private static func close(by flag: FlagID, _ books: Books) throws(LedgerError) {
        let select = try books.database.prepare(
            "SELECT subject FROM flag WHERE flag = ? AND subject_kind = \(Flags.residentKind)")
        select.bind(1, flag)
        guard let resident = try select.first({ row throws(LedgerError) in row.resident(0) }) else { return }
        let delete = try books.database.prepare("DELETE FROM request WHERE resident = ? AND answer IS NULL")
        for key in try books.keys(of: resident) {
            delete.bind(1, key)
            try delete.run()
        }
    }
}

extension Ledger {
    /// What residents have asked for and nobody has answered or followed up, oldest first.
    package func requests() throws(LedgerError) -> [StandingRequest] {
        let rows = try prepare(
            """
            SELECT sequence, resident, request, at, note, entered_by FROM request WHERE answer IS NULL
            ORDER BY sequence
            """
        ).rows { row throws(LedgerError) in
            StandingRequest(
                sequence: row.sequence(0), resident: row.resident(1), request: try ResidentRequest(row, 2),
                at: row.time(3), note: row.text(4), enteredBy: row.staffIfAny(5))
        }
        var requests: [StandingRequest] = []
        for var row in rows {
            row.resident = try books.holder(of: row.resident)
            requests.append(row)
        }
        return requests
    }

    /// Answers and messages that a resident has not read yet, oldest first: the next visit begins with them.
    package func answers(for resident: ResidentKey) throws(LedgerError) -> [AnsweredRequest] {
        let keys = try books.keys(of: try books.holder(of: resident))
        return try gather(keys) { key throws(LedgerError) in
            let select = try prepare(
                """
                SELECT sequence, request, at, answer, answered_by, answered_at, note, entered_by FROM request
                WHERE resident = ? AND answer IS NOT NULL ORDER BY sequence
                """)
            select.bind(1, key)
            return try select.rows { row throws(LedgerError) in
                AnsweredRequest(
                    sequence: row.sequence(0), request: ResidentRequest(rawValue: row.text(1) ?? ""), at: row.time(2),
                    answer: row.text(3) ?? "", answeredBy: StaffKey(rawValue: row.integer(4)), answeredAt: row.time(5),
                    note: row.text(6), enteredBy: row.staffIfAny(7))
            }
        }
    }
}

extension ResidentRequest {
    fileprivate init(_ row: Statement, _ column: Int32) throws(LedgerError) {
        guard let request = ResidentRequest(rawValue: row.text(column) ?? "") else {
            throw .corrupt(what: "unknown request")
        }
        self = request
    }
}
