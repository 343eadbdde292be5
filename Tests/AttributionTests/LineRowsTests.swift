// Rows 34, 35, 38 to 41: what the line, the memory, the restart and the clocks do to a reading.

import Testing
import Vitals

@testable import Attribution

@Suite struct LineRowsTests {
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

    @Test func `row 34: its device may be told once the first is on disk, and not before`() {
        let room = Room()
        let clock = CivilTime(year: 2026, month: 11, day: 21, hour: 9, minute: 14)
        let first = room.result(at: clock)
        #expect(!room.attribution.isOnDisk(room.result(at: clock)))
        _ = room.record(first)
        #expect(room.attribution.isOnDisk(room.result(at: clock)))
        let other = room.result(pressure(150), at: clock)
        #expect(other.keeping == .record && !room.attribution.isOnDisk(other))
    }

    @Test func `row 34: what came before a restart is known when it is sent again`() {
        let before = Room()
        let clock = CivilTime(year: 2026, month: 11, day: 21, hour: 9, minute: 14)
        let (stamped, bare) = (before.result(at: clock).reading, before.result(from: cuff2).reading)
        let room = Room()
        room.now = before.now
        room.wait(20)
        for reading in [stamped, bare] { room.attribution.remember(reading, now: room.now) }
        room.wait(4.999)
        let again = room.result(at: clock)
        #expect(again.keeping == .alreadyKept && room.attribution.isOnDisk(again))
        // Without a device time, only until it can have measured again: 25 s.
        #expect(room.result(from: cuff2).keeping == .alreadyKept)
        room.wait(0.001)
        #expect(room.result(from: cuff2).keeping == .record)
        room.wait(86_400)
        #expect(room.result(at: clock).keeping == .alreadyKept)
    }

    @Test func `row 34: a clock set back at the restart makes nothing older than now`() {
        let before = Room()
        let bare = before.result(from: cuff2).reading
        let room = Room()
        room.now = Now(hut: bare.receivedAt + .seconds(-3_600), monotonic: room.now.monotonic)
        room.attribution.remember(bare, now: room.now)
        room.wait(24.999)
        #expect(room.result(from: cuff2).keeping == .alreadyKept)
        room.wait(0.001)
        #expect(room.result(from: cuff2).keeping == .record)
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

    @Test(arguments: [(0.0, true), (5, true), (5.001, false)])
    func `row 35: a result handed over in the start-up window was waiting inside`(seconds: Double, isPending: Bool) {
        let room = Room()
        room.lineLost(cuff1)
        room.wait(60)
        room.lineBack(cuff1)
        room.open(1)
        room.wait(seconds)
        let reading = room.result()
        #expect(reading.owner == (isPending ? unclaimed(.pending) : unclaimed(.notAsked, 1)))
        #expect(reading.says == (isPending ? .nothing : .notYours))
    }

    @Test func `row 35: a result that was waiting inside does not answer an asking of the start-up window`() {
        let room = Room()
        room.lineLost()
        room.wait(60)
        room.lineBack()
        room.open(1)
        room.ask(1)
        room.wait(2)
        #expect(room.result(pressure(160)).owner == unclaimed(.pending, 1))
        room.wait(10)
        room.start()
        room.wait(40)
        #expect(room.result().owner == owned(by: 1))
    }

    @Test func `row 35: pressure first heard in the start-up window may have begun before the asking`() {
        let room = Room()
        room.lineLost(cuff1)
        room.wait(60)
        room.lineBack(cuff1)
        room.open(1)
        #expect(room.ask(1) == .asked)
        room.wait(1)
        room.start()
        room.wait(30)
        #expect(room.result().owner == unclaimed(.beganBefore, 1))
    }

    @Test func `row 35: what the hut itself started in the start-up window began then`() {
        let room = Room()
        room.lineLost(cuff1)
        room.wait(60)
        room.lineBack(cuff1)
        room.open(1)
        room.ask(1)
        room.start(by: .hut)
        room.wait(30)
        #expect(room.result().owner == owned(by: 1))
    }

    @Test func `row 35: a memory record is nobody's, and the asking goes on`() {
        let room = Room()
        room.open(1)
        room.ask(1)
        room.start()
        let old = DeviceReading(vital: pressure(170, 100), memorySlot: 3)
        let memory = room.attribution.attribute(old, from: cuff1, now: room.now)
        #expect(memory.owner == unclaimed(.memory) && memory.reading.timeConfidence == .timeFault)
        room.wait(30)
        #expect(room.result().owner == owned(by: 1))
    }

    @Test(arguments: [(0.5, UnclaimedReason.lineBroke), (10, .lineBroke), (10.001, .pending)])
    func `row 38: a cable pulled while measuring and back within 10 s`(gap: Double, reason: UnclaimedReason) {
        let room = Room()
        room.open(1)
        room.ask(1)
        room.start()
        room.wait(10)
        room.lineLost(cuff1)
        room.wait(gap)
        #expect(room.ask(1) == .notReady(.lineDown))
        room.lineBack(cuff1)
        room.wait(3)
        let reading = room.result()
        #expect(reading.owner == unclaimed(reason, 1) && reading.says == .nothing)
    }

    @Test func `row 38: pressure after the cable is back belongs to the measurement that was cut`() {
        let room = Room()
        room.open(1)
        room.ask(1)
        room.start()
        room.lineLost(cuff1)
        room.wait(5)
        room.lineBack(cuff1)
        #expect(room.ask(1) == .notReady(.cuffBusy))
        room.start()
        room.wait(20)
        room.start()
        #expect(room.result().owner == unclaimed(.lineBroke, 1))
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

    @Test func `row 41: an instrument with an unset clock measures as any other, its time is kept and not used`() {
        let room = Room()
        room.open(1)
        room.ask(1)
        room.start()
        room.wait(40)
        let unset = CivilTime(year: 2000, month: 1, day: 1, hour: 0, minute: 0)
        let reading = room.result(at: unset)
        #expect(reading.owner == owned(by: 1) && reading.reading.deviceTime == unset)
        #expect(reading.reading.measuredAt == room.now.hut && reading.reading.timeConfidence == .ok)
    }
}
