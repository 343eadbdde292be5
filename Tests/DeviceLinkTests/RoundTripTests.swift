// Ten thousand seeded readings a device, extremes among them: what a device would send for a reading gives the reading.
import Testing
import Vitals

@testable import DeviceLink

struct RoundTripTests {
    /// A random plausible cuff reading within limits; every twentieth value stands at an end of its range.
    private func pressure(
        _ chance: inout SeededChance, systolic: ClosedRange<Int>, diastolic: ClosedRange<Int>, pulse: ClosedRange<Int>
    ) -> BloodPressure {
        func pick(_ range: ClosedRange<Int>, _ chance: inout SeededChance) -> Int {
            switch Int.random(in: 0..<20, using: &chance) {
            case 0: range.lowerBound
            case 1: range.upperBound
            default: Int.random(in: range, using: &chance)
            }
        }
        let high = pick(systolic, &chance)
        let low = min(pick(diastolic, &chance), high - 10)
        return BloodPressure(
            systolic: MmHg(high), diastolic: MmHg(low), pulse: PerMinute(pick(pulse, &chance)))
    }

    private func clock(_ chance: inout SeededChance, hasSeconds: Bool) -> CivilTime {
        CivilTime(
            year: Int.random(in: 2_000...2_099, using: &chance), month: Int.random(in: 1...12, using: &chance),
            day: Int.random(in: 1...31, using: &chance), hour: Int.random(in: 0...23, using: &chance),
            minute: Int.random(in: 0...59, using: &chance),
            second: hasSeconds ? Int.random(in: 0...63, using: &chance) : 0)
    }

    private func check(_ device: String, _ reading: DeviceReading, seed: Int, _ decoder: inout StreamDecoder) throws {
        let table = try #require(RoundTripTests.tables[device])
        let frame = try #require(table.frame(of: reading), "seed \(seed)")
        let heard = decoder.push(frame)
        var expected = reading
        // The kept bytes end where the line does: at its CR.
        expected.raw = device == "maibobo" ? frame : Array(frame.dropLast())
        #expect(heard.map(\.event) == [.reading(expected)], "seed \(seed): \(HexText.text(of: frame))")
    }

    private static let tables: [String: MessageTable] = ["maibobo", "omron-hbp-9030"].reduce(into: [:]) {
        tables, device in
        tables[device] = try? table(device)
    }

    @Test func `ten thousand Maibobo readings come back as they went`() throws {
        var decoder = StreamDecoder(try profile("maibobo"))
        for seed in cases(10_000) {
            var chance = SeededChance(seed: UInt64(seed))
            let pressure = pressure(&chance, systolic: 50...300, diastolic: 30...200, pulse: 20...250)
            let time = clock(&chance, hasSeconds: true)
            try check("maibobo", DeviceReading(vital: .bloodPressure(pressure), deviceTime: time), seed: seed, &decoder)
        }
    }

    @Test func `ten thousand HBP-9030 readings come back as they went`() throws {
        var decoder = StreamDecoder(try profile("omron-hbp-9030"))
        for seed in cases(10_000) {
            var chance = SeededChance(seed: UInt64(seed))
            var pressure = pressure(&chance, systolic: 60...260, diastolic: 30...200, pulse: 40...180)
            pressure.moved = Bool.random(using: &chance)
            let time = clock(&chance, hasSeconds: false)
            try check(
                "omron-hbp-9030", DeviceReading(vital: .bloodPressure(pressure), deviceTime: time), seed: seed, &decoder
            )
        }
    }

    @Test func `ten thousand packets of bands come back as they went`() throws {
        var decoder = StreamDecoder(try profile("meshtastic"))
        for seed in cases(10_000) {
            var chance = SeededChance(seed: UInt64(seed))
            let node = UInt32.random(in: 1...UInt32.max, using: &chance)
            let band = BandID(rawValue: MeshtasticDecoder.name(of: node))
            let time = seed % 7 == 0 ? 0 : UInt32.random(in: 1...UInt32.max, using: &chance)
            let (rate, percent) = (Int.random(in: 20...250, using: &chance), Int.random(in: 50...100, using: &chance))
            let celsius = Int.random(in: 3_000...4_500, using: &chance)
            let packet = BandPacket(
                band: node, id: UInt32.random(in: 1...UInt32.max, using: &chance), time: time,
                content: .health(heartRate: rate, oxygen: percent, centiCelsius: celsius))
            let vitals: [Vital] = [
                .pulseRate(PerMinute(rate)), .oxygenSaturation(OxygenSaturation(percent: percent)),
                .temperature(centiCelsius: celsius),
            ]
            let utc = UTCOffset(seconds: 0)
            let deviceTime = time == 0 ? nil : utc.civil(of: HutTime(milliseconds: Int64(time) * 1_000))
            let expected = vitals.map { vital in
                DeviceEvent.reading(DeviceReading(vital: vital, deviceTime: deviceTime, band: band, raw: packet.frame))
            }
            #expect(decoder.push(packet.frame).map(\.event) == expected, "seed \(seed)")
        }
    }

    @Test func `ten thousand records of every message survive being written and read`() throws {
        for device in ["maibobo", "omron-hbp-9030"] {
            let table = try table(device)
            for seed in cases(10_000) {
                var chance = SeededChance(seed: UInt64(seed))
                let index = Int.random(in: 0..<table.messages.count, using: &chance)
                var record = table.blank(index)
                // Digits hold one figure at least, and code 0 is no error.
                record.numbers = record.numbers.map { Number($0.count + Int.random(in: 1...9, using: &chance)) }
                record.text = record.text.map { _ in UInt8.random(in: 0x20...0x7E, using: &chance) }
                let message = try #require(table.messages[index].bytes(of: record), "seed \(seed)")
                let isFromHost = table.messages[index].isFromHost
                #expect(table.fit(message[...], fromHost: isFromHost)?.record == record, "seed \(seed)")
            }
        }
    }

    @Test func `a value that does not fit into its frame is not sent cut`() throws {
        let table = try table("omron-hbp-9030")
        let pressure = BloodPressure(systolic: 1_200, diastolic: 80, pulse: 70)
        #expect(table.frame(of: DeviceReading(vital: .bloodPressure(pressure))) == nil)
    }
}
