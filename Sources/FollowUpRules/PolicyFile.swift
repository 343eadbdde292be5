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
    private var fault: PolicyFault? {
        if name.isEmpty { return PolicyFault("name", "is empty", hint: "name it as the file, `cn-norm3-2017`") }
        if version < 1 { return PolicyFault("version", "is \(version)", hint: "count versions from 1") }
        return numbers.lazy.compactMap(\.fault).first ?? pairs.lazy.compactMap(\.fault).first ?? disorder ?? crossing
    }

    private var disorder: PolicyFault? {
        let rising = [
            ("normal", normal), ("highNormal", highNormal), ("raised", raised), ("high", high), ("crisis", crisis),
        ]
        for ((lowerName, lower), (name, limit)) in zip(rising, rising.dropFirst())
        where lower.systolic >= limit.systolic || lower.diastolic >= limit.diastolic {
            return PolicyFault(
                name, "\(limit.text) is not above \(lowerName), \(lower.text)",
                hint: "the limits rise: normal, highNormal, raised, high, crisis, on both components")
        }
        if unconfirmed.below.systolic > crisis.systolic || unconfirmed.below.diastolic > crisis.diastolic {
            return PolicyFault(
                "unconfirmed.below", "\(unconfirmed.below.text) is above crisis, \(crisis.text)",
                hint: "a very high reading is over below the crisis limit, on both components")
        }
        if pregnancy.raised.systolic >= pregnancy.atOnce.systolic
            || pregnancy.raised.diastolic >= pregnancy.atOnce.diastolic
        {
            return PolicyFault(
                "pregnancy.atOnce", "\(pregnancy.atOnce.text) is not above pregnancy.raised, \(pregnancy.raised.text)",
                hint: "one reading counts only when higher, on both components")
        }
        if session.span.value < session.gap.value {
            return PolicyFault(
                "session.span", "is shorter than session.gap", hint: "a session holds at least one pause")
        }
        if suspected.listed.value > suspected.due.value {
            return PolicyFault("suspected.listed", "is after suspected.due", hint: "list the flag before it is due")
        }
        return nil
    }

    /// Numbers of one rule that stand on the wrong side of each other.
    private var crossing: PolicyFault? {
        if low.systolicOnce.value >= low.systolic.value {
            return PolicyFault(
                "low.systolicOnce", "is not below low.systolic", hint: "one reading counts only when lower")
        }
        if low.diastolic.value >= low.diastolicMild.value {
            return PolicyFault("low.diastolic", "is not below low.diastolicMild", hint: "lower it, or raise the other")
        }
        if oxygen.veryLow.value >= oxygen.low.value || oxygen.low.value >= oxygen.clear.value {
            return PolicyFault(
                "oxygen.low", "is not between veryLow and clear", hint: "the limits rise: veryLow, low, clear")
        }
        if fever.clear.value > fever.high.value {
            return PolicyFault(
                "fever.clear", "is above fever.high", hint: "a fever is over below the limit that raised it")
        }
        if sugar.veryLow.value >= sugar.low.value || sugar.low.value > sugar.words.value {
            return PolicyFault(
                "sugar.low", "is not between veryLow and words", hint: "the limits rise: veryLow, low, words")
        }
        if fever.mild.value > fever.high.value || fever.mildClear.value > fever.mild.value {
            return PolicyFault(
                "fever.mild", "is not between mildClear and high", hint: "the limits rise: mildClear, mild, high")
        }
        if fever.low.value >= fever.mildClear.value {
            return PolicyFault("fever.low", "is not below fever.mildClear", hint: "a low temperature is no fever")
        }
        if sugar.low.value >= fasting.impaired.value || fasting.impaired.value >= fasting.raised.value
            || fasting.raised.value >= fasting.high.value
        {
            return PolicyFault(
                "fasting.raised", "is not between impaired and high", hint: "the limits rise: impaired, raised, high")
        }
        if fasting.raised.value >= sugar.random.value || sugar.random.value >= sugar.high.value {
            return PolicyFault(
                "sugar.random", "is not between fasting.raised and sugar.high",
                hint: "the limits rise: fasting.raised, random, high")
        }
        if pulse.veryLow.value > pulse.low.value || pulse.low.value > pulse.lowUnwell.value
            || pulse.lowUnwell.value >= pulse.high.value || pulse.high.value >= pulse.veryHigh.value
        {
            return PolicyFault(
                "pulse.low", "is out of order", hint: "the limits rise: veryLow, low, lowUnwell, high, veryHigh")
        }
        if irregular.readings.value > irregular.of.value {
            return PolicyFault("irregular.readings", "is more than irregular.of", hint: "2 of 3, as in *two of three*")
        }
        if followUps.soonAfter.value >= followUps.lostAfter.value {
            return PolicyFault(
                "followUps.soonAfter", "is not before followUps.lostAfter", hint: "late comes before lost")
        }
        if alone.quiet.value >= alone.soon.value {
            return PolicyFault("alone.quiet", "is not before alone.soon", hint: "routine comes before soon")
        }
        return nil
    }
}
