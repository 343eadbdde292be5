// The hut's side of a GSM modem: wake it, see that its card and its network are there, hand over a text when the prompt
// comes, and wait for the network's word. One command is in the air at a time; its end is OK or an error.
import Vitals

/// The conversation with a modem.
struct ModemTalk: Talk {
    private var commands: [Command] = []
    private var answerBy: MonotonicTime?
    private var triesLeft = 0
    private var jobs: [(number: Int, message: SMSSubmit)] = []
    private var nextLook: MonotonicTime?
    private var pause = ModemTalk.firstPause
    /// What the last look found, and what the one under way has found so far.
    private(set) var trouble: OutputTrouble?
    private var found = Look()
    /// The network has taken the text whose body is in the air; OK follows.
    private var isTaken = false

    private struct Look: Sendable {
        var hasCard = false
        var isRegistered = false
        /// 0 is −113 dBm, each step 2 dBm; 99 is unknown.
        var signal = 99

        var trouble: OutputTrouble? {
            if !hasCard { return .noCard }
            if !isRegistered { return .noNetwork }
            return (0...ModemTalk.weakest).contains(signal) ? .weakSignal : nil
        }
    }

    /// What is asked, in the order of a greeting; the two halves of a text; taking one back.
    private enum Command { case wake, echoOff, numberErrors, card, pduMode, signal, registration, text, body, takeBack }

    /// Seconds; the network may take a minute over a text, everything else is the modem's own (27.005 names no time).
    private static let within: (command: Int, text: Int, body: Int) = (5, 10, 60)
    private static let wakings = 3
    /// A modem that is well is looked at every five minutes; one that is not, after 30 s and ever more rarely (ours).
    private static let betweenLooks = Duration.seconds(300)
    private static let firstPause = Duration.seconds(30)
    private static let longestPause = Duration.seconds(600)
    /// Up to here texts may fail now and then (ours).
    private static let weakest = 5
    private static let mostWaiting = 8
    private static let greeting: [Command] = [.wake, .echoOff, .numberErrors, .pduMode] + look
    private static let look: [Command] = [.card, .signal, .registration]
    /// An Escape takes the text back; the CR behind it ends the line of a modem that was not asking for one.
    private static let escape: [UInt8] = [0x1B, 0x0D]
    private static let endOfText: UInt8 = 0x1A

    var isUnanswered: Bool { trouble == .noAnswer }
    var isMeasuring: Bool { false }
    var deadline: MonotonicTime? { [answerBy, nextLook].compactMap(\.self).min() }

    mutating func opened(at now: MonotonicTime) -> [Step] {
        self = ModemTalk()
        return begin(Self.greeting, at: now)
    }

    mutating func lost() -> [Step] {
        let results = jobs.enumerated().map { place, job in
            Step.output(job.number, place == 0 && commands.first == .body ? .unknown : .failed(.lineDown))
        }
        self = ModemTalk()
        return results
    }

    mutating func put(_ job: OutputJob, number: Int, at now: MonotonicTime) -> [Step] {
        guard case .text(let to, let text) = job else { return [.output(number, .failed(.notAble))] }
        guard jobs.count < Self.mostWaiting else { return [.output(number, .failed(.busy))] }
        jobs.append((number, SMSSubmit(number: to, text: text)))
        guard commands.isEmpty else { return [] }
        return begin(isUnanswered ? Self.greeting : Self.look, at: now)
    }

    mutating func hear(_ heard: Heard, at now: MonotonicTime, _ steps: inout [Step]) {
        guard case .said(let raw, let payload) = heard.what, let said = ModemSaid(rawValue: raw) else { return }
        let value = String(decoding: payload, as: UTF8.self)
        switch said {
        case .other: break
        case .card: found.hasCard = value == "READY"
        case .signal: found.signal = value.split(separator: ",").first.flatMap { Int($0) } ?? 99
        case .registration: found.isRegistered = Self.isRegistered(value)
        case .sent: isTaken = commands.first == .body
        case .prompt: if commands.first == .text { steps += next(at: now) }
        case .ok: steps += finished(at: now)
        case .error: steps += refused(OutputTrouble(rawValue: value), at: now)
        }
    }

    mutating func deadlineReached(at now: MonotonicTime) -> [Step] {
        if let answerBy, answerBy <= now { return unanswered(at: now) }
        guard let nextLook, nextLook <= now, commands.isEmpty else { return [] }
        return begin(isUnanswered ? Self.greeting : Self.look, at: now)
    }

