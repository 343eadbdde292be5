// Flags as they are asked for: all that are open, those of a resident, one, and many with only what a list says of them.

import Vitals

extension Ledger {
    /// Every open flag, oldest first.
    package func openFlags() throws(LedgerError) -> [Flag] {
        // The plus keeps SQLite from walking every flag ever raised for the sake of their order.
        try flags("ended_at IS NULL ORDER BY +flag")
    }

    /// The open flags whose severity and rule are wanted, oldest first; the others are passed over without their evidence.
    package func openFlags(where isWanted: @Sendable (Severity, RuleID) -> Bool) throws(LedgerError) -> [Flag] {
        let open = try prepare("SELECT flag, severity, rule FROM flag WHERE ended_at IS NULL").rows {
            row throws(LedgerError) in
            guard let severity = Severity(rawValue: Int(row.integer(1))), let rule = row.text(2) else {
                throw .corrupt(what: "a flag of an unknown severity")
            }
            return isWanted(severity, RuleID(rawValue: rule)) ? FlagID(rawValue: row.integer(0)) : nil
        }
        var flags: [Flag] = []
        for id in open.compactMap({ $0 }).sorted() { if let flag = try flag(id) { flags.append(flag) } }
        return flags
    }

    /// A resident's flags: open ones first, then the newest ended ones.
    package func flags(of resident: ResidentKey, endedLimit: Int) throws(LedgerError) -> [Flag] {
        let subject = "subject_kind = \(Flags.residentKind) AND subject = ?1"
        let keys = try books.keys(of: try books.holder(of: resident))
        var ended: [Flag] = []
        for key in keys {
            ended += try flags(
                "\(subject) AND ended_at IS NOT NULL ORDER BY ended_at DESC LIMIT ?2", key.rawValue, Int64(endedLimit))
        }
        if keys.count > 1 { ended.sort { $0.endedAt > $1.endedAt } }
        return try flags("\(subject) AND ended_at IS NULL ORDER BY flag", keys[0].rawValue) + ended.prefix(endedLimit)
    }

    /// The open flags under some keys and those that ended since a time, oldest first, all as the first key's: what a
    /// person closed under one of the lines is closed for the one person they are.
    func flags(under keys: [ResidentKey], endedSince time: HutTime) throws(LedgerError) -> [Flag] {
        let subject = "subject_kind = \(Flags.residentKind) AND subject = ?1"
        let handled = "flag IN (SELECT flag FROM handled_flag WHERE resident = ?1)"
        var known: Set<FlagID> = []
        var found = try gather(keys) { key throws(LedgerError) in
            let open = try flags("\(subject) AND ended_at IS NULL", key.rawValue)
            let ended =
                try flags("\(subject) AND ended_at >= ?2", key.rawValue, time.milliseconds)
                + flags("\(handled) AND ended_at >= ?2", key.rawValue, time.milliseconds)
            return ended.isEmpty ? open : (open + ended).sorted { $0.id < $1.id }
        }.filter { known.insert($0.id).inserted }
        for index in found.indices { found[index].draft.subject = .resident(keys[0]) }
        return found
    }

    /// One flag, open or ended.
    package func flag(_ id: FlagID) throws(LedgerError) -> Flag? { try flags("flag = ?1", id.rawValue).first }

    /// The open flag of a rule for a subject.
    package func openFlag(_ rule: RuleID, _ subject: FlagSubject) throws(LedgerError) -> Flag? {
        // A place that never stood in a fact has no key and no flag; reading must not give it one.
        let key: Int64?
        let kind: Int64
        switch subject {
        case .resident(let resident): (kind, key) = (1, try books.holder(of: resident).rawValue)
        case .reading(let reading): (kind, key) = (2, reading.rawValue)
        case .station(let station): (kind, key) = (3, try books.names.known(station.rawValue))
        case .band(let band): (kind, key) = (4, try books.names.known(band.rawValue))
        }
        guard let key else { return nil }
        return try flags("subject_kind = ?1 AND subject = ?2 AND ended_at IS NULL", kind, key)
            .first { $0.draft.rule == rule }
    }

