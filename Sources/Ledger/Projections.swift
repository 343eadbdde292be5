// What the facts come to. A projection is a few tables and one function, `apply`, that follows a fact; the same
// function follows facts as they come and when everything is rebuilt, so the two cannot differ.
//
// Their statements name no schema: `check` makes temporary tables of the same names and rebuilds into those.

import Vitals

/// Tables that follow from facts and from nothing else.
protocol Projection: SendableMetatype {
    /// `CREATE TABLE` and `CREATE INDEX` statements, each beginning a line.
    static var schema: String { get }
    /// Parents before children.
    static var tables: [String] { get }
    /// Brings the tables up to a fact that is in the ledger; refuses a fact that contradicts them.
    static func apply(_ recorded: RecordedFact, to books: Books) throws(LedgerError)
}

/// A connection with what every projection needs.
struct Books {
    let database: Database
    let names: Names
    let facts: Facts
    let followUps = FollowUpRecords()
    let hours = NewestHour()
    let recent = RecentReadings()

    init(_ database: Database) throws(LedgerError) {
        self.database = database
        names = Names(database)
        facts = try Facts(database, names)
    }

    /// Every projection, in the order they follow a fact: those that ask how a reading stood before come before
    /// `Readings`, which moves it; `Instruments` asks how it stands after. `Chronicle` asks how everything stood.
    static let projections: [any Projection.Type] = [
        Marks.self, Roster.self, Chronicle.self, Identities.self, StaffList.self, Pairings.self, Visits.self,
        Requests.self, Reports.self, Flags.self, PINRefusals.self, Uploads.self, Corrections.self, Readings.self,
        Instruments.self, Loans.self, NoValues.self, Merges.self, PersonalMarks.self, FollowUps.self, Promises.self,
        Calls.self, Exams.self, Fastings.self, Days.self,
    ]

    /// What the first version projected; its tables came with the first migration.
    static let firstProjections: [any Projection.Type] = [
        Marks.self, Roster.self, StaffList.self, Pairings.self, Visits.self, Requests.self, Reports.self, Flags.self,
        PINRefusals.self, Uploads.self, Readings.self,
    ]

    func apply(_ recorded: RecordedFact) throws(LedgerError) {
        for projection in Books.projections { try projection.apply(recorded, to: self) }
    }

    /// The resident of a visit, open or ended; nil for a guest's.
    func resident(of visit: VisitID) throws(LedgerError) -> ResidentKey? {
        let select = try database.prepare("SELECT resident, kind FROM fact WHERE sequence = ?")
        select.bind(1, visit.rawValue)
        let found = try select.first { row throws(LedgerError) in
            (resident: row.integerIfAny(0), kind: row.integer(1))
        }
        guard let found, found.kind == FactKind.visitOpened.rawValue else { throw .refused(.unknownVisit) }
        return found.resident.map { ResidentKey(rawValue: $0) }
    }

    /// After a rollback: what is remembered of facts inside it was never written.
    func forget() {
        names.forget()
        followUps.forget()
        hours.newest = nil
        recent.forget()
    }

    /// Empties every projection and follows every fact again; inside a transaction.
    func rebuild() throws(LedgerError) {
        forget()
        for projection in Books.projections.reversed() {
            for table in projection.tables.reversed() { try database.execute("DELETE FROM \(table)") }
        }
        try replay()
    }

    /// Follows every fact, a batch at a time: a ledger of years does not fit into memory.
    func replay() throws(LedgerError) {
        var last: Int64 = 0
        while true {
            let batch = try facts.read(after: last, limit: 1_000)
            guard let newest = batch.last else { return }
            for recorded in batch { try apply(recorded) }
            last = newest.sequence.rawValue
        }
    }
}

extension Statement {
    func bind(_ index: Int32, _ time: HutTime?) { bind(index, time?.milliseconds) }
    func bind(_ index: Int32, _ sequence: FactSequence?) { bind(index, sequence?.rawValue) }
    func bind(_ index: Int32, _ resident: ResidentKey?) { bind(index, resident?.rawValue) }
    func bind(_ index: Int32, _ staff: StaffKey?) { bind(index, staff?.rawValue) }
    func bind(_ index: Int32, _ visit: VisitID?) { bind(index, visit?.rawValue) }
    func bind(_ index: Int32, _ day: LocalDay?) { bind(index, day?.daysSince1970) }

    func time(_ column: Int32) -> HutTime { HutTime(milliseconds: integer(column)) }
    func timeIfAny(_ column: Int32) -> HutTime? { integerIfAny(column).map { HutTime(milliseconds: $0) } }
    func sequence(_ column: Int32) -> FactSequence { FactSequence(rawValue: integer(column)) }
    func resident(_ column: Int32) -> ResidentKey { ResidentKey(rawValue: integer(column)) }
    func staffIfAny(_ column: Int32) -> StaffKey? { integerIfAny(column).map { StaffKey(rawValue: $0) } }
    func visitIfAny(_ column: Int32) -> VisitID? { integerIfAny(column).map { VisitID(rawValue: $0) } }
    func dayIfAny(_ column: Int32) -> LocalDay? { integerIfAny(column).map { LocalDay(daysSince1970: Int($0)) } }
}
