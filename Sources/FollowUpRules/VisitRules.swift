// BP-14, W-03 and what follows a critical flag: rules that need no blood pressure at all.
import Vitals

extension Rule {
    static let failedAttempts = Rule(
        id: "BP-14", title: LocalizedText("量不成", en: "Could not be measured"), source: "clinical-rules 5.3 (D)",
        severities: .soon ... .urgent, lookBack: 400, family: ["BP-14"], population: everybody,
        raising: { line in
            let needed = line.policy.failedAttempts.value
            let visits = Dictionary(grouping: line.history.failedAttempts, by: \.visit).values
            return visits.filter { $0.count >= needed }.map { attempts in
                let attempts = attempts.sorted { $0.sequence < $1.sequence }
                let answers = line.answers[attempts[0].visit] ?? []
                let isMild = answers.contains { $0.answer == .mild }
                let (sequences, last) = (attempts.map(\.sequence), attempts[attempts.count - 1])
                return Hit(
                    at: last.at, day: line.offset.day(of: last.at), severity: isMild ? .urgent : .soon, due: 0,
                    triggers: sequences, facts: sequences,
                    sentence: {
                        let signs = Words.signs(answers)
                        return line.sentence(
                            LocalizedText(
                                "\(attempts.count)次没量成，\(signs.chinese)，请用手量",
                                en: "\(attempts.count) attempts failed, \(signs.english), measure by hand"),
                            at: last.at, readings: [])
                    })
            }.sorted { ($0.at, $0.triggers[0]) < ($1.at, $1.triggers[0]) }
        },
        // A measurement by staff is a named person's act, so it ends the urgent one too.
        clearing: { hit, line, before in
            let byStaff = line.sessions.lazy.flatMap(\.readings).first { $0.isByStaff && $0.at > hit.at }
            guard let byStaff, before.map({ byStaff.at < $0 }) ?? true else { return nil }
            let when = Words.moment(byStaff.at, offset: line.offset, from: line.today)
            return Clearing(
                at: byStaff.at,
                because: LocalizedText(
                    "\(when.chinese) 护士量了\(byStaff.text) mmHg",
                    en: "\(when.english) measured by staff, \(byStaff.text) mmHg"))
        })

    static let bandSignal = Rule(
        id: "W-03", title: LocalizedText("手环呼救或摔倒", en: "Wristband: SOS or fall"), source: "clinical-rules 5.3",
        severities: .critical ... .critical, lookBack: 400, episodes: .each, personFrom: .info, family: ["W-03"],
        population: everybody,
        raising: { line in
            line.history.signals.filter { $0.signal.isCall }.sorted { ($0.at, $0.sequence) < ($1.at, $1.sequence) }
                .map { report in
                    Hit(
                        at: report.at, day: line.offset.day(of: report.at), severity: .critical, due: 0,
                        triggers: [report.sequence], facts: [report.sequence],
                        sentence: { Words.call(report.signal, of: report.band, at: report.at, offset: line.offset) })
                }
        },
        clearing: never)

    static let referralFollowUp = Rule(
        id: "FU-03", title: LocalizedText("转诊后的随访", en: "Follow-up of a referral"),
        source: "clinical-rules 1.5, 5.3, 5.4; nurse-screens; NORM3 (B)", severities: .soon ... .urgent, lookBack: 400,
        episodes: .each, personFrom: .info, family: ["FU-03"], population: everybody,
        raising: { line in
            line.closedEmergencies([.ambulance, .referred]).map { flag, at in
                let days = line.policy.afterCritical.referral.value
                let day = line.offset.day(of: at)
                return line.task(
                    after: flag, at: at, due: days, severity: line.today > day + days ? .urgent : .soon,
                    LocalizedText("已转诊，\(days)天内问结果", en: "referred, ask for the outcome within \(days) days"))
            }
        },
        clearing: never)

    static let promisedCall = Rule(
        id: "FU-06", title: LocalizedText("说好的电话", en: "A promised call"),
        source: "clinical-rules 5.3; nurse-screens (D)", severities: .soon ... .soon, lookBack: 400, episodes: .each,
        personFrom: .info, family: ["FU-06"], population: everybody,
        raising: { line in
            line.closedEmergencies([.handledHere, .fetchedByFamily, .refused]).map { flag, at in
                line.task(
                    after: flag, at: at, due: line.policy.afterCritical.call.value, severity: .soon,
                    LocalizedText("打电话问情况", en: "call and ask how it is"))
            }
        },
        clearing: never)
}

extension BandSignal {
    /// A call for a person, not a state of the band.
    var isCall: Bool { self == .sos || self == .fall }
}

extension CuffReading {
    /// Taken by a member of staff, with the hut's cuff or by hand.
    fileprivate var isByStaff: Bool { source == .cuffStaff || source == .manual }
}

extension Words {
    /// `手环!433d1f2a 呼救 11-21 09:14`.
    static func call(_ signal: BandSignal, of band: BandID, at time: HutTime, offset: UTCOffset) -> LocalizedText {
        let when = moment(time, offset: offset, from: offset.day(of: time))
        let what = signal == .fall ? LocalizedText("摔倒", en: "fall") : LocalizedText("呼救", en: "SOS")
        return LocalizedText(
            "手环\(what.chinese) \(when.chinese) \(band.rawValue)",
            en: "wristband \(what.english); \(when.english), \(band.rawValue)")
    }
}

extension TimeLine {
    /// Critical flags that a person closed in one of these ways, oldest first.
    fileprivate func closedEmergencies(_ actions: Set<ClosingAction>) -> [(Flag, HutTime)] {
        history.flags.compactMap { flag in
            guard flag.draft.severity == .critical, case .byPerson(_, let action, _, let at, _) = flag.ended,
                actions.contains(action)
            else { return nil }
            return (flag, at)
        }.sorted { ($0.1, $0.0.id) < ($1.1, $1.0.id) }
    }

    fileprivate func task(
        after flag: Flag, at: HutTime, due: Int, severity: Severity, _ what: LocalizedText
    ) -> Hit {
        Hit(
            at: at, day: offset.day(of: at), severity: severity, due: due, triggers: [flag.id], facts: [flag.id],
            sentence: {
                let day = Words.day(offset.day(of: at), from: today)
                return LocalizedText(
                    "\(day.chinese) \(flag.draft.rule.rawValue) 处理过，\(what.chinese)",
                    en: "\(day.english) \(flag.draft.rule.rawValue) dealt with; \(what.english)")
            })
    }
}
