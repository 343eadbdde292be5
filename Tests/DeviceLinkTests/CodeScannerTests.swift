// Scanners of bar codes and QR codes: any suffix or none, the same code twice, and every fault they can play.

import Testing
import Vitals

@testable import DeviceLink

struct CodeScannerTests {
    @Test func `ten thousand codes come back as they went, with every suffix and code id`() throws {
        let suffixes: [[UInt8]] = [[0x0D], [0x0A], [0x09], []]
        for seed in cases(10_000) {
            var chance = SeededChance(seed: UInt64(seed))
            let length = seed % 50 == 0 ? 1_020 : Int.random(in: 1...60, using: &chance)
            // A text that begins like a code id is one: such a code cannot be told from it.
            let text =
                "H"
                + String(
                    (1..<max(2, length)).map { _ in
                        Character(Unicode.Scalar(UInt8.random(in: 0x20...0x7E, using: &chance)))
                    })
            let scan = ScannedCode(
                codeID: ["", "]Q1", "]E0", "]C1"][seed % 4], text: text, suffix: suffixes[seed % 7 % 4])
            #expect(ScannedCode(scan.bytes[...]) == scan, "seed \(seed)")
            var decoder = StreamDecoder(try profile("code-scanner"))
            let heard = decoder.push(scan.bytes) + decoder.lookPastStall()
            #expect(heard.map(\.event) == [.identity(.code(text))], "seed \(seed)")
        }
    }

    @Test func `a code without a line end is over after 100 ms of silence, and not before`() throws {
        var hut = Conversation(profile: try profile("code-scanner"))
        _ = hut.opened(at: at(0))
        #expect(hut.receive(Array("HH1:0123456789ABCDEF".utf8), at: at(1)).isEmpty)
        #expect(hut.receive(Array("0123456789ABCDEF".utf8), at: at(1.09)).isEmpty)
        #expect(hut.deadline == at(1.19))
        let steps = hut.deadlineReached(at: at(1.19))
        #expect(steps == [.event(.identity(.code("HH1:0123456789ABCDEF0123456789ABCDEF")), token: nil)])
    }

    @Test func `the same code within three seconds of the last is one scan; later it has been gone`() throws {
        var bench = try ReaderBench("code-scanner", .code("A1"))
        for second in [0.0, 2, 4, 6.9] {
            bench.run(until: second)
            bench.press()
        }
        #expect(bench.told == [.identity(.code("A1"))])
        bench.run(until: 9.8)
        #expect(bench.told.count == 1)
        bench.run(until: 10)
        #expect(bench.told == [.identity(.code("A1")), .identityLifted])
        bench.press()
        #expect(bench.told.count == 3)
    }

    @Test func `another code is another scan at once`() throws {
        var hut = Conversation(profile: try profile("code-scanner"))
        _ = hut.opened(at: at(0))
        let steps = hut.receive(Array("A1\rB2\rA1\r".utf8), at: at(1))
        #expect(steps.count == 3)
    }

    @Test(arguments: [SimulatedFault.noSuffix, .twoTogether, .duplicate])
    func `however it is sent it is one code`(fault: SimulatedFault) throws {
        var bench = try ReaderBench("code-scanner", .code("A1"), fault: fault)
        bench.press()
        bench.run(until: 2.5)
        let code = fault == .twoTogether ? "A1" : "A1"
        #expect(bench.told == [.identity(.code(code))])
    }

    @Test func `what is not printable ASCII is no code, and half of one is not another`() throws {
        for garbage in ["健康码\r", "A\u{1D}B\r", "\u{7}\r"] {
            let found = try lines("code-scanner", [Array(garbage.utf8)])
            #expect(found.lines.isEmpty && found.tally.faults == 1)
        }
        let endless = [UInt8](repeating: UInt8(ascii: "7"), count: 100_000)
        var decoder = StreamDecoder(try profile("code-scanner"))
        for piece in stride(from: 0, to: endless.count, by: 512) {
            #expect(decoder.push(Array(endless[piece..<min(piece + 512, endless.count)])).isEmpty)
            #expect(decoder.unfinished <= 1_024)
        }
    }
}
