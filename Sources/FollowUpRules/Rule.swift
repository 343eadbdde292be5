// A rule is a value: who it is for, when it raises, when it clears, how bad, by when, and where that comes from.
// Raising lists every occasion in the history on which the condition held; clearing looks for the moment at which one
// of them was over. What an episode is, and what a flag in the ledger needs, is the same for all rules: Review.swift.
import Vitals

/// One occasion on which a rule's condition held.
struct Hit: Sendable {
    /// When it was complete: the last reading, answer or attempt it needs.
    var at: HutTime
    /// Local day of measuring; due dates count from it.
    var day: LocalDay
    var severity: Severity
    /// Days from `day`; nil = no date.
    var due: Int?
    /// The nurse sees it so many days after `day`; nil = at once.
    var listed: Int?
    /// The facts that make it news: once a person closed a flag that rests on them, they raise nothing again.
    var triggers: [FactSequence]
    /// Every fact it rests on, the triggers among them.
    var facts: [FactSequence]
    var lateness: Lateness = .live
    /// False when the hut's clock could not be trusted: no due date.
    var isDated = true
    /// The date is the fact's own: it stays although it has passed (FU-01), and moves with the fact (FU-06).
    var keepsDue = false
    /// Worth saying in an open flag although no more severe: *lost*.
    var isTurn = false
    /// What a later session must reach on each component for this to be over; only where the rule clears so.
    var recovery: Recovery?
    /// Made only when a flag needs it.
    var sentence: @Sendable () -> LocalizedText

    struct Recovery: Hashable, Sendable {
        var systolic, diastolic: Int?
    }

    /// Late readings raise at most `urgent`, very late ones only inform (clinical-rules 5.1).
    var cappedSeverity: Severity {
        switch lateness {
        case .live: severity
        case .late: min(severity, .urgent)
        case .old: .info
        }
    }
}

/// The moment at which a condition was over, and why.
struct Clearing: Sendable {
    var at: HutTime
    var because: LocalizedText
}

/// One follow-up rule.
struct Rule: Sendable {
    enum Episodes: Sendable {
        /// Quiet after a follow-up until its next date, and for some days after clearing by itself (5.5, point 6).
        case quiet
        /// Whatever was not yet in a flag that a person closed raises a new one.
        case each
        /// Not an occasion but how things are today: stands while it holds, quiet only after a follow-up.
        case state
    }

    let id: RuleID
    let title: LocalizedText
    /// Section of clinical-rules, and the keys of its sources with their confidence.
    let source: String
    /// What it may raise; a late reading may make it less.
    let severities: ClosedRange<Severity>
    /// Days of history it needs; at most 400.
    let lookBack: Int
    var episodes = Episodes.quiet
    /// Flags from this severity on end by a person only.
    var personFrom = Severity.critical
    /// Rules whose closing by a person settles this rule's triggers too; always itself.
    let family: Set<RuleID>
    let population: @Sendable (TimeLine, LocalDay) -> Bool
    /// Every occasion, oldest first.
    let raising: @Sendable (TimeLine) -> [Hit]
    /// The first moment after the hit, and before the limit where one is given, at which it was over.
    let clearing: @Sendable (Hit, TimeLine, _ before: HutTime?) -> Clearing?
    /// Why the facts of a flag now stand under another rule; nil while they do not.
    var succession: @Sendable (Set<FactSequence>, TimeLine) -> LocalizedText? = { _, _ in nil }
    /// A recorded follow-up of this disease ends the rule's flags and keeps it quiet until its next date.
    var disease: ManagedDisease?
    /// While that rule's flag stands, it says all that this one would.
    var yieldsTo: RuleID?
    /// Why nothing stands any more, where the rule can say it; else *no longer so by the records*.
    var ending: @Sendable (TimeLine) -> LocalizedText? = { _ in nil }
    /// Whether the policy has it on.
    var isOn: @Sendable (Policy) -> Bool = { _ in true }
}

extension Rule {
    /// The rules of this policy generation, in the order they are settled: what takes over stands before what ends.
    static let all: [Rule] = [
        .crisisConfirmed, .dangerSign, .crisis, .crisisNotConfirmed, .pregnancy, .criterion, .homeCriterion, .suspected,
        .highNormal, .uncontrolled, .referralAdvised, .selfMeasured, .low, .armDifference, .differing, .failedAttempts,
        .irregularPulse, .extremePulse, .fastWithDiabetes, .pulseOverDays, .oxygen, .reducedOxygen, .oxygenWithCOPD,
        .fever, .mildFever, .lowTemperature, .lowSugar, .lowSugarOnce, .highSugar, .suspectedSugar, .impairedSugar,
        .uncontrolledSugar, .sugarReferralAdvised, .faceToFace, .yearsCount, .referralFollowUp, .yearlyExam,
        .followAgain,
        .promised, .screening, .highRiskScreening, .livingAlone, .wearableHint, .bandSignal, .silentBand, .target,
        .trend,
    ]

    /// nil for what is no rule of this generation.
    static func named(_ id: RuleID) -> Rule? { all.first { $0.id == id } }

    /// Everybody.
    static let everybody: @Sendable (TimeLine, LocalDay) -> Bool = { _, _ in true }

    /// Eighteen or older, or of unknown age: below it percentile charts are needed and no rule applies.
    static let adults: @Sendable (TimeLine, LocalDay) -> Bool = { line, day in
        line.isAtLeast(line.policy.ages.adult, on: day)
    }

    /// Ends by a person only.
    static let never: @Sendable (Hit, TimeLine, HutTime?) -> Clearing? = { _, _, _ in nil }
}

extension Hit {
    /// How things are today: the date may lie in the past.
    init(
        state line: TimeLine, severity: Severity, due: LocalDay?, facts: [FactSequence],
        sentence: @escaping @Sendable () -> LocalizedText
    ) {
        self.init(
            at: line.now, day: line.today, severity: severity, due: due.map { $0 - line.today }, triggers: facts,
            facts: facts, sentence: sentence)
    }
}
