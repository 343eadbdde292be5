// The care of a team beside measuring, as a staff screen asks for it: calls, promises, requests, the roster, bands, the
// day. One case of `StaffEffect` and one of `StaffEvent` carry it, so that the hut keeps it in a file of its own.
//
// Every load is answered by its event; every other effect is an act and is answered once, by `saved` or `failed`. A
// reason is never empty. Every act carries the name of the session and the time of the hut.

import Vitals

/// What a staff screen asks of the hut for the care of people and their data.
package enum DeskEffect: Hashable, Sendable {
    // Loads
    /// The rows that are not listed, with why. Answered by `hidden`.
    case loadHidden
    /// Open requests of everybody, oldest first. Answered by `requests`.
    case loadRequests
    /// One page of a resident's history, the newest first; `before` is the last line shown. Answered by `chronicle`.
    case loadHistory(ResidentKey, before: FactSequence?)
    /// Answered by `day`.
    case loadDay(LocalDay)
    /// Answered by `callSheet`, with the number it will have on paper.
    case loadCallSheet(SheetKind)
    /// The newest sheet that left the hut, laid out anew to be printed again. Answered by `callSheet`, or by `failed`.
    case loadLastSheet(SheetKind)
    /// Follow-ups that wait for a doctor. Answered by `countersigns`.
    case loadCountersigns
    /// Instruments, hut, audit: for the operator, who sees no health data. Answered by `hutStatus`.
    case loadHutStatus
    /// One page of the audit, the newest first, without health data. Answered by `audit`.
    case loadAudit(before: FactSequence?)

    // People
    /// A call was made; the row keeps its place until somebody was spoken to.
    case called(ResidentKey, CallResult)
    case promise(ResidentKey, PromiseKind, LocalDay)
    /// Typed in for somebody on the telephone: *entered for*.
    case enterRequest(ResidentKey, ResidentRequest, note: String)
    /// The resident sees it at the next visit.
    case answerRequest(FactSequence, answer: String)
    /// A word for the resident at the next visit.
    case leaveMessage(ResidentKey, String)

    // Data
    case enrol(Resident, reason: String)
    /// The whole roster line as it is right now.
    case correct(ResidentKey, Resident, reason: String)
    case mark(ResidentKey, ResidentMark, on: LocalDay, reason: String)
    /// What the first owns is the second's from now on.
    case merge(ResidentKey, into: ResidentKey, reason: String)
    case unmerge(ResidentKey, from: ResidentKey, reason: String)
    /// Answered by `failed` where the band is somebody else's, or unknown.
    case pair(BandID, ResidentKey, reason: String)
    case unpair(BandID, reason: String)
    /// nil: no PIN any more.
    case resetPIN(ResidentKey, pin: String?, reason: String)
    /// A nurse has seen who the newcomer is.
    case confirm(ResidentKey, reason: String)

    // The day
    /// Somebody has looked at the page of a day.
    case daySeen(LocalDay)
    /// To the printer (`export` false, answered by `paper`) or as a CSV file for a spreadsheet. The lines are those that
    /// stand on the screen. A sheet that left the hut already keeps its number.
    case putOut(CallSheet, export: Bool)
    /// The slip of a follow-up that is on disk, for the resident to take along. Answered by `paper`.
    case printSlip(Slip)
    /// A doctor has seen this follow-up of this resident and signs it too.
    case countersign(FactSequence, ResidentKey)

    /// A volunteer measures with somebody at this station next (two names); answered by `saved`.
    case helpNext
}

/// What the hut answers.
package enum DeskEvent: Hashable, Sendable {
    case hidden([HiddenRow])
    case requests([RequestLine])
    /// `before` as it was asked for; fewer than `ChronicleLine.perPage` lines: there are no older ones.
    case chronicle(ResidentKey, before: FactSequence?, [ChronicleLine])
    case day(DayPage)
    case callSheet(CallSheet)
    case hutStatus(HutStatus)
    case audit(before: FactSequence?, [AuditLine])
    case countersigns([CountersignLine])
    /// What became of a paper. It comes when the printer is done, and says itself what it is about: by then something
    /// else may be saved.
    case paper(PaperNews, LocalizedText)
}

/// What a printer did for a staff screen.
package enum PaperNews: Hashable, Sendable {
    /// The sheet of this number is out, or not.
    case sheet(Int, isOut: Bool)
    case slip
}

/// A resident who is not on the list, and why.
package struct HiddenRow: Hashable, Sendable {
    package enum Why: Hashable, Sendable {
        case moved, dead, lost, ended
        /// Raised, but to be seen from this day on.
        case listedFrom(LocalDay)
        /// Came with an import and has no history: the first date is this one.
        case firstDue(LocalDay)
    }
    package var resident: ResidentKey
    package var number: String
    package var name: String
    package var sex: Sex?
    package var age: Int?
    package var why: Why
    /// What the flag would say, where there is one.
    package var sentence: LocalizedText?

    package init(
        resident: ResidentKey, number: String, name: String, sex: Sex?, age: Int?, why: Why,
        sentence: LocalizedText? = nil
    ) {
        (self.resident, self.number, self.name, self.sex) = (resident, number, name, sex)
        (self.age, self.why, self.sentence) = (age, why, sentence)
    }
}

/// A request of a resident, left at a kiosk or typed in for her.
package struct RequestLine: Hashable, Sendable {
    package var request: FactSequence
    package var resident: ResidentKey
    package var number: String
    package var name: String
    package var phone: String?
    /// nil: a message that nobody asked for, which is its own answer.
    package var what: ResidentRequest?
    package var at: HutTime
    /// Who typed it in for her; nil: left by herself.
    package var enteredBy: String?
    /// In the words of who typed it in.
    package var note: String
    package var answer: String?
    package var answeredBy: String?
    /// She has read the answer.
    package var isSeen: Bool

    package init(
        request: FactSequence, resident: ResidentKey, number: String, name: String, phone: String? = nil,
        what: ResidentRequest?, at: HutTime, enteredBy: String? = nil, note: String = "", answer: String? = nil,
        answeredBy: String? = nil, isSeen: Bool = false
    ) {
        (self.request, self.resident, self.number, self.name) = (request, resident, number, name)
        (self.phone, self.what, self.at, self.enteredBy) = (phone, what, at, enteredBy)
        (self.note, self.answer, self.answeredBy, self.isSeen) = (note, answer, answeredBy, isSeen)
    }
}

/// One line of one resident's history: what, when, and whose word it was.
package struct ChronicleLine: Hashable, Sendable {
    package var sequence: FactSequence
    package var at: HutTime
    /// The day it is about, where it was typed in afterwards.
    package var about: LocalDay?
    package var what: LocalizedText
    /// nil: the resident, an instrument or a rule.
    package var by: String?
    package var reason: String?

    package init(
        sequence: FactSequence, at: HutTime, about: LocalDay? = nil, what: LocalizedText, by: String? = nil,
        reason: String? = nil
    ) {
        (self.sequence, self.at, self.about, self.what) = (sequence, at, about, what)
        (self.by, self.reason) = (by, reason)
    }

    /// How many lines one answer holds at most.
    package static let perPage = 100
}
