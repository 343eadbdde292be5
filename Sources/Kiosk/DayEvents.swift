// The end of a day, what the hut itself is doing, and who looked at what: pages about everybody, or about nobody.

import Vitals

/// The end of one day on one page (issue: *End of day*).
package struct DayPage: Hashable, Sendable {
    /// Something of the day that is not as it should be: who or what, and why.
    package struct Item: Hashable, Sendable {
        package var who: LocalizedText
        package var why: LocalizedText

        package init(who: LocalizedText, why: LocalizedText) { (self.who, self.why) = (who, why) }
    }
    package var day: LocalDay
    /// Attempts with a result, facts on disk, resources the district has received: counts of this day.
    package var measured, stored, sent: Int
    package var refused: [Item]
    package var unclaimed: Int
    /// Due today or before, and neither came nor were reached.
    package var didNotCome: [Item]
    /// Items of the exam day that nobody has done.
    package var examMissing: [Item]
    /// Who has looked at this page, oldest first: `王敏 17:20`.
    package var seenBy: [String]

    package init(
        day: LocalDay, measured: Int, stored: Int, sent: Int, refused: [Item] = [], unclaimed: Int = 0,
        didNotCome: [Item] = [], examMissing: [Item] = [], seenBy: [String] = []
    ) {
        (self.day, self.measured, self.stored, self.sent) = (day, measured, stored, sent)
        (self.refused, self.unclaimed, self.didNotCome) = (refused, unclaimed, didNotCome)
        (self.examMissing, self.seenBy) = (examMissing, seenBy)
    }
}

/// What an operator may know: the machines, not the people.
package struct HutStatus: Hashable, Sendable {
    package var version: String
    package var instruments: [InstrumentStatus]
    /// Waiting for the district; refused by it.
    package var unsent, parked: Int
    package var freeMegabytes: Int?
    package var lastBackup: HutTime?
    package var newestFact: HutTime?
    /// What a person must see to: sentences without a person's data.
    package var warnings: [LocalizedText]

    package init(
        version: String, instruments: [InstrumentStatus], unsent: Int, parked: Int, freeMegabytes: Int? = nil,
        lastBackup: HutTime? = nil, newestFact: HutTime? = nil, warnings: [LocalizedText] = []
    ) {
        (self.version, self.instruments, self.unsent, self.parked) = (version, instruments, unsent, parked)
        (self.freeMegabytes, self.lastBackup, self.newestFact) = (freeMegabytes, lastBackup, newestFact)
        self.warnings = warnings
    }
}

/// One look or one change, as the audit has it: who, when, what kind, never a value.
package struct AuditLine: Hashable, Sendable {
    package var sequence: FactSequence
    package var at: HutTime
    package var by: String
    package var what: LocalizedText

    package init(sequence: FactSequence, at: HutTime, by: String, what: LocalizedText) {
        (self.sequence, self.at, self.by, self.what) = (sequence, at, by, what)
    }

    /// How many lines one answer holds at most.
    package static let perPage = 100
}

/// A visit that has been active for so long that somebody should look (nurse-screens, *Also*: 30 minutes).
package struct StillSitting: Hashable, Sendable {
    package var station: StationID
    /// Name, sex, age and hut number; nil for a guest.
    package var who: LocalizedText?
    package var since: HutTime

    package init(station: StationID, who: LocalizedText?, since: HutTime) {
        (self.station, self.who, self.since) = (station, who, since)
    }
}
