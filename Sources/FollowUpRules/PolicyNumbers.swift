// Every number and every pair of a policy with its path: what each must be to be possible, and the list from which
// `healthhut policy show` and the boundary tables are made. A number that is missing here would be in no check.
import Vitals

/// A single number of a policy.
package struct PolicySingle: Hashable, Sendable {
    /// `suspected.due`.
    package var path: String
    package var number: PolicyNumber
    /// What it must be counted in, and where it can lie.
    package var unit: PolicyUnit
    package var bounds: ClosedRange<Int>

    fileprivate init(_ path: String, _ number: PolicyNumber, _ unit: PolicyUnit, _ bounds: ClosedRange<Int>) {
        (self.path, self.number, self.unit, self.bounds) = (path, number, unit, bounds)
    }

    var fault: PolicyFault? {
        if number.unit != unit {
            return PolicyFault("\(path).unit", "is \(number.unit.rawValue)", hint: "the unit here is \(unit.rawValue)")
        }
        guard !bounds.contains(number.value) else { return nil }
        return PolicyFault(
            "\(path).value", "\(number.value) cannot be",
            hint: "between \(bounds.lowerBound) and \(bounds.upperBound) \(unit.rawValue)")
    }
}

/// A pair of limits of a policy.
package struct PolicyPair: Hashable, Sendable {
    package var path: String
    package var limit: PolicyLimit
    /// What the rules ask with it.
    package var on: Components

    fileprivate init(_ path: String, _ limit: PolicyLimit, _ on: Components) {
        (self.path, self.limit, self.on) = (path, limit, on)
    }

    /// The plausible range of clinical-rules 5.1, and the word that the rule means.
    var fault: PolicyFault? {
        if limit.on != on {
            return PolicyFault("\(path).on", "is \(limit.on.rawValue)", hint: "the rule asks for \(on.rawValue) here")
        }
        if !(50...300).contains(limit.systolic) {
            return PolicyFault("\(path).systolic", "\(limit.systolic) cannot be", hint: "between 50 and 300 mmHg")
        }
        if !(30...200).contains(limit.diastolic) {
            return PolicyFault("\(path).diastolic", "\(limit.diastolic) cannot be", hint: "between 30 and 200 mmHg")
        }
        if limit.systolic - limit.diastolic < 10 {
            return PolicyFault(path, "\(limit.text) cannot be", hint: "the systolic is at least 10 mmHg higher")
        }
        return nil
    }
}

/// What cannot be in a policy, and where.
struct PolicyFault {
    var path, problem, hint: String
    init(_ path: String, _ problem: String, hint: String) {
        (self.path, self.problem, self.hint) = (path, problem, hint)
    }
}

extension Policy {
    /// Every pair, in the order of the file.
    package var pairs: [PolicyPair] {
        [
            PolicyPair("limits.adult", limits.adult, .any),
            PolicyPair("limits.elder", limits.elder, .any),
            PolicyPair("limits.diabetes", limits.diabetes, .any),
            PolicyPair("limits.ageUnknown", limits.ageUnknown, .any),
            PolicyPair("crisis", crisis, .any),
            PolicyPair("high", high, .any),
            PolicyPair("raised", raised, .any),
            PolicyPair("highNormal", highNormal, .any),
            PolicyPair("normal", normal, .all),
            PolicyPair("unconfirmed.below", unconfirmed.below, .all),
            PolicyPair("pregnancy.atOnce", pregnancy.atOnce, .any),
            PolicyPair("pregnancy.raised", pregnancy.raised, .any),
            PolicyPair("home.limit", home.limit, .any),
            PolicyPair("target.limit", target.limit, .any),
            PolicyPair("target.old", target.old, .any),
        ]
    }

    /// Every single number, in the order of the file.
    package var numbers: [PolicySingle] { numbersOfPressure + numbersOfStation + numbersOfCare }

