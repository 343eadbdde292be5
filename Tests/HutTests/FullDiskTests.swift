// A disk that is full, a real one: measuring stops with a word to the resident, and no reading is lost.

import Foundation
import Testing
import TextScreen

@testable import healthhut

/// A file system of two megabytes, which only root may make.
final class SmallDisk {
    let path: String

    init?(_ folder: Folder, at name: String = "ledger") {
        path = "\(folder.path)/\(name)"
        try? FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        guard mount("none", path, "tmpfs", 0, "size=2m,mode=0700") == 0 else { return nil }
    }

    deinit { umount2(path, Int32(MNT_DETACH)) }

    /// Takes every byte that is left.
    func fill() throws {
        _ = FileManager.default.createFile(atPath: "\(path)/ballast", contents: nil)
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: "\(path)/ballast"))
        while (try? handle.write(contentsOf: Data(count: 4_096))) != nil {}
        try? handle.close()
    }

    func empty() throws { try FileManager.default.removeItem(atPath: "\(path)/ballast") }
}

@Suite struct FullDiskTests {
    @Test func `a full disk closes measuring, says so, and opens again with every reading`() throws {
        let folder = try Folder()
        guard let disk = SmallDisk(folder) else {
            try Test.cancel("skipped: only root may mount a small disk")
        }
        let settings = try folder.settings()
        let monitor = try Monitor("\(folder.path)/cuff-1")
        let hut = try Running(["serve", "--settings", settings])
        _ = try hut.line(containing: "ready: 3 instruments")
        try monitor.accept()
        let terminal = try TestTerminal("\(folder.path)/booth-1")
        try terminal.until("请选一样")
        try disk.fill()
        // SQLite may still find room in a page it has: measure until it does not.
        var said = 0
        while said < 3_600, !terminal.shows("今天这台先不能记", within: said < 40 ? 0 : 20) {
            monitor.say(maiboboResult(minute: UInt8(said / 60), second: UInt8(said % 60), systolic: 120))
            said += 1
        }
        _ = try hut.line(containing: "measuring is closed: there is no room")
        try terminal.until("今天这台先不能记")
        try disk.empty()
        _ = try hut.line(containing: "measuring is open again")
        try terminal.until("请选一样")
        let watcher = try TestWatcher("\(folder.path)/watch", since: 0)
        for _ in 1...said { _ = try watcher.line(containing: #""vital":"bloodPressure""#) }
        #expect(hut.end(SIGTERM) == 0)
        #expect(try Program.run(["check", "--settings", settings]).out.contains("ok     ledger"))
    }
}
