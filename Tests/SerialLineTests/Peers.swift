// The other end of a line, for tests: real sockets, and a retry timer that a test fires by hand.

import Dispatch
import Glibc
import SerialLine
import Synchronization

/// A listening socket. Its blocking calls run on a queue of their own, never on Swift's shared threads.
struct Peer: Sendable {
    let listener: Int32
    let address: SocketAddress
    private let queue = DispatchQueue(label: "peer", attributes: .concurrent)

    /// Listens at the address; a Unix socket is bound beside its path and moved there, so that it never refuses.
    init(at address: SocketAddress) throws(SystemError) {
        switch address {
        case .unix(let path):
            listener = try listening(family: AF_UNIX, at: unixAddress(path + ".new"))
            guard rename(path + ".new", path) == 0 else { throw SystemError(errno) }
            self.address = address
        case .tcp:
            var at = sockaddr_in()
            at.sin_family = sa_family_t(AF_INET)
            at.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            listener = try listening(family: AF_INET, at: at)
            var length = socklen_t(MemoryLayout.size(ofValue: at))
            let bound = listener
            let answer = withUnsafeMutablePointer(to: &at) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(bound, $0, &length) }
            }
            guard answer == 0 else { throw SystemError(errno) }
            self.address = .tcp(host: "127.0.0.1", port: UInt16(bigEndian: at.sin_port))
        }
    }

    /// The next connection.
    func accept() async -> Int32 { await off { [listener] in Glibc.accept(listener, nil, nil) } }

    /// Exactly so many bytes, fewer when the other side ends.
    func receive(_ count: Int, from connection: Int32) async -> [UInt8] {
        await off {
            var bytes: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 65_536)
            while bytes.count < count {
                let taken = recv(connection, &buffer, min(buffer.count, count - bytes.count), 0)
                guard taken > 0 else { break }
                bytes += buffer[..<taken]
            }
            return bytes
        }
    }

    func send(_ bytes: [UInt8], to connection: Int32) {
        _ = Glibc.send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    func stopListening() { close(listener) }

    private func off<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { done in queue.async { done.resume(returning: work()) } }
    }
}

/// What the system refused to a test.
struct SystemError: Error {
    let text: String
    init(_ code: Int32) { text = String(cString: strerror(code)) }
}

private func unixAddress(_ path: String) -> sockaddr_un {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
    return address
}

private func listening<Address>(family: Int32, at address: Address) throws(SystemError) -> Int32 {
    let made = socket(family, Int32(SOCK_STREAM.rawValue), 0)
    var address = address
    let length = socklen_t(MemoryLayout.size(ofValue: address))
    let bound = withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(made, $0, length) }
    }
    guard made >= 0, bound == 0, listen(made, 64) == 0 else { throw SystemError(errno) }
    return made
}

/// A folder of one test's own, gone with it.
final class Folder: Sendable {
    let path: String

    init() throws(SystemError) {
        var template = Array("/tmp/healthhut-line.XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else { throw SystemError(errno) }
        path = String(cString: made)
    }

    deinit { Self.remove(path) }

    private static func remove(_ path: String) {
        if let folder = opendir(path) {
            while let entry = readdir(folder) {
                let name = withUnsafePointer(to: &entry.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                if name != ".", name != ".." { remove(path + "/" + name) }
            }
            closedir(folder)
        }
        Glibc.remove(path)
    }
}

/// A kept line with its events in order.
struct KeptLine: ~Copyable {
    let keeper: LineKeeper
    let timer = HandTimer()
    let queue = DispatchQueue(label: "kept line")
    private var events: AsyncStream<LineEvent>.Iterator

    init(_ line: LineDescription) {
        let (stream, teller) = AsyncStream.makeStream(of: LineEvent.self)
        events = stream.makeAsyncIterator()
        keeper = LineKeeper(line, queue: queue, retryTimer: timer.wait) { teller.yield($0) }
        keeper.start()
    }

    init(_ address: SocketAddress) { self.init(.socket(address)) }

    deinit { keeper.stop() }

    mutating func next() async -> LineEvent? { await events.next() }

    /// The next so many bytes, however they were cut.
    mutating func bytes(_ count: Int) async -> [UInt8] {
        var all: [UInt8] = []
        while all.count < count, case .bytes(let bytes)? = await next() { all += bytes }
        return all
    }

    /// The next failure; what comes before it is passed over.
    mutating func lost() async -> LineFailure? {
        while let event = await next() { if case .lost(let failure, _) = event { return failure } }
        return nil
    }
}

/// A retry timer whose time comes when a test says so.
final class HandTimer: Sendable {
    private struct Waiting {
        let queue: DispatchQueue
        let work: @Sendable () -> Void
    }
    private let waiting = Mutex<[Waiting]>([])

    var wait: RetryTimer {
        { [self] _, queue, work in waiting.withLock { $0.append(Waiting(queue: queue, work: work)) } }
    }

    /// Lets the time of every pause come that has begun.
    func fire() {
        let due = waiting.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
        for item in due { item.queue.async(execute: item.work) }
    }
}
