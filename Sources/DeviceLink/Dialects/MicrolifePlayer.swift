// A Microlife monitor with a few records in its memory, as the kernel's tty shows it.
import Vitals

/// The device's side.
struct MicrolifePlayer: Player {
    private var plan: SimulationPlan
    private var memory: [MicrolifeCycle] = []
    private var fault = OneFault()
    private var framer = Framer(MicrolifeBPA().framing.map(\.heardByDevice) ?? .own(MicrolifeCommandFraming()))
    private var ear = CommandEar()

    /// The owner of the worked answer, and its clock of the plan.
    private static let owner = "4A47454F5247999999999900"
    /// What a clock nobody has set says: year 15 and nothing else.
    private static let unset = CivilTime(year: 2015, month: 0, day: 0, hour: 0, minute: 0)

    init(_ plan: SimulationPlan) { self.plan = plan }

    mutating func show(_ plan: SimulationPlan) throws(SimulationError) {
        var memory: [MicrolifeCycle] = []
        for (index, time) in SimulatedMemory.times(plan, unset: MicrolifePlayer.unset).enumerated() {
            var pressure = plan.pressure
            pressure.systolic = MmHg(pressure.systolic.value + 4 * index)
            if plan.fault == .impossibleValue { pressure.systolic = 20 }
            guard let cycle = MicrolifeCycle(DeviceReading(vital: .bloodPressure(pressure), deviceTime: time)) else {
                throw SimulationError(
                    problem: "the device cannot show that reading", hint: "with a pulse, as in 138/86/72; up to 1023")
            }
            memory.append(cycle)
        }
        (self.plan, self.memory, fault) = (plan, memory, OneFault(plan.fault))
    }

    var deadline: MonotonicTime? { nil }
    mutating func opened(at now: MonotonicTime, _ outbox: inout Outbox) { framer.abandon() }
    mutating func press(at now: MonotonicTime, _ outbox: inout Outbox) {}
    mutating func deadlineReached(at now: MonotonicTime, _ outbox: inout Outbox) {}

    mutating func receive(_ bytes: [UInt8], at now: MonotonicTime, _ outbox: inout Outbox) {
        framer.push(bytes, to: &ear)
        for command in ear.take() {
            switch command {
            case MicrolifeCommand.readCycles:
                let answer = MicrolifeAnswer.cycles(owner: MicrolifePlayer.owner, memory.map(\.text))
                outbox.put(answer.bytes, before: ownerAnswer, fault.strike(), at: now)
            case MicrolifeCommand.readOwner: outbox.put(ownerAnswer, at: now)
            case MicrolifeCommand.readClock: outbox.put(clockAnswer, at: now)
            default: break
            }
        }
    }

    private var ownerAnswer: [UInt8] {
        MicrolifeAnswer(text: Array("\(MicrolifePlayer.owner.prefix(22)),05.00\r\n".utf8)).bytes
    }

    private var clockAnswer: [UInt8] {
        let clock = plan.clock
        let text = [clock.month, clock.day].map { $0.padded(2) }.joined() + clock.year.padded(4)
        let time = [clock.hour, clock.minute, clock.second].map { $0.padded(2) }.joined()
        return MicrolifeAnswer(text: Array((text + time).utf8)).bytes
    }
}

/// Hears whole commands of a host.
struct CommandEar: FrameJudge, Sendable {
    private var heard: [[UInt8]] = []

    mutating func accept(_ frame: ArraySlice<UInt8>) -> Bool {
        heard.append(Array(frame))
        return true
    }

    mutating func take() -> [[UInt8]] {
        defer { heard = [] }
        return heard
    }
}
