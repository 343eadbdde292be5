// The only file that knows SQLite: a connection and its statements, as small as they can be. Statements are prepared
// once and kept; every result code becomes a typed error at the call that saw it. An error carries SQLite's own words
// about schema and syntax, never the arguments of a statement: those are people's data.

import CSQLite

/// One connection. Used from one thread at a time; whoever holds it sees to that.
final class Database {
    /// A connection of its own on an existing file; settings are the caller's to make.
    let path: String
    private let handle: OpaquePointer
    private var cache: [String: Statement] = [:]

    init(path: String) throws(LedgerError) {
        var opened: OpaquePointer?
        let code = sqlite3_open_v2(path, &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nil)
        guard code == SQLITE_OK, let opened else {
            let message = String(cString: sqlite3_errstr(code))
            sqlite3_close_v2(opened)
            throw code == SQLITE_NOMEM
                ? .database(code: code, message: message)
                : .unreachable(path: path, doing: "open the ledger", reason: message)
        }
        (self.path, handle) = (path, opened)
        sqlite3_extended_result_codes(handle, 1)
    }

    deinit {
        cache.removeAll()
        sqlite3_close_v2(handle)
    }

    /// Waits so long for another process before `.busy`.
    func setBusyTimeout(milliseconds: Int32) { sqlite3_busy_timeout(handle, milliseconds) }

    /// Inside a transaction now.
    var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

    /// The text of every statement prepared so far: for the test that none walks through the whole ledger.
    var prepared: [String] { cache.keys.sorted() }

    /// Rows changed by the last INSERT, UPDATE or DELETE.
    var changes: Int { Int(sqlite3_changes64(handle)) }

    /// Runs statements that need no arguments and give no rows.
    func execute(_ sql: String) throws(LedgerError) {
        let code = sqlite3_exec(handle, sql, nil, nil, nil)
        if code != SQLITE_OK { throw error(code) }
    }

    /// The statement of this text, prepared at its first use and kept.
    func prepare(_ sql: String) throws(LedgerError) -> Statement {
        if let known = cache[sql] { return known }
        let statement = try Statement(self, sql)
        cache[sql] = statement
        return statement
    }

    /// The first column of the first row as an integer; nil where there is none.
    func integer(_ sql: String) throws(LedgerError) -> Int64? {
        let statement = try prepare(sql)
        defer { statement.reset() }
        return try statement.step() ? statement.integer(0) : nil
    }

    /// The first column of the first row as text; nil where there is none.
    func text(_ sql: String) throws(LedgerError) -> String? {
        let statement = try prepare(sql)
        defer { statement.reset() }
        return try statement.step() ? statement.text(0) : nil
    }

    /// Runs `body` inside a transaction that begins by taking the write lock; rolls back when it throws.
    func transaction<Result>(_ body: () throws(LedgerError) -> Result) throws(LedgerError) -> Result {
        try run("BEGIN IMMEDIATE")
        do {
            let result = try body()
            try run("COMMIT")
            return result
        } catch {
            // SQLite rolls back by itself on a full disk; a second ROLLBACK would only hide the first error.
            if isInTransaction { try? run("ROLLBACK") }
            throw error
        }
    }

    /// Runs `body` on one state of the ledger, whatever another process writes meanwhile.
    func snapshot<Result>(_ body: () throws(LedgerError) -> Result) throws(LedgerError) -> Result {
        if isInTransaction { return try body() }
        try run("BEGIN")
        defer { try? run("COMMIT") }
        return try body()
    }

    private func run(_ sql: String) throws(LedgerError) {
        let statement = try prepare(sql)
        defer { statement.reset() }
        _ = try statement.step()
    }

