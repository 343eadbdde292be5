// From facts to flags: who must be reviewed when, and what is not a resident's: stations, bands, unclaimed readings.

import FollowUpRules
import Ledger
import Vitals

/// A turn is handed on: from the end of one to the beginning of the next nobody else can take it.
struct Turns {
    var isTaken = false
    /// In the order in which they came.
    var waiting: [CheckedContinuation<Void, Never>] = []
}

extension Hut {
    /// Does something with flags after everything that was asked for before: what stands is read and changed by one at
    /// a time, so that two readings of one moment do not raise one flag twice. Returns when it is done.
    @discardableResult
    func inTurn<Answer: Sendable>(_ body: @escaping @Sendable (isolated Hut) async -> Answer) async -> Answer {
        await withCheckedContinuation { turn in
            if turns.isTaken { turns.waiting.append(turn) } else { turn.resume() }
            turns.isTaken = true
        }
        let answer = await body(self)
        if turns.waiting.isEmpty { turns.isTaken = false } else { turns.waiting.removeFirst().resume() }
        return answer
    }

    /// Reviews a resident; returns when the flags are settled.
    func review(_ key: ResidentKey?) async {
        guard let key else { return }
        await inTurn { await $0.reviewNow(key) }
    }

    private func reviewNow(_ key: ResidentKey) async {
        do {
            let now = self.now
            guard let (history, mark) = try await ledger.historyToReview(of: key, now: now.hut, offset: offset)
            else { return }
            let changes = FollowUpRules.review(history, policy: policy, now: now.hut, offset: offset)
            guard await settle(changes) else { return }
            // A line that was merged is reviewed as the line that goes on.
            reviewed[mark.resident] = mark.upTo
            reviewAfterSession(history, now)
        } catch {
            log(.error, "a review failed: \(error.message); hint: \(error.hint)")
        }
    }

    /// A session is over ten minutes after its last reading; only then its provisional value counts.
    private func reviewAfterSession(_ history: ResidentHistory, _ now: Now) {
        let gap = Duration.seconds(policy.session.gap.value * 60)
        guard let last = history.readings.last(where: { $0.reading.vital.kind == .bloodPressure }),
            now.hut - last.reading.measuredAt <= gap
        else { return }
        sessionsEnding[history.key] = now.monotonic + (last.reading.measuredAt + gap - now.hut) + .seconds(1)
        arm()
    }

    /// Reviews everybody whose session is over by now.
    func sessionsEnded(_ now: Now) {
        for (key, ends) in sessionsEnding where ends <= now.monotonic {
            sessionsEnding[key] = nil
            work { await $0.review(key) }
        }
    }

    /// Puts flag changes on disk and on the staff screens; false when they found no place.
    @discardableResult
    func settle(_ changes: [FlagChange]) async -> Bool {
        guard !changes.isEmpty else { return true }
        guard await append(changes.map(Fact.flag)) != nil else { return false }
        // A new flag that rings nowhere leaves the alerts as they are: a reading must not cost a walk through all of them.
        let isQuiet = changes.allSatisfy { if case .raise(let draft) = $0 { !draft.isAlert } else { false } }
        if !isQuiet { await followAlerts() }
        await refreshStaff(alerts: !isQuiet)
        return true
    }

    /// Reviews everybody whose facts are newer than the last review; at start.
    func reviewLagging() async {
        for key in (try? await ledger.residentsToReview()) ?? [] { await review(key) }
    }

    /// Reviews every resident, a few at a time so that nobody waits behind it; once a day for each policy.
    func reviewEverybody() async {
        let (day, mark) = (today, policy.mark)
        do throws(LedgerError) {
            guard try await !ledger.isEverybodyReviewed(on: day, by: mark) else { return }
            var last: ResidentKey?
            while true {
                let keys = try await ledger.allResidents(after: last, limit: 100)
                guard let end = keys.last else { break }
                for key in keys { await review(key) }
                last = end
            }
            // By a clock that is not trusted nothing was due.
            if clockIsTrusted { try await ledger.everybodyReviewed(on: day, by: mark) }
        } catch {
            log(.error, "not everybody could be reviewed: \(error.message); hint: \(error.hint)")
        }
    }

