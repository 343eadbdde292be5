import Foundation
import Testing
import Vitals

@testable import healthhut

/// One frame of a Maibobo result; the minute makes each its own.
private func result(minute: UInt8, systolic: UInt8) -> [UInt8] {
    var frame: [UInt8] = [
        0xAA, 0x80, 0x03, 0x0F, 0x01, 0x06, 0x01, 26, 11, 21, 9, minute, 0, 0, systolic, 0, 80, 0, 72,
    ]
    frame.append(frame.dropFirst(2).reduce(0, ^))
    return frame
}

/// A monitor on a socket: takes the hut's connection and says what the test tells it to.
private final class Monitor {
    private let listening: Int32
    private var connected: Int32 = -1

    init(_ path: String) throws {
        listening = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = try #require(sockaddr_un(path: path))
        try #require(address.withAddress { bind(listening, $0, $1) } == 0)
        listen(listening, 1)
    }

    deinit {
        close(listening)
        if connected >= 0 { close(connected) }
    }

    /// Waits for the hut.
    func accept(_ location: SourceLocation = #_sourceLocation) throws {
        var wait = pollfd(fd: listening, events: Int16(POLLIN), revents: 0)
        try #require(poll(&wait, 1, 40_000) == 1, "the hut did not connect", sourceLocation: location)
        connected = Glibc.accept(listening, nil, nil)
    }
    func say(_ bytes: [UInt8]) { writeAll(connected, bytes: bytes) }

    func hangUp() {
        close(connected)
        connected = -1
    }
}

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
        let began = ContinuousClock.now
        #expect(hut.end(SIGTERM) == 0)
        #expect(ContinuousClock.now - began < .seconds(2))
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

    @Test func `a silent hut waits for no port, says which one is refused, and reads it when it comes`() throws {
        let folder = try Folder()
        let hut = try Running(["serve", "--settings", try folder.settings()])
        _ = try hut.line(containing: "ready: 3 instruments")
        #expect(try hut.line(containing: "cuff-1: ").contains("hint: "))
        let watcher = try TestWatcher("\(folder.path)/watch")
        let monitor = try Monitor("\(folder.path)/cuff-1")
        try monitor.accept()
        monitor.say(result(minute: 1, systolic: 141))
        #expect(try watcher.line(containing: "bloodPressure").contains(#""systolic":141"#))
        monitor.hangUp()
        _ = try hut.line(containing: "cuff-1: closed by the other side")
        try monitor.accept()
        monitor.say(result(minute: 2, systolic: 142))
        #expect(try watcher.line(containing: "bloodPressure").contains(#""systolic":142"#))
        #expect(hut.end(SIGTERM) == 0)
    }

    @Test func `noise, torn frames and wrong checksums are counted and never stored`() throws {
        let folder = try Folder()
        let monitor = try Monitor("\(folder.path)/cuff-1")
        let hut = try Running(["serve", "--settings", try folder.settings()])
        _ = try hut.line(containing: "ready: 3 instruments")
        try monitor.accept()
        var wrong = result(minute: 1, systolic: 200)
        wrong[19] ^= 1
        monitor.say([0xFF, 0xAA, 0x80, 0x00] + wrong + Array(result(minute: 2, systolic: 201).prefix(12)))
        monitor.say(result(minute: 3, systolic: 143))
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
            monitor.say(result(minute: UInt8(round), systolic: UInt8(120 + round)))
            let line = try watcher.line(containing: "bloodPressure")
            // More are on their way when it dies.
            for extra in 0..<3 { monitor.say(result(minute: UInt8(20 + round), systolic: UInt8(160 + extra))) }
            #expect(line.contains(#""systolic":\#(120 + round)"#))
            let number = line.split(separator: ",")[0].split(separator: ":")[1]
            last = try #require(Int(number))
            #expect(hut.end(SIGKILL) == -SIGKILL)
        }
        let hut = try Running(["serve", "--settings", settings])
        _ = try hut.line(containing: "ready")
        let all = try TestWatcher("\(folder.path)/watch", since: 0)
        for round in 0..<10 {
            #expect(
                try all.line(containing: #""vital":"bloodPressure","systolic":12"#).contains(
                    #""systolic":\#(120 + round)"#))
        }
        #expect(hut.end(SIGTERM) == 0)
        let check = try Program.run(["check", "--settings", settings])
        #expect(check.out.contains("ok     ledger"))
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
        monitor.say(result(minute: 1, systolic: 199))
        let watcher = try TestWatcher("\(folder.path)/watch", since: 0)
        _ = try watcher.line(containing: #""alert":"station""#)
        kill(hut.identifier, SIGTERM)
        var log = ""
        while let line = try? hut.nextLine() { log += line }
        #expect(log.contains("stopped"))
        for secret in ["张", "04711", "13900000106", "1357", "199"] { #expect(!log.contains(secret)) }
    }
}
