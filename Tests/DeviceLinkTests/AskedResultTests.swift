// Modules that give their result only when they are asked: started by the hut, watched while they pump, asked when they
// say that they are done. Conversation and simulator play against each other, from the same folder.
import Testing
import Vitals

@testable import DeviceLink

struct AskedResultTests {
    /// Plays a measurement to its end; what was told, and how often the hut spoke.
    private func play(_ device: String, fault: SimulatedFault? = nil) throws -> (told: [String], spoken: Int) {
        let profile = try profile(device)
        var plan = SimulationPlan()
        plan.fault = fault
        var (hut, module) = (Conversation(profile: profile), try Simulator(profile: profile, plan: plan))
        var (told, spoken) = ([String](), 0)
        func carry(_ steps: [Step], at now: MonotonicTime) {
            for step in steps {
                switch step {
                case .send(let bytes):
                    spoken += 1
                    let answer = module.receive(bytes, at: now)
                    if !answer.isEmpty { carry(hut.receive(answer, at: now), at: now) }
                case .measurementStarted: told.append("started")
                case .measurementFailed(let why): told.append("failed: \(why)")
                case .released: told.append("released")
                case .output: break
                case .event(.cuffPressure, _): if told.last != "pumping" { told.append("pumping") }
                case .event(let event, _):
                    var line = JSONLine()
                    line.add(event)
                    told.append(line.text)
                }
            }
        }
        carry(hut.opened(at: at(0)), at: at(0))
        let sent = module.opened(at: at(0))
        if !sent.isEmpty { carry(hut.receive(sent, at: at(0)), at: at(0)) }
        carry(hut.startMeasurement(at: at(1)), at: at(1))
        for tenth in 11..<2_200 {
            let now = at(Double(tenth) / 10)
            let sent = module.deadlineReached(at: now)
            if !sent.isEmpty { carry(hut.receive(sent, at: now), at: now) }
            if let deadline = hut.deadline, deadline <= now { carry(hut.deadlineReached(at: now), at: now) }
        }
        return (told, spoken)
    }

    @Test(arguments: ["suntech-advantage", "par-nibp2020"])
    func `a module is watched while it pumps and asked when it is done`(device: String) throws {
        let (told, spoken) = try play(device)
        #expect(told.prefix(2) == ["started", "pumping"])
        #expect(told.last?.contains(#""systolic":138,"diastolic":86"#) == true)
        #expect(told.count == 3, "\(told)")
        // Live pressure is asked for five times a second while it measures, and never after.
        #expect(device == "suntech-advantage" ? (100...260).contains(spoken) : spoken == 3, "\(spoken)")
    }

    @Test(arguments: ["suntech-advantage", "par-nibp2020"])
    func `an error is asked for like a result`(device: String) throws {
        let told = try play(device, fault: .errorFrame).told
        #expect(told.last?.contains("deviceError") == true, "\(told)")
    }

    @Test(arguments: ["suntech-advantage", "par-nibp2020"])
    func `a module that never says it is done has failed`(device: String) throws {
        #expect(try play(device, fault: .noResult).told == ["started", "pumping", "failed: silent"])
    }
}

struct UsualSilenceTests {
    @Test func `a monitor that answers only with a result is not said to be silent when it has none`() throws {
        var hut = Conversation(profile: try profile("accuniq-bp250"))
        _ = hut.opened(at: at(0))
        let pressure = BloodPressure(systolic: MmHg(138), diastolic: MmHg(86), mean: MmHg(103), pulse: PerMinute(72))
        let time = CivilTime(year: 2026, month: 1, day: 1, hour: 8, minute: 30)
        let reading = DeviceReading(vital: .bloodPressure(pressure), deviceTime: time)
        let result = try #require(try table("accuniq-bp250").frame(of: reading))
        var token: Int?
        for step in hut.receive(result, at: at(1)) { if case .event(_, let given) = step { token = given } }
        _ = hut.saved(try #require(token), at: at(1))
        var asked = 0
        for second in 2..<120 {
            asked += sent(hut.deadlineReached(at: at(Double(second)))).count
            #expect(hut.health == .talking, "after \(second) s")
        }
        #expect(asked > 20)
    }
}
