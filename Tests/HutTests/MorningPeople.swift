// A neighbourhood on one spring morning: a hundred invented residents of the seed, each with the facts for which the real
// rules put them on the list. No flag is written here; what stands on the list is what the hut makes of the facts.

import Ledger
import Vitals

/// Why somebody stands on the list this morning, and how many do.
enum MorningReason: String, CaseIterable, Sendable {
    /// Follow-up due, measured today, in range.
    case due
    /// Not controlled two weeks ago.
    case again
    /// Not controlled twice.
    case twice
    case promised
    case confirm, raised, above, low, sugar, irregular, fever
    case alone, silentBand, unexamined, outcome
    // Emergencies.
    case called, oxygen, pregnant, lowSugar, highSugar, otherPerson
    /// Comes in before the nurse and has a very high value.
    case seated
    /// Raised once yesterday: two more weeks before the list shows it.
    case later
    case moved, dead
    /// Nothing is the matter, until the middle of the morning.
    case well

    /// How many residents.
    var count: Int {
        switch self {
        case .due: 34
        case .again: 16
        case .promised: 8
        case .above: 6
        case .twice: 5
        case .confirm, .raised, .alone, .later: 4
        case .low, .sugar, .irregular, .unexamined: 3
        case .outcome, .moved: 2
        default: 1
        }
    }

    /// The rules that put each of them on the list.
    var rules: [RuleID] {
        switch self {
        case .due: ["FU-01"]
        case .again: ["FU-05"]
        case .twice: ["BP-08", "FU-05"]
        case .promised: ["FU-06"]
        case .confirm: ["BP-06"]
        case .raised: ["BP-05"]
        case .above: ["BP-07"]
        case .low: ["BP-09"]
        case .sugar: ["GL-03"]
        case .irregular: ["PR-01"]
        case .fever: ["TP-02"]
        case .alone: ["LV-01"]
        case .silentBand: ["W-04"]
        case .unexamined: ["FU-04"]
        case .outcome: ["FU-03"]
        case .called: ["W-03"]
        case .oxygen: ["OX-01"]
        case .pregnant: ["BP-04"]
        case .lowSugar: ["GL-01"]
        case .highSugar: ["GL-02"]
        case .otherPerson, .seated: ["BP-02", "BP-05"]
        case .later, .moved, .dead, .well: []
        }
    }

    fileprivate var age: Int {
        switch self {
        case .due, .low, .unexamined: 72
        case .pregnant: 29
        default: 58
        }
    }

    fileprivate var isHypertensive: Bool {
        [.due, .again, .twice, .above, .outcome].contains(self)
    }

    /// In the team of the nurse, by the roster.
    fileprivate var isHers: Bool { self == .low || self == .irregular }

    /// On the roster for a month already; the others came over from another hut in the night.
    fileprivate var isOld: Bool { self == .alone || self == .silentBand }
}

/// One invented resident.
struct MorningPerson: Sendable {
    let number: String
    let name: String
    let reason: MorningReason
    var initials: String { PinyinInitials.of(name) ?? "" }
}

/// The neighbourhood of a seed.
struct MorningPeople: Sendable {
    let all: [MorningPerson]
    let seed: UInt64
    /// When the hut opens.
    let opening: HutTime
    var today: LocalDay { UTCOffset.china.day(of: opening) }

    /// A result at the second booth that nobody asked for: very high.
    static let unownedCrisis = BloodPressure(systolic: 199, diastolic: 104, pulse: 92)
    /// Results nobody owns, the first three with the number of somebody; all of ordinary people.
    static let unowned = (0..<6).map { BloodPressure(systolic: MmHg(121 + 2 * $0), diastolic: 74, pulse: 70) }

