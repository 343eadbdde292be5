// Rows 1 to 6, 41, 50 and 51 with the other instruments of a booth: an oximeter, whose finger is seen to come and to go,
// and a scale that sends nothing but its stable weight.

import Testing
import Vitals

@testable import Attribution

@Suite struct StationRowsTests {
    private let oxygen = Vital.oxygenSaturation(OxygenSaturation(percent: 97, pulse: 71))

    /// Resident 1 has pressed *it is me* on the oximeter of booth 1.
    private func asked() -> Room {
        let room = Room()
        room.open(1)
        #expect(room.ask(1, oximeter) == .asked)
        return room
    }

    private func settled(_ room: Room, afterSeconds seconds: Double = 8) -> Attributed {
        room.wait(seconds)
        return room.result(oxygen, from: oximeter)
    }

    @Test func `row 1: a finger that went in after the asking and settled is the visit's`() {
        let room = asked()
        room.wait(5)
        room.start(oximeter)
        let reading = settled(room)
        #expect(reading.owner == owned(by: 1) && reading.says == .show)
        #expect(reading.reading.source == .oximeter)
    }

    @Test func `row 2: a finger that was in before the asking settles for nobody`() {
        let room = Room()
        room.open(1)
        room.start(oximeter)
        room.wait(3)
        #expect(room.ask(1, oximeter) == .notReady(.cuffBusy))
        let reading = settled(room)
        #expect(reading.owner == unclaimed(.beganBefore, 1) && reading.says == .notYours)
    }

    @Test func `row 2: taken out and put in again after the asking, it is the visit's`() {
        let room = Room()
        room.open(1)
        room.start(oximeter)
        room.wait(3)
        room.ask(1, oximeter)
        room.left(oximeter)
        room.wait(2)
        room.start(oximeter)
        #expect(settled(room).owner == owned(by: 1))
    }

    @Test func `row 50: the finger was out before anything settled, so the one that settled is asked about`() {
        let room = asked()
        room.start(oximeter)
        room.wait(4)
        room.left(oximeter)
        room.wait(2)
        room.start(oximeter)
        let reading = settled(room)
        #expect(reading.owner == unclaimed(.notConfirmed, 1) && reading.says == .askWhose)
        #expect(room.confirm(room.record(reading), 1) == .confirmed(owned(by: 1)))
    }

    @Test func `row 50: a second settling in one asking is nobody's`() {
        let room = asked()
        room.start(oximeter)
        #expect(settled(room).owner == owned(by: 1))
        room.left(oximeter)
        room.wait(1)
        room.start(oximeter)
        let second = settled(room)
        #expect(second.owner == unclaimed(.notAsked, 1) && second.says == .smallLine(.oxygenSaturation))
    }

    @Test func `row 50: asked again after a result, the next finger is the visit's without a question`() {
        let room = asked()
        room.start(oximeter)
        #expect(settled(room).owner == owned(by: 1))
        room.ask(1, oximeter)
        room.left(oximeter)
        room.wait(1)
        room.start(oximeter)
        #expect(settled(room).owner == owned(by: 1))
    }

    @Test func `row 14: the former visitor's finger is still in, and what it settles is not the next one's`() {
        let room = asked()
        room.start(oximeter)
        room.open(2)
        #expect(room.ask(2, oximeter) == .notReady(.cuffBusy))
        #expect(settled(room).owner.resident == nil)
    }

    @Test func `row 14: once that finger is out, the next visitor's own one counts`() {
        let room = asked()
        room.start(oximeter)
        room.open(2)
        room.ask(2, oximeter)
        room.left(oximeter)
        room.wait(1)
        room.start(oximeter)
        #expect(settled(room).owner == owned(by: 2))
    }

    @Test func `row 15: a finger in the oximeter keeps no visit open`() {
        let room = asked()
        room.start(oximeter)
        #expect(!room.attribution.isCuffWorking(visit(1)))
    }

    @Test func `row 16: a finger that does not settle in time is told once, and settles for nobody`() {
        let room = asked()
        room.start(oximeter)
        room.wait(121)
        #expect(room.silences() == [Silence(instrument: oximeter, owner: .visit(visit(1)))])
        #expect(room.silences().isEmpty)
        #expect(settled(room, afterSeconds: 1).owner == unclaimed(.tooLate, 1))
    }

    @Test func `row 7: leaving the oxygen screen ends its asking`() {
        let room = asked()
        room.start(oximeter)
        room.stopAsking(1, oximeter)
        #expect(settled(room).owner == unclaimed(.notAsked, 1))
    }

    @Test func `row 38: the oximeter's cable was out while the finger was in`() {
        let room = asked()
        room.start(oximeter)
        room.wait(2)
        room.lineLost(oximeter)
        room.wait(4)
        room.lineBack(oximeter)
        #expect(settled(room).owner == unclaimed(.lineBroke, 1))
    }

    @Test
    func
        `row 51: of two people on the scale within one asking the first stable weight is asked about, the second nobody's`()
    {
        let room = Room()
        room.open(1)
        room.ask(1, scale)
        room.wait(4)
        let first = room.result(.weight(grams: 61_500), from: scale)
        #expect(first.owner == unclaimed(.notConfirmed, 1) && first.says == .askWhose)
        #expect(room.confirm(room.record(first), 1) == .confirmed(owned(by: 1)))
        room.wait(6)
        let second = room.result(.weight(grams: 82_000), from: scale)
        #expect(second.owner == unclaimed(.notAsked, 1) && second.says == .smallLine(.weight))
    }

