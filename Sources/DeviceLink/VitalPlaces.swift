// Where the numbers of each vital stand in the record of a message, and how a vital is written back to them.
import Vitals

/// The place of a number in its record, and what one count of it is.
struct Quantum: Sendable {
    var place: Int
    var wire: WireUnit
    /// The power of ten of one count.
    var unit: Int

    func value(in record: Record) -> Int? { wire.value(of: record.numbers[place], unit: unit) }

    /// Writes a value, or that there is none; false when the device cannot say that.
    func write(_ value: Int?, to record: inout Record, of message: Message) -> Bool {
        guard let number = value.map({ wire.number(of: $0, unit: unit) }) ?? message.missing(place, because: .noSignal)
        else { return false }
        record.numbers[place] = number
        return true
    }
}

/// The places of one vital in the numbers of its record.
enum VitalPlaces: Sendable {
    case bloodPressure(BloodPressurePlaces)
    case wearableBloodPressure(systolic: Int, diastolic: Int)
    case oxygenSaturation(percent: Quantum, pulse: Quantum?, perfusionIndex: Quantum?)
    /// The vitals that are one number.
    case single(VitalKind, Quantum)
    case glucose(Quantum, meal: MealPlace?)
    /// A message without a number of its own: it only says that there is no value.
    case none(VitalKind)

    var kind: VitalKind {
        switch self {
        case .bloodPressure: .bloodPressure
        case .wearableBloodPressure: .wearableBloodPressure
        case .oxygenSaturation: .oxygenSaturation
        case .single(let kind, _), .none(let kind): kind
        case .glucose: .glucose
        }
    }

    /// The number without which there is no value; nil for a message that only says that there is none.
    var main: Int? {
        switch self {
        case .bloodPressure(let places): places.systolic
        case .wearableBloodPressure(let systolic, _): systolic
        case .oxygenSaturation(let percent, _, _): percent.place
        case .single(_, let quantum), .glucose(let quantum, _): quantum.place
        case .none: nil
        }
    }

    /// The vital, or why there is none: the first of its own numbers that is missing says it.
    func value(in record: Record) -> Result<Vital, Missing> {
        switch self {
        case .bloodPressure(let places): return places.value(in: record)
        case .wearableBloodPressure(let systolic, let diastolic):
            guard let high = record[systolic], let low = record[diastolic] else {
                return .failure(record.why(systolic, diastolic))
            }
            let pressure = WearableBloodPressure(systolic: MmHg(high), diastolic: MmHg(low))
            return .success(.wearableBloodPressure(pressure))
        case .oxygenSaturation(let percent, let pulse, let perfusion):
            guard let value = percent.value(in: record) else { return .failure(record.why(percent.place)) }
            let rate = pulse?.value(in: record).map { PerMinute($0) }
            let index = perfusion?.value(in: record)
            return .success(.oxygenSaturation(OxygenSaturation(percent: value, pulse: rate, perfusionIndex: index)))
        case .single(let kind, let quantum):
            guard let value = quantum.value(in: record), let vital = Vital(kind, value) else {
                return .failure(record.why(quantum.place))
            }
            return .success(vital)
        case .glucose(let quantum, let meal):
            guard let value = quantum.value(in: record) else { return .failure(record.why(quantum.place)) }
            return .success(.glucose(Glucose(micromolesPerLitre: value, meal: meal?.value(in: record))))
        case .none: return .failure(Missing(why: .noSignal))
        }
    }

