// The three oximeters that speak a dialect: worked frames, sentinels, round trips, conversations, every fault.
import Testing
import Vitals

@testable import DeviceLink

private func oxygen(_ percent: Int, _ pulse: Int?, index: Int? = nil) -> Vital {
    .oxygenSaturation(
        OxygenSaturation(percent: percent, pulse: pulse.map { PerMinute($0) }, perfusionIndex: index))
}

private let oximeters = ["nonin-df2", "contec-v7", "nellcor-n595"]

struct NoninTests {
    @Test(arguments: [
        (1, "01 81 40 00 C2"), (2, "01 80 40 48 09"), (3, "01 80 40 61 22"), (4, "01 80 40 28 E9"),
        (8, "01 80 40 20 E1"), (9, "01 80 40 61 22"), (20, "01 80 40 00 C1"), (21, "01 80 40 48 09"),
    ])
    func `a packet has the worked frames at their places`(place: Int, frame: String) throws {
        let packet = NoninPacket(percent: 97, pulse: 72, status: 0, isSmart: true)
        #expect(Array(packet.bytes[(5 * place - 5)..<(5 * place)]) == (try hex(frame)))
    }

    @Test func `without a finger every frame says so and the numbers are 511 and 127`() throws {
        let packet = NoninPacket(
            percent: nil, pulse: nil, status: NoninPacket.fingerOut, isSmart: false, pleth: 0)
        #expect(packet.bytes.prefix(5).elementsEqual(try hex("01 89 00 03 8D")))
        #expect(packet.bytes.dropFirst(5).prefix(5).elementsEqual(try hex("01 88 00 7F 08")))
        let sample = try #require(try heard("nonin-df2", packet.bytes).samples.first)
        #expect(sample.vital == nil && sample.missing == .noSignal && !sample.isPresent)
    }

    @Test(arguments: [
        (NoninPacket.artifact, true, false), (NoninPacket.outOfTrack, true, false),
        (NoninPacket.fingerOut, false, true),
        (0, true, true),
    ])
    func `a status of the packet says how far a value is trusted`(status: UInt8, isIn: Bool, isGood: Bool) throws {
        let packet = NoninPacket(percent: 97, pulse: 72, status: status, isSmart: true)
        let sample = try #require(try heard("nonin-df2", packet.bytes).samples.first)
        #expect(sample.isPresent == isIn && sample.isUsable == isGood && sample.isBest)
        #expect(sample.vital == (isIn ? oxygen(97, 72) : nil))
        #expect(sample.raw == packet.bytes)
    }

    @Test func `the values for the display count, not the plain ones that go missing at once`() throws {
        var bytes = NoninPacket(percent: 97, pulse: 72, status: 0, isSmart: true).bytes
        for (place, float) in [(1, 3), (2, 0x7F), (3, 0x7F)] as [(Int, UInt8)] {
            let frame = 5 * place - 5
            bytes[frame + 3] = float
            bytes[frame + 4] = 1 &+ bytes[frame + 1] &+ bytes[frame + 2] &+ float
        }
        #expect(try heard("nonin-df2", bytes).samples.first?.vital == oxygen(97, 72))
    }

    @Test func `a packet that lost a frame gives nothing, and the next begins at its SYNC`() throws {
        let packet = NoninPacket(percent: 97, pulse: 72, status: 0, isSmart: true).bytes
        for lost in 0..<NoninPacket.frames {
            let torn = Array(packet[..<(5 * lost)] + packet[(5 * lost + 5)...])
            #expect(try heard("nonin-df2", torn).samples.isEmpty)
            #expect(try heard("nonin-df2", torn + packet).samples.count == 1)
        }
    }

    @Test func `no flipped bit of a frame passes`() throws {
        let packet = NoninPacket(percent: 97, pulse: 72, status: 0, isSmart: true).bytes
        for bit in 0..<packet.count * 8 {
            var flipped = packet
            flipped[bit / 8] ^= 1 << (bit % 8)
            #expect(try heard("nonin-df2", flipped).samples.isEmpty, "bit \(bit)")
        }
    }
}

