// Random histories against what must hold for all of them (clinical-rules 5.5): any order of arrival ends in the same
// flags, a second review does nothing, a worse reading never removes a critical flag, no wearable is in any evidence,
// at most one open flag a rule. Seeded: a failure names the seed and the case.
import FollowUpRules
import FoundationEssentials
import Testing
import Vitals

private let seed = UInt64(ProcessInfo.processInfo.environment["HEALTHHUT_SEED"] ?? "") ?? 20_261_121

private let count = 20_000 / max(1, Int(ProcessInfo.processInfo.environment["HEALTHHUT_PROPERTY_DIVISOR"] ?? "") ?? 1)

extension SeededChance {
    fileprivate mutating func one(in number: Int) -> Bool { Int.random(in: 0..<number, using: &self) == 0 }
}

/// One fact of a history, in its place in time.
private enum Piece {
    case reading(RecordedReading)
    case symptom(SymptomReport)
    case failure(FailedAttempt)
    case signal(SignalReport)

    func add(to history: inout ResidentHistory) {
        switch self {
        case .reading(let reading): history.readings.append(reading)
        case .symptom(let report): history.symptoms.append(report)
        case .failure(let attempt): history.failedAttempts.append(attempt)
        case .signal(let report): history.signals.append(report)
        }
    }
}

private let residents = [
    People.adult, People.elder, People.knownAdult, People.knownElder, People.knownDiabetic, People.child,
    People.ageless,
]

/// The end of every history: later than all its facts.
private let end = at("2026-12-31 12:00")

/// Visits of one resident, each with a few readings and answers, by time.
private struct Story {
    let resident: Resident
    var visits: [[Piece]] = []
    private var next: Int64 = 1

    init(_ dice: inout SeededChance) {
        resident = residents[Int.random(in: 0..<residents.count, using: &dice)]
        var start = at("2026-10-01 08:00")
        for visit in 1...Int64.random(in: 1...4, using: &dice) {
            start = start + .seconds(Int.random(in: 2...(dice.one(in: 2) ? 8 : 200), using: &dice) * 3_600)
            visits.append(pieces(of: visit, from: start, &dice))
        }
    }

    private mutating func sequence() -> FactSequence {
        defer { next += 1 }
        return FactSequence(rawValue: next)
    }

    private mutating func pieces(of visit: Int64, from start: HutTime, _ dice: inout SeededChance) -> [Piece] {
        let name = VisitID(rawValue: visit)
        return (0..<Int.random(in: 1...5, using: &dice)).map { minute in
            let time = start + .seconds(minute * 120)
            switch Int.random(in: 0..<10, using: &dice) {
            case 0:
                let answers: [SymptomAnswer] = [.none, .mild, .danger, .silence, .slip, .dizzy, .dizzySilence]
                let answer = answers[Int.random(in: 0..<answers.count, using: &dice)]
                return .symptom(SymptomReport(sequence: sequence(), visit: name, answer: answer, at: time))
            case 1: return .failure(FailedAttempt(sequence: sequence(), visit: name, at: time))
            case 2 where dice.one(in: 4):
                return .signal(
                    SignalReport(sequence: sequence(), signal: .sos, band: BandID(rawValue: "!433d1f2a"), at: time))
            default: return .reading(reading(at: time, visit: name, &dice))
            }
        }
    }

