// Care for the data in a whole hut: what a nurse puts on record by keys is read afterwards as one history of one resident,
// in order, with name and reason, in both languages; and what was done by mistake is taken back.

import Foundation
import Ledger
import Testing
import Vitals

@testable import healthhut

@Suite(.serialized) struct `Care for the data in a whole hut` {
    @Test func `a session on one record is read afterwards in order, with name and reason, in both languages`()
        async throws
    {
        try await onThread {
            let care = try CareHut { ledger, at in
                try await ledger.append([.battery(percent: 71, CareHut.band)], at: at)
            }
            let nurse = try care.desk()
            try care.on("名单", type: "/047\r", at: nurse)
            try care.on("m档案", type: "m15", at: nurse)
            try care.on("改电话", type: "13900000199\r2\r", at: nurse)
            try care.on("用药", type: "\u{7F}2", at: nurse)
            try care.on("糖尿病  -", type: "2", at: nurse)
            try care.on("哪年起", type: "2016\r1\r", at: nurse)
            try care.on("慢阻肺  -", type: "3\r1\r", at: nurse)
            try care.on("房颤  -", type: "4\r1\r", at: nurse)
            try care.on("房颤  有", type: "\u{7F}31", at: nurse)
            try care.on("联系人名字", type: "张丽\r3\r13900000107\r1\r2\r", at: nurse)
            try care.on("去掉 女儿 张丽", type: "\u{7F}4", at: nurse)
            try care.on("独居  -", type: "12\r", at: nurse)
            try care.on("独居  有", type: "22\r", at: nurse)
            try care.on("同意关注  有", type: "31\r", at: nurse)
            try care.on("左胳膊不能量  有", type: "\u{7F}\u{7F}x", at: nurse)
            try care.on("现在怎么样", type: "3\r1\r3\r", at: nurse)
            try care.on("找不到人", type: "x", at: nurse)
            try care.on("现在怎么样", type: "1\r1\r1\r", at: nurse)
            try care.on("047号", type: "q", at: nurse)

            let doctor = try care.desk(.doctor)
            try care.on("名单", type: "/047\r", at: doctor)
            try care.on("l改范围", type: "l", at: doctor)
            try care.on("范围：高压 低压", type: "140 85\r肾不好\r", at: doctor)
            try care.on("140/85", type: "q", at: doctor)

            let told = [
                Told("名册改了：电话 13900000106 > 13900000199", "telephone 13900000106 > 13900000199", because: "换了"),
                Told("档案：糖尿病 2016-01-01", "on record: diabetes 2016-01-01", because: "看了病历"),
                Told("档案：慢阻肺", "on record: COPD", because: "看了病历"),
                Told("档案：房颤", "on record: AF", because: "看了病历"),
                Told("档案：联系人 女儿 张丽*", "on record: contacts 女儿 张丽*", because: "本人说的"),
                Told("档案：独居", "on record: lives alone", because: "本人说的"),
                Told("档案：同意关注", "on record: agreed to be watched", because: "本人说的"),
                Told("档案：左胳膊不能量", "on record: never the left arm", because: "看了病历"),
                Told("现况：找不到人", "status: lost", because: ""),
                Told("现况：在这里", "status: here", because: ""),
                Told("档案：本人范围 140/85", "on record: own limit 140/85", by: "汪志远", because: "肾不好"),
            ]
            let dated = care.held.clock.now.hut
            let day = UTCOffset.china.day(of: dated).iso
            try care.expectHistory(
                told.map { line in
                    var line = line
                    if line.reason.isEmpty {
                        line.reason = "\(day) \(line.chinese.hasSuffix("找不到人") ? "打了几次找不到" : "家里人说的")"
                    }
                    return line
                }, of: CareHut.resident)
            let history = try care.held.ask { [key = try care.key("047"), at = care.held.clock.now.hut] ledger in
                try #require(try await ledger.history(of: key, now: at, offset: .china))
            }
            #expect(history.status == .here && history.resident.phone == "13900000199")
            #expect(history.marks.conditions.keys.sorted { $0.rawValue < $1.rawValue } == [.af, .copd, .diabetes])
            #expect(history.marks.livesAlone && history.marks.isWatched && history.marks.neverArms == [.left])
            #expect(history.marks.contacts.first?.consented != nil)
            #expect(history.marks.limit == PressureLimit(systolic: 140, diastolic: 85))
            care.held.down()
        }
    }