struct ContecTests {
    @Test(arguments: [
        ("01 E0 85 B3 96 C1 E1 FF FF", oxygen(97, 65), true), ("01 E0 85 B3 96 C8 E1 FF FF", oxygen(97, 72), true),
        ("01 E0 C5 B3 96 C8 E1 FF FF", oxygen(97, 72), true), ("01 E1 84 C0 90 80 80 FF FF", nil, false),
        ("01 E9 80 C0 90 FF FF FF FF", nil, false),
    ])
    func `a worked packet gives its sample and is written again as it was`(
        packet: String, vital: Vital?, isIn: Bool
    ) throws {
        let bytes = try hex(packet)
        let sample = try #require(try heard("contec-v7", bytes).samples.first)
        #expect(sample.vital == vital && sample.isPresent == isIn)
        #expect(sample.missing == (vital == nil ? .noSignal : nil))
        #expect(ContecPacket(bytes[...]).bytes == bytes)
    }

    @Test(arguments: [
        (ContecOrder.startLive, "7D 81 A1 80 80 80 80 80 80"), (.stopLive, "7D 81 A2 80 80 80 80 80 80"),
        (.stopStored, "7D 81 A7 80 80 80 80 80 80"), (.stillHere, "7D 81 AF 80 80 80 80 80 80"),
    ])
    func `an order has its bytes`(order: ContecOrder, bytes: String) throws { #expect(order.bytes == (try hex(bytes))) }

    /// Payload byte, its value, and what becomes of 97 % and 72.
    @Test(
        arguments: [
            (4, 0x7F, nil, true), (4, 0, nil, true), (3, 0xFF, oxygen(97, nil), false), (3, 0, oxygen(97, nil), false),
            (1, 0xB3, oxygen(97, 72), false), (0, 0x15, oxygen(97, 72), false),
        ] as [(Int, UInt8, Vital?, Bool)])
    func `a value that is none, or still searched, is never trusted`(
        place: Int, byte: UInt8, vital: Vital?, isUsable: Bool
    ) throws {
        var packet = ContecLive(percent: 97, pulse: 72).packet
        packet.payload[place] = byte
        let sample = try #require(try heard("contec-v7", packet.bytes).samples.first)
        #expect(sample.vital == vital && sample.isUsable == isUsable)
    }

    @Test(arguments: [(0, 0), (1, 1), (215, 215), (2_200, 2_200), (0xFFFE, 0xFFFE), (nil, nil)] as [(Int?, Int?)])
    func `a perfusion index of hundredths is carried, FFFF is none`(sent: Int?, read: Int?) throws {
        let packet = ContecLive(percent: 97, pulse: 72, perfusionIndex: sent).packet
        let sample = try #require(try heard("contec-v7", packet.bytes).samples.first)
        #expect(sample.vital == oxygen(97, 72, index: read))
    }

    @Test func `every kind of packet is cut by its own length, whatever stands in it`() throws {
        for (type, length) in ContecPacket.lengths {
            let packet = ContecPacket(type: type, payload: [UInt8](repeating: 0xFF, count: length - 2))
            #expect(packet.bytes.count == length)
            let found = try heard("contec-v7", packet.bytes + packet.bytes)
            #expect(found.tally.frames == 2 && found.tally.noiseBytes == 0, "type \(type)")
        }
    }

    @Test func `an order refused says why, an order carried out says nothing`() throws {
        let refused = try heard("contec-v7", try hex("0B 81 81 85")).events
        guard case .fault(.deviceError(let code, let meaning, let kind), _) = try #require(refused.first) else {
            Issue.record("no device error")
            return
        }
        #expect(code == "05" && meaning != nil && kind == .machine)
        #expect(try heard("contec-v7", ContecPacket(type: 0x0B, payload: [0xA1, 0]).bytes).events.isEmpty)
    }

