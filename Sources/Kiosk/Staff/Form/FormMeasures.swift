// The questions a number answers: the hut's own value with Enter, or one that is typed, read with its unit and refused
// with the name of what cannot be. Nothing is clamped.

import Vitals

extension FormSheet {
    /// A number that somebody took himself is measured; one told on the telephone is asked.
    private var sourceOfTyped: AnswerSource { answers.method?.isFaceToFace == true ? .measured : .asked }

    // MARK: Blood pressure and pulse

    mutating func takePressure() -> FormTurn {
        if !typed.isEmpty { return readPressure() }
        if answers.pressure != nil, newerPressure == nil { return goOn() }
        if let here = measured?.pressure {
            let value = FormPressure(
                systolic: here.value.systolic, diastolic: here.value.diastolic, readings: here.readings)
            keep(value, pulse: here.value.pulse, .measured)
        } else if answers.method?.isFaceToFace == true {
            return .say(FormPhrases.valueMissing)
        } else {
            answers.passed.insert(.pressure)
        }
        advance()
        return .nothing
    }

    /// What the hut measured after its value had been taken; Enter takes it instead. A typed value stays.
    var newerPressure: MeasuredPressure? {
        guard let taken = answers.pressure?.value.readings, !taken.isEmpty, let here = measured?.pressure else {
            return nil
        }
        return here.readings == taken ? nil : here
    }

    private mutating func readPressure() -> FormTurn {
        let numbers = typed.split { " /".contains($0) }.map { Int($0) }
        guard (2...3).contains(numbers.count), let systolic = numbers[0], let diastolic = numbers[1],
            let pulse = numbers.count == 3 ? numbers[2].map(Optional.some) : .some(nil)
        else { return .say(FormPhrases.howPressure) }
        let read = BloodPressure(
            systolic: MmHg(systolic), diastolic: MmHg(diastolic), pulse: pulse.map { PerMinute($0) })
        if let wrong = Vital.bloodPressure(read).implausibleField { return .say(FormPhrases.implausible(wrong)) }
        keep(FormPressure(systolic: read.systolic, diastolic: read.diastolic), pulse: read.pulse, sourceOfTyped)
        advance()
        return .nothing
    }

    private mutating func keep(_ value: FormPressure, pulse: PerMinute?, _ source: AnswerSource) {
        answers.pressure = Answer(value, source)
        answers.pulse = pulse.map { Answer($0, source) }
        answers.passed.remove(.pressure)
        answers.keptBecause = nil
    }

    // MARK: Weight

    mutating func takeWeight() -> FormTurn {
        if !typed.isEmpty { return readWeight() }
        if answers.weightGrams != nil { return goOn() }
        if let grams = measured?.weightGrams {
            keepWeight(PresentAndTarget(grams, target: lastWeightTarget), .measured)
        } else if let known = context.weight {
            keepWeight(PresentAndTarget(known.grams, target: lastWeightTarget), .unchanged)
        } else {
            answers.passed.insert(.weight)
        }
        advance()
        return .nothing
    }

    /// `61.5/60 158`: kilograms with target, centimetres.
    private mutating func readWeight() -> FormTurn {
        guard let numbers = FormNumber.read(typed, places: 3), numbers.count <= 2,
            let weight = numbers[0].value(last: lastWeightTarget.map { PresentAndTarget($0, target: $0) })
        else { return .say(FormPhrases.howWeight) }
        let grams = [weight.present] + (weight.target.map { [$0] } ?? [])
        guard grams.allSatisfy({ Vital.weight(grams: $0).implausibleField == nil }) else {
            return .say(FormPhrases.implausible("kilograms"))
        }
        if numbers.count == 2 {
            guard numbers[1].target == .none, numbers[1].present % 100 == 0 else { return .say(FormPhrases.howWeight) }
            let height = numbers[1].present / 100
            guard Vital.height(millimetres: height).implausibleField == nil else {
                return .say(FormPhrases.implausible("centimetres"))
            }
            answers.heightMillimetres = height
        }
        keepWeight(weight, sourceOfTyped)
        advance()
        return .nothing
    }

    private mutating func keepWeight(_ weight: PresentAndTarget, _ source: AnswerSource) {
        answers.weightGrams = Answer(weight, source)
        answers.passed.remove(.weight)
    }

    /// Tenths of kg/m², half up; nil without height or weight.
    func bodyMassIndexTenths(grams: Int?) -> Int? {
        guard let grams, let height = answers.heightMillimetres ?? context.heightMillimetres, height > 0 else {
            return nil
        }
        return (grams * 10_000 * 2 + height * height) / (2 * height * height)
    }

    // MARK: Glucose

    mutating func takeGlucose() -> FormTurn {
        if !typed.isEmpty { return readGlucose() }
        if answers.glucose != nil { return goOn() }
        if let here = measured?.fastingGlucose {
            (answers.glucose, answers.glucoseReading) = (Answer(here.micromolesPerLitre, .measured), here.reading)
            answers.passed.remove(.glucose)
            answers.keptBecause = nil
        } else {
            answers.passed.insert(.glucose)
        }
        advance()
        return .nothing
    }

    private mutating func readGlucose() -> FormTurn {
        guard let micromoles = FormNumber.scaled(Substring(typed), places: 3) else {
            return .say(FormPhrases.howGlucose)
        }
        if let wrong = Vital.glucose(Glucose(micromolesPerLitre: micromoles)).implausibleField {
            return .say(FormPhrases.implausible(wrong))
        }
        (answers.glucose, answers.glucoseReading) = (Answer(micromoles, sourceOfTyped), nil)
        answers.passed.remove(.glucose)
        answers.keptBecause = nil
        advance()
        return .nothing
    }

    // MARK: The next date

    /// Enter takes what is proposed; digits are days from the form's day, `12-30` a date.
    mutating func takeNext() -> FormTurn {
        if typed.isEmpty, answers.next != nil { return goOn() }
        guard let next = typed.isEmpty ? proposedNext : typedNext else { return .say(FormPhrases.howNext) }
        if let sentence = nextRefusal(next, today: today) { return .say(sentence) }
        answers.next = next
        advance()
        return .nothing
    }

    private var typedNext: LocalDay? {
        if let days = Int(typed) { return answers.day + days }
        // A date written without a year lies ahead.
        let year = answers.day.date.year
        return [year, year + 1].compactMap { LocalDay(iso: "\($0)-\(monthAndDay ?? "")") }.first { $0 > answers.day }
            ?? StaffDates.whole(typed)
    }

    private var monthAndDay: String? {
        let numbers = typed.split { "-./ ".contains($0) }.compactMap { Int($0) }
        return numbers.count == 2 ? "\(numbers[0].padded(2))-\(numbers[1].padded(2))" : nil
    }
}
