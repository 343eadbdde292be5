// The file: who may read it, whose it is, how it moves forward, and what is refused with it untouched.

import FoundationEssentials
import Glibc
import Testing
import Vitals

@testable import Ledger

private func mode(_ path: String) throws -> UInt32 {
    var state = stat()
    try #require(lstat(path, &state) == 0)
    return state.st_mode & 0o777
}

private func write(_ path: String, _ text: String, mode: mode_t = 0o600) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    try #require(chmod(path, mode) == 0)
}

@Suite struct FileTests {
    let folder: Folder

    init() throws { folder = try Folder() }

    @Test func `the folder is 0700 and the file, its log and its index are 0600 under any umask`() async throws {
        let path = folder.path + "/new/ledger.sqlite"
        let before = umask(0)
        defer { umask(before) }
        let ledger = try await Ledger.open(path: path, at: .start)
        try await ledger.append([.helpCalled(booth)], at: .start)
        #expect(try mode(folder.path + "/new") == 0o700)
        for suffix in ["", "-wal", "-shm"] { #expect(try mode(path + suffix) == 0o600, "\(suffix)") }
    }

    @Test func `what stood in the ledger stands there when it is opened again`() async throws {
        let first = try await folder.open()
        let key = try await first.addResidents(1)[0]
        try await first.append([.reading(.pressure(138, 86), .resident(key, visit: nil))], at: .start)
        await first.close()
        let second = try await folder.open()
        #expect(try await second.last() == 2)
        #expect(try await second.latestReadings(of: key, limit: 1).count == 1)
    }

    @Test func `a symbolic link is refused`() async throws {
        try write(folder.path + "/elsewhere", "")
        try #require(symlink(folder.path + "/elsewhere", folder.ledger) == 0)
        await #expect(throws: LedgerError.unsafe(path: folder.ledger, .symbolicLink)) { try await folder.open() }
    }

    @Test(arguments: [0o644, 0o640, 0o602] as [mode_t])
    func `a file that others can reach is refused`(mode: mode_t) async throws {
        try write(folder.ledger, "", mode: mode)
        await #expect(throws: LedgerError.unsafe(path: folder.ledger, .readableByOthers)) { try await folder.open() }
    }

    @Test func `a folder that others can reach is refused`() async throws {
        try #require(chmod(folder.path, 0o770) == 0)
        await #expect(throws: LedgerError.unsafe(path: folder.path, .folderOpenToOthers)) {
            try await folder.open()
        }
    }

