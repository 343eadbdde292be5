// The texts about one alert: at once, after two and after five minutes, until a named person takes it. Pure: what was
// tried and what came of it goes in, when to try next comes out; made again from facts, it goes on where it stood.

import Vitals

/// Where the texts about one alert stand.
struct DutyCall: Hashable, Sendable {
    /// When each text is due, from the first ring: at once, again after 2 and after 5 minutes.
    static let rounds: [Duration] = [.zero, .seconds(120), .seconds(300)]
    /// Two texts stand at least so far apart, however late the first got through (ours).
    private static let apart = Duration.seconds(120)
    /// A text the modem or the network refused is tried again after this, and ever more rarely (ours).
    private static let firstPause = Duration.seconds(30)
    private static let longestPause = Duration.seconds(900)

    /// The text that is due next, from 1; beyond the last there is none.
    private(set) var round = 1
    /// nil while a text is under way, and after the last.
    private(set) var dueAt: MonotonicTime?
    private let began: MonotonicTime
    private var pause = DutyCall.firstPause

    /// An alert that has just rung.
    init(at now: MonotonicTime) { (began, dueAt) = (now, now) }

    /// An alert as its facts tell of it: what came after the last taking counts. A try without an outcome was under way
    /// when the hut went down; it is taken for sent, because a text too many calls somebody from another bed.
    init(_ facts: [RecordedFact], now: Now) {
        let last = facts.lastIndex { if case .flagTaken = $0.fact { true } else { false } }
        let facts = facts[(last.map { $0 + 1 } ?? 0)...]
        func instant(_ time: HutTime) -> MonotonicTime {
            // A clock that was set back makes no text late.
            MonotonicTime(nanoseconds: now.monotonic.nanoseconds - max(0, (now.hut - time).milliseconds) * 1_000_000)
        }
        self.init(at: facts.first.map { instant($0.recordedAt) } ?? now.monotonic)
        for recorded in facts {
            switch recorded.fact {
            case .textTried: tried()
            case .textEnded(_, _, let result): ended(result, at: instant(recorded.recordedAt))
            default: break
            }
        }
        if let attempt = DutyCall.openTry(in: facts) { ended(.unknown, at: instant(attempt.recordedAt)) }
    }

    /// A try that no outcome follows.
    static func openTry(in facts: some BidirectionalCollection<RecordedFact>) -> RecordedFact? {
        let last = facts.last { fact in
            switch fact.fact {
            case .textTried, .textEnded: true
            default: false
            }
        }
        guard let last, case .textTried = last.fact else { return nil }
        return last
    }

    /// A text is about to be handed over.
    mutating func tried() { dueAt = nil }

    /// A text was sent, or may have been, or certainly was not.
    mutating func ended(_ result: OutputResult, at now: MonotonicTime) {
        if case .failed = result {
            dueAt = now + pause
            pause = min(pause + pause, Self.longestPause)
            return
        }
        round += 1
        pause = Self.firstPause
        dueAt = round <= Self.rounds.count ? max(began + Self.rounds[round - 1], now + Self.apart) : nil
    }
}
