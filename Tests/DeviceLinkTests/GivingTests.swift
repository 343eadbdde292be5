// What numbers mean: every unit into its vital's own small unit and back, every device's word for "no value" into its
// class, and what a profile must not say.
import Testing
import Vitals

@testable import DeviceLink

struct WireUnitTests {
    private static let rows: [(WireUnit, Number, Int, Int)] = [
        (.percent, Number(97), 0, 97), (.pulse, Number(72), 0, 72),
        (.perfusionIndex, Number(496, decimals: 2), 0, 496), (.perfusionIndex, Number(118, decimals: 1), 0, 1_180),
        (.celsius, Number(3_650), -2, 3_650), (.celsius, Number(365, decimals: 1), 0, 3_650),
        (.fahrenheit, Number(977, decimals: 1), 0, 3_650), (.fahrenheit, Number(986, decimals: 1), 0, 3_700),
        (.kilograms, Number(827, decimals: 1), 0, 82_700), (.kilograms, Number(72), 0, 72_000),
        (.kilograms, Number(6_230), -2, 62_300), (.grams, Number(725_005, decimals: 1), 0, 72_501),
        (.pounds, Number(160), 0, 72_575), (.pounds, Number(1_214, decimals: 1), 0, 55_066),
        (.centimetres, Number(1_705, decimals: 1), 0, 1_705), (.millimetres, Number(1_680), 0, 1_680),
        (.millimolesPerLitre, Number(56, decimals: 1), 0, 5_600), (.milligramsPerDecilitre, Number(101), 0, 5_605),
        (.milligramsPerDecilitre, Number(126), 0, 6_993), (.perMinute, Number(64), 0, 64),
    ]

    @Test(arguments: rows)
    func `a number is converted once`(unit: WireUnit, number: Number, tens: Int, value: Int) {
        #expect(unit.value(of: number, unit: tens) == value)
    }