    @Test func `the hut says every five seconds that it is still there, and the stream never ends`() throws {
        var bench = try DialectBench("contec-v7") { $0.pressStart = false }
        #expect(
            bench.sent.prefix(3) == [
                ContecOrder.stopStored.bytes, ContecOrder.stopLive.bytes, ContecOrder.startLive.bytes,
            ])
        bench.run(until: 61)
        #expect(bench.sent.dropFirst(3) == [[UInt8]](repeating: ContecOrder.stillHere.bytes, count: 12)[...])
        #expect(bench.hut.health == .talking)
    }

    @Test func `an oximeter that is off is asked again every five seconds, and said to be silent`() throws {
        var bench = try DialectBench("contec-v7", .silent)
        bench.run(until: 31)
        #expect(bench.sent.dropFirst(3) == [[UInt8]](repeating: ContecOrder.startLive.bytes, count: 6)[...])
        #expect(bench.hut.health == .silent)
    }

    @Test func `the hut never orders to delete, to set or to send what is stored`() {
        #expect(Set(ContecOrder.allCases.map(\.rawValue)).isDisjoint(with: [0xA6, 0xAB, 0xAE, 0xB0, 0xB1, 0xB2, 0xB6]))
    }
}

struct NellcorTests {
    @Test(arguments: [
        ("12-NOV-98 14:00:05 100     120     50", oxygen(100, 120), true, true),
        ("01-JAN-26 08:30:00  97  72  50", oxygen(97, 72), true, true),
        ("01-JAN-26 08:30:00 85*     145*    12      SL PH", oxygen(85, 145), true, true),
        ("01-JAN-26 08:30:00 ---     ---     ---     SD", nil, false, true),
        ("01-JAN-26 08:30:00 ---     ---     ---     SO", nil, false, true),
        ("01-JAN-26 08:30:00 97      72      50      MO", oxygen(97, 72), true, false),
        ("01-JAN-26 08:30:00 97      72      50      LM", oxygen(97, 72), true, false),
        ("01-JAN-26 08:30:00 97      72      50      LP", oxygen(97, 72), true, false),
        ("01-JAN-26 08:30:00 97      72      50      PS", oxygen(97, 72), true, false),
        ("01-JAN-26 08:30:00 97      ---     50      AS LB", oxygen(97, nil), true, true),
        ("01-JAN-26 08:30:00 31      72      50", oxygen(31, 72), true, false),
    ])
    func `a line gives its sample`(line: String, vital: Vital?, isIn: Bool, isUsable: Bool) throws {
        let sample = try #require(try heard("nellcor-n595", Array((line + "\r\n").utf8)).samples.first)
        #expect(sample.vital == vital && sample.isPresent == isIn)
        #expect(sample.isUsable == isUsable)
        #expect(sample.missing == (vital == nil ? .noSignal : nil))
    }

    @Test(arguments: [
        "NPB-295   VERSION 2.0.0.0   CRC: XXXX   SpO2 Limit: 70-100%   PR Limit: 60-160BPM",
        "TIME                %SPO2   BPM     PA      Status", "ADULT   SPO2 RESP MODE: NORMAL",
    ])
    func `a heading is known and says nothing`(line: String) throws {
        let found = try heard("nellcor-n595", Array((line + "\r\n").utf8))
        #expect(found.samples.isEmpty && found.tally.frames == 1 && found.tally.faults == 0)
    }

    @Test(arguments: [
        "31-FEBR-26 08:31:00 97 72 50", "01-JAN-26 08:30:00 97 72", "01-JAN-26 08:30:00 97 72 50 x",
        "01-jan-26 08:30:00 97 72 50", "01-JAN-26 08:30:00 9 7 --", "01-JAN-26 08:30:00 +97 72 50", "*** EVENT ***",
        "01-JAN-26 08:30:00 1000 72 50",
    ])
    func `a line that is not one is a fault and no sample`(line: String) throws {
        let found = try heard("nellcor-n595", Array((line + "\r\n").utf8))
        #expect(found.samples.isEmpty && found.tally.faults == 1)
    }

    @Test func `a sensor disconnected is said once while it lasts`() throws {
        let line = Array("01-JAN-26 08:30:00 ---     ---     ---     SD\r\n".utf8)
        let good = Array("01-JAN-26 08:30:00 97      72      50\r\n".utf8)
        #expect(try heard("nellcor-n595", line + line + line).events.count == 1)
        #expect(try heard("nellcor-n595", line + good + line).events.count == 2)
    }

