// A neighbourhood that nobody lives in: 1,100 elders, 500 of them with hypertension and half of those above their limit,
// who come to a hut thirty a day for a year. `AlarmBudget` plays it through the rules, because a list that floods is a
// list that nobody reads (H-38). Seeded: the same people and the same values every time.
//
// Where the shares come from. By the reference (clinical-rules 5.5, point 9): 1,100 elders, 500 with hypertension, half of
// them above their limit, thirty visits a day, a year. Ours (D), chosen as round numbers and not taken from any survey:
// diabetes in one of six, whatever the pressure, and its fasting sugar spread over 6.0 to 7.6 mmol/L so that some are
// above 7.0; COPD in one of sixty and atrial fibrillation in one of forty, as a team has them on record; one of
// twenty-five lives alone, wears a band and wants to be watched; every second visit is one of a third of the people; *a
// little, as usual* in one answer of twenty-five; one session in twelve left after its first reading.
//
// Who is above the limit stays above it all year, whatever is done: the hardest case, and not a likely one. Such a
// resident is followed up every two weeks for ever (FU-05), is referred every four (BP-08) and asked after (FU-03), and so
// never leaves the list: she is a new row once, in her first weeks. That is why the budget of new rows is broken in the
// first ninety days of a year that keeps it as a whole (six hundred people owe a first follow-up in them, near
// seven a day by the norm's cadence alone), and why the tally also says how many stand on the list and for how many
// something is done a day. Whether a team can carry that is a clinician's question, not the rules'.
import Vitals

/// What the neighbourhood is made of (clinical-rules 5.5, point 9).
package struct Neighbourhood: Sendable {
    package var seed: UInt64
    package var people = 1_100
    /// Of those; half of them above their limit all year.
    package var hypertensive = 500
    package var visitsEachDay = 30
    package var days = 365
    /// The first day: the roster is imported that morning.
    package static let start = LocalDay(daysSince1970: 20_454)
    package static let offset = UTCOffset(seconds: 8 * 3_600)

    package init(seed: UInt64, days: Int = 365) { (self.seed, self.days) = (seed, days) }

    /// The days on which each resident comes: so many different people every day, the regular ones oftener.
    func visitDays() -> [[Int]] {
        var dice = SeededChance(seed: seed)
        var visits = [[Int]](repeating: [], count: people)
        for day in 0..<days {
            var today: Set<Int> = []
            while today.count < min(visitsEachDay, people) {
                // One of two comes from the first third of the roster: the regulars, spread over all kinds of people.
                let one = Int.random(in: 0..<people, using: &dice)
                today.insert(Bool.random(using: &dice) ? one : one / 3 * 3)
            }
            for one in today.sorted() { visits[one].append(day) }
        }
        return visits
    }

    /// One emergency a week, each at a visit of somebody else, by resident and day.
    func plantedDays(_ visits: [[Int]]) -> [[Int: PlantedEmergency]] {
        var planted = [[Int: PlantedEmergency]](repeating: [:], count: people)
        var dice = SeededChance(seed: seed &+ 1)
        for (week, day) in stride(from: 3, to: days, by: 7).enumerated() {
            let here = visits.indices.filter { visits[$0].contains(day) && planted[$0].isEmpty }
            guard let one = here.randomElement(using: &dice) else { continue }
            planted[one][day] = PlantedEmergency.allCases[week % PlantedEmergency.allCases.count]
        }
        return planted
    }
}

/// An emergency that must not be missed.
package enum PlantedEmergency: Int, Sendable, CaseIterable {
    case pressure, sign, lowSugar, highSugar, oxygen, call

    /// The rule whose flag must ring the same day.
    var rule: RuleID {
        switch self {
        case .pressure: "BP-02"
        case .sign: "BP-03"
        case .lowSugar: "GL-01"
        case .highSugar: "GL-02"
        case .oxygen: "OX-01"
        case .call: "W-03"
        }
    }
}

/// One resident of the neighbourhood.
struct Neighbour: Sendable {
    let key: Int
    let resident: Resident
    let isHypertensive, isAboveLimit, isDiabetic, livesAlone: Bool
    /// Her ordinary values.
    let systolic, diastolic, sugar, oxygen, pulse: Int

    init(_ key: Int, of place: Neighbourhood, _ dice: inout SeededChance) {
        self.key = key
        // Hypertension and its control lie across the roster, so that every week has some of each.
        let rank = key * 7 % place.people
        isHypertensive = rank < place.hypertensive
        isAboveLimit = rank < place.hypertensive / 2
        isDiabetic = dice.one(in: 6)
        livesAlone = dice.one(in: 25)
        let age = 65 + Int.random(in: 0...24, using: &dice)
        var conditions: Set<Condition> = []
        if isHypertensive { conditions.insert(.hypertension) }
        if isDiabetic { conditions.insert(.diabetes) }
        if dice.one(in: 60) { conditions.insert(.copd) }
        if dice.one(in: 40) { conditions.insert(.af) }
        let born = Neighbourhood.start.date.year - age
        resident = Resident(
            number: (key + 1).padded(4), name: "居民\(key + 1)", birth: LocalDay(year: born, month: 1 + key % 12, day: 5),
            conditions: conditions)
        // L is lower with diabetes; above it all year, or below it all year.
        let limit = isDiabetic ? 140 : 150
        if isAboveLimit {
            systolic = limit + Int.random(in: 4...12, using: &dice)
        } else {
            systolic =
                isHypertensive
                ? limit - Int.random(in: 14...24, using: &dice) : Int.random(in: 112...128, using: &dice)
        }
        diastolic = min(84, systolic / 2 + Int.random(in: 2...8, using: &dice))
        sugar = isDiabetic ? Int.random(in: 6_000...7_600, using: &dice) : Int.random(in: 4_800...5_800, using: &dice)
        oxygen = conditions.contains(.copd) ? 92 : Int.random(in: 96...98, using: &dice)
        pulse = Int.random(in: 62...84, using: &dice)
    }

    /// The history at the import: nothing is known but the roster and who wants to be looked after.
    var atImport: ResidentHistory {
        var history = ResidentHistory(
            key: ResidentKey(rawValue: Int64(key + 1)), resident: resident,
            addedAt: Neighbourhood.offset.start(of: Neighbourhood.start) + .seconds(8 * 3_600))
        if livesAlone {
            history.marks.apply(.livesAlone(true))
            history.marks.apply(.watched(true))
            history.bands = [
                WornBand(
                    band: BandID(rawValue: "!\((268_435_456 + key).hexadecimal)"), since: history.addedAt,
                    lastHeard: history.addedAt, isOff: false)
            ]
        }
        return history
    }
}

extension Int {
    fileprivate var hexadecimal: String { String(self, radix: 16) }
}

extension SeededChance {
    /// Around a value, mostly near it: the sum of three throws.
    mutating func around(_ value: Int, by spread: Int) -> Int {
        let throwing = (0..<3).reduce(0) { sum, _ in sum + Int.random(in: -spread...spread, using: &self) }
        return value + throwing / 2
    }

    mutating func one(in number: Int) -> Bool { Int.random(in: 1...number, using: &self) == 1 }
}
