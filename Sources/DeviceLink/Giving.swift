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

    /// Why the device has no pressure to give; nil when it has one. A missing mean or pulse is left out of the value.
    func missing(in record: Record) -> NoValueClass? {
        record.numbers[systolic].missing ?? record.numbers[diastolic].missing
    }

    func value(in record: Record) -> BloodPressure {
        BloodPressure(
            systolic: MmHg(record.numbers[systolic].count), diastolic: MmHg(record.numbers[diastolic].count),
            mean: mean.flatMap { record[$0] }.map { MmHg($0) }, pulse: pulse.flatMap { record[$0] }.map { PerMinute($0) },
            irregularPulse: irregularPulse.flatMap { record[$0] }.map { $0 != 0 },
            moved: moved.flatMap { record[$0] }.map { $0 != 0 })
    }

    /// Writes a value to its places; what the device does not send is left out. False when the device sends more than
    /// the value has and cannot say that there is none: a made-up 0 would be a lie.
    func write(_ pressure: BloodPressure, at time: CivilTime?, to record: inout Record, of message: Message) -> Bool {
        for (place, value) in [(mean, pressure.mean?.value), (pulse, pressure.pulse?.value)] {
            guard let place else { continue }
            guard let number = value.map({ Number($0) }) ?? message.missing(place, because: .noSignal) else {
                return false
            }
            record.numbers[place] = number
        }
        record.numbers[systolic] = Number(pressure.systolic.value)
        record.numbers[diastolic] = Number(pressure.diastolic.value)
        if let irregularPulse { record.numbers[irregularPulse] = Number(pressure.irregularPulse == true ? 1 : 0) }
        if let moved { record.numbers[moved] = Number(pressure.moved == true ? 1 : 0) }
        if let clock, let time { clock.write(time, to: &record) }
        return true
    }
}

/// The places of the device's clock.
struct ClockPlaces: Sendable {
    var year, month, day, hour, minute: Int
    var second: Int?

    /// nil when the device says that it has no time.
    func value(in record: Record) -> CivilTime? {
        guard let year = record[year], let month = record[month], let day = record[day], let hour = record[hour],
            let minute = record[minute]
        else { return nil }
        return CivilTime(
            year: year, month: month, day: day, hour: hour, minute: minute, second: second.flatMap { record[$0] } ?? 0)
    }

    func write(_ time: CivilTime, to record: inout Record) {
        for (place, value) in [
            (year, time.year), (month, time.month), (day, time.day), (hour, time.hour), (minute, time.minute),
        ] { record.numbers[place] = Number(value) }
        if let second { record.numbers[second] = Number(time.second) }
    }
}

/// The device's own legal ranges; a value outside is no measurement of it.
struct Limits: Sendable {
    enum Field: String, CaseIterable, Sendable { case systolic, diastolic, mean, pulse }

    var ranges: [(field: Field, range: ClosedRange<Int>)] = []

    /// The first field outside its range.
    func broken(by pressure: BloodPressure) -> String? {
        for (field, range) in ranges {
            let value: Int? =
                switch field {
                case .systolic: pressure.systolic.value
                case .diastolic: pressure.diastolic.value
                case .mean: pressure.mean?.value
                case .pulse: pressure.pulse?.value
                }
            if let value, !range.contains(value) { return field.rawValue }
        }
        return nil
    }
}