    @Test func `row 51: on a scale that shows who steps on, the first stable weight is the visit's at once`() {
        let room = asked()
        room.ask(1, platform)
        room.wait(2)
        room.start(platform)
        room.wait(4)
        #expect(room.result(.weight(grams: 61_500), from: platform).owner == owned(by: 1))
        room.left(platform)
        room.start(platform)
        room.wait(4)
        #expect(room.result(.weight(grams: 82_000), from: platform).owner == unclaimed(.notAsked, 1))
    }

    @Test func `row 52: a weight far from the last one is asked about on every scale`() {
        let room = Room()
        room.open(1, last: LastBody(grams: 61_500, weighedAt: room.now.hut))
        room.ask(1, platform)
        room.start(platform)
        room.wait(4)
        let reading = room.result(.weight(grams: 70_000), from: platform)
        #expect(reading.owner == unclaimed(.notConfirmed, 1) && reading.says == .askWhose)
        let sequence = room.record(reading)
        room.wait(31)
        #expect(room.unanswered() == [sequence])
        #expect(room.confirm(sequence, 1) == .refused)
    }

    @Test(arguments: [(0.5, UnclaimedReason.beganBefore), (119, .notConfirmed), (121, .tooLate)])
    func `rows 3, 4 and 16: a weight too soon, in time and too late after the asking`(
        seconds: Double, reason: UnclaimedReason
    ) {
        let room = Room()
        room.open(1)
        room.ask(1, scale)
        room.wait(seconds)
        #expect(room.result(.weight(grams: 61_500), from: scale).owner == unclaimed(reason, 1))
    }

    @Test func `row 6: one instrument is asked, the others of the station are not`() {
        let room = asked()
        room.start(oximeter)
        room.wait(3)
        #expect(room.result(.weight(grams: 82_000), from: scale).says == .smallLine(.weight))
        #expect(room.result(from: cuff1).owner == unclaimed(.notAsked, 1))
        #expect(settled(room).owner == owned(by: 1))
    }

    @Test func `row 41: an oximeter with an unset clock measures as any other`() {
        let room = asked()
        room.start(oximeter)
        room.wait(8)
        let unset = CivilTime(year: 2000, month: 1, day: 1, hour: 0, minute: 0)
        let reading = room.result(oxygen, from: oximeter, at: unset)
        #expect(reading.owner == owned(by: 1) && reading.reading.timeConfidence == .ok)
        #expect(reading.reading.deviceTime == unset && reading.reading.measuredAt == room.now.hut)
    }

    @Test func `a finger that gives no number ends the asking and is the visit's attempt`() {
        let room = asked()
        room.start(oximeter)
        room.wait(8)
        let (owner, attempt) = room.attribution.attributeNoValue(from: oximeter, now: room.now)
        #expect(owner == owned(by: 1) && attempt == .visit(visit(1)))
    }
}

@Suite struct MemoryRowsTests {
    private let pressureAtHome = pressure(142, 88)

    private func fromMemory(_ room: Room, measuredAt: HutTime?, notBefore: HutTime?) -> Reading {
        let said = DeviceReading(vital: pressureAtHome, memorySlot: 7, userSlot: 2)
        return room.attribution.attribute(
            said, from: homeMonitor, measuredAt: measuredAt, notBefore: notBefore, now: room.now
        ).reading
    }

    @Test func `rows 36 and 37: what a lent monitor remembers is of home and nobody's until a nurse says whose`() {
        let room = Room()
        let said = DeviceReading(vital: pressureAtHome, memorySlot: 7, userSlot: 2)
        let then = room.now.hut + .seconds(-86_400)
        let attributed = room.attribution.attribute(
            said, from: homeMonitor, measuredAt: then, notBefore: then + .seconds(-3_600), now: room.now)
        #expect(attributed.owner == unclaimed(.memory) && attributed.says == .nothing)
        #expect(attributed.reading.source == .cuffHome && attributed.reading.userSlot == 2)
        #expect(attributed.reading.measuredAt == then && attributed.reading.receivedAt == room.now.hut)
        #expect(attributed.reading.timeConfidence == .ok)
    }

    @Test(arguments: [(-3_600, TimeConfidence.ok), (-7_201, .timeFault), (300, .ok), (301, .timeFault)])
    func `a record before the loan or in the future is a time fault`(seconds: Int, confidence: TimeConfidence) {
        let room = Room()
        let reading = fromMemory(
            room, measuredAt: room.now.hut + .seconds(seconds), notBefore: room.now.hut + .seconds(-7_200))
        #expect(reading.timeConfidence == confidence)
    }

    @Test func `a record of an unset clock is a time fault`() {
        let room = Room()
        #expect(fromMemory(room, measuredAt: nil, notBefore: nil).timeConfidence == .timeFault)
    }

    @Test func `a home monitor that measures in the hut is a bystander's, asked by nobody`() {
        let room = Room()
        room.open(1)
        #expect(room.ask(1, homeMonitor) == .notReady(.notActive))
        #expect(room.result(pressureAtHome, from: homeMonitor).owner.resident == nil)
    }
}
