// The small integers that stand for words inside the ledger. They are on disk for ever: a code is never changed or
// used again, a new case takes the next one. The compiler lists a case without a code.

import Vitals

/// A word that is kept as a small integer.
protocol Coded: Sendable {
    var code: Int64 { get }
    /// nil for a code that this program does not know.
    init?(code: Int64)
}

extension Coded where Self: CaseIterable {
    init?(code: Int64) {
        guard let match = Self.allCases.first(where: { $0.code == code }) else { return nil }
        self = match
    }
}

extension Coded {
    /// The word of a stored code; a code nobody knows is damage, not a guess.
    static func stored(_ code: Int64, _ column: StaticString) throws(LedgerError) -> Self {
        guard let word = Self(code: code) else { throw .corrupt(what: "unknown code \(code) in \(column)") }
        return word
    }
}

extension VitalKind: Coded {
    var code: Int64 {
        switch self {
        case .bloodPressure: 1
        case .wearableBloodPressure: 2
        case .pulseRate: 3
        case .oxygenSaturation: 4
        case .temperature: 5
        case .weight: 6
        case .height: 7
        case .glucose: 8
        case .surfaceTemperature: 9
        }
    }
}

extension Glucose.Meal: Coded {
    var code: Int64 {
        switch self {
        case .before: 1
        case .after: 2
        }
    }
}

extension NoValueClass: Coded, CaseIterable {
    package static let allCases: [NoValueClass] = [.aboveRange, .belowRange, .noSignal, .fault]

    var code: Int64 {
        switch self {
        case .aboveRange: 1
        case .belowRange: 2
        case .noSignal: 3
        case .fault: 4
        }
    }
}

extension SourceClass: Coded {
    var code: Int64 {
        switch self {
        case .cuffStaff: 1
        case .cuffStation: 2
        case .cuffHome: 3
        case .oximeter: 4
        case .thermometer: 5
        case .glucometer: 6
        case .scale: 7
        case .wearable: 8
        case .manual: 9
        }
    }
}

extension UnclaimedReason: Coded {
    var code: Int64 {
        switch self {
        case .noVisit: 1
        case .notAsked: 2
        case .beganBefore: 3
        case .visitChanged: 4
        case .visitEnded: 5
        case .tooLate: 6
        case .denied: 7
        case .lineBroke: 8
        case .restart: 9
        case .pending: 10
        case .memory: 11
        case .notConfirmed: 12
        case .guest: 13
        case .notPairedThen: 14
        case .wearerNotConfirmed: 15
        case .residentNotHere: 16
        }
    }
}

extension Arm: Coded, CaseIterable {
    package static let allCases: [Arm] = [.notSaid, .left, .right]

    var code: Int64 {
        switch self {
        case .notSaid: 0
        case .left: 1
        case .right: 2
        }
    }
}

extension TimeConfidence: Coded, CaseIterable {
    package static let allCases: [TimeConfidence] = [.ok, .clockUntrusted, .clockChanged, .timeFault]

    var code: Int64 {
        switch self {
        case .ok: 0
        case .clockUntrusted: 1
        case .clockChanged: 2
        case .timeFault: 3
        }
    }
}

extension Sex: Coded, CaseIterable {
    package static let allCases: [Sex] = [.female, .male]

    var code: Int64 {
        switch self {
        case .female: 1
        case .male: 2
        }
    }
}

extension ResidentStatus: Coded {
    var code: Int64 {
        switch self {
        case .here: 0
        case .moved: 1
        case .dead: 2
        case .lost: 3
        case .ended: 4
        }
    }
}

extension Condition: Coded {
    var code: Int64 {
        switch self {
        case .hypertension: 1
        case .diabetes: 2
        case .copd: 3
        case .af: 4
        case .pregnant: 5
        case .kidneyDisease: 6
        case .lactating: 7
        case .glucoseDrugs: 8
        }
    }
}

extension ManagedDisease: Coded {
    var code: Int64 {
        switch self {
        case .hypertension: 1
        case .diabetes: 2
        }
    }
}

extension RiskFactor: Coded {
    var code: Int64 {
        switch self {
        case .familyHistory: 1
        case .heavyDrinking: 2
        case .saltyFood: 3
        case .overweight: 4
        case .largeWaist: 5
        }
    }
}

extension SymptomAnswer: Coded, CaseIterable {
    package static let allCases: [SymptomAnswer] = [
        .none, .mild, .danger, .silence, .slip, .dizzy, .dizzySilence, .notDizzy,
    ]

    var code: Int64 {
        switch self {
        case .none: 0
        case .mild: 1
        case .danger: 2
        case .silence: 3
        case .slip: 4
        case .dizzy: 5
        case .dizzySilence: 6
        case .notDizzy: 7
        }
    }
}

extension BandSignal: Coded, CaseIterable {
    package static let allCases: [BandSignal] = [.sos, .fall, .removed, .lowBattery]

    var code: Int64 {
        switch self {
        case .sos: 1
        case .fall: 2
        case .removed: 3
        case .lowBattery: 4
        }
    }
}

extension Rested {
    /// Seconds by the clock, from 0 up; below zero the three words.
    var code: Int64 {
        switch self {
        case .byClock(let seconds): Int64(max(0, seconds))
        case .byOwnWord: -1
        case .no: -2
        case .notSaid: -3
        }
    }

    init(code: Int64) {
        self =
            switch code {
            case -1: .byOwnWord
            case -2: .no
            case -3: .notSaid
            default: .byClock(seconds: Int(code))
            }
    }
}

extension Helper {
    /// Nobody nil; unnamed 0; a member of staff below zero, a resident above: their keys begin at 1.
    var code: Int64? {
        switch self {
        case .nobody: nil
        case .unnamed: 0
        case .staff(let key): -key.rawValue
        case .resident(let key): key.rawValue
        }
    }

    init(code: Int64?) {
        self =
            switch code {
            case nil: .nobody
            case 0: .unnamed
            case let key? where key < 0: .staff(StaffKey(rawValue: -key))
            case let key?: .resident(ResidentKey(rawValue: key))
            }
    }
}

extension CivilTime {
    /// Two bytes of year and one byte for each other part, so that an unreal time (month 0) is kept as it came; nil
    /// where a part has more.
    var code: Int64? {
        let parts = [month, day, hour, minute, second]
        guard (0...65_535).contains(year), parts.allSatisfy({ (0...255).contains($0) }) else { return nil }
        return parts.reduce(Int64(year)) { $0 << 8 | Int64($1) }
    }

    init(code: Int64) {
        func part(_ shift: Int64) -> Int { Int(code >> shift & 255) }
        self.init(
            year: Int(code >> 40), month: part(32), day: part(24), hour: part(16), minute: part(8), second: part(0))
    }
}
