// The resident's half of the contract between a kiosk and the hut: what the hut tells a kiosk, and what a kiosk asks
// of the hut. A kiosk decides which sentence to show; the hut decides whose a reading is and what the rules say.

import Vitals

/// Who sits here, as far as a resident's screen may show.
package struct Visitor: Hashable, Sendable {
    /// Masked: `张*芳`. Empty for a guest.
    package var maskedName: String
    package var sex: Sex?
    package var number: String?
    package var isGuest: Bool

    package init(maskedName: String, sex: Sex?, number: String?, isGuest: Bool = false) {
        (self.maskedName, self.sex, self.number, self.isGuest) = (maskedName, sex, number, isGuest)
    }
}

/// Whom a card, tag or code brought.
package enum Newcomer: Hashable, Sendable {
    /// Known, by what was read.
    case resident(Visitor, by: IdentityKind)
    /// A resident's card that nobody has linked: K3n. What the card says of its owner, without a hut number.
    case newCard(Visitor)
    /// A tag or code that means nothing here.
    case unknown
}

/// What K5 and K9 show of a visit that has just become active.
package struct VisitView: Hashable, Sendable {
    package var visit: VisitID
    package var visitor: Visitor
    package var last: RecordLine?
    package var lastArm: Arm
    /// Arms on which she must not be measured: a shunt, an operation, a palsy (H-31). K9 offers none of them, to a
    /// helper neither.
    package var neverArms: Set<Arm> = []
    package var doctor: Phone?
    /// Came back from the bench: seconds rested so far. K9 when at least 300, else K8 with the rest of the time.
    package var restedSeconds: Int?
    /// Opened without a PIN by somebody who has one: *my record* asks for it.
    package var recordNeedsPIN: Bool
    /// Somebody helps: nothing of the past is shown (K3h).
    package var isHelped: Bool
    /// What a nurse answered or left, unread, oldest first.
    package var words: [NurseWord] = []

    package init(
        visit: VisitID, visitor: Visitor, last: RecordLine? = nil, lastArm: Arm = .notSaid, doctor: Phone? = nil,
        restedSeconds: Int? = nil, recordNeedsPIN: Bool = false,
        isHelped: Bool = false
    ) {
        (self.visit, self.visitor, self.last, self.lastArm, self.doctor) = (visit, visitor, last, lastArm, doctor)
        (self.restedSeconds, self.recordNeedsPIN, self.isHelped) = (restedSeconds, recordNeedsPIN, isHelped)
    }
}

/// A number on the bench.
package struct Resting: Hashable, Sendable {
    package var number: String
    /// When five minutes are over.
    package var readyAt: HutTime

    package init(number: String, readyAt: HutTime) { (self.number, self.readyAt) = (number, readyAt) }
}

/// How an instrument stands, for K0 and the status screen.
package struct InstrumentStatus: Hashable, Sendable {
    package enum State: Hashable, Sendable { case ready, starting, unplugged, refused, silent, babbling, stopped }
    package var instrument: InstrumentID
    /// What it measures first; nil for a radio or a reader.
    package var vital: VitalKind?
    /// What it reads; nil for everything that measures.
    package var reads: IdentityKind?
    package var state: State

    package init(instrument: InstrumentID, vital: VitalKind?, reads: IdentityKind? = nil, state: State) {
        (self.instrument, self.vital, self.reads, self.state) = (instrument, vital, reads, state)
    }
}

/// What the attract screen and the status line know.
package struct Hall: Hashable, Sendable {
    package var instruments: [InstrumentStatus]
    package var bench: [Resting]
    /// A result nobody owns came within the last two minutes: *to keep it press 2* (whose-reading row 8).
    package var unownedResult: FactSequence?
    /// A staff session is open somewhere and its screen has this station's alerts. Decides {S} or {U}.
    package var staffListening: Bool
    /// Why nothing can be stored now (disk full, ledger refused, clock lost); nil on ordinary days. Not nil → X.
    package var closed: LocalizedText?
    /// The station's printer; nil where there is none.
    package var printer: PrinterStanding?
    /// Some station of the hut has a scanner for the codes that slips carry.
    package var readsCodes: Bool
    /// Somebody called for help and nobody has taken it: K0 asks whoever is here to fetch a nurse, never saying for whom.
    package var helpWanted = false

    package init(
        instruments: [InstrumentStatus] = [], bench: [Resting] = [], unownedResult: FactSequence? = nil,
        staffListening: Bool = false, closed: LocalizedText? = nil, printer: PrinterStanding? = nil,
        readsCodes: Bool = false
    ) {
        (self.instruments, self.bench, self.unownedResult) = (instruments, bench, unownedResult)
        (self.staffListening, self.closed) = (staffListening, closed)
        (self.printer, self.readsCodes) = (printer, readsCodes)
    }
}

