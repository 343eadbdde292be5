// Roles in a whole hut: an operator looks after machines and never gets a byte about anybody, whatever she presses; what a
// screen asks for that forgot who sits before it is refused; only a doctor sets a limit.

import Foundation
import Kiosk
import Ledger
import Testing
import Vitals

@testable import healthhut

extension CareHut {
    /// A hut rich in what an operator must not see: flags, an alert, readings with and without an owner, requests, a
    /// follow-up, a contact, an exam.
    fileprivate static func rich() throws -> CareHut {
        try CareHut { ledger, at in
            let staff = try #require(try await ledger.staff().first).key
            let key = try #require(try await ledger.roster(number: CareHut.resident)).key
            let day = UTCOffset.china.day(of: at)
            let contact = ContactPerson(name: "张丽", relation: "女儿", phone: "13900000107", consented: day)
            try await ledger.append(
                [
                    .residentMarked(key, .contacts([contact]), by: staff, on: day, reason: "told"),
                    .request(key, .homeVisit), .bandPaired(CareHut.band, key, by: staff),
                    .followUpRecorded(FollowUpRecord(resident: key, day: day + -100, method: .clinic), by: staff),
                    .examItem(key, .weight(grams: 61_700), day, by: staff),
                    .signal(.sos, CareHut.band, wearer: key, text: nil, raw: []),
                ], at: at)
            for (systolic, owner) in [
                (198, Owner.resident(key, visit: nil)), (196, .resident(key, visit: nil)),
                (187, .unclaimed(.noVisit, hint: .number(CareHut.resident))),
            ] {
                let reading = Reading(
                    vital: .bloodPressure(BloodPressure(systolic: MmHg(systolic), diastolic: 112)), receivedAt: at,
                    instrument: InstrumentID(rawValue: "cuff-1"), station: StationID(rawValue: "booth-1"),
                    source: .cuffStation, arm: .left)
                try await ledger.append([.reading(reading, owner)], at: at)
            }
        }
    }

    /// What stands in the ledger about people, as it would stand on a screen.
    fileprivate func secrets() throws -> [String] {
        let flags = try held.ask { try await $0.openFlags() }
        #expect(flags.count >= 2 && flags.contains { $0.isAlert })
        let sentences = flags.flatMap { [$0.sentence.chinese, $0.sentence.english] }
        return [
            "张桂芳", "刘芳", "张丽", "13900000106", "13900000107", "198/112", "196/112", "187/112", "61.7kg", "高血压",
            "hypertension",
        ]
            + sentences
    }
}

@Suite(.serialized) struct `Roles in a whole hut` {
    /// Every key of a keyboard that a terminal sends as one or a few bytes.
    private static let keys =
        "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ/?*+-=.,;: \r\t\u{7F}".map(String.init)
        + ["\u{1B}", "\u{1B}[A", "\u{1B}[B", "\u{1B}[5~", "\u{1B}[6~"]

