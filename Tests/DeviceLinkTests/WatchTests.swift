// The two text families of watches: their worked messages, what becomes of damage and of strangers, the conversation,
// and a simulated watch against a real conversation.
import Testing
import Vitals

@testable import DeviceLink

private func said(_ device: String, _ texts: String...) throws -> [String] {
    try lines(device, texts.map { Array($0.utf8) }).lines
}

private let login = "IWAP00353456789012345#"
private let wearer3G = #""from":"3g:4700186508"}"#
private let wearerIW = #""from":"iw:353456789012345"}"#

struct Watch3GTests {
    @Test(arguments: [
        ("[SG*8800000015*0002*LK]", []),
        ("[3G*4700186508*000B*LK,0,10,100]", [#"{"batteryPercent":100,"from":"3g:4700186508"}"#]),
        (
            "[3G*6005412902*0008*heart,71]", [#"{"vital":"pulseRate","perMinute":71,"from":"3g:6005412902"}"#]
        ), ("[CS*8800000015*0008*PULSE,72]", [#"{"vital":"pulseRate","perMinute":72,"from":"3g:8800000015"}"#]),
        (
            "[3G*4700609403*0013*bphrt,120,79,73,,,,]",
            [
                #"{"vital":"wearableBloodPressure","systolic":120,"diastolic":79,"from":"3g:4700609403"}"#,
                #"{"vital":"pulseRate","perMinute":73,"from":"3g:4700609403"}"#,
            ]
        ),
        (
            "[ZJ*357653059860416*0007*000c*BLOOD,109,68]",
            [#"{"vital":"wearableBloodPressure","systolic":109,"diastolic":68,"from":"3g:357653059860416"}"#]
        ),
        (
            "[3G*9705141740*000B*oxygen,0,98]",
            [#"{"vital":"oxygenSaturation","percent":98,"from":"3g:9705141740"}"#]
        ),
        (
            "[3G*2104326058*000E*btemp2,1,35.29]",
            [#"{"vital":"temperature","celsius":35.29,"from":"3g:2104326058"}"#]
        ),
        (
            "[ZJ*5678901234*0001*0009*TEMP,36.5]", [#"{"vital":"temperature","celsius":36.5,"from":"3g:5678901234"}"#]
        ),
        (
            "[3G*6907919734*003e*AL_LTE,170525,214118,V,0,N,0,E,0,0,0,0,0,22,0,0,00010000,0,0,0]",
            [#"{"batteryPercent":22,"from":"3g:6907919734"}"#, #"{"signal":"sos","from":"3g:6907919734"}"#]
        ),
    ])
    func `a worked message gives its lines`(message: String, expected: [String]) throws {
        let found = try lines("watch-3g", [Array(message.utf8)])
        #expect(found.lines == expected)
        #expect(found.tally.frames == 1 && found.tally.noiseBytes == 0 && found.tally.faults == 0)
    }

    @Test func `a length that says less is the watch's mistake, one that says more a lost byte`() throws {
        let less = try lines("watch-3g", [Array("[3G*4700186508*0007*heart,71]".utf8)])
        #expect(less.lines == [#"{"vital":"pulseRate","perMinute":71,"# + wearer3G] && less.tally.faults == 1)
        let more = try lines("watch-3g", [Array("[3G*4700186508*0009*heart,71]".utf8)])
        #expect(more.lines.isEmpty && more.tally.faults == 1)
    }

    @Test(arguments: [
        "[3G*4700186508*0060*AL,120526,083000,V,0,N,0,E,0,0,0,0,0,22,0,0,00010000,0]", "[3G*4700186508*0002*AL]",
        "[3G*4700186508*0010*AL_LTE,170525,21]",
    ])
    func `an alarm that cannot be read is taken for a call`(message: String) throws {
        #expect(try said("watch-3g", message) == [#"{"signal":"sos","# + wearer3G])
    }

    @Test(arguments: [
        "[3G*123456789*0008*heart,71]", "[3G*1234567890123456*0008*heart,71]", "[3G*!433d1f2a0*0008*heart,71]",
        "[3G*4700186508*8*heart,71]", "[3G*4700186508*+008*heart,71]", "[3G*4700186508*0000*]", "[]", "[***]",
        "[3GX*4700186508*0008*heart,71]", "[3\u{0}*4700186508*0008*heart,71]", "[3G*470018 508*0008*heart,71]",
    ])
    func `what is no message of a watch gives nothing and is all noise`(message: String) throws {
        let found = try lines("watch-3g", [Array(message.utf8)])
        #expect(found.lines.isEmpty && found.tally.frames == 0)
        #expect(found.tally.noiseBytes == message.utf8.count)
    }

    @Test(arguments: [
        "heart,71x", "heart,0x47", "heart,7 1", "heart,99999999999999999999", "heart,1e2", "oxygen,0,9\u{0}8",
        "bphrt,120,7-9", "btemp2,1,36.", "btemp2,1,.5", "btemp2,1,3.6.5",
    ])
    func `a value that is no number is no value`(content: String) throws {
        let message = Watch3GMessage(
            maker: Array("3G".utf8), number: Array("4700186508".utf8), content: Array(content.utf8))
        let found = try lines("watch-3g", [message.frame])
        #expect(found.lines.isEmpty && found.tally.faults == 1)
    }

    @Test(arguments: [
        "heart", "heart,", "oxygen", "bphrt,120", "btemp2", "TEMP,", "XYZ,1,2", "TK,#!AMR", "CONFIG,TY=1",
    ])
    func `a message without a value, and one of no known name, is heard and gives nothing`(content: String) throws {
        let message = Watch3GMessage(
            maker: Array("3G".utf8), number: Array("4700186508".utf8), content: Array(content.utf8))
        let found = try lines("watch-3g", [message.frame])
        #expect(found.tally.frames == 1 && found.tally.faults == 0)
        #expect(found.lines.isEmpty || content == "btemp2", "\(found.lines)")
    }

    @Test func `no band of a watch can be taken for one of a radio`() {
        #expect(WatchName.band("3g", Array("4700186508".utf8)[...]) == BandID(written: "3g:4700186508"))
        #expect(MeshtasticDecoder.node(of: BandID(rawValue: "3g:4700186508")) == nil)
        #expect(WatchName.number("3g", of: BandID(rawValue: "!433d1f2a")) == nil)
        #expect(WatchName.number("3g", of: BandID(rawValue: "iw:353456789012345")) == nil)
    }
}

struct WatchIWTests {
    @Test(arguments: [
        ("IWAP49,68#", [#"{"vital":"pulseRate","perMinute":68,"# + wearerIW]),
        (
            "IWAPHT,60,130,85#",
            [
                #"{"vital":"pulseRate","perMinute":60,"# + wearerIW,
                #"{"vital":"wearableBloodPressure","systolic":130,"diastolic":85,"# + wearerIW,
            ]
        ),
        (
            "IWAPHP,60,130,85,95,90,36.5,,,,,,,#",
            [
                #"{"vital":"pulseRate","perMinute":60,"# + wearerIW,
                #"{"vital":"wearableBloodPressure","systolic":130,"diastolic":85,"# + wearerIW,
                #"{"vital":"oxygenSaturation","percent":95,"# + wearerIW,
                #"{"vital":"temperature","celsius":36.5,"# + wearerIW,
            ]
        ),
        (
            "IWAP50,36.7,90#",
            [#"{"vital":"temperature","celsius":36.7,"# + wearerIW, #"{"batteryPercent":90,"# + wearerIW]
        ), ("IWAP03,06000908000102,5555,30#", [#"{"batteryPercent":80,"# + wearerIW]),
        (
            "IWAP01080524A2232.9806N11404.9355E000.1061830323.8706000908000102,460,0,9520,3671#",
            [
                #"{"position":{"latitude":22.5496767,"longitude":114.0822583},"# + wearerIW,
                #"{"batteryPercent":80,"# + wearerIW,
            ]
        ),
        (
            "IWAP10080524A2232.9806N11404.9355E000.1061830323.8706000908000502,460,0,9520,3671,01,zhcn,00#",
            [
                #"{"position":{"latitude":22.5496767,"longitude":114.0822583},"# + wearerIW,
                #"{"batteryPercent":80,"# + wearerIW, #"{"signal":"sos","# + wearerIW,
            ]
        ),
    ])
    func `a worked message gives its lines`(message: String, expected: [String]) throws {
        let found = try lines("watch-iw", [Array(login.utf8), Array(message.utf8)])
        #expect(found.lines == expected)
        #expect(found.tally.frames == 2 && found.tally.noiseBytes == 0 && found.tally.faults == 0)
    }

    @Test func `before a watch has said who it is its values are nobody's and not kept`() throws {
        #expect(try said("watch-iw", "IWAP49,68#", "IWAPHT,60,130,85#").isEmpty)
        let call = "IWAP10080524V0000.0000N00000.0000E000.0061830000.0006000009000502,460,0,9520,3671,01,zhcn,00#"
        #expect(try said("watch-iw", call).last == #"{"signal":"sos","from":"iw:unknown"}"#)
    }

    @Test func `two watches on one line give no value until the line opens anew`() throws {
        var hut = Conversation(profile: try profile("watch-iw"))
        func readings(_ text: String, at seconds: Double) -> Int {
            hut.receive(Array(text.utf8), at: at(seconds)).count {
                if case .event(.reading, _) = $0 { true } else { false }
            }
        }
        _ = hut.opened(at: at(0))
        #expect(readings(login + "IWAP49,68#", at: 1) == 1)
        #expect(readings(login + "IWAP49,68#", at: 2) == 1, "the same watch again is no second one")
        #expect(readings("IWAP00353456789099999#IWAP49,68#", at: 3) == 0)
        #expect(readings(login + "IWAP49,68#", at: 4) == 0)
        _ = hut.lost(at: at(5))
        _ = hut.opened(at: at(6))
        #expect(readings("IWAP00353456789099999#IWAP49,68#", at: 7) == 1)
    }

    @Test(arguments: ["IWAP00#", "IWAP00123456789#", "IWAP001234567890123456#", "IWAP0035345678901234X#"])
    func `a login without a number of a watch names nobody`(message: String) throws {
        #expect(try said("watch-iw", message, "IWAP49,68#").isEmpty)
    }
}

/// What a conversation with a watch sends and waits for.
struct WatchConversationTests {
    private func opened(_ device: String) throws -> Conversation {
        var hut = Conversation(profile: try profile(device))
        hut.told(HutTime(milliseconds: 1_767_256_200_000))
        #expect(hut.opened(at: at(0)).isEmpty, "a watch is never asked")
        return hut
    }

    private func sent(_ steps: [Step]) -> [String] {
        steps.compactMap { if case .send(let bytes) = $0 { String(decoding: bytes, as: UTF8.self) } else { nil } }
    }

    @Test(arguments: [
        ("[SG*8800000015*0002*LK]", "[SG*8800000015*0002*LK]"),
        ("[3G*4700186508*000B*LK,0,10,100]", "[3G*4700186508*0002*LK]"),
        ("[ZJ*5678901234*0007*0002*LK]", "[ZJ*5678901234*0007*0002*LK]"),
        ("[3G*4700186508*0003*TKQ]", "[3G*4700186508*0003*TKQ]"),
        ("[3G*4700186508*0006*INIT,1]", "[3G*4700186508*0006*INIT,1]"),
        ("[3G*4700186508*0009*LK,0,10,100]", "[3G*4700186508*0002*LK]"),
    ])
    func `a watch gets the answer it waits for, in its own envelope`(message: String, answer: String) throws {
        var hut = try opened("watch-3g")
        #expect(sent(hut.receive(Array(message.utf8), at: at(1))) == [answer])
        #expect(hut.health == .talking)
    }

    @Test func `values are not answered by the one family, and all by the other`() throws {
        var first = try opened("watch-3g")
        #expect(sent(first.receive(Array("[3G*6005412902*0008*heart,71]".utf8), at: at(1))).isEmpty)
        var second = try opened("watch-iw")
        #expect(sent(second.receive(Array("IWAP49,68#".utf8), at: at(1))).isEmpty, "nobody has logged in")
        let steps = second.receive(Array((login + "IWAP49,68#IWAPHP,60,130,85,95,90,36.5,,,,,,,#").utf8), at: at(2))
        #expect(sent(steps) == ["IWBP00,20260101083000,0#", "IWBP49#", "IWBPHP#"])
    }

    @Test(arguments: [
        (
            "watch-3g", "[3G*6907919734*003e*AL_LTE,170525,214118,V,0,N,0,E,0,0,0,0,0,22,0,0,00010000,0,0,0]",
            "[3G*6907919734*0002*AL]"
        ),
        (
            "watch-iw",
            login + "IWAP10080524V0000.0000N00000.0000E000.0061830000.0006000009000502,460,0,9520,3671,01,zhcn,00#",
            "IWBP10#"
        ),
    ])
    func `a call for help is answered once it is on disk, and once`(device: String, call: String, answer: String) throws
    {
        var hut = try opened(device)
        let steps = hut.receive(Array(call.utf8), at: at(1))
        #expect(!sent(steps).contains(answer))
        let token = try #require(
            steps.compactMap { if case .event(.signal(.sos, _, _, _), let token) = $0 { token } else { nil } }.first)
        #expect(sent(hut.saved(token, at: at(2))) == [answer])
        #expect(hut.saved(token, at: at(3)).isEmpty)
    }

    @Test func `an answer of an older line is not sent on a new one`() throws {
        var hut = try opened("watch-3g")
        let steps = hut.receive(Array("[3G*4700186508*0002*AL]".utf8), at: at(1))
        let token = try #require(steps.compactMap { if case .event(_, let token) = $0 { token } else { nil } }.first)
        _ = hut.lost(at: at(2))
        _ = hut.opened(at: at(3))
        #expect(hut.saved(token, at: at(4)).isEmpty)
        let again = hut.receive(Array("[3G*4700186508*0002*AL]".utf8), at: at(5))
        #expect(!again.contains { if case .event(_, token) = $0 { true } else { false } }, "a token is given once")
    }

    @Test func `a watch that has fallen silent is said to be`() throws {
        var hut = try opened("watch-3g")
        #expect(hut.health == .quiet && hut.deadline == nil)
        _ = hut.receive(Array("[SG*8800000015*0002*LK]".utf8), at: at(0))
        #expect(hut.deadline == at(1_200))
        _ = hut.deadlineReached(at: at(1_200))
        #expect(hut.health == .silent)
        _ = hut.receive(Array("[SG*8800000015*0002*LK]".utf8), at: at(1_300))
        #expect(hut.health == .talking)
    }
}

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
        ("!433D1F2A", "!433d1f2a"), ("3g:4700186508", "3g:4700186508"), ("3G:357653059860416", "3g:357653059860416"),
        ("IW:353456789012345", "iw:353456789012345"),
    ])
    func `a band is named as a person types it`(typed: String, name: String) {
        #expect(BandID(written: typed)?.rawValue == name)
    }

    @Test(arguments: [
        "", "433d1f2a", "!433d1f2", "!433d1f2a0", "!433d1fzz", "3g:", "3g:123456789", "3g:1234567890123456",
        "3g:12345678x0",
        "xx:4700186508", "iw:unknown", "4700186508", "3g:４７００１８６５０８",
    ])
    func `what is no band's name is refused`(typed: String) {
        #expect(BandID(written: typed) == nil)
    }
}
