// What the hut sends for the day, the sheets, the history and the operator; invented.

import Kiosk
import Vitals

extension StaffSamples {
    static func dayPage(_ day: LocalDay) -> DayPage {
        DayPage(
            day: day, measured: 41, stored: 126, sent: 118,
            refused: [
                DayPage.Item(
                    who: LocalizedText("112号", en: "no. 112"), why: LocalizedText("没有身份证号", en: "no identity number"))
            ], unclaimed: 3,
            didNotCome: [
                DayPage.Item(
                    who: LocalizedText("赵凤华 021号", en: "赵凤华 no. 021"),
                    why: LocalizedText("两周复查", en: "check in two weeks")),
                DayPage.Item(
                    who: LocalizedText("马德福 090号", en: "马德福 no. 090"),
                    why: LocalizedText("约好上门", en: "a visit was promised")),
            ],
            examMissing: [
                DayPage.Item(
                    who: LocalizedText("周建平 034号", en: "周建平 no. 034"), why: LocalizedText("心电图、腰围", en: "ECG, waist")),
                DayPage.Item(
                    who: LocalizedText("欧阳秀英 018号", en: "欧阳秀英 no. 018"), why: LocalizedText("血糖", en: "glucose")),
                DayPage.Item(
                    who: LocalizedText("孙有田 073号", en: "孙有田 no. 073"), why: LocalizedText("少一个签名", en: "one signature")),
            ], seenBy: ["王敏 17:20"])
    }

    static func sheet(_ kind: SheetKind, count: Int = 5) -> CallSheet {
        let people: [(String, Sex, String, String?)] = [
            ("张桂芳", .female, "047", "12-3-502"), ("马德福", .male, "090", "2-1-301"),
            ("赵凤华", .female, "021", "12-1-101"), ("孙有田", .male, "073", nil), ("欧阳秀英", .female, "018", "2-1-203"),
        ]
        let rows = (0..<count).map { place in
            let (name, sex, number, building) = people[place % people.count]
            return CallSheetRow(
                line: CallSheetLine(number: 0, resident: ResidentKey(rawValue: Int64(place + 1))), hutNumber: number,
                name: name, sex: sex, age: 81, phone: "1390000010\(place % 10)", building: building,
                why: LocalizedText("随访到期(上次8-23)", en: "follow-up due (last 8-23)"), due: day("2026-11-21"),
                lastReadings: ["11-21 138/82", "11-14 142/80", "11-07 146/84"])
        }
        return CallSheet(
            number: 7, kind: kind, day: day("2026-11-21") ?? LocalDay(daysSince1970: 0), hutName: "方泰东社区健康小屋",
            by: "王敏", rows: CallSheet.numbered(rows, for: kind))
    }

    /// A first page of a hundred lines, and a second that is not full.
    static func history(before: FactSequence?) -> [ChronicleLine] {
        let first = before.map { $0.rawValue - 1 } ?? 400
        let count: Int64 = before == nil ? 100 : 30
        return (0..<count).map { place in
            let isFirst = place == 0 && before == nil
            return ChronicleLine(
                sequence: fact(first - place), at: minutesAgo(Int(400 - first + place) * 60),
                about: isFirst ? day("2026-11-20") : nil,
                what: isFirst
                    ? LocalizedText("电话改成 13900000106", en: "telephone is now 13900000106")
                    : LocalizedText("第\(first - place)条 138/82", en: "line \(first - place) 138/82"),
                by: isFirst ? "王敏" : nil, reason: isFirst ? "换了" : nil)
        }
    }

    static let audit = [
        AuditLine(
            sequence: fact(900), at: minutesAgo(2), by: "王敏", what: LocalizedText("看了一位居民", en: "looked at a resident")),
        AuditLine(
            sequence: fact(899), at: minutesAgo(12), by: "汪志远", what: LocalizedText("改了一个范围", en: "changed a limit")),
    ]

    static let status = HutStatus(
        version: "0.4.0",
        instruments: [
            InstrumentStatus(instrument: InstrumentID(rawValue: "cuff-1"), vital: .bloodPressure, state: .ready),
            InstrumentStatus(instrument: InstrumentID(rawValue: "scale-1"), vital: .weight, state: .unplugged),
        ], unsent: 8, parked: 1, freeMegabytes: 51_200, lastBackup: minutesAgo(500), newestFact: minutesAgo(7),
        warnings: [LocalizedText("scale-1 两天没有数据", en: "scale-1: no data for two days")])

    /// Somebody of whom nearly nothing is known.
    static let bare = ResidentCard(
        key: ResidentKey(rawValue: 47), resident: Resident(number: "047", name: "张桂芳"), status: .lost, age: nil,
        limit: "140/90", openFlags: [], endedFlags: [], readings: [], bands: [])
}
