// Two names by way of the staff's screen: a volunteer says that she helps whoever comes next, the screen is the resident's,
// every reading says who helped, and the helper sees nothing of the past (whose-reading row 24).

import DeviceLink
import Ledger
import Testing
import Vitals

@testable import healthhut

extension Front {
    private static let volunteer = "李娟"

    /// Somebody who may help, on the staff of the running hut.
    fileprivate func addVolunteer() throws {
        try run { demo in
            try await demo.hut.ledger.addStaff(
                Staff(name: Front.volunteer, role: .volunteer), pin: DemoHut.nursePIN, at: demo.clock.now.hut)
            await demo.hut.readOthers()
        }
    }

    fileprivate func helper() throws -> Helper {
        let staff = try run { try await $0.hut.ledger.staff() }
        return .staff(try #require(staff.first { $0.staff.name == Front.volunteer }).key)
    }

    /// `*` at K0, her name and PIN, *2 help the next one*: K0 again.
    fileprivate func help(at terminal: TestTerminal) throws {
        try on("请选一样", type: "*", at: terminal)
        try on("护士、医生登录", type: "2\(DemoHut.nursePIN)\r", at: terminal)
        let page = try terminal.until("2=帮下一位量")
        #expect(page.contains("帮忙的人看不到以前的记录"))
        try on("2=帮下一位量", type: "2", at: terminal)
        try terminal.until("请选一样")
    }

    fileprivate func visitsOpened() throws -> [Helper] {
        try run { demo in
            try await demo.hut.ledger.facts(after: FactSequence(rawValue: 0), limit: 10_000).compactMap {
                if case .visitOpened(_, _, let helper) = $0.fact { helper } else { nil }
            }
        }
    }

    /// A message that waits for her next visit.
    fileprivate func leaveMessage(for number: String) throws {
        try run { demo in
            let key = try #require(try await demo.hut.ledger.roster(number: number)).key
            let nurse = try #require(try await demo.hut.ledger.staff().first).key
            try await demo.hut.ledger.append(
                [.messageLeft(key, text: "药开好了，请来拿", by: nurse)], at: demo.clock.now.hut)
            await demo.hut.readOthers()
        }
    }
}

@Suite(.serialized) struct `A volunteer helps` {
    @Test func `first she says so, then the resident comes; the reading is the resident's and says who helped`()
        async throws
    {
        try await withHut { front in
            try front.addVolunteer()
            try front.leaveMessage(for: "047")
            let terminal = try front.terminal("booth-1")
            try front.help(at: terminal)
            try front.identify("047", at: terminal)
            try front.on("是我本人", type: "1", at: terminal)
            let home = try terminal.until("1   量血压")
            #expect(home.contains("张*芳 女士  047号") && home.contains("帮忙的人看不到以前的记录"))
            // Neither the record nor the nurse's word is for her.
            #expect(!home.contains("看我的记录") && !home.contains("上次") && !home.contains("药开好了"))
            try front.measure(at: terminal)
            try front.gently(until: "第一遍量好了", at: terminal)
            let (helped, helper) = (try front.entry("047"), try front.helper())
            #expect(try #require(try front.latestReading(of: helped.key)).helper == helper)
            let nurse = try front.terminal("nurse")
            try front.on(DemoHut.nurse, type: "1\(DemoHut.nursePIN)\r", at: nurse)
            try front.on("名单", type: "/047\r", at: nurse)
            try front.on("m档案", type: "r", at: nurse)
            try nurse.until("帮：李娟")
        }
    }

    @Test func `she helps one visit; the word that waited is read at the next, by the resident alone`() async throws {
        try await withHut { front in
            try front.addVolunteer()
            try front.leaveMessage(for: "047")
            let terminal = try front.terminal("booth-1")
            try front.help(at: terminal)
            try front.identify("047", at: terminal)
            try front.on("是我本人", type: "1", at: terminal)
            try front.on("1   量血压", type: "0", at: terminal)
            try front.gently(until: "请选一样", at: terminal)
            try front.identify("047", at: terminal)
            try front.on("是我本人", type: "1", at: terminal)
            try terminal.until("药开好了，请来拿")
            #expect(try front.visitsOpened() == [try front.helper(), .nobody])
        }
    }

    @Test func `who comes back from the bench with a helper begins anew, without the past`() async throws {
        try await withHut { front in
            try front.addVolunteer()
            let terminal = try front.terminal("booth-1")
            try front.identify("047", at: terminal)
            try front.on("是我本人", type: "1", at: terminal)
            try front.on("1   量血压", type: "1", at: terminal)
            try front.on("现在有没有这些不舒服", type: "1", at: terminal)
            try front.on("先坐着歇 5 分钟", type: "2", at: terminal)
            try front.help(at: terminal)
            try front.identify("047", at: terminal)
            try front.on("是我本人", type: "1", at: terminal)
            #expect(!(try terminal.until("1   量血压")).contains("看我的记录"))
            #expect(try front.visitsOpened() == [.nobody, try front.helper()])
        }
    }

    @Test func `a guest's readings say who helped, and whoever comes after the guest is helped by nobody`() async throws
    {
        try await withHut { front in
            try front.addVolunteer()
            let terminal = try front.terminal("booth-1")
            try front.help(at: terminal)
            try front.on("请选一样", type: "2", at: terminal)
            try front.on("没有卡也能量", type: "1", at: terminal)
            try front.on("现在有没有这些不舒服", type: "0", at: terminal)
            try front.gently(until: "请选一样", at: terminal)
            try front.identify("047", at: terminal)
            try front.on("是我本人", type: "1", at: terminal)
            try terminal.until("看我的记录")
            #expect(try front.visitsOpened() == [try front.helper(), .nobody])
        }
    }

    @Test func `after five minutes nobody is helped any more`() async throws {
        try await withHut { front in
            try front.addVolunteer()
            let terminal = try front.terminal("booth-1")
            try front.help(at: terminal)
            front.pass(.seconds(301))
            try front.identify("047", at: terminal)
            try front.on("是我本人", type: "1", at: terminal)
            try terminal.until("看我的记录")
            #expect(try front.visitsOpened() == [.nobody])
        }
    }
}
