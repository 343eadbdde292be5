// Cuts frames out of whatever the line delivers. What is not whole yet is kept, never more than one longest frame;
// what cannot be a frame is dropped byte by byte and counted, so that a good frame behind garbage is still found.

/// Has the last word on a frame that is whole by its framing.
protocol FrameJudge {
    /// False when the bytes cannot be a frame after all: one byte is dropped and the search goes on inside, because the
    /// start mark may have been imitated by data.
    mutating func accept(_ frame: ArraySlice<UInt8>) -> Bool
}

/// Keeps the remainder of a line between two reads.
struct Framer: Sendable {
    private var framing: Framing
    private var shape: any FrameShape
    private var kept: [UInt8] = []
    /// Bytes thrown away.
    private(set) var noiseBytes = 0
    /// Bytes thrown away that a line at the right baud rate would not show.
    private(set) var babbledBytes = 0
    /// What began like a frame and was none.
    private(set) var broken = 0

    init(_ framing: Framing) { (self.framing, shape) = (framing, framing.shape) }

    /// Whether the beginning of a frame waits for its end.
    var isMidFrame: Bool { !kept.isEmpty }

    var keptBytes: Int { kept.count }

    /// What may come now, for frames without marks; nothing else is a frame from here on.
    mutating func expect(_ outlines: [ReplyFraming.Outline]) {
        guard case .reply(var reply) = framing else { return }
        reply.awaited = outlines
        (framing, shape) = (.reply(reply), reply)
    }

    /// Takes bytes in and gives each whole frame to the judge.
    mutating func push(_ bytes: [UInt8], to judge: inout some FrameJudge) {
        kept.append(contentsOf: bytes)
        cut(shape, from: 0, to: &judge)
    }

    /// The line has been quiet in the middle of a frame: a torn frame must not swallow the whole one behind it.
    ///
    /// Nothing is dropped unless a whole frame stands further inside, so a mere pause costs nothing.
    mutating func lookPastStall(_ judge: inout some FrameJudge) {
        if framing.silence != nil, isMidFrame {
            if !judge.accept(kept[...]) { return abandon() }
            return kept.removeAll(keepingCapacity: true)
        }
        // Without marks the rest of a broken answer and the next answer would make one that nobody gave.
        if case .reply = framing { return abandon() }
        guard framing.hasMarks, kept.count > 1 else { return }
        for place in 1..<kept.count {
            guard case .frame(let length) = framing.look(at: place, in: kept),
                judge.accept(kept[place..<place + length])
            else { continue }
            broken += 1
            drop(0..<place)
            return cut(shape, from: place + length, to: &judge)
        }
    }

    /// Gives the remainder up: its end will not come any more.
    mutating func abandon() {
        guard isMidFrame else { return }
        broken += 1
        drop(0..<kept.count)
        kept.removeAll(keepingCapacity: true)
    }

    private mutating func cut(
        _ shape: some FrameShape, from first: Int, to judge: inout some FrameJudge
    ) {
        var place = first
        scanning: while place < kept.count {
            switch shape.look(at: place, in: kept.span) {
            case .frame(let length) where judge.accept(kept[place..<place + length]): place += length
            case .frame, .broken:
                broken += 1
                drop(place..<place + 1)
                place += 1
            case .noise(let count):
                drop(place..<place + count)
                place += count
            case .envelope(let count): place += count
            case .incomplete: break scanning
            }
        }
        kept.removeSubrange(..<place)
    }

    private mutating func drop(_ range: Range<Int>) {
        noiseBytes += range.count
        babbledBytes += framing.hasTextBetween ? kept[range].count { !isText($0) } : range.count
    }

    /// Printable, a blank or line end, or the escape of a coloured log.
    private func isText(_ byte: UInt8) -> Bool {
        (0x20...0x7E).contains(byte) || [0x09, 0x0A, 0x0D, 0x1B].contains(byte)
    }
}
