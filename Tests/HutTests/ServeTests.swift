// The service as systemd sees it: it starts, says so, meets a second one, and ends when asked.

import Foundation
import Ledger
import Testing
import Vitals

@testable import healthhut

@Suite struct ServeTests {
    @Test func `it serves, tells systemd, refuses a second one, and ends on SIGTERM with status 0`() throws {
        let folder = try Folder()
        let settings = try folder.settings()
        let notify = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        defer { close(notify) }
        var address = try #require(sockaddr_un(path: "\(folder.path)/notify"))
        try #require(address.withAddress { bind(notify, $0, $1) } == 0)
        func heard() -> String {
            var buffer = [UInt8](repeating: 0, count: 512)
            var wait = pollfd(fd: notify, events: Int16(POLLIN), revents: 0)
            guard poll(&wait, 1, tooLong) == 1 else { return "nothing more" }
            let count = recv(notify, &buffer, buffer.count, 0)
            return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
        }

        let hut = try Running(
            ["serve", "--settings", settings],
            environment: ["NOTIFY_SOCKET": "\(folder.path)/notify", "WATCHDOG_USEC": "200000"])
        #expect(heard().hasPrefix("READY=1"))
        #expect(heard() == "WATCHDOG=1")
        let second = try Program.run(["serve", "--settings", settings])
        #expect(second.status == 78)
        #expect(second.err.contains("another healthhut serve has this ledger"))
        // The kernel keeps ten datagrams and no more: what came while the second was refused must not push out the last.
        var scratch = [UInt8](repeating: 0, count: 512)
        while recv(notify, &scratch, scratch.count, Int32(MSG_DONTWAIT)) > 0 {}
        #expect(hut.end(SIGTERM) == 0)
        var last = heard()
        while last == "WATCHDOG=1" { last = heard() }
        #expect(last == "STOPPING=1")
    }

    @Test func `the ledger and its folder are this user's alone`() throws {
        let folder = try Folder()
        let hut = try Running(["serve", "--settings", try folder.settings()])
        _ = try hut.line(containing: "ready")
        func mode(_ name: String) throws -> Int {
            let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder.path)/ledger\(name)")
            return try #require(attributes[.posixPermissions] as? NSNumber).intValue
        }
        #expect(try mode("") == 0o700)
        for name in ["/ledger.sqlite", "/ledger.sqlite-wal", "/identity.key"] { #expect(try mode(name) == 0o600) }
        #expect(hut.end(SIGINT) == 0)
    }

    @Test func `asked to end while it still catches up with its ledger, it finishes that and ends`() throws {
        let folder = try Folder()
        let settings = try folder.settings()
        for _ in 1...20 {
            let hut = try Running(["serve", "--settings", settings])
            _ = try hut.line(containing: "ready")
            try #require(hut.end(SIGTERM) == 0)
        }
    }

    @Test func `a silent hut waits for no port, says which one is refused, and reads it when it comes`() throws {
        let folder = try Folder()
        let hut = try Running(["serve", "--settings", try folder.settings()])
        _ = try hut.line(containing: "ready: 3 instruments")
        #expect(try hut.line(containing: "cuff-1: ").contains("hint: "))
        let watcher = try TestWatcher("\(folder.path)/watch")
        let monitor = try Monitor("\(folder.path)/cuff-1")
        try monitor.accept()
        monitor.say(maiboboResult(minute: 1, systolic: 141))
        #expect(try watcher.line(containing: "bloodPressure").contains(#""systolic":141"#))
        monitor.hangUp()
        _ = try hut.line(containing: "cuff-1: closed by the other side")
        try monitor.accept()
        monitor.say(maiboboResult(minute: 2, systolic: 142))
        #expect(try watcher.line(containing: "bloodPressure").contains(#""systolic":142"#))
        #expect(hut.end(SIGTERM) == 0)
    }

    @Test func `noise, torn frames and wrong checksums are counted and never stored`() throws {
        let folder = try Folder()
        let monitor = try Monitor("\(folder.path)/cuff-1")
        let hut = try Running(["serve", "--settings", try folder.settings()])
        _ = try hut.line(containing: "ready: 3 instruments")
        try monitor.accept()
        var wrong = maiboboResult(minute: 1, systolic: 200)
        wrong[19] ^= 1
        monitor.say([0xFF, 0xAA, 0x80, 0x00] + wrong + Array(maiboboResult(minute: 2, systolic: 201).prefix(12)))
        monitor.say(maiboboResult(minute: 3, systolic: 143))
        let watcher = try TestWatcher("\(folder.path)/watch", since: 0)
        #expect(try watcher.line(containing: "bloodPressure").contains(#""systolic":143"#))
        #expect(hut.end(SIGTERM) == 0)
    }