    /// The next tenth of March, half past eight: far from the year's end, where counts of the year would speak too.
    init(seed: UInt64, after now: HutTime) {
        self.seed = seed
        var dice = SeededChance(seed: seed)
        let surnames = "赵钱孙李周吴郑王冯陈沈韩杨朱秦许何吕张".map(String.init)
        let given = ["桂芳", "国强", "凤华", "有田", "建平", "秀英", "德福", "玉兰", "志刚", "淑珍", "文斌", "小梅"]
        let names = surnames.flatMap { first in given.map { first + $0 } }.shuffled(using: &dice)
        let reasons = MorningReason.allCases.flatMap { Array(repeating: $0, count: $0.count) }.shuffled(using: &dice)
        all = zip(names, reasons).enumerated().map { place, person in
            MorningPerson(number: String(101 + place), name: person.0, reason: person.1)
        }
        let year = UTCOffset.china.day(of: now).date.year
        let springs = [year, year + 1].compactMap { LocalDay(year: $0, month: 3, day: 10) }
        let openings = springs.map { UTCOffset.china.start(of: $0) + .seconds(8 * 3_600 + 1_800) }
        opening = openings.first { $0 > now } ?? now
    }

    func with(_ reason: MorningReason) -> [MorningPerson] { all.filter { $0.reason == reason } }

    /// How many flags of each rule must be open when the nurse comes, beside those of the stations.
    var expected: [RuleID: Int] {
        var counts: [RuleID: Int] = ["STATION": 2, "DQ-01": 1 + Self.unowned.count]
        for rule in all.flatMap(\.reason.rules) { counts[rule, default: 0] += 1 }
        return counts
    }

    /// Puts everybody into the ledger, oldest facts first.
    func fill(_ ledger: Ledger, doctor: StaffKey, nurse: StaffKey) async throws {
        let month = UTCOffset.china.start(of: today + -30)
        for isOld in [true, false] {
            let people = all.filter { $0.reason.isOld == isOld }
            let at = isOld ? month : opening + .seconds(-9_000)
            try await ledger.append(people.map { .residentAdded(resident($0), id: "id-\($0.number)") }, at: at)
        }
        var days: [LocalDay: [Fact]] = [:]
        var dice = SeededChance(seed: seed)
        for person in all {
            guard let entry = try await ledger.roster(number: person.number) else { continue }
            var history = MorningHistory(key: entry.key, today: today, nurse: nurse, doctor: doctor, dice: dice)
            history.write(person.reason)
            dice = history.dice
            for (day, fact) in history.facts { days[day, default: []].append(fact) }
        }
        days[today, default: []] += requests(of: try await ledger.roster(number: with(.due)[0].number)?.key)
        for (day, facts) in days.sorted(by: { $0.key < $1.key }) {
            let at = day == today ? opening + .seconds(-600) : UTCOffset.china.start(of: day) + .seconds(64_800)
            try await ledger.append(facts, at: at)
        }
        try await ledger.append(unownedReadings, at: opening + .seconds(-300))
    }

    private func resident(_ person: MorningPerson) -> Resident {
        Resident(
            number: person.number, name: person.name, sex: .female, birth: today + -(person.reason.age * 366),
            phone: "13900000\(person.number)", building: "\(Int(person.number).map { $0 % 7 + 1 } ?? 1)-1-101",
            conditions: person.reason.isHypertensive ? [.hypertension] : [],
            team: person.reason.isHers ? "汪医生 \(HeldHut.nurse)" : nil)
    }

    private func requests(of key: ResidentKey?) -> [Fact] {
        key.map { key in [.request(key, .call), .request(key, .homeVisit), .request(key, .bandHelp)] } ?? []
    }

    private var unownedReadings: [Fact] {
        let hinted = with(.due).suffix(3).map(\.number)
        let crisis = reading(Self.unownedCrisis, at: opening + .seconds(-400), in: "booth-2")
        return [.reading(crisis, .unclaimed(.noVisit, hint: nil))]
            + Self.unowned.enumerated().map { place, pressure in
                let at = opening + .seconds(-7_200 + 600 * place)
                let hint = hinted.indices.contains(place) ? Hint.number(hinted[place]) : nil
                return .reading(reading(pressure, at: at, in: "booth-1"), .unclaimed(.noVisit, hint: hint))
            }
    }

    private func reading(_ pressure: BloodPressure, at time: HutTime, in station: String) -> Reading {
        Reading(
            vital: .bloodPressure(pressure), receivedAt: time, instrument: InstrumentID(rawValue: "cuff-1"),
            station: StationID(rawValue: station), source: .cuffStation, arm: .right)
    }
}
