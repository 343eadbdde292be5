// The groups of a policy's numbers, one for each rule or family of rules, in the order of the file. Whatever two
// rules share stands once; a number of a rule's own stands with that rule.
import Vitals

extension Policy {
    /// Rules that are off unless a policy turns them on (clinical-rules 5.4, end).
    package struct Switches: Hashable, Sendable, Decodable {
        /// BP-TGT: who is above the guideline's target.
        package var target: PolicySwitch
        /// BP-TRD: a mean that has risen.
        package var trend: PolicySwitch
    }

    package struct Ages: Hashable, Sendable, Decodable {
        /// Below it no blood-pressure rule but BP-01, BP-02 and BP-04 applies.
        package var adult: PolicyNumber
        /// From it on the limit is `limits.elder`.
        package var elder: PolicyNumber
    }

    /// **L**, the limit of one person.
    package struct Limits: Hashable, Sendable, Decodable {
        package var adult: PolicyLimit
        package var elder: PolicyLimit
        /// Diabetes or kidney disease, at any age.
        package var diabetes: PolicyLimit
        package var ageUnknown: PolicyLimit
    }

    package struct Session: Hashable, Sendable, Decodable {
        /// Longest pause between two readings, and longest session.
        package var gap, span: PolicyNumber
        /// Two readings agree when not more than this apart on either component.
        package var agreement: PolicyNumber
        /// More apart than this, on either: the kiosk asks whose they are (BP-12).
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

    /// BP-04: pregnant or lactating.
    package struct Pregnancy: Hashable, Sendable, Decodable {
        /// One reading is enough.
        package var atOnce: PolicyLimit
        /// The other reading of the session must agree, or be missing.
        package var raised: PolicyLimit
        /// Of the call when the other reading is below.
        package var callDue: PolicyNumber
    }

    /// BP-05.
    package struct Suspected: Hashable, Sendable, Decodable {
        package var due, listed, highDue, clearDays: PolicyNumber
    }

    /// BP-06.
    package struct Criterion: Hashable, Sendable, Decodable {
        /// So many complete day values at or above `raised`, from first to last at most so long.
        package var days, span, due: PolicyNumber
    }

    /// BP-06h: the mean of a home monitor.
    package struct Home: Hashable, Sendable, Decodable {
        package var limit: PolicyLimit
        /// At least so many days and values within the window.
        package var days, values, window, due: PolicyNumber
    }

    /// BP-07.
    package struct Uncontrolled: Hashable, Sendable, Decodable {
        package var window, completeDays, provisionalDays, alone, due, highDue, clearDays: PolicyNumber
    }

    /// BP-08 and GL-05: recorded follow-ups of one class in a row.
    package struct ReferralAdvice: Hashable, Sendable, Decodable {
        package var inARow, due: PolicyNumber
    }

    /// BP-08s.
    package struct SelfMeasured: Hashable, Sendable, Decodable {
        /// So many day values at or above L, from first to last at least so long.
        package var days, span, due: PolicyNumber
    }

    /// BP-09.
    package struct Low: Hashable, Sendable, Decodable {
        /// Systolic below it once; systolic below it twice.
        package var systolicOnce, systolic: PolicyNumber
        /// Diastolic below it twice; below it with dizziness, a fall, or systolic below `withSystolic`.
        package var diastolic, diastolicMild, withSystolic: PolicyNumber
        /// From this age on a low systolic is urgent.
        package var frailAge: PolicyNumber
        package var due: PolicyNumber
    }

    /// BP-10.
    package struct Arms: Hashable, Sendable, Decodable {
        /// Systolic, more than this apart; so many readings a side, or on so many days.
        package var difference, aSide, due: PolicyNumber
    }

    /// PR-01.
    package struct Irregular: Hashable, Sendable, Decodable {
        /// So many readings with the mark among so many in a row.
        package var readings, of, due: PolicyNumber
    }

    /// HR-01, HR-02, HR-03.
    package struct Pulse: Hashable, Sendable, Decodable {
        /// HR-01: at or above, at or below, twice, so far apart.
        package var veryHigh, veryLow, apart: PolicyNumber
        /// HR-02 and HR-03: above it; HR-02: twice, so far apart.
        package var high, highApart: PolicyNumber
        /// HR-03: at or below; at or below, slightly unwell; on so many days of so many.
        package var low, lowUnwell, days, window, due: PolicyNumber
    }

    /// OX-01, OX-02, OX-03.
    package struct Oxygen: Hashable, Sendable, Decodable {
        /// At or below it twice, so far apart; at or below it once or twice; at or above it twice: over.
        package var low, apart, veryLow, clear: PolicyNumber
        /// Taken off every limit above; 0 below 1,000 m.
        package var altitudeStep: PolicyNumber
        /// OX-02: between low and clear.
        package var reducedDue: PolicyNumber
        /// OX-03: so far under the median of so many days before.
        package var drop, dropDays: PolicyNumber
    }

    /// TP-01: above `high`; below `clear`: over. TP-02: from `mild` to `high`. TP-03: at or below `low`, twice.
    package struct Fever: Hashable, Sendable, Decodable {
        package var high, clear: PolicyNumber
        package var mild, mildClear, mildDue: PolicyNumber
        package var low, lowDue: PolicyNumber
    }

    /// GL-01, GL-01n, GL-02, GL-03.
    package struct Sugar: Hashable, Sendable, Decodable {
        /// At or below it; below it, whoever it is; at or above it.
        package var low, veryLow, high: PolicyNumber
        /// Below it the kiosk speaks of sweets.
        package var words: PolicyNumber
        /// GL-01n.
        package var due: PolicyNumber
        /// GL-03: at or above it, eaten or not; and its date.
        package var random, suspectedDue: PolicyNumber
    }

    /// GL-03, GL-04, GL-06: fasting, as the resident answered.
    package struct Fasting: Hashable, Sendable, Decodable {
        /// At or above it on so many days of so many; at or above it once.
        package var raised, days, window, high, due: PolicyNumber
        /// So many days in a row below `raised`: over.
        package var clearDays: PolicyNumber
        /// GL-06: from here to `raised`.
        package var impaired, impairedDue: PolicyNumber
    }

    /// What follows a critical flag that a person closed, and every referral: FU-03 and FU-06.
    package struct AfterCritical: Hashable, Sendable, Decodable {
        package var referral, call: PolicyNumber
    }

    /// FU-01, FU-02, FU-04, FU-05.
    package struct FollowUps: Hashable, Sendable, Decodable {
        /// From one face-to-face follow-up to the next; on the list so long before.
        package var cadence, ahead: PolicyNumber
        /// So long after the date: soon; lost.
        package var soonAfter, lostAfter: PolicyNumber
        /// Face to face, in a whole year.
        package var aYear: PolicyNumber
        /// FU-04: from one yearly exam to the next; for everybody from this age on.
        package var exam, examAge: PolicyNumber
        /// FU-05: after class 2 or 3.
        package var again: PolicyNumber
    }

    /// SC-01, SC-02.
    package struct Screening: Hashable, Sendable, Decodable {
        /// SC-01, once a calendar year from this age on.
        package var age: PolicyNumber
        /// SC-02: high-risk by age alone; no session for so long.
        package var riskAge, riskDays: PolicyNumber
    }

    /// LV-01: nothing heard for so long: routine; soon.
    package struct Alone: Hashable, Sendable, Decodable {
        package var quiet, soon: PolicyNumber
    }

    /// W-01, W-04.
    package struct Bands: Hashable, Sendable, Decodable {
        /// W-01: resting pulse above it on so many days of so many, or hints on so many; not again for so long.
        package var pulse, pulseDays, window, hintDays, again: PolicyNumber
        /// W-04.
        package var silent: PolicyNumber
    }

    /// When a resident is asked to come again; `highNormal` is BP-11's date too.
    package struct ComeBack: Hashable, Sendable, Decodable {
        package var raised, highNormal: PolicyNumber
    }

    /// DQ-02, DQ-03, DQ-04.
    package struct Instruments: Hashable, Sendable, Decodable {
        /// DQ-02: a clock to be set.
        package var clockDue: PolicyNumber
        /// No reading for so long from an instrument that usually reports; a fact so long unsent.
        package var silent, unsent: PolicyNumber
        /// It reported on the same weekday so many weeks running: usually.
        package var usualWeeks: PolicyNumber
        /// Two cuffs differ by more than this on the mean of so many pairs.
        package var drift, driftPairs: PolicyNumber
        /// How far back pairs count.
        package var driftDays: PolicyNumber
    }

    /// BP-TGT: the guideline's target, of a known one who is below L.
    package struct Target: Hashable, Sendable, Decodable {
        package var limit: PolicyLimit
        /// From this age on.
        package var old: PolicyLimit
        package var oldAge: PolicyNumber
        /// So many complete day values in a row.
        package var days: PolicyNumber
    }

    /// BP-TRD: the systolic mean of so many sessions, so far above that of as many before.
    package struct Trend: Hashable, Sendable, Decodable {
        package var sessions, rise: PolicyNumber
    }
}
