// One resident on one staff screen, and one reading of hers.

import Vitals

/// One reading as a staff screen lists it.
package struct ReadingRow: Hashable, Sendable {
    package var sequence: FactSequence
    package var vital: Vital
    package var at: HutTime
    package var instrument: InstrumentID
    package var arm: Arm
    package var rested: Rested
    package var source: SourceClass
    /// Who helped to measure, as the screen names them.
    package var helper: String?

    package init(
        sequence: FactSequence, vital: Vital, at: HutTime, instrument: InstrumentID, arm: Arm, rested: Rested,
        source: SourceClass
    ) {
        (self.sequence, self.vital, self.at, self.instrument) = (sequence, vital, at, instrument)
        (self.arm, self.rested, self.source) = (arm, rested, source)
    }
}

/// One resident on one staff screen.
package struct ResidentCard: Hashable, Sendable {
    package struct FlagLine: Hashable, Sendable {
        package var id: FlagID
        package var rule: RuleID
        package var severity: Severity
        package var sentence: LocalizedText
        package var raisedAt: HutTime
        package var due: LocalDay?
        package var takenBy: String?
        package var end: LocalizedText?

        package init(
            id: FlagID, rule: RuleID, severity: Severity, sentence: LocalizedText, raisedAt: HutTime,
            due: LocalDay? = nil, takenBy: String? = nil, end: LocalizedText? = nil
        ) {
            (self.id, self.rule, self.severity, self.sentence) = (id, rule, severity, sentence)
            (self.raisedAt, self.due, self.takenBy, self.end) = (raisedAt, due, takenBy, end)
        }
    }
    package var key: ResidentKey
    package var resident: Resident
    package var status: ResidentStatus
    package var age: Int?
    /// The limit that is applied, `150/90`.
    package var limit: String
    package var openFlags: [FlagLine]
    package var endedFlags: [FlagLine]
    /// Newest first.
    package var readings: [ReadingRow]
    package var bands: [BandID]
    package var marks = ResidentMarks()
    /// The limit as numbers; nil where it is unknown: no band is drawn and nothing is said about it.
    package var pressureLimit: PressureLimit?
    /// What the guideline aims at, below on both: shown beside the limit that drives the lists, never listed itself
    /// (clinical-rules 2); nil where hypertension is not known.
    package var guidelineTarget: PressureLimit?
    /// Whose limit it is: `规范，65岁以上`, `汪医生 2026-03-02`.
    package var limitSource: LocalizedText?
    /// The arm that reads higher, once both were compared.
    package var usualArm: Arm?
    /// Cuff sessions of 400 days, newest first.
    package var pressures: [Pressure] = []
    /// Newest first.
    package var followUps: [FollowUpLine] = []
    /// Follow-ups of this year that were face to face; the norm asks for four.
    package var faceToFace = 0
    /// Open ones and those of the last weeks, newest first.
    package var requests: [RequestLine] = []
    package var promises: [PromiseLine] = []
    package var worn: [Worn] = []
    package var uploads: Uploads?
    /// Calls that nobody answered since the oldest open flag was raised.
    package var tries = 0
    /// Enrolled by herself; a nurse has not yet seen who it is.
    package var isNewcomer = false
    /// Lines of the roster that may be the same person (H-37).
    package var maybeSame: [Candidate] = []
    /// Lines that were merged into this one.
    package var merged: [Candidate] = []

    package init(
        key: ResidentKey, resident: Resident, status: ResidentStatus, age: Int?, limit: String,
        openFlags: [FlagLine], endedFlags: [FlagLine], readings: [ReadingRow], bands: [BandID]
    ) {
        (self.key, self.resident, self.status, self.age) = (key, resident, status, age)
        (self.limit, self.openFlags, self.endedFlags) = (limit, openFlags, endedFlags)
        (self.readings, self.bands) = (readings, bands)
    }
}
