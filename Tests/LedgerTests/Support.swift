// What every test of the ledger needs: a folder of its own, a clock that stands where the test says, invented people.

import FoundationEssentials
import Glibc
import Testing
import Vitals

@testable import Ledger

/// A temporary folder, 0700, removed when the test lets go of it.
final class Folder: Sendable {
    let path: String
    var ledger: String { path + "/ledger.sqlite" }

    init() throws {
        var template = Array("/tmp/healthhut-ledger-XXXXXX".utf8CString)
        path = try #require(mkdtemp(&template).map { String(cString: $0) })
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func open() async throws -> Ledger { try await Ledger.open(path: ledger, at: .start) }
}

extension HutTime {
    /// 2026-11-21T00:00:00Z.
    static let start = HutTime(milliseconds: 1_795_219_200_000)

    static func after(_ seconds: Int) -> HutTime { start + .seconds(seconds) }
}

extension FactSequence: ExpressibleByIntegerLiteral {
    package init(integerLiteral value: Int64) { self.init(rawValue: value) }
}

extension ResidentKey: ExpressibleByIntegerLiteral {
    package init(integerLiteral value: Int64) { self.init(rawValue: value) }
}

let cuff = InstrumentID(rawValue: "cuff-1")
let booth = StationID(rawValue: "booth-1")
let band = BandID(rawValue: "!433d1f2a")
let nurse = StaffKey(rawValue: 1)

extension Resident {
    /// Somebody invented, with this hut number.
    static func invented(_ number: String) -> Resident {
        Resident(number: number, name: "张\(number)芳", sex: .female, phone: "0374-555 \(number)", conditions: [.af])
    }
}

extension Reading {
    /// A cuff reading at the booth.
    static func pressure(_ systolic: Int, _ diastolic: Int, at time: HutTime = .start, slot: Int? = nil) -> Reading {
        Reading(
            vital: .bloodPressure(
                BloodPressure(
                    systolic: MmHg(systolic), diastolic: MmHg(diastolic), mean: 103, pulse: 72, irregularPulse: false)),
            receivedAt: time, deviceTime: CivilTime(year: 2026, month: 0, day: 31, hour: 8, minute: 30, second: 63),
            memorySlot: slot, instrument: cuff, station: booth, source: .cuffStation, arm: .left,
            rested: .byClock(seconds: 300), helper: .staff(nurse), raw: [0xFD, 0xFD, 0xFC, 0x08])
    }

    /// A wristband's heart rate.
    static func heartRate(_ rate: Int, at time: HutTime = .start) -> Reading {
        Reading(
            vital: .pulseRate(PerMinute(rate)), receivedAt: time + .seconds(2), measuredAt: time,
            instrument: InstrumentID(rawValue: "bands"), band: BandID(rawValue: "!433d1f2a"), source: .wearable)
    }
}

extension Ledger {
    /// Adds residents 001, 002, … and returns their keys.
    func addResidents(_ count: Int) async throws -> [ResidentKey] {
        let facts = (1...count).map { Fact.residentAdded(.invented($0.padded(3)), id: "id-\($0)") }
        try await append(facts, at: .start)
        return try (1...count).map { try #require(try roster(id: "id-\($0)")).key }
    }

    func raise(_ rule: RuleID, _ subject: FlagSubject, severity: Severity = .soon, at time: HutTime = .start)
        async throws -> FlagID
    {
        try #require(try await append([.flag(.raise(.invented(rule, subject, severity)))], at: time).first)
    }
}

extension FlagDraft {
    static func invented(_ rule: RuleID, _ subject: FlagSubject, _ severity: Severity = .soon) -> FlagDraft {
        FlagDraft(
            rule: rule, subject: subject, severity: severity, due: LocalDay(daysSince1970: 20_800),
            evidence: Evidence(readings: [1, 2], sentence: LocalizedText("收缩压 186", en: "systolic 186")),
            policy: "cn-norm3-2017 1")
    }
}

/// A refusal of the ledger, as a test expects it.
func refusal(_ refusal: LedgerError.Refusal) -> LedgerError { .refused(refusal) }
