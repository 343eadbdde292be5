// FU-01, FU-02 and FU-04: what a team owes by the calendar, whoever measures: a face-to-face follow-up every three
// months, four in a year, one exam a year. A date that has passed stays as it is; the list counts the days late.
import Vitals

extension Rule {
    static let faceToFace = Rule(
        id: "FU-01", title: LocalizedText("面对面随访到期", en: "Face-to-face follow-up due"),
        source: "clinical-rules 1.6, 5.3; NORM3, NORM3-DM (B), dates D", severities: .routine ... .soon, lookBack: 400,
        episodes: .state, family: ["FU-01"], population: { line, _ in !line.followedDiseases.isEmpty },
        raising: { line in line.faceToFaceOwed.map { [$0] } ?? [] },
        clearing: never,
        ending: { line in
            if line.followedDiseases.isEmpty { return Words.notForThem }
            return line.lastFaceToFace.map { Words.followedUp($0.record, from: line.today) }
        })

    static let yearsCount = Rule(
        id: "FU-02", title: LocalizedText("今年面对面随访不够", en: "Too few face-to-face follow-ups this year"),
        source: "clinical-rules 1.6, 5.3; NORM3, NORM3-DM (B)", severities: .routine ... .routine, lookBack: 400,
        episodes: .state, family: ["FU-02"], population: { line, _ in !line.followedDiseases.isEmpty },
        raising: { line in
            line.followedDiseases.compactMap(line.countOwed).min { ($0.due ?? 0) < ($1.due ?? 0) }.map { [$0] } ?? []
        },
        clearing: never)

    static let yearlyExam = Rule(
        id: "FU-04", title: LocalizedText("一年没体检", en: "No yearly exam"),
        source: "clinical-rules 1.6, 5.3; NORM3 (M), ELD (B)", severities: .routine ... .routine, lookBack: 400,
        episodes: .state, family: ["FU-04"],
        population: { line, day in
            !line.followedDiseases.isEmpty || line.isAtLeast(line.policy.followUps.examAge, on: day)
        },
        raising: { line in line.examOwed.map { [$0] } ?? [] },
        clearing: never,
        ending: { line in
            line.history.exams.max().map { exam in
                let day = Words.day(exam, from: line.today)
                return LocalizedText("\(day.chinese) 体检过", en: "examined \(day.english)")
            }
        })
}

extension TimeLine {
    /// A day has come; where the rule's flag with this date is open, the day before counts too, so that a change of the
    /// time zone at midnight does not end and raise it again.
    func isReached(_ day: LocalDay, _ rule: RuleID, due: LocalDay) -> Bool {
        if today >= day { return true }
        return today + 1 >= day
            && history.flags.contains {
                $0.ended == nil && $0.draft.rule == rule && ($0.draft.due.map { abs($0 - due) <= 1 } ?? false)
            }
    }

    /// Face-to-face follow-ups about a disease, oldest first.
    private func faceToFace(_ disease: ManagedDisease) -> [RecordedFollowUp] {
        followUps(disease).filter(\.record.method.isFaceToFace)
    }

    fileprivate var lastFaceToFace: RecordedFollowUp? {
        history.followUps.last(where: \.record.method.isFaceToFace)
    }

    /// The date of the next face-to-face follow-up about a disease, and the one from which it is counted.
    private func nextFaceToFace(_ disease: ManagedDisease) -> (due: LocalDay, last: RecordedFollowUp?) {
        let numbers = policy.followUps
        let last = faceToFace(disease).last
        let first = firstDue(of: [disease], every: numbers.cadence.value, ahead: numbers.ahead.value)
        return (last.map { $0.record.day + numbers.cadence.value } ?? first, last)
    }

    /// The diseases for which a face-to-face follow-up is due soon or has been, with the date of each.
    var owingFaceToFace: [(disease: ManagedDisease, due: LocalDay, last: RecordedFollowUp?)] {
        followedDiseases.compactMap { disease in
            let (due, last) = nextFaceToFace(disease)
            return isReached(due + (-policy.followUps.ahead.value), "FU-01", due: due) ? (disease, due, last) : nil
        }
    }

