// Which cards, tags and codes stand for whom. What is kept is a keyed digest and the last four characters: the file
// alone tells nobody's number. A newcomer who enrolled herself at a kiosk stands here too, until a nurse has seen her.

import FoundationEssentials
import Vitals

/// The projection of cards, tags and codes, and of who enrolled herself.
enum Identities: Projection {
    static let tables = ["identity", "enrolment"]
    static let schema = """
        CREATE TABLE identity (
            digest BLOB PRIMARY KEY CHECK (length(digest) = 32),
            resident INTEGER NOT NULL REFERENCES roster,
            kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 3),
            ends TEXT NOT NULL CHECK (length(ends) IN (0, 4)),
            since INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX identity_resident ON identity (resident);
        CREATE TABLE enrolment (
            resident INTEGER PRIMARY KEY REFERENCES roster,
            consent INTEGER NOT NULL CHECK (consent > 0),
            at INTEGER NOT NULL
        ) STRICT;
        """

    static func apply(_ recorded: RecordedFact, to books: Books) throws(LedgerError) {
        switch recorded.fact {
        case .identityLinked(let resident, let link, _): try add(link, resident, at: recorded.recordedAt, books)
        case .identitiesRevoked(let resident, let kind, _):
            let delete = try books.database.prepare("DELETE FROM identity WHERE resident = ? AND kind = ?")
            var revoked = 0
            for key in try books.keys(of: try books.holder(of: resident)) {
                delete.bind(1, key)
                delete.bind(2, kind.code)
                try delete.run()
                revoked += books.database.changes
            }
            if revoked == 0 { throw .refused(.nothingLinked) }
        case .residentEnrolled(_, let id, let link, let consent, _):
            let select = try books.database.prepare("SELECT resident FROM roster WHERE id = ?")
            select.bind(1, id)
            guard let resident = try select.first({ row throws(LedgerError) in row.resident(0) }) else {
                throw .refused(.unknownResident)
            }
            try add(link, resident, at: recorded.recordedAt, books)
            let insert = try books.database.prepare("INSERT INTO enrolment VALUES (?, ?, ?)")
            insert.bind(1, resident)
            insert.bind(2, consent)
            insert.bind(3, recorded.recordedAt)
            try insert.run()
        case .residentConfirmed(let resident, _):
            let delete = try books.database.prepare("DELETE FROM enrolment WHERE resident = ?")
            delete.bind(1, resident)
            try delete.run()
            if books.database.changes == 0 { throw .refused(.notWaiting) }
        default: break
        }
    }

    private static func add(_ link: IdentityLink, _ resident: ResidentKey, at time: HutTime, _ books: Books)
        throws(LedgerError)
    {
        let insert = try books.database.prepare("INSERT INTO identity VALUES (?, ?, ?, ?, ?)")
        insert.bind(1, link.digest.bytes)
        insert.bind(2, resident)
        insert.bind(3, link.kind.code)
        insert.bind(4, link.ends)
        insert.bind(5, time)
        try insert.run()
    }
}

extension IdentityKind: Coded {
    var code: Int64 {
        switch self {
        case .card: 1
        case .tag: 2
        case .code: 3
        }
    }
}

extension Ledger {
    /// Whose a card, tag or code is; nil for one nobody has linked.
    package func resident(of digest: IdentityDigest) throws(LedgerError) -> RosterEntry? {
        let select = try prepare("SELECT resident FROM identity WHERE digest = ?")
        select.bind(1, digest.bytes)
        guard let key = try select.first({ row throws(LedgerError) in row.resident(0) }) else { return nil }
        return try roster(try books.holder(of: key))
    }

    /// What stands for a resident, oldest first.
    package func identities(of resident: ResidentKey) throws(LedgerError) -> [IdentityLink] {
        var links: [IdentityLink] = []
        for key in try books.keys(of: try books.holder(of: resident)) {
            let select = try prepare(
                "SELECT digest, kind, ends FROM identity WHERE resident = ? ORDER BY since, digest")
            select.bind(1, key)
            links += try select.rows { row throws(LedgerError) in
                IdentityLink(
                    kind: try IdentityKind.stored(row.integer(1), "kind"), digest: IdentityDigest(bytes: row.bytes(0)),
                    ends: row.text(2) ?? "")
            }
        }
        return links
    }

    /// Residents who enrolled themselves and whom nobody has confirmed yet, the first to come first.
    package func waitingForConfirmation() throws(LedgerError) -> [RosterEntry] {
        let keys = try prepare("SELECT resident FROM enrolment ORDER BY at, resident").rows {
            row throws(LedgerError) in row.resident(0)
        }
        var entries: [RosterEntry] = []
        for key in keys { if let entry = try roster(key) { entries.append(entry) } }
        return entries
    }

    /// Gives a resident a new code of the hut; the ones she has stay valid. The code itself is nowhere but in the answer.
    package func giveCode(
        to resident: ResidentKey, under key: IdentityKey, by staff: StaffKey?, at now: HutTime
    ) async throws(LedgerError) -> HutCode {
        var random = SystemRandomNumberGenerator()
        let code = HutCode(using: &random)
        try await append([.identityLinked(resident, key.link(code.token), by: staff)], at: now)
        return code
    }

    /// Enrols a newcomer by her card, under the next hut number that is free. Only after she has said yes.
    package func enrol(
        _ card: IdentityCard, consent: Int, at station: StationID, under key: IdentityKey, now: HutTime
    ) async throws(LedgerError) -> RosterEntry {
        let id = UUID().uuidString.lowercased()
        let link = key.link(.residentCard(card))
        for attempt in 1... {
            let resident = Resident(
                number: try nextNumber(), name: card.name, sex: card.sex ?? card.number.sex,
                birth: card.birth ?? card.number.birth)
            do throws(LedgerError) {
                try await append(
                    [.residentEnrolled(resident, id: id, link, consent: consent, station)], at: now)
                break
            } catch {
                // Somebody else was enrolled meanwhile, here or by another command.
                guard error == .refused(.numberTaken), attempt < 5 else { throw error }
            }
        }
        guard let entry = try roster(id: id) else { throw .corrupt(what: "a resident who was just enrolled") }
        return entry
    }

    /// One more than the highest hut number, three digits at least.
    private func nextNumber() throws(LedgerError) -> String {
        let highest = try prepare("SELECT coalesce(max(CAST(number AS INTEGER)), 0) FROM roster").first {
            row throws(LedgerError) in row.integer(0)
        }
        return Int((highest ?? 0) + 1).padded(3)
    }
}
