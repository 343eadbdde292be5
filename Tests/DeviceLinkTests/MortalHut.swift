// A hut that can be killed between any two things it does, a disk that survives it, and an instrument whose memory
// survives both. For the proofs that nothing is acknowledged before it is on disk.
import Testing
import Vitals

@testable import DeviceLink

/// A conversation, a disk and a simulator on one line, with a clock that jumps from deadline to deadline.
struct MortalHut: JoinedLine {
    let profile: DeviceProfile
    var hut: Conversation
    var device: Simulator
    var now = at(0)
    /// What is on disk: each reading once, whatever was sent again.
    private(set) var disk: [DeviceReading] = []
    /// Every frame the hut sent, with how much was on disk then.
    private(set) var sent: [(bytes: [UInt8], onDisk: Int)] = []
    /// What it has done so far; each is a moment at which it can be killed.
    private(set) var deeds = 0
    private var dies: Int?
    private(set) var told: [String] = []
    /// The readings that had been heard and were not on disk when the hut was killed.
    private(set) var inHand: [DeviceReading] = []

    /// `dies`: killed after so many deeds, and started again at once.
    init(_ name: String, _ plan: SimulationPlan = SimulationPlan(), dies: Int? = nil) throws {
        profile = try DeviceLinkTests.profile(name)
        (hut, device) = (Conversation(profile: profile), try Simulator(profile: profile, plan: plan))
        self.dies = dies
        open()
    }

    /// One more deed; true when it was the last.
    private mutating func isDead() -> Bool {
        deeds += 1
        guard deeds == dies else { return false }
        dies = nil
        hut = Conversation(profile: profile)
        return true
    }

    mutating func carry(_ steps: [Step]) {
        for (index, step) in steps.enumerated() {
            if isDead() {
                inHand = steps[index...].compactMap { if case .event(.reading(let one), _) = $0 { one } else { nil } }
                return open()
            }
            switch step {
            case .send(let bytes):
                sent.append((bytes, disk.count))
                toHut(device.receive(bytes, at: now))
            case .event(.reading(let reading), let token):
                record(reading)
                if isDead() { return open() }
                if let token {
                    carry(hut.saved(token, at: now))
                }
            case .event(let event, let token):
                note(event)
                if let token { carry(hut.saved(token, at: now)) }
            case .measurementStarted: told.append("started")
            case .measurementFailed(let why): told.append("failed: \(why)")
            case .released: told.append("released")
            case .output: break
            }
        }
    }

    private mutating func note(_ event: DeviceEvent) {
        var line = JSONLine()
        line.add(event)
        told.append(line.text)
    }

    private mutating func record(_ reading: DeviceReading) {
        note(.reading(reading))
        if !disk.contains(where: { $0.deviceTime == reading.deviceTime && $0.vital == reading.vital }) {
            disk.append(reading)
        }
    }

    mutating func show(_ plan: SimulationPlan) throws { try device.show(plan) }
}
