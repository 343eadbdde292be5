// Cards, tags and codes in a whole hut: simulated readers on real sockets, a terminal in front of the kiosk, the ledger on
// disk. Rows 13, 14, 18 to 22, 29 and 30 of the table whose reading it is: one front for all of them, and therefore a long
// file.

import DeviceLink
import Foundation
import Ledger
import Testing
import Vitals

@testable import healthhut

/// Invented people; the first number is the standard's specimen.
private func card(_ number: String, _ name: String = "测试新") throws -> IdentityToken {
    let number = try #require(CardNumber(number))
    return .residentCard(IdentityCard(number: number, name: name, sex: number.sex, birth: number.birth))
}

private func known() throws -> IdentityToken { try card("11010519491231002X", "张桂芳") }
private func second() throws -> IdentityToken { try card("440308199901101512") }
private func stranger() throws -> IdentityToken { try card("11010119600101002X") }

extension Front {
    /// Runs something of the hut's own and returns when it is done.
    private func run<Result: Sendable>(_ body: @escaping @Sendable (DemoHut) async throws -> Result) throws -> Result {
        try wait { [demo] in try await body(demo) }
    }

    /// Lays a card or tag down, or holds a code before the glass; what lay there was lifted.
    func lay(
        _ token: IdentityToken, on reader: KeyPath<DemoHut, SimulatorHost> & Sendable, fault: SimulatedFault? = nil
    ) throws {
        try run { demo in
            await demo[keyPath: reader].show(token, fault: fault)
            await demo[keyPath: reader].press()
        }
    }

    func lift(from reader: KeyPath<DemoHut, SimulatorHost>) { press(demo[keyPath: reader]) }

    /// A card, tag or code stands for the resident with this hut number from now on.
    func link(_ token: IdentityToken, to number: String) throws {
        try run { demo in
            let entry = try #require(try await demo.hut.ledger.roster(number: number))
            _ = try await demo.hut.ledger.append(
                [.identityLinked(entry.key, demo.hut.identityKey.link(token), by: nil)], at: demo.clock.now.hut)
        }
    }

    func giveCode(to number: String) throws -> HutCode {
        try run { demo in
            let entry = try #require(try await demo.hut.ledger.roster(number: number))
            return try await demo.hut.ledger.giveCode(
                to: entry.key, under: demo.hut.identityKey, by: nil, at: demo.clock.now.hut)
        }
    }

    func unclaimedCount() throws -> Int { try run { try await $0.hut.ledger.unclaimedCount() } }
    func waiting() throws -> [RosterEntry] { try run { try await $0.hut.ledger.waitingForConfirmation() } }
    func found(_ text: String) throws -> [RosterEntry] { try run { try await $0.hut.ledger.find(text, limit: 9) } }

    /// Lets time pass, a little at a time, until the hut has read what was laid down; the cuff must not be done before.
    func passUntilRead(at place: String) throws {
        for _ in 0..<100 {
            if try run({ await $0.hut.hasApplicant(at: place) }) { return }
            pass(.milliseconds(100))
        }
        Issue.record("nothing was read at \(place)")
    }

    /// Lets so many seconds pass one by one.
    func passSlowly(_ seconds: Int) {
        for _ in 0..<seconds { pass(.seconds(1)) }
    }

    /// Lets time pass a tenth of a second at a time until a screen stands, also one that stands for seconds only.
    func gently(until wanted: String, at terminal: TestTerminal) throws {
        for _ in 0..<900 where !terminal.shows(wanted, within: 0) { pass(.milliseconds(100)) }
        try terminal.until(wanted)
    }

    /// K3 for the card that was just laid down, answered with the key.
    func comeIn(as name: String, at terminal: TestTerminal) throws {
        try gently(until: "您是 \(name)", at: terminal)
        try on("是我本人", type: "1", at: terminal)
        try terminal.until("1   量血压")
    }

    /// K5 → the cuff works.
    func measure(at terminal: TestTerminal) throws {
        try on("1   量血压", type: "1", at: terminal)
        try on("现在有没有这些不舒服", type: "1", at: terminal)
        try on("先坐着歇 5 分钟", type: "3", at: terminal)
        try on("量的是", type: "1", at: terminal)
        try terminal.until("正在量，请别动")
    }
}

extension Hut {
    fileprivate func hasApplicant(at place: String) -> Bool { places[place]?.applicant != nil }
}

@Suite(.serialized) struct CardHutTests {
    @Test func `a known card asks the name; the key opens the visit, and the reading is hers`() async throws {
        try await withHut { front in
            let watcher = try front.watcher()
            let terminal = try front.terminal("booth-1")
            try terminal.until("放身份证")
            try front.lay(try known(), on: \.cardReader)
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
            try front.link(try second(), to: "023")
            let watcher = try front.watcher()
            let terminal = try front.terminal("booth-1")
            try front.lay(try known(), on: \.cardReader)
            try front.comeIn(as: "张*芳", at: terminal)
            try front.measure(at: terminal)
            front.lift(from: \.cardReader)
            try front.lay(try second(), on: \.cardReader)
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
            try front.link(try second(), to: "023")
            let watcher = try front.watcher()
            let terminal = try front.terminal("booth-1")
            try front.lay(try known(), on: \.cardReader)
            try front.comeIn(as: "张*芳", at: terminal)
            try front.measure(at: terminal)
            front.lift(from: \.cardReader)
            try front.lay(try second(), on: \.cardReader)
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
            try front.lay(try known(), on: \.cardReader)
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
            try front.lay(try known(), on: \.cardReader)
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
            try front.lay(try known(), on: \.cardReader)
            try front.gently(until: "您是 张*芳", at: terminal)
            try front.on("是我本人", type: "1", at: terminal)
            // Not K5: she goes on where she was.
            #expect(terminal.shows("歇一歇", within: 0) || terminal.text.contains("量的是"))
        }
    }

