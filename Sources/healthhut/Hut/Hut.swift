// The hut while it runs: the one place where the hops meet.
//
// Everything that happens (a byte, a key, a deadline, a poke) enters on the hut's queue and is decided at once, in the
// order it came. Only the ledger is waited for, and while it writes, the hut goes on: readings that come meanwhile
// share the next transaction. The other files of this folder are the hut's chapters: lines, readings, visits, kiosks,
// staff, follow-ups, time.

import Attribution
import DeviceLink
import Dispatch
import FollowUpRules
import Kiosk
import Ledger
import SerialLine
import Settings
import TextScreen
import Vitals

/// One running hut.
actor Hut {
    nonisolated let queue: DispatchQueue
    private nonisolated let executor: QueueExecutor
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    let configuration: HutConfiguration
    let ledger: Ledger
    /// Turns what a reader read into what the ledger knows.
    let identityKey: IdentityKey
    let clock: HutClock
    let manager: ServiceManager

    // Chapter by chapter; each is touched by its own file and read by others.
    var attribution: Attribution
    var instruments: [InstrumentID: InstrumentLine] = [:]
    var places: [String: Place] = [:]
    var pending = PendingWork()
    /// By a number that is never used again: a descriptor's is, while an answer may still be on its way.
    var watchers: [Int: Watcher] = [:]
    var watchersSoFar = 0
    var listeners: [Listener] = []
    var nudges: (any DispatchSourceRead)?
    var timer: HutTimer
    var time = TimeState()
    /// Whose turn it is to change flags.
    var turns = Turns()
    /// What lies on the readers of cards, tags and codes.
    var lying = LyingTokens()
    /// What came at a station and belongs to nobody, for two minutes (whose-reading row 8).
    var unowned: [StationID: (sequence: FactSequence, until: MonotonicTime)] = [:]
    /// Opaque ids of residents that `watch` has named.
    var residentIDs: [ResidentKey: String] = [:]
    /// Home monitors that are out, and since when.
    var lentSince: [InstrumentID: HutTime] = [:]
    /// Hut numbers of the residents whose visits are open, for the bench list.
    var benchNumbers: [VisitID: String] = [:]
    /// A band called for help and nobody has taken it: every resident's screen asks to fetch a nurse.
    var helpWanted = false
    /// A band's call is open, taken or not: who looks for its wearer follows its position.
    var callIsOpen = false
    /// The first dates of residents of whom nothing is recorded, as of a day; nil: to be read again.
    var knownFirstDates: (day: LocalDay, dates: [ResidentKey: LocalDay])?
    /// How often they may have changed.
    var firstDatesChanged = 0
    /// When the newest reading was recorded: up to when the list has data. What people do at screens is none.
    var newestReading: HutTime?
    /// Names for the staff screens.
    var staffNames: [StaffKey: String] = [:]
    /// When the session of a resident is over and she is reviewed once more.
    var sessionsEnding: [ResidentKey: MonotonicTime] = [:]
    /// Residents reviewed without a change: written with the next commit instead of costing one.
    var reviewed: [ResidentKey: FactSequence] = [:]
    /// Instruments with an open DQ-04: their next word ends it.
    var silent: Set<InstrumentID> = []
    /// Slips, texts and the lamp.
    var output = OutputState()
    private let lock: LedgerLock
    /// Told about each screen that is shown and each fact that is recorded; the demo prints them.
    var observer: (@Sendable (HutNews) -> Void)?

    init(
        _ configuration: HutConfiguration, ledger: Ledger, lock: consuming LedgerLock, identityKey: IdentityKey,
        attribution: Attribution, clock: HutClock, manager: ServiceManager
    ) {
        queue = DispatchQueue(label: "hut", qos: .userInitiated)
        executor = QueueExecutor(queue)
        (self.configuration, self.ledger, self.clock, self.manager) = (configuration, ledger, clock, manager)
        (self.identityKey, self.attribution) = (identityKey, attribution)
        self.lock = lock
        timer = HutTimer(queue: queue, clock: clock)
    }

    var now: Now { clock.now }
    var offset: UTCOffset { configuration.settings.offset }
    var policy: Policy { configuration.policy }
    var today: LocalDay { offset.day(of: now.hut) }

    /// A key at a place, without a terminal.
    func press(_ key: Key, at place: String) {
        happen(.key(key), at: place)
        paint(place)
        arm()
    }

    /// Does what is due, and arms the timer again, after the clock was put forward or changed its pace.
    func rearm() {
        time.armed = nil
        deadlineReached()
    }

    /// Tells the demo and the tests what goes on.
    func observe(_ observer: @escaping @Sendable (HutNews) -> Void) {
        self.observer = observer
        for id in places.keys { paint(id) }
    }
}

/// What an observer of a running hut is told.
enum HutNews: Sendable {
    /// What stands at a place: its name in visit-script.md, or the staff page's, and its text.
    case screen(place: String, name: String, text: String)
    case recorded(RecordedFact)
}
