// What a simulated instrument can show: the reading of a plan as a frame, the pressure on the way, an error, a value
// that cannot be. The same tables as the hut's, read from the other side.
import Vitals

/// A profile as its simulator sees it; never changed.
struct Stage: Sendable {
    let table: MessageTable
    let script: SimulateFile
    /// What it measures; nil for a device that gives no vital.
    let kind: VitalKind?

    init(table: MessageTable, script: SimulateFile, vital: VitalKind?) {
        (self.table, self.script) = (table, script)
        kind = vital ?? table.messages.lazy.filter { !$0.isFromHost }.compactMap(\.gives.vital).first
    }

    /// Whether results wait until the host asks for them.
    var isPolled: Bool {
        table.exchange.poll?.ask.expect.contains { table.messages[$0].gives.vital == kind && kind != nil } == true
            && script.stream == nil
    }

    /// What the plan shows on this device.
    func reading(_ plan: SimulationPlan) -> DeviceReading? {
        kind.map { DeviceReading(vital: withMean(plan.vital($0)), deviceTime: plan.clock) }
    }

    /// A device that gives a mean always has one: a third of the way up, where the plan says nothing.
    private func withMean(_ vital: Vital) -> Vital {
        guard case .bloodPressure(var pressure) = vital, pressure.mean == nil,
            let index = table.message(where: { $0.vital == .bloodPressure }),
            case .bloodPressure(let places)? = table.messages[index].gives.places?.values, places.mean != nil
        else { return vital }
        pressure.mean = MmHg((pressure.systolic.value + 2 * pressure.diastolic.value) / 3)
        return .bloodPressure(pressure)
    }

    /// The frame of a reading, in the message of the stream where there is one.
    func frame(of reading: DeviceReading) -> [UInt8]? {
        guard let stream = script.stream, let index = place(of: stream.message) else { return table.frame(of: reading) }
        return table.frame(of: reading, as: index, changing: numbers(stream.numbers ?? [:], in: index))
    }

    /// What the device gives at the end of a measurement; nil when its frame cannot hold it.
    func result(_ plan: SimulationPlan) -> [UInt8]? {
        guard var reading = reading(plan) else { return nil }
        switch plan.fault {
        case .errorFrame: return error
        case .wrongFormat:
            return table.message(where: \.isWrongFormat).flatMap { table.frame(of: table.blank($0)) }
        case .noSignal:
            return table.message { $0.vital == reading.vital.kind }.flatMap { table.frame(missing: .noSignal, as: $0) }
        case .impossibleDate:
            let clock = plan.clock
            reading.deviceTime = CivilTime(year: clock.year, month: 2, day: 30, hour: clock.hour, minute: clock.minute)
        case .impossibleValue: reading.vital = reading.vital.impossible
        default: break
        }
        return frame(of: reading)
    }

    private var error: [UInt8]? {
        guard let code = script.error, let index = table.message(where: \.isDeviceError),
            case .deviceError(let place) = table.messages[index].gives
        else { return nil }
        var record = table.blank(index)
        return place.write(code, to: &record) ? table.frame(of: record) : nil
    }

    /// Up to the highest pressure in two fifths of the time, then slowly down.
    func pressure(in running: Measurement, at now: MonotonicTime) -> [UInt8] {
        guard let name = script.rising, let index = place(of: name),
            case .cuffPressure(let place) = table.messages[index].gives
        else { return [] }
        let total = (running.ends - running.began).milliseconds
        let gone = (now - running.began).milliseconds
        let (top, rise) = (Int64(script.to ?? 170), max(1, total * 2 / 5))
        let value = gone <= rise ? top * gone / rise : top - (top - 40) * (gone - rise) / max(1, total - rise)
        var record = table.blank(index)
        record.numbers[place] = Number(Int(value))
        return table.frame(of: record) ?? []
    }

    func place(of message: String) -> Int? { table.messages.firstIndex { $0.name == message } }

