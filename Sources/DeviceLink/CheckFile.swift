// `check` of a profile, judged: a range that leaves the frame, or that covers the check itself, would never be right.

extension Check {
    /// `shortest` is the fewest bytes of what the check stands in; `path` names it in errors.
    init(_ written: CheckFile, shortest: Int, at path: String, refuse: Refusal) throws(ProfileError) {
        first = try CheckRule(written, shortest: shortest, at: path, refuse: refuse)
        for (index, other) in (written.or ?? []).enumerated() {
            let here = "\(path).or[\(index)]"
            let rule = try CheckRule(other, shortest: shortest, at: here, refuse: refuse)
            guard rule.at == first.at, rule.width == first.width, other.or == nil else {
                throw refuse(here, "stands in another place than the first", hint: "the same at and as, and no or inside")
            }
            others.append(rule)
        }
    }
}

extension CheckRule {
    fileprivate init(
        _ written: CheckFile, shortest: Int, at path: String, refuse: Refusal
    ) throws(ProfileError) {
        (kind, from, to, at) = (written.kind, written.from, written.to, written.at)
        (notation, isOverHex) = (written.as ?? .byte, written.over == .hex)
        isLowFirst = written.first == .low
        guard written.first == nil || kind.width == 2 else {
            throw refuse("\(path).first", "a check of one byte has no halves", hint: "remove it")
        }
        guard kind == .crc16 || (written.poly == nil && written.initial == nil) else {
            throw refuse(path, "poly and init belong to crc16", hint: "remove them")
        }
        polynomial = try CheckRule.word(written.poly, or: polynomial, at: "\(path).poly", refuse: refuse)
        initial = try CheckRule.word(written.initial, or: initial, at: "\(path).init", refuse: refuse)
        guard at + width <= 0, from >= 0, to <= 0 else {
            throw refuse(
                path, "its range leaves the frame",
                hint: "from counts from the start; to and at from the end, and the check takes \(width) bytes")
        }
        let coversItself = to > at && from < shortest + at + width
        guard !coversItself, from <= shortest + to else {
            throw refuse(
                path, "its range is empty, leaves the frame or covers the check itself",
                hint: "from counts from the start, to from the end (-1 ends before the last byte)")
        }
    }

    private static func word(
        _ hex: String?, or usual: UInt16, at path: String, refuse: Refusal
    ) throws(ProfileError) -> UInt16 {
        guard let hex else { return usual }
        guard let bytes = HexText.bytes(in: hex), bytes.count == 2 else {
            throw refuse(path, "`\(hex)` is no number of two bytes", hint: "as in '1021'")
        }
        return UInt16(bytes[0]) << 8 | UInt16(bytes[1])
    }
}
