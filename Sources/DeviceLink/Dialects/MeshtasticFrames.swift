// Meshtastic frames as they are written: what the hut sends to its radio, and, for the simulator, what a radio sends.
import Vitals

/// The envelope of both directions: 94 C3, a length with the high byte first, protobuf.
enum MeshtasticFrame {
    static func around(_ message: WireMessage) -> [UInt8] {
        let bytes = message.bytes
        return [0x94, 0xC3, UInt8(truncatingIfNeeded: bytes.count >> 8), UInt8(truncatingIfNeeded: bytes.count)] + bytes
    }
}

/// What a host says.
enum ToRadio: Hashable, Sendable {
    case wantConfig(nonce: UInt32)
    case heartbeat
    case disconnect
    /// A packet for the mesh; the hut sends none.
    case other

    var frame: [UInt8] {
        var message = WireMessage()
        switch self {
        case .wantConfig(let nonce): message.add(3, varint: UInt64(nonce))
        case .heartbeat: message.add(7, WireMessage())
        case .disconnect: message.add(4, varint: 1)
        case .other: break
        }
        return MeshtasticFrame.around(message)
    }

    init(_ bytes: ArraySlice<UInt8>) throws(Malformed) {
        let message = try WireMessage(bytes)
        if let nonce = try message.varint(3) {
            self = .wantConfig(nonce: UInt32(truncatingIfNeeded: nonce))
        } else if try message.message(7) != nil {
            self = .heartbeat
        } else if try message.varint(4) ?? 0 != 0 {
            self = .disconnect
        } else {
            self = .other
        }
    }
}

/// A packet as a simulated radio hears it from a band: broadcast, at the signal strength of the worked frames.
struct BandPacket: Sendable {
    var band: UInt32
    var id: UInt32
    /// Seconds since 1970, UTC; 0 for a radio that does not know the time.
    var time: UInt32
    var content: Content
    /// FromRadio.id counts what the radio has sent.
    var count: UInt64 = 10

    enum Content: Sendable {
        case health(heartRate: Int?, oxygen: Int?, centiCelsius: Int?)
        case position(Position)
        case alert(String)
        case detection(String)
        case battery(percent: Int)
        case encrypted([UInt8])
    }

    private static let isAlert: UInt64 = 110
    private static let background: UInt64 = 10
    private static let everybody: UInt32 = 0xFFFF_FFFF

    /// The whole FromRadio frame.
    var frame: [UInt8] {
        var packet = WireMessage()
        packet.add(1, fixed32: band)
        packet.add(2, fixed32: BandPacket.everybody)
        if case .encrypted(let bytes) = content {
            packet.add(3, varint: 8)
            packet.add(5, bytes: bytes)
        } else {
            var data = WireMessage()
            data.add(1, varint: port)
            data.add(2, bytes: payload)
            packet.add(4, data)
        }
        packet.add(6, fixed32: id)
        if time != 0 { packet.add(7, fixed32: time) }
        packet.add(8, fixed32: Float(6.25).bitPattern)
        packet.add(9, varint: 3)
        switch content {
        case .alert:
            packet.add(10, varint: 1)
            packet.add(11, varint: BandPacket.isAlert)
        case .health: packet.add(11, varint: BandPacket.background)
        case .position, .detection, .battery, .encrypted: break
        }
        packet.add(12, int32: -92)
        packet.add(15, varint: 3)
        var message = WireMessage()
        message.add(1, varint: count)
        message.add(2, packet)
        return MeshtasticFrame.around(message)
    }

    private var port: UInt64 {
        switch content {
        case .position: 3
        case .detection: 10
        case .alert: 11
        case .health, .battery: 67
        case .encrypted: 0
        }
    }

    private var payload: [UInt8] {
        var message = WireMessage()
        switch content {
        case .alert(let text), .detection(let text): return Array(text.utf8)
        case .encrypted(let bytes): return bytes
        case .position(let position):
            message.add(1, fixed32: UInt32(bitPattern: Int32(clamping: position.latitudeE7)))
            message.add(2, fixed32: UInt32(bitPattern: Int32(clamping: position.longitudeE7)))
            if time != 0 { message.add(4, fixed32: time) }
        case .battery(let percent):
            if time != 0 { message.add(1, fixed32: time) }
            var metrics = WireMessage()
            metrics.add(1, varint: UInt64(max(0, percent)))
            message.add(2, metrics)
        case .health(let heartRate, let oxygen, let centiCelsius):
            if time != 0 { message.add(1, fixed32: time) }
            var metrics = WireMessage()
            if let heartRate { metrics.add(1, varint: UInt64(max(0, heartRate))) }
            if let oxygen { metrics.add(2, varint: UInt64(max(0, oxygen))) }
            if let centiCelsius { metrics.add(3, fixed32: (Float(centiCelsius) / 100).bitPattern) }
            message.add(7, metrics)
        }
        return message.bytes
    }
}

/// The radio's own words in a handshake.
enum RadioWords {
    static func myInfo(node: UInt32) -> [UInt8] {
        var info = WireMessage()
        info.add(1, varint: UInt64(node))
        var message = WireMessage()
        message.add(1, varint: 1)
        message.add(3, info)
        return MeshtasticFrame.around(message)
    }

    /// The public channel every radio is made with, in the first place, or a private one in the second.
    static func channel(key: [UInt8], place: UInt64) -> [UInt8] {
        var settings = WireMessage()
        settings.add(2, bytes: key)
        var channel = WireMessage()
        if place > 0 { channel.add(1, varint: place) }
        channel.add(2, settings)
        channel.add(3, varint: place == 0 ? 1 : 2)
        var message = WireMessage()
        message.add(1, varint: 2 + place)
        message.add(10, channel)
        return MeshtasticFrame.around(message)
    }

    static func configComplete(nonce: UInt32) -> [UInt8] {
        var message = WireMessage()
        message.add(1, varint: 3)
        message.add(7, varint: UInt64(nonce))
        return MeshtasticFrame.around(message)
    }

    static var rebooted: [UInt8] {
        var message = WireMessage()
        message.add(8, varint: 1)
        return MeshtasticFrame.around(message)
    }
}