    @Test func `a worked line is written again as it was`() throws {
        let line = Array("12-NOV-98 14:00:05 100     120     50\r\n".utf8)
        #expect(NellcorLine(line.dropLast(2))?.bytes == line)
        let starred = Array("01-JAN-26 08:30:00 85*     145*    12      SL PH\r\n".utf8)
        #expect(NellcorLine(starred.dropLast(2))?.bytes == starred)
    }
}

struct OximeterDialectTests {
    @Test(arguments: oximeters)
    func `ten thousand values come back as they went`(device: String) throws {
        let dialect = try #require(NamedDecoder(rawValue: device)).dialect
        var decoder = StreamDecoder(try profile(device))
        for seed in cases(10_000) {
            var chance = SeededChance(seed: UInt64(seed))
            let percent = seed == 0 ? 50 : seed == 1 ? 100 : Int.random(in: 50...100, using: &chance)
            let pulse = seed == 0 ? 20 : seed == 1 ? 250 : Int.random(in: 20...250, using: &chance)
            let index = device == "contec-v7" && seed % 3 > 0 ? Int.random(in: 0...2_000, using: &chance) : nil
            let time = CivilTime(
                year: Int.random(in: 1970...2069, using: &chance), month: Int.random(in: 1...12, using: &chance),
                day: Int.random(in: 1...31, using: &chance), hour: Int.random(in: 0...23, using: &chance),
                minute: Int.random(in: 0...59, using: &chance), second: Int.random(in: 0...59, using: &chance))
            let vital = oxygen(percent, device != "nonin-df2" && seed % 7 == 6 ? nil : pulse, index: index)
            let frames = try #require(dialect.frames(of: DeviceReading(vital: vital, deviceTime: time)), "seed \(seed)")
            let sample = decoder.push(frames).compactMap(\.sample)
            #expect(sample.map(\.vital) == [vital], "seed \(seed)")
            #expect(sample.first?.deviceTime == (device == "nellcor-n595" ? time : nil), "seed \(seed)")
        }
    }

    @Test(arguments: oximeters)
    func `a finger put in is measured once, and the next finger once more`(device: String) throws {
        var bench = try DialectBench(device)
        bench.run(until: 60)
        #expect(bench.readings.map(\.vital) == [oxygen(97, 72)])
        #expect(bench.started == 1 && bench.failures.isEmpty && bench.faults.isEmpty)
        bench.press()
        bench.run(until: 120)
        #expect(bench.readings.map(\.vital) == [oxygen(97, 72), oxygen(97, 72)])
    }

    @Test(arguments: oximeters)
    func `no finger is no measurement`(device: String) throws {
        var bench = try DialectBench(device) { $0.pressStart = false }
        bench.run(until: 120)
        #expect(bench.events.isEmpty && bench.started == 0)
    }

    @Test(arguments: oximeters, SimulatedFault.allCases)
    func `no fault makes a value that nobody had`(device: String, fault: SimulatedFault) throws {
        guard let bench = try DialectBench.played(device, fault, until: 90) else { return }
        let readings = bench.readings
        switch fault {
        case .wrongBaud:
            #expect(bench.events.isEmpty)
            #expect([.babbling, .silent].contains(bench.hut.health))
        case .silent, .noResult: #expect(bench.events.isEmpty)
        case .noSignal: #expect(readings.isEmpty && bench.events.count <= 1)
        case .impossibleValue: #expect(readings.isEmpty)
        case .errorFrame:
            #expect(readings.isEmpty)
            #expect(bench.faults.first?.kind == .machine)
        case .impossibleDate: #expect(readings.first?.deviceTime == nil && readings.first != nil)
        // One frame is hit; the others say what there is to say.
        default: #expect(readings.map(\.vital) == [oxygen(97, 72)])
        }
    }

    @Test(arguments: oximeters)
    func `a megabyte of noise is no reading and is not kept`(device: String) throws {
        try expectNothing(ofNoiseTo: device, seed: 7, keptAtMost: 128)
    }
}
