// The resident of nurse-screens 1, whole: what her page shows in the mock-up.

import Kiosk
import Vitals

extension StaffSamples {
    private static let plain = ResidentCard(
        key: ResidentKey(rawValue: 47),
        resident: Resident(
            number: "047", name: "张桂芳", sex: .female, birth: day("1945-03-02"), phone: "13900000106",
            building: "12-3-502", conditions: [.hypertension], medicines: "氨氯地平 5mg", team: "汪医生"),
        status: .here, age: 81, limit: "150/90",
        openFlags: [
            ResidentCard.FlagLine(
                id: fact(5), rule: "FU-01", severity: .soon,
                sentence: LocalizedText("随访到期：上次8-23，90天到今天", en: "follow-up due: last 8-23, 90 days are over"),
                raisedAt: minutesAgo(600), due: day("2026-11-21"))
        ],
        endedFlags: [
            ResidentCard.FlagLine(
                id: fact(3), rule: "BP-07", severity: .soon,
                sentence: LocalizedText("一天 162/94", en: "one day value 162/94"), raisedAt: minutesAgo(0, days: 40),
                end: LocalizedText("10-14 王敏 随访了", en: "10-14 王敏 followed up"))
        ],
        readings: [
            reading(801, pressure(138, 82, 72), minutesAgo: 14),
            reading(802, pressure(141, 84, 74, moved: true), minutesAgo: 17),
            reading(803, .oxygenSaturation(OxygenSaturation(percent: 97, pulse: 71)), minutesAgo: 20),
            reading(804, pressure(142, 80, 70), minutesAgo: 7 * 1_440),
        ],
        bands: [BandID(rawValue: "!433d1f2a")])

    static let card: ResidentCard = {
        var card = plain
        card.resident.team = "汪医生 王敏"
        card.readings[3].helper = "小李"
        card.marks = marks
        card.pressureLimit = PressureLimit(systolic: 150, diastolic: 90)
        card.limitSource = LocalizedText("规范，65岁以上", en: "norm, 65 and over")
        card.usualArm = .right
        card.pressures = pressures
        card.followUps = followUps
        card.faceToFace = 3
        card.requests = [requests[0]]
        card.worn = [
            ResidentCard.Worn(
                band: BandID(rawValue: "!433d1f2a"), batteryPercent: 71, lastHeard: minutesAgo(33))
        ]
        card.uploads = ResidentCard.Uploads(received: day("2026-11-14"), waiting: 1)
        return card
    }()

    private static let marks: ResidentMarks = {
        var marks = ResidentMarks()
        marks.apply(.condition(.hypertension, since: day("2016-05-01"), until: nil))
        marks.apply(.livesAlone(true))
        marks.apply(.allergies(nil))
        marks.apply(.neverArm(.left, true))
        marks.apply(
            .contacts([
                ContactPerson(name: "张丽", relation: "女儿", phone: "13900000107", consented: day("2026-03-02"))
            ]))
        return marks
    }()

    /// Month and day of this year, the value, how many readings.
    private static let pressures: [ResidentCard.Pressure] = [
        ("11-21", 138, 82, 72, 2), ("11-14", 142, 80, 70, 2), ("11-07", 146, 84, 74, 2), ("11-03", 152, 88, 71, 2),
        ("11-01", 141, 79, 70, 2), ("10-31", 139, 79, 69, 2), ("10-24", 151, 86, 75, 1), ("10-18", 148, 85, 70, 2),
        ("10-12", 153, 84, 71, 2), ("10-08", 147, 84, 73, 2), ("10-03", 155, 92, 74, 2), ("9-30", 143, 81, 70, 2),
        ("9-22", 168, 94, 77, 2), ("9-12", 145, 82, 72, 2), ("9-01", 171, 96, 80, 2), ("8-26", 144, 80, 71, 1),
    ].compactMap { date, systolic, diastolic, pulse, count in
        guard let day = day("2026-" + (date.count < 5 ? "0" : "") + date) else { return nil }
        let value = SessionValue(
            systolic: MmHg(systolic), diastolic: MmHg(diastolic), pulse: PerMinute(pulse), count: count,
            isComplete: count > 1)
        return ResidentCard.Pressure(day: day, value: value)
    }

    private static let followUps: [ResidentCard.FollowUpLine] = [
        ("2026-08-23", FollowUpMethod.clinic, "136/80", VisitClass.controlled),
        ("2026-05-30", .phone, "148/86", .notControlled),
    ].compactMap { text, method, pressure, verdict in
        guard let day = day(text) else { return nil }
        return ResidentCard.FollowUpLine(
            day: day, method: method, pressure: pressure, visitClass: verdict,
            drugs: method == .clinic ? "氨氯地平5mg" : nil, adherence: method == .clinic ? .regular : nil, by: "王敏")
    }

    static let requests = [
        RequestLine(
            request: fact(701), resident: ResidentKey(rawValue: 47), number: "047", name: "张桂芳",
            phone: "13900000106", what: .bandHelp, at: minutesAgo(60, days: 2)),
        RequestLine(
            request: fact(702), resident: ResidentKey(rawValue: 90), number: "090", name: "马德福",
            phone: "13900000690", what: .homeVisit, at: minutesAgo(90), enteredBy: "王敏", note: "下午在家"),
    ]

    static let hidden = [
        HiddenRow(
            resident: ResidentKey(rawValue: 11), number: "011", name: "钱有德", sex: .male, age: 77, why: .moved),
        HiddenRow(
            resident: ResidentKey(rawValue: 12), number: "012", name: "冯玉兰", sex: .female, age: 84, why: .dead),
        HiddenRow(
            resident: ResidentKey(rawValue: 13), number: "013", name: "褚大海", sex: .male, age: 66,
            why: .listedFrom(day("2026-12-04") ?? LocalDay(daysSince1970: 0)),
            sentence: LocalizedText("单次 152/94，一个月没复查", en: "one high value, not repeated")),
        HiddenRow(
            resident: ResidentKey(rawValue: 14), number: "014", name: "卫兰英", sex: .female, age: 70,
            why: .firstDue(day("2027-01-15") ?? LocalDay(daysSince1970: 0))),
    ]
}

extension StaffSamples {
    /// The alert of nurse-screens 6.
    static let seated: StaffAlert = {
        var alert = StaffSamples.alert(1, "李国强 男 78岁 052号")
        alert.sittingSince = minutesAgo(3)
        (alert.arm, alert.rested, alert.medicines) = (.right, .byClock(seconds: 300), "氨氯地平")
        alert.contact = ContactPerson(name: "李明", relation: "儿子", phone: "13900000458", consented: nil)
        return alert
    }()

    /// A band that called for help.
    static let sos: StaffAlert = {
        var alert = StaffSamples.alert(7, "马德福 男 70岁 090号", rule: "W-03")
        (alert.isCallForHelp, alert.station) = (true, nil)
        alert.sentence = LocalizedText("按了手环呼救", en: "the band's help key was pressed")
        (alert.position, alert.positionAt) = (
            Position(latitudeE7: 341_234_567, longitudeE7: 1_131_234_567), minutesAgo(19)
        )
        alert.contact = ContactPerson(name: "马强", relation: "儿子", phone: "13900000691", consented: nil)
        return alert
    }()
}
