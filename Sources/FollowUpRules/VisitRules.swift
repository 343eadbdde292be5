// BP-14, FU-03 and FU-06: what could not be measured, and what was agreed: to ask how a referral went, to call, to come
// back. Who is closed with a word must be called by somebody.
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
                                "\(attempts.count)次没量成，\(signs.chinese)，请改手工测量",
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

    static let referralFollowUp = Rule(
        id: "FU-03", title: LocalizedText("转诊后的随访", en: "Follow-up of a referral"),
        source: "clinical-rules 1.5, 5.3, 5.4; nurse-screens; NORM3 (B)", severities: .soon ... .urgent, lookBack: 400,
        episodes: .each, personFrom: .info, family: ["FU-03"], population: everybody,
        raising: { line in
            (line.referredFlags + line.referredRecords).sorted { ($0.at, $0.triggers[0]) < ($1.at, $1.triggers[0]) }
        },
        clearing: never)

    static let promised = Rule(
        id: "FU-06", title: LocalizedText("说好的日子", en: "A promised day"),
        source: "clinical-rules 5.3; nurse-screens (D)", severities: .soon ... .soon, lookBack: 400, episodes: .each,
        family: ["FU-06"], population: everybody,
        // The earliest day last: of equals the last one gives the flag its date.
        raising: { line in (line.callsAfterEmergencies + line.promises).sorted { ($0.day, $0.at) > ($1.day, $1.at) } },
        clearing: never,
        ending: { _ in LocalizedText("办好了", en: "done") })
}

extension CuffReading {
    /// Taken by a member of staff, with the hut's cuff or by hand.
    fileprivate var isByStaff: Bool { source == .cuffStaff || source == .manual }
}

extension Flag {
    /// Its rule in words; the rule's id where this generation of rules has it no more.
    fileprivate var title: LocalizedText {
        Rule.named(draft.rule)?.title ?? LocalizedText(draft.rule.rawValue, en: draft.rule.rawValue)
    }
}

extension TimeLine {
    /// Flags that a person closed in one of these ways, oldest first.
    private func closed(_ actions: Set<ClosingAction>, from severity: Severity = .info) -> [(Flag, HutTime)] {
        history.flags.compactMap { flag in
            guard flag.draft.severity >= severity, case .byPerson(_, let action, _, let at, _) = flag.ended,
                actions.contains(action)
            else { return nil }
            return (flag, at)
        }.sorted { ($0.1, $0.0.id) < ($1.1, $1.0.id) }
    }

    /// FU-03: an emergency that the ambulance took over, and every flag that ended with a referral.
    fileprivate var referredFlags: [Hit] {
        let flags = closed([.ambulance], from: .urgent) + closed([.referred])
        return flags.map { flag, at in
            let day = Words.day(offset.day(of: at), from: today)
            return referral(at: at, day: offset.day(of: at), fact: flag.id) {
                let title = flag.title
                return LocalizedText(
                    "\(day.chinese) \(title.chinese)：处理过，已转诊",
                    en: "\(day.english) dealt with (\(title.english)), referred")
            }
        }
    }

    /// FU-03: a referral written into a follow-up.
    fileprivate var referredRecords: [Hit] {
        history.followUps.compactMap { followUp in
            guard let written = followUp.record.referral else { return nil }
            let day = Words.day(followUp.record.day, from: today)
            return referral(at: moment(of: followUp), day: followUp.record.day, fact: followUp.sequence) {
                LocalizedText(
                    "\(day.chinese) 随访时转诊到\(written.place)",
                    en: "\(day.english) referred at a follow-up, \(written.place)")
            }
        }
    }

    private func referral(
        at: HutTime, day: LocalDay, fact: FactSequence, _ what: @escaping @Sendable () -> LocalizedText
    ) -> Hit {
        let days = policy.afterCritical.referral.value
        return Hit(
            at: at, day: day, severity: today > day + days ? .urgent : .soon, due: days, triggers: [fact],
            facts: [fact],
            sentence: {
                let what = what()
                return LocalizedText(
                    "\(what.chinese)，\(days)天内问结果", en: "\(what.english); ask for the outcome within \(days) days")
            })
    }

    /// FU-06 after an emergency that nobody was referred for, until somebody asked how it is.
    fileprivate var callsAfterEmergencies: [Hit] {
        closed([.handledHere, .fetchedByFamily, .refused], from: .urgent).compactMap { flag, at in
            let day = offset.day(of: at)
            let due = day + policy.afterCritical.call.value
            guard !isAsked(after: at, from: due) else { return nil }
            var hit = Hit(
                at: at, day: due, severity: .soon, due: 0, triggers: [flag.id],
                facts: [flag.id],
                sentence: { [self] in
                    let (words, title) = (Words.day(day, from: today), flag.title)
                    return LocalizedText(
                        "\(words.chinese) \(title.chinese)：处理过，打电话问情况",
                        en: "\(words.english) dealt with (\(title.english)); call and ask how it is")
                })
            hit.keepsDue = true
            return hit
        }
    }

    /// A call that was answered, or a follow-up, on the day on which it was due or later: what was asked on the day of the
    /// emergency itself does not say how the night was.
    private func isAsked(after closing: HutTime, from due: LocalDay) -> Bool {
        let asked = [history.lastSpoken].compactMap(\.self) + history.followUps.map(moment)
        return asked.contains { $0 > closing && offset.day(of: $0) >= due }
    }

    /// FU-06 for what a person promised; on the list from the day itself.
    fileprivate var promises: [Hit] {
        history.promises.map { promise in
            var hit = Hit(
                at: promise.madeAt, day: promise.day, severity: .soon, due: 0, listed: 0, triggers: [promise.sequence],
                facts: [promise.sequence],
                sentence: { [self] in
                    let (day, what) = (Words.day(promise.day, from: today), promise.kind.words)
                    let made = Words.day(offset.day(of: promise.madeAt), from: today)
                    return LocalizedText(
                        "说好\(day.chinese)\(what.chinese)(\(made.chinese)约的)",
                        en: "\(what.english) promised for \(day.english) (on \(made.english))")
                })
            hit.keepsDue = true
            return hit
        }
    }
}

extension PromiseKind {
    /// What was promised, in a few words.
    package var words: LocalizedText {
        switch self {
        case .call: LocalizedText("打电话", en: "call")
        case .homeVisit: LocalizedText("上门", en: "home visit")
        case .comeBack: LocalizedText("再来", en: "coming back")
        }
    }
}
