// What the form says: hints, refusals and questions. Every refusal is one line of at most 38 cells and names what to do.

import TextScreen
import Vitals

/// What the form says.
enum FormPhrases {
    // MARK: Refusals

    static let valueMissing = LocalizedText("门诊、家庭随访要有当天的血压", en: "Face to face needs that day's value")
    static let valueOfOtherDay = LocalizedText("这个血压不是那一天的，请重打", en: "That value is of another day")
    static let otherDaysValues = LocalizedText("换了日期，数请重新填", en: "Another day: its values anew")
    static let dayInFuture = LocalizedText("随访日期不能在以后，d=改日期", en: "The day is in the future: d changes it")
    static let nextIsPast = LocalizedText("下次要在今天以后，请重打", en: "The next date must lie ahead")
    static let nextIsFar = LocalizedText("下次最多一年，请重打", en: "The next date: a year at most")
    static let not1Reaction = LocalizedText("有不良反应，算1类要写原因", en: "A reaction: class 1 needs a reason")
    static let noSuchChoice = LocalizedText("没有这一项", en: "No such choice")
    static let noLastDrugs = LocalizedText("没有上次的用药，e=填", en: "No drugs from last time: e writes")
    static let noLastHabits = LocalizedText("没有上次的，请按回车逐项填", en: "Nothing from last time: press Enter")
    static let howHabits = LocalizedText("=没变，6-9改一项", en: "= as before, 6 to 9 for one")
    static let howPressure = LocalizedText("请打两三个数：高压 低压 脉搏", en: "Two or three numbers: 138 82 72")
    static let howWeight = LocalizedText("请打 61.5 或 61.5/60 158", en: "Type 61.5 or 61.5/60 158")
    static let howGlucose = LocalizedText("请打一个数：6.8", en: "One number: 6.8")
    static let howNext = LocalizedText("请打天数，或月-日", en: "Type days, or month-day")
    static let howDay = LocalizedText("请打 11-18，今天或以前", en: "Type 11-18: today or before")
    static let howPercent = LocalizedText("请打 3 到 20 的数：6.5", en: "A number from 3 to 20: 6.5")
    static let wordsMissing = LocalizedText("请写几个字", en: "Write a few words")
    static let enterFirst = LocalizedText("打的数先按回车，或用退格擦掉", en: "Press Enter first, or erase the number")
    static let isFirst = LocalizedText("这是第一项，Esc=不存", en: "This is the first; Esc leaves")
    static let notManaged = LocalizedText("不在管理名单上，先登记管理", en: "On no list: put on the list first")
    /// The newest value, when it came while the form was open.
    static func measuredAnew(_ value: String) -> LocalizedText {
        LocalizedText("刚才又量了：\(value)", en: "Measured just now: \(value)")
    }

    static let draftUnreadable = LocalizedText("有旧草稿，读不了，请重填", en: "An old draft cannot be read: fill anew")
    static let draftKept = LocalizedText("草稿存了，下次按f接着填", en: "Draft kept; f goes on with it")

    static func reactionIs(_ text: String) -> LocalizedText {
        LocalizedText("有不良反应：\(text)", en: "a reaction: \(text)")
    }

    /// `138/82在150/90以下，无反应，无并发症`.
    static func against(_ value: ControlValue, isClean: Bool) -> LocalizedText {
        let clean = isClean ? (", no reaction, no complication", "，无反应，无并发症") : (", no complication", "，无并发症")
        return value.isControlled
            ? LocalizedText(
                "\(value.value)在\(value.limit)以下\(clean.1)", en: "\(value.value) below \(value.limit)\(clean.0)")
            : LocalizedText("\(value.value)到了或超过\(value.limit)", en: "\(value.value) at or above \(value.limit)")
    }

    static func not1(_ value: ControlValue) -> LocalizedText {
        LocalizedText(
            "\(value.value)不在\(value.limit)以下，算1类要写原因", en: "\(value.value) is not below \(value.limit): why 1?")
    }

    static func missing(_ field: FormField) -> LocalizedText {
        let name = name(field)
        return LocalizedText("\(name.chinese)还没填", en: "Not answered yet: \(name.english)")
    }

    private static func name(_ field: FormField) -> LocalizedText {
        switch field {
        case .method: LocalizedText("方式", en: "method")
        case .symptoms, .diabetesSymptoms: LocalizedText("症状(没有=1)", en: "symptoms (1 none)")
        case .pressure: LocalizedText("血压", en: "blood pressure")
        case .weight: LocalizedText("体重", en: "weight")
        case .lifestyle: LocalizedText("生活", en: "life")
        case .pedalPulse: LocalizedText("足背", en: "foot pulse")
        case .glucose: LocalizedText("血糖", en: "glucose")
        case .adherence: LocalizedText("服药", en: "medicine taken")
        case .reaction: LocalizedText("不良反应", en: "reaction")
        case .hypoglycaemia: LocalizedText("低血糖", en: "low sugar")
        case .drugs: LocalizedText("用药", en: "drugs")
        case .visitClass, .diabetesClass: LocalizedText("分类", en: "class")
        case .next: LocalizedText("下次", en: "next date")
        case .sign: LocalizedText("签名", en: "signature")
        }
    }

