// An independent peer: the public Python package meshtastic writes what a radio sends, and reads what our simulator
// sends. It needs the network once (a virtual environment under .build), so it runs only with HEALTHHUT_PEERS=1.
import FoundationEssentials
import Glibc
import Testing
import Vitals

@testable import DeviceLink

@Suite(
    .enabled(
        if: ProcessInfo.processInfo.environment["HEALTHHUT_PEERS"] == "1",
        "set HEALTHHUT_PEERS=1 to compare with the Python package meshtastic, which pip must be able to fetch"),
    .serialized)
struct PeerTests {
    /// What a command prints; an error when it fails.
    private func run(_ command: String) throws -> String {
        let pipe = try #require(popen(command, "r"))
        var output: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&buffer, 1, buffer.count, pipe), count > 0 { output += buffer.prefix(count) }
        let status = pclose(pipe)
        try #require(status == 0, "\(command): status \(status)")
        return String(decoding: output, as: UTF8.self)
    }

    /// The command that runs the peer.
    private func peer() throws -> String {
        let root = devicesFolder.deletingLastPathComponent()
        let environment = root.appending(path: ".build/peers/meshtastic")
        let python = environment.appending(path: "bin/python").path()
        if !FileManager.default.fileExists(atPath: environment.appending(path: "bin/meshtastic").path()) {
            _ = try run("python3 -m venv '\(environment.path())' 2>&1")
            _ = try run("'\(python)' -m pip install --quiet meshtastic==2.7.11 2>&1")
        }
        let script = root.appending(path: "Tests/DeviceLinkTests/peers/meshtastic_peer.py").path()
        return "'\(python)' '\(script)'"
    }

    /// An event in the peer's words.
    private func words(_ events: [DeviceEvent]) -> String {
        var (rate, percent, celsius, band) = ("-", "-", "-", "")
        for event in events {
            switch event {
            case .reading(let reading):
                band = String((reading.band?.rawValue ?? "").dropFirst())
                switch reading.vital {
                case .pulseRate(let value): rate = String(value.value)
                case .oxygenSaturation(let value): percent = String(value.percent)
                case .temperature(let value): celsius = "\(value / 100).\((value % 100).padded(2))"
                default: return "\(reading.vital)"
                }
            case .position(let place, let from):
                return "position \(name(from)) \(place.latitudeE7) \(place.longitudeE7)"
            case .signal(.sos, let from, let text, _): return "alert \(name(from)) \(text ?? "")"
            case .battery(let level, let from): return "battery \(name(from)) \(level)"
            default: return "\(event)"
            }
        }
        return "health \(band) \(rate) \(percent) \(celsius)"
    }

    private func name(_ band: BandID) -> String { String(band.rawValue.dropFirst()) }

    @Test func `what the peer writes is read as it was meant`() throws {
        let written = try run("\(peer()) write 20261121 2000").split(separator: "\n")
        #expect(written.count == 2_000)
        var decoder = StreamDecoder(try profile("meshtastic"))
        for line in written {
            let parts = line.split(separator: "\t")
            let events = decoder.push(try hex(String(parts[0]))).compactMap(\.event)
            #expect(words(events) == parts[1], "\(line)")
        }
        #expect(decoder.tally.frames == 2_000 && decoder.tally.noiseBytes == 0)
    }

    @Test func `what our simulator sends the peer reads as it was meant`() throws {
        var frames: [String] = []
        var meant: [String] = []
        for seed in 0..<500 {
            var chance = SeededChance(seed: UInt64(seed))
            let band = UInt32.random(in: 1...UInt32.max, using: &chance)
            let (rate, percent) = (Int.random(in: 20...250, using: &chance), Int.random(in: 50...100, using: &chance))
            let celsius = Int.random(in: 3_000...4_500, using: &chance)
            let latitude = Int.random(in: -900_000_000...900_000_000, using: &chance)
            let longitude = Int.random(in: -1_800_000_000...1_800_000_000, using: &chance)
            let name = MeshtasticDecoder.name(of: band).dropFirst()
            let contents: [(BandPacket.Content, String)] = [
                (
                    .health(heartRate: rate, oxygen: percent, centiCelsius: celsius),
                    "health \(name) \(rate) \(percent) \(celsius / 100).\((celsius % 100).padded(2))"
                ), (.health(heartRate: 0, oxygen: nil, centiCelsius: nil), "health \(name) 0 - -"),
                (
                    .position(Position(latitudeE7: latitude, longitudeE7: longitude)),
                    "position \(name) \(latitude) \(longitude)"
                ), (.alert("SOS 3号"), "alert \(name) SOS 3号"),
                (.battery(percent: percent), "battery \(name) \(percent)"),
            ]
            for (content, words) in contents {
                let packet = BandPacket(band: band, id: UInt32(seed + 1), time: 1_767_225_600, content: content)
                frames.append(HexText.text(of: packet.frame))
                meant.append(words)
            }
        }
        let file = FileManager.default.temporaryDirectory.appending(path: "meshtastic-peer-\(getpid()).hex")
        try Data((frames.joined(separator: "\n") + "\n").utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let read = try run("\(peer()) read < '\(file.path())'").split(separator: "\n").map(String.init)
        #expect(read == meant)
    }
}
