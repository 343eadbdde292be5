// Rows 6 to 8, 18 to 20, 24 to 28, 34, 39, 40, 43 to 45, 53: the bystander, the bench, the guest, the nurse, the restart.

import Testing
import Vitals

@testable import Attribution

@Suite struct PlaceRowsTests {
    @Test func `row 6: the husband on the scale gets a small line and no owner`() {
        let room = Room()
        room.open(1)
        let reading = room.result(.weight(grams: 81_000), from: scale)
        #expect(reading.owner == unclaimed(.notAsked, 1) && reading.says == .smallLine(.weight))
    }

    @Test func `row 6: asking the cuff does not ask the scale`() {
        let room = Room()
        room.open(1)
        room.ask(1)
        room.start()
        room.wait(20)
        #expect(room.result(.weight(grams: 81_000), from: scale).owner == unclaimed(.notAsked, 1))
        #expect(room.result().owner == owned(by: 1))
    }

    @Test(arguments: [cuff1, cuff2])
    func `row 7: a cuff result on any other screen is O1`(cuff: InstrumentID) {
        let room = Room()
        room.open(1, at: cuff == cuff1 ? booth1 : booth2)
        room.wait(30)
        let reading = room.result(from: cuff)
        #expect(reading.owner == unclaimed(.notAsked, 1) && reading.says == .notYours)
    }

    @Test(arguments: [cuff1, cuff2])
    func `row 7: leaving the measuring screen ends the asking, even while the cuff works`(cuff: InstrumentID) {
        let room = Room()
        room.open(1, at: cuff == cuff1 ? booth1 : booth2)
        room.ask(1, cuff)
        room.start(cuff)
        room.wait(5)
        room.stopAsking(1, cuff)
        room.wait(30)
        #expect(room.result(from: cuff).owner == unclaimed(.notAsked, 1))
    }

    @Test func `row 8: a cuff used without a visit waits on the attract screen`() {
        let room = Room()
        room.start()
        room.wait(40)
        let reading = room.result()
        #expect(reading.owner == unclaimed(.noVisit) && reading.says == .unownedAtAttract)
    }

    @Test func `row 18: one resting on the bench owns nothing, the active one who asked does`() {
        let room = Room()
        room.open(1)
        #expect(room.rest(1))
        #expect(room.ask(1) == .notReady(.notActive))
        room.open(2)
        #expect(room.measure(2).0.owner == owned(by: 2))
    }

    @Test func `row 18: going to the bench takes the asking along`() {
        let room = Room()
        room.open(1, at: booth2)
        room.ask(1, cuff2)
        #expect(room.rest(1))
        room.wait(40)
        #expect(room.result(from: cuff2).owner == unclaimed(.notAsked, 1))
    }

    @Test func `row 19: nobody comes back from the bench while another is active`() {
        let room = Room()
        room.open(1)
        #expect(room.rest(1))
        room.open(2)
        #expect(!room.resume(1))
        room.end(2)
        #expect(room.resume(1))
        #expect(room.measure(1).0.owner == owned(by: 1))
    }

    @Test(arguments: [(29.99, true), (30, true), (30.001, false)])
    func `row 20: the bench lasts 30 minutes`(minutes: Double, mayReturn: Bool) {
        let room = Room()
        room.open(1)
        #expect(room.rest(1))
        room.wait(minutes * 60)
        #expect(room.overdueVisits() == (mayReturn ? [] : [visit(1)]))
        #expect(room.resume(1) == mayReturn)
    }