    @Test func `a folder that cannot be made is named with the reason`() async throws {
        // A file stands where the folder should be: the one refusal that even root meets.
        try write(folder.path + "/file", "")
        await #expect(throws: LedgerError.self) {
            _ = try await Ledger.open(path: folder.path + "/file/ledger.sqlite", at: .start)
        }
        do {
            _ = try await Ledger.open(path: "/proc/healthhut/ledger.sqlite", at: .start)
            Issue.record("a ledger in /proc")
        } catch {
            #expect(error.message.hasPrefix("/proc/healthhut: cannot make this folder"))
            #expect(!error.hint.isEmpty)
        }
    }

    @Test func `a text file is not ours and is left alone`() async throws {
        let text = String(repeating: "diary of an operator\n", count: 60)
        try write(folder.ledger, text)
        await #expect(throws: LedgerError.notOurs(path: folder.ledger)) { try await folder.open() }
        #expect(try String(decoding: Data(contentsOf: URL(fileURLWithPath: folder.ledger)), as: UTF8.self) == text)
    }

    @Test func `another program's database is not ours`() async throws {
        try write(folder.ledger, "")
        try Database(path: folder.ledger).execute("CREATE TABLE bookmarks (url TEXT)")
        await #expect(throws: LedgerError.notOurs(path: folder.ledger)) { try await folder.open() }
    }

    @Test func `a damaged page is told as damage`() async throws {
        let ledger = try await folder.open()
        let key = try await ledger.addResidents(1)[0]
        for index in 0..<400 {
            try await ledger.append(
                [.reading(.pressure(138, 86, at: .after(index)), .resident(key, visit: nil))], at: .after(index))
        }
        await ledger.close()
        var bytes = try Data(contentsOf: URL(fileURLWithPath: folder.ledger))
        bytes.replaceSubrange(bytes.count - 4_096..<bytes.count, with: [UInt8](repeating: 0x5A, count: 4_096))
        try bytes.write(to: URL(fileURLWithPath: folder.ledger))
        try #require(chmod(folder.ledger, 0o600) == 0)
        let damaged = try await folder.open()
        let findings = try await damaged.check()
        #expect(findings.contains { $0.what.contains("damaged") })
    }

    @Test func `a fact that was edited behind our back breaks the chain`() async throws {
        let ledger = try await folder.open()
        let key = try await ledger.addResidents(2)[0]
        for index in 0..<5 {
            try await ledger.append(
                [.reading(.pressure(138, 86, at: .after(index)), .resident(key, visit: nil))], at: .start)
        }
        try Database(path: folder.ledger).execute(
            """
            DROP TRIGGER fact_never_edited;
            UPDATE fact SET value1 = 118 WHERE sequence = 5;
            UPDATE reading SET value1 = 118 WHERE sequence = 5;
            """)
        let findings = try await ledger.check()
        #expect(findings.count == 1)
        #expect(findings.first?.what.hasPrefix("fact 5 does not follow") == true)
    }

    @Test func `facts that were cut off the end are missed, and nothing advises to forget them`() async throws {
        let ledger = try await folder.open()
        let key = try await ledger.addResidents(2)[0]
        for index in 0..<5 {
            try await ledger.append(
                [.reading(.pressure(138, 86, at: .after(index)), .resident(key, visit: nil))], at: .start)
        }
        let last = try await ledger.last()
        try Database(path: folder.ledger).execute(
            "DROP TRIGGER fact_never_deleted; DELETE FROM fact WHERE sequence > \(last.rawValue - 2)")
        let findings = try await ledger.check()
        #expect(findings.count == 1)
        #expect(findings.first?.what.contains("before fact \(last.rawValue)") == true)
        #expect(findings.first?.hint.contains("without --rebuild") == true)
        let verdict = try await ledger.auditVerify()
        #expect(verdict.firstBroken == nil && verdict.cutOff == last)
        #expect(try await ledger.cutOffEnd() == findings.first)
    }

    @Test(arguments: [
        "UPDATE fact SET value1 = 118", "DELETE FROM fact WHERE sequence = 3", "UPDATE name SET text = 'cuff-9'",
        "DELETE FROM name", "INSERT OR REPLACE INTO fact SELECT * FROM fact WHERE sequence = 3",
    ])
    func `no program can edit a fact while the schema stands`(edit: String) async throws {
        let ledger = try await folder.open()
        let key = try await ledger.addResidents(2)[0]
        try await ledger.append([.reading(.pressure(138, 86), .resident(key, visit: nil))], at: .start)
        #expect(throws: LedgerError.self) { try Database(path: folder.ledger).execute(edit) }
        #expect(try await ledger.check() == [])
    }

    @Test func `a second lock on the same ledger is refused until the first is gone`() throws {
        do {
            let first = try LedgerLock(ledger: folder.ledger)
            let path = folder.ledger
            #expect(throws: LedgerError.locked(path: path)) { _ = try LedgerLock(ledger: path) }
            _ = consume first
        }
        _ = try LedgerLock(ledger: folder.ledger)
    }

    @Test func `an identity key is made once, kept, and tells numbers apart`() throws {
        let path = folder.path + "/identity.key"
        let key = try IdentityKey.open(path: path)
        #expect(try mode(path) == 0o600)
        let again = try IdentityKey.open(path: path)
        // The specimen number of GB 11643.
        let specimen = IdentityToken.residentCard(
            IdentityCard(number: try #require(CardNumber("11010519491231002X")), name: "王测试"))
        let link = key.link(specimen)
        #expect(link.digest.bytes.count == 32 && link.ends == "002X" && link.kind == .card)
        #expect(again.link(specimen) == link)
        #expect(try IdentityKey.open(path: folder.path + "/other.key").link(specimen).digest != link.digest)
        // The same characters as a code or a tag are something else.
        #expect(key.link(.code("11010519491231002X")).digest != link.digest)
        #expect(key.link(.tag("0006547886")).digest != key.link(.code("0006547886")).digest)
    }

    @Test func `an identity key that others can read, or that is none, is refused`() throws {
        let path = folder.path + "/identity.key"
        try write(path, String(repeating: "0a", count: 32), mode: 0o644)
        #expect(throws: LedgerError.unsafe(path: path, .readableByOthers)) { try IdentityKey.open(path: path) }
        try write(path, "not a key")
        #expect(throws: LedgerError.self) { try IdentityKey.open(path: path) }
    }
}
