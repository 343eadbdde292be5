// Streams and memories, played by their own profiles against a real conversation: what a resident would see, and every
// fault of the fault table, none of which may ever make a number of its own.
import Testing
import Vitals

@testable import DeviceLink

private let streams = [
    "nonin-df8", "nonin-ascii", "masimo-ascii1", "contec-cms50", "bci", "a-and-d-scale", "st-gs-scale", "cjmcu-90614",
]
private let memories = ["beurer-bm58", "taidoc-td42xx", "onetouch-ultra2", "nonin-df13"]
private let once = ["tanita"]

private func plan(_ fault: SimulatedFault?) -> SimulationPlan {
    var plan = SimulationPlan()
    plan.fault = fault
    return plan
}

struct StreamSimulatorTests {
    private func shown(_ device: String) throws -> Vital {
        SimulationPlan().vital(try #require(try profile(device).vital))
    }

    @Test(arguments: streams)
    func `a finger that goes in, settles and leaves is one reading`(device: String) throws {
        var hut = try MortalHut(device)
        hut.run(until: 10)
        #expect(hut.told.isEmpty, "nobody is there")
        hut.press()
        hut.run(until: 45)
        #expect(hut.told.count == 3 && hut.told.first == "started" && hut.told.last == "released")
        let vitals = hut.disk.map(\.vital)
        #expect(vitals.map(\.kind) == [try shown(device).kind] && vitals.allSatisfy { $0.implausibleField == nil })
        #expect(hut.hut.tally.noiseBytes == 0 && !hut.hut.isMeasuring)
    }

    @Test(arguments: streams)
    func `another finger is another reading, and the hut hears that the first was out`(device: String) throws {
        var hut = try MortalHut(device)
        hut.press()
        hut.run(until: 35)
        var other = SimulationPlan()
        (other.oxygen, other.heartRate, other.grams, other.centiCelsius) = (92, 88, 64_000, 3_720)
        try hut.show(other)
        hut.press()
        hut.run(until: 70)
        #expect(hut.disk.count == 2)
        #expect(
            hut.told.map { $0.first == "{" ? "reading" : $0 } == [
                "started", "reading", "released", "started", "reading", "released",
            ])
    }

    @Test(arguments: streams + memories + once)
    func `no fault makes a number of its own, nor ends the conversation for good`(device: String) throws {
        let profile = try profile(device)
        let kind = try shown(device).kind
        let honest = try honest(device)
        let playable = SimulatedFault.playable(by: profile)
        #expect(playable.count >= 9)
        for fault in playable {
            var hut = try MortalHut(device, plan(fault))
            hut.run(until: 5)
            hut.press()
            hut.run(until: 40)
            for reading in hut.disk {
                #expect(honest.contains(reading.vital), "\(fault): \(reading.vital)")
                #expect(reading.vital.kind == kind)
            }
            try hut.show(SimulationPlan())
            hut.run(until: 55)
            hut.press()
            hut.run(until: 85)
            #expect(!hut.disk.isEmpty || memories.contains(device), "after \(fault)")
        }
    }

    /// What the device says when nothing is wrong.
    private func honest(_ device: String) throws -> Set<Vital> {
        var hut = try MortalHut(device)
        hut.run(until: 5)
        hut.press()
        hut.run(until: 40)
        return Set(hut.disk.map(\.vital))
    }

    private static let ends: [(SimulatedFault, [String])] = [
        (.noSignal, []), (.noResult, ["started", "failed: released", "released"]),
        (.impossibleValue, ["started", "failed: released", "released"]), (.torn, []), (.silent, []), (.wrongBaud, []),
    ]

    @Test(arguments: ends)
    func `a finger without a value ends without one`(fault: SimulatedFault, expected: [String]) throws {
        var hut = try MortalHut("nonin-df8", plan(fault))
        hut.press()
        hut.run(until: 80)
        #expect(hut.disk.isEmpty)
        #expect(hut.told == expected)
    }

    @Test func `a finger that never settles is told after the profile's time`() throws {
        var conversation = Conversation(profile: try profile("nonin-df8"))
        _ = conversation.opened(at: at(0))
        var told: [Step] = []
        for second in 1...100 {
            told += conversation.receive(
                try hex(second % 2 == 0 ? "80 48 61 20" : "80 48 55 20"), at: at(Double(second)))
            if let deadline = conversation.deadline, deadline <= at(Double(second)) {
                told += conversation.deadlineReached(at: at(Double(second)))
            }
        }
        #expect(told == [.measurementStarted, .measurementFailed(.unsettled)])
    }

