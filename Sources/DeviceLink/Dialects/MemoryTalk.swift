// A device that keeps its readings until somebody reads them out. Its cable hangs in the port all day and the device
// only sometimes on the cable, so the hut asks now and then whether one is there, reads it once, and looks again for
// another one or for a new record. Nothing is ever erased: what was read before is known by what it says.
import Vitals

/// The words of one protocol, in their order; `MemoryTalk` keeps the time.
protocol MemoryScript: Sendable {
    /// The first words of a reading-out.
    mutating func hello() -> [[UInt8]]
    /// Takes what the device said.
    mutating func hear(_ said: Int, _ payload: [UInt8]) -> MemoryStep
    /// Whether a device says unasked that it is there.
    func isCall(_ said: Int) -> Bool
    /// What is said when the answer is late, before all begins anew; nil for nothing.
    var reminder: [UInt8]? { get }
    /// From one whole message of the device to the next, the time it needs on the line included.
    var patience: Duration { get }
    /// What the device's clock says now, where this reading-out has asked it.
    var clock: CivilTime? { get }
}

extension MemoryScript {
    func isCall(_ said: Int) -> Bool { false }
    var reminder: [UInt8]? { nil }
    var clock: CivilTime? { nil }
}

/// What follows from a message.
enum MemoryStep: Hashable, Sendable {
    case wait
    case say([[UInt8]])
    /// All has been read; last words.
    case done([[UInt8]])
}

/// The hut's side of a device with a memory.
struct MemoryTalk<Script: MemoryScript>: Talk {
    private var script: Script
    private var state = State.closed
    private var triesLeft = 0
    private(set) var isUnanswered = false
    /// How often each reading was passed on since the line opened, and how often it came in this reading-out.
    private var passed: [Content: Int] = [:]
    private var come: [Content: Int] = [:]

    private enum State {
        case closed
        /// Something was said; the answer is late then.
        case reading(until: MonotonicTime, isReminded: Bool)
        case resting(until: MonotonicTime)
    }

    /// What makes a record the one read before. Its slot does not: a new record moves all older ones.
    private struct Content: Hashable {
        var vital: Vital
        var time: CivilTime?
        var user: Int?
    }

    /// Who puts a device on the cable waits no longer than this (ours).
    private static var rest: Duration { .seconds(30) }
    private static var tries: Int { 2 }
    /// More than all memories of a day; then counting begins anew, and the ledger knows the repetitions.
    private static var remembered: Int { 20_000 }

    init(_ script: Script) { self.script = script }

    // It measures by itself, somewhere else.
    var isMeasuring: Bool { false }
    mutating func startMeasurement(at now: MonotonicTime) -> [Step] { [.measurementFailed(.cannotStart)] }
    mutating func stopMeasurement(at now: MonotonicTime) -> [Step] { [] }
    mutating func saved(_ token: Int, isRepeat: Bool, at now: MonotonicTime) -> [Step] { [] }

    var deadline: MonotonicTime? {
        switch state {
        case .closed: nil
        case .reading(let until, _), .resting(let until): until
        }
    }

    mutating func opened(at now: MonotonicTime) -> [Step] {
        (isUnanswered, passed) = (false, [:])
        return greet(tries: MemoryTalk.tries, at: now)
    }

    mutating func lost() -> [Step] {
        (state, isUnanswered) = (.closed, false)
        return []
    }

    mutating func hear(_ heard: Heard, at now: MonotonicTime, _ steps: inout [Step]) {
        guard case .said(let said, let payload) = heard.what else { return }
        isUnanswered = false
        if let event = heard.event, isNew(event) { steps.append(.event(read(event), token: nil)) }
        switch state {
        case .closed: break
        case .resting: if script.isCall(said) { steps += greet(tries: MemoryTalk.tries, at: now) }
        case .reading:
            switch script.hear(said, payload) {
            case .wait: state = .reading(until: now + script.patience, isReminded: false)
            case .say(let words):
                state = .reading(until: now + script.patience, isReminded: false)
                steps += words.map(Step.send)
            case .done(let words):
                // What comes unasked from here on comes again.
                (state, come) = (.resting(until: now + MemoryTalk.rest), [:])
                steps += words.map(Step.send)
            }
        }
    }

    mutating func deadlineReached(at now: MonotonicTime) -> [Step] {
        guard let deadline, deadline <= now else { return [] }
        switch state {
        case .closed: return []
        case .resting: return greet(tries: MemoryTalk.tries, at: now)
        case .reading(_, isReminded: false):
            guard let reminder = script.reminder else { return giveUp(at: now) }
            state = .reading(until: now + script.patience, isReminded: true)
            return [.send(reminder)]
        case .reading: return giveUp(at: now)
        }
    }

    private mutating func giveUp(at now: MonotonicTime) -> [Step] {
        if triesLeft > 0 { return greet(tries: triesLeft, at: now) }
        isUnanswered = true
        state = .resting(until: now + MemoryTalk.rest)
        return []
    }

    private mutating func greet(tries: Int, at now: MonotonicTime) -> [Step] {
        triesLeft = tries - 1
        come = [:]
        state = .reading(until: now + script.patience, isReminded: false)
        return script.hello().map(Step.send)
    }

    /// A record with the clock that its time must be held against.
    private func read(_ event: DeviceEvent) -> DeviceEvent {
        guard case .reading(var reading) = event else { return event }
        reading.clockRead = script.clock
        return .reading(reading)
    }

    /// False for a reading passed on before. Two alike in one reading-out are two.
    private mutating func isNew(_ event: DeviceEvent) -> Bool {
        guard case .reading(let reading) = event else { return true }
        let content = Content(vital: reading.vital, time: reading.deviceTime, user: reading.userSlot)
        let count = come[content, default: 0] + 1
        come[content] = count
        guard count > passed[content, default: 0] else { return false }
        if passed.count >= MemoryTalk.remembered { passed = [:] }
        passed[content] = count
        return true
    }
}
