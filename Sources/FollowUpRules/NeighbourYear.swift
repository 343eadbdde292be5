// One resident's year: visits with their readings, the rules after each of them and at every midnight, and a nurse who
// works off what stands on her list. She meets whoever comes by at the hut; else she goes or calls on the day it is due.
import Vitals

struct NeighbourYear {
    let neighbour: Neighbour
    private let policy: Policy
    private let days: Int
    let visits: [Int]
    var dice: SeededChance
    var history: ResidentHistory
    var tally: AlarmTally
    private var next: Int64 = 1
    /// By day: what is planted then.
    let planted: [Int: PlantedEmergency]
    /// Days on which the band is silent: the first, and the first after.
    private var silent: [Range<Int>] = []
    /// The day that is being counted, whether the resident was on the list before it and is now, and whether that is
    /// counted.
    private var counting = (day: -1, before: false, now: false, isCounted: false)
    private let isHalving: Bool

    /// `isHalving` false: every midnight is reviewed, which takes ten times as long and says the same.
    init(
        _ key: Int, of place: Neighbourhood, visits: [Int], planted: [Int: PlantedEmergency], policy: Policy,
        isHalving: Bool = true
    ) {
        // Another stream for each, so that one resident's year does not hang on another's.
        dice = SeededChance(seed: place.seed &+ UInt64(key + 1) &* 1_000_003)
        neighbour = Neighbour(key, of: place, &dice)
        (self.policy, self.visits, days) = (policy, visits, place.days)
        (history, tally) = (neighbour.atImport, AlarmTally(days: place.days))
        (self.planted, self.isHalving) = (planted, isHalving)
        if neighbour.livesAlone, place.days > 60 {
            let first = Int.random(in: 10..<(place.days - 10), using: &dice)
            silent = [first..<(first + 2)]
        }
    }

    mutating func play() {
        midnight(0)
        var day = 0
        while day < days {
            if visits.contains(day) { visit(day) }
            nurse(day)
            let isListed = counting.now
            let next = wake(after: day, by: nextEvent(after: day))
            if isListed { for quiet in day..<next { tally.standing[quiet] += 1 } }
            day = next
        }
    }

    /// The first midnight with something to say before the next event, or that event's day.
    private mutating func wake(after day: Int, by event: Int) -> Int {
        let last = min(event, days - 1)
        guard day < last else { return days }
        var (low, high) = (day + 1, last)
        // Nothing happens in between but the calendar: what it has said by one midnight it says at every later one. Most
        // spans say nothing to their end, and one look is enough for those.
        if isHalving, !speaks(on: last) {
            hear(last)
            count(last)
            return last
        }
        while low < high {
            let middle = isHalving ? (low + high) / 2 : low
            if speaks(on: middle) { high = middle } else { low = middle + 1 }
        }
        midnight(low)
        return low
    }

    /// Whether a midnight has something to say; nothing comes of asking.
    private mutating func speaks(on day: Int) -> Bool {
        let (bands, heard) = (history.bands, history.lastHeard)
        defer { (history.bands, history.lastHeard) = (bands, heard) }
        hear(day)
        return !changes(on: day, hour: 0).isEmpty
    }

    /// The next day on which something happens: a visit, a date of the nurse's, the band's silence.
    private func nextEvent(after day: Int) -> Int {
        let visit = visits.first { $0 > day } ?? days
        let work = listed.map { max(day + 1, workDay(of: $0, on: day)) }.min() ?? days
        let hidden = openFlags.compactMap(\.draft.listedFrom).map { $0 - Neighbourhood.start }.filter { $0 > day }.min()
        let band = silent.flatMap { [$0.lowerBound + 1, $0.upperBound] }.filter { $0 > day }.min()
        return min(visit, work, hidden ?? days, band ?? days)
    }

    private mutating func midnight(_ day: Int) {
        hear(day)
        settle(changes(on: day, hour: 0), day, hour: 0)
        count(day)
    }

