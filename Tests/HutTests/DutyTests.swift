// Nobody comes: texts to the duty number, by a simulated modem on a real socket, with a hut whose time the test lets
// pass; and the same hut gone and back.

import DeviceLink
import Glibc
import Testing

@testable import healthhut

/// `2026-11-21T09:14:00+08:00` of a line, in seconds of its day.
private func second(of line: String) throws -> Int {
    let time = try #require(line.split(separator: "\"receivedAt\":\"").last?.split(separator: "T").dropFirst().first)
    let parts = time.prefix(8).split(separator: ":").compactMap { Int($0) }
    try #require(parts.count == 3)
    return parts[0] * 3_600 + parts[1] * 60 + parts[2]
}

@Suite(.serialized) struct DutyTests {
    @Test func `an alert nobody takes is texted at once, after two and after five minutes, and no more`() async throws {
        try await onThread {
            let hut = try DutyHut()
            let watcher = try hut.watcher()
            hut.alert()
            var times: [Int] = []
            for (round, pause) in [(1, 0), (2, 120), (3, 180)] {
                if pause > 0 { hut.pass(pause) }
                let tried = try watcher.line(containing: #""text":"tried""#)
                #expect(tried.contains("\"round\":\(round)"))
                times.append(try second(of: tried))
                _ = try watcher.line(containing: #""text":"sent""#)
            }
            #expect(times.map { ($0 - times[0] + 86_400) % 86_400 } == [0, 120, 300])
            hut.pass(3_600)
            hut.end()
            #expect(hut.bodies == 3)
        }
    }

    @Test func `a text says what, when and where, and neither who nor how high`() async throws {
        try await onThread {
            let hut = try DutyHut()
            let watcher = try hut.watcher()
            hut.alert()
            _ = try watcher.line(containing: #""text":"sent""#)
            let text = hut.lastText()
            #expect(text.hasPrefix("有人要马上看，还没人接 "))
            #expect(text.hasSuffix(" 1号台 方泰东社区健康小屋 方泰东路 8 号"))
            #expect(!text.contains("199") && text.utf16.count <= 70)
            hut.end()
        }
    }

    @Test func `a named person who takes it ends the texts`() async throws {
        try await onThread {
            let hut = try DutyHut()
            let watcher = try hut.watcher()
            hut.alert()
            _ = try watcher.line(containing: #""text":"sent""#)
            let nurse = try hut.nurse()
            hut.pass(1)
            nurse.send("t")
            _ = try watcher.line(containing: #""flag":"taken""#)
            hut.pass(3_600)
            hut.end()
            #expect(hut.bodies == 1)
        }
    }

    @Test func `a hut that was down goes on where it stood and sends nothing twice`() async throws {
        try await onThread {
            let hut = try DutyHut()
            let before = try hut.watcher()
            hut.alert()
            _ = try before.line(containing: #""text":"sent""#)
            hut.down()
            try hut.up()
            let after = try hut.watcher()
            _ = try after.line(containing: #""text":"sent""#)
            try hut.modemIsGreetedAgain()
            hut.pass(60)
            #expect(hut.bodies == 1)
            hut.pass(60)
            #expect(try after.line(containing: #""text":"tried""#).contains(#""round":2"#))
            _ = try after.line(containing: #""text":"sent""#)
            hut.end()
            #expect(hut.bodies == 2)
        }
    }

    @Test func `a text under way when the hut went down counts as sent`() async throws {
        try await onThread {
            let hut = try DutyHut(.textUnanswered)
            hut.alert()
            try hut.modem.until("a text") { $0.contains(0x1A) }
            hut.down()
            hut.modem.show(nil)
            try hut.up()
            let watcher = try hut.watcher()
            _ = try watcher.line(containing: #""text":"unknown""#)
            hut.pass(121)
            #expect(try watcher.line(containing: #""text":"tried""#).contains(#""round":2"#))
            _ = try watcher.line(containing: #""text":"sent""#)
            hut.end()
            #expect(hut.bodies == 2)
        }
    }

    @Test func `without a network it is tried again until it goes through`() async throws {
        try await onThread {
            let hut = try DutyHut(.noNetwork)
            let watcher = try hut.watcher()
            hut.alert()
            #expect(try watcher.line(containing: #""text":"notSent""#).contains(#""because":"no-network""#))
            hut.pass(31)
            _ = try watcher.line(containing: #""text":"notSent""#)
            hut.modem.show(nil)
            hut.pass(61)
            #expect(try watcher.line(containing: #""text":"tried""#).contains(#""round":1"#))
            _ = try watcher.line(containing: #""text":"sent""#)
            hut.end()
            #expect(hut.bodies == 1)
        }
    }

    @Test(arguments: [SimulatedFault?.none, .textUnanswered])
    func `killed outright between two texts or under one, it sends nothing twice and goes on where it stood`(
        fault: SimulatedFault?
    ) async throws {
        try await onThread {
            let hut = try DutyHut(fault, isUp: false)
            let program = try hut.serve()
            let before = try hut.watcher()
            hut.alert()
            if fault == nil {
                _ = try before.line(containing: #""text":"sent""#)
            } else {
                try hut.modem.until("a text") { $0.contains(0x1A) }
            }
            #expect(program.end(SIGKILL) == -SIGKILL)
            hut.cuff.hangUp()
            hut.modem.show(nil)
            try hut.up()
            let after = try hut.watcher()
            _ = try after.line(containing: fault == nil ? #""text":"sent""# : #""text":"unknown""#)
            try hut.modemIsGreetedAgain()
            hut.pass(60)
            #expect(hut.bodies == 1)
            hut.pass(61)
            #expect(try after.line(containing: #""text":"tried""#).contains(#""round":2"#))
            _ = try after.line(containing: #""text":"sent""#)
            hut.end()
            #expect(hut.bodies == 2)
        }
    }
}
