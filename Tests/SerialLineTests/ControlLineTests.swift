// A lamp on a modem line: what was decided stays so, however often the port goes and comes.

import Dispatch
import Glibc
import Synchronization
import Testing

@testable import SerialLine

/// A line over a socket pair that remembers what was done to its modem lines.
private final class LampLine: ByteLine {
    let descriptor: Int32
    private let log: Mutex<[String]>
    private let fails: Bool

    init(_ descriptor: Int32, fails: Bool = false) {
        (self.descriptor, self.fails) = (descriptor, fails)
        log = Mutex([])
    }

    var held: [String] { log.withLock { $0 } }

    func read(upTo limit: Int) throws(LineFailure) -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: limit)
        let count = recv(descriptor, &buffer, limit, 0)
        if count == 0 { throw .unplugged }
        return Array(buffer.prefix(max(0, count)))
    }

    func write(_ bytes: ArraySlice<UInt8>) throws(LineFailure) -> Int { bytes.count }

    func hold(_ line: ControlLine, raised: Bool) throws(LineFailure) {
        if fails { throw .unplugged }
        log.withLock { $0.append("\(line.rawValue) \(raised ? "up" : "down")") }
    }

    func close() { Glibc.close(descriptor) }
}

/// Two connected descriptors.
private func pair() throws -> (ours: Int32, theirs: Int32) {
    var ends: [Int32] = [-1, -1]
    try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0, &ends) == 0)
    return (ends[0], ends[1])
}

struct ControlLineTests {
    /// What the keeper says, one event after the other.
    private func keeper(_ lines: [LampLine]) -> (LineKeeper, DispatchQueue, AsyncStream<LineEvent>) {
        let queue = DispatchQueue(label: "lamp")
        let (events, said) = AsyncStream.makeStream(of: LineEvent.self)
        let box = Box(lines)
        let keeper = LineKeeper(
            .serial(SerialSettings(path: "/dev/no-such-lamp")), queue: queue,
            retryTimer: { _, queue, work in queue.async(execute: work) },
            opening: { _ throws(LineFailure) in
                guard let line = box.lines.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) else { throw .noSuchPort }
                return line
            },
            handler: { said.yield($0) })
        return (keeper, queue, events)
    }

    private final class Box: Sendable {
        let lines: Mutex<[LampLine]>
        init(_ lines: [LampLine]) { self.lines = Mutex(lines) }
    }

    @Test func `a lamp is set when it is asked for, once, and again after every opening`() async throws {
        let (first, second) = (try pair(), try pair())
        let lines = [LampLine(first.ours), LampLine(second.ours)]
        let (keeper, queue, events) = keeper(lines)
        var said = events.makeAsyncIterator()
        keeper.hold(.rts, raised: false)
        keeper.start()
        #expect(await said.next() == .opened)
        #expect(lines[0].held == ["rts down"])
        keeper.hold(.rts, raised: true)
        keeper.hold(.rts, raised: true)
        queue.sync {}
        #expect(lines[0].held == ["rts down", "rts up"])
        close(first.theirs)
        guard case .lost(.unplugged, _) = await said.next() else {
            Issue.record("the loss was not said")
            return
        }
        #expect(await said.next() == .opened)
        #expect(lines[1].held == ["rts up"])
        keeper.hold(.dtr, raised: false)
        queue.sync {}
        #expect(lines[1].held == ["rts up", "dtr down"])
        keeper.stop()
        close(second.theirs)
    }

    @Test func `a port that cannot move its line is lost, and tried again`() async throws {
        let (first, second) = (try pair(), try pair())
        let good = LampLine(second.ours)
        let (keeper, _, events) = keeper([LampLine(first.ours, fails: true), good])
        var said = events.makeAsyncIterator()
        keeper.hold(.dtr, raised: true)
        keeper.start()
        guard case .lost(.unplugged, _) = await said.next() else {
            Issue.record("the failure was not said")
            return
        }
        #expect(await said.next() == .opened)
        #expect(good.held == ["dtr up"])
        keeper.stop()
        close(first.theirs)
        close(second.theirs)
    }
}