    @Test func `a line that breaks with a finger in tells it`() throws {
        var conversation = Conversation(profile: try profile("nonin-df8"))
        _ = conversation.opened(at: at(0))
        #expect(conversation.receive(try hex("80 48 61 20"), at: at(1)) == [.measurementStarted])
        #expect(conversation.lost(at: at(2)) == [.measurementFailed(.lineLost)])
        #expect(conversation.deadline == nil)
    }

    @Test func `a stream that stops without a word has let the finger go`() throws {
        var conversation = Conversation(profile: try profile("nonin-df8"))
        _ = conversation.opened(at: at(0))
        var told: [Step] = []
        for second in 1...6 { told += conversation.receive(try hex("80 48 61 20"), at: at(Double(second))) }
        #expect(told.count == 2)
        #expect(conversation.deadline == at(16))
        #expect(conversation.deadlineReached(at: at(16)) == [.released])
        #expect(conversation.deadline == nil)
    }

    @Test func `an idle mute scale is quiet, not silent`() throws {
        var hut = try MortalHut("tanita")
        hut.run(until: 600)
        #expect(hut.told.isEmpty && hut.sent.isEmpty && hut.hut.health == .quiet)
        hut.press()
        hut.run(until: 620)
        #expect(hut.told == [#"{"vital":"weight","kilograms":72.5}"#])
    }
}

struct MemorySimulatorTests {
    @Test(arguments: memories)
    func `every record comes with its place and its own time`(device: String) throws {
        var hut = try MortalHut(device)
        hut.run(until: 30)
        #expect(hut.disk.count == 3)
        #expect(Set(hut.disk.compactMap(\.memorySlot)).count == 3)
        #expect(Set(hut.disk.compactMap(\.deviceTime)).count == 3)
    }

    @Test func `a monitor that stays plugged in is read once`() throws {
        var hut = try MortalHut("beurer-bm58")
        hut.run(until: 600)
        #expect(hut.told.count == 3)
        #expect(hut.sent.count { $0.bytes == [0xA2] } == 1)
        #expect(hut.hut.health == .talking)
    }

    @Test func `a monitor that is off is asked again and again, and is no fault`() throws {
        var conversation = Conversation(profile: try profile("beurer-bm58"))
        var sent = conversation.opened(at: at(0))
        while let deadline = conversation.deadline, deadline <= at(100) {
            sent += conversation.deadlineReached(at: deadline)
        }
        #expect(sent.count > 10 && Set(sent) == [.send([0xAA])])
        #expect(conversation.health == .quiet)
        // Switched on: it answers the next time, and is read.
        var steps: [Step] = []
        while steps.isEmpty, let next = conversation.deadline { steps = conversation.deadlineReached(at: next) }
        #expect(steps == [.send([0xAA])])
        #expect(conversation.receive([0x55], at: at(106)) == [.send([0xA2])])
    }

    @Test func `two halves of two records are no record`() throws {
        var conversation = Conversation(profile: try profile("beurer-bm58"))
        _ = conversation.opened(at: at(0))
        _ = conversation.receive([0x55], at: at(0.1))
        #expect(conversation.receive([0x01], at: at(0.2)) == [.send([0xA3, 0x01])])
        #expect(conversation.receive(try hex("AC 57 32 47 05"), at: at(0.3)).isEmpty)
        // The cable slips; the question is asked again and answered in full.
        while let deadline = conversation.deadline, deadline <= at(2.3) {
            _ = conversation.deadlineReached(at: deadline)
        }
        let steps = conversation.receive(try hex("AC 60 36 42 01 01 08 1F 1A"), at: at(2.4))
        guard case .event(.reading(let reading), _)? = steps.first else { throw NoReading() }
        #expect(reading.vital == .bloodPressure(BloodPressure(systolic: 121, diastolic: 79, pulse: 66)))
        #expect(reading.memorySlot == 1)
    }

    private struct NoReading: Error {}

    @Test func `switched off and on again it is read again`() throws {
        var conversation = Conversation(profile: try profile("beurer-bm58"))
        func asked(_ steps: [Step]) -> Bool { steps.contains(.send([0xA2])) }
        _ = conversation.opened(at: at(0))
        #expect(asked(conversation.receive([0x55], at: at(0.1))))
        #expect(!asked(conversation.receive([0x00], at: at(0.2))), "an empty memory")
        _ = conversation.deadlineReached(at: at(6))
        #expect(!asked(conversation.receive([0x55], at: at(6.1))), "the same device")
        _ = conversation.deadlineReached(at: at(12))
        _ = conversation.deadlineReached(at: at(15))
        _ = conversation.deadlineReached(at: at(18))
        #expect(asked(conversation.receive([0x55], at: at(18.1))), "it was off in between")
    }
}
