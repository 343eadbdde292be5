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
        let attributed = attribution.attribute(
            said, from: instrument, measuredAt: said.stamp(offset: offset, now: now.hut),
            notBefore: lentSince[instrument], now: now)
        if attributed.keeping == .alreadyKept { return sentAgain(attributed, token, on: instrument) }
        let isRemembered = attributed.reading.memorySlot != nil
        work { hut in
            // Downloaded again: the first one stands, and the device may forget it all the same.
            if isRemembered, (try? await hut.ledger.hasMemoryRecord(attributed.reading)) == true {
                hut.attribution.reachedDisk(attributed)
                return hut.acknowledge(token, on: instrument)
            }
            guard let sequence = await hut.record(attributed, at: now) else { return }
            await hut.alertStation(attributed.reading, sequence)
            await hut.heardAgain(instrument)
            if isRemembered { await hut.judgeClock(of: sequence) }
            await hut.review(attributed.owner.resident)
            await hut.show(attributed, sequence)
            hut.acknowledge(token, on: instrument)
        }
    }

    /// The first of it stands. Its device has not heard so: told now, if the first is on disk. If it is not, the first's
    /// own acknowledgement follows its commit, and a device that misses that one gives its result once more.
    private func sentAgain(_ attributed: Attributed, _ token: Int?, on instrument: InstrumentID) {
        guard attribution.isOnDisk(attributed) else { return }
        acknowledge(token, isRepeat: true, on: instrument)
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
        case .askWhose:
            if attributed.keeping == .countOnly {
                places[station.rawValue]?.visit?.counted[sequence] = RecordedReading(sequence, attributed)
            }
            let kind = reading.vital.kind
            tell(station, kind == .bloodPressure ? .askWhose(sequence) : .station(.askWhose(sequence, kind)))
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
        if reading.vital.kind == .bloodPressure { tell(station, .cuffIdle) }
        arm()
    }

    /// A reading that nobody owns is put before the nurses.
    private func showUnclaimed(_ attributed: Attributed, _ sequence: FactSequence) async {
        guard attributed.keeping == .record, attributed.says != .askWhose else { return }
        if waitsForReturn(attributed.reading) { return memoryArrived() }
        await flagUnclaimed(RecordedReading(sequence, attributed))
        if let station = attributed.reading.station, attributed.says == .staffUnclaimed {
            tellStaff(station, .unclaimedArrived)
        }
    }

    /// Sends what a device waits for before it forgets its record.
    func acknowledge(_ token: Int?, isRepeat: Bool = false, on instrument: InstrumentID) {
        guard let token, let line = instruments[instrument] else { return }
        var conversation = line.conversation
        let steps = conversation.saved(token, isRepeat: isRepeat, at: now.monotonic)
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
    /// A wristband's own stamp: the radio's clock is UTC. A memory's clock stands on the hut's local time, as somebody
    /// set it, and means nothing while it was never set; where it said while it was read out how far it is off, that is
    /// taken away. A live instrument's clock is evidence only.
    fileprivate func stamp(offset: UTCOffset, now: HutTime) -> HutTime? {
        guard let deviceTime else { return nil }
        if band != nil { return UTCOffset(seconds: 0).instant(of: deviceTime) }
        guard memorySlot != nil, let said = offset.instant(ofSet: deviceTime) else { return nil }
        guard let clock = clockRead.flatMap(offset.instant(ofSet:)) else { return said }
        return said + (now - clock)
    }
}

extension UTCOffset {
    /// The instant of a device's clock; nil where it was never set.
    fileprivate func instant(ofSet time: CivilTime) -> HutTime? { time.year > 2_000 ? instant(of: time) : nil }
}
