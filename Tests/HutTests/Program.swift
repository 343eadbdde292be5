// The built program as a person starts it: words in, text and status out. Nothing here waits for time; everything
// waits for the program to say or to do something.

import Foundation
import Testing

/// One finished run.
struct Run {
    var status: Int32
    var out: String
    var err: String
}

/// The program under test.
enum Program {
    /// Beside the test bundle, whatever the build folder is called.
    static func path(_ name: String = "healthhut") -> String {
        URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appendingPathComponent(name).path
    }

    /// A program that ended takes no more input: an error of one write, not the end of the tests.
    static let survivesBrokenPipes: Bool = {
        signal(SIGPIPE, SIG_IGN)
        return true
    }()

    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Runs to the end.
    static func run(_ words: [String], input: String = "", name: String = "healthhut") throws -> Run {
        try #require(survivesBrokenPipes)
        let process = Process()
        let (out, err, into) = (Pipe(), Pipe(), Pipe())
        process.executableURL = URL(fileURLWithPath: path(name))
        process.arguments = words
        process.currentDirectoryURL = root
        (process.standardOutput, process.standardError, process.standardInput) = (out, err, into)
        try process.run()
        into.fileHandleForWriting.write(Data(input.utf8))
        try into.fileHandleForWriting.close()
        let errors = Errors(err)
        let text = String(decoding: out.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return Run(status: process.terminationStatus, out: text, err: errors.text)
    }

    /// Drains standard error beside standard output, so that neither pipe fills up.
    /// `@unchecked Sendable`: written by one thread, read after it was joined.
    private final class Errors: @unchecked Sendable {
        private var data = Data()
        private let done = DispatchSemaphore(value: 0)

        init(_ pipe: Pipe) {
            Thread.detachNewThread { [self] in
                data = pipe.fileHandleForReading.readDataToEndOfFile()
                done.signal()
            }
        }

        var text: String {
            done.wait()
            return String(decoding: data, as: UTF8.self)
        }
    }
}

/// A program that runs until it is ended.
final class Running {
    private let process = Process()
    private let out = Pipe()
    private var unread = ""

    /// Starts it; its standard error is what `line` reads, its standard output goes to a file where one is named.
    init(_ words: [String], environment: [String: String] = [:], output: String? = nil) throws {
        try #require(Program.survivesBrokenPipes)
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
        process.executableURL = URL(fileURLWithPath: Program.path())
        process.arguments = words
        process.currentDirectoryURL = Program.root
        process.standardError = out
        process.standardOutput = FileHandle.nullDevice
        if let output {
            try Data().write(to: URL(fileURLWithPath: output))
            process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: output))
        }
        process.standardInput = FileHandle.nullDevice
        try process.run()
    }

    deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

    /// Waits for a line that contains `text`.
    func line(containing text: String) throws -> String {
        while let line = try nextLine() {
            if line.contains(text) { return line }
        }
        Issue.record("the program ended before it said '\(text)'")
        throw CancellationError()
    }

    /// The next line; nil when the program has ended.
    func nextLine() throws -> String? {
        while true {
            if let end = unread.firstIndex(of: "\n") {
                let line = String(unread[..<end])
                unread = String(unread[unread.index(after: end)...])
                return line
            }
            var wait = pollfd(fd: out.fileHandleForReading.fileDescriptor, events: Int16(POLLIN), revents: 0)
            try #require(poll(&wait, 1, tooLong) == 1, "the program said nothing more")
            let data = out.fileHandleForReading.availableData
            guard !data.isEmpty else { return nil }
            unread += String(decoding: data, as: UTF8.self)
        }
    }

    var identifier: Int32 { process.processIdentifier }

    /// Sends a signal and returns the status the program ends with; a negative number is the signal that killed it.
    func end(_ signal: Int32) -> Int32 {
        kill(process.processIdentifier, signal)
        // A program that does not end in half a minute is killed, which its status then tells.
        for _ in 1...600 where process.isRunning { poll(nil, 0, 50) }
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
        return process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    }
}

/// A folder of its own, removed at the end.
final class Folder {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "hut-\(UInt32.random(in: 0...UInt32.max))"
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ name: String, _ text: String) throws -> String {
        try text.write(toFile: "\(path)/\(name)", atomically: false, encoding: .utf8)
        return "\(path)/\(name)"
    }

    /// The settings of a hut with two booths, a desk and a radio, all on sockets in this folder.
    func settings(replacing changes: [(String, String)] = []) throws -> String {
        var text = """
            {
              hut: { id: 'hut-test', name: '方泰东社区健康小屋', utcOffset: '+08:00', languages: ['zh-Hans', 'en'],
                     address: '方泰东路 8 号', staffed: '', phones: [{ who: '王护士', number: '0374-555 0101' }] },
              ledger: '\(path)/ledger/ledger.sqlite', identityKeyFile: '\(path)/ledger/identity.key',
              devices: './Devices', policies: './Provisioning/policies', policy: 'cn-norm3-2017',
              sockets: { watch: '\(path)/watch', nudge: '\(path)/nudge' },
              stations: [
                { id: 'booth-1', kiosk: '\(path)/booth-1', instruments: [
                    { id: 'cuff-1', device: 'maibobo', mayStart: true, line: { socket: 'unix:\(path)/cuff-1' } }] },
                { id: 'booth-2', kiosk: '\(path)/booth-2', instruments: [
                    { id: 'cuff-2', device: 'omron-hbp-9030', line: { socket: 'unix:\(path)/cuff-2' } }] } ],
              desks: [{ id: 'nurse', kiosk: '\(path)/nurse' }],
              radios: [{ id: 'bands', device: 'meshtastic', line: { socket: 'unix:\(path)/bands' } }],
              upload: { fhir: null, tokenFile: null },
            }
            """
        for (old, new) in changes { text = text.replacingOccurrences(of: old, with: new) }
        return try write("hut.json5", text)
    }
}
