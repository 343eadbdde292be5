// Every flag says in one Chinese and one English sentence why it stands, with number, unit, day and instrument. This
// table is what a nurse reads; a change here is a change of her screen.
import FollowUpRules
import Testing
import Vitals

/// One rule's sentences as they stand, and how the history came about.
struct Sentence: Sendable, CustomTestStringConvertible {
    var rule: RuleID
    var resident: Resident
    var make: @Sendable (inout Book) throws -> Void
    var now: String
    var chinese: String
    var english: String
    var testDescription: String { "\(rule.rawValue): \(chinese)" }

    init(
        _ rule: RuleID, _ resident: Resident, now: String = "2026-11-21 12:00", _ chinese: String, en english: String,
        make: @escaping @Sendable (inout Book) throws -> Void
    ) {
        (self.rule, self.resident, self.make, self.now) = (rule, resident, make, now)
        (self.chinese, self.english) = (chinese, english)
    }
}

private let emergencies: [Sentence] = [
    Sentence(
        "BP-01", People.adult, "一遍198/112 mmHg 没问症状 11-21 09:14 cuff-1",
        en: "198/112 mmHg once, signs not asked; 21 Nov 09:14, cuff-1"
    ) { $0.cuff(198, 112, "2026-11-21 09:14", visit: 1) },
    Sentence(
        "BP-01r", People.adult, "一遍198/112，后来158/88 mmHg，请再量 11-21 09:14 cuff-1",
        en: "198/112 mmHg once, then 158/88, measure again; 21 Nov 09:14, cuff-1"
    ) {
        $0.cuff(198, 112, "2026-11-21 09:14", visit: 1)
        $0.cuff(158, 88, "2026-11-21 09:16", visit: 1)
    },
    Sentence(
        "BP-01r", People.adult, "11-19 09:14 量的，晚到：一遍198/112 mmHg，请再量 cuff-1",
        en: "measured 19 Nov 09:14, came late: 198/112 mmHg once, measure again, cuff-1"
    ) { $0.cuff(198, 112, "2026-11-19 09:14", received: "2026-11-21 10:00") },
    Sentence(
        "BP-02", People.adult, "两遍198/112、194/108 mmHg 无危险症状 11-21 09:14 cuff-1",
        en: "198/112, 194/108 mmHg, twice, no danger sign; 21 Nov 09:14, cuff-1"
    ) {
        $0.cuff(198, 112, "2026-11-21 09:14", visit: 1)
        $0.answer(.none, "2026-11-21 09:15", visit: 1)
        $0.cuff(194, 108, "2026-11-21 09:17", visit: 1)
    },
    Sentence(
        "BP-02", People.adult, "一遍198/112 mmHg 问危险症状没有回答 11-21 09:14 cuff-1",
        en: "198/112 mmHg, once, no answer to the danger-sign question; 21 Nov 09:14, cuff-1"
    ) {
        $0.cuff(198, 112, "2026-11-21 09:14", visit: 1)
        $0.answer(.silence, "2026-11-21 09:15", visit: 1)
    },
    Sentence(
        "BP-02", People.adult, "一遍220/120 mmHg，合起来185/103 有一点不舒服 11-21 09:14 cuff-1",
        en: "220/120 mmHg, once, session value 185/103, slightly unwell as usual; 21 Nov 09:14, cuff-1"
    ) {
        $0.answer(.mild, "2026-11-21 09:10", visit: 1)
        $0.cuff(220, 120, "2026-11-21 09:14", visit: 1)
        $0.cuff(150, 85, "2026-11-21 09:17", visit: 1)
    },
    Sentence(
        "BP-02", People.adult, "一遍186/96 mmHg，当天还有190/100 没问症状 11-21 15:00 cuff-1",
        en: "186/96 mmHg, once, same day also 190/100, signs not asked; 21 Nov 15:00, cuff-1", now: "2026-11-21 15:00"
    ) {
        $0.cuff(190, 100, "2026-11-21 09:14", visit: 1)
        $0.cuff(186, 96, "2026-11-21 15:00", visit: 2)
    },
    Sentence(
        "BP-03", People.adult, "有危险症状(自己按的) 血压118/74 mmHg 11-21 09:15 cuff-1",
        en: "danger sign, by the resident's own key, blood pressure 118/74 mmHg; 21 Nov 09:15, cuff-1"
    ) {
        $0.cuff(118, 74, "2026-11-21 09:14", visit: 1)
        $0.answer(.danger, "2026-11-21 09:15", visit: 1)
    },
    Sentence(
        "BP-03", People.adult, "问危险症状没有回答 没量血压 11-21 09:15",
        en: "no answer to the danger-sign question, no blood pressure taken; 21 Nov 09:15"
    ) { $0.answer(.silence, "2026-11-21 09:15", visit: 1) },
    Sentence("W-03", People.adult, "手环呼救 11-21 09:14 !433d1f2a", en: "wristband SOS; 21 Nov 09:14, !433d1f2a") {
        $0.signal(.sos, "2026-11-21 09:14")
    },
    Sentence("W-03", People.adult, "手环摔倒 11-21 09:14 !433d1f2a", en: "wristband fall; 21 Nov 09:14, !433d1f2a") {
        $0.signal(.fall, "2026-11-21 09:14")
    },
]

