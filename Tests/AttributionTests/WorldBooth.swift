// The oximeter and the scale of the property test's first booth: fingers of whoever stands there go in and out, somebody
// steps on the scale, and each answer of the engine is held against the diary.

import Vitals

@testable import Attribution

extension World {
    /// Their lines open at once, at start and after a restart.
    func openBooth() {
        waitsForFinger = nil
        for cuff in 2...3 {
            engine.lineBack(World.cuffs[cuff], now: now)
            truth.note(.lineUp, cuff: cuff, at: time)
        }
        // Whose finger was in stays in; the hut sees it come as the line opens.
        if let finger, !finger.hasSettled { engine.measurementStarted(oximeter, now: now) }
    }

    func booth() {
        switch dice.roll(20) {
        case 0..<5: askOximeter()
        case 5..<12: moveFinger()
        case 12..<15: _ = truth.active(at: 0).map { ask(3, .visit($0.id)) }
        case 15..<18: weigh()
        case 18: stopAsking(2 + dice.roll(2))
        default: cutOximeter()
        }
    }

    private func askOximeter() {
        guard let open = truth.active(at: 0) else { return }
        waitsForFinger = nil
        askedByWaiting = false
        if !ask(2, .visit(open.id)) {
            // Somebody else's asking ends with this one; this one begins when the finger is out.
            for other in truth.visits where other.id != open.id {
                truth.note(.left(.visit(other.id)), cuff: 2, at: time)
            }
            waitsForFinger = open.id
        }
        if finger == nil, chance(70) { putIn(chance(80) ? open.resident : anybody()) }
    }

    private func moveFinger() {
        guard let inside = finger else { return putIn(anybody()) }
        if inside.hasSettled || chance(35) { return takeOut() }
        finger?.hasSettled = true
        deliverAtBooth(inside.measurement)
    }

    private func putIn(_ person: ResidentKey?) {
        var measurement = measurement(2, by: person)
        measurement.vital = .oxygenSaturation(
            OxygenSaturation(percent: 60 + nextID % 40, pulse: PerMinute(40 + nextID % 150)))
        finger = (measurement, false)
        truth.note(.began, cuff: 2, at: time)
        engine.measurementStarted(oximeter, now: now)
    }

    private func takeOut() {
        finger = nil
        engine.measurementLeft(oximeter, now: now)
        guard let waiting = waitsForFinger else { return }
        waitsForFinger = nil
        askedByWaiting = true
        truth.note(.asked(.visit(waiting)), cuff: 2, at: time)
    }

    private func cutOximeter() {
        engine.lineLost(oximeter, now: now)
        truth.note(.lineDown, cuff: 2, at: time)
        waitsForFinger = nil
        engine.lineBack(oximeter, now: now)
        truth.note(.lineUp, cuff: 2, at: time)
        if let finger, !finger.hasSettled { engine.measurementStarted(oximeter, now: now) }
    }

    private func weigh() {
        var measurement = measurement(3, by: anybody())
        measurement.vital = .weight(grams: 40_000 + nextID * 10)
        truth.note(.began, cuff: 3, at: time)
        deliverAtBooth(measurement)
    }

    private func deliverAtBooth(_ measurement: TrueMeasurement) {
        let device = DeviceReading(vital: measurement.vital, deviceTime: measurement.deviceTime)
        let attributed = engine.attribute(device, from: World.cuffs[measurement.cuff], now: now)
        check(attributed.keeping != .alreadyKept, "a reading of the booth lost")
        if attributed.owner.resident == nil { unowned += 1 } else { owned += 1 }
        if measurement.cuff == 2 { judgeFinger(measurement, attributed) } else { judgeWeight(measurement, attributed) }
        noteResult(attributed)
        truth.note(.delivered, cuff: measurement.cuff, at: time)
        if measurement.cuff == 2 { waitsForFinger = nil }
        onTheWay.append((measurement, attributed))
        if chance(80) { writeDown() }
    }

    /// Row 50 and rows 1 and 2 with a finger: one that began after the asking, and no other in between.
    private func judgeFinger(_ measurement: TrueMeasurement, _ attributed: Attributed) {
        if case .resident(let key, let visit) = attributed.owner {
            guard let visit else { return fail("row 43: nobody of the staff asked the oximeter") }
            check(truth.visit(visit)?.resident == key, "oxygen under another person than the visit's")
            check(truth.mayOwn(measurement, .visit(visit), now: time), "oxygen under one who had not asked before")
            check(!truth.wasInterrupted(measurement, .visit(visit)), "row 50: another finger between, and nobody asked")
            check(
                !truth.anotherCardLies(during: visit), "row 13: oxygen under a person although another's card was read")
            check(!truth.dead.contains(key), "row 53: oxygen under somebody who is not here")
        }
        guard let active = truth.active(at: 0) else {
            return check(attributed.visit == nil, "oxygen of a visit that is over")
        }
        let who = Who.visit(active.id)
        if attributed.says == .askWhose {
            check(truth.mayOwn(measurement, who, now: time), "row 50: asked about a finger that was in before")
        }
        let isRefused: Bool =
            switch attributed.owner {
            case .unclaimed(.notConfirmed, _), .unclaimed(.guest, _), .unclaimed(.residentNotHere, _), .resident: false
            case .unclaimed: true
            }
        let wasCounted = attributed.keeping == .countOnly
        let mustOwn = !askedByWaiting && truth.mustOwn(measurement, who, now: time)
        check(!isRefused || wasCounted || !mustOwn, "row 1: the finger was seen from in to out: \(attributed.owner)")
    }

    /// Rows 3, 4 and 51: nobody's before the answer, asked about when it may be the visit's, and the second one never.
    private func judgeWeight(_ measurement: TrueMeasurement, _ attributed: Attributed) {
        check(attributed.owner.resident == nil, "row 4: a weight under a person before the answer")
        let mayBe = truth.active(at: 0).map { truth.mayBeAsked(.visit($0.id), cuff: 3, now: time) } ?? false
        check(attributed.says != .askWhose || mayBe, "row 51: asked about a weight that nobody had asked for")
        let isOffered = attributed.says == .askWhose || attributed.says == .askNurse || attributed.keeping == .countOnly
        check(isOffered || !mayBe || !truth.isOpenLong(3, at: time), "row 4: never asked whose: \(attributed.owner)")
    }
}
