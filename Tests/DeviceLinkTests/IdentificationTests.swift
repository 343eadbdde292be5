// What a line says against every profile of the shelf: the right one first, and never sure of what could be chance.
import Testing
import Vitals

@testable import DeviceLink

struct IdentificationTests {
    private func shelf() throws -> [(device: String, profile: DeviceProfile)] {
        try CapturePair.devices.map { ($0, try profile($0)) }
    }

    private func matches(_ device: String, capture: String = "good") throws -> [Identification.Match] {
        var ears = Identification(try shelf())
        let file = devicesFolder.appending(path: "\(device)/\(capture).capture")
        for byte in try CaptureFile(try text(of: file)).deviceBytes { ears.hear([byte]) }
        return ears.matches
    }

    @Test(arguments: ["maibobo", "meshtastic"]) func `a device with start marks is known by what it says`(
        device: String
    ) throws {
        let matches = try matches(device)
        #expect(matches.first?.device == device)
        #expect(matches.first?.share == 100)
    }

    @Test func `frames with a right check are sure, one text line is not`() throws {
        #expect(try matches("maibobo").first?.sureness == .sure)
        let line = try CaptureFile(try text(of: devicesFolder.appending(path: "omron-hbp-9030/good.capture")))
        var ears = Identification(try shelf())
        ears.hear(try #require(line.pieces.first { $0.direction == .fromDevice }).bytes)
        let match = try #require(ears.matches.first { $0.device == "omron-hbp-9030" })
        #expect(match.sureness < .sure)
        #expect(match.frames == 1)
    }

    /// Those whose bytes mean nothing without the question.
    private static let answerers = ["beurer-bm58", "escpos-printer", "gsm-modem"]

    @Test(arguments: CapturePair.devices.filter { !answerers.contains($0) })
    func `no device of the shelf is outranked by another on what it says itself`(device: String) throws {
        let matches = try matches(device)
        let best = try #require(matches.first)
        let own = try #require(matches.first { $0.device == device }, "\(matches)")
        #expect(own.sureness == best.sureness && own.share == best.share, "\(matches)")
    }

    @Test(arguments: answerers) func `a device that only answers is never named by who only listens`(device: String)
        throws
    {
        #expect(try !matches(device).contains { Self.answerers.contains($0.device) })
        #expect(try profile(device).isAskedFirst)
    }

    @Test func `a line of text is no scanner's code, and a monitor knows when a line is another model's`() throws {
        let matches = try matches("omron-hbp-9030")
        let scanner = try #require(matches.first { $0.device == "code-scanner" })
        #expect(scanner.sureness == .possible)
        let other = try #require(matches.first { $0.device == "omron-hbp-9020" })
        #expect(other.sureness == .possible)
        #expect(other.complaint?.contains("HBP-9030") == true)
        #expect(matches.filter { $0.sureness > .possible }.map(\.device) == ["omron-hbp-9030"])
    }

    @Test(arguments: [
        ("maibobo", true), ("onetouch-ultra2", true), ("contour-astm", true), ("meshtastic", true), ("gsm-modem", true),
        ("a-and-d-scale", true), ("omron-hbp-9030", false), ("tanita", false), ("watch-3g", false),
        ("code-scanner", false),
    ])
    func `who must be asked first is known from the conversation`(device: String, isAsked: Bool) throws {
        #expect(try profile(device).isAskedFirst == isAsked)
    }

    @Test func `silence and noise match nothing with a check`() throws {
        var ears = Identification(try shelf())
        #expect(ears.matches.isEmpty)
        var chance = SeededChance(seed: 7)
        ears.hear((0..<4_096).map { _ in UInt8.random(in: 0...255, using: &chance) })
        #expect(ears.matches.allSatisfy { $0.sureness == .possible })
        #expect(ears.bytes == 4_096)
    }
}

struct CaptureWriterTests {
    @Test func `bytes without a pause are one piece, a pause or the other side begins the next`() throws {
        var writer = CaptureWriter(start: at(0))
        var text = CaptureWriter.header(
            [("device", "maibobo"), ("source", "a\ntest"), ("grade", "ran")].map { .init(key: $0.0, value: $0.1) })
        text += writer.add([0xAA], .fromDevice, at: at(1))
        text += writer.add([0x80], .fromDevice, at: at(1.01))
        #expect(writer.deadline == at(1.06))
        #expect(writer.due(at: at(1.05)).isEmpty)
        text += writer.add([0xCC], .fromHost, at: at(1.02))
        text += writer.due(at: at(1.2))
        text += writer.add([0x01], .fromHost, at: at(1.3))
        text += writer.remark("the line is lost: unplugged", at: at(2))
        text += writer.finish()
        let capture = try CaptureFile(text)
        #expect(capture.pieces.map(\.bytes) == [[0xAA, 0x80], [0xCC], [0x01]])
        #expect(capture.pieces.map(\.direction) == [.fromDevice, .fromHost, .fromHost])
        #expect(capture.header.first { $0.key == "source" }?.value == "a test")
        #expect(text.contains("< AA 80  # +1.0 s\n") && text.contains("# +2.0 s the line is lost: unplugged\n"))
    }

    @Test func `a stream without pauses is cut into pieces and loses nothing`() throws {
        var writer = CaptureWriter(start: at(0))
        let noise = (0..<5_000).map { UInt8(truncatingIfNeeded: $0) }
        var text = "# device: x\n# source: y\n# grade: ran\n\n"
        for (index, byte) in noise.enumerated() { text += writer.add([byte], .fromDevice, at: at(Double(index) / 960)) }
        text += writer.finish()
        let capture = try CaptureFile(text)
        #expect(capture.deviceBytes == noise)
        #expect(capture.pieces.allSatisfy { $0.bytes.count <= 512 })
    }
}
