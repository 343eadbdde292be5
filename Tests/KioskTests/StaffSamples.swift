// The invented people of nurse-screens 1, as the hut would send them.

import Kiosk
import Vitals

enum StaffSamples {
    static let staff = [
        StaffName(key: StaffKey(rawValue: 1), staff: Staff(name: "王敏", role: .nurse)),
        StaffName(key: StaffKey(rawValue: 2), staff: Staff(name: "汪志远", role: .doctor)),
        StaffName(key: StaffKey(rawValue: 3), staff: Staff(name: "周工", role: .operator)),
        StaffName(key: StaffKey(rawValue: 4), staff: Staff(name: "小李", role: .volunteer)),
    ]

    static func minutesAgo(_ minutes: Int) -> HutTime { staffMorning + .seconds(-60 * minutes) }
    static func fact(_ number: Int64) -> FactSequence { FactSequence(rawValue: number) }
    static func day(_ text: String) -> LocalDay? { LocalDay(iso: text) }

    static let worklist = Worklist(
        rows: [
            row(
                1, 52, .critical, "李国强", .male, 78, "两遍198/112 无危险症状 09:14", en: "no danger sign, two 198/112",
                "198/112", "2026-11-21", "13900000457"),
            WorklistRow(
                subject: .station(StationID(rawValue: "booth-1")), flag: fact(2), severity: .critical, name: nil,
                why: LocalizedText("09:40 一遍 186/96 没人认领", en: "09:40 one 186/96, unclaimed"), lastValue: "186/96"),
            row(
                3, 21, .urgent, "赵凤华", .female, 67, "两次随访不满意，建议转诊", en: "two follow-ups not controlled: refer",
                "164/92", "2026-11-20", "13900000221"),
            row(
                4, 73, .urgent, "孙有田", .male, 81, "三次没量成，说头晕", en: "three failures, says dizzy",
                nil, "2026-11-21", "13900000873"),
            row(
                5, 47, .soon, "张桂芳", .female, 81, "随访到期(上次8-23)", en: "follow-up due (last 8-23)",
                "138/82", "2026-11-21", "13900000106"),
            row(
                6, 34, .soon, "周建平", .male, 59, "三天都高，请确认，最近一次是在小屋自己量的",
                en: "raised on three days, please confirm at the hut",
                "152/94", "2026-11-22", "13900000534"),
            row(
                7, 18, .soon, "欧阳秀英", .female, 101, "上次不满意，两周电话(还没打)", en: "not controlled last time, call due",
                "156/84", "2026-12-01", "13900000318"),
            row(
                8, 90, .routine, "马德福", .male, 70, "85天没来，独居", en: "not seen for 85 days, lives alone",
                "142/78", "2026-11-30", "13900000690"),
        ],
        hiddenMoved: 9, hiddenDead: 3, hiddenNotYetListed: 11, unclaimed: 3, requests: 2, unsent: 0,
        dataUpTo: minutesAgo(7))

    private static func row(
        _ flag: Int64, _ key: Int64, _ severity: Severity, _ name: String, _ sex: Sex, _ age: Int, _ why: String,
        en english: String, _ last: String?, _ due: String, _ phone: String
    ) -> WorklistRow {
        WorklistRow(
            subject: .resident(ResidentKey(rawValue: key)), flag: fact(flag), severity: severity, name: name, sex: sex,
            age: age, why: LocalizedText(why, en: english), lastValue: last, due: day(due), phone: phone)
    }

    /// A worklist of so many residents.
    static func longWorklist(_ count: Int) -> Worklist {
        Worklist(
            rows: (1...count).map { number in
                row(
                    Int64(number), Int64(number), .soon, "居民\(number)", .female, 70, "第\(number)行", en: "row \(number)",
                    "150/90", "2026-11-30", "13900000000")
            }, dataUpTo: staffMorning)
    }

    static func pressure(_ systolic: Int, _ diastolic: Int, _ pulse: Int, moved: Bool? = nil) -> Vital {
        .bloodPressure(
            BloodPressure(
                systolic: MmHg(systolic), diastolic: MmHg(diastolic), pulse: PerMinute(pulse), moved: moved))
    }

    static func reading(_ number: Int64, _ vital: Vital, minutesAgo minutes: Int) -> ReadingRow {
        ReadingRow(
            sequence: fact(number), vital: vital, at: minutesAgo(minutes), instrument: InstrumentID(rawValue: "cuff-1"),
            arm: .right, rested: .byClock(seconds: 300), source: .cuffStation)
    }

    static func minutesAgo(_ minutes: Int, days: Int) -> HutTime { minutesAgo(minutes + days * 1_440) }

    static let people = [zhao, zhang]

    private static let zhao = {
        var zhao = Candidate(
            key: ResidentKey(rawValue: 21), number: "021", name: "赵凤华", sex: .female, age: 67,
            lastValues: ["164/92", "158/90", "160/94"])
        (zhao.birth, zhao.building) = (day("1959-03-02"), "3-2-101")
        zhao.conditions = [.hypertension, .diabetes]
        return zhao
    }()

    private static let zhang = Candidate(
        key: ResidentKey(rawValue: 47), number: "047", name: "张桂芳", sex: .female, age: 81,
        lastValues: ["138/82", "142/80", "146/84"])

    /// As the ledger finds them.
    static let initials = ["赵凤华": "zfh", "张桂芳": "zgf"]

    static let unclaimed = [
        UnclaimedRow(
            reading: reading(901, pressure(186, 96, 88), minutesAgo: 5), reason: .notAsked,
            station: StationID(rawValue: "booth-1"), hinted: people[1]),
        UnclaimedRow(
            reading: reading(902, pressure(141, 83, 70), minutesAgo: 65), reason: .noVisit,
            station: StationID(rawValue: "booth-1"), hinted: nil),
        worn,
    ]

    /// A wristband's, which stands at no station.
    private static let worn: UnclaimedRow = {
        var row = UnclaimedRow(
            reading: reading(903, .pulseRate(58), minutesAgo: 1_500), reason: .wearerNotConfirmed, station: nil,
            hinted: nil)
        row.band = BandID(rawValue: "!433d1f2a")
        return row
    }()

    /// `李国强 男 78岁 052号`, and as an English screen has it.
    static func person(_ chinese: String) -> LocalizedText {
        let words = chinese.split(separator: " ").map { word in
            switch word {
            case "男": "M"
            case "女": "F"
            case _ where word.hasSuffix("岁"): "\(word.dropLast()) y"
            case _ where word.hasSuffix("号"): "no. \(word.dropLast())"
            default: String(word)
            }
        }
        return LocalizedText(chinese, en: words.joined(separator: " "))
    }

    /// An alert as the hut sends it.
    static func alert(_ flag: Int64, _ who: String?, rule: RuleID = "BP-02", takenBy: String? = nil) -> StaffAlert {
        StaffAlert(
            flag: fact(flag), subject: .station(StationID(rawValue: "booth-1")), rule: rule, severity: .critical,
            at: minutesAgo(14), station: StationID(rawValue: "booth-1"), who: who.map(person),
            sentence: LocalizedText("两遍 198/112，没有危险症状", en: "two 198/112, no danger sign"), takenBy: takenBy)
    }
}
