// BP-08, GL-05, BP-08s and FU-05: what follows from the verdicts of recorded follow-ups. Two in a row not controlled, two
// in a row with a reaction, or one complication: advise referral. One not controlled: again within two weeks. A follow-up
// that was withdrawn is not in the history.
import Vitals

extension Rule {
    static let referralAdvised = advice(
        "BP-08", .hypertension, LocalizedText("随访两次不满意，建议转诊", en: "Two follow-ups not controlled, referral advised"),
        source: "clinical-rules 1.6, 5.3; NORM3, FORMS (B), date D")

    static let sugarReferralAdvised = advice(
        "GL-05", .diabetes,
        LocalizedText("糖尿病随访两次不满意，建议转诊", en: "Two diabetes follow-ups not controlled, referral advised"),
        source: "clinical-rules 1.7, 5.4; NORM3-DM, FORMS (B), date D")

    private static func advice(
        _ id: RuleID, _ disease: ManagedDisease, _ title: LocalizedText, source: String
    ) -> Rule {
        Rule(
            id: id, title: title, source: source, severities: .urgent ... .urgent, lookBack: 400, episodes: .each,
            family: [id], population: everybody,
            raising: { line in line.adviceHits(disease, id) },
            clearing: { hit, line, before in line.referral(disease, after: hit, before: before) })
    }

    static let selfMeasured = Rule(
        id: "BP-08s",
        title: LocalizedText("上次不满意，自己量的还高，建议随访", en: "Not controlled, own values still above, follow up"),
        source: "clinical-rules 5.3 (D)", severities: .soon ... .soon, lookBack: 400, family: ["BP-08s"],
        population: TimeLine.isKnown,
        raising: { line in line.selfMeasuredHits },
        clearing: never, disease: .hypertension)

    static let followAgain = Rule(
        id: "FU-05", title: LocalizedText("上次不满意，两周内再随访", en: "Not controlled, again within two weeks"),
        source: "clinical-rules 1.6, 5.3; NORM3 (B)", severities: .soon ... .soon, lookBack: 400, episodes: .state,
        family: ["FU-05"], population: everybody,
        raising: { line in line.owedAgain.map { [$0] } ?? [] },
        clearing: never,
        ending: { line in
            // Still not controlled by the last word: then nobody followed up, the management has ended.
            if !line.askingAgain(ManagedDisease.allCases).isEmpty { return Words.notForThem }
            return line.history.followUps.last.map { Words.followedUp($0.record, from: line.today) }
        })
}

extension TimeLine {
    /// Two in a row are two that nobody has answered yet: with a referral, or with a named person's closing of a flag
    /// that rests on them, the count begins anew. So a follow-up every two weeks, as FU-05 asks for, advises a referral
    /// every second time and not at each of them. Our own reading of *two in a row; ends: referral or documented
    /// decision* (D): to be confirmed.
    fileprivate func adviceHits(_ disease: ManagedDisease, _ rule: RuleID) -> [Hit] {
        if history.followUps.isEmpty { return [] }
        let (needed, answered) = (policy.referralAdvice.inARow.value, answeredFollowUps(rule))
        var row: [RecordedFollowUp] = []
        var hits: [Hit] = []
        for followUp in followUps(disease) {
            let verdict = followUp.record.visitClass(disease)
            if row.last.map({ $0.record.visitClass(disease) != verdict }) ?? false { row.removeAll() }
            switch verdict {
            case .complication: hits.append(adviceHit([followUp], disease))
            case .notControlled, .reaction:
                row.append(followUp)
                if row.count >= needed { hits.append(adviceHit(Array(row.suffix(needed)), disease)) }
            case .controlled, nil: break
            }
            if followUp.record.referral != nil || answered.contains(followUp.sequence) { row.removeAll() }
        }
        return hits
    }

    /// Every follow-up that a flag of the rule rested on when a person closed it.
    private func answeredFollowUps(_ rule: RuleID) -> Set<FactSequence> {
        let closed = history.flags.filter { $0.draft.rule == rule && $0.ended?.isByPerson == true }
        return closed.reduce(into: []) { $0.formUnion($1.facts) }
    }

    private func adviceHit(_ row: [RecordedFollowUp], _ disease: ManagedDisease) -> Hit {
        let last = row[row.count - 1]
        return Hit(
            at: moment(of: last), day: last.record.day, severity: .urgent, due: policy.referralAdvice.due.value,
            triggers: [last.sequence], facts: row.map(\.sequence),
            sentence: { [self] in
                let parts = row.map { $0.words(disease, from: today) }
                return LocalizedText(
                    "\(disease.words.chinese)随访 \(parts.map(\.chinese).joined(separator: "、"))，建议转诊",
                    en:
                        "\(disease.words.english) followed up \(parts.map(\.english).joined(separator: ", ")): advise referral"
                )
            })
    }

