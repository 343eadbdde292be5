// What a profile reads it can write, and what it writes it reads: every frame of a capture turned back into its bytes,
// and seeded readings across the legal range of the device, the ends of it among them, sent and heard again. A device
// that can be written has a simulator that tells the truth.
import Vitals

/// Bytes → record → bytes, and reading → bytes → reading.
struct RoundTripCheck {
    /// How many frames and readings went and came back.
    private(set) var made = 0
    private(set) var findings: [FolderFinding] = []
    private let profile: DeviceProfile

    init(_ profile: DeviceProfile, _ captures: [(name: String, capture: CaptureFile)], readings: Int) {
        self.profile = profile
        if case .table(let table) = profile.language {
            for (name, capture) in captures {
                for piece in capture.pieces { write(piece, again: table, "\(name).capture") }
            }
        }
        for kind in VitalKind.allCases { send(kind, readings) }
    }

    /// A frame that is understood is written again as it was; of a line's possible ends the first is written.
    private mutating func write(_ piece: CaptureFile.Piece, again table: MessageTable, _ file: String) {
        let isFromHost = piece.direction == .fromHost
        let framing = isFromHost ? table.framing.heardByDevice : table.framing
        guard case .frame(let length) = framing.look(at: 0, in: piece.bytes) else { return }
        let message = framing.message(in: piece.bytes.prefix(length))
        guard var fit = table.fit(message, fromHost: isFromHost), fit.skipped == 0 else { return }
        let whole = Array(piece.bytes.prefix(length))
        if framing.hasCheckChoice { fit.record.check = framing.fittingCheck(in: whole.span) }
        made += 1
        guard let frame = table.frame(of: fit.record),
            framing.message(in: frame[...]).elementsEqual(message),
            framing.isLine || !profile.isChecked || frame == whole
        else {
            findings.append(
                FolderFinding(
                    file, "\(HexText.text(of: piece.bytes)) is understood, but written again it is other bytes",
                    hint: "every byte belongs to one part: keep what is not understood as `unknown`"))
            return
        }
    }

    /// Readings of one vital, where the device gives any: of the fields it has, as many as it takes.
    private mutating func send(_ kind: VitalKind, _ count: Int) {
        func reading(_ seed: Int, _ fields: VitalFields) -> DeviceReading {
            var chance = SeededChance(seed: UInt64(seed))
            let vital = fields.keep(of: profile.limits.vital(kind, &chance))
            return DeviceReading(vital: vital, deviceTime: .chance(&chance))
        }
        // A single value may not fit, or not be one of the steps the device shows; a field it has not never fits.
        let fields = VitalFields.all(of: kind).first { fields in
            (0..<60).contains { profile.frames(of: reading($0, fields)) != nil }
        }
        guard let fields else { return }
        for seed in 0..<count {
            let sent = reading(seed, fields)
            guard let frames = profile.frames(of: sent) else { continue }
            made += 1
            let heard = self.heard(frames, kind)
            // What is heard, sent again, is the same bytes: so a device of coarser steps, or of fewer fields, is consistent.
            guard let heard, heard.vital.isTrue(to: sent.vital), profile.frames(of: heard) == frames else {
                findings.append(
                    FolderFinding(
                        "profile.json5",
                        "\(sent.vital) (seed \(seed)) is sent as \(HexText.text(of: frames)) and heard as "
                            + (heard.map { "\($0.vital)" } ?? "nothing"),
                        hint: "the widths, units and limits of its parts must hold every legal value"))
                return
            }
        }
    }

    private func heard(_ frames: [UInt8], _ kind: VitalKind) -> DeviceReading? {
        for case .reading(let reading) in profile.says(stored: frames) where reading.vital.kind == kind {
            return reading
        }
        return nil
    }
}

extension DeviceProfile {
    /// The frames by which the device would give this reading; nil when it has none for it.
    func frames(of reading: DeviceReading) -> [UInt8]? {
        switch language {
        case .table(let table): table.frame(of: reading)
        case .dialect(let dialect): dialect.frames(of: reading)
        }
    }
}

extension CivilTime {
    /// A minute of this century. Every day that is one: a time on any other is left out where it is heard.
    static func chance(_ chance: inout SeededChance) -> CivilTime {
        var time = CivilTime(
            year: Int.random(in: 2_000...2_099, using: &chance), month: Int.random(in: 1...12, using: &chance),
            day: Int.random(in: 1...31, using: &chance), hour: Int.random(in: 0...23, using: &chance),
            minute: Int.random(in: 0...59, using: &chance),
            second: 0)
        if !time.isReal { time.day = 28 }
        return time
    }
}
