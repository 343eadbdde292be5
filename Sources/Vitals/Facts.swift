// Everything that can ever be known to the ledger, one case a kind. Facts are appended, never edited; every other
// table is rebuilt from them. Adding a case is adding a kind: the compiler lists who must know.

/// Why a visit ended.
package enum VisitEnd: String, Hashable, Sendable, Codable {
    case left, idle, benchTimeOver, nextVisitor, restart, guestDone, takenByStaff
}

/// Who a visit is for.
package enum VisitOwner: Hashable, Sendable, Codable {
    case resident(ResidentKey)
    /// Keeps nothing, or keeps readings for the nurse to claim, with a typed number as a hint.
    case guest(keeps: Bool, number: String?)

    package var resident: ResidentKey? {
        if case .resident(let key) = self { key } else { nil }
    }
}

/// The symptom question of K6, C2 and K18.
package enum SymptomAnswer: String, Hashable, Sendable, Codable {
    case none, mild
    /// K6c confirmed, or H `1`, or C2 `2`.
    case danger
    /// K6c or C2 left without a key: silence means yes.
    case silence
    /// K6c withdrawn: a fact, not a flag.
    case slip
    /// K18 `1`: dizzy, black before the eyes, unsteady.
    case dizzy
    /// K18 left without a key for 15 s: the nurse is told.
    case dizzySilence
    /// K18 `2`.
    case notDizzy
}

package enum ResidentRequest: String, Hashable, Sendable, Codable { case call, homeVisit }

/// Why a nurse sets a reading aside.
package enum DiscardReason: Int, Hashable, Sendable, Codable, CaseIterable {
    case test = 1, notAResident, badMeasurement, duplicate, ownerUnknown
}

/// The district's word on a fact it was sent.
package struct UploadReceipt: Hashable, Sendable, Codable {
    package var fact: FactSequence
    /// The resource type and id on the server with its version: `Observation/123/_history/1`; nil where none was given.
    package var location: String?

    package init(fact: FactSequence, location: String?) { (self.fact, self.location) = (fact, location) }
}

/// One thing that happened.
package enum Fact: Hashable, Sendable, Codable {
    // The hut
    case hutStarted(version: String)
    case clockChanged(bySeconds: Int)

    // People
    case residentAdded(Resident, id: String)
    case residentChanged(ResidentKey, Resident)
    case residentStatus(ResidentKey, ResidentStatus, by: StaffKey?, reason: String)
    case residentPIN(ResidentKey, hash: String)
    /// A wrong PIN for a typed number, whether or not the number exists.
    case pinRefused(number: String, station: StationID?)
    /// A card, tag or code stands for a resident from now on.
    case identityLinked(ResidentKey, IdentityLink, by: StaffKey?)
    /// Every card, or tag, or code of a resident means nothing any more.
    case identitiesRevoked(ResidentKey, IdentityKind, by: StaffKey?)
    /// A newcomer laid down her card and said yes to what K3n reads out, in the version given: she waits for a nurse to
    /// confirm her (whose-reading row 29).
    case residentEnrolled(Resident, id: String, IdentityLink, consent: Int, StationID)
    /// A nurse has seen who it is.
    case residentConfirmed(ResidentKey, by: StaffKey?)
    case staffAdded(Staff)
    case staffPIN(StaffKey, hash: String)
    case staffLoggedIn(StaffKey, place: String)
    case bandPaired(BandID, ResidentKey, by: StaffKey?)
    case bandUnpaired(BandID, by: StaffKey?)
    /// Known to be off, or handed to somebody else: shown to staff, in no rule. `false` ends the doubt.
    case bandDoubted(BandID, Bool, by: StaffKey?)

    // Visits
    case visitOpened(StationID, VisitOwner, helper: Helper)
    case visitRested(VisitID)
    case visitResumed(VisitID)
    case visitEnded(VisitID, VisitEnd)
    case symptoms(VisitID, SymptomAnswer)
    /// K7: how the resident rested before the cuff.
    case rest(VisitID, Rested)
    case request(ResidentKey, ResidentRequest)
    case helpCalled(StationID)
    /// C4 `1`: somebody is telephoning.
    case someoneCalling(StationID)
    /// Left a danger screen by himself.
    case leftByHimself(VisitID)

    // Readings
    case reading(Reading, Owner)
    /// A hut number typed while an unclaimed result waited (whose-reading row 8): a hint, it confirms nothing.
    case readingHinted(FactSequence, number: String?)
    /// K12 *it was me*: the reading moves from unclaimed to the visit's resident.
    case readingConfirmed(FactSequence, VisitID)
    /// K12, K21 *not me*.
    case readingDenied(FactSequence, VisitID)
    case readingClaimed(FactSequence, ResidentKey, by: StaffKey, reason: String)
    case readingMoved(FactSequence, from: ResidentKey, to: ResidentKey, by: StaffKey, reason: String)
    /// Taken back to the unclaimed list by a nurse.
    case readingReturned(FactSequence, by: StaffKey, reason: String)
    case readingDiscarded(FactSequence, DiscardReason, by: StaffKey, note: String)
    /// Stored bytes say something else to a mended profile; nil: no reading at all. `decoder` is the program's version.
    case readingCorrected(FactSequence, Vital?, deviceTime: CivilTime?, decoder: String, reason: String)
    /// A guest who keeps nothing used the cuff: the count only.
    case measuredWithoutRecord(InstrumentID, StationID)
    case fault(DeviceFault, InstrumentID, StationID?, VisitID?, raw: [UInt8])
    case noValue(VitalKind, NoValueClass, InstrumentID, StationID?, Owner, raw: [UInt8])
    case signal(BandSignal, BandID, wearer: ResidentKey?, text: String?, raw: [UInt8])
    case position(Position, BandID, wearer: ResidentKey?)
    case battery(percent: Int, BandID)

    // Follow-ups
    case flag(FlagChange)
    case flagTaken(FlagID, by: StaffKey)
    case flagClosed(FlagID, by: StaffKey, ClosingAction, note: String, quietUntil: LocalDay?)

    // The district
    case uploaded([UploadReceipt])
    /// Refused for its content; the outcome's text without a person's data.
    case uploadParked(FactSequence, outcome: String)
}

/// A fact in its place.
package struct RecordedFact: Hashable, Sendable {
    package var sequence: FactSequence
    package var recordedAt: HutTime
    package var fact: Fact

    package init(sequence: FactSequence, recordedAt: HutTime, fact: Fact) {
        (self.sequence, self.recordedAt, self.fact) = (sequence, recordedAt, fact)
    }
}
