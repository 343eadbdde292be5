// The measurements of the standard Bluetooth health services, as the bytes of one notification: pure, without a radio,
// a connection or a pairing. Every field is kept, unknown ones too, so that a payload is written back as it came; what
// the hut would hear is made from it in a second step. Ready for a Bluetooth line; until the hut has one, nothing but
// the tests uses these files. Layouts: Bluetooth GATT Specification Supplement, Pulse Oximeter Service 1.0.1, and for
// the two kinds of numbers IEEE 11073-20601.
import Vitals

/// The characteristics whose values can be read, by their assigned numbers.
enum GATTCharacteristic: UInt16, CaseIterable, Sendable {
    case glucose = 0x2A18
    case temperature = 0x2A1C
    case bloodPressure = 0x2A35
    case heartRate = 0x2A37
    case oximeterSpotCheck = 0x2A5E
    case oximeterContinuous = 0x2A5F
    case weight = 0x2A9D

    /// Reads the value of one notification or indication.
    func payload(_ bytes: [UInt8]) throws(GATTPayloadError) -> any GATTPayload {
        switch self {
        case .glucose: try GlucosePayload(bytes)
        case .temperature: try TemperaturePayload(bytes)
        case .bloodPressure: try BloodPressurePayload(bytes)
        case .heartRate: try HeartRatePayload(bytes)
        case .oximeterSpotCheck: try SpotCheckPayload(bytes)
        case .oximeterContinuous: try ContinuousOximeterPayload(bytes)
        case .weight: try WeightPayload(bytes)
        }
    }
}

/// The fields of one value; `bytes` gives back what `init` took.
protocol GATTPayload: Hashable, Sendable {
    init(_ bytes: [UInt8]) throws(GATTPayloadError)
    var bytes: [UInt8] { get }
    /// What a finished measurement says; empty for a running one.
    var events: [DeviceEvent] { get }
    /// What a running measurement says, for a settler; nil for a finished one.
    var sample: Sample? { get }
}

extension GATTPayload {
    var events: [DeviceEvent] { [] }
    var sample: Sample? { nil }

    /// A value of this payload, or the name of what cannot be in it.
    func event(
        _ vital: Vital, at time: CivilTime? = nil, memorySlot: Int? = nil, user: UInt8? = nil
    ) -> DeviceEvent {
        if let field = vital.implausibleField { return .fault(.implausible(field: field), raw: bytes) }
        // 255 is a user the device does not know.
        let userSlot = user.flatMap { $0 == 0xFF ? nil : Int($0) }
        return .reading(
            DeviceReading(vital: vital, deviceTime: time, memorySlot: memorySlot, userSlot: userSlot, raw: bytes))
    }

    func noValue(_ kind: VitalKind, _ why: NoValueClass) -> DeviceEvent { .noValue(kind, why, band: nil, raw: bytes) }
}

/// Why bytes are no value of their characteristic.
struct GATTPayloadError: Error, Hashable, Sendable {
    /// `ends before its pulse`; names fields and counts, never values.
    var problem: String
    var hint: String
}

/// Flags that were not defined when this was written, and the bytes they announce behind the known fields.
struct UnknownTail: Hashable, Sendable {
    var flags: UInt8 = 0
    var bytes: [UInt8] = []
}

