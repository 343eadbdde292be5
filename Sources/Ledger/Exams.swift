// The yearly exam, item by item: the newest of each kind stands, laboratory values by name. What was signed is what
// stood there: an item that comes after a signature takes the signatures away, and the exam is signed again.

import Vitals

/// The projection of exams.
enum Exams: Projection {
    static let tables = ["exam_item", "exam_signature"]
    static let schema = """
        CREATE TABLE exam_item (
            resident INTEGER NOT NULL REFERENCES roster,
            day INTEGER NOT NULL,
            kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 9),
            name TEXT NOT NULL CHECK ((kind = 9) = (name <> '')),
            sequence INTEGER NOT NULL,
            at INTEGER NOT NULL,
            staff INTEGER NOT NULL REFERENCES staff,
            PRIMARY KEY (resident, day, kind, name),
            \(FollowUps.notInFuture("day", name: "in_the_future", at: "at"))
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX exam_item_day ON exam_item (day, resident);
        CREATE TABLE exam_signature (
            resident INTEGER NOT NULL REFERENCES roster,
            day INTEGER NOT NULL,
            staff INTEGER NOT NULL REFERENCES staff,
            at INTEGER NOT NULL,
            PRIMARY KEY (resident, day, staff)
        ) STRICT, WITHOUT ROWID;

        """

    static func apply(_ recorded: RecordedFact, to books: Books) throws(LedgerError) {
        switch recorded.fact {
        case .examItem(let resident, let item, let day, let staff):
            try books.require(resident)
            try books.require(staff)
            try put(item, resident, day, staff, recorded, books)
        case .examSigned(let resident, let day, let staff):
            try books.require(resident)
            try books.require(staff)
            try sign(resident, day, staff, recorded, books)
        default: break
        }
    }

    private static func put(
        _ item: ExamItem, _ resident: ResidentKey, _ day: LocalDay, _ staff: StaffKey, _ recorded: RecordedFact,
        _ books: Books
    ) throws(LedgerError) {
        let upsert = try books.database.prepare("INSERT OR REPLACE INTO exam_item VALUES (?, ?, ?, ?, ?, ?, ?)")
        upsert.bind(1, resident)
        upsert.bind(2, day)
        upsert.bind(3, item.kind.code)
        upsert.bind(4, item.name)
        upsert.bind(5, recorded.sequence)
        upsert.bind(6, recorded.recordedAt)
        upsert.bind(7, staff)
        try upsert.run()
        let unsign = try books.database.prepare("DELETE FROM exam_signature WHERE resident = ? AND day = ?")
        unsign.bind(1, resident)
        unsign.bind(2, day)
        try unsign.run()
    }

    private static func sign(
        _ resident: ResidentKey, _ day: LocalDay, _ staff: StaffKey, _ recorded: RecordedFact, _ books: Books
    ) throws(LedgerError) {
        let item = try books.database.prepare("SELECT 1 FROM exam_item WHERE resident = ? AND day = ? LIMIT 1")
        item.bind(1, resident)
        item.bind(2, day)
        guard try item.first({ row throws(LedgerError) in row.integer(0) }) != nil else {
            throw .refused(.nothingToSign)
        }
        let insert = try books.database.prepare("INSERT INTO exam_signature VALUES (?, ?, ?, ?)")
        insert.bind(1, resident)
        insert.bind(2, day)
        insert.bind(3, staff)
        insert.bind(4, recorded.recordedAt)
        try insert.run()
    }
}

extension ExamKind: Coded {
    var code: Int64 {
        switch self {
        case .bloodPressure: 1
        case .glucose: 2
        case .weight: 3
        case .height: 4
        case .waist: 5
        case .temperature: 6
        case .electrocardiogram: 7
        case .ultrasound: 8
        case .laboratory: 9
        }
    }
}

extension ExamItem {
    /// What tells items of one kind apart: the name of a laboratory value, nothing for the others.
    fileprivate var name: String { if case .laboratory(let name, _, _) = self { name } else { "" } }
}

extension Ledger {
    /// A resident's exam of a day; nil where nothing was done.
    package func exam(of resident: ResidentKey, on day: LocalDay) throws(LedgerError) -> Exam? {
        let holder = try books.holder(of: resident)
        var items: [ExamItem] = []
        var signatures: [StaffKey] = []
        for key in try books.keys(of: holder) {
            items += try examItems(under: key, on: day)
            signatures += try examSignatures(under: key, on: day)
        }
        return items.isEmpty ? nil : Exam(resident: holder, day: day, items: items, signedBy: signatures)
    }

    /// Everybody's exam of a day, by resident: the exam day, and what is missing at its end.
    package func exams(on day: LocalDay) throws(LedgerError) -> [Exam] {
        let select = try prepare("SELECT DISTINCT resident FROM exam_item WHERE day = ? ORDER BY resident")
        select.bind(1, day)
        var holders: Set<ResidentKey> = []
        for key in try select.rows({ row throws(LedgerError) in row.resident(0) }) {
            holders.insert(try books.holder(of: key))
        }
        var exams: [Exam] = []
        for holder in holders.sorted() { if let exam = try exam(of: holder, on: day) { exams.append(exam) } }
        return exams
    }

    /// Days since one on which an exam was complete and signed by two people, oldest first.
    func completeExams(under keys: [ResidentKey], since day: LocalDay) throws(LedgerError) -> [LocalDay] {
        try gather(keys) { key throws(LedgerError) in
            let select = try prepare(
                """
                SELECT day FROM exam_signature AS s WHERE resident = ?1 AND day >= ?2 GROUP BY day
                HAVING count(*) >= 2 AND \(ExamKind.allCases.count) =
                    (SELECT count(DISTINCT kind) FROM exam_item AS i WHERE i.resident = ?1 AND i.day = s.day)
                ORDER BY day
                """)
            select.bind(1, key)
            select.bind(2, day)
            return try select.rows { row throws(LedgerError) in LocalDay(daysSince1970: Int(row.integer(0))) }
        }
    }

    private func examItems(under key: ResidentKey, on day: LocalDay) throws(LedgerError) -> [ExamItem] {
        let select = try prepare(
            "SELECT sequence FROM exam_item WHERE resident = ? AND day = ? ORDER BY kind, name")
        select.bind(1, key)
        select.bind(2, day)
        var items: [ExamItem] = []
        for sequence in try select.rows({ row throws(LedgerError) in row.integer(0) }) {
            guard case .examItem(_, let item, _, _) = try books.facts.read(sequence)?.fact else {
                throw .corrupt(what: "an item of an exam without its fact")
            }
            items.append(item)
        }
        return items
    }

    private func examSignatures(under key: ResidentKey, on day: LocalDay) throws(LedgerError) -> [StaffKey] {
        let select = try prepare("SELECT staff FROM exam_signature WHERE resident = ? AND day = ? ORDER BY at, staff")
        select.bind(1, key)
        select.bind(2, day)
        return try select.rows { row throws(LedgerError) in StaffKey(rawValue: row.integer(0)) }
    }
}
