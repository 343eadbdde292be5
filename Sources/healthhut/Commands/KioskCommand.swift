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

/// Runs until the connection or the terminal ends the process.
func runKiosk(_ arguments: Arguments) async throws(CommandError) {
    guard RawTerminal.isPresent else {
        throw CommandError(
            "standard input is not a terminal", hint: "run it on a console or through ssh -t", status: 66)
    }
    let descriptor: Int32
    do {
        descriptor = try connectUnix(arguments["--socket"] ?? "")
    } catch {
        throw CommandError(error.message, hint: error.hint, status: 69)
    }
    await pipeKiosk(descriptor)
}

/// Pipes this terminal to a connected kiosk socket until one of them ends the process.
@MainActor func pipeKiosk(_ descriptor: Int32, endsOnControlC: Bool = false) async {
    let terminal = RawTerminal()
    let connection = Connection(descriptor, queue: .main) { event in
        switch event {
        case .bytes(let bytes): writeAll(STDOUT_FILENO, bytes: bytes)
        case .closed:
            terminal.restore()
            complain("healthhut: the hut ended the connection")
            exit(75)
        }
    }
    terminal.start { event in
        switch event {
        case .bytes(let bytes): connection.send(bytes)
        case .resized(let size): connection.send(Array(TerminalSequence.report(size).utf8))
        case .ended:
            terminal.restore()
            exit(0)
        }
    }
    if let size = RawTerminal.size { connection.send(Array(TerminalSequence.report(size).utf8)) }
}
