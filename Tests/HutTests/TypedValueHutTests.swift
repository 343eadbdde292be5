// What a nurse types into a form or an exam is typed once: the list, the course and the rules know it as a reading.

import Foundation
import Ledger
import Testing
import Vitals

@testable import healthhut

/// A hut with one managed resident, 047, last seen a hundred days ago, and what was typed of her.
private final class TypingHut {
    let day: DayHut
    let nurse: TestTerminal
    let key: ResidentKey
    private let before: Int

    /// `measured`: what the cuff of the hut said today, two readings a value.
    init(measured: [(Int, Int)] = []) throws {
        day = try DayHut { ledger, at in
            let today = UTCOffset.china.day(of: at)
            let key = try await DayPeople.addManaged(to: ledger, lastSeen: today + -100, at: at)
            try await ledger.append(
                measured.map { .reading(DayPeople.cuff($0.0, $0.1, at: at), .resident(key, visit: nil)) }, at: at)
        }
        try day.hut.up()
        nurse = try day.hut.nurse()
        key = try day.key("047")
        before = try day.facts().count
    }

    func type(_ keys: String, on screen: String) throws { try day.hut.on(screen, type: keys, at: nurse) }

    /// From the list to her exam, its pressure, and the same item again with another value.
    func typeExam(_ first: String, then second: String) throws {
        try type("j", on: "名单")
        try type("/047\r", on: "体检")
        try type("1\(first)\r", on: "张桂芳")
        let shown = first.replacingOccurrences(of: " ", with: "/")
        try nurse.until(shown)
        try type("1\(second)\r", on: shown)
        try nurse.until(second.replacingOccurrences(of: " ", with: "/"))
    }

    func isOpen(_ rule: RuleID) throws -> Bool {
        let key = key
        return try day.hut.ask { try await $0.openFlag(rule, .resident(key)) } != nil
    }

    /// The readings that came since the hut is up, and how many of them stand no longer.
    func readings() throws -> (typed: [Reading], setAside: Int) {
        let facts = try day.facts().dropFirst(before)
        let readings = facts.compactMap { if case .reading(let reading, _) = $0 { reading } else { nil } }
        return (readings, facts.count { if case .readingDiscarded = $0 { true } else { false } })
    }
}

@Suite(.serialized) struct `What is typed into a form is a reading` {
    /// Clinic or telephone, a value, and class 2.
    @Test(arguments: ["1", "3"])
    func `a pressure of a follow-up stands on the list and on her page, typed and by whom`(method: String) async throws
    {
        try await onThread {
            let hut = try TypingHut()
            try hut.type("1f", on: "显示 1 ")
            try hut.type("\(method)1156 84 70\r\r=11=2\r\r", on: "1 方式")
            #expect(try hut.nurse.until("显示 1 ").contains("156/84"))
            let (typed, _) = try hut.readings()
            #expect(typed.map(\.vital) == [.bloodPressure(BloodPressure(systolic: 156, diastolic: 84, pulse: 70))])
            #expect(typed.first?.source == .manual && typed.first?.helper == .staff(StaffKey(rawValue: 1)))
            // Answered by the follow-up itself: it is quiet until the next date.
            #expect(try !hut.isOpen("BP-07"))
            try hut.type("/047\r", on: "显示 1 ")
            try hut.nurse.until("156/84 70")
            hut.day.hut.down()
        }
    }

    @Test func `what the hut measured and somebody types again is one reading`() async throws {
        try await onThread {
            let hut = try TypingHut(measured: [(156, 84), (154, 82)])
            try hut.type("1f", on: "显示 1 ")
            // The mean of the two, typed instead of taken over with Enter.
            try hut.type("11155 83\r\r=11=2\r\r", on: "1 方式")
            try hut.nurse.until("显示 1 ")
            #expect(try hut.readings().typed.isEmpty)
            hut.day.hut.down()
        }
    }

    @Test func `a very high value that is typed is urgent like one that was measured`() async throws {
        try await onThread {
            let hut = try TypingHut()
            try hut.type("1f", on: "显示 1 ")
            try hut.type("21200 118\r\r=11=2\r\r", on: "1 方式")
            let row = try hut.nurse.until("200/118").split(separator: "\n").first { $0.contains("张桂芳") }
            #expect(row?.contains(" 1 ! ") == true, "\(row ?? "")")
            #expect(try hut.isOpen("BP-01"))
            hut.day.hut.down()
        }
    }

    @Test func `of somebody who was not found for a while a typed value is hers all the same`() async throws {
        try await onThread {
            let hut = try TypingHut()
            let key = hut.key
            hut.day.hut.perform(
                .setStatus(key, .lost, on: LocalDay(daysSince1970: 20_000), reason: "搬来搬去"), at: "nurse")
            hut.day.hut.perform(
                .typeReading(key, BloodPressure(systolic: 152, diastolic: 92), place: "上门"), at: "nurse")
            let facts = try hut.day.facts()
            #expect(
                facts.contains {
                    if case .reading(let reading, .resident(key, _)) = $0 { reading.source == .manual } else { false }
                })
            hut.day.hut.down()
        }
    }

    @Test func `the same number from the telephone is another reading than an exam's, and stays`() async throws {
        try await onThread {
            let hut = try TypingHut()
            hut.day.hut.perform(
                .typeReading(hut.key, BloodPressure(systolic: 142, diastolic: 84), place: "电话"), at: "nurse")
            try hut.typeExam("142 84", then: "138 84")
            let (typed, setAside) = try hut.readings()
            #expect(typed.count == 2 && setAside == 0)
            hut.day.hut.down()
        }
    }

    @Test func `an item of an exam that is typed again sets the first aside`() async throws {
        try await onThread {
            let hut = try TypingHut()
            try hut.typeExam("183 84", then: "138 84")
            try hut.type("638.8\r", on: "138/84")
            try hut.nurse.until("38.8")
            let (typed, setAside) = try hut.readings()
            let expected: [Vital] = [
                .bloodPressure(BloodPressure(systolic: 183, diastolic: 84)),
                .bloodPressure(BloodPressure(systolic: 138, diastolic: 84)), .temperature(centiCelsius: 3_880),
            ]
            #expect(typed.map(\.vital) == expected && setAside == 1)
            // Fever: the rules see what was typed.
            #expect(try hut.isOpen("TP-02"))
            hut.day.hut.down()
        }
    }
}
