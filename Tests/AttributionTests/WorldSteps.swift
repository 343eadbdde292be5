// What people, cuffs and cables do in the world of the property test, one random thing at a time.

import Vitals

@testable import Attribution

extension World {
    func step() {
        if chance(20) { return booth() }
        switch dice.roll(100) {
        case 0..<12: openVisit(at: dice.roll(2))
        case 12..<16: endVisit(at: dice.roll(2))
        case 16..<19: rest(at: dice.roll(2))
        case 19..<22: resume()
        case 22..<42: askThenPerhapsStart(dice.roll(2))
        case 42..<46: readCard(at: dice.roll(2))
        case 46..<50: stopAsking(dice.roll(2))
        case 50..<62: start(dice.roll(2), by: anybody(), .heard)
        case 62..<66: cutLine(dice.roll(2))
        case 66..<68: sendAgain(dice.roll(2))
        case 68..<70: hearOld(dice.roll(2))
        case 70..<80: answer()
        case 80..<83: denyEverything()
        case 83..<85: restart()
        case 85..<88: staff()
        case 88..<90: setClock()
        case 90..<91: changeStatus()
        case 91..<94: changePairing()
        default: bandReading()
        }
    }

    func anybody() -> ResidentKey? {
        let n = dice.roll(6)
        return n == 0 ? nil : resident(Int64(min(n, 4)))
    }

    // MARK: Visits

    private func openVisit(at station: Int) {
        if let former = truth.active(at: station) {
            // The row-15 control is the hut's to ask for; most change of persons waits, some do not (K24, a pulled card).
            if engine.isCuffWorking(former.id), chance(70) { return }
            leave(former.id)
        }
        nextID += 1
        let id = visit(Int64(nextID))
        var new = TrueVisit(id: id, station: station, resident: resident(Int64(1 + dice.roll(4))))
        var owner = VisitOwner.resident(new.resident ?? resident(1))
        if chance(12) {
            new.resident = nil
            new.keepsNothing = chance(50)
            owner = .guest(keeps: !new.keepsNothing, number: chance(50) ? "047" : nil)
        }
        let former = engine.visitOpened(id, owner: owner, at: World.stations[station], now: now)
        check(former == truth.active(at: station)?.id, "the visit that was displaced is not the one that was active")
        if let former { close(former) }
        if station == 0 { closeSession() }
        truth.visits.append(new)
        if chance(75) { askThenPerhapsStart(station) }
    }

    private func endVisit(at station: Int) {
        guard let open = truth.active(at: station) else { return }
        checkRow15(open)
        let forced = chance(20)
        guard forced || !engine.isCuffWorking(open.id) else { return }
        engine.visitEnded(open.id, forced ? .takenByStaff : .left, now: now)
        leave(open.id)
        close(open.id)
    }

    /// The cuff works for this visit, heard and in time: the engine must say so, or the visit could end (row 15).
    private func checkRow15(_ open: TrueVisit) {
        guard let one = running[0], open.station == 0, truth.mustOwn(one.measurement, .visit(open.id), now: time) else {
            return
        }
        check(engine.isCuffWorking(open.id), "row 15: the cuff works and the visit might end")
    }

    private func rest(at station: Int) {
        guard let open = truth.active(at: station), let index = truth.visits.firstIndex(where: { $0.id == open.id })
        else { return }
        guard engine.visitRested(open.id, now: now) else {
            return check(engine.isCuffWorking(open.id), "an idle visit may not rest")
        }
        leave(open.id)
        truth.visits[index].isActive = false
        truth.visits[index].restingSince = time
    }

    /// Somebody lays down a card in the middle of a visit; whether it is the visitor's own is known at once or later.
    private func readCard(at station: Int) {
        if !lookedUp.isEmpty, chance(50) {
            let visit = lookedUp.removeFirst()
            engine.ownCardRead(during: visit)
            return truth.note(.ownCard(visit), cuff: -1, at: time)
        }
        guard let open = truth.active(at: station) else { return }
        engine.cardRead(during: open.id)
        truth.note(.cardRead(open.id), cuff: -1, at: time)
        if chance(40) { lookedUp.append(open.id) }
    }

