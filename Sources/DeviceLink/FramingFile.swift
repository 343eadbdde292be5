// `frames` of a profile, judged: every key must belong to the shape, and every byte of the envelope to exactly one of
// start, fixed, count, end and check. A gap would be sent as a zero nobody wrote down; an overlap would be overwritten
// in silence.
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
        try written.refuseForeignKeys(refuse)
        switch written.shape {
        case .line: self = .line(try LineFraming(written, refuse: refuse))
        case .counted: self = .counted(try CountedFraming(written, refuse: refuse))
        case .block: self = .block(try BlockFraming(written, refuse: refuse))
        case .fixed:
            let length = try written.number(written.length, "length", refuse)
            let envelope = try Envelope(written, counts: 0..<0, shortest: length, refuse: refuse)
            self = .fixed(FixedFraming(envelope: envelope, length: length))
        case .marked: self = .marked(MarkedFraming(length: try written.number(written.length, "length", refuse)))
        case .digitsBetween: self = .digitsBetween(try DigitFraming(written, refuse: refuse))
        case .reply: self = .reply(ReplyFraming(longest: try written.number(written.longest, "longest", refuse)))
        }
    }
}

extension FramesFile {
    /// What the host says stands without a frame, because the profile says so or the shape is the device's alone.
    var isHostBare: Bool { host == .bare || [.marked, .digitsBetween, .reply].contains(shape) }

    /// A length that the shape needs.
    fileprivate func number(_ value: Int?, _ key: String, _ refuse: Refusal) throws(ProfileError) -> Int {
        guard let value else {
            throw refuse("frames", "a frame of shape \(shape.rawValue) needs `\(key)`", hint: "add it, in bytes")
        }
        guard (1...4_096).contains(value) else {
            throw refuse("frames.\(key)", "\(value) bytes cannot be", hint: "1 to 4096")
        }
        return value
    }

    /// A key of another shape would be ignored in silence.
    fileprivate func refuseForeignKeys(_ refuse: Refusal) throws(ProfileError) {
        let own: [String]
        switch shape {
        case .line: own = ["end", "longest", "check", "trim"]
        case .counted:
            own = [
                "start", "fixed", "countAt", "countWidth", "countPlus", "shortest", "longest", "end", "trim", "check",
            ]
        case .block: own = ["start", "fixed", "end", "after", "shortest", "longest", "trim", "check"]
        case .fixed: own = ["start", "fixed", "length", "trim", "check"]
        case .marked: own = ["length"]
        case .digitsBetween: own = ["mark", "lengths"]
        case .reply: own = ["longest"]
        }
        let written = [
            ("end", end != nil), ("start", start != nil), ("fixed", fixed != nil), ("trim", trim != nil),
            ("countAt", countAt != nil), ("countWidth", countWidth != nil), ("countPlus", countPlus != nil),
            ("shortest", shortest != nil), ("after", after != nil), ("length", length != nil), ("mark", mark != nil),
            ("lengths", lengths != nil), ("check", check != nil), ("longest", longest != nil),
        ]
        for (key, isWritten) in written where isWritten && !own.contains(key) {
            throw refuse(
                "frames.\(key)", "a frame of shape \(shape.rawValue) has none",
                hint: "remove it, or choose another shape; known here: \(own.joined(separator: ", "))")
        }
    }
}

extension LineFraming {
    fileprivate init(_ written: FramesFile, refuse: Refusal) throws(ProfileError) {
        let longest = try written.number(written.longest, "longest", refuse)
        var ends: [[UInt8]] = []
        for (index, end) in (written.end?.texts ?? []).enumerated() {
            ends.append(try refuse.bytes(end, at: "frames.end[\(index)]"))
        }
        guard !ends.isEmpty, written.end?.isList == true else {
            throw refuse("frames.end", "a line needs a list of ends", hint: "as in end: ['0D 0A', '0D']")
        }
        let check = try written.check.map { file throws(ProfileError) in
            try Check(file, shortest: longest, at: "frames.check", refuse: refuse)
        }
        self.init(ends: ends, longest: longest, check: check)
        guard written.trim ?? [0, after] == [0, after], check == nil || check?.at == -(check?.width ?? 0) else {
            throw refuse(
                "frames.trim", "the envelope of a line is its check and its end",
                hint: "the check stands directly before the end; trim is \([0, after]), without the end")
        }
    }
}