    @Test func `row 20: after half an hour on the bench her card begins a new visit`() async throws {
        try await withHut { front in
            let terminal = try front.terminal("booth-1")
            try front.lay(try known(), on: \.cardReader)
            try front.comeIn(as: "张*芳", at: terminal)
            try front.on("1   量血压", type: "1", at: terminal)
            try front.on("现在有没有这些不舒服", type: "1", at: terminal)
            try front.on("先坐着歇 5 分钟", type: "2", at: terminal)
            try terminal.until("047 号")
            front.lift(from: \.cardReader)
            front.pass(.seconds(1_801))
            try front.lay(try known(), on: \.cardReader)
            try front.comeIn(as: "张*芳", at: terminal)
        }
    }

    @Test func `row 21: a card left on a reader that finds it again opens nothing for 30 s, then K3 asks`() async throws
    {
        try await withHut { front in
            let terminal = try front.terminal("booth-1")
            try front.lay(try known(), on: \.cardReader, fault: .readsAgain)
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
            try front.lay(try known(), on: \.cardReader)
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
            try front.lay(try stranger(), on: \.cardReader)
            try front.gently(until: "第一次来，欢迎您", at: terminal)
            #expect(!terminal.text.contains("测"))
            #expect(try front.found("测试新").isEmpty)
            try front.on("1   同意", type: "1", at: terminal)
            try terminal.until("1   量血压")
            #expect(terminal.text.contains("测*新"))
            let entry = try #require(try front.waiting().first)
            #expect(entry.resident.name == "测试新" && entry.resident.birth == LocalDay(year: 1960, month: 1, day: 1))
            try front.measure(at: terminal)
            try front.gently(until: "第一遍量好了", at: terminal)
            let line = try watcher.line(containing: #""vital":"bloodPressure""#)
            #expect(line.contains(#""resident":"\#(entry.id)""#))
            // The number is nowhere: not in the ledger's text, not in its raw bytes.
            let folder = front.demo.folder + "/ledger"
            for name in try FileManager.default.contentsOfDirectory(atPath: folder) where name.contains("sqlite") {
                let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))
                #expect(bytes.range(of: Data("11010119600101002X".utf8)) == nil, "\(name)")
                #expect(bytes.range(of: Data("110101196001".utf8)) == nil, "\(name)")
            }
        }
    }

    @Test func `row 30: a new card whose owner does not agree leaves nothing; he measures as a guest`() async throws {
        try await withHut { front in
            let terminal = try front.terminal("booth-1")
            try front.lay(try stranger(), on: \.cardReader)
            try front.gently(until: "第一次来，欢迎您", at: terminal)
            try front.on("2   不同意，也能量", type: "2", at: terminal)
            try front.on("没有卡也能量", type: "1", at: terminal)
            try terminal.until("现在有没有这些不舒服")
            #expect(terminal.text.contains("客人"))
            #expect(try front.waiting().isEmpty)
            #expect(try front.found("测试新").isEmpty)
        }
    }

    @Test func `a code of the hut opens its owner's visit until it is taken back; a bar code opens none`() async throws
    {
        try await withHut { front in
            let terminal = try front.terminal("booth-1")
            let code = try front.giveCode(to: "047")
            try front.lay(code.token, on: \.scanner)
            try front.gently(until: "您是 张*芳", at: terminal)
            #expect(!terminal.text.contains("身份证"))
            try front.on("是我本人", type: "2", at: terminal)
            try front.gently(until: "请选一样", at: terminal)
            try front.lay(.code("6901234567892"), on: \.scanner)
            try front.gently(until: "没有卡也能量", at: terminal)
        }
    }

    @Test func `a tag opens the visit at its own booth; lifted and laid down again it is news at once`() async throws {
        try await withHut { front in
            try front.link(.tag("0006547886"), to: "047")
            let terminal = try front.terminal("booth-2")
            try terminal.until("放小屋牌")
            try front.lay(.tag("0006547886"), on: \.tagReader)
            try front.gently(until: "您是 张*芳", at: terminal)
            try front.on("是我本人", type: "2", at: terminal)
            try terminal.until("请选一样")
            front.lift(from: \.tagReader)
            front.passSlowly(2)
            #expect(terminal.text.contains("请选一样"))
            try front.lay(.tag("0006547886"), on: \.tagReader)
            try front.gently(until: "您是 张*芳", at: terminal)
        }
    }

    @Test func `my record after a card asks for the PIN`() async throws {
        try await withHut { front in
            let terminal = try front.terminal("booth-1")
            try front.lay(try known(), on: \.cardReader)
            try front.comeIn(as: "张*芳", at: terminal)
            try front.on("2   看我的记录", type: "2", at: terminal)
            try front.on("请按密码", type: DemoHut.residentPIN + "\r", at: terminal)
            try terminal.until("记录")
            #expect(terminal.shows("还没有记录", within: 0) || terminal.text.contains("我的记录"))
        }
    }
}
