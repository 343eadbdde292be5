// What a list hides, and what a page says of the district: counted in a whole hut, against a roster that the test knows.

import Foundation
import Ledger
import Testing
import Vitals

@testable import healthhut

@Suite(.serialized) struct `What a list hides and a page tells` {
    /// What may be so of somebody on the roster, and where the list must have her.
    private enum Case: CaseIterable {
        /// A follow-up is due: shown.
        case due
        /// On the team's list, nothing recorded: hidden, with her first date.
        case new
        case moved, dead, lost
        /// Gone, and never recorded: hidden once, among those who moved.
        case newAndMoved
        /// Followed up last week, and healthy people: nothing is owed, nothing is hidden.
        case followed, healthy

        var isHidden: Bool { ![.due, .followed, .healthy].contains(self) }
    }

    @Test func `what people look at makes no data young`() async throws {
        try await onThread {
            let day = try DayHut { ledger, at in
                let key = try await DayPeople.add(Resident(number: "047", name: "张桂芳"), to: ledger, at: at)
                try await ledger.append(
                    [.reading(DayPeople.cuff(138, 82, at: at), .resident(key, visit: nil))], at: at)
            }
            try day.hut.up()
            day.hut.pass(600)
            let nurse = try day.hut.nurse()
            try day.hut.on("名单", type: "/047\r", at: nurse)
            try day.hut.on("047号", type: "\u{7F}", at: nurse)
            #expect(try nurse.until("数据到").contains("最新一条 10 分钟前"), "\(nurse.text)")
            day.hut.down()
        }
    }

    @Test func `shown and hidden are everybody to whom anything is owed or was, each once`() async throws {
        try await onThread {
            var chance = SeededChance(seed: 7)
            let cases = (0..<48).map {
                $0 < 8 ? Case.allCases[$0] : Case.allCases.randomElement(using: &chance) ?? .new
            }
            let day = try DayHut { ledger, at in
                let today = UTCOffset.china.day(of: at)
                let nurse = try #require(try await ledger.staff().first).key
                for (place, what) in cases.enumerated() {
                    let resident = Resident(
                        number: (place + 1).padded(3), name: "居民\((place + 1).padded(2))", sex: .female,
                        birth: LocalDay(year: 1_980, month: 5, day: 6),
                        conditions: what == .healthy ? [] : [.hypertension])
                    let key = try await DayPeople.add(resident, to: ledger, at: at)
                    var facts: [Fact] = []
                    switch what {
                    case .due:
                        facts = [.followUpRecorded(DayPeople.followUp(of: key, on: today + -100), by: nurse)]
                    case .followed:
                        facts = [.followUpRecorded(DayPeople.followUp(of: key, on: today + -7), by: nurse)]
                    case .moved, .newAndMoved: facts = [.residentStatus(key, .moved, by: nurse, reason: "told")]
                    case .dead: facts = [.residentStatus(key, .dead, by: nurse, reason: "told")]
                    case .lost: facts = [.residentStatus(key, .lost, by: nurse, reason: "told")]
                    case .new, .healthy: break
                    }
                    if what == .moved || what == .dead || what == .lost {
                        facts.insert(
                            .followUpRecorded(DayPeople.followUp(of: key, on: today + -30), by: nurse), at: 0)
                    }
                    if !facts.isEmpty { try await ledger.append(facts, at: at) }
                }
            }
            try day.hut.up()
            let nurse = try day.hut.nurse()
            func count(_ wanted: Case...) -> Int { cases.count { wanted.contains($0) } }
            let (shown, hidden) = (count(.due), cases.count(where: \.isHidden))
            try nurse.until("显示 \(shown)")
            let head = nurse.text.split(separator: "\n")[1]
            #expect(head.contains("藏起 \(hidden)("), "\(head)")
            let reasons = [
                "搬走\(count(.moved, .newAndMoved))", "去世\(count(.dead))", "找不到\(count(.lost))", "新来\(count(.new))",
                "未到期0",
            ]
            for reason in reasons { #expect(head.contains(reason), "\(reason) in \(head)") }
            #expect(shown + hidden == cases.count - count(.followed, .healthy))

            // The page of the hidden has the same people, each with a reason.
            try day.hut.on("名单", type: "h", at: nurse)
            let wanted = cases.indices.filter { cases[$0].isHidden }.map { "居民\(($0 + 1).padded(2))" }
            func names(_ page: String) -> [String] {
                page.split(separator: "\n").compactMap { $0.firstMatch(of: #/居民\d\d/#).map { String($0.output) } }
            }
            var seen = names(try nurse.until("藏起的 \(hidden)"))
            try day.hut.on("藏起的", type: "+", at: nurse)
            seen += names(try nurse.until(try #require(wanted.last)))
            #expect(seen == wanted, "by name, over two pages")

            // Whom a follow-up is recorded of is new no more.
            let new = try #require(cases.firstIndex(of: .new))
            let key = try day.key((new + 1).padded(3))
            try day.hut.ask { ledger in
                let nurse = try #require(try await ledger.staff().first).key
                let now = try #require(try await ledger.newestTime())
                let today = UTCOffset.china.day(of: now)
                try await ledger.append(
                    [.followUpRecorded(DayPeople.followUp(of: key, on: today), by: nurse)], at: now)
            }
            day.hut.down()
            try day.hut.up()
            let again = try day.hut.nurse()
            try again.until("新来\(count(.new) - 1)")
            day.hut.down()
        }
    }

    @Test func `a page says what the district has of her, what waits and what it refused`() async throws {
        try await onThread {
            let day = try DayHut { ledger, at in
                let key = try await DayPeople.add(
                    Resident(number: "047", name: "张桂芳", sex: .female), to: ledger, at: at)
                let other = try await DayPeople.add(Resident(number: "021", name: "赵凤华"), to: ledger, at: at)
                let facts = try await ledger.append(
                    [14, 7, 0].map {
                        .reading(DayPeople.cuff(138, 82, at: at, daysAgo: $0), .resident(key, visit: nil))
                    }
                        + [.reading(DayPeople.cuff(150, 90, at: at), .resident(other, visit: nil))], at: at)
                try await ledger.append(
                    [.uploaded(facts.prefix(2).map { UploadReceipt(fact: $0, location: nil) })], at: at)
            }
            try day.hut.up()
            let nurse = try day.hut.nurse()
            try day.hut.on("名单", type: "/047\r", at: nurse)
            let week = try day.hut.ask { ledger in
                UTCOffset.china.day(of: try #require(try await ledger.newestTime())) + -7
            }
            let (_, month, number) = week.date
            let page = try nurse.until("最近收到")
            #expect(page.contains("最近收到 \(month.padded(2))-\(number.padded(2))  等着发 1"), "\(page)")
            day.hut.down()
        }
    }
}
