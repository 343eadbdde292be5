// An episode: one flag's life, from the first occasion to its end by clearing or by a person (clinical-rules 5.5,
// point 6). The fold below walks a rule's hits in time and says whether an episode stands at the end.
import Vitals

/// The hits of one episode, oldest first.
struct Episode: Sendable {
    let hits: [Hit]
    /// The most severe hit, of equals the one that leaves less time, then the newest: it gives severity and sentence.
    let worst: Hit

    /// The earliest date of its hits: the one that a flag has had since the first of them, in whatever order they came.
    var due: LocalDay? {
        hits.lazy.compactMap { hit in hit.isDated ? hit.due.map { hit.day + $0 } : nil }.min()
    }

    /// From when the nurse sees it: at once, unless every hit that comes on a list at all can wait.
    var listedFrom: LocalDay? {
        let listed = hits.filter { $0.cappedSeverity > .info }
        let days = listed.compactMap { hit in hit.isDated ? hit.listed.map { hit.day + $0 } : nil }
        return days.count == listed.count ? days.min() : nil
    }

    /// The facts a new flag rests on: the worst hit, the latest, and every emergency.
    var facts: [FactSequence] {
        let urgent = hits.lazy.filter { $0.cappedSeverity >= .urgent }.flatMap(\.facts)
        return Set(worst.facts + (hits.last?.facts ?? []) + urgent).sorted()
    }
}

/// Walks the hits of one rule.
struct Fold {
    enum Outcome {
        case standing(Episode)
        /// Nothing stands; why, where a clearing condition says so.
        case over(LocalizedText?)
    }

    let rule: Rule
    /// Every occasion, oldest first.
    let raised: [Hit]
    let line: TimeLine
    let open: Flag?
    let closed: [Flag]

    var outcome: Outcome {
        if rule.episodes == .state {
            guard let hit = hits.last else { return .over(rule.ending(line)) }
            return .standing(Episode(hits: [hit], worst: hit))
        }
        var running: [Hit] = []
        var worst: Hit?
        var silence: (until: LocalDay, severity: Severity)?
        for hit in hits {
            if let last = running.last, let severity = worst?.cappedSeverity,
                let over = clearing(of: last, severity, before: hit.at)
            {
                let day = line.offset.day(of: over.at)
                silence = (day + line.policy.episodes.silence.value, severity)
                (running, worst) = ([], nil)
            }
            if running.isEmpty, let silence, rule.episodes == .quiet, hit.cappedSeverity < .urgent,
                hit.cappedSeverity <= silence.severity, hit.day < silence.until
            {
                continue
            }
            running.append(hit)
            if worst.map({ hit.isAtLeast($0) }) ?? true { worst = hit }
        }
        guard let last = running.last, let worst else { return .over(rule.ending(line)) }
        if let over = clearing(of: last, worst.cappedSeverity, before: nil) { return .over(over.because) }
        return .standing(Episode(hits: running, worst: worst))
    }

    /// The end of an episode by itself; nil while it goes on, or where only a person ends it.
    private func clearing(of last: Hit, _ severity: Severity, before: HutTime?) -> Clearing? {
        severity < rule.personFrom ? rule.clearing(last, line, before) : nil
    }

    /// The hits that count, oldest first.
    private var hits: [Hit] {
        let quiet = quiet
        let remembered = rule.episodes == .state ? nil : open.flatMap { remember($0, quiet) }
        if raised.isEmpty, remembered == nil { return [] }
        let handled = closed.reduce(into: Set<FactSequence>()) { $0.formUnion($1.facts) }
        let counting = raised.filter { hit in
            // A day from an untrusted clock says nothing about how long ago it was.
            let isInReach = !hit.isDated || line.today - hit.day <= rule.lookBack
            guard isInReach, rule.population(line, hit.day) else { return false }
            if rule.episodes == .each || hit.cappedSeverity >= .urgent { return !handled.isSuperset(of: hit.triggers) }
            return quiet.map { hit.at > $0.since && hit.day >= $0.until } ?? true
        }
        return (remembered.map { [$0] } ?? []) + counting
    }

    /// An open flag older than the history stands for the occasion that raised it; overdue never ends by itself.
    private func remember(_ flag: Flag, _ quiet: (since: HutTime, until: LocalDay)?) -> Hit? {
        guard line.isOld(flag), quiet.map({ flag.raisedAt > $0.since }) ?? true else { return nil }
        return Hit(remembering: flag, line: line)
    }

    /// The last follow-up: what was before it is done, and until its next date the rule is quiet.
    private var quiet: (since: HutTime, until: LocalDay)? {
        var last: (since: HutTime, next: LocalDay?)?
        for case .byPerson(_, _, _, let at, let next)? in closed.map(\.ended) where last.map({ at > $0.since }) ?? true
        {
            last = (at, next)
        }
        if let followUp = rule.disease.flatMap({ line.followUps($0).last }) {
            let at = line.moment(of: followUp)
            if last.map({ at > $0.since }) ?? true { last = (at, followUp.record.next) }
        }
        return last.map { ($0.since, $0.next ?? line.offset.day(of: $0.since) + line.policy.episodes.quiet.value) }
    }
}

extension TimeLine {
    /// Raised so long ago that what it rests on may have left the history: nothing may be concluded from its absence.
    func isOld(_ flag: Flag) -> Bool { today - offset.day(of: flag.raisedAt) > 365 }
}

extension Hit {
    /// As severe as another, and leaving no more time.
    fileprivate func isAtLeast(_ other: Hit) -> Bool {
        (cappedSeverity.rawValue, -(due ?? .max)) >= (other.cappedSeverity.rawValue, -(other.due ?? .max))
    }

    /// What is left of the occasion of a flag older than the history.
    init(remembering flag: Flag, line: TimeLine) {
        let draft = flag.draft
        self.init(
            at: flag.raisedAt, day: line.offset.day(of: flag.raisedAt), severity: draft.severity, due: nil,
            triggers: draft.evidence.readings, facts: draft.evidence.readings, sentence: { draft.evidence.sentence })
    }
}
