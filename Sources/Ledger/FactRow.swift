// One fact as one row, and as the bytes its link is made from. The bytes hold the names of places, not their keys, so
// that the chain also guards the dictionary.

import FoundationEssentials
import Vitals

/// The columns of a fact, all but its link.
struct FactRow {
    var sequence, kind, recordedAt: Int64
    var resident, visit, about: Int64?
    var reason, hintVisit: Int64?
    var hintNumber: String?
    var instrument, station, band: String?
    var reading: ReadingColumns?
    var detail: String?
    var raw: [UInt8] = []

    static let columns = """
        sequence, kind, recorded_at, resident, visit, about, reason, hint_visit, hint_number,
        instrument, station, band, measured_at, \(ReadingColumns.names), detail, raw
        """
    static let columnCount: Int32 = 31
    private static let detailColumn: Int32 = 29

    init(_ recorded: RecordedFact, encoder: JSONEncoder) throws(LedgerError) {
        let fact = recorded.fact
        (sequence, kind) = (recorded.sequence.rawValue, fact.kind.rawValue)
        recordedAt = recorded.recordedAt.milliseconds
        (resident, visit, about) = (fact.resident?.rawValue, fact.visit?.rawValue, fact.about?.rawValue)
        guard case .reading(let value, let owner) = fact else {
            (raw, detail) = (fact.raw, try FactRow.json(fact.with(raw: []), encoder))
            return
        }
        (instrument, station, band) = (value.instrument.rawValue, value.station?.rawValue, value.band?.rawValue)
        (reading, raw) = (try ReadingColumns(value), value.raw)
        guard case .unclaimed(let why, let hint) = owner else { return }
        reason = why.code
        switch hint {
        case .visit(let id): hintVisit = id.rawValue
        case .number(let number): hintNumber = number
        case nil: break
        }
    }

    /// Reads a row selected by `columns`.
    init(_ row: Statement, _ names: Names) throws(LedgerError) {
        (sequence, kind, recordedAt) = (row.integer(0), row.integer(1), row.integer(2))
        (resident, visit, about) = (row.integerIfAny(3), row.integerIfAny(4), row.integerIfAny(5))
        (reason, hintVisit, hintNumber) = (row.integerIfAny(6), row.integerIfAny(7), row.text(8))
        if kind == FactKind.reading.rawValue {
            instrument = try names.text(row.integer(9))
            if let key = row.integerIfAny(10) { station = try names.text(key) }
            if let key = row.integerIfAny(11) { band = try names.text(key) }
            reading = ReadingColumns(row, measuredAt: 12, first: 13)
        }
        detail = row.text(FactRow.detailColumn)
        raw = row.bytes(FactRow.detailColumn + 1)
    }

    func bind(to statement: Statement, _ names: Names) throws(LedgerError) {
        statement.bind(1, sequence)
        statement.bind(2, kind)
        statement.bind(3, recordedAt)
        statement.bind(4, resident)
        statement.bind(5, visit)
        statement.bind(6, about)
        statement.bind(7, reason)
        statement.bind(8, hintVisit)
        statement.bind(9, hintNumber)
        statement.bind(10, try names.key(ofAny: instrument))
        statement.bind(11, try names.key(ofAny: station))
        statement.bind(12, try names.key(ofAny: band))
        statement.bind(13, reading?.measuredAt)
        var index: Int32 = 14
        if let reading {
            reading.forEach {
                statement.bind(index, $0)
                index += 1
            }
        } else {
            for empty in index..<index + ReadingColumns.count { statement.bind(empty, nil as Int64?) }
        }
        statement.bind(FactRow.detailColumn + 1, detail)
        statement.bind(FactRow.detailColumn + 2, raw.isEmpty ? nil : raw)
    }

    /// Whose a reading was when it came.
    func owner() throws(LedgerError) -> Owner {
        if let resident {
            return .resident(ResidentKey(rawValue: resident), visit: visit.map { VisitID(rawValue: $0) })
        }
        let hint = hintVisit.map { Hint.visit(VisitID(rawValue: $0)) } ?? hintNumber.map { Hint.number($0) }
        return .unclaimed(try UnclaimedReason.stored(reason ?? 0, "reason"), hint: hint)
    }

    /// The reading of a reading fact.
    func value() throws(LedgerError) -> Reading? {
        guard let reading, let instrument else { return nil }
        return try reading.reading(instrument: instrument, station: station, band: band, raw: raw)
    }

    /// The fact back from its row.
    func recorded(decoder: JSONDecoder) throws(LedgerError) -> RecordedFact {
        let fact: Fact
        if let value = try value() {
            fact = .reading(value, try owner())
        } else {
            do {
                fact = try decoder.decode(Fact.self, from: Data((detail ?? "").utf8)).with(raw: raw)
            } catch {
                throw .corrupt(what: "fact \(sequence) cannot be read")
            }
        }
        return RecordedFact(
            sequence: FactSequence(rawValue: sequence), recordedAt: HutTime(milliseconds: recordedAt), fact: fact)
    }

    /// SHA-256 of the link before and of every column in order.
    func link(after previous: [UInt8]) -> [UInt8] {
        var bytes = ChainBytes(previous)
        for number in [sequence, kind, recordedAt, resident, visit, about, reason, hintVisit] { bytes.add(number) }
        bytes.add(hintNumber)
        bytes.add(instrument)
        bytes.add(station)
        bytes.add(band)
        bytes.add(reading?.measuredAt)
        reading?.forEachLinked { bytes.add($0) }
        bytes.add(detail)
        bytes.add(raw)
        return SHA256.digest(bytes.bytes)
    }

    private static func json(_ fact: Fact, _ encoder: JSONEncoder) throws(LedgerError) -> String {
        do {
            return String(decoding: try encoder.encode(fact), as: UTF8.self)
        } catch {
            throw .unstorable(field: "\(fact.kind)")
        }
    }
}

/// Values one after the other, each with a mark of its type, so that no two rows have the same bytes.
private struct ChainBytes {
    var bytes: [UInt8]

    init(_ previous: [UInt8]) {
        bytes = []
        bytes.reserveCapacity(256)
        bytes.append(contentsOf: previous)
    }

    /// 0 for nothing; 1 and eight bytes, lowest first.
    mutating func add(_ number: Int64?) {
        guard let number else {
            bytes.append(0)
            return
        }
        bytes.append(1)
        withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }

    /// 0 for nothing; 2, the length and the UTF-8.
    mutating func add(_ text: String?) {
        guard let text else {
            bytes.append(0)
            return
        }
        bytes.append(2)
        add(Int64(text.utf8.count))
        bytes.append(contentsOf: text.utf8)
    }

    /// 3, the length and the bytes.
    mutating func add(_ raw: [UInt8]) {
        bytes.append(3)
        add(Int64(raw.count))
        bytes.append(contentsOf: raw)
    }
}

extension Fact {
    /// The bytes as they came, which have a column of their own.
    fileprivate var raw: [UInt8] {
        switch self {
        case .fault(_, _, _, _, let raw), .noValue(_, _, _, _, _, let raw), .signal(_, _, _, _, let raw): raw
        default: []
        }
    }

    fileprivate func with(raw: [UInt8]) -> Fact {
        switch self {
        case .fault(let fault, let instrument, let station, let visit, _):
            .fault(fault, instrument, station, visit, raw: raw)
        case .noValue(let vital, let why, let instrument, let station, let owner, _):
            .noValue(vital, why, instrument, station, owner, raw: raw)
        case .signal(let signal, let band, let wearer, let text, _):
            .signal(signal, band, wearer: wearer, text: text, raw: raw)
        default: self
        }
    }
}