    /// Brings the flag of one rule about one subject in line with what the rules say, given what is open.
    func settle(
        _ rule: RuleID, _ subject: FlagSubject, _ changes: @escaping @Sendable ([Flag]) -> [FlagChange]
    ) async {
        await inTurn { hut in
            let open = (try? await hut.ledger.openFlag(rule, subject)) ?? nil
            await hut.settle(changes(open.map { [$0] } ?? []))
        }
    }

    // MARK: what is nobody's

    /// A crisis value never waits for an owner.
    func alertStation(_ reading: Reading, _ sequence: FactSequence) async {
        guard let station = reading.station else { return }
        let (policy, offset) = (policy, offset)
        await settle(.station, .station(station)) {
            stationAlert(for: reading, sequence: sequence, openFlags: $0, policy: policy, offset: offset)
        }
    }

    /// A danger sign of somebody the hut does not know.
    func dangerWithoutOwner(_ answer: SymptomAnswer, _ sequence: FactSequence, at station: StationID) async {
        let (at, clock, policy, offset) = (now.hut, clockConfidence, policy, offset)
        await settle(.dangerSign, .station(station)) {
            ownerless(
                danger: answer, station: station, sequence: sequence, at: at, clock: clock, openFlags: $0,
                policy: policy, offset: offset)
        }
    }

    /// *I feel very bad* from the attract screen: no visit, so the call itself is the fact.
    func dangerWithoutVisit(at station: StationID) async {
        guard let sequence = await append([.helpCalled(station)])?.first else { return }
        await dangerWithoutOwner(.danger, sequence, at: station)
    }

    /// A resident pressed 9.
    func callHelp(at station: StationID) {
        work { hut in
            guard let sequence = await hut.append([.helpCalled(station)])?.first else { return }
            let (at, clock, policy, offset) = (hut.now.hut, hut.clockConfidence, hut.policy, hut.offset)
            await hut.settle(.help, .station(station)) {
                help(
                    at: station, sequence: sequence, at: at, clock: clock, openFlags: $0, policy: policy,
                    offset: offset)
            }
        }
    }

    /// A wristband calls: its wearer's flag, or the band's where nobody wears it for certain.
    /// A watch repeats its call until it is answered, so the answer waits for the disk.
    func signalled(
        _ signal: BandSignal, _ band: BandID, _ text: String?, raw: [UInt8], from id: InstrumentID, token: Int?,
        at now: Now
    ) {
        let wearer = attribution.wearer(of: band, at: now.hut)
        work { hut in
            let fact = Fact.signal(signal, band, wearer: wearer, text: text, raw: raw)
            guard let sequence = await hut.append([fact], at: now.hut)?.first else { return }
            hut.acknowledge(token, on: id)
            if let wearer { return await hut.review(wearer) }
            let (clock, policy, offset) = (hut.clockConfidence, hut.policy, hut.offset)
            await hut.settle(.bandSignal, .band(band)) {
                ownerless(
                    signal: signal, from: band, sequence: sequence, at: now.hut, clock: clock, openFlags: $0,
                    policy: policy, offset: offset)
            }
        }
    }

    private var clockConfidence: TimeConfidence { clockIsTrusted ? .ok : .clockUntrusted }

    // MARK: unclaimed readings

    /// DQ-01 for a reading that nobody owns.
    func flagUnclaimed(_ recorded: RecordedReading) async {
        let (policy, offset) = (policy, offset)
        await settle(.unclaimed, recorded.reading.band.map(FlagSubject.band) ?? .reading(recorded.sequence)) {
            unclaimedFlag(for: recorded, openFlags: $0, policy: policy, offset: offset)
        }
    }

    /// Brings DQ-01 of a reading in line with its owner: raised, or ended because it was claimed or discarded.
    func settleUnclaimed(_ sequence: FactSequence) async {
        guard let recorded = (try? await ledger.reading(sequence)) ?? nil else {
            return await endUnclaimedFlag(sequence, because: .discarded)
        }
        switch recorded.owner {
        case .resident: await endUnclaimedFlag(sequence, because: .claimed)
        case .unclaimed: await flagUnclaimed(recorded)
        }
    }

    /// Ends DQ-01 of one reading.
    func endUnclaimedFlag(_ sequence: FactSequence, because end: UnclaimedEnd) async {
        await settle(.unclaimed, .reading(sequence)) {
            clearUnclaimed(.reading(sequence), openFlags: $0, because: end)
        }
    }
}
