// Rows 13, 14 and 18 to 22, 29 and 30 as far as cards decide them: a second card in the middle of a measurement, and a card
// that lies on a reader which does not say when it is lifted.

import Testing
import Vitals

@testable import Attribution

private let reader = InstrumentID(rawValue: "card-1")
private let scanner = InstrumentID(rawValue: "scanner-1")

/// The card of resident `n`.
private func card(_ n: UInt8) -> IdentityDigest { IdentityDigest(bytes: [UInt8](repeating: n, count: 32)) }

/// A room with a reader, as the hut uses both.
private final class CardRoom {
    let room = Room()
    var lying = LyingTokens()

    /// Resident `n`'s card is read; whether that is news.
    func read(_ n: UInt8, on reader: InstrumentID = reader, during visit: Int64? = nil) -> Bool {
        if let visit { room.attribution.cardRead(during: AttributionTests.visit(visit)) }
        return lying.read(card(n), on: reader, at: booth1, duringVisit: visit != nil, now: room.now)
    }

    func visitOver() { lying.over(at: booth1, quiet: LyingTokens.afterVisit, now: room.now) }
    func questionOver() { lying.over(at: booth1, quiet: LyingTokens.afterQuestion, now: room.now) }
}

@Suite struct CardRowsTests {
    @Test func `row 13: a second card while the cuff works makes the result nobody's until it was me`() {
        let cards = CardRoom()
        let room = cards.room
        room.open(1)
        room.ask(1)
        room.start()
        room.wait(20)
        #expect(cards.read(2, during: 1))
        room.wait(20)
        let (attributed, sequence) = room.recorded()
        #expect(attributed.owner == unclaimed(.notConfirmed, 1) && attributed.says == .askWhose)
        #expect(room.confirm(sequence, 1) == .confirmed(owned(by: 1)))
    }

    @Test(arguments: [true, false])
    func `row 13: not me, or no answer in 30 s, leaves it to the nurse`(isDenied: Bool) {
        let cards = CardRoom()
        let room = cards.room
        room.open(1)
        room.ask(1)
        room.start()
        #expect(cards.read(2, during: 1))
        room.wait(40)
        let (_, sequence) = room.recorded()
        if isDenied {
            #expect(room.deny(sequence, 1) == .setAside)
        } else {
            room.wait(30.001)
            #expect(room.unanswered() == [sequence])
        }
        #expect(room.confirm(sequence, 1) == .refused)
    }

    @Test func `row 13: the next result is asked about, and no later one`() {
        let cards = CardRoom()
        let room = cards.room
        room.open(1)
        #expect(cards.read(2, during: 1))
        #expect(room.measure(1).0.says == .askWhose)
        room.wait(60)
        let (attributed, _) = room.measure(1, pressure(136, 80))
        #expect(attributed.says == .show && attributed.owner == owned(by: 1))
    }

    @Test func `row 13: an attempt without a value leaves the question to the result`() {
        let cards = CardRoom()
        let room = cards.room
        room.open(1)
        #expect(cards.read(2, during: 1))
        room.ask(1)
        room.start()
        room.wait(20)
        _ = room.attribution.attributeNoValue(from: cuff1, now: room.now)
        room.wait(20)
        #expect(room.measure(1).0.says == .askWhose)
    }

    @Test func `row 13: her own card again changes nothing, another's before it stays`() {
        let cards = CardRoom()
        let room = cards.room
        room.open(1)
        #expect(cards.read(1, during: 1))
        room.attribution.ownCardRead(during: visit(1))
        #expect(room.measure(1).0.says == .show)
        room.wait(60)
        #expect(cards.read(2, during: 1))
        #expect(cards.read(1, during: 1))
        room.attribution.ownCardRead(during: visit(1))
        #expect(room.measure(1, pressure(136, 80)).0.says == .askWhose)
    }

    @Test func `row 13: a guest's result after another card is nobody's either`() {
        let cards = CardRoom()
        let room = cards.room
        room.attribution.visitOpened(
            visit(1), owner: .guest(keeps: true, number: nil), at: booth1, now: room.now)
        #expect(cards.read(2, during: 1))
        let attributed = room.measure(1).0
        #expect(attributed.owner == unclaimed(.notConfirmed, 1) && attributed.says == .askWhose)
    }

