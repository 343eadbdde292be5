// The conversation with a reader that only speaks: a tag that is repeated many times a second as long as it lies there, a
// code that is read again while it is held before the glass. Out of many reads: it came, it is still there, it is gone.
import Vitals

/// The hut's side of a line on which nothing is ever said to the device.
struct PresenceTalk: Talk {
    /// Not read for so long, it is gone.
    let goneAfter: Duration
    /// Told once more after so long; nil: only when it has been gone.
    let toldEvery: Duration?

    private var present: (token: IdentityToken, seen: MonotonicTime, told: MonotonicTime)?
    /// What is wrong with what is being read; told once, with the token.
    private var flaw: DeviceEvent?

    init(goneAfter: Duration, toldEvery: Duration? = nil) {
        (self.goneAfter, self.toldEvery) = (goneAfter, toldEvery)
    }

    var deadline: MonotonicTime? { present.map { $0.seen + goneAfter } }
    var isUnanswered: Bool { false }
    var isMeasuring: Bool { false }

    mutating func opened(at now: MonotonicTime) -> [Step] {
        (present, flaw) = (nil, nil)
        return []
    }

    /// The line broke: nobody can see whether it still lies there.
    mutating func lost() -> [Step] {
        (present, flaw) = (nil, nil)
        return []
    }

    mutating func hear(_ heard: Heard, at now: MonotonicTime, _ steps: inout [Step]) {
        switch heard.event {
        case .identity(let token)?: read(token, at: now, &steps)
        case .fault?: flaw = heard.event
        default: break
        }
    }

    private mutating func read(_ token: IdentityToken, at now: MonotonicTime, _ steps: inout [Step]) {
        defer { flaw = nil }
        if let present, present.token == token, now - present.seen < goneAfter {
            self.present?.seen = now
            guard let toldEvery, now - present.told >= toldEvery else { return }
            self.present?.told = now
            return steps.append(.event(.identity(token), token: nil))
        }
        present = (token, now, now)
        if let flaw { steps.append(.event(flaw, token: nil)) }
        steps.append(.event(.identity(token), token: nil))
    }

    mutating func deadlineReached(at now: MonotonicTime) -> [Step] {
        guard let deadline, deadline <= now else { return [] }
        present = nil
        return [.event(.identityLifted, token: nil)]
    }

    // A reader has nothing to start, to stop or to acknowledge.
    mutating func startMeasurement(at now: MonotonicTime) -> [Step] { [.measurementFailed(.cannotStart)] }
    mutating func stopMeasurement(at now: MonotonicTime) -> [Step] { [] }
    mutating func saved(_ token: Int, isRepeat: Bool, at now: MonotonicTime) -> [Step] { [] }
}
