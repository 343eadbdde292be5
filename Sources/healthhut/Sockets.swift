// Listening sockets and connections: kiosks, `watch`, the nudge, and the simulator's side of a line.
//
// Everything runs on the queue it is given and nothing waits. What a slow reader does not take is kept up to a limit;
// beyond it the connection is dropped, because a kiosk that cannot keep up must not hold the hut's memory.

import Dispatch
import Glibc
import SerialLine

/// Why a socket cannot be had.
struct SocketError: Error, Sendable {
    var message: String
    var hint: String
}

extension sockaddr_un {
    /// The address of a path; nil when it is longer than the system allows (107 bytes).
    init?(path: String) {
        self.init()
        sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard !bytes.isEmpty, bytes.count < MemoryLayout.size(ofValue: sun_path) else { return nil }
        withUnsafeMutableBytes(of: &sun_path) { $0.copyBytes(from: bytes) }
    }

    /// Calls `body` with the address as `bind`, `connect` and `sendto` want it.
    mutating func withAddress<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        withUnsafePointer(to: &self) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}

/// One open connection.
///
/// `@unchecked Sendable`, because its state is touched on `queue` only: readiness calls back there, and `send` and
/// `close` check that they are called there.
final class Connection: @unchecked Sendable {
    /// What can happen to it.
    enum Event: Sendable {
        case bytes([UInt8])
        /// Everything that waited was taken.
        case drained
        case closed
    }

    /// A megabyte: a hundred full screens, ten thousand lines of `watch`.
    static let mostWaiting = 1 << 20

    let descriptor: Int32
    private let queue: DispatchQueue
    private let handler: @Sendable (Event) -> Void
    /// nil once the connection has ended.
    private var readiness: Readiness?
    private var waiting: [UInt8] = []

    /// Takes over a connected descriptor. `handler` is called on `queue`; nothing comes after `.closed`.
    init(_ descriptor: Int32, queue: DispatchQueue, handler: @escaping @Sendable (Event) -> Void) {
        (self.descriptor, self.queue, self.handler) = (descriptor, queue, handler)
        makeNonBlocking(descriptor)
        // The readiness holds the connection until it is cancelled.
        readiness = try? Readiness(of: descriptor, on: queue) { [self] in ready() }
        if readiness == nil { queue.async { [self] in end() } }
    }

    /// Queues bytes; never waits. A reader that left `mostWaiting` bytes untaken is cut off.
    func send(_ bytes: [UInt8]) {
        dispatchPrecondition(condition: .onQueue(queue))
        guard readiness != nil else { return }
        guard waiting.count + bytes.count <= Connection.mostWaiting else { return end() }
        let isFirst = waiting.isEmpty
        waiting += bytes
        if isFirst { flush() }
    }

    /// Whether the other side has left bytes untaken; `.drained` follows.
    var isBacklogged: Bool {
        dispatchPrecondition(condition: .onQueue(queue))
        return !waiting.isEmpty
    }

    /// Ends the connection; `.closed` follows.
    func close() {
        dispatchPrecondition(condition: .onQueue(queue))
        end()
    }

    private func ready() {
        switch readAvailable(descriptor) {
        case .bytes(let bytes): handler(.bytes(bytes))
        case .nothing: break
        case .ended: return end()
        }
        guard !waiting.isEmpty else { return }
        flush()
        if waiting.isEmpty { handler(.drained) }
    }

    private func flush() {
        while !waiting.isEmpty {
            let sent = waiting.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if sent > 0 {
                waiting.removeFirst(sent)
            } else if errno == EAGAIN {
                break
            } else if errno != EINTR {
                // What it sent before it went is still to be read; the end comes behind it.
                waiting = []
            }
        }
        readiness?.awaitsRoom = !waiting.isEmpty
    }

    private func end() {
        guard let readiness else { return queue.async { [handler] in handler(.closed) } }
        self.readiness = nil
        readiness.cancel()
        readiness.ended.notify(queue: queue) { [descriptor, handler] in
            Glibc.close(descriptor)
            handler(.closed)
        }
    }
}

/// A socket that others connect to.
final class Listener {
    private let source: any DispatchSourceRead

    /// Listens at `address`; `accept` is called on `queue` with each connected descriptor.
    ///
    /// A Unix socket left by a dead process is replaced; one that is in use is refused. `mode` is the file's.
    /// - Throws: `SocketError` when the address is in use, too long, or its folder is missing.
    init(
        _ address: SocketAddress, mode: mode_t = 0o660, queue: DispatchQueue,
        accept: @escaping @Sendable (Int32) -> Void
    ) throws(SocketError) {
        let descriptor = try openListener(address, mode: mode)
        makeNonBlocking(descriptor)
        source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
        source.setEventHandler {
            while true {
                let connected = Glibc.accept(descriptor, nil, nil)
                guard connected >= 0 else { return }
                accept(connected)
            }
        }
        source.setCancelHandler {
            Glibc.close(descriptor)
            if case .unix(let path) = address { unlink(path) }
        }
        source.activate()
    }