    @Test(arguments: [Member.operator, .volunteer], ["nurse", "booth-1"])
    func `whatever is pressed, no byte about anybody's health reaches the screen`(member: Member, place: String)
        async throws
    {
        try await onThread {
            let care = try CareHut.rich()
            // A volunteer looks for a name, and finds it.
            care.held.pass(1)
            let secrets = try care.secrets().filter { member == .operator || !["张桂芳", "刘芳"].contains($0) }
            let seed = UInt64(place.utf8.count) + UInt64(member.rawValue) * 100
            var random = SeededChance(seed: seed)
            var heard: [UInt8] = []
            var terminal = try care.session(member, at: place)
            for step in 0..<max(60, 420 / divisor) {
                // Each key once on the first page and once behind `?`, then as the dice fall.
                let key =
                    step < Self.keys.count
                    ? Self.keys[step] : Self.keys[Int.random(in: Self.keys.indices, using: &random)]
                terminal.send(step < Self.keys.count ? "?\u{7F}" + key : key)
                care.held.pass(1)
                if terminal.settled.contains("护士、医生登录") || terminal.text.contains("按我的小屋号") {
                    heard += terminal.heard
                    terminal = try care.session(member, at: place)
                }
            }
            heard += terminal.heard
            let screens = String(decoding: heard, as: UTF8.self)
            #expect(screens.contains(member == .operator ? "cuff-1" : "替人留请求"), "it saw nothing at all")
            #expect(screens.contains("有人求助"))
            for secret in secrets { #expect(!screens.contains(secret), "seed \(seed): \(member) \(secret)") }
            let looks = try care.facts().filter { if case .recordSeen = $0 { true } else { false } }
            #expect(looks.isEmpty)
            care.held.down()
        }
    }

    @Test(arguments: [Member.operator, .volunteer])
    func `the hut refuses what a screen asks for that forgot who sits before it`(member: Member) async throws {
        try await onThread {
            let care = try CareHut.rich()
            let terminal = try care.desk(member)
            try terminal.until(member == .operator ? "cuff-1" : "替人留请求")
            let (key, last) = (try care.key("047"), Int64(try care.facts().count))
            for effect: StaffEffect in [
                .loadResident(key), .loadWorklist, .openForm(key), .desk(.loadHistory(key, before: nil)),
                .desk(.leaveMessage(key, "x")),
                .desk(.mark(key, .limit(nil), on: LocalDay(daysSince1970: 20_000), reason: "x")),
            ] {
                care.held.perform(effect, at: "nurse")
                try terminal.until("这一项要护士或医生来做")
            }
            #expect(try care.facts(after: last).isEmpty)
            #expect(!String(decoding: terminal.heard, as: UTF8.self).contains("13900000106"))
            care.held.down()
        }
    }

    @Test func `what is wrong with the clock of a machine stands on the operator's page`() async throws {
        try await onThread {
            let care = try CareHut { ledger, at in
                let sentence = LocalizedText("home-1 机器里的时间不对", en: "home-1: its clock is wrong")
                let draft = FlagDraft(
                    rule: "DQ-02", subject: .station(StationID(rawValue: "home-1")), severity: .routine, due: nil,
                    evidence: Evidence(readings: [], sentence: sentence), policy: "cn-norm3-2017 3")
                try await ledger.append([.flag(.raise(draft))], at: at)
            }
            try care.desk(.operator).until("home-1 机器里的时间不对")
            // On a nurse's list it is no booth of that number.
            #expect(try !care.session(.nurse, at: "booth-1").until("home-1").contains("无名 1号台"))
            care.held.down()
        }
    }

    @Test func `a nurse sets no limit, neither by key nor by a screen that forgot; a doctor does`() async throws {
        try await onThread {
            let care = try CareHut()
            let key = try care.key("047")
            let nurse = try care.desk()
            try care.on("名单", type: "/047\r", at: nurse)
            let page = try nurse.until("f填随访")
            #expect(!page.contains("l改范围"))
            try care.on("f填随访", type: "l", at: nurse)
            try nurse.until("范围由医生定")
            let limit = PressureLimit(systolic: 130, diastolic: 80)
            let day = UTCOffset.china.day(of: care.held.clock.now.hut)
            let last = Int64(try care.facts().count)
            care.held.perform(.desk(.mark(key, .limit(limit), on: day, reason: "x")), at: "nurse")
            try nurse.until("这一项要护士或医生来做")
            #expect(try care.facts(after: last).isEmpty)
            try care.on("047号", type: "q", at: nurse)
            let doctor = try care.desk(.doctor)
            try care.on("名单", type: "/047\r", at: doctor)
            try care.on("l改范围", type: "l", at: doctor)
            try care.on("范围：高压 低压", type: "130 80\r肾不好\r", at: doctor)
            try doctor.until("130/80(汪志远")
            let marks = try care.facts(after: last).filter { if case .residentMarked = $0 { true } else { false } }
            #expect(marks.count == 1 && marks.first?.author == StaffKey(rawValue: 2))
            care.held.down()
        }
    }
}

extension CareHut {
    /// A session of the role's at a place, from whatever stands there.
    fileprivate func session(_ member: Member, at place: String) throws -> TestTerminal {
        if place == "nurse" { return try desk(member) }
        let terminal = try station()
        if !terminal.shows("护士、医生登录", within: 0) { try on("按我的小屋号", type: "*", at: terminal) }
        try on("护士、医生登录", type: "\(member.rawValue + 1)\(member.pin)\r", at: terminal)
        return terminal
    }
}

/// As every property is divided for the sanitizers.
private let divisor =
    ProcessInfo.processInfo.environment["HEALTHHUT_PROPERTY_DIVISOR"].flatMap(Int.init).map { max(1, $0) } ?? 1
