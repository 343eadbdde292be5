// Every capture of every device, fed three ways, against the readings committed beside it; and every one of its frames
// turned back into its bytes. With HEALTHHUT_RECORD=1 the readings are written anew, and the run fails: look at them.
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
    @Test(arguments: CapturePair.all)
    func `a capture gives its readings however it is cut`(pair: CapturePair) throws {
        let capture = try CaptureFile(try text(of: pair.capture))
        let pieces = capture.pieces.filter { $0.direction == .fromDevice }.map(\.bytes)
        let found = try lines(pair.device, pieces)
        if ProcessInfo.processInfo.environment["HEALTHHUT_RECORD"] == "1" {
            try Data((found.lines.map { $0 + "\n" }.joined()).utf8).write(to: pair.readings)
            Issue.record(
                "recorded \(pair.readings.lastPathComponent): read it, then run again without HEALTHHUT_RECORD")
        }
        let expected = try text(of: pair.readings).split(separator: "\n").map(String.init)
        #expect(found.lines == expected)
        for way in [singly(capture.deviceBytes), [capture.deviceBytes]] {
            let again = try lines(pair.device, way)
            #expect(again.lines == expected)
            #expect(again.tally == found.tally)
        }
    }

    @Test(arguments: CapturePair.all.filter { (try? table($0.device)) != nil })
    func `every understood frame of a capture can be written again`(pair: CapturePair) throws {
        let table = try table(pair.device)
        for piece in try CaptureFile(try text(of: pair.capture)).pieces {
            let framing = piece.direction == .fromHost ? table.framing.heardByDevice : table.framing
            let isFromHost = piece.direction == .fromHost
            guard case .frame(let length) = framing.look(at: 0, in: piece.bytes) else { continue }
            let message = framing.message(in: piece.bytes.prefix(length))
            guard let fit = table.fit(message, fromHost: isFromHost), fit.skipped == 0 else { continue }
            let written = try #require(table.frame(of: fit.record))
            #expect(framing.message(in: written[...]).elementsEqual(message))
            if case .counted = framing { #expect(written == piece.bytes) }
        }
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

    @Test func `every kind of fault a capture must show is there for every device`() throws {
        #expect(CapturePair.devices.count >= 3)
        for device in CapturePair.devices {
            let folder = devicesFolder.appending(path: device)
            for name in ["profile.json5", "PROTOCOL.md", "good.capture", "error.capture", "torn.capture"] {
                let isThere = FileManager.default.fileExists(atPath: folder.appending(path: name).path())
                #expect(isThere, "\(device) has no \(name)")
            }
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path())
            let captures = Set(names.filter { $0.hasSuffix(".capture") }.map { $0.dropLast(8) })
            let readings = Set(names.filter { $0.hasSuffix(".readings") }.map { $0.dropLast(9) })
            #expect(
                captures == readings, "\(device): a capture without its readings, or readings without their capture")
            let notes = try text(of: folder.appending(path: "PROTOCOL.md"))
            for heading in ["## On the wire", "## How each fact is known", "## Never sent", "## Not known"] {
                #expect(notes.contains("\n\(heading)\n"), "\(device)/PROTOCOL.md has no `\(heading)`")
            }
            for pair in CapturePair.all where pair.device == device {
                let header = try CaptureFile(try text(of: pair.capture)).header
                #expect(header.contains { $0.key == "device" && $0.value == device }, "\(pair.testDescription)")
                let grade = header.first { $0.key == "grade" }?.value
                #expect(["captured", "quoted", "composed", "ran"].contains(grade), "\(pair.testDescription)")
            }
        }
    }
}
