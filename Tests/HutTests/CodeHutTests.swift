// Codes and tags of the hut's own in a whole hut: printed on a slip, read at a scanner, taken back.

import DeviceLink
import Testing
import Vitals

@testable import healthhut

@Suite(.serialized) struct CodeHutTests {
    @Test func `a printer without paper stands on the nurse's screen, and no key of the result promises a slip`()
        async throws
    {
        try await withHut { front in
            let nurse = try front.terminal("nurse")
            try front.on(DemoHut.nurse, type: "1\(DemoHut.nursePIN)\r", at: nurse)
            try front.on("名单", type: "i", at: nurse)
            #expect(try nurse.until("printer-1").contains("printer-1     1号台     正常"))
            let terminal = try front.terminal("booth-1")
            try front.identify("047", at: terminal)
            try front.on("是我本人", type: "1", at: terminal)
            try front.measure(at: terminal)
            try front.gently(until: "歇一分钟", at: terminal)
            try front.on("歇一分钟", type: "6", at: terminal)
            try terminal.until("4 打条子")
            front.misbehave(front.demo.printer, .paperOut)
            try front.on("4 打条子", type: "4", at: terminal)
            try front.gently(until: "打印机没纸了，打不了条子", at: terminal)
            try nurse.until("打印机没纸了")
            // The keys are painted once more behind the news.
            front.pass(.milliseconds(100))
            #expect(!terminal.settled.contains("4 打条子"))
            #expect(try front.printedCode() == nil)
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
            // Lifted first: time that jumps while it lies there would look like a tag that was away.
            front.lift(from: \.tagReader)
            front.passSlowly(2)
            try front.on("是我本人", type: "2", at: terminal)
            try terminal.until("请选一样")
            front.passSlowly(2)
            #expect(terminal.text.contains("请选一样"))
            try front.lay(.tag("0006547886"), on: \.tagReader)
            try front.gently(until: "您是 张*芳", at: terminal)
        }
    }

    @Test func `the code of a printed slip opens its own owner's visit at the scanner until it is taken back`()
        async throws
    {
        try await withHut { front in
            let terminal = try front.terminal("booth-1")
            var codes: [HutCode] = []
            for (number, systolic) in [("023", 131), ("047", 142)] {
                try front.cuffShows(systolic: systolic)
                try front.identify(number, at: terminal)
                try front.on("是我本人", type: "1", at: terminal)
                try front.measure(at: terminal)
                try front.gently(until: "第一遍量好了", at: terminal)
                try front.gently(until: "歇一分钟", at: terminal)
                try front.on("歇一分钟", type: "6", at: terminal)
                try front.on("4 打条子", type: "4", at: terminal)
                try front.pass(until: "条子打好了，请拿走", at: terminal)
                codes.append(try #require(HutCode(try front.printedCode() ?? "")))
                try front.leave(at: terminal)
            }
            #expect(codes[0] != codes[1])
            for (code, name) in zip(codes, ["赵*华", "张*芳"]) {
                try front.lay(code.token, on: \.scanner)
                try front.gently(until: "您是 \(name)", at: terminal)
                try front.on("是我本人", type: "2", at: terminal)
                try front.gently(until: "请选一样", at: terminal)
            }
            try front.takeBack(.code, of: "047")
            front.passSlowly(35)
            try front.lay(codes[1].token, on: \.scanner)
            try front.gently(until: "没有卡也能量", at: terminal)
            try front.on("没有卡也能量", type: "0", at: terminal)
            try front.lay(codes[0].token, on: \.scanner)
            try front.gently(until: "您是 赵*华", at: terminal)
            for code in codes { try front.expectNowhere(Array(code.text.dropFirst(4).utf8), "a code") }
        }
    }
}
