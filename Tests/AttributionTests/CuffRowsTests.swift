// Rows 1 to 5 and 31 to 33: one cuff, who asked it, and when its measurement began.

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

    @Test(arguments: [(10.0, AskAnswer.notReady(.cuffBusy)), (10.001, .asked)])
    func `row 2: a stranger's pressure that stopped without a result frees the cuff after 10 s`(
        seconds: Double, answer: AskAnswer
    ) {
        let room = Room()
        room.open(1)
        for _ in 0..<5 {
            room.start()
            room.wait(1)
        }
        room.start()
        room.wait(seconds)
        #expect(room.ask(1) == answer)
        room.wait(5)
        #expect(room.result().owner == unclaimed(.beganBefore, 1))
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

    /// A stranger's measurement of 40 s, begun unseen so long before the asking.
    @Test(arguments: [(5.0, Attributed.Says.askWhose), (15, .askWhose), (16, .notYours), (30, .notYours)])
    func `rows 3 and 4, H-21: an unseen start before the asking is never under the newcomer unasked`(
        before: Double, says: Attributed.Says
    ) {
        let room = Room()
        room.open(1, at: booth2)
        room.wait(before)
        room.ask(1, cuff2)
        room.wait(40 - before)
        let (reading, sequence) = room.recorded(from: cuff2)
        #expect(reading.owner.resident == nil && reading.says == says)
        #expect(room.deny(sequence, 1) == (says == .askWhose ? .setAside : .refused))
    }

    @Test func `rows 3 and 7, H-21: a result that came before the asking leaves nothing for it`() {
        let room = Room()
        room.open(1, at: booth2)
        #expect(room.result(from: cuff2).owner == unclaimed(.notAsked, 1))
        room.wait(20)
        #expect(room.ask(1, cuff2) == .asked)
        room.wait(120.001)
        #expect(room.silences() == [Silence(instrument: cuff2, owner: .visit(visit(1)))])
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
}