    /// A band that is not silent was heard a moment ago.
    private mutating func hear(_ day: Int) {
        guard !history.bands.isEmpty else { return }
        let lost = silent.first { $0.contains(day) }
        let heard = lost.map { time($0.lowerBound, hour: 0) } ?? time(day, hour: 0)
        history.bands[0].lastHeard = heard
        history.lastHeard = max(history.lastHeard ?? heard, heard)
    }

    // MARK: the nurse

    /// The flags on her list.
    var openFlags: [Flag] { history.flags.filter { $0.ended == nil } }
    private var listed: [Flag] { openFlags.filter { $0.draft.severity > .info } }

    private func isListed(_ flag: Flag, on day: Int) -> Bool {
        flag.draft.severity > .info && (flag.draft.listedFrom.map { $0 <= Neighbourhood.start + day } ?? true)
    }

    /// The day on which she deals with a flag where the resident does not come by: what is urgent at once, the rest when
    /// it is due; what came overdue, within the week.
    private func workDay(of flag: Flag, on day: Int) -> Int {
        if flag.draft.severity >= .urgent { return day }
        let from = flag.draft.listedFrom.map { $0 - Neighbourhood.start } ?? 0
        let raised = Neighbourhood.offset.day(of: flag.raisedAt) - Neighbourhood.start
        let due = flag.draft.due.map { $0 - Neighbourhood.start } ?? raised + 7
        return max(from, due < raised ? raised + 7 : due)
    }

    private mutating func nurse(_ day: Int) {
        let isHere = visits.contains(day)
        var hasDealt = false
        // What one ending brings up (a call tomorrow, a referral) is not done at once.
        for flag in openFlags where isListed(flag, on: day) {
            guard isHere || workDay(of: flag, on: day) <= day,
                history.flags.contains(where: { $0.id == flag.id && $0.ended == nil })
            else { continue }
            deal(with: flag, day, isHere: isHere)
            hasDealt = true
            settle(changes(on: day, hour: 17), day, hour: 17)
        }
        if hasDealt { tally.dealt[day] += 1 }
        count(day)
    }

    private mutating func deal(with flag: Flag, _ day: Int, isHere: Bool) {
        switch flag.draft.rule {
        case "FU-01", "FU-02", "BP-07", "BP-08s", "BP-TGT", "BP-TRD": followUp(day, isHere ? .clinic : .home)
        case "FU-05": followUp(day, isHere ? .clinic : .phone)
        case "GL-04": followUp(day, isHere ? .clinic : .home)
        case "FU-04": history.exams.append(Neighbourhood.start + day)
        case "BP-06", "BP-06h":
            // The doctor confirms it: from now on the resident is a managed one.
            history.marks.apply(.condition(.hypertension, since: Neighbourhood.start + day, until: nil))
            history.marks.apply(.managed(.hypertension, since: Neighbourhood.start + day))
        case "BP-08", "GL-05": close(flag, .referred, day)
        default: close(flag, flag.draft.severity == .critical ? .handledHere : .followedUp, day)
        }
    }

    private mutating func close(_ flag: Flag, _ action: ClosingAction, _ day: Int) {
        guard let place = history.flags.firstIndex(where: { $0.id == flag.id }) else { return }
        history.flags[place].ended = .byPerson(
            StaffKey(rawValue: 1), action, note: "", at: time(day, hour: 16), quietUntil: nil)
    }

