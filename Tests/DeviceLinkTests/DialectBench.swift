// A simulated dialect device and a conversation, joined by a line, and a clock that jumps from deadline to deadline.
import Testing
import Vitals

@testable import DeviceLink

/// What a hut hears of a simulated device.
struct DialectBench: JoinedLine {
    var hut: Conversation
    var device: Simulator
    var now = at(0)
    /// Every byte the hut sent.
    private(set) var sent: [[UInt8]] = []
    private(set) var events: [DeviceEvent] = []
    private(set) var failures: [MeasurementFailure] = []
    private(set) var started = 0

    init(_ name: String, _ fault: SimulatedFault? = nil, _ change: (inout SimulationPlan) -> Void = { _ in }) throws {
        let profile = try profile(name)
        var plan = SimulationPlan()
        (plan.fault, plan.pressStart) = (fault, true)
        change(&plan)
        (hut, device) = (Conversation(profile: profile), try Simulator(profile: profile, plan: plan))
        open()
    }

    /// A bench with this fault, run so long; nil for a fault that the device cannot play, which it must refuse.
    static func played(_ name: String, _ fault: SimulatedFault, until end: Double) throws -> DialectBench? {
        guard SimulatedFault.playable(by: try profile(name)).contains(fault) else {
            #expect(throws: SimulationError.self) { try DialectBench(name, fault) }
            return nil
        }
        var bench = try DialectBench(name, fault)
        bench.run(until: end)
        return bench
    }

    mutating func carry(_ steps: [Step]) {
        for step in steps {
            switch step {
            case .send(let bytes):
                sent.append(bytes)
                toHut(device.receive(bytes, at: now))
            case .measurementStarted: started += 1
            case .measurementFailed(let why): failures.append(why)
            case .event(let event, _): events.append(event)
            default: break
            }
        }
    }

    /// Bytes come one by one, as a slow line brings them.
    mutating func toHut(_ bytes: [UInt8]) {
        for byte in bytes { carry(hut.receive([byte], at: now)) }
    }

    var readings: [DeviceReading] {
        events.compactMap { if case .reading(let reading) = $0 { reading } else { nil } }
    }

    var faults: [DeviceFault] {
        events.compactMap { if case .fault(let fault, _) = $0 { fault } else { nil } }
    }
}

/// A megabyte of noise is no reading, and no more of it is kept than this.
func expectNothing(ofNoiseTo device: String, seed: UInt64, keptAtMost most: Int) throws {
    var decoder = StreamDecoder(try profile(device))
    var chance = SeededChance(seed: seed)
    for _ in 0..<256 {
        let noise = (0..<4_096).map { _ in UInt8.random(in: 0...255, using: &chance) }
        for one in decoder.push(noise) {
            if case .reading = one.event { Issue.record("noise is a reading: seed \(seed)") }
        }
        #expect(decoder.unfinished <= most)
    }
}

/// What frames say, as samples and as events.
func heard(_ device: String, _ bytes: [UInt8]) throws -> (samples: [Sample], events: [DeviceEvent], tally: Tally) {
    var decoder = StreamDecoder(try profile(device))
    let heard = decoder.push(bytes) + decoder.lookPastStall()
    return (heard.compactMap(\.sample), heard.compactMap(\.event), decoder.tally)
}
