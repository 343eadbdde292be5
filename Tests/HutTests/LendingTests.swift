// A monitor goes home with a resident and comes back, in a whole hut: what the nurse says at her desk, what the simulated
// monitor remembers, and whose it is afterwards (whose-reading rows 36 and 37).

import DeviceLink
import Foundation
import Ledger
import Testing
import Vitals

@testable import healthhut

/// A hut that lends `home-1`.
private final class LendingHut {
    static let borrower = "047"
    let hut: HeldHut
    let monitor: LineSimulator
    let watcher: TestWatcher
    /// How it is when it comes back.
    var comesBack: SimulatedFault?

    /// - Parameter measuredAfter: when, in seconds from now, its newest record is made, as its own clock says.
    init(_ device: String, measuredAfter seconds: Int = 86_400) throws {
        let folder = try Folder()
        let desk = "{ id: 'nurse', kiosk: '\(folder.path)/nurse' }"
        let line = "{ id: 'home-1', device: '\(device)', line: { socket: 'unix:\(folder.path)/home-1.line' } }"
        let lends = desk.replacingOccurrences(of: " }", with: ", instruments: [\(line)] }")
        let settings = try folder.settings(replacing: [(desk, lends)])
        hut = try HeldHut(folder, settings: settings) { ledger, at in
            for (number, name) in [(LendingHut.borrower, "张桂芳"), ("023", "李国强")] {
                _ = try await ledger.append(
                    [.residentAdded(Resident(number: number, name: name), id: "id-\(number)")], at: at)
            }
        }
        var plan = SimulationPlan()
        plan.clock = LendingHut.civil(hut.clock.now.hut + .seconds(seconds))
        monitor = try LineSimulator(device, at: "\(folder.path)/home-1.line", plan: plan, fault: .silent)
        try hut.up()
        watcher = try hut.watcher()
    }

    static func civil(_ time: HutTime) -> CivilTime { UTCOffset(seconds: 8 * 3_600).civil(of: time) }

    /// From the worklist to the borrower's monitors.
    func monitors(at nurse: TestTerminal) throws {
        try hut.on("名单", type: "/\(LendingHut.borrower)\r", at: nurse)
        try hut.on("张桂芳", type: "j", at: nurse)
        try nurse.until("借血压计给 张桂芳")
    }

    /// The nurse says whose it is, and it is gone for two days.
    func lend(_ choice: Character) throws {
        let nurse = try hut.nurse()
        try monitors(at: nurse)
        try hut.on("home-1", type: "1\r", at: nurse)
        try hut.on("home-1 借给 张桂芳", type: String(choice), at: nurse)
        try nurse.until("存好了")
        #expect(try hut.ask { try await $0.loans() }.map(\.instrument.rawValue) == ["home-1"])
        hut.pass(2 * 86_400)
    }

    /// It hangs on its cable again and is switched on; the page of its return shows this many records.
    func comeBack(_ count: Int) throws -> TestTerminal {
        let nurse = try hut.nurse()
        try monitors(at: nurse)
        try hut.on("home-1", type: "1\r", at: nurse)
        try nurse.until("home-1 还回来")
        try readOut()
        try nurse.until("\(count) 条")
        return nurse
    }

    /// Switched off and on, and asked until it has answered.
    func readOut() throws {
        monitor.show(comesBack)
        hut.pass(40)
    }

    func readings() throws -> [RecordedReading] {
        try hut.ask { ledger in
            var readings: [RecordedReading] = []
            for recorded in try await ledger.facts(after: FactSequence(rawValue: 0), limit: 1_000) {
                if case .reading = recorded.fact, let reading = try await ledger.reading(recorded.sequence) {
                    readings.append(reading)
                }
            }
            return readings
        }
    }

    /// Open flags of readings that nobody owns.
    func flags() throws -> Int { try flags("DQ-01") }

    func flags(_ rule: RuleID) throws -> Int {
        try hut.ask { try await $0.openFlags() }.count { $0.draft.rule == rule }
    }

    func end() {
        hut.down()
        monitor.close()
    }
}

