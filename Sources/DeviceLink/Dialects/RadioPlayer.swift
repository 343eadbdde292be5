// A Meshtastic radio with one band in reach: silent until it is asked for its configuration, then a health packet now
// and then, and the band's position, battery and button.
import Vitals

/// The radio's side of the conversation.
struct RadioPlayer: Player {
    /// The worked frames' own radio and packet number.
    private static let ownNode: UInt32 = 0x7C5A_1234
    private static let firstPacket: UInt32 = 0x1A2B_3C4D
    /// One byte stands for the key every radio knows.
    private static let publicKey: [UInt8] = [1]
    private static let inventedKey = [UInt8](1...16)

    private var plan: SimulationPlan
    private var band: UInt32 = 0
    private var framer: Framer
    private var ear = ToRadioEar()
    private var sent: UInt32 = 0
    private var connectedAt: MonotonicTime?
    private var nextHealth: MonotonicTime?

    init(_ profile: DeviceProfile, _ plan: SimulationPlan) {
        (self.plan, framer) = (plan, Framer(profile.framing.heardByDevice))
    }

    /// Another plan, without a new handshake: packet numbers go on, or the host would take them for repetitions.
    mutating func show(_ plan: SimulationPlan) throws(SimulationError) {
        let name = plan.band ?? BandID(rawValue: "!433d1f2a")
        guard let band = MeshtasticDecoder.node(of: name) else {
            throw SimulationError(problem: "`\(name.rawValue)` is no band", hint: "as in '!433d1f2a'")
        }
        (self.plan, self.band) = (plan, band)
    }

    var deadline: MonotonicTime? { nextHealth }

    mutating func opened(at now: MonotonicTime, _ outbox: inout Outbox) {
        framer.abandon()
        (connectedAt, nextHealth) = (nil, nil)
        outbox.put(Array("INFO  | ??:??:?? 1 Booted, waiting for a client\r\n".utf8), at: now)
    }

    mutating func receive(_ bytes: [UInt8], at now: MonotonicTime, _ outbox: inout Outbox) {
        framer.push(bytes, to: &ear)
        for case .wantConfig(let nonce) in ear.take() {
            outbox.put(RadioWords.myInfo(node: RadioPlayer.ownNode), at: now)
            outbox.put(RadioWords.channel(key: RadioPlayer.publicKey, place: 0), at: now)
            if plan.fault != .lostChannel {
                outbox.put(RadioWords.channel(key: RadioPlayer.inventedKey, place: 1), at: now)
            }
            outbox.put(RadioWords.configComplete(nonce: nonce), at: now)
            if connectedAt == nil { connected(at: now, &outbox) }
        }
    }

    private mutating func connected(at now: MonotonicTime, _ outbox: inout Outbox) {
        connectedAt = now
        nextHealth = now + .seconds(1)
        if let position = plan.position { send(.position(position), at: now, &outbox) }
        if let percent = plan.batteryPercent { send(.battery(percent: percent), at: now, &outbox) }
        if plan.sos { press(at: now, &outbox) }
    }

    /// The band's button. Heard only by a radio somebody listens to.
    mutating func press(at now: MonotonicTime, _ outbox: inout Outbox) {
        if connectedAt != nil { send(.alert("SOS"), at: now, &outbox) }
    }

    mutating func deadlineReached(at now: MonotonicTime, _ outbox: inout Outbox) {
        while let next = nextHealth, next <= now {
            send(health, at: next, &outbox)
            nextHealth = next + plan.interval
            if plan.fault == .rebooted, sent == 1 {
                outbox.put(RadioWords.rebooted, at: next)
                (connectedAt, nextHealth) = (nil, nil)
            }
        }
    }

    private var health: BandPacket.Content {
        switch plan.fault {
        case .encrypted, .lostChannel: .encrypted([0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99])
        case .noSignal: .health(heartRate: 0, oxygen: 0, centiCelsius: 2_925)
        case .impossibleValue: .health(heartRate: 3, oxygen: 130, centiCelsius: nil)
        default: .health(heartRate: plan.heartRate, oxygen: plan.oxygen, centiCelsius: plan.centiCelsius)
        }
    }

    private mutating func send(_ content: BandPacket.Content, at now: MonotonicTime, _ outbox: inout Outbox) {
        outbox.put(packet(content, at: now).frame, before: earlier(content, at: now), plan.fault, at: now)
        sent &+= 1
    }

    /// The packet that comes in one piece with this one.
    private mutating func earlier(_ content: BandPacket.Content, at now: MonotonicTime) -> [UInt8] {
        guard plan.fault == .twoTogether else { return [] }
        sent &+= 1
        return packet(content, at: now).frame
    }

    private func packet(_ content: BandPacket.Content, at now: MonotonicTime) -> BandPacket {
        let gone = connectedAt.map { (now - $0).milliseconds / 1_000 } ?? 0
        let time = plan.time == 0 ? 0 : plan.time &+ UInt32(clamping: gone)
        return BandPacket(
            band: band, id: RadioPlayer.firstPacket &+ sent, time: time, content: content, count: UInt64(sent) + 10)
    }
}

/// Hears the host.
private struct ToRadioEar: FrameJudge, Sendable {
    private var heard: [ToRadio] = []

    mutating func accept(_ frame: ArraySlice<UInt8>) -> Bool {
        guard let message = try? ToRadio(frame.dropFirst(4)) else { return false }
        heard.append(message)
        return true
    }

    mutating func take() -> [ToRadio] {
        defer { heard = [] }
        return heard
    }
}
