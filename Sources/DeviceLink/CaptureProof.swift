// Whether the three captures of a folder show what their names say: a good one that gives nothing, an error that is none
// and a torn one without a torn byte would let an empty folder pass for a supported device.
import Vitals

/// What good.capture, error.capture and torn.capture must show.
struct CaptureProof {
    private(set) var findings: [FolderFinding] = []
    private let captures: [String: CaptureFile]

    /// - Parameter captures: by their names without the ending; one that is missing or cannot be read is named elsewhere.
    init(_ profile: DeviceProfile, _ captures: [String: CaptureFile]) {
        self.captures = captures
        check("good", profile, "gives no value", hint: CaptureProof.aWholeAnswer(profile)) { $0.isGood(for: profile) }
        check(
            "error", profile, "gives no fault, no missing value and no doubtful sample",
            hint: "the frame of an error code, of a value that is missing, or a frame nobody has described",
            \.isTrouble)
        check(
            "torn", profile, "holds no torn bytes: everything in it is understood",
            hint: "cut a good frame in the middle, then let a whole one follow", \.isTorn)
        for name in ["error", "torn"] where captures[name]?.deviceBytes == captures["good"]?.deviceBytes {
            guard captures[name] != nil else { continue }
            find(name, "has the same bytes as good.capture", hint: "each of the three shows something of its own")
        }
    }

    private static func aWholeAnswer(_ profile: DeviceProfile) -> String {
        profile.isOutput
            ? "what the device answers when all is well"
            : "a whole measurement, or what the reader reads, in good bytes"
    }

    private mutating func check(
        _ name: String, _ profile: DeviceProfile, _ problem: String, hint: String, _ isShown: (Shown) -> Bool
    ) {
        guard let capture = captures[name] else { return }
        if !isShown(Shown(capture, profile)) { find(name, problem, hint: hint) }
    }

    private mutating func find(_ name: String, _ problem: String, hint: String) {
        findings.append(FolderFinding("\(name).capture", problem, hint: hint))
    }

    /// What a capture gives.
    private struct Shown {
        var heard: [Heard] = []
        var tally: Tally
        /// Bytes that still waited for their end when the line fell silent.
        var isUnfinished: Bool

        init(_ capture: CaptureFile, _ profile: DeviceProfile) {
            var decoder = StreamDecoder(profile, keepsSamples: true)
            for piece in capture.pieces where piece.direction == .fromDevice { heard += decoder.push(piece.bytes) }
            heard += decoder.lookPastStall()
            (tally, isUnfinished) = (decoder.tally, decoder.unfinished > 0)
        }

        func isGood(for profile: DeviceProfile) -> Bool {
            if profile.isOutput { return tally.frames > 0 }
            return heard.contains { one in
                switch one.event {
                case .reading, .identity: true
                default: false
                }
            }
        }

        var isTrouble: Bool {
            if tally.faults > 0 || tally.encrypted > 0 { return true }
            return heard.contains { one in
                if case .noValue = one.event { return true }
                return one.sample.map { $0.missing != nil || !$0.isUsable || !$0.isPresent } ?? false
            }
        }

        var isTorn: Bool { tally.noiseBytes > 0 || isUnfinished }
    }
}

extension DeviceProfile {
    /// A printer or a modem: it takes, and answers.
    fileprivate var isOutput: Bool { kind == .printer || kind == .modem }
}
