// The hut's side of a watch: it asks nothing and answers what the watch waits for. A keep-alive is answered at once; a
// call for help once it is on disk, because an answered call is not sent again.
import Vitals

/// What a watch waits for.
enum WatchReply: Sendable {
    case now([UInt8])
    /// An alarm's: for the events that are calls; at once where there are none.
    case onceSaved([UInt8])
    /// The beginning of an answer that goes on with the time of the hut.
    case withTime([UInt8])
}

/// What the conversation needs to know of a message: whether and when its payload is sent.
enum WatchSaid: Int {
    case nothing, answer, answerOnceSaved, answerWithTime

    /// Appends the events of one message, the answer with the last of them.
    static func append(_ events: [DeviceEvent], answer: WatchReply?, to heard: inout [Heard]) {
        for event in events.dropLast() { heard.append(Heard(what: .said(nothing.rawValue, []), event: event)) }
        heard.append(Heard(what: what(answer, events.last), event: events.last))
    }

    private static func what(_ answer: WatchReply?, _ last: DeviceEvent?) -> Heard.What {
        switch answer {
        case nil: return .said(nothing.rawValue, [])
        case .now(let frame): return .said(self.answer.rawValue, frame)
        case .withTime(let beginning): return .said(answerWithTime.rawValue, beginning)
        case .onceSaved(let frame):
            if case .signal = last { return .said(answerOnceSaved.rawValue, frame) }
            return .said(self.answer.rawValue, frame)
        }
    }
}

/// The conversation with the watches of one line.
struct WatchTalk: Talk {
    /// A watch says something every five to eight minutes; after so long it is out of reach or empty (ours).
    private static let patience = Duration.seconds(1_200)
    /// So many calls may wait for a broken disk; the oldest of more goes unanswered and comes again.
    private static let mostUnsaved = 64

    private(set) var isUnanswered = false
    private(set) var deadline: MonotonicTime?
    /// The wall clock when it was last told, for the watches that set theirs by it.
    private var time: HutTime?
    private var tokens = 0
    private var unsaved: [Int: [UInt8]] = [:]

    mutating func told(_ time: HutTime) { self.time = time }

    mutating func opened(at now: MonotonicTime) -> [Step] {
        (isUnanswered, deadline, unsaved) = (false, nil, [:])
        return []
    }

    mutating func lost() -> [Step] { opened(at: MonotonicTime(nanoseconds: 0)) }

    mutating func hear(_ heard: Heard, at now: MonotonicTime, _ steps: inout [Step]) {
        guard case .said(let number, let payload) = heard.what, let said = WatchSaid(rawValue: number) else { return }
        (isUnanswered, deadline) = (false, now + WatchTalk.patience)
        var token: Int?
        if said == .answerOnceSaved {
            tokens += 1
            unsaved[tokens] = payload
            unsaved[tokens - WatchTalk.mostUnsaved] = nil
            token = tokens
        }
        if let event = heard.event { steps.append(.event(event, token: token)) }
        switch said {
        case .answer: steps.append(.send(payload))
        case .answerWithTime:
            if let time { steps.append(.send(payload + Array(",\(WatchTalk.stamp(time)),0#".utf8))) }
        case .nothing, .answerOnceSaved: break
        }
    }

    mutating func saved(_ token: Int, isRepeat: Bool, at now: MonotonicTime) -> [Step] {
        unsaved.removeValue(forKey: token).map { [.send($0)] } ?? []
    }

    mutating func deadlineReached(at now: MonotonicTime) -> [Step] {
        if let deadline, deadline <= now { (isUnanswered, self.deadline) = (true, nil) }
        return []
    }

    // A watch measures when it likes.
    var isMeasuring: Bool { false }
    mutating func startMeasurement(at now: MonotonicTime) -> [Step] { [.measurementFailed(.cannotStart)] }
    mutating func stopMeasurement(at now: MonotonicTime) -> [Step] { [] }

    /// `20260101083000`, in UTC; the 0 behind it is the zone.
    private static func stamp(_ time: HutTime) -> String {
        String(UTCOffset(seconds: 0).civil(of: time).iso.filter(\.isNumber))
    }
}
