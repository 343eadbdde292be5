// What an open line needs of Dispatch: a source that says when bytes are there, and, only while bytes wait to be sent,
// one that says when there is room. Nothing here blocks, and a quiet line wakes nobody.

import Dispatch
import Glibc

/// A line that is open, with what waits on it. Belongs to one LineKeeper and its queue.
final class OpenLine {
    private let line: any ByteLine
    private let queue: DispatchQueue
    private let reader: any DispatchSourceRead
    /// There while `unsent` is not empty.
    private var writer: (any DispatchSourceWrite)?
    private let writable: @Sendable () -> Void
    private var unsent: [UInt8] = []
    /// The descriptor may be closed only when no source looks at it any more.
    private let sources = DispatchGroup()

    /// One array a read: large enough for what a slow instrument sends at once, small enough to be cheap when it sends
    /// one byte.
    private static let leastRead = 512
    private static let mostRead = 65_536

    /// Begins to wait for bytes; `readable` and `writable` come on the queue.
    init(
        _ line: any ByteLine, on queue: DispatchQueue, readable: @escaping @Sendable () -> Void,
        writable: @escaping @Sendable () -> Void
    ) {
        (self.line, self.queue, self.writable) = (line, queue, writable)
        reader = DispatchSource.makeReadSource(fileDescriptor: line.descriptor, queue: queue)
        reader.setEventHandler(handler: readable)
        sources.enter()
        reader.setCancelHandler { [sources] in sources.leave() }
        reader.activate()
    }

    /// What is there now; empty after a wake-up in vain.
    func read() throws(LineFailure) -> [UInt8] {
        try line.read(upTo: min(max(Int(reader.data), Self.leastRead), Self.mostRead))
    }

    /// Whether what is left to read must be read now: after a hang-up Dispatch on Linux wakes a source once and then
    /// never again, even for bytes that are still there.
    var isLastWakeUp: Bool { line.hasHungUp }

    /// Sends now what the line takes and keeps the rest for `sendRest`.
    func send(_ bytes: [UInt8]) throws(LineFailure) {
        guard unsent.count + bytes.count <= LineKeeper.longestUnsent else { throw .notTaking }
        unsent += bytes
        if writer == nil { try sendRest() }
    }

    /// Goes on sending, now that there may be room.
    func sendRest() throws(LineFailure) {
        while !unsent.isEmpty {
            let taken = try line.write(unsent[...])
            guard taken > 0 else { break }
            unsent.removeFirst(taken)
        }
        unsent.isEmpty ? stopWaitingForRoom() : waitForRoom()
    }

    /// Whether the device node it was opened by has been removed: a second way to notice an unplug, for drivers that
    /// report no hang-up.
    var hasLostItsNode: Bool {
        var opened = stat()
        return fstat(line.descriptor, &opened) == 0 && opened.st_mode & S_IFMT == S_IFCHR && opened.st_nlink == 0
    }

    /// Ends waiting at once; lets go of the descriptor on `closer`, as soon as Dispatch has.
    func close(on closer: DispatchQueue) {
        reader.cancel()
        stopWaitingForRoom()
        closer.async { [line, sources] in
            sources.wait()
            line.close()
        }
    }

    private func waitForRoom() {
        guard writer == nil else { return }
        let source = DispatchSource.makeWriteSource(fileDescriptor: line.descriptor, queue: queue)
        source.setEventHandler(handler: writable)
        sources.enter()
        source.setCancelHandler { [sources] in sources.leave() }
        source.activate()
        writer = source
    }

    private func stopWaitingForRoom() {
        writer?.cancel()
        writer = nil
    }
}