extension BlockFraming {
    fileprivate init(_ written: FramesFile, refuse: Refusal) throws(ProfileError) {
        guard let end = written.end, !end.isList else {
            throw refuse("frames.end", "a block needs one end mark", hint: "as in end: '03'")
        }
        longest = try written.number(written.longest, "longest", refuse)
        let tail = written.after ?? 0
        guard tail >= 0, tail <= 16 else {
            throw refuse("frames.after", "\(tail) bytes cannot be", hint: "bytes behind the end mark, 0 to 16")
        }
        let mark = try refuse.bytes(end.texts[0], at: "frames.end")
        var file = written
        // What stands around the message is known: trim only repeats it.
        let check = written.check.map { $0.as == .hex ? 2 * $0.kind.width : $0.kind.width } ?? 0
        let isCheckInside = written.check.map { $0.at < -tail } ?? false
        let start = try refuse.bytes(written.start?.device ?? "", at: "frames.start").count
        let fixed = (written.fixed ?? [:]).count
        if file.trim == nil { file.trim = [start + fixed, mark.count + tail + (isCheckInside ? check : 0)] }
        shortest = written.shortest ?? (file.trim ?? []).reduce(0, +)
        envelope = try Envelope(file, counts: 0..<0, end: mark, tail: tail, shortest: shortest, refuse: refuse)
        guard shortest >= envelope.before + envelope.after, shortest <= longest else {
            throw refuse("frames.longest", "\(longest) bytes are less than the envelope", hint: "count the whole frame")
        }
    }
}

extension DigitFraming {
    fileprivate init(_ written: FramesFile, refuse: Refusal) throws(ProfileError) {
        let mark = try refuse.bytes(written.mark ?? "", at: "frames.mark")
        guard mark.count == 1, !(0x30...0x39).contains(mark[0]) else {
            throw refuse("frames.mark", "one byte that is no digit", hint: "as in mark: '5E'")
        }
        guard let lengths = written.lengths, !lengths.isEmpty, lengths.allSatisfy({ (1...4_096).contains($0) }) else {
            throw refuse("frames.lengths", "how many digits may stand between the marks", hint: "as in [13, 12]")
        }
        (self.mark, self.lengths) = (mark[0], lengths)
    }
}

extension CountedFraming {
    fileprivate init(_ written: FramesFile, refuse: Refusal) throws(ProfileError) {
        guard let countAt = written.countAt, let countPlus = written.countPlus else {
            throw refuse("frames", "a counted frame needs countAt and countPlus", hint: "as in Devices/maibobo")
        }
        let shortest = try written.number(written.shortest, "shortest", refuse)
        let longest = try written.number(written.longest, "longest", refuse)
        guard shortest <= longest else {
            throw refuse("frames.shortest", "more than longest", hint: "bytes of the whole frame")
        }
        countWidth = written.countWidth ?? 1
        guard [1, 2].contains(countWidth) else {
            throw refuse("frames.countWidth", "\(countWidth) bytes cannot be", hint: "1 or 2")
        }
        guard countAt >= 0 else {
            throw refuse("frames.countAt", "an offset is below 0", hint: "count from the first byte of the frame")
        }
        (self.countAt, self.countPlus, self.shortest, self.longest) = (countAt, countPlus, shortest, longest)
        var mark: [UInt8] = []
        if let end = written.end {
            guard !end.isList else {
                throw refuse("frames.end", "a counted frame has one end mark", hint: "as in end: '03'")
            }
            mark = try refuse.bytes(end.texts[0], at: "frames.end")
        }
        envelope = try Envelope(
            written, counts: countAt..<countAt + countWidth, end: mark, shortest: shortest, refuse: refuse)
    }
}
