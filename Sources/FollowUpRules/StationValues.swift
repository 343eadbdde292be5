// What the rules for oxygen, temperature, sugar and pulse need to know of one value, worked out once. A device that
// measured and had no number says at which end it ran out: *above range* and *below range* count at that end
// (clinical-rules 5.1). Only the classes of instrument that the rules name have a way in: what a wristband estimates has
// none, and the temperature of a skin is another quantity.
import Vitals

/// One value of one vital, or one end of a device's range.
struct StationValue: Sendable {
    enum Size: Hashable, Sendable {
        case belowRange
        /// Per cent, hundredths of a degree Celsius, micromoles in a litre, beats in a minute.
        case number(Int)
        case aboveRange
    }

    let sequence: FactSequence
    let visit: VisitID?
    let at: HutTime
    let day: LocalDay
    let size: Size
    let instrument: InstrumentID
    let lateness: Lateness
    let isDated: Bool
    /// Sugar that the resident said was taken fasting.
    var isFasting = false

    func isAtMost(_ limit: PolicyNumber) -> Bool { isAtMost(limit.value) }

    /// At or below a limit that is the resident's own.
    func isAtMost(_ limit: Int) -> Bool {
        switch size {
        case .belowRange: true
        case .number(let number): number <= limit
        case .aboveRange: false
        }
    }

    func isBelow(_ limit: PolicyNumber) -> Bool {
        switch size {
        case .belowRange: true
        case .number(let number): number < limit.value
        case .aboveRange: false
        }
    }

    func isAtLeast(_ limit: PolicyNumber) -> Bool { !isBelow(limit) }
    func isAbove(_ limit: PolicyNumber) -> Bool { !isAtMost(limit) }
}

/// The values of one resident by kind, each oldest first.
struct StationValues: Sendable {
    private(set) var oxygen: [StationValue] = []
    private(set) var temperature: [StationValue] = []
    private(set) var sugar: [StationValue] = []
    /// Only those above or at the limits of the rules for single pulses; of cuffs and oximeters.
    private(set) var pulse: [StationValue] = []

    init(of history: ResidentHistory, policy: Policy, numbers: SessionNumbers, offset: UTCOffset) {
        let (high, low) = (policy.pulse.high.value, policy.pulse.veryLow.value)
        let readings = history.readings
        for place in readings.indices {
            if let pulse = readings[place].reading.vital.pulse, pulse > high || pulse <= low {
                readings[place].pulse(numbers, offset).map { self.pulse.append($0) }
            }
            switch readings[place].reading.vital {
            case .oxygenSaturation(let value):
                readings[place].value(value.percent, of: .oximeter, numbers, offset).map { oxygen.append($0) }
            case .temperature(let celsius):
                readings[place].value(celsius, of: .thermometer, numbers, offset).map { temperature.append($0) }
            case .glucose(let value):
                guard
                    var sugar = readings[place].value(value.micromolesPerLitre, of: .glucometer, numbers, offset)
                else { continue }
                sugar.isFasting = history.fasting[sugar.sequence] == .fasting
                self.sugar.append(sugar)
            case .bloodPressure, .wearableBloodPressure, .pulseRate, .surfaceTemperature, .weight, .height: break
            }
        }
        for report in history.noValues {
            guard let value = StationValue(report, offset: offset) else { continue }
            switch report.kind {
            case .oxygenSaturation: oxygen.append(value)
            case .temperature: temperature.append(value)
            case .glucose: sugar.append(value)
            default: break
            }
        }
        StationValues.order(&oxygen)
        StationValues.order(&temperature)
        StationValues.order(&sugar)
        StationValues.order(&pulse)
    }

    private static func order(_ values: inout [StationValue]) {
        let isOrdered = zip(values, values.dropFirst()).allSatisfy { ($0.at, $0.sequence) < ($1.at, $1.sequence) }
        if !isOrdered { values.sort { ($0.at, $0.sequence) < ($1.at, $1.sequence) } }
    }
}

extension RecordedReading {
    /// The number of a class of instrument that the rules accept, or typed by staff, with a time, and possible
    /// (clinical-rules 5.1); nil for any other: `wearable` has no way in.
    fileprivate func value(
        _ number: Int, of source: SourceClass, _ numbers: SessionNumbers, _ offset: UTCOffset
    ) -> StationValue? {
        guard reading.source == source || reading.source == .manual else { return nil }
        return ruled(number, numbers, offset)
    }

    /// The pulse of a cuff that nothing moved, of an oximeter, or as staff counted it.
    fileprivate func pulse(_ numbers: SessionNumbers, _ offset: UTCOffset) -> StationValue? {
        guard let pulse = reading.vital.pulse else { return nil }
        if case .bloodPressure(let pressure) = reading.vital {
            return reading.source.isCuff && pressure.moved != true ? ruled(pulse, numbers, offset) : nil
        }
        return value(pulse, of: .oximeter, numbers, offset)
    }

    private func ruled(_ number: Int, _ numbers: SessionNumbers, _ offset: UTCOffset) -> StationValue? {
        guard reading.timeConfidence != .timeFault, reading.vital.implausibleField == nil else { return nil }
        var visit: VisitID?
        if case .resident(_, let named) = owner { visit = named }
        return StationValue(
            sequence: sequence, visit: visit, at: reading.measuredAt, day: offset.day(of: reading.measuredAt),
            size: .number(number), instrument: reading.instrument, lateness: Lateness(of: reading, numbers),
            isDated: reading.timeConfidence != .clockUntrusted)
    }
}

extension Vital {
    /// The pulse that came with it, or that it is.
    fileprivate var pulse: Int? {
        switch self {
        case .bloodPressure(let pressure): pressure.pulse?.value
        case .oxygenSaturation(let oxygen): oxygen.pulse?.value
        case .pulseRate(let rate): rate.value
        case .wearableBloodPressure, .temperature, .surfaceTemperature, .weight, .height, .glucose: nil
        }
    }
}

extension StationValue {

    /// No signal and a fault say nothing about the person.
    fileprivate init?(_ report: NoValueReport, offset: UTCOffset) {
        let size: Size
        switch report.why {
        case .aboveRange: size = .aboveRange
        case .belowRange: size = .belowRange
        case .noSignal, .fault: return nil
        }
        self.init(
            sequence: report.sequence, visit: report.visit, at: report.at, day: offset.day(of: report.at), size: size,
            instrument: report.instrument, lateness: .live, isDated: true)
    }

    /// `88%`, `39.2℃`, `3.6 mmol/L`, `132次/分`, or at which end the device had no number.
    func text(_ kind: VitalKind) -> LocalizedText {
        switch (size, kind) {
        case (.belowRange, _): LocalizedText("低于机器量程", en: "too low for the device")
        case (.aboveRange, _): LocalizedText("高于机器量程", en: "too high for the device")
        case (.number(let number), .oxygenSaturation): LocalizedText("\(number)%", en: "\(number) %")
        case (.number(let number), .pulseRate): LocalizedText("\(number)次/分", en: "\(number) /min")
        case (.number(let number), .temperature):
            LocalizedText(
                "\(JSONLine.decimal(number, places: 2))℃", en: "\(JSONLine.decimal(number, places: 2)) °C")
        case (.number(let number), _):
            LocalizedText(
                "\(JSONLine.decimal(number, places: 3)) mmol/L", en: "\(JSONLine.decimal(number, places: 3)) mmol/L")
        }
    }
}
