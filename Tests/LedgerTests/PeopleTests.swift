// The roster, staff, wristbands, visits and requests as the hut asks for them.

import Testing
import Vitals

@testable import Ledger

@Suite struct PeopleTests {
    let folder: Folder

    init() throws { folder = try Folder() }

    @Test func `a roster line keeps every field`() async throws {
        let ledger = try await folder.open()
        let resident = Resident(
            number: "047", name: "李 O'Neil; DROP TABLE roster", sex: .male,
            birth: LocalDay(year: 1944, month: 3, day: 2),
            phone: "0374-555 0101", building: "3-2-1", conditions: [.diabetes, .pregnant], medicines: "amlodipine",
            team: "方泰一队")
        try await ledger.append([.residentAdded(resident, id: "opaque")], at: .after(7))
        let entry = try #require(try await ledger.roster(number: "047"))
        let expected = RosterEntry(
            key: 1, id: "opaque", resident: resident, status: .here, addedAt: .after(7), hasPIN: false)
        #expect(entry == expected)
        #expect(try await ledger.roster(1) == expected)
        #expect(try await ledger.roster(id: "opaque") == expected)
        try await ledger.append([.residentStatus(1, .dead, by: nurse, reason: "family told")], at: .start)
        #expect(try await ledger.roster(1)?.status == .dead)
    }

