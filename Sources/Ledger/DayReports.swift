// One day on one page, for the end of it: what was measured, stored and sent, what was refused and why, what nobody
// owns, who should have come and did not. Read from the facts of the day when it is asked for.

import Vitals

/// The figures of one local day.
package struct DayReport: Hashable, Sendable {
    /// Why an attempt to measure left no reading that stands.
    package enum Refusal: Hashable, Sendable {
        case noValue(NoValueClass)
        case fault(FaultKind)
        case implausible, wrongFormat
        case discarded(DiscardReason)
        /// Bytes that a mended profile reads as nothing.
        case corrected
        /// A guest who keeps nothing.
        case withoutRecord
    }

    /// Somebody who was expected on this day and did not come.
    package struct Missed: Hashable, Sendable {
        package var resident: ResidentKey
        /// What was promised for the day; nil: a follow-up was due.
        package var promise: Promise?
        /// The open flag that was due.
        package var flag: FlagID?
    }

    package var day: LocalDay
    /// Attempts of people at instruments: readings and refusals. A wristband's samples are no attempts.
    package var measured = 0
    /// Readings that stand, by what they are; samples of wristbands apart.
    package var stored: [VitalKind: Int] = [:]
    package var samples = 0
    package var refused: [Refusal: Int] = [:]
    /// Readings of the day that nobody owns yet.
    package var unclaimed = 0
    /// Records for the district that it has heard, that wait, and that it refused for their content.
    package var sent = 0
    package var waiting = 0
    package var parked = 0
    package var followUps = 0
    /// Residents who came or were measured.
    package var came: Set<ResidentKey> = []
    package var missed: [Missed] = []
    package var lookers: [DayLook] = []
}

extension Ledger {
    /// The page of a day as it stands now.
    package func report(of day: LocalDay, offset: UTCOffset = .china) throws(LedgerError) -> DayReport {
        let books = try books
        return try books.database.snapshot { () throws(LedgerError) in
            var report = DayReport(day: day)
            let (from, to) = (offset.start(of: day), offset.start(of: day + 1))
            if let span = try Days.sequences(from: from, to: to, books) {
                let asked = (span, from, to)
                try countReadings(asked, into: &report)
                try countOthers(asked, into: &report)
                report.measured = report.stored.values.reduce(0, +) + report.refused.values.reduce(0, +)
            }
            report.missed = try missed(on: day, came: report.came)
            report.lookers = try lookers(at: day)
            return report
        }
    }

    private typealias Span = (sequences: Range<Int64>, from: HutTime, to: HutTime)

    private static let inSpan = "sequence >= ? AND sequence < ? AND recorded_at >= ? AND recorded_at < ?"

    private func bind(_ span: Span, to select: Statement) {
        select.bind(1, span.sequences.lowerBound)
        select.bind(2, span.sequences.upperBound)
        select.bind(3, span.from)
        select.bind(4, span.to)
    }

    /// Readings by their columns; no detail is opened.
    private func countReadings(_ span: Span, into report: inout DayReport) throws(LedgerError) {
        let select = try prepare(
            """
            SELECT sequence, vital, source FROM fact WHERE \(Ledger.inSpan)
                AND kind = \(FactKind.reading.rawValue) ORDER BY sequence
            """)
        bind(span, to: select)
        let readings = try select.rows { row throws(LedgerError) in
            (row.sequence(0), try VitalKind.stored(row.integer(1), "vital"), row.integer(2))
        }
        let mark = try Marks.value(.uploaded, books.database)
        for (sequence, vital, source) in readings {
            let standing = try Readings.standing(of: sequence, books)
            if standing == .discarded { continue }
            if source == SourceClass.wearable.code {
                report.samples += 1
            } else {
                report.stored[vital, default: 0] += 1
            }
            switch standing {
            case .unclaimed: report.unclaimed += 1
            case .owned(let resident, _, let since):
                if source != SourceClass.wearable.code { report.came.insert(try books.holder(of: resident)) }
                if vital != .wearableBloodPressure { try count(since, mark, into: &report) }
            case .discarded: break
            }
        }
    }

