// The hut's side of a profile's exchange: say, await, say again, give up, try later. Questions stand in a queue, one
// is in the air at a time; everything else the device says passes through.
import Vitals

/// A conversation by the exchange of a profile.
struct TableTalk: Talk {
    private let table: MessageTable
    private let shows: Shows
    private var exchange: Exchange { table.exchange }
    private var queue: [Question] = []
    /// When the answer to the first question is late.
    private var answerBy: MonotonicTime?
    private var isGreeted = false
    private(set) var isUnanswered = false
    /// When to say `open` again to a device that did not answer.
    private var reopenAt: MonotonicTime?
    private var pause = TableTalk.firstPause
    /// When the running measurement has failed; nil while none runs.
    private var failsAt: MonotonicTime?
    /// Until then live pressure is the cuff letting go, not a new start.
    private var deflatesUntil: MonotonicTime?
    private var tokens = 0
    private var unsaved: Set<Int> = []

    /// A device that is switched off is greeted again after 30 s, then ever more rarely: some are mute when idle, and
    /// an idle hut must sleep (ours).
    private static let firstPause = Duration.seconds(30)
    private static let longestPause = Duration.seconds(600)
    /// A cuff lets go within seconds of its result (ours).
    private static let deflation = Duration.seconds(3)

    private enum Purpose { case open, start, stop }

    private struct Question {
        var purpose: Purpose
        var ask: Ask
        var triesLeft: Int

        init(_ purpose: Purpose, _ ask: Ask) { (self.purpose, self.ask, triesLeft) = (purpose, ask, ask.tries) }
    }

    init(_ table: MessageTable, shows: Shows) { (self.table, self.shows) = (table, shows) }

    var isMeasuring: Bool { failsAt != nil }

    var deadline: MonotonicTime? { [answerBy, reopenAt, failsAt].compactMap(\.self).min() }

    mutating func opened(at now: MonotonicTime) -> [Step] {
        forget()
        return greet(at: now)
    }

    mutating func lost() -> [Step] {
        let wasBusy = isMeasuring || queue.contains { $0.purpose == .start }
        forget()
        return wasBusy ? [.measurementFailed(.lineLost)] : []
    }

    /// Starts afresh, but never gives a token out twice: an old one must not acknowledge a new record.
    private mutating func forget() {
        let given = tokens
        self = TableTalk(table, shows: shows)
        tokens = given
    }

    mutating func startMeasurement(at now: MonotonicTime) -> [Step] {
        guard !exchange.start.isEmpty else { return [.measurementFailed(.cannotStart)] }
        guard !isMeasuring, !queue.contains(where: { $0.purpose == .start }) else { return [] }
        let steps = isGreeted || queue.contains { $0.purpose == .open } ? [] : greet(at: now)
        return steps + ask(exchange.start.map { Question(.start, $0) }, at: now)
    }

    mutating func stopMeasurement(at now: MonotonicTime) -> [Step] {
        // A start that waits its turn is taken back; one in the air is stopped behind it.
        let inTheAir = queue.prefix(1)
        let isTakenBack = inTheAir.first?.purpose != .start && queue.contains { $0.purpose == .start }
        queue = inTheAir + queue.dropFirst().filter { $0.purpose != .start }
        let failure: [Step] = isTakenBack ? [.measurementFailed(.stopped)] : []
        guard !queue.contains(where: { $0.purpose == .stop }) else { return failure }
        return failure + ask(exchange.stop.map { Question(.stop, $0) }, at: now)
    }

    mutating func saved(_ token: Int) -> [Step] {
        guard let saved = exchange.saved, unsaved.remove(token) != nil,
            let frame = table.frame(of: table.blank(saved.send))
        else { return [] }
        return [.send(frame)]
    }

    mutating func hear(_ heard: Heard, at now: MonotonicTime) -> [Step] {
        guard case .message(let message) = heard.what else { return [] }
        (isUnanswered, pause) = (false, TableTalk.firstPause)
        var steps: [Step] = []
        if exchange.during.contains(message), shows == .start { steps += beginByPressure(at: now) }
        if let event = heard.event { steps.append(.event(event, token: token(for: message))) }
        if exchange.until.contains(message) {
            failsAt = nil
            deflatesUntil = now + TableTalk.deflation
            steps += dropStart(at: now)
        }
        if let question = queue.first, question.ask.expect.contains(message) { steps += answered(question, at: now) }
        return steps
    }

