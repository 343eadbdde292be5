// The staff half of the contract between a kiosk and the hut.

import Vitals

/// One row of the worklist: one resident, or one thing without a resident.
package struct WorklistRow: Hashable, Sendable {
    package enum Subject: Hashable, Sendable {
        case resident(ResidentKey)
        case reading(FactSequence)
        case station(StationID)
        case band(BandID)
    }
    package var subject: Subject
    /// The flag that decides the row: the most severe, then the earliest due.
    package var flag: FlagID
    package var severity: Severity
    /// The resident's name, or an instrument's; nil where there is none (*无名*).
    package var name: String?
    package var sex: Sex?
    package var age: Int?
    package var why: LocalizedText
    /// The latest cuff value, `138/82`; nil when there is none.
    package var lastValue: String?
    package var due: LocalDay?
    package var phone: String?
    /// The name of who took it; nil while it rings.
    package var takenBy: String?
    /// Who looks after the resident, as the roster says: `汪医生 王敏`.
    package var team: String?
    /// Calls that nobody answered since the flag was raised.
    package var tries = 0

    package init(
        subject: Subject, flag: FlagID, severity: Severity, name: String?, sex: Sex? = nil, age: Int? = nil,
        why: LocalizedText, lastValue: String? = nil, due: LocalDay? = nil, phone: String? = nil,
        takenBy: String? = nil
    ) {
        (self.subject, self.flag, self.severity, self.name, self.sex) = (subject, flag, severity, name, sex)
        (self.age, self.why, self.lastValue, self.due) = (age, why, lastValue, due)
        (self.phone, self.takenBy) = (phone, takenBy)
    }
}

/// The worklist with its totals: shown + hidden is everything.
package struct Worklist: Hashable, Sendable {
    /// By severity, then due date, then name; the screen numbers them as they come.
    package var rows: [WorklistRow]
    package var hiddenMoved, hiddenDead, hiddenNotYetListed: Int
    package var unclaimed, requests, unsent: Int
    /// Residents who enrolled themselves and wait for a nurse.
    package var newcomers: Int
    /// When the newest fact came.
    package var dataUpTo: HutTime?
    package var hiddenLost = 0, hiddenEnded = 0
    /// Without history: their first date is spread over the cadence and has not come (clinical-rules 5.5).
    package var hiddenNew = 0
    /// Follow-ups that wait for a doctor's signature.
    package var countersigns = 0
    /// Active for thirty minutes and more.
    package var sitting: [StillSitting] = []

    package init(
        rows: [WorklistRow] = [], hiddenMoved: Int = 0, hiddenDead: Int = 0, hiddenNotYetListed: Int = 0,
        unclaimed: Int = 0, requests: Int = 0, unsent: Int = 0, newcomers: Int = 0, dataUpTo: HutTime? = nil
    ) {
        self.rows = rows
        (self.hiddenMoved, self.hiddenDead, self.hiddenNotYetListed) = (hiddenMoved, hiddenDead, hiddenNotYetListed)
        (self.unclaimed, self.requests, self.unsent) = (unclaimed, requests, unsent)
        (self.newcomers, self.dataUpTo) = (newcomers, dataUpTo)
    }
}

/// Somebody a search or a hint found; name, age and last three values side by side.
package struct Candidate: Hashable, Sendable {
    package var key: ResidentKey
    package var number: String
    package var name: String
    package var sex: Sex?
    package var age: Int?
    /// Newest first, at most three.
    package var lastValues: [String]
    /// What tells two of one name apart: for a merge, which asks whether they are one.
    package var birth: LocalDay?
    package var phone: String?
    package var building: String?
    package var conditions: Set<Condition> = []

    package init(key: ResidentKey, number: String, name: String, sex: Sex?, age: Int?, lastValues: [String]) {
        (self.key, self.number, self.name) = (key, number, name)
        (self.sex, self.age, self.lastValues) = (sex, age, lastValues)
    }
}

/// One unclaimed reading.
package struct UnclaimedRow: Hashable, Sendable {
    package var reading: ReadingRow
    package var reason: UnclaimedReason
    package var station: StationID?
    /// The wristband that sent it.
    package var band: BandID?
    /// Whom the hint points at, if anybody.
    package var hinted: Candidate?

    package init(reading: ReadingRow, reason: UnclaimedReason, station: StationID?, hinted: Candidate?) {
        (self.reading, self.reason, self.station, self.hinted) = (reading, reason, station, hinted)
    }
}

