// The log: one line an event on standard error, with the level prefix journald understands (sd-daemon(3)).
//
// A line names stations, instruments, files and rules, never a person: callers have nothing else to pass.

import Glibc

/// How loud a line is; the numbers are syslog's.
enum LogLevel: Int, Sendable {
    case error = 3
    case warning = 4
    case notice = 5
    case info = 6
}

/// Writes one line of the log.
func log(_ level: LogLevel, _ message: String) {
    let line = message.replacing("\n", with: " ")
    writeAll(STDERR_FILENO, (logsToJournal ? "<\(level.rawValue)>" : "healthhut: ") + line + "\n")
}

/// Sends standard error to a file, where a kiosk has the terminal for itself; gives what `restoreErrors` wants.
func sendErrors(to path: String) -> Int32 {
    let before = dup(STDERR_FILENO)
    let file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard file >= 0 else { return before }
    dup2(file, STDERR_FILENO)
    close(file)
    return before
}

/// Gives standard error back as it was.
func restoreErrors(_ before: Int32) {
    guard before >= 0 else { return }
    dup2(before, STDERR_FILENO)
    close(before)
}

/// Writes a line to standard output.
func printLine(_ line: String) { writeAll(STDOUT_FILENO, line + "\n") }

/// Writes a line to standard error.
func complain(_ line: String) { writeAll(STDERR_FILENO, line + "\n") }

/// Writes the whole text, as `writeAll(_:bytes:)` does.
func writeAll(_ descriptor: Int32, _ text: String) { writeAll(descriptor, bytes: Array(text.utf8)) }

/// Writes every byte, waiting where the other side is slow; a closed pipe ends the writing silently.
func writeAll(_ descriptor: Int32, bytes whole: [UInt8]) {
    var bytes = whole[...]
    while !bytes.isEmpty {
        let written = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        if written > 0 {
            bytes = bytes.dropFirst(written)
        } else if errno == EAGAIN {
            var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            poll(&ready, 1, -1)
        } else if errno != EINTR {
            return
        }
    }
}

/// systemd sets JOURNAL_STREAM when standard error is the journal.
private let logsToJournal = environment("JOURNAL_STREAM") != nil
