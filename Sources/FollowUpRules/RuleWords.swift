// What every rule asks and what ends it, in words for a clinician, without a number: the numbers stand under each rule with
// their sources. A test holds the list to be whole.
import Vitals

/// One rule in words.
struct RuleWord: Sendable {
    let rule: RuleID
    let condition, ends: LocalizedText

    private init(_ rule: String, _ chinese: String, _ english: String, ends: LocalizedText) {
        (self.rule, condition, self.ends) = (RuleID(rawValue: rule), LocalizedText(chinese, en: english), ends)
    }

    /// By rule.
    static let byRule = Dictionary(
        (pressure + single + records + watch).map { ($0.rule, $0) }, uniquingKeysWith: { first, _ in first })

    /// Rules whose logic, not only a number, a clinician has not yet said yes to (clinical-rules 5.3; BP-08 and GL-05 for
    /// where the count of two begins anew).
    static let toBeConfirmed: Set<RuleID> = [
        "BP-01r", "BP-04", "BP-07", "BP-08", "BP-08s", "BP-09", "BP-14", "GL-01", "GL-02", "GL-05", "LV-01", "W-04",
    ]

    /// What has no resident: about readings, instruments and the hut.
    static let ofTheHut: [RuleWord] = [
        RuleWord(
            RuleID.station.rawValue, "任何人当场一遍到危急线，先在小屋响",
            "a live reading at the crisis limit, whoever it is: rings at the station first",
            ends: person),
        RuleWord(
            "DQ-01", "没人认领的数", "a reading that nobody owns",
            ends: LocalizedText("认领，或写明原因不要", en: "claimed, or discarded with a reason")),
        RuleWord(
            "DQ-02", "机器里的时间不对", "the time of a stored record cannot be",
            ends: LocalizedText("时钟调好了", en: "the clock is right")),
        RuleWord(
            "DQ-03", "校准到期、型号不在验证名单、两台相差太多", "calibration ended, a model on no validated list, two cuffs that disagree",
            ends: LocalizedText("处理好了", en: "put right")),
        RuleWord(
            "DQ-04", "常有数据的机器没有数据，或送不到区里",
            "an instrument that usually reports is silent, or nothing reaches the district",
            ends: LocalizedText("又有数据了", en: "data flows")),
    ]

    private static let person = LocalizedText("由一个人写明经过才结束", en: "a named person, with what was done")
    private static let clinician = LocalizedText("医生决定", en: "a clinician's decision")
    private static let nextSession = LocalizedText("下一次测量", en: "the next session")

