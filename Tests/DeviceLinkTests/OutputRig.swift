// A conversation that puts something out and a simulated device, joined by a line, under a clock that jumps.
import Testing
import Vitals

@testable import DeviceLink

struct OutputRig: JoinedLine {
    var hut: Conversation
    var device: Simulator
    var now = at(0)
    /// What the hut sent, message by message.
    var sent: [[UInt8]] = []
    /// What became of the jobs, by number.
    private(set) var results: [Int: OutputResult] = [:]
    private var jobs = 0

    init(_ name: String, _ fault: SimulatedFault? = nil) throws {
        var plan = SimulationPlan()
        plan.fault = fault
        let profile = try profile(name)
        (hut, device) = (Conversation(profile: profile), try Simulator(profile: profile, plan: plan))
        toHut(device.opened(at: now))
        carry(hut.opened(at: now))
    }

    mutating func show(_ fault: SimulatedFault?) throws {
        var plan = SimulationPlan()
        plan.fault = fault
        try device.show(plan)
    }

    mutating func put(_ job: OutputJob) {
        jobs += 1
        carry(hut.put(job, number: jobs, at: now))
    }

    mutating func carry(_ steps: [Step]) {
        for step in steps {
            switch step {
            case .send(let bytes):
                sent.append(bytes)
                toHut(device.receive(bytes, at: now))
            case .output(let number, let result):
                #expect(results.updateValue(result, forKey: number) == nil, "job \(number) ended twice")
            default: break
            }
        }
    }
}
