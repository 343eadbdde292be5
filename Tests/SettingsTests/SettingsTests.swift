// What a settings file may say, and how each mistake in it is answered: with its place, and what to do.

import FoundationEssentials
import Testing
import Vitals

@testable import Settings

/// The documented example that the project ships.
private let example: String = {
    let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let bytes = FileManager.default.contents(atPath: "/\(root)/Provisioning/hut.json5") ?? Data()
    return String(decoding: bytes, as: UTF8.self)
}()

private func load(_ text: String) throws(StrictJSON5Error) -> Settings {
    try Settings.load(Array(text.utf8), file: "hut.json5")
}

@Suite struct SettingsTests {
    @Test func `the documented example is accepted`() throws {
        let settings = try load(example)
        #expect(settings.lines.map(\.id) == ["cuff-1", "card-1", "scanner-1", "printer-1", "cuff-2", "bands", "gsm"])
        #expect(settings.offset.text == "+08:00")
        #expect(settings.stations[0].instruments[0].mayStart == true)
        #expect(settings.stations[1].instruments[0].mayStart == nil)
        #expect(settings.stations[0].instruments[3].paper == 58)
        #expect(settings.duty?.dialled == "13800000000" && settings.alarm?.line == "rts")
    }

    @Test(arguments: [
        ("address: '方泰东路 8 号'", "address: ' '", "hut.address"),
        ("phones: [{ who: '王护士', number: '0374-555 0101', hours: 'Mo-Fr 08:00-17:30' }]", "phones: []", "hut.phones"),
        ("number: '0374-555 0101'", "number: ''", "hut.phones[0]"), ("'+08:00'", "'8'", "hut.utcOffset"),
        ("'Mo-Fr 08:30-11:30'", "'weekdays'", "hut.staffed"),
        ("languages: ['zh-Hans', 'en']", "languages: []", "hut.languages"),
        ("mayStart: true", "mayStrat: true", "stations[0].instruments[0].mayStrat"),
        ("id: 'cuff-2'", "id: 'cuff-1'", "stations[1].instruments[0].id"),
        ("id: 'booth-2'", "id: 'booth-1'", "stations[1].id"),
        ("kiosk: '/run/healthhut/nurse.sock'", "kiosk: '/run/healthhut/booth-1.sock'", "desks[0].kiosk"),
        ("serial: '/dev/ttyUSB1'", "baud: 9600", "radios[0].line"),
        (
            "line: { serial: '/dev/ttyUSB1' }", "line: { socket: 'unix:/run/healthhut/line-cuff-2.sock' }",
            "radios[0].line"
        ),
        ("hours: 'Mo-Fr 08:00-17:30'", "hours: 'mornings'", "hut.phones[0].hours"),
        ("http://127.0.0.1:8000/fhir", "ftp://127.0.0.1", "upload.fhir"),
        ("'/var/lib/healthhut/ledger", "'ledger", "ledger"),
        ("device: 'maibobo'", "device: '../maibobo'", "stations[0].instruments[0].device"),
        ("baud: 9600", "baud: -1", "stations[0].instruments[0].line.baud"),
        ("nudge: '/run", "nudge: 'run", "sockets.nudge"), ("id: 'hut-0001'", "id: ''", "hut.id"),
        ("tokenFile: null", "tokenFile: null, tokenFile: 'x'", "upload.tokenFile"),
        ("number: '138 0000 0000'", "number: 'the nurse'", "duty.number"),
        ("number: '138 0000 0000'", "number: '12'", "duty.number"),
        ("id: 'gsm'", "id: 'bands'", "duty.modem.id"), ("line: 'rts'", "line: 'cts'", "alarm.line"),
        ("serial: '/dev/ttyS1'", "serial: 'ttyS1'", "alarm.serial"),
        ("serial: '/dev/ttyUSB3'", "serial: '/dev/ttyUSB1'", "duty.modem.line"),
        ("line: { serial: '/dev/ttyUSB3' }", "line: { serial: '/dev/ttyS1', flow: 'rtsCts' }", "alarm.line"),
    ])
    func `a mistake is refused with the path of its key`(right: String, wrong: String, path: String) throws {
        try #require(example.contains(right))
        let text = example.replacing(right, with: wrong)
        let error = #expect(throws: StrictJSON5Error.self) { try load(text) }
        #expect(error?.path == path)
        #expect(error?.hint.isEmpty == false)
    }

    @Test(arguments: [
        ("Mo-Fr 08:30-11:30", "2026-11-20T08:30:00", true), ("Mo-Fr 08:30-11:30", "2026-11-20T11:30:00", false),
        ("Mo-Fr 08:30-11:30", "2026-11-21T09:00:00", false),
        ("Mo-Fr 08:30-11:30; Sa 09:00-10:00", "2026-11-21T09:59:59", true),
        ("Mo,We 08:00-09:00,14:00-15:00", "2026-11-18T14:30:00", true), ("", "2026-11-20T09:00:00", false),
    ])
    func `staffed hours are the hours written`(hours: String, iso: String, staffed: Bool) throws {
        let offset = try #require(UTCOffset("+08:00"))
        let parsed = try #require(StaffedHours(hours))
        let day = try #require(LocalDay(iso: String(iso.prefix(10))))
        let clock = iso.dropFirst(11).split(separator: ":").compactMap { Int($0) }
        let time = offset.start(of: day) + .seconds(clock[0] * 3_600 + clock[1] * 60 + clock[2])
        #expect(parsed.contains(time, offset: offset) == staffed)
    }

    @Test(arguments: ["Mo-Fr", "Mo-Fr 8-9", "Fr-Mo 08:00-09:00", "Xx 08:00-09:00", "Mo 09:00-08:00", "Mo 08:00-25:00"])
    func `hours that cannot be read are refused`(text: String) { #expect(StaffedHours(text) == nil) }
}