/// Takes the fields of a value one after the other; all numbers stand low byte first.
struct PayloadReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) { rest = bytes[...] }

    var isEmpty: Bool { rest.isEmpty }

    mutating func u8(_ field: String) throws(GATTPayloadError) -> UInt8 {
        UInt8(truncatingIfNeeded: try number(field, width: 1))
    }

    mutating func u16(_ field: String) throws(GATTPayloadError) -> UInt16 {
        UInt16(truncatingIfNeeded: try number(field, width: 2))
    }

    mutating func u24(_ field: String) throws(GATTPayloadError) -> UInt32 { try number(field, width: 3) }

    mutating func sfloat(_ field: String) throws(GATTPayloadError) -> MedicalFloat {
        MedicalFloat(sfloat: try u16(field))
    }

    mutating func float(_ field: String) throws(GATTPayloadError) -> MedicalFloat {
        MedicalFloat(float: try number(field, width: 4))
    }

    mutating func time() throws(GATTPayloadError) -> PayloadTime {
        PayloadTime(
            year: try u16("year"), month: try u8("month"), day: try u8("day"), hour: try u8("hour"),
            minute: try u8("minute"), second: try u8("second"))
    }

    /// The end: bytes behind the known fields are kept when an unknown flag announces them, and refused otherwise.
    mutating func tail(of flags: UInt8, known: UInt8) throws(GATTPayloadError) -> UnknownTail {
        let unknown = flags & ~known
        guard rest.isEmpty || unknown != 0 else {
            throw GATTPayloadError(
                problem: "\(rest.count) bytes more than its flags announce",
                hint: "is this the value of another characteristic?")
        }
        return UnknownTail(flags: unknown, bytes: Array(rest))
    }

    private mutating func number(_ field: String, width: Int) throws(GATTPayloadError) -> UInt32 {
        guard rest.count >= width else {
            throw GATTPayloadError(
                problem: "ends before its \(field)", hint: "was the value cut to the size of one packet?")
        }
        let value = rest.prefix(width).reversed().reduce(0 as UInt32) { $0 << 8 | UInt32($1) }
        rest.removeFirst(width)
        return value
    }
}

/// Puts the fields of a value one after the other.
struct PayloadWriter {
    private(set) var bytes: [UInt8]

    init(flags: UInt8) { bytes = [flags] }

    mutating func put(_ value: UInt8?) { if let value { bytes.append(value) } }
    mutating func put(_ value: UInt16?) { if let value { put(UInt32(value), width: 2) } }
    mutating func put(u24 value: UInt32?) { if let value { put(value, width: 3) } }
    mutating func put(sfloat value: MedicalFloat?) { put(value?.sfloat) }
    mutating func put(float value: MedicalFloat) { put(value.float, width: 4) }
    mutating func put(_ tail: UnknownTail) { bytes += tail.bytes }

    mutating func put(_ time: PayloadTime?) {
        guard let time else { return }
        put(time.year)
        for part in [time.month, time.day, time.hour, time.minute, time.second] { put(part) }
    }

    private mutating func put(_ value: UInt32, width: Int) {
        for place in 0..<width { bytes.append(UInt8(truncatingIfNeeded: value >> (8 * UInt32(place)))) }
    }
}

/// Date and time of the device's clock; 0 in year, month or day is *not known*.
struct PayloadTime: Hashable, Sendable {
    var year: UInt16
    var month, day, hour, minute, second: UInt8

    init(year: UInt16, month: UInt8, day: UInt8, hour: UInt8, minute: UInt8, second: UInt8) {
        (self.year, self.month, self.day) = (year, month, day)
        (self.hour, self.minute, self.second) = (hour, minute, second)
    }

    /// nil for a number that has no place in it.
    init?(_ time: CivilTime) {
        guard let year = UInt16(exactly: time.year), let month = UInt8(exactly: time.month),
            let day = UInt8(exactly: time.day), let hour = UInt8(exactly: time.hour),
            let minute = UInt8(exactly: time.minute), let second = UInt8(exactly: time.second),
            year != 0, month != 0, day != 0
        else { return nil }
        self.init(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
    }

    /// As evidence, also of a day that does not exist; nil when the device does not know its date.
    var civil: CivilTime? {
        guard year != 0, month != 0, day != 0 else { return nil }
        return CivilTime(
            year: Int(year), month: Int(month), day: Int(day), hour: Int(hour), minute: Int(minute),
            second: Int(second))
    }
}

extension UInt8 {
    /// Flags from the places of bits, low first.
    init(flags: [Bool]) {
        self = flags.enumerated().reduce(0) { $1.element ? $0 | 1 << $1.offset : $0 }
    }
}

extension FixedWidthInteger {
    /// Whether the bit at a place is set, 0 the lowest.
    func has(bit: Int) -> Bool { self >> bit & 1 == 1 }
}
