// What ends a run early, and with which status. The numbers are those of sysexits, which systemd prints by name.

/// The exit status of a run; `--help` lists them.
package enum ExitStatus: Int32 {
    /// Everything was sent, or there was nothing to do, or another run is at work.
    case done = 0
    case usage = 64
    /// The district refused some readings for their content.
    case parked = 65
    case ledger = 74
    /// The timer tries again.
    case later = 75
    /// The server cannot be trusted to store a reading once.
    case unfit = 76
    /// Token or rights.
    case permission = 77
    case configuration = 78
}

/// One line of what is wrong, one of what to do.
package struct UploadProblem: Error, Hashable, Sendable {
    package var message: String
    package var hint: String
    package var status: ExitStatus

    init(_ message: String, hint: String, _ status: ExitStatus) {
        (self.message, self.hint, self.status) = (message, hint, status)
    }
}