    @Test func `marks are taken back, a pregnancy has its end, and both stand in the history`() async throws {
        try await onThread {
            let care = try CareHut()
            let nurse = try care.desk()
            try care.on("名单", type: "/061\r", at: nurse)
            try care.on("m档案", type: "m2", at: nurse)
            try care.on("怀孕  -", type: "5", at: nurse)
            let end = (UTCOffset.china.day(of: care.held.clock.now.hut) + 100).iso
            try care.on("哪年起", type: "\r\(end)\r2\r", at: nurse)
            try care.on("怀孕  有", type: "5", at: nurse)
            try care.on("怀孕 不再是了", type: "2\r", at: nurse)
            try care.on("怀孕  -", type: "\u{7F}43", at: nurse)
            try care.on("左胳膊不能量", type: "1\r", at: nurse)
            try care.on("左胳膊不能量  有", type: "3", at: nurse)
            try care.on("左胳膊不能量 不再是了", type: "2\r", at: nurse)
            try care.on("左胳膊不能量  -", type: "q", at: nurse)
            try care.expectHistory(
                [
                    Told("档案：怀孕 至 \(end)", "on record: pregnant - \(end)", because: "本人说的"),
                    Told("档案：不再：怀孕", "on record: no longer: pregnant", because: "本人说的"),
                    Told("档案：左胳膊不能量", "on record: never the left arm", because: "看了病历"),
                    Told("档案：不再：左胳膊不能量", "on record: no longer: never the left arm", because: "本人说的"),
                ], of: CareHut.pregnant)
            let history = try care.held.ask { [key = try care.key("061"), at = care.held.clock.now.hut] ledger in
                try #require(try await ledger.history(of: key, now: at, offset: .china))
            }
            #expect(history.marks.conditions.isEmpty && history.marks.endedConditions == [.pregnant])
            #expect(history.marks.neverArms.isEmpty)
            care.held.down()
        }
    }

    @Test func `two lines become one and two again; the history of the one says both`() async throws {
        try await onThread {
            let care = try CareHut { ledger, at in
                let key = try #require(try await ledger.roster(number: CareHut.twin)).key
                let reading = Reading(
                    vital: .bloodPressure(BloodPressure(systolic: 128, diastolic: 78)), receivedAt: at,
                    instrument: InstrumentID(rawValue: "cuff-1"), source: .cuffStation, arm: .left)
                try await ledger.append([.reading(reading, .resident(key, visit: nil))], at: at)
            }
            /// At the district the reading is to be withdrawn under these, in this order.
            let withdrawn: () throws -> [String] = {
                try care.held.ask { try await $0.pendingUploads(limit: 9) }.compactMap {
                    if case .correction(let wrong) = $0 { wrong.resident } else { nil }
                }
            }
            let nurse = try care.desk()
            let (kept, gone) = (try care.key("047"), try care.key("099"))
            try care.on("名单", type: "/047\r", at: nurse)
            try care.on("m档案", type: "m8", at: nurse)
            try care.on("可能是：张桂芳", type: "1", at: nurse)
            try care.on("这两条是同一个人吗", type: "y1\r", at: nurse)
            try care.on("拆开 张桂芳 099", type: "", at: nurse)
            #expect(try care.held.ask { try await $0.holder(of: gone) } == kept)
            #expect(try withdrawn() == ["id-099"])
            try care.on("拆开 张桂芳 099", type: "21\r", at: nurse)
            try nurse.until("可能是：张桂芳")
            #expect(try care.held.ask { try await $0.holder(of: gone) } == gone)
            #expect(try withdrawn() == ["id-099", "id-047"])
            try care.on("可能是：张桂芳", type: "q", at: nurse)
            let told = [
                Told("两条合成一条：099 张桂芳 / 047 张桂芳", "lines merged: 099 张桂芳 / 047 张桂芳", because: "看了身份证"),
                Told("拆开两条：099 张桂芳 / 047 张桂芳", "lines taken apart: 099 张桂芳 / 047 张桂芳", because: "不是同一个人"),
            ]
            try care.expectHistory(told, of: CareHut.resident)
            care.held.down()
        }
    }

    @Test func `an unknown band is refused by its name; one that was heard is worn and taken back`() async throws {
        try await onThread {
            let care = try CareHut { ledger, at in
                try await ledger.append([.battery(percent: 71, CareHut.band)], at: at)
            }
            let nurse = try care.desk()
            try care.on("名单", type: "/047\r", at: nurse)
            try care.on("m档案", type: "m6", at: nurse)
            try care.on("戴一个", type: "1", at: nurse)
            try care.on("手环号", type: "!00c0ffee\r1\r", at: nurse)
            try nurse.until("没收到过 !00c0ffee，先开机再配")
            #expect(try care.held.ask { try await $0.pairings() }.isEmpty)
            try care.on("没收到过", type: "\u{1B}", at: nurse)
            try care.on("戴一个", type: "1", at: nurse)
            try care.on("手环号", type: "!433D1F2A\r1\r", at: nurse)
            try care.on("收回 !433d1f2a", type: "2", at: nurse)
            let wearer = try care.held.ask { try await $0.pairings() }.map(\.resident)
            #expect(wearer == [try care.key("047")])
            try care.on("为什么", type: "3\r", at: nurse)
            try care.on("戴一个", type: "q", at: nurse)
            #expect(try care.held.ask { try await $0.pairings() }.allSatisfy { $0.until != nil })
            let told = [
                Told("戴上手环：!433d1f2a", "band paired: !433d1f2a", because: "新发的"),
                Told("收回手环：!433d1f2a", "band taken back: !433d1f2a", because: "不戴了"),
            ]
            try care.expectHistory(told, of: CareHut.resident)
            care.held.down()
        }
    }

