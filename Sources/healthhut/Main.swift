// `healthhut`: one binary, one command a job. This file finds the command, prints its help, and turns a refusal into
// one clear line, a hint and a status.

import Dispatch
import Glibc
import Settings

/// One command: its shape, and what it does with arguments that fit.
struct Command: Sendable {
    /// How it runs: on the main thread, where it may wait, or as a task, where it may not.
    enum Body: Sendable {
        case waiting(@Sendable (Arguments) throws(CommandError) -> Void)
        case task(@Sendable (Arguments) async throws(CommandError) -> Void)
    }

    var shape: CommandShape
    var body: Body

    init(_ shape: CommandShape, _ body: Body) { (self.shape, self.body) = (shape, body) }
}

@main struct HealthHut {
    /// The version that `--version` prints and that every start records.
    static let version = "0.2.0"

    static let commands = [
        Command(serveShape, .task(runServe)),
        Command(kioskShape, .task(runKiosk)),
        Command(watchShape, .waiting(runWatch)),
        Command(decodeShape, .waiting(runDecode)),
        Command(simulateShape, .task(runSimulate)),
        Command(residentsImportShape, .task(runResidentsImport)),
        Command(residentsAddShape, .task(runResidentsAdd)),
        Command(residentsPINShape, .task(runResidentsPIN)),
        Command(residentsCardShape, .task(runResidentsCard)),
        Command(residentsUncardShape, .task(runResidentsUncard)),
        Command(residentsCodeShape, .task(runResidentsCode)),
        Command(residentsUncodeShape, .task(runResidentsUncode)),
        Command(residentsWaitingShape, .task(runResidentsWaiting)),
        Command(residentsConfirmShape, .task(runResidentsConfirm)),
        Command(staffAddShape, .task(runStaffAdd)),
        Command(bandsPairShape, .task(runBandsPair)),
        Command(bandsUnpairShape, .task(runBandsUnpair)),
        Command(devicesShape, .waiting(runDevices)),
        Command(devicesShowShape, .waiting(runDevicesShow)),
        Command(devicesTestShape, .waiting(runDevicesTest)),
        Command(devicesHealthShape, .task(runDevicesHealth)),
        Command(devicesUdevShape, .waiting(runDevicesUdev)),
        Command(recordShape, .task(runRecord)),
        Command(identifyShape, .task(runIdentify)),
        Command(replayShape, .task(runReplay)),
        Command(policyShowShape, .waiting(runPolicyShow)),
        Command(policyDiffShape, .waiting(runPolicyDiff)),
        Command(policyCheckShape, .waiting(runPolicyCheck)),
        Command(checkShape, .task(runCheck)),
        Command(auditVerifyShape, .task(runAuditVerify)),
        Command(auditShowShape, .task(runAuditShow)),
        Command(demoShape, .task(runDemo)),
    ]

    static func main() {
        // A reader that went away is an error of one write, not the end of the program.
        signal(SIGPIPE, SIG_IGN)
        Signals.letIn()
        do {
            try run(Array(CommandLine.arguments.dropFirst()))
        } catch {
            end(with: error)
        }
    }

    private static func run(_ words: [String]) throws(CommandError) {
        if words == ["--version"] { return printLine("healthhut \(version)") }
        // The longest name that fits: `residents import` before `residents`.
        let match = commands.filter { command in
            (["healthhut"] + words).starts(with: command.shape.name.split(separator: " ").map(String.init))
        }.max { $0.shape.name.count < $1.shape.name.count }
        guard let match else { return try refuse(words) }
        let ownWords = match.shape.name.split(separator: " ").count - 1
        let arguments = try Arguments(Array(words.dropFirst(ownWords)), shape: match.shape)
        if arguments.wantsHelp { return printLine(match.shape.help) }
        switch match.body {
        case .waiting(let body): try body(arguments)
        case .task(let body):
            Signals.keep()
            Task(executorPreference: CommandExecutor.shared) {
                do throws(CommandError) {
                    try await body(arguments)
                    exit(0)
                } catch {
                    end(with: error)
                }
            }
            // The task ends the process.
            Signals.handOut()
        }
    }

    private static func end(with error: CommandError) -> Never {
        complain("healthhut: \(error.message)")
        if let hint = error.hint { complain("hint: \(hint)") }
        exit(error.status)
    }

    /// `--help`, nothing, half a command or an unknown one.
    private static func refuse(_ words: [String]) throws(CommandError) {
        let asksForHelp = words.contains("--help") || words.contains("-h")
        let family = words.first.map { word in commands.filter { $0.shape.name.hasPrefix("healthhut \(word) ") } } ?? []
        if asksForHelp, words.count == 1 || !family.isEmpty {
            return printLine(overview(family.isEmpty ? commands : family))
        }
        guard let first = words.first else {
            complain(overview(commands))
            throw .usage("a command is missing", command: "healthhut")
        }
        if !family.isEmpty {
            let names = family.map { $0.shape.name.dropFirst("healthhut \(first) ".count) }.joined(separator: ", ")
            throw .usage("'\(first)' needs one of: \(names)", command: "healthhut \(first)")
        }
        throw .usage("unknown command '\(first)'", command: "healthhut")
    }

    private static func overview(_ commands: [Command]) -> String {
        let width = commands.map(\.shape.name.count).max() ?? 0
        let lines = commands.map {
            "  \($0.shape.name)\(String(repeating: " ", count: width - $0.shape.name.count))  \($0.shape.summary)"
        }
        return "usage: healthhut COMMAND [OPTIONS]\n\n\(lines.joined(separator: "\n"))\n\n"
            + "healthhut COMMAND --help tells more; healthhut --version tells the version."
    }
}

/// Where a command runs that may not wait: its own steps, its signals, its terminal.
///
/// Not the main queue: under load a job that was put there while `dispatchMain` took over was lost, and the program stood
/// still for ever.
let commandQueue = DispatchQueue(label: "command")

/// Runs a command's tasks, and whatever they await that has no home of its own, on the command's queue: the first work
/// on Dispatch's shared pool would wake an idle hut every second for ever.
final class CommandExecutor: TaskExecutor {
    /// The only one, and never let go: a task refers to its executor without holding it.
    static let shared = CommandExecutor()

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        commandQueue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
