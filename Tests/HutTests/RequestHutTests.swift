// What a resident asks for in a whole hut: left at the kiosk, or typed in by a volunteer for somebody on the telephone;
// answered by a nurse; read by the resident at the next visit, and that it was read.

import Foundation
import Ledger
import Testing
import Vitals

@testable import healthhut

@Suite(.serialized) struct `Requests in a whole hut` {
    @Test(
        arguments: [
            ("1", ResidentRequest.call, "请打电话", "给我打电话"), ("2", .homeVisit, "请上门", "到我家来一趟"),
            ("3", .nursing, "要上门护理", "到我家护理"), ("4", .bandHelp, "手环要帮忙", "帮我弄手环"),
        ])
    func `left at the kiosk, answered at the desk, read at the next visit`(
        key: Character, request: ResidentRequest, atDesk: String, atKiosk: String
    ) async throws {
        try await onThread {
            let care = try CareHut()
            let booth = try care.station()
            try care.comeIn("047", at: booth)
            try care.on("请护士打电话或上门", type: "3", at: booth)
            try care.on(atKiosk, type: String(key), at: booth)
            try care.on("记下了", type: "\r", at: booth)
            try care.on("请护士打电话或上门", type: "0", at: booth)
            let resident = try care.key("047")
            let standing = try care.held.ask { try await $0.requests() }
            #expect(standing.map(\.request) == [request] && standing.map(\.resident) == [resident])
            #expect(standing.first?.enteredBy == nil)

            let nurse = try care.desk()
            try nurse.until("请求 1")
            try care.on("名单", type: "r", at: nurse)
            let list = try nurse.until("自己留言：\(atDesk)")
            #expect(list.contains("张桂芳 047") && list.contains("13900000106"))
            try care.on("自己留言", type: "1a", at: nurse)
            try care.on("答复 张桂芳", type: "4\r", at: nurse)
            try care.on("没有没答复的请求", type: "\u{7F}", at: nurse)
            try nurse.until("请求 0")
            try care.on("名单", type: "/047\r", at: nurse)
            try nurse.until("答复：请来小屋找护士(还没看)")
            let answers = try care.held.ask { try await $0.answers(for: resident) }
            #expect(answers.map(\.answer) == ["请来小屋找护士"] && answers.map(\.request) == [request])

            try care.gone(from: booth)
            try care.comeIn("047", at: booth)
            let word = try booth.until("请来小屋找护士")
            #expect(word.contains(atKiosk) && word.contains(HeldHut.nurse))
            // Shown is not read: the key says it.
            #expect(try care.held.ask { try await $0.answers(for: resident) }.count == 1)
            try care.on("看过了", type: "1", at: booth)
            try booth.until("请护士打电话或上门")
            #expect(try care.held.ask { try await $0.answers(for: resident) }.isEmpty)
            try care.on("047号", type: "g", at: nurse)
            try nurse.until("的历史")
            let lines = care.log(at: nurse).reversed()
            let told = ["请求：\(atDesk)", "答复：请来小屋找护士", "本人看过答复"]
            let places = told.compactMap { wanted in lines.firstIndex { $0.contains(wanted) } }
            #expect(places.count == 3 && places == places.sorted(), "\(lines.joined(separator: "\n"))")

            // Read once: the visit after begins at K5.
            try care.on("请护士打电话或上门", type: "0", at: booth)
            try care.gone(from: booth)
            try care.comeIn("047", at: booth)
            #expect(!(try booth.until("请护士打电话或上门")).contains("看过了"))
            care.held.down()
        }
    }

