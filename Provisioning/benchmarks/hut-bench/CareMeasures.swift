// What a team's day asks of the ledger and the rules: one resident with ten years of readings from ledger to flags, the
// midnight of a large neighbourhood, and its worklist.

import FollowUpRules
import Ledger
import Vitals

private let day: Int64 = 86_400_000
private let nurse = StaffKey(rawValue: 1)
private let today = LocalDay(daysSince1970: 20_778)

/// Fills a new ledger with `residents`, the first with ten years of readings and follow-ups, the others with ten
/// readings each, and with `flags` open flags. In a process of its own, so that `care` shows the memory of its own work.
func careFill(_ path: String, residents: Int, flags: Int) async throws {
    let neighbourhood = Neighbourhood(residents: residents)
    let ledger = try await Ledger.open(path: path, at: Neighbourhood.end)
    try await ledger.append(neighbourhood.people, at: Neighbourhood.end)
    try await live(in: neighbourhood, ledger)
    let raised = (0..<flags).map { Fact.flag(.raise(flag($0, of: residents))) }
    try await ledger.append(raised, at: Neighbourhood.end)
    await ledger.close()
}

/// Measures on such a ledger, as the hut does it: the first resident's review (the first, then warm, and the rules'
/// part), the worklist, and everybody's review at midnight with the memory that all of it took.
func care(_ path: String, policy policyPath: String, residents: Int) async throws {
    let policy = try Policy.load(json5: try contents(policyPath), file: policyPath)
    let ledger = try await Ledger.open(path: path, at: Neighbourhood.end)
    let first = ResidentKey(rawValue: 1)
    var (whole, rules): ([Double], [Double]) = ([], [])
    var rows = 0
    for _ in 0..<100 {
        whole.append(
            try await timed {
                guard let history = try await ledger.historyToReview(of: first, now: Neighbourhood.end)?.history else {
                    return
                }
                rows = history.readings.count
                rules.append(await timed { _ = review(history, policy) })
            })
    }
    say("ten_years_rows", Double(rows))
    say("ten_years_first", whole[0])
    say("ten_years", percentile(whole, 0.5))
    say("ten_years_rules", percentile(rules, 0.5))
    var lists: [Double] = []
    for _ in 0..<30 { lists.append(try await timed { _ = try await ledger.worklist(today: today) }) }
    say("worklist", percentile(lists, 0.5))
    say("worklist_lines", Double(try await ledger.worklist(today: today).lines.count))
    // On the day of an import nobody is owed anything; half a year later nearly everybody is.
    let later = HutTime(milliseconds: Neighbourhood.end.milliseconds + 180 * day)
    var changes = 0
    let midnight = try await timed {
        for number in 1...residents {
            let key = ResidentKey(rawValue: Int64(number))
            guard let history = try await ledger.historyToReview(of: key, now: later)?.history else { continue }
            changes += review(history, policy, at: later).count
        }
    }
    await ledger.close()
    say("midnight_residents", Double(residents))
    say("midnight_changes", Double(changes))
    say("midnight_seconds", midnight / 1_000)
    say("midnight_mebibytes", try peakMemory() / 1_024)
}

private func review(_ history: ResidentHistory, _ policy: Policy, at now: HutTime = Neighbourhood.end) -> [FlagChange] {
    FollowUpRules.review(history, policy: policy, now: now, offset: UTCOffset(seconds: 8 * 3_600))
}

/// Two and a half readings a day for ten years of the first resident, and a follow-up a quarter; ten of each other.
private func live(in neighbourhood: Neighbourhood, _ ledger: Ledger) async throws {
    let own = 9_125
    for start in stride(from: 0, to: own, by: 1_000) {
        let facts = (start..<min(own, start + 1_000)).map {
            reading(neighbourhood, $0, of: 1, age: own - 1 - $0, pace: 2)
        }
        try await ledger.append(facts, at: Neighbourhood.end)
    }
    for key in 2...neighbourhood.residents {
        let facts = (0..<10).map { reading(neighbourhood, $0, of: Int64(key), age: $0, pace: 45) }
        try await ledger.append(facts, at: Neighbourhood.end)
    }
    try await ledger.append((0..<40).map { followUp(quartersAgo: $0) }, at: Neighbourhood.end)
}

/// A reading `age` steps old; five steps are `pace` days.
private func reading(_ neighbourhood: Neighbourhood, _ index: Int, of key: Int64, age: Int, pace: Int64) -> Fact {
    var reading = neighbourhood.reading(index, of: 10_000)
    reading.measuredAt = HutTime(milliseconds: Neighbourhood.end.milliseconds - Int64(age) * day * pace / 5)
    reading.receivedAt = reading.measuredAt
    return .reading(reading, .resident(ResidentKey(rawValue: key), visit: nil))
}

private func followUp(quartersAgo quarters: Int) -> Fact {
    .followUpRecorded(
        FollowUpRecord(
            resident: ResidentKey(rawValue: 1), day: today + -quarters * 90, method: .clinic,
            pressure: Answer(FormPressure(systolic: 138, diastolic: 82), .measured), pulse: Answer(72, .measured),
            weightGrams: Answer(PresentAndTarget(61_500, target: 60_000), .unchanged), heightMillimetres: 1_580,
            lifestyle: Answer(
                Lifestyle(
                    cigarettesEachDay: PresentAndTarget(0), spiritsTenthsEachDay: PresentAndTarget(0),
                    exerciseEachWeek: PresentAndTarget(5), exerciseMinutes: PresentAndTarget(30), salt: .medium,
                    mood: .good, followsAdvice: .good), .unchanged), adherence: Answer(.regular, .asked),
            reaction: Answer("", .asked),
            drugs: Answer([Drug(name: "氨氯地平", timesEachDay: 1, amount: "5mg")], .unchanged),
            hypertension: HypertensionPart(symptoms: Answer([], .asked), visitClass: .controlled), next: today + 90,
            secondsSpent: 70), by: nurse)
}

/// Flag `index`: everybody in turn, another rule each round.
private func flag(_ index: Int, of residents: Int) -> FlagDraft {
    FlagDraft(
        rule: RuleID(rawValue: "BP-\(index / residents)"),
        subject: .resident(ResidentKey(rawValue: Int64(index * 7 % residents + 1))),
        severity: [.routine, .soon, .urgent][index % 3], due: today + (index % 20 - 8),
        evidence: Evidence(
            readings: [FactSequence(rawValue: Int64(8_000 + index)), FactSequence(rawValue: Int64(8_001 + index))],
            sentence: LocalizedText(
                "两天都高：11月14日 152/94，11月21日 156/92（限150/90，小屋袖带）",
                en: "high on two days: 11-14 152/94, 11-21 156/92 (limit 150/90, the hut's cuff)")),
        policy: "cn-norm3-2017 1")
}
