// Overdue is made by time passing, not by facts: a hut that was off at midnight, or comes up with another policy, must not
// wait for the next midnight to say what is due.

import Foundation
import Ledger
import Testing
import Vitals

@testable import healthhut

/// A hut with one resident whose face-to-face follow-up comes on the list in two days.
private func makeHut() throws -> HeldHut {
    let folder = try Folder()
    return try HeldHut(folder, settings: folder.settings()) { ledger, at in
        let day = UTCOffset.china.day(of: at)
        let resident = Resident(number: "047", name: "张桂芳", conditions: [.hypertension])
        try await ledger.append([.residentAdded(resident, id: "id-047")], at: at)
        let key = try #require(try await ledger.roster(number: "047")).key
        let staff = try #require(try await ledger.staff().first).key
        let record = FollowUpRecord(resident: key, day: day + -74, method: .clinic, next: day + 16)
        try await ledger.append([.followUpRecorded(record, by: staff)], at: at)
    }
}

extension HeldHut {
    fileprivate func openRules() throws -> [RuleID] { try ask { try await $0.openFlags().map(\.draft.rule) } }

    fileprivate func isReviewed(by policy: String) throws -> Bool {
        let day = UTCOffset.china.day(of: clock.now.hut)
        return try ask { try await $0.isEverybodyReviewed(on: day, by: policy) }
    }
}

@Suite(.serialized) struct WholeReviewTests {
    @Test func `a hut that was off over midnight says at its start what became due meanwhile`() async throws {
        try await onThread {
            let hut = try makeHut()
            try hut.up()
            hut.pass(1)
            #expect(try !hut.openRules().contains("FU-01"))
            hut.down()
            hut.clock.advance(by: .seconds(3 * 86_400))
            try hut.up()
            hut.pass(1)
            #expect(try hut.openRules().contains("FU-01"))
            hut.down()
        }
    }

    @Test func `everybody is reviewed once a day by each policy, and that is kept`() async throws {
        try await onThread {
            let folder = try Folder()
            let settings = try folder.settings()
            let mark = try HutConfiguration.load(settings).policy.mark
            let hut = try HeldHut(folder, settings: settings) { ledger, at in
                try await ledger.everybodyReviewed(on: UTCOffset.china.day(of: at), by: "another 1")
            }
            try hut.up()
            hut.pass(1)
            #expect(try hut.isReviewed(by: mark) && !hut.isReviewed(by: "another 1"))
            hut.pass(3 * 86_400)
            #expect(try hut.isReviewed(by: mark))
            hut.down()
        }
    }

    @Test func `a session that ended while the hut was off is looked at when it comes up again`() async throws {
        try await onThread {
            let day = try DayHut { ledger, at in
                let today = UTCOffset.china.day(of: at)
                let nurse = try #require(try await ledger.staff().first).key
                let resident = Resident(
                    number: "061", name: "刘芳", sex: .female, birth: LocalDay(year: 1_996, month: 2, day: 3))
                let key = try await DayPeople.add(resident, to: ledger, at: at)
                try await ledger.append(
                    [
                        .residentMarked(
                            key, .condition(.pregnant, since: nil, until: today + 30), by: nurse, on: today,
                            reason: "told"),
                        .reading(DayPeople.cuff(150, 95, at: at), .resident(key, visit: nil)),
                    ], at: at)
            }
            let open = {
                try day.hut.ask { [key = try day.key("061")] in try await $0.openFlag("BP-04", .resident(key)) }
            }
            try day.hut.up()
            day.hut.pass(1)
            // A second reading may still come.
            #expect(try open() == nil)
            // What is written next says that she was reviewed: nothing else brings her up again.
            _ = try day.hut.nurse()
            day.hut.down()
            day.hut.pass(700)
            try day.hut.up()
            day.hut.pass(1)
            #expect(try open()?.draft.severity == .critical)
            day.hut.down()
        }
    }
}
