// Flags about instruments, for whoever looks after them: a clock that is wrong (DQ-02); a calibration that has ended, a
// model on no list, two cuffs that disagree (DQ-03); a machine or an upload that has gone silent (DQ-04). A nurse would notice none of them before the
// numbers of a month were wrong. An instrument is its own place: `StationID` of its name, which the settings keep unique.
import Vitals

extension RuleID {
    /// `time.fault`.
    package static let clock: RuleID = "DQ-02"
    /// `device.calibration`.
    package static let instrument: RuleID = "DQ-03"
    /// `station.silent`.
    package static let silence: RuleID = "DQ-04"
}

extension InstrumentRecord {
    /// Where its flags stand.
    package var place: FlagSubject { .station(StationID(rawValue: instrument.rawValue)) }
}

/// DQ-02: a record of a memory whose time cannot be; over when a later record of the same memory has a time that can.
///
/// - Parameter latest: the flag of this rule about the instrument that is open, or ended last; nil when there was none.
package func clockFault(
    in recorded: RecordedReading, latest: Flag?, policy: Policy, now: HutTime, offset: UTCOffset
) -> [FlagChange] {
    let reading = recorded.reading
    guard reading.memorySlot != nil else { return [] }
    var reasons: [LocalizedText] = []
    if reading.timeConfidence == .timeFault {
        let (name, shown) = (reading.instrument.rawValue, reading.deviceTime?.iso ?? "?")
        let when = Words.moment(reading.receivedAt, offset: offset, from: offset.day(of: reading.receivedAt))
        reasons = [
            LocalizedText(
                "\(name) 机器里的时间不对(\(shown))，\(when.chinese)收到，请调时钟",
                en: "\(name): the time of a stored record cannot be (\(shown)), received \(when.english); set its clock"
            )
        ]
    }
    let place = FlagSubject.station(StationID(rawValue: reading.instrument.rawValue))
    let due = offset.day(of: now) + policy.instruments.clockDue.value
    return Standing(
        rule: .clock, subject: place, severity: .routine, latest: latest, due: due, facts: [recorded.sequence]
    )
    .changes(because: reasons, policy: policy, now: now)
}

/// DQ-03: what its papers and its pairs with other cuffs say against an instrument.
///
/// - Parameter latest: the flag of this rule that is open, or ended last; nil when there was none.
package func distrust(
    of record: InstrumentRecord, latest: Flag?, policy: Policy, now: HutTime, offset: UTCOffset
) -> [FlagChange] {
    let today = offset.day(of: now)
    return Standing(rule: .instrument, subject: record.place, severity: .soon, latest: latest)
        .changes(because: record.doubts(on: today, policy: policy), policy: policy, now: now)
}

/// DQ-04: an instrument that reported on the same weekday for weeks, and not today.
package func silence(
    of record: InstrumentRecord, latest: Flag?, policy: Policy, now: HutTime, offset: UTCOffset
) -> [FlagChange] {
    var reasons: [LocalizedText] = []
    if let last = record.lastHeard, record.isSilent(now: now, policy: policy) {
        let when = Words.moment(last, offset: offset, from: offset.day(of: now))
        reasons = [
            LocalizedText(
                "\(record.instrument.rawValue) 一天没有数据，最后一次 \(when.chinese)",
                en: "\(record.instrument.rawValue): nothing for a day; last \(when.english)")
        ]
    }
    return Standing(rule: .silence, subject: record.place, severity: .urgent, latest: latest)
        .changes(because: reasons, policy: policy, now: now)
}

/// DQ-04 of the hut: what the district should have heard and has not.
///
/// - Parameter oldest: when the oldest unsent fact came; nil when nothing waits, or nothing is ever sent.
package func uploadSilence(
    of hut: StationID, oldest: HutTime?, latest: Flag?, policy: Policy, now: HutTime, offset: UTCOffset
) -> [FlagChange] {
    var reasons: [LocalizedText] = []
    if let oldest, now - oldest > .seconds(policy.instruments.unsent.value * 3_600) {
        let when = Words.moment(oldest, offset: offset, from: offset.day(of: now))
        reasons = [
            LocalizedText(
                "没有送到区里，从 \(when.chinese) 起", en: "nothing reaches the district; the oldest waits since \(when.english)"
            )
        ]
    }
    return Standing(rule: .silence, subject: .station(hut), severity: .urgent, latest: latest)
        .changes(because: reasons, policy: policy, now: now)
}

