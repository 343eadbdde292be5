// Dates that a person promised (FU-06), until they are kept; and calls, with when a resident was last heard of.

import Vitals

/// The projection of promises that are not kept yet.
enum Promises: Projection {
    static let tables = ["promise"]
    static let schema = """
        CREATE TABLE promise (
            sequence INTEGER PRIMARY KEY,
            resident INTEGER NOT NULL REFERENCES roster,
            kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 3),
            day INTEGER NOT NULL,
            made_at INTEGER NOT NULL,
            staff INTEGER NOT NULL REFERENCES staff
        ) STRICT;
        CREATE INDEX promise_resident ON promise (resident);
        CREATE INDEX promise_day ON promise (day);

        """

    static func apply(_ recorded: RecordedFact, to books: Books) throws(LedgerError) {
        switch recorded.fact {
        case .promised(let resident, let kind, let day, let staff):
            try books.require(resident)
            try books.require(staff)
            let insert = try books.database.prepare("INSERT INTO promise VALUES (?, ?, ?, ?, ?, ?)")
            insert.bind(1, recorded.sequence)
            insert.bind(2, resident)
            insert.bind(3, kind.code)
            insert.bind(4, day)
            insert.bind(5, recorded.recordedAt)
            insert.bind(6, staff)
            try insert.run()
        case .promiseMoved(let promise, let day, let staff, _):
            try books.require(staff)
            let update = try books.database.prepare("UPDATE promise SET day = ?2 WHERE sequence = ?1")
            update.bind(1, promise)
            update.bind(2, day)
            try update.run()
            if books.database.changes == 0 { throw .refused(.unknownPromise) }
        case .promiseKept(let promise, let staff):
            try books.require(staff)
            let delete = try books.database.prepare("DELETE FROM promise WHERE sequence = ?")
            delete.bind(1, promise)
            try delete.run()
            if books.database.changes == 0 { throw .refused(.unknownPromise) }
        default: break
        }
    }
}

extension PromiseKind: Coded {
    var code: Int64 {
        switch self {
        case .call: 1
        case .homeVisit: 2
        case .comeBack: 3
        }
    }
}

extension Ledger {
    /// What was promised to a resident and not kept yet, the nearest day first.
    package func promises(of resident: ResidentKey) throws(LedgerError) -> [Promise] {
        try promises(under: try books.keys(of: try books.holder(of: resident)))
    }

    func promises(under keys: [ResidentKey]) throws(LedgerError) -> [Promise] {
        try gather(keys) { key throws(LedgerError) in
            let select = try prepare(
                "SELECT sequence, kind, day, made_at, staff FROM promise WHERE resident = ? ORDER BY day, sequence")
            select.bind(1, key)
            return try select.rows { row throws(LedgerError) in try Promise(row, first: 0) }
        }
    }

    /// Everything promised for a day or before it and not kept yet, the oldest day first.
    package func promises(until day: LocalDay) throws(LedgerError) -> [(resident: ResidentKey, promise: Promise)] {
        let select = try prepare(
            """
            SELECT resident, sequence, kind, day, made_at, staff FROM promise WHERE day <= ? ORDER BY day, sequence
            """)
        select.bind(1, day)
        let rows = try select.rows { row throws(LedgerError) in (row.resident(0), try Promise(row, first: 1)) }
        var promises: [(resident: ResidentKey, promise: Promise)] = []
        for (key, promise) in rows { promises.append((try books.holder(of: key), promise)) }
        return promises
    }
}

extension Promise {
    /// Reads sequence, kind, day, time and author from a column on.
    init(_ row: Statement, first: Int32) throws(LedgerError) {
        self.init(
            sequence: row.sequence(first), kind: try PromiseKind.stored(row.integer(first + 1), "kind"),
            day: LocalDay(daysSince1970: Int(row.integer(first + 2))), madeAt: row.time(first + 3),
            by: StaffKey(rawValue: row.integer(first + 4)))
    }
}
