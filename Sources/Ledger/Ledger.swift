// Facts in, facts out, durable. The ledger is an actor on a queue of its own, so that waiting for the disk never
// blocks the shared pool. Commits are shared: a call that arrives while the disk is busy waits in the queue, and all
// that wait are written in one transaction; so load raises throughput, not latency.

import Dispatch
import Vitals

/// The hut's memory. Every answer comes from the disk, and every fact is on it when `append` returns.
package actor Ledger {
    private let executor = LedgerQueue()
    private var open: Books?
    /// Calls that the next transaction will write.
    private var waiting: [Call] = []
    /// Review marks that came without facts: written with the next ones. Lost by a power cut, they cost a review.
    private(set) var riding: [ReviewMark] = []

    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Opens the ledger, makes it where there is none, and brings an older one forward.
    package static func open(path: String, at now: HutTime) async throws(LedgerError) -> Ledger {
        try await open(path: path, at: now, migrations: Schema.migrations)
    }

    /// The same with other migrations: for the tests of moving forward.
    static func open(path: String, at now: HutTime, migrations: [Migration]) async throws(LedgerError) -> Ledger {
        let ledger = Ledger()
        try await ledger.begin(path, migrations, now)
        return ledger
    }

    private init() {}

    private func begin(_ path: String, _ migrations: [Migration], _ now: HutTime) throws(LedgerError) {
        try LedgerFile.prepare(path)
        let database = try Database(path: path)
        try Schema.prepare(database, migrations, at: now)
        open = try Books(database)
    }

    /// Appends facts, all or nothing, and returns their sequences when they are on the disk. `reviewed` marks go into
    /// the same transaction; without facts they wait for the next one.
    @discardableResult
    package func append(_ facts: [Fact], at now: HutTime, reviewed: [ReviewMark] = []) async throws(LedgerError)
        -> [FactSequence]
    {
        guard !facts.isEmpty else {
            riding += reviewed
            return []
        }
        let result = await withCheckedContinuation { continuation in
            waiting.append(Call(facts: facts, at: now, reviewed: reviewed, continuation: continuation))
            // One commit for all that is waiting: it goes behind the calls that are in the queue already.
            if waiting.count == 1 { executor.queue.async { self.assumeIsolated { $0.commit() } } }
        }
        return try result.get()
    }

    /// Writes what is waiting and closes the file. Every later call throws `.closed`.
    package func close() {
        commit()
        open = nil
    }

    /// Facts after a sequence, oldest first.
    package func facts(after sequence: FactSequence, limit: Int) throws(LedgerError) -> [RecordedFact] {
        try books.facts.read(after: sequence.rawValue, limit: limit)
    }

    /// The newest fact; 0 in an empty ledger.
    package func last() throws(LedgerError) -> FactSequence {
        FactSequence(rawValue: try books.facts.tail().sequence)
    }

    /// The latest clock that any fact was recorded by, since an operator confirmed the clock if one had to; a hut's clock
    /// before it cannot be trusted.
    package func newestTime() throws(LedgerError) -> HutTime? {
        let books = try books
        guard let newest = try books.facts.tail().recordedAt else { return nil }
        let confirmed = try Marks.value(.confirmedClock, books.database)
        let highest = confirmed > 0 ? confirmed : try Marks.value(.latestClock, books.database)
        return HutTime(milliseconds: max(newest, highest))
    }

    /// When the newest reading was recorded; nil before the first. Walks back from the newest fact.
    package func newestReadingTime() throws(LedgerError) -> HutTime? {
        let isAny = try prepare("SELECT 1 FROM instrument_day WHERE readings > 0 LIMIT 1")
        guard try isAny.first({ row throws(LedgerError) in row.integer(0) }) != nil else { return nil }
        let newest = try prepare(
            "SELECT recorded_at FROM fact WHERE kind = \(FactKind.reading.rawValue) ORDER BY sequence DESC LIMIT 1")
        return try newest.first { row throws(LedgerError) in HutTime(milliseconds: row.integer(0)) }
    }

    var books: Books {
        get throws(LedgerError) {
            guard let open else { throw .closed }
            return open
        }
    }

    func prepare(_ sql: String) throws(LedgerError) -> Statement { try books.database.prepare(sql) }

    /// Writes every waiting call in one transaction. When one of them breaks a rule, all are rolled back and each is
    /// written in a transaction of its own: rare, and the others must not suffer.
    private func commit() {
        let calls = waiting
        waiting = []
        switch write(calls) {
        case .success(let sequences):
            for (call, own) in zip(calls, sequences) { call.continuation.resume(returning: .success(own)) }
        case .failure(let error) where calls.count == 1 || error == .busy || error == .closed:
            for call in calls { call.continuation.resume(returning: .failure(error)) }
        case .failure:
            for call in calls { call.continuation.resume(returning: write([call]).map { $0[0] }) }
        }
    }

    private func write(_ calls: [Call]) -> Result<[[FactSequence]], LedgerError> {
        let marks = riding
        guard !calls.isEmpty || !marks.isEmpty else { return .success([]) }
        do {
            let books = try books
            let sequences = try books.database.transaction { () throws(LedgerError) in
                for mark in marks { try Reviews.settle(mark, books.database) }
                return try books.write(calls)
            }
            riding.removeAll()
            return .success(sequences)
        } catch {
            open?.forget()
            return .failure(error)
        }
    }
}

/// One `append` that waits for its commit.
private struct Call {
    let facts: [Fact]
    let at: HutTime
    let reviewed: [ReviewMark]
    let continuation: CheckedContinuation<Result<[FactSequence], LedgerError>, Never>
}

extension Books {
    /// Writes calls behind the newest fact, whichever process wrote it; inside a transaction.
    fileprivate func write(_ calls: [Call]) throws(LedgerError) -> [[FactSequence]] {
        var (sequence, _, link) = try facts.tail()
        var sequences: [[FactSequence]] = []
        for call in calls {
            let first = sequence + 1
            for fact in call.facts {
                sequence += 1
                let recorded = RecordedFact(
                    sequence: FactSequence(rawValue: sequence), recordedAt: call.at, fact: fact)
                link = try facts.write(recorded, after: link)
                try Reviews.touch(by: recorded, self)
                try apply(recorded)
            }
            for mark in call.reviewed { try Reviews.settle(mark, database) }
            sequences.append((first...sequence).map { FactSequence(rawValue: $0) })
        }
        return sequences
    }
}

/// A serial executor over a dispatch queue: `DispatchSerialQueue` does not exist on Linux.
private final class LedgerQueue: SerialExecutor {
    let queue = DispatchQueue(label: "healthhut.ledger")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }

    func checkIsolated() { dispatchPrecondition(condition: .onQueue(queue)) }
}
