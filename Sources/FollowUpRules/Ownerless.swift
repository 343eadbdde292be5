// Emergencies do not wait for an owner. What stands here needs no resident: the station alert of a very high reading,
// a guest's danger sign, a call for help, an SOS of a band nobody wears; and the list entry of a reading that nobody
// owns yet (clinical-rules 5.1, 5.3; hazards H-24, H-25).
//
// Each function gives the changes for one event. While its flag is open a further event is appended and rings again;
// the same event twice changes nothing.
import Vitals

extension RuleID {
    /// A very high reading at a station, whoever it belongs to.
    package static let station: RuleID = "STATION"
    /// Somebody pressed 9.
    package static let help: RuleID = "HELP"
    package static let unclaimed: RuleID = "DQ-01"
    package static let dangerSign: RuleID = "BP-03"
    package static let bandSignal: RuleID = "W-03"
}

/// The station alert: any live cuff reading at or above the crisis limit, whatever its owner, its status bits, the
/// device's clock or the age. `sequence` is the reading's fact, or that of a measurement kept without a record.
package func stationAlert(
    for reading: Reading, sequence: FactSequence, openFlags: [Flag], policy: Policy, offset: UTCOffset
) -> [FlagChange] {
    guard case .bloodPressure(let pressure) = reading.vital, isCrisis(pressure, policy: policy),
        reading.source == .cuffStation || reading.source == .cuffStaff, reading.memorySlot == nil,
        Lateness(of: reading, SessionNumbers(policy)) == .live
    else { return [] }
    // An instrument of no station is its own place: the alert must stand somewhere.
    let name = reading.instrument.rawValue
    let place = reading.station ?? StationID(rawValue: name)
    // Its number is no station's: `cuff-1` is not *1号台*.
    let station = reading.station?.words ?? LocalizedText(name, en: name)
    let event = Event(
        rule: .station, subject: .station(place), severity: .critical, fact: sequence, at: reading.receivedAt,
        clock: reading.timeConfidence)
    let value = "\(pressure.systolic.value)/\(pressure.diastolic.value) mmHg"
    return event.changes(openFlags: openFlags, policy: policy, offset: offset) { when in
        LocalizedText(
            "\(station.chinese) 很高\(value) \(when.chinese) \(name)",
            en: "\(station.english): very high, \(value); \(when.english), \(name)")
    }
}

/// BP-03 without a resident: a guest's danger sign or silence, kept at the station.
package func ownerless(
    danger answer: SymptomAnswer, station: StationID, sequence: FactSequence, at time: HutTime,
    clock: TimeConfidence = .ok, openFlags: [Flag], policy: Policy, offset: UTCOffset
) -> [FlagChange] {
    guard answer.isDanger else { return [] }
    let event = Event(
        rule: .dangerSign, subject: .station(station), severity: .critical, fact: sequence, at: time, clock: clock)
    let signs = Words.signs([SymptomReport(sequence: sequence, visit: VisitID(rawValue: 0), answer: answer, at: time)])
    return event.changes(openFlags: openFlags, policy: policy, offset: offset) { when in
        LocalizedText(
            "\(station.words.chinese) 客人\(signs.chinese) \(when.chinese)",
            en: "\(station.words.english): a guest, \(signs.english); \(when.english)")
    }
}

/// Somebody asks for help at a station; no name.
package func help(
    at station: StationID, sequence: FactSequence, at time: HutTime, clock: TimeConfidence = .ok, openFlags: [Flag],
    policy: Policy, offset: UTCOffset
) -> [FlagChange] {
    let event = Event(
        rule: .help, subject: .station(station), severity: .urgent, fact: sequence, at: time, clock: clock)
    return event.changes(openFlags: openFlags, policy: policy, offset: offset) { when in
        LocalizedText(
            "\(station.words.chinese) 有人求助 \(when.chinese)",
            en: "\(station.words.english): somebody asks for help; \(when.english)")
    }
}