    /// The first follow-up with a referral, from the one that raised it on.
    fileprivate func referral(_ disease: ManagedDisease, after hit: Hit, before: HutTime?) -> Clearing? {
        for followUp in followUps(disease) where moment(of: followUp) >= hit.at {
            let at = moment(of: followUp)
            if let before, at >= before { return nil }
            guard let referral = followUp.record.referral else { continue }
            let day = Words.day(followUp.record.day, from: today)
            return Clearing(
                at: at,
                because: LocalizedText(
                    "\(day.chinese) 已转诊 \(referral.place)", en: "referred \(day.english), \(referral.place)"))
        }
        return nil
    }

    /// BP-08s: a run of days at or above L, long enough, and class 2 the last word of the team.
    fileprivate var selfMeasuredHits: [Hit] {
        let verdicts = history.followUps.isEmpty ? [] : followUps(.hypertension)
        guard verdicts.contains(where: { $0.record.visitClass(.hypertension) == .notControlled }) else { return [] }
        var run: [DayValue] = []
        var hits: [Hit] = []
        for (day, isAbove) in zip(days, areAbove) {
            guard isAbove else {
                run.removeAll(keepingCapacity: true)
                continue
            }
            run.append(day)
            guard run.count >= policy.selfMeasured.days.value, day.day - run[0].day >= policy.selfMeasured.span.value,
                let verdict = verdicts.last(where: { $0.record.day <= day.day }),
                verdict.record.visitClass(.hypertension) == .notControlled
            else { continue }
            hits.append(selfMeasuredHit(run, after: verdict))
        }
        return hits
    }

    private func selfMeasuredHit(_ run: [DayValue], after verdict: RecordedFollowUp) -> Hit {
        let last = run[run.count - 1]
        // The first and the newest say from when to when; the days between them say no more.
        let shown = [run[0]] + run.suffix(policy.selfMeasured.days.value - 1)
        let lateness = last.lateness
        return Hit(
            at: last.end, day: last.day, severity: .soon, due: policy.selfMeasured.due.value, triggers: last.readings,
            facts: shown.flatMap(\.readings) + [verdict.sequence], lateness: lateness,
            sentence: { [self] in
                let (dates, record) = (dated(shown), verdict.words(.hypertension, from: today))
                let limit = limit(on: last.day).text
                return sentence(
                    LocalizedText(
                        "自己量\(run.count)天都到\(limit)以上：\(dates.chinese)，上次随访 \(record.chinese)，建议随访",
                        en:
                            "self-measured at or above \(limit) on all of \(run.count) days: \(dates.english); last follow-up \(record.english); propose a follow-up"
                    ),
                    at: last.end, readings: last.sessions.flatMap(\.readings), lateness: lateness)
            })
    }

    /// The newest follow-up of each of these diseases that was not controlled, or found a reaction.
    func askingAgain(_ diseases: [ManagedDisease]) -> [(followUp: RecordedFollowUp, disease: ManagedDisease)] {
        if history.followUps.isEmpty { return [] }
        return diseases.compactMap { disease in
            guard let last = followUps(disease).last, let verdict = last.record.visitClass(disease),
                verdict == .notControlled || verdict == .reaction
            else { return nil }
            return (last, disease)
        }
    }

    /// FU-05 as it stands, of the diseases that the form asks about: of another one nobody could record a follow-up.
    fileprivate var owedAgain: Hit? {
        let owed = askingAgain(followedDiseases)
        guard let first = owed.min(by: { $0.0.record.day < $1.0.record.day }) else { return nil }
        let due = first.0.record.day + policy.followUps.again.value
        return Hit(state: self, severity: .soon, due: due, facts: owed.map(\.0.sequence)) { [self] in
            let parts = owed.map { $0.0.words($0.1, from: today) }
            let isChanged = owed.contains { hasChangedDrugs($0.0) }
            let channel =
                isChanged
                ? LocalizedText("药换过，请面对面", en: "drugs changed: face to face") : LocalizedText("可以打电话", en: "by phone")
            let day = Words.day(due, from: today)
            return LocalizedText(
                "上次随访 \(parts.map(\.chinese).joined(separator: "、"))，\(day.chinese)以前再随访，\(channel.chinese)",
                en:
                    "last follow-up \(parts.map(\.english).joined(separator: ", ")); again by \(day.english), \(channel.english)"
            )
        }
    }

    /// The drugs written down at a follow-up are others than at the one before it.
    private func hasChangedDrugs(_ followUp: RecordedFollowUp) -> Bool {
        guard let drugs = followUp.record.drugs, drugs.source != .unchanged else { return false }
        let before = history.followUps.last {
            ($0.record.day, $0.sequence) < (followUp.record.day, followUp.sequence) && $0.record.drugs != nil
        }
        return before.map { $0.record.drugs?.value != drugs.value } ?? false
    }
}