/// What the hut tells a staff screen.
///
/// Every load is answered by its event; every act (take, close, claim, move, give back, discard, type) is answered once,
/// by `saved` or `failed`. The hut may send `staff`, `worklist`, `resident` and `unclaimed` unasked when they change.
package enum StaffEvent: Hashable, Sendable {
    /// Who may log in here, by the order to choose from.
    case staff([StaffName])
    case loggedIn(StaffName)
    /// The PIN does not fit; or, to a session, that the hut holds none: the screen logs out.
    case loginRefused
    case loginLocked
    /// A card, tag or code was read at this station: the session ends, residents are coming.
    case cardRead
    case worklist(Worklist)
    case resident(ResidentCard)
    case unclaimed([UnclaimedRow])
    /// Whom `find` found, with the text that was searched: answers may overtake each other.
    case found(String, [Candidate])
    /// Every open alert, most severe first; sent whenever one changes.
    case alerts([StaffAlert])
    /// Done and on disk; what to say in the bottom line.
    case saved(LocalizedText)
    case failed(LocalizedText)
    /// Row 43: the reading asked for from this session came.
    case measured(ReadingRow)
    /// Row 44: a reading nobody owns came.
    case unclaimedArrived
    case monitors([MonitorRow])
    case newcomers([NewcomerRow])
    /// Every device of the hut; sent at the login and whenever one changes.
    case devices([DeviceRow])
    /// About people and their data, the day, the hut (DeskEvents.swift).
    case desk(DeskEvent)
    /// The answer to `openForm`; again, unasked, when something of this resident is measured while the form is open.
    case form(FormContext)
    /// The answers to `saveFollowUp` and `saveDraft`, which have no other: what was said to another act must not be taken
    /// for the word that a whole form is on disk.
    case followUpSaved(ResidentKey)
    case followUpFailed(ResidentKey, LocalizedText)
    case draftSaved(ResidentKey)
    case draftFailed(ResidentKey, LocalizedText)
    /// Everybody of the exam day that was asked for, in the order of the list; again whenever an item changes.
    case exams(LocalDay, [ExamRow])
    /// The answer to `loadSheet`; nil: there is no sheet of that number.
    case sheet(VisitsOutSheet?)
}

/// A member of staff to choose from.
package struct StaffName: Hashable, Sendable {
    package var key: StaffKey
    package var staff: Staff

    package init(key: StaffKey, staff: Staff) { (self.key, self.staff) = (key, staff) }
}

/// What a staff screen asks of the hut.
package enum StaffEffect: Hashable, Sendable {
    case loadStaff
    case logIn(StaffKey, pin: String)
    case logOut
    case loadWorklist
    case loadResident(ResidentKey)
    case loadUnclaimed
    case find(String)
    case take(FlagID)
    case close(FlagID, ClosingAction, note: String)
    case claim(FactSequence, ResidentKey, reason: String)
    case move(FactSequence, from: ResidentKey, to: ResidentKey, reason: String)
    /// Back to the unclaimed list.
    case giveBack(FactSequence, reason: String)
    case discard(FactSequence, DiscardReason, note: String)
    /// Row 43, `b`: measure this resident with this station's cuff; confirmed on the screen.
    case measure(ResidentKey, Arm)
    case stopMeasuring
    /// Row 45: a value typed, with place and who said it.
    case typeReading(ResidentKey, BloodPressure, place: String)
    case loadNewcomers
    /// Row 29: she has seen who enrolled under this number.
    case confirmResident(ResidentKey)
    /// The home monitors of the hut: who has them, and what they brought back.
    case loadMonitors
    /// Row 36: to this resident, with the user key that is his; nil: *only this person* uses it.
    case lend(InstrumentID, ResidentKey, userSlot: Int?)
    /// It is back. `claims`: what its memory holds is of whom the nurse named at lending (rows 36, 37).
    case takeBack(InstrumentID, claims: Bool)
    /// The care of people and their data, the day, the hut (DeskEvents.swift).
    case desk(DeskEffect)
    /// Answered by `form`, or by `failed`.
    case openForm(ResidentKey)
    /// Signed by who is logged in. Ends the draft. Answered by `followUpSaved` or `followUpFailed`.
    case saveFollowUp(FollowUpRecord)
    /// nil: thrown away. Answered by `draftSaved` or `draftFailed`.
    case saveDraft(ResidentKey, String?)
    /// Lost, died or moved on a day, instead of a follow-up. Answered by `saved` or `failed`.
    case setStatus(ResidentKey, ResidentStatus, on: LocalDay, reason: String)
    case loadExams(LocalDay)
    /// Answered by `saved` or `failed`, and by `exams` anew.
    case saveExamItem(ResidentKey, ExamItem, LocalDay)
    /// Answered by `saved` or `failed` (a PIN that does not fit, the same person twice), and by `exams` anew.
    case signExam(ResidentKey, LocalDay, ExamSigner)
    /// nil: the newest sheet.
    case loadSheet(Int?)
    /// What became of a printed line, told by its tick: a fact of the sheet's day. Answered by `saved` or `failed`.
    case tick(sheet: Int, CallSheetLine, SheetTick)
    /// A value taken on an earlier day, of somebody whom no form is about. Answered by `saved` or `failed`.
    case typeEarlierReading(ResidentKey, BloodPressure, on: LocalDay, place: String)
}