    private mutating func reading(at time: HutTime, visit: VisitID, _ dice: inout SeededChance) -> RecordedReading {
        let steps = [78, 80, 88, 90, 118, 130, 139, 140, 149, 150, 158, 160, 172, 179, 180, 190, 215]
        let systolic = steps[Int.random(in: 0..<steps.count, using: &dice)]
        let diastolic = min(
            [48, 55, 60, 78, 89, 90, 99, 100, 109, 110, 118][Int.random(in: 0..<11, using: &dice)], systolic - 20)
        let isLate = dice.one(in: 15)
        let reading = Reading(
            vital: .bloodPressure(
                BloodPressure(systolic: MmHg(systolic), diastolic: MmHg(diastolic), moved: dice.one(in: 8))),
            receivedAt: isLate ? time + .seconds(90_000) : time, measuredAt: time,
            timeConfidence: dice.one(in: 25) ? .clockChanged : .ok,
            instrument: InstrumentID(rawValue: dice.one(in: 6) ? "cuff-2" : "cuff-1"), source: .cuffStation,
            arm: dice.one(in: 6) ? .left : .right)
        return RecordedReading(
            sequence: sequence(), reading: reading, owner: .resident(ResidentKey(rawValue: 7), visit: visit))
    }

    /// What a wristband says at the same time; in no rule.
    mutating func wearables(_ dice: inout SeededChance) -> [RecordedReading] {
        (0..<3).map { number in
            let pressure = BloodPressure(systolic: 240, diastolic: 140)
            let estimate = WearableBloodPressure(systolic: 60, diastolic: 35)
            let vital: Vital =
                number == 0
                ? .bloodPressure(pressure) : number == 1 ? .wearableBloodPressure(estimate) : .pulseRate(150)
            let time = at("2026-10-01 09:00") + .seconds(Int.random(in: 0...2_000_000, using: &dice))
            let reading = Reading(
                vital: vital, receivedAt: time, instrument: InstrumentID(rawValue: "bands"),
                band: BandID(rawValue: "!433d1f2a"), source: .wearable)
            return RecordedReading(
                sequence: sequence(), reading: reading, owner: .resident(ResidentKey(rawValue: 7), visit: nil))
        }
    }
}

/// When reviews happen while the pieces arrive.
private enum Reviews { case atTheEnd, afterEach }

/// The flags after the pieces arrived in this order.
private func settled(_ pieces: [Piece], _ resident: Resident, _ reviews: Reviews) throws -> Book {
    var book = try Book(resident, firstFlag: 1_000)
    for (index, piece) in pieces.enumerated() {
        piece.add(to: &book.history)
        if reviews == .afterEach || index == pieces.count - 1 { book.settle(changes(of: book), at: end) }
    }
    return book
}

private func changes(of book: Book) -> [FlagChange] {
    FollowUpRules.review(book.history, policy: book.policy, now: end, offset: shanghai)
}

@Test func `twenty thousand histories: order, idempotence, monotone safety, no wearable, one flag a rule`() throws {
    var dice = SeededChance(seed: seed)
    for number in 0..<count {
        var story = Story(&dice)
        let label = "seed \(seed), case \(number)"
        let inTime = story.visits.flatMap(\.self)
        let atOnce = try settled(inTime, story.resident, .atTheEnd)
        check(changes(of: atOnce).isEmpty, "\(label): a second review changed something")
        // One order a history, so that twenty thousand stay a matter of seconds.
        switch number % 3 {
        case 0: try checkSame(inTime, story, atOnce, label)
        case 1: try checkSame(story.visits.shuffled(using: &dice).flatMap(\.self), story, atOnce, label)
        default: try checkMixed(inTime.shuffled(using: &dice), story, beside: atOnce, label)
        }
        if number % 2 == 0 {
            try checkWearables(&story, inTime, atOnce, &dice, label)
        } else {
            try checkWorse(story, atOnce, &dice, label)
        }
    }
}

/// In the order of time, or with whole visits exchanged, the end is exactly the same.
private func checkSame(_ pieces: [Piece], _ story: Story, _ atOnce: Book, _ label: String) throws {
    let book = try settled(pieces, story.resident, .afterEach)
    check(atOnce.open == book.open, "\(label): at once \(atOnce.open), one by one \(book.open)")
    check(changes(of: book).isEmpty, "\(label): a second review changed something")
}

