// Contec's protocol 7 (CMS50D+, CMS50E, CMS50F and kin): the length of a packet follows from its type, and since only
// the type may have bit 7 clear, the high bits of the payload are carried in a byte of their own. There is no checksum.
// The device streams only when asked, and only while somebody says that he is still there.
// Layout: Devices/contec-v7/PROTOCOL.md.
import Vitals

/// The dialect of `decoder: 'contec-v7'`.
struct ContecV7: Dialect {
    /// 60 packets a second.
    private static let every = Duration.nanoseconds(16_666_667)

    var framing: Framing? { .own(ContecFraming.fromDevice) }
    var faults: Set<SimulatedFault> { SimulatedFault.ofEveryDevice.union([.noSignal, .noResult, .errorFrame]) }
    var isStream: Bool { true }

    func listener(_ profile: DeviceProfile) -> any DialectListener {
        ContecListener(limits: profile.limits, errors: profile.errors)
    }
    func talk(_ profile: DeviceProfile) -> any Talk { ContecTalk() }

    func player(_ profile: DeviceProfile, _ plan: SimulationPlan) throws(SimulationError) -> any Player {
        let stream = try FingerPlayer(profile, plan, every: ContecV7.every) { ContecLive($0).packet.bytes }
        return ContecPlayer(stream, plan, error: profile.simulate?.error)
    }

    func frames(of reading: DeviceReading) -> [UInt8]? {
        guard case .oxygenSaturation(let oxygen) = reading.vital, (1...100).contains(oxygen.percent),
            (1...254).contains(oxygen.pulse?.value ?? 1), (0...0xFFFE).contains(oxygen.perfusionIndex ?? 0)
        else { return nil }
        return ContecLive(
            percent: oxygen.percent, pulse: oxygen.pulse?.value, perfusionIndex: oxygen.perfusionIndex
        ).packet.bytes
    }
}

/// One packet: its type and its payload with all eight bits.
struct ContecPacket: Hashable, Sendable {
    var type: UInt8
    var payload: [UInt8]

    /// Bytes of a whole packet from the device, by its type.
    static let lengths: [UInt8: Int] = [
        0x01: 9, 0x02: 9, 0x03: 9, 0x04: 9, 0x05: 9, 0x06: 4, 0x07: 8, 0x08: 8, 0x09: 6, 0x0A: 4, 0x0B: 4, 0x0C: 2,
        0x0D: 3, 0x0E: 3, 0x0F: 8, 0x10: 3, 0x11: 9, 0x12: 8, 0x15: 9,
    ]

    init(type: UInt8, payload: [UInt8]) { (self.type, self.payload) = (type, payload) }

    /// Reads a whole packet: bit n of the second byte is bit 7 of payload byte n.
    init(_ bytes: ArraySlice<UInt8>) {
        let start = bytes.startIndex
        type = bytes[start]
        let high = bytes.count > 1 ? bytes[start + 1] : 0x80
        payload = bytes.dropFirst(2).enumerated().map { place, byte in
            byte & 0x7F | (high >> UInt8(place) & 1) << 7
        }
    }

    var bytes: [UInt8] {
        var high: UInt8 = 0x80
        for (place, byte) in payload.enumerated() { high |= (byte >> 7) << UInt8(place) }
        return [type, high] + payload.map { $0 | 0x80 }
    }
}

/// What the host can order; the hut orders these four and no other, above all not AE, which deletes.
enum ContecOrder: UInt8, CaseIterable, Sendable {
    case startLive = 0xA1
    case stopLive = 0xA2
    case stopStored = 0xA7
    case stillHere = 0xAF

    var bytes: [UInt8] { ContecPacket(type: 0x7D, payload: [rawValue, 0, 0, 0, 0, 0, 0]).bytes }
}

/// Cuts packets by the length of their type; every byte behind the type must have bit 7.
struct ContecFraming: OwnFraming {
    private let lengths: [Int]
    private let isHost: Bool

    static let fromDevice = ContecFraming(ContecPacket.lengths, isHost: false)
    private static let fromHost = ContecFraming([0x7D: 9], isHost: true)

    private init(_ known: [UInt8: Int], isHost: Bool) {
        lengths = (0...0x7F).map { known[$0] ?? 0 }
        self.isHost = isHost
    }

