// A line made of a variable: what every rig of these tests is, whatever it writes down.
import Vitals

@testable import DeviceLink

/// A conversation and a simulated instrument at the two ends of one line, under a clock that jumps from deadline to
/// deadline.
protocol JoinedLine {
    var hut: Conversation { get set }
    var device: Simulator { get set }
    var now: MonotonicTime { get set }

    /// Carries steps out; what the hut sends, the device answers at once.
    mutating func carry(_ steps: [Step])
    mutating func toHut(_ bytes: [UInt8])
}

extension JoinedLine {
    mutating func toHut(_ bytes: [UInt8]) {
        if !bytes.isEmpty { carry(hut.receive(bytes, at: now)) }
    }

    /// The line opens at both ends, the hut's first.
    mutating func open() {
        carry(hut.opened(at: now))
        toHut(device.opened(at: now))
    }

    /// Somebody presses the instrument's key, puts a finger in, steps on, lays a card down.
    mutating func press() { toHut(device.press(at: now)) }

    /// Lets time pass, from one deadline to the next.
    mutating func run(until end: Double) {
        while let next = [hut.deadline, device.deadline].compactMap(\.self).min(), next <= at(end) {
            now = max(now, next)
            toHut(device.deadlineReached(at: now))
            carry(hut.deadlineReached(at: now))
        }
        now = at(end)
    }
}
