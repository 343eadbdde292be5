// Two names in a whole hut (whose-reading rows 24 and 26): the reading is the one's who was measured, and says who helped.

import DeviceLink
import Testing
import Vitals

@testable import healthhut

@Suite(.serialized) struct HelperHutTests {
    @Test func `row 24: helper first, then the resident; the reading is hers and carries the helper`() async throws {
        try await withHut { front in
            let watcher = try front.watcher()
            let terminal = try front.terminal("booth-1")
            try front.lay(try knownCard(), on: \.cardReader)
            try front.gently(until: "您是 张*芳 女士 吗？", at: terminal)
            try front.on("是我本人", type: "3", at: terminal)
            try front.on("您是帮忙的人", type: "1", at: terminal)
            try front.on("请按您的小屋号", type: "023\r", at: terminal)
            try front.on("请按密码", type: DemoHut.residentPIN + "\r", at: terminal)
            try front.on("帮忙的是 赵*华", type: "1", at: terminal)
            let home = try terminal.until("1   量血压")
            #expect(home.contains("张*芳 女士  047号") && !home.contains("看我的记录"))
            try front.measure(at: terminal)
            try front.gently(until: "第一遍量好了", at: terminal)
            let line = try watcher.line(containing: #""vital":"bloodPressure""#)
            let (helped, helper) = try (front.entry("047"), front.entry("023"))
            #expect(line.contains(#""resident":"\#(helped.id)""#))
            let reading = try #require(try front.latestReading(of: helped.key))
            #expect(reading.helper == .resident(helper.key))
        }
    }

    @Test func `row 25: who helps without a number leads to the guest's screen, and the card is forgotten`()
        async throws
    {
        try await withHut { front in
            let terminal = try front.terminal("booth-1")
            try front.lay(try knownCard(), on: \.cardReader)
            try front.gently(until: "您是 张*芳 女士 吗？", at: terminal)
            try front.on("是我本人", type: "3", at: terminal)
            try front.on("您是帮忙的人", type: "2", at: terminal)
            try front.on("没有卡也能量", type: "1", at: terminal)
            #expect(try terminal.until("现在有没有这些不舒服").contains("客人"))
        }
    }

    @Test func `who names herself as her own helper opens her own visit`() async throws {
        try await withHut { front in
            let terminal = try front.terminal("booth-1")
            try front.identify("047", at: terminal)
            try front.on("是我本人", type: "3", at: terminal)
            try front.on("您是帮忙的人", type: "1", at: terminal)
            try front.on("请按您的小屋号", type: "047\r", at: terminal)
            try front.on("请按密码", type: DemoHut.residentPIN + "\r", at: terminal)
            try front.on("帮忙的是 张*芳", type: "1", at: terminal)
            #expect(try terminal.until("1   量血压").contains("看我的记录"))
        }
    }
}
