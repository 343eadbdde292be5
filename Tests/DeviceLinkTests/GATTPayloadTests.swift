// The Bluetooth payloads: every worked frame of the reference documents, the numbers that are none, and the way back.
import Testing
import Vitals

@testable import DeviceLink

/// A worked value: its characteristic, its bytes, what the hut hears.
private struct Worked: Sendable, CustomTestStringConvertible {
    var characteristic: GATTCharacteristic
    var hex: String
    var heard: [String]
    var testDescription: String { "\(characteristic) \(hex)" }

    init(_ characteristic: GATTCharacteristic, _ hex: String, _ heard: String...) {
        (self.characteristic, self.hex, self.heard) = (characteristic, hex, heard)
    }
}

/// What a payload says, as `decode` would print it; a sample as its value and what stands against it.
private func words(_ payload: any GATTPayload) -> [String] {
    var told = payload.events.map { event in
        var line = JSONLine()
        line.add(event)
        return line.text
    }
    if let sample = payload.sample {
        var words = "\(sample.kind) "
        switch sample.vital {
        case .pulseRate(let rate): words += "\(rate.value)"
        case .oxygenSaturation(let oxygen):
            words += "\(oxygen.percent)/\(oxygen.pulse?.value ?? 0)"
            if let index = oxygen.perfusionIndex { words += " strength \(index)" }
        default: words += sample.missing.map(\.rawValue) ?? "?"
        }
        if !sample.isPresent { words += ", absent" }
        if !sample.isUsable { words += ", doubtful" }
        if !sample.isBest { words += ", not its best" }
        told.append(words)
    }
    return told
}

