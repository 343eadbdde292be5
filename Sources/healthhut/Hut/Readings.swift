// The life of one reading inside the hut, in the order that never changes: attribute, record, review, show,
// acknowledge. Nothing is shown or acknowledged that is not on disk.

import Attribution
import DeviceLink
import FollowUpRules
import Kiosk
import Ledger
import Vitals

extension Hut {
    /// Carries one reading from its instrument to whoever must see it.
    ///
    /// Attribution is decided here and now, in the order in which readings came; the rest may wait for the disk.
    func carry(_ said: DeviceReading, from instrument: InstrumentID, token: Int?, at now: Now) {
        let attributed = attribution.attribute(said, from: instrument, measuredAt: said.stamp, now: now)
        if attributed.keeping == .alreadyKept { return }
        work { hut in
            guard let sequence = await hut.record(attributed, at: now) else { return }
            await hut.alertStation(attributed.reading, sequence)
            await hut.heardAgain(instrument)
            await hut.review(attributed.owner.resident)
            await hut.show(attributed, sequence)
            hut.acknowledge(token, on: instrument)
        }
    }

    /// Puts a reading on disk; nil when there is nothing to put there, or nothing more to do.
    private func record(_ attributed: Attributed, at now: Now) async -> FactSequence? {
        let reading = attributed.reading
        let fact: Fact
        switch attributed.keeping {
        case .record: fact = .reading(reading, attributed.owner)
        case .countOnly:
            guard let station = reading.station else { return nil }
            fact = .measuredWithoutRecord(reading.instrument, station)
        case .alreadyKept: return nil
        }
        guard let sequence = await append([fact], at: now.hut)?.first else {
            attribution.notRecorded(attributed)
            return nil
        }
        if !attribution.recorded(sequence, for: attributed, now: self.now), let visit = attributed.visit {
            await append([.readingDenied(sequence, visit)])
        }
        arm()
        return sequence
    }

    /// Tells the screens what the attribution said they may say.
    private func show(_ attributed: Attributed, _ sequence: FactSequence) async {
        let reading = attributed.reading
        guard let station = reading.station else { return await showUnclaimed(attributed, sequence) }
        switch attributed.says {
        case .show:
            guard let visit = attributed.visit else { return }
            if attributed.keeping == .countOnly {
                showGuestResult(RecordedReading(sequence, attributed), at: station)
            } else {
                await showResult(sequence, of: visit, at: station)
            }
        case .askWhose: tell(station, .askWhose(sequence))
        case .notYours:
            tell(station, .notYours(crisis: isCrisis(reading)))
            await showUnclaimed(attributed, sequence)
        case .smallLine(let vital):
            tell(station, .otherInstrument(vital))
            await showUnclaimed(attributed, sequence)
        case .unownedAtAttract:
            unowned[station] = (sequence, now.monotonic + .seconds(120))
            pushHall(station)
            if isCrisis(reading) { tell(station, .notYours(crisis: true)) }
            await showUnclaimed(attributed, sequence)
        case .askNurse:
            tell(station, .notYours(crisis: isCrisis(reading)))
            await showUnclaimed(attributed, sequence)
        case .staffResult: tellStaff(station, .measured(ReadingRow(RecordedReading(sequence, attributed))))
        case .staffUnclaimed, .wearer, .nothing: await showUnclaimed(attributed, sequence)
        }
        tell(station, .cuffIdle)
        arm()
    }

    /// A reading that nobody owns is put before the nurses.
    private func showUnclaimed(_ attributed: Attributed, _ sequence: FactSequence) async {
        guard attributed.keeping == .record, attributed.says != .askWhose else { return }
        await flagUnclaimed(RecordedReading(sequence, attributed))
        if let station = attributed.reading.station, attributed.says == .staffUnclaimed {
            tellStaff(station, .unclaimedArrived)
        }
    }

    /// Sends what a device waits for before it forgets its record.
    func acknowledge(_ token: Int?, on instrument: InstrumentID) {
        guard let token, let line = instruments[instrument] else { return }
        var conversation = line.conversation
        let steps = conversation.saved(token, at: now.monotonic)
        instruments[instrument]?.conversation = conversation
        perform(steps, on: instrument, at: now)
    }

    /// Whether a reading is a cuff's and at or above the crisis limit.
    func isCrisis(_ reading: Reading) -> Bool {
        guard case .bloodPressure(let pressure) = reading.vital else { return false }
        return FollowUpRules.isCrisis(pressure, policy: policy)
    }
}

extension RecordedReading {
    init(_ sequence: FactSequence, _ attributed: Attributed) {
        self.init(sequence: sequence, reading: attributed.reading, owner: attributed.owner)
    }
}

extension ReadingRow {
    /// A recorded reading as a staff screen lists it.
    init(_ recorded: RecordedReading) {
        let reading = recorded.reading
        self.init(
            sequence: recorded.sequence, vital: reading.vital, at: reading.measuredAt, instrument: reading.instrument,
            arm: reading.arm, rested: reading.rested, source: reading.source)
    }
}

extension DeviceReading {
    /// A wristband's own stamp: the radio's clock is UTC. An instrument's clock has no zone and is evidence only.
    fileprivate var stamp: HutTime? {
        guard band != nil, let deviceTime else { return nil }
        return UTCOffset(seconds: 0).instant(of: deviceTime)
    }
}
