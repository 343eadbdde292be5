// The follow-ups that stand, and the forms that were left half filled. What lists and counts ask has columns; the whole
// record stays where it was written, in its fact, and is read there: once, for the records that are asked again and
// again.

import Vitals

/// The projection of follow-ups.
enum FollowUps: Projection {
    /// A day that has begun nowhere on earth yet: the ledger knows no time zone, the farthest is 14 hours ahead.
    static func notInFuture(_ column: String, name: String, at: String = "recorded_at") -> String {
        "CONSTRAINT \(name) CHECK (\(column) <= (\(at) + 50400000) / 86400000)"
    }

    static let tables = ["follow_up", "follow_up_draft"]
    static let schema = """
        CREATE TABLE follow_up (
            sequence INTEGER PRIMARY KEY,
            resident INTEGER NOT NULL REFERENCES roster,
            day INTEGER NOT NULL,
            recorded_at INTEGER NOT NULL,
            staff INTEGER NOT NULL REFERENCES staff,
            method INTEGER NOT NULL CHECK (method BETWEEN 1 AND 4),
            hypertension INTEGER CHECK (hypertension BETWEEN 1 AND 4),
            diabetes INTEGER CHECK (diabetes BETWEEN 1 AND 4),
            next INTEGER CHECK (next >= day),
            countersigned_by INTEGER REFERENCES staff,
            \(notInFuture("day", name: "in_the_future")),
            CONSTRAINT signed_twice CHECK (countersigned_by <> staff)
        ) STRICT;
        CREATE INDEX follow_up_resident ON follow_up (resident, day, sequence);
        CREATE INDEX follow_up_day ON follow_up (day);
        CREATE TABLE follow_up_draft (
            resident INTEGER NOT NULL REFERENCES roster,
            staff INTEGER NOT NULL REFERENCES staff,
            at INTEGER NOT NULL,
            draft TEXT NOT NULL,
            PRIMARY KEY (resident, staff)
        ) STRICT, WITHOUT ROWID;

        """

    static func apply(_ recorded: RecordedFact, to books: Books) throws(LedgerError) {
        switch recorded.fact {
        case .followUpRecorded(let record, let staff): try add(record, by: staff, recorded, books)
        case .followUpWithdrawn(let followUp, let staff, _):
            try books.require(staff)
            let delete = try books.database.prepare("DELETE FROM follow_up WHERE sequence = ?")
            delete.bind(1, followUp)
            try delete.run()
            if books.database.changes == 0 { throw try refusal(of: followUp, books) }
        case .followUpCountersigned(let followUp, let staff):
            try books.require(staff)
            let sign = try books.database.prepare(
                "UPDATE follow_up SET countersigned_by = ?2 WHERE sequence = ?1 AND countersigned_by IS NULL")
            sign.bind(1, followUp)
            sign.bind(2, staff)
            try sign.run()
            if books.database.changes == 0 { throw try refusal(of: followUp, books) }
        case .followUpDrafted(let resident, let draft, let staff): try keep(draft, resident, staff, recorded, books)
        default: break
        }
    }

    private static func add(_ record: FollowUpRecord, by staff: StaffKey, _ recorded: RecordedFact, _ books: Books)
        throws(LedgerError)
    {
        try books.require(record.resident)
        try books.require(staff)
        let insert = try books.database.prepare("INSERT INTO follow_up VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)")
        insert.bind(1, recorded.sequence)
        insert.bind(2, record.resident)
        insert.bind(3, record.day)
        insert.bind(4, recorded.recordedAt)
        insert.bind(5, staff)
        insert.bind(6, record.method.rawValue)
        insert.bind(7, record.hypertension?.visitClass.rawValue)
        insert.bind(8, record.diabetes?.visitClass.rawValue)
        insert.bind(9, record.next)
        try insert.run()
    }

    /// Why nothing could be changed of a follow-up.
    private static func refusal(of followUp: FactSequence, _ books: Books) throws(LedgerError) -> LedgerError {
        let select = try books.database.prepare("SELECT kind FROM fact WHERE sequence = ?")
        select.bind(1, followUp)
        guard try select.first({ row throws(LedgerError) in row.integer(0) }) == FactKind.followUpRecorded.rawValue
        else { return .refused(.unknownFollowUp) }
        let standing = try books.database.prepare("SELECT 1 FROM follow_up WHERE sequence = ?")
        standing.bind(1, followUp)
        let stands = try standing.first { row throws(LedgerError) in row.integer(0) } != nil
        return .refused(stands ? .alreadySigned : .alreadyWithdrawn)
    }

    private static func keep(
        _ draft: String?, _ resident: ResidentKey, _ staff: StaffKey, _ recorded: RecordedFact, _ books: Books
    ) throws(LedgerError) {
        try books.require(resident)
        try books.require(staff)
        let statement =
            if draft == nil {
                try books.database.prepare("DELETE FROM follow_up_draft WHERE resident = ? AND staff = ?")
            } else {
                try books.database.prepare("INSERT OR REPLACE INTO follow_up_draft VALUES (?, ?, ?, ?)")
            }
        statement.bind(1, resident)
        statement.bind(2, staff)
        if let draft {
            statement.bind(3, recorded.recordedAt)
            statement.bind(4, draft)
        }
        try statement.run()
    }
}

