// The fault table against every frame of every capture that gives something: cut at each length, noise before it, each
// bit flipped, two frames together, the same frame twice.
import Testing
import Vitals

@testable import DeviceLink

/// A single frame that gives at least one line, and the lines it gives.
struct GoodFrame: Sendable, CustomTestStringConvertible {
    var device: String
    var name: String
    var bytes: [UInt8]
    var lines: [String]
    var testDescription: String { name }

    /// Frames with a reading, a fault, a signal; of frames that give the same lines, one.
    static func all(of device: String) -> [GoodFrame] {
        var frames: [GoodFrame] = []
        for pair in CapturePair.all where pair.device == device {
            guard let capture = try? CaptureFile(try text(of: pair.capture)) else { continue }
            for (index, piece) in capture.pieces.enumerated() where piece.direction == .fromDevice {
                guard let found = try? DeviceLinkTests.lines(device, [piece.bytes]), !found.lines.isEmpty,
                    found.tally.frames == 1, found.tally.noiseBytes == 0,
                    !frames.contains(where: { $0.lines == found.lines })
                else { continue }
                frames.append(
                    GoodFrame(
                        device: device, name: "\(pair.testDescription) #\(index)", bytes: piece.bytes,
                        lines: found.lines))
            }
        }
        return frames
    }

    static let checked = all(of: "maibobo")
    static let unchecked = all(of: "omron-hbp-9030") + all(of: "meshtastic")
    /// A line of another output format is known by its first letters only; with anything in front it is just a line
    /// nobody knows.
    static let findable = checked + unchecked.filter { !$0.name.contains("wrong-format") }
}

/// A good frame to stand behind the damaged one, with other values than any capture.
private func witness(_ device: String) throws -> (bytes: [UInt8], lines: [String]) {
    let bytes: [UInt8] =
        switch device {
        case "maibobo": try #require(try table(device).frame(of: reading(117, 73, 64)))
        case "omron-hbp-9030": try #require(try table(device).frame(of: reading(117, 73, 64)))
        default:
            BandPacket(
                band: 0x0102_0304, id: 77, time: 1_767_225_600,
                content: .health(heartRate: 64, oxygen: 95, centiCelsius: 3_620)
            ).frame
        }
    return (bytes, try lines(device, [bytes]).lines)
}

private func reading(_ systolic: Int, _ diastolic: Int, _ pulse: Int) -> DeviceReading {
    DeviceReading(
        vital: .bloodPressure(
            BloodPressure(systolic: MmHg(systolic), diastolic: MmHg(diastolic), pulse: PerMinute(pulse))),
        deviceTime: CivilTime(year: 2026, month: 3, day: 4, hour: 5, minute: 6, second: 0))
}

struct FaultTableTests {
    @Test func `there are frames to damage`() {
        #expect(GoodFrame.checked.count > 15)
        #expect(GoodFrame.unchecked.count > 20)
    }

    @Test(arguments: GoodFrame.findable)
    func `a frame cut at any length gives nothing, and the good one behind it everything`(frame: GoodFrame) throws {
        let witness = try witness(frame.device)
        // An HBP-9030 line is over at its CR: one byte less is still whole.
        let whole = frame.bytes.suffix(2).elementsEqual([0x0D, 0x0A]) ? frame.bytes.count - 1 : frame.bytes.count
        for length in 0..<whole {
            let torn = Array(frame.bytes.prefix(length))
            let alone = try lines(frame.device, [torn])
            #expect(alone.lines.isEmpty, "\(length) bytes")
            #expect(alone.tally.noiseBytes == length)
            #expect(
                try lines(frame.device, [torn, witness.bytes]).lines == witness.lines,
                "\(length) bytes, then a good one")
            #expect(
                try lines(frame.device, singly(torn + witness.bytes)).lines == witness.lines, "\(length) bytes, singly")
        }
    }

    @Test(arguments: GoodFrame.findable)
    func `noise before a frame is counted and costs nothing else`(frame: GoodFrame) throws {
        for length in 0...16 {
            var chance = SeededChance(seed: UInt64(length))
            let noise = (0..<length).map { _ in UInt8.random(in: 0...255, using: &chance) }
            let found = try lines(frame.device, [noise + frame.bytes])
            #expect(found.lines == frame.lines, "noise \(HexText.text(of: noise))")
            #expect(found.tally.noiseBytes == length, "noise \(HexText.text(of: noise))")
        }
    }

    @Test(arguments: GoodFrame.checked)
    func `each flipped bit of a frame with a check gives nothing`(frame: GoodFrame) throws {
        let witness = try witness(frame.device)
        for bit in 0..<frame.bytes.count * 8 {
            var flipped = frame.bytes
            flipped[bit / 8] ^= 1 << (bit % 8)
            let found = try lines(frame.device, [flipped])
            #expect(found.lines.isEmpty, "bit \(bit)")
            #expect(found.tally.noiseBytes == flipped.count, "bit \(bit)")
            #expect(
                try lines(frame.device, [flipped + witness.bytes]).lines == witness.lines, "bit \(bit), then a good one"
            )
        }
    }

    @Test(arguments: GoodFrame.unchecked)
    func `a flipped bit of a frame without a check never makes more of it and never stops the next`(
        frame: GoodFrame
    ) throws {
        let witness = try witness(frame.device)
        for bit in 0..<frame.bytes.count * 8 {
            var flipped = frame.bytes
            flipped[bit / 8] ^= 1 << (bit % 8)
            #expect(try lines(frame.device, [flipped]).lines.count <= frame.lines.count + 1, "bit \(bit)")
            let pieces = [flipped, witness.bytes, witness.bytes]
            let lengthBits = frame.device == "meshtastic" && (2...3).contains(bit / 8)
            // A longer length swallows the beginning of the next frame; the search goes on inside it.
            if !lengthBits { #expect(try lines(frame.device, pieces).lines.contains(witness.lines[0]), "bit \(bit)") }
        }
    }

    @Test(arguments: GoodFrame.checked + GoodFrame.unchecked)
    func `two frames together are two`(frame: GoodFrame) throws {
        let witness = try witness(frame.device)
        #expect(try lines(frame.device, [frame.bytes + witness.bytes]).lines == frame.lines + witness.lines)
        #expect(try lines(frame.device, [witness.bytes + frame.bytes]).lines == witness.lines + frame.lines)
    }

    @Test(arguments: GoodFrame.checked + GoodFrame.unchecked)
    func `a frame sent twice is heard twice, a packet of the mesh once`(frame: GoodFrame) throws {
        let found = try lines(frame.device, [frame.bytes, frame.bytes])
        #expect(found.lines == (frame.device == "meshtastic" ? frame.lines : frame.lines + frame.lines))
    }

    @Test(arguments: ["maibobo", "omron-hbp-9030", "meshtastic"])
    func `garbage of any kind gives nothing and is all counted`(device: String) throws {
        for seed in cases(200) {
            var chance = SeededChance(seed: UInt64(seed))
            // A line feed behind a carriage return is the end of a line, not garbage.
            let garbage = (0..<600).map { _ in UInt8.random(in: 0...255, using: &chance) }.filter { $0 != 0x0A }
            let found = try lines(device, [garbage])
            #expect(found.lines.isEmpty, "seed \(seed)")
            #expect(found.tally.noiseBytes == garbage.count, "seed \(seed)")
        }
    }
}
