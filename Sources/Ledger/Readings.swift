// Whose each reading is now. Readings with an owner lie clustered by (resident, worn or not, time of measuring,
// sequence), so that a history is one walk along neighbours; what a wristband sends all day lies apart from what a
// resident measures, because no rule looks at single samples. Readings without an owner are a list; a reading that
// stands otherwise than when it came has a row in `standing`.

import Vitals

/// The projection of readings and their owners.
enum Readings: Projection {
    static let tables = ["reading", "unclaimed", "standing"]
    static let schema = """
        CREATE TABLE reading (
            resident INTEGER NOT NULL REFERENCES roster,
            worn INTEGER NOT NULL CHECK (worn IN (0, 1)),
            measured_at INTEGER NOT NULL,
            sequence INTEGER NOT NULL,
            visit INTEGER,
            instrument INTEGER NOT NULL, station INTEGER, band INTEGER,
            delay INTEGER NOT NULL, vital INTEGER NOT NULL, value1 INTEGER NOT NULL,
            value2 INTEGER, value3 INTEGER, value4 INTEGER, irregular INTEGER, moved INTEGER,
            source INTEGER NOT NULL, arm INTEGER NOT NULL, rested INTEGER NOT NULL, helper INTEGER,
            time_confidence INTEGER NOT NULL, device_time INTEGER, memory_slot INTEGER,
            PRIMARY KEY (resident, worn, measured_at, sequence),
            CHECK ((source = \(SourceClass.wearable.code)) = worn),
            CHECK (arm BETWEEN 0 AND 2), CHECK (rested >= -3), CHECK (time_confidence BETWEEN 0 AND 3)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE unclaimed (
            sequence INTEGER PRIMARY KEY,
            reason INTEGER NOT NULL,
            hint_visit INTEGER, hint_number TEXT
        ) STRICT;
        CREATE TABLE standing (
            sequence INTEGER PRIMARY KEY,
            since INTEGER NOT NULL,
            resident INTEGER, visit INTEGER
        ) STRICT;
        """

    /// The second migration.
    static let userSlots = "ALTER TABLE reading ADD COLUMN user_slot INTEGER;\n"

    /// How a reading stands.
    enum Standing: Hashable {
        /// `since` is the fact that gave it to this resident.
        case owned(ResidentKey, visit: VisitID?, since: FactSequence)
        case unclaimed(UnclaimedReason, hint: Hint?)
        /// Set aside by a nurse.
        case discarded

        var owner: Owner? {
            switch self {
            case .owned(let resident, let visit, _): .resident(resident, visit: visit)
            case .unclaimed(let reason, let hint): .unclaimed(reason, hint: hint)
            case .discarded: nil
            }
        }
    }

    static func apply(_ recorded: RecordedFact, to books: Books) throws(LedgerError) {
        switch recorded.fact {
        case .reading(let reading, .resident(let resident, let visit)):
            try insert(reading, recorded.sequence, of: resident, visit, books)
        case .reading(_, .unclaimed(let reason, let hint)):
            try list(recorded.sequence, reason, hint, books)
        case .readingConfirmed(let reading, let visit):
            guard case .unclaimed = try standing(of: reading, books) else { throw .refused(.notUnclaimed) }
            if let resident = try books.resident(of: visit) {
                try give(reading, to: resident, visit, by: recorded.sequence, books)
            } else {
                try take(reading, .guest, .visit(visit), books)
            }
        case .readingHinted(let reading, let number):
            guard case .unclaimed(let reason, let hint) = try standing(of: reading, books) else {
                throw .refused(.notUnclaimed)
            }
            try take(reading, reason, number.map(Hint.number) ?? hint, books)
        case .readingDenied(let reading, let visit): try take(reading, .denied, .visit(visit), books)
        case .readingClaimed(let reading, let resident, _, _):
            guard case .unclaimed = try standing(of: reading, books) else { throw .refused(.notUnclaimed) }
            try give(reading, to: resident, nil, by: recorded.sequence, books)
        case .readingMoved(let reading, let from, let to, _, _):
            guard case .owned(let owner, _, _) = try standing(of: reading, books),
                try books.holder(of: owner) == (try books.holder(of: from))
            else { throw .refused(.notThisOwner) }
            try give(reading, to: to, nil, by: recorded.sequence, books)
        case .readingReturned(let reading, _, _):
            guard case .owned(_, let visit, _) = try standing(of: reading, books) else {
                throw .refused(.notThisOwner)
            }
            try take(reading, .denied, visit.map { .visit($0) }, books)
        case .readingCarried(let reading, _, _):
            guard case .owned(let resident, let visit, _) = try standing(of: reading, books) else {
                throw .refused(.notThisOwner)
            }
            try give(reading, to: resident, visit, by: recorded.sequence, books)
        case .readingCorrected(let reading, .some, _, _, _):
            switch try standing(of: reading, books) {
            case .owned(let resident, let visit, _):
                try give(reading, to: resident, visit, by: recorded.sequence, books)
            case .unclaimed: break
            case .discarded: throw .refused(.alreadyDiscarded)
            }
        case .readingDiscarded(let reading, _, _, _), .readingCorrected(let reading, nil, _, _, _):
            try leave(reading, books)
            try stand(reading, since: recorded.sequence, resident: nil, visit: nil, books)
        default: break
        }
    }