    fileprivate func compile(_ sql: String) throws(LedgerError) -> OpaquePointer {
        var compiled: OpaquePointer?
        let code = sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &compiled, nil)
        guard code == SQLITE_OK, let compiled else { throw error(code) }
        return compiled
    }

    /// The typed error of a result code that this connection has just given.
    fileprivate func error(_ code: Int32) -> LedgerError {
        let message = String(cString: sqlite3_errmsg(handle))
        switch code & 0xFF {
        case SQLITE_FULL: return .full
        case SQLITE_BUSY, SQLITE_LOCKED: return .busy
        case SQLITE_CORRUPT: return .corrupt(what: message)
        case SQLITE_NOTADB: return .notOurs(path: path)
        case SQLITE_CONSTRAINT: return refusal(message)
        case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH:
            return .unreachable(path: path, doing: "write in the ledger", reason: message)
        case SQLITE_IOERR:
            // A write or sync that the system refused: no room, over a quota, over a file size limit. A bad medium
            // looks the same from here and asks for the same conduct: nothing is stored, say so, try again.
            let writing = [hh_ioerr_write, hh_ioerr_fsync, hh_ioerr_truncate, hh_ioerr_shmsize]
            return writing.contains(code) ? .full : .unreachable(path: path, doing: "use the ledger", reason: message)
        default: return .database(code: code, message: message)
        }
    }

    /// A broken rule of the schema; triggers and named checks speak as `Refusal` raw values.
    private func refusal(_ message: String) -> LedgerError {
        .refused(Database.refusals.first { message.contains($0.key) }?.value ?? .constraint)
    }

    /// What SQLite says about the constraints that callers can run into, and what it means.
    private static let refusals: [String: LedgerError.Refusal] = [
        "roster.number": .numberTaken, "identity.digest": .identityTaken, "roster.id": .idTaken,
        "visit.station": .stationHasActiveVisit,
        "pairing.band": .bandAlreadyPaired, "flag.subject_kind": .flagAlreadyOpen,
        "fact_memory": .memoryRecordAlreadyStored, "in_the_future": .inTheFuture, "signed_twice": .alreadySigned,
        "exam_signature.resident": .alreadySigned, "FOREIGN KEY": .unknownResident,
    ]
}

/// One prepared statement. Indexes of arguments count from 1, of columns from 0, as in SQLite.
final class Statement {
    private unowned let database: Database
    private let handle: OpaquePointer

    fileprivate init(_ database: Database, _ sql: String) throws(LedgerError) {
        handle = try database.compile(sql)
        self.database = database
    }

    deinit { sqlite3_finalize(handle) }

    func bind(_ index: Int32, _ value: Int64?) {
        if let value { sqlite3_bind_int64(handle, index, value) } else { sqlite3_bind_null(handle, index) }
    }

    func bind(_ index: Int32, _ value: Int?) { bind(index, value.map { Int64($0) }) }

    func bind(_ index: Int32, _ value: String?) {
        guard let value else {
            sqlite3_bind_null(handle, index)
            return
        }
        _ = hh_bind_text(handle, index, value, Int32(value.utf8.count))
    }

    func bind(_ index: Int32, _ value: [UInt8]?) {
        guard let value else {
            sqlite3_bind_null(handle, index)
            return
        }
        value.withUnsafeBytes { bytes in
            if let start = bytes.baseAddress, !bytes.isEmpty {
                _ = hh_bind_blob(handle, index, start, Int32(bytes.count))
            } else {
                sqlite3_bind_zeroblob(handle, index, 0)
            }
        }
    }

    /// The next row: true; the end: false. Resets itself on an error, so that it can be used again.
    func step() throws(LedgerError) -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code:
            let error = database.error(code)
            sqlite3_reset(handle)
            throw error
        }
    }

    /// Ready for the next use; frees the read lock.
    func reset() { sqlite3_reset(handle) }

    /// Runs to the end for its effect.
    func run() throws(LedgerError) {
        while try step() {}
        reset()
    }

    /// Runs to the end, giving a value for each row.
    func rows<Row>(_ read: (Statement) throws(LedgerError) -> Row) throws(LedgerError) -> [Row] {
        defer { reset() }
        var rows: [Row] = []
        while try step() { rows.append(try read(self)) }
        return rows
    }

    /// The first row, if any.
    func first<Row>(_ read: (Statement) throws(LedgerError) -> Row) throws(LedgerError) -> Row? {
        defer { reset() }
        return try step() ? try read(self) : nil
    }

    var columnCount: Int32 { sqlite3_column_count(handle) }

    func isNull(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }

    func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }

    func integerIfAny(_ column: Int32) -> Int64? {
        // NULL reads as 0; asking for the type only then halves the calls of a history.
        let value = sqlite3_column_int64(handle, column)
        return value == 0 && isNull(column) ? nil : value
    }

    func text(_ column: Int32) -> String? {
        guard let start = sqlite3_column_text(handle, column) else { return nil }
        let length = Int(sqlite3_column_bytes(handle, column))
        return String(decoding: UnsafeBufferPointer(start: start, count: length), as: UTF8.self)
    }

    func bytes(_ column: Int32) -> [UInt8] {
        guard let start = sqlite3_column_blob(handle, column) else { return [] }
        return Array(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column))))
    }
}
