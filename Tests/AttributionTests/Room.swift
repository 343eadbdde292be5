// A room to play the rows of whose-reading.md in: two booths, a cuff that shows its start, a cuff that sends only results,
// a scale that sends only its stable weight and one that shows who steps on, an oximeter, a monitor that is lent, a radio;
// a clock that is moved by hand; and a ledger that is only a counter.

import Testing
import Vitals

@testable import Attribution

let booth1 = StationID(rawValue: "booth-1")
let booth2 = StationID(rawValue: "booth-2")
/// Shows its start; the hut may start it.
let cuff1 = InstrumentID(rawValue: "cuff-1")
/// Sends only the result; never in less than 25 s.
let cuff2 = InstrumentID(rawValue: "cuff-2")
let scale = InstrumentID(rawValue: "scale-1")
/// Shows the finger coming and going; booth 1.
let oximeter = InstrumentID(rawValue: "oximeter-1")
/// Shows somebody stepping on and off; booth 1, in the rows only.
let platform = InstrumentID(rawValue: "scale-2")
let homeMonitor = InstrumentID(rawValue: "home-1")
let radio = InstrumentID(rawValue: "bands")
let band = BandID(rawValue: "!433d1f2a")
let nurse = StaffKey(rawValue: 1)

/// Resident `n` of this neighbourhood.
func resident(_ n: Int64) -> ResidentKey { ResidentKey(rawValue: n) }
func visit(_ n: Int64) -> VisitID { VisitID(rawValue: 1_000 + n) }

func pressure(_ systolic: Int = 138, _ diastolic: Int = 82, pulse: Int? = 72) -> Vital {
    .bloodPressure(
        BloodPressure(systolic: MmHg(systolic), diastolic: MmHg(diastolic), pulse: pulse.map { PerMinute($0) }))
}

/// A class, so that `#expect` may call what changes it.
final class Room {
    static let manners = [
        InstrumentManner(
            id: cuff1, station: booth1, vital: .bloodPressure, shows: .start, measureAtLeast: .seconds(15),
            mayStart: true),
        InstrumentManner(
            id: scale, station: booth1, vital: .weight, shows: .result, measureAtLeast: .seconds(2)),
        InstrumentManner(
            id: oximeter, station: booth1, vital: .oxygenSaturation, shows: .presence, measureAtLeast: .seconds(3),
            startUpWindow: .zero),
        InstrumentManner(
            id: platform, station: booth1, vital: .weight, shows: .presence, measureAtLeast: .seconds(1)),
        InstrumentManner(
            id: homeMonitor, station: nil, vital: nil, shows: .result, measureAtLeast: .zero, isHomeMonitor: true),
        InstrumentManner(
            id: cuff2, station: booth2, vital: .bloodPressure, shows: .result, measureAtLeast: .seconds(25)),
        InstrumentManner(id: radio, station: nil, vital: nil, shows: .result, measureAtLeast: .zero),
    ]

    var attribution: Attribution
    var now = Now(hut: HutTime(milliseconds: 1_795_000_000_000), monotonic: MonotonicTime(nanoseconds: 5_000_000_000))
    private var lastSequence: Int64 = 5_000

    /// A hut whose lines opened long ago.
    init(pairings: [Pairing] = [], notHere: Set<ResidentKey> = []) {
        attribution = Attribution(instruments: Room.manners, pairings: pairings, notHere: notHere)
        for manner in Room.manners { attribution.lineBack(manner.id, now: now) }
        wait(3_600)
    }

    func wait(_ seconds: Double) { wait(.milliseconds(Int64(seconds * 1_000))) }

    func wait(_ span: Duration) {
        now = Now(hut: now.hut + span, monotonic: now.monotonic + span)
    }

    /// Resident `n` begins visit `n`.
    func open(_ n: Int64, at station: StationID = booth1, helper: Helper = .nobody, last: LastBody = LastBody()) {
        attribution.visitOpened(
            visit(n), owner: .resident(resident(n)), helper: helper, at: station, last: last, now: now)
    }

    @discardableResult func ask(_ n: Int64, _ instrument: InstrumentID = cuff1, arm: Arm = .right) -> AskAnswer {
        attribution.ask(instrument, for: visit(n), arm: arm, rested: .byClock(seconds: 300), now: now)
    }