    // A modem measures nothing and has nothing to acknowledge.
    mutating func startMeasurement(at now: MonotonicTime) -> [Step] { [.measurementFailed(.cannotStart)] }
    mutating func stopMeasurement(at now: MonotonicTime) -> [Step] { [] }
    mutating func saved(_ token: Int, isRepeat: Bool, at now: MonotonicTime) -> [Step] { [] }

    /// `0,1`, asked for; `1`, said by itself. 1 is at home, 5 roaming.
    private static func isRegistered(_ value: String) -> Bool {
        let fields = value.split(separator: ",").map { Int($0) }
        let state = (fields.count > 1 ? fields[1] : nil) ?? fields.first ?? nil
        return state == 1 || state == 5
    }

    // MARK: one command after the other

    private mutating func begin(_ commands: [Command], at now: MonotonicTime) -> [Step] {
        (self.commands, nextLook) = (commands, nil)
        triesLeft = Self.wakings
        found = Look()
        return say(at: now)
    }

    private mutating func say(at now: MonotonicTime) -> [Step] {
        guard let command = commands.first else { return lookedAt(at: now) }
        let job = jobs.first?.message
        let (bytes, seconds): ([UInt8], Int) =
            switch command {
            case .wake: (Self.line("AT"), 2)
            case .echoOff: (Self.line("ATE0"), Self.within.command)
            case .numberErrors: (Self.line("AT+CMEE=1"), Self.within.command)
            case .card: (Self.line("AT+CPIN?"), Self.within.command)
            case .pduMode: (Self.line("AT+CMGF=0"), Self.within.command)
            case .signal: (Self.line("AT+CSQ"), Self.within.command)
            case .registration: (Self.line("AT+CREG?"), Self.within.command)
            case .text: (Self.line("AT+CMGS=\(job?.tpdu.count ?? 0)"), Self.within.text)
            case .body: (Array((job?.pdu ?? "").utf8) + [Self.endOfText], Self.within.body)
            case .takeBack: (Self.escape, 1)
            }
        answerBy = now + .seconds(seconds)
        return [.send(bytes)]
    }

    private static func line(_ command: String) -> [UInt8] { Array(command.utf8) + [0x0D] }

    private mutating func next(at now: MonotonicTime) -> [Step] {
        commands.removeFirst()
        return say(at: now)
    }

    private mutating func finished(at now: MonotonicTime) -> [Step] {
        switch commands.first {
        // OK of an earlier command that was given up.
        case nil, .text, .takeBack: return []
        case .body:
            guard isTaken else { return [] }
            return end(.done, at: now)
        default: return next(at: now)
        }
    }

    private mutating func refused(_ why: OutputTrouble, at now: MonotonicTime) -> [Step] {
        switch commands.first {
        case nil, .takeBack: return []
        case .text, .body: return end(.failed(why), at: now)
        // A card that is missing or locked answers with an error: then there is none.
        default: return next(at: now)
        }
    }

    private mutating func unanswered(at now: MonotonicTime) -> [Step] {
        switch commands.first {
        case .wake where triesLeft > 1:
            triesLeft -= 1
            return say(at: now)
        case .text: return give(back: .failed(.noAnswer), at: now)
        case .body: return give(back: .unknown, at: now)
        // What it said meanwhile answered nothing of ours; from here on the order is known again.
        case .takeBack: return begin(Self.greeting, at: now)
        default:
            trouble = .noAnswer
            return rest(at: now)
        }
    }

    /// Without an answer nobody knows what the modem waits for: the text is taken back and the modem greeted anew.
    private mutating func give(back result: OutputResult, at now: MonotonicTime) -> [Step] {
        let step = Step.output(jobs.removeFirst().number, result)
        isTaken = false
        return [step] + begin([.takeBack], at: now)
    }

    /// The first job is over; the next, if any, follows.
    private mutating func end(_ result: OutputResult, at now: MonotonicTime) -> [Step] {
        let step = Step.output(jobs.removeFirst().number, result)
        (commands, isTaken) = ([], false)
        return [step] + rest(at: now)
    }

    private mutating func lookedAt(at now: MonotonicTime) -> [Step] {
        trouble = found.trouble
        return rest(at: now)
    }

    /// Nothing is in the air: a text goes out, or the modem is left alone for a while.
    private mutating func rest(at now: MonotonicTime) -> [Step] {
        (commands, answerBy) = ([], nil)
        if let trouble, !trouble.isWarning {
            let results = jobs.map { Step.output($0.number, .failed(trouble)) }
            jobs = []
            nextLook = now + pause
            pause = min(pause + pause, Self.longestPause)
            return results
        }
        pause = Self.firstPause
        guard !jobs.isEmpty else {
            nextLook = now + Self.betweenLooks
            return []
        }
        commands = [.text, .body]
        return say(at: now)
    }
}
