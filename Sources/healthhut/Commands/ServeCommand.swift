// `healthhut serve`: the daemon, in the foreground, until it is asked to end.

import Attribution
import Dispatch
import Glibc
import Ledger
import Settings

let serveShape = CommandShape(
    "healthhut serve", "Runs the hut in the foreground.",
    options: [.init("--settings", "FILE", "the hut's settings, such as /etc/healthhut/hut.json5", isRequired: true)],
    notes: """
        SIGTERM or SIGINT ends it within two seconds with nothing lost. Tells systemd READY=1, WATCHDOG=1 and
        STOPPING=1 when it was started by it. A second serve on the same ledger is refused.
        """)

/// Runs the hut until SIGTERM or SIGINT.
func runServe(_ arguments: Arguments) async throws(CommandError) {
    let configuration = try HutConfiguration.load(arguments["--settings"] ?? "")
    let hut = try await openHut(configuration, clock: HutClock())
    try await hut.start()
    await untilAskedToEnd()
    await hut.stop()
}

/// Opens the ledger for a hut that is the only one on it.
func openHut(_ configuration: HutConfiguration, clock: HutClock) async throws(CommandError) -> Hut {
    let settings = configuration.settings
    do {
        let lock = try LedgerLock(ledger: settings.ledger)
        _ = try IdentityKey.open(path: settings.identityKeyFile)
        let ledger = try await Ledger.open(path: settings.ledger, at: clock.now.hut)
        let attribution = Attribution(
            instruments: configuration.instruments.map(\.manner), pairings: try await wearings(ledger))
        return Hut(
            configuration, ledger: ledger, lock: lock, attribution: attribution, clock: clock,
            manager: ServiceManager())
    } catch {
        throw CommandError(error.message, hint: error.hint, status: error.status)
    }
}

extension LedgerError {
    /// The status a command ends with: 78 where somebody must change something first, 75 try later, 74 else.
    var status: Int32 {
        switch self {
        case .unsafe, .notOurs, .newer, .locked: 78
        case .busy, .full: 75
        case .refused, .unstorable: 65
        default: 74
        }
    }
}

/// Returns when the process is asked to end.
func untilAskedToEnd() async {
    await withCheckedContinuation { continuation in
        let once = EndSignals(continuation)
        once.arm()
    }
}

/// Waits for the first SIGTERM or SIGINT.
///
/// `@unchecked Sendable`: touched on the main queue only.
private final class EndSignals: @unchecked Sendable {
    private var continuation: CheckedContinuation<Void, Never>?
    private var sources: [any DispatchSourceSignal] = []

    init(_ continuation: CheckedContinuation<Void, Never>) { self.continuation = continuation }

    func arm() {
        for number in [SIGTERM, SIGINT] {
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .main)
            source.setEventHandler {
                self.continuation?.resume()
                self.continuation = nil
                self.sources = []
            }
            sources.append(source)
            source.activate()
        }
    }
}
