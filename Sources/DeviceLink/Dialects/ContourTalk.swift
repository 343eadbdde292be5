// Both sides of a conversation with a Contour. The hut brings the meter to a known state, as public drivers do: NAK
// until the meter gives up with EOT, ENQ, which enters its remote mode, and EOT, which leaves it again; then the meter
// sends its memory and the hut acknowledges frame by frame. In remote mode the hut orders nothing: W| writes.
import Vitals

/// The hut's words.
struct ContourScript: MemoryScript {
    /// A numbered frame came.
    static let aFrame = 0x100
    /// A record of a frame gave something; the frame itself is said behind it.
    static let aRecord = 0x101

    private enum State { case calling, entering, leaving, reading }

    private var state = State.calling

    /// From one frame to the next (ours; at 9600 baud the longest takes a quarter of a second).
    var patience: Duration { .seconds(5) }

    /// A meter that waits for a word, or that heard a broken frame's silence, says its last frame again.
    var reminder: [UInt8]? { [ContourControl.refuse.rawValue] }

    /// A meter put on the cable asks whether somebody listens.
    func isCall(_ said: Int) -> Bool { said == Int(ContourControl.enquiry.rawValue) }

    mutating func hello() -> [[UInt8]] {
        state = .calling
        return [[ContourControl.refuse.rawValue]]
    }

    mutating func hear(_ said: Int, _ payload: [UInt8]) -> MemoryStep {
        let control = UInt8(exactly: said).flatMap(ContourControl.init(rawValue:))
        switch (state, control) {
        case (.calling, .enquiry): return say(.refuse)
        case (.calling, .end):
            state = .entering
            return say(.enquiry)
        case (.entering, .acknowledge):
            state = .leaving
            return say(.end)
        case (.leaving, .enquiry):
            state = .reading
            return say(.acknowledge)
        case (.reading, .end): return .done([])
        case (.reading, .enquiry): return say(.acknowledge)
        case (_, nil) where said == ContourScript.aFrame: return state == .reading ? say(.acknowledge) : say(.refuse)
        default: return .wait
        }
    }

    private func say(_ control: ContourControl) -> MemoryStep { .say([[control.rawValue]]) }
}

/// The meter's side.
struct ContourPlayer: Player {
    private enum State: Hashable { case idle, remote, calling, sending(Int) }

    private var plan: SimulationPlan
    private var frames: [ContourFrame] = []
    private var fault = OneFault()
    private var state = State.idle

    init(_ plan: SimulationPlan) { self.plan = plan }

    mutating func show(_ plan: SimulationPlan) throws(SimulationError) {
        // A clock nobody has set begins in some year of the maker's (??).
        let unset = CivilTime(year: 2000, month: 0, day: 0, hour: 0, minute: 0)
        var results: [ContourResult] = []
        for (index, time) in SimulatedMemory.times(plan, unset: unset).enumerated() {
            let milligrams = plan.fault == .impossibleValue ? 0 : plan.glucose.milligramsPerDecilitre + 4 * index
            let glucose = Glucose(milligramsPerDecilitre: milligrams, meal: plan.glucose.meal)
            let reading = DeviceReading(vital: .glucose(glucose), deviceTime: time, memorySlot: index + 1)
            guard var result = ContourResult(reading), milligrams >= 0 else {
                throw SimulationError(problem: "the meter cannot show that", hint: "a value above 0 and a whole minute")
            }
            if plan.fault == .errorFrame, index == 0 { result.marks = [">"] }
            results.append(result)
        }
        (self.plan, fault) = (plan, OneFault(plan.fault))
        frames = ContourFrame.transfer(of: results)
    }

    var deadline: MonotonicTime? { nil }
    mutating func deadlineReached(at now: MonotonicTime, _ outbox: inout Outbox) {}
    mutating func opened(at now: MonotonicTime, _ outbox: inout Outbox) { call(at: now, &outbox) }
    mutating func press(at now: MonotonicTime, _ outbox: inout Outbox) { call(at: now, &outbox) }

    private mutating func call(at now: MonotonicTime, _ outbox: inout Outbox) {
        state = .calling
        outbox.put([ContourControl.enquiry.rawValue], at: now)
    }

    mutating func receive(_ bytes: [UInt8], at now: MonotonicTime, _ outbox: inout Outbox) {
        for control in bytes.compactMap(ContourControl.init(rawValue:)) { answer(control, at: now, &outbox) }
    }

    private mutating func answer(_ control: ContourControl, at now: MonotonicTime, _ outbox: inout Outbox) {
        switch (state, control) {
        case (.sending(let place), .acknowledge): send(place + 1, at: now, &outbox)
        // The last frame again.
        case (.sending(let place), .refuse): outbox.put(frames[place].bytes, at: now)
        case (.calling, .acknowledge): send(0, at: now, &outbox)
        case (_, .refuse):
            state = .idle
            outbox.put([ContourControl.end.rawValue], at: now)
        case (.idle, .enquiry):
            state = .remote
            outbox.put([ContourControl.acknowledge.rawValue], at: now)
        case (.remote, .end), (.sending, .end): call(at: now, &outbox)
        default: break
        }
    }

    private mutating func send(_ place: Int, at now: MonotonicTime, _ outbox: inout Outbox) {
        guard place < frames.count else {
            state = .idle
            return outbox.put([ContourControl.end.rawValue], at: now)
        }
        state = .sending(place)
        // Faults hit the newest result, behind header, patient and average.
        let earlier = place > 0 ? frames[place - 1].bytes : []
        outbox.put(frames[place].bytes, before: earlier, place == 3 ? fault.strike() : nil, at: now)
    }
}
