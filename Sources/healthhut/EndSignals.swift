// Being asked to end: SIGTERM from systemd, SIGINT from a keyboard. Listened for from the first moment, because a
// signal that comes between *ready* and *listening* would end the program without its goodbyes.

import Dispatch
import Glibc

/// The signals that ask a long-running command to end.
///
/// `@unchecked Sendable`: the sources are made once, before anybody else has the value, and only held.
final class EndSignals: @unchecked Sendable {
    private let signals: AsyncStream<Int32>
    private var sources: [any DispatchSourceSignal] = []

    /// Listens from now on; the signals' usual effect is gone.
    init() {
        let (signals, heard) = AsyncStream.makeStream(of: Int32.self)
        self.signals = signals
        for number in [SIGTERM, SIGINT] { sources.append(onSignal(number) { heard.yield(number) }) }
    }

    /// Returns when the first has come, at once when it came before.
    func first() async {
        for await _ in signals { return }
    }
}

/// Calls `body` on the command's queue whenever a signal comes, in place of its usual effect, until it is cancelled.
func onSignal(_ number: Int32, _ body: @escaping @Sendable () -> Void) -> any DispatchSourceSignal {
    signal(number, SIG_IGN)
    let source = DispatchSource.makeSignalSource(signal: number, queue: commandQueue)
    source.setEventHandler(handler: body)
    source.activate()
    return source
}
