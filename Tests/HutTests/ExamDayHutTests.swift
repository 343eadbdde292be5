// Exam day in a whole hut: thirty people, no item left out, two names under each, and what is missing stands in the page at
// the end of the day.

import Foundation
import Ledger
import Testing
import Vitals

@testable import healthhut

/// A morning on which twenty-eight of thirty are done; the last two are typed in by the test.
private final class ExamHut {
    static let kinds = 9
    let day: DayHut

    init() throws {
        day = try DayHut { ledger, at in
            let staff = try await ledger.staff().map(\.key)
            let today = UTCOffset.china.day(of: at)
            for number in 1...30 {
                let resident = Resident(number: number.padded(3), name: "居民\(number.padded(2))", sex: .female)
                let key = try await DayPeople.add(resident, to: ledger, at: at)
                guard number <= 28 else { continue }
                try await ledger.append(
                    ExamHut.everything.map { .examItem(key, $0, today, by: staff[0]) }
                        + [.examSigned(key, today, by: staff[0]), .examSigned(key, today, by: staff[1])], at: at)
            }
        }
        try day.hut.up()
    }

    private static let everything: [ExamItem] = [
        .bloodPressure(systolic: 138, diastolic: 82), .glucose(micromolesPerLitre: 5_600, isFasting: true),
        .weight(grams: 61_500), .height(millimetres: 1_580), .waist(millimetres: 860),
        .temperature(centiCelsius: 3_650), .electrocardiogram("窦性心律"), .ultrasound("未见异常"),
        .laboratory(name: "血肌酐", value: "71", unit: "umol/L"),
    ]

    /// What is typed for each of the nine items, in their order.
    static let keys = [
        "1138 82\r", "25.6\r1", "361.5\r", "4158\r", "586\r", "636.5\r", "71\r", "81\r", "93\r71\rumol/L\r",
    ]

    func exam(_ number: String) throws -> Exam? {
        let key = try day.key(number)
        return try day.hut.ask { ledger in
            let now = try #require(try await ledger.newestTime())
            return try await ledger.exam(of: key, on: UTCOffset.china.day(of: now))
        }
    }

    /// From the exam day to one person.
    func open(_ number: String, at terminal: TestTerminal) throws {
        try day.hut.on("体检", type: "/\(number)\r", at: terminal)
        try terminal.until("居民\(number.dropFirst())")
    }

    func type(_ keys: String, at terminal: TestTerminal) throws {
        try day.hut.on("居民", type: keys, at: terminal)
    }
}

@Suite(.serialized) struct `An exam day in a whole hut` {
    @Test func `thirty people: every item typed by keys, what is missing is named at the end of the day`() async throws
    {
        try await onThread {
            let test = try ExamHut()
            let nurse = try test.day.hut.nurse()
            try test.day.hut.on("名单", type: "j", at: nurse)
            #expect(try nurse.until("28人").contains("缺0项"))

            try test.open("029", at: nurse)
            for keys in ExamHut.keys { try test.type(keys, at: nurse) }
            let whole = try #require(try test.exam("029"))
            #expect(whole.missing.isEmpty && whole.items.count == ExamHut.kinds)
            #expect(whole.items.contains(.glucose(micromolesPerLitre: 5_600, isFasting: true)))
            #expect(whole.items.contains(.laboratory(name: "血肌酐", value: "71", unit: "umol/L")))
            try test.type("s\u{7F}", at: nurse)

            // The thirtieth leaves before the last three.
            try test.open("030", at: nurse)
            for keys in ExamHut.keys.prefix(6) { try test.type(keys, at: nurse) }
            try test.type("s", at: nurse)
            #expect(try nurse.until("不能签").contains("还缺心电图、B超、化验"))
            try test.day.hut.on("居民30", type: "\u{7F}", at: nurse)
            #expect(try nurse.until("30人").contains("缺3项(1人)"))

            try test.day.hut.on("30人", type: "\u{7F}e", at: nurse)
            let page = try nurse.until("体检漏项")
            let lines = page.split(separator: "\n")
            #expect(lines.contains { $0.contains("居民30") && $0.contains("缺 心电图 B超 化验 签名0/2") })
            // One name is still missing under the other.
            #expect(lines.contains { $0.contains("居民29") && $0.contains("缺签名 1/2") })
            #expect(!page.contains("居民28") && !page.contains("居民01"))
            test.day.hut.down()
        }
    }

    @Test func `two different people sign, and an item that changes afterwards takes both names away`() async throws {
        try await onThread {
            let test = try ExamHut()
            let nurse = try test.day.hut.nurse()
            try test.day.hut.on("名单", type: "j", at: nurse)
            try test.open("001", at: nurse)
            try test.type("1140 84\r", at: nurse)
            #expect(try nurse.until("还没有人签").contains("140/84"))
            #expect(try #require(try test.exam("001")).signedBy.isEmpty)
            try test.type("s", at: nurse)
            try nurse.until("还要一个人")

            // The second is asked for by name, and the first is not among those who can be.
            try test.type("s", at: nurse)
            let choice = try nurse.until("第二个人是谁")
            #expect(choice.contains(DayHut.doctor) && !choice.contains("1 \(HeldHut.nurse)"))
            try test.day.hut.on("第二个人是谁", type: "1\(HeldHut.nursePIN)\r", at: nurse)
            try nurse.until("密码不对")
            #expect(try #require(try test.exam("001")).signedBy.count == 1)
            try test.type("s", at: nurse)
            try test.day.hut.on("第二个人是谁", type: "1\(DayHut.doctorPIN)\r", at: nurse)
            try nurse.until("签名：\(HeldHut.nurse) \(DayHut.doctor)")
            #expect(try #require(try test.exam("001")).isComplete)
            test.day.hut.down()
        }
    }

    @Test func `the same person does not sign twice from two screens`() async throws {
        try await onThread {
            let test = try ExamHut()
            let nurse = try test.day.hut.nurse()
            let other = try TestTerminal("\(test.day.folder.path)/doctor")
            try test.day.hut.on(HeldHut.nurse, type: "1\(HeldHut.nursePIN)\r", at: other)
            for terminal in [nurse, other] {
                try test.day.hut.on("名单", type: "j", at: terminal)
                try test.open("002", at: terminal)
            }
            try test.type("1140 84\r", at: nurse)
            try nurse.until("还没有人签")
            // The other screen is read anew within a minute; then both offer the signature.
            try test.day.pass(until: "还没有人签", at: other)
            try test.type("s", at: nurse)
            try nurse.until("还要一个人")
            try test.type("s", at: other)
            try other.until("同一个人不能签两次")
            #expect(try #require(try test.exam("002")).signedBy.count == 1)
            test.day.hut.down()
        }
    }
}
