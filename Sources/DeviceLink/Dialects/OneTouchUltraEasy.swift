// LifeScan OneTouch UltraEasy and UltraMini: frames with a length, a CRC and two bits that toggle with each frame, so
// that both sides know a repetition. The meter is asked for the number of its records, then for each; every frame of
// data is acknowledged. It keeps its records: 05 1A, which erases, is never said. Layout: Devices/onetouch-ultraeasy.
import Vitals

/// The dialect of `decoder: 'onetouch-ultraeasy'`.
struct OneTouchUltraEasy: Dialect {
    /// Milligrams in a decilitre; the limits of the profile say the same in millimoles.
    private static let measurable: ClosedRange<UInt32> = 20...600

    var framing: Framing? { .own(UltraEasyFraming()) }
    var faults: Set<SimulatedFault> { SimulatedFault.ofEveryDevice.union([.noResult, .clockUnset]) }
    var isMemory: Bool { true }

    func listener(_ profile: DeviceProfile) -> any DialectListener { UltraEasyListener(limits: profile.limits) }
    func talk(_ profile: DeviceProfile) -> any Talk { MemoryTalk(UltraEasyScript()) }

    func player(_ profile: DeviceProfile, _ plan: SimulationPlan) throws(SimulationError) -> any Player {
        UltraEasyPlayer(plan)
    }

    /// What a meter with this one record says when it is read.
    func frames(of reading: DeviceReading) -> [UInt8]? {
        guard let record = UltraEasyRecord(reading), OneTouchUltraEasy.measurable.contains(record.milligrams) else {
            return nil
        }
        let count = UltraEasyFrame(control: [.expects], data: UltraEasyFrame.count(1))
        return count.bytes + UltraEasyFrame(control: [.sends], data: record.data).bytes
    }
}

/// `02 LEN LC data 03 CRC CRC`, both directions.
struct UltraEasyFrame: Hashable, Sendable {
    /// The bits of the link byte.
    struct Control: OptionSet, Hashable, Sendable {
        let rawValue: UInt8
        /// Toggles with each frame sent.
        static let sends = Control(rawValue: 0x01)
        /// Toggles with each frame received: the bit the next one must have.
        static let expects = Control(rawValue: 0x02)
        static let acknowledges = Control(rawValue: 0x04)
        static let disconnects = Control(rawValue: 0x08)
    }

    var control: Control
    var data: [UInt8] = []

    static let overhead = 6
    /// Asks for a record that no meter has, and is told how many there are.
    static let askCount: [UInt8] = [0x05, 0x1F, 0xF5, 0x01]

    static func askRecord(_ index: Int) -> [UInt8] {
        [0x05, 0x1F, UInt8(truncatingIfNeeded: index), UInt8(truncatingIfNeeded: index >> 8)]
    }

    static func count(_ records: Int) -> [UInt8] {
        [0x05, 0x0F, UInt8(truncatingIfNeeded: records), UInt8(truncatingIfNeeded: records >> 8)]
    }

    init(control: Control, data: [UInt8] = []) { (self.control, self.data) = (control, data) }

    /// Reads a whole frame.
    init(_ bytes: ArraySlice<UInt8>) {
        control = Control(rawValue: bytes[bytes.startIndex + 2])
        data = Array(bytes.dropFirst(3).dropLast(3))
    }

    var bytes: [UInt8] {
        let frame =
            [0x02, UInt8(truncatingIfNeeded: data.count + UltraEasyFrame.overhead), control.rawValue] + data + [0x03]
        let check = frame.reduce(UltraEasyFrame.unchecked, UltraEasyFrame.checked)
        return frame + [UInt8(truncatingIfNeeded: check), UInt8(truncatingIfNeeded: check >> 8)]
    }

    /// CRC-16, polynomial 1021, before the first byte.
    static let unchecked: UInt16 = 0xFFFF

    /// The same behind one more byte.
    static func checked(_ check: UInt16, _ byte: UInt8) -> UInt16 {
        var check = check ^ UInt16(byte) << 8
        for _ in 0..<8 { check = check & 0x8000 == 0 ? check << 1 : check << 1 ^ 0x1021 }
        return check
    }
}

