// Nobody comes: texts to the duty number, by a simulated modem on a real socket, with a hut whose time the test lets
// pass; and the same hut gone and back.

import DeviceLink
import Foundation
import Ledger
import Testing
import Vitals

@testable import healthhut

/// A hut with a cuff whose bytes the test decides, a simulated modem and a nurse; it can go down and come back.
private final class DutyHut {
    let folder: Folder
    let modem: LineSimulator
    let cuff: Monitor
    private let clock = HutClock(pace: 0.001)
    private var hut: Hut?
    private var minute: UInt8 = 0

    init(_ fault: SimulatedFault? = nil) throws {
        folder = try Folder()
        _ = FileManager.default.changeCurrentDirectoryPath(Program.root.path)
        modem = try LineSimulator("gsm-modem", at: "\(folder.path)/gsm", fault: fault)
        cuff = try Monitor("\(folder.path)/cuff-1")
        let duty =
            "duty: { number: '138-0000 0000', modem: { id: 'gsm', device: 'gsm-modem', line: { socket: 'unix:\(folder.path)/gsm' } } },"
        let path = try folder.settings(replacing: [("upload: {", "\(duty)\n upload: {")])
        configuration = try HutConfiguration.load(path)
        let (ledgerPath, at) = (configuration.settings.ledger, clock.now.hut)
        try wait {
            let ledger = try await Ledger.open(path: ledgerPath, at: at)
            try await ledger.addStaff(Staff(name: "王敏", role: .nurse), pin: "2468", at: at)
            await ledger.close()
        }
        try up()
    }

    private let configuration: HutConfiguration

    func up() throws {
        // The lock goes with the last reference to the hut that went down, which a closing line may hold for a moment.
        var opened: Hut?
        for _ in 0..<600 where opened == nil {
            opened = try? wait { [configuration, clock] in try await openHut(configuration, clock: clock) }
            if opened == nil { poll(nil, 0, 50) }
        }
        let hut = try #require(opened, "the ledger was not let go")
        self.hut = hut
        try wait { try await hut.start() }
        try cuff.accept()
    }

    func down() throws {
        let gone = hut
        hut = nil
        try wait { await gone?.stop() }
        cuff.hangUp()
    }

    func end() throws {
        try down()
        modem.close()
    }

    /// A very high result that nobody asked for: the station alert.
    func alert() {
        minute += 1
        cuff.say(maiboboResult(minute: minute, systolic: 199))
    }

    func pass(_ seconds: Int) throws {
        clock.advance(by: .seconds(seconds))
        try wait { [hut] in await hut?.rearm() }
    }

    func watcher(since sequence: Int? = 0) throws -> TestWatcher {
        try TestWatcher("\(folder.path)/watch", since: sequence)
    }

    /// How many texts the modem was given.
    var bodies: Int { modem.bytes.count { $0 == 0x1A } }

    /// What was texted last, decoded.
    func lastText() -> String {
        let pdu = modem.bytes.split(separator: 0x1A).last?.split(separator: 0x0D).last ?? []
        let bytes = HexText.bytes(in: String(decoding: pdu, as: UTF8.self)) ?? []
        // Service centre 1, head 4, 11 digits 6, head 4.
        let text = bytes.dropFirst(15)
        let units = stride(from: text.startIndex, to: text.endIndex - 1, by: 2).map {
            UInt16(text[$0]) << 8 | UInt16(text[$0 + 1])
        }
        return String(decoding: units, as: UTF16.self)
    }

    @discardableResult
    private func wait<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) throws -> Value {
        let done = DispatchSemaphore(value: 0)
        let box = Box<Value>()
        Task {
            do { box.result = .success(try await body()) } catch { box.result = .failure(error) }
            done.signal()
        }
        done.wait()
        return try #require(box.result).get()
    }

    private final class Box<Value>: @unchecked Sendable {
        // `@unchecked Sendable`: written before the semaphore is signalled, read after it was waited for.
        var result: Result<Value, any Error>?
    }
}

