// The conversation with a device that only talks: nothing is sent, everything heard is passed on.
import Vitals

/// A conversation without a word of the hut's.
struct ListeningTalk: Talk {
    var deadline: MonotonicTime? { nil }
    var isUnanswered: Bool { false }
    var isMeasuring: Bool { false }

    mutating func opened(at now: MonotonicTime) -> [Step] { [] }
    mutating func lost() -> [Step] { [] }
    mutating func deadlineReached(at now: MonotonicTime) -> [Step] { [] }
    mutating func startMeasurement(at now: MonotonicTime) -> [Step] { [.measurementFailed(.cannotStart)] }
    mutating func stopMeasurement(at now: MonotonicTime) -> [Step] { [] }
    mutating func saved(_ token: Int, isRepeat: Bool, at now: MonotonicTime) -> [Step] { [] }

    mutating func hear(_ heard: Heard, at now: MonotonicTime, _ steps: inout [Step]) {
        if let event = heard.event { steps.append(.event(event, token: nil)) }
    }
}
