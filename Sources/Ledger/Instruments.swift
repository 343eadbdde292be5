// What each instrument did, counted by day, and how two cuffs compare on one arm: a few rows a day, so that how far an
// instrument can be trusted is never a walk through the ledger.
//
// A pair is a cuff reading and the nearest earlier one of the same resident on another cuff, at most ten minutes apart:
// one session (clinical-rules 5.2). A reading that changes hands takes its pairs with it.

import Vitals

/// The projection of instruments.
enum Instruments: Projection {
    static let tables = ["instrument_day", "cuff_pair"]
    static let schema = """
        CREATE TABLE instrument_day (
            instrument INTEGER NOT NULL REFERENCES name,
            day INTEGER NOT NULL,
            readings INTEGER NOT NULL, errors INTEGER NOT NULL, faults INTEGER NOT NULL, no_values INTEGER NOT NULL,
            last_at INTEGER NOT NULL,
            PRIMARY KEY (instrument, day)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE cuff_pair (
            later INTEGER PRIMARY KEY,
            earlier INTEGER NOT NULL,
            instrument INTEGER NOT NULL, other INTEGER NOT NULL,
            day INTEGER NOT NULL,
            systolic INTEGER NOT NULL, diastolic INTEGER NOT NULL,
            CHECK (instrument <> other)
        ) STRICT;
        CREATE INDEX cuff_pair_earlier ON cuff_pair (earlier);
        CREATE INDEX cuff_pair_instrument ON cuff_pair (instrument, day);
        CREATE INDEX cuff_pair_other ON cuff_pair (other, day);
        """

    /// The fifth migration: the newest reading of its own line, by which one that is sent again is known after a restart.
    /// A memory's record is known by `fact_memory`, a band's packet by its number.
    static let lastReadings = "ALTER TABLE instrument_day ADD COLUMN last_reading INTEGER;\n"

    /// The longest pause between two readings of one session, in ms.
    private static let sessionGap: Int64 = 600_000

    static func apply(_ recorded: RecordedFact, to books: Books) throws(LedgerError) {
        switch recorded.fact {
        case .reading(let reading, let owner):
            try count(reading.instrument, "readings", recorded, books)
            if reading.band == nil, reading.memorySlot == nil { try note(recorded, of: reading.instrument, books) }
            if let resident = owner.resident { try pair(recorded.sequence, reading, of: resident, books) }
        case .measuredWithoutRecord(let instrument, _): try count(instrument, "readings", recorded, books)
        case .fault(.deviceError, let instrument, _, _, _): try count(instrument, "errors", recorded, books)
        case .fault(_, let instrument, _, _, _): try count(instrument, "faults", recorded, books)
        case .noValue(_, _, let instrument, _, _, _): try count(instrument, "no_values", recorded, books)
        case .readingConfirmed(let reading, _), .readingClaimed(let reading, _, _, _),
            .readingMoved(let reading, _, _, _, _), .readingDenied(let reading, _), .readingReturned(let reading, _, _),
            .readingDiscarded(let reading, _, _, _), .readingCorrected(let reading, _, _, _, _):
            try unpair(reading, books)
            guard case .owned(let resident, _, _) = try Readings.standing(of: reading, books) else { return }
            try pair(reading, try Readings.value(reading, books), of: resident, books)
        default: break
        }
    }

    private static func day(of time: HutTime) -> Int64 { time.milliseconds / 86_400_000 }

    private static func count(_ instrument: InstrumentID, _ column: String, _ recorded: RecordedFact, _ books: Books)
        throws(LedgerError)
    {
        let upsert = try books.database.prepare(
            """
            INSERT INTO instrument_day (instrument, day, last_at, readings, errors, faults, no_values)
            VALUES (?, ?, ?, \(["readings", "errors", "faults", "no_values"].map { $0 == column ? "1" : "0" }.joined(separator: ", ")))
            ON CONFLICT DO UPDATE SET \(column) = \(column) + 1, last_at = max(last_at, excluded.last_at)
            """)
        upsert.bind(1, try books.names.key(instrument.rawValue))
        upsert.bind(2, day(of: recorded.recordedAt))
        upsert.bind(3, recorded.recordedAt)
        try upsert.run()
    }

    /// Keeps the newest reading of an instrument, in the row that has just been counted.
    private static func note(_ recorded: RecordedFact, of instrument: InstrumentID, _ books: Books) throws(LedgerError)
    {
        let update = try books.database.prepare(
            "UPDATE instrument_day SET last_reading = ? WHERE instrument = ? AND day = ?")
        update.bind(1, recorded.sequence)
        update.bind(2, try books.names.key(instrument.rawValue))
        update.bind(3, day(of: recorded.recordedAt))
        try update.run()
    }

    private static func unpair(_ reading: FactSequence, _ books: Books) throws(LedgerError) {
        for column in ["later", "earlier"] {
            let delete = try books.database.prepare("DELETE FROM cuff_pair WHERE \(column) = ?")
            delete.bind(1, reading)
            try delete.run()
        }
    }

