// A simulated instrument talks with a real conversation, byte for byte, over a line made of a variable.
import Testing
import Vitals

@testable import DeviceLink

/// What a kiosk and a log would be told.
private struct Bench: JoinedLine {
    var hut: Conversation
    var device: Simulator
    var now = at(0)
    var told: [String] = []

    init(_ name: String, _ plan: SimulationPlan) throws {
        let profile = try profile(name)
        (hut, device) = (Conversation(profile: profile), try Simulator(profile: profile, plan: plan))
        open()
    }

    mutating func carry(_ steps: [Step]) {
        for step in steps {
            switch step {
            case .send(let bytes): toHut(device.receive(bytes, at: now))
            case .measurementStarted: told.append("started")
            case .measurementFailed(let why): told.append("failed: \(why)")
            case .released: told.append("released")
            case .output(let number, let result): told.append("job \(number): \(result)")
            case .event(.cuffPressure, _): if told.last != "pumping" { told.append("pumping") }
            case .event(let event, _):
                var line = JSONLine()
                line.add(event)
                told.append(line.text)
            }
        }
    }
}

private let ordinary =
    #"{"vital":"bloodPressure","systolic":138,"diastolic":86,"pulse":72,"deviceTime":"2026-01-01T08:30:00"}"#
private let pushed = String(ordinary.dropLast()) + #","moved":false}"#

struct SimulatorTests {
    private func bench(
        _ device: String, _ fault: SimulatedFault? = nil, _ change: (inout SimulationPlan) -> Void = { _ in }
    ) throws -> Bench {
        var plan = SimulationPlan()
        plan.fault = fault
        change(&plan)
        return try Bench(device, plan)
    }

    @Test func `a simulated Maibobo is started, pumps and gives its reading`() throws {
        var bench = try bench("maibobo")
        bench.run(until: 5)
        #expect(bench.told.isEmpty)
        bench.carry(bench.hut.startMeasurement(at: bench.now))
        bench.run(until: 60)
        #expect(bench.told == ["started", "pumping", ordinary])
        #expect(bench.hut.tally.noiseBytes == 0 && bench.hut.health == .talking)
    }

    @Test func `pressing its key is heard as a start`() throws {
        var bench = try bench("maibobo") { $0.pressStart = true }
        bench.run(until: 60)
        #expect(bench.told == ["started", "pumping", ordinary])
    }

    @Test func `stopping a simulated Maibobo leaves no result`() throws {
        var bench = try bench("maibobo")
        bench.carry(bench.hut.startMeasurement(at: bench.now))
        bench.run(until: 10)
        bench.carry(bench.hut.stopMeasurement(at: bench.now))
        bench.run(until: 300)
        #expect(bench.told == ["started", "pumping", "failed: stopped"])
    }

    @Test func `a simulated HBP-9030 says nothing before its line`() throws {
        var bench = try bench("omron-hbp-9030") { $0.pressStart = true }
        bench.run(until: 34.9)
        #expect(bench.told.isEmpty)
        bench.run(until: 36)
        #expect(bench.told == [pushed])
    }

    @Test func `a moved body is in the line`() throws {
        var bench = try bench("omron-hbp-9030") {
            $0.pressStart = true
            $0.pressure.moved = true
        }
        bench.run(until: 36)
        #expect(bench.told.first?.contains(#""moved":true"#) == true)
    }

