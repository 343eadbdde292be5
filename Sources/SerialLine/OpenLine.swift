// What an open line has beside its bytes: somebody who waits for it, and what it has not yet taken.

import Dispatch

/// A line that is open. Belongs to one LineKeeper and its queue.
final class OpenLine {
    private let line: any ByteLine
    private let readiness: Readiness
    private var unsent: [UInt8] = []

    /// One array a read: what a terminal device holds at most, and cheap when it is one byte.
    private static let mostRead = 4_096

    /// Begins to wait; `ready` comes on the queue whenever there is something to read, or room for what is unsent.
    init(
        _ line: any ByteLine, on queue: DispatchQueue, ready: @escaping @Sendable () -> Void
    ) throws(LineFailure) {
        self.line = line
        readiness = try Readiness(of: line.descriptor, on: queue, ready: ready)
    }

    /// What is there now; empty after a wake-up in vain.
    func read() throws(LineFailure) -> [UInt8] { try line.read(upTo: Self.mostRead) }

    /// Sends now what the line takes and keeps the rest for `sendRest`. False when too much is waiting already.
    ///
    /// A line that has ended is not said to have: `ready` comes, and finds the last bytes and then the end.
    func send(_ bytes: [UInt8]) -> Bool {
        guard unsent.count + bytes.count <= LineKeeper.longestUnsent else { return false }
        let isFirst = unsent.isEmpty
        unsent += bytes
        if isFirst { try? sendRest() }
        return true
    }

    /// Goes on sending, now that there may be room.
    func sendRest() throws(LineFailure) {
        defer { readiness.awaitsRoom = !unsent.isEmpty }
        while !unsent.isEmpty {
            let taken = try line.write(unsent[...])
            guard taken > 0 else { return }
            unsent.removeFirst(taken)
        }
    }

    /// Raises or lowers a modem line.
    func hold(_ control: ControlLine, raised: Bool) throws(LineFailure) { try line.hold(control, raised: raised) }

    /// Ends waiting at once; lets go of the line on `closer`, in turn, as soon as nobody looks at it any more.
    func close(on closer: DispatchQueue) {
        readiness.cancel()
        closer.async { [line, ended = readiness.ended] in
            ended.wait()
            line.close()
        }
    }
}
