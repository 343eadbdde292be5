// The Python packages that tests compare with stand in an environment of their own under .build/peers, made once by
// Provisioning/peers/install. Where that cannot be done (no Python, no network) their tests say that they were skipped.
import FoundationEssentials
import Glibc
import Testing

@testable import DeviceLink

/// The packages of Provisioning/peers/shelf.txt.
enum ShelfPeers {
    private static let root = devicesFolder.deletingLastPathComponent()

    /// Whether they could be installed, or were already.
    static let areThere: Bool = {
        let install = root.appending(path: "Provisioning/peers/install").path()
        return (try? output(of: "'\(install)' shelf 2>&1")) != nil
    }()

    /// What one of the scripts beside the tests prints, line by line.
    static func said(by script: String, _ arguments: String, hearing lines: [String]? = nil) throws -> [String] {
        let python = root.appending(path: ".build/peers/shelf/venv/bin/python").path()
        let file = root.appending(path: "Tests/DeviceLinkTests/peers/\(script)").path()
        guard let lines else { return try split(output(of: "'\(python)' '\(file)' \(arguments)")) }
        let heard = FileManager.default.temporaryDirectory.appending(path: "\(script)-\(getpid())-\(arguments).txt")
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: heard)
        defer { try? FileManager.default.removeItem(at: heard) }
        return try split(output(of: "'\(python)' '\(file)' \(arguments) < '\(heard.path())'"))
    }

    private static func split(_ text: String) -> [String] { text.split(separator: "\n").map(String.init) }

    /// What a command prints; an error when it fails.
    private static func output(of command: String) throws -> String {
        guard let pipe = popen(command, "r") else { throw PeerFailure(command: command, status: -1) }
        var output: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&buffer, 1, buffer.count, pipe), count > 0 { output += buffer.prefix(count) }
        let status = pclose(pipe)
        guard status == 0 else { throw PeerFailure(command: command, status: status) }
        return String(decoding: output, as: UTF8.self)
    }
}

/// A peer that ended badly.
struct PeerFailure: Error {
    var command: String
    var status: Int32
}