    /// Numbers by their names; nil stands for *no value*.
    func numbers(_ named: [String: Int?], in index: Int) -> [Int: Number] {
        let message = table.messages[index]
        var numbers: [Int: Number] = [:]
        for (name, value) in named {
            guard let place = message.place(of: name) else { continue }
            numbers[place] = value.map { Number($0) } ?? message.missing(place, because: .noSignal)
        }
        return numbers
    }

    /// The faults this device can play.
    var faults: Set<SimulatedFault> {
        var faults = SimulatedFault.ofEveryDevice.union([.noResult])
        if table.messages.contains(where: { $0.gives.isClock || $0.gives.places?.clock != nil }) {
            faults.insert(.impossibleDate)
        }
        if error != nil { faults.insert(.errorFrame) }
        if table.message(where: \.isWrongFormat) != nil { faults.insert(.wrongFormat) }
        if let index = table.message(where: { $0.vital == kind && kind != nil }),
            table.frame(missing: .noSignal, as: index) != nil || script.stream?.absent != nil
        {
            faults.insert(.noSignal)
        }
        return faults
    }
}

extension SimulationPlan {
    /// What the plan shows of one vital.
    func vital(_ kind: VitalKind) -> Vital {
        switch kind {
        case .bloodPressure: .bloodPressure(pressure)
        case .wearableBloodPressure:
            .wearableBloodPressure(WearableBloodPressure(systolic: pressure.systolic, diastolic: pressure.diastolic))
        case .oxygenSaturation:
            .oxygenSaturation(OxygenSaturation(percent: oxygen ?? 97, pulse: heartRate.map { PerMinute($0) }))
        case .pulseRate: .pulseRate(PerMinute(heartRate ?? 72))
        case .temperature: .temperature(centiCelsius: centiCelsius ?? 3_650)
        case .surfaceTemperature: .surfaceTemperature(centiCelsius: centiCelsius ?? 3_650)
        case .weight: .weight(grams: grams)
        case .height: .height(millimetres: millimetres)
        case .glucose: .glucose(glucose)
        }
    }
}

extension Vital {
    /// The same vital with a value that cannot be of a living person.
    fileprivate var impossible: Vital {
        switch self {
        case .bloodPressure(let pressure):
            .bloodPressure(BloodPressure(systolic: 20, diastolic: 10, mean: pressure.mean, pulse: pressure.pulse))
        case .wearableBloodPressure: .wearableBloodPressure(WearableBloodPressure(systolic: 20, diastolic: 10))
        case .oxygenSaturation(let oxygen): .oxygenSaturation(OxygenSaturation(percent: 20, pulse: oxygen.pulse))
        case .pulseRate: .pulseRate(5)
        case .temperature: .temperature(centiCelsius: 6_000)
        case .surfaceTemperature: .surfaceTemperature(centiCelsius: 6_000)
        case .weight: .weight(grams: 400_000)
        case .height: .height(millimetres: 2_900)
        // 5 mg/dL.
        case .glucose: .glucose(Glucose(micromolesPerLitre: 278))
        }
    }

    /// A neighbour of the value, so that two records of a memory are never alike.
    func nudged(_ number: Int) -> Vital {
        switch self {
        case .bloodPressure(var pressure):
            pressure.systolic = MmHg(pressure.systolic.value + number)
            return .bloodPressure(pressure)
        case .oxygenSaturation(var oxygen):
            oxygen.pulse = oxygen.pulse.map { PerMinute($0.value + number) }
            return .oxygenSaturation(oxygen)
        case .glucose(var glucose):
            // Whole mg/dL, which is what meters keep.
            let milligrams = (glucose.micromolesPerLitre * 180_182 + 5_000_000) / 10_000_000 + number
            glucose.micromolesPerLitre = (milligrams * 10_000_000 + 90_091) / 180_182
            return .glucose(glucose)
        case .weight(let grams): return .weight(grams: grams + 100 * number)
        default: return self
        }
    }
}
