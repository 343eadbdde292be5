// The nurse at her station and the wristbands of the property test's world.

import Vitals

@testable import Attribution

extension World {
    func staff() {
        if session != nil, chance(30) {
            engine.staffSession(isOpen: false, at: booth1, now: now)
            closeSession()
            return
        }
        if let open = truth.active(at: 0) {
            leave(open.id)
            close(open.id)
        }
        engine.staffSession(isOpen: true, at: booth1, now: now)
        let key = resident(Int64(1 + dice.roll(4)))
        if let former = session ?? nil, former != key { truth.note(.left(.staff(former)), cuff: 0, at: time) }
        session = .some(key)
        if ask(0, .staff(key)), chance(70) { start(0, by: key, .heard) }
    }

    func closeSession() {
        if let key = session ?? nil { truth.note(.left(.staff(key)), cuff: 0, at: time) }
        session = nil
    }

    func changePairing() {
        let band = dice.roll(2)
        let moment = time + clockError
        let open = truth.pairings.lastIndex { $0.band == band && $0.end == nil }
        if let open, chance(40) {
            engine.unpaired(World.bands[band], at: now.hut)
            truth.pairings[open].end = moment
        } else if let open, chance(60) {
            let doubt = truth.pairings[open].doubts.lastIndex { $0.end == nil }
            engine.doubted(World.bands[band], doubt == nil, at: now.hut)
            if let doubt {
                truth.pairings[open].doubts[doubt].end = moment
            } else {
                truth.pairings[open].doubts.append((moment, nil))
            }
        } else {
            let wearer = resident(Int64(1 + dice.roll(4)))
            let taken = engine.paired(World.bands[band], to: wearer, at: now.hut)
            check(taken == (open == nil), "row 49: two open pairings of one band")
            if taken { truth.pairings.append(TruePairing(band: band, wearer: wearer, start: moment)) }
        }
    }

    func bandReading() {
        let band = dice.roll(2)
        let stamp = chance(50) ? time + clockError : time + clockError - Int64(dice.roll(400_000))
        nextID += 1
        let reading = DeviceReading(
            vital: .pulseRate(PerMinute(40 + nextID % 150)), deviceTime: nil, band: World.bands[band])
        let attributed = engine.attribute(
            reading, from: radio, measuredAt: HutTime(milliseconds: World.base.milliseconds + stamp), now: now)
        check(attributed.keeping == .record, "a band's reading lost")
        let wearers = truth.wearers(of: band, at: stamp)
        switch attributed.owner {
        case .resident(let key, nil):
            check(wearers.contains(key), "rows 46 to 48: under one who did not surely wear it then")
        case .resident: fail("a band's reading in a visit")
        case .unclaimed: check(wearers.isEmpty, "row 46: the wearer's own reading refused")
        }
    }
}
