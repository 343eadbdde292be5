// What can go wrong with the ledger, in the words of the person who must mend it. Paths appear, because an operator
// needs them; statement arguments, names and numbers never do.

/// Why the ledger did not do what was asked. Nothing of the refused call is stored.
package enum LedgerError: Error, Hashable, Sendable {
    /// No room on the disk, or the ledger's own size limit is reached. Works again by itself when there is room.
    case full
    /// Another process held the ledger for more than two seconds.
    case busy
    /// The file or its folder cannot be reached: `doing` says what was tried, `reason` is the system's word.
    case unreachable(path: String, doing: String, reason: String)
    /// Somebody else could read or swap the file: a symbolic link, or permissions that are too wide.
    case unsafe(path: String, Unsafe)
    /// A file that HealthHut did not make.
    case notOurs(path: String)
    /// Written by a newer program; `needs` is the version that can read it.
    case newer(path: String, needs: String)
    /// Damaged: what SQLite or the reader of facts saw.
    case corrupt(what: String)
    /// Another `serve` has this ledger.
    case locked(path: String)
    /// Used after `close`.
    case closed
    /// The facts contradict what stands in the ledger.
    case refused(Refusal)
    /// A value that no column can hold, by the name of its field.
    case unstorable(field: String)
    /// libcrypt refused.
    case crypt(reason: String)
    /// SQLite refused for a reason not foreseen here: its result code and its message without arguments.
    case database(code: Int32, message: String)

    package enum Unsafe: Hashable, Sendable { case symbolicLink, notAFile, readableByOthers, folderOpenToOthers }

    /// The rules a fact can break.
    package enum Refusal: String, Hashable, Sendable {
        case flagAlreadyOpen, noOpenFlag, unknownFlag
        case unknownResident, unknownStaff, unknownVisit, unknownReading
        case identityTaken, nothingLinked, notWaiting
        case numberTaken, idTaken, stationHasActiveVisit, bandAlreadyPaired, bandNotPaired
        case notUnclaimed, notThisOwner, alreadyDiscarded, memoryRecordAlreadyStored
        case deviceAlreadyLent, deviceNotLent
        case mergedWithItself, alreadyMerged, mergedInCircles, notMerged
        case unknownFollowUp, alreadyWithdrawn, alreadySigned, inTheFuture, nothingToSign
        case unknownPromise, unknownRequest, alreadyAnswered, notAnswered
        case constraint
    }
}

extension LedgerError {
    /// What happened, in one lower-case line.
    package var message: String {
        switch self {
        case .full: "there is no room to store facts"
        case .busy: "another process has held the ledger for more than two seconds"
        case .unreachable(let path, let doing, let reason): "\(path): cannot \(doing): \(reason)"
        case .unsafe(let path, .symbolicLink): "\(path): the ledger is a symbolic link"
        case .unsafe(let path, .notAFile): "\(path): not an ordinary file"
        case .unsafe(let path, .readableByOthers): "\(path): other users can read this file"
        case .unsafe(let path, .folderOpenToOthers): "\(path): other users can reach this folder"
        case .notOurs(let path): "\(path): this file was not made by HealthHut"
        case .newer(let path, let needs): "\(path): written by a newer HealthHut; version \(needs) or later can read it"
        case .corrupt(let what): "the ledger is damaged: \(what)"
        case .locked(let path): "\(path): another healthhut serve has this ledger"
        case .closed: "the ledger is closed"
        case .refused(let refusal): refusal.message
        case .unstorable(let field): "the value of \(field) cannot be stored"
        case .crypt(let reason): "a PIN cannot be hashed: \(reason)"
        case .database(let code, let message): "the database says \(message) (SQLite code \(code))"
        }
    }

