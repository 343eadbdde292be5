// A hut with two desks, a nurse's and a doctor's, and what a day needs beside: a printer at the nurse's desk, a radio for
// wristbands.

import DeviceLink
import Foundation
import Ledger
import Testing
import Vitals

@testable import healthhut

/// One hut in one folder, played by keys at both desks.
final class DayHut {
    static let doctor = "汪志远"
    static let doctorPIN = "1357"

    let folder: Folder
    let settings: String
    let hut: HeldHut

    /// - Parameters:
    ///   - printer: the hut has one, on this width of paper in millimetres.
    ///   - isAtBooth: it stands at the second booth; else at the nurse's desk.
    init(
        printer paper: Int? = nil, isAtBooth: Bool = false,
        fill: @escaping @Sendable (Ledger, HutTime) async throws -> Void = { _, _ in }
    ) throws {
        folder = try Folder()
        let path = folder.path
        let printer = paper.map {
            "{ id: 'printer-1', device: 'escpos-printer', paper: \($0), line: { socket: 'unix:\(path)/printer-1.line' } }"
        }
        let desks = """
            { id: 'nurse', kiosk: '\(path)/nurse', instruments: [\(isAtBooth ? "" : printer ?? "")] },
            { id: 'doctor', kiosk: '\(path)/doctor' }
            """
        let booth = isAtBooth ? "\(printer ?? ""), { id: 'cuff-2'" : "{ id: 'cuff-2'"
        settings = try folder.settings(replacing: [
            ("{ id: 'cuff-2'", booth),
            ("{ id: 'nurse', kiosk: '\(path)/nurse' }", desks), ("unix:\(path)/bands'", "unix:\(path)/bands.line'"),
        ])
        hut = try HeldHut(folder, settings: settings) { ledger, at in
            try await ledger.addStaff(Staff(name: DayHut.doctor, role: .doctor), pin: DayHut.doctorPIN, at: at)
            try await fill(ledger, at)
        }
    }

    /// The doctor before her worklist, at her own desk.
    func doctor() throws -> TestTerminal {
        var terminal = try TestTerminal("\(folder.path)/doctor")
        while !terminal.isAlive { terminal = try TestTerminal("\(folder.path)/doctor") }
        try hut.on(DayHut.doctor, type: "2\(DayHut.doctorPIN)\r", at: terminal)
        try terminal.until("名单")
        return terminal
    }

    /// Lets time pass second by second until something stands on a screen.
    func pass(
        until wanted: String, at terminal: TestTerminal, within seconds: Int = 120,
        _ location: SourceLocation = #_sourceLocation
    ) throws {
        for _ in 0..<seconds where !terminal.shows(wanted, within: 0) { hut.pass(1) }
        try terminal.until(wanted, location)
    }

    func key(_ number: String) throws -> ResidentKey {
        try hut.ask { ledger in try #require(try await ledger.roster(number: number)).key }
    }

    func facts() throws -> [Fact] {
        try hut.ask { try await $0.facts(after: FactSequence(rawValue: 0), limit: 5_000).map(\.fact) }
    }
}

/// What a hut finds on its roster before it comes up; invented.
enum DayPeople {
    /// A follow-up of the norm, so that the next one can be due.
    static func followUp(
        of key: ResidentKey, on day: LocalDay, _ verdict: VisitClass = .controlled, next: Int = 90
    ) -> FollowUpRecord {
        FollowUpRecord(
            resident: key, day: day, method: .clinic,
            pressure: Answer(FormPressure(systolic: 136, diastolic: 80), .asked),
            adherence: Answer(.regular, .asked), reaction: Answer("", .asked),
            drugs: Answer([Drug(name: "氨氯地平", timesEachDay: 1, amount: "5mg")], .asked),
            hypertension: HypertensionPart(symptoms: Answer([], .asked), visitClass: verdict), next: day + next)
    }

    /// 047, managed, with a whole last follow-up, so that every `=` of the next one has something to stand for.
    static func addManaged(to ledger: Ledger, lastSeen day: LocalDay, at time: HutTime) async throws -> ResidentKey {
        let nurse = try #require(try await ledger.staff().first).key
        let resident = Resident(
            number: "047", name: "张桂芳", sex: .female, birth: LocalDay(year: 1_945, month: 5, day: 6),
            conditions: [.hypertension])
        let key = try await add(resident, to: ledger, at: time)
        var last = followUp(of: key, on: day)
        last.weightGrams = Answer(PresentAndTarget(61_500, target: 60_000), .asked)
        last.lifestyle = Answer(
            Lifestyle(
                cigarettesEachDay: PresentAndTarget(0, target: 0), spiritsTenthsEachDay: PresentAndTarget(0, target: 0),
                exerciseEachWeek: PresentAndTarget(5, target: 5), exerciseMinutes: PresentAndTarget(30, target: 30),
                salt: .medium, saltTarget: .light, mood: .good, followsAdvice: .good), .asked)
        try await ledger.append([.followUpRecorded(last, by: nurse)], at: time)
        return key
    }

    static func cuff(_ systolic: Int, _ diastolic: Int, at time: HutTime, daysAgo days: Int = 0) -> Reading {
        Reading(
            vital: .bloodPressure(
                BloodPressure(systolic: MmHg(systolic), diastolic: MmHg(diastolic), pulse: 72)), receivedAt: time,
            measuredAt: time + .seconds(-86_400 * days), instrument: InstrumentID(rawValue: "cuff-1"),
            station: StationID(rawValue: "booth-1"), source: .cuffStation, arm: .right)
    }

    /// Enrols somebody and gives the key.
    static func add(_ resident: Resident, to ledger: Ledger, at time: HutTime) async throws -> ResidentKey {
        try await ledger.append([.residentAdded(resident, id: "id-\(resident.number)")], at: time)
        return try #require(try await ledger.roster(number: resident.number)).key
    }
}

extension LineSimulator {
    /// Whether a text stands in what the hut has sent, in the characters of a printer.
    func hasPrinted(_ text: String) -> Bool {
        let encoding = PrinterEncoding(.gb2312)
        let wanted = text.flatMap { encoding.bytes(of: $0) ?? [0] }
        let bytes = bytes
        guard bytes.count >= wanted.count else { return false }
        return (0...bytes.count - wanted.count).contains { bytes[$0...].starts(with: wanted) }
    }
}
