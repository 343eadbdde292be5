// The small words of a staff screen: a person, a place, a time, a value, each written in one way everywhere.

import Vitals

/// One way to write each small thing.
package enum StaffWords {
    // MARK: People

    /// `女`; empty where it is not on record.
    static func sex(_ sex: Sex?, _ language: Language) -> String {
        switch (sex, language) {
        case (.female, .chinese): "女"
        case (.male, .chinese): "男"
        case (.female, .english): "F"
        case (.male, .english): "M"
        case (nil, _): ""
        }
    }

    /// `王敏 护士`.
    static func person(_ staff: Staff, _ language: Language) -> String {
        "\(staff.name) \(role(staff.role)[language])"
    }

    /// `张桂芳 女 81岁 047号`.
    static func person(
        _ name: String, _ sex: Sex?, _ age: Int?, number: String?, _ language: Language
    ) -> String {
        let years = age.map { language == .chinese ? "\($0)岁" : "\($0) y" } ?? ""
        let hut = number.map { language == .chinese ? "\($0)号" : "no. \($0)" } ?? ""
        return [name, self.sex(sex, language), years, hut].filter { !$0.isEmpty }.joined(separator: " ")
    }

    /// The same where the language is not known yet.
    package static func person(_ name: String, _ sex: Sex?, _ age: Int?, number: String?) -> LocalizedText {
        LocalizedText(
            person(name, sex, age, number: number, .chinese), en: person(name, sex, age, number: number, .english))
    }

    /// The same for somebody a search found.
    static func person(_ candidate: Candidate, _ language: Language) -> String {
        person(candidate.name, candidate.sex, candidate.age, number: candidate.number, language)
    }

    private static func role(_ role: StaffRole) -> LocalizedText {
        switch role {
        case .nurse: LocalizedText("护士", en: "nurse")
        case .doctor: LocalizedText("医生", en: "doctor")
        case .volunteer: LocalizedText("志愿者", en: "volunteer")
        case .operator: LocalizedText("管理员", en: "operator")
        }
    }

    /// A condition in the words of the roster.
    package static func condition(_ condition: Condition) -> LocalizedText {
        switch condition {
        case .hypertension: LocalizedText("高血压", en: "hypertension")
        case .diabetes: LocalizedText("糖尿病", en: "diabetes")
        case .copd: LocalizedText("慢阻肺", en: "COPD")
        case .af: LocalizedText("房颤", en: "AF")
        case .pregnant: LocalizedText("怀孕", en: "pregnant")
        case .lactating: LocalizedText("哺乳", en: "lactating")
        case .kidneyDisease: LocalizedText("慢性肾病", en: "kidney disease")
        case .glucoseDrugs: LocalizedText("用降糖药", en: "on drugs for sugar")
        }
    }

    /// The middle of a telephone number hidden, its length kept: `139****0457`.
    static func masked(_ phone: String) -> String {
        let shown = phone.count >= 8 ? (head: 3, tail: 4) : (head: 0, tail: min(2, phone.count / 2))
        let hidden = String(repeating: "*", count: phone.count - shown.head - shown.tail)
        return phone.prefix(shown.head) + hidden + phone.suffix(shown.tail)
    }

    // MARK: Places and times

    /// `booth-1` → `1号台`; a station without a number keeps its id.
    static func station(_ station: StationID, _ language: Language) -> String {
        station.words[language]
    }

    /// `09:14`.
    static func clock(_ time: HutTime, _ offset: UTCOffset) -> String {
        let civil = offset.civil(of: time)
        return "\(civil.hour.padded(2)):\(civil.minute.padded(2))"
    }

    /// `8-23`, `11-07`.
    static func day(_ day: LocalDay) -> String { "\(day.date.month)-\(day.date.day.padded(2))" }

    /// `11-21`, or with the year where it is not this one.
    static func day(_ day: LocalDay, today: LocalDay) -> String {
        day.date.year == today.date.year ? self.day(day) : day.iso
    }

    /// `11-21 09:14`, or with the year where it is not this one.
    static func moment(_ time: HutTime, _ desk: StaffDesk) -> String {
        let day = desk.place.offset.day(of: time)
        return "\(self.day(day, today: desk.today)) \(clock(time, desk.place.offset))"
    }

    /// `09:14`; with its day where that is not today.
    static func time(_ time: HutTime, _ desk: StaffDesk) -> String {
        let isToday = desk.place.offset.day(of: time) == desk.today
        return isToday ? clock(time, desk.place.offset) : moment(time, desk)
    }

    /// `周六`.
    static func weekday(_ day: LocalDay) -> LocalizedText {
        let chinese = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"]
        let english = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        return LocalizedText(chinese[day.weekday - 1], en: english[day.weekday - 1])
    }

    /// How long ago, in the largest whole unit.
    static func age(_ span: Duration) -> LocalizedText {
        let minutes = max(0, Int(span.milliseconds / 60_000))
        return switch minutes {
        case ..<1: LocalizedText("刚才", en: "just now")
        case ..<60: LocalizedText("\(minutes) 分钟前", en: "\(minutes) min ago")
        case ..<1_440: LocalizedText("\(minutes / 60) 小时前", en: "\(minutes / 60) h ago")
        default: LocalizedText("\(minutes / 1_440) 天前", en: "\(minutes / 1_440) d ago")
        }
    }

    /// `现在`, `今天`, `迟3天`, `11-30`: at most seven cells.
    static func due(_ due: LocalDay?, _ severity: Severity, today: LocalDay) -> LocalizedText {
        if severity == .critical { return LocalizedText("现在", en: "now") }
        guard let due else { return LocalizedText("-", en: "-") }
        if due == today { return LocalizedText("今天", en: "today") }
        guard due < today else { return LocalizedText(day(due), en: day(due)) }
        let days = min(999, today - due)
        return LocalizedText("迟\(days)天", en: "\(days)d late")
    }

    // MARK: Values

    /// `!!`, `!`, `o`, `.`: how soon.
    static func mark(_ severity: Severity) -> String {
        switch severity {
        case .critical: "!!"
        case .urgent: "!"
        case .soon: "o"
        case .routine: "."
        case .info: ""
        }
    }

    /// The value with its unit where the number alone does not say what it is.
    package static func value(_ vital: Vital) -> LocalizedText {
        switch vital {
        case .bloodPressure(let pressure):
            let numbers = "\(pressure.systolic.value)/\(pressure.diastolic.value)"
            guard let pulse = pressure.pulse else { return LocalizedText(numbers, en: numbers) }
            return LocalizedText("\(numbers) 脉搏\(pulse.value)", en: "\(numbers) pulse \(pulse.value)")
        case .wearableBloodPressure(let pressure):
            let numbers = "\(pressure.systolic.value)/\(pressure.diastolic.value)"
            return LocalizedText("手环估\(numbers)", en: "band estimate \(numbers)")
        case .pulseRate(let rate): return LocalizedText("脉搏\(rate.value)", en: "pulse \(rate.value)")
        case .oxygenSaturation(let oxygen):
            return LocalizedText("血氧\(oxygen.percent)%", en: "oxygen \(oxygen.percent)%")
        case .temperature(let celsius):
            let degrees = JSONLine.decimal(celsius, places: 2)
            return LocalizedText("体温\(degrees)", en: "\(degrees) C")
        case .surfaceTemperature(let celsius):
            let degrees = JSONLine.decimal(celsius, places: 2)
            return LocalizedText("皮温\(degrees)", en: "skin \(degrees) C")
        case .weight(let grams):
            let kilograms = JSONLine.decimal(grams, places: 3)
            return LocalizedText("体重\(kilograms)kg", en: "weight \(kilograms) kg")
        case .height(let millimetres):
            let centimetres = JSONLine.decimal(millimetres, places: 1)
            return LocalizedText("身高\(centimetres)cm", en: "height \(centimetres) cm")
        case .glucose(let glucose):
            let millimoles = JSONLine.decimal(glucose.micromolesPerLitre, places: 3)
            switch glucose.meal {
            case .before: return LocalizedText("饭前血糖\(millimoles)", en: "glucose \(millimoles) mmol/L before meal")
            case .after: return LocalizedText("饭后血糖\(millimoles)", en: "glucose \(millimoles) mmol/L after meal")
            case nil: return LocalizedText("血糖\(millimoles)", en: "glucose \(millimoles) mmol/L")
            }
        }
    }

    /// What the device itself said about a cuff reading: an average leaves such a reading out.
    static func device(_ vital: Vital) -> LocalizedText? {
        guard case .bloodPressure(let pressure) = vital else { return nil }
        if pressure.moved == true { return LocalizedText("动了", en: "moved") }
        if pressure.irregularPulse == true { return LocalizedText("脉不齐", en: "irregular") }
        return nil
    }

    /// Which arm, in one character.
    static func arm(_ arm: Arm) -> LocalizedText {
        switch arm {
        case .left: LocalizedText("左", en: "L")
        case .right: LocalizedText("右", en: "R")
        case .notSaid: LocalizedText("-", en: "-")
        }
    }

    /// How the resident rested before the cuff.
    static func rested(_ rested: Rested) -> LocalizedText {
        switch rested {
        case .byClock(let seconds): LocalizedText("歇\(seconds / 60)分", en: "rest \(seconds / 60) min")
        case .byOwnWord: LocalizedText("说歇过", en: "says rested")
        case .no: LocalizedText("没歇", en: "no rest")
        case .notSaid: LocalizedText("-", en: "-")
        }
    }

    /// What kind of measuring it was.
    static func source(_ source: SourceClass) -> LocalizedText {
        switch source {
        case .cuffStaff: LocalizedText("护士量", en: "by staff")
        case .cuffStation: LocalizedText("小屋", en: "hut")
        case .cuffHome: LocalizedText("家里", en: "home")
        case .oximeter: LocalizedText("血氧仪", en: "oximeter")
        case .thermometer: LocalizedText("体温计", en: "thermometer")
        case .glucometer: LocalizedText("血糖仪", en: "glucometer")
        case .scale: LocalizedText("秤", en: "scale")
        case .wearable: LocalizedText("手环", en: "wristband")
        case .manual: LocalizedText("手打", en: "typed")
        }
    }
}

extension Character {
    /// `0`…`9` of a keypad; other numerals of Unicode are text.
    var isRowDigit: Bool { ("0"..."9").contains(self) }
}
