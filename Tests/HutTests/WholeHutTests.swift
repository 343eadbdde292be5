// A resident before a whole hut: keys go in at a real socket, screens come out, and the reading stands in a real
// ledger.

import DeviceLink
import Foundation
import Testing
import TextScreen
import Vitals

@testable import healthhut

/// The demo's hut is a whole hut on real sockets; the tests put terminals in front of it and let its time pass.
func withHut(_ body: @escaping @Sendable (Front) throws -> Void) async throws {
    _ = FileManager.default.changeCurrentDirectoryPath(Program.root.path)
    // Time stands almost still but when the test lets it pass: a busy machine must not make a resident idle.
    let demo = try await DemoHut(pace: DemoPace(usually: 0.001, whileWaiting: 0.001))
    await demo.connected()
    do {
        try await onThread { try body(Front(demo: demo)) }
    } catch {
        await demo.end()
        throw error
    }
    await demo.end()
}

/// The room in front of the kiosks, on a thread that may wait.
struct Front: Sendable {
    let demo: DemoHut

    func terminal(_ place: String) throws -> TestTerminal { try TestTerminal("\(demo.folder)/\(place).sock") }

    func watcher(since sequence: Int? = nil) throws -> TestWatcher {
        try TestWatcher("\(demo.folder)/watch.sock", since: sequence)
    }

    /// Lets time pass and returns when everything that became due has been done, however busy the machine is.
    func pass(_ span: Duration) {
        wait { [demo] in
            await demo.quiet()
            demo.clock.advance(by: span)
            // The instruments first: what they said in this time has come before the hut finds that they were silent.
            await demo.quiet()
            await demo.hut.rearm()
            await demo.quiet()
        }
    }

    /// Lets time pass second by second until a screen stands.
    func pass(until wanted: String, at terminal: TestTerminal) throws {
        for _ in 0..<120 where !terminal.shows(wanted, within: 0) { pass(.seconds(1)) }
        try terminal.until(wanted)
    }

    /// Waits for a screen and types after the kiosk has begun to listen again (700 ms after a change of screen).
    func on(
        _ screen: String, type keys: String, at terminal: TestTerminal, _ location: SourceLocation = #_sourceLocation
    )
        throws
    {
        try terminal.until(screen, location)
        for key in keys {
            pass(.seconds(1))
            terminal.send(String(key))
        }
        wait { [demo] in await demo.quiet() }
    }

    /// Somebody presses an instrument's own button.
    func press(_ host: SimulatorHost) {
        wait { await host.press() }
    }

    /// A number without a digit twice in a row: what a busy hut reads in one piece is one press to it (400 ms).
    func identify(_ number: String, at terminal: TestTerminal) throws {
        try on("请选一样", type: "1", at: terminal)
        try on("请按您的小屋号", type: number + "\r", at: terminal)
        try on("请按密码", type: DemoHut.residentPIN + "\r", at: terminal)
    }

    /// From K3 to the arm in the cuff, without the five minutes.
    func prepare(at terminal: TestTerminal) throws {
        try on("是我本人", type: "1", at: terminal)
        try on("1   量血压", type: "1", at: terminal)
        try on("现在有没有这些不舒服", type: "1", at: terminal)
        try on("先坐着歇 5 分钟", type: "3", at: terminal)
    }
}

