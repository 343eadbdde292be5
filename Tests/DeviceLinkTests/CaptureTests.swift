// The captures of the shelf. What they must give is `FolderCheck`'s to say; here the readings are written anew where asked
// for (HEALTHHUT_RECORD=1, and the run fails: look at them), and protobuf is turned back into its bytes.
import FoundationEssentials
import Testing
import Vitals

@testable import DeviceLink

/// One pair of a device's folder.
struct CapturePair: Sendable, CustomTestStringConvertible {
    var device: String
    var capture: URL
    var testDescription: String { "\(device)/\(capture.lastPathComponent)" }

    var readings: URL { capture.deletingPathExtension().appendingPathExtension("readings") }

    static var devices: [String] {
        let names = try? FileManager.default.contentsOfDirectory(atPath: devicesFolder.path())
        return (names ?? []).filter { !$0.contains(".") }.sorted()
    }

    static var all: [CapturePair] {
        devices.flatMap { device in
            let folder = devicesFolder.appending(path: device)
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
            return names.filter { $0.hasSuffix(".capture") }.sorted().map {
                CapturePair(device: device, capture: folder.appending(path: $0))
            }
        }
    }
}

struct CaptureTests {
    @Test(
        .enabled(if: ProcessInfo.processInfo.environment["HEALTHHUT_RECORD"] == "1"), arguments: CapturePair.all)
    func `readings are written anew where asked for, and must be read by a person`(pair: CapturePair) throws {
        let capture = try CaptureFile(try text(of: pair.capture))
        let pieces = capture.pieces.filter { $0.direction == .fromDevice }.map(\.bytes)
        let found = try lines(pair.device, pieces)
        try Data((found.lines.map { $0 + "\n" }.joined()).utf8).write(to: pair.readings)
        Issue.record("recorded \(pair.readings.lastPathComponent): read it, then run again without HEALTHHUT_RECORD")
    }

    @Test(arguments: CapturePair.all.filter { $0.device == "meshtastic" })
    func `every protobuf message of a capture can be written again`(pair: CapturePair) throws {
        for piece in try CaptureFile(try text(of: pair.capture)).pieces {
            guard piece.bytes.starts(with: [0x94, 0xC3]), let message = try? WireMessage(piece.bytes.dropFirst(4)),
                piece.bytes.count == Int(piece.bytes[2]) << 8 + Int(piece.bytes[3]) + 4
            else { continue }
            #expect(MeshtasticFrame.around(message) == piece.bytes)
        }
    }
}
