// Frames between two marks, and frames of AMPall's kind, whose two marks are the same byte.

/// A start mark, an end mark, perhaps a check behind it: `frames: { shape: 'block', start: '02', end: '03', after: 1, … }`.
struct BlockFraming: FrameShape {
    var envelope: Envelope
    /// Bytes of the whole frame.
    var shortest: Int
    var longest: Int

    func look(at place: Int, in buffer: Span<UInt8>) -> Look {
        if let noise = envelope.noise(at: place, in: buffer) { return noise }
        guard envelope.isFixed(at: place, in: buffer) else { return .broken }
        let end = envelope.end
        let last = min(buffer.count, place + longest)
        var index = place + max(envelope.before, shortest - envelope.tail - end.count)
        while index < last {
            index = buffer.place(of: end[0], from: index)
            guard index < last, let isEnd = buffer.holds(end, at: index) else { break }
            if isEnd {
                let length = index + end.count + envelope.tail - place
                guard length <= longest else { return .broken }
                guard place + length <= buffer.count else { return .incomplete }
                guard let check = envelope.check else { return .frame(length) }
                return check.isRight(for: buffer, place..<place + length) ? .frame(length) : .broken
            }
            index += 1
        }
        return buffer.count - place >= longest ? .broken : .incomplete
    }
}

/// So many digits between two equal marks: `frames: { shape: 'digitsBetween', mark: '5E', lengths: [13, 12] }`.
///
/// The end of one frame looks like the beginning of the next; only the count of digits tells them apart.
struct DigitFraming: FrameShape {
    var mark: UInt8
    /// How many digits may stand between the marks.
    var lengths: [Int]
    var shortest: Int { lengths.min() ?? 0 }
    var longest: Int { lengths.max() ?? 0 }

    func look(at place: Int, in buffer: Span<UInt8>) -> Look {
        guard buffer[place] == mark else { return .noise(buffer.place(of: mark, from: place) - place) }
        var index = place + 1
        while index < buffer.count, buffer[index] &- 0x30 <= 9, index - place <= longest { index += 1 }
        guard index < buffer.count else { return .incomplete }
        guard buffer[index] == mark, lengths.contains(index - place - 1) else { return .broken }
        return .frame(index - place + 1)
    }
}
