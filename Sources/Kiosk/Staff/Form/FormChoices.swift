// The form's own words for its answers, and the questions that are answered in writing.

import Vitals

extension FormPhrases {
    // MARK: Answers

    static func pedalPulse(_ pulse: PedalPulse) -> LocalizedText {
        switch pulse {
        case .normal: LocalizedText("正常", en: "normal")
        case .weak: LocalizedText("减弱", en: "weak")
        case .absent: LocalizedText("消失", en: "absent")
        }
    }

    static func hypoglycaemia(_ frequency: HypoglycaemiaFrequency) -> LocalizedText {
        switch frequency {
        case .none: LocalizedText("没有", en: "none")
        case .sometimes: LocalizedText("偶尔", en: "sometimes")
        case .often: LocalizedText("频繁", en: "often")
        }
    }

    static func salt(_ salt: SaltIntake) -> LocalizedText {
        switch salt {
        case .light: LocalizedText("轻", en: "light")
        case .medium: LocalizedText("中", en: "medium")
        case .heavy: LocalizedText("重", en: "heavy")
        }
    }

    static func rating(_ rating: Rating) -> LocalizedText {
        switch rating {
        case .good: LocalizedText("良", en: "good")
        case .fair: LocalizedText("中", en: "fair")
        case .poor: LocalizedText("差", en: "poor")
        }
    }

    /// `小屋袖带`.
    static func source(_ source: SourceClass) -> LocalizedText {
        switch source {
        case .cuffStation: LocalizedText("小屋袖带", en: "hut cuff")
        case .cuffHome: LocalizedText("家里袖带", en: "home cuff")
        default: StaffWords.source(source)
        }
    }

    /// `2类以上`: the classes a doctor signs too.
    static func countersigned(_ classes: Set<VisitClass>) -> LocalizedText {
        let numbers = classes.map(\.rawValue).sorted()
        guard let first = numbers.first else { return LocalizedText("没有", en: "none") }
        if numbers == Array(first...4) { return LocalizedText("\(first)类以上", en: "class \(first) up") }
        let list = numbers.map(String.init).joined(separator: "、")
        return LocalizedText("\(list)类", en: "class \(list)")
    }

    // MARK: How somebody lives

    /// `烟0>0支 酒0>0两 动5次30分>5次30分 盐中>轻 心理1良 遵医1良`.
    static func habits(_ habits: FormHabits, _ diseases: [ManagedDisease], _ language: Language) -> [String] {
        func say(_ chinese: String, _ english: String) -> String { LocalizedText(chinese, en: english)[language] }
        var words: [String] = []
        if let group = habits.smokingDrinking {
            let cigarettes = pair(group.cigarettes, places: 0)
            let spirits = pair(group.spiritsTenths, places: 1)
            words += [say("烟\(cigarettes)支", "cig \(cigarettes)"), say("酒\(spirits)两", "liang \(spirits)")]
        }
        if let group = habits.exercise {
            let now = say(
                "\(group.times.present)次\(group.minutes.present)分", "\(group.times.present)x\(group.minutes.present)")
            let aim = group.times.target.map { times in
                let minutes = group.minutes.target ?? group.minutes.present
                return say(">\(times)次\(minutes)分", ">\(times)x\(minutes)")
            }
            words.append(say("动", "move ") + now + (aim ?? ""))
        }
        if let salt = habits.diet?.salt, diseases.contains(.hypertension) {
            let target =
                habits.diet?.saltTarget.map { say(">" + FormPhrases.salt($0).chinese, ">\($0.rawValue)") } ?? ""
            words.append(say("盐" + FormPhrases.salt(salt).chinese, "salt \(salt.rawValue)") + target)
        }
        if let staple = habits.diet?.stapleGrams, diseases.contains(.diabetes) {
            words.append(say("主食\(pair(staple, places: 0))克", "staple \(pair(staple, places: 0)) g"))
        }
        if let mind = habits.mind {
            let (mood, advice) = (mind.mood, mind.followsAdvice)
            words.append(say("心理\(mood.rawValue)\(rating(mood).chinese)", "mood \(mood.rawValue)"))
            words.append(say("遵医\(advice.rawValue)\(rating(advice).chinese)", "advice \(advice.rawValue)"))
        }
        return words.isEmpty ? ["-"] : words
    }

    private static func pair(_ pair: PresentAndTarget, places: Int) -> String {
        func text(_ value: Int) -> String {
            guard places > 0 else { return String(value) }
            let text = JSONLine.decimal(value, places: places)
            return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
        }
        return text(pair.present) + (pair.target.map { ">\(text($0))" } ?? "")
    }

    /// `盐`, `主食`, or both.
    static func group(_ group: HabitGroup, _ diseases: [ManagedDisease]) -> LocalizedText {
        switch group {
        case .smokingDrinking: LocalizedText("烟酒", en: "smoking, drinking")
        case .exercise: LocalizedText("动", en: "exercise")
        case .diet where diseases.count > 1: LocalizedText("盐主食", en: "salt, staple")
        case .diet where diseases.first == .diabetes: LocalizedText("主食", en: "staple")
        case .diet: LocalizedText("盐", en: "salt")
        case .mind: LocalizedText("心理遵医", en: "mood, advice")
        }
    }

