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

    func isAtMost(_ limit: PolicyNumber) -> Bool {
        switch size {
        case .belowRange: true
        case .number(let number): number <= limit.value
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

    init(of history: ResidentHistory, policy: Policy, offset: UTCOffset) {
        let (high, low) = (policy.pulse.high.value, policy.pulse.veryLow.value)
        for recorded in history.readings {
            if let pulse = recorded.reading.restingPulse, pulse > high || pulse <= low {
                self.pulse.append(StationValue(recorded, pulse, policy: policy, offset: offset))
            }
            let reading = recorded.reading
            switch reading.vital {
            case .oxygenSaturation(let value) where reading.isRuled([.oximeter, .manual]):
                oxygen.append(StationValue(recorded, value.percent, policy: policy, offset: offset))
            case .temperature(let celsius) where reading.isRuled([.thermometer, .manual]):
                temperature.append(StationValue(recorded, celsius, policy: policy, offset: offset))
            case .glucose(let value) where reading.isRuled([.glucometer, .manual]):
                var sugar = StationValue(recorded, value.micromolesPerLitre, policy: policy, offset: offset)
                sugar.isFasting = history.fasting[recorded.sequence] == .fasting
                self.sugar.append(sugar)
            default: break
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

extension StationValue {
    fileprivate init(_ recorded: RecordedReading, _ number: Int, policy: Policy, offset: UTCOffset) {
        let reading = recorded.reading
        var visit: VisitID?
        if case .resident(_, let named) = recorded.owner { visit = named }
        self.init(
            sequence: recorded.sequence, visit: visit, at: reading.measuredAt, day: offset.day(of: reading.measuredAt),
            size: .number(number), instrument: reading.instrument, lateness: Lateness(of: reading, policy: policy),
            isDated: reading.timeConfidence != .clockUntrusted)
    }

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
        case (.belowRange, _): LocalizedText("太低，机器没有数", en: "too low for the device")
        case (.aboveRange, _): LocalizedText("太高，机器没有数", en: "too high for the device")
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

extension Reading {
    /// Of a class that the rules of the vital accept, with a time, and a value that can be (clinical-rules 5.1);
    /// `wearable` is among none of them.
    fileprivate func isRuled(_ sources: [SourceClass]) -> Bool {
        sources.contains(source) && timeConfidence != .timeFault && vital.implausibleField == nil
    }

    /// The pulse of a cuff that nothing moved, of an oximeter, or as staff counted it.
    fileprivate var restingPulse: Int? {
        switch vital {
        case .bloodPressure(let pressure) where pressure.moved != true:
            pressure.pulse.flatMap { isRuled([.cuffStaff, .cuffStation, .cuffHome, .manual]) ? $0.value : nil }
        case .oxygenSaturation(let oxygen):
            oxygen.pulse.flatMap { isRuled([.oximeter, .manual]) ? $0.value : nil }
        case .pulseRate(let rate): isRuled([.oximeter, .manual]) ? rate.value : nil
        default: nil
        }
    }
}
