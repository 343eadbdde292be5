// A policy is read once, at start, and a wrong number must not get past that moment: a misspelt or missing key is
// refused by `StrictJSON5`, and here every number must carry its unit, lie where such a number can lie, and stand in
// order with its neighbours (a crisis limit below the ordinary one is a slip, not a policy).
import Vitals

extension Policy {
    /// Reads a policy; refuses unknown, repeated and missing keys, impossible numbers and wrong units, with the path.
    ///
    /// `file` is for messages only.
    package static func load(json5 bytes: [UInt8], file: String) throws(PolicyError) -> Policy {
        let text = StrictJSON5(bytes, file: file)
        let policy = try text.decode(Policy.self)
        if let fault = policy.fault {
            throw text.error(at: fault.path, fault.problem, hint: fault.hint)
        }
        return policy
    }

    /// The first thing that cannot be, in the order of the file.
    private var fault: Fault? {
        if name.isEmpty { return Fault("name", "is empty", hint: "name it as the file, `cn-norm3-2017`") }
        if version < 1 { return Fault("version", "is \(version)", hint: "count versions from 1") }
        return numbers.lazy.compactMap(\.fault).first ?? pairs.lazy.compactMap(\.fault).first ?? disorder
    }

    private var disorder: Fault? {
        let rising = [("normal", normal), ("raised", raised), ("high", high), ("crisis", crisis)]
        for ((lowerName, lower), (name, limit)) in zip(rising, rising.dropFirst())
        where lower.systolic >= limit.systolic || lower.diastolic >= limit.diastolic {
            return Fault(
                name, "\(limit.text) is not above \(lowerName), \(lower.text)",
                hint: "the limits rise: normal, raised, high, crisis, on both components")
        }
        if session.span.value < session.gap.value {
            return Fault("session.span", "is shorter than session.gap", hint: "a session holds at least one pause")
        }
        if suspected.listed.value > suspected.due.value {
            return Fault("suspected.listed", "is after suspected.due", hint: "list the flag before it is due")
        }
        if low.systolicOnce.value >= low.systolic.value {
            return Fault("low.systolicOnce", "is not below low.systolic", hint: "one reading counts only when lower")
        }
        if low.diastolic.value >= low.diastolicMild.value {
            return Fault("low.diastolic", "is not below low.diastolicMild", hint: "lower it, or raise the other")
        }
        if oxygen.veryLow.value >= oxygen.low.value || oxygen.low.value >= oxygen.clear.value {
            return Fault("oxygen.low", "is not between veryLow and clear", hint: "the limits rise: veryLow, low, clear")
        }
        if fever.clear.value > fever.high.value {
            return Fault("fever.clear", "is above fever.high", hint: "a fever is over below the limit that raised it")
        }
        if sugar.veryLow.value >= sugar.low.value || sugar.low.value > sugar.words.value {
            return Fault("sugar.low", "is not between veryLow and words", hint: "the limits rise: veryLow, low, words")
        }
        return nil
    }

    private var pairs: [Pair] {
        [
            Pair("limits.adult", limits.adult), Pair("limits.elder", limits.elder),
            Pair("limits.diabetes", limits.diabetes), Pair("limits.ageUnknown", limits.ageUnknown),
            Pair("crisis", crisis), Pair("high", high), Pair("raised", raised), Pair("normal", normal),
            Pair("unconfirmed.below", unconfirmed.below),
        ]
    }

