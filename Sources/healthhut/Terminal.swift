// This terminal as a kiosk's keyboard and screen: raw mode on, raw mode off on every ending a program can see.

import Dispatch
import Glibc
import TextScreen

/// A terminal in raw mode. Held by the one task that began it; only its events travel.
final class RawTerminal {
    /// What a person or the system does to it.
    enum Event: Sendable {
        case bytes([UInt8])
        case resized(ScreenSize)
        /// The terminal went away or a signal asks to end.
        case ended
    }

    private var before = termios()
    private var input: (any DispatchSourceRead)?

    /// Whether standard input is a terminal at all.
    static var isPresent: Bool { isatty(STDIN_FILENO) == 1 }

    /// The size the terminal reports; nil when it reports none.
    static var size: ScreenSize? {
        var window = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &window) == 0, window.ws_col > 0, window.ws_row > 0 else {
            return nil
        }
        return ScreenSize(columns: Int(window.ws_col), rows: Int(window.ws_row))
    }

    /// Goes into raw mode and calls `handler` on the command's queue.
    func start(_ handler: @escaping @Sendable (Event) -> Void) {
        tcgetattr(STDIN_FILENO, &before)
        var raw = before
        cfmakeraw(&raw)
        tcsetattr(STDIN_FILENO, TCSANOW, &raw)
        let input = DispatchSource.makeReadSource(fileDescriptor: STDIN_FILENO, queue: commandQueue)
        input.setEventHandler {
            switch readAvailable(STDIN_FILENO) {
            case .bytes(let bytes): handler(.bytes(bytes))
            case .nothing: break
            case .ended: handler(.ended)
            }
        }
        input.activate()
        self.input = input
        for number in Signals.endings { Signals.listen(number) { handler(.ended) } }
        // Stopped in raw mode the terminal would be left unusable.
        signal(SIGTSTP, SIG_IGN)
        Signals.listen(SIGWINCH) { if let size = RawTerminal.size { handler(.resized(size)) } }
    }

    /// Gives the terminal back as it was, with the cursor shown and the screen left clean.
    func restore() {
        input?.cancel()
        for number in Signals.endings + [SIGWINCH] { Signals.stopListening(number) }
        writeAll(STDOUT_FILENO, bytes: Terminal.leave)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &before)
    }
}
