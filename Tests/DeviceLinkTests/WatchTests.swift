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