private let others: [Sentence] = [
    Sentence(
        "BP-05", People.adult, "两遍合起来152/94 mmHg，没有高血压记录，用药不清楚 11-21 09:14 cuff-1",
        en: "session value 152/94 mmHg, measured twice, hypertension not known, drugs unknown; 21 Nov 09:14, cuff-1"
    ) { $0.session(152, 94, "2026-11-21") },
    Sentence(
        "BP-05", People.adult, "一遍165/95 mmHg(只作参考)，没有高血压记录，用药不清楚 11-21 09:14 cuff-1",
        en: "165/95 mmHg, measured once, provisional, hypertension not known, drugs unknown; 21 Nov 09:14, cuff-1"
    ) { $0.cuff(165, 95, "2026-11-21 09:14") },
    Sentence(
        "BP-07", People.knownElder, "两遍合起来168/94 mmHg，范围150/90 11-21 09:14 cuff-1",
        en: "session value 168/94 mmHg, measured twice, limit 150/90; 21 Nov 09:14, cuff-1"
    ) {
        $0.session(130, 80, "2026-11-20")
        $0.session(168, 94, "2026-11-21")
    },
    Sentence(
        "BP-07", People.knownElder, "14天里2天到150/90以上：11-14 156/84、11-21 152/94 mmHg 11-21 09:16 cuff-1",
        en: "at or above 150/90 on 2 days of 14: 14 Nov 156/84, 21 Nov 152/94 mmHg; 21 Nov 09:16, cuff-1"
    ) {
        $0.session(130, 80, "2026-11-01")
        $0.session(156, 84, "2026-11-14")
        $0.session(152, 94, "2026-11-21")
    },
    Sentence(
        "BP-07", People.knownElder,
        "3天到150/90以上，有的只作参考：11-14 156/84、11-16 151/80、11-21 152/94 mmHg 11-21 09:14 cuff-1",
        en: "at or above 150/90 on 3 days, some provisional: 14 Nov 156/84, 16 Nov 151/80, 21 Nov 152/94 mmHg; "
            + "21 Nov 09:14, cuff-1"
    ) {
        $0.session(130, 80, "2026-11-01")
        for (day, systolic, diastolic) in [("14", 156, 84), ("16", 151, 80), ("21", 152, 94)] {
            $0.cuff(systolic, diastolic, "2026-11-\(day) 09:14")
        }
    },
    Sentence(
        "BP-07", People.knownAgeless,
        "28天里只量过这一天，到140/90以上：2025-12-30 145/84 mmHg，年龄不清楚，按140/90 2025-12-30 09:16 cuff-1",
        en: "at or above 140/90 on the only day measured in 28: 30 Dec 2025 145/84 mmHg, age unknown, limit 140/90; "
            + "30 Dec 2025 09:16, cuff-1", now: "2026-01-02 12:00"
    ) { $0.session(145, 84, "2025-12-30") },
    Sentence(
        "BP-09", People.adult, "两遍偏低86/62、84/61 mmHg，说头晕 11-21 09:14 cuff-1",
        en: "low twice, 86/62, 84/61 mmHg, says dizzy; 21 Nov 09:14, cuff-1"
    ) {
        $0.cuff(86, 62, "2026-11-21 09:14", visit: 1)
        $0.cuff(84, 61, "2026-11-21 09:16", visit: 1)
        $0.answer(.dizzy, "2026-11-21 09:17", visit: 1)
    },
    Sentence(
        "BP-14", People.adult, "3次没量成，没问症状，请改手工测量 11-21 09:03",
        en: "3 attempts failed, signs not asked, measure by hand; 21 Nov 09:03"
    ) { for minute in 1...3 { $0.failure("2026-11-21 09:0\(minute)", visit: 1) } },
    Sentence(
        "FU-03", People.adult, "11-21 手环呼救或摔倒：处理过，已转诊，14天内问结果",
        en: "21 Nov dealt with (Wristband: SOS or fall), referred; ask for the outcome within 14 days"
    ) {
        $0.signal(.sos, "2026-11-21 09:14")
        $0.review("2026-11-21 09:14")
        try $0.close("W-03", .referred, "2026-11-21 10:00")
    },
    Sentence(
        "FU-03", People.adult, "11-21 很高，已确认：处理过，已转诊，14天内问结果",
        en: "21 Nov dealt with (Very high, confirmed), referred; ask for the outcome within 14 days"
    ) {
        $0.cuff(198, 112, "2026-11-21 09:14", visit: 1)
        $0.cuff(194, 108, "2026-11-21 09:17", visit: 1)
        $0.review("2026-11-21 09:17")
        try $0.close("BP-02", .referred, "2026-11-21 10:00")
    },
    Sentence(
        "FU-04", People.elder, "365天没体检，没有以前的记录", en: "no exam for 365 days, none on record", now: "2027-12-31 12:00"
    ) { _ in },
    Sentence(
        "FU-04", People.elder, "365天没体检，上次2025-11-01", en: "no exam for 365 days, last 1 Nov 2025",
        now: "2026-11-21 12:00"
    ) { $0.history.exams = [day("2025-11-01")] },
    Sentence(
        "FU-06", People.adult, "11-21 手环呼救或摔倒：处理过，打电话问情况",
        en: "21 Nov dealt with (Wristband: SOS or fall); call and ask how it is"
    ) {
        $0.signal(.sos, "2026-11-21 09:14")
        $0.review("2026-11-21 09:14")
        try $0.close("W-03", .handledHere, "2026-11-21 10:00")
    },
    Sentence(
        "FU-01", People.knownElder, "高血压面对面随访01-23到期(没有记录，日期是导入名册时定的)",
        en: "hypertension: face-to-face follow-up due 23 Jan (none on record, date set by the import)",
        now: "2026-01-23 12:00"
    ) { _ in },
    Sentence(
        "FU-01", People.adult, "高血压面对面随访11-21到期(没有记录，从08-23算起，到那天满90天)",
        en: "hypertension: face-to-face follow-up due 21 Nov (none on record, 90 days from 23 Aug)"
    ) { $0.mark(.managed(.hypertension, since: day("2026-08-23"))) },
    Sentence(
        "FU-01", People.knownElder, "高血压面对面随访11-21到期：上次08-23 门诊 满意，到那天满90天",
        en: "hypertension: face-to-face follow-up due 21 Nov: last 23 Aug clinic controlled, 90 days ago by then"
    ) { $0.followUp("2026-08-23", .controlled) },
    Sentence(
        "LV-01", People.elder, "独居，从 11-14 09:00 起没有消息，已过7天",
        en: "lives alone, nothing heard since 14 Nov 09:00, 7 days and more"
    ) { $0.unheard(since: "2026-11-14 09:00") },
    Sentence(
        "LV-01", People.elder, "独居，从 11-07 09:00 起没有消息，已过14天",
        en: "lives alone, nothing heard since 7 Nov 09:00, 14 days and more"
    ) { $0.unheard(since: "2026-11-07 09:00") },
    Sentence(
        "W-01", People.adult, "手环7天里静息脉搏3天超过100次/分，截至11-21，请到小屋量血压",
        en: "wristband, 7 days to 21 Nov: resting pulse above 100 /min on 3 days; please measure at the hut"
    ) { book in
        book.wear(since: "2026-11-01", heard: "2026-11-21 09:00")
        for date in 19...21 { book.bandDay("2026-11-\(date)", pulse: 110) }
    },
    Sentence(
        "W-04", People.adult, "手环!433d1f2a 没有信号，最后一次 11-20 09:00",
        en: "wristband !433d1f2a silent, last heard 20 Nov 09:00"
    ) {
        $0.mark(.watched(true))
        $0.wear(since: "2026-11-01", heard: "2026-11-20 09:00")
    },
    Sentence(
        "W-04", People.adult, "手环!433d1f2a 已关机，最后一次 11-20 09:00",
        en: "wristband !433d1f2a switched off, last heard 20 Nov 09:00"
    ) {
        $0.mark(.watched(true))
        $0.wear(since: "2026-11-01", heard: "2026-11-20 09:00", isOff: true)
    },
]

extension Book {
    /// Of somebody who lives alone and agreed to be watched.
    fileprivate mutating func unheard(since time: String) {
        mark(.livesAlone(true))
        mark(.watched(true))
        history.lastHeard = at(time)
    }
}

extension Sentence {
    fileprivate init(
        _ rule: RuleID, _ resident: Resident, _ chinese: String, en english: String, now: String,
        make: @escaping @Sendable (inout Book) throws -> Void
    ) {
        self.init(rule, resident, now: now, chinese, en: english, make: make)
    }
}

@Test(arguments: emergencies + others)
func `the sentence of a flag`(row: Sentence) throws {
    var book = try Book(row.resident)
    try row.make(&book)
    book.review(row.now)
    let flag = try book.flag(row.rule)
    #expect(flag.draft.evidence.sentence.chinese == row.chinese)
    #expect(flag.draft.evidence.sentence.english == row.english)
    #expect(flag.draft.policy == "cn-norm3-2017 3")
}
