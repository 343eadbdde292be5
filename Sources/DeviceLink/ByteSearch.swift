// Noise is skipped eight bytes a step: a hundred megabytes of it must cost nothing worth naming, in a debug build too.

extension Span where Element == UInt8 {
    /// The first place from `start` on that holds `byte`; the end when none does.
    func place(of byte: UInt8, from start: Int) -> Int {
        let pattern = UInt64(byte) &* 0x0101_0101_0101_0101
        var place = start
        while place + 8 <= count {
            // A byte of the word that is zero after this is the one looked for (the lowest such is never a false one).
            let word = word(at: place) ^ pattern
            let zeros = (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
            if zeros != 0 { return place + zeros.trailingZeroBitCount / 8 }
            place += 8
        }
        while place < count, self[place] != byte { place += 1 }
        return place
    }

    /// The first place from `start` on whose byte has bit 7 set; the end when none has.
    func placeOfMark(from start: Int) -> Int {
        var place = start
        while place + 8 <= count {
            let marks = word(at: place) & 0x8080_8080_8080_8080
            if marks != 0 { return place + marks.trailingZeroBitCount / 8 }
            place += 8
        }
        while place < count, self[place] < 0x80 { place += 1 }
        return place
    }

    /// Whether `bytes` stand at `place`, as far as the buffer goes; nil when it ends before they do.
    @inline(__always)
    func holds(_ bytes: [UInt8], at place: Int) -> Bool? {
        var index = 0
        while index < bytes.count {
            guard place + index < count else { return nil }
            guard self[place + index] == bytes[index] else { return false }
            index += 1
        }
        return true
    }

    /// Eight bytes, the first the lowest. The caller has seen that they are there.
    @inline(__always)
    private func word(at place: Int) -> UInt64 {
        UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: place, as: UInt64.self))
    }
}