    /// FU-01 as it stands: the disease whose date comes first.
    fileprivate var faceToFaceOwed: Hit? {
        guard let first = owingFaceToFace.min(by: { $0.due < $1.due }) else { return nil }
        let (due, last, numbers) = (first.due, first.last, policy.followUps)
        let isLost = today > due + numbers.lostAfter.value
        var hit = Hit(
            state: self, severity: today > due + numbers.soonAfter.value ? .soon : .routine, due: due,
            facts: last.map { [$0.sequence] } ?? []
        ) { [self] in
            let words = faceToFaceWords(first.disease, due: due, last: last)
            return isLost
                ? LocalizedText("\(words.chinese)，失访", en: "\(words.english); lost") : words
        }
        (hit.keepsDue, hit.isTurn) = (true, isLost)
        return hit
    }

    /// Never says anything that changes from day to day: the sentence stands in the ledger.
    private func faceToFaceWords(
        _ disease: ManagedDisease, due: LocalDay, last: RecordedFollowUp?
    ) -> LocalizedText {
        let (date, cadence, name) = (
            Words.day(due, from: last?.record.day ?? due), policy.followUps.cadence.value, disease.words
        )
        guard let last else {
            // Before the import nothing is known: no day there may be named.
            let from =
                start(of: [disease]).map { start in
                    let day = Words.day(start, from: due)
                    return LocalizedText(
                        "从\(day.chinese)算起，到那天满\(cadence)天", en: "\(cadence) days from \(day.english)")
                } ?? LocalizedText("日期是导入名册时定的", en: "date set by the import")
            return LocalizedText(
                "\(name.chinese)面对面随访\(date.chinese)到期(没有记录，\(from.chinese))",
                en: "\(name.english): face-to-face follow-up due \(date.english) (none on record, \(from.english))")
        }
        let words = last.words(disease, from: due)
        return LocalizedText(
            "\(name.chinese)面对面随访\(date.chinese)到期：上次\(words.chinese)，到那天满\(cadence)天",
            en:
                "\(name.english): face-to-face follow-up due \(date.english): last \(words.english), \(cadence) days ago by then"
        )
    }

    /// FU-02 for a disease: the year's count will not be met by following FU-01 from here. It comes `ahead` days before the
    /// last day on which it still can be, and earlier by the resident's own slot, so that not everybody's comes at once.
    fileprivate func countOwed(_ disease: ManagedDisease) -> Hit? {
        let numbers = policy.followUps
        let year = today.date.year
        guard let first = LocalDay(year: year, month: 1, day: 1), let end = LocalDay(year: year, month: 12, day: 31)
        else { return nil }
        let entered = firstDue(of: [disease], every: numbers.cadence.value, ahead: numbers.ahead.value)
        let begun = max(first, start(of: [disease]) ?? entered)
        let share = (numbers.aYear.value * (end - begun + 1), end - first + 1)
        let needed = (share.0 + share.1 - 1) / share.1
        let done = faceToFace(disease).filter { $0.record.day >= first && $0.record.day <= end }
        let missing = needed - done.count
        guard begun <= today, missing > 0 else { return nil }
        let latest = end + (-(missing - 1) * numbers.cadence.value)
        guard max(nextFaceToFace(disease).due, today) > latest,
            isReached(latest + (-numbers.ahead.value - slot(in: numbers.cadence.value)), "FU-02", due: latest)
        else { return nil }
        return Hit(state: self, severity: .routine, due: latest, facts: done.map(\.sequence)) {
            let (name, day) = (disease.words, Words.day(latest, from: latest))
            return LocalizedText(
                "\(name.chinese)今年面对面\(done.count)次(应有\(needed)次)，下一次最迟\(day.chinese)",
                en:
                    "\(name.english): \(done.count) of \(needed) face-to-face follow-ups in \(year), the next by \(day.english)"
            )
        }
    }

    /// FU-04 as it stands.
    fileprivate var examOwed: Hit? {
        let days = policy.followUps.exam.value
        let last = history.exams.max()
        let due = last.map { $0 + days } ?? firstDue(of: followedDiseases, every: days, ahead: 0)
        guard isReached(due, "FU-04", due: due) else { return nil }
        var hit = Hit(state: self, severity: .routine, due: due, facts: []) {
            let before = Words.lastTime(last.map { Words.day($0, from: due) })
            return LocalizedText(
                "\(days)天没体检，\(before.chinese)", en: "no exam for \(days) days, \(before.english)")
        }
        hit.keepsDue = true
        return hit
    }
}