    private func resume() {
        let resting = truth.visits.indices.filter { truth.visits[$0].restingSince != nil }
        guard !resting.isEmpty else { return }
        let index = resting[dice.roll(resting.count)]
        let (one, since) = (truth.visits[index], truth.visits[index].restingSince ?? 0)
        let isFree = truth.active(at: one.station) == nil && time - since <= 30 * 60_000
        let came = engine.visitResumed(one.id, now: now)
        check(came == isFree, "rows 19, 20: came back \(came), might \(isFree)")
        guard came else { return }
        truth.visits[index].restingSince = nil
        truth.visits[index].isActive = true
        if one.station == 0 { closeSession() }
    }

    func leave(_ id: VisitID) {
        for cuff in 0...3 { truth.note(.left(.visit(id)), cuff: cuff, at: time) }
        if waitsForFinger == id { waitsForFinger = nil }
    }

    func close(_ id: VisitID) {
        guard let index = truth.visits.firstIndex(where: { $0.id == id }) else { return }
        truth.visits[index].isActive = false
        truth.visits[index].restingSince = nil
    }

    // MARK: Asking and measuring

    private func askThenPerhapsStart(_ cuff: Int) {
        guard let open = truth.active(at: cuff) else { return }
        guard ask(cuff, .visit(open.id)) else { return }
        guard chance(70) else { return }
        // Mostly the one who asked; sometimes the wife's arm, which nobody can see (row 11).
        let person = chance(85) ? open.resident : anybody()
        if cuff == 0, chance(30) {
            check(engine.mayStart(cuff1), "H-32: asked, and the hut may not start")
            start(cuff, by: person, .hut)
        } else if chance(50) {
            start(cuff, by: person, .heard)
        }
    }

    func ask(_ cuff: Int, _ who: Who) -> Bool {
        let answer =
            switch who {
            case .visit(let id): engine.ask(World.cuffs[cuff], for: id, arm: .left, rested: .no, now: now)
            case .staff(let key): engine.ask(World.cuffs[cuff], by: nurse, for: key, arm: .left, now: now)
            }
        guard answer == .asked else {
            let isEmpty = cuff != 2 || finger == nil
            let isReady = isUp[cuff] && isEmpty && truth.isSurelyIdle(cuff, now: time)
            check(!isReady, "an idle cuff may not be asked: \(answer)")
            return false
        }
        check(isUp[cuff], "asked through a line that is down")
        truth.note(.asked(who), cuff: cuff, at: time)
        return true
    }

    func stopAsking(_ cuff: Int) {
        guard let open = truth.active(at: cuff < 2 ? cuff : 0) else { return }
        if cuff == 2 { waitsForFinger = nil }
        engine.stopAsking(World.cuffs[cuff], for: open.id, now: now)
        truth.note(.left(.visit(open.id)), cuff: cuff, at: time)
    }

    /// Somebody's arm is in and the cuff begins, whether the hut can see it or not.
    func start(_ cuff: Int, by person: ResidentKey?, _ starter: Starter) {
        guard running[cuff] == nil else { return }
        // A cuff that begins anew has handed over its old results or forgotten them.
        if cuff == 0 { delayed.removeAll { $0.measurement.cuff == 0 } }
        let measurement = measurement(cuff, by: person)
        truth.note(.began, cuff: cuff, at: time)
        let shortest = Truth.atLeast[cuff]
        let lasts = chance(5) ? 100_000 + Int64(dice.roll(60_000)) : shortest + Int64(dice.roll(40_000))
        let fate: Fate =
            switch dice.roll(20) {
            case 0: .error
            case 1: .silent
            case 2: .late
            default: .result
            }
        running[cuff] = (measurement, time + lasts, fate)
        if cuff == 0, isUp[0] { showPressure(starter) }
    }

    func measurement(_ cuff: Int, by person: ResidentKey?) -> TrueMeasurement {
        nextID += 1
        let systolic = 100 + Int(person?.rawValue ?? 5) * 12 + dice.roll(20)
        // Unlike any other of the case, so that only what is sent again is the same.
        let vital = pressure(systolic, 40 + nextID % 50, pulse: 60 + dice.roll(30))
        let clock = CivilTime(year: 2026, month: 11, day: 1 + nextID % 28, hour: nextID / 28 % 24, minute: nextID % 60)
        return TrueMeasurement(
            id: nextID, cuff: cuff, person: person, began: truth.placeOfNext, beganAt: time, vital: vital,
            deviceTime: chance(70) ? clock : nil)
    }
}
