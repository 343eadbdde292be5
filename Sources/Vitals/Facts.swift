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

/// *Eaten since last night?* after a glucose reading; not sure counts as not fasting.
package enum FastingAnswer: String, Hashable, Sendable, Codable { case fasting, eaten, notSure }

package enum ResidentRequest: String, Hashable, Sendable, Codable, CaseIterable {
    case call, homeVisit, nursing, bandHelp
}

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

/// Who takes a home monitor along, as the nurse was told (whose-reading rows 36, 37).
package struct Borrower: Hashable, Sendable, Codable {
    package var resident: ResidentKey
    /// The user key of the monitor that is this resident's; nil: *only this person* uses it at all.
    package var userSlot: Int?

    package init(resident: ResidentKey, userSlot: Int?) { (self.resident, self.userSlot) = (resident, userSlot) }
}

/// A home monitor that is out.
package struct Loan: Hashable, Sendable {
    /// The fact that lent it.
    package var lent: FactSequence
    package var instrument: InstrumentID
    package var borrowers: [Borrower]
    package var since: HutTime

    package init(lent: FactSequence, instrument: InstrumentID, borrowers: [Borrower], since: HutTime) {
        (self.lent, self.instrument, self.borrowers, self.since) = (lent, instrument, borrowers, since)
    }

    /// Who was said to have measured with this key; nil where nobody said.
    package func borrower(userSlot: Int?) -> ResidentKey? {
        borrowers.first { $0.userSlot == nil || $0.userSlot == userSlot }?.resident
    }
}

/// One thing that happened.
package enum Fact: Hashable, Sendable, Codable {
    // The hut
    case hutStarted(version: String)
    case clockChanged(bySeconds: Int)
    /// An operator says that the clock is right, although facts of a later time stand in the ledger.
    case clockConfirmed

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
    /// Goes along when a merge, or its taking back, that follows in the same transaction changes who its owner is: at the
    /// district it must then stand under the other name.
    case readingCarried(FactSequence, by: StaffKey, reason: String)
    /// S7, about a glucose reading of the visit.
    case fasting(FactSequence, VisitID, FastingAnswer)
    /// A guest who keeps nothing used the cuff: the count only.
    case measuredWithoutRecord(InstrumentID, StationID)
    case fault(DeviceFault, InstrumentID, StationID?, VisitID?, raw: [UInt8])
    case noValue(VitalKind, NoValueClass, InstrumentID, StationID?, Owner, raw: [UInt8])
    case signal(BandSignal, BandID, wearer: ResidentKey?, text: String?, raw: [UInt8])
    case position(Position, BandID, wearer: ResidentKey?)
    case battery(percent: Int, BandID)

    // Home monitors
    /// Handed out. Readings of its memory up to `deviceReturned` were measured with these people.
    case deviceLent(InstrumentID, [Borrower], by: StaffKey)
    case deviceReturned(InstrumentID, by: StaffKey)

    // Follow-ups
    case flag(FlagChange)
    case flagTaken(FlagID, by: StaffKey)
    case flagClosed(FlagID, by: StaffKey, ClosingAction, note: String, quietUntil: LocalDay?)

    // The team
    /// A condition, a limit, a contact: since `on`, as somebody said; later marks of the same thing replace earlier ones.
    case residentMarked(ResidentKey, ResidentMark, by: StaffKey?, on: LocalDay, reason: String)
    /// A new PIN at the nurse's desk; nil: none any more.
    case residentPINReset(ResidentKey, hash: String?, by: StaffKey, reason: String)
    /// Two lines of the roster are one person: what the first owns is the second's from now on.
    case residentsMerged(ResidentKey, into: ResidentKey, by: StaffKey, reason: String)
    /// Taken back: what was the first's before is his again.
    case residentsUnmerged(ResidentKey, from: ResidentKey, by: StaffKey, reason: String)
    case followUpRecorded(FollowUpRecord, by: StaffKey)
    case followUpWithdrawn(FactSequence, by: StaffKey, reason: String)
    case followUpCountersigned(FactSequence, by: StaffKey)
    /// A form that was left half filled, as the screen keeps it; nil: finished or thrown away.
    case followUpDrafted(ResidentKey, draft: String?, by: StaffKey)
    case called(ResidentKey, CallResult, by: StaffKey)
    case promised(ResidentKey, PromiseKind, LocalDay, by: StaffKey)
    case promiseMoved(FactSequence, to: LocalDay, by: StaffKey, reason: String)
    case promiseKept(FactSequence, by: StaffKey)
    case examItem(ResidentKey, ExamItem, LocalDay, by: StaffKey)
    case examSigned(ResidentKey, LocalDay, by: StaffKey)
    /// Typed in for somebody on the telephone.
    case requestEntered(ResidentKey, ResidentRequest, note: String, by: StaffKey)
    case requestAnswered(FactSequence, answer: String, by: StaffKey)
    /// A word for the resident that nobody asked for; shown to her at the next visit like an answer.
    case messageLeft(ResidentKey, text: String, by: StaffKey)
    /// The resident has read the answer, or the message, at a visit.
    case answerSeen(FactSequence, VisitID)
    /// Somebody had a resident's record on a screen.
    case recordSeen(ResidentKey, by: StaffKey, place: String)
    /// Somebody looked at the page of a day.
    case daySeen(LocalDay, by: StaffKey)
    /// Why the facts that follow it in the same transaction came about: an enrolment, a correction, a band, where the
    /// fact itself has no room for a reason. nil: about a resident who is only then added.
    case careTaken(ResidentKey?, by: StaffKey, reason: String)
    /// A list left the hut on paper or as a file: line 1 is the first of these, and is typed back under that number.
    case sheetPrinted(LocalDay, [ResidentKey], by: StaffKey)

    // The duty number
    /// A text about an alert is about to be handed to the modem; the round is 1, 2 or 3.
    case textTried(FlagID, round: Int)
    /// What became of the text of an earlier `textTried`.
    case textEnded(FlagID, try: FactSequence, OutputResult)

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
