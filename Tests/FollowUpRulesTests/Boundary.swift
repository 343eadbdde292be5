// The boundary table (clinical-rules 5.5, point 2): for every limit of a policy one row that says in the rule's own
// words how it compares: *at least*, *above*, *at most*, *below*. The values come from the policy, one less, itself and
// one more; what they must do comes from the word alone. Nothing here asks the engine what the answer is.
import FollowUpRules
import Testing
import Vitals

/// How a rule compares a value with its limit.
enum Comparison: String, Sendable {
    case atLeast, above, atMost, below

    /// Whether it holds one below the limit, at it, and one above.
    var holds: [Bool] {
        switch self {
        case .atLeast: [false, true, true]
        case .above: [false, false, true]
        case .atMost: [true, true, false]
        case .below: [true, false, false]
        }
    }
}

/// One limit of one rule: facts that hang on a single value, and what stands for it.
struct Boundary: Sendable, CustomTestStringConvertible {
    var rule: RuleID
    /// Its path in the policy: `raised.systolic`, `pulse.high`.
    var number: String
    var compare: Comparison
    /// Where the comparison holds: the severity, and where it is written the path of the days to the due date.
    var holds: String
    var otherwise = "-"
    var who = People.adult
    /// Puts the facts for a value into the book; today is `Scene.today`, thirteen o'clock.
    var scene: @Sendable (inout Book, Int) throws -> Void

    init(
        _ rule: RuleID, _ number: String, _ compare: Comparison, _ holds: String, else otherwise: String = "-",
        _ who: Resident = People.adult, _ scene: @escaping @Sendable (inout Book, Int) throws -> Void
    ) {
        (self.rule, self.number, self.compare) = (rule, number, compare)
        (self.holds, self.otherwise, self.who, self.scene) = (holds, otherwise, who, scene)
    }

    var testDescription: String { "\(rule.rawValue) \(compare.rawValue) \(number)" }
}

/// Something without a number that a rule must hear, or must not.
struct Saying: Sendable, CustomTestStringConvertible {
    var rule: RuleID
    var says: String
    var holds: String
    var who: Resident
    var scene: @Sendable (inout Book) throws -> Void

    init(
        _ rule: RuleID, _ says: String, _ holds: String, _ who: Resident = People.adult,
        _ scene: @escaping @Sendable (inout Book) throws -> Void
    ) {
        (self.rule, self.says, self.holds, self.who, self.scene) = (rule, says, holds, who, scene)
    }

    var testDescription: String { "\(rule.rawValue) \(says)" }
}

/// Days and people of the table.
enum Scene {
    static let today = day("2026-11-21")
    static let now = "2026-11-21 13:00"

    /// A time so many days from today: `on(-3, "09:14")`.
    static func on(_ days: Int, _ clock: String = "09:14") -> String { "\((today + days).iso) \(clock)" }
    static func date(_ days: Int) -> String { (today + days).iso }
    static func minute(_ minute: Int, of hour: Int = 9) -> String {
        on(0, "\((hour + minute / 60).padded(2)):\((minute % 60).padded(2))")
    }

    /// Eighty-six.
    static let old = Resident(
        number: "083", name: "钱秀英", birth: LocalDay(iso: "1940-03-02"), conditions: [.hypertension])

    static func with(_ conditions: Condition...) -> Resident {
        Resident(number: "081", name: "孙有田", birth: LocalDay(iso: "1970-03-02"), conditions: Set(conditions))
    }
}

extension Book {
    /// Somebody who is so many full years old today, to the day; one less: the birthday is tomorrow.
    mutating func age(_ years: Int, limit: Int) {
        let (year, month, date) = (years < limit ? Scene.today + 1 : Scene.today).date
        history.resident.birth = LocalDay(year: year - (years < limit ? years + 1 : years), month: month, day: date)
    }

    /// Two readings on a day, with what the ordinary session has not.
    mutating func pulses(_ pulse: Int, _ days: Int, apart minutes: Int = 2, visit: Int64? = nil, rested: Bool = false) {
        for minute in [0, minutes] {
            let fact = sequence()
            let time = at(Scene.on(days, "09:\((14 + minute).padded(2))"))
            let reading = Reading(
                vital: .bloodPressure(BloodPressure(systolic: 124, diastolic: 76, pulse: PerMinute(pulse))),
                receivedAt: time, instrument: InstrumentID(rawValue: "cuff-1"), source: .cuffStation, arm: .right,
                rested: rested ? .byClock(seconds: 300) : .notSaid)
            let owner = Owner.resident(history.key, visit: visit.map { VisitID(rawValue: $0) })
            add(RecordedReading(sequence: fact, reading: reading, owner: owner))
        }
    }

    /// Readings two minutes apart, some with the device's mark of an irregular pulse.
    mutating func marked(_ marks: [Bool]) {
        for (place, isMarked) in marks.enumerated() {
            measured(
                .bloodPressure(BloodPressure(systolic: 124, diastolic: 76, pulse: 72, irregularPulse: isMarked)),
                .cuffStation, Scene.minute(2 * place))
        }
    }

    /// Values of a home monitor on one day.
    mutating func home(_ systolic: Int, _ diastolic: Int, _ days: Int, count: Int = 4) {
        for place in 0..<count {
            cuff(
                systolic, diastolic, Scene.on(days, "07:\((2 * place).padded(2))"), instrument: "home-1",
                source: .cuffHome)
        }
    }

    /// What stands of a rule, in the words of the table.
    func stands(_ rule: RuleID, due: String?) throws -> String {
        guard let flag = allOpen.first(where: { $0.draft.rule == rule }) else { return "-" }
        var words = "\(flag.draft.severity)"
        if flag.draft.evidence.sentence.english.hasSuffix("; lost") { words += " lost" }
        guard let due else { return words }
        let days = try due == "0" ? 0 : policy.value(due)
        // As the screens count the days late: from the same date, where it was not raised after it.
        let dates = [flag.draft.due, flag.shownDue(offset: shanghai)]
        let isDue = dates.allSatisfy { $0 == Scene.today + days }
        return isDue ? "\(words) \(due)" : "\(words) \(dates.map { $0?.iso ?? "no date" })"
    }
}

extension Policy {
    /// A number by its path; a pair has two: `raised.systolic`.
    func value(_ path: String) throws -> Int {
        try #require(numbersByPath[path], "\(name) has no number \(path)")
    }

    var numbersByPath: [String: Int] {
        var table: [String: Int] = [:]
        for single in numbers { table[single.path] = single.number.value }
        for pair in pairs {
            table["\(pair.path).systolic"] = pair.limit.systolic
            table["\(pair.path).diastolic"] = pair.limit.diastolic
        }
        return table
    }
}