    private static let ofMaibobo: [(SimulatedFault, [String])] = [
        (.torn, ["started", "pumping", "failed: silent"]),
        (.noiseBefore, ["started", "pumping", ordinary]), (.bitFlip, ["started", "pumping", "failed: silent"]),
        (.twoTogether, ["started", "pumping", ordinary]), (.duplicate, ["started", "pumping", ordinary, ordinary]),
        (.stallMidFrame, ["started", "pumping", ordinary]), (.wrongBaud, ["failed: silent"]),
        (.silent, ["failed: silent"]), (.noResult, ["started", "pumping", "failed: silent"]),
        (
            .errorFrame,
            ["started", "pumping", #"{"fault":"deviceError","code":"0F","meaning":"system leak"}"#]
        ),
        (.impossibleValue, ["started", "pumping", #"{"fault":"implausible","field":"systolic"}"#]),
        (
            .impossibleDate,
            ["started", "pumping", ordinary.replacing(#","deviceTime":"2026-01-01T08:30:00""#, with: "")]
        ),
    ]

    @Test(arguments: ofMaibobo)
    func `each fault of a Maibobo ends as it should`(fault: SimulatedFault, expected: [String]) throws {
        var bench = try bench("maibobo", fault)
        bench.carry(bench.hut.startMeasurement(at: bench.now))
        bench.run(until: 170)
        #expect(bench.told == expected)
        let health: LineHealth =
            fault == .wrongBaud ? .babbling : expected.last == "failed: silent" ? .silent : .talking
        #expect(bench.hut.health == health)
    }

    private static let ofMonitor: [(SimulatedFault, [String])] = [
        (.torn, []), (.noiseBefore, [pushed]), (.bitFlip, []),
        (.twoTogether, [pushed, pushed]), (.duplicate, [pushed, pushed]),
        (.stallMidFrame, [pushed]), (.wrongBaud, []), (.silent, []), (.noResult, []),
        (.errorFrame, [#"{"fault":"deviceError","code":"7"}"#]),
        (.impossibleValue, [#"{"fault":"implausible","field":"systolic"}"#]),
        (.impossibleDate, [pushed.replacing(#","deviceTime":"2026-01-01T08:30:00""#, with: "")]),
        (
            .wrongFormat,
            [
                #"{"fault":"wrongFormat","meaning":"another output format is selected on the monitor; "#
                    + #"choose 5 in maintenance item 32"}"#
            ]
        ),
    ]

    @Test(arguments: ofMonitor)
    func `each fault of an HBP-9030 ends as it should`(fault: SimulatedFault, expected: [String]) throws {
        var bench = try bench("omron-hbp-9030", fault) { $0.pressStart = true }
        bench.run(until: 60)
        #expect(bench.told == expected)
    }

    private static let health = [
        #"{"vital":"pulseRate","perMinute":72,"from":"!433d1f2a"}"#,
        #"{"vital":"oxygenSaturation","percent":97,"from":"!433d1f2a"}"#,
        #"{"vital":"temperature","celsius":36.5,"from":"!433d1f2a"}"#,
    ]

    @Test func `a simulated radio connects and gives its band's values, position, battery and button`() throws {
        var bench = try bench("meshtastic") {
            $0.sos = true
            $0.position = Position(latitudeE7: 399_087_000, longitudeE7: 1_163_975_000)
            $0.batteryPercent = 12
        }
        bench.run(until: 30)
        #expect(
            bench.told == [
                #"{"position":{"latitude":39.9087,"longitude":116.3975},"from":"!433d1f2a"}"#,
                #"{"batteryPercent":12,"from":"!433d1f2a"}"#, #"{"signal":"lowBattery","from":"!433d1f2a"}"#,
                #"{"signal":"sos","from":"!433d1f2a"}"#,
            ] + Self.health)
        #expect(bench.hut.health == .talking)
    }

    @Test func `the button is heard later, too, and another plan keeps the connection`() throws {
        var bench = try bench("meshtastic")
        bench.run(until: 10)
        bench.toHut(bench.device.press(at: bench.now))
        var plan = SimulationPlan()
        (plan.heartRate, plan.oxygen, plan.centiCelsius) = (118, nil, nil)
        try bench.device.show(plan)
        bench.run(until: 70)
        let fast = #"{"vital":"pulseRate","perMinute":118,"from":"!433d1f2a"}"#
        #expect(bench.told == Self.health + [#"{"signal":"sos","from":"!433d1f2a"}"#, fast])
    }

    private static let ofRadio: [(SimulatedFault, [String])] = [
        (.torn, []), (.noiseBefore, health), (.twoTogether, health + health), (.duplicate, health),
        (.stallMidFrame, health), (.wrongBaud, []), (.silent, []), (.encrypted, []), (.rebooted, health),
        (.textInside, []),
        (.noSignal, [#"{"noValue":"noSignal","vital":"pulseRate","from":"!433d1f2a"}"#]),
        (
            .impossibleValue,
            [#"{"fault":"implausible","field":"perMinute"}"#, #"{"fault":"implausible","field":"percent"}"#]
        ),
    ]

    @Test(arguments: ofRadio)
    func `each fault of a radio ends as it should`(fault: SimulatedFault, expected: [String]) throws {
        var bench = try bench("meshtastic", fault)
        bench.run(until: 1.9)
        if fault == .stallMidFrame { bench.run(until: 5) }
        #expect(bench.told == expected)
    }

    @Test(arguments: ["maibobo", "omron-hbp-9030", "meshtastic"])
    func `every fault a device can play has an outcome in these tables`(device: String) throws {
        let playable = SimulatedFault.playable(by: try profile(device))
        #expect(playable.count >= 12)
        for fault in SimulatedFault.allCases {
            var plan = SimulationPlan()
            plan.fault = fault
            let simulator = try? Simulator(profile: try profile(device), plan: plan)
            #expect((simulator != nil) == playable.contains(fault), "\(fault)")
            #expect(!fault.summary.isEmpty)
        }
    }

    @Test func `what a device cannot show is refused with a hint`() throws {
        var plan = SimulationPlan()
        plan.pressure = BloodPressure(systolic: 1_200, diastolic: 80)
        let cuff = try #require(throws: SimulationError.self) {
            try Simulator(profile: try profile("omron-hbp-9030"), plan: plan)
        }
        #expect(!cuff.hint.isEmpty)
        plan.pressure = BloodPressure(systolic: 138, diastolic: 86)
        #expect(throws: SimulationError.self, "a 0 for the pulse would be a lie") {
            try Simulator(profile: try profile("maibobo"), plan: plan)
        }
        plan.band = BandID(rawValue: "band 7")
        let radio = try #require(throws: SimulationError.self) {
            try Simulator(profile: try profile("meshtastic"), plan: plan)
        }
        #expect(radio.problem.contains("band 7"))
    }

    @Test(arguments: [
        ("138/86/72", BloodPressure(systolic: 138, diastolic: 86, pulse: 72)),
        ("138/86", BloodPressure(systolic: 138, diastolic: 86)),
    ])
    func `a reading on the command line is read`(text: String, expected: BloodPressure) {
        #expect(SimulationPlan.pressure(text) == expected)
    }

    @Test(arguments: ["", "138", "138/", "138/x", "138/86/", "1/2/3/4", "-138/86", "138/86/72 "])
    func `what is no reading is refused`(text: String) {
        #expect(SimulationPlan.pressure(text) == nil)
    }
}
