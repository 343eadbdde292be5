// A Meshtastic radio as a dialect: protobuf is beyond a table. Messages, packets, conversation and simulator each have
// a file; this one ties them together.
import Vitals

/// The dialect of `decoder: 'meshtastic'`.
struct Meshtastic: Dialect {
    func listener(_ profile: DeviceProfile) -> any DialectListener { MeshtasticListener(framing: profile.framing) }

    func talk(_ profile: DeviceProfile) -> any Talk { RadioTalk() }

    func player(_ profile: DeviceProfile, _ plan: SimulationPlan) throws(SimulationError) -> any Player {
        RadioPlayer(profile, plan)
    }

    var faults: Set<SimulatedFault> {
        SimulatedFault.ofEveryDevice.union([.noSignal, .textInside, .encrypted, .rebooted, .lostChannel])
    }

    /// A health packet with this one value, without a number of its own, so that it never passes for a repetition.
    func frames(of reading: DeviceReading) -> [UInt8]? {
        guard let band = reading.band.flatMap(MeshtasticDecoder.node), let time = seconds(reading.deviceTime) else {
            return nil
        }
        let health: BandPacket.Content
        switch reading.vital {
        case .pulseRate(let rate): health = .health(heartRate: rate.value, oxygen: nil, centiCelsius: nil)
        case .oxygenSaturation(let oxygen) where oxygen.pulse == nil:
            health = .health(heartRate: nil, oxygen: oxygen.percent, centiCelsius: nil)
        case .temperature(let celsius): health = .health(heartRate: nil, oxygen: nil, centiCelsius: celsius)
        default: return nil
        }
        return BandPacket(band: band, id: 0, time: time, content: health).frame
    }

    /// Seconds since 1970 as the radio sends them, 0 for no time; nil for a time it cannot send.
    private func seconds(_ time: CivilTime?) -> UInt32? {
        guard let time else { return 0 }
        return UTCOffset(seconds: 0).instant(of: time).flatMap { UInt32(exactly: $0.milliseconds / 1_000) }
    }
}

/// Understands the frames of one radio.
struct MeshtasticListener: DialectListener {
    private let framing: Framing
    private var mesh = MeshtasticDecoder()

    init(framing: Framing) { self.framing = framing }

    var tally: Tally {
        var tally = Tally()
        (tally.encrypted, tally.viaMQTT, tally.duplicates) = (mesh.encrypted, mesh.viaMQTT, mesh.duplicates)
        return tally
    }

    mutating func forget() { mesh.forget() }

    mutating func hear(_ frame: ArraySlice<UInt8>, _ heard: inout [Heard]) -> Understanding {
        guard let spoken = try? FromRadio(framing.message(in: frame)) else { return .noFrame }
        let events = mesh.events(of: spoken, raw: frame)
        let what = Heard.What(spoken)
        for event in events { heard.append(Heard(what: what, event: event)) }
        if events.isEmpty { heard.append(Heard(what: what, event: nil)) }
        return .message
    }
}

/// What the conversation needs to know of a radio's message: its kind, and of an answer the number asked with.
enum RadioSaid: Int {
    case anything, rebooted, configComplete

    /// The payload of `configComplete`.
    static func payload(nonce: UInt32) -> [UInt8] { withUnsafeBytes(of: nonce.littleEndian, Array.init) }
}

extension Heard.What {
    init(_ spoken: FromRadio) {
        switch spoken {
        case .rebooted: self = .said(RadioSaid.rebooted.rawValue, [])
        case .configComplete(let nonce):
            self = .said(RadioSaid.configComplete.rawValue, RadioSaid.payload(nonce: nonce))
        case .packet, .myInfo, .channel, .other: self = .said(RadioSaid.anything.rawValue, [])
        }
    }
}
