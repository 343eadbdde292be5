// An episode: one flag's life, from the first occasion to its end by clearing or by a person (clinical-rules 5.5,
// point 6). The fold below walks a rule's hits in time and says whether an episode stands at the end.
import Vitals

/// The hits of one episode, oldest first.
struct Episode: Sendable {
    let hits: [Hit]
    /// The most severe hit, of equals the one that leaves less time, then the newest: it gives severity, date and
    /// sentence.
    let worst: Hit

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
    let line: TimeLine
    let open: Flag?
    let closed: [Flag]

    var outcome: Outcome {
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
        guard let last = running.last, let worst else { return .over(nil) }
        if let over = clearing(of: last, worst.cappedSeverity, before: nil) { return .over(over.because) }
        return .standing(Episode(hits: running, worst: worst))
    }

    /// The end of an episode by itself; nil while it goes on, or where only a person ends it.
    private func clearing(of last: Hit, _ severity: Severity, before: HutTime?) -> Clearing? {
        severity < rule.personFrom ? rule.clearing(last, line, before) : nil
    }

    /// The hits that count, oldest first.
    private var hits: [Hit] {
        let raised = rule.raising(line)
        let remembered = open.flatMap { line.isOld($0) ? Hit(remembering: $0, line: line) : nil }
        if raised.isEmpty, remembered == nil { return [] }
        let handled = closed.reduce(into: Set<FactSequence>()) { $0.formUnion($1.facts) }
        let quiet = quiet
        let counting = raised.filter { hit in
            // A day from an untrusted clock says nothing about how long ago it was.
            let isInReach = !hit.isDated || line.today - hit.day <= rule.lookBack
            guard isInReach, rule.population(line, hit.day) else { return false }
            if rule.episodes == .each || hit.cappedSeverity >= .urgent { return !handled.isSuperset(of: hit.triggers) }
            return quiet.map { hit.at > $0.since && hit.day >= $0.until } ?? true
        }
        return (remembered.map { [$0] } ?? []) + counting
    }

    /// The last follow-up of this rule's flags: what was before it is done, and until the next date it is quiet.
    private var quiet: (since: HutTime, until: LocalDay)? {
        let ends = closed.filter { $0.draft.rule == rule.id }.compactMap(\.ended)
        guard let last = ends.max(by: { $0.at < $1.at }), case .byPerson(_, _, _, let at, let next) = last else {
            return nil
        }
        return (at, next ?? line.offset.day(of: at) + line.policy.episodes.quiet.value)
    }
}

extension TimeLine {
    /// Raised so long ago that what it rests on may have left the history: nothing may be concluded from its absence.
    func isOld(_ flag: Flag) -> Bool { today - offset.day(of: flag.raisedAt) > 365 }

    /// Every fact of the history that a flag may rest on.
    var facts: Set<FactSequence> {
        var facts = Set(history.readings.map(\.sequence))
        facts.formUnion(history.symptoms.map(\.sequence))
        facts.formUnion(history.failedAttempts.map(\.sequence))
        facts.formUnion(history.signals.map(\.sequence))
        facts.formUnion(history.noValues.map(\.sequence))
        facts.formUnion(history.flags.map(\.id))
        return facts
    }
}

extension Hit {
    /// As severe as another, and leaving no more time.
    fileprivate func isAtLeast(_ other: Hit) -> Bool {
        (cappedSeverity.rawValue, -(due ?? .max)) >= (other.cappedSeverity.rawValue, -(other.due ?? .max))
    }

    /// A flag older than the history stands for the occasion that raised it; overdue never ends by itself.
    init(remembering flag: Flag, line: TimeLine) {
        let draft = flag.draft
        self.init(
            at: flag.raisedAt, day: line.offset.day(of: flag.raisedAt), severity: draft.severity, due: nil,
            triggers: draft.evidence.readings, facts: draft.evidence.readings, sentence: { draft.evidence.sentence })
    }
}
