// One random history against one property, for PropertyTests: settled as the ledger settles it, then told otherwise, and
// what stands compared.
import FollowUpRules
import Testing
import Vitals

/// A history and its flags, settled as the ledger settles them.
struct Desk {
    var history: ResidentHistory
    let policy: Policy
    var failures: [String] = []
    private var next: Int64

    init(_ history: ResidentHistory, _ policy: Policy) {
        (self.history, self.policy) = (history, policy)
        next = 1_000 + Int64(history.flags.count)
    }

    var open: [Flag] { history.flags.filter { $0.ended == nil } }
    /// Everything but what a person has to close, as the list shows it.
    var shown: Set<String> { Set(open.filter { $0.draft.severity < .urgent }.map(\.place)) }
    var held: [Flag] { open.filter { $0.draft.severity >= .urgent } }
    var critical: Set<RuleID> { Set(open.filter { $0.draft.severity == .critical }.map(\.draft.rule)) }

    func changes(_ now: HutTime = Story.end, _ offset: UTCOffset = shanghai) -> [FlagChange] {
        FollowUpRules.review(history, policy: policy, now: now, offset: offset)
    }

    mutating func settle(_ now: HutTime = Story.end, _ offset: UTCOffset = shanghai) {
        for change in changes(now, offset) { settle(change, now) }
    }

    private mutating func settle(_ change: FlagChange, _ now: HutTime) {
        let place = history.flags.firstIndex { $0.ended == nil && $0.draft.rule == change.rule }
        switch (change, place) {
        case (.raise(let draft), nil):
            history.flags.append(Flag(id: FactSequence(rawValue: next), draft: draft, raisedAt: now))
            next += 1
        case (.append(_, _, let evidence, let severity, _), let place?):
            if severity < history.flags[place].draft.severity { failures.append("\(change.rule.rawValue) fell") }
            history.flags[place].draft.severity = severity
            history.flags[place].evidence.append(evidence)
        case (.clear(_, _, let because), let place?): history.flags[place].ended = .byRule(because, at: now)
        default: failures.append("\(change.rule.rawValue) twice, or not open: \(change)")
        }
    }
}

extension Flag {
    /// Without the date: one that was given is not moved to a later day by what comes in afterwards.
    fileprivate var place: String { "\(draft.rule.rawValue) \(draft.severity)" }
}

/// One history against one property.
struct Trial {
    let policy: Policy
    private(set) var failures: [String] = []

    init(policy: Policy, number: Int, _ property: Property) {
        self.policy = policy
        let place = Property.allCases.firstIndex(of: property) ?? 0
        var dice = SeededChance(seed: propertySeed &+ UInt64(number * Property.allCases.count + place) &* 1_000_003)
        var story = Story(&dice)
        let atOnce = settled(story.history(story.pieces))
        switch property {
        case .order where number.isMultiple(of: 2):
            checkSteps(story, atOnce, story.visits.shuffled(using: &dice).flatMap(\.self))
        case .order: checkSteps(story, atOnce, story.pieces.shuffled(using: &dice))
        case .replay: checkAgain(atOnce)
        case .clocks: checkClock(atOnce)
        case .wearables: checkWearables(&story, atOnce, &dice)
        case .worse: checkWorse(atOnce, &dice)
        case .moved: checkMoved(atOnce, &dice)
        case .withdrawn: checkWithdrawn(atOnce, &dice)
        }
    }

    private mutating func settled(_ history: ResidentHistory) -> Desk {
        var desk = Desk(history, policy)
        desk.settle()
        failures += desk.failures
        return desk
    }

    private mutating func check(_ holds: Bool, _ message: @autoclosure () -> String) {
        if !holds { failures.append(message()) }
    }

    /// One fact at a time, a review after each: nothing is missing, and only what a person must close may stand besides.
    private mutating func checkSteps(_ story: Story, _ atOnce: Desk, _ pieces: [Piece]) {
        var desk = Desk(story.history([]), policy)
        for piece in pieces {
            piece.add(to: &desk.history)
            desk.settle()
        }
        failures += desk.failures
        check(desk.changes().isEmpty, "a second review changed something")
        let shown = desk.shown.subtracting(atOnce.held.map(\.place))
        check(
            shown
                == atOnce.shown.filter { place in !desk.held.contains { place.hasPrefix($0.draft.rule.rawValue + " ") }
                },
            "one by one \(desk.shown), at once \(atOnce.shown)")
        check(contains(desk, atOnce.held), "one by one \(desk.held.map(\.place)), at once \(atOnce.held.map(\.place))")
    }

    private func contains(_ desk: Desk, _ held: [Flag]) -> Bool {
        held.allSatisfy { flag in
            desk.open.contains { $0.draft.rule == flag.draft.rule && $0.draft.severity >= flag.draft.severity }
        }
    }

    /// The same facts reviewed again, or told again from the beginning, say the same.
    private mutating func checkAgain(_ atOnce: Desk) {
        check(atOnce.changes().isEmpty, "a second review changed something")
        var history = atOnce.history
        history.flags = []
        let again = settled(history)
        check(again.history.flags == atOnce.history.flags, "a replay gave other flags")
    }

