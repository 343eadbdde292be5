// Nonin data format 2: 75 frames of 5 bytes a second, and a number stands in one byte of every 25th. What a byte means
// is its place among the 25, counted from the frame that says SYNC. The byte 01 that begins a frame is common in the
// data, so a frame is one by its 01, its status bit and its sum together. Layout: Devices/nonin-df2/PROTOCOL.md.
import Vitals

/// The dialect of `decoder: 'nonin-df2'`.
struct NoninDF2: Dialect {
    /// A third of a second.
    private static let every = Duration.nanoseconds(333_333_333)

    var framing: Framing? { .own(NoninFrame()) }
    var faults: Set<SimulatedFault> { SimulatedFault.ofEveryDevice.union([.noSignal, .noResult]) }
    var isStream: Bool { true }

    func listener(_ profile: DeviceProfile) -> any DialectListener { NoninListener(limits: profile.limits) }
    func talk(_ profile: DeviceProfile) -> any Talk { ListeningTalk() }

    func player(_ profile: DeviceProfile, _ plan: SimulationPlan) throws(SimulationError) -> any Player {
        try FingerPlayer(profile, plan, every: NoninDF2.every) { shown in NoninPacket(shown).bytes }
    }

    /// One packet; a settler wants several of them.
    func frames(of reading: DeviceReading) -> [UInt8]? {
        guard case .oxygenSaturation(let oxygen) = reading.vital, (0...126).contains(oxygen.percent),
            (0...510).contains(oxygen.pulse?.value ?? 0), oxygen.perfusionIndex == nil
        else { return nil }
        return NoninPacket(percent: oxygen.percent, pulse: oxygen.pulse?.value, status: 0, isSmart: true).bytes
    }
}

/// `01 STATUS PLETH FLOAT CK`; CK is the sum of the four before it.
struct NoninFrame: OwnFraming {
    var longest: Int { 5 }
    var isChecked: Bool { true }

    func look(at place: Int, in buffer: Span<UInt8>) -> Look {
        guard buffer[place] == 1 else { return .noise(buffer.place(of: 1, from: place) - place) }
        guard place + 1 < buffer.count else { return .incomplete }
        guard buffer[place + 1] >= 0x80 else { return .broken }
        guard place + 5 <= buffer.count else { return .incomplete }
        let sum = 1 &+ buffer[place + 1] &+ buffer[place + 2] &+ buffer[place + 3]
        return sum == buffer[place + 4] ? .frame(5) : .broken
    }
}

/// 25 frames: three packets a second.
struct NoninPacket: Hashable, Sendable {
    static let frames = 25
    /// 511 and 127, in the 7-bit bytes of the float.
    private static let noPulse = 511
    private static let noPercent = 127

    /// Bits of the status byte. bit 0 is SYNC, bit 7 always 1.
    static let artifact: UInt8 = 0x20
    static let outOfTrack: UInt8 = 0x10
    static let fingerOut: UInt8 = 0x08

    private(set) var bytes: [UInt8]

    /// Whole frames with right sums; nil when they are not 25.
    init?(_ bytes: [UInt8]) {
        guard bytes.count == 5 * NoninPacket.frames else { return nil }
        self.bytes = bytes
    }

    /// A packet with every form of the two numbers alike. `status` without its bits 7 and 0.
    init(percent: Int?, pulse: Int?, status: UInt8, isSmart: Bool, pleth: UInt8 = 0x40, timer: Int = 0) {
        var floats = [UInt8](repeating: 0, count: NoninPacket.frames + 1)
        let rate = pulse ?? NoninPacket.noPulse
        for high in [1, 14, 20, 22] {
            floats[high] = UInt8(truncatingIfNeeded: rate >> 7 & 3)
            floats[high + 1] = UInt8(truncatingIfNeeded: rate & 0x7F)
        }
        for place in [3, 9, 10, 11, 16, 17] {
            floats[place] = UInt8(truncatingIfNeeded: percent ?? NoninPacket.noPercent) & 0x7F
        }
        // The firmware revision of the worked frames.
        floats[4] = 0x28
        (floats[6], floats[7]) = (UInt8(truncatingIfNeeded: timer >> 7 & 0x7F), UInt8(truncatingIfNeeded: timer & 0x7F))
        floats[8] = isSmart ? 0x20 : 0
        bytes = (1...NoninPacket.frames).flatMap { place -> [UInt8] in
            let status = 0x80 | status | (place == 1 ? 1 : 0)
            return [1, status, pleth, floats[place], 1 &+ status &+ pleth &+ floats[place]]
        }
    }

    /// What a simulated finger shows.
    init(_ shown: FingerPlayer.Shown) {
        let status = shown.isIn ? (shown.isSearching ? NoninPacket.outOfTrack : 0) : NoninPacket.fingerOut
        self.init(
            percent: shown.percent, pulse: shown.pulse, status: status, isSmart: shown.percent != nil,
            timer: shown.count)
    }

    /// The float byte of a frame, 1 … 25.
    private func float(_ frame: Int) -> Int { Int(bytes[5 * (frame - 1) + 3]) }

    /// For the display (-D): it outlives an artifact, where the plain value goes missing at once.
    var percent: Int? {
        let percent = float(9) & 0x7F
        return percent == NoninPacket.noPercent ? nil : percent
    }

    var pulse: Int? {
        let pulse = (float(20) & 3) << 7 | float(21) & 0x7F
        return pulse == NoninPacket.noPulse ? nil : pulse
    }

    /// The maker's own word that the value is good (SPA).
    var isSmart: Bool { float(8) & 0x20 != 0 }

    /// Whether any of the 25 frames says so.
    func says(_ bit: UInt8) -> Bool {
        stride(from: 1, to: bytes.count, by: 5).contains { bytes[$0] & bit != 0 }
    }

    func sample(within limits: Limits) -> Sample {
        .oximeter(
            percent: percent, pulse: pulse, within: limits, isPresent: !says(NoninPacket.fingerOut),
            isUsable: !says(NoninPacket.outOfTrack) && !says(NoninPacket.artifact), isBest: isSmart, raw: bytes)
    }
}

/// Collects the 25 frames of a packet.
struct NoninListener: DialectListener {
    private let limits: Limits
    /// Frames since the last SYNC; empty before the first.
    private var packet: [UInt8] = []

    init(limits: Limits) { self.limits = limits }

    /// A SYNC before the 25th frame happens: the packet begun is nobody's then.
    mutating func hear(_ frame: ArraySlice<UInt8>, _ heard: inout [Heard]) -> Understanding {
        let isFirst = frame[frame.startIndex + 1] & 1 == 1
        if isFirst { packet.removeAll(keepingCapacity: true) }
        guard isFirst || !packet.isEmpty else { return .message }
        packet += frame
        guard let whole = NoninPacket(packet) else { return .message }
        packet.removeAll(keepingCapacity: true)
        heard.append(Heard(what: .said(0, []), sample: whole.sample(within: limits)))
        return .message
    }

    mutating func forget() { packet = [] }
}
