// Rows 25, 27, 28, 43 to 45, 53: the guest, the nurse, and the resident who is not here any more.

import Testing
import Vitals

@testable import Attribution

@Suite struct PersonRowsTests {
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
        #expect(room.staffSession(isOpen: true) == visit(1))
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

    @Test(arguments: [ResidentStatus.lost, .ended])
    func `row 53: who was not found, or is followed up no more, may come in`(status: ResidentStatus) {
        let room = Room()
        room.attribution.residentStatus(resident(1), status)
        room.open(1)
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
}
