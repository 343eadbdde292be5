// The words of a follow-up: a flag for a nurse, why it stands, when it is due, and how it ended. Never a diagnosis.

/// How soon somebody must act. Ordered: `info` lowest, `critical` highest.
package enum Severity: Int, Hashable, Comparable, Sendable, Codable, CaseIterable {
    case info, routine, soon, urgent, critical
    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// A rule by its id in clinical-rules 5.3 and 5.4: `BP-01`.
package struct RuleID: Hashable, Comparable, Sendable, Codable, RawRepresentable, ExpressibleByStringLiteral {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
    package init(stringLiteral value: String) { rawValue = value }
    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// What a flag is about. At most one open flag for each (subject, rule).
package enum FlagSubject: Hashable, Sendable, Codable {
    case resident(ResidentKey)
    /// A reading nobody owns.
    case reading(FactSequence)
    /// A place: the station alert, a call for help.
    case station(StationID)
    /// A wristband nobody is paired with.
    case band(BandID)
}

/// Why a flag stands: the facts it rests on and one sentence with numbers, dates and the instrument.
package struct Evidence: Hashable, Sendable, Codable {
    package var readings: [FactSequence]
    package var sentence: LocalizedText

    package init(readings: [FactSequence], sentence: LocalizedText) {
        (self.readings, self.sentence) = (readings, sentence)
    }
}

/// A flag as a rule proposes it.
package struct FlagDraft: Hashable, Sendable, Codable {
    package var rule: RuleID
    package var subject: FlagSubject
    package var severity: Severity
    /// Local day, never in the past when raised; nil where the hut's clock is untrusted. Overdue when today > due.
    package var due: LocalDay?
    /// The nurse sees it from this day on; nil = at once (BP-05 waits until day 14).
    package var listedFrom: LocalDay?
    package var evidence: Evidence
    /// `cn-norm3-2017 1`: policy name and version.
    package var policy: String
    /// Raised from a reading that came more than 24 hours after it was measured.
    package var isLate: Bool

    package init(
        rule: RuleID, subject: FlagSubject, severity: Severity, due: LocalDay?, listedFrom: LocalDay? = nil,
        evidence: Evidence, policy: String, isLate: Bool = false
    ) {
        (self.rule, self.subject, self.severity) = (rule, subject, severity)
        (self.due, self.listedFrom, self.evidence) = (due, listedFrom, evidence)
        (self.policy, self.isLate) = (policy, isLate)
    }
}

/// What `review` asks the ledger to settle, in one transaction.
package enum FlagChange: Hashable, Sendable, Codable {
    case raise(FlagDraft)
    /// New evidence for an open flag; severity may rise, never fall. `ringsAgain`: a later visit's emergency.
    case append(RuleID, FlagSubject, Evidence, severity: Severity, ringsAgain: Bool)
    /// Ended by a rule, with the reason.
    case clear(RuleID, FlagSubject, because: LocalizedText)
}

/// How a named person ends a flag. 1…7 are the endings of a critical flag (nurse-screens, *How a critical flag closes*).
package enum ClosingAction: Int, Hashable, Sendable, Codable, CaseIterable {
    case ambulance = 1, referred, handledHere, fetchedByFamily, refused, notThisPerson, deviceFault
    /// For flags that are not critical: a follow-up was done (visit, telephone, a word at the hut).
    case followedUp
    /// For flags that are not critical: looked at, nothing needed, with a reason.
    case notNeeded
}

/// A flag by the fact that raised it.
package typealias FlagID = FactSequence

/// A flag in the ledger.
package struct Flag: Hashable, Sendable {
    package var id: FlagID
    package var draft: FlagDraft
    package var raisedAt: HutTime
    /// The latest evidence last; the first is the draft's.
    package var evidence: [Evidence]
    /// Who said *I deal with it*, and when. Cleared again when it rings again.
    package var takenBy: StaffKey?
    package var takenAt: HutTime?
    package var ended: FlagEnd?

    package init(
        id: FlagID, draft: FlagDraft, raisedAt: HutTime, evidence: [Evidence]? = nil, takenBy: StaffKey? = nil,
        takenAt: HutTime? = nil, ended: FlagEnd? = nil
    ) {
        (self.id, self.draft, self.raisedAt) = (id, draft, raisedAt)
        self.evidence = evidence ?? [draft.evidence]
        (self.takenBy, self.takenAt, self.ended) = (takenBy, takenAt, ended)
    }
}

/// How a flag ended.
package enum FlagEnd: Hashable, Sendable, Codable {
    case byRule(LocalizedText, at: HutTime)
    /// `quietUntil`: the next date that was set, if any (clinical-rules 5.5, episodes).
    case byPerson(StaffKey, ClosingAction, note: String, at: HutTime, quietUntil: LocalDay?)

    package var at: HutTime {
        switch self {
        case .byRule(_, let at): at
        case .byPerson(_, _, _, let at, _): at
        }
    }
}

extension Flag {
    /// Until when, as screens and lists show it and count the days late from it: a flag that was raised after its date
    /// (FU-01 keeps base + 90) is late from the day of raising only. nil where there is no date.
    package func shownDue(offset: UTCOffset) -> LocalDay? { draft.due.map { max($0, offset.day(of: raisedAt)) } }
}
