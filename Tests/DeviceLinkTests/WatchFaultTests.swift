// The fault table against the watches, and a simulated watch of each family against a real conversation.
import Testing
import Vitals

@testable import DeviceLink

/// A family with a message that gives one line, and another to stand behind it. What a watch must have said before
/// stands in front of everything.
private struct Family: Sendable, CustomTestStringConvertible {
    var device: String
    var greeting: String
    var good: String
    var behind: String
    var testDescription: String { device }

    func heard(_ pieces: [UInt8]...) throws -> (lines: [String], tally: Tally) {
        try lines(device, [Array(greeting.utf8)] + pieces)
    }

    static let all = [
        Family(
            device: "watch-3g", greeting: "", good: "[3G*6005412902*0008*heart,71]",
            behind: "[ZJ*357653059860416*0007*000c*BLOOD,109,68]"),
        Family(
            device: "watch-iw", greeting: "IWAP00353456789012345#", good: "IWAPHP,,130,85,,,,,,,,,,#",
            behind: "IWAP49,68#"),
    ]
}

struct WatchFaultTests {
    @Test(arguments: Family.all)
    fileprivate func `a message cut at any length gives nothing, and the good one behind it everything`(
        family: Family
    ) throws {
        let (good, behind) = (Array(family.good.utf8), Array(family.behind.utf8))
        let expected = try family.heard(behind).lines
        for length in 0..<good.count {
            let torn = Array(good.prefix(length))
            #expect(try family.heard(torn).lines.isEmpty, "\(length) bytes")
            #expect(try family.heard(torn, behind).lines == expected, "\(length) bytes, then a good one")
        }
    }

    @Test(arguments: Family.all)
    fileprivate func `noise before a message is counted and costs nothing else`(family: Family) throws {
        let good = Array(family.good.utf8)
        let expected = try family.heard(good).lines
        #expect(expected.count == 1)
        for length in 0...64 {
            var chance = SeededChance(seed: UInt64(length))
            let noise = (0..<length).map { _ in UInt8.random(in: 0...255, using: &chance) }
            let found = try family.heard(noise + good)
            #expect(found.lines == expected, "noise \(HexText.text(of: noise))")
            #expect(found.tally.noiseBytes == length)
        }
    }

    @Test(arguments: Family.all)
    fileprivate func `a flipped bit never makes more of a message and never stops the next`(family: Family) throws {
        let (good, behind) = (Array(family.good.utf8), Array(family.behind.utf8))
        let expected = try family.heard(behind).lines
        for bit in 0..<good.count * 8 {
            var flipped = good
            flipped[bit / 8] ^= 1 << (bit % 8)
            let found = try family.heard(flipped, behind).lines
            #expect(found.suffix(expected.count) == expected[...], "bit \(bit): \(found)")
            #expect(found.count <= expected.count + 2, "bit \(bit): \(found)")
        }
    }

    @Test(arguments: Family.all)
    fileprivate func `two messages together are two, and the same one twice is heard twice`(family: Family) throws {
        let (good, behind) = (Array(family.good.utf8), Array(family.behind.utf8))
        let (first, second) = (try family.heard(good).lines, try family.heard(behind).lines)
        #expect(try family.heard(good + behind).lines == first + second)
        #expect(try family.heard(behind + good).lines == second + first)
        #expect(try family.heard(good, good).lines == first + first)
    }

    @Test(arguments: Family.all)
    fileprivate func `text without end is not kept`(family: Family) throws {
        var decoder = StreamDecoder(try profile(family.device))
        _ = decoder.push(Array(family.greeting.utf8))
        let endless = Array(family.good.utf8.dropLast()) + [UInt8](repeating: UInt8(ascii: "1"), count: 4_000)
        for _ in 0..<100 {
            #expect(decoder.push(endless).isEmpty)
            #expect(decoder.unfinished <= 4_096)
        }
    }

    @Test(arguments: Family.all)
    fileprivate func `any text between the marks is survived and never hides the next message`(family: Family) throws {
        let behind = Array(family.behind.utf8)
        let expected = try family.heard(behind).lines
        let (start, end) = family.device == "watch-3g" ? ("[3G*6005412902*", "]") : ("IWAP", "#")
        let letters = Array("0123456789,*.-AVNSEW[]#IWAPheartbphrtoxygenHTHP49AL_LTE\u{0}}".utf8)
        for seed in cases(3_000) {
            var chance = SeededChance(seed: UInt64(seed))
            let body = (0..<Int.random(in: 0...60, using: &chance)).map { _ in
                letters.randomElement(using: &chance) ?? 0
            }
            let found = try family.heard(Array(start.utf8) + body + Array(end.utf8), behind).lines
            #expect(
                found.suffix(expected.count) == expected[...], "seed \(seed): \(String(decoding: body, as: UTF8.self))")
        }
    }
}

/// What the hut hears of a watch, with a disk that can be broken.
private struct WatchBench: JoinedLine {
    var hut: Conversation
    var device: Simulator
    var now = at(0)
    var told: [String] = []
    /// Steps whose token the hut has not acknowledged, while its disk is broken.
    var saves = true

    init(_ name: String, _ plan: SimulationPlan) throws {
        let profile = try profile(name)
        (hut, device) = (Conversation(profile: profile), try Simulator(profile: profile, plan: plan))
        hut.told(HutTime(milliseconds: 1_767_256_200_000))
        open()
    }