    @Test func `killed at any moment it loses no reading that it has told of, and none stands twice`() throws {
        let folder = try Folder()
        let settings = try folder.settings()
        var last = 0
        for round in 0..<10 {
            let path = "\(folder.path)/cuff-1"
            unlink(path)
            let monitor = try Monitor(path)
            let hut = try Running(["serve", "--settings", settings])
            _ = try hut.line(containing: "ready: 3 instruments")
            try monitor.accept()
            let watcher = try TestWatcher("\(folder.path)/watch", since: last)
            monitor.say(maiboboResult(minute: UInt8(round), systolic: UInt8(120 + round)))
            let line = try watcher.line(containing: #""systolic":\#(120 + round),"#)
            // More are on their way when it dies.
            for extra in 0..<3 { monitor.say(maiboboResult(minute: UInt8(20 + round), systolic: UInt8(160 + extra))) }
            let number = line.split(separator: ",")[0].split(separator: ":")[1]
            last = try #require(Int(number))
            #expect(hut.end(SIGKILL) == -SIGKILL)
        }
        let hut = try Running(["serve", "--settings", settings])
        _ = try hut.line(containing: "ready")
        let all = try TestWatcher("\(folder.path)/watch", since: 0)
        _ = try all.line(containing: #""systolic":129,"#)
        #expect(hut.end(SIGTERM) == 0)
        let told = (try TestWatcher.everything(before: all)).filter { $0.contains("bloodPressure") }
        for round in 0..<10 {
            #expect(told.filter { $0.contains(#""systolic":\#(120 + round),"#) }.count == 1, "round \(round)")
        }
        let check = try Program.run(["check", "--settings", settings])
        #expect(check.out.contains("ok     ledger"))
    }

    @Test func `an alert that the power cut off is raised at the next start, once`() async throws {
        let folder = try Folder()
        let settings = try folder.settings()
        let at = HutTime(milliseconds: 1_795_000_000_000)
        let ledger = try await Ledger.open(path: "\(folder.path)/ledger/ledger.sqlite", at: at)
        let reading = Reading(
            vital: .bloodPressure(BloodPressure(systolic: 210, diastolic: 125)), receivedAt: at,
            instrument: InstrumentID(rawValue: "cuff-1"), station: StationID(rawValue: "booth-1"), source: .cuffStation)
        try await ledger.append([.reading(reading, .unclaimed(.noVisit, hint: nil))], at: at)
        await ledger.close()
        for _ in 0..<2 {
            let hut = try Running(["serve", "--settings", settings])
            _ = try hut.line(containing: "ready: 3 instruments")
            let watcher = try TestWatcher("\(folder.path)/watch", since: 0)
            _ = try watcher.line(containing: #""alert":"station","flag":"raised""#)
            _ = try watcher.line(containing: #""flag":"raised","rule":"DQ-01""#)
            #expect(hut.end(SIGTERM) == 0)
            let told = try TestWatcher.everything(before: watcher)
            #expect(told.filter { $0.contains(#""alert":"station""#) }.count == 1)
        }
    }

    @Test func `no work goes to the shared pool, whose first job would wake an idle hut every second for ever`() throws
    {
        let folder = try Folder()
        let cuff = try Monitor("\(folder.path)/cuff-1")
        let hut = try Running(["serve", "--settings", try folder.settings()])
        _ = try hut.line(containing: "ready: 3 instruments")
        try cuff.accept()
        let watcher = try TestWatcher("\(folder.path)/watch", since: 0)
        cuff.say(maiboboResult(minute: 1, systolic: 199))
        _ = try watcher.line(containing: #""alert":"station","flag":"raised""#)
        // Dispatch names a thread after its queue, the pool's `…-qos` and those of our own queues `…-qos.overcommit`;
        // the kernel keeps the last letters. A thread of the pool lives on for seconds after its job.
        let threads = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(hut.identifier)/task")
        let names = threads.compactMap {
            try? String(contentsOfFile: "/proc/\(hut.identifier)/task/\($0)/comm", encoding: .utf8)
        }
        #expect(names.contains { $0.hasSuffix(".overcommit\n") })
        #expect(names.filter { $0.hasSuffix("-qos\n") } == [])
        #expect(hut.end(SIGTERM) == 0)
    }

    @Test func `what other commands write is heard at once: a resident, her PIN, a band`() throws {
        let folder = try Folder()
        let settings = try folder.settings()
        let hut = try Running(["serve", "--settings", settings])
        _ = try hut.line(containing: "ready")
        let end = ["--settings", settings]
        #expect(
            try Program.run(["residents", "add", "--number", "047", "--name", "张桂芳", "--sex", "female"] + end).status
                == 0)
        #expect(try Program.run(["residents", "pin", "047"] + end, input: "1357\n").status == 0)
        let terminal = try TestTerminal("\(folder.path)/booth-1", size: .init(columns: 40, rows: 16))
        try terminal.until("请选一样")
        // The cuff's line is not there: the station says so, and her own record still opens.
        try terminal.until("血压计 今天用不了")
        #expect(hut.end(SIGTERM) == 0)
    }

    @Test func `nothing of a person stands in the log`() throws {
        let folder = try Folder()
        let settings = try folder.settings()
        _ = try Program.run([
            "residents", "add", "--number", "04711", "--name", "张桂芳", "--phone", "13900000106", "--settings", settings,
        ])
        _ = try Program.run(["residents", "pin", "04711", "--settings", settings], input: "1357\n")
        let monitor = try Monitor("\(folder.path)/cuff-1")
        let hut = try Running(["serve", "--settings", settings])
        _ = try hut.line(containing: "ready: 3 instruments")
        try monitor.accept()
        monitor.say(maiboboResult(minute: 1, systolic: 199))
        let watcher = try TestWatcher("\(folder.path)/watch", since: 0)
        _ = try watcher.line(containing: #""alert":"station""#)
        kill(hut.identifier, SIGTERM)
        var log = ""
        while let line = try? hut.nextLine() { log += line }
        #expect(log.contains("stopped"))
        for secret in ["张", "04711", "13900000106", "1357", "199"] { #expect(!log.contains(secret)) }
    }
}
