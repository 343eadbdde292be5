// A serial server or a simulated instrument is a line like any other: what was sent before an end is read, and nobody
// waits.

import Dispatch
import Glibc
import Testing

@testable import SerialLine

@Suite(.timeLimit(.minutes(4))) struct `lines over sockets` {
    private let folder: Folder

    init() throws { folder = try Folder() }

    /// One peer of each kind.
    private func peer(_ kind: String) throws -> Peer {
        try Peer(at: kind == "unix" ? .unix(path: folder.path + "/line") : .tcp(host: "127.0.0.1", port: 0))
    }

    @Test(arguments: ["unix", "tcp"])
    func `bytes go both ways`(kind: String) async throws {
        let peer = try peer(kind)
        var line = KeptLine(peer.address)
        #expect(await line.next() == .opened)
        let connection = await peer.accept()
        peer.send([0xAA, 0x80, 0x03], to: connection)
        #expect(await line.bytes(3) == [0xAA, 0x80, 0x03])
        line.keeper.send([0xCC])
        line.keeper.send([0x80, 0x02])
        #expect(await peer.receive(3, from: connection) == [0xCC, 0x80, 0x02])
    }

    @Test(arguments: ["unix", "tcp"])
    func `a peer that closes is said so, after its last bytes, and found again`(kind: String) async throws {
        let peer = try peer(kind)
        var line = KeptLine(peer.address)
        #expect(await line.next() == .opened)
        let connection = await peer.accept()
        peer.send([1, 2], to: connection)
        close(connection)
        #expect(await line.bytes(2) == [1, 2])
        #expect(await line.next() == .lost(.closedByPeer, retryIn: .seconds(1)))
        line.timer.fire()
        #expect(await line.next() == .opened)
        peer.send([3], to: await peer.accept())
        #expect(await line.next() == .bytes([3]))
    }

    @Test(arguments: ["unix", "tcp"])
    func `where nobody listens the line is refused, and comes when somebody does`(kind: String) async throws {
        let first = try peer(kind)
        first.stopListening()
        var line = KeptLine(first.address)
        #expect(await line.next() == .lost(.refused, retryIn: .seconds(1)))
        line.timer.fire()
        #expect(await line.next() == .lost(.refused, retryIn: .seconds(2)))
        let second = try Peer(at: first.address)
        line.timer.fire()
        #expect(await line.next() == .opened)
        second.stopListening()
    }

    @Test func `what a peer sent before it went is read, though commands for it wait`() async throws {
        let peer = try peer("unix")
        var line = KeptLine(peer.address)
        #expect(await line.next() == .opened)
        let connection = await peer.accept()
        let last = (0..<20_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        peer.send(last, to: connection)
        close(connection)
        line.keeper.send([0xCC])
        line.keeper.send([0x80])
        #expect(await line.bytes(last.count) == last)
        #expect(await line.next() == .lost(.closedByPeer, retryIn: .seconds(1)))
    }

    @Test func `a host that resets the connection has closed it`() async throws {
        let peer = try peer("tcp")
        var line = KeptLine(peer.address)
        #expect(await line.next() == .opened)
        let connection = await peer.accept()
        var linger = linger(l_onoff: 1, l_linger: 0)
        setsockopt(connection, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
        close(connection)
        #expect(await line.next() == .lost(.closedByPeer, retryIn: .seconds(1)))
    }

    @Test func `a name nobody has is not found`() async throws {
        var line = KeptLine(.tcp(host: "no-such-server.invalid", port: 4001))
        guard case .nameNotFound(let reason)? = await line.lost() else {
            Issue.record("not said to be unknown")
            return
        }
        #expect(!reason.isEmpty)
    }

    @Test func `a socket file that is not there is no such port`() async throws {
        var line = KeptLine(.unix(path: folder.path + "/none"))
        #expect(await line.next() == .lost(.noSuchPort, retryIn: .seconds(1)))
    }

    @Test func `a peer that never reads is said to take no more, and the caller is never held up`() async throws {
        let peer = try peer("unix")
        var line = KeptLine(peer.address)
        #expect(await line.next() == .opened)
        for _ in 0..<64 { line.keeper.send([UInt8](repeating: 0x55, count: 16_384)) }
        #expect(await line.next() == .lost(.notTaking, retryIn: .seconds(1)))
    }

    @Test func `what the peer takes late arrives whole and in order`() async throws {
        let peer = try peer("unix")
        let socket = try SocketLine(peer.address)
        var least: Int32 = 1
        setsockopt(socket.descriptor, SOL_SOCKET, SO_SNDBUF, &least, socklen_t(MemoryLayout.size(ofValue: least)))
        let sent = (0..<60_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let outgoing = Outgoing(socket)
        try await outgoing.open()
        await outgoing.send(Array(sent[..<40_000]))
        await outgoing.send(Array(sent[40_000...]))
        let connection = await peer.accept()
        #expect(await peer.receive(sent.count, from: connection) == sent)
        await outgoing.close()
        #expect(await peer.receive(1, from: connection).isEmpty)
    }
}

/// An open line with its queue and without a keeper, to fill the system's buffer at will.
private actor Outgoing {
    nonisolated var unownedExecutor: UnownedSerialExecutor { home.asUnownedSerialExecutor() }
    private let home = QueueExecutor(DispatchQueue(label: "outgoing"))
    private let socket: SocketLine
    private var line: OpenLine?

    init(_ socket: SocketLine) { self.socket = socket }

    func open() throws { line = try OpenLine(socket, on: home.queue) { self.assumeIsolated { $0.sendRest() } } }

    func send(_ bytes: [UInt8]) { #expect(line?.send(bytes) == true) }

    func close() { line?.close(on: DispatchQueue(label: "closer")) }

    private func sendRest() {
        do { try line?.sendRest() } catch { Issue.record(error) }
    }
}
