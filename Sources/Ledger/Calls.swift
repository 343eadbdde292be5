// Calls to residents, and when each was last heard of otherwise than by a reading: a visit, or a call that was
// answered. Readings say by themselves when they came; a row for each of them would be a page for each of them.

import Vitals

/// The projection of calls, and of visits and bands that were heard.
enum Calls: Projection {
    static let tables = ["call", "heard", "band_heard"]
    static let schema = """
        CREATE TABLE call (
            sequence INTEGER PRIMARY KEY,
            resident INTEGER NOT NULL REFERENCES roster,
            at INTEGER NOT NULL,
            result INTEGER NOT NULL CHECK (result BETWEEN 1 AND 3),
            staff INTEGER NOT NULL REFERENCES staff
        ) STRICT;
        CREATE INDEX call_resident ON call (resident);
        CREATE TABLE heard (
            resident INTEGER PRIMARY KEY REFERENCES roster,
            at INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE band_heard (
            band TEXT PRIMARY KEY CHECK (band <> ''),
            at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        """

    static func apply(_ recorded: RecordedFact, to books: Books) throws(LedgerError) {
        switch recorded.fact {
        case .called(let resident, let result, let staff):
            try books.require(resident)
            try books.require(staff)
            let insert = try books.database.prepare("INSERT INTO call VALUES (?, ?, ?, ?, ?)")
            insert.bind(1, recorded.sequence)
            insert.bind(2, resident)
            insert.bind(3, recorded.recordedAt)
            insert.bind(4, result.code)
            insert.bind(5, staff)
            try insert.run()
            if result == .spoken { try hear(resident, recorded, books) }
        case .visitOpened(_, .resident(let resident), _): try hear(resident, recorded, books)
        case .battery(_, let band), .position(_, let band, _), .signal(_, let band, _, _, _):
            let upsert = try books.database.prepare(
                "INSERT INTO band_heard (band, at) VALUES (?, ?) ON CONFLICT DO UPDATE SET at = max(at, excluded.at)")
            upsert.bind(1, band.rawValue)
            upsert.bind(2, recorded.recordedAt)
            try upsert.run()
            try BandWords.apply(recorded, to: books)
        default: break
        }
    }

    private static func hear(_ resident: ResidentKey, _ recorded: RecordedFact, _ books: Books) throws(LedgerError) {
        let upsert = try books.database.prepare(
            "INSERT INTO heard VALUES (?, ?) ON CONFLICT DO UPDATE SET at = max(at, excluded.at)")
        upsert.bind(1, resident)
        upsert.bind(2, recorded.recordedAt)
        try upsert.run()
    }
}

extension CallResult: Coded, CaseIterable {
    package static let allCases: [CallResult] = [.noAnswer, .spoken, .wrongNumber]

    var code: Int64 {
        switch self {
        case .noAnswer: 1
        case .spoken: 2
        case .wrongNumber: 3
        }
    }
}

extension Ledger {
    /// A resident's calls, newest first.
    package func calls(to resident: ResidentKey, limit: Int) throws(LedgerError) -> [RecordedCall] {
        let keys = try books.keys(of: try books.holder(of: resident))
        let calls = try gather(keys, newestFirst: true) { key throws(LedgerError) in
            let select = try prepare(
                "SELECT sequence, at, result, staff FROM call WHERE resident = ? ORDER BY sequence DESC LIMIT ?")
            select.bind(1, key)
            select.bind(2, limit)
            return try select.rows { row throws(LedgerError) in
                RecordedCall(
                    sequence: row.sequence(0), at: row.time(1), result: try CallResult.stored(row.integer(2), "result"),
                    by: StaffKey(rawValue: row.integer(3)))
            }
        }
        return Array(calls.prefix(limit))
    }

    /// How often nobody answered since somebody last did, ten at most.
    package func unansweredCalls(to resident: ResidentKey) throws(LedgerError) -> Int {
        try calls(to: resident, limit: 10).prefix { $0.result != .spoken }.count
    }

    /// The newest sign of life under some keys: a reading, a band, a call that was answered, a visit.
    func lastHeard(under keys: [ResidentKey]) throws(LedgerError) -> HutTime? {
        var newest: HutTime?
        for key in keys {
            for sql in Ledger.signsOfLife {
                let select = try prepare(sql)
                select.bind(1, key)
                let at = try select.first { row throws(LedgerError) in row.timeIfAny(0) } ?? nil
                if let at, at > newest ?? at + .milliseconds(-1) { newest = at }
            }
        }
        return newest
    }

    /// The newest call under some keys that was answered.
    func lastSpoken(under keys: [ResidentKey]) throws(LedgerError) -> HutTime? {
        var newest: HutTime?
        for key in keys {
            let select = try prepare(
                "SELECT max(at) FROM call WHERE resident = ? AND result = \(CallResult.spoken.code)")
            select.bind(1, key)
            let at = try select.first { row throws(LedgerError) in row.timeIfAny(0) } ?? nil
            newest = [newest, at].compactMap(\.self).max()
        }
        return newest
    }

    private static let signsOfLife =
        ["SELECT at FROM heard WHERE resident = ?"]
        + [0, 1].map {
            "SELECT measured_at FROM reading WHERE resident = ? AND worn = \($0) ORDER BY measured_at DESC LIMIT 1"
        }
        + ["SELECT at FROM report WHERE resident = ? AND kind = 3 ORDER BY at DESC LIMIT 1"]

    /// The wristbands that a resident wears, with when each was last heard.
    func wornBands(under keys: [ResidentKey]) throws(LedgerError) -> [WornBand] {
        var bands: [WornBand] = []
        for key in keys {
            let select = try prepare(
                "SELECT band, since FROM pairing WHERE resident = ? AND until IS NULL ORDER BY sequence")
            select.bind(1, key)
            let worn = try select.rows { row throws(LedgerError) in (row.text(0) ?? "", row.time(1)) }
            for (band, since) in worn { bands.append(try wornBand(band, since: since, by: key)) }
        }
        return bands
    }

    private func wornBand(_ band: String, since: HutTime, by key: ResidentKey) throws(LedgerError) -> WornBand {
        let sample = try prepare(
            """
            SELECT measured_at + delay FROM reading WHERE resident = ? AND worn = 1 AND band = ? AND measured_at >= ?
            ORDER BY measured_at DESC LIMIT 1
            """)
        sample.bind(1, key)
        sample.bind(2, try books.names.known(band))
        sample.bind(3, since)
        let measured = try sample.first { row throws(LedgerError) in row.time(0) }
        let word = try prepare("SELECT at FROM band_heard WHERE band = ? AND at >= ?")
        word.bind(1, band)
        word.bind(2, since)
        let spoken = try word.first { row throws(LedgerError) in row.time(0) }
        let off = try prepare(
            """
            SELECT at FROM report WHERE resident = ? AND kind = 3 AND at >= ? AND word = \(BandSignal.removed.code)
                AND band = ? ORDER BY at DESC LIMIT 1
            """)
        off.bind(1, key)
        off.bind(2, since)
        off.bind(3, band)
        let removed = try off.first { row throws(LedgerError) in row.time(0) }
        return WornBand(
            band: BandID(rawValue: band), since: since, lastHeard: [measured, spoken].compactMap { $0 }.max(),
            isOff: removed.map { $0 > measured ?? since } ?? false)
    }
}
