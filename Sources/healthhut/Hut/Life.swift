// How a hut comes up and goes down. Coming up waits for no port and for no review; going down loses nothing that was
// acknowledged.

import Dispatch
import FollowUpRules
import Glibc
import Kiosk
import Ledger
import SerialLine
import Settings
import Vitals

extension Hut {
    /// More facts than can have been on their way when the power failed: of each of `PendingWork.most` readings itself
    /// and its alert.
    private static let interruptedAtMost: Int64 = 2_000
    /// Unclaimed readings looked at in one go (ours).
    private static let pageOfUnclaimed = 200

    /// Brings the hut up: listens, opens lines, tells the service manager, then catches up.
    ///
    /// - Throws: `CommandError` when a socket cannot be had or the ledger refuses the start.
    func start() async throws(CommandError) {
        let now = self.now
        do throws(LedgerError) {
            if let newest = try await ledger.newestTime(), newest > now.hut { distrustClock(until: newest) }
            if today < releaseDay { distrustClock(until: offset.start(of: releaseDay)) }
            newestReading = try await ledger.newestReadingTime()
            for entry in try await ledger.staff() { staffNames[entry.key] = entry.staff.name }
            try await endOpenVisits(at: now)
            for instrument in configuration.instruments {
                if let last = try await ledger.lastReading(of: instrument.manner.id) {
                    attribution.remember(last, now: now)
                }
            }
            try await ledger.append([.hutStarted(version: HealthHut.version)], at: now.hut)
            pending.seen = try await ledger.last()
        } catch {
            throw CommandError(error.message, hint: error.hint, status: 74)
        }
        await refreshLoans()
        makePlaces()
        timer.start { [weak self] in self?.assumeIsolated { $0.deadlineReached() } }
        startLines()
        try listen()
        time.reviewedDay = offset.day(of: now.hut)
        time.nextWatchdog = manager.watchdogEvery.map { now.monotonic + $0 }
        noticeClock(now)
        arm()
        for id in places.keys { refreshDesk(id) }
        manager.tell("READY=1\nSTATUS=\(instruments.count) instruments, \(places.count) kiosks")
        log(.notice, "ready: \(instruments.count) instruments, \(places.count) kiosks")
        work { hut in
            await hut.finishInterrupted()
            await hut.followAlerts()
            await hut.reviewLagging()
            await hut.reviewLastMeasured()
            await hut.reviewInstruments()
            await hut.reviewEverybody()
            giveBackStartUpPages()
        }
    }

    /// Acts on what was on disk and not yet acted on when the hut went down: between a reading and its alert lies one
    /// commit, so the end of the ledger tells.
    private func finishInterrupted() async {
        let before = FactSequence(rawValue: max(0, pending.seen.rawValue - Hut.interruptedAtMost))
        let tail = (try? await ledger.facts(after: before, limit: Int(Hut.interruptedAtMost))) ?? []
        let actedOn = Set(tail.flatMap(\.fact.evidence))
        for recorded in tail where !actedOn.contains(recorded.sequence) {
            guard case .reading(let reading, _) = recorded.fact else { continue }
            await alertStation(reading, recorded.sequence)
        }
        await flagInterrupted()
        for sequence in newestOfBands(tail) {
            if let recorded = (try? await ledger.reading(sequence)) ?? nil { await flagUnclaimed(recorded) }
        }
    }

    /// Whose session may have ended while the hut was off: what a session comes to when nothing follows is looked at only
    /// then, and nothing else says that it is time.
    private func reviewLastMeasured() async {
        let before = FactSequence(rawValue: max(0, pending.seen.rawValue - Hut.interruptedAtMost))
        let tail = (try? await ledger.facts(after: before, limit: Int(Hut.interruptedAtMost))) ?? []
        let measured = tail.filter { if case .reading = $0.fact { true } else { false } }
        guard let last = measured.last else { return }
        let since = last.recordedAt + .seconds(-60 * policy.session.gap.value)
        var residents: Set<ResidentKey> = []
        for recorded in measured where recorded.recordedAt >= since {
            let reading = (try? await ledger.reading(recorded.sequence)) ?? nil
            if let owner = reading?.owner.resident { residents.insert(owner) }
        }
        for key in residents.sorted() { await review(key) }
    }

