// The visits that have not ended: one active at a station, any number on the bench. Ended ones need no row: the fact
// that opened a visit still says whose it was.

import Vitals

/// The projection of open visits.
enum Visits: Projection {
    static let tables = ["visit"]
    static let schema = """
        CREATE TABLE visit (
            visit INTEGER PRIMARY KEY,
            station TEXT NOT NULL,
            resident INTEGER REFERENCES roster,
            guest_keeps INTEGER CHECK (guest_keeps IN (0, 1)),
            guest_number TEXT,
            helper INTEGER,
            opened_at INTEGER NOT NULL,
            resting_since INTEGER,
            CHECK ((resident IS NULL) = (guest_keeps IS NOT NULL))
        ) STRICT;
        CREATE UNIQUE INDEX visit_active ON visit (station) WHERE resting_since IS NULL;
        """

    static func apply(_ recorded: RecordedFact, to books: Books) throws(LedgerError) {
        switch recorded.fact {
        case .visitOpened(let station, let owner, let helper):
            let insert = try books.database.prepare("INSERT INTO visit VALUES (?, ?, ?, ?, ?, ?, ?, NULL)")
            insert.bind(1, recorded.sequence)
            insert.bind(2, station.rawValue)
            insert.bind(3, owner.resident)
            if case .guest(let keeps, let number) = owner {
                insert.bind(4, keeps ? 1 : 0)
                insert.bind(5, number)
            } else {
                insert.bind(4, nil as Int64?)
                insert.bind(5, nil as String?)
            }
            insert.bind(6, helper.code)
            insert.bind(7, recorded.recordedAt)
            try insert.run()
        case .visitRested(let visit): try setRest(visit, since: recorded.recordedAt, books)
        case .visitResumed(let visit): try setRest(visit, since: nil, books)
        case .visitEnded(let visit, _):
            let delete = try books.database.prepare("DELETE FROM visit WHERE visit = ?")
            delete.bind(1, visit)
            try delete.run()
        default: break
        }
    }

    /// A visit that has ended meanwhile stays ended: the fact is kept and changes nothing.
    private static func setRest(_ visit: VisitID, since: HutTime?, _ books: Books) throws(LedgerError) {
        let update = try books.database.prepare("UPDATE visit SET resting_since = ? WHERE visit = ?")
        update.bind(1, since)
        update.bind(2, visit)
        try update.run()
    }

    fileprivate static let columns =
        "visit, station, resident, guest_keeps, guest_number, helper, opened_at, resting_since"

    fileprivate static func read(_ row: Statement) throws(LedgerError) -> OpenVisit {
        let owner =
            row.isNull(2)
            ? VisitOwner.guest(keeps: row.integer(3) != 0, number: row.text(4)) : .resident(row.resident(2))
        return OpenVisit(
            id: VisitID(rawValue: row.integer(0)), station: StationID(rawValue: row.text(1) ?? ""), owner: owner,
            helper: Helper(code: row.integerIfAny(5)), openedAt: row.time(6), restingSince: row.timeIfAny(7))
    }
}

extension Ledger {
    /// Every visit that has not ended, oldest first.
    package func openVisits() throws(LedgerError) -> [OpenVisit] {
        try prepare("SELECT \(Visits.columns) FROM visit ORDER BY visit").rows(Visits.read)
    }

    /// A visit, while it is open.
    package func openVisit(_ id: VisitID) throws(LedgerError) -> OpenVisit? {
        let select = try prepare("SELECT \(Visits.columns) FROM visit WHERE visit = ?")
        select.bind(1, id)
        return try select.first(Visits.read)
    }
}
