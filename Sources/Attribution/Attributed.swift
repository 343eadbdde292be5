// What attribution answers: the reading as it is to be recorded, whose it is, and what the screen says of it.

import Vitals

/// One reading with everything decided about it.
package struct Attributed: Hashable, Sendable {
    /// Whether the ledger keeps it.
    package enum Keeping: Hashable, Sendable {
        /// Append `.reading(reading, owner)`.
        case record
        /// A guest who keeps nothing: append `.measuredWithoutRecord` only; the value is still tried for a crisis (row 28).
        case countOnly
        /// Sent again: the first one stands, append nothing (row 34).
        case alreadyKept
    }

    /// What a screen says, and where.
    package enum Says: Hashable, Sendable {
        /// The visit's result: K13, K17 or the crisis screens (row 1).
        case show
        /// K12; no number before the answer (rows 4, 10, 52).
        case askWhose
        /// O1 at the station, then back (rows 2, 3, 5, 7, 16, 17).
        case notYours
        /// One line about another instrument of the station (row 6).
        case smallLine(VitalKind)
        /// K0 says that a result waits (rows 8, 39).
        case unownedAtAttract
        /// *Please ask the nurse*: the resident is recorded dead or moved (row 53).
        case askNurse
        /// To the staff session that asked (row 43).
        case staffResult
        /// To the staff session at this station: a result nobody claims (row 44).
        case staffUnclaimed
        /// A wristband's: to its wearer's record, no station's screen.
        case wearer
        /// No screen at all (rows 34, 35, 38: K20 is already there).
        case nothing
    }

    package var reading: Reading
    package var owner: Owner
    package var keeping: Keeping
    package var says: Says
    /// The visit whose reading it is, or is asked to be; nil otherwise.
    package var visit: VisitID?
    /// Names this answer until the ledger has given it a sequence.
    package var ticket: Int
}

/// What became of a *yes* or a *no*.
package enum Verdict: Hashable, Sendable {
    /// It was me, in time: append `.readingConfirmed` when the owner is a resident, then show.
    case confirmed(Owner)
    /// Not me: append `.readingDenied`.
    case setAside
    /// A guest who keeps nothing said *not me*: there is no record to set aside, O1.
    case nothingKept
    /// No such question is open to this visit: too late, ended, answered, or never asked. Append nothing.
    case refused
}
