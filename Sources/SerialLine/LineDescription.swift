// Where an instrument hangs and how to talk to it: the part of a settings file that says `line`.
//
// Everything a line needs before it can be opened stands in one value, so that a line can be opened again after any
// loss without asking anybody. Nothing here touches the system.

/// A line as the settings describe it: a serial port or a stream socket the hut connects to.
package enum LineDescription: Sendable, Hashable {
    case serial(SerialSettings)
    case socket(SocketAddress)

    /// The file whose coming and going is that of the line: a device node, a Unix socket; nil for TCP.
    var node: String? {
        switch self {
        case .serial(let settings): settings.path
        case .socket(.unix(let path)): path
        case .socket(.tcp): nil
        }
    }
}

extension LineDescription: CustomStringConvertible {
    /// `serial:/dev/ttyUSB0 9600 8N1`, `unix:/run/cuff.sock`, `tcp:127.0.0.1:4001`.
    package var description: String {
        switch self {
        case .serial(let settings): settings.description
        case .socket(let address): address.description
        }
    }

    /// A line as a command's `--line` takes it: `serial:/dev/ttyUSB0`, `unix:/run/cuff.sock`, `tcp:localhost:4001`.
    ///
    /// - Parameter settings: what a serial line gets beside its path (the device profile's usual values).
    package init(_ text: String, settings: SerialSettings = SerialSettings(path: "")) throws(AddressError) {
        guard text.hasPrefix("serial:") else {
            self = .socket(try SocketAddress(text))
            return
        }
        var settings = settings
        settings.path = String(text.dropFirst("serial:".count))
        guard settings.path.hasPrefix("/") else { throw .pathNotAbsolute(settings.path) }
        self = .serial(settings)
    }
}

/// A modem line the host decides about.
package enum ControlLine: String, Sendable, Hashable, CaseIterable { case dtr, rts }

/// How a serial port is set. The default is what most instruments ship with: 9600 8N1, both modem lines raised.
package struct SerialSettings: Sendable, Hashable {
    package enum Parity: String, Sendable, Hashable, CaseIterable { case none, odd, even, mark, space }
    package enum FlowControl: String, Sendable, Hashable, CaseIterable { case none, xonXoff, rtsCts, dtrDsr }

    /// What to do with DTR or RTS after opening. Opening itself always raises both: that is the kernel's doing.
    package enum ModemLine: String, Sendable, Hashable, CaseIterable { case raise, lower, leave }

    /// `/dev/serial/by-path/…` or `/dev/ttyUSB0`; a symbolic link is resolved each time the port is opened.
    package var path: String
    /// Bits a second.
    package var baud: Int
    /// 5…8.
    package var dataBits: Int
    package var parity: Parity
    /// 1 or 2.
    package var stopBits: Int
    package var flow: FlowControl
    /// Ignored where flow control owns the line.
    package var dtr: ModemLine
    /// Ignored where flow control owns the line.
    package var rts: ModemLine

    package init(
        path: String, baud: Int = 9600, dataBits: Int = 8, parity: Parity = .none, stopBits: Int = 1,
        flow: FlowControl = .none, dtr: ModemLine = .raise, rts: ModemLine = .raise
    ) {
        (self.path, self.baud, self.dataBits, self.parity) = (path, baud, dataBits, parity)
        (self.stopBits, self.flow, self.dtr, self.rts) = (stopBits, flow, dtr, rts)
    }
}

extension SerialSettings: CustomStringConvertible {
    /// `serial:/dev/ttyUSB0 9600 8N1`.
    package var description: String {
        "serial:\(path) \(baud) \(dataBits)\(parity.rawValue.prefix(1).uppercased())\(stopBits)"
    }
}
