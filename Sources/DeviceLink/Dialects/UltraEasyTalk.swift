// Both sides of a conversation with an UltraEasy: begin anew with a disconnect, ask for the number of records, then for
// each, acknowledge every frame of data. Who receives a frame toggles the bit it expects, who sends one the bit it sends.
import Vitals

/// One side's two toggling bits.
private struct LinkBits: Sendable {
    private var sends = false
    private var expects = false

    /// The link byte of the next frame; a frame with data toggles the sender's bit behind it.
    mutating func control(_ also: UltraEasyFrame.Control = []) -> UltraEasyFrame.Control {
        var control = also
        if sends { control.insert(.sends) }
        if expects { control.insert(.expects) }
        if also.isEmpty { sends.toggle() }
        return control
    }

    /// False for data that came before.
    mutating func receive(_ control: UltraEasyFrame.Control) -> Bool {
        guard control.contains(.sends) == expects else { return false }
        expects.toggle()
        return true
    }
}

/// The hut's words.
struct UltraEasyScript: MemoryScript {
    private var bits = LinkBits()
    private var count = 0
    private var asked = 0

    var patience: Duration { .seconds(5) }

    mutating func hello() -> [[UInt8]] {
        self = UltraEasyScript()
        return [UltraEasyFrame(control: .disconnects).bytes]
    }

    mutating func hear(_ said: Int, _ payload: [UInt8]) -> MemoryStep {
        let control = UltraEasyFrame.Control(rawValue: UInt8(truncatingIfNeeded: said))
        if control.contains(.disconnects) { return .say([frame(UltraEasyFrame.askCount)]) }
        guard !control.contains(.acknowledges), !payload.isEmpty else { return .wait }
        let isNew = bits.receive(control)
        let thanks = UltraEasyFrame(control: bits.control(.acknowledges)).bytes
        guard isNew else { return .say([thanks]) }
        if payload.count >= 4, payload.starts(with: [0x05, 0x0F]) {
            count = Int(payload[2]) | Int(payload[3]) << 8
            return next(after: thanks)
        }
        asked += UltraEasyRecord(payload) == nil ? 0 : 1
        return next(after: thanks)
    }

    private mutating func next(after thanks: [UInt8]) -> MemoryStep {
        guard asked < count else {
            return .done([thanks, UltraEasyFrame(control: bits.control(.disconnects)).bytes])
        }
        return .say([thanks, frame(UltraEasyFrame.askRecord(asked))])
    }

    private mutating func frame(_ data: [UInt8]) -> [UInt8] {
        UltraEasyFrame(control: bits.control(), data: data).bytes
    }
}

/// The meter's side.
struct UltraEasyPlayer: Player {
    private var plan: SimulationPlan
    private var memory: [UltraEasyRecord] = []
    private var fault = OneFault()
    private var bits = LinkBits()
    private var framer = Framer(.own(UltraEasyFraming()))
    private var ear = CommandEar()

    init(_ plan: SimulationPlan) { self.plan = plan }

    mutating func show(_ plan: SimulationPlan) throws(SimulationError) {
        // A clock nobody has set counts from its own beginning (which one is not known, ??).
        let unset = CivilTime(year: 1970, month: 1, day: 1, hour: 0, minute: 0)
        var memory: [UltraEasyRecord] = []
        for (index, time) in SimulatedMemory.times(plan, unset: unset).enumerated() {
            let milligrams = plan.fault == .impossibleValue ? 0 : plan.glucose.milligramsPerDecilitre + 4 * index
            let glucose = Glucose(milligramsPerDecilitre: milligrams)
            guard let record = UltraEasyRecord(DeviceReading(vital: .glucose(glucose), deviceTime: time)) else {
                throw SimulationError(
                    problem: "the meter cannot show that", hint: "a value above 0, a date between 1970 and 2106")
            }
            memory.append(record)
        }
        (self.plan, self.memory, fault) = (plan, memory, OneFault(plan.fault))
    }

    var deadline: MonotonicTime? { nil }
    mutating func press(at now: MonotonicTime, _ outbox: inout Outbox) {}
    mutating func deadlineReached(at now: MonotonicTime, _ outbox: inout Outbox) {}

    mutating func opened(at now: MonotonicTime, _ outbox: inout Outbox) {
        framer.abandon()
        bits = LinkBits()
    }

    mutating func receive(_ bytes: [UInt8], at now: MonotonicTime, _ outbox: inout Outbox) {
        framer.push(bytes, to: &ear)
        for frame in ear.take() { answer(UltraEasyFrame(frame[...]), at: now, &outbox) }
    }

    private mutating func answer(_ asked: UltraEasyFrame, at now: MonotonicTime, _ outbox: inout Outbox) {
        if asked.control.contains(.disconnects) {
            bits = LinkBits()
            return outbox.put(UltraEasyFrame(control: [.acknowledges, .disconnects]).bytes, at: now)
        }
        guard !asked.control.contains(.acknowledges), bits.receive(asked.control) else { return }
        let thanks = UltraEasyFrame(control: bits.control(.acknowledges)).bytes
        outbox.put(thanks, at: now)
        guard asked.data.count == 4, asked.data.starts(with: [0x05, 0x1F]) else { return }
        let index = Int(asked.data[2]) | Int(asked.data[3]) << 8
        guard index < memory.count else {
            let count = UltraEasyFrame(control: bits.control(), data: UltraEasyFrame.count(memory.count)).bytes
            return outbox.put(count, at: now)
        }
        let record = UltraEasyFrame(control: bits.control(), data: memory[index].data).bytes
        // Each fault hits the newest record.
        outbox.put(record, before: thanks, index == 0 ? fault.strike() : nil, at: now)
    }
}
