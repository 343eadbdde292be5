// Being told by the system: SIGTERM from systemd, SIGINT from a keyboard, a terminal that changed its size.
//
// The main thread blocks these signals before any other thread exists and takes them one by one with sigwait, so one
// that comes at any moment is kept by the kernel until somebody hears it. Dispatch's own signal sources are armed later,
// by a thread of their own: what comes between finds the usual effect gone and the new one not yet there.

import Dispatch
import Glibc
import Synchronization

/// The signals a command may listen for.
enum Signals {
    /// Every signal that ends a program by itself and can be caught in time.
    static let endings = [
        SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGPROF, SIGXCPU,
    ]

    private static let listeners = Mutex<[Int32: @Sendable () -> Void]>([:])

    /// Calls `body` on the command's queue whenever signal `number` comes, in place of its usual effect.
    static func listen(_ number: Int32, _ body: @escaping @Sendable () -> Void) {
        listeners.withLock { $0[number] = body }
    }

    /// Lets signal `number` have its usual effect again.
    static func stopListening(_ number: Int32) {
        listeners.withLock { $0[number] = nil }
    }

    /// Keeps the signals for `handOut`; called while the calling thread is the program's only one.
    static func keep() {
        var kept = all
        sigprocmask(SIG_SETMASK, &kept, nil)
    }

    /// Lets every signal in again that whoever started this program may have kept out.
    static func letIn() {
        var none = sigset_t()
        sigemptyset(&none)
        sigprocmask(SIG_SETMASK, &none, nil)
    }

    /// Hands signals to their listeners for as long as the program runs.
    static func handOut() -> Never {
        var kept = all
        while true {
            var number: Int32 = 0
            guard sigwait(&kept, &number) == 0 else { continue }
            if let body = listeners.withLock({ $0[number] }) {
                commandQueue.async(execute: body)
            } else {
                letIn()
                raise(number)
                keep()
            }
        }
    }

    private static var all: sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        for number in endings + [SIGWINCH] { sigaddset(&set, number) }
        return set
    }
}

/// The signals that ask a long-running command to end.
struct EndSignals {
    private let asked: AsyncStream<Void>

    /// Listens from now on; the signals' usual effect is gone.
    init() {
        let (asked, heard) = AsyncStream.makeStream(of: Void.self)
        self.asked = asked
        for number in [SIGTERM, SIGINT] { Signals.listen(number) { heard.yield() } }
    }

    /// Returns when the first has come, at once when it came before.
    func first() async {
        for await _ in asked { return }
    }
}
