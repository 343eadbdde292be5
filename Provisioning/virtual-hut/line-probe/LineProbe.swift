// Stands in for the hut inside the virtual hut: keeps one line and writes what comes of it, one line of text for each
// event. Serves an operator too, who wants to know whether a cable says anything at all:
//
//     line-probe [--send HEX] serial:/dev/ttyUSB0 …
//
// HEX is sent each time a line opens.

import Dispatch
import Glibc
import SerialLine
import Synchronization

@main
enum LineProbe {
    static func main() {
        var arguments = CommandLine.arguments.dropFirst()
        var greeting: [UInt8] = []
        if arguments.first == "--send" {
            guard let text = arguments.dropFirst().first, let read = bytes(hex: text) else {
                fail("what to send is not hex", hint: "write each byte with two digits: CC80")
            }
            greeting = read
            arguments = arguments.dropFirst(2)
        }
        do throws(AddressError) {
            let lines = try arguments.map { text throws(AddressError) in try LineDescription(text) }
            if lines.isEmpty { fail("no line", hint: "line-probe serial:/dev/ttyUSB0") }
            Probe(lines, greeting: greeting).start()
            dispatchMain()
        } catch {
            fail(error.description, hint: error.hint)
        }
    }

    /// nil for anything but pairs of hex digits.
    private static func bytes(hex text: String) -> [UInt8]? {
        var rest = text[...]
        var bytes: [UInt8] = []
        while !rest.isEmpty {
            guard rest.count >= 2, let byte = UInt8(rest.prefix(2), radix: 16) else { return nil }
            bytes.append(byte)
            rest = rest.dropFirst(2)
        }
        return bytes
    }

    private static func fail(_ text: String, hint: String) -> Never {
        write("line-probe: \(text)\nhint: \(hint)\n", to: STDERR_FILENO)
        exit(2)
    }

    static func write(_ text: String, to descriptor: Int32) {
        let bytes = Array(text.utf8)
        // One call, so that the line arrives whole; a reader that has gone ends the program by SIGPIPE.
        Glibc.write(descriptor, bytes, bytes.count)
    }
}

/// Keeps the lines and tells of them. No task anywhere: the first on Swift's own threads would start a timer in Dispatch
/// that wakes the program each second for ever.
private final class Probe: Sendable {
    private let greeting: [UInt8]
    private let keepers = Mutex<[LineKeeper]>([])

    init(_ lines: [LineDescription], greeting: [UInt8]) {
        self.greeting = greeting
        let queue = DispatchQueue(label: "line-probe")
        let made = lines.enumerated().map { index, line in
            LineKeeper(line, queue: queue) { self.tell($0, of: index) }
        }
        keepers.withLock { $0 = made }
    }

    func start() { for keeper in keepers.withLock({ $0 }) { keeper.start() } }

    private func tell(_ event: LineEvent, of index: Int) {
        let keeper = keepers.withLock { $0[index] }
        switch event {
        case .opened:
            tell("opened \(keeper.line)")
            if !greeting.isEmpty { keeper.send(greeting) }
        case .bytes(let bytes): tell("bytes \(hex(bytes))")
        case .lost(let failure, let pause): tell("lost \(keeper.line): \(failure), again in \(pause)")
        }
    }

    private func tell(_ text: String) { LineProbe.write(text + "\n", to: STDOUT_FILENO) }

    private func hex(_ bytes: [UInt8]) -> String {
        bytes.map { (($0 < 16 ? "0" : "") + String($0, radix: 16)).uppercased() }.joined(separator: " ")
    }
}
