// The fault table against every frame of every capture that gives something: cut at each length, noise before it, each
// bit flipped, two frames together, the same frame twice. It holds for any device, declared or decoded in Swift: damage
// makes no reading that nobody sent, and costs the frames behind it no more than the longest frame.
import Vitals

/// What a device's frames come to when a line damages them.
struct DamageCheck {
    /// How many damaged streams were played.
    private(set) var played = 0
    private(set) var findings: [FolderFinding] = []
    private let profile: DeviceProfile

    /// Bytes that give lines by themselves.
    struct Frame {
        /// `good.capture`, and which of its pieces.
        var file: String
        var bytes: [UInt8]
        var lines: [String]
    }

    init(_ profile: DeviceProfile, _ captures: [(name: String, capture: CaptureFile)]) {
        self.profile = profile
        let frames = DamageCheck.frames(of: profile, captures)
        for (index, frame) in frames.enumerated() {
            // The frame behind: another one, so that what it gives can be told from what the damaged one gives.
            let witness = frames.indices.lazy.map { frames[(index + 1 + $0) % frames.count] }
                .first { Set($0.lines).isDisjoint(with: frame.lines) }
            play(frame, before: witness ?? frame)
        }
    }

    /// Pieces with a reading, a fault, a signal; of pieces that give the same lines, one. Where a device says what it
    /// has to say in many pieces, the whole capture.
    static func frames(of profile: DeviceProfile, _ captures: [(name: String, capture: CaptureFile)]) -> [Frame] {
        var frames: [Frame] = []
        func add(_ bytes: [UInt8], _ file: String) {
            let found = DecodeReport.whole([bytes], of: profile)
            guard !found.lines.isEmpty, found.tally.noiseBytes == 0,
                !frames.contains(where: { $0.lines == found.lines })
            else { return }
            frames.append(Frame(file: file, bytes: bytes, lines: found.lines))
        }
        for (name, capture) in captures {
            for piece in capture.pieces where piece.direction == .fromDevice { add(piece.bytes, "\(name).capture") }
        }
        if frames.isEmpty { for (name, capture) in captures { add(capture.deviceBytes, "\(name).capture") } }
        return frames
    }

    private mutating func play(_ frame: Frame, before witness: Frame) {
        let bytes = frame.bytes
        for length in 0..<bytes.count {
            let torn = Array(bytes.prefix(length))
            let alone = lines(torn)
            if !frame.lines.starts(with: alone) { find(frame, "cut to \(length) bytes", gives: alone) }
            behind(torn, frame, witness, "cut to \(length) bytes")
        }
        for length in 1...16 {
            var chance = SplitMix(seed: UInt64(length))
            let noise = (0..<length).map { _ in UInt8.random(in: 0...255, using: &chance) }
            behind(noise + bytes, frame, witness, "behind \(length) bytes of noise")
        }
        for bit in 0..<bytes.count * 8 {
            var flipped = bytes
            flipped[bit / 8] ^= 1 << (bit % 8)
            let found = lines(flipped)
            let isNews = !Set(found).isSubset(of: frame.lines)
            if profile.isChecked ? isNews : found.count > frame.lines.count + 1 {
                find(frame, "with bit \(bit) flipped", gives: found)
            }
            behind(flipped, nil, witness, "\(frame.file) with bit \(bit) flipped")
        }
        let together = lines(bytes + witness.bytes)
        if together != frame.lines + witness.lines, !Set(witness.lines).isSubset(of: frame.lines) {
            find(frame, "in one piece with a frame of \(witness.file)", gives: together)
        }
        let twice = lines(bytes + bytes)
        if twice != frame.lines, twice != frame.lines + frame.lines { find(frame, "sent twice", gives: twice) }
    }

    /// Plays damaged bytes and good frames behind them: one at least is heard, and nothing that nobody sent.
    private mutating func behind(_ damaged: [UInt8], _ frame: Frame?, _ witness: Frame, _ what: String) {
        let copies = profile.longestFrame / max(1, witness.bytes.count) + 2
        let found = lines(damaged + [[UInt8]](repeating: witness.bytes, count: copies).flatMap(\.self))
        guard !witness.lines.allSatisfy(found.contains) else {
            guard let frame, !Set(found).isSubset(of: Set(frame.lines + witness.lines)) else { return }
            return find(frame, "\(what), then good ones", gives: found)
        }
        findings.append(
            FolderFinding(
                (frame ?? witness).file,
                "a frame \(what) makes the device deaf: \(copies) good ones behind it give \(text(found))",
                hint: "the search for the next frame must go on inside what was damaged: look at `frames`"))
    }

    private mutating func lines(_ bytes: [UInt8]) -> [String] {
        played += 1
        return DecodeReport.whole([bytes], of: profile).lines
    }

    private mutating func find(_ frame: Frame, _ damage: String, gives lines: [String]) {
        findings.append(
            FolderFinding(
                frame.file, "a frame \(damage) gives \(text(lines)), whole it gives \(text(frame.lines))",
                hint: "damage must never make a reading that nobody sent: is there a check, a range, a fixed byte more?"
            ))
    }

    private func text(_ lines: [String]) -> String { lines.isEmpty ? "nothing" : lines.joined(separator: " ") }
}

extension DeviceProfile {
    /// Whether a wrong bit of a frame is noticed by a check.
    package var isChecked: Bool { if case .counted(let counted) = framing { counted.check != nil } else { false } }

    /// More bytes than any frame has.
    var longestFrame: Int { framing.messageLengths.upperBound + 16 }
}

/// Seeded chance (SplitMix64): the same seed, the same bytes on every machine.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