    @Test func `row 14: change of person ends the visit, the running measurement is nobody's`() {
        let cards = CardRoom()
        let room = cards.room
        room.open(1)
        room.ask(1)
        room.start()
        #expect(cards.read(2, during: 1))
        room.end(1, .nextVisitor)
        cards.visitOver()
        room.open(2)
        #expect(room.ask(2) == .notReady(.cuffBusy))
        room.wait(30)
        #expect(room.result().owner == unclaimed(.visitChanged, 1))
        #expect(room.ask(2) == .asked)
    }

    @Test func `rows 18 and 19: a card from the bench is a second card; she rests on, the result is asked about`() {
        let cards = CardRoom()
        let room = cards.room
        room.open(1)
        #expect(room.rest(1))
        room.open(2)
        #expect(room.measure(2).0.owner == owned(by: 2))
        room.wait(60)
        #expect(cards.read(1, during: 2))
        #expect(room.attribution.openVisit(of: resident(1))?.restingSince != nil && !room.resume(1))
        #expect(room.measure(2, pressure(136, 80)).0.says == .askWhose)
    }

    @Test func `row 20: after the bench time there is no visit for her card to go on with`() {
        let cards = CardRoom()
        let room = cards.room
        room.open(1)
        #expect(room.rest(1))
        room.wait(1_800.001)
        #expect(room.overdueVisits() == [visit(1)])
        #expect(cards.read(1) && room.attribution.openVisit(of: resident(1)) == nil && !room.resume(1))
    }

    @Test(arguments: [(29.9, false), (30, true), (300, true)])
    func `row 21: a card left on the reader is news again 30 s after the visit's end`(seconds: Double, isNews: Bool) {
        let cards = CardRoom()
        #expect(cards.read(1))
        for _ in 0..<20 {
            cards.room.wait(2)
            #expect(!cards.read(1))
        }
        cards.visitOver()
        cards.room.wait(seconds)
        #expect(cards.read(1) == isNews)
    }

    @Test func `row 21: a card that was absent is news at once`() {
        let cards = CardRoom()
        #expect(cards.read(1))
        cards.visitOver()
        cards.room.wait(1)
        cards.lying.lifted(from: reader)
        #expect(cards.read(1))
        cards.visitOver()
        // Another card on the reader says that the first was lifted.
        #expect(cards.read(2) && cards.read(1))
    }

    @Test func `row 21: the screen that only went back to K0 waits 5 s, and never shortens the 30`() {
        let cards = CardRoom()
        #expect(cards.read(1))
        cards.questionOver()
        cards.room.wait(4.9)
        #expect(!cards.read(1))
        cards.room.wait(0.1)
        #expect(cards.read(1))
        cards.visitOver()
        cards.room.wait(6)
        cards.questionOver()
        cards.room.wait(10)
        #expect(!cards.read(1))
    }

    @Test func `row 21: who laid down her card in the middle of a visit is asked as soon as it is over`() {
        let cards = CardRoom()
        #expect(cards.read(1))
        #expect(cards.read(2, on: scanner, during: 1))
        #expect(!cards.read(2, on: scanner, during: 1))
        cards.visitOver()
        #expect(cards.read(2, on: scanner))
        #expect(!cards.read(1))
    }

    @Test func `row 21: after a change of person the newcomer's card is quiet like any visitor's`() {
        let cards = CardRoom()
        #expect(cards.read(1))
        #expect(cards.read(2, during: 1))
        cards.lying.becameCause(at: booth1)
        cards.visitOver()
        cards.room.wait(29)
        #expect(!cards.read(2))
    }

    @Test func `row 21: a reader at another station keeps its own counsel`() {
        let cards = CardRoom()
        #expect(cards.read(1))
        cards.lying.over(at: booth2, quiet: LyingTokens.afterVisit, now: cards.room.now)
        cards.room.wait(31)
        #expect(!cards.read(1))
        cards.lying.lost(reader)
        #expect(cards.read(1))
    }

    @Test func `row 22: who presses it is me on another's name has the visit of that name`() {
        let room = Room()
        room.open(1)
        #expect(room.measure(1).0.owner == owned(by: 1))
    }
}
