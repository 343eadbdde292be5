// Addresses of lines as an operator writes them, and what is answered to those that are none.

import SerialLine
import Testing

@Suite struct `line addresses` {
    @Test(arguments: [
        ("unix:/run/healthhut/cuff.sock", SocketAddress.unix(path: "/run/healthhut/cuff.sock")),
        ("tcp:127.0.0.1:4001", .tcp(host: "127.0.0.1", port: 4001)),
        ("tcp:serial-server.local:1", .tcp(host: "serial-server.local", port: 1)),
        ("tcp:[::1]:65535", .tcp(host: "::1", port: 65_535)),
    ])
    func `an address reads as written and writes as read`(text: String, address: SocketAddress) throws {
        #expect(try SocketAddress(text) == address)
        #expect(address.description == text)
    }

    @Test(arguments: [
        ("", AddressError.unknownKind("")),
        ("/run/cuff.sock", .unknownKind("/run/cuff.sock")),
        ("udp:host:1", .unknownKind("udp:host:1")),
        ("unix:cuff.sock", .pathNotAbsolute("cuff.sock")),
        ("unix:", .pathNotAbsolute("")),
        ("unix:/" + String(repeating: "盒", count: 36), .pathTooLong("/" + String(repeating: "盒", count: 36))),
        ("tcp:host", .noPort("host")),
        ("tcp:host:", .badPort("")),
        ("tcp:host:0", .badPort("0")),
        ("tcp:host:65536", .badPort("65536")),
        ("tcp:host:+1", .badPort("+1")),
        ("tcp:host:４", .badPort("４")),
        ("tcp::4001", .noHost(":4001")),
        ("tcp:[]:4001", .noHost("[]:4001")),
        ("tcp:my host:4001", .noHost("my host:4001")),
        ("tcp:::1:4001", .bracketsMissing("::1:4001")),
    ])
    func `a misspelt address is refused with what is wrong`(text: String, error: AddressError) {
        #expect(throws: error) { try SocketAddress(text) }
        #expect(!error.description.isEmpty && !error.hint.isEmpty)
    }

    @Test func `a path as long as the system takes is taken`() throws {
        let path = "/" + String(repeating: "a", count: 106)
        #expect(try SocketAddress("unix:" + path) == .unix(path: path))
        #expect(throws: AddressError.pathTooLong(path + "a")) { try SocketAddress("unix:" + path + "a") }
    }

    @Test func `a line on the command line takes its settings from the profile`() throws {
        let usual = SerialSettings(path: "", baud: 19_200, parity: .even, flow: .rtsCts)
        var wanted = usual
        wanted.path = "/dev/ttyUSB0"
        #expect(try LineDescription("serial:/dev/ttyUSB0", settings: usual) == .serial(wanted))
        #expect(wanted.description == "serial:/dev/ttyUSB0 19200 8E1")
        #expect(try LineDescription("tcp:localhost:4001") == .socket(.tcp(host: "localhost", port: 4001)))
        #expect(throws: AddressError.pathNotAbsolute("ttyUSB0")) { try LineDescription("serial:ttyUSB0") }
    }

    @Test func `a port is set as most instruments ship unless it is said otherwise`() {
        let settings = SerialSettings(path: "/dev/ttyS0")
        #expect(settings.description == "serial:/dev/ttyS0 9600 8N1")
        #expect(settings.dtr == .raise && settings.rts == .raise && settings.flow == .none)
    }
}