/// W-03 of a band that nobody is paired with; a paired one's stands in `review`. Nothing for a state of the band.
package func ownerless(
    signal: BandSignal, from band: BandID, sequence: FactSequence, at time: HutTime, clock: TimeConfidence = .ok,
    openFlags: [Flag], policy: Policy, offset: UTCOffset
) -> [FlagChange] {
    guard signal.isCall else { return [] }
    let event = Event(
        rule: .bandSignal, subject: .band(band), severity: .critical, fact: sequence, at: time, clock: clock)
    return event.changes(openFlags: openFlags, policy: policy, offset: offset) { _ in
        let call = Words.call(signal, of: band, at: time, offset: offset)
        return LocalizedText("\(call.chinese) 没配人", en: "\(call.english), worn by nobody known")
    }
}

/// DQ-01: a reading nobody owns, due the same day. A band's readings stand in one flag of the band; a reading of a
/// doubted band is shown to staff and in no rule. The station alert of a very high one is `stationAlert`.
package func unclaimedFlag(
    for recorded: RecordedReading, openFlags: [Flag], policy: Policy, offset: UTCOffset
) -> [FlagChange] {
    guard case .unclaimed(let reason, _) = recorded.owner, reason != .wearerNotConfirmed else { return [] }
    let reading = recorded.reading
    let subject = reading.band.map(FlagSubject.band) ?? .reading(recorded.sequence)
    guard !openFlags.contains(where: { $0.isOpen(.unclaimed, subject) }) else { return [] }
    let event = Event(
        rule: .unclaimed, subject: subject, severity: .soon, fact: recorded.sequence, at: reading.receivedAt,
        clock: reading.timeConfidence)
    return event.changes(openFlags: openFlags, policy: policy, offset: offset) { when in
        let (what, why) = (reading.vital.words, reason.words)
        return LocalizedText(
            "\(what.chinese) 没人认领(\(why.chinese)) \(when.chinese) \(reading.band?.rawValue ?? reading.instrument.rawValue)",
            en: "\(what.english), nobody's yet (\(why.english)); \(when.english), "
                + (reading.band?.rawValue ?? reading.instrument.rawValue))
    }
}

/// How an unclaimed reading stopped being one.
package enum UnclaimedEnd: Sendable {
    case claimed, discarded, bandPaired

    fileprivate var words: LocalizedText {
        switch self {
        case .claimed: LocalizedText("认领了", en: "claimed")
        case .discarded: LocalizedText("不要了，写明了原因", en: "discarded, with a reason")
        case .bandPaired: LocalizedText("手环配了人", en: "the band is paired")
        }
    }
}

/// Ends the DQ-01 flag of a reading or of a band.
package func clearUnclaimed(_ subject: FlagSubject, openFlags: [Flag], because end: UnclaimedEnd) -> [FlagChange] {
    openFlags.contains { $0.isOpen(.unclaimed, subject) } ? [.clear(.unclaimed, subject, because: end.words)] : []
}

/// One event that raises a flag without a resident.
private struct Event {
    var rule: RuleID
    var subject: FlagSubject
    var severity: Severity
    var fact: FactSequence
    var at: HutTime
    var clock: TimeConfidence

    func changes(
        openFlags: [Flag], policy: Policy, offset: UTCOffset, sentence: (LocalizedText) -> LocalizedText
    ) -> [FlagChange] {
        let day = offset.day(of: at)
        let when = Words.moment(at, offset: offset, from: day)
        let open = openFlags.first { $0.isOpen(rule, subject) }
        if let open, open.facts.contains(fact) { return [] }
        let evidence = Evidence(readings: [fact], sentence: sentence(when))
        if open != nil { return [.append(rule, subject, evidence, severity: severity, ringsAgain: true)] }
        return [
            .raise(
                FlagDraft(
                    rule: rule, subject: subject, severity: severity, due: clock == .clockUntrusted ? nil : day,
                    evidence: evidence, policy: policy.mark))
        ]
    }
}

extension Flag {
    fileprivate func isOpen(_ rule: RuleID, _ subject: FlagSubject) -> Bool {
        ended == nil && draft.rule == rule && draft.subject == subject
    }
}
