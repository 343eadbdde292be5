// Who looked and who changed, after a day of a whole hut: every look at one person's record is a fact in the chain, and one
// byte of the file that is another one is found, with the fact it stands in.

import Foundation
import Ledger
import Testing
import Vitals

@testable import healthhut

@Suite(.serialized) struct `The audit of a whole hut` {
    @Test func `each way to one person's record is a look; a list is none`() async throws {
        try await onThread {
            let care = try CareHut { ledger, at in
                let key = try #require(try await ledger.roster(number: "047")).key
                for systolic in [168, 166] {
                    let reading = Reading(
                        vital: .bloodPressure(BloodPressure(systolic: MmHg(systolic), diastolic: 102)), receivedAt: at,
                        instrument: InstrumentID(rawValue: "cuff-1"), source: .cuffStation, arm: .left)
                    try await ledger.append([.reading(reading, .resident(key, visit: nil))], at: at)
                }
                try await ledger.append([.request(key, .call)], at: at)
            }
            func looks() throws -> Int {
                try care.facts().count { if case .recordSeen = $0 { true } else { false } }
            }
            let nurse = try care.desk()
            // Lists: today's, the unclaimed, the hidden, requests, the exam day, a search with its values.
            try nurse.until("张桂芳")
            try care.on("名单", type: "u\u{7F}h\u{7F}r\u{7F}j\u{7F}/zgf", at: nurse)
            try nurse.until("168/102")
            #expect(try looks() == 0)
            try care.on("168/102", type: "\u{7F}\u{7F}\u{7F}\u{7F}", at: nurse)
            // Her page, her history behind it, her exam, her form: one look, for she stays on the screen.
            try care.on("名单", type: "/047\r", at: nurse)
            try care.on("m档案", type: "g", at: nurse)
            try care.on("的历史", type: "\u{7F}e", at: nurse)
            try care.on("体检", type: "\u{7F}f", at: nurse)
            try care.on("1 方式", type: "\u{1B}", at: nurse)
            try nurse.until("047号")
            #expect(try looks() == 1)
            // Back at the list; then the form at once, and an exam from the day's list.
            try care.on("047号", type: "\u{7F}", at: nurse)
            try care.on("名单", type: "1f", at: nurse)
            try care.on("1 方式", type: "\u{1B}", at: nurse)
            try nurse.until("名单")
            #expect(try looks() == 2)
            try care.on("名单", type: "j/", at: nurse)
            try care.on("找人", type: "061\r", at: nurse)
            try nurse.until("刘芳")
            #expect(try looks() == 3)
            care.held.down()
            let shown = try care.audit().filter { $0.contains("  recordSeen  ") }
            #expect(shown.map { $0.split(separator: " ").last.map(String.init) } == ["id-047", "id-047", "id-061"])
            #expect(shown.allSatisfy { $0.contains(HeldHut.nurse) })
        }
    }

    @Test func `verify finds the chain whole, and after one byte was changed the fact in which it stands`() async throws
    {
        try await onThread {
            let care = try CareHut()
            let nurse = try care.desk()
            try care.on("名单", type: "/047\r", at: nurse)
            try care.on("m档案", type: "m15", at: nurse)
            try care.on("改电话", type: "13900000199\rzq-moved-in\r", at: nurse)
            try care.on("改名册", type: "q", at: nurse)
            care.held.down()
            let whole = try Program.run(["audit", "verify", "--settings", care.settings])
            #expect(whole.status == 0 && whole.out.hasSuffix("the chain is whole\n") && whole.err.isEmpty)
            // What a nurse did under another name's reason is listed as hers.
            let audit = try care.audit()
            #expect(audit.contains { $0.contains("  residentChanged  \(HeldHut.nurse)  id-047") })

            let place = try #require(try care.facts(containing: "zq-moved-in").first)
            let path = "\(care.folder.path)/ledger/ledger.sqlite"
            var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
            let found = try #require(bytes.range(of: Data("zq-moved-in".utf8)))
            bytes[found.lowerBound] = UInt8(ascii: "y")
            try bytes.write(to: URL(fileURLWithPath: path))
            let broken = try Program.run(["audit", "verify", "--settings", care.settings])
            #expect(broken.status == 65)
            #expect(broken.err.contains("fact \(place) does not follow from the facts before it"))
            #expect(broken.err.contains("\nhint: ") && broken.out.contains("facts      \(place - 1)\n"))
        }
    }
}

extension CareHut {
    /// The numbers of facts whose detail contains a text, read from the file of a hut that is down.
    fileprivate func facts(containing text: String) throws -> [Int64] {
        let path = "\(folder.path)/ledger/ledger.sqlite"
        return try wait {
            let ledger = try await Ledger.open(path: path, at: HutClock().now.hut)
            let facts = try await ledger.facts(after: FactSequence(rawValue: 0), limit: 10_000)
            await ledger.close()
            return facts.filter { "\($0.fact)".contains(text) }.map(\.sequence.rawValue)
        }
    }
}
