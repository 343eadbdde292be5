// What attribution must know of an instrument: where it stands, whether the start of a measurement can be seen, and how
// long one lasts. The numbers come from the instrument's profile; the station and `mayStart` from the settings.

import Vitals

/// How one instrument measures, as far as it decides whose a reading is.
package struct InstrumentManner: Hashable, Sendable {
    /// What the hut notices of a measurement (whose-reading.md, last paragraph).
    package enum Shows: Hashable, Sendable {
        /// The hut starts it or hears it start.
        case start
        /// A finger in, somebody on the scale: its coming and its going are both seen (rows 50, 51).
        case presence
        /// Only its result is ever sent: *was it you?* is asked before any number is shown.
        case result
    }

    package var id: InstrumentID
    /// nil for a radio, whose readings belong through pairings only.
    package var station: StationID?
    /// What it measures first; nil for a radio.
    package var vital: VitalKind?
    package var shows: Shows
    /// The shortest measurement there is: an earlier result began before the asking (row 3).
    package var measureAtLeast: Duration
    /// The longest wait for a result, from the start, or from the asking where no start is seen (row 16; K11: 120 s).
    package var resultWithin: Duration
    /// How long after the line opened a result may be one that was waiting inside (row 35).
    package var startUpWindow: Duration
    /// The hut itself starts the cuff when the resident says *it is me*.
    package var mayStart: Bool
    /// It is lent and keeps what was measured at home (rows 36, 37).
    package var isHomeMonitor: Bool

    package init(
        id: InstrumentID, station: StationID?, vital: VitalKind?, shows: Shows, measureAtLeast: Duration,
        resultWithin: Duration = .seconds(120), startUpWindow: Duration = .seconds(5), mayStart: Bool = false,
        isHomeMonitor: Bool = false
    ) {
        (self.id, self.station, self.vital, self.shows) = (id, station, vital, shows)
        (self.measureAtLeast, self.resultWithin) = (measureAtLeast, resultWithin)
        (self.startUpWindow, self.mayStart, self.isHomeMonitor) = (startUpWindow, mayStart, isHomeMonitor)
    }
}

/// How the start of a measurement came to be known.
package enum Starter: Hashable, Sendable {
    /// The hut sent the command and the instrument took it: it was idle until now.
    case hut
    /// Live pressure or an echo was heard.
    case heard
}

/// Whether an instrument now waits for this person.
package enum AskAnswer: Hashable, Sendable {
    package enum Obstacle: Hashable, Sendable {
        /// The line is not open: K20.
        case lineDown
        /// A measurement is running that began before this asking; its result will be O1 (rows 2 and 14).
        case cuffBusy
        /// The visit is not the active one of the instrument's station, or a visit is active where staff ask.
        case notActive
    }
    case asked
    case notReady(Obstacle)
}

/// Who had asked the instrument that failed or fell silent.
package enum FailureOwner: Hashable, Sendable {
    case visit(VisitID)
    case staff(StaffKey)
    /// Nobody had, or not any more: a fault of the instrument, no person's (row 33).
    case nobody
}

/// A measurement that was asked for and gave nothing within its time: K20.
package struct Silence: Hashable, Sendable {
    package var instrument: InstrumentID
    package var owner: FailureOwner
}
