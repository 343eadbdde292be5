// What a radio needs beyond its packets: channels, an unheard restart, repetitions, and the bands' own words for SOS.
import Testing
import Vitals

@testable import DeviceLink

/// A conversation that has had its handshake at second 0.3.
private func connected(_ channels: [[UInt8]] = []) throws -> (radio: Conversation, steps: [Step]) {
    var radio = Conversation(profile: try profile("meshtastic"))
    _ = radio.opened(at: at(0))
    let asked = radio.deadlineReached(at: at(0.1))
    guard case .send(let frame) = asked.first, case .wantConfig(let nonce) = try ToRadio(frame.dropFirst(4)) else {
        throw NoTable()
    }
    let answer = RadioWords.myInfo(node: 7) + channels.flatMap(\.self) + RadioWords.configComplete(nonce: nonce)
    let steps = radio.receive(answer, at: at(0.3))
    return (radio, steps)
}

private let publicChannel = RadioWords.channel(key: [1], place: 0)
private let openChannel = RadioWords.channel(key: [], place: 1)
private let privateChannel = RadioWords.channel(key: [UInt8](1...16), place: 1)

private func faults(_ steps: [Step]) -> [String] {
    steps.compactMap { if case .event(.fault(.wrongFormat(let what), _), _) = $0 { what } else { nil } }
}

struct MeshtasticTests {
    @Test(arguments: [
        ([privateChannel], 0), ([publicChannel, privateChannel], 0), ([privateChannel, publicChannel], 0), ([], 0),
        ([publicChannel], 1), ([openChannel], 1), ([publicChannel, openChannel], 1),
        ([RadioWords.channel(key: [UInt8](1...32), place: 3)], 0),
    ])
    func `a radio without a private channel says so once a handshake`(channels: [[UInt8]], expected: Int) throws {
        let (_, steps) = try connected(channels)
        #expect(faults(steps).count == expected)
        for what in faults(steps) { #expect(what.contains("no private channel")) }
    }

    @Test func `a channel that is not in use has no key worth looking at`() throws {
        var settings = WireMessage()
        settings.add(2, bytes: [UInt8](1...16))
        var channel = WireMessage()
        channel.add(1, varint: 1)
        channel.add(2, settings)
        #expect(try !MeshChannel(channel).isPrivate)
    }

    @Test func `the key of a channel is in nothing that is kept`() throws {
        let (_, steps) = try connected([RadioWords.channel(key: [0xDE, 0xAD, 0xBE, 0xEF], place: 1)])
        for case .event(.fault(_, let raw), _) in steps {
            #expect(!HexText.text(of: raw).contains("DE AD"))
        }
        #expect(faults(steps).count == 1)
    }

    @Test func `a lost channel is told again after every restart`() throws {
        var (radio, steps) = try connected([privateChannel])
        #expect(faults(steps).isEmpty)
        _ = radio.receive(RadioWords.rebooted, at: at(60))
        _ = radio.deadlineReached(at: at(60.1))
        steps = radio.receive(RadioWords.myInfo(node: 7) + publicChannel, at: at(60.2))
        #expect(faults(steps).isEmpty, "the configuration is not complete")
        steps = radio.receive(RadioWords.configComplete(nonce: 1), at: at(60.3))
        #expect(faults(steps).count == 1)
    }

    @Test func `a radio that has not said a word for three quarters of an hour is asked anew`() throws {
        var (radio, _) = try connected()
        var sent: [String] = []
        while let deadline = radio.deadline, deadline <= at(2_701) {
            for case .send(let bytes) in radio.deadlineReached(at: deadline) { sent.append(HexText.text(of: bytes)) }
        }
        #expect(sent.count == 10)
        #expect(sent.dropLast(2).allSatisfy { $0 == "94 C3 00 02 3A 00" })
        #expect(sent[8].hasPrefix("C3 C3 C3") && sent[9].hasPrefix("94 C3"))
    }

    @Test func `one that says anything is not`() throws {
        var (radio, _) = try connected()
        var beats = 0
        while let deadline = radio.deadline, deadline <= at(7_200) {
            for case .send(let bytes) in radio.deadlineReached(at: deadline) {
                #expect(HexText.text(of: bytes) == "94 C3 00 02 3A 00")
                beats += 1
            }
            _ = radio.receive(RadioWords.myInfo(node: 7), at: deadline)
        }
        #expect(beats == 23)
    }

    @Test(arguments: [
        ("SOS detected", true), ("SOS detected\u{7}", true), ("SOS state: 1", true), ("SOS state: 0", false),
        ("Door state: 1\u{7}", true), ("undetected ", true), ("detect", false), ("", false), ("state: 10", false),
    ])
    func `a detection sensor calls when it says detected, or 1`(text: String, calls: Bool) throws {
        let packet = BandPacket(band: 0x433D_1F2A, id: 9, time: 0, content: .detection(text))
        #expect(try lines("meshtastic", [packet.frame]).lines.count == (calls ? 1 : 0))
    }

    @Test func `what is counted and not heard is in the tally`() throws {
        let capture = try CaptureFile(try text(of: devicesFolder.appending(path: "meshtastic/mesh.capture")))
        let tally = try lines("meshtastic", [capture.deviceBytes]).tally
        #expect(tally.duplicates == 2 && tally.encrypted == 1 && tally.viaMQTT == 1 && tally.noiseBytes == 0)
    }

    @Test func `ten thousand positions, batteries and calls come back as they went`() throws {
        var decoder = StreamDecoder(try profile("meshtastic"))
        for seed in cases(10_000) {
            var chance = SeededChance(seed: UInt64(seed))
            let node = UInt32.random(in: 1...UInt32.max, using: &chance)
            let band = BandID(rawValue: MeshtasticDecoder.name(of: node))
            let place = Position(
                latitudeE7: Int.random(in: -900_000_000...900_000_000, using: &chance),
                longitudeE7: Int.random(in: -1_800_000_000...1_800_000_000, using: &chance))
            let percent = Int.random(in: 20...100, using: &chance)
            let contents: [BandPacket.Content] = [
                .position(place), .battery(percent: percent), .alert("SOS \(seed)"), .detection("SOS \(seed) detected"),
            ]
            let packet = BandPacket(
                band: node, id: UInt32(seed + 1), time: UInt32.random(in: 0...UInt32.max, using: &chance),
                content: contents[seed % contents.count])
            let expected: [DeviceEvent] = [
                .position(place, from: band), .battery(percent: percent, from: band),
                .signal(.sos, from: band, text: "SOS \(seed)", raw: packet.frame),
                .signal(.sos, from: band, text: "SOS \(seed) detected", raw: packet.frame),
            ]
            #expect(decoder.push(packet.frame).map(\.event) == [expected[seed % contents.count]], "seed \(seed)")
        }
    }
}
