// An episode: one flag's life, from the first occasion to its end by clearing or by a person (clinical-rules 5.5,
// point 6). The fold below walks a rule's hits in time and says whether an episode stands at the end.
import Vitals

/// The hits of one episode, oldest first; never empty.
struct Episode: Sendable {
    private(set) var hits: [Hit]
    /// The worst hit, of equals the newest: it gives severity, date and sentence.
    private(set) var worst: Hit

    init(_ hit: Hit) { (hits, worst) = ([hit], hit) }

    mutating func add(_ hit: Hit) {
        hits.append(hit)
        if hit.cappedSeverity >= worst.cappedSeverity { worst = hit }
    }

    var latest: Hit { hits[hits.count - 1] }
    var severity: Severity { worst.cappedSeverity }

    /// The facts a new flag rests on: the worst hit, the latest, and every emergency.
    var facts: [FactSequence] {
        let urgent = hits.lazy.filter { $0.cappedSeverity >= .urgent }.flatMap(\.facts)
        return Set(worst.facts + latest.facts + urgent).sorted()
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
        var episode: Episode?
        var silence: (until: LocalDay, severity: Severity)?
        for hit in hits {
            if let running = episode, running.severity < rule.personFrom,
                let over = rule.clearing(running.latest, line, hit.at)
            {
                let day = line.offset.day(of: over.at)
                silence = (day + line.policy.episodes.silence.value, running.severity)
                episode = nil
            }
            if episode == nil, let silence, rule.episodes == .quiet, hit.cappedSeverity < .urgent,
                hit.cappedSeverity <= silence.severity, hit.day < silence.until
            {
                continue
            }
            if episode == nil { episode = Episode(hit) } else { episode?.add(hit) }
        }
        guard let episode else { return .over(nil) }
        if episode.severity < rule.personFrom, let over = rule.clearing(episode.latest, line, nil) {
            return .over(over.because)
        }
        return .standing(episode)
    }

    /// The hits that count, oldest first.
    private var hits: [Hit] {
        let raised = rule.raising(line)
        let remembered = open.flatMap { line.isOld($0) ? Hit(remembering: $0, line: line) : nil }
        if raised.isEmpty, remembered == nil { return [] }
        let handled = closed.reduce(into: Set<FactSequence>()) { $0.formUnion($1.facts) }
        let quiet = quiet
        let counting = raised.filter { hit in
            guard line.today - hit.day <= rule.lookBack, rule.population(line, hit.day) else { return false }
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
        facts.formUnion(history.flags.map(\.id))
        return facts
    }
}

extension Hit {
    /// A flag older than the history stands for the occasion that raised it; overdue never ends by itself.
    init(remembering flag: Flag, line: TimeLine) {
        let draft = flag.draft
        self.init(
            at: flag.raisedAt, day: line.offset.day(of: flag.raisedAt), severity: draft.severity, due: nil,
            triggers: draft.evidence.readings, facts: draft.evidence.readings, sentence: { draft.evidence.sentence })
    }
}
