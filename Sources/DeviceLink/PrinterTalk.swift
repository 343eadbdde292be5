// The hut's side of a receipt printer: ask how it stands, print, ask again. Answers travel on the wire that carries the
// text the other way, so nothing is asked while a slip is on its way. A printer that ran out of paper swallows text and
// says nothing; only the question behind the slip tells.
import Vitals

/// The conversation with a printer.
struct PrinterTalk: Talk {
    private let baud: Int
    private var round: Round?
    private var jobs: [(number: Int, bytes: [UInt8])] = []
    /// When the slip on its way has left the line and may be asked about.
    private var printedAt: MonotonicTime?
    /// When it is asked again though nothing is to be printed.
    private var nextLook: MonotonicTime?
    private var pause = PrinterTalk.firstPause
    /// It knows the older question only.
    private var isOld = false
    private(set) var trouble: OutputTrouble?

    /// Questions asked one after the other, and what came back so far.
    private struct Round {
        var questions: [PrinterQuestion]
        var answerBy: MonotonicTime
        var trouble: OutputTrouble?
        var isBehindSlip: Bool
        /// What came since the question: an answer is one byte and has no check, so that it must stand alone.
        var heard: [UInt8] = []
        var triesLeft = PrinterTalk.tries
    }

    /// A real-time answer comes within milliseconds; a slow serial server may take longer (ours).
    private static let patience = Duration.seconds(2)
    /// An answer stands alone when nothing follows it for so long (ours; at 9600 baud a byte takes 1 ms).
    private static let alone = Duration.milliseconds(100)
    /// How often a question is asked whose answer came in noise (ours).
    private static let tries = 3
    /// From the last byte sent until the slip is out (ours: 10 cm at 5 cm/s, and a margin).
    private static let printing = Duration.seconds(3)
    /// Paper is looked at now and then, so that a nurse learns of it before a resident does (ours).
    private static let betweenLooks = Duration.seconds(300)
    /// A printer that is switched off is asked ever more rarely: an idle hut must sleep (ours).
    private static let firstPause = Duration.seconds(30)
    private static let longestPause = Duration.seconds(600)
    /// More slips than this in a queue nobody waits for (ours).
    private static let mostWaiting = 4

    init(baud: Int) { self.baud = max(baud, 1) }

    var isUnanswered: Bool { trouble == .noAnswer }
    var isMeasuring: Bool { false }
    var deadline: MonotonicTime? { [round?.answerBy, printedAt, nextLook].compactMap(\.self).min() }

    mutating func opened(at now: MonotonicTime) -> [Step] {
        self = PrinterTalk(baud: baud)
        return ask([.printer, .offline, .paper], at: now)
    }

    mutating func lost() -> [Step] {
        // A slip on its way may be out, in part.
        let results = jobs.enumerated().map { place, job in
            Step.output(job.number, place == 0 && isUnderWay ? .unknown : .failed(.lineDown))
        }
        self = PrinterTalk(baud: baud)
        return results
    }

    mutating func put(_ job: OutputJob, number: Int, at now: MonotonicTime) -> [Step] {
        guard case .slip(let bytes) = job else { return [.output(number, .failed(.notAble))] }
        guard jobs.count < Self.mostWaiting else { return [.output(number, .failed(.busy))] }
        jobs.append((number, bytes))
        return jobs.count == 1 && round == nil ? lookAgain(at: now) : []
    }

    mutating func hear(_ heard: Heard, at now: MonotonicTime, _ steps: inout [Step]) {
        guard case .said(let byte, _) = heard.what, round != nil else { return }
        round?.heard.append(UInt8(truncatingIfNeeded: byte))
        round?.answerBy = now + Self.alone
    }

    mutating func deadlineReached(at now: MonotonicTime) -> [Step] {
        if let round, round.answerBy <= now { return answered(round, at: now) }
        if let printedAt, printedAt <= now {
            self.printedAt = nil
            return ask(isOld ? [.sensor] : [.offline, .paper], behindSlip: true, at: now)
        }
        guard let nextLook, nextLook <= now, round == nil else { return [] }
        return lookAgain(at: now)
    }

    // A printer measures nothing and has nothing to acknowledge.
    mutating func startMeasurement(at now: MonotonicTime) -> [Step] { [.measurementFailed(.cannotStart)] }
    mutating func stopMeasurement(at now: MonotonicTime) -> [Step] { [] }
    mutating func saved(_ token: Int, isRepeat: Bool, at now: MonotonicTime) -> [Step] { [] }

    private var isUnderWay: Bool { printedAt != nil || round?.isBehindSlip == true }

    private mutating func lookAgain(at now: MonotonicTime) -> [Step] {
        ask(isOld ? [.sensor] : [.printer, .offline, .paper], at: now)
    }

    private mutating func ask(_ questions: [PrinterQuestion], behindSlip: Bool = false, at now: MonotonicTime) -> [Step]
    {
        round = Round(questions: questions, answerBy: now + Self.patience, isBehindSlip: behindSlip)
        nextLook = nil
        return questions.first.map { [.send($0.bytes)] } ?? []
    }

    /// The time for an answer is over, or it has stood alone long enough.
    private mutating func answered(_ round: Round, at now: MonotonicTime) -> [Step] {
        guard let question = round.questions.first else { return finish(round, at: now) }
        guard let answer = round.heard.first else { return unanswered(round, at: now) }
        var next = round
        (next.heard, next.answerBy) = ([], now + Self.patience)
        if round.heard.count == 1, question.isAnswer(answer) {
            if let found = question.trouble(in: answer) { next.trouble = found.orWorse(round.trouble) }
            next.questions.removeFirst()
            next.triesLeft = Self.tries
        } else {
            next.triesLeft -= 1
        }
        guard next.triesLeft > 0 else { return fallSilent(next, at: now) }
        guard let ask = next.questions.first else { return finish(next, at: now) }
        self.round = next
        return [.send(ask.bytes)]
    }

    /// The first question without an answer is asked in the older way before anybody says that the printer is off.
    private mutating func unanswered(_ round: Round, at now: MonotonicTime) -> [Step] {
        if round.questions.first == .printer, round.triesLeft == Self.tries {
            let steps = ask([.sensor], at: now)
            isOld = true
            return steps
        }
        return fallSilent(round, at: now)
    }

    private mutating func fallSilent(_ round: Round, at now: MonotonicTime) -> [Step] {
        isOld = false
        (self.round, trouble) = (nil, .noAnswer)
        nextLook = now + pause
        pause = min(pause + pause, Self.longestPause)
        let results = jobs.enumerated().map { place, job in
            Step.output(job.number, place == 0 && round.isBehindSlip ? .unknown : .failed(.noAnswer))
        }
        jobs = []
        return results
    }

    private mutating func finish(_ round: Round, at now: MonotonicTime) -> [Step] {
        (self.round, trouble, pause) = (nil, round.trouble, Self.firstPause)
        nextLook = now + Self.betweenLooks
        var steps: [Step] = []
        if round.isBehindSlip, !jobs.isEmpty {
            steps.append(.output(jobs.removeFirst().number, outcome))
        }
        guard let job = jobs.first else { return steps }
        if case .failed = outcome {
            steps += jobs.map { .output($0.number, outcome) }
            jobs = []
            return steps
        }
        // Ten bits a byte on the wire.
        printedAt = now + .milliseconds(job.bytes.count * 10_000 / baud) + Self.printing
        nextLook = nil
        return steps + [.send(job.bytes)]
    }

    private var outcome: OutputResult {
        if let trouble, !trouble.isWarning { .failed(trouble) } else { .done }
    }
}
