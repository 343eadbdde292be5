// Who did it and why: the same two questions to every kind of fact, for a resident's history and for the audit.

import Vitals

extension Fact {
    /// The member of staff who did it; nil for what nobody did, what a resident did, and what an operator's command did.
    package var author: StaffKey? {
        switch self {
        case .residentStatus(_, _, let by, _), .identityLinked(_, _, let by), .identitiesRevoked(_, _, let by),
            .residentConfirmed(_, let by), .bandPaired(_, _, let by), .bandUnpaired(_, let by),
            .bandDoubted(_, _, let by), .residentMarked(_, _, let by, _, _):
            by
        case .staffLoggedIn(let staff, _): staff
        case .readingClaimed(_, _, let by, _), .readingMoved(_, _, _, let by, _), .readingReturned(_, let by, _),
            .readingDiscarded(_, _, let by, _), .deviceLent(_, _, let by), .deviceReturned(_, let by),
            .flagTaken(_, let by), .flagClosed(_, let by, _, _, _), .residentPINReset(_, _, let by, _),
            .residentsMerged(_, _, let by, _), .residentsUnmerged(_, _, let by, _), .followUpRecorded(_, let by),
            .followUpWithdrawn(_, let by, _), .followUpCountersigned(_, let by), .followUpDrafted(_, _, let by),
            .called(_, _, let by), .promised(_, _, _, let by), .promiseMoved(_, _, let by, _),
            .promiseKept(_, let by), .examItem(_, _, _, let by), .examSigned(_, _, let by),
            .requestEntered(_, _, _, let by), .requestAnswered(_, _, let by), .messageLeft(_, _, let by),
            .readingCarried(_, let by, _), .careTaken(_, let by, _), .sheetPrinted(_, _, let by),
            .recordSeen(_, let by, _), .daySeen(_, let by):
            by
        case .visitOpened(_, _, .staff(let staff)): staff
        default: nil
        }
    }

    /// Why, in the author's words; nil where none were asked for.
    package var reason: String? {
        switch self {
        case .residentStatus(_, _, _, let reason), .residentMarked(_, _, _, _, let reason),
            .residentPINReset(_, _, _, let reason), .residentsMerged(_, _, _, let reason),
            .residentsUnmerged(_, _, _, let reason), .readingClaimed(_, _, _, let reason),
            .readingMoved(_, _, _, _, let reason), .readingReturned(_, _, let reason),
            .readingCarried(_, _, let reason),
            .readingCorrected(_, _, _, _, let reason), .followUpWithdrawn(_, _, let reason),
            .promiseMoved(_, _, _, let reason), .careTaken(_, _, let reason):
            reason
        case .readingDiscarded(_, let reason, _, let note): note.isEmpty ? "\(reason)" : note
        case .flagClosed(_, _, _, let note, _): note.isEmpty ? nil : note
        case .followUpRecorded(let record, _): record.keptBecause
        case .requestEntered(_, _, let note, _): note.isEmpty ? nil : note
        default: nil
        }
    }
}

extension Books {
    /// Who did it and why. Where the fact has no room for it, both stand in the fact before it, in the same transaction.
    func authorship(of recorded: RecordedFact) throws(LedgerError) -> (by: StaffKey?, reason: String?) {
        let (author, reason) = (recorded.fact.author, recorded.fact.reason)
        guard author == nil || reason == nil,
            case .careTaken(_, let staff, let why) = try facts.read(recorded.sequence.rawValue - 1)?.fact
        else { return (author, reason) }
        return (author ?? staff, reason ?? why)
    }
}

extension FactKind {
    /// Kinds that a named person or an operator's command brings about: changes, and looks at records and days. What
    /// instruments, residents, rules and the district do has kinds of its own.
    static let ofPeople: [FactKind] = [
        .clockConfirmed, .residentAdded, .residentChanged, .residentStatus, .residentPIN, .residentPINReset,
        .residentMarked,
        .residentConfirmed, .residentsMerged, .residentsUnmerged, .identityLinked, .identitiesRevoked, .staffAdded,
        .staffPIN, .staffLoggedIn, .bandPaired, .bandUnpaired, .bandDoubted, .readingClaimed, .readingMoved,
        .readingReturned, .readingDiscarded, .readingCorrected, .deviceLent, .deviceReturned, .flagTaken, .flagClosed,
        .followUpRecorded, .followUpWithdrawn, .followUpCountersigned, .followUpDrafted, .called, .promised,
        .promiseMoved, .promiseKept, .examItem, .examSigned, .requestEntered, .requestAnswered, .messageLeft,
        .careTaken,
        .sheetPrinted, .recordSeen, .daySeen,
    ]
}
