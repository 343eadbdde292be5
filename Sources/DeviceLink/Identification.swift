// Which device may be speaking? Every profile listens to the same bytes; what each understands of them is counted. Nothing
// here can send: an instrument that is not known must not be written to.
import Vitals

/// Bytes of one line against many profiles.
package struct Identification: Sendable {
    /// How sure a match is.
    package enum Sureness: Int, Comparable, Sendable {
        /// A frame or two that could be chance.
        case possible
        case likely
        /// Frames with a check of their own, and hardly a byte besides.
        case sure

        package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }

    /// What one profile made of the bytes.
    package struct Match: Sendable {
        package var device: String
        package var frames: Int
        /// Of a hundred bytes, how many were understood.
        package var share: Int
        package var sureness: Sureness
    }

    /// How many bytes came.
    package private(set) var bytes = 0
    private var listeners: [(device: String, isChecked: Bool, report: DecodeReport)]

    package init(_ shelf: [(device: String, profile: DeviceProfile)]) {
        // An answer has the shape its question gave it: without the question any bytes would do.
        listeners = shelf.filter { !$0.profile.speaksInAnswers }
            .map { ($0.device, $0.profile.isChecked, DecodeReport(profile: $0.profile)) }
    }

    package mutating func hear(_ bytes: [UInt8]) {
        self.bytes += bytes.count
        for index in listeners.indices { _ = listeners[index].report.feed(bytes) }
    }

    /// Every profile that understood a frame, the surest first.
    package var matches: [Match] {
        listeners.compactMap { device, isChecked, report in
            var report = report
            _ = report.finish()
            let tally = report.tally
            guard tally.frames > 0, bytes > 0 else { return nil }
            let share = max(0, bytes - tally.noiseBytes) * 100 / bytes
            return Match(
                device: device, frames: tally.frames, share: share,
                sureness: Identification.sureness(frames: tally.frames, share: share, isChecked: isChecked))
        }.sorted { ($1.sureness, $1.share, $1.frames, $0.device) < ($0.sureness, $0.share, $0.frames, $1.device) }
    }

    /// Ours: a check byte is right by chance once in 256 frames, twice running once in 65,536. Without a check many frames
    /// that leave nothing over make it likely; another device of the same format would say the same.
    private static func sureness(frames: Int, share: Int, isChecked: Bool) -> Sureness {
        if share >= 90, frames >= 2, isChecked { return .sure }
        if share >= 90, frames >= (isChecked ? 1 : 2) { return .likely }
        return .possible
    }
}

extension DeviceProfile {
    /// Says nothing until the hut has said something: who only listens never hears it.
    package var isMuteUntilAsked: Bool {
        guard case .table(let table) = language else { return false }
        return speaksInAnswers || !table.exchange.open.isEmpty
    }

    /// Its frames have the shape that the question gives them; without the question any bytes would do.
    var speaksInAnswers: Bool { if case .reply = framing { true } else { false } }
}
