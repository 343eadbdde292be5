// Whether the ledger is sound: the file, the chain of facts, and the projections against the facts. The projections
// are rebuilt into temporary tables of the same names on a connection of its own, so that a check beside a running
// hut holds nobody up and changes nothing.

import Vitals

extension Ledger {
    /// Rebuilds every projection from the facts, in one transaction. Afterwards everybody's review lags.
    package func rebuild() throws(LedgerError) {
        let books = try books
        // This transaction alone is larger than memory may be: it may write pages before its commit.
        try books.database.execute("PRAGMA cache_spill = ON")
        defer { try? books.database.execute("PRAGMA cache_spill = OFF") }
        do {
            try books.database.transaction { () throws(LedgerError) in
                try books.rebuild()
                try Reviews.touchEverybody(books.database)
            }
        } catch {
            books.forget()
            throw error
        }
    }

    /// That facts were cut off the end, where the tables still know of them: nothing may be written or rebuilt then.
    package func cutOffEnd() throws(LedgerError) -> Finding? { try books.cutOffEnd() }

    /// Everything that is wrong; empty when the ledger is sound.
    package func check() throws(LedgerError) -> [Finding] {
        let database = try Database(path: try books.database.path)
        database.setBusyTimeout(milliseconds: 2_000)
        var findings = try database.damage().map { Finding.damaged($0) }
        guard findings.isEmpty else { return findings }
        let books = try Books(database)
        return try database.snapshot { () throws(LedgerError) in
            if let sequence = try books.facts.firstBrokenLink() { findings.append(.brokenLink(sequence)) }
            // To rebuild the tables would destroy the only trace of what was cut off.
            if let gone = try books.cutOffEnd() { return findings + [gone] }
            for table in try books.tablesThatDiffer() { findings.append(.differs(table)) }
            return findings
        }
    }
}

extension Database {
    /// What SQLite finds wrong with the file, ten things at most.
    fileprivate func damage() throws(LedgerError) -> [String] {
        do {
            return try prepare("PRAGMA integrity_check(10)").rows { row throws(LedgerError) in row.text(0) ?? "" }
                .filter { $0 != "ok" }
        } catch .corrupt(let what) {
            return [what]
        }
    }
}

extension Books {
    fileprivate func cutOffEnd() throws(LedgerError) -> Finding? {
        try factBeyond(try facts.tail().sequence).map { Finding.cutOff($0) }
    }

    /// The projection tables that are not what the facts come to; in a transaction that has written nothing.
    fileprivate func tablesThatDiffer() throws(LedgerError) -> [String] {
        for projection in Books.firstProjections {
            try database.execute(projection.schema.replacingCreateTable())
        }
        for migration in Schema.migrations { try database.execute(migration.projections.replacingCreateTable()) }
        try replay()
        var different: [String] = []
        for table in Books.projections.flatMap({ $0.tables }) {
            let count = try database.integer(
                """
                SELECT EXISTS (SELECT * FROM main.\(table) EXCEPT SELECT * FROM temp.\(table))
                    OR EXISTS (SELECT * FROM temp.\(table) EXCEPT SELECT * FROM main.\(table))
                """)
            if count != 0 { different.append(table) }
        }
        return different
    }
}

extension String {
    /// The same tables as temporary ones; an index follows its table by itself.
    fileprivate func replacingCreateTable() -> String {
        split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.hasPrefix("CREATE TABLE") ? "CREATE TEMP TABLE\($0.dropFirst(12))" : String($0) }
            .joined(separator: "\n")
    }
}

extension Finding {
    fileprivate static func damaged(_ what: String) -> Finding {
        Finding(
            what: "the ledger file is damaged: \(what)",
            hint: "stop the hut, keep this file, and restore the last backup")
    }

    fileprivate static func brokenLink(_ sequence: Int64) -> Finding {
        Finding(
            what: "fact \(sequence) does not follow from the facts before it: the ledger was edited by another program",
            hint: "stop the hut, keep this file, and compare it with the last backup")
    }

    fileprivate static func cutOff(_ known: FactSequence) -> Finding {
        Finding(
            what: "the facts end before fact \(known.rawValue), which the tables know of: the end was cut off",
            hint: "stop the hut, keep this file as it is, without --rebuild, and compare it with the last backup")
    }

    fileprivate static func differs(_ table: String) -> Finding {
        Finding(what: "table \(table) is not what the facts come to", hint: "run healthhut check --rebuild")
    }
}
