// A blood-pressure monitor whose every byte the test decides.

import Foundation
import Testing

@testable import healthhut

/// One frame of a Maibobo result; minute and second make each its own.
func maiboboResult(minute: UInt8, second: UInt8 = 0, systolic: UInt8) -> [UInt8] {
    var frame: [UInt8] = [
        0xAA, 0x80, 0x03, 0x0F, 0x01, 0x06, 0x01, 26, 11, 21, 9, minute, second, 0, systolic, 0, 80, 0, 72,
    ]
    frame.append(frame.dropFirst(2).reduce(0, ^))
    return frame
}

/// A monitor on a socket: takes the hut's connection and says what the test tells it to.
final class Monitor {
    private let listening: Int32
    private var connected: Int32 = -1

    init(_ path: String) throws {
        try #require(Program.survivesBrokenPipes)
        listening = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = try #require(sockaddr_un(path: path))
        try #require(address.withAddress { bind(listening, $0, $1) } == 0)
        listen(listening, 1)
    }

    deinit {
        close(listening)
        if connected >= 0 { close(connected) }
    }

    /// Waits for the hut.
    func accept(_ location: SourceLocation = #_sourceLocation) throws {
        var wait = pollfd(fd: listening, events: Int16(POLLIN), revents: 0)
        try #require(poll(&wait, 1, tooLong) == 1, "the hut did not connect", sourceLocation: location)
        connected = Glibc.accept(listening, nil, nil)
    }

    func say(_ bytes: [UInt8]) { writeAll(connected, bytes: bytes) }

    /// Waits for so many bytes of the host.
    func hear(_ count: Int) throws -> [UInt8] {
        var heard: [UInt8] = []
        while heard.count < count, let more = try hearMore() { heard += more }
        return heard
    }

    /// Says no more, and waits for everything the host still says before it lets go too.
    func hearToTheEnd() throws -> [UInt8] {
        shutdown(connected, Int32(SHUT_WR))
        var heard: [UInt8] = []
        while let more = try hearMore() { heard += more }
        return heard
    }

    private func hearMore() throws -> [UInt8]? {
        var wait = pollfd(fd: connected, events: Int16(POLLIN), revents: 0)
        try #require(poll(&wait, 1, tooLong) == 1, "the host says nothing")
        guard case .bytes(let bytes) = readAvailable(connected) else { return nil }
        return bytes
    }

    func hangUp() {
        close(connected)
        connected = -1
    }
}
