// The nurse's list as the ledger knows it: one line for each resident, or place, about whom a flag is open, derived when
// it is asked for. In two steps, because there may be thousands of open flags and the screen shows one a resident: the
// numbers of all of them decide which flag speaks, and only of those are the words read.

import Vitals

/// What is open about one resident, reading, place or band.
package struct WorklistLine: Hashable, Sendable {
    /// The flag that decides: the most severe, then the earliest due, then the oldest; with its newest evidence only.
    package var flag: Flag
    /// Further flags that are open and listed.
    package var others: Int
    /// nil for a reading, a place or a band.
    package var entry: RosterEntry?
    /// The newest cuff value and when it was measured; nil where there is none.
    package var pressure: LastPressure?
    /// Calls that nobody answered since somebody last did, ten at most.
    package var tries: Int
    /// Requests that stand.
    package var requests: Int

    /// The newest blood pressure of a cuff.
    package struct LastPressure: Hashable, Sendable {
        package var systolic: MmHg
        package var diastolic: MmHg
        package var at: HutTime
    }
}

/// The list with what is not on it, and why.
package struct WorklistLines: Hashable, Sendable {
    /// Severity first, then due date, then name.
    package var lines: [WorklistLine] = []
    /// Who is here, or no resident, and of whom every flag waits for its day.
    package var notYetListed = 0
    /// Residents about whom anything is open, listed or not.
    package var subjects: Set<ResidentKey> = []
    /// Residents of the roster who are not here any more and have no line.
    package var gone: [ResidentStatus: Int] = [:]
    /// Lines of the roster that are somebody else's by now.
    package var merged = 0
}

extension Ledger {
    /// Everybody about whom something is to be done today. Flags of `info` are for the resident's own screen. Of a
    /// resident who is not here any more only what needs a person at once is shown.
    package func worklist(today: LocalDay) throws(LedgerError) -> WorklistLines {
        try books.database.snapshot { () throws(LedgerError) in
            var list = WorklistLines(gone: try goneCounts(), merged: try mergedCount())
            let heads = try heads(today: today)
            // What lies together is read together: flags in their order, then residents in theirs.
            let listed = heads.filter(\.value.isListed).sorted { $0.value.flag < $1.value.flag }
            list.subjects = Set(heads.keys.compactMap(\.resident))
            list.notYetListed =
                try heads.count - listed.count - countGone(heads.filter { !$0.value.isListed }.map(\.key))
            let flags = try flagsWithNewestEvidence(listed.map { FlagID(rawValue: $0.value.flag) })
            list.lines.reserveCapacity(listed.count)
            let reader = try WorklistReader(books, anyMerged: list.merged > 0)
            for index in listed.indices.sorted(by: { listed[$0].key < listed[$1].key }) {
                let line = try reader.line(
                    of: flags[index], others: listed[index].value.others, resident: listed[index].key.resident)
                if let status = line.entry?.status, status != .here {
                    guard line.flag.draft.severity >= .urgent else { continue }
                    list.gone[status, default: 1] -= 1
                }
                list.lines.append(line)
            }
            list.lines.arrange()
            return list
        }
    }

    /// The numbers of the flag that speaks for a subject.
    private struct Head {
        var flag: Int64
        var severity: Int64
        var due: Int64
        var isListed: Bool
        var others = 0

        /// A flag that waits for its day never speaks before one that does not.
        func comes(before other: Head) -> Bool {
            if isListed != other.isListed { return isListed }
            if severity != other.severity { return severity > other.severity }
            return (due, flag) < (other.due, other.flag)
        }
    }

    private struct Subject: Hashable, Comparable {
        var kind: Int64
        var key: Int64

        var resident: ResidentKey? { kind == Flags.residentKind ? ResidentKey(rawValue: key) : nil }

        static func < (left: Self, right: Self) -> Bool { (left.kind, left.key) < (right.kind, right.key) }
    }

    private func heads(today: LocalDay) throws(LedgerError) -> [Subject: Head] {
        let select = try prepare(
            "SELECT flag, subject_kind, subject, severity, due, listed_from FROM flag WHERE ended_at IS NULL")
        defer { select.reset() }
        var heads: [Subject: Head] = [:]
        while try select.step() {
            let severity = select.integer(3)
            guard severity > Severity.info.rawValue else { continue }
            let listedFrom = select.integerIfAny(5) ?? .min
            var head = Head(
                flag: select.integer(0), severity: severity, due: select.integerIfAny(4) ?? .max,
                isListed: listedFrom <= today.daysSince1970)
            let subject = Subject(kind: select.integer(1), key: select.integer(2))
            if var known = heads[subject] {
                let others = known.others + (known.isListed && head.isListed ? 1 : 0)
                if known.comes(before: head) {
                    known.others = others
                    head = known
                } else {
                    head.others = others
                }
            }
            heads[subject] = head
        }
        return heads
    }

