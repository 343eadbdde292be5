// Telling systemd how the daemon is: READY, WATCHDOG, STOPPING, as sd_notify(3) does, without its library.

import Glibc

/// The service manager that started this process, if one did.
struct ServiceManager: Sendable {
    private let address: String?
    /// How often it wants to hear of us; nil when it does not watch. Half of WATCHDOG_USEC, as sd_watchdog_enabled(3) asks.
    let watchdogEvery: Duration?

    init() {
        address = environment("NOTIFY_SOCKET")
        let microseconds = environment("WATCHDOG_USEC").flatMap(Int64.init)
        let owner = environment("WATCHDOG_PID").flatMap(Int32.init)
        let isOurs = owner == nil || owner == getpid()
        watchdogEvery = isOurs ? microseconds.map { .microseconds($0 / 2) } : nil
    }

    /// Says one or more lines, such as `READY=1`.
    func tell(_ state: String) {
        guard let address else { return }
        sendDatagram(state, to: address)
    }
}

/// Sends one datagram to a Unix socket; nobody listening is not an error.
func sendDatagram(_ text: String, to path: String) {
    let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    guard var address = sockaddr_un(path: path) else { return }
    let bytes = Array(text.utf8)
    _ = address.withAddress {
        sendto(descriptor, bytes, bytes.count, Int32(MSG_DONTWAIT | MSG_NOSIGNAL), $0, $1)
    }
}