    mutating func deadlineReached(at now: MonotonicTime) -> [Step] {
        var steps: [Step] = []
        if let failsAt, failsAt <= now {
            self.failsAt = nil
            isUnanswered = true
            steps.append(.measurementFailed(.silent))
        }
        if let answerBy, answerBy <= now { steps += unanswered(at: now) }
        if let reopenAt, reopenAt <= now {
            self.reopenAt = nil
            steps += greet(at: now)
        }
        return steps
    }

    // MARK: Questions

    private mutating func greet(at now: MonotonicTime) -> [Step] {
        guard !exchange.open.isEmpty else {
            isGreeted = true
            return []
        }
        reopenAt = nil
        return ask(exchange.open.map { Question(.open, $0) }, at: now)
    }

    private mutating func ask(_ questions: [Question], at now: MonotonicTime) -> [Step] {
        let isIdle = queue.isEmpty
        queue += questions
        return isIdle ? sayNext(at: now) : []
    }

    /// Says the first question, and those behind it that await nothing.
    private mutating func sayNext(at now: MonotonicTime) -> [Step] {
        answerBy = nil
        guard let question = queue.first else { return [] }
        queue[0].triesLeft -= 1
        guard let frame = table.frame(of: table.blank(question.ask.send)) else { return [] }
        if question.ask.expect.isEmpty { return [.send(frame)] + answered(question, at: now) }
        answerBy = now + question.ask.within
        return [.send(frame)]
    }

    private mutating func answered(_ question: Question, at now: MonotonicTime) -> [Step] {
        queue.removeFirst()
        let isLast = queue.first?.purpose != question.purpose
        var steps: [Step] = []
        switch question.purpose {
        case .open where isLast: isGreeted = true
        case .start where isLast: steps += begin(at: now)
        case .stop where isLast:
            if isMeasuring { steps.append(.measurementFailed(.stopped)) }
            failsAt = nil
            deflatesUntil = now + TableTalk.deflation
        case .open, .start, .stop: break
        }
        return steps + sayNext(at: now)
    }

    private mutating func unanswered(at now: MonotonicTime) -> [Step] {
        guard let question = queue.first else { return [] }
        if question.triesLeft > 0 { return sayNext(at: now) }
        isUnanswered = true
        isGreeted = isGreeted && question.purpose == .stop
        // Without a greeting nothing can be started.
        let wantedStart = queue.contains { $0.purpose == .start }
        queue.removeAll { $0.purpose == question.purpose || $0.purpose == .start }
        if !isGreeted, !exchange.open.isEmpty {
            reopenAt = now + pause
            pause = min(pause + pause, TableTalk.longestPause)
        }
        return (wantedStart ? [.measurementFailed(.silent)] : []) + sayNext(at: now)
    }

    // MARK: Measuring

    private mutating func beginByPressure(at now: MonotonicTime) -> [Step] {
        guard !isMeasuring, deflatesUntil.map({ $0 <= now }) ?? true else { return [] }
        return begin(at: now) + dropStart(at: now)
    }

    /// The device has answered a start by what it does; its echo is not waited for.
    private mutating func dropStart(at now: MonotonicTime) -> [Step] {
        let isInTheAir = queue.first?.purpose == .start
        queue.removeAll { $0.purpose == .start }
        return isInTheAir ? sayNext(at: now) : []
    }

    private mutating func begin(at now: MonotonicTime) -> [Step] {
        deflatesUntil = nil
        guard !isMeasuring else { return [] }
        failsAt = now + exchange.within
        return [.measurementStarted]
    }

    private mutating func token(for message: Int) -> Int? {
        guard let saved = exchange.saved, saved.after == message else { return nil }
        tokens += 1
        unsaved.insert(tokens)
        return tokens
    }
}