    /// How many of these are residents who are not here any more: they are counted with those.
    private func countGone(_ subjects: [Subject]) throws(LedgerError) -> Int {
        let select = try prepare("SELECT 1 FROM roster WHERE resident = ? AND status <> 0")
        var count = 0
        for resident in subjects.compactMap(\.resident) {
            select.bind(1, resident)
            if try select.first({ row throws(LedgerError) in row.integer(0) }) != nil { count += 1 }
        }
        return count
    }

    private func goneCounts() throws(LedgerError) -> [ResidentStatus: Int] {
        let rows = try prepare(
            """
            SELECT status, count(*) FROM roster WHERE status <> 0
                AND NOT EXISTS (SELECT 1 FROM merged WHERE merged.resident = roster.resident) GROUP BY status
            """
        ).rows { row throws(LedgerError) in
            (try ResidentStatus.stored(row.integer(0), "status"), Int(row.integer(1)))
        }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    private func mergedCount() throws(LedgerError) -> Int {
        Int(try books.database.integer("SELECT count(*) FROM merged") ?? 0)
    }
}

/// Reads what stands beside the flags of a list, with statements that are looked up once for all its lines.
private struct WorklistReader {
    private let books: Books
    private let anyMerged: Bool
    private let roster: Statement
    private let pressure: Statement
    /// nil while nobody was ever called.
    private let calls: Statement?
    /// Standing requests by the key they were left under.
    private var requests: [ResidentKey: Int] = [:]

    init(_ books: Books, anyMerged: Bool) throws(LedgerError) {
        (self.books, self.anyMerged) = (books, anyMerged)
        let database = books.database
        roster = try database.prepare("SELECT \(Roster.columns) FROM roster WHERE resident = ?")
        pressure = try database.prepare(
            """
            SELECT value1, value2, measured_at FROM reading
            WHERE resident = ? AND worn = 0 AND vital = \(VitalKind.bloodPressure.code)
            ORDER BY measured_at DESC, sequence DESC LIMIT 1
            """)
        calls =
            try database.integer("SELECT max(sequence) FROM call") == 0
            ? nil : database.prepare("SELECT result FROM call WHERE resident = ? ORDER BY sequence DESC LIMIT 10")
        let standing = try database.prepare(
            "SELECT resident, count(*) FROM request WHERE answer IS NULL GROUP BY resident")
        for (key, count) in try standing.rows({ row throws(LedgerError) in (row.resident(0), Int(row.integer(1))) }) {
            requests[key] = count
        }
    }

    func line(of flag: Flag, others: Int, resident: ResidentKey?) throws(LedgerError) -> WorklistLine {
        var line = WorklistLine(flag: flag, others: others, tries: 0, requests: 0)
        guard let resident else { return line }
        roster.bind(1, resident)
        line.entry = try roster.first(Roster.entry)
        for key in anyMerged ? try books.keys(of: resident) : [resident] {
            if let newer = try lastPressure(under: key), newer.at > line.pressure?.at ?? .distantPast {
                line.pressure = newer
            }
            line.requests += requests[key] ?? 0
            line.tries += try unansweredCalls(under: key)
        }
        return line
    }

    private func lastPressure(under key: ResidentKey) throws(LedgerError) -> WorklistLine.LastPressure? {
        pressure.bind(1, key)
        return try pressure.first { row throws(LedgerError) in
            WorklistLine.LastPressure(
                systolic: MmHg(Int(row.integer(0))), diastolic: MmHg(Int(row.integer(1))), at: row.time(2))
        }
    }

    private func unansweredCalls(under key: ResidentKey) throws(LedgerError) -> Int {
        guard let calls else { return 0 }
        calls.bind(1, key)
        return try calls.rows { row throws(LedgerError) in row.integer(0) }.prefix { $0 != CallResult.spoken.code }
            .count
    }
}

extension HutTime {
    /// Before anything was ever measured.
    fileprivate static let distantPast = HutTime(milliseconds: .min)
}

/// What a line's place is decided by.
private struct WorklistPlace {
    var severity: Severity
    var due: Int
    var name: String
    var flag: FlagID
    var index: Int

    /// Severity, then due date, then name, then the older flag.
    func comes(before other: WorklistPlace) -> Bool {
        if severity != other.severity { return severity > other.severity }
        if due != other.due { return due < other.due }
        return (name, flag) < (other.name, other.flag)
    }
}

extension [WorklistLine] {
    /// In order of their places. Numbers and names are sorted, and each line is moved once: a line is large.
    fileprivate mutating func arrange() {
        var places = enumerated().map { index, line in
            WorklistPlace(
                severity: line.flag.draft.severity, due: line.flag.draft.due?.daysSince1970 ?? .max,
                name: line.entry?.resident.name ?? "", flag: line.flag.id, index: index)
        }
        places.sort { $0.comes(before: $1) }
        for index in indices {
            // Where the line that belongs here was put by the exchanges before.
            var from = places[index].index
            while from < index { from = places[from].index }
            if from != index { swapAt(index, from) }
        }
    }
}
