// Frames that say or are known by how long they are: by a count, by a fixed length, by bit 7 in the first byte only, or
// by what was asked for.

/// A start mark and a length: `frames: { shape: 'counted', start: …, countAt: 3, countPlus: 5, … }`.
struct CountedFraming: FrameShape {
    var envelope: Envelope
    var countAt: Int
    /// 1 byte, or 2 with the high one first.
    var countWidth: Int
    /// The whole frame is the count and so many bytes.
    var countPlus: Int
    var shortest: Int
    var longest: Int

    func look(at place: Int, in buffer: Span<UInt8>) -> Look {
        if let noise = envelope.noise(at: place, in: buffer) { return noise }
        guard envelope.isFixed(at: place, in: buffer) else { return .broken }
        let there = buffer.count - place
        guard countAt + countWidth <= there else { return .incomplete }
        var length = Int(buffer[place + countAt])
        if countWidth == 2 { length = length << 8 | Int(buffer[place + countAt + 1]) }
        length += countPlus
        guard length >= shortest, length <= longest else { return .broken }
        guard length <= there else { return .incomplete }
        guard buffer.holds(envelope.end, at: place + length - envelope.end.count) == true else { return .broken }
        guard let check = envelope.check else { return .frame(length) }
        return check.isRight(for: buffer, place..<place + length) ? .frame(length) : .broken
    }

    func frame(around message: [UInt8], fromHost: Bool, check way: UInt8) -> [UInt8] {
        var frame = envelope.bare(around: message, fromHost: fromHost)
        let count = frame.count - countPlus
        frame[countAt + countWidth - 1] = UInt8(truncatingIfNeeded: count)
        if countWidth == 2 { frame[countAt] = UInt8(truncatingIfNeeded: count >> 8) }
        envelope.check?.write(way, into: &frame)
        return frame
    }
}

/// A start mark and always the same length: `frames: { shape: 'fixed', start: '66 66', length: 9, … }`.
struct FixedFraming: FrameShape {
    var envelope: Envelope
    var length: Int

    func look(at place: Int, in buffer: Span<UInt8>) -> Look {
        if let noise = envelope.noise(at: place, in: buffer) { return noise }
        guard envelope.isFixed(at: place, in: buffer) else { return .broken }
        guard length <= buffer.count - place else { return .incomplete }
        guard let check = envelope.check else { return .frame(length) }
        return check.isRight(for: buffer, place..<place + length) ? .frame(length) : .broken
    }
}

/// Bit 7 stands in the first byte of a frame and in no other: `frames: { shape: 'marked', length: 5 }`.
struct MarkedFraming: FrameShape {
    var length: Int

    func look(at place: Int, in buffer: Span<UInt8>) -> Look {
        guard buffer[place] >= 0x80 else { return .noise(buffer.placeOfMark(from: place) - place) }
        let whole = place + length
        var index = place + 1
        let last = min(whole, buffer.count)
        while index < last {
            if buffer[index] >= 0x80 { return .broken }
            index += 1
        }
        return whole <= buffer.count ? .frame(length) : .incomplete
    }
}

/// No marks at all: what comes is the answer to what was asked, `frames: { shape: 'reply', longest: 32 }`.
///
/// The conversation says which messages it awaits; bytes that none of them can be are noise.
struct ReplyFraming: FrameShape {
    var longest: Int
    /// What may come now, in the order in which it is tried.
    var awaited: [Outline] = []

    /// What a message looks like from outside.
    struct Outline: Sendable {
        var length: Int
        var constants: [Constant]
    }

    func look(at place: Int, in buffer: Span<UInt8>) -> Look {
        // The first that fits so far decides: the beginning of a record is not the count that any byte could be.
        for index in awaited.indices where fits(awaited[index].constants, at: place, in: buffer) {
            let length = awaited[index].length
            return length <= buffer.count - place ? .frame(length) : .incomplete
        }
        return .noise(1)
    }

    private func fits(_ constants: [Constant], at place: Int, in buffer: Span<UInt8>) -> Bool {
        for constant in constants where place + constant.at < buffer.count {
            if buffer[place + constant.at] & constant.mask != constant.byte { return false }
        }
        return true
    }
}