/// Cuts frames by their length; their CRC must be right.
struct UltraEasyFraming: OwnFraming {
    /// The longest answer known has 26 bytes.
    var longest: Int { 64 }
    var isChecked: Bool { true }

    func look(at place: Int, in buffer: Span<UInt8>) -> Look {
        guard buffer[place] == 0x02 else { return .noise(buffer.place(of: 0x02, from: place) - place) }
        guard place + 1 < buffer.count else { return .incomplete }
        let length = Int(buffer[place + 1])
        guard (UltraEasyFrame.overhead...longest).contains(length) else { return .broken }
        let end = place + length
        guard end <= buffer.count else { return .incomplete }
        var check = UltraEasyFrame.unchecked
        for index in place..<end - 2 { check = UltraEasyFrame.checked(check, buffer[index]) }
        guard buffer[end - 3] == 0x03, Int(check) == Int(buffer[end - 2]) | Int(buffer[end - 1]) << 8 else {
            return .broken
        }
        return .frame(length)
    }
}

/// `05 06`, seconds since 1970 of the meter's own clock, milligrams in a decilitre; both low byte first.
struct UltraEasyRecord: Hashable, Sendable {
    var seconds: UInt32
    var milligrams: UInt32

    init(seconds: UInt32, milligrams: UInt32) { (self.seconds, self.milligrams) = (seconds, milligrams) }

    init?(_ reading: DeviceReading) {
        guard case .glucose(let glucose) = reading.vital, glucose.meal == nil, let time = reading.deviceTime,
            let seconds = UTCOffset(seconds: 0).instant(of: time).flatMap({ UInt32(exactly: $0.milliseconds / 1_000) }),
            let milligrams = UInt32(exactly: glucose.milligramsPerDecilitre),
            Glucose(milligramsPerDecilitre: Int(milligrams)) == glucose
        else { return nil }
        self.init(seconds: seconds, milligrams: milligrams)
    }

    init?(_ data: [UInt8]) {
        guard data.count == 10, data[0] == 0x05, data[1] == 0x06 else { return nil }
        func number(_ place: Int) -> UInt32 { data[place..<place + 4].reversed().reduce(0) { $0 << 8 | UInt32($1) } }
        self.init(seconds: number(2), milligrams: number(6))
    }

    var data: [UInt8] {
        [0x05, 0x06]
            + [seconds, milligrams].flatMap { number in
                (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
            }
    }

    var time: CivilTime { UTCOffset(seconds: 0).civil(of: HutTime(milliseconds: Int64(seconds) * 1_000)) }
}

/// Understands the frames of one meter.
struct UltraEasyListener: DialectListener {
    private let limits: Limits
    /// The place of the last record; the meter does not say it, and gives them in order from the newest.
    private var slot = 0
    /// The last data: the same again, with the same sender's bit, is a repetition.
    private var last: UltraEasyFrame?

    init(limits: Limits) { self.limits = limits }

    mutating func hear(_ frame: ArraySlice<UInt8>, _ heard: inout [Heard]) -> Understanding {
        let read = UltraEasyFrame(frame)
        var one = Heard(what: .said(Int(read.control.rawValue), read.data))
        if read.control.contains(.disconnects) { last = nil }
        if !read.data.isEmpty, read != last {
            last = read
            if read.data.starts(with: [0x05, 0x0F]) { slot = 0 }
            if let record = UltraEasyRecord(read.data) {
                slot += 1
                one.event = event(record, raw: Array(frame))
            }
        }
        heard.append(one)
        return .message
    }

    mutating func forget() { (slot, last) = (0, nil) }

    private func event(_ record: UltraEasyRecord, raw: [UInt8]) -> DeviceEvent {
        guard let milligrams = Int(exactly: record.milligrams), milligrams <= 0xFFFF else {
            return .fault(.implausible(field: "millimolesPerLitre"), raw: raw)
        }
        let vital = Vital.glucose(Glucose(milligramsPerDecilitre: milligrams))
        if let field = limits.impossible(in: vital) { return .fault(.implausible(field: field), raw: raw) }
        return .reading(DeviceReading(vital: vital, deviceTime: record.time, memorySlot: slot, raw: raw))
    }
}
