// A hundred megabytes of noise for three shapes of frames: nothing comes of it, every byte is counted, and never more is
// kept than one longest frame.
import Testing
import Vitals

@testable import DeviceLink

/// Counts what it refuses.
private struct Refusing: FrameJudge {
    mutating func accept(_ frame: ArraySlice<UInt8>) -> Bool { false }
}

struct NoiseTests {
    @Test(arguments: [
        ("line", "shape: 'line', end: ['0D 0A', '0D'], longest: 80", 80),
        (
            "counted",
            "shape: 'counted', start: 'AA 80', countAt: 2, countPlus: 4, shortest: 5, longest: 40, trim: [3, 1], "
                + "check: { kind: 'xor', from: 2, to: -1, at: -1 }", 40
        ),
        (
            "block",
            "shape: 'block', start: '16 16', end: '03', after: 1, longest: 80, check: { kind: 'xor', from: 2, to: -1, at: -1 }",
            80
        ),
    ])
    func `a hundred megabytes of noise leave nothing behind`(name: String, frames: String, longest: Int) throws {
        let framing = try profile(frames: frames, messages: "any: { parts: [{ unknown: 2, is: 'any' }] }").framing
        // One mebibyte, again and again from another place: fresh noise would cost more than the search.
        var chance = SeededChance(seed: 7)
        var noise: [UInt8] = []
        noise.reserveCapacity(1 << 20)
        for _ in 0..<1 << 17 { withUnsafeBytes(of: chance.next()) { noise.append(contentsOf: $0) } }
        var framer = Framer(framing)
        var judge = Refusing()
        let rounds = cases(100).count
        for round in 0..<rounds {
            framer.push(round.isMultiple(of: 2) ? noise : Array(noise.dropFirst(round)), to: &judge)
            #expect(framer.keptBytes <= longest + 2, "\(name), round \(round)")
        }
        let pushed = (0..<rounds).reduce(0) { $0 + (1 << 20) - ($1.isMultiple(of: 2) ? 0 : $1) }
        // A line feed where a line would begin is the end of the one before, not noise.
        #expect(framer.noiseBytes + framer.keptBytes <= pushed)
        #expect(framer.noiseBytes + framer.keptBytes >= pushed - pushed / 100)
    }
}