    /// How a group is typed: present, and the target behind `/`.
    static func how(_ group: HabitGroup, _ diseases: [ManagedDisease]) -> LocalizedText {
        switch group {
        case .smokingDrinking: LocalizedText("6 支/目标 两/目标：5/0 1.5/0", en: "6 cigarettes, liang: 5/0 1.5/0")
        case .exercise: LocalizedText("7 次/目标 分/目标：5/5 30/30", en: "7 times, minutes: 5/5 30/30")
        case .diet where diseases.count > 1:
            LocalizedText("8 盐1轻2中3重 主食克：2/1 300/250", en: "8 salt 1-3, staple g: 2/1 300/250")
        case .diet where diseases.first == .diabetes: LocalizedText("8 主食克/目标：300/250", en: "8 staple grams: 300/250")
        case .diet: LocalizedText("8 盐 1轻2中3重：2/1", en: "8 salt 1 light 2 medium 3 heavy: 2/1")
        case .mind: LocalizedText("9 心理 遵医 1良2中3差：1 1", en: "9 mood, advice 1 good 3 poor: 1 1")
        }
    }

    // MARK: Written answers

    static let otherSymptom = LocalizedText("其他症状", en: "Another symptom")
    static let writeSymptom = LocalizedText("什么症状？", en: "Which symptom?")
    static let reactionTitle = LocalizedText("药物不良反应", en: "A reaction to a drug")
    static let writeReaction = LocalizedText("什么反应？", en: "Which reaction?")
    static let whyKeep = LocalizedText("为什么还算1类？也可以写", en: "Why is it still class 1? Or write")
    static let keepReasons = [
        LocalizedText("家里自测都在范围内", en: "values at home are in range"),
        LocalizedText("刚活动过，歇过再量就不高了", en: "had just moved; lower after rest"),
        LocalizedText("医生定的", en: "the doctor decided so"),
    ]
    static let testsTitle = LocalizedText("辅助检查", en: "A test done elsewhere")
    static let writeTest = LocalizedText("什么检查，结果？", en: "Which test, what result?")
    static let writePlace = LocalizedText("在哪里做的？(可以空)", en: "Where? (may stay empty)")
    static let askDay = LocalizedText("哪一天？11-18，回车=今天", en: "Which day? 11-18, Enter=today")
    static let referralTitle = LocalizedText("转诊", en: "Referral")
    static let writeReason = LocalizedText("为什么转？", en: "Why?")
    static let writeInstitution = LocalizedText("转到哪里，什么科？也可以写", en: "To where, which department? Or write")
    static let institutions = [
        LocalizedText("社区卫生服务中心 全科", en: "community health centre, general"),
        LocalizedText("区县医院 心内科", en: "district hospital, cardiology"),
        LocalizedText("区县医院 内分泌科", en: "district hospital, endocrinology"),
    ]
    static let signsTitle = LocalizedText("其他体征", en: "Other signs")
    static let writeSigns = LocalizedText("写下来，空=没有", en: "Write; empty is none")
    static let insulinTitle = LocalizedText("胰岛素", en: "Insulin")
    static let writeInsulin = LocalizedText("种类、单位、次数，空=没有", en: "Kind, units, times; empty is none")
    static let hba1cTitle = LocalizedText("糖化血红蛋白", en: "HbA1c")
    static let writePercent = LocalizedText("百分之几？6.5", en: "Percent? 6.5")
    static let dayTitle = LocalizedText("补记：随访是哪一天？", en: "Entered afterwards: of which day?")

    // MARK: Drugs

    static let drugsTitle = LocalizedText("用药", en: "Drugs")
    static let noDrugs = LocalizedText("不用药", en: "no drugs")
    static let drugsFull = LocalizedText("最多九种，多的写在体征里", en: "Nine at most; write more under signs")
    static let drugList = LocalizedText("数字=改这种 a=添一种 回车=好了", en: "digit=change it a=add Enter=done")
    static let drugDose = LocalizedText("每次多少？10*2是每日2次，0=停，+接着改", en: "How much? 10*2 twice a day, 0 stops, + more")
    static let drugName = LocalizedText(
        "拼音首字母或名字，数字选；空着回车=不用药", en: "initials or name, a digit chooses; empty Enter=none")
    static let howDose = LocalizedText("请打 10 或 10*2，0=停", en: "Type 10 or 10*2; 0 stops it")
    static let howDrug = LocalizedText("请打药名，退格=不添了", en: "Type a name; Backspace adds none")
    static let howTimes = LocalizedText("每日几次？按1到9", en: "How often a day? 1 to 9")
    static let howAmount = LocalizedText("每次多少？如 5mg", en: "How much each time? 5mg")

    static func drugTimes(_ name: String) -> LocalizedText {
        LocalizedText("\(name) 每日几次？", en: "\(name): how often a day?")
    }

    static func drugAmount(_ name: String) -> LocalizedText {
        LocalizedText("\(name) 每次多少？如 5mg", en: "\(name): how much each time? 5mg")
    }
}
