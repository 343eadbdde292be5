// The operator's tools as an operator runs them: the shelf, one device, a folder under test, permission rules.
import Foundation
import Testing

@testable import healthhut

@Suite struct DevicesCommandTests {
    @Test func `the shelf lists every folder with its grade and where it lies`() throws {
        let run = try Program.run(["devices", "--devices", "./Devices"])
        #expect(run.status == 0)
        let lines = run.out.split(separator: "\n")
        let folders = try FileManager.default.contentsOfDirectory(atPath: Program.root.path + "/Devices")
            .filter { !$0.contains(".") }.sorted()
        #expect(lines.dropFirst().map { String($0.prefix { $0 != " " }) } == folders)
        let maibobo = try #require(lines.first { $0.hasPrefix("maibobo ") })
        #expect(maibobo.contains("  A      bloodPressureMonitor"))
        #expect(maibobo.hasSuffix("\(Program.root.path)/Devices/maibobo"))
    }

    @Test func `a profile that cannot be read does not hide the others`() throws {
        let folder = try Folder()
        try FileManager.default.copyItem(atPath: Program.root.path + "/Devices", toPath: "\(folder.path)/Devices")
        _ = try folder.write("Devices/maibobo/profile.json5", "{ profile: 1 }")
        let run = try Program.run(["devices", "--devices", "\(folder.path)/Devices"])
        #expect(run.status == 78)
        #expect(run.out.contains("omron-hbp-9030 "))
        #expect(!run.out.contains("maibobo "))
        #expect(run.err.contains("1 of "))
    }