    private static let pressure: [RuleWord] = [
        RuleWord(
            "BP-01", "当场一遍到危急线，不论年龄、是谁", "one live cuff reading at the crisis limit, whatever the age, whoever it is",
            ends: LocalizedText(
                "再到：转为 BP-02；以后都没到：转为 BP-01r；否则由人结束", en: "again: BP-02; all later ones below: BP-01r; else a person")),
        RuleWord(
            "BP-01r", "一遍到危急线，同一次以后都没到；或者是迟到的数",
            "one at the crisis limit, all later ones of the session below; or a late one",
            ends: LocalizedText("以后某天两项都降到规定值以下，或由人结束", en: "a later day below the limit on both, or a person")),
        RuleWord(
            "BP-02", "危急线当天第二次到，或平均到，或有危险症状，或问了没回答",
            "at the crisis limit again that day, or the session's value, or a danger sign, or no answer to the question",
            ends: person),
        RuleWord("BP-03", "确认的危险症状，量没量都算", "a danger sign confirmed, with any value or none", ends: person),
        RuleWord(
            "BP-04", "怀孕或哺乳期(有截止日)：一遍到危急线(孕产)就算，偏高等第二遍",
            "pregnant or lactating (until a date): one reading at the crisis limit (pregnancy), or a raised one that the second does not contradict",
            ends: person),
        RuleWord(
            "BP-05", "没有高血压记录，量全的一次偏高，量够天数就不上名单；高(到“很快要看”线)的，一遍也算",
            "hypertension not known: a complete session raised, on no list once enough days are measured; or any value at the seen-soon limit",
            ends: LocalizedText(
                "转为 BP-06，或医生决定，或最近几天都低于偏高线", en: "BP-06, a clinician, or the last days all below raised")),
        RuleWord(
            "BP-06", "没有高血压记录，最近几个量全的日子都偏高；中间一天正常就重新数",
            "hypertension not known: the most recent complete days all raised; a normal day starts the count again",
            ends: clinician),
        RuleWord(
            "BP-06h", "只看家里的血压计：几天的平均偏高", "a home monitor alone: the mean of some days raised", ends: clinician),
        RuleWord(
            "BP-07", "有高血压：几天到本人范围以上，或高(到“很快要看”线)，或很久里只量了这一天就超过",
            "known hypertension: at or above the own limit on some days, or at the seen-soon limit, or on the only day measured in long",
            ends: LocalizedText(
                "记录一次随访(到下次日期前安静)，或最近几天都在范围里",
                en: "a recorded follow-up (quiet until its next date), or the last days below")),
        RuleWord(
            "BP-08", "随访连续不满意(或连续不良反应)，或一次并发症；转诊或写明决定以后重新数",
            "recorded follow-ups not controlled in a row, or reactions in a row, or one complication; counted anew after a referral or a decision",
            ends: LocalizedText("转诊，或写明的决定", en: "a referral, or a documented decision")),
        RuleWord(
            "BP-08s", "上次随访不满意，自己量的几天都超过、中间没有低的",
            "the last follow-up not controlled, own values above on all of some days",
            ends: LocalizedText("记录一次随访", en: "a recorded follow-up")),
        RuleWord(
            "BP-09", "收缩压或舒张压偏低，分别判断；头晕、摔倒、高龄、用药更急；有一点不舒服升一级",
            "systolic or diastolic low, each alone; more urgent when dizzy, after a fall, old or on drugs; one step up when slightly unwell",
            ends: LocalizedText("那一项恢复了；紧急的由人结束", en: "that component back; an urgent one by a person")),
        RuleWord(
            "BP-10", "说明了左右，两胳膊收缩压差得多", "both arms named, their systolic values far apart", ends: clinician),
        RuleWord(
            "BP-11", "没有高血压记录，正常偏高", "hypertension not known: high normal", ends: nextSession),
        RuleWord("BP-12", "一次里几遍差得太多", "readings of one session too far apart", ends: nextSession),
        RuleWord(
            "BP-14", "一次来访几次没量成；有一点不舒服更急", "failed attempts in one visit; urgent when slightly unwell",
            ends: LocalizedText("护士量了，或由人结束", en: "a reading by staff, or a person")),
        RuleWord(
            "BP-TGT", "有高血压、没超过范围，但几天都未达指南目标",
            "known, within the limit, but not at the guideline's target on some days",
            ends: LocalizedText("随访，或最近几天都达标", en: "a follow-up, or the last days at the target")),
        RuleWord(
            "BP-TRD", "最近几次的平均比以前高得多", "the mean of the last sessions far above that of those before",
            ends: LocalizedText("随访", en: "a follow-up")),
    ]

