// `frames` of a profile, judged: every byte of the envelope must belong to exactly one of start, fixed, count and
// check. A gap would be sent as a zero nobody wrote down; an overlap would be overwritten in silence.
import Vitals

extension Framing {
    /// The envelope of a profile, or of its decoder where the decoder has one of its own.
    init(_ written: ProfileFile, refuse: Refusal) throws(ProfileError) {
        if let own = written.decoder?.dialect.framing {
            guard written.frames == nil else {
                throw refuse("frames", "the decoder brings its own", hint: "remove frames")
            }
            self = own
        } else {
            guard let frames = written.frames else {
                throw refuse("frames", "missing", hint: "say where a frame begins and ends, as in Devices/README.md")
            }
            try self.init(frames, refuse: refuse)
        }
    }

    private init(_ written: FramesFile, refuse: Refusal) throws(ProfileError) {
        guard (1...4_096).contains(written.longest) else {
            throw refuse("frames.longest", "\(written.longest) bytes cannot be", hint: "1 to 4096")
        }
        switch written.shape {
        case .line: self = .line(try LineFraming(written, refuse: refuse))
        case .counted: self = .counted(try CountedFraming(written, refuse: refuse))
        }
    }
}

extension LineFraming {
    fileprivate init(_ written: FramesFile, refuse: Refusal) throws(ProfileError) {
        var ends: [[UInt8]] = []
        for (index, end) in (written.end ?? []).enumerated() {
            ends.append(try refuse.bytes(end, at: "frames.end[\(index)]"))
        }
        guard !ends.isEmpty else {
            throw refuse("frames.end", "a line needs an end", hint: "as in end: ['0D 0A', '0D']")
        }
        for (key, isWritten) in [
            ("start", written.start != nil), ("countAt", written.countAt != nil), ("check", written.check != nil),
            ("trim", written.trim != nil), ("fixed", written.fixed != nil), ("shortest", written.shortest != nil),
        ] where isWritten {
            throw refuse("frames.\(key)", "a line has none", hint: "remove it, or choose shape: 'counted'")
        }
        self.init(ends: ends, longest: written.longest)
    }
}

extension CountedFraming {
    fileprivate init(_ written: FramesFile, refuse: Refusal) throws(ProfileError) {
        guard let start = written.start, let countAt = written.countAt, let countPlus = written.countPlus,
            let shortest = written.shortest, let trim = written.trim, written.end == nil
        else {
            throw refuse(
                "frames", "a counted frame needs start, countAt, countPlus, shortest, longest and trim, and has no end",
                hint: "as in Devices/maibobo/profile.json5")
        }
        guard trim.count == 2, trim.allSatisfy({ $0 >= 0 }), trim[0] + trim[1] <= shortest, shortest <= written.longest
        else {
            throw refuse(
                "frames.trim", "[before, after] and shortest do not fit each other",
                hint: "before + after must not be more than shortest, shortest not more than longest")
        }
        self.start = try refuse.bytes(start.device, at: "frames.start.device")
        hostStart = try refuse.bytes(start.host, at: "frames.start.host")
        guard self.start.count == hostStart.count else {
            throw refuse("frames.start", "device and host differ in length", hint: "write the same number of bytes")
        }
        fixed = []
        for (offset, byte) in (written.fixed ?? [:]).sorted(by: { $0.key < $1.key }) {
            let bytes = try refuse.bytes(byte, at: "frames.fixed.\(offset)")
            guard let at = Int(offset), bytes.count == 1 else {
                throw refuse("frames.fixed.\(offset)", "one offset, one byte", hint: "as in fixed: { '2': '03' }")
            }
            fixed.append((at, bytes[0]))
        }
        (self.countAt, self.countPlus, self.shortest, longest) = (countAt, countPlus, shortest, written.longest)
        countWidth = written.countWidth ?? 1
        (before, after) = (trim[0], trim[1])
        check = written.check.map { Check(from: $0.from, to: $0.to, at: $0.at) }
        hasTextBetween = written.between == .text
        try refuseUntiled(refuse)
    }

    /// Start, fixed bytes and count must cover the envelope in front, and the check the envelope behind.
    private func refuseUntiled(_ refuse: Refusal) throws(ProfileError) {
        guard [1, 2].contains(countWidth) else {
            throw refuse("frames.countWidth", "\(countWidth) bytes cannot be", hint: "1 or 2")
        }
        guard countAt >= 0, fixed.allSatisfy({ $0.at >= 0 }) else {
            throw refuse("frames", "an offset is below 0", hint: "count from the first byte of the frame")
        }
        var owners = [Int](repeating: 0, count: max(before, countAt + countWidth, (fixed.map(\.at).max() ?? 0) + 1))
        for index in 0..<min(start.count, owners.count) { owners[index] += 1 }
        for (at, _) in fixed { owners[at] += 1 }
        for index in countAt..<countAt + countWidth { owners[index] += 1 }
        guard owners.count == before, start.count <= before else {
            throw refuse(
                "frames.trim", "the envelope is \(max(owners.count, start.count)) bytes long, trim says \(before)",
                hint: "trim[0] is where the message begins")
        }
        if let doubled = owners.firstIndex(where: { $0 > 1 }) {
            throw refuse(
                "frames", "byte \(doubled) is claimed twice: overlap", hint: "start, fixed and count must not meet")
        }
        if let open = owners.firstIndex(of: 0) {
            throw refuse("frames", "nothing says what byte \(open) is: gap", hint: "add it to fixed")
        }
        guard after == (check == nil ? 0 : 1), check?.at ?? -1 == -1 else {
            throw refuse(
                "frames.check", "the envelope behind the message is the check byte and nothing else",
                hint: "trim[1] is 1 with a check at -1, 0 without a check")
        }
        if let check, check.from < 0 || check.from >= shortest || check.to > -1 || -check.to > shortest - check.from {
            throw refuse(
                "frames.check", "its range leaves the frame or covers the check itself",
                hint: "from counts from the start, to from the end (-1 ends before the last byte)")
        }
    }
}
