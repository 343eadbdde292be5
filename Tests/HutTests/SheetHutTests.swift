// A list leaves the hut and comes back: on the printer's paper, as a file for a spreadsheet, and typed in the next morning by
// its printed numbers.

import DeviceLink
import Foundation
import Ledger
import Testing
import Vitals

@testable import healthhut

/// A hut in which three people are owed a follow-up and have been measured.
private final class SheetHut {
    let day: DayHut
    let printer: LineSimulator?

    /// - Parameters:
    ///   - isAtBooth: the printer is a resident's station's, not the desk's.
    ///   - others: further people to whom a follow-up is owed, of whom nothing else is known.
    init(paper: Int? = nil, isConnected: Bool = true, isAtBooth: Bool = false, others: Int = 0) throws {
        day = try DayHut(printer: paper, isAtBooth: isAtBooth) { ledger, at in
            let today = UTCOffset.china.day(of: at)
            let nurse = try #require(try await ledger.staff().first).key
            let people = [
                ("021", "赵凤华", "13900000221", "2-1-301"), ("047", "张桂芳", "13900000106", "12-3-502"),
                ("090", "=马德福", "13900000690", "12-1-101"),
            ]
            for (number, name, phone, building) in people {
                let resident = Resident(
                    number: number, name: name, sex: .female, birth: LocalDay(year: 1_945, month: 5, day: 6),
                    phone: phone, building: building, conditions: [.hypertension])
                let key = try await DayPeople.add(resident, to: ledger, at: at)
                try await ledger.append(
                    [.followUpRecorded(DayPeople.followUp(of: key, on: today + -100), by: nurse)], at: at)
                let values = [(146, 84), (142, 80), (138, 82)].enumerated().map { place, value in
                    Fact.reading(
                        DayPeople.cuff(value.0, value.1, at: at, daysAgo: 21 - 7 * place), .resident(key, visit: nil))
                }
                try await ledger.append(values, at: at)
                // Two of them are to be visited today.
                guard number != "047" else { continue }
                try await ledger.append([.promised(key, .homeVisit, today, by: nurse)], at: at)
            }
            for number in 101..<101 + others {
                let key = try await DayPeople.add(
                    Resident(number: "\(number)", name: "居民\(number)", conditions: [.hypertension]), to: ledger, at: at)
                try await ledger.append(
                    [.followUpRecorded(DayPeople.followUp(of: key, on: today + -100), by: nurse)], at: at)
            }
        }
        printer =
            paper == nil || !isConnected
            ? nil : try LineSimulator("escpos-printer", at: "\(day.folder.path)/printer-1.line")
        try day.hut.up()
        // The printer is greeted before anybody asks it for paper.
        for _ in 1...5 { day.hut.pass(1) }
    }

    func end() {
        day.hut.down()
        printer?.close()
    }

    var sheets: [[ResidentKey]] {
        get throws {
            try day.facts().compactMap { if case .sheetPrinted(_, let residents, _) = $0 { residents } else { nil } }
        }
    }
}

