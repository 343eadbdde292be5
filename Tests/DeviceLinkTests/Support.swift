// What the tests of this hop share: the real device folders, times without a clock, and seeded chance.
import FoundationEssentials
import Testing
import Vitals

@testable import DeviceLink

/// The `Devices` folder of this checkout.
let devicesFolder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Devices")

func bytes(of file: URL) throws -> [UInt8] { Array(try Data(contentsOf: file)) }

func text(of file: URL) throws -> String { String(decoding: try bytes(of: file), as: UTF8.self) }

/// The profile of a device folder, as it is committed.
func profile(_ device: String) throws -> DeviceProfile { try #require(profiles[device]) }

/// Read once: the fault table asks thousands of times. A profile that does not load has a test of its own.
private let profiles: [String: DeviceProfile] = CapturePair.devices.reduce(into: [:]) { profiles, device in
    let file = devicesFolder.appending(path: "\(device)/profile.json5")
    profiles[device] = try? DeviceProfile.load(json5: try bytes(of: file), file: "\(device)/profile.json5")
}

/// The table of a device that has one.
func table(_ device: String) throws -> MessageTable {
    guard case .table(let table) = try profile(device).language else { throw NoTable() }
    return table
}

struct NoTable: Error {}

/// Bytes written as hex.
func hex(_ text: String) throws -> [UInt8] { try #require(HexText.bytes(in: text)) }

/// So many seconds after the start of the test's own clock.
func at(_ seconds: Double) -> MonotonicTime { MonotonicTime(nanoseconds: Int64(seconds * 1e9)) }

/// So many cases of a property; fewer under the sanitizers.
func cases(_ count: Int) -> Range<Int> {
    let divisor = ProcessInfo.processInfo.environment["HEALTHHUT_PROPERTY_DIVISOR"].flatMap { Int($0) } ?? 1
    return 0..<max(1, count / max(1, divisor))
}

/// Everything a device's bytes give, as `decode` prints it.
func lines(_ device: String, _ pieces: [[UInt8]]) throws -> (lines: [String], tally: Tally) {
    var report = DecodeReport(profile: try profile(device))
    var lines: [String] = []
    for piece in pieces { lines += report.feed(piece) }
    lines += report.finish()
    return (lines, report.tally)
}

/// The bytes one by one.
func singly(_ bytes: [UInt8]) -> [[UInt8]] { bytes.map { [$0] } }

/// What the steps send, as hex.
func sent(_ steps: [Step]) -> [String] {
    steps.compactMap { if case .send(let bytes) = $0 { HexText.text(of: bytes) } else { nil } }
}

/// The steps without what is sent and without the raw bytes.
func told(_ steps: [Step]) -> [String] {
    steps.compactMap { step in
        switch step {
        case .send: return nil
        case .measurementStarted: return "started"
        case .measurementFailed(let why): return "failed: \(why)"
        case .output(let number, let result): return "job \(number): \(result)"
        case .released: return "released"
        case .event(let event, _):
            var line = JSONLine()
            line.add(event)
            return line.text
        }
    }
}
