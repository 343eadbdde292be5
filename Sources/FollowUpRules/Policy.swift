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
    /// The keys of clinical-rules section 6 and the section the number stands in.
    package var source: String
    package var confidence: Confidence
    package var toBeConfirmed: Bool
}

/// A systolic and a diastolic limit, mmHg, from the same source.
package struct PolicyLimit: Hashable, Sendable, Decodable {
    package var systolic: Int
    package var diastolic: Int
    package var source: String
    package var confidence: Confidence
    package var toBeConfirmed: Bool

    /// *At or above the pair*: systolic ≥ s **or** diastolic ≥ d.
    package func isReached(by systolic: Int, _ diastolic: Int) -> Bool {
        systolic >= self.systolic || diastolic >= self.diastolic
    }

    /// `150/90`.
    package var text: String { "\(systolic)/\(diastolic)" }
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
        package var source: String
        package var confidence: Confidence
        package var toBeConfirmed: Bool
    }

    package struct Ages: Hashable, Sendable, Decodable {
        /// Below it no blood-pressure rule but BP-01 and BP-02 applies.
        package var adult: PolicyNumber
        /// From it on the limit is `limits.elder`.
        package var elder: PolicyNumber
    }

    /// **L**, the limit of one person.
    package struct Limits: Hashable, Sendable, Decodable {
        package var adult: PolicyLimit
        package var elder: PolicyLimit
        package var diabetes: PolicyLimit
        package var ageUnknown: PolicyLimit
    }

    package struct Session: Hashable, Sendable, Decodable {
        /// Longest pause between two readings, and longest session.
        package var gap, span: PolicyNumber
        /// Two readings agree when not more than this apart on either component.
        package var agreement: PolicyNumber
        /// More apart than this, on either: the kiosk asks whose they are.
        package var doubtSystolic, doubtPulse: PolicyNumber
    }

    package struct Lateness: Hashable, Sendable, Decodable {
        /// Received later than this: *late*. Received later than that: information only.
        package var late, old: PolicyNumber
    }

    package struct Episodes: Hashable, Sendable, Decodable {
        /// Quiet after a follow-up without a next date.
        package var quiet: PolicyNumber
        /// Quiet after a rule cleared its own flag, at the same severity.
        package var silence: PolicyNumber
    }

    /// BP-01r.
    package struct Unconfirmed: Hashable, Sendable, Decodable {
        package var due: PolicyNumber
        package var below: PolicyLimit
    }

    /// BP-05.
    package struct Suspected: Hashable, Sendable, Decodable {
        package var due, listed, highDue, clearDays: PolicyNumber
    }

    /// BP-07.
    package struct Uncontrolled: Hashable, Sendable, Decodable {
        package var window, completeDays, provisionalDays, alone, due, highDue, clearDays: PolicyNumber
    }

    /// BP-09.
    package struct Low: Hashable, Sendable, Decodable {
        /// Systolic below it once; systolic below it twice.
        package var systolicOnce, systolic: PolicyNumber
        /// Diastolic below it twice; below it with dizziness, a fall, or systolic below `withSystolic`.
        package var diastolic, diastolicMild, withSystolic: PolicyNumber
        package var due: PolicyNumber
    }

    /// What follows a critical flag that a person closed: FU-03 and FU-06.
    package struct AfterCritical: Hashable, Sendable, Decodable {
        package var referral, call: PolicyNumber
    }

    /// When a resident is asked to come again.
    package struct ComeBack: Hashable, Sendable, Decodable {
        package var raised, highNormal: PolicyNumber
    }

    /// OX-01.
    package struct Oxygen: Hashable, Sendable, Decodable {
        /// At or below it twice, so far apart; at or below it once or twice; at or above it twice: over.
        package var low, apart, veryLow, clear: PolicyNumber
    }

    /// TP-01: above it; below it: over.
    package struct Fever: Hashable, Sendable, Decodable {
        package var high, clear: PolicyNumber
    }

    /// GL-01 and GL-02.
    package struct Sugar: Hashable, Sendable, Decodable {
        /// At or below it; below it, whoever it is; at or above it.
        package var low, veryLow, high: PolicyNumber
        /// Below it the kiosk speaks of sweets.
        package var words: PolicyNumber
        /// GL-01n.
        package var due: PolicyNumber
    }

    package var name: String
    package var version: Int
    package var title: LocalizedText
    package var averaging: AveragingChoice
    package var ages: Ages
    package var limits: Limits
    /// BP-01, BP-02 and the station alert.
    package var crisis: PolicyLimit
    /// *Soon* of BP-05 and BP-07 (c).
    package var high: PolicyLimit
    /// BP-05.
    package var raised: PolicyLimit
    /// Below it on both: normal.
    package var normal: PolicyLimit
    package var session: Session
    package var lateness: Lateness
    package var episodes: Episodes
    package var unconfirmed: Unconfirmed
    package var suspected: Suspected
    package var uncontrolled: Uncontrolled
    package var low: Low
    package var oxygen: Oxygen
    package var fever: Fever
    package var sugar: Sugar
    /// BP-14: failures in one visit.
    package var failedAttempts: PolicyNumber
    package var afterCritical: AfterCritical
    package var comeBack: ComeBack

    /// `cn-norm3-2017 1`, as every flag stores it.
    package var mark: String { "\(name) \(version)" }
}
