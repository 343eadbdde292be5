// The instruments beside the cuff in a whole hut: simulated ones on real sockets, a terminal in front of the kiosk, and
// the ledger behind `watch` saying whose each value is.

import DeviceLink
import Foundation
import Testing
import Vitals

@testable import healthhut

extension Front {
    /// Booth 2, from K0 to S1.
    fileprivate func chooseInstrument(_ number: String, at terminal: TestTerminal) throws {
        try identify(number, at: terminal)
        try on("是我本人", type: "1", at: terminal)
        try on("4   血氧 体重", type: "4", at: terminal)
        try terminal.until("量什么，请选一样")
    }
}

@Suite(.serialized) struct StationTests {
    @Test func `row 1: a finger put in after the key is hers, with her name beside it`() async throws {
        try await withHut { front in
            let watcher = try front.watcher()
            let terminal = try front.terminal("booth-2")
            try front.chooseInstrument("047", at: terminal)
            try front.on("1   血氧", type: "1", at: terminal)
            try front.on("先按 1，再把手指放进去", type: "1", at: terminal)
            try terminal.until("请把手指放好")
            front.press(front.demo.oximeter)
            try front.pass(until: "今天的血氧", at: terminal)
            let line = try watcher.line(containing: #""instrument":"oximeter-2""#)
            #expect(line.contains(#""vital":"oxygenSaturation","percent":97"#), "\(line)")
            #expect(line.contains(#""resident":""#), "\(line)")
        }
    }

    @Test func `row 6: a weight nobody asked for gets a small line and no owner`() async throws {
        try await withHut { front in
            let watcher = try front.watcher()
            let terminal = try front.terminal("booth-2")
            try front.identify("047", at: terminal)
            try front.on("是我本人", type: "1", at: terminal)
            try terminal.until("4   血氧 体重")
            front.press(front.demo.scale)
            try front.pass(until: "体重秤上有个数，没有记到您名下", at: terminal)
            let line = try watcher.line(containing: #""vital":"weight""#)
            #expect(line.contains(#""unclaimed":"notAsked""#) && !line.contains(#""resident""#), "\(line)")
        }
    }

    @Test func `rows 4 and 51: a scale that sends only its weight asks whose, and shows no number before`() async throws
    {
        try await withHut { front in
            let watcher = try front.watcher()
            let terminal = try front.terminal("booth-2")
            try front.chooseInstrument("047", at: terminal)
            try front.on("2   体重", type: "2", at: terminal)
            try front.on("先按 1，再站上去", type: "1", at: terminal)
            try terminal.until("请站上去")
            front.pass(.seconds(5))
            front.press(front.demo.scale)
            try front.pass(until: "是您自己称的吗？", at: terminal)
            #expect(!terminal.text.contains("72"))
            try front.on("是您自己称的吗？", type: "1", at: terminal)
            try terminal.until("今天的体重(kg)")
            _ = try watcher.line(containing: #""became":"confirmed""#)
        }
    }

    @Test func `rows 36, H-40: a lent monitor's memory is whom the nurse named, on her word at the return`()
        async throws
    {
        try await withHut { front in
            let watcher = try front.watcher()
            let nurse = try front.terminal("nurse")
            try front.on(DemoHut.nurse, type: "1\(DemoHut.nursePIN)\r", at: nurse)
            try front.on("名单", type: "/047\r", at: nurse)
            try front.on("张桂芳", type: "1", at: nurse)
            try front.on("j=借还血压计", type: "j", at: nurse)
            try front.on("home-1", type: "1\r", at: nurse)
            try front.on("只有 张桂芳 一个人用", type: "1", at: nurse)
            try nurse.until("借给 张桂芳")
            front.pass(.seconds(3 * 86_400))
            let monitor = try front.plugInMonitor(yesterdayOf: front.demo.clock.now.hut)
            // Nobody logged out meanwhile but the lock.
            try front.on(DemoHut.nurse, type: "1\(DemoHut.nursePIN)\r", at: nurse)
            try front.on("名单", type: "/047\r", at: nurse)
            try front.on("张桂芳", type: "1", at: nurse)
            try front.on("j=借还血压计", type: "j", at: nurse)
            try front.on("home-1", type: "1\r", at: nurse)
            // The line is tried again in its own time, half a minute of the machine's at most.
            for _ in 0..<600 where !nurse.shows("3 条", within: 100) { front.pass(.milliseconds(500)) }
            try nurse.until("3 条")
            #expect(try watcher.line(containing: #""instrument":"home-1""#).contains(#""unclaimed":"memory""#))
            try front.on("3 条", type: "y", at: nurse)
            try nurse.until("存好了")
            for _ in 0..<3 {
                #expect(try watcher.line(containing: #""became":"claimed""#).contains(#""resident":""#))
            }
            withExtendedLifetime(monitor) {}
        }
    }
}

extension Front {
    /// The lent monitor comes back with what was measured at home yesterday.
    fileprivate func plugInMonitor(yesterdayOf now: HutTime) throws -> SimulatorHost {
        var plan = SimulationPlan()
        plan.clock = UTCOffset(seconds: 8 * 3_600).civil(of: now + .seconds(-86_400))
        plan.clock.second = 0
        let profile = try HutConfiguration.loadProfile("beurer-bm58", devices: "./Devices")
        let host = try SimulatorHost(profile: profile, plan: plan, clock: demo.clock)
        let path = "\(demo.folder)/home-1.line"
        let done = DispatchSemaphore(value: 0)
        Task {
            try await host.listen(.unix(path: path))
            done.signal()
        }
        done.wait()
        return host
    }
}
