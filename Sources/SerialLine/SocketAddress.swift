// Where a stream socket is, in the words of the settings: `unix:/run/healthhut/line.sock`, `tcp:192.168.1.9:4001`.
//
// Parsed strictly when the settings are read, so that a misspelt address is one clear line at start and never a line
// that quietly keeps trying.

/// The address of a stream socket.
package enum SocketAddress: Sendable, Hashable {
    /// An absolute path of at most 107 bytes.
    case unix(path: String)
    /// A name or number as the resolver takes it (IPv6 without its brackets), and a port of 1…65535.
    case tcp(host: String, port: UInt16)

    /// What `sockaddr_un` holds on Linux, less the closing zero.
    static let longestPath = 107

    /// Reads `unix:PATH` or `tcp:HOST:PORT`; an IPv6 number stands in brackets: `tcp:[::1]:4001`.
    package init(_ text: String) throws(AddressError) {
        if text.hasPrefix("unix:") {
            self = .unix(path: try Self.path(in: text.dropFirst("unix:".count)))
        } else if text.hasPrefix("tcp:") {
            self = try Self.tcp(in: text.dropFirst("tcp:".count))
        } else {
            throw .unknownKind(text)
        }
    }

    private static func path(in text: Substring) throws(AddressError) -> String {
        let path = String(text)
        guard path.hasPrefix("/") else { throw .pathNotAbsolute(path) }
        guard path.utf8.count <= longestPath else { throw .pathTooLong(path) }
        return path
    }

    private static func tcp(in text: Substring) throws(AddressError) -> Self {
        guard let colon = text.lastIndex(of: ":") else { throw .noPort(String(text)) }
        let portText = text[text.index(after: colon)...]
        // `UInt16` alone would take "+4001".
        guard portText.allSatisfy(\.isASCIIDigit), let port = UInt16(portText), port > 0 else {
            throw .badPort(String(portText))
        }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
        } else if host.contains(":") {
            throw .bracketsMissing(String(text))
        }
        guard !host.isEmpty, !host.contains(where: { $0.isWhitespace || $0 == "[" || $0 == "]" }) else {
            throw .noHost(String(text))
        }
        return .tcp(host: String(host), port: port)
    }
}

extension Character {
    fileprivate var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}

extension SocketAddress: CustomStringConvertible {
    /// The text it was read from.
    package var description: String {
        switch self {
        case .unix(let path): "unix:\(path)"
        case .tcp(let host, let port): host.contains(":") ? "tcp:[\(host)]:\(port)" : "tcp:\(host):\(port)"
        }
    }
}

/// Why a line's address cannot be read.
package enum AddressError: Error, Sendable, Hashable {
    case unknownKind(String)
    case pathNotAbsolute(String)
    case pathTooLong(String)
    case noPort(String)
    case badPort(String)
    case bracketsMissing(String)
    case noHost(String)
}

extension AddressError: CustomStringConvertible {
    /// What is wrong, with the text that is.
    package var description: String {
        switch self {
        case .unknownKind(let text): "'\(text)' is not an address"
        case .pathNotAbsolute(let path): "the path '\(path)' is not absolute"
        case .pathTooLong(let path):
            "the path '\(path)' has \(path.utf8.count) bytes, a socket's has at most \(SocketAddress.longestPath)"
        case .noPort(let text): "'\(text)' has no port"
        case .badPort(let text): "'\(text)' is not a port"
        case .bracketsMissing(let text): "'\(text)' does not say where the host ends and the port begins"
        case .noHost(let text): "'\(text)' has no host"
        }
    }

    /// What to write instead.
    package var hint: String {
        switch self {
        case .unknownKind: "write unix:/path/to/socket, tcp:host:port, or for a port serial:/dev/…"
        case .pathNotAbsolute: "begin the path with /"
        case .pathTooLong: "put the socket in a folder with a shorter name, such as /run/healthhut"
        case .noPort: "write tcp:host:port, for example tcp:192.168.1.9:4001"
        case .badPort: "a port is a number from 1 to 65535"
        case .bracketsMissing: "put an IPv6 address in brackets, for example tcp:[::1]:4001"
        case .noHost: "write a name or an address before the port, for example tcp:localhost:4001"
        }
    }
}