    /// Every single number with its path, the unit it must have, and where it can lie.
    private var numbers: [Single] {
        [
            Single("ages.adult", ages.adult, .years, 1...30), Single("ages.elder", ages.elder, .years, 40...100),
            Single("session.gap", session.gap, .minutes, 1...60),
            Single("session.span", session.span, .minutes, 1...240),
            Single("session.agreement", session.agreement, .mmHg, 1...50),
            Single("session.doubtSystolic", session.doubtSystolic, .mmHg, 1...100),
            Single("session.doubtPulse", session.doubtPulse, .perMinute, 1...100),
            Single("lateness.late", lateness.late, .hours, 1...240),
            Single("lateness.old", lateness.old, .days, 1...400),
            Single("episodes.quiet", episodes.quiet, .days, 1...100),
            Single("episodes.silence", episodes.silence, .days, 0...100),
            Single("unconfirmed.due", unconfirmed.due, .days, 0...100),
            Single("suspected.due", suspected.due, .days, 0...100),
            Single("suspected.listed", suspected.listed, .days, 0...100),
            Single("suspected.highDue", suspected.highDue, .days, 0...100),
            Single("suspected.clearDays", suspected.clearDays, .times, 1...30),
            Single("uncontrolled.window", uncontrolled.window, .days, 1...100),
            Single("uncontrolled.completeDays", uncontrolled.completeDays, .times, 1...30),
            Single("uncontrolled.provisionalDays", uncontrolled.provisionalDays, .times, 1...30),
            Single("uncontrolled.alone", uncontrolled.alone, .days, 1...100),
            Single("uncontrolled.due", uncontrolled.due, .days, 0...100),
            Single("uncontrolled.highDue", uncontrolled.highDue, .days, 0...100),
            Single("uncontrolled.clearDays", uncontrolled.clearDays, .times, 1...30),
            Single("low.systolicOnce", low.systolicOnce, .mmHg, 50...120),
            Single("low.systolic", low.systolic, .mmHg, 50...120),
            Single("low.diastolic", low.diastolic, .mmHg, 30...90),
            Single("low.diastolicMild", low.diastolicMild, .mmHg, 30...90),
            Single("low.withSystolic", low.withSystolic, .mmHg, 50...150),
            Single("low.due", low.due, .days, 0...100),
            Single("oxygen.low", oxygen.low, .percent, 80...99),
            Single("oxygen.apart", oxygen.apart, .minutes, 0...60),
            Single("oxygen.veryLow", oxygen.veryLow, .percent, 70...95),
            Single("oxygen.clear", oxygen.clear, .percent, 85...100),
            Single("fever.high", fever.high, .centiCelsius, 3_700...4_200),
            Single("fever.clear", fever.clear, .centiCelsius, 3_600...4_200),
            Single("sugar.low", sugar.low, .micromolesPerLitre, 2_500...5_000),
            Single("sugar.veryLow", sugar.veryLow, .micromolesPerLitre, 1_500...4_000),
            Single("sugar.words", sugar.words, .micromolesPerLitre, 2_500...5_000),
            Single("sugar.high", sugar.high, .micromolesPerLitre, 10_000...30_000),
            Single("sugar.due", sugar.due, .days, 0...100),
            Single("failedAttempts", failedAttempts, .times, 1...10),
            Single("afterCritical.referral", afterCritical.referral, .days, 1...100),
            Single("afterCritical.call", afterCritical.call, .days, 0...100),
            Single("comeBack.raised", comeBack.raised, .days, 1...400),
            Single("comeBack.highNormal", comeBack.highNormal, .days, 1...400),
        ]
    }
}

private struct Fault {
    var path, problem, hint: String
    init(_ path: String, _ problem: String, hint: String) {
        (self.path, self.problem, self.hint) = (path, problem, hint)
    }
}

private struct Single {
    var path: String
    var number: PolicyNumber
    var unit: PolicyUnit
    var bounds: ClosedRange<Int>

    init(_ path: String, _ number: PolicyNumber, _ unit: PolicyUnit, _ bounds: ClosedRange<Int>) {
        (self.path, self.number, self.unit, self.bounds) = (path, number, unit, bounds)
    }

    var fault: Fault? {
        if number.unit != unit {
            return Fault("\(path).unit", "is \(number.unit.rawValue)", hint: "the unit here is \(unit.rawValue)")
        }
        guard !bounds.contains(number.value) else { return nil }
        return Fault(
            "\(path).value", "\(number.value) cannot be",
            hint: "between \(bounds.lowerBound) and \(bounds.upperBound) \(unit.rawValue)")
    }
}

private struct Pair {
    var path: String
    var limit: PolicyLimit
    init(_ path: String, _ limit: PolicyLimit) { (self.path, self.limit) = (path, limit) }

    /// The plausible range of clinical-rules 5.1.
    var fault: Fault? {
        if !(50...300).contains(limit.systolic) {
            return Fault("\(path).systolic", "\(limit.systolic) cannot be", hint: "between 50 and 300 mmHg")
        }
        if !(30...200).contains(limit.diastolic) {
            return Fault("\(path).diastolic", "\(limit.diastolic) cannot be", hint: "between 30 and 200 mmHg")
        }
        return nil
    }
}