    /// Writes a vital to its places; false when it is another, or when the device sends more than the vital has: a
    /// made-up 0 would be a lie.
    func write(_ vital: Vital, to record: inout Record, of message: Message) -> Bool {
        switch (self, vital) {
        case (.bloodPressure(let places), .bloodPressure(let pressure)):
            return places.write(pressure, to: &record, of: message)
        case (.wearableBloodPressure(let systolic, let diastolic), .wearableBloodPressure(let pressure)):
            record.numbers[systolic] = Number(pressure.systolic.value)
            record.numbers[diastolic] = Number(pressure.diastolic.value)
            return true
        case (.oxygenSaturation(let percent, let pulse, let perfusion), .oxygenSaturation(let oxygen)):
            return percent.write(oxygen.percent, to: &record, of: message)
                && pulse?.write(oxygen.pulse?.value, to: &record, of: message) != false
                && perfusion?.write(oxygen.perfusionIndex, to: &record, of: message) != false
        case (.single(let kind, let quantum), _):
            guard vital.kind == kind, let value = vital.single else { return false }
            return quantum.write(value, to: &record, of: message)
        case (.glucose(let quantum, let meal), .glucose(let glucose)):
            meal?.write(glucose.meal, to: &record)
            return quantum.write(glucose.micromolesPerLitre, to: &record, of: message)
        default: return false
        }
    }
}

/// Why a vital has no value.
struct Missing: Error, Hashable, Sendable {
    var why: NoValueClass
}

/// The mark of a meal: `meal: { before: 66, after: 65, none: 78 }`.
struct MealPlace: Sendable {
    var place: Int
    var before, after, none: Int

    /// A mark of another kind: control solution, perhaps; nil for one that the profile describes.
    func undescribed(in record: Record) -> Int? {
        let mark = record.numbers[place].count
        return [before, after, none].contains(mark) ? nil : mark
    }

    func value(in record: Record) -> Glucose.Meal? {
        switch record[place] {
        case before: .before
        case after: .after
        default: nil
        }
    }

    func write(_ meal: Glucose.Meal?, to record: inout Record) {
        record.numbers[place] = Number(meal == .before ? before : meal == .after ? after : none)
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

    func value(in record: Record) -> Result<Vital, Missing> {
        guard let high = record[systolic], let low = record[diastolic] else {
            return .failure(record.why(systolic, diastolic))
        }
        return .success(
            .bloodPressure(
                BloodPressure(
                    systolic: MmHg(high), diastolic: MmHg(low), mean: mean.flatMap { record[$0] }.map { MmHg($0) },
                    pulse: pulse.flatMap { record[$0] }.map { PerMinute($0) },
                    irregularPulse: irregularPulse.flatMap { record[$0] }.map { $0 != 0 },
                    moved: moved.flatMap { record[$0] }.map { $0 != 0 })))
    }

    func write(_ pressure: BloodPressure, to record: inout Record, of message: Message) -> Bool {
        record.numbers[systolic] = Number(pressure.systolic.value)
        record.numbers[diastolic] = Number(pressure.diastolic.value)
        let more = [(mean, pressure.mean?.value), (pulse, pressure.pulse?.value)]
        for case (let place?, let value) in more {
            guard let number = value.map({ Number($0) }) ?? message.missing(place, because: .noSignal) else {
                return false
            }
            record.numbers[place] = number
        }
        if let irregularPulse { record.numbers[irregularPulse] = Number(pressure.irregularPulse == true ? 1 : 0) }
        if let moved { record.numbers[moved] = Number(pressure.moved == true ? 1 : 0) }
        return true
    }
}

extension Record {
    /// Why the first of these numbers that has no value has none.
    fileprivate func why(_ places: Int...) -> Missing {
        Missing(why: places.lazy.compactMap { self.numbers[$0].missing }.first ?? .noSignal)
    }
}

extension Vital {
    /// A vital that is one number in its small unit.
    fileprivate init?(_ kind: VitalKind, _ value: Int) {
        switch kind {
        case .pulseRate: self = .pulseRate(PerMinute(value))
        case .temperature: self = .temperature(centiCelsius: value)
        case .surfaceTemperature: self = .surfaceTemperature(centiCelsius: value)
        case .weight: self = .weight(grams: value)
        case .height: self = .height(millimetres: value)
        case .bloodPressure, .wearableBloodPressure, .oxygenSaturation, .glucose: return nil
        }
    }

    fileprivate var single: Int? {
        switch self {
        case .pulseRate(let rate): rate.value
        case .temperature(let celsius), .surfaceTemperature(let celsius): celsius
        case .weight(let grams): grams
        case .height(let millimetres): millimetres
        case .bloodPressure, .wearableBloodPressure, .oxygenSaturation, .glucose: nil
        }
    }
}