/// `#expect` records every evaluation; this records failures only.
private func check(_ holds: Bool, _ message: @autoclosure () -> String) {
    if !holds {
        let text = message()
        Issue.record("\(text)")
    }
}

/// With every fact in any order, what a person must close may stand besides, and nothing is missing.
private func checkMixed(_ pieces: [Piece], _ story: Story, beside atOnce: Book, _ label: String) throws {
    let mixed = try settled(pieces, story.resident, .afterEach)
    let extra = mixed.openFlags.filter { flag in
        !atOnce.openFlags.contains { $0.draft.rule == flag.draft.rule && $0.draft.severity == flag.draft.severity }
    }
    check(extra.allSatisfy { $0.draft.severity >= .urgent }, "\(label): mixed \(mixed.open), at once \(atOnce.open)")
    for flag in atOnce.openFlags {
        let held = mixed.openFlags.first { $0.draft.rule == flag.draft.rule }
        check(
            held.map { $0.draft.severity >= flag.draft.severity } ?? false,
            "\(label): \(flag.draft.rule.rawValue) is missing, mixed \(mixed.open)")
    }
}

private func checkWearables(
    _ story: inout Story, _ pieces: [Piece], _ atOnce: Book, _ dice: inout SeededChance, _ label: String
) throws {
    let wearables = story.wearables(&dice)
    let book = try settled(wearables.map(Piece.reading) + pieces, story.resident, .atTheEnd)
    let theirs = Set(wearables.map(\.sequence))
    check(book.open == atOnce.open, "\(label): a wearable changed the flags to \(book.open)")
    check(
        book.openFlags.allSatisfy { theirs.isDisjoint(with: $0.evidence.flatMap(\.readings)) },
        "\(label): a wearable is in the evidence")
}

/// One reading made worse, or a worse one added: every critical flag stays, or stands in one that includes it.
private func checkWorse(_ story: Story, _ atOnce: Book, _ dice: inout SeededChance, _ label: String) throws {
    guard !atOnce.history.readings.isEmpty else { return }
    let critical = Set(atOnce.openFlags.filter { $0.draft.severity == .critical }.map(\.draft.rule))
    let place = Int.random(in: 0..<atOnce.history.readings.count, using: &dice)
    var history = atOnce.history
    guard case .bloodPressure(var pressure) = history.readings[place].reading.vital else { return }
    pressure.systolic = MmHg(pressure.systolic.value + Int.random(in: 1...80, using: &dice))
    pressure.diastolic = MmHg(pressure.diastolic.value + Int.random(in: 0...10, using: &dice))
    // From nothing: the worse history has at least the critical flags of the better one.
    history.readings[place].reading.vital = .bloodPressure(pressure)
    history.flags = []
    var afresh = try Book(story.resident)
    afresh.settle(FollowUpRules.review(history, policy: afresh.policy, now: end, offset: shanghai), at: end)
    let worse = Set(afresh.openFlags.filter { $0.draft.severity == .critical }.map(\.draft.rule))
    check(holds(critical, in: worse), "\(label): worse at \(place), \(critical) became \(worse)")
    // With the flags standing: a worse reading more.
    var book = atOnce
    var reading = history.readings[place]
    reading.sequence = FactSequence(rawValue: 999)
    reading.reading.measuredAt = reading.reading.measuredAt + .seconds(60)
    book.add(reading)
    book.settle(FollowUpRules.review(book.history, policy: book.policy, now: end, offset: shanghai), at: end)
    let after = Set(book.openFlags.filter { $0.draft.severity == .critical }.map(\.draft.rule))
    check(holds(critical, in: after), "\(label): one more at \(place), \(critical) became \(after)")
}

/// Every rule is still there; BP-03 may have gone over into BP-02.
private func holds(_ before: Set<RuleID>, in after: Set<RuleID>) -> Bool {
    before.allSatisfy { after.contains($0) || ($0 == "BP-03" && after.contains("BP-02")) }
}
