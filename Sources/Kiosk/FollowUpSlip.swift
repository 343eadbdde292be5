// The slip of a follow-up: a resident told to come back is told a date and a weekday, and takes both home on paper. Names
// are masked as on every slip, because paper is left lying about; the form's verdicts stay with the team.

import Vitals

extension FormSheet {
    /// What a resident takes home from the follow-up that was signed; nil while no next date stands.
    func slip(_ desk: StaffDesk) -> Slip? {
        guard let next = answers.next else { return nil }
        let language = desk.recordLanguage
        let time = StaffWords.clock(desk.now.hut, desk.place.offset)
        var lines = [
            Slip.Line(desk.place.hutName, .bold, isCentred: true),
            Slip.Line("\(desk.today.iso) \(time)", isCentred: true), Slip.Line(""),
            Slip.Line(SlipWords.who(context.resident)[language], .bold),
        ]
        if let pressure = answers.pressure?.value {
            lines += [
                Slip.Line(SlipWords.pressure[language]),
                Slip.Line("\(pressure.systolic.value)/\(pressure.diastolic.value)", .big, isCentred: true),
            ]
        }
        lines += [
            Slip.Line(SlipWords.next[language]),
            Slip.Line(SlipWords.date(next, today: desk.today)[language], .bold, isCentred: true),
            Slip.Line(""), Slip.Line(Phrase.k17Medicine.sentence[language]),
            Slip.Line(Phrase.slipFeelBad.sentence[language]), Slip.Line(Phrase.c3SignsWide.sentence[language]),
        ]
        if let phone = desk.place.phones.first { lines.append(Slip.Line("\(phone.who) \(phone.number)")) }
        return Slip(lines: lines, readings: [])
    }
}

private enum SlipWords {
    static let pressure = LocalizedText("这次的血压", en: "Your blood pressure")
    static let next = LocalizedText("下次请来，或护士联系您：", en: "Please come, or the nurse contacts you:")

    /// `2月19日 周五`, with the year where it is another.
    static func date(_ day: LocalDay, today: LocalDay) -> LocalizedText {
        let (year, month, number) = day.date
        let weekday = StaffWords.weekday(day)
        let isThisYear = year == today.date.year
        return LocalizedText(
            "\(isThisYear ? "" : "\(year)年")\(month)月\(number)日 \(weekday.chinese)",
            en: "\(weekday.english) \(isThisYear ? StaffWords.day(day) : day.iso)")
    }

    /// `张*芳 女士  047号`.
    static func who(_ resident: Resident) -> LocalizedText {
        let name = resident.maskedName
        let number = LocalizedText("  \(resident.number)号", en: "  no. \(resident.number)")
        let person =
            switch resident.sex {
            case .female: LocalizedText("\(name) 女士", en: "Ms \(name)")
            case .male: LocalizedText("\(name) 先生", en: "Mr \(name)")
            case nil: LocalizedText(name, en: name)
            }
        return LocalizedText(person.chinese + number.chinese, en: person.english + number.english)
    }
}
