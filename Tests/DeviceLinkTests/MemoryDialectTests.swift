// The three devices with a memory that speak a dialect: worked frames, sentinels, round trips, reading out, every fault.
import Testing
import Vitals

@testable import DeviceLink

private let memories = ["microlife-bpa", "onetouch-ultraeasy", "contour-astm"]

private func pressure(_ systolic: Int, _ diastolic: Int, _ pulse: Int) -> Vital {
    .bloodPressure(
        BloodPressure(systolic: MmHg(systolic), diastolic: MmHg(diastolic), pulse: PerMinute(pulse)))
}

private func glucose(_ milligrams: Int, _ meal: Glucose.Meal? = nil) -> Vital {
    .glucose(Glucose(milligramsPerDecilitre: milligrams, meal: meal))
}

struct UltraEasyTests {
    @Test(arguments: [
        (UltraEasyFrame(control: .disconnects), "02 06 08 03 C2 62"),
        (UltraEasyFrame(control: .acknowledges), "02 06 04 03 AF 27"),
        (UltraEasyFrame(control: [], data: [0x05, 0x0D, 0x02]), "02 09 00 05 0D 02 03 DA 71"),
        (UltraEasyFrame(control: [], data: UltraEasyFrame.askCount), "02 0A 00 05 1F F5 01 03 38 AA"),
        (UltraEasyFrame(control: .expects, data: UltraEasyFrame.count(2)), "02 0A 02 05 0F 02 00 03 2C 6F"),
        (
            UltraEasyFrame(control: [.sends, .expects], data: UltraEasyFrame.askRecord(0)),
            "02 0A 03 05 1F 00 00 03 4B 5F"
        ),
        (
            UltraEasyFrame(control: .sends, data: UltraEasyRecord(seconds: 1_767_256_200, milligrams: 101).data),
            "02 10 01 05 06 88 30 56 69 65 00 00 00 03 E9 36"
        ),
    ])
    func `a worked frame is written and read`(frame: UltraEasyFrame, bytes: String) throws {
        let bytes = try hex(bytes)
        #expect(frame.bytes == bytes)
        #expect(UltraEasyFrame(bytes[...]) == frame)
        #expect(try heard("onetouch-ultraeasy", bytes).tally.frames == 1)
    }

    @Test func `the worked session: what the hut says to two records, bit for bit`() throws {
        var bench = try DialectBench("onetouch-ultraeasy")
        bench.run(until: 1)
        let sent = bench.sent.map { UltraEasyFrame($0[...]) }
        #expect(
            sent.map(\.control) == [
                .disconnects, [], [.acknowledges, .sends, .expects], [.sends, .expects], [.acknowledges], [],
                [.acknowledges, .sends, .expects], [.sends, .expects], [.acknowledges], [.disconnects],
            ])
        #expect(sent[1].data == UltraEasyFrame.askCount)
        #expect(sent[3].data == UltraEasyFrame.askRecord(0) && sent[5].data == UltraEasyFrame.askRecord(1))
        // 05 1A erases.
        #expect(!sent.contains { $0.data.starts(with: [0x05, 0x1A]) })
    }

    @Test func `the same frame twice is one record, another with the same bits is another`() throws {
        let one = UltraEasyFrame(control: .sends, data: UltraEasyRecord(seconds: 9, milligrams: 101).data).bytes
        let other = UltraEasyFrame(control: .sends, data: UltraEasyRecord(seconds: 9, milligrams: 102).data).bytes
        #expect(try heard("onetouch-ultraeasy", one + one).events.count == 1)
        #expect(try heard("onetouch-ultraeasy", one + other).events.count == 2)
    }

    @Test(
        arguments: [(19, false), (20, true), (600, true), (601, false), (0, false), (0xFFFF_FFFF, false)]
            as [(UInt32, Bool)])
    func `a value the meter cannot measure is a fault`(milligrams: UInt32, isOne: Bool) throws {
        let frame = UltraEasyFrame(control: .sends, data: UltraEasyRecord(seconds: 9, milligrams: milligrams).data)
        let event = try #require(try heard("onetouch-ultraeasy", frame.bytes).events.first)
        if case .reading = event { #expect(isOne) } else { #expect(!isOne) }
    }
}

