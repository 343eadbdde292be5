// One very high reading of somebody the hut knows: a station's alert and a flag of his own, and for the nurse one row under
// his name that is taken once and closed once.

import Foundation
import Ledger
import Testing
import Vitals

@testable import healthhut

/// A hut in which 047 has just had one very high reading at the first booth, and whoever else the test adds.
private final class CrisisHut {
    let day: DayHut
    let nurse: TestTerminal
    let key: ResidentKey
    static let station = FlagSubject.station(StationID(rawValue: "booth-1"))

    /// `confirmed`: a second very high reading of his, so that his own flag is critical too. `guest`: one that nobody owns.
    init(confirmed: Bool = false, guest: Bool = false) throws {
        day = try DayHut { ledger, at in
            let resident = Resident(number: "047", name: "李国强", sex: .male, phone: "13900000457")
            let key = try await DayPeople.add(resident, to: ledger, at: at)
            var readings = try await ledger.append(
                [.reading(DayPeople.cuff(198, 112, at: at), .resident(key, visit: nil))], at: at)
            if confirmed {
                readings += try await ledger.append(
                    [.reading(DayPeople.cuff(196, 110, at: at), .resident(key, visit: nil))], at: at)
            }
            if guest {
                readings += try await ledger.append(
                    [.reading(DayPeople.cuff(201, 110, at: at), .unclaimed(.noVisit, hint: nil))], at: at)
            }
            let evidence = Evidence(readings: readings, sentence: LocalizedText("booth-1 很高", en: "booth-1: very high"))
            let draft = FlagDraft(
                rule: "STATION", subject: CrisisHut.station, severity: .critical, due: nil, evidence: evidence,
                policy: "cn-norm3-2017 3")
            try await ledger.append([.flag(.raise(draft))], at: at)
        }
        try day.hut.up()
        nurse = try day.hut.nurse()
        key = try day.key("047")
        try #require(try isOpen(confirmed ? "BP-02" : "BP-01", .resident(key)))
        try #require(try isOpen("STATION", CrisisHut.station))
    }

    func isOpen(_ rule: RuleID, _ subject: FlagSubject) throws -> Bool {
        try day.hut.ask { try await $0.openFlag(rule, subject) } != nil
    }

    /// The rows of the list that speak of an emergency.
    var rows: [Substring] {
        nurse.settled.split(separator: "\n").filter { $0.contains(#/^ *\d+ !/#) }
    }
}

@Suite(.serialized) struct `One crisis is one row` {
    @Test func `under the name, first, with the telephone number; the band on top says the name too`() async throws {
        try await onThread {
            let crisis = try CrisisHut()
            #expect(crisis.rows.count == 1, "\(crisis.nurse.text)")
            #expect(try #require(crisis.rows.first).contains(#/^ *1 !! 李国强 男.*198\/112 +现在 +13900000457/#))
            #expect(crisis.nurse.text.hasPrefix("!! ") && !crisis.nurse.text.contains("无名"))
            crisis.day.hut.down()
        }
    }

    @Test func `taken once, closed once; after family fetched him there is a call tomorrow`() async throws {
        try await onThread {
            let crisis = try CrisisHut()
            try crisis.day.hut.on("显示 1 ", type: "1t", at: crisis.nurse)
            for (rule, subject) in [("STATION", CrisisHut.station), ("BP-01", .resident(crisis.key))] {
                let flag = try crisis.day.hut.ask { try await $0.openFlag(RuleID(rawValue: rule), subject) }
                #expect(flag?.takenBy?.rawValue == 1, "\(rule)")
            }
            try crisis.day.hut.on("显示 1 ", type: "1c", at: crisis.nurse)
            try crisis.day.hut.on("李国强", type: "42\r", at: crisis.nurse)
            try crisis.nurse.until("关了：家属接走")
            #expect(try !crisis.isOpen("STATION", CrisisHut.station) && !crisis.isOpen("BP-01", .resident(crisis.key)))
            #expect(try crisis.isOpen("FU-06", .resident(crisis.key)))
            crisis.day.hut.down()
        }
    }

    @Test(arguments: [6, 7]) func `a value that was not his, or a machine's fault, stands no longer under his name`(
        ending: Int
    ) async throws {
        try await onThread {
            let crisis = try CrisisHut()
            try crisis.day.hut.on("显示 1 ", type: "1c", at: crisis.nurse)
            try crisis.day.hut.on("李国强", type: "\(ending)\r", at: crisis.nurse)
            try crisis.nurse.until("关了：")
            let key = crisis.key
            #expect(try crisis.day.hut.ask { try await $0.latestReadings(of: key, limit: 9) }.isEmpty)
            #expect(try crisis.day.hut.ask { try await $0.unclaimed(limit: 9) }.count == 1)
            for rule in ["BP-01", "BP-05", "BP-07"] as [RuleID] {
                #expect(try !crisis.isOpen(rule, .resident(key)), "\(rule.rawValue)")
            }
            #expect(try !crisis.isOpen("STATION", CrisisHut.station))
            crisis.day.hut.down()
        }
    }

    @Test func `what ends his own flag as not needed ends no emergency`() async throws {
        try await onThread {
            let crisis = try CrisisHut()
            try crisis.day.hut.on("显示 1 ", type: "/047\r", at: crisis.nurse)
            // On his page both stand, the emergency first.
            try crisis.day.hut.on("BP-01", type: "c22", at: crisis.nurse)
            try crisis.day.hut.on("BP-01", type: "1\r", at: crisis.nurse)
            try crisis.nurse.until("关了：")
            #expect(try crisis.isOpen("STATION", CrisisHut.station) && !crisis.isOpen("BP-01", .resident(crisis.key)))
            crisis.day.hut.down()
        }
    }

    @Test func `taken, it rings again with the next very high reading although his own flag is in her hands`()
        async throws
    {
        try await onThread {
            let crisis = try CrisisHut(confirmed: true)
            try crisis.day.hut.on("显示 1 ", type: "1t", at: crisis.nurse)
            #expect(!crisis.nurse.settled.hasPrefix("!!"))
            let key = crisis.key
            try crisis.day.hut.ask { ledger in
                let at = HutClock().now.hut
                let reading = try await ledger.append(
                    [.reading(DayPeople.cuff(204, 114, at: at), .resident(key, visit: nil))], at: at)
                let evidence = Evidence(
                    readings: reading, sentence: LocalizedText("booth-1 很高", en: "booth-1: very high"))
                try await ledger.append(
                    [.flag(.append("STATION", CrisisHut.station, evidence, severity: .critical, ringsAgain: true))],
                    at: at)
            }
            // What another program wrote is read when the hut comes up.
            crisis.day.hut.down()
            try crisis.day.hut.up()
            let nurse = try crisis.day.hut.nurse()
            #expect(nurse.settled.hasPrefix("!!") && nurse.text.contains("李国强"), "\(nurse.text)")
            crisis.day.hut.down()
        }
    }

    @Test func `of two people at one booth the alert stays nobody's`() async throws {
        try await onThread {
            let crisis = try CrisisHut(guest: true)
            let names = crisis.rows.map { $0.contains("李国强") }
            #expect(names.count { $0 } == 1 && names.contains(false), "\(crisis.nurse.text)")
            crisis.day.hut.down()
        }
    }
}