@Suite(.serialized) struct `A sheet in a whole hut` {
    @Test(arguments: [58, 80])
    func `it is a fact, then paper: names, telephones, three values and boxes in the printer's own characters`(
        paper: Int
    ) async throws {
        try await onThread {
            let test = try SheetHut(paper: paper)
            let printer = try #require(test.printer)
            let nurse = try test.day.hut.nurse()
            try test.day.hut.on("显示 3 ", type: "p", at: nurse)
            try test.day.hut.on("电话单 1号", type: "p", at: nurse)
            try test.day.pass(until: "1号单打好了", at: nurse)
            #expect(try test.sheets.count == 1 && test.sheets[0].count == 3)
            let wanted = [
                "电话单 1号", "赵凤华", "张桂芳", "=马德福", "021号", "13900000221", "13900000106", "12-3-502", "138/82", "142/80",
                "146/84", "n[ ]", "v[ ]", "1/1", HeldHut.nurse,
            ]
            for text in wanted { #expect(printer.hasPrinted(text), "\(text)") }
            // What left stays under its number; the next sheet has the next.
            try test.day.hut.on("电话单 1号", type: "1", at: nurse)
            try nurse.until("电话单 2号")
            test.end()
        }
    }

    @Test func `visits go by building, only where one was promised, and come out so`() async throws {
        try await onThread {
            let test = try SheetHut(paper: 80)
            let printer = try #require(test.printer)
            let nurse = try test.day.hut.nurse()
            try test.day.hut.on("显示 3 ", type: "p", at: nurse)
            try test.day.hut.on("电话单 1号", type: "2", at: nurse)
            let page = try nurse.until("上门单 1号")
            #expect(!page.contains("张桂芳"))
            try test.day.hut.on("上门单 1号", type: "p", at: nurse)
            try test.day.pass(until: "1号单打好了", at: nurse)
            let keys = [try test.day.key("021"), try test.day.key("090")]
            #expect(try test.sheets == [keys])
            for text in ["== 2 号楼", "  1 赵凤华", "== 12 号楼", "  2 =马德福"] { #expect(printer.hasPrinted(text), "\(text)") }
            #expect(!printer.hasPrinted("张桂芳"))
            test.end()
        }
    }

    @Test func `a long sheet comes out in pieces, each with the number of the sheet, and is one fact`() async throws {
        try await onThread {
            let test = try SheetHut(paper: 58, others: 7)
            let printer = try #require(test.printer)
            let nurse = try test.day.hut.nurse()
            try test.day.hut.on("显示 10 ", type: "p", at: nurse)
            try test.day.hut.on("电话单 1号", type: "p", at: nurse)
            try test.day.pass(until: "1号单打好了", at: nurse)
            #expect(try test.sheets.map(\.count) == [10])
            for text in ["\(HeldHut.nurse) 1/2", "\(HeldHut.nurse) 2/2", "居民101", "居民107"] {
                #expect(printer.hasPrinted(text), "\(text)")
            }
            let cut: [UInt8] = [0x1D, 0x56, 0x00]
            let bytes = printer.bytes
            #expect(bytes.indices.count { bytes[$0...].starts(with: cut) } == 2)
            test.end()
        }
    }

    @Test func `paper that ends within a long sheet is said with the piece, and the sheet is one fact all the same`()
        async throws
    {
        try await onThread {
            let test = try SheetHut(paper: 58, others: 7)
            let printer = try #require(test.printer)
            let nurse = try test.day.hut.nurse()
            try test.day.hut.on("显示 10 ", type: "p", at: nurse)
            try test.day.hut.on("电话单 1号", type: "p", at: nurse)
            for _ in 0..<120 where !printer.hasPrinted("\(HeldHut.nurse) 2/2") { test.day.hut.pass(1) }
            printer.show(.paperOut)
            try test.day.pass(until: "第2段起没打", at: nurse)
            printer.show(nil)
            for _ in 1...62 { test.day.hut.pass(5) }
            try test.day.hut.on("电话单 1号", type: "p", at: nurse)
            try test.day.pass(until: "1号单打好了", at: nurse)
            #expect(try test.sheets.map(\.count) == [10])
            test.end()
        }
    }

    @Test func `a hut whose printer stands with the residents prints there, and says that it is fetched at once`()
        async throws
    {
        try await onThread {
            let test = try SheetHut(paper: 58, isAtBooth: true)
            let nurse = try test.day.hut.nurse()
            try test.day.hut.on("显示 3 ", type: "p", at: nurse)
            try test.day.hut.on("电话单 1号", type: "p", at: nurse)
            try test.day.pass(until: "1号单打好了，在2号台，请马上去拿", at: nurse)
            #expect(test.printer?.hasPrinted("赵凤华") == true)
            test.end()
        }
    }

    @Test func `paper that ran out is said with the number, and the same sheet is printed again under it`() async throws
    {
        try await onThread {
            let test = try SheetHut(paper: 58)
            let printer = try #require(test.printer)
            let nurse = try test.day.hut.nurse()
            try test.day.hut.on("显示 3 ", type: "p", at: nurse)
            printer.show(.paperOut)
            try test.day.hut.on("电话单 1号", type: "p", at: nurse)
            try test.day.pass(until: "打印机没纸了", at: nurse)
            #expect(nurse.text.contains("再按 p 打1号单") && nurse.text.contains("电话单 1号"))
            #expect(try test.sheets.count == 1)
            // Known to be without paper, it is not even asked, and no second number is used up.
            try test.day.hut.on("电话单 1号", type: "p", at: nurse)
            try nurse.until("打印机没纸了")
            #expect(try test.sheets.count == 1)

            printer.show(nil)
            // It is looked at every five minutes.
            test.day.hut.pass(301)
            for _ in 1...5 { test.day.hut.pass(1) }
            try test.day.hut.on("电话单 1号", type: "p", at: nurse)
            try test.day.pass(until: "1号单打好了", at: nurse)
            #expect(try test.sheets.count == 1 && printer.hasPrinted("赵凤华"))

            // It got wet on the way: printed once more, still under its number.
            try test.day.hut.on("电话单 1号", type: "r", at: nurse)
            try test.day.hut.on("电话单 1号", type: "p", at: nurse)
            try test.day.pass(until: "1号单打好了", at: nurse)
            #expect(try test.sheets.count == 1)
            test.end()
        }
    }

    @Test(arguments: [(Int?.none, "这里没有打印机"), (58, "打印机没开")])
    func `without a printer, or with one that is off, that is said and no number is used up`(
        paper: Int?, said: String
    ) async throws {
        try await onThread {
            let test = try SheetHut(paper: paper, isConnected: false)
            let nurse = try test.day.hut.nurse()
            try test.day.hut.on("显示 3 ", type: "p", at: nurse)
            try test.day.hut.on("电话单 1号", type: "p", at: nurse)
            try nurse.until(said)
            #expect(try test.sheets.isEmpty)
            test.end()
        }
    }

    @Test func `as a file it is whole, for this user only, and a spreadsheet reads every field as it was`() async throws
    {
        try await onThread {
            let test = try SheetHut()
            let nurse = try test.day.hut.nurse()
            try test.day.hut.on("显示 3 ", type: "p", at: nurse)
            try test.day.hut.on("电话单 1号", type: "x", at: nurse)
            let said = try nurse.until("存成了 ")
            let folder = "\(test.day.folder.path)/ledger"
            let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasPrefix("sheet-") }
            #expect(names.count == 1 && names[0].hasPrefix("sheet-1-") && names[0].hasSuffix(".csv"))
            let path = "\(folder)/\(names[0])"
            #expect(said.contains(path))
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber
            #expect(mode == 0o600)

            let rows = try CSVFile.rows(path)
            #expect(rows.count == 4 && rows.allSatisfy { $0.count == 12 })
            #expect(rows[0].first == "行" && rows[0].contains("电话"))
            let zhang = try #require(rows.first { $0.contains("张桂芳") })
            #expect(zhang[1] == "047" && zhang[5] == "13900000106" && zhang[6] == "12-3-502")
            #expect(zhang[9].hasSuffix("138/82") && zhang[10].hasSuffix("142/80") && zhang[11].hasSuffix("146/84"))
            // What looks like a formula is none.
            #expect(rows.contains { $0[2] == "'=马德福" })
            #expect(Set(rows.dropFirst().map { $0[0] }) == ["1", "2", "3"])
            if let read = try CSVFile.rowsByPython(path) { #expect(read == rows) }
            #expect(try test.sheets.count == 1)
            test.end()
        }
    }

    @Test func `the next morning the boxes are typed back by their numbers`() async throws {
        try await onThread {
            let test = try SheetHut()
            let nurse = try test.day.hut.nurse()
            try test.day.hut.on("显示 3 ", type: "p", at: nurse)
            try test.day.hut.on("电话单 1号", type: "x", at: nurse)
            try nurse.until("存成了 ")
            let printed = try #require(try test.sheets.first)
            let before = try test.day.facts().count
            // Twenty hours later nobody is logged in any more.
            test.day.hut.pass(20 * 3_600)
            try test.day.hut.on(HeldHut.nurse, type: "1\(HeldHut.nursePIN)\r", at: nurse)
            try test.day.hut.on("名单", type: "w", at: nurse)
            try test.day.hut.on("单子 1号", type: "1n", at: nurse)
            try nurse.until("录了1 还有2")
            try test.day.hut.on("单子 1号", type: "2v", at: nurse)
            try nurse.until("录了2 还有1")
            try test.day.hut.on("单子 1号", type: "3w156 94\r2\r", at: nurse)
            try nurse.until("录了3 还有0")
            // A line is not typed twice in silence.
            try test.day.hut.on("录了3 还有0", type: "3w", at: nurse)
            try nurse.until("录过了")

            let facts = try Array(test.day.facts().dropFirst(before))
            let calls = facts.compactMap { fact -> String? in
                if case .called(let key, let result, _) = fact { "\(key.rawValue) \(result)" } else { nil }
            }
            #expect(calls == ["\(printed[0].rawValue) noAnswer", "\(printed[1].rawValue) spoken"])
            #expect(
                facts.contains {
                    if case .promised(printed[1], .homeVisit, _, _) = $0 { true } else { false }
                })
            #expect(
                facts.contains {
                    if case .careTaken(printed[0], _, "单1 第1行") = $0 { true } else { false }
                })
            let records = facts.compactMap { fact -> FollowUpRecord? in
                if case .followUpRecorded(let record, _) = fact { record } else { nil }
            }
            #expect(records.count == 1)
            let record = try #require(records.first)
            let sheet = try #require(try test.day.hut.ask { try await $0.sheet(1) })
            #expect(record.resident == printed[2] && record.day == sheet.day && record.method == .home)
            #expect(record.pressure?.value.systolic == 156 && record.visitClass(.hypertension) == .notControlled)
            test.end()
        }
    }
}
