// Rows 6 to 8, 18 to 20, 24, 26: the bystander, the bench, the helper, two booths; and who may start a cuff.

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
