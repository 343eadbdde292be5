// What the district has of one resident: the newest day of which everything was received, what waits, what was refused.
// Of what she measured; the samples of a band, hundreds a day, are counted for the whole hut only.

import Vitals

/// What became of one resident's records for the district.
package struct ResidentUploads: Hashable, Sendable {
    /// The newest local day of which every record was received; nil: none was.
    package var received: LocalDay?
    /// Records and corrections that the district has not heard.
    package var waiting = 0
    /// Refused for their content.
    package var refused = 0
    /// The district's word on one of those, without a person's data.
    package var outcome: String?
}

extension Ledger {
    /// The records of readings measured since a time, and every correction that is owed.
    package func uploads(of resident: ResidentKey, since: HutTime, offset: UTCOffset = .china)
        throws(LedgerError) -> ResidentUploads
    {
        try books.database.snapshot { () throws(LedgerError) in
            var (uploads, days) = (ResidentUploads(), [LocalDay: Bool]())
            let mark = try Marks.value(.uploaded, books.database)
            for key in try books.keys(of: try books.holder(of: resident)) {
                for record in try records(under: key, since: since) {
                    let day = offset.day(of: record.measuredAt)
                    let isReceived = record.outcome == nil && (record.isAcknowledged || record.fact.rawValue <= mark)
                    days[day] = (days[day] ?? true) && isReceived
                    if let outcome = record.outcome {
                        (uploads.refused, uploads.outcome) = (uploads.refused + 1, outcome)
                    } else if !isReceived {
                        uploads.waiting += 1
                    }
                }
                for outcome in try corrections(under: key) {
                    if let outcome {
                        (uploads.refused, uploads.outcome) = (uploads.refused + 1, outcome)
                    } else {
                        uploads.waiting += 1
                    }
                }
            }
            uploads.received = days.filter(\.value).keys.max()
            return uploads
        }
    }

    private typealias Record = (measuredAt: HutTime, fact: FactSequence, isAcknowledged: Bool, outcome: String?)

    /// By the fact that gave each reading to its resident: the district's records are named by it.
    private func records(under key: ResidentKey, since: HutTime) throws(LedgerError) -> [Record] {
        let select = try prepare(
            """
            SELECT r.measured_at, coalesce(s.since, r.sequence),
                EXISTS (SELECT 1 FROM acknowledged AS a WHERE a.fact = coalesce(s.since, r.sequence)),
                (SELECT outcome FROM parked AS p WHERE p.fact = coalesce(s.since, r.sequence))
            FROM reading AS r LEFT JOIN standing AS s ON s.sequence = r.sequence
            WHERE r.resident = ? AND r.worn = 0 AND r.measured_at >= ?
            """)
        select.bind(1, key)
        select.bind(2, since)
        return try select.rows { row throws(LedgerError) in
            (row.time(0), row.sequence(1), row.integer(2) != 0, row.text(3))
        }
    }

    private func corrections(under key: ResidentKey) throws(LedgerError) -> [String?] {
        let select = try prepare("SELECT outcome FROM correction WHERE resident = ?")
        select.bind(1, key)
        return try select.rows { row throws(LedgerError) in row.text(0) }
    }
}
