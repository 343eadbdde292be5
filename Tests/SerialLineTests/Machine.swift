// The child process that is QEMU: started by the boot script, read line by line, ended with the test.

import Dispatch
import FoundationEssentials
import Glibc
import Synchronization

/// A running boot script, which becomes QEMU.
final class Machine: Sendable {
    /// A line of the guest's kernel log.
    struct Line: Sendable {
        /// Seconds since the guest's start, by its own clock; nil for what QEMU or the script says.
        var stamp: Double?
        var text: String
    }

    /// Everything said, in order; ends with the process.
    let lines: AsyncStream<Line>
    private let process: pid_t
    private let past = Mutex(Past())

    private struct Past {
        var status: Int32?
        var lastLines: [String] = []
    }

    init(_ product: String, _ arguments: [String], in folder: String) throws(SystemError) {
        let script = Self.folder(3, above: #filePath) + "/Provisioning/virtual-hut/boot"
        guard let tests = realpath("/proc/self/exe", nil) else { throw SystemError(errno) }
        defer { free(tests) }
        let program = Self.folder(1, above: String(cString: tests)) + "/" + product
        var output: [Int32] = [-1, -1]
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &output) == 0 else { throw SystemError(errno) }
        defer { close(output[1]) }
        process = try Self.spawn([script, folder, program] + arguments, output: output[1])
        let (lines, teller) = AsyncStream.makeStream(of: Line.self)
        self.lines = lines
        DispatchQueue(label: "machine").async { [self, output] in
            read(output[0], to: teller)
            teller.finish()
        }
    }

    /// The exit status once `lines` has ended.
    var status: Int32? { past.withLock { $0.status } }

    /// Why there is nothing more to be heard.
    func end() -> VirtualHut.Ended {
        past.withLock { past in
            let words = past.lastLines.joined(separator: "\n")
            return past.status == 77 ? .missing(words) : .gone(lastWords: words)
        }
    }

    func powerOff() { if status == nil { kill(process, SIGTERM) } }

    /// Reads until the process has ended, and takes its status.
    private func read(_ output: Int32, to teller: AsyncStream<Line>.Continuation) {
        guard let stream = fdopen(output, "r") else { return }
        var buffer: UnsafeMutablePointer<CChar>?
        var capacity = 0
        while getline(&buffer, &capacity, stream) > 0, let text = buffer.map({ String(cString: $0) }) {
            past.withLock { $0.lastLines = $0.lastLines.suffix(20) + [text] }
            teller.yield(Self.line(text))
        }
        free(buffer)
        fclose(stream)
        var ended: Int32 = 0
        waitpid(process, &ended, 0)
        past.withLock { $0.status = ended & 0x7F == 0 ? ended >> 8 & 0xFF : -1 }
    }

    /// `[   12.345678] hut: opened` → 12.345678 and the rest.
    private static func line(_ text: String) -> Line {
        let text = text.filter { !$0.isNewline }
        guard text.hasPrefix("["), let end = text.firstIndex(of: "]"),
            let stamp = Double(text[..<end].drop { $0 == "[" || $0 == " " })
        else { return Line(stamp: nil, text: text) }
        return Line(stamp: stamp, text: String(text[end...].dropFirst(2)))
    }

    private static func folder(_ steps: Int, above path: String) -> String {
        "/" + path.split(separator: "/").dropLast(steps).joined(separator: "/")
    }

    private static func spawn(_ arguments: [String], output: Int32) throws(SystemError) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, output, STDERR_FILENO)
        let environment = ProcessInfo.processInfo.environment.map { "\($0.key)=\($0.value)" }
        let words = arguments.map { strdup($0) } + [nil]
        let settings = environment.map { strdup($0) } + [nil]
        defer { for word in words + settings { free(word) } }
        var child: pid_t = 0
        let answer = posix_spawn(&child, arguments[0], &actions, nil, words, settings)
        guard answer == 0 else { throw SystemError(answer) }
        return child
    }
}
