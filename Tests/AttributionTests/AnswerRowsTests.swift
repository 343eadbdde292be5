// Rows 4, 5, 9, 10, 52 and 54: what a person says of a reading, in K12 and K21.

import Testing
import Vitals

@testable import Attribution

@Suite struct AnswerRowsTests {
    /// Visit 1 has a result-only reading on disk and K12 before it.
    private func questioned() -> (Room, FactSequence) {
        let room = Room()
        room.open(1, at: booth2)
        room.ask(1, cuff2)
        room.wait(40)
        return (room, room.recorded(from: cuff2).1)
    }

    @Test(arguments: [(0.0, true), (29.9, true), (30, true), (30.001, false)])
    func `row 5: it was me counts for 30 s`(seconds: Double, counts: Bool) {
        let (room, sequence) = questioned()
        room.wait(seconds)
        #expect(room.confirm(sequence, 1) == (counts ? .confirmed(owned(by: 1)) : .refused))
    }

    @Test func `row 5: silence is told at the instant named, and a later yes is refused`() throws {
        let (room, sequence) = questioned()
        #expect(room.unanswered() == [])
        room.wait(try #require(room.attribution.deadline) - room.now.monotonic)
        #expect(room.unanswered() == [sequence])
        #expect(room.unanswered() == [] && room.attribution.deadline == nil)
        #expect(room.confirm(sequence, 1) == .refused)
    }

    @Test func `row 5: not me sets the reading aside for good`() {
        let (room, sequence) = questioned()
        #expect(room.deny(sequence, 1) == .setAside)
        #expect(room.confirm(sequence, 1) == .refused)
        #expect(room.deny(sequence, 1) == .refused)
    }

    @Test func `row 5: only the visit that was asked may answer, and only while it is active`() {
        let (room, sequence) = questioned()
        room.open(2)
        #expect(room.confirm(sequence, 2) == .refused && room.deny(sequence, 2) == .refused)
        room.end(1)
        #expect(room.confirm(sequence, 1) == .refused && room.deny(sequence, 1) == .refused)
    }

    @Test func `row 5: the next visitor at the station cannot answer for the one before`() {
        let (room, sequence) = questioned()
        room.open(2, at: booth2)
        #expect(room.confirm(sequence, 2) == .refused && room.confirm(sequence, 1) == .refused)
    }

    @Test func `row 9: the last one was not mine`() {
        let room = Room()
        room.open(1)
        let (_, first) = room.measure(1)
        let (_, second) = room.measure(1, pressure(144, 84))
        #expect(room.deny(second, 1) == .setAside)
        #expect(room.denyAll(1) == [first])
    }

    @Test func `row 9: none of this visit was mine`() {
        let room = Room()
        room.open(1)
        let readings = [room.measure(1).1, room.measure(1, pressure(140)).1]
        #expect(room.denyAll(1) == readings)
        #expect(room.denyAll(1) == [])
    }

    @Test func `row 9: none of them were mine reaches a reading that is still on its way to the disk`() {
        let room = Room()
        room.open(1)
        room.ask(1)
        room.start()
        room.wait(40)
        let reading = room.result()
        #expect(room.denyAll(1) == [])
        let stands = room.attribution.recorded(FactSequence(rawValue: 9), for: reading, now: room.now)
        #expect(!stands)
    }

    @Test(
        arguments: [
            (138, 72, false), (168, 72, false), (169, 72, true), (108, 72, false), (107, 72, true), (138, 97, false),
            (138, 98, true), (138, 47, false), (138, 46, true),
        ] as [(Int, Int, Bool)])
    func `row 10: more than 30 systolic or 25 pulse from the visit's last is asked`(
        systolic: Int, pulse: Int, isAsked: Bool
    ) {
        let room = Room()
        room.open(1)
        _ = room.measure(1, pressure(138, 82, pulse: 72))
        let (reading, sequence) = room.measure(1, pressure(systolic, 70, pulse: pulse))
        #expect(reading.says == (isAsked ? .askWhose : .show))
        #expect(reading.owner == (isAsked ? unclaimed(.notConfirmed, 1) : owned(by: 1)))
        #expect(room.confirm(sequence, 1) == (isAsked ? .confirmed(owned(by: 1)) : .refused))
    }

    @Test func `row 10: the last is the last that was not denied, and a missing pulse is no difference`() {
        let room = Room()
        room.open(1)
        _ = room.measure(1, pressure(130))
        let (second, sequence) = room.measure(1, pressure(170))
        #expect(second.says == .askWhose)
        #expect(room.deny(sequence, 1) == .setAside)
        #expect(room.measure(1, pressure(132, 80, pulse: nil)).0.says == .show)
        #expect(room.measure(1, pressure(164, 90)).0.says == .askWhose)
    }

    @Test func `row 10: another visit's reading is no measure for this one`() {
        let room = Room()
        room.open(1)
        _ = room.measure(1, pressure(110))
        room.end(1)
        room.open(2)
        #expect(room.measure(2, pressure(180, 100)).0.says == .show)
    }

    @Test func `row 11: a couple with alike values on one card cannot be told apart; he may still say so`() {
        let room = Room()
        room.open(1)
        _ = room.measure(1, pressure(138))
        let (his, sequence) = room.measure(1, pressure(150))
        #expect(his.owner == owned(by: 1))
        #expect(room.deny(sequence, 1) == .setAside)
    }

    @Test func `row 54: a child's values in grandmother's visit are asked before they are shown`() {
        let room = Room()
        room.open(1)
        _ = room.measure(1, pressure(142, 84, pulse: 66))
        #expect(room.measure(1, pressure(98, 60, pulse: 96)).0.says == .askWhose)
    }

    @Test func `an answer to a counted guest gives nobody a reading`() {
        let room = Room()
        room.attribution.visitOpened(visit(1), owner: .guest(keeps: false, number: nil), at: booth2, now: room.now)
        room.ask(1, cuff2)
        room.wait(40)
        let (_, sequence) = room.recorded(from: cuff2)
        #expect(room.confirm(sequence, 1) == .confirmed(unclaimed(.guest, 1)))
    }

    /// The scale sends only results, so it always asks; what differs is whether a start-showing instrument would.
    @Test(
        arguments: [
            (68_000, 29, false), (68_001, 29, true), (51_999, 29, true), (52_000, 29, false), (90_000, 31, false),
        ] as [(Int, Int, Bool)])
    func `row 52: a weight more than 8 kg from the last within 30 days is unlike`(
        grams: Int, daysAgo: Int, isUnlike: Bool
    ) {
        let room = Room()
        let weighed = room.now.hut + .seconds(-daysAgo * 86_400)
        room.open(1, last: LastBody(grams: 60_000, weighedAt: weighed))
        #expect(room.attribution.openVisit(visit(1))?.isUnlike(.weight(grams: grams), on: room.now.hut) == isUnlike)
    }

    @Test(arguments: [(1_640, false), (1_641, true), (1_560, false), (1_559, true)])
    func `row 52: a height more than 4 cm from the last is unlike`(millimetres: Int, isUnlike: Bool) {
        let room = Room()
        room.open(1, last: LastBody(millimetres: 1_600))
        let height = Vital.height(millimetres: millimetres)
        #expect(room.attribution.openVisit(visit(1))?.isUnlike(height, on: room.now.hut) == isUnlike)
    }

    @Test func `row 51: the first stable weight answers the asking, the second is nobody's`() {
        let room = Room()
        room.open(1)
        room.ask(1, scale)
        room.wait(5)
        #expect(room.result(.weight(grams: 61_000), from: scale).says == .askWhose)
        room.wait(5)
        let second = room.result(.weight(grams: 80_000), from: scale)
        #expect(second.owner == unclaimed(.notAsked, 1) && second.says == .smallLine(.weight))
    }
}
