// The fields of a roster line as a nurse types them: each with its question, what cannot be, and where it goes.

import Vitals

/// One field of the roster line, in the order of enrolling.
package enum RosterField: CaseIterable, Sendable {
    case number, name, sex, birth, phone, building, team, medicines

    /// What the field is called.
    package var words: LocalizedText {
        switch self {
        case .number: LocalizedText("小屋号", en: "hut number")
        case .name: LocalizedText("姓名", en: "name")
        case .sex: LocalizedText("性别", en: "sex")
        case .birth: LocalizedText("生日", en: "birthday")
        case .phone: LocalizedText("电话", en: "telephone")
        case .building: LocalizedText("楼号", en: "building")
        case .team: LocalizedText("签约团队", en: "team")
        case .medicines: LocalizedText("用药", en: "medicines")
        }
    }

    var question: StaffQuestion {
        var question = StaffQuestion(note: note, isOptional: self != .number && self != .name)
        switch self {
        case .number:
            question.refusal = { answer, _ in
                (3...8).contains(answer.text.count) && answer.text.allSatisfy(\.isRowDigit) ? nil : FieldWords.noNumber
            }
        case .birth:
            question.refusal = { answer, desk in birthday(answer.text, desk.today) == nil ? FieldWords.noBirthday : nil
            }
        case .phone: question.refusal = { answer, _ in StaffActs.isPhone(answer.text) ? nil : FieldWords.noPhone }
        default: break
        }
        return question
    }

    private var note: StaffNote {
        switch self {
        case .number: StaffNote(FieldWords.number, kind: .figures)
        case .sex: StaffNote(FieldWords.sex, choices: [FieldWords.female, FieldWords.male], kind: .choice)
        case .birth: StaffNote(FieldWords.birth, kind: .figures)
        case .phone: StaffNote(words, kind: .figures)
        default: StaffNote(words)
        }
    }

    /// What stands there now; `-` for nothing.
    package func text(_ resident: Resident, _ language: Language) -> String {
        let text =
            switch self {
            case .number: resident.number
            case .name: resident.name
            case .sex: StaffWords.sex(resident.sex, language)
            case .birth: resident.birth?.iso
            case .phone: resident.phone
            case .building: resident.building
            case .team: resident.team
            case .medicines: resident.medicines
            }
        return text.flatMap { $0.isEmpty ? nil : $0 } ?? "-"
    }

    /// Writes an answer that was not refused; one that was passed over empties the field.
    func write(_ answer: StaffAnswer, to resident: inout Resident, today: LocalDay) {
        let text = answer.text.isEmpty ? nil : answer.text
        switch self {
        case .number: resident.number = answer.text
        case .name: resident.name = answer.text
        case .sex: resident.sex = answer.choice.map { $0 == 0 ? .female : .male }
        case .birth: resident.birth = birthday(answer.text, today)
        case .phone: resident.phone = text
        case .building: resident.building = text
        case .team: resident.team = text
        case .medicines: resident.medicines = text
        }
    }
}

/// A whole date with its year, at most 130 years ago.
private func birthday(_ text: String, _ today: LocalDay) -> LocalDay? {
    guard text.split(whereSeparator: { "-/. ".contains($0) }).count == 3 else { return nil }
    return StaffDates.past(text, today: today).flatMap { today.fullYears(since: $0) <= 130 ? $0 : nil }
}

private enum FieldWords {
    static let number = LocalizedText("小屋号，3 到 8 位", en: "Hut number, 3 to 8 digits")
    static let noNumber = LocalizedText("小屋号要 3 到 8 个数字", en: "A hut number has 3 to 8 digits")
    static let sex = LocalizedText("性别？可以不选", en: "Sex? May be left out")
    static let female = LocalizedText("女", en: "female")
    static let male = LocalizedText("男", en: "male")
    static let birth = LocalizedText("生日，像 1945-03-02", en: "Birthday, like 1945-03-02")
    static let noBirthday = LocalizedText("生日要有年月日，像 1945-03-02", en: "Year, month, day, like 1945-03-02")
    static let noPhone = LocalizedText("电话要 5 到 15 个数字", en: "A number has 5 to 15 digits")
}
