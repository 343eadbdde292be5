// A resident whose lines were merged has rows under several keys; what is read under each is put into one order here.

import Vitals

extension Ledger {
    /// The rows of all keys of a resident in one order; with one key, the order in which they were read.
    func gather<Row: Chronological>(
        _ keys: [ResidentKey], newestFirst: Bool = false, _ read: (ResidentKey) throws(LedgerError) -> [Row]
    ) throws(LedgerError) -> [Row] {
        guard keys.count > 1 else { return try read(keys[0]) }
        var rows: [Row] = []
        for key in keys { rows += try read(key) }
        return rows.sorted { newestFirst ? $1.comes(before: $0) : $0.comes(before: $1) }
    }
}

/// What stands in order of time within a resident's history, so that what two lines have can be put together.
protocol Chronological {
    /// The order of a history: time, then sequence.
    func comes(before other: Self) -> Bool
}

extension SymptomReport: Chronological {
    func comes(before other: Self) -> Bool { (at, sequence) < (other.at, other.sequence) }
}

extension FailedAttempt: Chronological {
    func comes(before other: Self) -> Bool { (at, sequence) < (other.at, other.sequence) }
}

extension SignalReport: Chronological {
    func comes(before other: Self) -> Bool { (at, sequence) < (other.at, other.sequence) }
}

extension NoValueReport: Chronological {
    func comes(before other: Self) -> Bool { (at, sequence) < (other.at, other.sequence) }
}

extension RecordedReading: Chronological {
    func comes(before other: Self) -> Bool {
        (reading.measuredAt, sequence) < (other.reading.measuredAt, other.sequence)
    }
}

extension RecordedFollowUp: Chronological {
    func comes(before other: Self) -> Bool { (record.day, sequence) < (other.record.day, other.sequence) }
}

extension Promise: Chronological {
    func comes(before other: Self) -> Bool { (day, sequence) < (other.day, other.sequence) }
}

extension LocalDay: Chronological {
    func comes(before other: Self) -> Bool { self < other }
}

extension RecordedCall: Chronological {
    func comes(before other: Self) -> Bool { sequence < other.sequence }
}

extension AnsweredRequest: Chronological {
    func comes(before other: Self) -> Bool { sequence < other.sequence }
}

extension Flag: Chronological {
    func comes(before other: Self) -> Bool { id < other.id }
}
