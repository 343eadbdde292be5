// Rows 1 to 5, 14 to 17, 31 to 35, 38 to 41: one cuff, who asked it, and when its measurement began.

import Testing
import Vitals

@testable import Attribution

@Suite struct CuffRowsTests {
    @Test func `row 1: asked, then started, then a result is the visit's and is shown`() {
        let room = Room()
        room.open(1)
        let (reading, _) = room.measure(1)
        #expect(reading.owner == owned(by: 1))
        #expect(reading.says == .show && reading.keeping == .record && reading.visit == visit(1))
        #expect(reading.reading.source == .cuffStation && reading.reading.station == booth1)
        #expect(reading.reading.arm == .right && reading.reading.rested == .byClock(seconds: 300))
    }

    @Test func `row 1: the result ends the asking, the next one is nobody's`() {
        let room = Room()
        room.open(1)
        _ = room.measure(1)
        room.wait(30)
        #expect(room.result(pressure(120, 70)).owner == unclaimed(.notAsked, 1))
    }

    @Test func `row 1: the last pressure after a result is not the start of the next measurement`() {
        let room = Room()
        room.open(1)
        _ = room.measure(1)
        for _ in 0..<4 {
            room.wait(0.5)
            room.start()
        }
        #expect(room.ask(1) == .notReady(.cuffBusy))
        room.wait(58)
        #expect(room.measure(1, pressure(136)).0.owner == owned(by: 1))
    }

    @Test func `row 1: pressure that goes on long after a result is somebody's next measurement`() {
        let room = Room()
        room.open(1)
        _ = room.measure(1)
        for _ in 0..<20 {
            room.wait(1)
            room.start()
        }
        #expect(room.ask(1) == .notReady(.cuffBusy))
        room.wait(10)
        #expect(room.result(pressure(160)).owner == unclaimed(.beganBefore, 1))
    }

    @Test func `row 2: a start seen before the asking makes the result began-before`() {
        let room = Room()
        room.open(1)
        room.start()
        room.wait(3)
        #expect(room.ask(1) == .notReady(.cuffBusy))
        room.start()
        room.wait(30)
        let reading = room.result()
        #expect(reading.owner == unclaimed(.beganBefore, 1) && reading.says == .notYours)
        #expect(reading.reading.arm == .notSaid)
    }

    @Test func `row 2: a cuff that shows its start and was not seen starting did not begin after the asking`() {
        let room = Room()
        room.open(1)
        room.ask(1)
        room.wait(60)
        #expect(room.result().owner == unclaimed(.beganBefore, 1))
    }

    @Test(arguments: [(0.0, false), (10, false), (24.999, false), (25, true), (40, true), (120, true)])
    func `rows 3 and 4: a result-only cuff is believed from atLeast on, and then only asks`(
        seconds: Double, isAsked: Bool
    ) {
        let room = Room()
        room.open(1, at: booth2)
        #expect(room.ask(1, cuff2) == .asked)
        room.wait(seconds)
        let reading = room.result(from: cuff2)
        #expect(reading.owner == (isAsked ? unclaimed(.notConfirmed, 1) : unclaimed(.beganBefore, 1)))
        #expect(reading.says == (isAsked ? .askWhose : .notYours))
    }

    @Test func `row 4: it was me gives the result-only reading to the visit`() {
        let room = Room()
        room.open(1, at: booth2)
        room.ask(1, cuff2)
        room.wait(45)
        let (_, sequence) = room.recorded(from: cuff2)
        room.wait(10)
        #expect(room.confirm(sequence, 1) == .confirmed(owned(by: 1)))
    }

    @Test(arguments: [(10.0, Attributed.Says.show), (10.001, .askWhose)])
    func `row 4: a result long after the last pressure may be an older one, so its person is asked`(
        seconds: Double, says: Attributed.Says
    ) {
        let room = Room()
        room.open(1)
        room.ask(1)
        for _ in 0..<20 {
            room.wait(1)
            room.start()
        }
        room.wait(seconds)
        #expect(room.result().says == says)
    }

    @Test func `row 14: after a change of person the running measurement is nobody's and the cuff is busy`() {
        let room = Room()
        room.open(1)
        room.ask(1)
        room.start()
        room.wait(10)
        room.open(2)
        #expect(room.ask(2) == .notReady(.cuffBusy))
        room.wait(20)
        let reading = room.result()
        #expect(reading.owner == unclaimed(.visitChanged, 1) && reading.says == .notYours)
        #expect(reading.reading.arm == .right)
        #expect(room.ask(2) == .asked)
    }

    @Test func `row 14: the newcomer's asking is not served by the pressure of the former measurement`() {
        let room = Room()
        room.open(1)
        room.ask(1)
        room.start()
        room.open(2)
        for _ in 0..<60 {
            room.ask(2)
            room.start()
            room.wait(1)
        }
        #expect(room.result().owner == unclaimed(.visitChanged, 1))
    }

    @Test func `row 14: a cuff that never let go is free again when its time is over`() {
        let room = Room()
        room.open(1)
        room.ask(1)
        room.start()
        room.open(2)
        room.wait(120.001)
        #expect(room.ask(2) == .asked)
    }

