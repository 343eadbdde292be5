// Who looked at whom and who changed what, for whoever asks years later; and whether the facts still fit together.
//
// What the chain proves: no fact was edited, taken out or put in between without rewriting every link behind it. What it
// cannot prove: somebody who can write the whole file can compute the whole chain again. Against that there is one
// thing: the last link, written down elsewhere from time to time. A chain that was made anew has another one, and
// `auditVerify` finds a link that was written down. Whoever only cuts facts off the end forgets the tables that follow
// them: these still know how far the chain went.

import Vitals

/// What the chain of facts says about itself.
package struct AuditVerdict: Hashable, Sendable {
    /// How many facts follow from each other, from the first on.
    package var wholeUpTo: FactSequence
    /// The first fact that does not follow from those before it; nil when the chain is whole.
    package var firstBroken: FactSequence?
    /// A fact after the last that the tables know of: the end was cut off. nil where nothing says so.
    package var cutOff: FactSequence?
    /// The link of the last fact that follows, 64 hexadecimal digits: to be written down elsewhere.
    package var lastLink: String
    /// When that fact was recorded; nil in an empty ledger.
    package var lastAt: HutTime?
    /// The fact whose link is the one that was written down; nil where none was asked for or none has it.
    package var found: FactSequence?
}

/// One look or change, without anybody's name or values.
package struct AuditLine: Hashable, Sendable {
    package var sequence: FactSequence
    package var at: HutTime
    /// The kind of fact: `recordSeen`.
    package var kind: String
    /// nil: an operator's command.
    package var by: StaffKey?
    /// Opaque ids of the residents it is about.
    package var residents: [String]
}

extension Books {
    /// The newest fact that the tables know of and that comes after `last`; nil where they know of none.
    func factBeyond(_ last: Int64) throws(LedgerError) -> FactSequence? {
        let newest = [
            "SELECT max(sequence) FROM concern", "SELECT max(sequence) FROM reading", "SELECT max(flag) FROM flag",
        ]
        var known: Int64 = 0
        for select in newest { known = max(known, try database.integer(select) ?? 0) }
        return known > last ? FactSequence(rawValue: known) : nil
    }
}

extension Ledger {
    /// Walks the whole chain on a connection of its own: a check beside a running hut holds nobody up. `link`, as it was
    /// written down, 64 hexadecimal digits, is looked for on the way.
    package func auditVerify(link: String? = nil) throws(LedgerError) -> AuditVerdict {
        let database = try Database(path: try books.database.path)
        database.setBusyTimeout(milliseconds: 2_000)
        let facts = try Books(database).facts
        return try database.snapshot { () throws(LedgerError) in
            let (end, broken) = try facts.walkChain()
            var verdict = AuditVerdict(
                wholeUpTo: FactSequence(rawValue: end.sequence),
                firstBroken: broken.map { FactSequence(rawValue: $0) }, lastLink: end.link.hexadecimal)
            verdict.cutOff = try facts.read(end.sequence + 1) == nil ? Books(database).factBeyond(end.sequence) : nil
            verdict.lastAt = try facts.read(end.sequence)?.recordedAt
            if let link { verdict.found = try facts.sequence(ofLink: link.lowercased(), upTo: end.sequence) }
            return verdict
        }
    }

    /// Looks and changes recorded in a span of time, oldest first, a page at a time: `after` a sequence for the next
    /// one. With `staff`, only what these people did.
    package func auditTrail(
        from: HutTime, to: HutTime, staff: Set<StaffKey>? = nil, after: FactSequence? = nil, limit: Int
    ) throws(LedgerError) -> [AuditLine] {
        let books = try books
        return try books.database.snapshot { () throws(LedgerError) in
            guard let span = try Days.sequences(from: from, to: to, books) else { return [] }
            let kinds = FactKind.ofPeople.map { String($0.rawValue) }.joined(separator: ", ")
            let condition = "sequence < ? AND recorded_at >= ? AND recorded_at < ? AND kind IN (\(kinds))"
            var lines: [AuditLine] = []
            var last = max(span.lowerBound - 1, after?.rawValue ?? 0)
            while lines.count < limit {
                let batch = try books.facts.read(
                    where: condition, after: last, limit: limit, span.upperBound, from.milliseconds, to.milliseconds)
                for recorded in batch {
                    let author = try books.authorship(of: recorded).by
                    guard isWanted(author, staff) else { continue }
                    lines.append(try auditLine(recorded, by: author))
                    if lines.count == limit { break }
                }
                guard let newest = batch.last, batch.count == limit else { break }
                last = newest.sequence.rawValue
            }
            return lines
        }
    }

    private func isWanted(_ author: StaffKey?, _ staff: Set<StaffKey>?) -> Bool {
        guard let staff else { return true }
        return author.map(staff.contains) ?? false
    }

    private func auditLine(_ recorded: RecordedFact, by author: StaffKey?) throws(LedgerError) -> AuditLine {
        var ids: [String] = []
        for key in try residents(namedBy: recorded.fact) { if let id = try roster(key)?.id { ids.append(id) } }
        return AuditLine(
            sequence: recorded.sequence, at: recorded.recordedAt, kind: "\(recorded.fact.kind)",
            by: author, residents: ids)
    }

    /// Whom a fact names, or the fact that it is about.
    private func residents(namedBy fact: Fact) throws(LedgerError) -> [ResidentKey] {
        switch fact {
        case .readingMoved(_, let from, let to, _, _): return [from, to]
        case .residentsMerged(let first, let second, _, _), .residentsUnmerged(let first, let second, _, _):
            return [first, second]
        case .residentAdded(_, let id): return try roster(id: id).map { [$0.key] } ?? []
        case .sheetPrinted(_, let residents, _): return Set(residents).sorted()
        case .deviceLent(_, let borrowers, _): return Set(borrowers.map(\.resident)).sorted()
        default:
            if let resident = fact.resident { return [resident] }
            guard let about = fact.about else { return [] }
            let select = try prepare("SELECT resident FROM fact WHERE sequence = ?")
            select.bind(1, about)
            let resident = try select.first { row throws(LedgerError) in row.integerIfAny(0) } ?? nil
            return resident.map { [ResidentKey(rawValue: $0)] } ?? []
        }
    }
}
