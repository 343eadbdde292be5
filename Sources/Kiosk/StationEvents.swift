// What the hut and a resident's kiosk say to each other about the instruments beside the cuff: oximeter, scale, height
// rod, glucose meter, thermometer. Each is asked for by the same key that says *it is me*.

import Vitals

/// What the rules want said beside a value of an instrument.
package enum StationAdvice: Hashable, Sendable {
    case none
    /// Low once: warm the hand, another finger.
    case warmTheHand
    /// Low again: asked about the breath.
    case lowOxygen
    /// Below the limit of the words about sweets; with or without a number.
    case lowSugar
    /// Today to a doctor: sugar or fever far too high.
    case seeDoctor
}

/// A value of an instrument beside the cuff that is on disk and this visit's; or none, and why.
package struct StationResult: Hashable, Sendable {
    package enum Value: Hashable, Sendable {
        case vital(Vital)
        case missing(VitalKind, NoValueClass)
    }

    package var sequence: FactSequence
    package var value: Value
    package var advice: StationAdvice

    package init(sequence: FactSequence, value: Value, advice: StationAdvice = .none) {
        (self.sequence, self.value, self.advice) = (sequence, value, advice)
    }

    package var kind: VitalKind {
        switch value {
        case .vital(let vital): vital.kind
        case .missing(let kind, _): kind
        }
    }
}

/// What the hut tells a resident's screen about such an instrument.
package enum StationEvent: Hashable, Sendable {
    /// The finger is in, somebody is on the scale.
    case began(VitalKind)
    /// Out again before anything settled, or another's finger is still in (row 50).
    case again(VitalKind)
    /// No result in time, or the line broke.
    case silent(VitalKind)
    /// The device's own error.
    case failed(VitalKind, FaultKind)
    /// K12 for this instrument: no number before the answer (rows 4, 50, 52).
    case askWhose(FactSequence, VitalKind)
    case result(StationResult)

    package var kind: VitalKind {
        switch self {
        case .began(let kind), .again(let kind), .silent(let kind), .failed(let kind, _), .askWhose(_, let kind): kind
        case .result(let result): result.kind
        }
    }

    /// The asking has had its answer.
    var endsAsking: Bool {
        switch self {
        case .began, .again: false
        case .silent, .failed, .askWhose, .result: true
        }
    }
}

extension VitalKind {
    /// What a resident can measure beside blood pressure, in the order of K5.
    static let besideTheCuff: [VitalKind] = [
        .oxygenSaturation, .weight, .height, .glucose, .temperature, .surfaceTemperature,
    ]
}