    /// The flag of a rule for a place that is open, or else the one that ended last.
    package func latestFlag(_ rule: RuleID, at place: StationID) throws(LedgerError) -> Flag? {
        if let open = try openFlag(rule, .station(place)) { return open }
        guard let key = try books.names.known(place.rawValue) else { return nil }
        return try flags(
            "subject_kind = 3 AND subject = ?1 AND ended_at IS NOT NULL ORDER BY ended_at DESC LIMIT 20", key
        ).first { $0.draft.rule == rule }
    }

    /// Flags with their newest evidence only, in the order asked for: a list says why they stand, not how it came to.
    func flagsWithNewestEvidence(_ ids: [FlagID]) throws(LedgerError) -> [Flag] {
        let select = try prepare("SELECT \(Ledger.flagColumns) FROM flag WHERE flag = ?")
        let evidence = try prepare("\(Ledger.evidenceOfFlag) DESC LIMIT 1")
        var flags: [Flag] = []
        flags.reserveCapacity(ids.count)
        for id in ids {
            select.bind(1, id)
            let found = try select.first { row throws(LedgerError) in try flag(row, evidence) }
            guard let found else { throw .corrupt(what: "a flag that is open is not there") }
            flags.append(found)
        }
        return flags
    }

    private func flags(_ condition: String, _ arguments: Int64...) throws(LedgerError) -> [Flag] {
        let select = try prepare("SELECT \(Ledger.flagColumns) FROM flag WHERE \(condition)")
        let evidence = try prepare(Ledger.evidenceOfFlag)
        for (index, argument) in arguments.enumerated() { select.bind(Int32(index + 1), argument) }
        return try select.rows { row throws(LedgerError) in try flag(row, evidence) }
    }

    private static let flagColumns = """
        flag, subject_kind, subject, rule, severity, due, listed_from, policy, late, raised_at, taken_by, ended_at,
        ended_by, ended_action, ended_note, quiet_until, because_chinese, because_english, taken_at
        """

    private static let evidenceOfFlag =
        "SELECT readings, chinese, english FROM evidence WHERE flag = ? ORDER BY sequence"

    private func flag(_ row: Statement, _ select: Statement) throws(LedgerError) -> Flag {
        select.bind(1, row.integer(0))
        let evidence = try select.rows { row throws(LedgerError) in
            Evidence(
                readings: Ledger.sequences(row.text(0) ?? ""),
                sentence: LocalizedText(row.text(1) ?? "", en: row.text(2) ?? ""))
        }
        guard let first = evidence.first, let severity = Severity(rawValue: Int(row.integer(4))) else {
            throw .corrupt(what: "a flag without evidence or with an unknown severity")
        }
        let draft = FlagDraft(
            rule: RuleID(rawValue: row.text(3) ?? ""),
            subject: try Flags.subject(kind: row.integer(1), key: row.integer(2), books.names), severity: severity,
            due: row.dayIfAny(5), listedFrom: row.dayIfAny(6), evidence: first, policy: row.text(7) ?? "",
            isLate: row.integer(8) != 0)
        return Flag(
            id: row.sequence(0), draft: draft, raisedAt: row.time(9), evidence: evidence,
            takenBy: row.staffIfAny(10), takenAt: row.timeIfAny(18), ended: try Flags.end(row))
    }

    /// Numbers with a blank between.
    static func sequences(_ text: String) -> [FactSequence] {
        text.utf8.split(separator: UInt8(ascii: " ")).map { digits in
            FactSequence(rawValue: digits.reduce(0) { $0 * 10 + Int64($1 &- 48) })
        }
    }
}

extension Flag {
    /// For the order of ended flags.
    fileprivate var endedAt: HutTime { ended?.at ?? raisedAt }
}
