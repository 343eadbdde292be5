// Devices that put something out share the conversation with those that measure: the same line, the same framing, the
// same deadlines. What is different stands here: a job goes in, its outcome comes back as a step.
import Vitals

/// Something to put out.
package enum OutputJob: Hashable, Sendable {
    /// The bytes of one slip, from its reset to its cut.
    case slip([UInt8])
    /// A text for a telephone; cut to what one message holds.
    case text(to: String, String)
}

extension Talk {
    /// Most devices put nothing out.
    mutating func put(_ job: OutputJob, number: Int, at now: MonotonicTime) -> [Step] {
        [.output(number, .failed(.notAble))]
    }

    var trouble: OutputTrouble? { nil }
}

extension DeviceProfile {
    /// A trouble as its profile explains it.
    package func words(for trouble: OutputTrouble) -> LocalizedText? {
        guard case .deviceError(_, let words, _) = errors[trouble.rawValue] else { return nil }
        return words
    }
}
