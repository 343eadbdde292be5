// What the rules for oxygen, temperature and sugar need to know of one value, worked out once. A device that measured
// and had no number says at which end it ran out: *above range* and *below range* count at that end (clinical-rules
// 5.1). Only the classes of instrument that the rules name have a way in: what a wristband estimates has none, and the
// temperature of a skin is another quantity.
import Vitals

/// One value of one vital, or one end of a device's range.
struct StationValue: Sendable {
    enum Size: Hashable, Sendable {
        case belowRange
        /// Per cent, hundredths of a degree Celsius, micromoles in a litre.
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

extension TimeLine {
    /// The values of one vital that the rules accept, oldest first.
    func values(of kind: VitalKind) -> [StationValue] {
        let measured = history.readings.compactMap { recorded -> StationValue? in
            let reading = recorded.reading
            guard let number = reading.vital.ruledNumber(of: kind), StationValue.sources(kind).contains(reading.source),
                reading.timeConfidence != .timeFault, reading.vital.implausibleField == nil
            else { return nil }
            return StationValue(
                sequence: recorded.sequence, visit: recorded.owner.visit, at: reading.measuredAt,
                day: offset.day(of: reading.measuredAt), size: .number(number), instrument: reading.instrument,
                lateness: Lateness(of: reading, policy: policy), isDated: reading.timeConfidence != .clockUntrusted)
        }
        let ends = history.noValues.compactMap { report -> StationValue? in
            guard report.kind == kind, let size = StationValue.Size(report.why) else { return nil }
            return StationValue(
                sequence: report.sequence, visit: report.visit, at: report.at, day: offset.day(of: report.at),
                size: size, instrument: report.instrument, lateness: .live, isDated: true)
        }
        return (measured + ends).sorted { ($0.at, $0.sequence) < ($1.at, $1.sequence) }
    }
}

extension StationValue {
    /// Clinical-rules 5.1: the classes the rules of a vital accept; `wearable` is among none of them.
    fileprivate static func sources(_ kind: VitalKind) -> Set<SourceClass> {
        switch kind {
        case .oxygenSaturation: [.oximeter, .manual]
        case .temperature: [.thermometer, .manual]
        case .glucose: [.glucometer, .manual]
        case .bloodPressure, .wearableBloodPressure, .pulseRate, .surfaceTemperature, .weight, .height: []
        }
    }

    /// `88%`, `39.2℃`, `3.6 mmol/L`, or at which end the device had no number.
    func text(_ kind: VitalKind) -> LocalizedText {
        switch (size, kind) {
        case (.belowRange, _): LocalizedText("太低，机器没有数", en: "too low for the device")
        case (.aboveRange, _): LocalizedText("太高，机器没有数", en: "too high for the device")
        case (.number(let number), .oxygenSaturation): LocalizedText("\(number)%", en: "\(number) %")
        case (.number(let number), .temperature):
            LocalizedText(
                "\(JSONLine.decimal(number, places: 2))℃", en: "\(JSONLine.decimal(number, places: 2)) °C")
        case (.number(let number), _):
            LocalizedText(
                "\(JSONLine.decimal(number, places: 3)) mmol/L", en: "\(JSONLine.decimal(number, places: 3)) mmol/L")
        }
    }
}

extension StationValue.Size {
    /// No signal and a fault say nothing about the person.
    fileprivate init?(_ why: NoValueClass) {
        switch why {
        case .aboveRange: self = .aboveRange
        case .belowRange: self = .belowRange
        case .noSignal, .fault: return nil
        }
    }
}

extension Vital {
    /// The number the rules compare, where it is of this kind.
    fileprivate func ruledNumber(of kind: VitalKind) -> Int? {
        switch self {
        case .oxygenSaturation(let oxygen) where kind == .oxygenSaturation: oxygen.percent
        case .temperature(let celsius) where kind == .temperature: celsius
        case .glucose(let glucose) where kind == .glucose: glucose.micromolesPerLitre
        default: nil
        }
    }
}

extension Owner {
    fileprivate var visit: VisitID? {
        if case .resident(_, let visit) = self { visit } else { nil }
    }
}
