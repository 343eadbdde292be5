// Ten thousand seeded readings a Bluetooth payload: what a device would send for a reading gives the reading.
import Testing
import Vitals

@testable import DeviceLink

struct GATTRoundTripTests {
    private func time(_ chance: inout SeededChance) -> CivilTime {
        CivilTime(
            year: Int.random(in: 1_582...9_999, using: &chance), month: Int.random(in: 1...12, using: &chance),
            day: Int.random(in: 1...31, using: &chance), hour: Int.random(in: 0...23, using: &chance),
            minute: Int.random(in: 0...59, using: &chance), second: Int.random(in: 0...59, using: &chance))
    }

    /// What must come back: the same reading, with the bytes it came in.
    private func expect(_ payload: (any GATTPayload)?, _ reading: DeviceReading, seed: Int) throws {
        let payload = try #require(payload, "seed \(seed)")
        var expected = reading
        expected.raw = payload.bytes
        let type = type(of: payload)
        #expect(try type.init(payload.bytes).events == [.reading(expected)], "seed \(seed)")
    }

    @Test func `ten thousand blood pressures come back as they went`() throws {
        for seed in cases(10_000) {
            var chance = SeededChance(seed: UInt64(seed))
            let systolic = Int.random(in: 50...300, using: &chance)
            var pressure = BloodPressure(
                systolic: MmHg(systolic), diastolic: MmHg(Int.random(in: 30...min(200, systolic - 10), using: &chance)))
            if Bool.random(using: &chance) { pressure.mean = MmHg(Int.random(in: 30...300, using: &chance)) }
            if Bool.random(using: &chance) { pressure.pulse = PerMinute(Int.random(in: 20...250, using: &chance)) }
            if Bool.random(using: &chance) {
                (pressure.irregularPulse, pressure.moved) = (Bool.random(using: &chance), Bool.random(using: &chance))
            }
            let reading = DeviceReading(
                vital: .bloodPressure(pressure), deviceTime: seed % 3 == 0 ? nil : time(&chance),
                userSlot: seed % 2 == 0 ? nil : Int.random(in: 0...254, using: &chance))
            try expect(BloodPressurePayload(reading), reading, seed: seed)
        }
    }

    @Test func `ten thousand oximeter values come back as they went`() throws {
        for seed in cases(10_000) {
            var chance = SeededChance(seed: UInt64(seed))
            var oxygen = OxygenSaturation(percent: Int.random(in: 50...100, using: &chance))
            if Bool.random(using: &chance) { oxygen.pulse = PerMinute(Int.random(in: 20...250, using: &chance)) }
            if Bool.random(using: &chance) { oxygen.perfusionIndex = Int.random(in: 0...2_000, using: &chance) }
            let reading = DeviceReading(
                vital: .oxygenSaturation(oxygen), deviceTime: seed % 3 == 0 ? nil : time(&chance),
                memorySlot: seed % 2 == 0 ? nil : 0)
            try expect(SpotCheckPayload(reading), reading, seed: seed)
            var running = ContinuousOximeterPayload(
                normal: OximeterValue(
                    percent: .number(mantissa: oxygen.percent, exponent: 0),
                    pulse: oxygen.pulse.map { .number(mantissa: $0.value, exponent: 0) } ?? .special(.notANumber)))
            running.strength = oxygen.perfusionIndex.map { .number(mantissa: $0, exponent: -2) }
            #expect(try ContinuousOximeterPayload(running.bytes).sample?.vital == reading.vital, "seed \(seed)")
        }
    }

    @Test func `ten thousand heart rates come back as they went`() throws {
        for seed in cases(10_000) {
            var chance = SeededChance(seed: UInt64(seed))
            let intervals = (0..<Int.random(in: 0...8, using: &chance)).map { _ in
                UInt16.random(in: 0...UInt16.max, using: &chance)
            }
            let payload = HeartRatePayload(
                rate: UInt16.random(in: 0...UInt16.max, using: &chance) >> UInt16.random(in: 0...9, using: &chance),
                feelsSkin: [nil, true, false].randomElement(using: &chance) ?? nil,
                energy: Bool.random(using: &chance) ? UInt16.random(in: 0...UInt16.max, using: &chance) : nil,
                intervals: intervals.isEmpty && seed % 2 == 0 ? nil : intervals)
            #expect(try HeartRatePayload(payload.bytes) == payload, "seed \(seed)")
        }
    }

    @Test func `ten thousand temperatures come back as they went`() throws {
        for seed in cases(10_000) {
            var chance = SeededChance(seed: UInt64(seed))
            let vital: Vital =
                seed % 4 == 0
                ? .surfaceTemperature(centiCelsius: Int.random(in: 2_000...4_500, using: &chance))
                : .temperature(centiCelsius: Int.random(in: 3_000...4_500, using: &chance))
            let reading = DeviceReading(vital: vital, deviceTime: seed % 3 == 0 ? nil : time(&chance))
            try expect(TemperaturePayload(reading), reading, seed: seed)
        }
    }

    @Test func `ten thousand glucose records come back as they went`() throws {
        for seed in cases(10_000) {
            var chance = SeededChance(seed: UInt64(seed))
            let micromoles =
                seed % 2 == 0
                ? Int.random(in: 600...2_045, using: &chance) : 100 * Int.random(in: 6...500, using: &chance)
            let reading = DeviceReading(
                vital: .glucose(Glucose(micromolesPerLitre: micromoles)), deviceTime: time(&chance),
                memorySlot: Int.random(in: 0...65_535, using: &chance))
            try expect(GlucosePayload(reading), reading, seed: seed)
        }
    }

    @Test func `ten thousand weights come back as they went`() throws {
        for seed in cases(10_000) {
            var chance = SeededChance(seed: UInt64(seed))
            let reading = DeviceReading(
                vital: .weight(grams: 5 * Int.random(in: 400...60_000, using: &chance)),
                deviceTime: seed % 3 == 0 ? nil : time(&chance),
                userSlot: seed % 2 == 0 ? nil : Int.random(in: 0...254, using: &chance))
            try expect(WeightPayload(reading), reading, seed: seed)
        }
    }

    @Test func `what has no place in a payload is not written`() {
        let pressure = BloodPressure(systolic: 120, diastolic: 80, moved: true)
        #expect(BloodPressurePayload(DeviceReading(vital: .bloodPressure(pressure))) == nil, "half a status")
        #expect(WeightPayload(DeviceReading(vital: .weight(grams: 70_001))) == nil)
        #expect(GlucosePayload(DeviceReading(vital: .glucose(Glucose(micromolesPerLitre: 5_600)))) == nil)
        #expect(TemperaturePayload(DeviceReading(vital: .weight(grams: 70_000))) == nil)
    }
}