    @Test func `an import adds, changes and leaves alone, and says how many`() async throws {
        let ledger = try await folder.open()
        let people = (1...50).map { Resident.invented($0.padded(3)) }
        #expect(
            try await ledger.importResidents(people, at: .start) == ImportCounts(added: 50, changed: 0, unchanged: 0))
        let ids = try await ledger.find("0", limit: 99).map(\.id)
        #expect(Set(ids).count == 50)
        var changed = people
        changed[7].medicines = "metformin"
        changed.append(.invented("900"))
        #expect(
            try await ledger.importResidents(changed, at: .start) == ImportCounts(added: 1, changed: 1, unchanged: 49))
        #expect(try await ledger.last() == 52)
        #expect(try await ledger.roster(number: "008")?.resident.medicines == "metformin")
    }

    @Test func `an import with one number twice changes nothing`() async throws {
        let ledger = try await folder.open()
        await #expect(throws: refusal(.numberTaken)) {
            _ = try await ledger.importResidents([.invented("001"), .invented("001")], at: .start)
        }
        #expect(try await ledger.last() == 0)
    }

    @Test(arguments: [("047", 1), ("04", 1), ("李", 1), ("555 0", 2), ("%", 0), ("_", 0), ("", 0), ("9", 0)])
    func `finding goes by beginning of the number, part of the name or of the telephone`(text: String, count: Int)
        async throws
    {
        let ledger = try await folder.open()
        _ = try await ledger.importResidents(
            [
                Resident(number: "047", name: "李芳", phone: "0374-555 0101"),
                Resident(number: "123", name: "王伟", phone: "0374-555 0177"),
            ], at: .start)
        #expect(try await ledger.find(text, limit: 9).count == count)
    }

    @Test func `a number or an id belongs to one resident`() async throws {
        let ledger = try await folder.open()
        let keys = try await ledger.addResidents(2)
        await #expect(throws: refusal(.numberTaken)) {
            try await ledger.append([.residentChanged(keys[1], .invented("001"))], at: .start)
        }
        await #expect(throws: refusal(.idTaken)) {
            try await ledger.append([.residentAdded(.invented("900"), id: "id-1")], at: .start)
        }
        await #expect(throws: refusal(.unknownResident)) {
            try await ledger.append([.residentPIN(ResidentKey(rawValue: 99), hash: "$y$")], at: .start)
        }
        await #expect(throws: refusal(.unknownStaff)) {
            try await ledger.append([.staffPIN(StaffKey(rawValue: 99), hash: "$y$")], at: .start)
        }
    }

    @Test func `a band has one wearer, a wearer any number of bands`() async throws {
        let ledger = try await folder.open()
        let keys = try await ledger.addResidents(2)
        let other = BandID(rawValue: "!00000001")
        try await ledger.append(
            [.bandPaired(band, keys[0], by: nurse), .bandPaired(other, keys[0], by: nil)], at: .start)
        await #expect(throws: refusal(.bandAlreadyPaired)) {
            try await ledger.append([.bandPaired(band, keys[1], by: nurse)], at: .start)
        }
        try await ledger.append([.bandDoubted(band, true, by: nurse)], at: .after(1))
        try await ledger.append([.bandUnpaired(other, by: nurse)], at: .after(2))
        await #expect(throws: refusal(.bandNotPaired)) {
            try await ledger.append([.bandUnpaired(other, by: nil)], at: .start)
        }
        #expect(
            try await ledger.pairings() == [
                Pairing(band: band, resident: keys[0], since: .start, until: nil, doubtedSince: .after(1)),
                Pairing(band: other, resident: keys[0], since: .start, until: .after(2), doubtedSince: nil),
            ])
    }

    @Test func `one visit is active at a station, any number rest`() async throws {
        let ledger = try await folder.open()
        let keys = try await ledger.addResidents(2)
        let first = VisitID(
            rawValue: try await ledger.append([.visitOpened(booth, .resident(keys[0]), helper: .unnamed)], at: .start)[
                0
            ].rawValue)
        await #expect(throws: refusal(.stationHasActiveVisit)) {
            try await ledger.append([.visitOpened(booth, .resident(keys[1]), helper: .nobody)], at: .start)
        }
        try await ledger.append([.visitRested(first)], at: .after(3))
        let guest = VisitOwner.guest(keeps: true, number: "047")
        try await ledger.append([.visitOpened(booth, guest, helper: .nobody)], at: .after(4))
        let second = VisitID(rawValue: try await ledger.last().rawValue)
        #expect(
            try await ledger.openVisits() == [
                OpenVisit(
                    id: first, station: booth, owner: .resident(keys[0]), helper: .unnamed, openedAt: .start,
                    restingSince: .after(3)),
                OpenVisit(
                    id: second, station: booth, owner: guest, helper: .nobody, openedAt: .after(4), restingSince: nil),
            ])
        await #expect(throws: refusal(.stationHasActiveVisit)) {
            try await ledger.append([.visitResumed(first)], at: .start)
        }
        try await ledger.append([.visitEnded(second, .left), .visitResumed(first)], at: .start)
        #expect(try await ledger.openVisit(second) == nil)
        #expect(try await ledger.openVisit(first)?.restingSince == nil)
        await #expect(throws: refusal(.unknownVisit)) {
            try await ledger.append([.symptoms(VisitID(rawValue: 1), .mild)], at: .start)
        }
    }

    @Test func `a request stands until a follow-up with that resident`() async throws {
        let ledger = try await folder.open()
        let keys = try await ledger.addResidents(2)
        try await ledger.append([.request(keys[0], .call), .request(keys[1], .homeVisit)], at: .after(5))
        let flag = try await ledger.raise("BP-07", .resident(keys[0]))
        let other = try await ledger.raise("BP-05", .resident(keys[1]))
        try await ledger.append(
            [
                .flagClosed(flag, by: nurse, .followedUp, note: "called", quietUntil: nil),
                .flagClosed(other, by: nurse, .notNeeded, note: "", quietUntil: nil),
            ], at: .after(9))
        #expect(
            try await ledger.requests() == [
                StandingRequest(sequence: 4, resident: keys[1], request: .homeVisit, at: .after(5))
            ])
    }

    @Test func `who left a request and in which words stands after the answer too`() async throws {
        let ledger = try await folder.openStaffed()
        let asked = try await ledger.append(
            [.requestEntered(1, .homeVisit, note: "脚肿", by: nurse), .request(1, .call)], at: .after(5))
        try await ledger.append(
            asked.map { .requestAnswered($0, answer: "星期三上门", by: doctor) }, at: .after(9))
        let answers = try await ledger.answers(for: 1)
        #expect(answers.map(\.note) == ["脚肿", nil])
        #expect(answers.map(\.enteredBy) == [nurse, nil])
        #expect(answers.map(\.answeredBy) == [doctor, doctor])
    }
}
