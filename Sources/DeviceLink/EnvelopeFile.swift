// The envelope of a frame, judged byte by byte: what stands in front of the message, and what behind it.

extension Envelope {
    /// `counts` are the offsets of a count; `end` and `tail` those of a block.
    init(
        _ written: FramesFile, counts: Range<Int>, end: [UInt8] = [], tail: Int = 0, shortest: Int, refuse: Refusal
    ) throws(ProfileError) {
        guard let start = written.start, let trim = written.trim else {
            throw refuse(
                "frames", "a frame of shape \(written.shape.rawValue) needs start and trim",
                hint: "trim is [before, after]: the bytes of envelope around the message")
        }
        guard trim.count == 2, trim.allSatisfy({ $0 >= 0 }), trim[0] + trim[1] <= shortest else {
            throw refuse(
                "frames.trim", "[before, after] does not fit into the shortest frame",
                hint: "before + after must not be more than \(shortest)")
        }
        self.start = try refuse.bytes(start.device, at: "frames.start.device")
        hostStart = try refuse.bytes(start.host, at: "frames.start.host")
        guard self.start.count == hostStart.count else {
            throw refuse("frames.start", "device and host differ in length", hint: "write the same number of bytes")
        }
        for (offset, byte) in (written.fixed ?? [:]).sorted(by: { $0.key < $1.key }) {
            let bytes = try refuse.bytes(byte, at: "frames.fixed.\(offset)")
            guard let at = Int(offset), at >= 0, bytes.count == 1 else {
                throw refuse("frames.fixed.\(offset)", "one offset, one byte", hint: "as in fixed: { '2': '03' }")
            }
            fixed.append(FixedByte(at: at, byte: bytes[0]))
        }
        (self.end, self.tail, before, after) = (end, tail, trim[0], trim[1])
        check = try written.check.map { file throws(ProfileError) in
            try Check(file, shortest: shortest, at: "frames.check", refuse: refuse)
        }
        hasTextBetween = written.between == .text
        try refuseUntiledFront(counts, refuse)
        try refuseUntiledBack(refuse)
    }

    /// Start, fixed bytes and count must cover what stands in front of the message.
    private func refuseUntiledFront(_ counts: Range<Int>, _ refuse: Refusal) throws(ProfileError) {
        var owners = [Int](repeating: 0, count: max(before, counts.upperBound, (fixed.map(\.at).max() ?? 0) + 1))
        for index in 0..<min(start.count, owners.count) { owners[index] += 1 }
        for one in fixed { owners[one.at] += 1 }
        for index in counts { owners[index] += 1 }
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
    }

    /// The end mark and the check must cover what stands behind the message.
    private func refuseUntiledBack(_ refuse: Refusal) throws(ProfileError) {
        var owners = [Int](repeating: 0, count: after)
        var isOutside = false
        func claim(_ from: Int, _ width: Int) {
            for offset in from..<from + width {
                // Offsets count from the end: -1 is the last byte.
                guard offset < 0, after + offset >= 0 else {
                    isOutside = true
                    continue
                }
                owners[after + offset] += 1
            }
        }
        claim(-tail - end.count, end.count)
        if let check { claim(check.at, check.width) }
        guard !isOutside, !owners.contains(0) else {
            throw refuse(
                "frames.check", "the envelope behind the message is end mark and check bytes, trim says \(after) bytes",
                hint: "trim[1] counts the bytes of both and nothing else")
        }
        guard !owners.contains(where: { $0 > 1 }) else {
            throw refuse("frames.check", "check and end mark overlap", hint: "at counts from the end of the frame")
        }
    }
}
