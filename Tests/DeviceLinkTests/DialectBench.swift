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

/// What frames say, as samples and as events.
func heard(_ device: String, _ bytes: [UInt8]) throws -> (samples: [Sample], events: [DeviceEvent], tally: Tally) {
    var decoder = StreamDecoder(try profile(device))
    let heard = decoder.push(bytes) + decoder.lookPastStall()
    return (heard.compactMap(\.sample), heard.compactMap(\.event), decoder.tally)
}
