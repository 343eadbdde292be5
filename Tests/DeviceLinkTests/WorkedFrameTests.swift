// The worked frames of the reference documents, and what each must give.
import Testing
import Vitals

@testable import DeviceLink

struct WorkedFrameTests {
    @Test(arguments: [
        (
            "AA 80 03 0F 01 06 01 13 07 02 0F 0B 1C 00 8B 00 66 00 48 A1",
            #"{"vital":"bloodPressure","systolic":139,"diastolic":102,"pulse":72,"deviceTime":"2019-07-02T15:11:28"}"#
        ),
        ("AA 80 03 04 01 05 00 9E 9D", #"{"cuffPressure":158}"#),
        (
            "AA 80 03 03 01 07 0F 09",
            #"{"fault":"deviceError","code":"0F","meaning":"system leak"}"#
        ),
        ("AA 80 03 03 01 07 33 35", #"{"fault":"deviceError","code":"33"}"#),
    ])
    func `a Maibobo frame gives its line`(frame: String, line: String) throws {
        #expect(try lines("maibobo", [hex(frame)]).lines == [line])
    }

    @Test(arguments: [
        (
            "2026,07,11,09,05,12345678901234567890,0,120,080,072,0\r\n",
            #"{"vital":"bloodPressure","systolic":120,"diastolic":80,"pulse":72,"deviceTime":"2026-07-11T09:05:00","#
                + #""moved":false}"#
        ),
        (
            "2026,07,11,09,05,                    ,0,151,094,066,3\r",
            #"{"vital":"bloodPressure","systolic":151,"diastolic":94,"pulse":66,"deviceTime":"2026-07-11T09:05:00","#
                + #""moved":true}"#
        ),
        ("2026,07,11,09,05,                    ,7,   ,   ,   ,0\r\n", #"{"fault":"deviceError","code":"7"}"#),
        ("2026,07,11,09,05,                    ,7,120,080,072,0\r\n", #"{"fault":"deviceError","code":"7"}"#),
        ("2026,07,11,09,05,                    ,0,261,080,072,0\r\n", #"{"fault":"implausible","field":"systolic"}"#),
        ("2026,07,11,09,05,                    ,0,120,029,072,0\r\n", #"{"fault":"implausible","field":"diastolic"}"#),
        ("2026,07,11,09,05,                    ,0,120,080,181,0\r\n", #"{"fault":"implausible","field":"pulse"}"#),
    ])
    func `an HBP-9030 line gives its line`(sent: String, line: String) throws {
        #expect(try lines("omron-hbp-9030", [Array(sent.utf8)]).lines == [line])
    }

    @Test(arguments: [
        "MMBP203N\r", "ID99999999B26/07/11/09:05 120 080 072\r\n",
        "bp,99999999999999999999,2023/04/27,15:06,140,098,077,068,3\r\n",
    ])
    func `a line of another output format is named, never read`(sent: String) throws {
        let found = try lines("omron-hbp-9030", [Array(sent.utf8)])
        #expect(found.lines.count == 1)
        #expect(found.lines[0].hasPrefix(#"{"fault":"wrongFormat","meaning":"#))
    }

    @Test func `the subject's number in an HBP-9030 line is blanked in what is kept`() throws {
        var conversation = Conversation(profile: try profile("omron-hbp-9030"))
        _ = conversation.opened(at: at(0))
        for line in [
            "noise2026,07,11,09,05,12345678901234567890,0,120,080,072,0\r\n",
            "2026,07,11,09,05,12345678901234567890,7,   ,   ,   ,0\r\n",
            "2026,07,11,09,05,12345678901234567890,0,020,010,072,0\r\n", "ID99999999B26/07/11/09:05 120 080 072\r\n",
            "bp,99999999999999999999,2023/04/27,15:06,140,098,077,068,3\r\n",
        ] {
            let steps = conversation.receive(Array(line.utf8), at: at(1))
            let raw: [UInt8] =
                switch steps.first {
                case .event(.reading(let reading), _): reading.raw
                case .event(.fault(_, let raw), _): raw
                default: []
                }
            let kept = String(decoding: raw, as: UTF8.self)
            #expect(!kept.isEmpty)
            #expect(!kept.contains("1234567890") && !kept.contains("99999999"), "\(kept)")
        }
    }

    private static let packet =
        "12 40 0d 2a 1f 3d 43 15 ff ff ff ff 22 14 08 43 12 10 0d 00 b9 55 69 3a 09 08 48 10 61 1d 00 00 12 42 35 4d 3c "
        + "2b 1a 3d 00 b9 55 69 45 00 00 c8 40 48 03 58 0a 60 a4 ff ff ff ff ff ff ff ff 01 78 03"

    @Test(arguments: [
        (
            "94 c3 00 44 08 0a " + packet,
            [
                #"{"vital":"pulseRate","perMinute":72,"deviceTime":"2026-01-01T00:00:00","from":"!433d1f2a"}"#,
                #"{"vital":"oxygenSaturation","percent":97,"deviceTime":"2026-01-01T00:00:00","from":"!433d1f2a"}"#,
                #"{"vital":"temperature","celsius":36.5,"deviceTime":"2026-01-01T00:00:00","from":"!433d1f2a"}"#,
            ]
        ),
        (
            "94 c3 00 49 08 0a 12 45 0d 2a 1f 3d 43 15 ff ff ff ff 22 1b 08 03 12 17 0d 98 95 c9 17 15 58 d9 60 45 18 2c"
                + "25 00 b9 55 69 98 01 09 b8 01 20 35 4d 3c 2b 1a 3d 00 b9 55 69 45 00 00 c8 40 48 03 60 a4 ff ff ff ff"
                + "ff ff ff ff 01 78 03",
            [#"{"position":{"latitude":39.9087,"longitude":116.3975},"from":"!433d1f2a"}"#]
        ),
        (
            "94 c3 00 3e 08 0a 12 3a 0d 2a 1f 3d 43 15 ff ff ff ff 22 0c 08 0b 12 08 53 4f 53 20 33 e5 8f b7 35 4d 3c 2b"
                + "1a 3d 00 b9 55 69 45 00 00 c8 40 48 03 50 01 58 6e 60 a4 ff ff ff ff ff ff ff ff 01 78 03",
            [#"{"signal":"sos","from":"!433d1f2a"}"#]
        ),
        (
            "94 c3 00 37 08 0a 12 33 0d 2a 1f 3d 43 15 ff ff ff ff 22 09 08 01 12 05 68 65 6c 6c 6f 35 4d 3c 2b 1a 3d 00"
                + "b9 55 69 45 00 00 c8 40 48 03 60 a4 ff ff ff ff ff ff ff ff 01 78 03",
            []
        ),
        (
            "94 c3 00 1f 12 1d 0d 2a 1f 3d 43 15 ff ff ff ff 18 08 2a 0a 00 11 22 33 44 55 66 77 88 99 35 05 00 00 00",
            []
        ),
        ("94 c3 00 0e 08 01 1a 0a 08 b4 a4 e8 e2 07 58 f8 eb 01", []),
        (
            "94 c3 00 34 08 02 22 30 08 aa be f4 99 04 12 23 0a 09 21 34 33 33 64 31 66 32 61 12 0e 57 61 6e 67 20 46 61"
                + "6e 67 20 62 61 6e 64 1a 04 57 46 30 31 28 33 2d 00 b9 55 69",
            []
        ),
        ("94 c3 00 07 08 03 38 84 86 88 08", []), ("94 c3 00 02 40 01", []),
        ("94 c3 00 0b 32 09 0a 05 68 65 6c 6c 6f 20 14", []),
    ])
    func `a frame of a radio gives its lines`(frame: String, expected: [String]) throws {
        let found = try lines("meshtastic", [hex(frame)])
        #expect(found.lines == expected)
        #expect(found.tally.frames == 1 && found.tally.noiseBytes == 0 && found.tally.faults == 0)
    }

    @Test func `a packet without our key is counted and no fault`() throws {
        let frame =
            "94 c3 00 1f 12 1d 0d 2a 1f 3d 43 15 ff ff ff ff 18 08 2a 0a 00 11 22 33 44 55 66 77 88 99 35 05 00 00 00"
        #expect(try lines("meshtastic", [hex(frame)]).tally.encrypted == 1)
    }
}
