// Watches both ways: readings, messages, numbers, names.
import Testing
import Vitals

@testable import DeviceLink

struct WatchRoundTripTests {
    @Test(arguments: [NamedDecoder.watch3G, .watchIW])
    func `ten thousand readings of watches come back as they went`(decoder: NamedDecoder) throws {
        let (dialect, profile) = (decoder.dialect, try profile(decoder.rawValue))
        let prefix = decoder == .watch3G ? "3g:" : "iw:"
        for seed in cases(10_000) {
            var chance = SeededChance(seed: UInt64(seed))
            let number = (0..<Int.random(in: 10...15, using: &chance)).map { _ in
                String(Int.random(in: 0...9, using: &chance))
            }
            let vitals: [Vital] = [
                .pulseRate(PerMinute(Int.random(in: 20...250, using: &chance))),
                .oxygenSaturation(OxygenSaturation(percent: Int.random(in: 50...100, using: &chance))),
                .temperature(centiCelsius: Int.random(in: 3_000...4_500, using: &chance)),
                .wearableBloodPressure(
                    WearableBloodPressure(
                        systolic: MmHg(Int.random(in: 50...300, using: &chance)),
                        diastolic: MmHg(Int.random(in: 30...200, using: &chance)))),
            ]
            let vital = vitals[seed % vitals.count]
            let reading = DeviceReading(vital: vital, band: BandID(rawValue: prefix + number.joined()))
            let frames = try #require(dialect.frames(of: reading), "seed \(seed)")
            var decoder = StreamDecoder(profile)
            let heard = decoder.push(frames).compactMap(\.event)
            guard heard.count == 1, case .reading(var found) = heard[0] else {
                Issue.record("seed \(seed): \(heard)")
                continue
            }
            #expect(frames.suffix(found.raw.count) == found.raw[...], "seed \(seed)")
            found.raw = []
            #expect(found == reading, "seed \(seed)")
        }
    }

    @Test func `a watch writes no cuff reading, no other family's band and no time`() {
        let pressure = Vital.bloodPressure(BloodPressure(systolic: 120, diastolic: 80))
        let (watch, rate) = (BandID(rawValue: "3g:4700186508"), Vital.pulseRate(72))
        #expect(Watch3G().frames(of: DeviceReading(vital: pressure, band: watch)) == nil)
        #expect(Watch3G().frames(of: DeviceReading(vital: rate, band: BandID(rawValue: "!433d1f2a"))) == nil)
        #expect(WatchIW().frames(of: DeviceReading(vital: rate, band: watch)) == nil)
        let time = CivilTime(year: 2026, month: 1, day: 1, hour: 8, minute: 30)
        #expect(Watch3G().frames(of: DeviceReading(vital: rate, deviceTime: time, band: watch)) == nil)
    }
}

struct WatchFrameTests {
    @Test(arguments: CapturePair.all.filter { $0.device == "watch-3g" })
    func `every message of a capture is written again as it came, with its own LEN`(pair: CapturePair) throws {
        for piece in try CaptureFile(try text(of: pair.capture)).pieces {
            guard let message = try? Watch3GMessage(piece.bytes[...]) else { continue }
            #expect(message.frame == piece.bytes)
        }
    }

    @Test(arguments: [
        ("3600", 2, 360_000), ("36.5", 2, 3_650), ("36.555", 2, 3_656), ("36.554", 2, 3_655), ("-0.5", 7, -5_000_000),
        ("0", 0, 0), ("71.5", 0, 72), ("113.8613968", 7, 1_138_613_968),
    ])
    func `a number is read as it is written, and rounded once`(text: String, places: Int, expected: Int) throws {
        #expect(try WatchNumber.decimal(Array(text.utf8)[...], places: places) == expected)
    }

    @Test(arguments: [
        "", "-", ".", "1.", ".1", "1.2.3", "1e3", "+1", " 1", "1 ", "0x1", "1234567890", "1.1234567890", "--1",
    ])
    func `what is no number is refused`(text: String) {
        #expect(throws: NotText.self) { try WatchNumber.decimal(Array(text.utf8)[...], places: 2) }
    }

    @Test(arguments: [
        ("!433D1F2A", "!433d1f2a"), ("433d1f2a", "!433d1f2a"), ("3g:4700186508", "3g:4700186508"),
        ("3G:357653059860416", "3g:357653059860416"),
        ("IW:353456789012345", "iw:353456789012345"),
    ])
    func `a band is named as a person types it`(typed: String, name: String) {
        #expect(BandID(written: typed)?.rawValue == name)
    }

    @Test(arguments: [
        "", "433d1f2", "!433d1f2", "!433d1f2a0", "!433d1fzz", "3g:", "3g:123456789", "3g:1234567890123456",
        "3g:12345678x0",
        "xx:4700186508", "iw:unknown", "4700186508", "3g:４７００１８６５０８",
    ])
    func `what is no band's name is refused`(typed: String) {
        #expect(BandID(written: typed) == nil)
    }
}