struct MemoryDialectTests {
    @Test(arguments: memories)
    func `ten thousand records come back as they went`(device: String) throws {
        let dialect = try #require(NamedDecoder(rawValue: device)).dialect
        var decoder = StreamDecoder(try profile(device))
        for seed in cases(10_000) {
            var chance = SeededChance(seed: UInt64(seed))
            let reading = DeviceReading(
                vital: vital(device, seed, &chance), deviceTime: time(device, &chance), memorySlot: 1)
            let frames = try #require(dialect.frames(of: reading), "seed \(seed)")
            let events = decoder.push(frames).compactMap(\.event)
            guard case .reading(let heard) = try #require(events.first, "seed \(seed)"), events.count == 1 else {
                Issue.record("seed \(seed): \(events)")
                return
            }
            #expect(heard.vital == reading.vital && heard.deviceTime == reading.deviceTime, "seed \(seed)")
            #expect(heard.memorySlot == 1, "seed \(seed)")
        }
    }

    /// The legal range of each device with both its ends.
    private func vital(_ device: String, _ seed: Int, _ chance: inout SeededChance) -> Vital {
        if device == "microlife-bpa" {
            let diastolic = seed == 0 ? 30 : seed == 1 ? 200 : Int.random(in: 30...200, using: &chance)
            let systolic =
                seed == 0 ? 50 : seed == 1 ? 300 : Int.random(in: max(50, diastolic + 10)...300, using: &chance)
            return pressure(
                systolic, diastolic, seed == 0 ? 20 : seed == 1 ? 250 : Int.random(in: 20...250, using: &chance))
        }
        let milligrams = seed == 0 ? 20 : seed == 1 ? 600 : Int.random(in: 20...600, using: &chance)
        return glucose(
            milligrams, device == "contour-astm" ? [nil, .before, .after].randomElement(using: &chance) ?? nil : nil)
    }

    private func time(_ device: String, _ chance: inout SeededChance) -> CivilTime {
        CivilTime(
            year: Int.random(in: 2000...2099, using: &chance), month: Int.random(in: 1...12, using: &chance),
            day: Int.random(in: 1...28, using: &chance), hour: Int.random(in: 0...23, using: &chance),
            minute: Int.random(in: 0...59, using: &chance),
            second: device == "onetouch-ultraeasy" ? Int.random(in: 0...59, using: &chance) : 0)
    }

    @Test(arguments: memories)
    func `a memory is read out once, however often the hut looks`(device: String) throws {
        var bench = try DialectBench(device)
        bench.run(until: 300)
        #expect(bench.readings.map(\.memorySlot) == [1, 2, 3])
        #expect(
            bench.readings.map { $0.deviceTime?.iso } == [
                "2026-01-01T08:30:00", "2025-12-31T20:30:00", "2025-12-31T08:30:00",
            ])
        #expect(bench.faults.isEmpty && bench.failures.isEmpty && bench.hut.health == .talking)
    }

    @Test(arguments: memories)
    func `what is new in a memory comes without what was read before`(device: String) throws {
        var bench = try DialectBench(device)
        bench.run(until: 10)
        let before = bench.readings
        var later = SimulationPlan()
        later.clock = CivilTime(year: 2026, month: 1, day: 1, hour: 20, minute: 30)
        later.pressure = BloodPressure(systolic: 134, diastolic: 86, pulse: 72)
        later.glucose = Glucose(milligramsPerDecilitre: 97, meal: .before)
        try bench.device.show(later)
        bench.run(until: 100)
        // The simulated values rise by four from record to record, so the old ones stand behind the new one.
        #expect(bench.readings.count == before.count + 1)
        #expect(bench.readings.last?.deviceTime?.hour == 20 && bench.readings.last?.memorySlot == 1)
    }

    @Test(arguments: memories)
    func `two records alike are two`(device: String) throws {
        var bench = try DialectBench(device) { $0.fault = .clockUnset }
        bench.run(until: 100)
        #expect(bench.readings.count == 3)
    }

    @Test(arguments: memories)
    func `nothing on the cable is silence, asked again every half minute`(device: String) throws {
        var bench = try DialectBench(device, .silent)
        bench.run(until: 25)
        #expect(bench.hut.health == .silent && bench.events.isEmpty)
        let asked = bench.sent.count
        bench.run(until: 100)
        #expect(bench.sent.count > asked)
    }

    @Test(arguments: memories, SimulatedFault.allCases)
    func `no fault makes a record that nobody measured, and none loses one`(device: String, fault: SimulatedFault)
        throws
    {
        guard let bench = try DialectBench.played(device, fault, until: 200) else { return }
        let readings = bench.readings
        switch fault {
        case .wrongBaud:
            #expect(bench.events.isEmpty)
            #expect([.babbling, .silent].contains(bench.hut.health))
        case .silent, .noResult: #expect(bench.events.isEmpty)
        case .impossibleValue:
            #expect(readings.isEmpty)
            #expect(bench.faults.contains { if case .implausible = $0 { true } else { false } })
        case .errorFrame: #expect(readings.count == 2 && bench.events.count > 2)
        case .impossibleDate: #expect(readings.count == 3 && readings.first?.deviceTime == nil)
        case .clockUnset: #expect(readings.count == 3 && Set(readings.map(\.deviceTime)).count == 1)
        default:
            #expect(readings.map(\.vital).count == 3)
            #expect(Set(readings.map { $0.deviceTime?.iso }).count == 3)
        }
    }

    @Test(arguments: memories)
    func `a megabyte of noise is no record, and a bounded part of it is kept`(device: String) throws {
        try expectNothing(ofNoiseTo: device, seed: 11, keptAtMost: profile(device).framing.messageLengths.upperBound)
    }
}
