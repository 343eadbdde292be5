// The real things around a run: the FHIR server behind its faulty proxy, a hut with a ledger on disk, and the program
// itself as a process that can be killed.

import DistrictUpload
import Foundation
import Ledger
import Testing
import Vitals

/// Where things are.
enum Place {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    static let peers = root.appending(path: "Provisioning/peers")
    static let environment = root.appending(path: ".build/peers/fhir/venv/bin")
    /// Beside the program that runs the tests.
    static let uploader = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        .appending(path: "healthhut-upload")
}

/// Whether the FHIR server could be installed: asked once, and the answer is what makes a test say it skipped.
let hasPeers: Bool = {
    let install = Process()
    install.executableURL = Place.peers.appending(path: "install")
    install.arguments = ["fhir"]
    guard (try? install.run()) != nil else { return false }
    install.waitUntilExit()
    return install.terminationStatus == 0
}()

/// A child process whose lines can be waited for, one after the other.
final class Child: Sendable {
    private let process = Process()
    private let input: FileHandle
    private let lines: AsyncLines
    private let errors: AsyncLines

    init(_ program: URL, _ arguments: [String]) throws {
        let (input, output, errors) = (try Child.pipe(), try Child.pipe(), try Child.pipe())
        (process.executableURL, process.arguments) = (program, arguments)
        (process.standardInput, process.standardOutput, process.standardError) = (
            input.reading, output.writing, errors.writing
        )
        (self.input, lines, self.errors) = (input.writing, AsyncLines(output.reading), AsyncLines(errors.reading))
        try process.run()
        for end in [input.reading, output.writing, errors.writing] { try end.close() }
    }

    /// Closed in every child but the one it is handed to: tests start children side by side, and an end that a stranger
    /// inherits never comes to its end.
    private static func pipe() throws -> (reading: FileHandle, writing: FileHandle) {
        var ends: [Int32] = [0, 0]
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        try #require(socketpair(AF_UNIX, kind, 0, &ends) == 0)
        return (FileHandle(fileDescriptor: ends[0]), FileHandle(fileDescriptor: ends[1]))
    }

    /// The next line of standard output; nil when there will be none.
    func line() async -> String? { await lines.next() }

    func say(_ text: String) { input.write(Data("\(text)\n".utf8)) }

    func kill() {
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// Closes its standard input and waits for its end: status, and what it wrote to standard error.
    func end() async -> (status: Int32, errors: String) {
        try? input.close()
        var text = ""
        while let line = await errors.next() { text += line + "\n" }
        process.waitUntilExit()
        return (process.terminationStatus, text)
    }
}

/// Lines of a pipe as they come, read by a thread of their own: a test waits without holding up another.
actor AsyncLines {
    private var iterator: AsyncStream<String>.Iterator

    /// Takes the descriptor over and closes it at the end.
    init(_ handle: FileHandle) {
        let (stream, continuation) = AsyncStream.makeStream(of: String.self)
        iterator = stream.makeAsyncIterator()
        let descriptor = handle.fileDescriptor
        Thread.detachNewThread {
            var rest: [UInt8] = []
            var chunk = [UInt8](repeating: 0, count: 65_536)
            while true {
                let count = read(descriptor, &chunk, chunk.count)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { break }
                rest += chunk[..<count]
                while let end = rest.firstIndex(of: 10) {
                    continuation.yield(String(decoding: rest[..<end], as: UTF8.self))
                    rest.removeSubrange(...end)
                }
            }
            close(descriptor)
            continuation.finish()
        }
    }

    func next() async -> String? {
        var own = iterator
        defer { iterator = own }
        return await own.next(isolation: self)
    }
}
