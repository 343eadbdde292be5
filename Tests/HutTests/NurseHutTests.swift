// A nurse's morning in a whole hut: a row of the list, its form with the keys that are counted, what stands in the ledger
// afterwards, and who looked.

import Foundation
import Ledger
import Testing
import Vitals

@testable import healthhut

/// A hut in which one resident is owed a face-to-face follow-up and has just measured.
private final class MorningHut {
    let folder: Folder
    let settings: String
    let hut: HeldHut

    init() throws {
        folder = try Folder()
        settings = try folder.settings()
        hut = try HeldHut(folder, settings: settings) { ledger, at in
            let day = UTCOffset.china.day(of: at)
            let resident = Resident(
                number: "047", name: "张桂芳", sex: .female, birth: LocalDay(year: 1_945, month: 5, day: 6),
                phone: "13900000106", conditions: [.hypertension])
            try await ledger.append([.residentAdded(resident, id: "id-047")], at: at)
            let key = try #require(try await ledger.roster(number: "047")).key
            let staff = try #require(try await ledger.staff().first).key
            try await ledger.append([.followUpRecorded(Self.last(of: key, on: day + -100), by: staff)], at: at)
            for pressure in [
                BloodPressure(systolic: 138, diastolic: 82, pulse: 72), .init(systolic: 136, diastolic: 80),
            ] {
                let reading = Reading(
                    vital: .bloodPressure(pressure), receivedAt: at, instrument: InstrumentID(rawValue: "cuff-1"),
                    station: StationID(rawValue: "booth-1"), source: .cuffStation, arm: .right)
                try await ledger.append([.reading(reading, .resident(key, visit: nil))], at: at)
            }
        }
        try hut.up()
    }

    /// What was asked last time, so that `=` has something to repeat.
    private static func last(of key: ResidentKey, on day: LocalDay) -> FollowUpRecord {
        let life = Lifestyle(
            cigarettesEachDay: PresentAndTarget(0, target: 0), spiritsTenthsEachDay: PresentAndTarget(0, target: 0),
            exerciseEachWeek: PresentAndTarget(5, target: 5), exerciseMinutes: PresentAndTarget(30, target: 30),
            salt: .medium, saltTarget: .light, mood: .good, followsAdvice: .good)
        return FollowUpRecord(
            resident: key, day: day, method: .clinic,
            pressure: Answer(FormPressure(systolic: 136, diastolic: 80), .asked),
            weightGrams: Answer(PresentAndTarget(61_500, target: 60_000), .asked), heightMillimetres: 1_580,
            lifestyle: Answer(life, .asked), adherence: Answer(.regular, .asked), reaction: Answer("", .asked),
            drugs: Answer([Drug(name: "氨氯地平", timesEachDay: 1, amount: "5mg")], .asked),
            hypertension: HypertensionPart(symptoms: Answer([], .asked), visitClass: .controlled), next: day + 90)
    }

    func openRules() throws -> [RuleID] {
        try hut.ask { ledger in try await ledger.openFlags().map(\.draft.rule) }
    }

    func key() throws -> ResidentKey {
        try hut.ask { ledger in try #require(try await ledger.roster(number: "047")).key }
    }
}

@Suite(.serialized) struct `A nurse's day in a whole hut` {
    @Test func `thirteen keys record a follow-up: the flag closes, the fact stands, the look is in the audit`()
        async throws
    {
        try await onThread {
            let morning = try MorningHut()
            let nurse = try morning.hut.nurse()
            try nurse.until("张桂芳")
            #expect(try morning.openRules() == ["FU-01"])
            try morning.hut.on("显示 1 ", type: "1f", at: nurse)
            try morning.hut.on("1 方式", type: "11\r\r=11=1\r\r", at: nurse)
            try nurse.until("FU-01关")
            try nurse.until("显示 0 ")
            #expect(try morning.openRules().isEmpty)

            let key = try morning.key()
            let records = try morning.hut.ask { try await $0.followUps(of: key, limit: 5) }
            #expect(records.count == 2)
            let record = try #require(records.first).record
            #expect(record.method == .clinic && record.pressure?.source == .measured)
            #expect(record.pressure?.value.readings.count == 2 && record.visitClass(.hypertension) == .controlled)
            #expect(record.lifestyle?.source == .unchanged && record.next == record.day + 90)

            morning.hut.down()
            let audit = try Program.run(["audit", "show", "--settings", morning.settings]).out
            let looks = audit.split(separator: "\n").filter { $0.contains("recordSeen") }
            #expect(looks.count == 1 && looks[0].contains("id-047"))
        }
    }

    @Test func `a half-filled form is kept, and stands there when it is opened again`() async throws {
        try await onThread {
            let morning = try MorningHut()
            let nurse = try morning.hut.nurse()
            try morning.hut.on("显示 1 ", type: "1f", at: nurse)
            try morning.hut.on("1 方式", type: "11s", at: nurse)
            let key = try morning.key()
            let draft = try morning.hut.ask { ledger in
                try await ledger.followUpDraft(of: key, by: try #require(try await ledger.staff().first).key)
            }
            #expect(draft != nil)
            #expect(try morning.hut.ask { try await $0.followUps(of: key, limit: 5) }.count == 1)
            morning.hut.down()
        }
    }

    @Test func `a form whose terminal is gone is kept with what nobody had left yet`() async throws {
        try await onThread {
            let morning = try MorningHut()
            try {
                let nurse = try morning.hut.nurse()
                try morning.hut.on("显示 1 ", type: "1f", at: nurse)
                // One symptom of several, the question still open; then the window is closed.
                try morning.hut.on("1 方式", type: "12", at: nurse)
                try nurse.until("[2]")
            }()
            let key = try morning.key()
            var draft: String?
            while draft?.contains("\"symptoms\"") != true {
                morning.hut.settle()
                draft = try morning.hut.ask { ledger in
                    try await ledger.followUpDraft(of: key, by: try #require(try await ledger.staff().first).key)
                }
            }
            let nurse = try morning.hut.nurse()
            try morning.hut.on("显示 1 ", type: "1f", at: nurse)
            try nurse.until("接着上次的草稿")
            morning.hut.down()
        }
    }

    @Test func `three letters find a resident, her page stands whole, and the look is one fact however long it stands`()
        async throws
    {
        try await onThread {
            let morning = try MorningHut()
            let nurse = try morning.hut.nurse()
            try morning.hut.on("显示 1 ", type: "/zgf1", at: nurse)
            let page = try nurse.until("FU-01")
            #expect(page.contains("张桂芳") && page.contains("047"))
            #expect(page.contains("13900000106") && page.contains("150/90"))
            morning.hut.pass(120)
            let key = try morning.key()
            let looks = try morning.hut.ask { ledger in
                try await ledger.chronicle(of: key, limit: 100).count {
                    if case .recordSeen = $0.fact { true } else { false }
                }
            }
            #expect(looks == 1)
            morning.hut.down()
        }
    }

    @Test func `a call that nobody answers is a fact, and the row keeps its place with the number of tries`()
        async throws
    {
        try await onThread {
            let morning = try MorningHut()
            let nurse = try morning.hut.nurse()
            try morning.hut.on("显示 1 ", type: "1t1\r", at: nurse)
            try nurse.until("存好了")
            let key = try morning.key()
            #expect(try morning.hut.ask { try await $0.unansweredCalls(to: key) } == 1)
            #expect(try morning.openRules() == ["FU-01"])
            morning.hut.down()
        }
    }
}
