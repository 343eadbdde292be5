// An independent peer: the public Python package meshtastic writes what a radio sends, and reads what our simulator
// sends.
import FoundationEssentials
import Testing
import Vitals

@testable import DeviceLink

@Suite(
    .enabled("skipped: the Python packages could not be installed (Provisioning/peers/install shelf)") {
        ShelfPeers.areThere
    }, .serialized)
struct PeerTests {
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
        let written = try ShelfPeers.said(by: "meshtastic_peer.py", "write 20261121 2000")
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
        let read = try ShelfPeers.said(by: "meshtastic_peer.py", "read", hearing: frames)
        #expect(read == meant)
    }
}
