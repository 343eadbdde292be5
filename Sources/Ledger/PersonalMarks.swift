// What people have put on record about residents, as it stands: a row for each thing that is so, and none for what is
// not, so that the usual resident costs one look at an empty place. A row says that something is not so where somebody
// else may say that it is: the roster's line of a condition; or another line that was merged, and gets its word back when
// the merge is taken back.

import Vitals

/// The projection of marks and of who may be called.
enum PersonalMarks: Projection {
    private enum Kind: Int64 {
        case condition = 1, limit, managed, livesAlone, watched, neverArm, risk, allergies
        /// When the list of contacts was last given: `first` is the fact.
        case contacts
    }

    static let contactsKind = Kind.contacts.rawValue

    static let tables = ["personal_mark", "contact_person"]
    static let schema = """
        CREATE TABLE personal_mark (
            resident INTEGER NOT NULL REFERENCES roster,
            kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 9),
            word INTEGER NOT NULL,
            holds INTEGER NOT NULL CHECK (holds IN (0, 1)),
            first INTEGER, second INTEGER, text TEXT,
            PRIMARY KEY (resident, kind, word),
            CHECK (kind IN (1, 3, 6, 7) OR word = 0),
            CHECK (kind <> 1 OR first IS NULL OR second IS NULL OR first <= second),
            CHECK (kind <> 2 OR holds = 0 OR (first > second AND second > 0)),
            CHECK (kind NOT IN (3, 9) OR holds = 0 OR first IS NOT NULL),
            CHECK (kind <> 6 OR word IN (1, 2)),
            CHECK ((kind = 8 AND holds) = (text IS NOT NULL))
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE contact_person (
            resident INTEGER NOT NULL REFERENCES roster,
            place INTEGER NOT NULL CHECK (place >= 0),
            name TEXT NOT NULL CHECK (name <> ''), relation TEXT NOT NULL, phone TEXT NOT NULL,
            consented INTEGER,
            PRIMARY KEY (resident, place)
        ) STRICT, WITHOUT ROWID;

        """

    static func apply(_ recorded: RecordedFact, to books: Books) throws(LedgerError) {
        guard case .residentMarked(let resident, let mark, _, _, _) = recorded.fact else { return }
        try books.require(resident)
        // Said of a line that was merged away, it is about the resident himself and must not lie where nobody looks.
        let row = Row(resident: try books.holder(of: resident), books: books)
        switch mark {
        case .condition(let condition, let since, let until):
            try row.set(.condition, condition.code, since.days, until.days)
        case .conditionEnded(let condition): try row.set(.condition, condition.code, holds: false)
        case .limit(let limit?): try row.set(.limit, 0, Int64(limit.systolic.value), Int64(limit.diastolic.value))
        case .limit(nil): try row.clear(.limit, 0)
        case .managed(let disease, let since): try row.set(.managed, disease.code, Int64(since.daysSince1970))
        case .managementEnded(let disease): try row.set(.managed, disease.code, holds: false)
        case .livesAlone(let isSo): try row.set(.livesAlone, 0, if: isSo)
        case .watched(let isSo): try row.set(.watched, 0, if: isSo)
        case .neverArm(let arm, let isSo): try row.set(.neverArm, arm.code, if: isSo)
        case .risk(let risk, let isSo): try row.set(.risk, risk.code, if: isSo)
        case .contacts(let people): try row.replace(people, by: recorded.sequence)
        case .allergies(let text): try row.set(.allergies, 0, text: text ?? "")
        }
    }

    /// The places of one resident.
    private struct Row {
        let resident: ResidentKey
        let books: Books

        func set(
            _ kind: Kind, _ word: Int64, _ first: Int64? = nil, _ second: Int64? = nil, text: String? = nil,
            holds: Bool = true
        ) throws(LedgerError) {
            let upsert = try books.database.prepare(
                "INSERT OR REPLACE INTO personal_mark VALUES (?, ?, ?, ?, ?, ?, ?)")
            upsert.bind(1, resident)
            upsert.bind(2, kind.rawValue)
            upsert.bind(3, word)
            upsert.bind(4, holds ? 1 : 0)
            upsert.bind(5, first)
            upsert.bind(6, second)
            upsert.bind(7, text)
            try upsert.run()
        }

        func set(_ kind: Kind, _ word: Int64, if isSo: Bool) throws(LedgerError) {
            if isSo { try set(kind, word) } else { try clear(kind, word) }
        }

        func clear(_ kind: Kind, _ word: Int64) throws(LedgerError) {
            guard try books.keys(of: resident).count == 1 else { return try set(kind, word, holds: false) }
            let delete = try books.database.prepare(
                "DELETE FROM personal_mark WHERE resident = ? AND kind = ? AND word = ?")
            delete.bind(1, resident)
            delete.bind(2, kind.rawValue)
            delete.bind(3, word)
            try delete.run()
        }

