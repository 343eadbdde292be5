// The hut's side of a radio that brings the wristbands: woken, asked, kept awake, and each packet heard once.
import Testing
import Vitals

@testable import DeviceLink

struct RadioConversationTests {
    private let wake = Array(repeating: "C3", count: 32).joined(separator: " ")

    /// The number the radio must say back.
    private func nonce(_ steps: [Step]) throws -> UInt32 {
        for case .send(let bytes) in steps {
            if case .wantConfig(let nonce)? = try? ToRadio(bytes.dropFirst(4)) { return nonce }
        }
        throw NoTable()
    }

    private func connected() throws -> Conversation {
        var radio = Conversation(profile: try profile("meshtastic"))
        #expect(sent(radio.opened(at: at(0))) == [wake])
        #expect(radio.deadline == at(0.1))
        let nonce = try nonce(radio.deadlineReached(at: at(0.1)))
        #expect(![0, 69_420, 69_421].contains(nonce))
        _ = radio.receive(RadioWords.myInfo(node: 7), at: at(0.2))
        _ = radio.receive(RadioWords.configComplete(nonce: nonce), at: at(0.3))
        return radio
    }

    @Test func `a radio is woken, asked, and then kept awake every five minutes`() throws {
        var radio = try connected()
        #expect(radio.health == .talking)
        for beat in 1...4 {
            let deadline = try #require(radio.deadline)
            #expect(deadline == at(0.3 + 300 * Double(beat)))
            #expect(sent(radio.deadlineReached(at: deadline)) == ["94 C3 00 02 3A 00"])
        }
    }

    @Test func `a restarted radio is asked again`() throws {
        var radio = try connected()
        #expect(sent(radio.receive(RadioWords.rebooted, at: at(60))) == [wake])
        #expect(try nonce(radio.deadlineReached(at: at(60.1))) != 0)
    }

    @Test func `an answer to an older question is none`() throws {
        var radio = Conversation(profile: try profile("meshtastic"))
        _ = radio.opened(at: at(0))
        let nonce = try nonce(radio.deadlineReached(at: at(0.1)))
        _ = radio.receive(RadioWords.configComplete(nonce: nonce ^ 1), at: at(0.2))
        #expect(try #require(radio.deadline) < at(60), "still waiting, not beating")
    }

    @Test func `a mute radio is asked three times, then ever more rarely`() throws {
        var radio = Conversation(profile: try profile("meshtastic"))
        _ = radio.opened(at: at(0))
        var wakes = 0
        while let deadline = radio.deadline, deadline < at(3_600) {
            wakes += sent(radio.deadlineReached(at: deadline)).count { $0 == wake }
        }
        #expect(radio.health == .silent)
        #expect((3..<20).contains(wakes), "\(wakes)")
    }

    @Test func `log text is not babble`() throws {
        var radio = try connected()
        let log = Array(String(repeating: "DEBUG | 12:00:00 55 [RadioIf] Lora RX (id=0x1a2b)\r\n", count: 20).utf8)
        #expect(told(radio.receive(log, at: at(5))) == [])
        #expect(radio.health == .talking)
        #expect(radio.tally.noiseBytes == log.count)
        _ = radio.receive(SimulatedFault.garbled(log), at: at(6))
        #expect(radio.health == .babbling)
    }

    @Test func `the same packet is heard once, and so many packets that memory is bounded`() throws {
        var radio = try connected()
        func packet(_ id: UInt32) -> [UInt8] {
            BandPacket(band: 9, id: id, time: 0, content: .health(heartRate: 70, oxygen: nil, centiCelsius: nil)).frame
        }
        for id in 1...2_000 {
            #expect(told(radio.receive(packet(UInt32(id)), at: at(5))).count == 1)
            #expect(told(radio.receive(packet(UInt32(id)), at: at(5))).isEmpty)
        }
        #expect(told(radio.receive(packet(1), at: at(6))).count == 1, "forgotten: memory is bounded")
        #expect(radio.tally.duplicates == 2_000)
    }

    @Test func `a band that starts anew is heard, and its call never passes for an earlier measurement`() throws {
        var radio = try connected()
        let health = BandPacket(
            band: 9, id: 1, time: 0, content: .health(heartRate: 70, oxygen: nil, centiCelsius: nil)
        ).frame
        #expect(told(radio.receive(health, at: at(5))).count == 1)
        #expect(
            told(radio.receive(BandPacket(band: 9, id: 1, time: 0, content: .alert("SOS")).frame, at: at(6))).count == 1
        )
        _ = radio.lost(at: at(7))
        _ = radio.opened(at: at(8))
        #expect(told(radio.receive(health, at: at(9))).count == 1)
    }

    @Test func `the values of one band are never given to another, wherever two frames are torn together`() throws {
        for seed in cases(3_000) {
            var chance = SeededChance(seed: UInt64(seed))
            func frame(_ band: UInt32, _ rate: Int) -> [UInt8] {
                BandPacket(
                    band: band, id: UInt32.random(in: 1...UInt32.max, using: &chance), time: 1_767_225_600,
                    content: .health(heartRate: rate, oxygen: rate, centiCelsius: rate * 40)
                ).frame
            }
            let (first, second) = (frame(0x1111_1111, 80), frame(0x2222_2222, 90))
            let torn = first.prefix(Int.random(in: 0..<first.count, using: &chance))
            let rest = second.dropFirst(Int.random(in: 0...4, using: &chance))
            for line in try lines("meshtastic", [Array(torn) + Array(rest), frame(0x3333_3333, 95)]).lines {
                // 80 a minute, 80 %, 32.0 degrees are the first band's; 90, 90, 36.0 the second's.
                let isOfFirst = line.contains(":80,") || line.contains("32.0")
                let isOfSecond = line.contains(":90,") || line.contains("36.0")
                #expect(!line.contains("!11111111") || isOfFirst, "seed \(seed): \(line)")
                #expect(!line.contains("!22222222") || isOfSecond, "seed \(seed): \(line)")
            }
        }
    }
}