@Suite(.serialized) struct WholeHutTests {
    @Test func `a resident measures: keys in, screens out, the reading hers in the ledger`() async throws {
        try await withHut { front in
            let watcher = try front.watcher()
            let terminal = try front.terminal("booth-1")
            try front.identify("047", at: terminal)
            let asked = try terminal.until("您是 张*芳 女士 吗？")
            #expect(!asked.contains("张桂芳"))
            try front.prepare(at: terminal)
            try front.on("量的是  张*芳 女士", type: "1", at: terminal)
            try front.pass(until: "[#", at: terminal)
            front.pass(.seconds(60))
            let line = try watcher.line(containing: #""vital":"bloodPressure""#)
            #expect(line.contains(#""systolic":138,"diastolic":86"#))
            #expect(line.contains(#""arm":"left""#))
            #expect(line.contains(#""resident":""#))
            #expect(!line.contains("\"047\"") && !line.contains("张"))
            #expect(try terminal.until("第一遍量好了").contains("脉搏 72"))
        }
    }

    @Test func `five minutes on the chair are counted, and the pause between two readings too`() async throws {
        try await withHut { front in
            let watcher = try front.watcher()
            let terminal = try front.terminal("booth-1")
            try front.identify("023", at: terminal)
            try front.on("是我本人", type: "1", at: terminal)
            try front.on("1   量血压", type: "1", at: terminal)
            try front.on("现在有没有这些不舒服", type: "1", at: terminal)
            try front.on("先坐着歇 5 分钟", type: "1", at: terminal)
            try terminal.until("歇一歇，慢慢喘气")
            front.pass(.seconds(301))
            try front.on("量的是  赵*华 女士", type: "1", at: terminal)
            try front.pass(until: "[#", at: terminal)
            front.pass(.seconds(60))
            _ = try watcher.line(containing: #""vital":"bloodPressure""#)
            try terminal.until("第一遍量好了")
            front.pass(.seconds(13))
            try terminal.until("歇一分钟")
            front.pass(.seconds(61))
            try terminal.until("量的是")
        }
    }

    @Test func `a slip is printed by a key of the result, and the screen says so`() async throws {
        try await withHut { front in
            let terminal = try front.terminal("booth-1")
            try front.identify("047", at: terminal)
            try front.prepare(at: terminal)
            try front.on("量的是  张*芳 女士", type: "1", at: terminal)
            try front.pass(until: "[#", at: terminal)
            front.pass(.seconds(60))
            try terminal.until("第一遍量好了")
            front.pass(.seconds(13))
            try front.on("歇一分钟", type: "6", at: terminal)
            try front.on("4 打条子", type: "4", at: terminal)
            try front.pass(until: "条子打好了，请拿走", at: terminal)
        }
    }

    @Test func `nobody there: a visit that is left alone ends by itself and the screen is wiped`() async throws {
        try await withHut { front in
            let terminal = try front.terminal("booth-1")
            try front.identify("047", at: terminal)
            try front.on("是我本人", type: "1", at: terminal)
            try terminal.until("1   量血压")
            front.pass(.seconds(61))
            try terminal.until("您还在吗")
            front.pass(.seconds(21))
            #expect(!(try terminal.until("请选一样").contains("张")))
        }
    }

    @Test func `a second terminal at a station is told that it is in use`() async throws {
        try await withHut { front in
            let first = try front.terminal("booth-1")
            try first.until("请选一样")
            let second = try front.terminal("booth-1")
            try second.until("in use at another terminal")
        }
    }

    @Test func `a terminal that is started again shows the same visit`() async throws {
        try await withHut { front in
            var terminal: TestTerminal? = try front.terminal("booth-1")
            if let terminal {
                try front.identify("047", at: terminal)
                try terminal.until("是我本人")
            }
            terminal = nil
            // The hut learns of the closed connection on its own queue; until then the station is in use.
            var again = try front.terminal("booth-1")
            while !again.isAlive { again = try front.terminal("booth-1") }
            try again.until("您是 张*芳 女士 吗？")
        }
    }

    @Test func `five wrong PINs lock the number, and nobody learns whether it exists`() async throws {
        try await withHut { front in
            let terminal = try front.terminal("booth-1")
            for number in ["047", "987"] {
                try front.on("请选一样", type: "1", at: terminal)
                for attempt in 1...5 {
                    try front.on("请按您的小屋号", type: number + "\r", at: terminal)
                    try front.on("请按密码", type: "5678\r", at: terminal)
                    guard attempt < 5 else { break }
                    try front.on("号和密码对不上", type: "1", at: terminal)
                }
                try front.on("这个号先歇十分钟", type: "0", at: terminal)
            }
        }
    }

    @Test func `a nurse takes an SOS, and claims what nobody owned`() async throws {
        try await withHut { front in
            let watcher = try front.watcher(since: 0)
            // The radio has shaken hands once its band's first packet is in the ledger.
            for _ in 0..<120 where !watcher.hears(within: 0) { front.pass(.seconds(1)) }
            _ = try watcher.line(containing: #""from":"!433d1f2a""#)
            front.pass(.seconds(30))
            front.press(front.demo.bands)
            front.press(front.demo.resultCuff)
            front.pass(.seconds(90))
            #expect(try watcher.line(containing: "bloodPressure").contains(#""unclaimed":"noVisit""#))
            let alerts = try front.watcher(since: 0)
            _ = try alerts.line(containing: #""rule":"W-03","severity":"critical""#)
            let nurse = try front.terminal("nurse")
            try front.on(DemoHut.nurse, type: "1\(DemoHut.nursePIN)\r", at: nurse)
            try front.on("马德福", type: "t", at: nurse)
            _ = try alerts.line(containing: #""flag":"taken""#)
            try front.on("名单", type: "u", at: nurse)
            try front.on("为什么没认领", type: "1/047\r", at: nurse)
            try front.on("数和人对得上吗", type: "y\r", at: nurse)
            try nurse.until("存好了")
            #expect(try watcher.line(containing: "claimed").contains(#""became":"claimed","resident":""#))
            _ = try watcher.line(containing: #""flag":"cleared","rule":"DQ-01""#)
        }
    }
}
