// What a hut hands to a device that puts something out: a slip of paper, a text to a telephone. And the one word for
// what became of it.

/// Why a printer or a modem does not do its work, or soon will not, by the name its profile's `errors` explain.
package struct OutputTrouble: Hashable, Sendable, Codable, RawRepresentable, ExpressibleByStringLiteral {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
    package init(stringLiteral value: String) { rawValue = value }

    /// Nobody answers: switched off, or the cable is out.
    package static let noAnswer: OutputTrouble = "no-answer"
    package static let lineDown: OutputTrouble = "line-down"
    /// Too much waits already.
    package static let busy: OutputTrouble = "busy"
    /// The instrument is none that puts anything out.
    package static let notAble: OutputTrouble = "not-able"
    package static let paperNearEnd: OutputTrouble = "paper-near-end"
    package static let paperOut: OutputTrouble = "paper-out"
    package static let coverOpen: OutputTrouble = "cover-open"
    package static let printerError: OutputTrouble = "printer-error"
    package static let offline: OutputTrouble = "offline"
    /// The SIM card is missing, locked by a PIN, or broken.
    package static let noCard: OutputTrouble = "no-card"
    package static let noNetwork: OutputTrouble = "no-network"
    package static let weakSignal: OutputTrouble = "weak-signal"
    /// The network or the modem refused a text without a number that says why.
    package static let refused: OutputTrouble = "refused"

    /// Whether work still gets done.
    package var isWarning: Bool { self == .paperNearEnd || self == .weakSignal }
}

/// What became of a slip or a text.
package enum OutputResult: Hashable, Sendable, Codable {
    /// The printer says that it has paper still; the network has taken the text.
    case done
    /// Certainly not put out.
    case failed(OutputTrouble)
    /// Handed over, and no word came: nobody knows.
    case unknown
}

/// A slip of paper for whoever has just measured: sentences, and what they speak of. Which bytes print it is the
/// printer's affair.
package struct Slip: Hashable, Sendable {
    /// One line of sense; longer than the paper is wide, it is wrapped.
    package struct Line: Hashable, Sendable {
        package enum Style: Hashable, Sendable { case plain, bold, big }
        package var text: String
        package var style: Style
        package var isCentred: Bool

        package init(_ text: String, _ style: Style = .plain, isCentred: Bool = false) {
            (self.text, self.style, self.isCentred) = (text, style, isCentred)
        }
    }

    package var lines: [Line]
    /// What stands above a code; empty for a slip that is to have none.
    package var invitation: [Line]
    /// Printed as a square that a scanner reads, and in letters below. It is given when the slip is printed: the ledger
    /// keeps only its digest, so that no later moment knows it.
    package var code: HutCode?
    /// The readings it tells of, all of them on disk.
    package var readings: [FactSequence]

    package init(lines: [Line], invitation: [Line] = [], code: HutCode? = nil, readings: [FactSequence]) {
        (self.lines, self.invitation, self.code, self.readings) = (lines, invitation, code, readings)
    }
}
