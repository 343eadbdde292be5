// Instruments send a result twice: after a time-out, from a buffer, until it is acknowledged. The first one stands
// (row 34); and a reading is only *first* once it is on disk, or a full disk would swallow what is sent again.

import Vitals

/// What can send a reading twice: an instrument, or one band of a radio, for one vital.
struct Source: Hashable, Sendable {
    var instrument: InstrumentID
    var band: BandID?
    var kind: VitalKind
}

/// A reading as it came the last time.
struct Kept: Hashable, Sendable {
    var reading: DeviceReading
    var at: MonotonicTime
    var isOnDisk = false
}

/// Whether a reading is the last one of its source, sent once more.
enum Repetition {
    case none
    /// The same device time and values, but a measurement that was asked for and seen is due to give a result: the clock
    /// may stand still (row 41), or the last result came again in its place. Only the person can say.
    case possible
    case certain
}

extension Attribution {
    /// Row 34. A device without a usable clock is known by its values alone, and only until it can have measured again.
    mutating func repetition(of reading: DeviceReading, from instrument: InstrumentID, now: Now) -> Repetition {
        let source = Source(instrument: instrument, band: reading.band, kind: reading.vital.kind)
        let state = instruments[instrument]
        var repetition = Repetition.none
        if let last = lastKept[source], last.reading.isSame(as: reading) {
            let tooSoon = now.monotonic - last.at < state?.manner.measureAtLeast ?? .zero
            let isStamped = reading.deviceTime?.isReal ?? false
            let isDue = reading.memorySlot == nil && state?.hasMeasured(now: now.monotonic) ?? false
            if tooSoon || isStamped && !isDue { return .certain }
            if isStamped { repetition = .possible }
        } else if lastKept.count >= 1_024 {
            lastKept = lastKept.filter { $0.key.band == nil }  // a mesh full of new names must not fill the memory
        }
        lastKept[source] = Kept(reading: reading, at: now.monotonic)
        return repetition
    }

    /// What an instrument gave last before the hut went down. Nobody knows whether its device was told so: it may send it
    /// again (row 34).
    package mutating func remember(_ last: Reading, now: Now) {
        let age = max(.zero, now.hut - last.receivedAt)
        lastKept[Source(last)] = Kept(
            reading: DeviceReading(vital: last.vital, deviceTime: last.deviceTime, memorySlot: last.memorySlot),
            at: now.monotonic + (.zero - age), isOnDisk: true)
    }

    /// Whether the first of a reading that was sent again is on disk: only then its device may be told.
    package func isOnDisk(_ again: Attributed) -> Bool {
        guard let last = lastKept[Source(again.reading)] else { return false }
        return last.isOnDisk && last.reading.isSame(as: again.reading)
    }

    /// The reading, or the same one before it, is on disk.
    package mutating func reachedDisk(_ attributed: Attributed) {
        let source = Source(attributed.reading)
        if lastKept[source]?.reading.isSame(as: attributed.reading) == true { lastKept[source]?.isOnDisk = true }
    }

    /// The ledger could not keep the reading (full disk): sent again it is new, and no visit has it (H-05).
    package mutating func notRecorded(_ attributed: Attributed) {
        lastKept[Source(attributed.reading)] = nil
        if let visit = attributed.visit { visits[visit]?.readings.removeAll { $0.ticket == attributed.ticket } }
    }
}

extension Source {
    fileprivate init(_ reading: Reading) {
        self.init(instrument: reading.instrument, band: reading.band, kind: reading.vital.kind)
    }
}

extension DeviceReading {
    fileprivate func isSame(as other: DeviceReading) -> Bool {
        vital == other.vital && deviceTime == other.deviceTime && memorySlot == other.memorySlot
    }

    fileprivate func isSame(as other: Reading) -> Bool {
        vital == other.vital && deviceTime == other.deviceTime && memorySlot == other.memorySlot
    }
}
