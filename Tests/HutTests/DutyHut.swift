// A hut for the tests of texts to the duty number: a cuff that says what the test says, a simulated modem on a real socket,
// and time that the test lets pass. It can go down and come back, or be a program that is killed.

import DeviceLink
import Foundation
import Ledger
import Testing
import Vitals

@testable import healthhut

/// A hut with a cuff whose bytes the test decides, a simulated modem and a nurse; it can go down and come back.
final class DutyHut {
    let folder: Folder
    let modem: LineSimulator
    let cuff: Monitor
    private let path: String
    /// Begins when the hut comes up first: it must not be behind what a killed program has written.
    private lazy var clock = HutClock(pace: 0.001)
    private var hut: Hut?
    private var minute: UInt8 = 0

    /// - Parameter isUp: otherwise whoever calls `serve` or `up` starts it.
    init(_ fault: SimulatedFault? = nil, isUp: Bool = true) throws {
        folder = try Folder()
        _ = FileManager.default.changeCurrentDirectoryPath(Program.root.path)
        modem = try LineSimulator("gsm-modem", at: "\(folder.path)/gsm", fault: fault)
        cuff = try Monitor("\(folder.path)/cuff-1")
        let duty =
            "duty: { number: '138-0000 0000', modem: { id: 'gsm', device: 'gsm-modem', line: { socket: 'unix:\(folder.path)/gsm' } } },"
        path = try folder.settings(replacing: [("upload: {", "\(duty)\n upload: {")])
        configuration = try HutConfiguration.load(path)
        let (ledgerPath, at) = (configuration.settings.ledger, HutClock().now.hut)
        try wait {
            let ledger = try await Ledger.open(path: ledgerPath, at: at)
            try await ledger.addStaff(Staff(name: "王敏", role: .nurse), pin: "2468", at: at)
            await ledger.close()
        }
        if isUp { try up() }
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

    /// The same hut as a program of its own, in the machine's time.
    func serve() throws -> Running {
        let program = try Running(["serve", "--settings", path])
        _ = try program.line(containing: "ready")
        try cuff.accept()
        return program
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

    /// Time jumps only when the modem has been greeted anew: a jump is a time-out to whoever waits for an answer.
    func modemIsGreetedAgain() throws {
        try modem.until("its second greeting") {
            let lines = $0.split(separator: 0x0D)
            return lines.count { $0.elementsEqual("ATE0".utf8) } == 2
                && lines.last?.elementsEqual("AT+CREG?".utf8) == true
        }
    }

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
func onThread(_ body: @escaping @Sendable () throws -> Void) async throws {
    try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
        Thread.detachNewThread { done.resume(with: Result { try body() }) }
    }
}

/// `2026-11-21T09:14:00+08:00` of a line, in seconds of its day.
func second(of line: String) throws -> Int {
    let time = try #require(line.split(separator: "\"receivedAt\":\"").last?.split(separator: "T").dropFirst().first)
    let parts = time.prefix(8).split(separator: ":").compactMap { Int($0) }
    try #require(parts.count == 3)
    return parts[0] * 3_600 + parts[1] * 60 + parts[2]
}