    @Test func `row 20: the bench is over by itself at the instant named, and asked for or not`() throws {
        let room = Room()
        room.open(1)
        #expect(room.rest(1))
        room.wait(try #require(room.attribution.deadline) - room.now.monotonic)
        #expect(!room.resume(1))
        #expect(room.overdueVisits() == [visit(1)])
        #expect(room.attribution.deadline == nil && room.attribution.openVisit(of: resident(1)) == nil)
    }

    @Test(arguments: [Helper.resident(resident(7)), .unnamed, .staff(nurse)])
    func `rows 24 and 26: the resident is measured, the helper is recorded`(helper: Helper) {
        let room = Room()
        room.open(1, helper: helper)
        let (reading, _) = room.measure(1)
        #expect(reading.owner == owned(by: 1) && reading.reading.helper == helper)
    }

    @Test(arguments: [String?.none, "047"])
    func `rows 25 and 27: a guest who keeps it has an unclaimed reading, hinted by the number he typed`(number: String?)
    {
        let room = Room()
        room.attribution.visitOpened(
            visit(1), owner: .guest(keeps: true, number: number), at: booth1, now: room.now)
        let (reading, _) = room.measure(1)
        #expect(reading.owner == .unclaimed(.guest, hint: number.map(Hint.number) ?? .visit(visit(1))))
        #expect(reading.says == .show && reading.keeping == .record)
    }

    @Test func `row 28: a guest who keeps nothing is counted, and the value is there to be tried for a crisis`() {
        let room = Room()
        room.attribution.visitOpened(visit(1), owner: .guest(keeps: false, number: nil), at: booth1, now: room.now)
        let (reading, _) = room.measure(1, pressure(210, 125))
        #expect(reading.keeping == .countOnly && reading.says == .show)
        #expect(reading.reading.vital == pressure(210, 125))
        #expect(reading.owner.resident == nil)
    }

    @Test func `row 28: what a guest who keeps nothing did not ask for is kept for its owner`() {
        let room = Room()
        room.attribution.visitOpened(visit(1), owner: .guest(keeps: false, number: nil), at: booth1, now: room.now)
        #expect(room.result().keeping == .record)
    }

    @Test func `row 28: a counted reading has no record to deny`() {
        let room = Room()
        room.attribution.visitOpened(visit(1), owner: .guest(keeps: false, number: nil), at: booth2, now: room.now)
        room.ask(1, cuff2)
        room.wait(40)
        let (reading, sequence) = room.recorded(from: cuff2)
        #expect(reading.keeping == .countOnly && reading.says == .askWhose)
        #expect(room.deny(sequence, 1) == .nothingKept)
        #expect(room.denyAll(1) == [])
    }

    @Test func `row 34: the same device time and values are the same result`() {
        let room = Room()
        room.open(1)
        room.ask(1)
        room.start()
        room.wait(40)
        let clock = CivilTime(year: 2026, month: 11, day: 21, hour: 9, minute: 14)
        #expect(room.result(at: clock).owner == owned(by: 1))
        room.wait(90)
        room.ask(1)
        let again = room.result(at: clock)
        #expect(again.keeping == .alreadyKept && again.says == .nothing)
        room.start()
        room.wait(40)
        #expect(room.result(pressure(136), at: clock).owner == owned(by: 1))
    }

    @Test func `row 34, H-05: what the disk refused is new when it is sent again`() {
        let room = Room()
        let clock = CivilTime(year: 2026, month: 11, day: 21, hour: 9, minute: 14)
        room.open(1)
        room.ask(1)
        room.start()
        room.wait(40)
        room.attribution.notRecorded(room.result(at: clock))
        room.wait(2)
        let again = room.result(at: clock)
        #expect(again.keeping == .record && again.owner == unclaimed(.notAsked, 1))
        #expect(room.denyAll(1) == [])
    }

    @Test func `row 34: equal values at another device time are another result`() {
        let room = Room()
        let clock = CivilTime(year: 2026, month: 11, day: 21, hour: 9, minute: 14)
        #expect(room.result(at: clock).keeping == .record)
        #expect(room.result(at: CivilTime(year: 2026, month: 11, day: 21, hour: 9, minute: 15)).keeping == .record)
    }

    @Test(arguments: [(14.999, Attributed.Keeping.alreadyKept), (15, .record)])
    func `row 34: without a device time equal values are one result until the cuff can have measured again`(
        seconds: Double, keeping: Attributed.Keeping
    ) {
        let room = Room()
        _ = room.result()
        room.wait(seconds)
        #expect(room.result().keeping == keeping)
    }

    @Test func `rows 34 and 41: where a seen measurement is due, equal values of a stuck clock are asked for`() {
        let room = Room()
        let stuck = CivilTime(year: 2000, month: 1, day: 1, hour: 0, minute: 0)
        room.open(1)
        room.ask(1)
        room.start()
        room.wait(40)
        #expect(room.result(at: stuck).owner == owned(by: 1))
        room.wait(60)
        room.ask(1)
        room.start()
        room.wait(14)
        #expect(room.result(at: stuck).keeping == .alreadyKept)
        room.wait(26)
        let second = room.result(at: stuck)
        #expect(second.owner == unclaimed(.notConfirmed, 1) && second.says == .askWhose)
        #expect(room.confirm(room.record(second), 1) == .confirmed(owned(by: 1)))
    }

    @Test func `row 39: after a restart the running measurement is nobody's, the open visit is the hint`() {
        let room = Room()
        room.attribution = Attribution(instruments: Room.manners)
        room.attribution.hutStarted(openVisits: [booth1: visit(1)], at: room.now)
        room.wait(1)
        room.lineBack(cuff1)
        room.start()
        #expect(room.attribution.activeVisit(at: booth1) == nil)
        room.wait(20)
        let reading = room.result()
        #expect(reading.owner == unclaimed(.restart, 1) && reading.says == .unownedAtAttract)
    }

    @Test func `row 39: a visit begun after the restart does not get the measurement that ran through it`() {
        let room = Room()
        room.attribution = Attribution(instruments: Room.manners)
        room.attribution.hutStarted(openVisits: [booth1: visit(1)], at: room.now)
        room.lineBack(cuff1)
        room.open(2)
        room.start()
        #expect(room.ask(2) == .notReady(.cuffBusy))
        room.wait(20)
        let reading = room.result()
        #expect(reading.owner == unclaimed(.restart, 1) && reading.says == .notYours)
    }

    @Test func `row 39: where no visit was open a result of the start-up window is pending`() {
        let room = Room()
        room.attribution = Attribution(instruments: Room.manners)
        room.attribution.hutStarted(openVisits: [:], at: room.now)
        room.lineBack(cuff2)
        #expect(room.result(from: cuff2).owner == unclaimed(.pending))
    }

    @Test(arguments: [-3_600, 3_600])
    func `row 40: a clock set during a visit changes no interval, the reading carries it`(seconds: Int) {
        let room = Room()
        room.open(1)
        room.ask(1)
        room.start()
        room.now.hut = room.now.hut + .seconds(seconds)
        room.attribution.clockChanged(now: room.now)
        room.wait(40)
        let reading = room.result()
        #expect(reading.owner == owned(by: 1) && reading.reading.timeConfidence == .clockChanged)
        room.end(1)
        room.open(2)
        #expect(room.measure(2).0.reading.timeConfidence == .ok)
    }

    @Test func `row 40: an untrusted clock is carried by every reading`() {
        let room = Room()
        room.attribution.clockIsTrusted = false
        #expect(room.result().reading.timeConfidence == .clockUntrusted)
    }

    @Test func `row 43: the nurse's asking gives the reading to the resident on her screen, source staff`() {
        let room = Room()
        room.staffSession(isOpen: true)
        #expect(room.askAsStaff(for: 3) == .asked)
        room.start()
        room.wait(40)
        let reading = room.result()
        #expect(reading.owner == .resident(resident(3), visit: nil) && reading.says == .staffResult)
        #expect(reading.reading.source == .cuffStaff && reading.reading.helper == .staff(nurse))
        #expect(reading.reading.arm == .left)
    }

    @Test func `row 43: without her session the nurse cannot ask, and her asking ends with it`() {
        let room = Room()
        #expect(room.askAsStaff(for: 3) == .notReady(.notActive))
        room.staffSession(isOpen: true)
        #expect(room.askAsStaff(for: 3) == .asked)
        room.start()
        room.staffSession(isOpen: false)
        room.wait(30)
        #expect(room.result().owner == unclaimed(.notAsked))
    }

    @Test func `row 43: a visitor who sits down ends the nurse's asking`() {
        let room = Room()
        room.staffSession(isOpen: true)
        #expect(room.askAsStaff(for: 3) == .asked)
        room.open(1)
        room.start()
        room.wait(30)
        #expect(room.result().owner == unclaimed(.notAsked, 1))
    }

    @Test func `row 44: the nurse's open session owns no cuff`() {
        let room = Room()
        room.staffSession(isOpen: true)
        let reading = room.result()
        #expect(reading.owner == unclaimed(.notAsked) && reading.says == .staffUnclaimed)
    }

    @Test func `row 44: a session that takes over a visit leaves its measurement to nobody`() {
        let room = Room()
        room.open(1)
        room.ask(1)
        room.start()
        room.staffSession(isOpen: true)
        #expect(room.askAsStaff(for: 3) == .notReady(.cuffBusy))
        room.wait(30)
        let reading = room.result()
        #expect(reading.owner == unclaimed(.visitChanged, 1) && reading.says == .staffUnclaimed)
    }

    @Test func `row 45: a typed value is the resident's, manual, with who typed it and where`() {
        let room = Room()
        let typed = room.attribution.typed(
            pressure(), for: resident(3), by: nurse, arm: .left, place: "home visit", now: room.now)
        #expect(typed.owner == .resident(resident(3), visit: nil))
        #expect(typed.reading.source == .manual && typed.reading.helper == .staff(nurse))
        #expect(typed.reading.raw == Array("home visit".utf8) && typed.reading.arm == .left)
    }

    @Test(arguments: [ResidentStatus.dead, .moved])
    func `row 53: a resident recorded dead or moved owns no new reading`(status: ResidentStatus) {
        let room = Room()
        room.attribution.residentStatus(resident(1), status)
        room.open(1)
        let (reading, _) = room.measure(1)
        #expect(reading.owner == unclaimed(.residentNotHere, 1) && reading.says == .askNurse)
        room.attribution.residentStatus(resident(1), .here)
        #expect(room.measure(1).0.owner == owned(by: 1))
    }

    @Test func `row 53: nor through the nurse, a typed value or a band`() {
        let room = Room(notHere: [resident(3)])
        room.staffSession(isOpen: true)
        #expect(room.askAsStaff(for: 3) == .asked)
        room.start()
        room.wait(40)
        #expect(room.result().owner == unclaimed(.residentNotHere))
        let typed = room.attribution.typed(pressure(), for: resident(3), by: nurse, place: "", now: room.now)
        #expect(typed.owner == unclaimed(.residentNotHere))
        #expect(room.pair(3))
        #expect(room.bandReading().owner == unclaimed(.residentNotHere))
    }

    @Test func `H-20: two booths never serve each other's visits`() {
        let room = Room()
        room.open(1)
        room.open(2, at: booth2)
        #expect(room.ask(1, cuff2) == .notReady(.notActive))
        #expect(room.ask(2, cuff1) == .notReady(.notActive))
        room.ask(1)
        room.ask(2, cuff2)
        room.start()
        room.wait(40)
        #expect(room.result(from: cuff2).owner == unclaimed(.notConfirmed, 2))
        #expect(room.result().owner == owned(by: 1))
    }

    @Test func `H-32: the hut may start a cuff only between the key and the start`() {
        let room = Room()
        #expect(!room.attribution.mayStart(cuff1))
        room.open(1)
        #expect(!room.attribution.mayStart(cuff1))
        room.ask(1)
        #expect(room.attribution.mayStart(cuff1))
        room.start(by: .hut)
        #expect(!room.attribution.mayStart(cuff1))
        room.open(2, at: booth2)
        room.ask(2, cuff2)
        #expect(!room.attribution.mayStart(cuff2))
    }
}
