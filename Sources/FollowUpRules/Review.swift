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
    return Rule.all.flatMap { Settling(rule: $0, line: line, flags: flags).changes }
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

    var changes: [FlagChange] {
        switch (Fold(rule: rule, line: line, open: open, closed: closed).outcome, open) {
        case (.standing(let episode), nil): [.raise(draft(of: episode))]
        case (.standing(let episode), let open?): changes(of: open, standing: episode)
        case (.over(let because), let open?): changes(of: open, over: because)
        case (.over, nil): []
        }
    }

    private func changes(of open: Flag, standing episode: Episode) -> [FlagChange] {
        let draft = draft(of: episode)
        let isHeld = open.draft.severity >= rule.personFrom
        let isWorse = draft.severity > open.draft.severity || (!isHeld && draft.severity == open.draft.severity)
        if isWorse, let due = draft.due, let old = open.draft.due, due < old {
            // A date cannot be moved: what must be seen sooner is a new flag.
            return [.clear(rule.id, subject, because: Words.worse), .raise(draft)]
        }
        // What rests on a reading that is another's by now, or on more than the facts still say, is raised anew.
        if !isHeld, draft.severity < open.draft.severity || !missing(from: open).isEmpty {
            return [.clear(rule.id, subject, because: Words.noLonger), .raise(draft)]
        }
        return additions(to: open, of: episode) + (isHeld ? withdrawal(from: open) : [])
    }

    /// Hits that the flag does not know yet: every new emergency, and the newest of the rest.
    private func additions(to open: Flag, of episode: Episode) -> [FlagChange] {
        var known = open.facts
        var severity = open.draft.severity
        var changes: [FlagChange] = []
        for (index, hit) in episode.hits.enumerated() {
            let isUrgent = hit.cappedSeverity >= .urgent
            let isLast = index == episode.hits.count - 1
            let isNews = isUrgent ? !known.isSuperset(of: hit.triggers) : isLast && known.isDisjoint(with: hit.triggers)
            guard isNews || hit.cappedSeverity > severity else { continue }
            let ringsAgain = isUrgent && (known.isDisjoint(with: hit.triggers) || hit.cappedSeverity > severity)
            severity = max(severity, hit.cappedSeverity)
            known.formUnion(hit.facts)
            let evidence = Evidence(readings: hit.facts, sentence: hit.sentence())
            changes.append(.append(rule.id, subject, evidence, severity: severity, ringsAgain: ringsAgain))
        }
        return changes
    }

    private func changes(of open: Flag, over because: LocalizedText?) -> [FlagChange] {
        if let successor = rule.succession(open.facts, line) {
            return [.clear(rule.id, subject, because: successor)]
        }
        if open.draft.severity >= rule.personFrom { return withdrawal(from: open) }
        let isForThem = rule.population(line, line.today)
        return [.clear(rule.id, subject, because: because ?? (isForThem ? Words.noLonger : Words.notForThem))]
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
        line.isOld(open) ? [] : open.facts.subtracting(line.facts)
    }

    private func draft(of episode: Episode) -> FlagDraft {
        let hit = episode.worst
        let due = hit.isDated ? hit.due.map { max(hit.day + $0, line.today) } : nil
        return FlagDraft(
            rule: rule.id, subject: subject, severity: hit.cappedSeverity, due: due,
            listedFrom: hit.isDated ? hit.listed.map { hit.day + $0 } : nil,
            evidence: Evidence(readings: episode.facts, sentence: hit.sentence()), policy: line.policy.mark,
            isLate: hit.lateness != .live)
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
    var facts: Set<FactSequence> { Set(evidence.flatMap(\.readings)) }
}
