// Every whole frame of a dialect's captures is understood and written again as it was.
import Testing

@testable import DeviceLink

struct DialectCaptureTests {
    private static let pairs = CapturePair.all.filter {
        ["contec-v7", "onetouch-ultraeasy", "contour-astm", "microlife-bpa", "nellcor-n595"].contains($0.device)
    }

    @Test(arguments: pairs)
    func `a whole frame of a capture is written again as it was`(pair: CapturePair) throws {
        let framing = try profile(pair.device).framing
        for piece in try CaptureFile(try text(of: pair.capture)).pieces where piece.direction == .fromDevice {
            guard framing.look(at: 0, in: piece.bytes) == .frame(piece.bytes.count) else { continue }
            let again = again(pair.device, piece.bytes)
            #expect(again == nil || again == piece.bytes, "\(HexText.text(of: piece.bytes))")
        }
    }

    /// The frame, read and written; nil for a line that is no line of data and for a control byte.
    private func again(_ device: String, _ bytes: [UInt8]) -> [UInt8]? {
        switch device {
        case "contec-v7": return ContecPacket(bytes[...]).bytes
        case "onetouch-ultraeasy": return UltraEasyFrame(bytes[...]).bytes
        case "contour-astm": return ContourFrame(bytes[...])?.bytes
        case "microlife-bpa":
            let text = Array(bytes.dropFirst().dropLast(2))
            guard text.count > MicrolifeAnswer.heading else { return MicrolifeAnswer(text: text).bytes }
            let records = stride(from: MicrolifeAnswer.heading, to: text.count, by: MicrolifeCycle.length)
            let written = records.compactMap { MicrolifeCycle(text[$0..<$0 + MicrolifeCycle.length])?.text }
            return MicrolifeAnswer(text: text.prefix(MicrolifeAnswer.heading) + written.flatMap(\.self)).bytes
        default: return NellcorLine(bytes.dropLast(2))?.bytes
        }
    }
}