    var longest: Int { 9 }
    var heardByDevice: any OwnFraming { isHost ? self : ContecFraming.fromHost }

    func look(at place: Int, in buffer: Span<UInt8>) -> Look {
        let type = Int(buffer[place])
        guard type < 0x80, lengths[type] > 0 else { return .noise(1) }
        let end = place + lengths[type]
        var index = place + 1
        while index < end {
            guard index < buffer.count else { return .incomplete }
            guard buffer[index] >= 0x80 else { return .broken }
            index += 1
        }
        return .frame(lengths[type])
    }
}

/// The live packet, type 01.
struct ContecLive: Hashable, Sendable {
    /// Missing is FF and 7F in the maker's document and 0 on real devices; both are accepted, the first is sent.
    private static let noPulse: UInt8 = 0xFF
    private static let noPercent: UInt8 = 0x7F
    private static let noIndex = 0xFFFF

    let packet: ContecPacket

    init(_ packet: ContecPacket) { self.packet = packet }

    init(
        percent: Int?, pulse: Int?, perfusionIndex: Int? = nil, isIn: Bool = true, isSearching: Bool = false,
        wave: UInt8 = 0x33
    ) {
        let index = perfusionIndex ?? ContecLive.noIndex
        packet = ContecPacket(
            type: 1,
            payload: [
                isIn ? 0x05 : 0x80, (isIn ? wave : 0x40) & 0x7F | (isSearching ? 0x80 : 0),
                (isIn ? 0x06 : 0) | (perfusionIndex == nil ? 0x10 : 0),
                pulse.map { UInt8(truncatingIfNeeded: $0) } ?? ContecLive.noPulse,
                percent.map { UInt8(truncatingIfNeeded: $0) } ?? ContecLive.noPercent,
                UInt8(truncatingIfNeeded: index), UInt8(truncatingIfNeeded: index >> 8),
            ])
    }

    /// What a simulated finger shows.
    init(_ shown: FingerPlayer.Shown) {
        self.init(
            percent: shown.percent, pulse: shown.pulse, isIn: shown.isIn, isSearching: shown.isSearching,
            wave: UInt8(truncatingIfNeeded: shown.count & 0x3F))
    }

    private func byte(_ place: Int) -> UInt8 { packet.payload[place] }

    /// The finger is in the probe.
    private var isIn: Bool { byte(0) & 0x80 == 0 }
    /// It still searches the pulse, or has searched too long.
    private var isSearching: Bool { byte(1) & 0x80 != 0 || byte(0) & 0x10 != 0 }
    private var percent: Int? { byte(4) == 0 || byte(4) == ContecLive.noPercent ? nil : Int(byte(4)) }
    private var pulse: Int? { byte(3) == 0 || byte(3) == ContecLive.noPulse ? nil : Int(byte(3)) }

    /// Hundredths of a percent. One popular driver has the meaning of the flag inverted; 1 is invalid.
    private var perfusionIndex: Int? {
        let index = Int(byte(6)) << 8 | Int(byte(5))
        return byte(2) & 0x10 != 0 || index == ContecLive.noIndex ? nil : index
    }

    func sample(within limits: Limits) -> Sample {
        .oximeter(
            percent: percent, pulse: pulse, perfusionIndex: perfusionIndex, within: limits, isPresent: isIn,
            isUsable: !isSearching && pulse != nil)
    }
}

/// Understands the packets of one oximeter.
struct ContecListener: DialectListener {
    let limits: Limits
    let errors: [String: DeviceFault]

    mutating func hear(_ frame: ArraySlice<UInt8>, _ heard: inout [Heard]) -> Understanding {
        let packet = ContecPacket(frame)
        var one = Heard(what: .said(Int(packet.type), packet.payload))
        switch packet.type {
        case 0x01: one.sample = ContecLive(packet).sample(within: limits)
        // An order refused, with the reason; 00 is an order carried out.
        case 0x0B where packet.payload[1] != 0:
            let code = HexText.text(of: [packet.payload[1]])
            let fault = errors[code] ?? .deviceError(code: code, meaning: nil, kind: .machine)
            one.event = .fault(fault, raw: Array(frame))
        default: break
        }
        heard.append(one)
        return .message
    }

    mutating func forget() {}
}
