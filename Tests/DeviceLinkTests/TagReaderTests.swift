// Readers of 125 kHz tags: their bytes both ways, presence and absence, and every fault they can play.

import Testing
import Vitals

@testable import DeviceLink

struct TagReaderTests {
    @Test(arguments: [
        ("02 30 31 30 30 36 33 45 39 41 45 32 35 03", "0006547886", true),
        ("02 31 30 30 30 38 36 46 34 34 34 32 36 03", "0008844356", true),
        ("02 30 32 30 30 34 44 42 30 30 35 46 43 03", "0005091333", false),
        ("02 30 32 30 30 34 44 42 30 30 35 3B 44 03", "0005091333", false),
        ("02 30 31 30 30 61 62 63 64 65 66 38 38 03", "0011259375", true),
    ]) func `a frame is its printed number and comes back byte for byte`(bytes: String, number: String, fits: Bool)
        throws
    {
        let frame = try hex(bytes)
        let tag = try #require(TagFrame(frame[...]))
        #expect(tag.token == .tag(number) && tag.isCheckRight == fits && tag.bytes == frame)
    }

    @Test func `ten thousand tags come back as they went`() throws {
        for seed in cases(10_000) {
            var chance = SeededChance(seed: UInt64(seed))
            let id =
                seed % 20 == 0 ? UInt32.max : seed % 20 == 1 ? 0 : UInt32.random(in: 0...UInt32.max, using: &chance)
            let tag = TagFrame(version: UInt8.random(in: 0...255, using: &chance), id: id)
            #expect(TagFrame(tag.bytes[...]) == tag && tag.isCheckRight, "seed \(seed)")
            var decoder = StreamDecoder(try profile("em4100-tag"))
            #expect(decoder.push(tag.bytes + tag.bytes).map(\.event) == [nil, .identity(tag.token)], "seed \(seed)")
        }
    }

    @Test func `one read is none, two equal ones are, two that differ are not`() throws {
        let (tag, other) = (TagFrame(version: 1, id: 7), TagFrame(version: 1, id: 8))
        var decoder = StreamDecoder(try profile("em4100-tag"))
        #expect(decoder.push(tag.bytes + other.bytes + tag.bytes).compactMap(\.event).isEmpty)
        #expect(decoder.push(tag.bytes).compactMap(\.event) == [.identity(tag.token)])
    }

    @Test func `a tag is told when it comes, once a second while it lies there, and when it is gone`() throws {
        var bench = try ReaderBench("em4100-tag")
        let tag = DeviceEvent.identity(.tag("0006547886"))
        bench.run(until: 5)
        bench.press()
        bench.run(until: 5.1)
        #expect(bench.told == [tag])
        bench.run(until: 7.9)
        #expect(bench.told == [tag, tag, tag])
        bench.press()
        bench.run(until: 8.07)
        #expect(bench.told.last == tag)
        bench.run(until: 30)
        #expect(bench.told == [tag, tag, tag, .identityLifted])
    }

    @Test func `a copied tag is believed, and its wrong check said once`() throws {
        var bench = try ReaderBench("em4100-tag", fault: .wrongCheck)
        bench.press()
        bench.run(until: 0.5)
        #expect(bench.told == [.fault(.implausible(field: "check"), raw: []), .identity(.tag("0006547886"))])
    }

    @Test(arguments: [SimulatedFault.torn, .noiseBefore, .bitFlip, .twoTogether, .duplicate, .stallMidFrame])
    func `a first frame that is damaged costs nothing`(fault: SimulatedFault) throws {
        var bench = try ReaderBench("em4100-tag", fault: fault)
        bench.press()
        bench.run(until: 0.9)
        #expect(bench.told == [.identity(.tag("0006547886"))])
    }

    @Test func `garbage is no tag and is all counted`() throws {
        for seed in cases(200) {
            var chance = SeededChance(seed: UInt64(seed))
            let garbage = (0..<600).map { _ in UInt8.random(in: 0...255, using: &chance) }
            let found = try lines("em4100-tag", [garbage])
            #expect(found.lines.isEmpty && found.tally.noiseBytes == garbage.count, "seed \(seed)")
        }
    }
}
