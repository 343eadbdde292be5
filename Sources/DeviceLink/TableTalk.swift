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
    /// When the device is asked again whether it has something; nil where it is never polled.
    private var pollAt: MonotonicTime?
    /// When the result of a measurement that is over is asked for.
    private var fetchAt: MonotonicTime?
    /// When it would have been, had nothing waited for the disk.
    private var pollOnceSaved: MonotonicTime?
    /// The polled device has answered since the line opened, or since it fell silent.
    private var isAnswering = false
    private var memory: MemoryReading?
    /// When the running measurement has failed; nil while none runs.
    private var failsAt: MonotonicTime?
    /// Until then live pressure is the cuff letting go, not a new start.
    private var deflatesUntil: MonotonicTime?
    private var given: Acknowledging

    /// A device that is switched off is greeted again after 30 s, then ever more rarely: some are mute when idle, and
    /// an idle hut must sleep (ours).
    private static let firstPause = Duration.seconds(30)
    private static let longestPause = Duration.seconds(600)
    /// A cuff lets go within seconds of its result (ours).
    private static let deflation = Duration.seconds(3)
    /// So long the disk may take; then the device is asked again, for it still has what it gave (ours).
    private static let patience = Duration.seconds(60)

    init(_ table: MessageTable, shows: Shows) {
        (self.table, self.shows) = (table, shows)
        memory = table.exchange.download.map { MemoryReading($0) }
        given = Acknowledging(table.exchange)
    }

    var isMeasuring: Bool { failsAt != nil }

    var deadline: MonotonicTime? {
        let idle = queue.isEmpty ? [pollAt, fetchAt] : []
        return ([answerBy, reopenAt, failsAt] + idle).compactMap(\.self).min()
    }

    /// The answers awaited now, for a line on which only they say how long a message is.
    var awaited: [Int] { queue.first?.ask.expect ?? [] }

    mutating func opened(at now: MonotonicTime) -> [Step] {
        forget()
        pollAt = exchange.poll == nil || exchange.pollsOnlyMeasuring ? nil : now
        return greet(at: now) + pollIfDue(at: now)
    }

    mutating func lost() -> [Step] {
        let wasBusy = isMeasuring || queue.contains { $0.purpose == .start }
        forget()
        return wasBusy ? [.measurementFailed(.lineLost)] : []
    }

    /// Starts afresh, but never gives a token out twice.
    private mutating func forget() {
        var given = given
        given.forget()
        self = TableTalk(table, shows: shows)
        self.given = given
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

    mutating func saved(_ token: Int, isRepeat: Bool, at now: MonotonicTime) -> [Step] {
        let send = given.release(token, isRepeat: isRepeat, at: now)
        if given.isClear, pollAt != nil, let soon = pollOnceSaved { (pollAt, pollOnceSaved) = (soon, nil) }
        guard let send, let frame = table.frame(of: table.blank(send)) else { return [] }
        return [.send(frame)]
    }

    mutating func hear(_ heard: Heard, at now: MonotonicTime, _ steps: inout [Step]) {
        guard case .message(let message) = heard.what else { return }
        (isUnanswered, pause) = (false, TableTalk.firstPause)
        if let every = exchange.poll?.every, given.isClear, pollAt != nil { pollAt = now + every }
        if shows == .start, exchange.during.contains(message) { steps += beginByPressure(at: now) }
        if var event = heard.event {
            memory?.number(&event)
            steps.append(.event(event, token: token(for: message, at: now)))
        }
        if let fetch = exchange.fetch, fetch.after == message { steps += awaitResult(at: now + fetch.wait, now) }
        if exchange.until.contains(message) {
            ended()
            deflatesUntil = now + TableTalk.deflation
            if !queue.isEmpty { steps += dropStart(at: now) }
        }
        if let count = heard.recordCount { memory?.counted(count) }
        guard let question = queue.first, question.ask.expect.contains(message) else { return }
        if question.purpose == .record, exchange.download?.none == message {
            memory?.finish()
            queue.removeAll { $0.purpose == .record }
            steps += sayNext(at: now)
        } else {
            steps += answered(question, at: now)
        }
    }

    mutating func deadlineReached(at now: MonotonicTime) -> [Step] {
        var steps: [Step] = []
        if let failsAt, failsAt <= now {
            ended()
            isUnanswered = true
            steps.append(.measurementFailed(.silent))
        }
        if let answerBy, answerBy <= now { steps += unanswered(at: now) }
        if let reopenAt, reopenAt <= now {
            self.reopenAt = nil
            steps += greet(at: now)
        }
        if let fetch = exchange.fetch, let fetchAt, fetchAt <= now, queue.isEmpty {
            self.fetchAt = nil
            steps += ask([Question(.fetch, fetch.ask)], at: now)
        }
        return steps + pollIfDue(at: now)
    }

    // MARK: Questions

    private mutating func greet(at now: MonotonicTime) -> [Step] {
        guard !exchange.open.isEmpty else {
            isGreeted = true
            // A polled device is read when it first answers.
            if exchange.poll == nil { queueMemory() }
            return sayNext(at: now)
        }
        reopenAt = nil
        return ask(exchange.open.map { Question(.open, $0) }, at: now)
    }

    private mutating func pollIfDue(at now: MonotonicTime) -> [Step] {
        guard let poll = exchange.poll, let pollAt, pollAt <= now, queue.isEmpty else { return [] }
        self.pollAt = now + poll.every
        return ask([Question(.poll, poll.ask)], at: now)
    }

    private mutating func queueMemory() {
        if let count = memory?.begin() { queue.append(Question(.count, count)) }
    }

    private mutating func queueRecord() {
        queue += (memory?.next() ?? []).map { Question(.record, $0.ask, index: $0.index) }
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
        guard let frame = table.frame(of: question.record(in: table)) else { return [] }
        if question.ask.expect.isEmpty { return [.send(frame)] + answered(question, at: now) }
        answerBy = now + question.ask.within
        return [.send(frame)]
    }

    private mutating func answered(_ question: Question, at now: MonotonicTime) -> [Step] {
        queue.removeFirst()
        let isLast = queue.first?.purpose != question.purpose
        var steps: [Step] = []
        switch question.purpose {
        case .open where isLast:
            isGreeted = true
            queueMemory()
        case .start where isLast: steps += begin(at: now)
        case .stop where isLast:
            if isMeasuring { steps.append(.measurementFailed(.stopped)) }
            ended()
            deflatesUntil = now + TableTalk.deflation
        case .poll:
            isAnswering = true
            queueMemory()
        case .count: queueRecord()
        case .record where isLast: queueRecord()
        case .open, .start, .stop, .fetch, .record: break
        }
        return steps + sayNext(at: now)
    }

    private mutating func unanswered(at now: MonotonicTime) -> [Step] {
        guard let question = queue.first else { return [] }
        if question.triesLeft > 0 { return sayNext(at: now) }
        switch question.purpose {
        case .poll, .count, .record:
            // Mute when idle is no fault of a device that has never spoken, nor of one that is plugged in now and then.
            isUnanswered = isAnswering && exchange.download == nil && !exchange.isSilenceUsual
            isAnswering = false
            memory?.giveUp()
            queue.removeAll { $0.purpose == question.purpose }
            return sayNext(at: now)
        case .fetch:
            queue.removeAll { $0.purpose == .fetch }
            ended()
            isUnanswered = true
            return [.measurementFailed(.silent)] + sayNext(at: now)
        case .open, .start, .stop: break
        }
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
        if let poll = exchange.poll, exchange.pollsOnlyMeasuring { pollAt = now + poll.every }
        return [.measurementStarted]
    }

    /// No measurement runs any more: neither pressure nor result is asked for.
    private mutating func ended() {
        (failsAt, fetchAt) = (nil, nil)
        stopPolling()
    }

    /// The pressure of a measurement that is over is not asked for; an answer still on its way is only heard.
    private mutating func stopPolling() {
        guard exchange.pollsOnlyMeasuring else { return }
        pollAt = nil
        if queue.first?.purpose == .poll { answerBy = nil }
        queue.removeAll { $0.purpose == .poll }
    }

    /// The device is done: its result is asked for, its pressure no more.
    private mutating func awaitResult(at time: MonotonicTime, _ now: MonotonicTime) -> [Step] {
        guard isMeasuring, let fetch = exchange.fetch else { return [] }
        stopPolling()
        guard time <= now, queue.isEmpty else {
            fetchAt = time
            return []
        }
        return ask([Question(.fetch, fetch.ask)], at: now)
    }

    private mutating func token(for message: Int, at now: MonotonicTime) -> Int? {
        guard let token = given.token(for: message) else { return nil }
        if let poll = exchange.poll { (pollAt, pollOnceSaved) = (now + TableTalk.patience, now + poll.every) }
        return token
    }
}
