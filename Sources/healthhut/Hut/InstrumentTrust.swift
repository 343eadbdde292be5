// How far the hut trusts its own instruments: at start and at every local midnight each one is held against its papers,
// its days and the other cuffs, and what an operator must know becomes a flag (DQ-03, DQ-04). The clock of a memory is
// judged by each of its records (DQ-02).

import FollowUpRules
import Ledger
import Settings
import Vitals

extension Hut {
    /// Brings the flags of every instrument, and of the upload, in line with what the rules say.
    func reviewInstruments() async {
        let (settings, policy) = (configuration.settings, policy)
        for id in instruments.keys.sorted(by: { $0.rawValue < $1.rawValue }) {
            await inTurn { hut in await hut.reviewNow(id, settings.papers(of: id), policy) }
        }
        // What is never sent cannot be late.
        guard settings.upload.fhir != nil else { return }
        let place = StationID(rawValue: settings.hut.id)
        await inTurn { hut in
            do throws(LedgerError) {
                let oldest = try await hut.ledger.oldestUnsent()
                let latest = try await hut.ledger.latestFlag(.silence, at: place)
                await hut.settle(
                    uploadSilence(
                        of: place, oldest: oldest, latest: latest, policy: policy, now: hut.now.hut, offset: hut.offset)
                )
            } catch {
                log(.error, "the upload could not be reviewed: \(error.message); hint: \(error.hint)")
            }
        }
    }

    /// The first word of an instrument that was silent.
    func heardAgain(_ id: InstrumentID) async {
        guard silent.contains(id) else { return }
        let (settings, policy) = (configuration.settings, policy)
        await inTurn { hut in await hut.reviewNow(id, settings.papers(of: id), policy) }
    }

    /// DQ-02 by a record of a memory.
    func judgeClock(of sequence: FactSequence) async {
        let (policy, offset) = (policy, offset)
        await inTurn { hut in
            do throws(LedgerError) {
                guard let recorded = try await hut.ledger.reading(sequence) else { return }
                let place = StationID(rawValue: recorded.reading.instrument.rawValue)
                let latest = try await hut.ledger.latestFlag(.clock, at: place)
                await hut.settle(
                    clockFault(in: recorded, latest: latest, policy: policy, now: hut.now.hut, offset: offset))
            } catch {
                log(.error, "a memory's clock could not be judged: \(error.message); hint: \(error.hint)")
            }
        }
    }

    private func reviewNow(_ id: InstrumentID, _ papers: InstrumentPapers, _ policy: Policy) async {
        // Without a clock that can be trusted no date has passed and nothing is late.
        guard clockIsTrusted else { return }
        let now = self.now.hut
        let place = StationID(rawValue: id.rawValue)
        do throws(LedgerError) {
            let record = try await ledger.record(of: id, papers, policy: policy, now: now)
            let doubt = try await ledger.latestFlag(.instrument, at: place)
            let quiet = try await ledger.latestFlag(.silence, at: place)
            let changes = silence(of: record, latest: quiet, policy: policy, now: now, offset: offset)
            await settle(distrust(of: record, latest: doubt, policy: policy, now: now, offset: offset) + changes)
            let isOpen = try await ledger.openFlag(.silence, .station(place)) != nil
            if isOpen { silent.insert(id) } else { silent.remove(id) }
        } catch {
            log(.error, "\(id.rawValue) could not be reviewed: \(error.message); hint: \(error.hint)")
        }
    }
}

extension Ledger {
    /// The trust record of an instrument: its papers, its days and pairs as far back as the rules look.
    func record(of id: InstrumentID, _ papers: InstrumentPapers, policy: Policy, now: HutTime) throws(LedgerError)
        -> InstrumentRecord
    {
        let numbers = policy.instruments
        let back = max(numbers.driftDays.value, 7 * numbers.usualWeeks.value + 1)
        func since(_ days: Int) -> HutTime { HutTime(milliseconds: now.milliseconds - Int64(days) * 86_400_000) }
        return InstrumentRecord(
            instrument: id, papers: papers, days: try days(of: id, since: since(back)), lastHeard: try lastHeard(id),
            drifts: try drifts(of: id, since: since(numbers.driftDays.value)))
    }
}

extension Settings {
    /// What the operator wrote down of an instrument.
    func papers(of id: InstrumentID) -> InstrumentPapers {
        guard let entry = stations.lazy.flatMap(\.instruments).first(where: { $0.id == id.rawValue }) else {
            return InstrumentPapers()
        }
        return InstrumentPapers(
            serialNumber: entry.serialNumber, cuffSize: entry.cuffSize, calibratedUntil: entry.calibratedUntil,
            validatedOn: entry.validatedOn)
    }
}
