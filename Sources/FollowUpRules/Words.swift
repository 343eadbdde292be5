// The sentences of the flags: why one stands, in the few words of a worklist row (nurse-screens.md), with number,
// unit, day and instrument. What matters stands first, so that a narrow row cuts off the instrument and not the value.
import Vitals

/// Words that several rules share.
enum Words {
    static let moved = LocalizedText("已搬走", en: "moved away")
    static let dead = LocalizedText("已去世", en: "died")
    static let ended = LocalizedText("不归本队管了", en: "no longer looked after")
    static let worse = LocalizedText("更急了，另立一条", en: "more urgent now, raised anew")
    static let noLonger = LocalizedText("按现在的记录不成立了", en: "no longer so by the records as they stand now")
    static let notForThem = LocalizedText("这条规则不再适用于本人", en: "this rule no longer applies to the resident")
    static let withdrawn = LocalizedText(
        "依据的数后来移走或作废了，等人来关", en: "a reading it rests on was later taken away; a person must close it")

    static let newDate = LocalizedText("改了日子，另立一条", en: "another date, raised anew")
    static let switchedOff = LocalizedText("这条规则停用了", en: "this rule is switched off")

    /// Another rule says it now.
    static func now(_ rule: RuleID) -> LocalizedText {
        LocalizedText("转为 \(rule.rawValue)", en: "now \(rule.rawValue)")
    }

    /// `11-21 随访过(电话)`.
    static func followedUp(_ record: FollowUpRecord, from reference: LocalDay) -> LocalizedText {
        let (day, method) = (day(record.day, from: reference), record.method.words)
        return LocalizedText(
            "\(day.chinese) 随访过(\(method.chinese))", en: "followed up \(day.english) (\(method.english))")
    }

    /// `一遍`, `两遍`, `三遍` … and `once`, `twice`, `3 times`.
    static func times(_ count: Int) -> LocalizedText {
        switch count {
        case 1: LocalizedText("一遍", en: "once")
        case 2: LocalizedText("两遍", en: "twice")
        case 3: LocalizedText("三遍", en: "3 times")
        default: LocalizedText("\(count)遍", en: "\(count) times")
        }
    }

    /// What was answered to the question for danger signs.
    static func signs(_ answers: [SymptomReport]) -> LocalizedText {
        if answers.contains(where: { $0.answer == .danger }) {
            return LocalizedText("有危险症状(自己按的)", en: "danger sign, by the resident's own key")
        }
        if answers.contains(where: { $0.answer == .silence }) {
            return LocalizedText("问危险症状没有回答", en: "no answer to the danger-sign question")
        }
        if answers.contains(where: { $0.answer == .mild }) {
            return LocalizedText("有一点不舒服", en: "slightly unwell as usual")
        }
        return answers.contains { $0.answer == .none }
            ? LocalizedText("无危险症状", en: "no danger sign") : LocalizedText("没问症状", en: "signs not asked")
    }

    /// `198/112、190/108`.
    static func values(_ readings: [CuffReading]) -> LocalizedText {
        let texts = readings.map(\.text)
        return LocalizedText(texts.joined(separator: "、"), en: texts.joined(separator: ", "))
    }

    /// `cuff-1`; several with a comma.
    static func instruments(_ readings: [CuffReading]) -> String {
        var names: [String] = []
        for reading in readings where !names.contains(reading.instrument.rawValue) {
            names.append(reading.instrument.rawValue)
        }
        return names.joined(separator: ",")
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// `11-21` and `21 Nov`; with the year where it is not `reference`'s.
    static func day(_ day: LocalDay, from reference: LocalDay) -> LocalizedText {
        let (year, month, number) = day.date
        let english = "\(number) \(months[month - 1])"
        guard year != reference.date.year else {
            return LocalizedText("\(month.padded(2))-\(number.padded(2))", en: english)
        }
        return LocalizedText(day.iso, en: "\(english) \(year)")
    }

    /// `上次11-21` and `last 21 Nov`, of the day in words; what nobody wrote down is said to be so.
    static func lastTime(_ day: LocalizedText?) -> LocalizedText {
        day.map { LocalizedText("上次\($0.chinese)", en: "last \($0.english)") }
            ?? LocalizedText("没有以前的记录", en: "none on record")
    }

    /// `11-21 09:14` and `21 Nov 09:14`.
    static func moment(_ time: HutTime, offset: UTCOffset, from reference: LocalDay) -> LocalizedText {
        let day = day(offset.day(of: time), from: reference)
        let clock = offset.civil(of: time)
        let text = "\(clock.hour.padded(2)):\(clock.minute.padded(2))"
        return LocalizedText("\(day.chinese) \(text)", en: "\(day.english) \(text)")
    }
}

extension TimeLine {
    /// `what 11-21 09:14 cuff-1`; where it came late the sentence starts with the day.
    func sentence(
        _ what: LocalizedText, at time: HutTime, readings: [CuffReading], lateness: Lateness = .live
    ) -> LocalizedText {
        let isIrregular = readings.contains(where: \.isIrregular)
        let labelled =
            isIrregular ? LocalizedText("\(what.chinese)，脉搏不齐", en: "\(what.english), pulse irregular") : what
        return sentence(labelled, at: time, device: Words.instruments(readings), lateness: lateness)
    }

    /// The same for a value of one instrument.
    func sentence(_ what: LocalizedText, at time: HutTime, instrument: InstrumentID, lateness: Lateness)
        -> LocalizedText
    {
        sentence(what, at: time, device: instrument.rawValue, lateness: lateness)
    }

    private func sentence(_ what: LocalizedText, at time: HutTime, device: String, lateness: Lateness)
        -> LocalizedText
    {
        let when = Words.moment(time, offset: offset, from: today)
        let tail = device.isEmpty ? ("", "") : (" \(device)", ", \(device)")
        guard lateness == .live else {
            return LocalizedText(
                "\(when.chinese) 量的，晚到：\(what.chinese)\(tail.0)",
                en: "measured \(when.english), came late: \(what.english)\(tail.1)")
        }
        return LocalizedText(
            "\(what.chinese) \(when.chinese)\(tail.0)", en: "\(what.english); \(when.english)\(tail.1)")
    }
}
