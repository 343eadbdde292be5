// What must hold of a device whatever its line says: the properties that the fuzzer tries to break and the suite replays
// from the corpus.
import Vitals

/// One profile, held against bytes nobody meant.
package struct FuzzedDevice: Sendable {
    package let name: String
    private let profile: DeviceProfile

    package init(name: String, profile: DeviceProfile) { (self.name, self.profile) = (name, profile) }

    /// What went wrong; nil when everything held.
    ///
    /// - Parameter cut: how the line cuts the bytes: 0 all at once, else so many at a time.
    package func failure(of bytes: [UInt8], cut: Int) -> String? {
        let step = cut == 0 ? max(1, bytes.count) : cut
        let pieces = stride(from: 0, to: bytes.count, by: step).map { Array(bytes[$0..<min(bytes.count, $0 + step)]) }
        var decoder = StreamDecoder(profile)
        var heard: [Heard] = []
        for piece in pieces {
            heard += decoder.push(piece)
            if decoder.unfinished > profile.longestFrame + piece.count {
                return "keeps \(decoder.unfinished) bytes, no frame is longer than \(profile.longestFrame)"
            }
        }
        heard += decoder.lookPastStall()
        let tally = decoder.tally
        if tally.noiseBytes > bytes.count { return "counts \(tally.noiseBytes) noise bytes in \(bytes.count)" }
        for case .reading(let reading)? in heard.map(\.event) {
            if let field = reading.vital.implausibleField { return "gives a reading with an impossible \(field)" }
            if let failure = roundTrip(reading) { return failure }
        }
        converse(pieces)
        return nil
    }

    /// A reading that can be said is heard again as it was said.
    private func roundTrip(_ reading: DeviceReading) -> String? {
        guard let frames = profile.frames(of: reading) else { return nil }
        let again = profile.says(stored: frames)
        let isHeard = again.contains { if case .reading(let said) = $0 { said.vital == reading.vital } else { false } }
        return isHeard ? nil : "\(reading.vital) is written as \(HexText.text(of: frames)), which gives \(again)"
    }

    /// The hut's side hears it too, stalls, and lets its time pass: nothing to assert but that it ends.
    private func converse(_ pieces: [[UInt8]]) {
        var now = MonotonicTime(nanoseconds: 0)
        var conversation = Conversation(profile: profile)
        _ = conversation.opened(at: now)
        for piece in pieces.prefix(64) {
            now = now + .milliseconds(200)
            _ = conversation.receive(piece, at: now)
        }
        for _ in 0..<8 {
            guard let deadline = conversation.deadline else { break }
            now = max(now, deadline)
            _ = conversation.deadlineReached(at: now)
        }
        _ = conversation.lost(at: now)
    }
}
