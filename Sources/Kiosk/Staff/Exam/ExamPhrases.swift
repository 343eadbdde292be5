// What the pages of an exam day say.

import Vitals

/// What those pages say.
enum ExamPhrases {
    static func how(_ kind: ExamKind) -> LocalizedText {
        switch kind {
        case .bloodPressure: LocalizedText("高压 低压：138 82", en: "systolic diastolic: 138 82")
        case .glucose: LocalizedText("毫摩尔每升：5.6", en: "mmol/L: 5.6")
        case .weight: LocalizedText("公斤：61.5", en: "kilograms: 61.5")
        case .height: LocalizedText("厘米：158", en: "centimetres: 158")
        case .waist: LocalizedText("厘米：86", en: "centimetres: 86")
        case .temperature: LocalizedText("摄氏度：36.5", en: "degrees Celsius: 36.5")
        case .electrocardiogram, .ultrasound, .laboratory: report
        }
    }

    static func offered(_ value: LocalizedText) -> LocalizedText {
        LocalizedText("小屋量的 \(value.chinese)，回车=用", en: "the hut has \(value.english); Enter uses it")
    }

    static let waist = LocalizedText("腰围不对：40 到 200 厘米", en: "waist cannot be: 40 to 200 cm")
    static let isFasting = LocalizedText("1=空腹 2=不空腹", en: "1=fasting 2=not fasting")
    static let report = LocalizedText("报告怎么写的？也可以写", en: "What does the report say? Or write")
    static let electrocardiograms = [
        LocalizedText("窦性心律，正常", en: "sinus rhythm, normal"), LocalizedText("房颤", en: "atrial fibrillation"),
        LocalizedText("窦性心动过缓", en: "sinus bradycardia"), LocalizedText("ST-T改变", en: "ST-T changes"),
    ]
    static let ultrasounds = [
        LocalizedText("未见异常", en: "nothing abnormal"), LocalizedText("脂肪肝", en: "fatty liver"),
        LocalizedText("胆囊结石", en: "gallstones"),
    ]
    static let laboratoryName = LocalizedText("什么项目？也可以写", en: "Which value? Or write")
    static let laboratoryNames = [
        LocalizedText("血红蛋白", en: "haemoglobin"), LocalizedText("谷丙转氨酶", en: "ALT"),
        LocalizedText("血肌酐", en: "creatinine"), LocalizedText("总胆固醇", en: "total cholesterol"),
        LocalizedText("甘油三酯", en: "triglycerides"), LocalizedText("尿蛋白", en: "urine protein"),
    ]
    static let laboratoryValue = LocalizedText("多少？照报告写", en: "How much? As the report says")
    static let laboratoryUnit = LocalizedText("单位？没有就回车", en: "Unit? Enter where there is none")

    // MARK: The day

    static let title = LocalizedText("体检", en: "Exam day")
    static let nobody = LocalizedText("这一天没有名单，/=加人", en: "Nobody on this day; / adds somebody")
    static let noneMissing = LocalizedText("都齐了", en: "nothing is missing")
    static let see = LocalizedText("序号+回车=填这个人", en: "number+Enter=this person")
    static let seeShort = LocalizedText("号+回车填", en: "n+Ent fill")
    static let add = LocalizedText("/=加人", en: "/=add")
    static let onlyMissing = LocalizedText("m=只看缺的/全部", en: "m=missing only/all")
    static let onlyMissingShort = LocalizedText("m缺的", en: "m missing")
    static let days = LocalizedText("左右=前后一天", en: "Left Right=other days")
    static let inFuture = LocalizedText("以后的日子还没有体检", en: "That day has not come")

    // MARK: One person

    static let missing = LocalizedText("缺", en: "missing")
    static let fill = LocalizedText("1-9=填这一项", en: "1-9=fill the item")
    static let fillShort = LocalizedText("1-9填", en: "1-9 fill")
    static let sign = LocalizedText("s=签名", en: "s=sign")
    static let signShort = LocalizedText("s签", en: "s sign")
    static let next = LocalizedText("n=下一个缺的", en: "n=next missing")
    static let nextShort = LocalizedText("n下个", en: "n next")
    static let save = LocalizedText("回车=存", en: "Enter=save")
    static let allThere = LocalizedText("都有了，s=签名", en: "All there; s signs")
    static let twoSigned = LocalizedText("已经有两个人签过了", en: "Two people have signed")
    static let chooseSigner = LocalizedText("第二个人是谁？按数字", en: "Who is the second? By digit")
    static let onlyNine = LocalizedText("只列九位，别人请自己登录签", en: "Nine are listed; others sign at own login")
    static let nobodyElse = LocalizedText("没有别的人可以签", en: "There is nobody else who could sign")
    static let pin = LocalizedText("请第二个人自己按密码，再按回车", en: "The second person types the PIN, Enter")
    static let pinMissing = LocalizedText("请按密码", en: "Type the PIN")

    /// `还缺 心电图、B超，不能签`; what does not fit is counted.
    static func cannotSign(_ missing: [ExamKind]) -> LocalizedText {
        let shown = missing.prefix(3).map(ExamWords.name)
        let more = missing.count > 3 ? ("等\(missing.count)项", " +\(missing.count - 3)") : ("", "")
        return LocalizedText(
            "还缺\(shown.map(\.chinese).joined(separator: "、"))\(more.0)，不能签",
            en: "Missing: \(shown.map(\.english).joined(separator: ", "))\(more.1)")
    }

    /// `签名 王敏 汪志远` or who is still to sign.
    static func signed(_ names: [String]) -> LocalizedText {
        switch names.count {
        case 0: LocalizedText("签名：还没有人签(要两个人)", en: "signed by nobody yet (two must)")
        case 1: LocalizedText("签名：\(names[0])，还要一个人", en: "signed by \(names[0]), one more must")
        default:
            LocalizedText("签名：\(names.joined(separator: " "))", en: "signed by \(names.joined(separator: ", "))")
        }
    }
}
