// Every kind of fact has a number on disk, and whom or what it is about in columns of its own, so that nobody needs
// to open its detail to find it. A number is never changed or used again.

import Vitals

/// The number of a kind of fact.
enum FactKind: Int64, CaseIterable {
    case hutStarted = 1
    case clockChanged = 2
    case residentAdded = 3
    case residentChanged = 4
    case residentStatus = 5
    case residentPIN = 6
    case pinRefused = 7
    case staffAdded = 8
    case staffPIN = 9
    case staffLoggedIn = 10
    case bandPaired = 11
    case bandUnpaired = 12
    case bandDoubted = 13
    case visitOpened = 14
    case visitRested = 15
    case visitResumed = 16
    case visitEnded = 17
    case symptoms = 18
    case rest = 19
    case request = 20
    case helpCalled = 21
    case someoneCalling = 22
    case leftByHimself = 23
    case reading = 24
    case readingConfirmed = 25
    case readingDenied = 26
    case readingClaimed = 27
    case readingMoved = 28
    case readingReturned = 29
    case readingDiscarded = 30
    case measuredWithoutRecord = 31
    case fault = 32
    case noValue = 33
    case signal = 34
    case position = 35
    case battery = 36
    case flag = 37
    case flagTaken = 38
    case flagClosed = 39
    case uploaded = 40
    case uploadParked = 41
    case readingHinted = 42
    case identityLinked = 43
    case identitiesRevoked = 44
    case residentEnrolled = 45
    case residentConfirmed = 46
    case readingCorrected = 50
    case textTried = 60
    case textEnded = 61
    case deviceLent = 70
    case deviceReturned = 71
    case fasting = 72
    case residentMarked = 80
    case residentPINReset = 81
    case residentsMerged = 82
    case residentsUnmerged = 83
    case followUpRecorded = 84
    case followUpWithdrawn = 85
    case followUpCountersigned = 86
    case followUpDrafted = 87
    case called = 88
    case promised = 89
    case promiseMoved = 90
    case promiseKept = 91
    case examItem = 92
    case examSigned = 93
    case requestEntered = 94
    case requestAnswered = 95
    case answerSeen = 96
    case recordSeen = 97
    case daySeen = 98
    case messageLeft = 110
    case careTaken = 111
    case sheetPrinted = 112
    case readingCarried = 113
    case clockConfirmed = 114
}

extension Fact {
    var kind: FactKind {
        switch self {
        case .hutStarted: .hutStarted
        case .clockChanged: .clockChanged
        case .clockConfirmed: .clockConfirmed
        case .residentAdded: .residentAdded
        case .residentChanged: .residentChanged
        case .residentStatus: .residentStatus
        case .residentPIN: .residentPIN
        case .pinRefused: .pinRefused
        case .staffAdded: .staffAdded
        case .staffPIN: .staffPIN
        case .staffLoggedIn: .staffLoggedIn
        case .bandPaired: .bandPaired
        case .bandUnpaired: .bandUnpaired
        case .bandDoubted: .bandDoubted
        case .visitOpened: .visitOpened
        case .visitRested: .visitRested
        case .visitResumed: .visitResumed
        case .visitEnded: .visitEnded
        case .symptoms: .symptoms
        case .rest: .rest
        case .request: .request
        case .helpCalled: .helpCalled
        case .someoneCalling: .someoneCalling
        case .leftByHimself: .leftByHimself
        case .reading: .reading
        case .readingConfirmed: .readingConfirmed
        case .readingDenied: .readingDenied
        case .readingClaimed: .readingClaimed
        case .readingMoved: .readingMoved
        case .readingReturned: .readingReturned
        case .readingDiscarded: .readingDiscarded
        case .measuredWithoutRecord: .measuredWithoutRecord
        case .fault: .fault
        case .noValue: .noValue
        case .signal: .signal
        case .position: .position
        case .battery: .battery
        case .flag: .flag
        case .flagTaken: .flagTaken
        case .flagClosed: .flagClosed
        case .uploaded: .uploaded
        case .uploadParked: .uploadParked
        case .readingHinted: .readingHinted
        case .identityLinked: .identityLinked
        case .identitiesRevoked: .identitiesRevoked
        case .residentEnrolled: .residentEnrolled
        case .residentConfirmed: .residentConfirmed
        case .readingCorrected: .readingCorrected
        case .textTried: .textTried
        case .textEnded: .textEnded
        case .deviceLent: .deviceLent
        case .deviceReturned: .deviceReturned
        case .fasting: .fasting
        case .residentMarked: .residentMarked
        case .residentPINReset: .residentPINReset
        case .residentsMerged: .residentsMerged
        case .residentsUnmerged: .residentsUnmerged
        case .followUpRecorded: .followUpRecorded
        case .followUpWithdrawn: .followUpWithdrawn
        case .followUpCountersigned: .followUpCountersigned
        case .followUpDrafted: .followUpDrafted
        case .called: .called
        case .promised: .promised
        case .promiseMoved: .promiseMoved
        case .promiseKept: .promiseKept
        case .examItem: .examItem
        case .examSigned: .examSigned
        case .requestEntered: .requestEntered
        case .requestAnswered: .requestAnswered
        case .answerSeen: .answerSeen
        case .recordSeen: .recordSeen
        case .daySeen: .daySeen
        case .messageLeft: .messageLeft
        case .careTaken: .careTaken
        case .sheetPrinted: .sheetPrinted
        case .readingCarried: .readingCarried
        }
    }

