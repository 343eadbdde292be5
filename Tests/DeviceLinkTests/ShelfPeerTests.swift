// Independent peers of the shelf: public Python packages read the frames of our oximeters, tags and Bluetooth payloads as
// we mean them, and agree with us on which numbers residents can have.
import Testing
import Vitals

@testable import DeviceLink

@Suite(
    .enabled("skipped: the Python packages could not be installed (Provisioning/peers/install shelf)") {
        ShelfPeers.areThere
    }, .serialized)
struct ShelfPeerTests {
    /// Frames as the peer takes them, and what it must say of each.
    private func compare(_ peer: String, _ frames: [(bytes: [UInt8], meant: String)], prefix: [String]? = nil) throws {
        let lines = frames.indices.map { index in
            (prefix.map { $0[index] + " " } ?? "") + HexText.text(of: frames[index].bytes).filter { $0 != " " }
        }
        let said = try ShelfPeers.said(by: "shelf_peer.py", peer, hearing: lines)
        #expect(said.count == frames.count)
        for (index, words) in said.enumerated() where words != frames[index].meant {
            Issue.record("\(lines[index]): the peer says `\(words)`, we `\(frames[index].meant)`")
        }
    }

    @Test func `a tag is what the peer takes it for, also with a wrong check`() throws {
        var frames: [(bytes: [UInt8], meant: String)] = []
        for seed in 0..<1_000 {
            var chance = SeededChance(seed: UInt64(seed))
            let version = UInt8.random(in: 0...255, using: &chance)
            var frame = TagFrame(version: version, id: UInt32.random(in: 0...UInt32.max, using: &chance))
            if seed % 5 == 0 { frame.check = Array(HexText.text(of: [frame.rightCheck ^ UInt8(1 + seed % 7)]).utf8) }
            let isRight = seed % 5 != 0
            #expect(frame.isCheckRight == isRight)
            frames.append((frame.bytes, "\(version) \(frame.id) \(isRight ? 1 : 0)"))
        }
        frames.append((try hex("02 30 31 30 30 36 33 45 39 41 45 32 35 03"), "1 6547886 1"))
        try compare("tag", frames)
    }

    @Test func `an oximeter of BerryMed says what the peer hears`() throws {
        var frames: [(bytes: [UInt8], meant: String)] = []
        let table = try table("bci")
        for seed in 0..<1_000 {
            var chance = SeededChance(seed: UInt64(seed))
            let (percent, pulse) = (Int.random(in: 50...100, using: &chance), Int.random(in: 20...250, using: &chance))
            let oxygen = OxygenSaturation(percent: percent, pulse: PerMinute(pulse))
            let frame = try #require(table.frame(of: DeviceReading(vital: .oxygenSaturation(oxygen))), "seed \(seed)")
            frames.append((frame, "\(percent) \(pulse) 0 0 0 0"))
        }
        // The worked frames: ours must say of them what the peer says.
        let worked = [
            ("C7 28 09 48 61", "97 72 0 0 0 0"), ("D7 28 09 48 61", "97 72 0 0 0 1"),
            ("92 00 70 7F 7F", "- - 0 1 1 1"), ("86 00 10 7F 7F", "- 127 0 1 0 0"),
        ]
        for (text, meant) in worked { frames.append((try hex(text), meant)) }
        try compare("bci", frames)
    }

    @Test func `we and the peer agree which numbers a resident can have`() throws {
        let said = try ShelfPeers.said(by: "shelf_peer.py", "numbers 20261121 3000")
        #expect(said.count == 3_000)
        #expect(Set(said.map { $0.last }) == ["0", "1"])
        for line in said {
            let parts = line.split(separator: "\t")
            #expect((CardNumber(String(parts[0])) != nil) == (parts[1] == "1"), "a number they differ about")
        }
    }

    @Test func `Bluetooth payloads say what the peer reads`() throws {
        var (frames, kinds): ([(bytes: [UInt8], meant: String)], [String]) = ([], [])
        for seed in 0..<3_000 {
            var chance = SeededChance(seed: UInt64(seed))
            let (kind, bytes, meant) = try payload(seed % 6, &chance)
            frames.append((bytes, meant))
            kinds.append(kind)
        }
        try compare("gatt", frames, prefix: kinds)
    }
}
