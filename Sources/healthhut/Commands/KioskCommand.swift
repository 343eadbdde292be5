// `healthhut kiosk`: this terminal becomes the kiosk of a station or desk. A dumb pipe: keys go in, escape sequences
// come out; the size travels in-band, so no second protocol exists.

import Dispatch
import Glibc
import Settings
import TextScreen

let kioskShape = CommandShape(
    "healthhut kiosk", "Makes this terminal the kiosk of one station or desk.",
    options: [.init("--socket", "PATH", "the kiosk socket of the station or desk", isRequired: true)],
    notes: "Ends when the hut ends the connection (status 75) or the terminal goes away; the terminal is restored.")

/// Runs until the connection or the terminal ends.
func runKiosk(_ arguments: Arguments) async throws(CommandError) {
    guard RawTerminal.isPresent else {
        throw CommandError(
            "standard input is not a terminal", hint: "run it on a console or through ssh -t", status: 66)
    }
    let descriptor = try connect(arguments["--socket"] ?? "")
    if await pipeKiosk(descriptor) == .connection {
        throw CommandError(
            "the hut ended the connection",
            hint: "is it still running, and is no other terminal at this place? then try again", status: 75)
    }
}

/// Connects to a socket of a running hut.
func connect(_ path: String) throws(CommandError) -> Int32 {
    do {
        return try connectUnix(path)
    } catch {
        throw CommandError(error.message, hint: error.hint, status: 69)
    }
}

/// Which side of a kiosk's pipe ended it.
enum KioskEnd: Sendable { case connection, terminal }

/// Pipes this terminal to a connected kiosk socket until one of them ends; the terminal is as it was before.
///
/// `endsOnControlC`: for the demo only, where the person at the keys is the operator too.
func pipeKiosk(_ descriptor: Int32, endsOnControlC: Bool = false) async -> KioskEnd {
    let (ends, end) = AsyncStream.makeStream(of: KioskEnd.self)
    let connection = Connection(descriptor, queue: commandQueue) { event in
        switch event {
        case .bytes(let bytes): writeAll(STDOUT_FILENO, bytes: bytes)
        case .drained: break
        case .closed: end.yield(.connection)
        }
    }
    let terminal = RawTerminal()
    terminal.start { event in
        switch event {
        case .bytes(let bytes) where endsOnControlC && bytes.contains(3): end.yield(.terminal)
        case .bytes(let bytes): connection.send(bytes)
        case .resized(let size): connection.send(size.report)
        case .ended: end.yield(.terminal)
        }
    }
    if let size = RawTerminal.size { connection.send(size.report) }
    var iterator = ends.makeAsyncIterator()
    let first = await iterator.next()
    terminal.restore()
    return first ?? .terminal
}

extension ScreenSize {
    /// The size as terminals that report it in-band write it: `CSI 48 ; rows ; columns ; 0 ; 0 t`.
    fileprivate var report: [UInt8] { Array("\u{1B}[48;\(rows);\(columns);0;0t".utf8) }
}
