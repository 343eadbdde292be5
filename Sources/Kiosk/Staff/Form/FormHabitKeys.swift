// How somebody lives, asked in four groups: `=` when nothing changed, `6` to `9` for the one that did. Where there is no
// last time, Enter leads through all four.

import TextScreen
import Vitals

extension FormSheet {
    mutating func pressLifestyle(_ key: Key) -> FormTurn {
        switch key {
        case .character("=") where typed.isEmpty:
            guard lastLifestyle != nil else { return .say(FormPhrases.noLastHabits) }
            answers.habits.isRestUnchanged = true
            return leaveHabits()
        case .character(let character):
            guard let digit = character.wholeNumberValue, let group = HabitGroup(rawValue: digit) else {
                return .unused
            }
            (self.group, typed) = (group, "")
            return .nothing
        case .enter where group != nil: return readGroup()
        case .enter: return lifestyle == nil && lastLifestyle != nil ? .say(FormPhrases.howHabits) : leaveHabits()
        default: return .unused
        }
    }

    /// On, or to the group that is still open.
    private mutating func leaveHabits() -> FormTurn {
        if lifestyle != nil {
            advance()
        } else {
            (group, typed) = (openGroup, "")
        }
        return .nothing
    }

    private var openGroup: HabitGroup? {
        let before = answers.habits.isRestUnchanged ? lastLifestyle.map(FormHabits.init) : nil
        return HabitGroup.allCases.first { !answers.habits.has($0) && before?.has($0) != true } ?? .diet
    }

    private mutating func readGroup() -> FormTurn {
        guard let group, read(group) else { return .say(FormPhrases.how(group ?? .mind, context.diseases)) }
        (self.group, typed) = (nil, "")
        // Without a last time one group leads to the next; with one, `=` is still to be pressed for the rest.
        return lastLifestyle == nil || lifestyle != nil ? leaveHabits() : .nothing
    }

    /// Takes what was typed for a group; false when it is not what the group needs.
    private mutating func read(_ group: HabitGroup) -> Bool {
        switch group {
        case .smokingDrinking: readSmokingDrinking()
        case .exercise: readExercise()
        case .diet: readDiet()
        case .mind: readMind()
        }
    }

    /// More cannot be in a day: 200 cigarettes, 10 liang; our own bounds, against a slip of the finger.
    private static let mostCigarettes = 200
    private static let mostSpiritsTenths = 100

    private mutating func readSmokingDrinking() -> Bool {
        guard let numbers = FormNumber.read(typed, places: 1), numbers.count == 2,
            let cigarettes = numbers[0].value(last: lastLifestyle?.cigarettesEachDay.timesTen)?.wholeTenths,
            let spirits = numbers[1].value(last: lastLifestyle?.spiritsTenthsEachDay),
            cigarettes.isWithin(Self.mostCigarettes), spirits.isWithin(Self.mostSpiritsTenths)
        else { return false }
        answers.habits.smokingDrinking = .init(cigarettes: cigarettes, spiritsTenths: spirits)
        return true
    }

    private static let mostTimesEachWeek = 50
    private static let mostMinutes = 600

    private mutating func readExercise() -> Bool {
        guard let numbers = FormNumber.read(typed, places: 0), numbers.count == 2,
            let times = numbers[0].value(last: lastLifestyle?.exerciseEachWeek),
            let minutes = numbers[1].value(last: lastLifestyle?.exerciseMinutes),
            times.isWithin(Self.mostTimesEachWeek), minutes.isWithin(Self.mostMinutes)
        else { return false }
        answers.habits.exercise = .init(times: times, minutes: minutes)
        return true
    }

    private static let mostStapleGrams = 2_000

    /// Salt by its number, staple food in grams; which of them depends on the diseases.
    private mutating func readDiet() -> Bool {
        let asksSalt = context.diseases.contains(.hypertension)
        let asksStaple = context.diseases.contains(.diabetes)
        guard var numbers = FormNumber.read(typed, places: 0),
            numbers.count == (asksSalt ? 1 : 0) + (asksStaple ? 1 : 0)
        else { return false }
        var diet = FormHabits.Diet()
        if asksSalt {
            let last = lastLifestyle?.saltTarget.map { PresentAndTarget($0.rawValue, target: $0.rawValue) }
            guard let salt = numbers.removeFirst().value(last: last), let present = SaltIntake(rawValue: salt.present)
            else { return false }
            diet.salt = present
            if let target = salt.target {
                guard let target = SaltIntake(rawValue: target) else { return false }
                diet.saltTarget = target
            }
        }
        if asksStaple {
            guard let staple = numbers.removeFirst().value(last: lastLifestyle?.stapleGramsEachDay),
                staple.isWithin(Self.mostStapleGrams)
            else { return false }
            diet.stapleGrams = staple
        }
        answers.habits.diet = diet
        return true
    }

    private mutating func readMind() -> Bool {
        // Neither has two digits: `11` is what `1 1` says.
        let apart = typed.count == 2 && typed.allSatisfy(\.isRowDigit) ? "\(typed.prefix(1)) \(typed.suffix(1))" : typed
        guard let numbers = FormNumber.read(apart, places: 0), numbers.count == 2,
            numbers.allSatisfy({ $0.target == .none }), let mood = Rating(rawValue: numbers[0].present),
            let followsAdvice = Rating(rawValue: numbers[1].present)
        else { return false }
        answers.habits.mind = .init(mood: mood, followsAdvice: followsAdvice)
        return true
    }
}

extension PresentAndTarget {
    fileprivate func isWithin(_ most: Int) -> Bool { present <= most && (target ?? 0) <= most }

    fileprivate var timesTen: PresentAndTarget { PresentAndTarget(present * 10, target: target.map { $0 * 10 }) }

    /// From tenths; nil where one of them is no whole number.
    fileprivate var wholeTenths: PresentAndTarget? {
        guard present % 10 == 0, (target ?? 0) % 10 == 0 else { return nil }
        return PresentAndTarget(present / 10, target: target.map { $0 / 10 })
    }
}
