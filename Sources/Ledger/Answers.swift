// What the ledger answers with: rows of the projections, as values.

import Vitals

/// One line of the roster as it stands.
package struct RosterEntry: Hashable, Sendable {
    package var key: ResidentKey
    /// Opaque; the only name of a resident outside this ledger.
    package var id: String
    package var resident: Resident
    package var status: ResidentStatus
    package var addedAt: HutTime
    package var hasPIN: Bool
    /// The line that this one was merged into; nil for one that stands.
    package var mergedInto: ResidentKey? = nil
}

/// One member of staff.
package struct StaffEntry: Hashable, Sendable {
    package var key: StaffKey
    package var staff: Staff
    package var hasPIN: Bool
}

/// A wristband and its wearer, from a start to an end.
package struct Pairing: Hashable, Sendable {
    package var band: BandID
    package var resident: ResidentKey
    package var since: HutTime
    /// nil while it lasts.
    package var until: HutTime?
    /// Known to be off or handed on since then: its readings are in no rule.
    package var doubtedSince: HutTime?
}

/// A visit that has not ended.
package struct OpenVisit: Hashable, Sendable {
    package var id: VisitID
    package var station: StationID
    package var owner: VisitOwner
    package var helper: Helper
    package var openedAt: HutTime
    /// On the bench since then; nil for the active one.
    package var restingSince: HutTime?
}

/// A resident's wish to be called or visited, until a named person follows up.
package struct StandingRequest: Hashable, Sendable {
    package var sequence: FactSequence
    package var resident: ResidentKey
    package var request: ResidentRequest
    package var at: HutTime
    /// What was said on the telephone; nil for one that the resident left at a kiosk.
    package var note: String? = nil
    package var enteredBy: StaffKey? = nil
}

/// The answer to a request, or a message, until the resident has read it.
package struct AnsweredRequest: Hashable, Sendable {
    package var sequence: FactSequence
    /// nil: a message that nobody asked for.
    package var request: ResidentRequest?
    package var at: HutTime
    package var answer: String
    package var answeredBy: StaffKey
    package var answeredAt: HutTime
    /// As in the request that it answers.
    package var note: String? = nil
    package var enteredBy: StaffKey? = nil
}

/// One call to a resident.
package struct RecordedCall: Hashable, Sendable {
    package var sequence: FactSequence
    package var at: HutTime
    package var result: CallResult
    package var by: StaffKey
}

/// One line of a resident's history: what, who, when and why.
package struct ChronicleEntry: Hashable, Sendable {
    package var sequence: FactSequence
    package var at: HutTime
    package var fact: Fact
    /// nil: the resident, an instrument, a rule or an operator's command.
    package var by: StaffKey?
    package var reason: String?
    /// Of a roster line that was changed: the line before.
    package var before: Resident?

    init(_ recorded: RecordedFact) { (sequence, at, fact) = (recorded.sequence, recorded.recordedAt, recorded.fact) }
}

/// Who looked at the page of a day, and how often.
package struct DayLook: Hashable, Sendable {
    package var staff: StaffKey
    package var first: HutTime
    package var last: HutTime
    package var times: Int
}

/// A list that left the hut on paper or as a file.
package struct PrintedSheet: Hashable, Sendable {
    /// From 1, in the order of printing.
    package var number: Int
    package var day: LocalDay
    package var printedAt: HutTime
    /// By line: line 1 is the first. A merged line stands as the line that goes on.
    package var residents: [ResidentKey]
}

/// Everything the rules knew of a resident up to a fact has been reviewed.
package struct ReviewMark: Hashable, Sendable {
    package var resident: ResidentKey
    package var upTo: FactSequence

    package init(resident: ResidentKey, upTo: FactSequence) { (self.resident, self.upTo) = (resident, upTo) }
}

/// What came of a typed number and PIN; says nothing about whether the number exists.
package enum PINVerdict: Hashable, Sendable {
    case right(RosterEntry)
    case wrong
    /// Five wrong ones within ten minutes: no PIN is tried for ten minutes from the fifth.
    case locked
}

/// What came of a member of staff's PIN.
package enum StaffPINVerdict: Hashable, Sendable { case right(StaffEntry), wrong, locked }

/// What an import changed.
package struct ImportCounts: Hashable, Sendable {
    package var added = 0
    package var changed = 0
    package var unchanged = 0
}

/// One thing the district has not heard.
package enum PendingUpload: Hashable, Sendable {
    /// A reading with its owner as it stands. `resident` is the opaque id; `ownedSince` is the fact that gave it to
    /// this owner (the reading itself, or a claim): the key of its Observation is made from both sequences, so that a
    /// reading that changed hands gets a new one.
    case reading(RecordedReading, resident: String, ownedSince: FactSequence)
    /// Told the district before, and wrong since.
    case correction(Correction)

    /// A record to be marked `entered-in-error`.
    package struct Correction: Hashable, Sendable {
        /// The fact that took the reading away: what the receipt must name.
        package var fact: FactSequence
        package var at: HutTime
        /// The reading; its owner is as it stands now.
        package var reading: RecordedReading
        /// The opaque id under which it was sent.
        package var resident: String
        /// `ownedSince` of the record that was sent.
        package var ownedSince: FactSequence
        /// Where the district keeps it; nil where it gave none.
        package var location: String?
        /// Who took it away; nil when the resident said *not me*.
        package var by: StaffKey?
        package var reason: String
    }

    /// What `UploadReceipt.fact` or `Fact.uploadParked` must name.
    package var receipt: FactSequence {
        switch self {
        case .reading(_, _, let ownedSince): ownedSince
        case .correction(let correction): correction.fact
        }
    }
}

/// One fact the district refused for its content.
package struct ParkedUpload: Hashable, Sendable {
    package var fact: FactSequence
    package var outcome: String
}

/// Something `check` found wrong.
package struct Finding: Hashable, Sendable {
    /// What is wrong and where, in one line, without a person's data.
    package var what: String
    package var hint: String
}