    /// One form for both diseases, the class by what was measured last.
    private mutating func followUp(_ day: Int, _ method: FollowUpMethod) {
        var record = FollowUpRecord(resident: history.key, day: Neighbourhood.start + day, method: method)
        let isKnown = history.marks.isKnownHypertensive(history.resident, on: record.day)
        let last = history.readings.last { $0.reading.vital.kind == .bloodPressure }?.reading.vital
        if isKnown, case .bloodPressure(let pressure)? = last {
            let limit = policy.limit(of: history.resident, marks: history.marks, on: record.day)
            let isAbove = limit.isReached(by: pressure.systolic.value, pressure.diastolic.value)
            record.hypertension = HypertensionPart(
                symptoms: Answer([], .asked), visitClass: isAbove ? .notControlled : .controlled)
        } else if isKnown {
            record.hypertension = HypertensionPart(
                symptoms: Answer([], .asked), visitClass: neighbour.isAboveLimit ? .notControlled : .controlled)
        }
        if neighbour.isDiabetic {
            let isHigh = neighbour.sugar >= policy.fasting.raised.value
            record.diabetes = DiabetesPart(
                symptoms: Answer([], .asked), visitClass: isHigh ? .notControlled : .controlled)
        }
        history.followUps.append(
            RecordedFollowUp(
                sequence: sequence(), recordedAt: time(day, hour: 16), by: StaffKey(rawValue: 1), record: record))
        history.lastHeard = time(day, hour: 16)
        // The yearly exam *may be combined with a follow-up* (clinical-rules 1.6): who would owe it before the next one.
        let owed = history.exams.max().map { $0 + (policy.followUps.exam.value - policy.followUps.cadence.value) }
        if method.isFaceToFace, owed.map({ $0 <= record.day }) ?? true { history.exams.append(record.day) }
    }

    // MARK: the ledger's part

    mutating func sequence() -> FactSequence {
        defer { next += 1 }
        return FactSequence(rawValue: next)
    }

    func time(_ day: Int, hour: Int) -> HutTime {
        Neighbourhood.offset.start(of: Neighbourhood.start + day) + .seconds(hour * 3_600 + 300)
    }

    func changes(on day: Int, hour: Int) -> [FlagChange] {
        let now = max(time(day, hour: hour), history.addedAt)
        return review(history, policy: policy, now: now, offset: Neighbourhood.offset)
    }

    mutating func settle(_ changes: [FlagChange], _ day: Int, hour: Int) {
        for change in changes {
            let place = history.flags.firstIndex { $0.ended == nil && $0.draft.rule == change.rule }
            switch change {
            case .raise(let draft):
                history.flags.append(
                    Flag(id: sequence(), draft: draft, raisedAt: max(time(day, hour: hour), history.addedAt)))
                if draft.severity > .info { tally.flags[draft.rule, default: 0] += 1 }
                if draft.severity == .critical { tally.critical[day] += 1 }
            case .append(_, _, let evidence, let severity, let ringsAgain):
                guard let place else { continue }
                let isWorse = severity == .critical && history.flags[place].draft.severity < .critical
                if severity == .critical, isWorse || ringsAgain { tally.critical[day] += 1 }
                history.flags[place].draft.severity = severity
                history.flags[place].evidence.append(evidence)
            case .clear(_, _, let because):
                guard let place else { continue }
                history.flags[place].ended = .byRule(because, at: time(day, hour: hour))
            }
        }
    }

    /// A row is new on a day when the resident comes on the list and was not on it at the end of the day before.
    mutating func count(_ day: Int) {
        if counting.day != day { counting = (day, counting.now, counting.now, false) }
        let now = openFlags.filter { isListed($0, on: day) }
        counting.now = !now.isEmpty
        guard counting.now, !counting.before, !counting.isCounted else { return }
        counting.isCounted = true
        tally.newRows[day] += 1
        if !visits.contains(day) { tally.newRowsByCalendar[day] += 1 }
        if let first = now.max(by: { $0.draft.severity < $1.draft.severity })?.draft.rule {
            tally.rowsByRule[first, default: 0] += 1
        }
    }
}

extension FlagChange {
    fileprivate var rule: RuleID {
        switch self {
        case .raise(let draft): draft.rule
        case .append(let rule, _, _, _, _), .clear(let rule, _, _): rule
        }
    }
}
