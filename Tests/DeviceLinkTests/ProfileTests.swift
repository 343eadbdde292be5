// What a wrong profile gets: file, line, path, and what to do.
import Testing
import Vitals

@testable import DeviceLink

struct ProfileTests {
    /// The Maibobo profile with one thing changed.
    private func refusal(_ device: String, _ good: String, _ bad: String) throws -> ProfileError {
        let text = try text(of: devicesFolder.appending(path: "\(device)/profile.json5"))
        #expect(text.contains(good), "the test is out of date: \(good)")
        return try #require(throws: ProfileError.self, "\(bad) was accepted") {
            try DeviceProfile.load(
                json5: Array(text.replacing(good, with: bad, maxReplacements: 1).utf8), file: "p.json5")
        }
    }

    @Test func `a grade that is none is answered with the grades there are`() throws {
        let error = try refusal("maibobo", "grade: 'A'", "grade: 'Z'")
        #expect(error.problem == "`Z` is none of A, B, C, D" && error.path == "grade")
    }

    @Test(arguments: ["maibobo", "omron-hbp-9030", "meshtastic"])
    func `the profiles of the folders load`(device: String) throws {
        let file = devicesFolder.appending(path: "\(device)/profile.json5")
        #expect(throws: Never.self) { try DeviceProfile.load(json5: try bytes(of: file), file: device) }
    }

    @Test(arguments: [
        ("profile: 1,", "profile: 2,", "profile", "version 2"),
        ("baud: 9600", "buad: 9600", "line.baud", "missing"),
        ("stop: 1, alsoSeen", "stop: 1, speed: 7, alsoSeen", "line.speed", "unknown key"),
        ("stop: 1,", "stop: 1, stop: 1,", "line.stop", "written twice"),
        ("baud: 9600", "baud: 3", "line.baud", "no baud rate"),
        ("data: 8", "data: 9", "line.data", "data bits"),
        ("shows: 'start'", "shows: 'perhaps'", "shows", "perhaps"),
        ("shows: 'start',", "", "kind", "shows"),
        ("{ at: 9, u16be: 'systolic' }", "{ at: 8, u16be: 'systolic' }", "messages.result.parts[8]", "overlap"),
        ("{ at: 9, u16be: 'systolic' }", "{ at: 10, u16be: 'systolic' }", "messages.result.parts[8]", "gap"),
        ("u16be: 'systolic'", "u16be: 'sistolic'", "messages.result.parts", "sistolic"),
        ("u16be: 'pulse'", "u16be: 'puls'", "messages.result.parts", "puls"),
        ("u16be: 'pulse'", "u16be: 'systolic'", "messages.result.parts[10]", "name of its own"),
        ("u16be: 'pulse'", "u16be: 'pulse', digits: 2", "messages.result.parts[10]", "exactly one kind"),
        ("{ u8: 'second' }", "{ u8: 'second' }, { unknown: 9 }", "messages.result.parts[9]", "overlap"),
        ("{ u16be: 'diastolic' }, ", "", "messages.result.parts", "diastolic"),
        (
            "['01 05', { u16be: 'pressure' }]", "['01 05', { u16be: 'pressure' }, { unknown: 30 }]",
            "messages.pressure", "fit"
        ),
        ("usually: '01'", "usually: '01 02'", "messages.result.parts[1].usually", "longer"),
        ("'01 01 00'", "'01 0 00'", "messages.connect.parts[0]", "not hex"),
        ("fixed: { '2': '03' }", "fixed: { '1': '03' }", "frames", "overlap"),
        ("fixed: { '2': '03' },", "", "frames", "gap"),
        ("countAt: 3", "countAt: 2", "frames", "overlap"),
        ("trim: [4, 1]", "trim: [5, 1]", "frames", "gap"),
        ("trim: [4, 1]", "trim: [3, 1]", "frames.trim", "envelope"),
        ("trim: [4, 1]", "trim: [4, 0]", "frames.check", "check byte"),
        ("from: 2, to: -1", "from: 2, to: 0", "frames.check", "covers the check"),
        ("host: 'CC 80'", "host: 'CC'", "frames.start", "length"),
        ("longest: 20,", "longest: 20, end: ['0D'],", "frames.end", "one end mark"),
        ("send: 'connect'", "send: 'conect'", "exchange.open[0].send", "no message"),
        ("send: 'connect'", "send: 'connected'", "exchange", "cannot be sent"),
        ("expect: ['started']", "expect: ['start']", "exchange", "cannot be awaited"),
        ("within: 120, atLeast: 20", "within: 20, atLeast: 20", "exchange.measure", "atLeast"),
        ("'0F': {", "'0f': {", "errors.0f", "never sends"),
        ("kind: 'arm' }", "kind: 'leg' }", "errors.02.kind", "leg"),
        ("zh: '电机故障', ", "", "errors.10.zh", "missing"),
        ("every: 0.2", "every: 0", "simulate", "cannot be"), ("lasts: 35", "lasts: -1", "simulate", "cannot be"),
        ("rising: 'pressure'", "rising: 'result'", "simulate.rising", "cuff pressure"),
        ("gives: 'bloodPressure'", "gives: 'bloodPresure'", "messages.result.gives", "bloodPresure"),
    ])
    func `a wrong Maibobo profile is refused`(good: String, bad: String, path: String, problem: String) throws {
        let error = try refusal("maibobo", good, bad)
        #expect(error.path.hasPrefix(path), "\(error)")
        #expect(error.problem.contains(problem), "\(error)")
        #expect(error.file == "p.json5" && !error.hint.isEmpty)
    }

    @Test(arguments: [
        ("end: ['0D 0A', '0D'],", "", "frames.end", "end"),
        ("longest: 80", "longest: 80, countAt: 3", "frames.countAt", "none"),
        ("longest: 80", "longest: 0", "frames.longest", "cannot be"),
        ("systolic: [60, 260]", "systolic: [260, 60]", "limits.systolic", "range"),
        ("systolic: [60, 260]", "systolik: [60, 260]", "limits.systolik", "unknown"),
        ("digits: 3, is: 'systolic'", "digits: 30, is: 'systolic'", "messages.result", "30"),
        ("{ rest: 'line', secret: true }]", "{ rest: 'line', secret: true }, '00']", "messages.formatOne", "rest"),
        ("says: 'another", "sais: 'another", "messages.formatOne.sais", "unknown"),
        ("error: '7'", "error: '07'", "errors.07", "never sends"),
    ])
    func `a wrong HBP-9030 profile is refused`(good: String, bad: String, path: String, problem: String) throws {
        let error = try refusal("omron-hbp-9030", good, bad)
        #expect(error.path.hasPrefix(path), "\(error)")
        #expect(error.problem.contains(problem), "\(error)")
        #expect(!error.hint.isEmpty)
    }

    @Test func `a named decoder and a table do not mix`() throws {
        let error = try refusal("meshtastic", "decoder: 'meshtastic',", "decoder: 'meshtastic', messages: {},")
        #expect(error.path == "decoder")
    }

    @Test func `every error code of every device has a sentence in both languages`() throws {
        for device in CapturePair.devices {
            guard case .table(let table) = try profile(device).language else { continue }
            for case .deviceError(_, let meaning, _) in table.errors.values {
                #expect(meaning?.chinese.isEmpty == false && meaning?.english.isEmpty == false)
            }
        }
    }
}

