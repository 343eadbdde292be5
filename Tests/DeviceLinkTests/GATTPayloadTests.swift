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
