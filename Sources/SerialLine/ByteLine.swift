// The seam between the hut and the wire: an open stream of bytes that never makes anybody wait.
//
// It has two conformers, SerialPort and SocketLine. Neither knows about queues, retries or buffers: LineKeeper waits
// for readiness of the descriptor and calls these, so that a line costs no thread and no wake-up while it is quiet.

import Glibc

/// Bytes in and out of one open descriptor. All but `open` return at once.
package protocol ByteLine: Sendable {
    /// What to wait on; non-blocking, closed by `close` alone.
    var descriptor: Int32 { get }

    /// What is there now, at most `limit` bytes; nothing if the wake-up was in vain. Throws when the line has ended and
    /// nothing is left: a line that is ready for ever and says nothing would keep the hut awake.
    func read(upTo limit: Int) throws(LineFailure) -> [UInt8]

    /// How many of the bytes the line took, 0 when it takes none just now. Throws when the line has ended.
    func write(_ bytes: ArraySlice<UInt8>) throws(LineFailure) -> Int

    /// Raises or lowers a modem line, for what hangs on it beside the instrument: a lamp, a bell. Nothing happens on a
    /// line that has none.
    func hold(_ line: ControlLine, raised: Bool) throws(LineFailure)

    /// Lets go of the descriptor and of the port. Once, and last; may take a moment.
    func close()
}

extension ByteLine {
    /// Whether the other end is gone for good; bytes may still be there to be read.
    var hasHungUp: Bool {
        var state = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&state, 1, 0) > 0 && state.revents & Int16(POLLHUP | POLLERR | POLLNVAL) != 0
    }
}

extension LineDescription {
    /// Opens the line; takes as long as the system takes, so never on a queue that somebody waits for.
    func open() throws(LineFailure) -> any ByteLine {
        switch self {
        case .serial(let settings): try SerialPort(settings)
        case .socket(let address): try SocketLine(address)
        }
    }
}