/// Runs on a thread that may wait.
private func onThread(_ body: @escaping @Sendable () throws -> Void) async throws {
    try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
        Thread.detachNewThread { done.resume(with: Result { try body() }) }
    }
}

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
                if pause > 0 { try hut.pass(pause) }
                let tried = try watcher.line(containing: #""text":"tried""#)
                #expect(tried.contains("\"round\":\(round)"))
                times.append(try second(of: tried))
                _ = try watcher.line(containing: #""text":"sent""#)
            }
            #expect(times.map { ($0 - times[0] + 86_400) % 86_400 } == [0, 120, 300])
            try hut.pass(3_600)
            try hut.end()
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
            try hut.end()
        }
    }

    @Test func `a named person who takes it ends the texts`() async throws {
        try await onThread {
            let hut = try DutyHut()
            let watcher = try hut.watcher()
            hut.alert()
            _ = try watcher.line(containing: #""text":"sent""#)
            let nurse = try TestTerminal("\(hut.folder.path)/nurse")
            try nurse.until("王敏")
            for key in "12468\r" {
                try hut.pass(1)
                nurse.send(String(key))
            }
            try nurse.until("名单")
            try hut.pass(1)
            nurse.send("t")
            _ = try watcher.line(containing: #""flag":"taken""#)
            try hut.pass(3_600)
            try hut.end()
            #expect(hut.bodies == 1)
        }
    }

    @Test func `a hut that was down goes on where it stood and sends nothing twice`() async throws {
        try await onThread {
            let hut = try DutyHut()
            let before = try hut.watcher()
            hut.alert()
            _ = try before.line(containing: #""text":"sent""#)
            try hut.down()
            try hut.up()
            let after = try hut.watcher()
            _ = try after.line(containing: #""text":"sent""#)
            // Time jumps only when the modem has been greeted anew: a jump is a time-out to whoever waits for an answer.
            try hut.modem.until("its second greeting") {
                let lines = $0.split(separator: 0x0D)
                return lines.count { $0.elementsEqual("ATE0".utf8) } == 2
                    && lines.last?.elementsEqual("AT+CREG?".utf8) == true
            }
            try hut.pass(60)
            #expect(hut.bodies == 1)
            try hut.pass(60)
            #expect(try after.line(containing: #""text":"tried""#).contains(#""round":2"#))
            _ = try after.line(containing: #""text":"sent""#)
            try hut.end()
            #expect(hut.bodies == 2)
        }
    }

    @Test func `a text under way when the hut went down counts as sent`() async throws {
        try await onThread {
            let hut = try DutyHut(.textUnanswered)
            hut.alert()
            try hut.modem.until("a text") { $0.contains(0x1A) }
            try hut.down()
            hut.modem.show(nil)
            try hut.up()
            let watcher = try hut.watcher()
            _ = try watcher.line(containing: #""text":"unknown""#)
            try hut.pass(121)
            #expect(try watcher.line(containing: #""text":"tried""#).contains(#""round":2"#))
            _ = try watcher.line(containing: #""text":"sent""#)
            try hut.end()
            #expect(hut.bodies == 2)
        }
    }

    @Test func `without a network it is tried again until it goes through`() async throws {
        try await onThread {
            let hut = try DutyHut(.noNetwork)
            let watcher = try hut.watcher()
            hut.alert()
            #expect(try watcher.line(containing: #""text":"notSent""#).contains(#""because":"no-network""#))
            try hut.pass(31)
            _ = try watcher.line(containing: #""text":"notSent""#)
            hut.modem.show(nil)
            try hut.pass(61)
            #expect(try watcher.line(containing: #""text":"tried""#).contains(#""round":1"#))
            _ = try watcher.line(containing: #""text":"sent""#)
            try hut.end()
            #expect(hut.bodies == 1)
        }
    }
}

struct DutyCallTests {
    private let start = HutTime(milliseconds: 1_795_223_640_000)
    private func at(_ seconds: Int) -> MonotonicTime { MonotonicTime(nanoseconds: Int64(seconds) * 1_000_000_000) }
    private func now(_ seconds: Int) -> Now { Now(hut: start + .seconds(seconds), monotonic: at(seconds + 7_000)) }
    private func fact(_ sequence: Int64, _ seconds: Int, _ fact: Fact) -> RecordedFact {
        RecordedFact(sequence: FactSequence(rawValue: sequence), recordedAt: start + .seconds(seconds), fact: fact)
    }
    private func tried(_ sequence: Int64, _ seconds: Int, round: Int = 1) -> RecordedFact {
        fact(sequence, seconds, .textTried(FlagID(rawValue: 1), round: round))
    }
    private func ended(_ sequence: Int64, _ seconds: Int, _ result: OutputResult) -> RecordedFact {
        fact(sequence, seconds, .textEnded(FlagID(rawValue: 1), try: FactSequence(rawValue: sequence - 1), result))
    }

    @Test func `three texts, then silence`() {
        var call = DutyCall(at: at(100))
        for (round, due) in [(1, 100), (2, 220), (3, 400)] {
            #expect(call.round == round && call.dueAt == at(due))
            call.tried()
            #expect(call.dueAt == nil)
            call.ended(.done, at: at(due))
        }
        #expect(call.dueAt == nil)
    }

    @Test func `a text that got through late does not bring the next with it`() {
        var call = DutyCall(at: at(0))
        call.tried()
        call.ended(.failed(.noNetwork), at: at(1))
        #expect(call.round == 1 && call.dueAt == at(31))
        call.tried()
        call.ended(.unknown, at: at(600))
        #expect(call.round == 2 && call.dueAt == at(720))
    }

    @Test func `failures are tried ever more rarely, at most every quarter of an hour`() throws {
        var call = DutyCall(at: at(0))
        var (time, pauses) = (at(0), [Int64]())
        for _ in 1...8 {
            call.tried()
            call.ended(.failed(.noAnswer), at: time)
            let due = try #require(call.dueAt)
            pauses.append((due - time).milliseconds / 1_000)
            time = due
        }
        #expect(pauses == [30, 60, 120, 240, 480, 900, 900, 900])
    }

    @Test func `facts tell where it stood`() {
        let rows: [([RecordedFact], Int, round: Int, due: Int?)] = [
            ([], 50, 1, 50),
            ([tried(2, 0), ended(3, 2, .done)], 60, 2, 122),
            ([tried(2, 0), ended(3, 2, .done)], 900, 2, 122),
            ([tried(2, 0)], 60, 2, 120),
            ([tried(2, 0), ended(3, 2, .failed(.noCard))], 10, 1, 32),
            ([tried(2, 0), ended(3, 2, .done), tried(4, 122, round: 2), ended(5, 124, .done)], 200, 3, 300),
            (
                [
                    tried(2, 0), ended(3, 2, .done), tried(4, 122, round: 2), ended(5, 124, .done),
                    tried(6, 300, round: 3),
                ], 301, 4, nil
            ),
            // Taken, and it rang again: from the beginning.
            (
                [
                    tried(2, 0), ended(3, 2, .done),
                    fact(4, 30, .flagTaken(FlagID(rawValue: 1), by: StaffKey(rawValue: 1))),
                ], 500, 1, 500
            ),
        ]
        for (facts, seconds, round, due) in rows {
            let call = DutyCall(facts, now: now(seconds))
            #expect(call.round == round, "\(facts)")
            #expect(call.dueAt == due.map { at($0 + 7_000) }, "\(facts)")
        }
    }

    @Test func `a clock that was set back makes no text late`() {
        let call = DutyCall([tried(2, 500), ended(3, 502, .done)], now: now(0))
        #expect(call.round == 2 && call.dueAt == at(7_000 + 120))
    }
}