    /// Ages, sessions, episodes and the rules of blood pressure.
    private var numbersOfPressure: [PolicySingle] {
        [
            PolicySingle("ages.adult", ages.adult, .years, 1...30),
            PolicySingle("ages.elder", ages.elder, .years, 40...100),
            PolicySingle("session.gap", session.gap, .minutes, 1...60),
            PolicySingle("session.span", session.span, .minutes, 1...240),
            PolicySingle("session.agreement", session.agreement, .mmHg, 1...50),
            PolicySingle("session.doubtSystolic", session.doubtSystolic, .mmHg, 1...100),
            PolicySingle("session.doubtPulse", session.doubtPulse, .perMinute, 1...100),
            PolicySingle("lateness.late", lateness.late, .hours, 1...240),
            PolicySingle("lateness.old", lateness.old, .days, 1...400),
            PolicySingle("episodes.quiet", episodes.quiet, .days, 1...100),
            PolicySingle("episodes.silence", episodes.silence, .days, 0...100),
            PolicySingle("unconfirmed.due", unconfirmed.due, .days, 0...100),
            PolicySingle("pregnancy.callDue", pregnancy.callDue, .days, 0...14),
            PolicySingle("suspected.due", suspected.due, .days, 0...100),
            PolicySingle("suspected.listed", suspected.listed, .days, 0...100),
            PolicySingle("suspected.highDue", suspected.highDue, .days, 0...100),
            PolicySingle("suspected.clearDays", suspected.clearDays, .times, 1...30),
            PolicySingle("criterion.days", criterion.days, .times, 2...10),
            PolicySingle("criterion.span", criterion.span, .days, 1...100),
            PolicySingle("criterion.due", criterion.due, .days, 0...100),
            PolicySingle("home.days", home.days, .times, 1...30),
            PolicySingle("home.values", home.values, .times, 1...100),
            PolicySingle("home.window", home.window, .days, 1...100),
            PolicySingle("home.due", home.due, .days, 0...100),
            PolicySingle("uncontrolled.window", uncontrolled.window, .days, 1...100),
            PolicySingle("uncontrolled.completeDays", uncontrolled.completeDays, .times, 1...30),
            PolicySingle("uncontrolled.provisionalDays", uncontrolled.provisionalDays, .times, 1...30),
            PolicySingle("uncontrolled.alone", uncontrolled.alone, .days, 1...100),
            PolicySingle("uncontrolled.due", uncontrolled.due, .days, 0...100),
            PolicySingle("uncontrolled.highDue", uncontrolled.highDue, .days, 0...100),
            PolicySingle("uncontrolled.clearDays", uncontrolled.clearDays, .times, 1...30),
            PolicySingle("referralAdvice.inARow", referralAdvice.inARow, .times, 1...10),
            PolicySingle("referralAdvice.due", referralAdvice.due, .days, 0...100),
            PolicySingle("selfMeasured.days", selfMeasured.days, .times, 2...30),
            PolicySingle("selfMeasured.span", selfMeasured.span, .days, 0...100),
            PolicySingle("selfMeasured.due", selfMeasured.due, .days, 0...100),
            PolicySingle("low.systolicOnce", low.systolicOnce, .mmHg, 50...120),
            PolicySingle("low.systolic", low.systolic, .mmHg, 50...120),
            PolicySingle("low.diastolic", low.diastolic, .mmHg, 30...90),
            PolicySingle("low.diastolicMild", low.diastolicMild, .mmHg, 30...90),
            PolicySingle("low.withSystolic", low.withSystolic, .mmHg, 50...150),
            PolicySingle("low.frailAge", low.frailAge, .years, 40...100),
            PolicySingle("low.due", low.due, .days, 0...100),
            PolicySingle("arms.difference", arms.difference, .mmHg, 5...60),
            PolicySingle("arms.aSide", arms.aSide, .times, 1...10),
            PolicySingle("arms.due", arms.due, .days, 0...100),
        ]
    }

    /// The rules of every other value.
    private var numbersOfStation: [PolicySingle] {
        [
            PolicySingle("irregular.readings", irregular.readings, .times, 1...10),
            PolicySingle("irregular.of", irregular.of, .times, 1...10),
            PolicySingle("irregular.due", irregular.due, .days, 0...100),
            PolicySingle("pulse.veryHigh", pulse.veryHigh, .perMinute, 100...200),
            PolicySingle("pulse.veryLow", pulse.veryLow, .perMinute, 20...60),
            PolicySingle("pulse.apart", pulse.apart, .minutes, 0...60),
            PolicySingle("pulse.high", pulse.high, .perMinute, 60...150),
            PolicySingle("pulse.highApart", pulse.highApart, .minutes, 0...60),
            PolicySingle("pulse.low", pulse.low, .perMinute, 20...70),
            PolicySingle("pulse.lowUnwell", pulse.lowUnwell, .perMinute, 20...80),
            PolicySingle("pulse.days", pulse.days, .times, 1...10),
            PolicySingle("pulse.window", pulse.window, .days, 1...100),
            PolicySingle("pulse.due", pulse.due, .days, 0...100),
            PolicySingle("oxygen.low", oxygen.low, .percent, 80...99),
            PolicySingle("oxygen.apart", oxygen.apart, .minutes, 0...60),
            PolicySingle("oxygen.veryLow", oxygen.veryLow, .percent, 70...95),
            PolicySingle("oxygen.clear", oxygen.clear, .percent, 85...100),
            PolicySingle("oxygen.altitudeStep", oxygen.altitudeStep, .percent, 0...15),
            PolicySingle("oxygen.reducedDue", oxygen.reducedDue, .days, 0...100),
            PolicySingle("oxygen.drop", oxygen.drop, .percent, 2...20),
            PolicySingle("oxygen.dropDays", oxygen.dropDays, .days, 1...400),
            PolicySingle("fever.high", fever.high, .centiCelsius, 3_700...4_200),
            PolicySingle("fever.clear", fever.clear, .centiCelsius, 3_600...4_200),
            PolicySingle("fever.mild", fever.mild, .centiCelsius, 3_700...4_200),
            PolicySingle("fever.mildClear", fever.mildClear, .centiCelsius, 3_600...4_200),
            PolicySingle("fever.mildDue", fever.mildDue, .days, 0...100),
            PolicySingle("fever.low", fever.low, .centiCelsius, 3_000...3_650),
            PolicySingle("fever.lowDue", fever.lowDue, .days, 0...100),
            PolicySingle("sugar.low", sugar.low, .micromolesPerLitre, 2_500...5_000),
            PolicySingle("sugar.veryLow", sugar.veryLow, .micromolesPerLitre, 1_500...4_000),
            PolicySingle("sugar.words", sugar.words, .micromolesPerLitre, 2_500...5_000),
            PolicySingle("sugar.high", sugar.high, .micromolesPerLitre, 10_000...30_000),
            PolicySingle("sugar.due", sugar.due, .days, 0...100),
            PolicySingle("sugar.random", sugar.random, .micromolesPerLitre, 7_000...20_000),
            PolicySingle("sugar.suspectedDue", sugar.suspectedDue, .days, 0...100),
            PolicySingle("fasting.raised", fasting.raised, .micromolesPerLitre, 5_000...10_000),
            PolicySingle("fasting.days", fasting.days, .times, 1...10),
            PolicySingle("fasting.window", fasting.window, .days, 1...100),
            PolicySingle("fasting.high", fasting.high, .micromolesPerLitre, 7_000...20_000),
            PolicySingle("fasting.due", fasting.due, .days, 0...100),
            PolicySingle("fasting.clearDays", fasting.clearDays, .times, 1...30),
            PolicySingle("fasting.impaired", fasting.impaired, .micromolesPerLitre, 4_000...8_000),
            PolicySingle("fasting.impairedDue", fasting.impairedDue, .days, 0...400),
        ]
    }