    /// Refused with the name of the value that cannot be and where it may lie.
    static func implausible(_ field: String) -> LocalizedText {
        switch field {
        case "systolic": LocalizedText("高压不对：要在 50 到 300", en: "systolic cannot be: 50 to 300")
        case "diastolic": LocalizedText("低压不对：30到200，比高压低10以上", en: "diastolic: 30 to 200, 10 below systolic")
        case "pulse": LocalizedText("脉搏不对：要在 20 到 250", en: "pulse cannot be: 20 to 250")
        case "kilograms": LocalizedText("体重不对：2 到 300 公斤", en: "weight cannot be: 2 to 300 kg")
        case "centimetres": LocalizedText("身高不对：40 到 230 厘米", en: "height cannot be: 40 to 230 cm")
        case "celsius": LocalizedText("体温不对：30 到 45 度", en: "temperature cannot be: 30 to 45")
        default: LocalizedText("血糖不对：0.6 到 50", en: "glucose cannot be: 0.6 to 50")
        }
    }

    // MARK: Drafts and leaving

    static func draftOpened(_ day: LocalDay, today: LocalDay) -> LocalizedText {
        day == today
            ? LocalizedText("接着上次的草稿", en: "Going on with the draft")
            : LocalizedText(
                "草稿是\(StaffWords.day(day))的，d=改日期", en: "The draft is of \(StaffWords.day(day)); d changes it")
    }

    static let leaveHow = LocalizedText("1=不存 2=存草稿 退格=接着填", en: "1=throw away 2=draft Backspace=go on")
    static let leaveChoices = [
        LocalizedText("这张表还没保存。", en: "This form is not saved."), LocalizedText("1 不存，走", en: "1 throw it away"),
        LocalizedText("2 存草稿，走", en: "2 keep a draft and leave"), LocalizedText("退格 接着填", en: "Backspace go on"),
    ]

    /// `存好了：FU-01关;今年面对面4/4;下次2027-02-19`.
    static func saved(_ sheet: FormSheet) -> LocalizedText {
        let rules = sheet.endedRules.map(\.rawValue).joined(separator: " ")
        let year = "\(sheet.faceToFaceCount)/\(sheet.context.policy.faceToFaceEachYear)"
        let next = sheet.answers.next
        let day = next.map(StaffWords.day) ?? "-"
        let weekday = next.map(StaffWords.weekday) ?? LocalizedText("", en: "")
        return LocalizedText(
            (rules.isEmpty ? "存好了" : "\(rules)关") + " 面对面\(year) 下次\(day)\(weekday.chinese)",
            en: (rules.isEmpty ? "Saved" : "\(rules) ends") + ", \(year), next \(day) \(weekday.english)")
    }

    // MARK: Hints

    static let nextHint = LocalizedText("回车=下一步", en: "Enter=next")
    static let addDrugHint = LocalizedText("a=添一种", en: "a=add one")
    static let doneHint = LocalizedText("回车=好", en: "Enter=done")

    static func hints(_ sheet: FormSheet, hasPrinter: Bool) -> [StaffHint] {
        var hints = [
            StaffHint(.enter, LocalizedText("回车=下一项", en: "Enter=next")),
            StaffHint(
                .backspace, LocalizedText("退格=上一项", en: "Backspace=previous"),
                short: LocalizedText("退格=上一项", en: "Bksp prev")),
            StaffHint(.escape, LocalizedText("Esc=不存", en: "Esc=leave")),
            StaffHint(.character("k"), LocalizedText("k=检查", en: "k=tests"), short: LocalizedText("检查k", en: "k test")),
            StaffHint(
                .character("z"), LocalizedText("z=转诊", en: "z=refer"), short: LocalizedText("转诊z", en: "z refer")),
            StaffHint(
                .character("s"), LocalizedText("s=存草稿", en: "s=draft"), short: LocalizedText("草稿s", en: "s draft")),
            StaffHint(.character("d"), LocalizedText("d=补记日期", en: "d=another day")),
            StaffHint(.character("x"), LocalizedText("x=失访/去世/搬走", en: "x=lost/died/moved")),
            StaffHint(.character("g"), LocalizedText("g=其他体征", en: "g=other signs")),
        ]
        // A keypad has no such key: the page of keys does.
        if sheet.field == .lifestyle || sheet.field == .drugs {
            hints.insert(StaffHint(.character("="), LocalizedText("= 问过没变", en: "= as before")), at: 0)
        }
        if sheet.field == .sign, hasPrinter {
            hints.insert(
                StaffHint(
                    .character("p"), LocalizedText("p=存，打条子", en: "p=save, slip"),
                    short: LocalizedText("p打条子", en: "p slip")), at: 1)
        }
        if sheet.field == .drugs {
            hints.insert(StaffHint(.character("e"), LocalizedText("e=改用药", en: "e=edit drugs")), at: 1)
        }
        if sheet.context.diseases.contains(.diabetes) {
            hints += [
                StaffHint(.character("b"), LocalizedText("b=糖化", en: "b=HbA1c")),
                StaffHint(.character("i"), LocalizedText("i=胰岛素", en: "i=insulin")),
            ]
        }
        return hints + [.help]
    }

    /// What is being typed, in the bottom line.
    static func typing(_ sheet: FormSheet) -> LocalizedText {
        let how = sheet.group.map { FormPhrases.how($0, sheet.context.diseases) }
        let typed = sheet.typed
        guard let how else { return LocalizedText("\(typed)_", en: "\(typed)_") }
        return typed.isEmpty ? how : LocalizedText("\(typed)_", en: "\(typed)_")
    }
}
