// Where the engine's answers meet the diary: every reading once, nobody's reading under a person, and no person's
// reading refused that the hut could see from beginning to end.

import Vitals

@testable import Attribution

extension World {
    /// A live result reaches the hut.
    func deliver(_ measurement: TrueMeasurement) {
        let cuff = measurement.cuff
        let device = DeviceReading(vital: measurement.vital, deviceTime: measurement.deviceTime)
        let attributed = engine.attribute(device, from: World.cuffs[cuff], now: now)
        check(attributed.reading.vital == measurement.vital, "another value than the one that came")
        judge(measurement, attributed)
        noteResult(attributed)
        // Row 35: a result that was waiting inside when the line opened answers no asking.
        let wasWaiting = attributed.owner.reason == .pending && !truth.isOpenLong(cuff, at: time)
        if !wasWaiting { truth.note(.delivered, cuff: cuff, at: time) }
        lastDelivered[cuff] = measurement
        onTheWay.append((measurement, attributed))
        if chance(80) { writeDown() }
    }

    /// The control of row 13 is for the next result of a visit, and no later one.
    func noteResult(_ attributed: Attributed) {
        var visit = attributed.visit
        if case .unclaimed(.residentNotHere, .visit(let hint)) = attributed.owner { visit = hint }
        if let visit { truth.note(.resultOf(visit), cuff: -1, at: time) }
    }

    private func judge(_ measurement: TrueMeasurement, _ attributed: Attributed) {
        let active = truth.active(at: measurement.cuff)
        check(attributed.keeping != .alreadyKept, "a reading lost")
        if attributed.keeping == .countOnly {
            let asked = active.map { truth.standingAsking(of: .visit($0.id), on: measurement.cuff) != nil } ?? false
            check(asked && active?.keepsNothing == true, "counted only, and nobody there had wished it so")
        }
        if attributed.owner.resident == nil { unowned += 1 } else { owned += 1 }
        if attributed.says == .askWhose, measurement.cuff == 1, let active {
            check(truth.mayBeAsked(.visit(active.id), cuff: 1, now: time), "row 3: K12 for a result that came too soon")
        }
        judgeOwner(measurement, attributed, active)
        judgeRefusal(measurement, attributed, active)
        if case .unclaimed(_, .visit(let hint)) = attributed.owner {
            check(truth.visit(hint)?.station == measurement.cuff, "a hint at a visit of another station")
        }
    }

    /// The invariant, for a reading that is somebody's at once.
    private func judgeOwner(_ measurement: TrueMeasurement, _ attributed: Attributed, _ active: TrueVisit?) {
        guard case .resident(let key, let visit) = attributed.owner else { return }
        let who = visit.map(Who.visit) ?? .staff(key)
        if let visit {
            check(truth.visit(visit)?.resident == key, "under another person than the visit's")
            check(measurement.cuff == 0, "row 4: a result-only reading under a person before the answer")
            check(!truth.anotherCardLies(during: visit), "row 13: under a person although another's card was read")
        } else {
            check(session == .some(key), "row 43: under a resident who is not on the staff screen")
        }
        let mayOwn =
            measurement.cuff == 0
            ? truth.mayOwn(measurement, who, now: time)
            : truth.mayBeAsked(who, cuff: 1, now: time)
        check(mayOwn, "under a person who had not asked, or whose measurement began before")
        check(!truth.dead.contains(key), "row 53: under somebody who is not here")
        check(visit == nil || !differs(measurement, visit), "row 10: unlike the last and not asked")
    }

    /// What the hut saw from beginning to end must not be refused.
    private func judgeRefusal(_ measurement: TrueMeasurement, _ attributed: Attributed, _ active: TrueVisit?) {
        let isRefused =
            switch attributed.owner {
            case .resident: false
            case .unclaimed(.notConfirmed, _), .unclaimed(.guest, _), .unclaimed(.residentNotHere, _): false
            case .unclaimed: true
            }
        let askers = [active.map { Who.visit($0.id) }, (session ?? nil).map(Who.staff)].compactMap(\.self)
        for who in askers where isRefused && measurement.cuff == 0 {
            check(!truth.mustOwn(measurement, who, now: time), "refused, and all of it was seen: \(attributed.owner)")
        }
        if let active, isRefused, measurement.cuff == 1, truth.isOpenLong(1, at: time) {
            check(
                !truth.mayBeAsked(.visit(active.id), cuff: 1, now: time),
                "row 4: never asked whose: \(attributed.owner)")
        }
    }

