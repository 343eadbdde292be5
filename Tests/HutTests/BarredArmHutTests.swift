// A shunt, an operation, a palsy: an arm that the team has written down as never to be measured is offered to nobody in a
// whole hut, and the reading says the other one (H-31).

import Ledger
import Testing
import Vitals

@testable import healthhut

@Suite(.serialized) struct BarredArmHutTests {
    @Test(arguments: [(Arm.left, "左胳膊不能量，请换右边", Arm.right), (.right, "右胳膊不能量，请换左边", .left)])
    func `a barred arm is not offered on K9, and the reading is of the other`(
        barred: Arm, words: String, measured: Arm
    ) async throws {
        try await withHut { front in
            let key = try front.entry("047").key
            try front.bar([barred], of: key)
            let terminal = try front.terminal("booth-1")
            try front.identify("047", at: terminal)
            try front.on("是我本人", type: "1", at: terminal)
            try front.on("1   量血压", type: "1", at: terminal)
            try front.on("现在有没有这些不舒服", type: "1", at: terminal)
            try front.on("先坐着歇 5 分钟", type: "3", at: terminal)
            let armIn = try terminal.until(words)
            #expect(!armIn.contains("换左胳膊") && !armIn.contains("换右胳膊"))
            try front.on(words, type: "1", at: terminal)
            try terminal.until("正在量，请别动")
            try front.gently(until: "第一遍量好了", at: terminal)
            #expect(try front.latestReading(of: key)?.arm == measured)
        }
    }

    @Test func `with both arms barred the cuff is not asked, and the nurse is`() async throws {
        try await withHut { front in
            try front.bar([.left, .right], of: try front.entry("047").key)
            let terminal = try front.terminal("booth-1")
            try front.identify("047", at: terminal)
            try front.on("是我本人", type: "1", at: terminal)
            try front.on("1   量血压", type: "1", at: terminal)
            #expect(try terminal.until("两只胳膊都不能在这里量").contains("请护士来"))
        }
    }
}

extension Front {
    /// As a nurse writes it down.
    fileprivate func bar(_ arms: [Arm], of key: ResidentKey) throws {
        try run { demo in
            let now = await demo.hut.now.hut
            let marks = arms.map {
                Fact.residentMarked(
                    key, .neverArm($0, true), by: StaffKey(rawValue: 1), on: UTCOffset.china.day(of: now), reason: "手术")
            }
            _ = try await demo.hut.ledger.append(marks, at: now)
        }
    }
}
