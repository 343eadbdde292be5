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
}