    /// Row 10, from the ledger: more than 30 systolic or 25 pulse from the last reading this visit owns.
    private func differs(_ measurement: TrueMeasurement, _ visit: VisitID?) -> Bool {
        let last = records.last { record in
            if case .resident(_, visit) = record.owner { !record.isDenied } else { false }
        }
        guard case .bloodPressure(let now) = measurement.vital,
            case .bloodPressure(let before) = last?.measurement.vital
        else { return false }
        let pulses = abs((now.pulse?.value ?? 0) - (before.pulse?.value ?? 0))
        return abs(now.systolic.value - before.systolic.value) > 30 || pulses > 25
    }

    // MARK: The disk

    func writeDown() {
        for (measurement, attributed) in onTheWay {
            nextID += 1
            let sequence = FactSequence(rawValue: Int64(nextID))
            let stands = engine.recorded(sequence, for: attributed, now: now)
            var record = WorldRecord(
                sequence: sequence, measurement: measurement, attributed: attributed, owner: attributed.owner,
                recordedAt: time)
            if !stands { setAside(&record) }
            records.append(record)
        }
        onTheWay = []
    }

    private func setAside(_ record: inout WorldRecord) {
        check(record.attributed.keeping == .record, "denied what was never kept")
        record.isDenied = true
        record.isAnswered = true
        record.owner = .unclaimed(.denied, hint: record.attributed.visit.map(Hint.visit))
    }

    // MARK: What people say

    /// Somebody answers about some reading: mostly what is asked, mostly truthfully, sometimes out of place.
    func answer() {
        writeDown()
        guard !records.isEmpty else { return }
        let asked = records.lastIndex { $0.attributed.says == .askWhose && !$0.isAnswered }
        let index = asked.flatMap { chance(80) ? $0 : nil } ?? dice.roll(records.count)
        let active = truth.active(at: records[index].measurement.station) ?? truth.active(at: dice.roll(2))
        guard let visit = active ?? truth.visits.last else { return }
        let isHis = records[index].measurement.person == visit.resident
        let saysYes = chance(90) ? isHis : !isHis
        if saysYes { sayYes(index, visit) } else { sayNo(index, visit) }
    }

    private func sayYes(_ index: Int, _ visit: TrueVisit) {
        let record = records[index]
        let verdict = engine.confirm(record.sequence, by: visit.id, now: now)
        let isInTime = time - record.recordedAt <= 30_000
        let mayAnswer =
            record.attributed.says == .askWhose && record.attributed.visit == visit.id && visit.isActive && isInTime
            && !record.isAnswered && !truth.dead.contains { $0 == visit.resident }
        guard case .confirmed(let owner) = verdict else {
            return check(!mayAnswer, "row 4: a yes in time was refused")
        }
        check(mayAnswer, "row 5: a yes out of place or out of time counted")
        check(owner.resident == visit.resident, "a yes gave it to somebody else")
        records[index].isAnswered = true
        records[index].owner = owner
    }

    private func sayNo(_ index: Int, _ visit: TrueVisit) {
        let verdict = engine.deny(records[index].sequence, by: visit.id, now: now)
        check(
            verdict == .refused || (records[index].attributed.visit == visit.id && visit.isActive),
            "row 9: a no about another's reading counted")
        if verdict == .refused {
            let isHis = records[index].owner == visit.resident.map { Owner.resident($0, visit: visit.id) }
            check(!isHis || !visit.isActive, "row 9: the person's own no was refused")
        }
        records[index].isAnswered = records[index].isAnswered || verdict != .refused
        if verdict == .setAside { setAside(&records[index]) }
    }

    func denyEverything() {
        guard let visit = truth.active(at: dice.roll(2)) else { return }
        let denied = engine.denyAll(visit.id)
        for index in records.indices where records[index].attributed.visit == visit.id {
            let isKept = records[index].attributed.keeping == .record
            let isDeniedNow = denied.contains(records[index].sequence)
            check(isDeniedNow == (isKept && !records[index].isDenied), "row 9: all, but not this one")
            if isDeniedNow { setAside(&records[index]) }
            records[index].isAnswered = true
        }
    }

    // MARK: The end

    /// Whoever owns a reading at the end has not said that it was not his, and asked for it or said it was.
    func judgeTheLedger() {
        for record in records {
            guard case .resident(let key, let visit?) = record.owner else { continue }
            check(!record.isDenied, "denied and still under a person")
            check(truth.visit(visit)?.resident == key, "under another person than the visit's")
            if record.attributed.owner.resident == nil { check(record.isAnswered, "under a person who never said so") }
        }
    }
}

extension Owner {
    /// Why nobody owns it.
    fileprivate var reason: UnclaimedReason? {
        if case .unclaimed(let reason, _) = self { reason } else { nil }
    }
}
