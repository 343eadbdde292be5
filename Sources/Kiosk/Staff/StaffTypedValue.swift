// A value taken elsewhere and typed in: three numbers, then where it was taken (whose-reading row 45). A value that
// cannot be is refused with its name and kept for mending; nothing is clamped.

import TextScreen
import Vitals

/// A typed blood pressure.
struct StaffTypedValue: StaffSavingPage {
    private let key: ResidentKey
    private let name: String
    private var numbers = ""
    private var pressure: BloodPressure?
    private var place = StaffNote(Phrases.place, choices: Phrases.places)
    var isSaving = false

    init(_ key: ResidentKey, name: String) { (self.key, self.name) = (key, name) }

    var typesText: Bool { pressure != nil }
    var prompt: LocalizedText? { isSaving ? StaffPhrases.saving : nil }
    func keys(_ desk: StaffDesk) -> [StaffHint] {
        let enter = pressure == nil ? Phrases.next : Phrases.save
        return [StaffHint(.enter, enter, short: enter), .back]
    }

    mutating func press(_ key: Key, _ desk: StaffDesk) -> StaffStep {
        if isSaving { return key == .escape ? .unused : .nothing }
        guard let pressure else { return pressNumber(key) }
        if place.press(key) { return .nothing }
        switch key {
        case .enter:
            guard let text = place.text(desk.recordLanguage) else { return .say(Phrases.placeMissing) }
            isSaving = true
            return .ask(.typeReading(self.key, pressure, place: text))
        case .backspace:
            self.pressure = nil
            return .nothing
        default: return .unused
        }
    }

    /// Three numbers of three digits with a separator between: `156 84 72`.
    private static let longest = 11

    private mutating func pressNumber(_ key: Key) -> StaffStep {
        switch key {
        case .character(let character) where character.isRowDigit || " /.".contains(character):
            if numbers.count < Self.longest { numbers.append(character.isRowDigit ? character : " ") }
            return .nothing
        case .backspace where !numbers.isEmpty:
            numbers.removeLast()
            return .nothing
        case .enter: return read()
        default: return .unused
        }
    }

    private mutating func read() -> StaffStep {
        let values = numbers.split(separator: " ").compactMap { Int($0) }
        guard values.count == 2 || values.count == 3 else { return .say(Phrases.howMany) }
        let typed = BloodPressure(
            systolic: MmHg(values[0]), diastolic: MmHg(values[1]),
            pulse: values.count == 3 ? PerMinute(values[2]) : nil)
        if let field = Vital.bloodPressure(typed).implausibleField { return .say(Phrases.implausible(field)) }
        pressure = typed
        return .nothing
    }

    func draw(_ room: StaffRoom) -> [StaffLine] {
        let margin = room.isWide ? "   " : " "
        var lines = [StaffLine(StaffText.cut(Phrases.title(name)[room.language], room.columns), .bold), StaffLine()]
        guard let pressure else {
            lines += StaffText.wrap(Phrases.how[room.language], room.columns - 4, lines: 2).map {
                StaffLine(margin + $0)
            }
            return lines + [StaffLine("\(margin)> \(numbers)_")]
        }
        let value = StaffWords.value(.bloodPressure(pressure))[room.language]
        return lines + [StaffLine(margin + value, .bold), StaffLine()] + place.draw(room)
    }
}

private enum Phrases {
    static let how = LocalizedText(
        "高压 低压 脉搏，用空格隔开，脉搏可以不打", en: "systolic diastolic pulse, with blanks; pulse may be left out")
    static let howMany = LocalizedText("请打两个或三个数：高压 低压 脉搏", en: "Two or three numbers: systolic diastolic pulse")
    static let next = LocalizedText("回车=下一项", en: "Enter=next")
    static let save = LocalizedText("回车=存", en: "Enter=save")
    static let place = LocalizedText("在哪里量的，谁说的？也可以写", en: "Taken where, said by whom? Or write")
    static let places = [
        LocalizedText("小屋，护士用手量", en: "hut, by hand by the nurse"),
        LocalizedText("家里，护士上门量", en: "at home, by the visiting nurse"),
        LocalizedText("电话，本人说的", en: "by telephone, said by the resident"),
        LocalizedText("电话，家里人说的", en: "by telephone, said by the family"),
    ]
    static let placeMissing = LocalizedText("请先选在哪里量的", en: "Choose the place first")

    static func title(_ name: String) -> LocalizedText {
        LocalizedText("打一个血压  \(name)", en: "Type a blood pressure  \(name)")
    }

    /// Refused with the name of the value that cannot be.
    static func implausible(_ field: String) -> LocalizedText {
        switch field {
        case "systolic": LocalizedText("高压不对：要在 50 到 300", en: "systolic cannot be: 50 to 300")
        case "diastolic":
            LocalizedText("低压不对：30 到 200，比高压低 10 以上", en: "diastolic cannot be: 30 to 200, 10 below systolic")
        default: LocalizedText("脉搏不对：要在 20 到 250", en: "pulse cannot be: 20 to 250")
        }
    }
}
