// A line written down as it happens: the text of a capture, piece by piece, each with its time. Bytes that come without a
// pause are one piece, because a read is not a frame and one byte a line is nothing to read.
import Vitals

/// Makes the text of a capture.
package struct CaptureWriter: Sendable {
    private var direction = CaptureFile.Direction.fromDevice
    private var pending: [UInt8] = []
    private var began = MonotonicTime(nanoseconds: 0)
    private var last = MonotonicTime(nanoseconds: 0)
    private let start: MonotonicTime

    /// A pause so long ends a piece (ours): 48 bytes at 9600 baud, far less than lies between two frames of a cuff.
    private static let pause = Duration.milliseconds(50)
    /// A stream without pauses is cut here, so that it can be read and does not wait in memory.
    private static let longestPiece = 512

    package init(start: MonotonicTime) { self.start = start }

    /// The head of a capture; `notes` in their order. A line end in a value would end the head: it becomes a blank.
    package static func header(_ notes: [CaptureFile.Note]) -> String {
        notes.map { "# \($0.key): \($0.value.map { $0.isNewline ? " " : String($0) }.joined())\n" }.joined() + "\n"
    }

    /// When `due` wants to be called; nil while nothing waits.
    package var deadline: MonotonicTime? { pending.isEmpty ? nil : last + CaptureWriter.pause }

    /// Takes bytes of one side and gives the lines that are finished by them.
    package mutating func add(_ bytes: [UInt8], _ side: CaptureFile.Direction, at now: MonotonicTime) -> String {
        var text = ""
        if side != direction || now - last > CaptureWriter.pause { text += finish() }
        for byte in bytes {
            if pending.isEmpty { (direction, began) = (side, now) }
            pending.append(byte)
            last = now
            if pending.count == CaptureWriter.longestPiece { text += finish() }
        }
        return text
    }

    /// The lines that a pause has finished.
    package mutating func due(at now: MonotonicTime) -> String {
        deadline.map { $0 <= now } == true ? finish() : ""
    }

    /// Something that is not bytes: the line was lost, the line is back.
    package mutating func remark(_ what: String, at now: MonotonicTime) -> String {
        finish() + "# \(time(now)) \(what)\n"
    }

    /// Everything that still waits; the capture is whole.
    package mutating func finish() -> String {
        guard !pending.isEmpty else { return "" }
        defer { pending = [] }
        return "\(direction == .fromHost ? ">" : "<") \(HexText.text(of: pending))  # \(time(began))\n"
    }

    /// `+12.345 s`.
    private func time(_ now: MonotonicTime) -> String {
        "+\(JSONLine.decimal(Int((now - start).milliseconds), places: 3)) s"
    }
}
