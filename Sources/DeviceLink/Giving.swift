// What a message means: where in its record the values of a vital stand. Looked up by name once, at load (GivingLoading).
// On the way in record → event or sample; on the way out reading → record.
import Vitals

/// What a message gives to the rest of the hut.
enum Giving: Sendable {
    /// Part of the conversation only.
    case nothing
    /// A reading, or the reason why there is none.
    case reading(ReadingPlaces)
    /// One sample of a stream, for the settler.
    case sample(ReadingPlaces)
    case cuffPressure(Int)
    case deviceError(CodePlace)
    /// What is set wrongly on the machine, for the log and the operator.
    case wrongFormat(String)
    /// When the record was made whose value the next message brings.
    case clock(ClockPlaces)
    /// How many records the memory holds.
    case recordCount(Int)
    /// What a tag reader or code scanner read.
    case identity(IdentityPlace)

    /// Which vital it gives, as a reading or as samples.
    var vital: VitalKind? { places?.values.kind }

    /// Where a vital and what belongs to it stand.
    var places: ReadingPlaces? {
        switch self {
        case .reading(let places), .sample(let places): places
        default: nil
        }
    }

    var isSample: Bool { if case .sample = self { true } else { false } }
    var isCuffPressure: Bool { if case .cuffPressure = self { true } else { false } }
    var isDeviceError: Bool { if case .deviceError = self { true } else { false } }
    var isWrongFormat: Bool { if case .wrongFormat = self { true } else { false } }
    var isClock: Bool { if case .clock = self { true } else { false } }

    /// An error code as the profile and the screens write it: `0F`, or `7`.
    static func code(_ number: Int, asHex: Bool) -> String {
        asHex ? HexText.text(of: [UInt8(truncatingIfNeeded: number)]) : String(number)
    }
}

/// Where an error code stands: a number, or as it is written.
enum CodePlace: Sendable {
    case number(Int, asHex: Bool)
    case text(TextPlace)

    func code(in record: Record) -> String? {
        switch self {
        case .number(let place, let asHex): record[place].map { Giving.code($0, asHex: asHex) }
        case .text(let place): String(decoding: record.text(at: place), as: UTF8.self)
        }
    }

    /// False when the device never writes its codes so.
    func write(_ code: String, to record: inout Record) -> Bool {
        switch self {
        case .number(let place, let asHex):
            guard let number = Int(code, radix: asHex ? 16 : 10), Giving.code(number, asHex: asHex) == code else {
                return false
            }
            record.numbers[place] = Number(number)
            return true
        case .text(let place): return record.write(Array(code.utf8), at: place)
        }
    }
}

/// Where the number of a tag or the text of a code stands.
enum IdentityPlace: Sendable {
    /// The tag's last four bytes as a number.
    case tag(Int)
    case code(TextPlace)

    /// nil where a tag has no number.
    func token(in record: Record) -> IdentityToken? {
        switch self {
        case .tag(let place): record[place].map { .tag($0.padded(10)) }
        case .code(let place): .code(String(decoding: record.text(at: place), as: UTF8.self))
        }
    }
}

/// Where a vital and what is said about it stand in a record. A class, because it is looked at with every frame.
final class ReadingPlaces: Sendable {
    let values: VitalPlaces
    let clock: ClockPlaces?
    /// The record's place in the memory.
    let slot: Int?
    /// 1 when it comes from the memory, 0 when it was just measured.
    let fromMemory: Int?
    /// Every such message comes from the memory.
    let isAlwaysMemory: Bool
    let userSlot: Int?
    /// Such a message says that there is no value, whatever its numbers are.
    let missing: NoValueClass?
    /// Of a stream: how far a sample can be trusted.
    let flags: StreamFlags

    init(
        values: VitalPlaces, clock: ClockPlaces? = nil, slot: Int? = nil, fromMemory: Int? = nil,
        isAlwaysMemory: Bool = false, userSlot: Int? = nil, missing: NoValueClass? = nil,
        flags: StreamFlags = StreamFlags()
    ) {
        (self.values, self.clock, self.missing, self.flags) = (values, clock, missing, flags)
        (self.slot, self.fromMemory, self.isAlwaysMemory) = (slot, fromMemory, isAlwaysMemory)
        self.userSlot = userSlot
    }

    /// Whether this record comes out of a memory.
    func isFromMemory(_ record: Record) -> Bool {
        isAlwaysMemory || slot != nil || fromMemory.map { record[$0] != 0 } ?? false
    }

    /// Writes a reading to its places; false when the device cannot say it.
    func write(_ reading: DeviceReading, to record: inout Record, of message: Message) -> Bool {
        guard values.write(reading.vital, to: &record, of: message) else { return false }
        if let clock, let time = reading.deviceTime { clock.write(time, to: &record) }
        if let slot { record.numbers[slot] = Number(reading.memorySlot ?? 0) }
        if let fromMemory { record.numbers[fromMemory] = Number(reading.memorySlot == nil ? 0 : 1) }
        if let userSlot, let user = reading.userSlot { record.numbers[userSlot] = Number(user) }
        return true
    }
}

/// Numbers of a stream that say how far a sample can be trusted.
struct StreamFlags: Sendable {
    /// A number and the values it must have one of.
    typealias Values = (place: Int, values: [Int])
    /// A number and the bits of which it must have none.
    typealias Bits = (place: Int, bits: Int)

    var good: [Values] = []
    var bad: [Bits] = []
    var best: [Values] = []
    var absent: [Bits] = []
    /// Samples of this message are never used: the scale still swings.
    var isDoubted = false

    func isUsable(_ record: Record) -> Bool {
        !isDoubted && holds(good, in: record) && !touches(bad, in: record)
    }

    func isBest(_ record: Record) -> Bool { holds(best, in: record) }

    func isPresent(_ record: Record) -> Bool { !touches(absent, in: record) }

    private func holds(_ wanted: [Values], in record: Record) -> Bool {
        for (place, values) in wanted where !values.contains(record.numbers[place].count) { return false }
        return true
    }

    private func touches(_ bits: [Bits], in record: Record) -> Bool {
        for (place, bits) in bits where record.numbers[place].count & bits != 0 { return true }
        return false
    }
}

/// The places of the device's clock.
struct ClockPlaces: Sendable {
    var year, month, day: Int
    var hour, minute, second: Int?

    /// nil where the device has no time to give.
    func value(in record: Record) -> CivilTime? {
        guard let year = record[year], let month = record[month], let day = record[day] else { return nil }
        func part(_ place: Int?) -> Int? { place.map { record[$0] } ?? 0 }
        guard let hour = part(hour), let minute = part(minute), let second = part(second) else { return nil }
        return CivilTime(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
    }

    func write(_ time: CivilTime, to record: inout Record) {
        let written: [(Int?, Int)] = [
            (year, time.year), (month, time.month), (day, time.day), (hour, time.hour), (minute, time.minute),
            (second, time.second),
        ]
        for case (let place?, let value) in written { record.numbers[place] = Number(value) }
    }
}

extension Record {
    /// The bytes of a named text part.
    func text(at place: TextPlace) -> ArraySlice<UInt8> {
        let rest = text.dropFirst(place.from)
        return place.width.map { rest.prefix($0) } ?? rest
    }

    /// Puts text into its part; false when it does not fit.
    mutating func write(_ bytes: [UInt8], at place: TextPlace) -> Bool {
        guard let width = place.width else {
            text.replaceSubrange(place.from..., with: bytes)
            return true
        }
        guard bytes.count == width else { return false }
        text.replaceSubrange(place.from..<place.from + width, with: bytes)
        return true
    }
}
