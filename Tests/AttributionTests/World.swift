// One random day of a hut with two booths, four residents, passers-by, a nurse and two wristbands. It does to the engine
// what a real hut would, tells the truth to the diary, and holds every answer of the engine against it.
//
// Two things are taken for granted of a cuff that shows its start: its pressure is heard at once and then every two
// seconds while the line is open, and while it works, and for twelve seconds after, it sends no older result.

import Vitals

@testable import Attribution

extension SeededChance {
    mutating func roll(_ sides: Int) -> Int { Int(next() >> 1) % sides }
}

/// A reading in the world's small ledger.
struct WorldRecord {
    var sequence: FactSequence
    var measurement: TrueMeasurement
    var attributed: Attributed
    var owner: Owner
    var recordedAt: Int64
    var isDenied = false
    var isAnswered = false
}

final class World {
    /// By the numbers of `TrueMeasurement.cuff`.
    static let cuffs = [cuff1, cuff2, oximeter, scale]
    static let stations = [booth1, booth2]
    static let bands = [BandID(rawValue: "!1"), BandID(rawValue: "!2")]
    static let manners = Room.manners.filter { $0.id != platform && $0.id != homeMonitor }
    static let base = HutTime(milliseconds: 1_795_000_000_000)

    var dice: SeededChance
    var truth = Truth()
    var engine = Attribution(instruments: World.manners)
    /// Milliseconds since the case began.
    var time: Int64 = 0
    var now = Now(hut: World.base, monotonic: MonotonicTime(nanoseconds: 0))
    /// The wall clock's error, in milliseconds.
    var clockError: Int64 = 0
    /// What is wrong, the first thing first.
    var violation: String?

    /// The lines of oximeter and scale are cut for a moment only.
    var isUp = [false, false, true, true]
    var lineUpAt: [Int64?] = [nil, nil]
    /// In the cuff now, with the instant of its end and what becomes of it.
    var running: [(measurement: TrueMeasurement, end: Int64, fate: Fate)?] = [nil, nil]
    /// When the cuff that shows its start will next be heard.
    var nextPressure: Int64 = 0
    /// When the cuff that shows its start last let go.
    var quietSince: Int64 = -60_000
    /// Until when its pressure is still heard after that.
    var lettingGoUntil: Int64 = -1
    /// Results that did not reach the hut yet, and when they will.
    var delayed: [(measurement: TrueMeasurement, due: Int64)] = []
    var lastDelivered: [TrueMeasurement?] = [nil, nil]
    var records: [WorldRecord] = []
    /// Attributed, not yet on disk.
    var onTheWay: [(TrueMeasurement, Attributed)] = []
    var session: ResidentKey??
    /// In the oximeter now; nil when it is empty.
    var finger: (measurement: TrueMeasurement, hasSettled: Bool)?
    /// Said *it is me* with somebody's finger in: asks once it is out.
    var waitsForFinger: VisitID?
    /// Asks only since a finger went out: how long that holds is the engine's own business.
    var askedByWaiting = false
    /// Visits during which the visitor's own card was read, before the hut has found whose it is.
    var lookedUp: [VisitID] = []
    var nextID = 0
    /// How many readings came under a person, and how many under nobody: neither may be rare.
    var owned = 0
    var unowned = 0

    enum Fate { case result, late, error, silent }

    init(seed: UInt64) {
        dice = SeededChance(seed: seed)
        for cuff in 0...1 { lineUp(cuff) }
        openBooth()
    }

    func chance(_ percent: Int) -> Bool { dice.roll(100) < percent }

    func fail(_ what: String) { if violation == nil { violation = "\(what), \(time) ms into the case" } }

    func check(_ holds: Bool, _ what: @autoclosure () -> String) { if !holds { fail(what()) } }

    /// A case: so many things happen, one after the other.
    func live(steps: Int) {
        pass(6_000)
        for _ in 0..<steps where violation == nil {
            step()
            if chance(70) { writeDown() }
            pass(pause())
            if chance(30) { sweep() }
        }
        writeDown()
        judgeTheLedger()
    }

    private func pause() -> Int64 {
        switch dice.roll(20) {
        case 0..<8: Int64(dice.roll(3_000))
        case 8..<17: Int64(3_000 + dice.roll(40_000))
        case 17, 18: Int64(60_000 + dice.roll(80_000))
        default: chance(20) ? 1_790_000 + Int64(dice.roll(20_000)) : Int64(dice.roll(11_000))
        }
    }