    @Test func `one device is told with its cable, its errors in both languages, and what is not known`() throws {
        let run = try Program.run(["devices", "show", "maibobo", "--devices", "./Devices"])
        for text in [
            "Maibobo / Raycome RBP", "baud: 9600", "067b:23c3", "never the instrument",
            "0F  machine   气路漏气 · system leak",
            "Not known", "`??` byte 2 of the result", "Never sent", "mayStart: false",
        ] { #expect(run.out.contains(text), "\(text)") }
    }

    @Test func `rules for cables know the chip, never the instrument, and keep ModemManager away`() throws {
        let run = try Program.run(["devices", "udev", "--devices", "./Devices", "--group", "dialout"])
        let rules = run.out.split(separator: "\n").filter { !$0.hasPrefix("#") }
        #expect(rules.count >= 2)
        #expect(
            rules.allSatisfy { $0.contains(#"GROUP="dialout", MODE="0660""#) && $0.contains("ID_MM_DEVICE_IGNORE") })
        #expect(rules.allSatisfy { !$0.contains("SYMLINK") && !$0.contains("NAME=") })
        #expect(rules.contains { $0.contains(#"ATTRS{idVendor}=="067b", ATTRS{idProduct}=="23c3""#) })
        #expect(rules.contains { $0.contains(#"ATTRS{idVendor}=="1a86", GROUP"#) })
        #expect(Set(rules).count == rules.count)
    }

    @Test func `rules for a hut name the place of each port, and warn of a name that moves`() throws {
        let folder = try Folder()
        let settings = try folder.settings(replacing: [
            (
                "socket: 'unix:\(folder.path)/cuff-1'",
                "serial: '/dev/serial/by-path/pci-0000:00:14.0-usb-0:1:1.0-port0'"
            ),
            ("socket: 'unix:\(folder.path)/cuff-2'", "serial: '/dev/ttyUSB3'"),
            (
                "{ id: 'nurse', kiosk: '\(folder.path)/nurse' }",
                """
                { id: 'nurse', kiosk: '\(folder.path)/nurse', instruments: [
                    { id: 'home-1', device: 'beurer-bm58', line: { serial: '/dev/ttyUSB7' } }] }
                """
            ),
            ("upload: {", "alarm: { line: 'rts', serial: '/dev/ttyS1' }, upload: {"),
        ])
        let run = try Program.run(["devices", "udev", "--settings", settings])
        #expect(run.out.contains("# home-1: /dev/ttyUSB7") && run.out.contains("# alarm: /dev/ttyS1"))
        #expect(run.out.contains(#"ENV{ID_PATH}=="pci-0000:00:14.0-usb-0:1:1.0", GROUP="healthhut""#))
        #expect(run.out.contains("# cuff-2: /dev/ttyUSB3 is not a stable name"))
        #expect(run.out.contains("# bands: a socket, no port"))
        #expect(try Program.run(["devices", "udev", "--group", "a b"]).status == 64)
    }

    @Test func `a folder that is right says so, one that is not says what is missing and how to make it`() throws {
        let good = try Program.run(["devices", "test", "./Devices/omron-hbp-9030/"])
        #expect(good.status == 0, "\(good.out)")
        #expect(good.out.hasPrefix("omron-hbp-9030 is complete: "))
        let folder = try Folder()
        try FileManager.default.copyItem(
            atPath: Program.root.path + "/Devices/omron-hbp-9030", toPath: "\(folder.path)/omron-hbp-9030")
        try FileManager.default.removeItem(atPath: "\(folder.path)/omron-hbp-9030/torn.readings")
        let bad = try Program.run(["devices", "test", "\(folder.path)/omron-hbp-9030"])
        #expect(bad.status == 65)
        #expect(
            bad.out.contains(
                "wrong  torn.readings: is missing\n       hint: healthhut decode omron-hbp-9030 torn.capture"))
    }

    @Test func `a pipe and a folder in the place of a capture are named and never opened`() throws {
        let folder = try Folder()
        let device = "\(folder.path)/maibobo"
        try FileManager.default.copyItem(atPath: Program.root.path + "/Devices/maibobo", toPath: device)
        #expect(mkfifo("\(device)/pipe.capture", 0o600) == 0)
        try FileManager.default.createDirectory(atPath: "\(device)/deep.capture", withIntermediateDirectories: false)
        let run = try Program.run(["devices", "test", device])
        #expect(run.status == 65)
        #expect(run.out.contains("wrong  deep.capture: is no regular file\n"))
        #expect(run.out.contains("wrong  pipe.capture: is no regular file\n"))
    }

    @Test func `a folder without devices says how the right one is named`() throws {
        let run = try Program.run(["devices", "show", "maibobo", "--devices", "/nowhere"])
        #expect(run.status == 66)
        #expect(run.err.contains("hint: --devices FOLDER names the folder of the device profiles"))
    }

    @Test(arguments: [
        ("999/86/72", "maibobo"), ("138/86/72", "nonin-df8"), ("138/86/72", "em4100-tag"),
        ("40/20/72", "omron-hbp-9030"),
    ])
    func `a reading that the device cannot show is refused`(reading: String, device: String) throws {
        let run = try Program.run([
            "simulate", device, "--devices", "./Devices", "--listen", "unix:/nowhere/at/all", "--reading", reading,
        ])
        #expect(run.status == 64, "\(run.err)")
        #expect(run.err.contains("cannot show") && run.err.contains("hint: "), "\(run.err)")
    }

    @Test(arguments: [
        ("/nowhere", "there is no /nowhere"), ("./Devices/maibobo/good.capture", "good.capture is a file"),
        ("./Devices", "is a folder of devices, and no device itself"), ("./Tests/CorpusOfNothing", "there is no "),
    ])
    func `what is no device's folder is said to be none, and what it is`(path: String, message: String) throws {
        let run = try Program.run(["devices", "test", path])
        #expect(run.status == 66 && run.out.isEmpty)
        #expect(run.err.contains(message), "\(run.err)")
        #expect(run.err.contains("hint: name "))
    }

    @Test(arguments: ["./Devices/maibobo", "../maibobo", "/etc/passwd", ".", "maibobo/"])
    func `a path is not the name of a device`(name: String) throws {
        let run = try Program.run(["devices", "show", name, "--devices", "./Devices"])
        #expect(run.status == 64)
        #expect(run.err.contains("is a path, not the name of a device"))
    }
}

@Suite struct LineCommandTests {
    /// What `identify` prints of a line on which this is said; not a byte may come from it.
    private func identified(_ said: [[UInt8]]) throws -> [Substring] {
        let folder = try Folder()
        let monitor = try Monitor("\(folder.path)/cuff")
        let program = try Running(
            ["identify", "--line", "unix:\(folder.path)/cuff", "--devices", "./Devices", "--seconds", "86400"],
            output: "\(folder.path)/out")
        try monitor.accept()
        _ = try program.line(containing: "listening to unix:")
        for bytes in said { monitor.say(bytes) }
        #expect(try monitor.hearToTheEnd().isEmpty, "nothing may be written to an instrument that nobody has named")
        _ = try program.line(containing: "closed by the other side")
        #expect(program.end(SIGINT) == 0)
        return try String(contentsOfFile: "\(folder.path)/out", encoding: .utf8).split(separator: "\n")
    }

    @Test func `identify hears a device that is asked first and never writes a byte`() throws {
        let rows = try identified((1...3).map { maiboboResult(minute: $0, systolic: 138) })
        #expect(rows.first?.contains("60 bytes") == true)
        let best = try #require(rows.dropFirst().first)
        #expect(
            best.split(separator: " ").prefix(4) == ["sure", "maibobo", "3", "frames"]
                && best.hasSuffix("100 % understood"))
    }

    @Test func `identify names every device that says the same, and what one says of another's lines`() throws {
        let line = Array("2026,07,11,09,05,                    ,0,120,080,072,0\r\n".utf8)
        let rows = try identified([line, line, line])
        func row(_ device: String) throws -> [Substring] {
            try #require(rows.first { $0.contains("  \(device) ") }, "\(rows)").split(separator: " ")
        }
        #expect(try row("omron-hbp-9030").prefix(4) == ["likely", "omron-hbp-9030", "3", "frames"])
        #expect(try row("omron-hbp-9020").first == "possible")
        #expect(try row("omron-hbp-9020").joined(separator: " ").contains("it says: these are lines of an HBP-9030"))
        // Any text is a code to a scanner.
        #expect(try row("code-scanner").first == "possible")
        #expect(!rows.contains { $0.contains("gsm-modem") || $0.contains("escpos-printer") })
    }

    @Test func `identify says what silence means, and which devices must be asked`() throws {
        let rows = try identified([])
        #expect(rows.contains { $0.contains("silence. It can mean:") })
        let asked = try #require(rows.first { $0.hasPrefix("asked first: ") })
        for device in ["maibobo", "onetouch-ultra2", "gsm-modem"] { #expect(asked.contains(device)) }
    }

    @Test func `a recording holds both directions, ends whole with Ctrl-C, and is never overwritten`() throws {
        let folder = try Folder()
        let monitor = try Monitor("\(folder.path)/cuff")
        let words = [
            "record", "--line", "unix:\(folder.path)/cuff", "--device", "maibobo", "--devices", "./Devices", "--out",
            "\(folder.path)/x.capture",
        ]
        let program = try Running(words)
        try monitor.accept()
        let connect: [UInt8] = [0xCC, 0x80, 0x03, 0x03, 0x01, 0x01, 0x00, 0x00]
        #expect(try monitor.hear(connect.count) == connect)
        monitor.say([0xAA] + connect.dropFirst())
        monitor.say(maiboboResult(minute: 4, systolic: 151))
        #expect(try monitor.hearToTheEnd().isEmpty, "it starts nothing and acknowledges nothing")
        _ = try program.line(containing: "closed by the other side")
        #expect(program.end(SIGINT) == 0)
        let text = try String(contentsOfFile: "\(folder.path)/x.capture", encoding: .utf8)
        #expect(text.hasPrefix("# device: maibobo\n# source: recorded by healthhut "))
        #expect(text.contains("\n> CC 80 03 03 01 01 00 00  # +"))
        let run = try Program.run(["decode", "maibobo", "\(folder.path)/x.capture", "--devices", "./Devices"])
        #expect(run.out.contains(#""systolic":151"#))
        let again = try Program.run(words)
        #expect(again.status == 73)
        #expect(again.err.contains("is there already"))
        #expect(try String(contentsOfFile: "\(folder.path)/x.capture", encoding: .utf8) == text)
    }

    @Test func `a disk that is full ends the recording, and what stands in it is whole lines`() throws {
        let folder = try Folder()
        guard let disk = SmallDisk(folder, at: "disk") else {
            try Test.cancel("skipped: only root may mount a small disk")
        }
        let monitor = try Monitor("\(folder.path)/cuff")
        let file = "\(disk.path)/x.capture"
        let program = try Running(["record", "--line", "unix:\(folder.path)/cuff", "--out", file])
        try monitor.accept()
        _ = try program.line(containing: "recording unix:")
        try disk.fill()
        // A file has its last page to itself: say more than a page holds.
        let frame = maiboboResult(minute: 4, systolic: 151)
        for _ in 1...400 { monitor.say(frame) }
        #expect(try program.line(containing: "cannot write").contains("x.capture"))
        #expect(try program.line(containing: "hint: ").contains("make room"))
        #expect(program.end(SIGTERM) == 74)
        let text = try String(contentsOfFile: file, encoding: .utf8)
        #expect(text.hasPrefix("# device: unknown\n") && text.hasSuffix("\n"))
        try disk.empty()
        let decoded = try Program.run(["decode", "maibobo", file, "--devices", "./Devices"])
        #expect(decoded.status == 0, "\(decoded.err)")
    }

    @Test func `a line that cannot be opened leaves no file`() throws {
        let folder = try Folder()
        let run = try Program.run(["record", "--line", "unix:\(folder.path)/none", "--out", "\(folder.path)/x.capture"])
        #expect(run.status == 69)
        #expect(run.err.contains("no such port"))
        #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/x.capture"))
    }
}