    mutating func carry(_ steps: [Step]) {
        for step in steps {
            switch step {
            case .send(let bytes): toHut(device.receive(bytes, at: now))
            case .event(let event, let token):
                var line = JSONLine()
                line.add(event)
                told.append(line.text)
                if let token, saves { carry(hut.saved(token, at: now)) }
            case .measurementStarted, .measurementFailed, .released, .output: told.append("\(step)")
            }
        }
    }
}

struct WatchSimulatorTests {
    private static let devices = ["watch-3g", "watch-iw"]

    private func bench(
        _ device: String, _ fault: SimulatedFault? = nil, _ change: (inout SimulationPlan) -> Void = { _ in }
    ) throws -> WatchBench {
        var plan = SimulationPlan()
        plan.fault = fault
        change(&plan)
        return try WatchBench(device, plan)
    }

    private func from(_ device: String) -> String {
        #","from":""# + (device == "watch-3g" ? "3g:4700186508" : "iw:353456789012345") + #""}"#
    }

    private func values(_ device: String) -> [String] {
        [
            #"{"vital":"pulseRate","perMinute":72"#,
            #"{"vital":"wearableBloodPressure","systolic":138,"diastolic":86"#,
            #"{"vital":"oxygenSaturation","percent":97"#, #"{"vital":"temperature","celsius":36.5"#,
        ].map { $0 + from(device) }
    }

    @Test(arguments: devices)
    func `a simulated watch greets, is answered, and gives its values`(device: String) throws {
        var bench = try bench(device)
        bench.run(until: 59)
        #expect(bench.told == values(device))
        #expect(bench.hut.health == .talking && bench.hut.tally.noiseBytes == 0 && bench.hut.tally.faults == 0)
    }

    @Test(arguments: devices)
    func `its place and its button are heard`(device: String) throws {
        var bench = try bench(device) {
            $0.position = Position(latitudeE7: 399_087_000, longitudeE7: 1_163_975_000)
            ($0.batteryPercent, $0.sos) = (55, true)
        }
        bench.run(until: 0.5)
        let place = #"{"position":{"latitude":39.9087,"longitude":116.3975}"# + from(device)
        let battery = #"{"batteryPercent":55"# + from(device)
        #expect(bench.told.filter { $0 == place }.count == 2)
        #expect(bench.told.filter { $0 == battery }.count >= 2)
        #expect(bench.told.last == #"{"signal":"sos""# + from(device))
    }

    @Test(arguments: devices)
    func `a call is repeated every minute until it is on disk`(device: String) throws {
        var bench = try bench(device) { ($0.heartRate, $0.oxygen, $0.centiCelsius) = (nil, nil, nil) }
        bench.saves = false
        bench.run(until: 0.5)
        bench.press()
        bench.run(until: 150)
        func calls() -> Int { bench.told.count { $0.hasPrefix(#"{"signal":"sos""#) } }
        #expect(calls() == 3)
        bench.saves = true
        bench.run(until: 600)
        #expect(calls() == 4)
    }

    @Test(arguments: devices)
    func `a watch nobody answers greets every minute and gives nothing`(device: String) throws {
        var watch = try Simulator(profile: try profile(device), plan: SimulationPlan())
        let greeting = watch.opened(at: at(0))
        #expect(!greeting.isEmpty)
        for minute in 1...5 {
            #expect(watch.deadline == at(60 * Double(minute)))
            #expect(watch.deadlineReached(at: at(60 * Double(minute))) == greeting)
        }
    }

    /// What each fault leaves of the four values.
    private static let outcomes: [(SimulatedFault, count: Int)] = [
        (.torn, 0), (.noiseBefore, 4), (.bitFlip, 0), (.twoTogether, 8), (.duplicate, 8), (.stallMidFrame, 4),
        (.wrongBaud, 0), (.silent, 0), (.impossibleValue, 0), (.noSignal, 0),
    ]

    @Test(arguments: devices, outcomes)
    func `each fault of a watch ends as it should`(device: String, outcome: (SimulatedFault, count: Int)) throws {
        var bench = try bench(device, outcome.0)
        bench.run(until: 59)
        let readings = bench.told.filter { $0.hasPrefix(#"{"vital""#) }
        #expect(readings.count == outcome.count, "\(bench.told)")
        #expect(readings.allSatisfy(values(device).contains))
        if outcome.0 == .noSignal { #expect(bench.told.count { $0.hasPrefix(#"{"noValue":"noSignal""#) } == 4) }
        if outcome.0 == .impossibleValue { #expect(bench.told.count { $0.contains("implausible") } == 2) }
    }

    @Test(arguments: devices)
    func `every fault a watch can play is in this table`(device: String) throws {
        let playable = SimulatedFault.playable(by: try profile(device))
        #expect(Set(playable) == Set(WatchSimulatorTests.outcomes.map(\.0)))
    }

    @Test(arguments: devices)
    func `a band of another kind is refused with a hint`(device: String) throws {
        var plan = SimulationPlan()
        plan.band = BandID(rawValue: "!433d1f2a")
        let error = try #require(throws: SimulationError.self) {
            try Simulator(profile: try profile(device), plan: plan)
        }
        #expect(error.hint.contains(device == "watch-3g" ? "3g:" : "iw:"))
    }
}
