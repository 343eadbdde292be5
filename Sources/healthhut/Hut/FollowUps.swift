// From facts to flags: who must be reviewed when, and what is not a resident's: stations, bands, unclaimed readings.

import FollowUpRules
import Ledger
import Vitals

extension Hut {
    /// Reviews a resident after everything that was asked for before; returns when the flags are settled.
    func review(_ key: ResidentKey?) async {
        guard let key else { return }
        let earlier = lastReview
        let review = Task {
            await earlier?.value
            await reviewNow(key)
        }
        lastReview = review
        await review.value
    }

    private func reviewNow(_ key: ResidentKey) async {
        do {
            let now = self.now
            guard let (history, mark) = try await ledger.historyToReview(of: key, now: now.hut) else { return }
            let changes = FollowUpRules.review(history, policy: policy, now: now.hut, offset: offset)
            guard await settle(changes) else { return }
            reviewed[key] = mark.upTo
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
        await refreshStaff(alerts: !isQuiet)
        return true
    }

    /// Reviews everybody whose facts are newer than the last review; at start.
    func reviewLagging() async {
        for key in (try? await ledger.residentsToReview()) ?? [] { await review(key) }
    }

    /// Reviews every resident, a few at a time so that nobody waits behind it.
    func reviewEverybody() async {
        var last: ResidentKey?
        while let keys = try? await ledger.allResidents(after: last, limit: 100), let end = keys.last {
            for key in keys { await review(key) }
            last = end
        }
    }

    /// The open flag of a rule about a subject, as the rules want it: none or one.
    func openFlags(_ rule: RuleID, _ subject: FlagSubject) async -> [Flag] {
        guard let flag = try? await ledger.openFlag(rule, subject) else { return [] }
        return [flag]
    }

    // MARK: what is nobody's

    /// A danger sign of somebody the hut does not know.
    func dangerWithoutOwner(_ answer: SymptomAnswer, _ sequence: FactSequence, at station: StationID) async {
        let open = await openFlags(.dangerSign, .station(station))
        await settle(
            ownerless(
                danger: answer, station: station, sequence: sequence, at: now.hut, clock: clockConfidence,
                openFlags: open, policy: policy, offset: offset))
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
            let open = await hut.openFlags(.help, .station(station))
            await hut.settle(
                help(
                    at: station, sequence: sequence, at: hut.now.hut, clock: hut.clockConfidence, openFlags: open,
                    policy: hut.policy, offset: hut.offset))
        }
    }

    /// A wristband calls: its wearer's flag, or the band's where nobody wears it for certain.
    func signalled(_ signal: BandSignal, _ band: BandID, _ text: String?, raw: [UInt8], at now: Now) {
        let wearer = attribution.wearer(of: band, at: now.hut)
        work { hut in
            let fact = Fact.signal(signal, band, wearer: wearer, text: text, raw: raw)
            guard let sequence = await hut.append([fact], at: now.hut)?.first else { return }
            if let wearer { return await hut.review(wearer) }
            let open = await hut.openFlags(.bandSignal, .band(band))
            await hut.settle(
                ownerless(
                    signal: signal, from: band, sequence: sequence, at: now.hut, clock: hut.clockConfidence,
                    openFlags: open, policy: hut.policy, offset: hut.offset))
        }
    }

    private var clockConfidence: TimeConfidence { clockIsTrusted ? .ok : .clockUntrusted }

    // MARK: unclaimed readings

    /// DQ-01 for a reading that nobody owns.
    func flagUnclaimed(_ recorded: RecordedReading) async {
        let subject = recorded.reading.band.map(FlagSubject.band) ?? .reading(recorded.sequence)
        let open = await openFlags(.unclaimed, subject)
        await settle(unclaimedFlag(for: recorded, openFlags: open, policy: policy, offset: offset))
    }

    /// Brings DQ-01 of a reading in line with its owner: raised, or ended because it was claimed or discarded.
    func settleUnclaimed(_ sequence: FactSequence) async {
        guard let recorded = try? await ledger.reading(sequence) else {
            return await endUnclaimedFlag(sequence, because: .discarded)
        }
        switch recorded.owner {
        case .resident: await endUnclaimedFlag(sequence, because: .claimed)
        case .unclaimed: await flagUnclaimed(recorded)
        }
    }

    /// Ends DQ-01 of one reading.
    func endUnclaimedFlag(_ sequence: FactSequence, because end: UnclaimedEnd) async {
        let open = await openFlags(.unclaimed, .reading(sequence))
        await settle(clearUnclaimed(.reading(sequence), openFlags: open, because: end))
    }
}