    private static let single: [RuleWord] = [
        RuleWord(
            "PR-01", "没有房颤记录，一次里几遍脉搏不齐", "no known atrial fibrillation, irregular pulse in some readings of a session",
            ends: clinician),
        RuleWord("HR-01", "静息脉搏极快或极慢，两遍", "resting pulse far too fast or slow, twice", ends: person),
        RuleWord("HR-02", "糖尿病，静息脉搏快，隔一会儿两遍", "diabetes, resting pulse fast, twice some minutes apart", ends: person),
        RuleWord(
            "HR-03", "两天脉搏慢(有一点不舒服时放宽)，或歇过还快",
            "slow on two days (slightly unwell: a wider limit), or fast although rested",
            ends: LocalizedText("以后某天正常，或由人结束", en: "a later ordinary day, or a person")),
        RuleWord(
            "OX-01", "血氧低两遍，或很低一遍；很低两遍或低而气喘：危急",
            "oxygen low twice, or very low once; very low twice, or low and breathless: critical",
            ends: LocalizedText("两遍恢复，或由人结束；危急的由人结束", en: "two good values, or a person; critical: a person")),
        RuleWord(
            "OX-02", "血氧偏低两遍", "oxygen somewhat low twice",
            ends: LocalizedText("两遍恢复，或由人结束", en: "two good values, or a person")),
        RuleWord(
            "OX-03", "慢阻肺：很低两遍，或比自己平时低得多", "COPD: very low twice, or far under the own usual", ends: person),
        RuleWord(
            "TP-01", "体温很高(皮肤温度不算)；有糖尿病：危急", "high body temperature (never a skin's); critical with diabetes",
            ends: LocalizedText("以后退了，或由人结束；危急的由人结束", en: "a later one below, or a person; critical: a person")),
        RuleWord("TP-02", "发烧", "fever", ends: LocalizedText("以后退了", en: "a later one below")),
        RuleWord(
            "TP-03", "体温低两遍，先看探头", "low temperature twice, check the probe",
            ends: LocalizedText("以后不低", en: "a later one above")),
        RuleWord(
            "GL-01", "低血糖：有糖尿病或用降糖药；很低谁都算", "low sugar with diabetes or drugs for it; very low for everybody",
            ends: person),
        RuleWord(
            "GL-01n", "没有糖尿病，血糖偏低", "low sugar without diabetes", ends: LocalizedText("以后不低", en: "a later one above")),
        RuleWord("GL-02", "血糖很高，或超出机器量程", "very high sugar, or above the meter's range", ends: person),
        RuleWord(
            "GL-03", "没有糖尿病记录，空腹血糖高，或随机血糖高", "diabetes not known: fasting raised, or any value high", ends: clinician),
        RuleWord(
            "GL-04", "糖尿病，空腹血糖几天都高，或一次更高", "diabetes: fasting raised on some days, or once high",
            ends: LocalizedText("记录一次随访，或最近几天都好", en: "a recorded follow-up, or the last days good")),
        RuleWord(
            "GL-05", "糖尿病随访，同 BP-08", "follow-ups of diabetes, as BP-08",
            ends: LocalizedText("转诊，或写明的决定", en: "a referral, or a documented decision")),
        RuleWord(
            "GL-06", "没有糖尿病记录，空腹血糖偏高一点", "diabetes not known: fasting a little raised",
            ends: LocalizedText("下一次空腹血糖", en: "the next fasting value")),
    ]

    private static let records: [RuleWord] = [
        RuleWord(
            "FU-01", "面对面随访快到期；导入前的从导入那天起分散开",
            "a face-to-face follow-up nearly due; without a record, spread over the cadence from the import",
            ends: LocalizedText("记录一次面对面随访", en: "a recorded face-to-face follow-up")),
        RuleWord(
            "FU-02", "照这样今年的面对面次数不够", "this year's count of face-to-face follow-ups will not be met",
            ends: LocalizedText("够了", en: "met")),
        RuleWord(
            "FU-03", "转诊以后要问结果；过期变紧急", "the outcome of a referral to be asked for; urgent when overdue",
            ends: LocalizedText("写下结果", en: "the outcome recorded")),
        RuleWord(
            "FU-04", "一年没体检：有慢病的，和到了年龄的", "no yearly exam: managed ones, and everybody from an age on",
            ends: LocalizedText("体检", en: "the exam")),
        RuleWord(
            "FU-05", "上次随访不满意或不良反应：再随访；换了药要面对面",
            "the last follow-up not controlled, or a reaction: again; face to face where drugs changed",
            ends: LocalizedText("记录一次随访", en: "a recorded follow-up")),
        RuleWord(
            "FU-06", "说好的日子(打电话、上门、再来)，或危急处理后的电话",
            "a promised day (call, visit, coming back), or the call after an emergency",
            ends: LocalizedText("办了(通了电话、随访过)，或写明原因改期", en: "done (spoken to, followed up), or moved with a reason")),
        RuleWord(
            "SC-01", "到了年龄，今年还没量血压(只在小屋提示)", "of age, no blood pressure this year (prompt at the hut only)",
            ends: nextSession),
        RuleWord(
            "SC-02", "高危，很久没量血压(只在小屋提示)", "at high risk, not measured for long (prompt at the hut only)",
            ends: nextSession),
    ]

    private static let watch: [RuleWord] = [
        RuleWord(
            "LV-01", "独居、同意关注，几天没有任何消息", "lives alone, agreed to be watched, not heard of in any way",
            ends: LocalizedText("任何消息", en: "any contact recorded")),
        RuleWord(
            "W-01", "手环提示脉搏快或不齐(不看手环估的血压)", "a band hints at a fast or irregular pulse (never its blood pressure)",
            ends: nextSession),
        RuleWord("W-03", "手环呼救或摔倒", "SOS or fall of a band", ends: person),
        RuleWord(
            "W-04", "同意关注的居民，手环没有信号或已关机", "the band of a resident who agreed to be watched, silent or switched off",
            ends: LocalizedText("有信号了，或由人结束", en: "heard again, or a person")),
    ]
}