    /// Puts a cuff reading beside the nearest one before it on another cuff; a moved arm compares nothing.
    private static func pair(_ sequence: FactSequence, _ reading: Reading, of resident: ResidentKey, _ books: Books)
        throws(LedgerError)
    {
        guard case .bloodPressure(let pressure) = reading.vital, pressure.moved != true,
            [.cuffStation, .cuffStaff].contains(reading.source)
        else { return }
        let instrument = try books.names.key(reading.instrument.rawValue)
        let nearest = try books.database.prepare(
            """
            SELECT sequence, instrument, value1, value2 FROM reading
            WHERE resident = ? AND worn = 0 AND measured_at BETWEEN ? AND ? AND vital = \(VitalKind.bloodPressure.code)
                AND source IN (\(SourceClass.cuffStation.code), \(SourceClass.cuffStaff.code))
                AND coalesce(moved, 0) = 0 AND instrument <> ? AND sequence <> ?
            ORDER BY measured_at DESC, sequence DESC LIMIT 1
            """)
        nearest.bind(1, resident)
        nearest.bind(2, reading.measuredAt.milliseconds - sessionGap)
        nearest.bind(3, reading.measuredAt)
        nearest.bind(4, instrument)
        nearest.bind(5, sequence)
        let found = try nearest.first { row throws(LedgerError) in
            (earlier: row.sequence(0), other: row.integer(1), systolic: row.integer(2), diastolic: row.integer(3))
        }
        guard let found else { return }
        let insert = try books.database.prepare("INSERT INTO cuff_pair VALUES (?, ?, ?, ?, ?, ?, ?)")
        insert.bind(1, sequence)
        insert.bind(2, found.earlier)
        insert.bind(3, instrument)
        insert.bind(4, found.other)
        insert.bind(5, day(of: reading.measuredAt))
        insert.bind(6, Int64(pressure.systolic.value) - found.systolic)
        insert.bind(7, Int64(pressure.diastolic.value) - found.diastolic)
        try insert.run()
    }
}

extension Ledger {
    /// What an instrument did on each day since a time, oldest first; days without anything are left out.
    package func days(of instrument: InstrumentID, since: HutTime) throws(LedgerError) -> [InstrumentDay] {
        guard let key = try books.names.known(instrument.rawValue) else { return [] }
        let select = try prepare(
            """
            SELECT day, readings, errors, faults, no_values FROM instrument_day
            WHERE instrument = ? AND day >= ? ORDER BY day
            """)
        select.bind(1, key)
        select.bind(2, since.milliseconds / 86_400_000)
        return try select.rows { row throws(LedgerError) in
            InstrumentDay(
                day: Int(row.integer(0)), readings: Int(row.integer(1)), errors: Int(row.integer(2)),
                faults: Int(row.integer(3)), noValues: Int(row.integer(4)))
        }
    }

    /// When anything last came from an instrument; nil: never.
    package func lastHeard(_ instrument: InstrumentID) throws(LedgerError) -> HutTime? {
        guard let key = try books.names.known(instrument.rawValue) else { return nil }
        let select = try prepare(
            "SELECT last_at FROM instrument_day WHERE instrument = ? ORDER BY day DESC LIMIT 1")
        select.bind(1, key)
        return try select.first { row throws(LedgerError) in row.time(0) }
    }

    /// What an instrument gave last on its own line, as it is read today, whoever has it and even if it was set aside;
    /// nil: nothing yet. Records of a memory and packets of a band are not meant.
    package func lastReading(of instrument: InstrumentID) throws(LedgerError) -> Reading? {
        guard let key = try books.names.known(instrument.rawValue) else { return nil }
        let select = try prepare("SELECT max(last_reading) FROM instrument_day WHERE instrument = ?")
        select.bind(1, key)
        let newest = try select.first { row throws(LedgerError) in row.integerIfAny(0) }
        guard let newest = newest ?? nil, case .reading(let reading, _) = try books.facts.read(newest)?.fact else {
            return nil
        }
        return try Corrections.corrected(reading, FactSequence(rawValue: newest), books)
    }

    /// How an instrument compares with every other cuff it shared a session with since a time.
    package func drifts(of instrument: InstrumentID, since: HutTime) throws(LedgerError) -> [CuffDrift] {
        guard let key = try books.names.known(instrument.rawValue) else { return [] }
        let select = try prepare(
            """
            SELECT cuff, count(*), sum(systolic), sum(diastolic) FROM (
                SELECT other AS cuff, systolic, diastolic FROM cuff_pair WHERE instrument = ?1 AND day >= ?2
                UNION ALL
                SELECT instrument, -systolic, -diastolic FROM cuff_pair WHERE other = ?1 AND day >= ?2
            ) GROUP BY cuff ORDER BY cuff
            """)
        select.bind(1, key)
        select.bind(2, since.milliseconds / 86_400_000)
        return try select.rows { row throws(LedgerError) in
            CuffDrift(
                other: InstrumentID(rawValue: try books.names.text(row.integer(0))), pairs: Int(row.integer(1)),
                systolicSum: Int(row.integer(2)), diastolicSum: Int(row.integer(3)))
        }
    }

    /// When the oldest fact came that the district has not heard; nil when it has heard everything.
    package func oldestUnsent() throws(LedgerError) -> HutTime? {
        guard let first = try pendingUploads(limit: 1).first else { return nil }
        return try books.facts.read(first.receipt.rawValue)?.recordedAt
    }
}