    @Test func `row 15: the cuff works for the visit from its start to its result`() {
        let room = Room()
        room.open(1)
        room.ask(1)
        #expect(!room.attribution.isCuffWorking(visit(1)))
        room.start()
        #expect(room.attribution.isCuffWorking(visit(1)))
        #expect(!room.rest(1))
        room.wait(40)
        #expect(room.result().owner == owned(by: 1))
        #expect(!room.attribution.isCuffWorking(visit(1)))
    }

    @Test(arguments: [(119.9, false), (120, false), (120.001, true), (200, true)])
    func `row 16: a result later than 120 s after the start is too late`(seconds: Double, isLate: Bool) {
        let room = Room()
        room.open(1)
        room.ask(1)
        room.start()
        room.wait(seconds)
        let reading = room.result()
        #expect(reading.owner == (isLate ? unclaimed(.tooLate, 1) : owned(by: 1)))
        #expect(reading.says == (isLate ? .notYours : .show))
    }

    @Test(arguments: [(120.0, UnclaimedReason.notConfirmed), (120.001, .tooLate)])
    func `row 16: where no start is shown the limit runs from the asking`(seconds: Double, reason: UnclaimedReason) {
        let room = Room()
        room.open(1, at: booth2)
        room.ask(1, cuff2)
        room.wait(seconds)
        #expect(room.result(from: cuff2).owner == unclaimed(reason, 1))
    }

    @Test func `row 16: the silence is told once, at the instant named, to the visit that waits`() throws {
        let room = Room()
        room.open(1)
        room.ask(1)
        room.start()
        room.wait(120)
        #expect(room.silences().isEmpty)
        let deadline = try #require(room.attribution.deadline)
        room.wait(deadline - room.now.monotonic)
        let silence = Silence(instrument: cuff1, owner: .visit(visit(1)))
        #expect(room.silences() == [silence])
        #expect(room.silences().isEmpty)
        #expect(!room.attribution.isCuffWorking(visit(1)))
    }

    @Test func `row 16: pressure that goes on after the time-out stays too late and keeps the cuff busy`() {
        let room = Room()
        room.open(1)
        room.ask(1)
        for _ in 0..<125 {
            room.start()
            room.wait(1)
        }
        #expect(room.ask(1) == .notReady(.cuffBusy))
        #expect(room.result().owner == unclaimed(.tooLate, 1))
    }

    @Test(arguments: [VisitEnd.left, .idle, .guestDone])
    func `row 17: a result after its visit ended is unclaimed with the visit as hint`(end: VisitEnd) {
        let room = Room()
        room.open(1, at: booth2)
        room.ask(1, cuff2)
        room.wait(20)
        room.end(1, end)
        room.wait(20)
        let reading = room.result(from: cuff2)
        #expect(reading.owner == unclaimed(.visitEnded, 1) && reading.says == .notYours)
    }

    @Test func `row 17: whoever sits there next is told O1 and gets nothing`() {
        let room = Room()
        room.open(1, at: booth2)
        room.ask(1, cuff2)
        room.end(1)
        room.open(2, at: booth2)
        room.wait(40)
        let reading = room.result(from: cuff2)
        #expect(reading.owner == unclaimed(.visitEnded, 1) && reading.says == .notYours && reading.visit == nil)
    }

    @Test func `row 17: too late and then ended is ended`() {
        let room = Room()
        room.open(1, at: booth2)
        room.ask(1, cuff2)
        room.wait(130)
        _ = room.silences()
        room.end(1)
        #expect(room.result(from: cuff2).owner == unclaimed(.visitEnded, 1))
    }

    @Test func `row 31: two arms are one visit, the arm is recorded with each`() {
        let room = Room()
        room.open(1)
        let arms = [Arm.left, .right].map { arm in
            room.ask(1, arm: arm)
            room.start()
            room.wait(40)
            let (reading, _) = room.recorded(pressure(arm == .left ? 138 : 136))
            room.wait(60)
            #expect(reading.owner == owned(by: 1))
            return reading.reading.arm
        }
        #expect(arms == [.left, .right])
    }

    @Test func `row 32: an error is the visit's attempt and ends the asking; the retry counts alone`() {
        let room = Room()
        room.open(1)
        room.ask(1)
        room.start()
        #expect(room.failed(cuff1) == .visit(visit(1)))
        #expect(!room.attribution.isCuffWorking(visit(1)))
        room.wait(30)
        #expect(room.result(pressure(150)).owner == unclaimed(.notAsked, 1))
        #expect(room.measure(1).0.owner == owned(by: 1))
    }

    @Test func `row 32: an error of a cuff that sends only results is the asker's attempt`() {
        let room = Room()
        room.open(1, at: booth2)
        room.ask(1, cuff2)
        room.wait(8)
        #expect(room.failed(cuff2) == .visit(visit(1)))
    }

    @Test func `row 33: an error after the visit ended is nobody's`() {
        let room = Room()
        room.open(1)
        room.ask(1)
        room.start()
        room.end(1)
        #expect(room.failed(cuff1) == .nobody)
    }

    @Test func `row 33: an error of a measurement that began before the asking is nobody's`() {
        let room = Room()
        room.open(1)
        room.start()
        room.ask(1)
        #expect(room.failed(cuff1) == .nobody)
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