    /// What is owed, whoever measures; instruments; the rules behind a switch.
    private var numbersOfCare: [PolicySingle] {
        [
            PolicySingle("failedAttempts", failedAttempts, .times, 1...10),
            PolicySingle("afterCritical.referral", afterCritical.referral, .days, 1...100),
            PolicySingle("afterCritical.call", afterCritical.call, .days, 0...100),
            PolicySingle("followUps.cadence", followUps.cadence, .days, 7...400),
            PolicySingle("followUps.ahead", followUps.ahead, .days, 0...60),
            PolicySingle("followUps.soonAfter", followUps.soonAfter, .days, 0...400),
            PolicySingle("followUps.lostAfter", followUps.lostAfter, .days, 1...1_000),
            PolicySingle("followUps.aYear", followUps.aYear, .times, 1...52),
            PolicySingle("followUps.exam", followUps.exam, .days, 30...800),
            PolicySingle("followUps.examAge", followUps.examAge, .years, 18...100),
            PolicySingle("followUps.again", followUps.again, .days, 1...100),
            PolicySingle("screening.age", screening.age, .years, 18...100),
            PolicySingle("screening.riskAge", screening.riskAge, .years, 18...100),
            PolicySingle("screening.riskDays", screening.riskDays, .days, 30...400),
            PolicySingle("alone.quiet", alone.quiet, .days, 1...100),
            PolicySingle("alone.soon", alone.soon, .days, 1...100),
            PolicySingle("bands.pulse", bands.pulse, .perMinute, 60...150),
            PolicySingle("bands.pulseDays", bands.pulseDays, .times, 1...30),
            PolicySingle("bands.window", bands.window, .days, 1...30),
            PolicySingle("bands.hintDays", bands.hintDays, .times, 1...30),
            PolicySingle("bands.again", bands.again, .days, 1...400),
            PolicySingle("bands.silent", bands.silent, .hours, 1...240),
            PolicySingle("comeBack.raised", comeBack.raised, .days, 1...400),
            PolicySingle("comeBack.highNormal", comeBack.highNormal, .days, 1...400),
            PolicySingle("instruments.clockDue", instruments.clockDue, .days, 0...100),
            PolicySingle("instruments.silent", instruments.silent, .hours, 1...240),
            PolicySingle("instruments.unsent", instruments.unsent, .hours, 1...240),
            PolicySingle("instruments.usualWeeks", instruments.usualWeeks, .times, 1...8),
            PolicySingle("instruments.drift", instruments.drift, .mmHg, 1...50),
            PolicySingle("instruments.driftPairs", instruments.driftPairs, .times, 1...100),
            PolicySingle("instruments.driftDays", instruments.driftDays, .days, 1...400),
            PolicySingle("target.oldAge", target.oldAge, .years, 40...110),
            PolicySingle("target.days", target.days, .times, 1...10),
            PolicySingle("trend.sessions", trend.sessions, .times, 2...30),
            PolicySingle("trend.rise", trend.rise, .mmHg, 5...100),
        ]
    }
}
