// The end of a day on one page, with one of everything that can happen to a value; and the slip with the next date.

import DeviceLink
import Foundation
import Ledger
import Testing
import Vitals

@testable import healthhut

@Suite(.serialized) struct `The end of a day in a whole hut` {
    /// A value that was sent, one that waits, one the district refused, one nobody owns, one set aside; three attempts
    /// without a value; a guest who keeps nothing; two who were expected, and one who was and came.
    private static let fill: @Sendable (Ledger, HutTime) async throws -> Void = { ledger, at in
        let today = UTCOffset.china.day(of: at)
        let nurse = try #require(try await ledger.staff().first).key
        let (cuff, booth) = (InstrumentID(rawValue: "cuff-1"), StationID(rawValue: "booth-1"))
        var keys: [ResidentKey] = []
        for (number, name) in [("047", "张桂芳"), ("021", "赵凤华"), ("090", "马德福"), ("073", "孙有田")] {
            keys.append(try await DayPeople.add(Resident(number: number, name: name), to: ledger, at: at))
        }
        let readings = try await ledger.append(
            (0..<4).map { Fact.reading(DayPeople.cuff(130 + $0, 80, at: at), .resident(keys[0], visit: nil)) }
                + [.reading(DayPeople.cuff(141, 83, at: at), .unclaimed(.noVisit, hint: nil))], at: at)
        let failed = DeviceFault.deviceError(code: "E3", meaning: LocalizedText("动了", en: "moved"), kind: .movement)
        try await ledger.append(
            [
                .uploaded([UploadReceipt(fact: readings[0], location: nil)]),
                .uploadParked(readings[1], outcome: "code not known"),
                .readingDiscarded(readings[3], .test, by: nurse, note: ""),
                .fault(failed, cuff, booth, nil, raw: [1]),
                .fault(.implausible(field: "systolic"), cuff, booth, nil, raw: [2]),
                .noValue(.oxygenSaturation, .noSignal, cuff, booth, .unclaimed(.noVisit, hint: nil), raw: [3]),
                .measuredWithoutRecord(cuff, booth),
                .promised(keys[1], .comeBack, today, by: nurse), .promised(keys[0], .comeBack, today, by: nurse),
                .promised(keys[2], .homeVisit, today, by: nurse), .promised(keys[3], .comeBack, today + 1, by: nurse),
            ], at: at)
    }

    @Test func `each kind stands there with its reason, and who looked at it`() async throws {
        try await onThread {
            let day = try DayHut(fill: Self.fill)
            try day.hut.up()
            let nurse = try day.hut.nurse()
            try day.hut.on("名单", type: "e", at: nurse)
            let page = try nurse.until("看过：还没有人")
            let lines = page.split(separator: "\n").map(String.init)
            // Four that stand, and six attempts that came to nothing, of which one was set aside by the nurse.
            for text in ["量了 9", "存了 4", "发了 1", "没认领 1"] { #expect(page.contains(text), "\(text)") }
            for text in ["区里退回", "没量成", "数不可能，没收", "机器没给出数", "护士作废", "访客不留记录"] {
                #expect(lines.contains { $0.contains("1×") && $0.contains(text) }, "\(text)")
            }
            #expect(lines.contains { $0.contains("赵凤华") && $0.contains("说好再来") })
            #expect(lines.contains { $0.contains("马德福") && $0.contains("约好上门") })
            // The promise and the flag that recalls it are one thing.
            for name in ["赵凤华", "马德福"] { #expect(lines.count { $0.contains(name) } == 1, "\(name)") }
            // She came; he is expected tomorrow.
            #expect(!page.contains("张桂芳") && !page.contains("孙有田"))

            try day.hut.on("看过：", type: "\r", at: nurse)
            #expect(try nurse.until("看过：\(HeldHut.nurse) ").contains("量了 9"))
            let doctor = try day.doctor()
            try day.hut.on("名单", type: "e", at: doctor)
            try day.hut.on("看过：\(HeldHut.nurse) ", type: "\r", at: doctor)
            try doctor.until(DayHut.doctor + " ")
            let looks = try day.facts().compactMap { if case .daySeen(_, let by) = $0 { by.rawValue } else { nil } }
            #expect(looks == [1, 2])

            // The same page of the day before has nothing of it.
            try day.hut.on("看过：", type: "1", at: nurse)
            #expect(try nurse.until("量了 0").contains("看过：还没有人"))
            day.hut.down()
        }
    }

    @Test func `p under the form prints the next date with its weekday, once the follow-up is on disk`() async throws {
        try await onThread {
            let day = try DayHut(printer: 58) { ledger, at in
                let today = UTCOffset.china.day(of: at)
                let key = try await DayPeople.addManaged(to: ledger, lastSeen: today + -100, at: at)
                try await ledger.append(
                    [(138, 82), (136, 80)].map {
                        .reading(DayPeople.cuff($0, $1, at: at), .resident(key, visit: nil))
                    }, at: at)
            }
            let printer = try LineSimulator("escpos-printer", at: "\(day.folder.path)/printer-1.line")
            try day.hut.up()
            for _ in 1...5 { day.hut.pass(1) }
            let nurse = try day.hut.nurse()
            try day.hut.on("显示 1 ", type: "1f", at: nurse)
            try day.hut.on("1 方式", type: "11\r\r=11=1\r", at: nurse)
            #expect(try nurse.until("p=存，打条子").contains("打印条子 p"))
            try day.hut.on("打印条子 p", type: "p", at: nurse)
            try day.pass(until: "条子打好了", at: nurse)

            let key = try day.key("047")
            let record = try #require(try day.hut.ask { try await $0.followUps(of: key, limit: 1) }.first).record
            let next = try #require(record.next)
            #expect(next == record.day + 90)
            let weekdays = ["周日", "周一", "周二", "周三", "周四", "周五", "周六"]
            // 1970-01-01 was a Thursday.
            let weekday = weekdays[(next.daysSince1970 + 4) % 7]
            #expect(printer.hasPrinted("\(next.date.month)月\(next.date.day)日 \(weekday)"))
            #expect(printer.hasPrinted("下次请来，或护士联系您：") && printer.hasPrinted("张*芳 女士"))
            #expect(!printer.hasPrinted("张桂芳"))
            day.hut.down()
            printer.close()
        }
    }
}
