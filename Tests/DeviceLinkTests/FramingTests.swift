// One row for each shape of frame and each kind of check, from a profile's own words: what is cut out of a stream, and
// what stands around a message that is sent.
import Testing
import Vitals

@testable import DeviceLink

/// A profile with only the frames under test: what a message holds is kept, never read.
func profile(frames: String, messages: String) throws -> DeviceProfile {
    let text = """
        { profile: 1, name: 'test', kind: 'wristbandRadio', grade: 'D', line: { baud: 9600, data: 8, parity: 'none', stop: 1 },
          frames: { \(frames) }, messages: { \(messages) } }
        """
    return try DeviceProfile.load(json5: Array(text.utf8), file: "test.json5")
}

/// Keeps the messages of whole frames.
private struct Messages: FrameJudge {
    let framing: Framing
    var heard: [String] = []

    mutating func accept(_ frame: ArraySlice<UInt8>) -> Bool {
        heard.append(HexText.text(of: framing.message(in: frame)))
        return true
    }
}

struct FramingTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var frames: String
        /// One frame as the device sends it, and the message in it.
        var frame: String
        var message: String
        var testDescription: String { frames }
    }

    static let rows = [
        Row(frames: "shape: 'line', end: ['0D 0A', '0D'], longest: 20", frame: "41 42 43 0D", message: "41 42 43"),
        Row(
            frames:
                "shape: 'line', end: ['0D'], longest: 20, check: { kind: 'sum16', from: 0, to: -4, at: -4, as: 'hex' }",
            frame: "41 42 43 20 30 30 45 36 0D", message: "41 42 43 20"),
        Row(
            frames:
                "shape: 'counted', start: { device: 'AA 80', host: 'CC 80' }, countAt: 2, countPlus: 4, shortest: 5, "
                + "longest: 20, trim: [3, 1], check: { kind: 'xor', from: 2, to: -1, at: -1 }",
            frame: "AA 80 02 01 05 06", message: "01 05"),
        Row(
            frames:
                "shape: 'counted', start: '3E', countAt: 1, countWidth: 2, countPlus: 0, shortest: 5, longest: 600, "
                + "trim: [3, 1], check: { kind: 'negatedSum', from: 0, to: -1, at: -1 }",
            frame: "3E 00 05 4F 6E", message: "4F"),
        Row(
            frames: "shape: 'block', start: '02', end: '03', after: 1, longest: 20, "
                + "check: { kind: 'sum', from: 0, to: -1, at: -1 }",
            frame: "02 05 03 0A", message: "05"),
        Row(
            frames: "shape: 'block', start: '02', end: '03 0D', longest: 20, trim: [1, 4], "
                + "check: { kind: 'sum', from: 1, to: -4, at: -4, as: 'hex' }",
            frame: "02 31 32 36 33 03 0D", message: "31 32"),
        Row(
            frames: "shape: 'block', start: '02', end: '03', longest: 20, trim: [1, 3], "
                + "check: { kind: 'xor', from: 1, to: -3, at: -3, as: 'hex', over: 'hex' }",
            frame: "02 30 31 30 30 36 33 39 39 31 32 45 39 03", message: "30 31 30 30 36 33 39 39 31 32"),
        Row(
            frames: "shape: 'block', start: '02', end: '03', after: 2, longest: 20, "
                + "check: { kind: 'crc16', from: 0, to: -2, at: -2, first: 'low' }",
            frame: "02 06 08 03 C2 62", message: "06 08"),
        Row(frames: "shape: 'marked', length: 4", frame: "80 48 61 20", message: "80 48 61 20"),
        Row(
            frames: "shape: 'digitsBetween', mark: '5E', lengths: [3, 4]", frame: "5E 31 32 33 5E", message: "31 32 33"),
        Row(
            frames:
                "shape: 'fixed', start: '66 66', length: 6, trim: [2, 1], check: { kind: 'sum', from: 0, to: -1, at: -1 }",
            frame: "66 66 01 04 0E DF", message: "01 04 0E"),
    ]

    private func framing(_ row: Row) throws -> (framing: Framing, message: [UInt8], frame: [UInt8]) {
        let (message, frame) = (try hex(row.message), try hex(row.frame))
        let parts = "any: { parts: [{ unknown: \(message.count), is: 'any' }] }"
        return (try profile(frames: row.frames, messages: parts).framing, message, frame)
    }

    @Test(arguments: rows)
    func `a frame of each shape is cut, and written again`(row: Row) throws {
        let (framing, message, frame) = try framing(row)
        #expect(framing.look(at: 0, in: frame) == .frame(frame.count))
        #expect(framing.message(in: frame[...]).elementsEqual(message))
        #expect(framing.frame(around: message, fromHost: false).starts(with: frame))
    }

    @Test(arguments: rows)
    func `frames are found singly, together, behind noise and behind a torn one`(row: Row) throws {
        let (framing, _, frame) = try framing(row)
        // A line has no start mark: what stands before it belongs to it.
        let isLine = row.frames.contains("'line'")
        let before: [[UInt8]] = isLine ? [[]] : [[], [0x00, 0x01, 0x7E], Array(frame.dropLast(2))]
        for noise in before {
            let stream = noise + frame + frame
            for pieces in [[stream], singly(stream)] {
                var framer = Framer(framing)
                var messages = Messages(framing: framing)
                for piece in pieces { framer.push(piece, to: &messages) }
                let found = messages.heard.filter { $0 == row.message }
                #expect(found.count == 2, "behind \(HexText.text(of: noise))")
                #expect(framer.keptBytes == 0)
            }
        }
    }

    @Test(arguments: rows.filter { $0.frames.contains("check") })
    func `a frame with any bit flipped is refused where it has a check`(row: Row) throws {
        let (framing, message, frame) = try framing(row)
        // A CRC or a sum sees every single bit; in hex digits, too.
        for bit in 0..<frame.count * 8 {
            var flipped = frame
            flipped[bit / 8] ^= 1 << (bit % 8)
            guard case .frame(let length) = framing.look(at: 0, in: flipped) else { continue }
            #expect(framing.message(in: flipped.prefix(length)).elementsEqual(message), "bit \(bit)")
        }
    }

    @Test func `an answer is as long as what is awaited, and nothing else is a frame`() throws {
        let profile = try profile(
            frames: "shape: 'reply', longest: 9",
            messages:
                "ready: { parts: ['55'] }, record: { parts: ['AC', { unknown: 2, is: 'values' }] }, none: { parts: ['A9'] }"
        )
        guard case .table(let table) = profile.language else { throw NoTable() }
        var framer = Framer(profile.framing)
        var messages = Messages(framing: profile.framing)
        framer.push(try hex("55"), to: &messages)
        #expect(messages.heard.isEmpty && framer.noiseBytes == 1, "nobody asked")
        framer.expect(table.outlines([1, 2]))
        framer.push(try hex("55 AC 01"), to: &messages)
        #expect(messages.heard.isEmpty && framer.noiseBytes == 2 && framer.keptBytes == 2)
        framer.push(try hex("02 A9"), to: &messages)
        #expect(messages.heard == ["AC 01 02", "A9"])
    }

    @Test func `any of a profile's checks is accepted, and the record remembers which`() throws {
        let profile = try profile(
            frames: "shape: 'block', start: '16', end: '03', after: 1, longest: 20, "
                + "check: { kind: 'xor', from: 0, to: -1, at: -1, or: [{ kind: 'sum', from: 1, to: -2, at: -1 }] }",
            messages: "any: { parts: [{ unknown: 2, is: 'any' }] }")
        guard case .table(let table) = profile.language else { throw NoTable() }
        for (frame, way) in [("16 41 42 03 16", 0), ("16 41 42 03 83", 1)] {
            let bytes = try hex(frame)
            #expect(profile.framing.look(at: 0, in: bytes) == .frame(5), "\(frame)")
            var record = try #require(table.fit(profile.framing.message(in: bytes[...]))).record
            record.check = profile.framing.fittingCheck(in: bytes.span)
            #expect(Int(record.check) == way)
            #expect(table.frame(of: record) == bytes)
        }
        #expect(profile.framing.look(at: 0, in: try hex("16 41 42 03 00")) == .broken)
    }

    @Test func `what a bare host says has no frame around it, and its simulator hears it`() throws {
        let table = try table("suntech-advantage")
        let start = try #require(table.messages.firstIndex { $0.name == "start" })
        #expect(table.frame(of: table.blank(start)) == (try hex("3A 20 A6")))
        #expect(table.hostFraming.look(at: 0, in: try hex("3A 20 A6 3A")) == .frame(3))
    }
}
