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
            // The frames behind: others, so that what they give can be told from what the damaged one gives.
            let others = frames.indices.map { frames[(index + 1 + $0) % frames.count] }
                .filter { Set($0.lines).isDisjoint(with: frame.lines) }
            play(frame, before: others.isEmpty ? [frame] : others)
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
            frames.append(Frame(file: file, bytes: bytes, lines: found.lines.map(\.withoutSlot)))
        }
        for (name, capture) in captures {
            for piece in capture.pieces where piece.direction == .fromDevice { add(piece.bytes, "\(name).capture") }
        }
        if frames.isEmpty { for (name, capture) in captures { add(capture.deviceBytes, "\(name).capture") } }
        return frames
    }

    private mutating func play(_ frame: Frame, before witnesses: [Frame]) {
        let bytes = frame.bytes
        // Each bit and each length of a frame; of a stream of hundreds of bytes only every so many.
        let stride = max(1, bytes.count * (bytes.count + profile.longestFrame) / 400_000)
        for length in 0..<bytes.count {
            let torn = Array(bytes.prefix(length))
            let alone = lines(torn)
            if !frame.lines.starts(with: alone), !isEndedBySilence {
                find(frame, "cut to \(length) bytes", gives: alone)
            }
            if length % stride == 0 { behind(torn, frame, witnesses, "cut to \(length) bytes", isTorn: true) }
        }
        for length in 1...16 {
            var chance = SeededChance(seed: UInt64(length))
            let noise = (0..<length).map { _ in UInt8.random(in: 0...255, using: &chance) }
            behind(noise + bytes, frame, witnesses, "behind \(length) bytes of noise")
        }
        for bit in Swift.stride(from: 0, to: bytes.count * 8, by: stride) {
            var flipped = bytes
            flipped[bit / 8] ^= 1 << (bit % 8)
            let found = lines(flipped)
            let isNews = !Set(found).isSubset(of: frame.lines)
            let more = found.count { !$0.isSample } - frame.lines.count { !$0.isSample }
            if profile.isChecked ? isNews : more > 1 {
                find(frame, "with bit \(bit) flipped", gives: found)
            }
            behind(flipped, nil, witnesses, "\(frame.file) with bit \(bit) flipped")
        }
        if !isEndedBySilence, let witness = witnesses.first(where: { $0.bytes != bytes }) {
            let together = lines(bytes + witness.bytes)
            if together != frame.lines + witness.lines {
                find(frame, "in one piece with a frame of \(witness.file)", gives: together)
            }
        }
        // A second copy of a sample may be the one that settles.
        let twice = lines(bytes + bytes)
        if profile.settle == nil, !Set(twice).isSubset(of: frame.lines) { find(frame, "sent twice", gives: twice) }
    }

    /// What a silence ends has no end of its own that could be missing: half of it is something else, and whole.
    private var isEndedBySilence: Bool { profile.framing.silence != nil }

    /// Plays damaged bytes and good frames behind them: one at least is heard, and nothing that nobody sent.
    private mutating func behind(
        _ damaged: [UInt8], _ frame: Frame?, _ witnesses: [Frame], _ what: String, isTorn: Bool = false
    ) {
        var found: [String] = []
        var news: Set<String> = []
        // A packet whose number went wrong can be another's, which is then heard as sent again; not every other's. And a
        // wrong length may swallow the first few.
        for (witness, copies) in witnesses.flatMap({
            [($0, 2), ($0, profile.longestLoss / max(1, $0.bytes.count) + 2)]
        }) {
            let good = [[UInt8]](repeating: witness.bytes, count: copies).flatMap(\.self)
            // Without a check two halves could make one frame: a hut gives the first one up after ten seconds, and no
            // device is as quick to measure again.
            found = isTorn && !profile.isChecked ? lines(damaged, afterPause: good) : lines(damaged + good)
            guard witness.lines.allSatisfy(found.contains) else { continue }
            // So many copies of a stream settle. A sample that is none is what the settler is for.
            guard let frame, !isEndedBySilence else { return }
            news = Set(found).subtracting(frame.lines + lines(good)).filter { profile.isChecked || !$0.isSample }
            if news.isEmpty { return }
        }
        if let frame, !news.isEmpty { return find(frame, "\(what), then good ones", gives: found) }
        findings.append(
            FolderFinding(
                frame?.file ?? "profile.json5",
                "a frame \(what) makes the device deaf: good ones behind it give \(text(found))",
                hint: "the search for the next frame must go on inside what was damaged: look at `frames`"))
    }

    private mutating func lines(_ bytes: [UInt8]) -> [String] {
        played += 1
        return DecodeReport.whole([bytes], of: profile).lines.map(\.withoutSlot)
    }

    /// What comes so late that the first half is given up, as `Conversation` does.
    private mutating func lines(_ torn: [UInt8], afterPause good: [UInt8]) -> [String] {
        played += 1
        var report = DecodeReport(profile: profile)
        let before = report.feed(torn) + report.finish()
        report.abandon()
        return (before + report.feed(good) + report.finish()).map(\.withoutSlot)
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

extension String {
    /// A line of `decode` about one sample of a stream: no reading.
    fileprivate var isSample: Bool { hasPrefix(#"{"sample":"#) }

    /// The same line wherever it stood in a memory: records are counted as they come.
    fileprivate var withoutSlot: String { replacing(#/,"memorySlot":\d+/#, with: "") }
}

extension DeviceProfile {
    /// Whether a wrong bit of a frame is noticed by a check.
    package var isChecked: Bool {
        switch framing {
        case .counted(let counted): counted.envelope.check != nil
        case .block(let block): block.envelope.check != nil
        case .fixed(let fixed): fixed.envelope.check != nil
        case .line(let line): line.check != nil
        case .own(let own): own.isChecked
        case .marked, .digitsBetween, .reply: false
        }
    }

    /// More bytes than any frame has.
    var longestFrame: Int { framing.messageLengths.upperBound + 16 }

    /// More good bytes than a damaged frame can take with it.
    fileprivate var longestLoss: Int { if case .own(let own) = framing { own.longestLoss + 16 } else { longestFrame } }
}
