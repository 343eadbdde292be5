// Wrong PINs, by what was typed, so that guessing ends: five within ten minutes lock that number for ten minutes from
// the fifth. Numbers that do not exist are treated the same; the numbers of one person, whose lines were merged, count
// together. Only the last ten minutes are kept here; the facts stay.

import Vitals

/// The projection of recent wrong PINs.
enum PINRefusals: Projection {
    /// Our own choice, in the issue: five, ten minutes.
    static let limit = 5
    static let window = Duration.seconds(600)

    static let tables = ["pin_refusal", "pin_lock"]
    static let schema = """
        CREATE TABLE pin_refusal (
            number TEXT NOT NULL,
            at INTEGER NOT NULL,
            sequence INTEGER NOT NULL,
            PRIMARY KEY (number, at, sequence)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX pin_refusal_at ON pin_refusal (at);
        CREATE TABLE pin_lock (number TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        """

    static func apply(_ recorded: RecordedFact, to books: Books) throws(LedgerError) {
        if case .residentPINReset(let resident, _, _, _) = recorded.fact { return try unlock(resident, books) }
        guard case .pinRefused(let number, _) = recorded.fact else { return }
        let at = recorded.recordedAt
        try forget(at: at, books.database)
        let insert = try books.database.prepare("INSERT INTO pin_refusal VALUES (?, ?, ?)")
        insert.bind(1, number)
        insert.bind(2, at)
        insert.bind(3, recorded.sequence)
        try insert.run()
        let numbers = try books.numbers(openingLike: number)
        guard try wrongOnes(under: numbers, books.database) >= limit else { return }
        let lock = try books.database.prepare("INSERT OR REPLACE INTO pin_lock VALUES (?, ?)")
        lock.bind(1, number)
        lock.bind(2, at)
        try lock.run()
        try forget(numbers, in: "pin_refusal", books.database)
    }

    private static func wrongOnes(under numbers: [String], _ database: Database) throws(LedgerError) -> Int64 {
        let count = try database.prepare("SELECT count(*) FROM pin_refusal WHERE number = ?")
        var wrong: Int64 = 0
        for number in numbers {
            count.bind(1, number)
            wrong += try count.first { row throws(LedgerError) in row.integer(0) } ?? 0
        }
        return wrong
    }

    private static func forget(_ numbers: [String], in table: String, _ database: Database) throws(LedgerError) {
        let delete = try database.prepare("DELETE FROM \(table) WHERE number = ?")
        for number in numbers {
            delete.bind(1, number)
            try delete.run()
        }
    }

    /// A nurse who has seen who it is has given a new PIN: nothing typed before counts against it.
    private static func unlock(_ resident: ResidentKey, _ books: Books) throws(LedgerError) {
        let numbers = try books.numbers(of: resident)
        for table in tables { try forget(numbers, in: table, books.database) }
    }

    /// Drops what is ten minutes old; and what lies in the future, which only a clock that was set back can leave.
    private static func forget(at now: HutTime, _ database: Database) throws(LedgerError) {
        for table in tables {
            let delete = try database.prepare("DELETE FROM \(table) WHERE at <= ? OR at > ?")
            delete.bind(1, HutTime(milliseconds: now.milliseconds - window.milliseconds))
            delete.bind(2, now)
            try delete.run()
        }
    }
}

extension Books {
    /// Every number that opens the same visit as a typed one; that alone where it is nobody's.
    func numbers(openingLike typed: String) throws(LedgerError) -> [String] {
        let select = try database.prepare("SELECT resident FROM roster WHERE number = ?")
        select.bind(1, typed)
        guard let resident = try select.first({ row throws(LedgerError) in row.resident(0) }) else { return [typed] }
        return try numbers(of: resident)
    }

    /// The numbers of all lines that are one person with this one.
    fileprivate func numbers(of resident: ResidentKey) throws(LedgerError) -> [String] {
        let select = try database.prepare("SELECT number FROM roster WHERE resident = ?")
        var numbers: [String] = []
        for key in try keys(of: try holder(of: resident)) {
            select.bind(1, key)
            if let number = try select.first({ row throws(LedgerError) in row.text(0) }) ?? nil {
                numbers.append(number)
            }
        }
        return numbers
    }
}

extension Ledger {
    /// No PIN is tried for this number now, nor for any other of the same person.
    func isLocked(_ number: String, at now: HutTime) throws(LedgerError) -> Bool {
        let select = try prepare("SELECT 1 FROM pin_lock WHERE number = ? AND at > ? AND at <= ?")
        for number in try books.numbers(openingLike: number) {
            select.bind(1, number)
            select.bind(2, HutTime(milliseconds: now.milliseconds - PINRefusals.window.milliseconds))
            select.bind(3, now)
            if try select.first({ row throws(LedgerError) in row.integer(0) }) != nil { return true }
        }
        return false
    }
}