    /// What to do about it.
    package var hint: String {
        switch self {
        case .full: "make room on the disk; recording starts again by itself"
        case .busy: "try again; if it stays so, see which process has the ledger open: fuser -v on its file"
        case .unreachable: "check the path in the settings and that this user may write there"
        case .unsafe(_, .symbolicLink): "name the file itself in the settings"
        case .unsafe(_, .notAFile): "name another file in the settings"
        case .unsafe(_, .readableByOthers): "chmod 600 the file, then find out who has read it"
        case .unsafe(_, .folderOpenToOthers): "put the file in a folder of its own with permissions 0700"
        case .notOurs: "name another file in the settings; this one was not touched"
        case .newer: "install that version; the file was not touched"
        case .corrupt: "stop the hut, keep this file, restore the last backup, then run healthhut check"
        case .locked: "stop the other one first: systemctl stop healthhut"
        case .closed: "the hut is stopping; nothing to do"
        case .refused(let refusal): refusal.hint
        case .unstorable: "this is a fault of the device's profile or of the program; please report it"
        case .crypt: "check that libcrypt knows yescrypt: man 5 crypt"
        case .database: "run healthhut check; please report it if the ledger is sound"
        }
    }
}

extension LedgerError.Refusal {
    fileprivate var message: String {
        switch self {
        case .flagAlreadyOpen: "a flag of this rule is open already for this subject"
        case .noOpenFlag: "no flag of this rule is open for this subject"
        case .unknownFlag: "there is no such open flag"
        case .unknownResident: "there is no such resident"
        case .unknownStaff: "there is no such member of staff"
        case .unknownVisit: "there is no such visit"
        case .unknownReading: "there is no such reading"
        case .identityTaken: "this card, tag or code stands for somebody already"
        case .nothingLinked: "nothing of that kind stands for this resident"
        case .notWaiting: "this resident does not wait for anybody's confirmation"
        case .numberTaken: "this hut number belongs to somebody else"
        case .idTaken: "this opaque id belongs to another resident"
        case .stationHasActiveVisit: "the station has an active visit"
        case .bandAlreadyPaired: "this wristband is paired with somebody"
        case .bandNotPaired: "this wristband is paired with nobody"
        case .notUnclaimed: "the reading has an owner or was set aside"
        case .notThisOwner: "the reading does not belong to the resident named"
        case .alreadyDiscarded: "the reading was set aside"
        case .memoryRecordAlreadyStored: "this record of the device's memory is stored already"
        case .deviceAlreadyLent: "this monitor is lent to somebody"
        case .deviceNotLent: "this monitor is lent to nobody"
        case .mergedWithItself: "a line of the roster cannot be merged with itself"
        case .alreadyMerged: "this line of the roster was merged into another one"
        case .mergedInCircles: "these lines are one person already, the other way round"
        case .notMerged: "this line of the roster was not merged into that one"
        case .unknownFollowUp: "there is no such follow-up"
        case .alreadyWithdrawn: "the follow-up was withdrawn"
        case .alreadySigned: "this was signed already, or by the same person"
        case .inTheFuture: "the day has not begun yet"
        case .nothingToSign: "nothing of this exam is recorded on that day"
        case .unknownPromise: "there is no such promise, or it was kept"
        case .unknownRequest: "there is no such request, or it was settled"
        case .alreadyAnswered: "this request was answered"
        case .notAnswered: "nobody has answered this request"
        case .constraint: "a rule of the ledger forbids this"
        }
    }

    fileprivate var hint: String {
        switch self {
        case .flagAlreadyOpen, .noOpenFlag, .unknownFlag: "read the resident's flags again and review once more"
        case .unknownResident: "check the hut number against the roster file"
        case .identityTaken: "take it back from the other resident first: healthhut residents uncard or uncode"
        case .nothingLinked, .notWaiting: "nothing to do"
        case .numberTaken: "choose another number"
        case .bandAlreadyPaired: "end that pairing first: healthhut bands unpair"
        case .bandNotPaired: "check the band's name: it stands in watch as `from`"
        case .deviceAlreadyLent: "take it back first"
        case .mergedWithItself, .mergedInCircles: "choose the line that is to go on, and merge the other one into it"
        case .alreadyMerged: "take that merge back first, or merge the line it went into"
        case .notMerged: "read the resident's history: it says what was merged when"
        case .alreadySigned: "a second signature is another person's"
        case .inTheFuture: "check the date, and the hut's clock: healthhut check"
        case .nothingToSign: "check the day of the exam"
        case .memoryRecordAlreadyStored: "nothing to do: the first one stands"
        default: "read the ledger again: somebody else was faster"
        }
    }
}
