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
    /// Of whom every flag waits for its day.
    package var notYetListed = 0
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
            let requests = try requestCounts()
            for head in try heads(today: today) {
                guard head.isListed else {
                    list.notYetListed += 1
                    continue
                }
                guard let line = try line(of: head, requests) else { continue }
                if let status = line.entry?.status, status != .here {
                    guard line.flag.draft.severity >= .urgent else { continue }
                    list.gone[status, default: 1] -= 1
                }
                list.lines.append(line)
            }
            list.lines.sort { $0.comes(before: $1) }
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

    private struct Subject: Hashable {
        var kind: Int64
        var key: Int64
    }

    private func heads(today: LocalDay) throws(LedgerError) -> [Head] {
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
        return Array(heads.values)
    }

    private func line(of head: Head, _ requests: [ResidentKey: Int]) throws(LedgerError) -> WorklistLine? {
        guard let flag = try flagWithNewestEvidence(FlagID(rawValue: head.flag)) else { return nil }
        var line = WorklistLine(flag: flag, others: head.others, tries: 0, requests: 0)
        guard case .resident(let key) = flag.draft.subject else { return line }
        line.entry = try roster(key)
        for key in try books.keys(of: key) {
            let pressure = try lastPressure(under: key)
            if pressure.map({ $0.at > line.pressure?.at ?? $0.at + .milliseconds(-1) }) ?? false {
                line.pressure = pressure
            }
            line.requests += requests[key] ?? 0
        }
        line.tries = try unansweredCalls(to: key)
        return line
    }

    private func lastPressure(under key: ResidentKey) throws(LedgerError) -> WorklistLine.LastPressure? {
        let select = try prepare(
            """
            SELECT value1, value2, measured_at FROM reading
            WHERE resident = ? AND worn = 0 AND vital = \(VitalKind.bloodPressure.code)
            ORDER BY measured_at DESC, sequence DESC LIMIT 1
            """)
        select.bind(1, key)
        return try select.first { row throws(LedgerError) in
            WorklistLine.LastPressure(
                systolic: MmHg(Int(row.integer(0))), diastolic: MmHg(Int(row.integer(1))), at: row.time(2))
        }
    }

    /// Standing requests by the key they were left under.
    private func requestCounts() throws(LedgerError) -> [ResidentKey: Int] {
        let rows = try prepare("SELECT resident, count(*) FROM request WHERE answer IS NULL GROUP BY resident").rows {
            row throws(LedgerError) in (row.resident(0), Int(row.integer(1)))
        }
        return Dictionary(uniqueKeysWithValues: rows)
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

extension WorklistLine {
    /// The order of the list: severity, then due date, then name, then the older flag.
    fileprivate func comes(before other: WorklistLine) -> Bool {
        let (draft, theirs) = (flag.draft, other.flag.draft)
        if draft.severity != theirs.severity { return draft.severity > theirs.severity }
        let (due, theirDue) = (draft.due?.daysSince1970 ?? .max, theirs.due?.daysSince1970 ?? .max)
        if due != theirDue { return due < theirDue }
        return (entry?.resident.name ?? "", flag.id) < (other.entry?.resident.name ?? "", other.flag.id)
    }
}
