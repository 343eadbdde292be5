// A fact as `watch` prints it. The keys are a contract with other programs: README lists them. A resident is the
// opaque id, never a name, a hut number or a key of this ledger.

import FollowUpRules
import Vitals

/// One line of `watch`; nil for facts that are nobody's business outside the hut (visits, log-ins, secrets).
///
/// `resident` gives the opaque id of a key.
func watchLine(_ recorded: RecordedFact, offset: UTCOffset, resident: (ResidentKey) -> String?) -> String? {
    var line = JSONLine()
    line.add("sequence", Int(recorded.sequence.rawValue))
    line.add("receivedAt", offset.iso(recorded.recordedAt))
    switch recorded.fact {
    case .reading(let reading, let owner):
        line.add(reading)
        line.add(owner, resident)
    case .noValue(let vital, let why, let instrument, let station, let owner, _):
        line.add("noValue", why.rawValue)
        line.add("vital", vital.rawValue)
        line.add("instrument", instrument.rawValue)
        line.add("station", station?.rawValue)
        line.add(owner, resident)
    case .fault(let fault, let instrument, let station, _, _):
        line.add(fault)
        line.add("instrument", instrument.rawValue)
        line.add("station", station?.rawValue)
    case .signal(let signal, let band, let wearer, _, _):
        line.add("signal", signal.rawValue)
        line.add("from", band.rawValue)
        line.add("resident", wearer.flatMap(resident))
    case .position(let position, let band, let wearer):
        line.add(.position(position, from: band))
        line.add("resident", wearer.flatMap(resident))
    case .battery(let percent, let band):
        line.add(.battery(percent: percent, from: band))
    case .readingConfirmed(let reading, _): line.add(reading, became: "confirmed")
    case .readingDenied(let reading, _): line.add(reading, became: "denied")
    case .readingClaimed(let reading, let key, _, _):
        line.add(reading, became: "claimed")
        line.add("resident", resident(key))
    case .readingMoved(let reading, _, let key, _, _):
        line.add(reading, became: "moved")
        line.add("resident", resident(key))
    case .readingReturned(let reading, _, _): line.add(reading, became: "unclaimed")
    case .readingDiscarded(let reading, let reason, _, _):
        line.add(reading, became: "discarded")
        line.add("reason", "\(reason)")
    case .flag(let change): line.add(change, resident)
    case .flagTaken(let flag, _):
        line.add("flag", "taken")
        line.add("raisedAs", Int(flag.rawValue))
    case .flagClosed(let flag, _, let action, _, _):
        line.add("flag", "closed")
        line.add("raisedAs", Int(flag.rawValue))
        line.add("action", "\(action)")
    case .textTried(let flag, let round):
        line.add("text", "tried")
        line.add("raisedAs", Int(flag.rawValue))
        line.add("round", round)
    case .textEnded(let flag, _, let result):
        line.add("text", result.word)
        line.add("raisedAs", Int(flag.rawValue))
        if case .failed(let why) = result { line.add("because", why.rawValue) }
    case .helpCalled(let station):
        line.add("alert", "help")
        line.add("station", station.rawValue)
    default: return nil
    }
    return line.text
}

extension JSONLine {
    fileprivate mutating func add(_ reading: Reading) {
        add(
            .reading(
                DeviceReading(
                    vital: reading.vital, deviceTime: reading.deviceTime, memorySlot: reading.memorySlot,
                    band: reading.band)))
        add("instrument", reading.instrument.rawValue)
        add("station", reading.station?.rawValue)
        add("source", reading.source.rawValue)
        if reading.arm != .notSaid { add("arm", reading.arm.rawValue) }
        if reading.timeConfidence != .ok { add("timeConfidence", reading.timeConfidence.rawValue) }
    }

    fileprivate mutating func add(_ owner: Owner, _ resident: (ResidentKey) -> String?) {
        switch owner {
        case .resident(let key, _): add("resident", resident(key))
        case .unclaimed(let reason, _): add("unclaimed", reason.rawValue)
        }
    }

    fileprivate mutating func add(_ reading: FactSequence, became word: String) {
        add("reading", Int(reading.rawValue))
        add("became", word)
    }

    fileprivate mutating func add(_ change: FlagChange, _ resident: (ResidentKey) -> String?) {
        switch change {
        case .raise(let draft):
            if draft.rule == RuleID.station { add("alert", "station") }
            add("flag", "raised")
            add("rule", draft.rule.rawValue)
            add("severity", "\(draft.severity)")
            add(draft.subject, resident)
            add("due", draft.due?.iso)
            add("policy", draft.policy)
            if draft.isLate { add("late", true) }
        case .append(let rule, let subject, _, let severity, let ringsAgain):
            if rule == RuleID.station { add("alert", "station") }
            add("flag", "appended")
            add("rule", rule.rawValue)
            add("severity", "\(severity)")
            add(subject, resident)
            if ringsAgain { add("ringsAgain", true) }
        case .clear(let rule, let subject, _):
            add("flag", "cleared")
            add("rule", rule.rawValue)
            add(subject, resident)
        }
    }

    fileprivate mutating func add(_ subject: FlagSubject, _ resident: (ResidentKey) -> String?) {
        switch subject {
        case .resident(let key): add("resident", resident(key))
        case .reading(let sequence): add("reading", Int(sequence.rawValue))
        case .station(let station): add("station", station.rawValue)
        case .band(let band): add("from", band.rawValue)
        }
    }
}

extension OutputResult {
    /// `sent`, `notSent`, `unknown`.
    fileprivate var word: String {
        switch self {
        case .done: "sent"
        case .failed: "notSent"
        case .unknown: "unknown"
        }
    }
}

extension Fact {
    /// The resident whose opaque id the line needs, if any.
    var namedResident: ResidentKey? {
        switch self {
        case .reading(_, let owner), .noValue(_, _, _, _, let owner, _): owner.resident
        case .signal(_, _, let wearer, _, _), .position(_, _, let wearer): wearer
        case .readingClaimed(_, let key, _, _), .readingMoved(_, _, let key, _, _): key
        case .flag(.raise(let draft)): draft.subject.resident
        case .flag(.append(_, let subject, _, _, _)), .flag(.clear(_, let subject, _)): subject.resident
        default: nil
        }
    }
}

extension FlagSubject {
    fileprivate var resident: ResidentKey? { if case .resident(let key) = self { key } else { nil } }
}
