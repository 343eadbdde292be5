// Rows 14 to 17: a measurement that outlives its asking, its visit or its time.

import Testing
import Vitals

@testable import Attribution

@Suite struct EndRowsTests {
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
}
