// What goes wrong around the people in the world of the property test: lines that break, results that come again or from
// long ago, a restart, a clock that is set, a resident recorded dead.

import Vitals

@testable import Attribution

extension World {
    func cutLine(_ cuff: Int) {
        guard isUp[cuff] else { return }
        engine.lineLost(World.cuffs[cuff], now: now)
        truth.note(.lineDown, cuff: cuff, at: time)
        isUp[cuff] = false
        lineUpAt[cuff] = time + (chance(60) ? Int64(dice.roll(10_000)) : Int64(dice.roll(60_000)))
    }

    /// A cuff that shows its start sends nothing old while it works, nor so soon after as if it were the result.
    private func maySendOld(_ cuff: Int) -> Bool {
        isUp[cuff] && (cuff == 1 || running[0] == nil && time - quietSince > 12_000)
    }

    /// Row 34: the last result once more.
    func sendAgain(_ cuff: Int) {
        guard let last = lastDelivered[cuff], last.deviceTime != nil, maySendOld(cuff) else { return }
        let again = engine.attribute(
            DeviceReading(vital: last.vital, deviceTime: last.deviceTime), from: World.cuffs[cuff], now: now)
        if again.keeping == .alreadyKept { return check(again.visit == nil, "row 34: kept once, shown twice") }
        // Only where a measurement that was asked for was due, and then only the person can say.
        check(again.owner.resident == nil, "row 34: twice under a person")
        noteResult(again)
        truth.note(.delivered, cuff: cuff, at: time)
        onTheWay.append((last, again))
    }

    /// A result of a stranger from long ago, out of nowhere.
    func hearOld(_ cuff: Int) {
        guard maySendOld(cuff) else { return }
        var old = measurement(cuff, by: nil)
        old.began = -1
        old.beganAt = -1_000_000
        deliver(old)
    }

    func restart() {
        let open = truth.visits.filter(\.isActive)
        engine = Attribution(
            instruments: World.manners,
            pairings: truth.pairings.map { pairing in
                Pairing(
                    band: World.bands[pairing.band], wearer: pairing.wearer, start: hut(pairing.start),
                    end: pairing.end.map(hut),
                    doubts: pairing.doubts.map { Pairing.Doubt(start: hut($0.start), end: $0.end.map(hut)) })
            }, notHere: truth.dead)
        onTheWay = []
        session = nil
        engine.hutStarted(
            openVisits: Dictionary(
                open.map { (World.stations[$0.station], $0.id) }, uniquingKeysWith: { first, _ in first }), at: now)
        for index in truth.visits.indices { close(truth.visits[index].id) }
        for cuff in 0...1 {
            truth.note(.restarted, cuff: cuff, at: time)
            isUp[cuff] = false
            lineUpAt[cuff] = time + Int64(dice.roll(4_000))
        }
        for cuff in 2...3 { truth.note(.restarted, cuff: cuff, at: time) }
        openBooth()
        for index in records.indices { records[index].isAnswered = true }
    }

    private func hut(_ moment: Int64) -> HutTime { HutTime(milliseconds: World.base.milliseconds + moment) }

    func setClock() {
        clockError += Int64(dice.roll(7_200_000)) - 3_600_000
        engine.clockChanged(now: now)
    }

    func changeStatus() {
        let key = resident(4)
        if truth.dead.remove(key) == nil { truth.dead.insert(key) }
        engine.residentStatus(key, truth.dead.contains(key) ? .dead : .here)
    }
}