        func replace(_ people: [ContactPerson], by fact: FactSequence) throws(LedgerError) {
            try set(.contacts, 0, fact.rawValue)
            let delete = try books.database.prepare("DELETE FROM contact_person WHERE resident = ?")
            delete.bind(1, resident)
            try delete.run()
            for (place, person) in people.enumerated() {
                let insert = try books.database.prepare("INSERT INTO contact_person VALUES (?, ?, ?, ?, ?, ?)")
                insert.bind(1, resident)
                insert.bind(2, place)
                insert.bind(3, person.name)
                insert.bind(4, person.relation)
                insert.bind(5, person.phone)
                insert.bind(6, person.consented)
                try insert.run()
            }
        }
    }

    /// Follows one stored row into the marks it belongs to.
    fileprivate static func read(_ row: Statement, into marks: inout ResidentMarks) throws(LedgerError) {
        guard let kind = Kind(rawValue: row.integer(0)) else { throw .corrupt(what: "unknown kind of mark") }
        let word = row.integer(1)
        let holds = row.integer(2) != 0
        switch kind {
        case .condition:
            let condition = try Condition.stored(word, "word")
            marks.apply(
                holds
                    ? .condition(condition, since: row.dayIfAny(3), until: row.dayIfAny(4)) : .conditionEnded(condition)
            )
        case .limit:
            marks.limit =
                holds
                ? PressureLimit(systolic: MmHg(Int(row.integer(3))), diastolic: MmHg(Int(row.integer(4)))) : nil
        case .managed:
            let disease = try ManagedDisease.stored(word, "word")
            if holds, let since = row.dayIfAny(3) {
                marks.apply(.managed(disease, since: since))
            } else {
                marks.apply(.managementEnded(disease))
            }
        case .livesAlone: marks.livesAlone = holds
        case .watched: marks.isWatched = holds
        case .neverArm: marks.apply(.neverArm(try Arm.stored(word, "word"), holds))
        case .risk: marks.apply(.risk(try RiskFactor.stored(word, "word"), holds))
        case .allergies: marks.allergies = row.text(5)
        case .contacts: break
        }
    }
}

extension LocalDay? {
    fileprivate var days: Int64? { map { Int64($0.daysSince1970) } }
}

extension Ledger {
    /// What stands on record about a resident. Where lines were merged, what either says; where both speak of the same
    /// thing, the line that stands.
    package func marks(of resident: ResidentKey) throws(LedgerError) -> ResidentMarks {
        try marks(under: try books.keys(of: try books.holder(of: resident)))
    }

    /// `keys` as `Books.keys` gives them: the line that stands comes first.
    func marks(under keys: [ResidentKey]) throws(LedgerError) -> ResidentMarks {
        var marks = ResidentMarks()
        for key in keys.reversed() {
            let select = try prepare(
                """
                SELECT kind, word, holds, first, second, text FROM personal_mark WHERE resident = ?
                ORDER BY kind, word
                """)
            select.bind(1, key)
            defer { select.reset() }
            while try select.step() { try PersonalMarks.read(select, into: &marks) }
        }
        for key in try givingContacts(keys) { marks.contacts += try contacts(under: key) }
        return marks
    }

    /// Whose lists of contacts count: every line's, until a list was given after the lines were merged.
    private func givingContacts(_ keys: [ResidentKey]) throws(LedgerError) -> [ResidentKey] {
        guard keys.count > 1 else { return keys }
        let given = try prepare(
            "SELECT first FROM personal_mark WHERE resident = ? AND kind = \(PersonalMarks.contactsKind) AND word = 0")
        given.bind(1, keys[0])
        let own = try given.first { row throws(LedgerError) in row.integer(0) } ?? 0
        let merged = try prepare("SELECT fact FROM merged WHERE resident = ?")
        var counting = [keys[0]]
        for key in keys.dropFirst() {
            merged.bind(1, key)
            let fact = try merged.first { row throws(LedgerError) in row.integer(0) } ?? 0
            if fact > own { counting.append(key) }
        }
        return counting
    }

    private func contacts(under key: ResidentKey) throws(LedgerError) -> [ContactPerson] {
        let select = try prepare(
            "SELECT name, relation, phone, consented FROM contact_person WHERE resident = ? ORDER BY place")
        select.bind(1, key)
        return try select.rows { row throws(LedgerError) in
            ContactPerson(
                name: row.text(0) ?? "", relation: row.text(1) ?? "", phone: row.text(2) ?? "",
                consented: row.dayIfAny(3))
        }
    }
}
