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
            guard let history = try await ledger.history(of: key, now: now.hut) else { return }
            let upTo = try await ledger.last()
            let changes = FollowUpRules.review(
                history, policy: policy, now: now.hut, offset: offset, clockIsTrusted: clockIsTrusted)
            await settle(changes, reviewed: ReviewMark(resident: key, upTo: upTo))
        } catch {
            log(.error, "a review failed: \(error.message); hint: \(error.hint)")
        }
    }

    /// Puts flag changes on disk and on the staff screens.
    func settle(_ changes: [FlagChange], reviewed: ReviewMark? = nil) async {
        guard !changes.isEmpty else {
            if let reviewed { await ledger.reviewed(reviewed) }
            return
        }
        guard await append(changes.map(Fact.flag), reviewed: reviewed.map { [$0] } ?? []) != nil else { return }
        await refreshStaff()
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

    /// The open flag of a rule about a subject.
    func openFlag(_ rule: RuleID, _ subject: FlagSubject) async -> Flag? {
        try? await ledger.openFlag(rule, subject)
    }

    /// A danger sign at a station of somebody the hut does not know.
    func dangerWithoutOwner(_ answer: SymptomAnswer, at station: StationID) async {
        let open = await openFlag("BP-03", .station(station))
        await settle(
            ownerlessDanger(answer, at: station, open: open, policy: policy, now: now.hut, offset: offset))
    }

    /// A resident pressed 9.
    func callHelp(at station: StationID) {
        work { hut in
            guard await hut.append([.helpCalled(station)]) != nil else { return }
            let open = await hut.openFlag(RuleID.help, .station(station))
            await hut.settle(
                helpCalled(at: station, open: open, policy: hut.policy, now: hut.now.hut, offset: hut.offset))
        }
    }

    /// A wristband calls: its wearer's flag, or the band's where nobody wears it for certain.
    func signalled(_ signal: BandSignal, _ band: BandID, _ text: String?, raw: [UInt8], at now: Now) {
        let wearer = attribution.wearer(of: band, at: now.hut)
        work { hut in
            let fact = Fact.signal(signal, band, wearer: wearer, text: text, raw: raw)
            guard await hut.append([fact], at: now.hut) != nil else { return }
            if let wearer { return await hut.review(wearer) }
            let open = await hut.openFlag(RuleID.bandSignal, .band(band))
            await hut.settle(
                ownerlessSignal(signal, from: band, open: open, policy: hut.policy, now: now.hut, offset: hut.offset))
        }
    }

    // MARK: unclaimed readings

    /// DQ-01 for a reading that nobody owns.
    func flagUnclaimed(_ sequence: FactSequence) async {
        guard let recorded = try? await ledger.reading(sequence) else { return }
        await settleUnclaimed(recorded)
    }

    /// Ends DQ-01 of a reading that was claimed or discarded, or raises it again.
    func settleUnclaimed(_ recorded: RecordedReading) async {
        let open = await openFlag("DQ-01", .reading(recorded.sequence))
        await settle(
            unclaimedFlag(recorded, open: open, policy: policy, now: now.hut, offset: offset, clockIsTrusted: clockIsTrusted))
    }
}
