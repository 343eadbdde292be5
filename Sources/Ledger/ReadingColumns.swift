// A reading as columns: the same ones, in the same order, in the table of facts and in the projection of readings.
// Whole numbers only; what is usual takes no bytes (SQLite keeps 0, 1 and NULL in the row's header).

import Vitals

/// The columns of a reading that are numbers.
struct ReadingColumns {
    var measuredAt, delay, vital: Int64
    var value1, value2, value3, value4, irregular, moved: Int64?
    var source, arm, rested: Int64
    var helper: Int64?
    var timeConfidence: Int64
    var deviceTime, memorySlot: Int64?
    /// Came with the second migration: the last column, and in a link only where there is one.
    var userSlot: Int64?

    /// The names of the columns after `measured_at`, in order.
    static let names = """
        delay, vital, value1, value2, value3, value4, irregular, moved, source, arm, rested, helper,
        time_confidence, device_time, memory_slot, user_slot
        """

    /// How many there are after `measured_at`.
    static let count: Int32 = 16

    /// Gives each column after `measured_at` in order.
    @inline(__always) func forEach(_ body: (Int64?) -> Void) {
        body(delay)
        body(vital)
        body(value1)
        body(value2)
        body(value3)
        body(value4)
        body(irregular)
        body(moved)
        body(source)
        body(arm)
        body(rested)
        body(helper)
        body(timeConfidence)
        body(deviceTime)
        body(memorySlot)
        body(userSlot)
    }

    /// Gives each column after `measured_at` that a link is made from. A user slot that is not there adds nothing, so
    /// that the links of ledgers from before it still hold.
    func forEachLinked(_ body: (Int64?) -> Void) {
        var left = ReadingColumns.count - (userSlot == nil ? 1 : 0)
        forEach {
            if left > 0 { body($0) }
            left -= 1
        }
    }

    /// Reads `measured_at` from one column and the others from `first` on.
    init(_ row: Statement, measuredAt column: Int32, first: Int32) {
        measuredAt = row.integer(column)
        delay = row.integer(first)
        vital = row.integer(first + 1)
        value1 = row.integerIfAny(first + 2)
        value2 = row.integerIfAny(first + 3)
        value3 = row.integerIfAny(first + 4)
        value4 = row.integerIfAny(first + 5)
        irregular = row.integerIfAny(first + 6)
        moved = row.integerIfAny(first + 7)
        source = row.integer(first + 8)
        arm = row.integer(first + 9)
        rested = row.integer(first + 10)
        helper = row.integerIfAny(first + 11)
        timeConfidence = row.integer(first + 12)
        deviceTime = row.integerIfAny(first + 13)
        memorySlot = row.integerIfAny(first + 14)
        userSlot = row.integerIfAny(first + 15)
    }

    init(_ reading: Reading) throws(LedgerError) {
        measuredAt = reading.measuredAt.milliseconds
        delay = reading.receivedAt.milliseconds - reading.measuredAt.milliseconds
        vital = reading.vital.kind.code
        switch reading.vital {
        case .bloodPressure(let pressure):
            (value1, value2) = (Int64(pressure.systolic.value), Int64(pressure.diastolic.value))
            (value3, value4) = (pressure.mean.map { Int64($0.value) }, pressure.pulse.map { Int64($0.value) })
            irregular = pressure.irregularPulse.map { $0 ? 1 : 0 }
            moved = pressure.moved.map { $0 ? 1 : 0 }
        case .wearableBloodPressure(let pressure):
            (value1, value2) = (Int64(pressure.systolic.value), Int64(pressure.diastolic.value))
        case .pulseRate(let rate): value1 = Int64(rate.value)
        case .oxygenSaturation(let oxygen):
            (value1, value4) = (Int64(oxygen.percent), oxygen.pulse.map { Int64($0.value) })
            value3 = oxygen.perfusionIndex.map { Int64($0) }
        case .temperature(let number), .surfaceTemperature(let number), .weight(let number), .height(let number):
            value1 = Int64(number)
        case .glucose(let glucose): (value1, value2) = (Int64(glucose.micromolesPerLitre), glucose.meal?.code)
        }
        (source, arm, rested) = (reading.source.code, reading.arm.code, reading.rested.code)
        (helper, timeConfidence) = (reading.helper.code, reading.timeConfidence.code)
        memorySlot = reading.memorySlot.map { Int64($0) }
        userSlot = reading.userSlot.map { Int64($0) }
        if let time = reading.deviceTime {
            guard let code = time.code else { throw .unstorable(field: "deviceTime") }
            deviceTime = code
        }
    }

    /// The vital with its values.
    func vitalWithValues() throws(LedgerError) -> Vital {
        guard let first = value1.map({ Int($0) }) else { throw .corrupt(what: "a reading without a value") }
        switch try VitalKind.stored(vital, "vital") {
        case .bloodPressure:
            return .bloodPressure(
                BloodPressure(
                    systolic: MmHg(first), diastolic: try second(), mean: value3.map { MmHg(Int($0)) },
                    pulse: value4.map { PerMinute(Int($0)) }, irregularPulse: irregular.map { $0 != 0 },
                    moved: moved.map { $0 != 0 }))
        case .wearableBloodPressure:
            return .wearableBloodPressure(WearableBloodPressure(systolic: MmHg(first), diastolic: try second()))
        case .pulseRate: return .pulseRate(PerMinute(first))
        case .oxygenSaturation:
            return .oxygenSaturation(
                OxygenSaturation(
                    percent: first, pulse: value4.map { PerMinute(Int($0)) },
                    perfusionIndex: value3.map { Int($0) }))
        case .temperature: return .temperature(centiCelsius: first)
        case .surfaceTemperature: return .surfaceTemperature(centiCelsius: first)
        case .weight: return .weight(grams: first)
        case .height: return .height(millimetres: first)
        case .glucose: return .glucose(Glucose(micromolesPerLitre: first, meal: try meal()))
        }
    }

    /// The reading, with its places by name.
    func reading(instrument: String, station: String?, band: String?, raw: [UInt8]) throws(LedgerError) -> Reading {
        Reading(
            vital: try vitalWithValues(), receivedAt: HutTime(milliseconds: measuredAt + delay),
            measuredAt: HutTime(milliseconds: measuredAt), deviceTime: deviceTime.map { CivilTime(code: $0) },
            memorySlot: memorySlot.map { Int($0) }, userSlot: userSlot.map { Int($0) },
            timeConfidence: try TimeConfidence.stored(timeConfidence, "time_confidence"),
            instrument: InstrumentID(rawValue: instrument), station: station.map { StationID(rawValue: $0) },
            band: band.map { BandID(rawValue: $0) }, source: try SourceClass.stored(source, "source"),
            arm: try Arm.stored(arm, "arm"), rested: Rested(code: rested), helper: Helper(code: helper), raw: raw)
    }

    private func meal() throws(LedgerError) -> Glucose.Meal? {
        guard let value2 else { return nil }
        return try Glucose.Meal.stored(value2, "value2")
    }

    private func second() throws(LedgerError) -> MmHg {
        guard let value2 else { throw .corrupt(what: "a blood pressure without a diastolic value") }
        return MmHg(Int(value2))
    }
}