/// Records of follow-ups that were read from their facts, two hundred of them at most: a resident who sits at the booth is
/// reviewed after each reading, and his form of last quarter is the same each time.
final class FollowUpRecords {
    private static let limit = 200
    private var records: [Int64: FollowUpRecord] = [:]

    func record(_ sequence: Int64, _ facts: Facts) throws(LedgerError) -> FollowUpRecord {
        if let known = records[sequence] { return known }
        guard case .followUpRecorded(let record, _) = try facts.read(sequence)?.fact else {
            throw .corrupt(what: "a follow-up without its fact")
        }
        if records.count >= FollowUpRecords.limit { records.removeAll(keepingCapacity: true) }
        records[sequence] = record
        return record
    }

    /// After a rollback: what stood in it was never written.
    func forget() { records.removeAll() }
}

extension Ledger {
    /// A resident's follow-ups that stand, newest first, whole.
    package func followUps(of resident: ResidentKey, limit: Int) throws(LedgerError) -> [RecordedFollowUp] {
        let keys = try books.keys(of: try books.holder(of: resident))
        let rows = try gather(keys, newestFirst: true) { key throws(LedgerError) in
            try followUps("resident = ?1 ORDER BY day DESC, sequence DESC LIMIT ?2", key, Int64(limit))
        }
        return Array(rows.prefix(limit))
    }

    /// One follow-up that stands; nil for one that was withdrawn or never was.
    package func followUp(_ sequence: FactSequence) throws(LedgerError) -> RecordedFollowUp? {
        try followUps("sequence = ?2 AND resident >= ?1", ResidentKey(rawValue: 0), sequence.rawValue).first
    }

    /// Those since a day, oldest first, and the newest, and the newest face to face, of each disease whatever its age.
    func followUps(under keys: [ResidentKey], since day: LocalDay) throws(LedgerError) -> [RecordedFollowUp] {
        try gather(keys) { key throws(LedgerError) in
            let recent = "resident = ?1 AND day >= ?2 ORDER BY day, sequence"
            let rows = try followUps(recent, key, Int64(day.daysSince1970))
            let older = try olderFollowUps(under: key, than: day, besides: rows)
            return older.isEmpty ? rows : (older + rows).sorted { $0.comes(before: $1) }
        }
    }

    private func olderFollowUps(under key: ResidentKey, than day: LocalDay, besides rows: [RecordedFollowUp])
        throws(LedgerError) -> [RecordedFollowUp]
    {
        let any = try prepare("SELECT 1 FROM follow_up WHERE resident = ? AND day < ? LIMIT 1")
        any.bind(1, key)
        any.bind(2, day)
        guard try any.first({ row throws(LedgerError) in row.integer(0) }) != nil else { return [] }
        var older: [RecordedFollowUp] = []
        for disease in ManagedDisease.allCases {
            for isFaceToFace in [false, true] {
                let isKnown = rows.contains {
                    $0.record.visitClass(disease) != nil && (!isFaceToFace || $0.record.method.isFaceToFace)
                }
                guard !isKnown else { continue }
                let wanted = "\(disease.rawValue) IS NOT NULL" + (isFaceToFace ? " AND method IN (1, 2)" : "")
                older += try followUps(
                    "resident = ?1 AND day < ?2 AND \(wanted) ORDER BY day DESC, sequence DESC LIMIT 1", key,
                    Int64(day.daysSince1970)
                ).filter { found in !older.contains { $0.sequence == found.sequence } }
            }
        }
        return older
    }

    /// A form that this member of staff left half filled.
    package func followUpDraft(of resident: ResidentKey, by staff: StaffKey) throws(LedgerError) -> String? {
        let select = try prepare("SELECT draft FROM follow_up_draft WHERE resident = ? AND staff = ?")
        select.bind(1, resident)
        select.bind(2, staff)
        return try select.first { row throws(LedgerError) in row.text(0) } ?? nil
    }

    private func followUps(_ condition: String, _ key: ResidentKey, _ argument: Int64)
        throws(LedgerError) -> [RecordedFollowUp]
    {
        let select = try prepare(
            "SELECT sequence, recorded_at, staff, countersigned_by FROM follow_up WHERE \(condition)")
        select.bind(1, key)
        select.bind(2, argument)
        let books = try books
        return try select.rows { row throws(LedgerError) in
            RecordedFollowUp(
                sequence: row.sequence(0), recordedAt: row.time(1), by: StaffKey(rawValue: row.integer(2)),
                record: try books.followUps.record(row.integer(0), books.facts), countersignedBy: row.staffIfAny(3))
        }
    }
}
