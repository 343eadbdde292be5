// The hut's side of a Meshtastic radio: wake it, ask for its configuration, and say something now and then, or it
// forgets that anybody listens. Packets of the bands come by themselves.
import Vitals

/// The conversation with a radio.
struct RadioTalk: Talk {
    private var state = State.closed
    private var triesLeft = 0
    private var pause = RadioTalk.firstPause
    private(set) var isUnanswered = false

    private enum State {
        case closed
        /// Woken; it listens from then on.
        case waking(until: MonotonicTime)
        /// Asked for its configuration with a number of our own.
        case asked(nonce: UInt32, until: MonotonicTime)
        case connected(heartbeat: MonotonicTime, heardAt: MonotonicTime)
        /// Did not answer; asked again then.
        case resting(until: MonotonicTime)
    }

    /// 32 × C3 wake the chip and flush its parser; it wants 100 ms then (the official client's own).
    private static let wake = [UInt8](repeating: 0xC3, count: 32)
    private static let waking = Duration.milliseconds(100)
    /// From one message of the configuration to the next (ours; the official client waits 30 s for the whole).
    private static let patience = Duration.seconds(10)
    /// The firmware drops a serial client after 15 minutes of silence.
    private static let heartbeat = Duration.seconds(300)
    /// After so long without a word it may have started anew without anybody hearing it, and says nothing until it is
    /// asked again. A quiet mesh costs one more handshake (ours; a band with a sensor sends every 30 minutes).
    private static let mistrust = Duration.seconds(2_700)
    private static let firstPause = Duration.seconds(30)
    private static let longestPause = Duration.seconds(600)

    var deadline: MonotonicTime? {
        switch state {
        case .closed: nil
        case .waking(let until), .asked(_, let until), .connected(let until, _), .resting(let until): until
        }
    }

    mutating func opened(at now: MonotonicTime) -> [Step] {
        self = RadioTalk()
        return greet(tries: 3, at: now)
    }

    // A band measures when it likes, and its radio keeps nothing to acknowledge.
    var isMeasuring: Bool { false }
    mutating func startMeasurement(at now: MonotonicTime) -> [Step] { [.measurementFailed(.cannotStart)] }
    mutating func stopMeasurement(at now: MonotonicTime) -> [Step] { [] }
    mutating func saved(_ token: Int, isRepeat: Bool, at now: MonotonicTime) -> [Step] { [] }

    mutating func lost() -> [Step] {
        self = RadioTalk()
        return []
    }

    mutating func hear(_ heard: Heard, at now: MonotonicTime, _ steps: inout [Step]) {
        guard case .said(let number, let payload) = heard.what, let spoken = RadioSaid(rawValue: number) else { return }
        if let event = heard.event { steps.append(.event(event, token: nil)) }
        (isUnanswered, pause) = (false, RadioTalk.firstPause)
        switch (state, spoken) {
        case (.closed, _): break
        case (_, .rebooted), (.resting, _): steps += greet(tries: 3, at: now)
        case (.asked(let asked, _), .configComplete) where payload == RadioSaid.payload(nonce: asked):
            state = .connected(heartbeat: now + RadioTalk.heartbeat, heardAt: now)
        case (.asked(let nonce, _), _): state = .asked(nonce: nonce, until: now + RadioTalk.patience)
        case (.connected(let heartbeat, _), _): state = .connected(heartbeat: heartbeat, heardAt: now)
        case (.waking, _): break
        }
    }

    mutating func deadlineReached(at now: MonotonicTime) -> [Step] {
        guard let deadline, deadline <= now else { return [] }
        switch state {
        case .closed: return []
        case .waking:
            let nonce = RadioTalk.nonce(at: now)
            state = .asked(nonce: nonce, until: now + RadioTalk.patience)
            return [.send(ToRadio.wantConfig(nonce: nonce).frame)]
        case .asked where triesLeft > 0: return greet(tries: triesLeft, at: now)
        case .asked:
            isUnanswered = true
            state = .resting(until: now + pause)
            pause = min(pause + pause, RadioTalk.longestPause)
            return []
        case .connected(_, let heardAt) where now - heardAt >= RadioTalk.mistrust: return greet(tries: 3, at: now)
        case .connected(_, let heardAt):
            state = .connected(heartbeat: now + RadioTalk.heartbeat, heardAt: heardAt)
            return [.send(ToRadio.heartbeat.frame)]
        case .resting: return greet(tries: 1, at: now)
        }
    }

    private mutating func greet(tries: Int, at now: MonotonicTime) -> [Step] {
        triesLeft = tries - 1
        state = .waking(until: now + RadioTalk.waking)
        return [.send(RadioTalk.wake)]
    }

    /// A number the radio says back, so that an answer to an earlier question is known: any that differs from the last
    /// and from the two the firmware reads as orders (69420: settings only, 69421: nodes only).
    private static func nonce(at now: MonotonicTime) -> UInt32 {
        UInt32(truncatingIfNeeded: now.nanoseconds / 1_000_000) | 0x4000_0000
    }
}