    /// The resident it names.
    var resident: ResidentKey? {
        switch self {
        case .residentChanged(let key, _), .residentStatus(let key, _, _, _), .residentPIN(let key, _),
            .bandPaired(_, let key, _), .request(let key, _), .readingClaimed(_, let key, _, _),
            .readingMoved(_, _, let key, _, _), .identityLinked(let key, _, _), .identitiesRevoked(let key, _, _),
            .residentConfirmed(let key, _), .residentMarked(let key, _, _, _, _), .residentPINReset(let key, _, _, _),
            .residentsMerged(_, let key, _, _), .residentsUnmerged(let key, _, _, _), .followUpDrafted(let key, _, _),
            .called(let key, _, _), .promised(let key, _, _, _), .examItem(let key, _, _, _),
            .examSigned(let key, _, _), .requestEntered(let key, _, _, _), .recordSeen(let key, _, _),
            .messageLeft(let key, _, _):
            key
        case .careTaken(let key, _, _): key
        case .followUpRecorded(let record, _): record.resident
        case .visitOpened(_, let owner, _): owner.resident
        case .reading(_, let owner), .noValue(_, _, _, _, let owner, _): owner.resident
        case .signal(_, _, let wearer, _, _), .position(_, _, let wearer): wearer
        case .flag(let change):
            if case .resident(let key) = change.subject { key } else { nil }
        default: nil
        }
    }

    /// The visit it names.
    var visit: VisitID? {
        switch self {
        case .visitRested(let visit), .visitResumed(let visit), .visitEnded(let visit, _), .symptoms(let visit, _),
            .rest(let visit, _), .leftByHimself(let visit), .readingConfirmed(_, let visit),
            .readingDenied(_, let visit), .fasting(_, let visit, _), .answerSeen(_, let visit):
            visit
        case .reading(_, .resident(_, let visit)), .noValue(_, _, _, _, .resident(_, let visit), _),
            .fault(_, _, _, let visit, _):
            visit
        default: nil
        }
    }

    /// The earlier fact it is about: the reading of a claim, the flag that was closed.
    var about: FactSequence? {
        switch self {
        case .readingConfirmed(let reading, _), .readingDenied(let reading, _), .readingClaimed(let reading, _, _, _),
            .readingMoved(let reading, _, _, _, _), .readingReturned(let reading, _, _),
            .readingDiscarded(let reading, _, _, _), .readingHinted(let reading, _), .readingCarried(let reading, _, _),
            .readingCorrected(let reading, _, _, _, _), .fasting(let reading, _, _):
            reading
        case .flagTaken(let flag, _), .flagClosed(let flag, _, _, _, _), .textTried(let flag, _),
            .textEnded(let flag, _, _):
            flag
        case .followUpWithdrawn(let fact, _, _), .followUpCountersigned(let fact, _), .promiseMoved(let fact, _, _, _),
            .promiseKept(let fact, _), .requestAnswered(let fact, _, _), .answerSeen(let fact, _):
            fact
        case .uploadParked(let fact, _): fact
        default: nil
        }
    }
}

extension FlagChange {
    /// What the flag is about.
    var subject: FlagSubject {
        switch self {
        case .raise(let draft): draft.subject
        case .append(_, let subject, _, _, _), .clear(_, let subject, _): subject
        }
    }
}