    /// Stops listening and removes the socket's file; open connections stay.
    func close() { source.cancel() }
}

/// A datagram socket that others may poke; what they send is thrown away.
func listenForNudges(
    _ path: String, queue: DispatchQueue, nudged: @escaping @Sendable () -> Void
) throws(SocketError) -> any DispatchSourceRead {
    let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
    try bindUnix(descriptor, path: path, mode: 0o660)
    makeNonBlocking(descriptor)
    let source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
    source.setEventHandler {
        var scratch: [UInt8] = [0]
        while recv(descriptor, &scratch, 1, 0) >= 0 {}
        nudged()
    }
    source.setCancelHandler {
        close(descriptor)
        unlink(path)
    }
    source.activate()
    return source
}

/// Connects to a Unix socket, waiting; for commands that have nothing else to do.
func connectUnix(_ path: String) throws(SocketError) -> Int32 {
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    guard var address = sockaddr_un(path: path) else { throw tooLong(path) }
    guard address.withAddress({ connect(descriptor, $0, $1) }) == 0 else {
        let reason = errno
        close(descriptor)
        throw SocketError(
            message: "cannot connect to \(path): \(errorText(reason))",
            hint: reason == ENOENT || reason == ECONNREFUSED
                ? "is `healthhut serve` running, and is this the socket its settings name?"
                : "may this user open the socket?")
    }
    return descriptor
}

/// What a non-blocking read came to.
enum ReadResult {
    case bytes([UInt8])
    case nothing
    case ended
}

/// Reads once what has come, at most 64 KiB.
func readAvailable(_ descriptor: Int32) -> ReadResult {
    var count = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, used in
        count = read(descriptor, buffer.baseAddress, buffer.count)
        used = max(0, count)
    }
    if count > 0 { return .bytes(bytes) }
    return count < 0 && (errno == EAGAIN || errno == EINTR) ? .nothing : .ended
}

/// Makes reads and writes return at once.
func makeNonBlocking(_ descriptor: Int32) {
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
}

/// The system's words for an error number.
func errorText(_ number: Int32) -> String { String(cString: strerror(number)) }

private func openListener(_ address: SocketAddress, mode: mode_t) throws(SocketError) -> Int32 {
    switch address {
    case .unix(let path):
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        try bindUnix(descriptor, path: path, mode: mode)
        listen(descriptor, 16)
        return descriptor
    case .tcp(let host, let port):
        return try listenTCP(host: host, port: port)
    }
}

private func bindUnix(_ descriptor: Int32, path: String, mode: mode_t) throws(SocketError) {
    guard var address = sockaddr_un(path: path) else { throw tooLong(path) }
    if isDeadSocket(path) { unlink(path) }
    let oldMask = umask(0o777 & ~mode)
    let bound = address.withAddress { bind(descriptor, $0, $1) }
    let reason = errno
    umask(oldMask)
    guard bound == 0 else {
        close(descriptor)
        throw SocketError(
            message: "cannot listen at \(path): \(errorText(reason))",
            hint: reason == EADDRINUSE
                ? "another program listens there; end it, or name another socket"
                : "does the folder exist, and may this user write to it?")
    }
}

/// A socket file that nobody listens at any more.
private func isDeadSocket(_ path: String) -> Bool {
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFSOCK, var address = sockaddr_un(path: path) else {
        return false
    }
    for kind in [SOCK_STREAM, SOCK_DGRAM] {
        let probe = socket(AF_UNIX, Int32(kind.rawValue), 0)
        defer { close(probe) }
        if address.withAddress({ connect(probe, $0, $1) }) == 0 { return false }
        if errno != ECONNREFUSED && errno != EPROTOTYPE { return false }
    }
    return true
}

private func listenTCP(host: String, port: UInt16) throws(SocketError) -> Int32 {
    var wanted = addrinfo()
    wanted.ai_socktype = Int32(SOCK_STREAM.rawValue)
    wanted.ai_flags = AI_PASSIVE
    var found: UnsafeMutablePointer<addrinfo>?
    let answer = getaddrinfo(host.isEmpty ? nil : host, String(port), &wanted, &found)
    defer { if let found { freeaddrinfo(found) } }
    guard answer == 0, let first = found?.pointee else {
        throw SocketError(
            message: "cannot listen at \(host):\(port): \(String(cString: gai_strerror(answer)))",
            hint: "name an address of this machine, such as 127.0.0.1")
    }
    let descriptor = socket(first.ai_family, first.ai_socktype, first.ai_protocol)
    var yes: Int32 = 1
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    guard bind(descriptor, first.ai_addr, first.ai_addrlen) == 0, listen(descriptor, 16) == 0 else {
        let reason = errno
        close(descriptor)
        throw SocketError(
            message: "cannot listen at \(host):\(port): \(errorText(reason))", hint: "choose a port that is free")
    }
    return descriptor
}

private func tooLong(_ path: String) -> SocketError {
    SocketError(message: "the socket path \(path) is empty or longer than 107 bytes", hint: "use a shorter path")
}