    // MARK: Time passes

    /// Lets time go by, stopping wherever a cuff, a line or a delayed result has something to say.
    private func pass(_ span: Int64) {
        let end = time + span
        while let next = nextMoment(before: end) {
            moveClock(to: next)
            comeDue()
        }
        moveClock(to: end)
    }

    private func nextMoment(before end: Int64) -> Int64? {
        var next = min(running[0]?.end ?? .max, running[1]?.end ?? .max)
        if isUp[0], running[0] != nil || nextPressure <= lettingGoUntil { next = min(next, nextPressure) }
        next = min(next, lineUpAt[0] ?? .max, lineUpAt[1] ?? .max)
        if !delayed.isEmpty { next = delayed.reduce(next) { min($0, $1.due) } }
        return next <= end ? max(next, time) : nil
    }

    private func moveClock(to moment: Int64) {
        time = moment
        now = Now(
            hut: HutTime(milliseconds: World.base.milliseconds + time + clockError),
            monotonic: MonotonicTime(nanoseconds: time * 1_000_000))
    }

    private func comeDue() {
        for cuff in 0...1 {
            if let up = lineUpAt[cuff], up <= time { lineUp(cuff) }
            if let one = running[cuff], one.end <= time { finish(cuff, one.measurement, one.fate) }
        }
        if isUp[0], nextPressure <= time, running[0] != nil || nextPressure <= lettingGoUntil { showPressure(.heard) }
        guard !delayed.isEmpty else { return }
        let due = delayed.filter { $0.due <= time }
        delayed.removeAll { $0.due <= time }
        for late in due where isUp[late.measurement.cuff] { deliver(late.measurement) }
    }

    func showPressure(_ starter: Starter) {
        engine.measurementStarted(cuff1, by: starter, now: now)
        nextPressure = time + 2_000
    }

    private func finish(_ cuff: Int, _ measurement: TrueMeasurement, _ fate: Fate) {
        running[cuff] = nil
        if cuff == 0 { quietSince = time }
        if cuff == 0, fate == .result, chance(30) { lettingGoUntil = time + Int64(dice.roll(5_000)) }
        switch fate {
        case .silent: break
        case .result where isUp[cuff]: deliver(measurement)
        // The line is down: the cuff keeps the result and hands it over some time after the line is back.
        case .result: delayed.append((measurement, (lineUpAt[cuff] ?? time) + Int64(dice.roll(8_000))))
        case .late: delayed.append((measurement, time + Int64(dice.roll(200_000))))
        case .error: if isUp[cuff] { deviceError(cuff, measurement) }
        }
    }

    private func deviceError(_ cuff: Int, _ measurement: TrueMeasurement) {
        let owner = engine.measurementFailed(World.cuffs[cuff], now: now)
        if case .visit(let visit) = owner {
            check(
                truth.standingAsking(of: .visit(visit), on: cuff) != nil,
                "row 33: an error under a visit that did not ask")
            check(truth.visit(visit)?.isActive == true, "row 33: an error under a visit that is over")
        }
        truth.note(.failed, cuff: cuff, at: time)
    }

    func lineUp(_ cuff: Int) {
        lineUpAt[cuff] = nil
        if cuff == 0 { nextPressure = time + Int64(dice.roll(2_000)) }
        isUp[cuff] = true
        engine.lineBack(World.cuffs[cuff], now: now)
        truth.note(.lineUp, cuff: cuff, at: time)
    }

    private func sweep() {
        for silence in engine.measurementsOverdue(now: now) {
            if case .visit(let visit) = silence.owner {
                check(truth.visits.contains { $0.id == visit }, "a silence of no visit")
            }
        }
        for sequence in engine.answerOverdue(now: now) {
            let record = records.first { $0.sequence == sequence }
            check(record.map { time - $0.recordedAt > 30_000 } ?? false, "row 5: lapsed too soon")
        }
        for visit in engine.visitsOverdue(now: now) { benchIsOver(visit) }
        check(engine.deadline.map { $0 > now.monotonic } ?? true, "a deadline that stays in the past")
    }

    private func benchIsOver(_ visit: VisitID) {
        guard let index = truth.visits.firstIndex(where: { $0.id == visit }),
            let since = truth.visits[index].restingSince
        else { return fail("row 20: ended a visit that did not rest") }
        check(time - since > 30 * 60_000, "row 20: the bench was cut short")
        truth.visits[index].restingSince = nil
    }
}