    /// DQ-01 for what was recorded and never flagged. What a nurse has closed stays closed, and a lent monitor's memory
    /// waits for its return as it did before.
    private func flagInterrupted() async {
        var last = FactSequence(rawValue: 0)
        while let page = try? await ledger.unclaimed(
            neverFlagged: .unclaimed, after: last, limit: Hut.pageOfUnclaimed), let newest = page.last
        {
            for recorded in page where !waitsForReturn(recorded.reading) { await flagUnclaimed(recorded) }
            last = newest.sequence
        }
    }

    /// A band's flag is the band's, whichever of its readings raised it.
    private func newestOfBands(_ facts: [RecordedFact]) -> [FactSequence] {
        var newest: [BandID: FactSequence] = [:]
        for recorded in facts {
            if case .reading(let reading, .unclaimed) = recorded.fact, let band = reading.band {
                newest[band] = recorded.sequence
            }
        }
        return newest.values.sorted()
    }

    /// Takes the hut down: no new input, what is under way is finished, the ledger closed.
    func stop() async {
        manager.tell("STOPPING=1")
        for listener in listeners { listener.close() }
        nudges?.cancel()
        timer.stop()
        stopLamp()
        for line in instruments.values { line.keeper.stop() }
        for id in places.keys { keepUnsaved(at: id) }
        for place in places.values { place.display?.connection.close() }
        for watcher in watchers.values { watcher.connection.close() }
        abandonWaiting()
        await untilIdle()
        await ledger.close()
        log(.notice, "stopped")
    }

    /// Whatever was open when the hut went down has ended; its results are nobody's (whose-reading row 39).
    private func endOpenVisits(at now: Now) async throws(LedgerError) {
        let open = try await ledger.openVisits()
        var active: [StationID: VisitID] = [:]
        for visit in open where visit.restingSince == nil { active[visit.station] = visit.id }
        attribution.hutStarted(openVisits: active, at: now)
        if !open.isEmpty { try await ledger.append(open.map { .visitEnded($0.id, .restart) }, at: now.hut) }
    }

    private func distrustClock(until time: HutTime) {
        self.time.untrustedUntil = max(time, self.time.untrustedUntil ?? time)
        attribution.clockIsTrusted = false
        log(
            .warning,
            "the clock stands before the newest fact or the day of this version: no due dates are made; hint: healthhut check"
        )
    }

    private func listen() throws(CommandError) {
        do throws(SocketError) {
            for (id, path) in kioskSockets {
                listeners.append(
                    try Listener(.unix(path: path), queue: queue) { [weak self] descriptor in
                        self?.assumeIsolated { $0.connected(descriptor, to: id) }
                    })
            }
            listeners.append(
                try Listener(.unix(path: configuration.settings.sockets.watch), queue: queue) {
                    [weak self] descriptor in
                    self?.assumeIsolated { $0.watcherConnected(descriptor) }
                })
            nudges = try listenForNudges(configuration.settings.sockets.nudge, queue: queue) { [weak self] in
                self?.assumeIsolated { hut in hut.work { await $0.readOthers() } }
            }
        } catch {
            throw CommandError(error.message, hint: error.hint, status: 69)
        }
    }

    private var kioskSockets: [(String, String)] {
        configuration.settings.stations.map { ($0.id, $0.kiosk) }
            + configuration.settings.desks.map { ($0.id, $0.kiosk) }
    }
}

extension Fact {
    /// The readings a flag rests on.
    fileprivate var evidence: [FactSequence] {
        switch self {
        case .flag(.raise(let draft)): draft.evidence.readings
        case .flag(.append(_, _, let evidence, _, _)): evidence.readings
        default: []
        }
    }
}
