// What the two text families of watches share: fields between commas, numbers in ASCII read strictly, the names of the
// watches, and what their values give. A watch speaks for one wearer, so everything here carries its band; its blood
// pressure is an estimate without a cuff and has a type of its own.
import Vitals

/// Fields between commas, taken one after the other.
struct WatchFields {
    private var rest: ArraySlice<UInt8>?

    init(_ text: ArraySlice<UInt8>) { rest = text }

    /// The next field, perhaps empty; nil behind the last.
    mutating func next() -> ArraySlice<UInt8>? {
        guard let text = rest else { return nil }
        guard let comma = text.firstIndex(of: UInt8(ascii: ",")) else {
            rest = nil
            return text
        }
        rest = text[(comma + 1)...]
        return text[..<comma]
    }

    /// Steps over fields.
    mutating func skip(_ count: Int) { for _ in 0..<count { _ = next() } }

    /// The next field as a number; nil when it is absent or empty.
    mutating func whole() throws(NotText) -> Int? { try decimal(places: 0) }

    /// The next field as a number of so many decimals, rounded; nil when it is absent or empty.
    mutating func decimal(places: Int) throws(NotText) -> Int? {
        guard let field = next(), !field.isEmpty else { return nil }
        return try WatchNumber.decimal(field, places: places)
    }
}

/// The text is none of this family: a torn message, or somebody's attempt.
struct NotText: Error {}

/// Numbers as watches write them.
enum WatchNumber {
    /// `36.5` with two places is 3650. No more than nine digits before the point, a sign, nothing else.
    static func decimal(_ text: ArraySlice<UInt8>, places: Int) throws(NotText) -> Int {
        let isNegative = text.first == UInt8(ascii: "-")
        let digits = isNegative ? text.dropFirst() : text
        let point = digits.firstIndex(of: UInt8(ascii: ".")) ?? digits.endIndex
        let (before, behind) = (digits[..<point], digits[point...].dropFirst())
        guard (1...9).contains(before.count), behind.count <= 9, !(behind.isEmpty && point < digits.endIndex) else {
            throw NotText()
        }
        var value = try whole(before)
        for place in 0..<places { value = value * 10 + (try digit(behind.dropFirst(place).first)) }
        if try digit(behind.dropFirst(places).first) >= 5 { value += 1 }
        _ = try whole(behind)
        return isNegative ? -value : value
    }

    /// Digits and nothing else; 0 for none.
    static func whole(_ text: ArraySlice<UInt8>) throws(NotText) -> Int {
        var value = 0
        for byte in text { value = value * 10 + (try digit(byte)) }
        return value
    }

    static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        byte &- 0x30 <= 9 || (byte | 0x20) &- UInt8(ascii: "a") < 26
    }

    /// Hexadecimal digits, eight at most, either case.
    static func hex(_ text: ArraySlice<UInt8>) throws(NotText) -> Int {
        guard (1...8).contains(text.count) else { throw NotText() }
        var value = 0
        for byte in text {
            switch byte {
            case 0x30...0x39: value = value << 4 | Int(byte - 0x30)
            case 0x41...0x46, 0x61...0x66: value = value << 4 | Int(byte & 0x0F + 9)
            default: throw NotText()
            }
        }
        return value
    }

    private static func digit(_ byte: UInt8?) throws(NotText) -> Int {
        guard let byte else { return 0 }
        guard byte &- 0x30 <= 9 else { throw NotText() }
        return Int(byte - 0x30)
    }
}

/// A watch by its family and number: `3g:4700186508`, `iw:353456789012345`. A Meshtastic band begins with `!`, so no
/// two bands of different kinds are ever taken for one.
enum WatchName {
    /// Nobody's: a call for help of a watch that has not said who it is.
    static func unknown(_ family: String) -> BandID { BandID(rawValue: "\(family):unknown") }

    /// nil for what is no number of a watch: ten to fifteen digits, the longest being an IMEI.
    static func band(_ family: String, _ number: ArraySlice<UInt8>) -> BandID? {
        guard isNumber(number) else { return nil }
        return BandID(rawValue: "\(family):\(String(decoding: number, as: UTF8.self))")
    }

    /// The number of a watch of this family; nil for any other band.
    static func number(_ family: String, of band: BandID) -> [UInt8]? {
        guard band.rawValue.hasPrefix("\(family):") else { return nil }
        let number = Array(band.rawValue.utf8.dropFirst(family.utf8.count + 1))
        return isNumber(number[...]) ? number : nil
    }

    private static func isNumber(_ text: ArraySlice<UInt8>) -> Bool {
        (10...15).contains(text.count) && text.allSatisfy { $0 &- 0x30 <= 9 }
    }
}

/// What one message of a watch gives, in order; a call for help stands last, because its answer waits for the disk.
struct WatchEvents {
    private(set) var all: [DeviceEvent] = []
    private let band: BandID
    private let raw: [UInt8]

    init(_ band: BandID, _ raw: some Sequence<UInt8>) { (self.band, self.raw) = (band, Array(raw)) }

    /// A value; 0 is what a watch without a wrist sends.
    mutating func add(_ kind: VitalKind, _ number: Int?, _ vital: (Int) -> Vital) {
        guard let number else { return }
        if number == 0 { return none(kind) }
        add(vital(number))
    }

    mutating func add(_ vital: Vital) {
        if let field = vital.implausibleField {
            all.append(.fault(.implausible(field: field), raw: raw))
        } else {
            all.append(.reading(DeviceReading(vital: vital, band: band, raw: raw)))
        }
    }

    /// Two estimates that make sense together only.
    mutating func addPressure(_ systolic: Int?, _ diastolic: Int?) {
        guard let systolic, let diastolic else { return }
        if systolic == 0 || diastolic == 0 { return none(.wearableBloodPressure) }
        add(.wearableBloodPressure(WearableBloodPressure(systolic: MmHg(systolic), diastolic: MmHg(diastolic))))
    }

    mutating func none(_ kind: VitalKind) { all.append(.noValue(kind, .noSignal, band: band, raw: raw)) }

    /// Below 20 % a watch will not last the day, as for the bands of a radio.
    mutating func addBattery(_ percent: Int?, isLow: Bool = false) {
        if let percent, percent <= 100 { all.append(.battery(percent: percent, from: band)) }
        if isLow || (percent ?? 100) < 20 { add(.lowBattery) }
    }

    mutating func add(_ position: Position?) {
        guard let position, position != Position(latitudeE7: 0, longitudeE7: 0) else { return }
        if abs(position.latitudeE7) > 900_000_000 {
            all.append(.fault(.implausible(field: "latitude"), raw: raw))
        } else if abs(position.longitudeE7) > 1_800_000_000 {
            all.append(.fault(.implausible(field: "longitude"), raw: raw))
        } else {
            all.append(.position(position, from: band))
        }
    }

    mutating func add(_ signal: BandSignal) { all.append(.signal(signal, from: band, text: nil, raw: raw)) }
}
