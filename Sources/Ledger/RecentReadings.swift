// The readings of the few residents who are being reviewed now, kept as they were read. Whoever sits at a booth is
// reviewed after each reading, and four hundred days of readings are a thousand rows of which one is new.
//
// Nothing is kept that could be otherwise on the disk: a reading that comes in between or goes drops what is kept of its
// resident, and anything that another process has written drops all of it.

import Vitals

/// Readings of residents with many, oldest first, without wristbands' samples.
final class RecentReadings {
    /// Residents with fewer are read as fast as they are looked up.
    private static let fewest = 100
    /// Of all residents together: some hundreds of kilobytes.
    private static let most = 2_000

    private struct Kept {
        /// Everything measured since then is here.
        var since: HutTime
        var readings: [RecordedReading]
    }

    private var kept: [ResidentKey: Kept] = [:]
    private var version: Int64?

    /// What is kept of a resident since a time, if all of it is; `version` is the file's as other processes left it.
    func readings(of resident: ResidentKey, since: HutTime, version: Int64?) -> [RecordedReading]? {
        if version != self.version {
            kept.removeAll()
            self.version = version
        }
        guard let known = kept[resident], known.since <= since else { return nil }
        let old = known.readings.prefix { $0.reading.measuredAt < since }.count
        if old > 0 { kept[resident]?.readings.removeFirst(old) }
        kept[resident]?.since = since
        return kept[resident]?.readings
    }

    /// Keeps a resident's readings since a time.
    func keep(_ readings: [RecordedReading], of resident: ResidentKey, since: HutTime) {
        kept[resident] = nil
        guard (RecentReadings.fewest...RecentReadings.most).contains(readings.count) else { return }
        let others = kept.values.reduce(0) { $0 + $1.readings.count }
        if others + readings.count > RecentReadings.most { kept.removeAll() }
        kept[resident] = Kept(since: since, readings: readings)
    }

    /// A reading came to a resident: one that is newer than all that are kept is read when it is asked for.
    func note(_ reading: Reading, of resident: ResidentKey) {
        guard let newest = kept[resident]?.readings.last?.reading.measuredAt else { return }
        if reading.measuredAt <= newest { kept[resident] = nil }
    }

    /// A reading left a resident.
    func forget(_ resident: ResidentKey) { kept[resident] = nil }

    /// After a rollback and a rebuild.
    func forget() { kept.removeAll() }
}
