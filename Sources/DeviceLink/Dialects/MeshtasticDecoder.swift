// Packets of wristbands → readings, signals, positions. The radio has no notion of a resident: a band is its node
// number, which anybody with the channel key can claim to be. So nothing here looks at names.
import Vitals

/// A packet as a mesh repeats it. What it is belongs to it: a band that starts anew counts its packets from the same
/// number, and its call for help must not pass for the measurement it once sent under it.
private struct Seen: Hashable, Sendable {
    var packet: UInt64
    var kind: MeshPacket.Kind
}

/// Turns packets into events and remembers which packets it has seen.
struct MeshtasticDecoder: Sendable {
    /// A flooding mesh delivers the same packet more than once; so many are remembered.
    private static let remembered = 512
    private static let lostChannel =
        "the radio has no private channel: bands are not heard, or in public; set the bands' channel and key in it again"
    private var seen: Set<Seen> = []
    private var order: [Seen] = []
    private var oldest = 0
    /// The radio's own number, once it has said it: its own telemetry is nobody's.
    private var ownNode: UInt32?
    /// Whether the configuration being told has named a private channel; nil before it has named any.
    private var hasPrivateChannel: Bool?
    private(set) var encrypted = 0
    private(set) var viaMQTT = 0
    private(set) var duplicates = 0

    /// The events of one frame; `raw` is the whole frame.
    mutating func events(of frame: FromRadio, raw: ArraySlice<UInt8>) -> [DeviceEvent] {
        switch frame {
        case .packet(let packet): return events(of: packet, raw: raw)
        case .myInfo(let node): (ownNode, hasPrivateChannel) = (node, nil)
        case .channel(let channel): hasPrivateChannel = hasPrivateChannel == true || channel.isPrivate
        case .configComplete where hasPrivateChannel == false:
            // Set to factory settings, a radio hears its bands no more, or everybody does.
            return [.fault(.wrongFormat(what: MeshtasticDecoder.lostChannel), raw: Array(raw))]
        case .rebooted: forget()
        case .configComplete, .other: break
        }
        return []
    }

    private mutating func events(of packet: MeshPacket, raw: ArraySlice<UInt8>) -> [DeviceEvent] {
        guard packet.from != 0, packet.from != ownNode else { return [] }
        let number = UInt64(packet.from) << 32 | UInt64(packet.id)
        if packet.id != 0, !isNew(Seen(packet: number, kind: packet.content.kind)) {
            duplicates += 1
            return []
        }
        if packet.isViaMQTT { viaMQTT += 1 }
        let band = BandID(rawValue: MeshtasticDecoder.name(of: packet.from))
        let raw = Array(raw)
        switch packet.content {
        case .encrypted:
            encrypted += 1
            return []
        case .telemetry(let telemetry):
            let time = telemetry.time != 0 ? telemetry.time : packet.receivedAt
            return health(telemetry.health, at: time, band, raw) + battery(telemetry.batteryLevel, band, raw)
        case .position(let position): return place(position.position, band, raw)
        case .alert(let text): return [.signal(.sos, from: band, text: text, raw: raw)]
        case .detection(let text):
            return isAlarm(text) ? [.signal(.sos, from: band, text: text, raw: raw)] : []
        case .other: return []
        }
    }

    /// The sensor marks its fields present without a finger: 0 means no reading, and is said once a packet. Without a
    /// finger the temperature is the chip's, never the wearer's, so it is not looked at.
    private func health(
        _ health: Telemetry.Health?, at time: UInt32, _ band: BandID, _ raw: [UInt8]
    ) -> [DeviceEvent] {
        guard let health else { return [] }
        var vitals: [Vital] = []
        if let rate = health.heartRate, rate != 0 { vitals.append(.pulseRate(PerMinute(rate))) }
        if let percent = health.oxygen, percent != 0 {
            vitals.append(.oxygenSaturation(OxygenSaturation(percent: percent)))
        }
        let silent: VitalKind? =
            health.heartRate == 0 ? .pulseRate : health.oxygen == 0 ? .oxygenSaturation : nil
        if silent == nil, let celsius = health.centiCelsius {
            let temperature = Vital.temperature(centiCelsius: celsius)
            // A MAX30102 sends the heat of its own chip, which may be anything a room can be (firmware #9173).
            if temperature.implausibleField == nil { vitals.append(temperature) }
        }
        let deviceTime = time == 0 ? nil : UTCOffset(seconds: 0).civil(of: HutTime(milliseconds: Int64(time) * 1_000))
        let events: [DeviceEvent] = vitals.map { vital in
            if let field = vital.implausibleField { return .fault(.implausible(field: field), raw: raw) }
            return .reading(DeviceReading(vital: vital, deviceTime: deviceTime, band: band, raw: raw))
        }
        return events + (silent.map { [.noValue($0, .noSignal, band: band, raw: raw)] } ?? [])
    }

    /// Below 20 % a band will not last the day (ours; clinical-rules has no number).
    private func battery(_ level: Int?, _ band: BandID, _ raw: [UInt8]) -> [DeviceEvent] {
        guard let level else { return [] }
        let state = DeviceEvent.battery(percent: min(level, 100), from: band)
        return level < 20 ? [state, .signal(.lowBattery, from: band, text: nil, raw: raw)] : [state]
    }

    private func place(_ position: Position?, _ band: BandID, _ raw: [UInt8]) -> [DeviceEvent] {
        guard let position, position.latitudeE7 != 0 || position.longitudeE7 != 0 else { return [] }
        if abs(position.latitudeE7) > 900_000_000 { return [.fault(.implausible(field: "latitude"), raw: raw)] }
        if abs(position.longitudeE7) > 1_800_000_000 { return [.fault(.implausible(field: "longitude"), raw: raw)] }
        return [.position(position, from: band)]
    }

    /// `SOS detected`, with or without the bell, or `SOS state: 1`; `state: 0` is the button let go.
    private func isAlarm(_ text: String) -> Bool {
        let words = text.utf8.filter { $0 > 0x20 }
        return words.suffix(8).elementsEqual("detected".utf8) || words.suffix(7).elementsEqual("state:1".utf8)
    }

    /// The radio or its line began anew: its mesh may count from the beginning.
    mutating func forget() { (seen, order, oldest, hasPrivateChannel) = ([], [], 0, nil) }

    /// Remembers a packet; the oldest is forgotten.
    private mutating func isNew(_ packet: Seen) -> Bool {
        guard seen.insert(packet).inserted else { return false }
        if order.count < MeshtasticDecoder.remembered {
            order.append(packet)
        } else {
            seen.remove(order[oldest])
            order[oldest] = packet
            oldest = (oldest + 1) % MeshtasticDecoder.remembered
        }
        return true
    }

    /// `!433d1f2a`, as the radios write a node.
    static func name(of node: UInt32) -> String {
        let digits = String(node, radix: 16)
        return "!" + String(repeating: "0", count: 8 - digits.count) + digits
    }

    /// The node of a band's name; nil for anything else.
    static func node(of band: BandID) -> UInt32? {
        guard band.rawValue.utf8.count == 9, band.rawValue.first == "!" else { return nil }
        return UInt32(band.rawValue.dropFirst(), radix: 16)
    }
}