extension InstrumentRecord {
    fileprivate func doubts(on today: LocalDay, policy: Policy) -> [LocalizedText] {
        let name = instrument.rawValue
        var doubts: [LocalizedText] = []
        if let until = papers.calibratedUntil, until < today {
            let day = Words.day(until, from: today)
            doubts.append(
                LocalizedText("\(name) 校准已到期 \(day.chinese)", en: "\(name): calibration ended \(day.english)"))
        }
        if papers.validatedOn == "none" {
            doubts.append(
                LocalizedText("\(name) 型号不在验证名单上", en: "\(name): the model is on no validated list"))
        }
        for drift in drifts where drift.pairs >= policy.instruments.driftPairs.value {
            let limit = policy.instruments.drift.value
            if abs(drift.systolic) > limit { doubts.append(drift.words(name, drift.systolic, "收缩压", "systolic")) }
            if abs(drift.diastolic) > limit { doubts.append(drift.words(name, drift.diastolic, "舒张压", "diastolic")) }
        }
        return doubts
    }

    /// Whether it usually reports at this time of the week, and has not for the time the policy says.
    fileprivate func isSilent(now: HutTime, policy: Policy) -> Bool {
        let span = Duration.seconds(policy.instruments.silent.value * 3_600)
        guard let lastHeard, now - lastHeard >= span else { return false }
        // The day in the middle of the silent span: at the hut's midnight that is the day just over, wherever it lies.
        let middle = HutTime(milliseconds: now.milliseconds - span.milliseconds / 2)
        let day = UTCOffset(seconds: 0).day(of: middle).daysSince1970
        let heard = Set(days.filter { $0.readings > 0 }.map(\.day))
        return (1...policy.instruments.usualWeeks.value).allSatisfy { heard.contains(day - 7 * $0) }
    }
}

extension CuffDrift {
    fileprivate func words(_ name: String, _ difference: Int, _ chinese: String, _ english: String) -> LocalizedText {
        let (more, above) = difference > 0 ? ("高", "above") : ("低", "below")
        return LocalizedText(
            "\(name) \(chinese)平均比 \(other.rawValue) \(more)\(abs(difference)) mmHg(\(pairs)对)",
            en: "\(name): \(english) \(abs(difference)) mmHg \(above) \(other.rawValue), mean of \(pairs) pairs")
    }
}

/// What should stand about an instrument beside what stands.
private struct Standing {
    var rule: RuleID
    var subject: FlagSubject
    var severity: Severity
    var latest: Flag?
    var due: LocalDay?
    var facts: [FactSequence] = []

    func changes(because reasons: [LocalizedText], policy: Policy, now: HutTime) -> [FlagChange] {
        let open = latest.flatMap { $0.ended == nil ? $0 : nil }
        guard !reasons.isEmpty else {
            return open == nil ? [] : [.clear(rule, subject, because: LocalizedText("好了", en: "put right"))]
        }
        let sentence = LocalizedText(
            reasons.map(\.chinese).joined(separator: "；"), en: reasons.map(\.english).joined(separator: "; "))
        let evidence = Evidence(readings: facts, sentence: sentence)
        guard let open else {
            guard !isQuiet(policy, now) else { return [] }
            return [
                .raise(
                    FlagDraft(
                        rule: rule, subject: subject, severity: severity, due: due, evidence: evidence,
                        policy: policy.mark))
            ]
        }
        // Numbers move from day to day; only another reason is news.
        let known = open.evidence.last?.sentence.english ?? ""
        guard known.withoutNumbers != sentence.english.withoutNumbers else { return [] }
        return [.append(rule, subject, evidence, severity: severity, ringsAgain: false)]
    }

    /// Somebody has closed it and is at work; it is raised anew only when that has been given time.
    private func isQuiet(_ policy: Policy, _ now: HutTime) -> Bool {
        guard case .byPerson(_, _, _, let at, _) = latest?.ended else { return false }
        return now - at < .seconds(policy.episodes.quiet.value * 86_400)
    }
}

extension String {
    fileprivate var withoutNumbers: String { filter { !$0.isNumber } }
}
