// What each number of a policy means, in words for a clinician: Chinese and English, and the rules that ask for it. A
// number without words would be one that nobody can confirm; a test holds the list to be whole.
import Vitals

/// One number or pair of a policy in words.
struct PolicyWord: Sendable {
    let path: String
    /// The rules that ask for it, with spaces between; *kiosk* for what only the screens of residents say.
    let rules: String
    let words: LocalizedText

    init(_ path: String, _ rules: String, _ chinese: String, _ english: String) {
        (self.path, self.rules, words) = (path, rules, LocalizedText(chinese, en: english))
    }

    /// Every number and pair, in the order of the file.
    static let all: [PolicyWord] = pressure + days + station + care

    /// By path.
    static let byPath = Dictionary(all.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })

    /// What is chosen, not counted.
    static let choices = Dictionary(
        [
            PolicyWord(
                "averaging", "BP-05 BP-06 BP-07 BP-11", "一次测量取哪几遍的平均", "which readings of a session are averaged"),
            PolicyWord("switches.target", "BP-TGT", "未达指南目标的也上名单", "who is above the guideline's target is listed"),
            PolicyWord("switches.trend", "BP-TRD", "血压越来越高的也上名单", "whose pressure is rising is listed"),
        ].map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })

    private static let pressure: [PolicyWord] = [
        PolicyWord(
            "ages.adult", "BP-05 BP-06 BP-07 BP-09 BP-10 BP-11 PR-01 HR-01 HR-03 OX-02", "从这个年龄起算成人",
            "an adult from this age on"),
        PolicyWord("ages.elder", "BP-07", "从这个年龄起用老年人的范围", "the limit of an elder from this age on"),
        PolicyWord("limits.adult", "BP-07 BP-08s", "成人的范围：任一项到了就超过", "limit of an adult: at or above on either"),
        PolicyWord("limits.elder", "BP-07 BP-08s", "老年人的范围", "limit of an elder: at or above on either"),
        PolicyWord(
            "limits.diabetes", "BP-07 BP-08s", "有糖尿病或肾病的范围，不论年龄", "limit with diabetes or kidney disease, at any age"),
        PolicyWord("limits.ageUnknown", "BP-07 BP-08s", "年龄不清楚时的范围", "limit where the age is not known"),
        PolicyWord("crisis", "BP-01 BP-02", "危急：任一项到了，一遍就算", "crisis: one reading at or above on either"),
        PolicyWord("high", "BP-05 BP-07", "很快要看：任一项到了", "seen soon: at or above on either"),
        PolicyWord("raised", "BP-05 BP-06 BP-11", "偏高：任一项到了", "raised: at or above on either"),
        PolicyWord("highNormal", "BP-11", "正常偏高：到了这里、没到偏高", "high normal: from here up to raised"),
        PolicyWord("normal", "kiosk", "正常：两项都低于这里", "normal: below on both"),
        PolicyWord("session.gap", "BP-05 BP-07", "两遍之间最长间隔，再长另算一次", "longest pause between two readings of a session"),
        PolicyWord("session.span", "BP-12", "一次测量最长多久", "longest session"),
        PolicyWord(
            "session.agreement", "BP-05 BP-07", "两遍相差不超过这个算一致，超过要量第三遍",
            "two readings agree when no more apart; else a third"),
        PolicyWord(
            "session.doubtSystolic", "BP-12", "收缩压相差超过这个，要问是谁量的", "systolic more apart than this: the kiosk asks whose"),
        PolicyWord(
            "session.doubtPulse", "BP-12", "脉搏相差超过这个，要问是谁量的", "pulse more apart than this: the kiosk asks whose"),
        PolicyWord("lateness.late", "BP-01r", "收到比测量晚过这么久，算迟到的数", "received more than this after measuring: late"),
        PolicyWord("lateness.old", "BP-01r", "晚过这么久，只作参考", "later than this: information only"),
        PolicyWord("episodes.quiet", "BP-07 GL-04", "随访后没写下次日期，安静这么久", "quiet after a follow-up without a next date"),
        PolicyWord(
            "episodes.silence", "BP-05 BP-09", "自动结束以后，这么久不再提", "not raised again for so long after ending by itself"),
        PolicyWord(
            "unconfirmed.due", "BP-01r", "一遍到危急线，复测未到：多久内再看", "once at the crisis limit, not confirmed: due within"),
        PolicyWord(
            "unconfirmed.below", "BP-01r", "以后某天两项都低于这里，自动结束", "ends by itself when a later day is below on both"),
        PolicyWord(
            "pregnancy.atOnce", "BP-04", "怀孕或哺乳：一遍到危急线(孕产)就算",
            "pregnant or lactating: one reading at the crisis limit (pregnancy)"),
        PolicyWord(
            "pregnancy.raised", "BP-04", "怀孕或哺乳：第二遍也到，或没有第二遍",
            "pregnant or lactating: the second agrees, or there is none"),
        PolicyWord("pregnancy.callDue", "BP-04", "第二遍不高，多久内打电话", "the second is below: a call within"),
    ]

    private static let days: [PolicyWord] = [
        PolicyWord("suspected.due", "BP-05", "偏高、没有高血压记录：多久内量够三天", "raised, not known: three days measured within"),
        PolicyWord("suspected.listed", "BP-05", "过了这么久还没量够，护士才看到", "the nurse sees it after so long"),
        PolicyWord("suspected.highDue", "BP-05", "到“很快要看”线的：多久内看", "at the seen-soon limit: due within"),
        PolicyWord(
            "suspected.clearDays", "BP-05", "最近几天都低于偏高线，自动结束", "ends by itself when so many last days are below raised"),
        PolicyWord("criterion.days", "BP-06", "最近几天都偏高，请医生确认", "so many last days raised: a doctor confirms"),
        PolicyWord("criterion.span", "BP-06", "这几天从头到尾不超过多久", "from the first to the last at most"),
        PolicyWord("criterion.due", "BP-06", "多久内确认", "due within"),
        PolicyWord("home.limit", "BP-06h", "家里量的平均：任一项到了", "home mean: at or above on either"),
        PolicyWord("home.days", "BP-06h", "至少量几天", "on at least so many days"),
        PolicyWord("home.values", "BP-06h", "至少几个数", "of at least so many values"),
        PolicyWord("home.window", "BP-06h", "在几天之内", "within so many days"),
        PolicyWord("home.due", "BP-06h", "多久内确认", "due within"),
        PolicyWord("uncontrolled.window", "BP-07", "在几天之内", "days that count together"),
        PolicyWord("uncontrolled.completeDays", "BP-07", "几天超过范围(量全的)", "so many complete days above the limit"),
        PolicyWord("uncontrolled.provisionalDays", "BP-07", "几天超过范围(有的只作参考)", "so many days above, some provisional"),
        PolicyWord("uncontrolled.alone", "BP-07", "这么久里只量过这一天，一天就算", "the only day measured in so long counts alone"),
        PolicyWord("uncontrolled.due", "BP-07", "多久内随访", "due within"),
        PolicyWord("uncontrolled.highDue", "BP-07", "到“很快要看”线的：多久内随访", "at the seen-soon limit: due within"),
        PolicyWord(
            "uncontrolled.clearDays", "BP-07", "最近几天都低于本人范围，自动结束",
            "ends by itself when so many last days are below the own limit"),
        PolicyWord(
            "referralAdvice.inARow", "BP-08 GL-05", "连续几次不满意，建议转诊", "so many follow-ups in a row: advise referral"),
        PolicyWord("referralAdvice.due", "BP-08 GL-05", "多久内决定", "decided within"),
        PolicyWord("selfMeasured.days", "BP-08s", "上次不满意，自己量几天都超过", "own values above on so many days"),
        PolicyWord("selfMeasured.span", "BP-08s", "这几天从头到尾至少多久", "from the first to the last at least"),
        PolicyWord("selfMeasured.due", "BP-08s", "多久内随访", "due within"),
        PolicyWord("low.systolicOnce", "BP-09", "收缩压低于此值，一遍就算", "systolic below it once: urgent"),
        PolicyWord("low.systolic", "BP-09", "收缩压低于此值，两遍", "systolic below it in two readings"),
        PolicyWord("low.diastolic", "BP-09", "舒张压低于此值，两遍", "diastolic below it in two readings"),
        PolicyWord(
            "low.diastolicMild", "BP-09", "舒张压低于此值，加上头晕、摔倒或收缩压也低",
            "diastolic below it with dizziness, a fall or a low systolic"),
        PolicyWord("low.withSystolic", "BP-09", "收缩压也低：低于此值", "a low systolic beside it: below"),
        PolicyWord("low.frailAge", "BP-09", "从这个年龄起，收缩压低就紧急", "a low systolic is urgent from this age on"),
        PolicyWord("low.due", "BP-09", "不紧急的：多久内看", "where not urgent: due within"),
        PolicyWord("arms.difference", "BP-10", "两胳膊收缩压相差超过", "systolic of the arms more apart than"),
        PolicyWord("arms.aSide", "BP-10", "每边至少几遍，或另一天又这样", "so many readings a side, or again on another day"),
        PolicyWord("arms.due", "BP-10", "多久内看", "due within"),
    ]

    private static let station: [PolicyWord] = [
        PolicyWord("irregular.readings", "PR-01", "几遍脉搏不齐", "irregular in so many readings"),
        PolicyWord("irregular.of", "PR-01", "连着几遍里", "of so many in a row"),
        PolicyWord("irregular.due", "PR-01", "多久内做心电图", "ECG within"),
        PolicyWord("pulse.veryHigh", "HR-01", "脉搏到了这里或更快，两遍", "pulse at or above, twice"),
        PolicyWord("pulse.veryLow", "HR-01", "脉搏到了这里或更慢，两遍", "pulse at or below, twice"),
        PolicyWord("pulse.apart", "HR-01", "两遍至少隔", "the two at least so far apart"),
        PolicyWord("pulse.high", "HR-02 HR-03", "脉搏快过这里", "pulse above"),
        PolicyWord("pulse.highApart", "HR-02", "两遍至少隔", "the two at least so far apart"),
        PolicyWord("pulse.low", "HR-03", "脉搏到了这里或更慢", "pulse at or below"),
        PolicyWord("pulse.lowUnwell", "HR-03", "有一点不舒服时，到了这里或更慢", "slightly unwell: pulse at or below"),
        PolicyWord("pulse.days", "HR-03", "几天都这样", "on so many days"),
        PolicyWord("pulse.window", "HR-03", "在几天之内", "within so many days"),
        PolicyWord("pulse.due", "HR-03", "多久内看", "due within"),
        PolicyWord("oxygen.low", "OX-01 OX-02", "血氧到了这里或更低，两遍", "oxygen at or below, twice"),
        PolicyWord("oxygen.apart", "OX-01", "两遍至少隔", "the two at least so far apart"),
        PolicyWord("oxygen.veryLow", "OX-01 OX-03", "血氧到了这里或更低，一遍就算", "oxygen at or below once; twice: critical"),
        PolicyWord("oxygen.clear", "OX-01 OX-02", "两遍到了这里，自动结束", "ends by itself with two values at or above"),
        PolicyWord(
            "oxygen.altitudeStep", "OX-01 OX-02 OX-03", "高原：以上各数都减去",
            "height above the sea: taken off every limit of oxygen"),
        PolicyWord("oxygen.reducedDue", "OX-02", "多久内看", "due within"),
        PolicyWord("oxygen.drop", "OX-03", "比自己平时低这么多", "so far under the own usual"),
        PolicyWord("oxygen.dropDays", "OX-03", "平时：以前多久的中位数", "the usual: median of so long before"),
        PolicyWord("fever.high", "TP-01 TP-02", "体温高过这里", "temperature above"),
        PolicyWord("fever.clear", "TP-01", "低于这里，自动结束", "ends by itself when below"),
        PolicyWord("fever.mild", "TP-02", "体温到了这里", "temperature at or above"),
        PolicyWord("fever.mildClear", "TP-02", "低于这里，自动结束", "ends by itself when below"),
        PolicyWord("fever.mildDue", "TP-02", "多久内看", "due within"),
        PolicyWord("fever.low", "TP-03", "体温到了这里或更低，两遍", "temperature at or below, twice"),
        PolicyWord("fever.lowDue", "TP-03", "多久内看", "due within"),
        PolicyWord("sugar.low", "GL-01 GL-01n", "血糖到了这里或更低", "glucose at or below"),
        PolicyWord("sugar.veryLow", "GL-01 GL-01n", "低于这里，谁都算危急", "below it critical for everybody"),
        PolicyWord("sugar.high", "GL-02 GL-03", "血糖到了这里或更高：危急", "glucose at or above: critical"),
        PolicyWord("sugar.words", "kiosk", "低于这里，屏幕先说吃糖", "below it the kiosk speaks of sweets first"),
        PolicyWord("sugar.due", "GL-01n", "多久内看", "due within"),
        PolicyWord("sugar.random", "GL-03", "随机血糖达到此值", "glucose, eaten or not, at or above"),
        PolicyWord("sugar.suspectedDue", "GL-03", "多久内复查", "again within"),
        PolicyWord("fasting.raised", "GL-03 GL-04 GL-06", "空腹血糖到了这里", "fasting glucose at or above"),
        PolicyWord("fasting.days", "GL-04", "几天都到", "on so many days"),
        PolicyWord("fasting.window", "GL-04", "在几天之内", "within so many days"),
        PolicyWord("fasting.high", "GL-04", "空腹到了这里，一次就算", "fasting at or above once"),
        PolicyWord("fasting.due", "GL-04", "多久内随访", "due within"),
        PolicyWord(
            "fasting.clearDays", "GL-04", "最近几天空腹血糖都低于偏高线，自动结束",
            "ends by itself when fasting is below raised on so many last days"),
        PolicyWord("fasting.impaired", "GL-06", "空腹到了这里、没到偏高", "fasting from here up to raised"),
        PolicyWord("fasting.impairedDue", "GL-06", "多久后复查", "again within"),
    ]

    private static let care: [PolicyWord] = [
        PolicyWord("failedAttempts", "BP-14", "一次来访几次没量成，改手工测量", "so many failures in a visit: by hand"),
        PolicyWord("afterCritical.referral", "FU-03", "转诊后多久内问结果", "ask for the outcome of a referral within"),
        PolicyWord("afterCritical.call", "FU-06", "危急处理后多久打电话", "call after an emergency within"),
        PolicyWord("followUps.cadence", "FU-01 FU-02", "面对面随访间隔", "from one face-to-face follow-up to the next"),
        PolicyWord("followUps.ahead", "FU-01 FU-02", "提前多久上名单", "on the list so long before"),
        PolicyWord("followUps.soonAfter", "FU-01", "过期这么久：尽快", "soon when overdue by more than"),
        PolicyWord("followUps.lostAfter", "FU-01", "过期这么久：失访", "lost when overdue by more than"),
        PolicyWord("followUps.aYear", "FU-02", "一年至少几次面对面", "face to face in a year at least"),
        PolicyWord("followUps.exam", "FU-04", "体检间隔", "from one yearly exam to the next"),
        PolicyWord("followUps.examAge", "FU-04", "从这个年龄起人人体检", "an exam for everybody from this age on"),
        PolicyWord("followUps.again", "FU-05", "不满意或不良反应后，多久内再随访", "after class 2 or 3 again within"),
        PolicyWord("screening.age", "SC-01", "从这个年龄起每年量一次", "measured once a year from this age on"),
        PolicyWord("screening.riskAge", "SC-02", "从这个年龄起算高危", "high risk by age alone from"),
        PolicyWord("screening.riskDays", "SC-02", "高危：超过这么久没量", "high risk: not measured for more than"),
        PolicyWord("alone.quiet", "LV-01", "独居：几天没消息", "lives alone: nothing heard for"),
        PolicyWord("alone.soon", "LV-01", "几天没消息：尽快", "soon when nothing heard for"),
        PolicyWord("bands.pulse", "W-01", "手环静息脉搏快过", "resting pulse of a band above"),
        PolicyWord("bands.pulseDays", "W-01", "几天都这样", "on so many days"),
        PolicyWord("bands.window", "W-01", "在几天之内", "within so many days"),
        PolicyWord("bands.hintDays", "W-01", "几天提示不齐", "irregular hints on so many days"),
        PolicyWord("bands.again", "W-01", "多久最多提一次", "at most once in"),
        PolicyWord("bands.silent", "W-04", "手环这么久没有信号", "a band silent for"),
        PolicyWord("comeBack.raised", "kiosk", "偏高：请过几天再来", "raised: asked to come again after"),
        PolicyWord("comeBack.highNormal", "BP-11", "正常偏高：多久内再量", "high normal: again within"),
        PolicyWord("instruments.clockDue", "DQ-02", "机器时钟多久内调好", "a wrong clock set within"),
        PolicyWord("instruments.silent", "DQ-04", "机器这么久没有数据", "an instrument silent for"),
        PolicyWord("instruments.unsent", "DQ-04", "这么久没送到区里", "a fact unsent for more than"),
        PolicyWord("instruments.usualWeeks", "DQ-04", "连着几周同一天都有数据", "heard on the same weekday so many weeks running"),
        PolicyWord("instruments.drift", "DQ-03", "两台血压计平均相差超过", "two cuffs differ on average by more than"),
        PolicyWord("instruments.driftPairs", "DQ-03", "至少几对", "of at least so many pairs"),
        PolicyWord("instruments.driftDays", "DQ-03", "往回看多久", "looking back"),
        PolicyWord(
            "target.limit", "BP-TGT", "指南目标：两项都低于这里(只显示，不上名单)",
            "the guideline's target: below on both (shown, not listed)"),
        PolicyWord("target.old", "BP-TGT", "高龄的指南目标", "the guideline's target of the very old"),
        PolicyWord("target.oldAge", "BP-TGT", "从这个年龄起算高龄", "very old from this age on"),
        PolicyWord("target.days", "BP-TGT", "最近几天都未达标", "above it on so many last days"),
        PolicyWord("trend.sessions", "BP-TRD", "最近几次的平均", "the mean of so many last sessions"),
        PolicyWord("trend.rise", "BP-TRD", "比以前同样几次高这么多", "so far above that of as many before"),
    ]
}
