// Guidelines differ and change, so no rule holds a number: every limit, span and day stands in a named, versioned
// policy file with where it comes from, how well it is supported, and whether a clinician has yet to confirm it.
//
// The types below are the shape of that file. A number that is not written is refused at start, never defaulted.
import Vitals

/// What is wrong in a policy file, and where: file, line, path, problem, hint.
package typealias PolicyError = StrictJSON5Error

/// How well a number is supported (clinical-rules, *Confidence*): primary text, two or more sources, one source,
/// memory, tried, our own choice.
package enum Confidence: String, Hashable, Sendable, Decodable {
    case primary = "A"
    case several = "B"
    case one = "C"
    case memory = "M"
    case tried = "T"
    case ours = "D"
}

/// The unit of a single number.
package enum PolicyUnit: String, Hashable, Sendable, Decodable {
    case mmHg
    case perMinute = "/min"
    case minutes = "min"
    case hours = "h"
    case days
    case years
    /// Of readings, attempts or days measured.
    case times
    case percent = "%"
    /// Hundredths of a degree Celsius.
    case centiCelsius = "cCel"
    /// 3900 is 3.9 mmol/L.
    case micromolesPerLitre = "umol/L"
}

/// One number with its standing.
package struct PolicyNumber: Hashable, Sendable, Decodable {
    package var value: Int
    package var unit: PolicyUnit
    package var source: PolicySources
    package var confidence: Confidence
    package var toBeConfirmed: Bool
}

/// Which reading a pair of limits is about.
package enum Components: String, Hashable, Sendable, Decodable {
    /// At or above the pair: systolic ≥ s **or** diastolic ≥ d.
    case any
    /// Below the pair: systolic < s **and** diastolic < d.
    case all
}

/// A systolic and a diastolic limit, mmHg, from the same source.
package struct PolicyLimit: Hashable, Sendable, Decodable {
    package var systolic: Int
    package var diastolic: Int
    /// What the rule asks of a reading; the file says it, and must say what the rule does.
    package var on: Components
    package var source: PolicySources
    package var confidence: Confidence
    package var toBeConfirmed: Bool

    /// *At or above the pair*: systolic ≥ s **or** diastolic ≥ d.
    package func isReached(by systolic: Int, _ diastolic: Int) -> Bool {
        systolic >= self.systolic || diastolic >= self.diastolic
    }

    /// `150/90`.
    package var text: String { "\(systolic)/\(diastolic)" }
}

/// A rule that a policy may leave out.
package struct PolicySwitch: Hashable, Sendable, Decodable {
    package var isOn: Bool
    package var source: PolicySources
    package var confidence: Confidence
    package var toBeConfirmed: Bool
}

/// Which usable readings of a session are averaged.
package enum Averaging: String, Hashable, Sendable, Decodable {
    case lastTwo = "last-two"
    case all
}

/// The rules' numbers, all of them, under one name and version.
package struct Policy: Hashable, Sendable, Decodable {
    package struct AveragingChoice: Hashable, Sendable, Decodable {
        package var value: Averaging
        package var source: PolicySources
        package var confidence: Confidence
        package var toBeConfirmed: Bool
    }

    package var name: String
    package var version: Int
    package var title: LocalizedText
    package var averaging: AveragingChoice
    package var switches: Switches
    package var ages: Ages
    package var limits: Limits
    /// BP-01, BP-02 and the station alert.
    package var crisis: PolicyLimit
    /// *Soon* of BP-05 and BP-07 (c).
    package var high: PolicyLimit
    /// BP-05, BP-06.
    package var raised: PolicyLimit
    /// BP-11.
    package var highNormal: PolicyLimit
    /// Below it on both: normal.
    package var normal: PolicyLimit
    package var session: Session
    package var lateness: Lateness
    package var episodes: Episodes
    package var unconfirmed: Unconfirmed
    package var pregnancy: Pregnancy
    package var suspected: Suspected
    package var criterion: Criterion
    package var home: Home
    package var uncontrolled: Uncontrolled
    package var referralAdvice: ReferralAdvice
    package var selfMeasured: SelfMeasured
    package var low: Low
    package var arms: Arms
    package var irregular: Irregular
    package var pulse: Pulse
    package var oxygen: Oxygen
    package var fever: Fever
    package var sugar: Sugar
    package var fasting: Fasting
    /// BP-14: failures in one visit.
    package var failedAttempts: PolicyNumber
    package var afterCritical: AfterCritical
    package var followUps: FollowUps
    package var screening: Screening
    package var alone: Alone
    package var bands: Bands
    package var comeBack: ComeBack
    package var instruments: Instruments
    /// The rules behind `switches`.
    package var target: Target
    package var trend: Trend

    /// `cn-norm3-2017 1`, as every flag stores it.
    package var mark: String { "\(name) \(version)" }
}