private let worked: [Worked] = [
    Worked(
        .bloodPressure, "16 7C 00 56 00 61 00 E8 07 06 0F 11 11 1B 33 00 00 00",
        #"{"vital":"bloodPressure","systolic":124,"diastolic":86,"mean":97,"pulse":51,"deviceTime":"2024-06-15T17:17:27","#
            + #""irregularPulse":false,"moved":false}"#),
    Worked(
        .bloodPressure, "16 FF 07 FF 07 FF 07 E8 07 06 17 0E 23 0A FF 07 00 00",
        #"{"noValue":"noSignal","vital":"bloodPressure"}"#),
    Worked(
        .bloodPressure, "01 A0 F0 6B F0 7C F0",
        #"{"vital":"bloodPressure","systolic":120,"diastolic":80,"mean":93}"#),
    Worked(
        .bloodPressure, "1e 78 00 50 00 5d 00 ea 07 01 01 08 1e 00 48 00 01 04 00",
        #"{"vital":"bloodPressure","systolic":120,"diastolic":80,"mean":93,"pulse":72,"deviceTime":"2026-01-01T08:30:00","#
            + #""irregularPulse":true,"moved":false,"userSlot":1}"#),
    Worked(.bloodPressure, "00 ff 07 ff 07 ff 07", #"{"noValue":"noSignal","vital":"bloodPressure"}"#),
    Worked(.bloodPressure, "00 fe 07 50 00 ff 07", #"{"noValue":"aboveRange","vital":"bloodPressure"}"#),
    Worked(.bloodPressure, "00 78 00 02 08 ff 07", #"{"noValue":"belowRange","vital":"bloodPressure"}"#),
    Worked(.bloodPressure, "00 00 08 50 00 ff 07", #"{"noValue":"fault","vital":"bloodPressure"}"#),
    Worked(.bloodPressure, "00 01 08 50 00 ff 07", #"{"noValue":"fault","vital":"bloodPressure"}"#),
    // 16.0 taken for mmHg, and a number of ten thousand: faults by name, never clamped.
    Worked(.bloodPressure, "00 A0 F0 6B F0 7C F0", #"{"fault":"implausible","field":"systolic"}"#),
    Worked(.bloodPressure, "00 01 40 50 00 ff 07", #"{"fault":"implausible","field":"systolic"}"#),
    Worked(
        .bloodPressure, "10 78 00 50 00 ff 07 02 00",
        #"{"vital":"bloodPressure","systolic":120,"diastolic":80,"irregularPulse":false,"moved":true}"#),
    Worked(
        .bloodPressure, "08 78 00 50 00 ff 07 ff", #"{"vital":"bloodPressure","systolic":120,"diastolic":80}"#),

    Worked(.heartRate, "00 48", "pulseRate 72"),
    Worked(.heartRate, "16 48 5c 03", "pulseRate 72"),
    Worked(.heartRate, "01 2c 01", "pulseRate 300, doubtful"),
    Worked(.heartRate, "1e 48 64 00 5c 03 60 03", "pulseRate 72"),
    Worked(.heartRate, "00 00", "pulseRate noSignal"),
    Worked(.heartRate, "04 48", "pulseRate 72, absent"),

    Worked(
        .oximeterSpotCheck, "03 61 00 48 00 ea 07 01 01 08 1e 00 00 01",
        #"{"vital":"oxygenSaturation","percent":97,"pulse":72,"deviceTime":"2026-01-01T08:30:00"}"#),
    Worked(
        .oximeterSpotCheck, "13 61 00 48 00 ea 07 01 01 08 1e 00 00 02",
        #"{"vital":"oxygenSaturation","percent":97,"pulse":72,"memorySlot":0}"#),
    Worked(.oximeterSpotCheck, "02 61 00 48 00 00 04", #"{"noValue":"fault","vital":"oxygenSaturation"}"#),
    Worked(.oximeterSpotCheck, "02 61 00 48 00 00 20", #"{"noValue":"noSignal","vital":"oxygenSaturation"}"#),
    Worked(.oximeterSpotCheck, "00 ff 07 ff 07", #"{"noValue":"noSignal","vital":"oxygenSaturation"}"#),
    Worked(.oximeterSpotCheck, "00 7f 00 48 00", #"{"fault":"implausible","field":"percent"}"#),

    Worked(.oximeterContinuous, "00 61 00 48 00", "oxygenSaturation 97/72"),
    Worked(
        .oximeterContinuous, "17 61 00 48 00 62 00 49 00 60 00 47 00 20 01 26 f0",
        "oxygenSaturation 97/72 strength 380, doubtful, not its best"),
    Worked(.oximeterContinuous, "04 61 00 48 00 00 01", "oxygenSaturation 97/72"),
    Worked(.oximeterContinuous, "04 61 00 48 00 80 00", "oxygenSaturation 97/72, not its best"),
    Worked(.oximeterContinuous, "04 61 00 48 00 00 81", "oxygenSaturation fault"),
    Worked(.oximeterContinuous, "08 61 00 48 00 00 08 00", "oxygenSaturation 97/72, absent"),
    Worked(.oximeterContinuous, "00 ff 07 ff 07", "oxygenSaturation noSignal"),

    Worked(
        .temperature, "06 6d 01 00 ff ea 07 01 01 08 1e 00 02",
        #"{"vital":"temperature","celsius":36.5,"deviceTime":"2026-01-01T08:30:00"}"#),
    Worked(.temperature, "00 6c 01 00 ff", #"{"vital":"temperature","celsius":36.4}"#),
    Worked(.temperature, "00 ff ff 7f 00", #"{"noValue":"noSignal","vital":"temperature"}"#),
    Worked(.temperature, "00 fe ff 7f 00", #"{"noValue":"aboveRange","vital":"temperature"}"#),
    // 98.6 degrees Fahrenheit, and a finger.
    Worked(.temperature, "01 da 03 00 ff", #"{"vital":"temperature","celsius":37.0}"#),
    Worked(.temperature, "04 40 01 00 ff 04", #"{"vital":"surfaceTemperature","celsius":32.0}"#),
    // The unit flag wrong: 97.7 degrees Celsius cannot be.
    Worked(.temperature, "00 d1 03 00 ff", #"{"fault":"implausible","field":"celsius"}"#),

    Worked(
        .glucose, "07 01 00 ea 07 01 01 08 1e 00 00 00 38 c0 11",
        #"{"vital":"glucose","millimolesPerLitre":5.6,"deviceTime":"2026-01-01T08:30:00","memorySlot":1}"#),
    // 126 mg/dL, as 0.00126 kg/L: 6.9929 mmol/L, just below the limit of 7.0.
    Worked(
        .glucose, "02 01 00 ea 07 01 01 08 1e 00 7e b0 11",
        #"{"vital":"glucose","millimolesPerLitre":6.993,"deviceTime":"2026-01-01T08:30:00","memorySlot":1}"#),
    Worked(
        .glucose, "07 01 00 ea 07 01 01 00 1e 00 c4 ff 38 c0 11",
        #"{"vital":"glucose","millimolesPerLitre":5.6,"deviceTime":"2025-12-31T23:30:00","memorySlot":1}"#),
    Worked(.glucose, "06 01 00 ea 07 01 01 08 1e 00 38 c0 41"),
    Worked(.glucose, "06 01 00 ea 07 01 01 08 1e 00 38 c0 1a"),
    Worked(
        .glucose, "06 01 00 ea 07 01 01 08 1e 00 38 c0 19",
        #"{"fault":"wrongFormat","meaning":"the meter measures tissue fluid, not blood"}"#),
    Worked(.glucose, "08 01 00 ea 07 01 01 08 1e 00 20 00", #"{"noValue":"aboveRange","vital":"glucose"}"#),
    Worked(.glucose, "08 01 00 ea 07 01 01 08 1e 00 40 00", #"{"noValue":"belowRange","vital":"glucose"}"#),
    Worked(.glucose, "0e 01 00 ea 07 01 01 08 1e 00 38 c0 11 04 00", #"{"noValue":"fault","vital":"glucose"}"#),
    Worked(.glucose, "00 01 00 ea 07 01 01 08 1e 00", #"{"noValue":"fault","vital":"glucose"}"#),
    Worked(
        .glucose, "0e 01 00 ea 07 01 01 08 1e 00 38 c0 11 00 08",
        #"{"vital":"glucose","millimolesPerLitre":5.6,"memorySlot":1}"#),

    Worked(.weight, "00 08 39", #"{"vital":"weight","kilograms":73.0}"#),
    Worked(
        .weight, "0e 08 39 ea 07 01 01 08 1e 00 01 fc 00 a4 06",
        #"{"vital":"weight","kilograms":73.0,"deviceTime":"2026-01-01T08:30:00","userSlot":1}"#),
    Worked(.weight, "00 ff ff", #"{"noValue":"fault","vital":"weight"}"#),
    // 160.94 lb.
    Worked(.weight, "01 de 3e", #"{"vital":"weight","kilograms":73.001}"#),
]

struct GATTPayloadTests {
    @Test(arguments: worked)
    fileprivate func `a payload says what it says, and is written back as it came`(worked: Worked) throws {
        let sent = try hex(worked.hex)
        let payload = try worked.characteristic.payload(sent)
        #expect(words(payload) == worked.heard)
        #expect(payload.bytes == sent)
    }

    @Test(arguments: worked)
    fileprivate func `a payload cut anywhere is refused with the field that is missing`(worked: Worked) throws {
        let sent = try hex(worked.hex)
        // Intervals of a heart rate may be any number, also none.
        let optional =
            worked.characteristic == .heartRate && sent[0].has(bit: 4) ? [sent.count - 2, sent.count - 4] : []
        for length in 0..<sent.count where !optional.contains(length) {
            let error = try #require(throws: GATTPayloadError.self) {
                try worked.characteristic.payload(Array(sent.prefix(length)))
            }
            #expect(error.problem.hasPrefix("ends before its "), "\(length) bytes: \(error.problem)")
        }
    }

    @Test func `bytes that no flag announces are refused, and those of an unknown flag kept`() throws {
        #expect(throws: GATTPayloadError.self) { try WeightPayload(hex("00 08 39 00")) }
        let later = try WeightPayload(hex("20 08 39 01 02 03"))
        #expect(later.tail == UnknownTail(flags: 0x20, bytes: [1, 2, 3]))
        #expect(later.bytes == [0x20, 0x08, 0x39, 1, 2, 3])
        #expect(words(later) == [#"{"vital":"weight","kilograms":73.0}"#])
    }

    @Test func `any bytes at all are refused or come back as they were`() throws {
        for seed in cases(20_000) {
            var chance = SeededChance(seed: UInt64(seed))
            let sent = (0..<Int.random(in: 0...24, using: &chance)).map { _ in UInt8.random(in: 0...255, using: &chance)
            }
            for characteristic in GATTCharacteristic.allCases {
                guard let payload = try? characteristic.payload(sent) else { continue }
                #expect(payload.bytes == sent, "seed \(seed), \(characteristic)")
                _ = words(payload)
            }
        }
    }
}

struct MedicalFloatTests {
    @Test(arguments: [
        (0x0072 as UInt16, 114, 0), (0xF072, 114, -1), (0x0F8E, -114, 0), (0xFF8E, -114, -1), (0x8001, 1, -8),
        (0x7001, 1, 7), (0x07FD, 2_045, 0), (0x0803, -2_045, 0), (0xF7FF, 2_047, -1), (0xF800, -2_048, -1),
    ])
    func `sixteen bits are a signed mantissa and a signed exponent`(raw: UInt16, mantissa: Int, exponent: Int) {
        #expect(MedicalFloat(sfloat: raw) == .number(mantissa: mantissa, exponent: exponent))
    }

    @Test(arguments: [
        (0xFF00_016D as UInt32, 365, -1), (0xFFFF_FE93, -365, -1), (0x007F_FFFD, 8_388_605, 0),
        (0xFE7F_FFFF, 8_388_607, -2), (0xFE80_0000, -8_388_608, -2), (0x8000_0001, 1, -128), (0x7F00_0001, 1, 127),
    ])
    func `thirty-two bits are a signed mantissa and a signed exponent`(raw: UInt32, mantissa: Int, exponent: Int) {
        #expect(MedicalFloat(float: raw) == .number(mantissa: mantissa, exponent: exponent))
    }

    @Test(arguments: [
        (0x07FF as UInt16, 0x007F_FFFF as UInt32, NoValueClass.noSignal), (0x0800, 0x0080_0000, .fault),
        (0x07FE, 0x007F_FFFE, .aboveRange), (0x0802, 0x0080_0002, .belowRange), (0x0801, 0x0080_0001, .fault),
    ])
    func `what is no number says why`(short: UInt16, long: UInt32, why: NoValueClass) {
        for number in [MedicalFloat(sfloat: short), MedicalFloat(float: long)] {
            #expect(number.missing == why)
            #expect(number.whole() == nil)
            #expect(number.sfloat == short && number.float == long)
        }
    }

    @Test func `every pattern of sixteen bits comes back`() {
        for raw in UInt16.min...UInt16.max { #expect(MedicalFloat(sfloat: raw).sfloat == raw) }
    }

    @Test func `patterns of thirty-two bits come back`() {
        for seed in cases(20_000) {
            var chance = SeededChance(seed: UInt64(seed))
            let raw = UInt32.random(in: 0...UInt32.max, using: &chance)
            #expect(MedicalFloat(float: raw).float == raw, "seed \(seed)")
            _ = MedicalFloat(float: raw).whole(times: (500, over: 9), adding: -32)
        }
    }

    @Test func `a number without a place is not written as another`() {
        #expect(MedicalFloat.number(mantissa: 2_048, exponent: 0).sfloat == 0x0800)
        #expect(MedicalFloat.number(mantissa: 2_047, exponent: 0).sfloat == 0x0800, "its pattern is not a number")
        #expect(MedicalFloat.number(mantissa: 1, exponent: 8).sfloat == 0x0800)
        #expect(MedicalFloat.number(mantissa: 1 << 23, exponent: 0).float == 0x0080_0000)
    }

    @Test(arguments: [
        (MedicalFloat.number(mantissa: 1_205, exponent: -1), 121), (.number(mantissa: -1_205, exponent: -1), -121),
        (.number(mantissa: 1_204, exponent: -1), 120), (.number(mantissa: 12, exponent: 1), 120),
        (.number(mantissa: 5, exponent: -100), 0), (.number(mantissa: 1, exponent: 100), Int.max),
        (.number(mantissa: -1, exponent: 100), Int.min), (.number(mantissa: 0, exponent: 100), 0),
    ])
    func `a value is rounded once, halves away from zero`(number: MedicalFloat, whole: Int) {
        #expect(number.whole() == whole)
    }

    @Test func `every pressure of a person survives kilopascals`() throws {
        for pressure in 30...300 {
            // The nearest tenth of a kilopascal, the step of the monitors that show them.
            let tenths = Int((Double(pressure) / 0.750062).rounded())
            let value = MedicalFloat.number(mantissa: tenths, exponent: -1).sfloat
            let payload = try BloodPressurePayload(
                [1, UInt8(value & 0xFF), UInt8(value >> 8), 0xFF, 0x07, 0xFF, 0x07])
            #expect(payload.systolic.whole(times: (750_062, over: 100_000)) == pressure)
        }
    }
}

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