    /// At midnight, with the clock an hour on and back again: whatever stood stands, once.
    private mutating func checkClock(_ atOnce: Desk) {
        var desk = atOnce
        let before = desk.history.flags.count
        desk.settle(Story.end, UTCOffset(seconds: 9 * 3_600))
        desk.settle(Story.end, shanghai)
        check(
            desk.history.flags.count == before, "the clock raised \(desk.history.flags.dropFirst(before).map(\.place))")
        let rules = Set(desk.open.map(\.draft.rule))
        let midnight = shanghai.start(of: shanghai.day(of: Story.end) + 1)
        desk.settle(midnight)
        let raised = desk.history.flags.dropFirst(before).filter { rules.contains($0.draft.rule) }
        check(raised.isEmpty, "midnight raised again \(raised.map(\.place))")
        check(desk.changes(midnight).isEmpty, "midnight has no end")
        failures += desk.failures
    }

    private mutating func checkWearables(_ story: inout Story, _ atOnce: Desk, _ dice: inout SeededChance) {
        let wearables = story.wearables(&dice)
        let desk = settled(story.history(wearables.map(Piece.reading) + story.pieces))
        let theirs = Set(wearables.map(\.sequence))
        check(desk.open.map(\.place) == atOnce.open.map(\.place), "a wearable changed the flags")
        check(
            desk.open.allSatisfy { theirs.isDisjoint(with: $0.evidence.flatMap(\.readings)) },
            "a wearable is in the evidence")
    }

    /// One reading made worse, or a worse one added: every critical flag stays, or stands in one that includes it.
    private mutating func checkWorse(_ atOnce: Desk, _ dice: inout SeededChance) {
        var history = atOnce.history
        guard !history.readings.isEmpty else { return }
        let place = dice.number(0...(history.readings.count - 1))
        history.readings[place].reading.vital.worsen(&dice)
        // From nothing: the worse history has at least the critical flags of the better one.
        history.flags = []
        let afresh = settled(history)
        check(
            holds(atOnce.critical, in: afresh.critical),
            "worse at \(place): \(atOnce.critical) became \(afresh.critical)")
        // With the flags standing: a worse reading more.
        var desk = atOnce
        var reading = history.readings[place]
        reading.sequence = FactSequence(rawValue: 999)
        reading.reading.measuredAt = reading.reading.measuredAt + .seconds(60)
        reading.reading.receivedAt = reading.reading.receivedAt + .seconds(60)
        desk.history.insert(reading)
        desk.settle()
        check(
            holds(atOnce.critical, in: desk.critical),
            "one more at \(place): \(atOnce.critical) became \(desk.critical)")
    }

    /// Every rule is still there; BP-03 may have gone over into BP-02.
    private func holds(_ before: Set<RuleID>, in after: Set<RuleID>) -> Bool {
        before.allSatisfy { after.contains($0) || ($0 == "BP-03" && after.contains("BP-02")) }
    }

    /// A reading that turns out to be another's: both end where they would be had it been so from the start, except for
    /// what only a person ends, which says that its reading was taken away.
    private mutating func checkMoved(_ atOnce: Desk, _ dice: inout SeededChance) {
        guard !atOnce.history.readings.isEmpty else { return }
        let place = dice.number(0...(atOnce.history.readings.count - 1))
        var (mine, other) = (
            atOnce,
            Desk(
                ResidentHistory(
                    key: ResidentKey(rawValue: 8), resident: People.knownElder, addedAt: at("2026-09-20")), policy)
        )
        other.settle()
        var moved = mine.history.readings.remove(at: place)
        mine.settle()
        moved.owner = .resident(ResidentKey(rawValue: 8), visit: nil)
        other.history.insert(moved)
        other.settle()
        for desk in [mine, other] { checkAfresh(desk, "moved \(place)") }
        failures += mine.failures + other.failures
    }

    /// A reading or a follow-up that was never this resident's, nor anybody's.
    private mutating func checkWithdrawn(_ atOnce: Desk, _ dice: inout SeededChance) {
        var desk = atOnce
        if !desk.history.followUps.isEmpty, dice.one(in: 2) {
            desk.history.followUps.remove(at: dice.number(0...(desk.history.followUps.count - 1)))
        } else if !desk.history.readings.isEmpty {
            desk.history.readings.remove(at: dice.number(0...(desk.history.readings.count - 1)))
        } else {
            return
        }
        desk.settle()
        checkAfresh(desk, "withdrawn")
        failures += desk.failures
    }

    /// What stands is what would stand had the facts been these from the start, but for what only a person ends.
    private mutating func checkAfresh(_ desk: Desk, _ what: String) {
        var history = desk.history
        history.flags = []
        let afresh = settled(history)
        let free = desk.open.filter { $0.draft.severity < .urgent }.map(\.draft.rule)
        check(
            Set(afresh.open.map(\.draft.rule)).isSuperset(of: free.filter { !isHeld($0, in: desk) }),
            "\(what): \(free)")
        check(
            contains(desk, afresh.open),
            "\(what): \(desk.open.map(\.place)), afresh \(afresh.open.map(\.place))")
    }

    /// Stands although its reading was taken away, because a person has to say so.
    private func isHeld(_ rule: RuleID, in desk: Desk) -> Bool {
        let readings = Set(desk.history.readings.map(\.sequence) + desk.history.followUps.map(\.sequence))
        return desk.held.contains { flag in
            flag.draft.rule == rule && flag.evidence.contains { !readings.isSuperset(of: $0.readings) }
        }
    }
}