    @Test func `a volunteer types in what somebody said on the telephone, and sees nothing of the past`() async throws {
        try await onThread {
            let care = try CareHut { ledger, at in
                let key = try #require(try await ledger.roster(number: "047")).key
                let reading = Reading(
                    vital: .bloodPressure(BloodPressure(systolic: 166, diastolic: 97)), receivedAt: at,
                    instrument: InstrumentID(rawValue: "cuff-1"), source: .cuffStation, arm: .left)
                try await ledger.append([.reading(reading, .resident(key, visit: nil))], at: at)
            }
            let volunteer = try care.desk(.volunteer)
            try care.on("替人留请求", type: "1", at: volunteer)
            try care.on("替谁留请求", type: "047", at: volunteer)
            let found = try volunteer.until("张桂芳")
            #expect(!found.contains("166") && !found.contains("13900000106"))
            try care.on("张桂芳", type: "\r", at: volunteer)
            try care.on("替 张桂芳 047号 留请求", type: "2\r下午在家\r", at: volunteer)
            try volunteer.until("存好了")
            let resident = try care.key("047")
            let standing = try #require(try care.held.ask { try await $0.requests() }.first)
            #expect(standing.resident == resident && standing.request == .homeVisit && standing.note == "下午在家")
            let names = try care.held.ask { try await $0.staff() }
            #expect(names.first { $0.key == standing.enteredBy }?.staff.name == "李娟")
            try care.on("替人留请求", type: "q", at: volunteer)

            let nurse = try care.desk()
            try care.on("请求 1", type: "r", at: nurse)
            try nurse.until("李娟代留：请上门 下午在家")
            try care.on("李娟代留", type: "1\r", at: nurse)
            try care.on("李娟代留：请上门", type: "a", at: nurse)
            try care.on("答复 张桂芳", type: "明天上午来\r", at: nurse)
            #expect(try nurse.until("答复：明天上午来(还没看)").contains("左胳膊"))
            try care.on("047号", type: "g", at: nurse)
            try nurse.until("的历史")
            let lines = care.log(at: nurse)
            #expect(lines.contains { $0.contains("李娟") && $0.contains("请求：请上门") && $0.contains("(下午在家)") })
            let booth = try care.station()
            try care.comeIn("047", at: booth)
            try care.on("明天上午来", type: "1", at: booth)
            try booth.until("请护士打电话或上门")
            #expect(try care.held.ask { try await $0.answers(for: resident) }.isEmpty)
            care.held.down()
        }
    }

    @Test func `a nurse's own word waits for the visit too, and stands on the page until it is read`() async throws {
        try await onThread {
            let care = try CareHut()
            let nurse = try care.desk()
            try care.on("名单", type: "/047\r", at: nurse)
            try care.on("n留言", type: "n", at: nurse)
            try care.on("留言给 张桂芳", type: "3\r", at: nurse)
            try nurse.until("给本人的留言")
            try nurse.until("药开好了，请来拿(还没看)")
            let booth = try care.station()
            try care.comeIn("047", at: booth)
            #expect(try booth.until("药开好了，请来拿").contains("护士给您留了话"))
            try care.on("看过了", type: "1", at: booth)
            try booth.until("请护士打电话或上门")
            let facts = try care.facts()
            #expect(facts.contains { if case .answerSeen = $0 { true } else { false } })
            care.held.down()
        }
    }

    @Test func `who lives alone and comes is heard of at once`() async throws {
        try await onThread {
            let care = try CareHut { ledger, at in
                let key = try #require(try await ledger.roster(number: "047")).key
                let staff = try #require(try await ledger.staff().first).key
                let (day, long) = (UTCOffset.china.day(of: at) + -40, at + .seconds(-40 * 86_400))
                try await ledger.append(
                    [
                        .residentMarked(key, .livesAlone(true), by: staff, on: day, reason: "told"),
                        .residentMarked(key, .watched(true), by: staff, on: day, reason: "agreed"),
                        .called(key, .spoken, by: staff),
                    ], at: long)
            }
            let open: () throws -> [RuleID] = { try care.held.ask { try await $0.openFlags().map(\.draft.rule) } }
            care.held.pass(30 * 86_400)
            #expect(try open().contains("LV-01"))
            let booth = try care.station()
            try care.comeIn("047", at: booth)
            try booth.until("请护士打电话或上门")
            #expect(try !open().contains("LV-01"))
            care.held.down()
        }
    }
}

extension CareHut {
    /// Lets the last words of a visit pass until K0 stands again.
    func gone(from booth: TestTerminal) throws {
        for _ in 0..<120 where !booth.shows("请选一样", within: 0) { held.pass(1) }
        try booth.until("请选一样")
        held.pass(1)
    }
}
