// Danger, as every staff screen has it on top: who, where, since when, and what a nurse must know before she gets up.

import Vitals

/// A thing that must be seen on every staff screen until a named person takes it.
package struct StaffAlert: Hashable, Sendable {
    package var flag: FlagID
    package var subject: WorklistRow.Subject
    package var rule: RuleID
    package var severity: Severity
    package var at: HutTime
    package var station: StationID?
    /// Name, sex, age and hut number; nil where nobody owns it.
    package var who: LocalizedText?
    package var sentence: LocalizedText
    package var takenBy: String?
    /// Since when the resident sits at the station; nil where the visit is over or there was none.
    package var sittingSince: HutTime?
    package var arm: Arm?
    package var rested: Rested?
    package var medicines: String?
    package var contact: ContactPerson?
    /// A band called for help: it has a position, or none is known.
    package var isCallForHelp = false
    package var position: Position?
    package var positionAt: HutTime?
    /// Of the band that called, 0…100.
    package var batteryPercent: Int?

    package init(
        flag: FlagID, subject: WorklistRow.Subject, rule: RuleID, severity: Severity, at: HutTime,
        station: StationID?, who: LocalizedText?, sentence: LocalizedText, takenBy: String? = nil
    ) {
        (self.flag, self.subject, self.rule, self.severity) = (flag, subject, rule, severity)
        (self.at, self.station, self.who, self.sentence, self.takenBy) = (at, station, who, sentence, takenBy)
    }
}
