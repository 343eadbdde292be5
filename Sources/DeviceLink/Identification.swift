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
        /// Whether any of its frames is one that other devices would hardly say.
        package var isTelling: Bool
        /// What the device would say is set wrongly; nil for nothing.
        package var complaint: String?
    }

    /// One profile that listens.
    private struct Listener {
        let device: String
        let isChecked: Bool
        var decoder: StreamDecoder
        /// Frames that any other device would hardly say.
        var telling = 0
        var complaint: String?

        mutating func hear(_ heard: [Heard]) {
            for one in heard {
                if case .fault(.wrongFormat(let what), _) = one.event { complaint = what }
                if one.tellsItsDevice { telling += 1 }
            }
        }
    }

    /// How many bytes came.
    package private(set) var bytes = 0
    private var listeners: [Listener]

    package init(_ shelf: [(device: String, profile: DeviceProfile)]) {
        listeners = shelf.filter { !$0.profile.onlyAnswers }.map {
            Listener(
                device: $0.device, isChecked: $0.profile.isChecked,
                decoder: StreamDecoder($0.profile, keepsSamples: true))
        }
    }

    package mutating func hear(_ bytes: [UInt8]) {
        self.bytes += bytes.count
        for index in listeners.indices { listeners[index].hear(listeners[index].decoder.push(bytes)) }
    }

    /// Every profile that understood a frame, the surest first.
    package var matches: [Match] {
        listeners.compactMap { listener in
            var listener = listener
            listener.hear(listener.decoder.lookPastStall())
            let tally = listener.decoder.tally
            guard tally.frames > 0, bytes > 0 else { return nil }
            let noise = tally.noiseBytes + listener.decoder.unfinished
            let share = max(0, bytes - noise) * 100 / bytes
            return Match(
                device: listener.device, frames: tally.frames, share: share,
                sureness: Identification.sureness(
                    frames: listener.telling, share: share, isChecked: listener.isChecked),
                isTelling: listener.telling > 0, complaint: listener.complaint)
        }.sorted {
            ($1.sureness, $1.isTelling ? 1 : 0, $1.share, $1.frames, $0.device)
                < ($0.sureness, $0.isTelling ? 1 : 0, $0.share, $0.frames, $1.device)
        }
    }

    /// Ours: a check byte is right by chance once in 256 frames, twice running once in 65,536. Without a check many frames
    /// that leave nothing over make it likely; another device of the same format would say the same.
    private static func sureness(frames: Int, share: Int, isChecked: Bool) -> Sureness {
        if share >= 90, frames >= 2, isChecked { return .sure }
        if share >= 90, frames >= (isChecked ? 1 : 2) { return .likely }
        return .possible
    }
}

extension Heard {
    /// A line in another format is another device's, and any text is a code to a scanner that is not the hut's own.
    fileprivate var tellsItsDevice: Bool {
        switch event {
        case .fault(.wrongFormat, _): false
        case .identity(.code(let text)): HutCode(text) != nil
        default: true
        }
    }
}

extension DeviceProfile {
    /// The hut speaks first: who only listens may never hear it.
    package var isAskedFirst: Bool {
        var conversation = Conversation(profile: self)
        let steps = conversation.opened(at: MonotonicTime(nanoseconds: 0))
        return steps.contains { if case .send = $0 { true } else { false } }
    }

    /// Its frames have the shape that the question gives them; without the question any bytes would do.
    private var speaksInAnswers: Bool { if case .reply = framing { true } else { false } }

    /// What it says means nothing without the question: any byte can be a printer's answer, any line a modem's.
    fileprivate var onlyAnswers: Bool { speaksInAnswers || kind == .printer || kind == .modem }
}