    @Test func `a new resident, a PIN and a lent monitor stand in the history with their reasons`() async throws {
        try await onThread {
            let care = try CareHut()
            let nurse = try care.desk()
            try care.on("名单", type: "nn", at: nurse)
            try care.on("登记新人", type: "088\r周建平\r2\r1967-01-02\r13900000534\r\r\r2\r", at: nurse)
            try care.on("登记好了：088号", type: "\u{7F}", at: nurse)
            try care.on("名单", type: "/088\r", at: nurse)
            try care.on("m档案", type: "m7", at: nurse)
            try care.on("新密码", type: "5678\r5678\r1\r", at: nurse)
            try care.on("换密码", type: "7", at: nurse)
            try care.on("新密码", type: "\r\r2\r", at: nurse)
            try care.on("换密码", type: "\u{7F}j", at: nurse)
            try care.on("home-1", type: "1\r1", at: nurse)
            try care.on("借给 周建平", type: "1\r", at: nurse)
            try care.on("home-1 还回来", type: "n", at: nurse)
            try care.on("在这里", type: "q", at: nurse)
            let told = [
                Told("登记", "enrolled", because: "新建的档案"), Told("重设密码", "PIN reset", because: "本人忘了"),
                Told("不用密码了", "PIN taken away", because: "别人知道了"),
                Told("借出血压计：home-1", "monitor lent: home-1", because: "只有本人用"),
                Told("还回血压计：home-1", "monitor returned: home-1", because: "还了，一条一条认"),
            ]
            try care.expectHistory(told, of: "088")
            care.held.down()
            // No PIN, and no name or number, where an operator looks.
            let audit = try care.audit().joined(separator: "\n")
            #expect(audit.contains("residentPINReset") && audit.contains("deviceLent"))
            for secret in ["5678", "周建平", "088", "13900000534"] { #expect(!audit.contains(secret)) }
        }
    }

    @Test func `a reading is claimed, moved, given back and set aside, and each history says which and why`()
        async throws
    {
        try await onThread {
            let care = try CareHut { ledger, at in
                let reading = Reading(
                    vital: .bloodPressure(BloodPressure(systolic: 142, diastolic: 88)), receivedAt: at,
                    instrument: InstrumentID(rawValue: "cuff-1"), station: StationID(rawValue: "booth-1"),
                    source: .cuffStation, arm: .left)
                try await ledger.append([.reading(reading, .unclaimed(.noVisit, hint: nil))], at: at)
            }
            let nurse = try care.desk()
            try care.on("名单", type: "u1/", at: nurse)
            try care.on("是谁的", type: "047\ry\r", at: nurse)
            try care.on("都认领了", type: "\u{7F}", at: nurse)
            try care.on("名单", type: "/047\r", at: nurse)
            try care.on("m档案", type: "r1m", at: nurse)
            try care.on("移到谁", type: "061\r", at: nurse)
            try care.on("移到别人名下", type: "2\r", at: nurse)
            try care.on("还没有量过", type: "\u{7F}\u{7F}", at: nurse)
            try care.on("名单", type: "/061\r", at: nurse)
            try care.on("m档案", type: "r1g", at: nurse)
            try care.on("放回没认领", type: "3\r", at: nurse)
            try care.on("还没有量过", type: "\u{7F}\u{7F}", at: nurse)
            try care.on("名单", type: "u1x", at: nurse)
            try care.on("不要了", type: "5\r", at: nurse)
            try care.on("都认领了", type: "q", at: nurse)
            try care.expectHistory(
                [
                    Told("认领读数：142/88", "reading claimed: 142/88", because: "护士找人认领"),
                    Told("读数改给别人：142/88 047 张桂芳 > 061 刘芳", "reading moved: 142/88 047 张桂芳 > 061 刘芳", because: "认错人了"),
                ], of: CareHut.resident)
            try care.expectHistory(
                [
                    Told("读数改给别人：142/88 047 张桂芳 > 061 刘芳", "reading moved: 142/88 047 张桂芳 > 061 刘芳", because: "认错人了"),
                    Told("读数退回没认领：142/88", "reading returned: 142/88", because: "本人说不是"),
                ], of: CareHut.pregnant)
            care.held.down()
        }
    }
}