    /// How a reading stands now.
    static func standing(of reading: FactSequence, _ books: Books) throws(LedgerError) -> Standing {
        let listed = try books.database.prepare(
            "SELECT reason, hint_visit, hint_number FROM unclaimed WHERE sequence = ?")
        listed.bind(1, reading)
        let unclaimed = try listed.first { row throws(LedgerError) in
            Standing.unclaimed(try UnclaimedReason.stored(row.integer(0), "reason"), hint: hint(row, 1))
        }
        if let unclaimed { return unclaimed }
        let moved = try books.database.prepare("SELECT since, resident, visit FROM standing WHERE sequence = ?")
        moved.bind(1, reading)
        let standing = try moved.first { row throws(LedgerError) in
            row.isNull(1)
                ? Standing.discarded : .owned(row.resident(1), visit: row.visitIfAny(2), since: row.sequence(0))
        }
        if let standing { return standing }
        let first = try books.database.prepare(
            "SELECT resident, visit FROM fact WHERE sequence = ? AND kind = \(FactKind.reading.rawValue)")
        first.bind(1, reading)
        let owner = try first.first { row throws(LedgerError) in (row.integerIfAny(0), row.visitIfAny(1)) }
        guard let owner, let resident = owner.0 else { throw .refused(.unknownReading) }
        return .owned(ResidentKey(rawValue: resident), visit: owner.1, since: reading)
    }

    private static func give(
        _ reading: FactSequence, to resident: ResidentKey, _ visit: VisitID?, by fact: FactSequence, _ books: Books
    ) throws(LedgerError) {
        try leave(reading, books)
        try insert(try value(reading, books), reading, of: resident, visit, books)
        try stand(reading, since: fact, resident: resident, visit: visit, books)
    }

    private static func take(_ reading: FactSequence, _ reason: UnclaimedReason, _ hint: Hint?, _ books: Books)
        throws(LedgerError)
    {
        try leave(reading, books)
        try list(reading, reason, hint, books)
    }

    /// Takes a reading out of wherever it stands.
    private static func leave(_ reading: FactSequence, _ books: Books) throws(LedgerError) {
        switch try standing(of: reading, books) {
        case .discarded: throw .refused(.alreadyDiscarded)
        case .unclaimed:
            let delete = try books.database.prepare("DELETE FROM unclaimed WHERE sequence = ?")
            delete.bind(1, reading)
            try delete.run()
            try count(-1, books)
        case .owned(let resident, _, _):
            books.recent.forget(resident)
            let value = try value(reading, books)
            let delete = try books.database.prepare(
                "DELETE FROM reading WHERE resident = ? AND worn = ? AND measured_at = ? AND sequence = ?")
            delete.bind(1, resident)
            delete.bind(2, value.source == .wearable ? 1 : 0)
            delete.bind(3, value.measuredAt)
            delete.bind(4, reading)
            try delete.run()
            let forget = try books.database.prepare("DELETE FROM standing WHERE sequence = ?")
            forget.bind(1, reading)
            try forget.run()
        }
    }

    private static func insert(
        _ reading: Reading, _ sequence: FactSequence, of resident: ResidentKey, _ visit: VisitID?, _ books: Books
    ) throws(LedgerError) {
        let insert = try books.database.prepare(
            "INSERT INTO reading VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        let columns = try ReadingColumns(reading)
        insert.bind(1, resident)
        insert.bind(2, reading.source == .wearable ? 1 : 0)
        insert.bind(3, columns.measuredAt)
        insert.bind(4, sequence)
        insert.bind(5, visit)
        insert.bind(6, try books.names.key(reading.instrument.rawValue))
        insert.bind(7, try books.names.key(ofAny: reading.station?.rawValue))
        insert.bind(8, try books.names.key(ofAny: reading.band?.rawValue))
        var index: Int32 = 9
        columns.forEach {
            insert.bind(index, $0)
            index += 1
        }
        try insert.run()
        if reading.source != .wearable { books.recent.note(reading, of: resident) }
    }

    private static func list(_ reading: FactSequence, _ reason: UnclaimedReason, _ hint: Hint?, _ books: Books)
        throws(LedgerError)
    {
        let insert = try books.database.prepare("INSERT INTO unclaimed VALUES (?, ?, ?, ?)")
        insert.bind(1, reading)
        insert.bind(2, reason.code)
        switch hint {
        case .visit(let visit):
            insert.bind(3, visit)
            insert.bind(4, nil as String?)
        case .number(let number):
            insert.bind(3, nil as Int64?)
            insert.bind(4, number)
        case nil:
            insert.bind(3, nil as Int64?)
            insert.bind(4, nil as String?)
        }
        try insert.run()
        try count(1, books)
    }

    private static func stand(
        _ reading: FactSequence, since: FactSequence, resident: ResidentKey?, visit: VisitID?, _ books: Books
    ) throws(LedgerError) {
        let insert = try books.database.prepare("INSERT INTO standing VALUES (?, ?, ?, ?)")
        insert.bind(1, reading)
        insert.bind(2, since)
        insert.bind(3, resident)
        insert.bind(4, visit)
        try insert.run()
    }

    /// A reading as it is read today.
    static func value(_ reading: FactSequence, _ books: Books) throws(LedgerError) -> Reading {
        guard case .reading(let value, _) = try books.facts.read(reading.rawValue)?.fact else {
            throw .refused(.unknownReading)
        }
        return try Corrections.corrected(value, reading, books)
    }

    private static func count(_ step: Int64, _ books: Books) throws(LedgerError) {
        try Marks.set(.unclaimed, try Marks.value(.unclaimed, books.database) + step, books.database)
    }

    private static func hint(_ row: Statement, _ column: Int32) -> Hint? {
        row.visitIfAny(column).map { .visit($0) } ?? row.text(column + 1).map { .number($0) }
    }
}