@Suite(.serialized) struct LendingTests {
    @Test
    func `row 36: only this person: the memory is hers when the nurse confirms, and a second download adds nothing`()
        async throws
    {
        try await onThread {
            let test = try LendingHut("beurer-bm58")
            try test.lend("1")
            let nurse = try test.comeBack(3)
            #expect(nurse.text.contains("138/86") && nurse.text.contains("张桂芳"))
            #expect(try test.flags() == 0 && test.readings().allSatisfy { $0.owner.resident == nil })
            test.hut.pass(1)
            nurse.send("y")
            for _ in 1...3 {
                #expect(try test.watcher.line(containing: #""became":"claimed""#).contains(#""resident":""#))
            }
            try nurse.until("存好了")
            #expect(try test.readings().allSatisfy { $0.owner.resident != nil && $0.reading.source == .cuffHome })
            #expect(try test.hut.ask { try await $0.loans() }.isEmpty)
            // Switched off and on: it is read once more.
            test.monitor.show(.silent)
            for _ in 1...4 { test.hut.pass(6) }
            test.monitor.show(nil)
            test.hut.pass(40)
            try test.monitor.until("the third record again") { bytes in
                bytes.indices.count { bytes[$0...].starts(with: [0xA3, 3]) } == 2
            }
            test.hut.pass(6)
            #expect(try test.readings().count == 3 && test.flags() == 0)
            test.end()
        }
    }

    @Test func `a clock that is an hour slow is put right by what it says when it is read out`() async throws {
        try await onThread {
            // Its newest record was made this moment, as its clock says.
            let test = try LendingHut("microlife-bpa", measuredAfter: 2 * 86_400 - 3_600)
            try test.lend("1")
            let nurse = try test.comeBack(3)
            test.hut.pass(1)
            nurse.send("y")
            try nurse.until("存好了")
            let readings = try test.readings().map(\.reading).sorted { $0.measuredAt > $1.measuredAt }
            for (index, reading) in readings.enumerated() {
                let age = reading.receivedAt - reading.measuredAt
                #expect(abs((age - .seconds(index * 12 * 3_600)).milliseconds) < 60_000, "\(age)")
                // What the device said stands beside it.
                let said = try #require(reading.deviceTime.flatMap(UTCOffset(seconds: 8 * 3_600).instant(of:)))
                #expect(reading.measuredAt - said > .seconds(3_500) && reading.timeConfidence == .ok)
            }
            #expect(try readings.count == 3 && test.flags() == 0)
            test.end()
        }
    }

    @Test func `records of a clock nobody has set are shown so, and are nobody's until a nurse says whose`()
        async throws
    {
        try await onThread {
            let test = try LendingHut("microlife-bpa")
            test.comesBack = .clockUnset
            try test.lend("1")
            let nurse = try test.comeBack(3)
            #expect(nurse.text.contains("时间不对"))
            test.hut.pass(1)
            nurse.send("y")
            try nurse.until("存好了")
            let readings = try test.readings()
            #expect(
                readings.allSatisfy { $0.owner.resident == nil && $0.reading.timeConfidence == .timeFault })
            #expect(try readings.count == 3 && test.flags() == 3)
            #expect(try test.flags("DQ-02") == 1, "somebody has to set the clock")
            test.end()
        }
    }

    @Test
    func `row 37: a key was named and the monitor knows none: a page of records, no list of flags, claimed one by one`()
        async throws
    {
        try await onThread {
            let test = try LendingHut("microlife-bpa", measuredAfter: 2 * 86_400)
            try test.lend("2")
            var nurse = try test.comeBack(3)
            #expect(nurse.text.contains("没说是谁") && !nurse.text.contains("138/86  张桂芳"))
            // A restart in between raises nothing: the records wait for the return.
            test.hut.down()
            try test.hut.up()
            test.hut.pass(1)
            #expect(try test.flags() == 0)
            nurse = try test.comeBack(3)
            test.hut.pass(1)
            nurse.send("n")
            try nurse.until("存好了")
            #expect(try test.flags() == 3)
            // Back to the monitors, to the resident, to the worklist.
            try test.hut.on("存好了", type: "\u{7F}\u{7F}u", at: nurse)
            for left in [2, 1, 0] {
                try test.hut.on("为什么没认领", type: "1/\(LendingHut.borrower)\r", at: nurse)
                try test.hut.on("数和人对得上吗", type: "y\r", at: nurse)
                try nurse.until("存好了")
                #expect(try test.hut.ask { try await $0.unclaimedCount() } == left)
            }
            #expect(try test.flags() == 0 && test.readings().count == 3)
            test.end()
        }
    }
}
