// `review` compares what should stand, by the facts as they are now known, with what stands in the ledger.
//
// What should stand is a fold over the whole history, never over earlier answers of `review`: so the order in which
// facts arrived does not matter, a moved reading recomputes both people, and a second review finds nothing to do.
// Only a named person's closing is remembered, and that is a fact too.
import Vitals

/// What has to change among one resident's flags; empty when everything stands as it should.
///
/// Pure. Raise, append and clear are to be settled in one transaction, in this order.
package func review(_ history: ResidentHistory, policy: Policy, now: HutTime, offset: UTCOffset) -> [FlagChange] {
    let subject = FlagSubject.resident(history.key)
    let flags = history.flags.filter { $0.draft.subject == subject }
    if let gone = history.status.reason {
        return flags.filter { $0.ended == nil }.map { .clear($0.draft.rule, subject, because: gone) }
    }
    let line = TimeLine(history, policy: policy, now: now, offset: offset)
    let open = flags.filter { $0.ended == nil }
    var standing: [RuleID] = []
    var changes: [FlagChange] = []
    for rule in Rule.all {
        let raised = rule.isOn(policy) ? rule.raising(line) : []
        // Most rules have nothing to say of most people, and nothing to take back.
        if raised.isEmpty, !open.contains(where: { $0.draft.rule == rule.id }) { continue }
        let settling = Settling(rule: rule, line: line, flags: flags)
        let outcome = settling.outcome(of: raised, beside: standing)
        if case .standing = outcome { standing.append(rule.id) }
        changes += settling.changes(outcome)
    }
    return changes
}

/// One rule, one resident: what should stand beside what stands.
private struct Settling {
    let rule: Rule
    let line: TimeLine
    let subject: FlagSubject
    let open: Flag?
    /// Flags of the rule's family that a person closed.
    let closed: [Flag]

    init(rule: Rule, line: TimeLine, flags: [Flag]) {
        (self.rule, self.line, subject) = (rule, line, .resident(line.history.key))
        open = flags.first { $0.draft.rule == rule.id && $0.ended == nil }
        closed = flags.filter { rule.family.contains($0.draft.rule) && $0.ended?.isByPerson == true }
    }

    /// What stands by the facts, where the policy has the rule on and no other says it already.
    func outcome(of raised: [Hit], beside standing: [RuleID]) -> Fold.Outcome {
        guard rule.isOn(line.policy) else { return .over(Words.switchedOff) }
        if let other = rule.yieldsTo, standing.contains(other) { return .over(Words.now(other)) }
        return Fold(rule: rule, raised: raised, line: line, open: open, closed: closed).outcome
    }

    func changes(_ outcome: Fold.Outcome) -> [FlagChange] {
        switch (outcome, open) {
        case (.standing(let episode), nil): [.raise(draft(of: episode))]
        case (.standing(let episode), let open?): changes(of: open, standing: episode)
        case (.over(let because), let open?): changes(of: open, over: because)
        case (.over, nil): []
        }
    }

    private func changes(of open: Flag, standing episode: Episode) -> [FlagChange] {
        let draft = draft(of: episode)
        if rule.episodes == .state {
            guard episode.worst.isOther(than: open, draft) else { return additions(to: open, of: episode) }
            return [.clear(rule.id, subject, because: ended), .raise(draft)]
        }
        if episode.worst.keepsDue, draft.due != open.draft.due {
            return [.clear(rule.id, subject, because: Words.newDate), .raise(draft)]
        }
        let isHeld = open.draft.severity >= rule.personFrom
        let isWorse = draft.severity > open.draft.severity || (!isHeld && draft.severity == open.draft.severity)
        if isWorse, let due = draft.due, isSooner(due, than: open, episode) {
            // A date cannot be moved: what must be seen sooner is a new flag.
            return [.clear(rule.id, subject, because: Words.worse), .raise(draft)]
        }
        // What rests on a reading that is another's by now, or on more than the facts still say, is raised anew.
        if !isHeld, draft.severity < open.draft.severity || !missing(from: open).isEmpty {
            return [.clear(rule.id, subject, because: Words.noLonger), .raise(draft)]
        }
        guard isHeld else { return additions(to: open, of: episode) }
        let withdrawn = withdrawal(from: open)
        if withdrawn.isEmpty { return additions(to: open, of: episode) }
        // What is left holds the flag by itself: that is the newest word, not that something went.
        let hit = episode.hits.last ?? episode.worst
        let holds = Evidence(readings: hit.facts, sentence: hit.sentence())
        let more = additions(to: open, of: episode)
        return withdrawn
            + (more.isEmpty
                ? [.append(rule.id, subject, holds, severity: open.draft.severity, ringsAgain: false)] : more)
    }

