// What a message means: where in its record the values of a vital stand. Looked up by name once, at load.
import Vitals

/// What a message gives to the rest of the hut.
enum Giving: Sendable {
    /// Part of the conversation only.
    case nothing
    case bloodPressure(BloodPressurePlaces)
    case cuffPressure(Int)
    case deviceError(code: Int, asHex: Bool)
    /// What is set wrongly on the machine, for the log and the operator.
    case wrongFormat(String)

    var isBloodPressure: Bool { if case .bloodPressure = self { true } else { false } }
    var isCuffPressure: Bool { if case .cuffPressure = self { true } else { false } }
    var isDeviceError: Bool { if case .deviceError = self { true } else { false } }
    var isWrongFormat: Bool { if case .wrongFormat = self { true } else { false } }

    /// An error code as the profile and the screens write it: `0F`, or `7`.
    static func code(_ number: Int, asHex: Bool) -> String {
        asHex ? HexText.text(of: [UInt8(truncatingIfNeeded: number)]) : String(number)
    }
}

/// The places of a blood pressure in the numbers of its record.
struct BloodPressurePlaces: Sendable {
    var systolic: Int
    var diastolic: Int
    var mean: Int?
    var pulse: Int?
    var irregularPulse: Int?
    var moved: Int?
    var clock: ClockPlaces?

    func value(in numbers: [Int]) -> BloodPressure {
        BloodPressure(
            systolic: MmHg(numbers[systolic]), diastolic: MmHg(numbers[diastolic]),
            mean: mean.map { MmHg(numbers[$0]) }, pulse: pulse.map { PerMinute(numbers[$0]) },
            irregularPulse: irregularPulse.map { numbers[$0] != 0 }, moved: moved.map { numbers[$0] != 0 })
    }

    /// Writes a value to its places; what the device does not send is left out.
    func write(_ pressure: BloodPressure, at time: CivilTime?, to numbers: inout [Int]) {
        numbers[systolic] = pressure.systolic.value
        numbers[diastolic] = pressure.diastolic.value
        if let mean { numbers[mean] = pressure.mean?.value ?? 0 }
        if let pulse { numbers[pulse] = pressure.pulse?.value ?? 0 }
        if let irregularPulse { numbers[irregularPulse] = pressure.irregularPulse == true ? 1 : 0 }
        if let moved { numbers[moved] = pressure.moved == true ? 1 : 0 }
        if let clock, let time { clock.write(time, to: &numbers) }
    }
}

/// The places of the device's clock.
struct ClockPlaces: Sendable {
    var year, month, day, hour, minute: Int
    var second: Int?

    func value(in numbers: [Int]) -> CivilTime {
        CivilTime(
            year: numbers[year], month: numbers[month], day: numbers[day], hour: numbers[hour],
            minute: numbers[minute], second: second.map { numbers[$0] } ?? 0)
    }

    func write(_ time: CivilTime, to numbers: inout [Int]) {
        (numbers[year], numbers[month], numbers[day]) = (time.year, time.month, time.day)
        (numbers[hour], numbers[minute]) = (time.hour, time.minute)
        if let second { numbers[second] = time.second }
    }
}

/// The device's own legal ranges; a value outside is no measurement of it.
struct Limits: Sendable {
    var ranges: [(field: String, ClosedRange<Int>)] = []

    /// The first field outside its range.
    func broken(by pressure: BloodPressure) -> String? {
        ranges.first { field, range in
            let value: Int? =
                switch field {
                case "systolic": pressure.systolic.value
                case "diastolic": pressure.diastolic.value
                case "mean": pressure.mean?.value
                default: pressure.pulse?.value
                }
            return value.map { !range.contains($0) } ?? false
        }?.field
    }

    static let fields = ["systolic", "diastolic", "mean", "pulse"]
}
