// Resident cards in a whole hut: simulated readers on real sockets, a terminal in front of the kiosk, the ledger on disk.
// Rows 13, 14, 18 to 22, 29 and 30 of the table whose reading it is: one front for all of them.

import Testing
import Vitals

@testable import DeviceLink
@testable import healthhut

@Suite(.serialized) struct CardHutTests {
    @Test func `a known card asks the name; the key opens the visit, and the reading is hers`() async throws {
        try await withHut { front in
            let watcher = try front.watcher()
            let terminal = try front.terminal("booth-1")
            try terminal.until("放身份证")
            try front.lay(try knownCard(), on: \.cardReader)
            try front.gently(until: "您是 张*芳 女士 吗？", at: terminal)
            #expect(terminal.text.contains("请先收好身份证") && !terminal.text.contains("张桂芳"))
            try front.comeIn(as: "张*芳", at: terminal)
            try front.measure(at: terminal)
            try front.gently(until: "第一遍量好了", at: terminal)
            #expect(try watcher.line(containing: #""vital":"bloodPressure""#).contains(#""resident":""#))
        }
    }

    @Test func `row 13: a second card while the cuff works; no change and it was me make the result hers`() async throws
    {
        try await withHut { front in
            try front.link(try secondCard(), to: "023")
            let watcher = try front.watcher()
            let terminal = try front.terminal("booth-1")
            try front.lay(try knownCard(), on: \.cardReader)
            try front.comeIn(as: "张*芳", at: terminal)
            try front.measure(at: terminal)
            front.lift(from: \.cardReader)
            try front.lay(try secondCard(), on: \.cardReader)
            try front.passUntilRead(at: "booth-1")
            #expect(!terminal.text.contains("读到了另一张卡"))
            try front.gently(until: "读到了另一张卡", at: terminal)
            #expect(try watcher.line(containing: #""vital":"bloodPressure""#).contains(#""unclaimed":"notConfirmed""#))
            try front.on("不换，还是 张*芳 女士", type: "2", at: terminal)
            try front.on("是您自己刚才量的吗？", type: "1", at: terminal)
            _ = try watcher.line(containing: #""became":"confirmed""#)
            try terminal.until("第一遍量好了")
        }
    }

    @Test func `row 14: change ends the first visit, its result stays nobody's, and the second is asked her name`()
        async throws
    {
        try await withHut { front in
            try front.link(try secondCard(), to: "023")
            let watcher = try front.watcher()
            let terminal = try front.terminal("booth-1")
            try front.lay(try knownCard(), on: \.cardReader)
            try front.comeIn(as: "张*芳", at: terminal)
            try front.measure(at: terminal)
            front.lift(from: \.cardReader)
            try front.lay(try secondCard(), on: \.cardReader)
            try front.passUntilRead(at: "booth-1")
            try front.gently(until: "读到了另一张卡", at: terminal)
            try front.on("1   换人", type: "1", at: terminal)
            let asked = try terminal.until("是我本人")
            #expect(asked.contains("您是") && !asked.contains("张*芳"))
            try front.on("是我本人", type: "1", at: terminal)
            try terminal.until("1   量血压")
            #expect(try watcher.line(containing: #""vital":"bloodPressure""#).contains(#""unclaimed":"#))
            #expect(try front.unclaimedCount() == 1)
        }
    }

    @Test func `rows 18 and 19: a card from the bench waits while another measures, and goes on afterwards`()
        async throws
    {
        try await withHut { front in
            let watcher = try front.watcher()
            let terminal = try front.terminal("booth-1")
            try front.lay(try knownCard(), on: \.cardReader)
            try front.comeIn(as: "张*芳", at: terminal)
            try front.on("1   量血压", type: "1", at: terminal)
            try front.on("现在有没有这些不舒服", type: "1", at: terminal)
            try front.on("先坐着歇 5 分钟", type: "2", at: terminal)
            try terminal.until("047 号")
            front.lift(from: \.cardReader)
            front.passSlowly(35)
            try front.identify("023", at: terminal)
            try front.on("是我本人", type: "1", at: terminal)
            try terminal.until("1   量血压")
            try front.lay(try knownCard(), on: \.cardReader)
            try front.gently(until: "047号：还有一位在量，请稍等", at: terminal)
            #expect(!terminal.text.contains("张*芳"))
            front.lift(from: \.cardReader)
            try front.measure(at: terminal)
            try front.gently(until: "是您自己刚才量的吗？", at: terminal)
            try front.on("是您自己刚才量的吗？", type: "1", at: terminal)
            _ = try watcher.line(containing: #""became":"confirmed""#)
            try front.gently(until: "第一遍量好了", at: terminal)
            try front.on("第一遍量好了", type: "0", at: terminal)
            try front.gently(until: "请选一样", at: terminal)
            try front.lay(try knownCard(), on: \.cardReader)
            try front.gently(until: "您是 张*芳", at: terminal)
            try front.on("是我本人", type: "1", at: terminal)
            // Not K5: she goes on where she was.
            #expect(terminal.shows("歇一歇", within: 0) || terminal.text.contains("量的是"))
        }
    }

    @Test func `row 20: after half an hour on the bench her card begins a new visit`() async throws {
        try await withHut { front in
            let terminal = try front.terminal("booth-1")
            try front.lay(try knownCard(), on: \.cardReader)
            try front.comeIn(as: "张*芳", at: terminal)
            try front.on("1   量血压", type: "1", at: terminal)
            try front.on("现在有没有这些不舒服", type: "1", at: terminal)
            try front.on("先坐着歇 5 分钟", type: "2", at: terminal)
            try terminal.until("047 号")
            front.lift(from: \.cardReader)
            front.pass(.seconds(1_801))
            try front.lay(try knownCard(), on: \.cardReader)
            try front.comeIn(as: "张*芳", at: terminal)
        }
    }

    @Test func `row 21: a card left on a reader that finds it again opens nothing for 30 s, then K3 asks`() async throws
    {
        try await withHut { front in
            let terminal = try front.terminal("booth-1")
            try front.lay(try knownCard(), on: \.cardReader, fault: .readsAgain)
            try front.comeIn(as: "张*芳", at: terminal)
            try front.on("1   量血压", type: "0", at: terminal)
            try front.gently(until: "请选一样", at: terminal)
            front.passSlowly(18)
            #expect(terminal.text.contains("请选一样"))
            try front.gently(until: "您是 张*芳", at: terminal)
        }
    }

    @Test func `row 22: who presses it is me on another's name has that name in every header`() async throws {
        try await withHut { front in
            let terminal = try front.terminal("booth-1")
            try front.lay(try knownCard(), on: \.cardReader)
            try front.comeIn(as: "张*芳", at: terminal)
            #expect(terminal.text.contains("张*芳 女士  047号"))
            try front.on("1   量血压", type: "1", at: terminal)
            #expect(try terminal.until("现在有没有这些不舒服").contains("张*芳 女士  047号"))
        }
    }

    @Test func `row 29: a new card whose owner agrees is a resident who waits for a nurse, and measures at once`()
        async throws
    {
        try await withHut { front in
            let watcher = try front.watcher()
            let terminal = try front.terminal("booth-1")
            try front.lay(try strangersCard(), on: \.cardReader)
            try front.gently(until: "第一次来，欢迎您", at: terminal)
            #expect(!terminal.text.contains("测"))
            #expect(try front.found("测试新").isEmpty)
            try front.on("1   同意", type: "1", at: terminal)
            try front.on("请先收好身份证", type: "1", at: terminal)
            try terminal.until("1   量血压")
            #expect(terminal.text.contains("测*新"))
            let entry = try #require(try front.waiting().first)
            #expect(entry.resident.name == "测试新" && entry.resident.birth == LocalDay(year: 1960, month: 1, day: 1))
            try front.measure(at: terminal)
            try front.gently(until: "第一遍量好了", at: terminal)
            let line = try watcher.line(containing: #""vital":"bloodPressure""#)
            #expect(line.contains(#""resident":"\#(entry.id)""#))
        }
    }

    @Test func `row 29: the nurse sees who enrolled and who has the same name, and confirms at her screen`()
        async throws
    {
        try await withHut { front in
            let terminal = try front.terminal("booth-1")
            try front.lay(try card("11010119600101002X", "李国强"), on: \.cardReader)
            try front.gently(until: "第一次来，欢迎您", at: terminal)
            try front.on("1   同意", type: "1", at: terminal)
            try front.on("请先收好身份证", type: "1", at: terminal)
            try terminal.until("1   量血压")
            let nurse = try front.terminal("nurse")
            try front.on(DemoHut.nurse, type: "1\(DemoHut.nursePIN)\r", at: nurse)
            try front.on("n=新来的1", type: "n", at: nurse)
            try front.on("刷证新来的  1", type: "1", at: nurse)
            let seen = try nurse.until("名册里还有同名的")
            #expect(seen.contains("1960-01-01") && seen.contains("002X") && !seen.contains("11010119600101002X"))
            #expect(try front.waiting().count == 1)
            try front.on("名册里还有同名的", type: "y", at: nurse)
            try nurse.until("没有等着见面的")
            #expect(try front.waiting().isEmpty)
        }
    }

    @Test func `of a card the files hold a digest and four characters: no number, no address, no byte of the photo`()
        async throws
    {
        try await withHut { front in
            let terminal = try front.terminal("booth-1")
            try front.lay(try knownCard(), on: \.cardReader)
            try front.gently(until: "您是 张*芳", at: terminal)
            try front.on("是我本人", type: "2", at: terminal)
            front.lift(from: \.cardReader)
            try front.lay(try strangersCard(), on: \.cardReader)
            try front.gently(until: "第一次来，欢迎您", at: terminal)
            try front.on("1   同意", type: "1", at: terminal)
            try front.on("请先收好身份证", type: "1", at: terminal)
            try terminal.until("1   量血压")
            // What is kept is found, so that what is not found is not there.
            #expect(try !front.files(with: Array("测试新".utf8)).isEmpty)
            #expect(try !front.files(with: Array("002X".utf8)).isEmpty)
            for number in ["11010519491231002X", "11010119600101002X"] {
                try front.expectNowhere(Array(number.utf8), "a number")
                try front.expectNowhere(Array(number.utf8.dropLast(4)), "a number but its end")
                try front.expectNowhere(number.utf8.flatMap { [$0, 0] }, "a number as the card writes it")
            }
            try front.expectNowhere("测试新".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }, "the card's own text")
            for place in stride(from: 0, to: SamPlayer.photo.count, by: 64) {
                try front.expectNowhere(Array(SamPlayer.photo[place..<place + 16]), "a piece of the photo")
            }
        }
    }

    @Test func `row 30: a new card whose owner does not agree leaves nothing; he measures as a guest`() async throws {
        try await withHut { front in
            let terminal = try front.terminal("booth-1")
            try front.lay(try strangersCard(), on: \.cardReader)
            try front.gently(until: "第一次来，欢迎您", at: terminal)
            try front.on("2   不同意，也能量", type: "2", at: terminal)
            try front.on("没有卡也能量", type: "1", at: terminal)
            try terminal.until("现在有没有这些不舒服")
            #expect(terminal.text.contains("客人"))
            #expect(try front.waiting().isEmpty)
            #expect(try front.found("测试新").isEmpty)
        }
    }

    @Test func `my record after a card asks for the PIN`() async throws {
        try await withHut { front in
            let terminal = try front.terminal("booth-1")
            try front.lay(try knownCard(), on: \.cardReader)
            try front.comeIn(as: "张*芳", at: terminal)
            try front.on("2   看我的记录", type: "2", at: terminal)
            try front.on("请按密码", type: DemoHut.residentPIN + "\r", at: terminal)
            try terminal.until("记录")
            #expect(terminal.shows("还没有记录", within: 0) || terminal.text.contains("我的记录"))
        }
    }
}
