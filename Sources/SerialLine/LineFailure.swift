// Why a line is not there, in words an operator can act on. Each case is one that somebody has to do something
// different about; what is left keeps the system's own words.

import Glibc

/// Why a line could not be opened, or was lost.
package enum LineFailure: Error, Sendable, Hashable {
    /// The adapter was pulled out, or its power failed.
    case unplugged
    /// Nobody listens at the address.
    case refused
    /// No such device node, or no such socket file.
    case noSuchPort
    case noPermission
    /// Another program holds the port.
    case busy
    /// The other side of a socket ended the connection.
    case closedByPeer
    /// The resolver's own words.
    case nameNotFound(String)
    /// The host did not answer in time, or ceased to.
    case noAnswer
    /// The other side has stopped taking bytes: more than the line's buffer waits to be sent.
    case notTaking
    /// A file, a folder or a pseudo-terminal: it has no speed that could be set.
    case notAPort
    /// What the port or the driver will not do.
    case badSettings(String)
    /// The system's error, in its own words.
    case other(String)

    /// The failure that an `errno` stands for.
    init(errno code: Int32) {
        self =
            switch code {
            case ENOENT, ENXIO, ENODEV: .noSuchPort
            case EACCES, EPERM: .noPermission
            case EBUSY: .busy
            case ECONNREFUSED: .refused
            case ECONNRESET, EPIPE: .closedByPeer
            case ETIMEDOUT, EHOSTUNREACH, ENETUNREACH, EHOSTDOWN: .noAnswer
            default: .other(Self.text(of: code))
            }
    }

    /// `strerror`, safe beside other threads.
    static func text(of code: Int32) -> String {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 128) { buffer in
            guard let start = buffer.baseAddress, strerror_r(code, start, buffer.count) == 0 else {
                return "error \(code)"
            }
            return String(cString: start)
        }
    }
}

extension LineFailure: CustomStringConvertible {
    /// What is wrong, in a few lower-case words.
    package var description: String {
        switch self {
        case .unplugged: "unplugged"
        case .refused: "refused"
        case .noSuchPort: "no such port"
        case .noPermission: "no permission"
        case .busy: "in use by another program"
        case .closedByPeer: "closed by the other side"
        case .nameNotFound(let reason): "name not found: \(reason)"
        case .noAnswer: "no answer"
        case .notTaking: "takes no more bytes"
        case .notAPort: "not a serial port"
        case .badSettings(let what): "cannot be set: \(what)"
        case .other(let text): text
        }
    }

    /// What to do about it.
    package var hint: String {
        switch self {
        case .unplugged: "plug the cable in again; the line comes back by itself"
        case .refused: "start the program or serial server that listens there"
        case .noSuchPort:
            "check the cable and the path: ls -l /dev/serial/by-path; a socket is made by the program that listens"
        case .noPermission: "let the user that runs healthhut use it (group dialout for serial ports)"
        case .busy: "end the other program that uses it: fuser -v PATH"
        case .closedByPeer: "look at the serial server or simulator at the other end"
        case .nameNotFound: "check the host's name in the settings, or write its address"
        case .noAnswer: "check the network cable, the address and the power of the serial server"
        case .notTaking: "check flow control in the settings and that the instrument is switched on"
        case .notAPort:
            "name a port: ls -l /dev/serial/by-path; for a simulator or serial server, unix:PATH or tcp:HOST:PORT"
        case .badSettings: "compare the line in the settings with the instrument's manual"
        case .other: "see journalctl -k for what the system says about it"
        }
    }
}
