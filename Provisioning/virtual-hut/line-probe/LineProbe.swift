// Stands in for the hut inside the virtual hut: keeps one line and writes what comes of it, one line of text for each
// event. Serves an operator too, who wants to know whether a cable says anything at all:
//
//     line-probe serial:/dev/ttyUSB0 [HEX to send each time the line opens]

import Dispatch
import Glibc
import SerialLine

@main
enum LineProbe {
    static func main() async {
        let arguments = CommandLine.arguments.dropFirst()
        guard let text = arguments.first else { fail("a line is missing", hint: "line-probe serial:/dev/ttyUSB0") }
        guard let greeting = bytes(hex: arguments.dropFirst().joined()) else {
            fail("what to send is not hex", hint: "write each byte with two digits: CC80")
        }
        do {
            await keep(try LineDescription(text), greeting: greeting)
        } catch {
            fail(error.description, hint: error.hint)
        }
    }

    private static func keep(_ line: LineDescription, greeting: [UInt8]) async {
        let (events, teller) = AsyncStream.makeStream(of: LineEvent.self)
        let keeper = LineKeeper(line, queue: DispatchQueue(label: "line-probe")) { teller.yield($0) }
        keeper.start()
        for await event in events {
            switch event {
            case .opened:
                tell("opened")
                if !greeting.isEmpty { keeper.send(greeting) }
            case .bytes(let bytes): tell("bytes \(hex(bytes))")
            case .lost(let failure, let pause): tell("lost \(failure), again in \(pause)")
            }
        }
    }

    private static func hex(_ bytes: [UInt8]) -> String {
        bytes.map { (($0 < 16 ? "0" : "") + String($0, radix: 16)).uppercased() }.joined(separator: " ")
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

    private static func tell(_ text: String) { write(text + "\n", to: STDOUT_FILENO) }

    private static func fail(_ text: String, hint: String) -> Never {
        write("line-probe: \(text)\nhint: \(hint)\n", to: STDERR_FILENO)
        exit(2)
    }

    private static func write(_ text: String, to descriptor: Int32) {
        let bytes = Array(text.utf8)
        // One call, so that the line arrives whole; a reader that has gone ends the program by SIGPIPE.
        Glibc.write(descriptor, bytes, bytes.count)
    }
}
