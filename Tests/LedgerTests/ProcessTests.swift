// Two processes on one ledger, and a process whose disk is full. The other process is this test program once more,
// started with one environment variable that names what it shall do and where.

import FoundationEssentials
import Glibc
import Testing
import Vitals

@testable import Ledger

private let variable = "HEALTHHUT_LEDGER_CHILD"

/// What the parent asked of this process: a word and a path.
private var task: (word: String, path: String)? {
    guard let text = ProcessInfo.processInfo.environment[variable], let colon = text.firstIndex(of: ":") else {
        return nil
    }
    return (String(text[..<colon]), String(text[text.index(after: colon)...]))
}

/// This test program once more, running `OtherProcess` alone; `wait` gives its exit status.
private struct Child {
    private var pid: pid_t = 0

    init(_ word: String, _ path: String) throws {
        var arguments: [String] = []
        var skips = false
        for argument in CommandLine.arguments {
            if !skips, argument != "--filter", argument != "--skip" { arguments.append(argument) }
            skips = argument == "--filter" || argument == "--skip"
        }
        arguments += ["--filter", "OtherProcess"]
        let environment = ProcessInfo.processInfo.environment.map { "\($0)=\($1)" } + ["\(variable)=\(word):\(path)"]
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for output in [STDOUT_FILENO, STDERR_FILENO] {
            posix_spawn_file_actions_addopen(&actions, output, path + ".out", O_WRONLY | O_CREAT | O_APPEND, 0o600)
        }
        let argumentPointers = arguments.map { strdup($0) } + [nil]
        let environmentPointers = environment.map { strdup($0) } + [nil]
        defer { for pointer in argumentPointers + environmentPointers { free(pointer) } }
        try #require(posix_spawn(&pid, "/proc/self/exe", &actions, nil, argumentPointers, environmentPointers) == 0)
    }

    /// 0 when every expectation of the other process held.
    func wait() -> Int32 {
        var status: Int32 = 0
        waitpid(pid, &status, 0)
        return status
    }
}

@Suite struct ProcessTests {
    let folder: Folder

    init() throws { folder = try Folder() }

    private func output() -> String {
        (try? Data(contentsOf: URL(fileURLWithPath: folder.ledger + ".out"))).map {
            String(decoding: $0, as: UTF8.self)
        } ?? ""
    }

    @Test func `two processes append at once, the chain and the projections stay whole`() async throws {
        let ledger = try await folder.open()
        let key = try await ledger.addResidents(1)[0]
        let child = try Child("append", folder.ledger)
        for index in 0..<150 {
            try await ledger.append(
                [.reading(.pressure(120, 80, at: .after(index)), .resident(key, visit: nil))], at: .after(index))
        }
        #expect(child.wait() == 0, "\(output())")
        #expect(try await ledger.last() == 301)
        #expect(try await ledger.latestReadings(of: key, limit: 1_000).count == 300)
        #expect(try await ledger.facts(after: 0, limit: 1_000).map(\.sequence.rawValue) == Array(1...301))
        #expect(try await ledger.check() == [])
    }

    @Test func `what append has returned, another process reads`() async throws {
        let ledger = try await folder.open()
        let key = try await ledger.addResidents(1)[0]
        try await ledger.append([.reading(.pressure(211, 80), .resident(key, visit: nil))], at: .start)
        #expect(try Child("read", folder.ledger).wait() == 0, "\(output())")
    }

    @Test func `two processes make the same new ledger`() async throws {
        let child = try Child("make", folder.ledger)
        let ledger = try await folder.open()
        #expect(child.wait() == 0, "\(output())")
        #expect(try await ledger.check() == [])
    }

    @Test func `a ledger locked by one process is refused to another`() async throws {
        let lock = try LedgerLock(ledger: folder.ledger)
        #expect(try Child("lock", folder.ledger).wait() == 0, "\(output())")
        _ = consume lock
    }

    @Test func `a process that may not write more says full and recovers`() async throws {
        #expect(try Child("full", folder.ledger).wait() == 0, "\(output())")
    }

    @Test func `a process held off for two seconds says busy and loses nothing`() async throws {
        let ledger = try await folder.open()
        let other = try Database(path: folder.ledger)
        try other.execute("BEGIN IMMEDIATE")
        await #expect(throws: LedgerError.busy) { try await ledger.append([.helpCalled(booth)], at: .start) }
        try other.execute("ROLLBACK")
        #expect(try await ledger.append([.helpCalled(booth)], at: .start) == [1])
    }
}

/// What the other process does; skipped in the first.
@Suite(.enabled(if: task != nil)) struct OtherProcess {
    @Test func `does what it was started for`() async throws {
        let (word, path) = try #require(task)
        switch word {
        case "append": try await append(path)
        case "read": try await read(path)
        case "make": _ = try await Ledger.open(path: path, at: .start)
        case "lock": #expect(throws: LedgerError.locked(path: path)) { _ = try LedgerLock(ledger: path) }
        case "full": try await fill(path)
        default: Issue.record("unknown task \(word)")
        }
    }

    private func append(_ path: String) async throws {
        let ledger = try await Ledger.open(path: path, at: .start)
        for index in 0..<150 {
            try await ledger.append(
                [.reading(.heartRate(60, at: .after(index)).atCuff, .resident(1, visit: nil))], at: .after(index))
        }
    }

    private func read(_ path: String) async throws {
        let ledger = try await Ledger.open(path: path, at: .start)
        let reading = try #require(try await ledger.latestReadings(of: 1, limit: 1).first?.reading)
        #expect(reading.vital.kind == .bloodPressure)
        #expect(try await ledger.last() == 2)
    }

    /// The system's own limit on the size of a file: writes fail as on a full disk, in the middle of a frame.
    private func fill(_ path: String) async throws {
        let ledger = try await Ledger.open(path: path, at: .start)
        let key = try await ledger.addResidents(1)[0]
        signal(SIGXFSZ, SIG_IGN)
        var state = stat()
        try #require(stat(path + "-wal", &state) == 0)
        var limit = rlimit(rlim_cur: rlim_t(state.st_size) + 50_000, rlim_max: rlim_t.max)
        try #require(setrlimit(__rlimit_resource_t(1), &limit) == 0)
        let call = (0..<20).map { Fact.reading(.pressure(100 + $0, 60, at: .after($0)), .resident(key, visit: nil)) }
        var stored = 0
        await #expect(throws: LedgerError.full) {
            while stored < 100_000 {
                try await ledger.append(call, at: .start)
                stored += 20
            }
        }
        limit.rlim_cur = rlim_t.max
        try #require(setrlimit(__rlimit_resource_t(1), &limit) == 0)
        #expect(try await ledger.latestReadings(of: key, limit: 100_000).count == stored)
        try await ledger.append(call, at: .start)
        #expect(try await ledger.latestReadings(of: key, limit: 100_000).count == stored + 20)
        #expect(try await ledger.check() == [])
    }
}

extension Reading {
    /// The same value from a cuff's station.
    fileprivate var atCuff: Reading {
        var copy = self
        copy.source = .cuffStation
        return copy
    }
}