    func start(_ instrument: InstrumentID = cuff1, by starter: Starter = .heard) {
        attribution.measurementStarted(instrument, by: starter, now: now)
    }

    func left(_ instrument: InstrumentID) { attribution.measurementLeft(instrument, now: now) }

    func end(_ n: Int64, _ end: VisitEnd = .left) { attribution.visitEnded(visit(n), end, now: now) }

    func result(_ vital: Vital = pressure(), from instrument: InstrumentID = cuff1, at device: CivilTime? = nil)
        -> Attributed
    {
        attribution.attribute(DeviceReading(vital: vital, deviceTime: device), from: instrument, now: now)
    }

    @discardableResult func staffSession(isOpen: Bool, at station: StationID = booth1) -> VisitID? {
        attribution.staffSession(isOpen: isOpen, at: station, now: now)
    }

    func askAsStaff(for n: Int64, _ instrument: InstrumentID = cuff1) -> AskAnswer {
        attribution.ask(instrument, by: nurse, for: resident(n), arm: .left, now: now)
    }

    func stopAsking(_ n: Int64, _ instrument: InstrumentID = cuff1) {
        attribution.stopAsking(instrument, for: visit(n), now: now)
    }

    func failed(_ instrument: InstrumentID = cuff1) -> FailureOwner {
        attribution.measurementFailed(instrument, now: now)
    }

    func lineLost(_ instrument: InstrumentID = cuff1) { attribution.lineLost(instrument, now: now) }
    func lineBack(_ instrument: InstrumentID = cuff1) { attribution.lineBack(instrument, now: now) }
    func rest(_ n: Int64) -> Bool { attribution.visitRested(visit(n), now: now) }
    func resume(_ n: Int64) -> Bool { attribution.visitResumed(visit(n), now: now) }
    func confirm(_ sequence: FactSequence, _ n: Int64) -> Verdict {
        attribution.confirm(sequence, by: visit(n), now: now)
    }
    func deny(_ sequence: FactSequence, _ n: Int64) -> Verdict { attribution.deny(sequence, by: visit(n), now: now) }
    func denyAll(_ n: Int64) -> [FactSequence] { attribution.denyAll(visit(n)) }
    func silences() -> [Silence] { attribution.measurementsOverdue(now: now) }
    func unanswered() -> [FactSequence] { attribution.answerOverdue(now: now) }
    func overdueVisits() -> [VisitID] { attribution.visitsOverdue(now: now) }

    /// A reading of the wristband, stamped by its own clock where it has one.
    func bandReading(_ vital: Vital = .pulseRate(72), measuredAt: HutTime? = nil) -> Attributed {
        attribution.attribute(DeviceReading(vital: vital, band: band), from: radio, measuredAt: measuredAt, now: now)
    }

    func pair(_ n: Int64) -> Bool { attribution.paired(band, to: resident(n), at: now.hut) }
    func unpair() { attribution.unpaired(band, at: now.hut) }
    func doubt(_ isDoubted: Bool) { attribution.doubted(band, isDoubted, at: now.hut) }

    /// The result, on disk.
    func recorded(_ vital: Vital = pressure(), from instrument: InstrumentID = cuff1) -> (
        Attributed, FactSequence
    ) {
        let attributed = result(vital, from: instrument)
        return (attributed, record(attributed))
    }

    func record(_ attributed: Attributed) -> FactSequence {
        lastSequence += 1
        let sequence = FactSequence(rawValue: lastSequence)
        let stands = attribution.recorded(sequence, for: attributed, now: now)
        #expect(stands)
        return sequence
    }

    /// Asked, started at once, result 40 s later: the whole of row 1.
    func measure(_ n: Int64, _ vital: Vital = pressure()) -> (Attributed, FactSequence) {
        #expect(ask(n) == .asked)
        start()
        wait(40)
        return recorded(vital)
    }
}

func owned(by n: Int64) -> Owner { .resident(resident(n), visit: visit(n)) }
func unclaimed(_ reason: UnclaimedReason, _ n: Int64? = nil) -> Owner {
    .unclaimed(reason, hint: n.map { .visit(visit($0)) })
}
