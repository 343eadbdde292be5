// One item of an exam being typed, in its own unit. What cannot be is refused with the name and the bounds; reports are
// written as they stand on the paper.

import TextScreen
import Vitals

/// An item on its way to becoming one.
struct ExamEntry: Sendable {
    enum Turn: Sendable {
        case unused, nothing
        case say(LocalizedText)
        case done(ExamItem)
        case cancelled
    }
    let kind: ExamKind
    private let offered: ExamItem?
    private var typed = ""
    private var notes: [StaffNote]
    private var answers: [String] = []
    /// A glucose that still has to say whether it was fasting.
    private var glucose: Int?

    init(_ kind: ExamKind, offered: ExamItem?) {
        (self.kind, self.offered) = (kind, offered)
        notes =
            switch kind {
            case .electrocardiogram: [StaffNote(ExamPhrases.report, choices: ExamPhrases.electrocardiograms)]
            case .ultrasound: [StaffNote(ExamPhrases.report, choices: ExamPhrases.ultrasounds)]
            case .laboratory:
                [
                    StaffNote(ExamPhrases.laboratoryName, choices: ExamPhrases.laboratoryNames),
                    StaffNote(ExamPhrases.laboratoryValue),
                    StaffNote(ExamPhrases.laboratoryUnit),
                ]
            default: []
            }
    }

    var typesText: Bool { !notes.isEmpty }
    private static let longest = 8

    mutating func press(_ key: Key, _ language: Language) -> Turn {
        if !notes.isEmpty { return pressNote(key, language) }
        if let glucose { return pressFasting(key, glucose) }
        switch key {
        case .character(let character) where character.isRowDigit || " /.".contains(character):
            if typed.count < Self.longest { typed.append(character) }
            return .nothing
        case .backspace where !typed.isEmpty:
            typed.removeLast()
            return .nothing
        case .backspace, .escape: return .cancelled
        case .enter:
            if typed.isEmpty, let offered { return .done(offered) }
            return read()
        default: return .unused
        }
    }

    private mutating func pressNote(_ key: Key, _ language: Language) -> Turn {
        if notes[answers.count].press(key) { return .nothing }
        switch key {
        case .enter:
            // A laboratory value may have no unit; everything else must be there.
            let text = notes[answers.count].text(language) ?? ""
            guard !text.isEmpty || answers.count == 2 else { return .say(FormPhrases.wordsMissing) }
            answers.append(text)
            return answers.count == notes.count ? written : .nothing
        case .backspace where !answers.isEmpty:
            answers.removeLast()
            return .nothing
        case .backspace, .escape: return .cancelled
        default: return .unused
        }
    }

    private var written: Turn {
        switch (kind, answers.count) {
        case (.electrocardiogram, 1): .done(.electrocardiogram(answers[0]))
        case (.ultrasound, 1): .done(.ultrasound(answers[0]))
        case (.laboratory, 3): .done(.laboratory(name: answers[0], value: answers[1], unit: answers[2]))
        default: .nothing
        }
    }

    private mutating func pressFasting(_ key: Key, _ micromoles: Int) -> Turn {
        switch key {
        case .character("1"): return .done(.glucose(micromolesPerLitre: micromoles, isFasting: true))
        case .character("2"): return .done(.glucose(micromolesPerLitre: micromoles, isFasting: false))
        case .backspace:
            glucose = nil
            return .nothing
        case .escape: return .cancelled
        default: return .say(ExamPhrases.isFasting)
        }
    }

    // MARK: Numbers

    private mutating func read() -> Turn {
        if kind == .bloodPressure { return readPressure() }
        guard let value = FormNumber.scaled(Substring(typed.trimmed), places: places) else {
            return .say(ExamPhrases.how(kind))
        }
        switch kind {
        case .weight: return plausible(.weight(grams: value), .weight(grams: value))
        case .height: return plausible(.height(millimetres: value), .height(millimetres: value))
        case .temperature: return plausible(.temperature(centiCelsius: value), .temperature(centiCelsius: value))
        case .waist:
            return Self.waists.contains(value) ? .done(.waist(millimetres: value)) : .say(ExamPhrases.waist)
        case .glucose:
            let glucose = Glucose(micromolesPerLitre: value)
            if let wrong = Vital.glucose(glucose).implausibleField { return .say(FormPhrases.implausible(wrong)) }
            self.glucose = value
            return .nothing
        case .bloodPressure, .electrocardiogram, .ultrasound, .laboratory: return .nothing
        }
    }

    /// 40 to 200 cm: our own bounds, against a slip of the finger.
    private static let waists = 400...2_000

    private var places: Int {
        switch kind {
        case .weight, .glucose: 3
        case .height, .waist: 1
        default: 2
        }
    }

    private func plausible(_ vital: Vital, _ item: ExamItem) -> Turn {
        vital.implausibleField.map { .say(FormPhrases.implausible($0)) } ?? .done(item)
    }

    private func readPressure() -> Turn {
        let numbers = typed.split { " /".contains($0) }.map { Int($0) }
        guard numbers.count == 2, let systolic = numbers[0], let diastolic = numbers[1] else {
            return .say(ExamPhrases.how(.bloodPressure))
        }
        let pressure = BloodPressure(systolic: MmHg(systolic), diastolic: MmHg(diastolic))
        return plausible(
            .bloodPressure(pressure), .bloodPressure(systolic: pressure.systolic, diastolic: pressure.diastolic))
    }

    // MARK: View

    func draw(_ room: StaffRoom) -> [StaffLine] {
        let margin = room.isWide ? "   " : " "
        let language = room.language
        var lines = [StaffLine(margin + ExamWords.name(kind)[language], .bold)]
        if !notes.isEmpty {
            return lines + answers.map { StaffLine(StaffText.cut(margin + $0, room.columns)) }
                + notes[min(answers.count, notes.count - 1)].draw(room)
        }
        if let glucose {
            let value = StaffLine(margin + JSONLine.decimal(glucose, places: 3))
            return lines + [value, StaffLine(margin + ExamPhrases.isFasting[language])]
        }
        lines.append(StaffLine(margin + ExamPhrases.how(kind)[language]))
        if let offered {
            lines.append(StaffLine(margin + ExamPhrases.offered(ExamWords.value(offered))[language]))
        }
        return lines + [StaffLine("\(margin)> \(typed)_")]
    }
}
