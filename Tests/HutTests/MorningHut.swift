// The hut of the morning: booths with simulated cuffs, a desk, the ledger of the night before. It opens at half past
// eight; somebody sits down at the first booth before the nurse has come.

import DeviceLink
import Foundation
import Ledger
import Testing
import TextScreen
import Vitals

@testable import healthhut

/// A whole hut whose list holds 120 flags when the nurse sits down.
final class BusyMorning {
    static let flags = 120
    static let residentPIN = "1357"
    static let doctorPIN = "9753"
    let people: MorningPeople
    let hut: HeldHut
    let settings: String
    private let cuffs: [LineSimulator]

    init(seed: UInt64) throws {
        let folder = try Folder()
        let people = MorningPeople(seed: seed, after: HutClock().now.hut)
        let cuff = "device: 'maibobo', mayStart: true, line: { socket: 'unix:\(folder.path)/cuff"
        settings = try folder.settings(replacing: [
            ("unix:\(folder.path)/cuff-1'", "unix:\(folder.path)/cuff-1.line'"),
            ("device: 'omron-hbp-9030', line: { socket: 'unix:\(folder.path)/cuff-2'", "\(cuff)-2.line'"),
        ])
        hut = try HeldHut(folder, settings: settings) { ledger, at in
            try await ledger.addStaff(Staff(name: "汪志远", role: .doctor), pin: BusyMorning.doctorPIN, at: at)
            let staff = try await ledger.staff()
            let nurse = try #require(staff.first { $0.staff.role == .nurse }).key
            let doctor = try #require(staff.first { $0.staff.role == .doctor }).key
            try await people.fill(ledger, doctor: doctor, nurse: nurse)
            for person in people.with(.seated) + people.with(.well) {
                let entry = try #require(try await ledger.roster(number: person.number))
                try await ledger.setPIN(entry.key, pin: BusyMorning.residentPIN, at: people.opening + .seconds(-200))
            }
        }
        self.people = people
        cuffs = try [198, 188].enumerated().map { place, systolic in
            var plan = SimulationPlan()
            plan.pressure = BloodPressure(systolic: MmHg(systolic), diastolic: 112, pulse: 88)
            return try LineSimulator("maibobo", at: "\(folder.path)/cuff-\(place + 1).line", plan: plan)
        }
        hut.clock.advance(by: people.opening - hut.clock.now.hut)
        try hut.up()
        hut.pass(1)
    }

    func end() {
        hut.down()
        for cuff in cuffs { cuff.close() }
    }

    // MARK: residents

    /// From the first screen to the arm in the cuff.
    func sitDown(_ person: MorningPerson, at booth: TestTerminal) throws {
        try hut.on("按我的小屋号", type: "1", at: booth)
        try hut.on("请按您的小屋号", type: person.number + "\r", at: booth)
        try hut.on("请按密码", type: BusyMorning.residentPIN + "\r", at: booth)
        try hut.on("是我本人", type: "1", at: booth)
        try hut.on("1   量血压", type: "1", at: booth)
        try hut.on("现在有没有这些不舒服", type: "1", at: booth)
        try hut.on("先坐着歇 5 分钟", type: "3", at: booth)
        try booth.until("量的是")
    }

    /// Starts the cuff; its very high value is on disk, and rings.
    func measure(at booth: TestTerminal) throws {
        let before = try last()
        try hut.on("量的是", type: "1", at: booth)
        for _ in 0..<30 where try !hasReading(after: before) { hut.pass(1) }
        #expect(try hasReading(after: before), "the cuff gave no result\n\(booth.text)")
    }

    /// Nobody answers the question of the signs: the very high value counts as confirmed.
    func stayAway() { for _ in 1...12 { hut.pass(10) } }

    private func last() throws -> FactSequence { try hut.ask { try await $0.last() } }

    private func hasReading(after sequence: FactSequence) throws -> Bool {
        try hut.ask { ledger in
            try await ledger.facts(after: sequence, limit: 100).contains {
                if case .reading = $0.fact { true } else { false }
            }
        }
    }

    // MARK: the ledger

    func key(_ person: MorningPerson) throws -> ResidentKey {
        try hut.ask { ledger in try #require(try await ledger.roster(number: person.number)).key }
    }

    /// Every open flag that a nurse's list shows today.
    func listed() throws -> [Flag] {
        let today = people.today
        return try hut.ask { try await $0.openFlags() }.filter {
            $0.draft.severity > .info && $0.draft.listedFrom ?? today <= today
        }
    }

    func listedRules() throws -> [RuleID: Int] {
        try listed().reduce(into: [:]) { $0[$1.draft.rule, default: 0] += 1 }
    }

    func open(_ rule: RuleID, _ subject: FlagSubject) throws -> Flag? {
        try hut.ask { try await $0.openFlag(rule, subject) }
    }

    func open(_ rule: RuleID, of person: MorningPerson) throws -> Flag? { try open(rule, .resident(try key(person))) }

    func nurse() throws -> StaffKey {
        try hut.ask { ledger in
            try #require(try await ledger.staff().first { $0.staff.name == HeldHut.nurse }).key
        }
    }

    /// Everybody about whom a flag is open, listed or not, and everybody who is gone: what shown and hidden must come to.
    /// A flag of somebody who was not found stays open and hidden: there she is when she comes back.
    func everybody() throws -> (shown: Int, hidden: Int) {
        let today = people.today
        return try hut.ask { ledger in
            let flags = try await ledger.openFlags().filter { $0.draft.severity > .info }
            var shown: Set<FlagSubject> = []
            for flag in flags where flag.draft.listedFrom ?? today <= today {
                shown.insert(try await BusyMorning.subject(of: flag, in: ledger))
            }
            let waiting = Set(flags.map(\.draft.subject)).filter { if case .station = $0 { false } else { true } }
                .subtracting(shown)
            var gone = 0
            for key in try await ledger.allResidents(after: nil, limit: 1_000)
            where try await ledger.roster(key)?.status != .here {
                gone += 1
                shown.remove(.resident(key))
            }
            return (shown.count, waiting.count + gone)
        }
    }

    /// In whose row a flag stands: a station's alert about readings of one resident stands in his.
    static func subject(of flag: Flag, in ledger: Ledger) async throws -> FlagSubject {
        guard flag.draft.rule == "STATION", let whole = try await ledger.flag(flag.id) else {
            return flag.draft.subject
        }
        var owners: Set<ResidentKey?> = []
        for sequence in whole.evidence.flatMap(\.readings) {
            owners.insert(try await ledger.reading(sequence)?.owner.resident)
        }
        guard owners.count == 1, let owner = owners.first ?? nil else { return flag.draft.subject }
        return .resident(owner)
    }
}