/// A cuff reading that is on disk and is this visit's.
package struct VisitResult: Hashable, Sendable {
    package var sequence: FactSequence
    package var pressure: BloodPressure
    /// The session it belongs to, by policy.
    package var session: SessionValue
    package var word: ValueWord
    /// This reading is at or above the crisis limit: C1.
    package var isCrisis: Bool
    /// A crisis stands confirmed (BP-02): C3.
    package var crisisConfirmed: Bool
    /// The first was a crisis value and this one is not: C5.
    package var crisisNotConfirmed: Bool
    /// The session is low by BP-09: K18.
    package var isLow: Bool
    /// Differs more than 30 systolic or 25 pulse from the visit's last one: K12 before it is shown.
    package var asksWhose: Bool
    /// The day to come back, where the rules know one.
    package var nextDay: LocalDay?
    /// It became better (`Improvement.praise`): said at the goodbye. Never beside a value that is out of range.
    package var better: LocalizedText?

    package init(
        sequence: FactSequence, pressure: BloodPressure, session: SessionValue, word: ValueWord,
        isCrisis: Bool = false, crisisConfirmed: Bool = false, crisisNotConfirmed: Bool = false, isLow: Bool = false,
        asksWhose: Bool = false, nextDay: LocalDay? = nil
    ) {
        (self.sequence, self.pressure, self.session, self.word) = (sequence, pressure, session, word)
        (self.isCrisis, self.crisisConfirmed, self.crisisNotConfirmed) = (isCrisis, crisisConfirmed, crisisNotConfirmed)
        (self.isLow, self.asksWhose, self.nextDay) = (isLow, asksWhose, nextDay)
    }
}

/// One line of *my record*.
package struct RecordLine: Hashable, Sendable {
    package var day: LocalDay
    package var value: SessionValue
    package var word: ValueWord

    package init(day: LocalDay, value: SessionValue, word: ValueWord) {
        (self.day, self.value, self.word) = (day, value, word)
    }
}

/// What the hut tells a resident's screen.
package enum ResidentEvent: Hashable, Sendable {
    case hall(Hall)
    /// Number and PIN fit: K3.
    case identified(Visitor)
    /// A card, tag or code was read: K3, K3n or K4; during a visit K24.
    case presented(Newcomer)
    /// Row 19: her card was read while somebody else measures; the number that rests on.
    case mustWait(number: String)
    case identityRefused
    case numberLocked
    /// The visit is active: K5, or K9/K8 when it came back from the bench.
    case visit(VisitView)
    /// Row 19: somebody else is measuring; the number stays on the bench.
    case stationBusy
    /// The visit ended without a key of the resident (nurse, restart, bench time).
    case visitOver
    case cuffStarted
    case cuffPressure(MmHg)
    /// The cuff has let go: what waited for it may go on (`0`, `9`, K24).
    case cuffIdle
    /// The device's error; `attempt` counts the failures of this visit from 1. The third is K19b.
    case attemptFailed(FaultKind, meaning: LocalizedText?, attempt: Int)
    /// No result within the instrument's limit, or the line broke: K20.
    case cuffSilent
    /// A result came and its owner must be asked; no number before the answer: K12.
    case askWhose(FactSequence)
    case result(VisitResult)
    /// A reading or readings of this visit were set aside as the resident said (K12, K21).
    case setAside
    /// A result on this station's instruments is not this visit's: O1, with lines 4 and 5 when `crisis`.
    case notYours(crisis: Bool)
    /// Row 6: another instrument of this station gave a number that nobody asked for.
    case otherInstrument(VitalKind)
    /// About an instrument beside the cuff.
    case station(StationEvent)
    case record([RecordLine])
    /// After `record`: whether it became better (`Improvement`).
    case improvement(LocalizedText)
    case requestSaved
    /// A named person took this station's alert: C6.
    case alertTaken(by: String)
    /// That person's key: C6 and the danger screens end.
    case alertClosed
    /// What became of the slip this visit asked for.
    case slip(SlipNews)
}

/// What a resident's screen asks of the hut.
package enum ResidentEffect: Hashable, Sendable {
    case identify(number: String, pin: String)
    /// K3 `1`. The hut answers `.visit`.
    case openVisit
    /// K3 `3`: whoever says who she is next, by number and PIN or by her own card, helps the one K3 asked about.
    case helping
    /// The helper said yes: the visit of the one she helps. The hut answers `.visit`.
    case openHelpedVisit
    /// K3 `2`: nothing opened, counted. K3n `2`, K24 `2`: what was read is forgotten.
    case notMe
    /// The resident has read a nurse's word.
    case answerSeen(FactSequence)
    /// K3n `1`: yes to what stands there, in this version. The hut answers `.visit`.
    case enrol(consent: Int)
    /// K24 `1`: the visit ends, K3 asks whoever laid down the card.
    case changeVisitor
    case openGuestVisit(keeps: Bool, number: String?)
    /// Row 8: `2` on K0 while an unowned result waits; `number` is a hint and may be nil.
    case hintUnowned(FactSequence, number: String?)
    case symptoms(SymptomAnswer)
    case rest(Rested)
    case goToBench
    /// K9 `1`: it is me. With `.hutStarts` the hut also starts the cuff.
    case ask(Arm)
    /// S2 `1`: it is me, at another instrument than the cuff.
    case measure(VitalKind)
    /// The screen left the measurement before a result, whichever instrument was asked.
    case stopAsking
    /// S7.
    case fasting(FactSequence, FastingAnswer)
    case stopCuff
    /// K12.
    case confirm(FactSequence)
    case deny(FactSequence)
    /// K21 `2`.
    case denyAll
    case loadRecord
    case request(ResidentRequest)
    case callHelp
    case someoneCalling
    case leftByHimself
    case endVisit(VisitEnd)
    /// K17 `4`. The hut answers `.slip`.
    case printSlip(Slip)
}