struct CaptureFileTests {
    private let header = "# device: maibobo\n# source: nowhere\n# grade: composed\n"

    @Test func `a capture is read with its comments and directions`() throws {
        let capture = try CaptureFile(header + "\n> CC 80 # host\r\n< aa80 01\n")
        #expect(capture.pieces.map(\.direction) == [.fromHost, .fromDevice])
        #expect(capture.deviceBytes == [0xAA, 0x80, 0x01])
        #expect(capture.header.map(\.key) == ["device", "source", "grade"])
    }

    @Test(arguments: [
        ("< AA 8\n", 4, "not hex"), ("< AA\nAA 80\n", 5, "neither"), ("< AA 8x # x", 4, "not hex"),
    ])
    func `a wrong capture is refused with its line`(body: String, line: Int, problem: String) throws {
        let error = try #require(throws: CaptureError.self) { try CaptureFile(header + body) }
        #expect(error.line == line && error.problem.contains(problem) && !error.hint.isEmpty)
    }

    @Test func `a capture without its origin is refused`() throws {
        let error = try #require(throws: CaptureError.self) { try CaptureFile("# device: maibobo\n< AA\n") }
        #expect(error.problem.contains("source"))
    }

    @Test func `a report counts what it threw away`() throws {
        var report = DecodeReport(profile: try profile("maibobo"))
        let settled = report.feed(try hex("00 01 AA 80 03 04 01 05 00 9E 9D AA 80 03 03 01 07 0F 08 AA"))
        #expect(settled == [#"{"cuffPressure":158}"#])
        #expect(report.finish().isEmpty)
        #expect(report.summary == "1 frame, 11 noise bytes, 2 faults")
    }

    @Test func `settled, a report keeps only what a hut would record`() throws {
        var report = DecodeReport(profile: try profile("maibobo"), settle: true)
        #expect(report.feed(try hex("AA 80 03 04 01 05 00 9E 9D AA 80 03 03 01 07 0F 09")).count == 1)
    }
}
