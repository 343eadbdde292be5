// A line is tried for ever, at a pace that spares the port, and at once when its node comes back.

import Dispatch
import Glibc
import SerialLine
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(4))) struct `keeping a line` {
    private let folder: Folder

    init() throws { folder = try Folder() }

    private var address: SocketAddress { .unix(path: folder.path + "/line") }

    @Test func `the pause grows from one second to thirty while nothing answers`() async {
        var line = KeptLine(address)
        for seconds in [1, 2, 4, 8, 16, 30, 30] {
            #expect(await line.next() == .lost(.noSuchPort, retryIn: .seconds(seconds)))
            line.timer.fire()
        }
    }

    @Test func `only bytes prove a line: opening alone does not shorten the pause`() async throws {
        let peer = try Peer(at: .tcp(host: "127.0.0.1", port: 0))
        var line = KeptLine(peer.address)
        for seconds in [1, 2, 4] {
            #expect(await line.next() == .opened)
            close(await peer.accept())
            #expect(await line.next() == .lost(.closedByPeer, retryIn: .seconds(seconds)))
            line.timer.fire()
        }
        #expect(await line.next() == .opened)
        let connection = await peer.accept()
        peer.send([1], to: connection)
        #expect(await line.next() == .bytes([1]))
        close(connection)
        #expect(await line.next() == .lost(.closedByPeer, retryIn: .seconds(1)))
    }

    @Test func `a line whose node comes back is opened at once, whatever the pause`() async throws {
        var line = KeptLine(address)
        #expect(await line.next() == .lost(.noSuchPort, retryIn: .seconds(1)))
        let peer = try Peer(at: address)
        #expect(await line.next() == .opened)
        close(await peer.accept())
        #expect(await line.lost() == .closedByPeer)
    }

    @Test func `a node in a folder that is not there yet is waited for too`() async throws {
        let place = SocketAddress.unix(path: folder.path + "/serial/by-path/cuff")
        var line = KeptLine(place)
        #expect(await line.lost() == .noSuchPort)
        #expect(mkdir(folder.path + "/serial", 0o755) == 0 && mkdir(folder.path + "/serial/by-path", 0o755) == 0)
        let peer = try Peer(at: place)
        #expect(await line.next() == .opened)
        peer.stopListening()
    }

    @Test func `the timer of an earlier try does nothing once the line is open`() async throws {
        var line = KeptLine(address)
        #expect(await line.lost() == .noSuchPort)
        let peer = try Peer(at: address)
        #expect(await line.next() == .opened)
        line.timer.fire()
        let connection = await peer.accept()
        peer.send([7], to: connection)
        #expect(await line.next() == .bytes([7]))
    }

    @Test func `what is sent to a line that is not open is dropped, not kept for later`() async throws {
        var line = KeptLine(address)
        line.keeper.send([1])
        #expect(await line.lost() == .noSuchPort)
        line.keeper.send([2])
        let peer = try Peer(at: address)
        #expect(await line.next() == .opened)
        line.keeper.send([3])
        #expect(await peer.receive(1, from: await peer.accept()) == [3])
    }

    @Test func `no event comes after stop, even from inside the handler`() async throws {
        let peer = try Peer(at: address)
        let line = StoppedAtOnce(address)
        let connection = await peer.accept()
        peer.send([1, 2, 3], to: connection)
        #expect(await peer.receive(1, from: connection).isEmpty, "the line was not closed")
        #expect(await line.events() == [.opened])
    }

    @Test func `stop lets go of the line, and what is sent after it is forgotten`() async throws {
        let peer = try Peer(at: address)
        var line = KeptLine(address)
        #expect(await line.next() == .opened)
        let connection = await peer.accept()
        line.keeper.stop()
        line.keeper.send([1])
        line.keeper.start()
        line.keeper.stop()
        #expect(await peer.receive(1, from: connection).isEmpty)
    }

    @Test func `stop while a line is being opened closes what comes of it`() async throws {
        let peer = try Peer(at: address)
        for _ in 0..<200 {
            let line = KeptLine(address)
            line.keeper.stop()
            let connection = await peer.accept()
            #expect(await peer.receive(1, from: connection).isEmpty)
            close(connection)
        }
    }

    @Test func `a line that hangs delays no other`() async throws {
        // A listener whose queue is full leaves a connecting host without an answer.
        let deaf = try Peer(at: .tcp(host: "127.0.0.1", port: 0))
        listen(deaf.listener, 0)
        let queue = DispatchQueue(label: "hanging")
        let hanging = (0..<4).map { _ in LineKeeper(.socket(deaf.address), queue: queue) { _ in } }
        for keeper in hanging { keeper.start() }
        let peer = try Peer(at: address)
        var line = KeptLine(address)
        #expect(await line.next() == .opened)
        close(await peer.accept())
        for keeper in hanging { keeper.stop() }
    }

    @Test(arguments: [("tcp", 2_000), ("unix", 300)])
    func `thousands of lines opened and closed leave no descriptor behind`(kind: String, rounds: Int) async throws {
        let peer = try Peer(at: kind == "unix" ? address : .tcp(host: "127.0.0.1", port: 0))
        let before = descriptors()
        for round in 0..<rounds {
            var line = KeptLine(peer.address)
            #expect(await line.next() == .opened)
            let connection = await peer.accept()
            if round.isMultiple(of: 2) {
                close(connection)
                #expect(await line.next() == .lost(.closedByPeer, retryIn: .seconds(1)))
                line.keeper.stop()
            } else {
                line.keeper.stop()
                #expect(await peer.receive(1, from: connection).isEmpty)
                close(connection)
            }
        }
        // Other tests run beside this one and hold fewer than a leak of one a line would leave.
        #expect(descriptors() - before < 200)
    }

    private func descriptors() -> Int {
        guard let folder = opendir("/proc/self/fd") else { return 0 }
        defer { closedir(folder) }
        var count = 0
        while readdir(folder) != nil { count += 1 }
        return count
    }
}

/// A line whose handler stops it at the first event.
private final class StoppedAtOnce: Sendable {
    private struct State {
        var keeper: LineKeeper?
        var events: [LineEvent] = []
    }
    private let queue = DispatchQueue(label: "stopped at once")
    private let state = Mutex(State())

    init(_ address: SocketAddress) {
        let keeper = LineKeeper(.socket(address), queue: queue) { event in
            let keeper = self.state.withLock { state in
                state.events.append(event)
                return state.keeper
            }
            keeper?.stop()
        }
        state.withLock { $0.keeper = keeper }
        keeper.start()
    }

    /// All that has come, once the queue has done what it had to do.
    func events() async -> [LineEvent] {
        await withCheckedContinuation { done in
            queue.async { done.resume(returning: self.state.withLock { $0.events }) }
        }
    }
}
