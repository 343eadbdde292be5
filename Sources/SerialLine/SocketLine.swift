// An instrument behind a stream socket: a serial-to-network server, a proxy in another sandbox, or a simulator. The hut
// connects, as it would open a port.
//
// A host that has lost its power says nothing, and so does a quiet instrument; TCP's own keep-alive tells them apart
// within a minute without waking this program.

import Glibc

/// A connected stream socket.
package struct SocketLine: ByteLine {
    package let descriptor: Int32

    /// How long a host may take to answer a connection, in ms: well over three lost first packets.
    private static let connectWithin: Int32 = 10_000

    /// Connects. Blocks for as long as the resolver and the host take.
    package init(_ address: SocketAddress) throws(LineFailure) {
        descriptor =
            switch address {
            case .unix(let path): try Self.connectUnix(path)
            case .tcp(let host, let port): try Self.connectTCP(host, port)
            }
    }

    package func read(upTo limit: Int) throws(LineFailure) -> [UInt8] {
        var received = 0
        var code: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
            received = recv(descriptor, buffer.baseAddress, buffer.count, 0)
            code = errno
            count = max(0, received)
        }
        if received == 0 { throw .closedByPeer }
        if received < 0, code != EAGAIN, code != EINTR { throw LineFailure(errno: code) }
        if received < 0, hasHungUp { throw .closedByPeer }
        return bytes
    }

    package func write(_ bytes: ArraySlice<UInt8>) throws(LineFailure) -> Int {
        let sent = bytes.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        if sent >= 0 { return sent }
        guard errno == EAGAIN || errno == EINTR else { throw LineFailure(errno: errno) }
        return 0
    }

    /// A socket has no modem lines.
    package func hold(_ line: ControlLine, raised: Bool) {}

    package func close() { Glibc.close(descriptor) }

    private static func connectUnix(_ path: String) throws(LineFailure) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        guard path.utf8.count <= SocketAddress.longestPath else { throw LineFailure(errno: ENAMETOOLONG) }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        return try withUnsafeBytes(of: address) { (bytes) throws(LineFailure) in
            try connect(family: AF_UNIX, to: bytes)
        }
    }

    /// Tries every address of the name in the resolver's order; the last one's failure stands for all.
    private static func connectTCP(_ host: String, _ port: UInt16) throws(LineFailure) -> Int32 {
        var wanted = addrinfo()
        wanted.ai_socktype = Int32(SOCK_STREAM.rawValue)
        wanted.ai_flags = AI_NUMERICSERV
        var found: UnsafeMutablePointer<addrinfo>?
        let answer = getaddrinfo(host, String(port), &wanted, &found)
        guard answer == 0 else { throw .nameNotFound(String(cString: gai_strerror(answer))) }
        defer { freeaddrinfo(found) }
        var failure = LineFailure.nameNotFound("no address")
        for candidate in sequence(first: found, next: { $0?.pointee.ai_next }) {
            guard let entry = candidate?.pointee else { break }
            do {
                let bytes = UnsafeRawBufferPointer(start: entry.ai_addr, count: Int(entry.ai_addrlen))
                let connected = try connect(family: entry.ai_family, to: bytes)
                keepAlive(connected)
                return connected
            } catch {
                failure = error
            }
        }
        throw failure
    }

    private static func connect(family: Int32, to address: UnsafeRawBufferPointer) throws(LineFailure) -> Int32 {
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let made = socket(family, kind, 0)
        guard made >= 0 else { throw LineFailure(errno: errno) }
        do {
            let answer = Glibc.connect(
                made, address.baseAddress?.assumingMemoryBound(to: sockaddr.self), socklen_t(address.count))
            if answer != 0 { try finishConnecting(made, errno) }
            return made
        } catch {
            Glibc.close(made)
            throw error
        }
    }

    private static func finishConnecting(_ connecting: Int32, _ code: Int32) throws(LineFailure) {
        // A Unix listener whose queue is full answers EAGAIN; it is there and has its hands full.
        if code == EAGAIN { throw .busy }
        guard code == EINPROGRESS || code == EINTR else { throw LineFailure(errno: code) }
        var state = pollfd(fd: connecting, events: Int16(POLLOUT), revents: 0)
        guard poll(&state, 1, connectWithin) > 0 else { throw .noAnswer }
        var outcome: Int32 = 0
        var length = socklen_t(MemoryLayout.size(ofValue: outcome))
        guard getsockopt(connecting, SOL_SOCKET, SO_ERROR, &outcome, &length) == 0 else {
            throw LineFailure(errno: errno)
        }
        if outcome != 0 { throw LineFailure(errno: outcome) }
    }

    /// Probes after 30 s of silence, each 10 s, three times; commands leave at once. A socket that will not have it
    /// works all the same, hence no errors here.
    private static func keepAlive(_ socket: Int32) {
        let options = [
            (SOL_SOCKET, SO_KEEPALIVE, 1), (Int32(IPPROTO_TCP), TCP_KEEPIDLE, 30),
            (Int32(IPPROTO_TCP), TCP_KEEPINTVL, 10),
            (Int32(IPPROTO_TCP), TCP_KEEPCNT, 3), (Int32(IPPROTO_TCP), TCP_NODELAY, 1),
        ]
        for (level, option, setting) in options {
            var value = Int32(setting)
            setsockopt(socket, level, option, &value, socklen_t(MemoryLayout.size(ofValue: value)))
        }
    }
}
