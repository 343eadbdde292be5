// Putting facts on disk, and what happens when the disk will not take them: the hut says that measuring is closed,
// keeps what it has in memory, tries again, and goes on by itself when there is room.

import Ledger
import Vitals

/// What waits to be written or to be finished.
struct PendingWork: Sendable {
    /// More than a busy hut measures in an hour; beyond it the disk has been full so long that somebody must come.
    static let most = 1_000
    /// Waiting for room, in the order they came.
    var waiting: [CheckedContinuation<Bool, Never>] = []
    var retryAt: MonotonicTime?
    /// Why nothing can be stored now.
    var closed: LedgerError?
    /// The hut ends: what finds no room now never will.
    var isEnding = false
    /// Work under way; the end of the program waits for it.
    var running = 0
    var whenIdle: [CheckedContinuation<Void, Never>] = []
    /// Sequences this hut wrote since it last read what others wrote.
    var own: Set<FactSequence> = []
    /// Everything up to here has been read, whoever wrote it.
    var seen = FactSequence(rawValue: 0)
}

extension Hut {
    /// Starts work that waits for the ledger; the hut does not end before it is done.
    func work(_ body: @escaping @Sendable (isolated Hut) async -> Void) {
        pending.running += 1
        begin { hut in
            await body(hut)
            hut.finishedWork()
        }
    }

    /// Starts something for which nobody waits. What waits in it comes back through the executor that its task prefers,
    /// and would come back through the shared pool if it preferred none (DECISIONS 21).
    func begin(_ body: @escaping @Sendable (isolated Hut) async -> Void) {
        Task(executorPreference: CommandExecutor.shared) { await body(self) }
    }

    private func finishedWork() {
        pending.running -= 1
        guard pending.running == 0 else { return }
        for waiter in pending.whenIdle { waiter.resume() }
        pending.whenIdle = []
    }

    /// Returns when nothing is under way any more.
    func untilIdle() async {
        // Looked at inside: a task that prefers another executor lets others run on its way in, and the last work may
        // end there.
        await withCheckedContinuation { waiter in
            if pending.running == 0 { waiter.resume() } else { pending.whenIdle.append(waiter) }
        }
    }

    /// Appends facts and returns their sequences once they are on disk.
    ///
    /// While there is no room it waits. nil: the facts contradict the ledger (logged), or the hut ends.
    @discardableResult
    func append(_ facts: [Fact], at time: HutTime? = nil) async -> [FactSequence]? {
        while true {
            let marks = reviewed
            let at = time ?? now.hut
            reviewed = [:]
            do {
                let sequences = try await ledger.append(
                    facts, at: at, reviewed: marks.map { ReviewMark(resident: $0.key, upTo: $0.value) })
                if pending.closed != nil { reopened() }
                recorded(
                    zip(facts, sequences).map { RecordedFact(sequence: $1, recordedAt: at, fact: $0) })
                return sequences
            } catch .full, .busy {
                guard await room(after: .full) else { return nil }
            } catch {
                log(.error, "not recorded: \(error.message); hint: \(error.hint)")
                if case .refused = error { return nil }
                guard await room(after: error) else { return nil }
            }
        }
    }

    /// Appends facts that nobody waits for but, with a token, the device that may forget them then.
    func note(_ facts: [Fact], acknowledging token: Int? = nil, on instrument: InstrumentID? = nil) {
        let at = now.hut
        work { hut in
            guard await hut.append(facts, at: at) != nil, let instrument else { return }
            hut.acknowledge(token, on: instrument)
        }
    }

    /// Tries again what waits for room.
    func retryClosed() {
        pending.retryAt = nil
        let waiting = pending.waiting
        pending.waiting = []
        for waiter in waiting { waiter.resume(returning: true) }
    }

    /// Gives up what waits for room, because the hut ends; says how much.
    func abandonWaiting() {
        if !pending.waiting.isEmpty {
            log(.error, "ending with \(pending.waiting.count) records that found no room; they are not acknowledged")
        }
        pending.isEnding = true
        for waiter in pending.waiting { waiter.resume(returning: false) }
        pending.waiting = []
    }

    private func room(after error: LedgerError) async -> Bool {
        await withCheckedContinuation { waiter in
            guard !pending.isEnding else { return waiter.resume(returning: false) }
            close(because: error)
            guard pending.waiting.count < PendingWork.most else {
                log(.error, "a record is lost: \(PendingWork.most) are waiting for room already")
                return waiter.resume(returning: false)
            }
            pending.waiting.append(waiter)
            pending.retryAt = pending.retryAt ?? now.monotonic + Hut.retryWhenClosed
            arm()
        }
    }

    private func close(because error: LedgerError) {
        guard pending.closed == nil else { return }
        pending.closed = error
        log(.error, "measuring is closed: \(error.message); hint: \(error.hint)")
        pushHalls()
    }

    private func reopened() {
        pending.closed = nil
        log(.notice, "measuring is open again")
        retryClosed()
        pushHalls()
    }

    private func recorded(_ facts: [RecordedFact]) {
        pending.own.formUnion(facts.map(\.sequence))
        // What nobody else wrote between need not be read back, nor remembered: a hut may run for years without a nudge.
        while pending.own.remove(FactSequence(rawValue: pending.seen.rawValue + 1)) != nil {
            pending.seen = FactSequence(rawValue: pending.seen.rawValue + 1)
        }
        for fact in facts {
            noticeFirstDates(fact.fact)
            if case .reading = fact.fact { newestReading = fact.recordedAt }
        }
        if let observer { for fact in facts { observer(.recorded(fact)) } }
        tellWatchers(facts)
    }

    // MARK: what other commands wrote

    /// Reads what others appended since the last look, and acts on it.
    func readOthers() async {
        while true {
            guard let facts = try? await ledger.facts(after: pending.seen, limit: 500), let last = facts.last else {
                return
            }
            // What this hut wrote while the ledger was read is seen already.
            let unseen = facts.filter { $0.sequence > pending.seen }
            pending.seen = max(pending.seen, last.sequence)
            for recorded in unseen where pending.own.remove(recorded.sequence) == nil {
                await heard(recorded)
            }
            pumpWatchers()
        }
    }

    /// Acts on a fact that another command wrote.
    private func heard(_ recorded: RecordedFact) async {
        let at = recorded.recordedAt
        noticeFirstDates(recorded.fact)
        switch recorded.fact {
        case .bandPaired(let band, let resident, _):
            _ = attribution.paired(band, to: resident, at: at)
        case .bandUnpaired(let band, _): attribution.unpaired(band, at: at)
        case .bandDoubted(let band, let isDoubted, _): attribution.doubted(band, isDoubted, at: at)
        case .staffAdded:
            for entry in (try? await ledger.staff()) ?? [] { staffNames[entry.key] = entry.staff.name }
            for id in places.keys { refreshDesk(id) }
        case .residentAdded(let resident, _), .residentEnrolled(let resident, _, _, _, _):
            await review(try? await ledger.roster(number: resident.number)?.key)
        case .residentChanged(let key, _): await review(key)
        case .residentStatus(let key, let status, _, _):
            attribution.residentStatus(key, status)
            await review(key)
        case .readingCorrected(let reading, _, _, _, _):
            await reviewLagging()
            await settleUnclaimed(reading)
        case .uploaded, .uploadParked: await refreshStaff()
        default: break
        }
    }
}