    @Test func `a number that is missing has no value in any unit`() {
        for unit in WireUnit.allCases { #expect(unit.value(of: Number(97, missing: .noSignal), unit: 0) == nil) }
    }

    @Test func `whole milligrams per decilitre survive the way out and in`() {
        let unit = WireUnit.milligramsPerDecilitre
        for milligrams in 20...600 {
            guard let value = unit.value(of: Number(milligrams), unit: 0) else { continue }
            #expect(unit.number(of: value, unit: 0) == Number(milligrams))
        }
    }

    @Test func `tenths of a pound survive the way out and in`() {
        for tenths in stride(from: 45, through: 6_000, by: 7) {
            guard let grams = WireUnit.pounds.value(of: Number(tenths, decimals: 1), unit: 0) else { continue }
            let back = WireUnit.pounds.number(of: grams, unit: 0)
            #expect(back.value(inTens: -1, unit: 0) == tenths)
        }
    }
}

struct SentinelTests {
    /// Device, frame, and what `decode` says of it: no row ever says a number.
    private static let rows: [(String, String, [String])] = [
        ("nonin-df8", "83 7F 7F 00", [#"{"sample":"oxygenSaturation","noValue":"noSignal"}"#]),
        ("nonin-df8", "83 7F 61 20", [#"{"sample":"oxygenSaturation","percent":97}"#]),
        ("nonin-df8", "80 48 7F 20", [#"{"sample":"oxygenSaturation","noValue":"noSignal"}"#]),
        (
            "nonin-df8", "80 48 61 28", [#"{"sample":"oxygenSaturation","percent":97,"pulse":72,"present":false}"#]
        ),
        (
            "nonin-df13", "00 02 00 0D 00 0E 20 26 01 01 08 30 15 00 02 00 01 FF 00 7F 16 03",
            [#"{"noValue":"noSignal","vital":"oxygenSaturation"}"#]
        ),
        (
            "nonin-df13", "00 02 00 0D 00 0E 20 26 01 01 08 30 15 00 03 00 00 48 00 61 41 03",
            [#"{"noValue":"noSignal","vital":"oxygenSaturation"}"#]
        ),
        ("contec-cms50", "85 28 09 00 61", [#"{"sample":"oxygenSaturation","percent":97}"#]),
        ("contec-cms50", "85 28 09 48 00", [#"{"sample":"oxygenSaturation","noValue":"noSignal"}"#]),
        ("contec-cms50", "85 28 49 7F 7F", [#"{"sample":"oxygenSaturation","noValue":"noSignal"}"#]),
        ("bci", "87 28 49 7F 61", [#"{"sample":"oxygenSaturation","percent":97}"#]),
        ("bci", "87 28 09 7F 61", [#"{"sample":"oxygenSaturation","percent":97,"pulse":127}"#]),
        ("bci", "87 28 09 48 7F", [#"{"sample":"oxygenSaturation","noValue":"noSignal"}"#]),
    ]

    /// The same for devices that speak text.
    private static let texts: [(String, String, [String])] = [
        ("nonin-ascii", "SPO2=--- HR=---\r\n", [#"{"sample":"oxygenSaturation","noValue":"noSignal"}"#]),
        ("nonin-ascii", "SPO2=--- HR=072\r\n", [#"{"sample":"oxygenSaturation","noValue":"noSignal"}"#]),
        ("nonin-ascii", "SPO2=097 HR=---\r\n", [#"{"sample":"oxygenSaturation","percent":97}"#]),
        (
            "masimo-ascii1", "01/01/26 08:30:00 SPO2=---% BPM=--- PI=--.--% EXC=000820\r\n",
            [#"{"sample":"oxygenSaturation","noValue":"noSignal","present":false,"usable":false}"#]
        ),
        (
            "masimo-ascii1", "01/01/26 08:30:00 SPO2=097% BPM=--- EXC=000800\r\n",
            [#"{"sample":"oxygenSaturation","percent":97}"#]
        ),
        (
            "masimo-ascii1", "01/01/26 08:30:00 SPO2=000% BPM=000 PI=00.00% EXC=000820\r\n",
            [#"{"sample":"oxygenSaturation","noValue":"noSignal","present":false,"usable":false}"#]
        ),
        ("a-and-d-scale", "OL,+9999999E+19\r\n", [#"{"sample":"weight","noValue":"aboveRange"}"#]),
        ("st-gs-scale", "OL,GS,+         \r\n", [#"{"sample":"weight","noValue":"aboveRange"}"#]),
        (
            "onetouch-ultra2", "P \"THU\",\"01/01/26\",\"08:30:00   \",\"  101?\",\"N\",\"00\", 00 09C7\r\n",
            [#"{"noValue":"fault","vital":"glucose"}"#]
        ),
        // Control solution is no value at all: nothing is said of it.
        ("onetouch-ultra2", "P \"THU\",\"01/01/26\",\"08:30:00   \",\"C 101 \",\"N\",\"00\", 00 09CB\r\n", []),
    ]

    @Test(arguments: rows)
    func `a binary sentinel is a reason, never a number`(device: String, frame: String, expected: [String]) throws {
        #expect(try lines(device, [try hex(frame)]).lines == expected, "\(device): \(frame)")
    }

    @Test(arguments: texts)
    func `a written sentinel is a reason, never a number`(device: String, text: String, expected: [String]) throws {
        let found = try lines(device, [Array(text.utf8)])
        #expect(found.lines == expected, "\(device): \(text)")
        #expect(found.tally.frames == 1, "\(device): \(text)")
    }

    @Test func `overload that stays is said once`() throws {
        let line = Array("OL,+9999999E+19\r\n".utf8)
        let found = try lines("a-and-d-scale", Array(repeating: line, count: 9)).lines
        #expect(found.filter { $0 == #"{"noValue":"aboveRange","vital":"weight"}"# }.count == 1)
    }
}

struct UndescribedTests {
    @Test func `a mark beside a glucose that nobody has described is no reading`() throws {
        let found = try lines("taidoc-td42xx", [try hex("51 25 21 34 1E 08 A5 96 51 26 65 00 00 C0 A5 41")]).lines
        let meaning = "a result with the mark 3, which nobody has described: control solution, perhaps"
        #expect(found == [#"{"fault":"wrongFormat","meaning":"\#(meaning)"}"#])
    }

    @Test(arguments: [
        "AC 57 32 47 0D 01 0D 09 17", "AC 57 32 47 02 1E 0D 09 17", "AC 57 32 47 00 01 0D 09 17",
        "AC 57 32 47 05 01 18 09 17", "AC 57 32 47 05 01 0D 3C 17",
    ])
    func `a record without marks and with a date that cannot be is noise, and a fault`(record: String) throws {
        #expect(
            try lines("beurer-bm58", [try hex(record)]).lines == [#"{"fault":"implausible","field":"deviceTime"}"#])
    }

    @Test func `an answer of noise is a record only where every part of it could be`() throws {
        var readings = 0
        for seed in cases(20_000) {
            var chance = SeededChance(seed: UInt64(seed))
            let noise = [0xAC] + (0..<8).map { _ in UInt8.random(in: 0...255, using: &chance) }
            for event in try heard("beurer-bm58", noise).events {
                guard case .reading(let reading) = event else { continue }
                #expect(reading.deviceTime?.isReal == true && reading.vital.implausibleField == nil, "seed \(seed)")
                readings += 1
            }
        }
        #expect(readings * 1_000 < cases(20_000).count * 10 + 1_000)
    }

    @Test(arguments: [
        ("maibobo", "implausible"), ("omron-hbp-9030", "implausible"), ("microlife-bpa", "error"),
        ("contour-astm", "error"),
    ])
    func `a time that is no time is left out, and its bytes are kept`(device: String, capture: String) throws {
        let file = try CaptureFile(text(of: devicesFolder.appending(path: "\(device)/\(capture).capture")))
        let readings = try heard(device, file.deviceBytes).events.compactMap { event -> DeviceReading? in
            if case .reading(let reading) = event { reading } else { nil }
        }
        #expect(readings.contains { $0.deviceTime == nil && !$0.raw.isEmpty })
        #expect(readings.allSatisfy { $0.deviceTime?.isReal != false })
    }
}

struct GivingRefusalTests {
    private func problem(_ change: (String) -> String) throws -> String {
        let file = devicesFolder.appending(path: "nonin-df8/profile.json5")
        let text = change(try text(of: file))
        let error = #expect(throws: ProfileError.self) {
            try DeviceProfile.load(json5: Array(text.utf8), file: "profile.json5")
        }
        return try #require(error).description
    }

    private static let rows: [(String, String, String)] = [
        ("settle: { steady: 6,", "settle: { steady: 1,", "no agreement"),
        ("settle: { steady: 6, within: 10, percent: 2, pulse: 5 },", "", "a sample alone is never a reading"),
        ("['percent', 7]", "['persent', 7]", "no bits have this name"),
        ("absent: { fingerRemoved: 1 }", "absent: { fingerGone: 1 }", "`fingerRemoved` means nothing here"),
        ("absent: { fingerRemoved: 1 }", "absent: { fingerRemoved: 0 }", "no bit is named"),
        ("stream: true,\n      bad", "bad", "belongs to a stream"),
        ("gives: 'oxygenSaturation'", "gives: 'glucose'", "means nothing here"),
        ("gives: 'oxygenSaturation'", "gives: 'nothing'", "because"),
    ]

    @Test(arguments: rows)
    func `a profile that would give a wrong reading is refused`(from: String, to: String, part: String) throws {
        let original = try text(of: devicesFolder.appending(path: "nonin-df8/profile.json5"))
        #expect(original.contains(from))
        #expect(try problem { $0.replacing(from, with: to) }.contains(part))
    }
}