    /// Whether the district has heard of a record, by the fact that gave it to its resident.
    private func count(_ record: FactSequence, _ mark: Int64, into report: inout DayReport) throws(LedgerError) {
        let parked = try prepare("SELECT 1 FROM parked WHERE fact = ?")
        parked.bind(1, record)
        if try parked.first({ row throws(LedgerError) in row.integer(0) }) != nil {
            report.parked += 1
            return
        }
        let acknowledged = try prepare("SELECT 1 FROM acknowledged WHERE fact = ?")
        acknowledged.bind(1, record)
        let stands = try acknowledged.first { row throws(LedgerError) in row.integer(0) }
        if record.rawValue <= mark || stands != nil { report.sent += 1 } else { report.waiting += 1 }
    }

    private static let others = [
        FactKind.noValue, .fault, .readingDiscarded, .readingCorrected, .measuredWithoutRecord, .visitOpened,
        .followUpRecorded,
    ].map { String($0.rawValue) }.joined(separator: ", ")

    private func countOthers(_ span: Span, into report: inout DayReport) throws(LedgerError) {
        let condition = "sequence < ? AND recorded_at >= ? AND recorded_at < ? AND kind IN (\(Ledger.others))"
        let facts = try books.facts.read(
            where: condition, after: span.sequences.lowerBound - 1, limit: .max, span.sequences.upperBound,
            span.from.milliseconds, span.to.milliseconds)
        for recorded in facts {
            if let refusal = recorded.fact.refusal { report.refused[refusal, default: 0] += 1 }
            switch recorded.fact {
            case .visitOpened(_, .resident(let key), _): report.came.insert(try books.holder(of: key))
            case .followUpRecorded(let record, _):
                report.followUps += 1
                if record.method == .clinic { report.came.insert(try books.holder(of: record.resident)) }
            default: break
            }
        }
    }

    /// What was promised or due for a day, is still open, and whose resident was not there.
    private func missed(on day: LocalDay, came: Set<ResidentKey>) throws(LedgerError) -> [DayReport.Missed] {
        let promised = try prepare(
            "SELECT resident, sequence, kind, day, made_at, staff FROM promise WHERE day = ? ORDER BY sequence")
        promised.bind(1, day)
        var missed: [DayReport.Missed] = []
        for (key, promise) in try promised.rows({ row throws(LedgerError) in
            (row.resident(0), try Promise(row, first: 1))
        }) { missed.append(DayReport.Missed(resident: try books.holder(of: key), promise: promise)) }
        let due = try prepare(
            """
            SELECT subject, flag FROM flag WHERE ended_at IS NULL AND due = ? AND subject_kind = \(Flags.residentKind)
                AND severity > \(Severity.info.rawValue)
            """)
        due.bind(1, day)
        let flags = try due.rows { row throws(LedgerError) in (row.resident(0), row.sequence(1)) }
        for (key, flag) in flags { missed.append(DayReport.Missed(resident: key, flag: flag)) }
        return missed.filter { !came.contains($0.resident) }.sorted {
            ($0.resident, $0.flag ?? FactSequence(rawValue: 0)) < ($1.resident, $1.flag ?? FactSequence(rawValue: 0))
        }
    }
}

extension Fact {
    /// Why this left no reading that stands; nil for everything else. A wristband that is off says so all day.
    fileprivate var refusal: DayReport.Refusal? {
        switch self {
        case .noValue(_, let why, _, _?, _, _): .noValue(why)
        case .fault(.deviceError(_, _, let kind), _, _, _, _): .fault(kind)
        case .fault(.implausible, _, _, _, _): .implausible
        case .fault(.wrongFormat, _, _, _, _): .wrongFormat
        case .readingDiscarded(_, let reason, _, _): .discarded(reason)
        case .readingCorrected(_, nil, _, _, _): .corrected
        case .measuredWithoutRecord: .withoutRecord
        default: nil
        }
    }
}
