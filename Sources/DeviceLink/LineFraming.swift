// Text lines. A line is over at its end mark, and whether CR alone or CR LF is sent is often a setting of the device.

/// Text lines: `frames: { shape: 'line', end: ['0D 0A', '0D'], longest: 80 }`.
struct LineFraming: FrameShape {
    /// As written; the first is sent.
    var ends: [[UInt8]]
    /// The same, shortest first: a line is over at a bare CR, because its LF may never come.
    private var shortestFirst: [[UInt8]]
    /// What is left of a longer end after a shorter one.
    private var remnants: [[UInt8]]
    /// The bytes with which an end can begin.
    private var firsts: [UInt8]
    /// Bytes of a line without its end.
    var longest: Int
    /// Over the line without its end.
    var check: Check?

    init(ends: [[UInt8]], longest: Int, check: Check? = nil) {
        (self.ends, self.longest, self.check) = (ends, longest, check)
        shortestFirst = ends.sorted { $0.count < $1.count }
        firsts = ends.reduce(into: []) { firsts, end in if !firsts.contains(end[0]) { firsts.append(end[0]) } }
        remnants = ends.flatMap { long in
            ends.filter { $0.count < long.count && long.starts(with: $0) }.map { Array(long.dropFirst($0.count)) }
        }
    }

    /// Bytes of the check behind the message.
    var after: Int { check.map { -$0.at } ?? 0 }

    func look(at place: Int, in buffer: Span<UInt8>) -> Look {
        for remnant in remnants where buffer.holds(remnant, at: place) == true { return .envelope(remnant.count) }
        var index = nextFirst(from: place, in: buffer)
        while index < buffer.count {
            for end in shortestFirst where buffer.holds(end, at: index) == true {
                return line(from: place, to: index, end: end.count, in: buffer)
            }
            index = nextFirst(from: index + 1, in: buffer)
        }
        let surplus = buffer.count - place - longest - (shortestFirst.last?.count ?? 0)
        return surplus > 0 ? .noise(surplus) : .incomplete
    }

    private func line(from place: Int, to index: Int, end: Int, in buffer: Span<UInt8>) -> Look {
        if index - place > longest { return .noise(index - place - longest) }
        if index == place { return .noise(end) }
        guard let check else { return .frame(index - place + end) }
        // Noise may stand in front of a good line: the search goes on inside it.
        guard check.first.from < index - place + check.first.to, check.isRight(for: buffer, place..<index) else {
            return .broken
        }
        return .frame(index - place + end)
    }

    /// The next place where an end can begin.
    @inline(__always)
    private func nextFirst(from place: Int, in buffer: Span<UInt8>) -> Int {
        // One search for each first byte, and no further than the nearest found.
        var nearest = buffer.place(of: firsts[0], from: place)
        for first in firsts.dropFirst() where nearest > place {
            nearest = min(nearest, buffer.place(of: first, from: place))
        }
        return nearest
    }

    func message(in frame: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        // The longest fitting end: a line that ends in CR LF is cut at its CR, but a lone frame may hold both.
        for end in shortestFirst.reversed() where frame.count >= end.count {
            var isThere = true
            for (index, byte) in end.enumerated() where frame[frame.endIndex - end.count + index] != byte {
                isThere = false
            }
            if isThere { return frame[frame.startIndex..<max(frame.startIndex, frame.endIndex - end.count - after)] }
        }
        return frame.dropLast(after)
    }

    func frame(around message: [UInt8], check way: UInt8) -> [UInt8] {
        var line = message + [UInt8](repeating: 0, count: after)
        check?.write(way, into: &line)
        return line + (ends.first ?? [])
    }
}
