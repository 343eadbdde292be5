// `healthhut serve`: the daemon, in the foreground, until it is asked to end.

import Ledger
import Settings

let serveShape = CommandShape(
    "healthhut serve", "Runs the hut in the foreground.",
    options: [.init("--settings", "FILE", "the hut's settings, such as /etc/healthhut/hut.json5", isRequired: true)],
    notes: """
        SIGTERM or SIGINT ends it within two seconds; what is on disk stays. Tells systemd READY=1, WATCHDOG=1 and
        STOPPING=1 when it was started by it. A second serve on the same ledger is refused.
        """)

/// Runs the hut until SIGTERM or SIGINT.
func runServe(_ arguments: Arguments) async throws(CommandError) {
    let configuration = try HutConfiguration.load(arguments["--settings"] ?? "")
    let endings = EndSignals()
    let hut = try await openHut(configuration, clock: HutClock())
    try await hut.start()
    await endings.first()
    await hut.stop()
}

/// Opens the ledger for a hut that is the only one on it.
func openHut(_ configuration: HutConfiguration, clock: HutClock) async throws(CommandError) -> Hut {
    let settings = configuration.settings
    do {
        let lock = try LedgerLock(ledger: settings.ledger)
        let identityKey = try IdentityKey.open(path: settings.identityKeyFile)
        let ledger = try await Ledger.open(path: settings.ledger, at: clock.now.hut)
        let attribution = try await attribution(for: configuration.instruments.map(\.manner), from: ledger)
        return Hut(
            configuration, ledger: ledger, lock: lock, identityKey: identityKey, attribution: attribution,
            clock: clock, manager: ServiceManager())
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