    /// Whether the date of an episode is sooner than that of its flag. By one day and with nothing new to say it is the same
    /// date: a change of the time zone moved the day of a reading.
    private func isSooner(_ due: LocalDay, than open: Flag, _ episode: Episode) -> Bool {
        guard let old = open.draft.due else { return true }
        return due < old && (old - due > 1 || !open.facts.isSuperset(of: episode.facts))
    }

    /// Hits that the flag does not know yet: every new emergency, and the newest of the rest.
    private func additions(to open: Flag, of episode: Episode) -> [FlagChange] {
        var known = open.facts
        var severity = open.draft.severity
        var changes: [FlagChange] = []
        for (index, hit) in episode.hits.enumerated() {
            let isUrgent = hit.cappedSeverity >= .urgent
            let isLast = index == episode.hits.count - 1
            guard isUrgent || isLast || hit.cappedSeverity > severity else { continue }
            let isOther = !hit.triggers.isEmpty && known.isDisjoint(with: hit.triggers)
            let isNews = isUrgent ? !known.isSuperset(of: hit.triggers) : isLast && (isOther || isTurn(hit, open))
            guard isNews || hit.cappedSeverity > severity else { continue }
            let ringsAgain = isUrgent && (isOther || hit.cappedSeverity > severity)
            severity = max(severity, hit.cappedSeverity)
            known.formUnion(hit.facts)
            let evidence = Evidence(readings: hit.facts, sentence: hit.sentence())
            changes.append(.append(rule.id, subject, evidence, severity: severity, ringsAgain: ringsAgain))
        }
        return changes
    }

    private func isTurn(_ hit: Hit, _ open: Flag) -> Bool {
        guard hit.isTurn else { return false }
        let sentence = hit.sentence()
        return !open.evidence.contains { $0.sentence == sentence }
    }

    private func changes(of open: Flag, over because: LocalizedText?) -> [FlagChange] {
        if let successor = rule.succession(open.facts, line) {
            return [.clear(rule.id, subject, because: successor)]
        }
        if open.draft.severity >= rule.personFrom { return withdrawal(from: open) }
        return [.clear(rule.id, subject, because: because ?? ended)]
    }

    /// Why a flag is over, where no clearing condition says it.
    private var ended: LocalizedText {
        if let because = rule.ending(line) { return because }
        guard rule.population(line, line.today) else { return Words.notForThem }
        guard let open, let followUp = rule.disease.flatMap({ line.followUps($0).last }),
            line.moment(of: followUp) >= open.raisedAt || followUp.recordedAt >= open.raisedAt
        else { return Words.noLonger }
        return Words.followedUp(followUp.record, from: line.today)
    }

    /// A flag that only a person ends stays when its reading is taken away; the reason is put beside it, once.
    private func withdrawal(from open: Flag) -> [FlagChange] {
        let gone = missing(from: open)
        let noted = Set(open.evidence.filter { $0.sentence == Words.withdrawn }.flatMap(\.readings))
        guard !gone.isSubset(of: noted) else { return [] }
        let evidence = Evidence(readings: gone.sorted(), sentence: Words.withdrawn)
        return [.append(rule.id, subject, evidence, severity: open.draft.severity, ringsAgain: false)]
    }

    /// Facts of a flag that are no longer this resident's.
    private func missing(from open: Flag) -> Set<FactSequence> {
        line.isOld(open) ? [] : open.facts.intersection(line.gone)
    }

    private func draft(of episode: Episode) -> FlagDraft {
        let hit = episode.worst
        let due = episode.due.map { hit.keepsDue ? $0 : max($0, line.today) }
        return FlagDraft(
            rule: rule.id, subject: subject, severity: hit.cappedSeverity, due: due,
            listedFrom: episode.listedFrom,
            evidence: Evidence(readings: episode.facts, sentence: hit.sentence()), policy: line.policy.mark,
            isLate: hit.lateness != .live)
    }
}

extension Hit {
    /// Another state than the open flag's: another base, or another date where the date is kept.
    fileprivate func isOther(than open: Flag, _ draft: FlagDraft) -> Bool {
        if open.facts != Set(facts) { return true }
        guard keepsDue, let due = draft.due, let old = open.draft.due else { return false }
        // A change of the time zone moves the day of an import by one, and nothing else.
        return abs(due - old) > 1
    }
}

extension ResidentStatus {
    /// Why every flag of the resident ends; nil for a resident who is here.
    fileprivate var reason: LocalizedText? {
        switch self {
        case .here: nil
        case .moved: Words.moved
        case .dead: Words.dead
        case .ended: Words.ended
        case .lost: nil
        }
    }
}

extension FlagEnd {
    var isByPerson: Bool {
        if case .byPerson = self { true } else { false }
    }
}

extension Flag {
    /// Every fact its evidence rests on.
    package var facts: Set<FactSequence> { Set(evidence.flatMap(\.readings)) }
}
