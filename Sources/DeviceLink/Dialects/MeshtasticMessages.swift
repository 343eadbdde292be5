// What the radio says, of the protobuf schema of Meshtastic 2.7 only the fields the hut needs; all others are stepped
// over, because the schema grows every month. Field numbers: Devices/meshtastic/PROTOCOL.md.
import Vitals

/// One frame from the radio.
enum FromRadio: Sendable {
    case packet(MeshPacket)
    /// The radio's own node number.
    case myInfo(node: UInt32)
    case configComplete(nonce: UInt32)
    case rebooted
    /// One of the radio's channels, in the course of its configuration.
    case channel(MeshChannel)
    /// Settings, other nodes, logs: nothing for us.
    case other

    init(_ bytes: ArraySlice<UInt8>) throws(Malformed) {
        let message = try WireMessage(bytes)
        if let packet = try message.message(2) {
            self = .packet(try MeshPacket(packet))
        } else if let info = try message.message(3) {
            self = .myInfo(node: UInt32(truncatingIfNeeded: try info.varint(1) ?? 0))
        } else if let nonce = try message.varint(7) {
            self = .configComplete(nonce: UInt32(truncatingIfNeeded: nonce))
        } else if let channel = try message.message(10) {
            self = .channel(try MeshChannel(channel))
        } else if let rebooted = try message.varint(8), rebooted != 0 {
            self = .rebooted
        } else {
            self = .other
        }
    }
}

/// A channel as far as the hut looks at it. The key itself is never kept, only how long it is.
struct MeshChannel: Sendable {
    /// It is in use and has a key of its own: no key at all, and one byte, which stands for a key everybody knows, are
    /// public.
    var isPrivate: Bool

    /// AES-128; the other length is 32.
    private static let shortestKey = 16

    init(_ message: WireMessage) throws(Malformed) {
        let isInUse = try message.varint(3) ?? 0 != 0
        let key = try message.message(2)?.bytes(2) ?? []
        isPrivate = isInUse && key.count >= MeshChannel.shortestKey
    }
}

/// One packet off the air.
struct MeshPacket: Sendable {
    var from: UInt32
    /// Chosen by the sender; 0 means that it has none.
    var id: UInt32
    /// Seconds since 1970, UTC; 0 before the radio knows the time.
    var receivedAt: UInt32
    /// It came through the internet, not by radio.
    var isViaMQTT: Bool
    var content: Content

    enum Content: Sendable {
        /// A channel we hold no key for: normal on a shared band.
        case encrypted
        case telemetry(Telemetry)
        case position(MeshPosition)
        /// ALERT_APP: what the sender wrote.
        case alert(String)
        /// DETECTION_SENSOR_APP: a button or contact wired to a node.
        case detection(String)
        case other

        /// What it is, without what it says.
        var kind: Kind {
            switch self {
            case .encrypted: .encrypted
            case .telemetry: .telemetry
            case .position: .position
            case .alert: .alert
            case .detection: .detection
            case .other: .other
            }
        }
    }

    enum Kind: Sendable { case encrypted, telemetry, position, alert, detection, other }

    init(_ message: WireMessage) throws(Malformed) {
        from = try message.fixed32(1) ?? 0
        id = try message.fixed32(6) ?? 0
        receivedAt = try message.fixed32(7) ?? 0
        isViaMQTT = try message.varint(14) ?? 0 != 0
        guard let data = try message.message(4) else {
            content = try message.bytes(5) == nil ? .other : .encrypted
            return
        }
        let payload = try data.bytes(2) ?? []
        switch try data.varint(1) ?? 0 {
        case 3: content = .position(try MeshPosition(WireMessage(payload)))
        case 10: content = .detection(String(decoding: payload, as: UTF8.self))
        case 11: content = .alert(String(decoding: payload, as: UTF8.self))
        case 67: content = .telemetry(try Telemetry(WireMessage(payload)))
        default: content = .other
        }
    }
}

/// What a band measured of its wearer, or of itself.
struct Telemetry: Sendable {
    /// Seconds since 1970, UTC; 0 before the band knows the time.
    var time: UInt32
    var health: Health?
    /// Above 100: on mains.
    var batteryLevel: Int?

    struct Health: Sendable {
        var heartRate: Int?
        var oxygen: Int?
        /// Hundredths of a degree Celsius; nil when the float is no number.
        var centiCelsius: Int?
    }

    init(_ message: WireMessage) throws(Malformed) {
        time = try message.fixed32(1) ?? 0
        batteryLevel = try message.message(2).flatMap { metrics throws(Malformed) in try metrics.varint(1) }
            .map { Int(clamping: $0) }
        guard let metrics = try message.message(7) else { return }
        let celsius = try metrics.fixed32(3).map { Float(bitPattern: $0) }
        health = Health(
            heartRate: try metrics.varint(1).map { Int(clamping: $0) },
            oxygen: try metrics.varint(2).map { Int(clamping: $0) },
            centiCelsius: celsius.flatMap { abs($0) < 1_000 ? Int(($0 * 100).rounded()) : nil })
    }
}

/// Where a band says it is; both coordinates are absent before it has a fix.
struct MeshPosition: Sendable {
    var position: Position?

    init(_ message: WireMessage) throws(Malformed) {
        guard let latitude = try message.fixed32(1), let longitude = try message.fixed32(2) else { return }
        position = Position(
            latitudeE7: Int(Int32(bitPattern: latitude)), longitudeE7: Int(Int32(bitPattern: longitude)))
    }
}
