// Every command as an operator types it: its help, its exit status, and what it says on which stream.

import Foundation
import Testing

@testable import healthhut

/// Every command by its words.
private let commands = HealthHut.commands.map { $0.shape.name.split(separator: " ").dropFirst().map(String.init) }

@Suite struct CommandTests {
    @Test(arguments: commands)
    func `every command explains itself`(words: [String]) throws {
        let run = try Program.run(words + ["--help"])
        #expect(run.status == 0)
        #expect(run.out.hasPrefix("usage: healthhut \(words.joined(separator: " "))"))
        #expect(run.err.isEmpty)
    }

    @Test(arguments: commands)
    func `every command refuses an unknown option in one line with a hint`(words: [String]) throws {
        let run = try Program.run(words + ["--nope"])
        #expect(run.status == 64)
        #expect(run.out.isEmpty)
        #expect(run.err.split(separator: "\n").count == 2)
        #expect(run.err.hasPrefix("healthhut: unknown option --nope\nhint: "))
    }

    @Test(arguments: [
        ([String](), 64, "a command is missing"), (["dance"], 64, "unknown command 'dance'"),
        (["residents"], 64, "'residents' needs one of: import, add, pin"), (["serve"], 64, "--settings is missing"),
        (
            ["serve", "--settings", "/nowhere/hut.json5"], 66,
            "cannot read /nowhere/hut.json5: No such file or directory"
        ),
        (["watch", "--socket", "/nowhere/watch"], 69, "cannot connect to /nowhere/watch"),
        (["watch", "--socket", "/nowhere", "--since", "x"], 64, "--since takes a sequence number"),
        (["kiosk", "--socket", "/nowhere/kiosk"], 66, "standard input is not a terminal"),
        (["decode", "nothing", "--devices", "./Devices"], 66, "no device 'nothing' in ./Devices"),
        (["decode", "maibobo", "/nowhere.capture", "--devices", "./Devices"], 66, "cannot read /nowhere.capture"),
        (["simulate", "maibobo", "--devices", "./Devices", "--listen", "carrier:pigeon"], 64, "--listen"),
        (
            ["simulate", "maibobo", "--devices", "./Devices", "--listen", "unix:/x", "--reading", "9"], 64,
            "--reading takes"
        ),
        (["simulate", "maibobo", "--devices", "./Devices", "--listen", "unix:/x", "--fault", "x"], 64, "no fault 'x'"),
        (["bands", "pair", "433d1f2", "047", "--settings", "x"], 64, "BAND must be"),
    ])
    func `a wrong word is answered with what is wrong, a hint and a status`(
        words: [String], status: Int32, message: String
    ) throws {
        let run = try Program.run(words)
        #expect(run.status == status)
        #expect(run.err.contains("healthhut: "))
        #expect(run.err.contains(message))
        #expect(run.err.contains("\nhint: "))
    }

    @Test func `hex text on standard input is decoded, the summary stands on standard error`() throws {
        let run = try Program.run(
            ["decode", "maibobo", "--hex", "--devices", "./Devices"],
            input: "AA 80 03 0F 01 06 01 13 07 02 0F 0B 1C 00 8B 00 66 00 48 A1\nAA80 0304 0105 009E 9D")
        #expect(
            run.out
                == #"{"vital":"bloodPressure","systolic":139,"diastolic":102,"pulse":72,"deviceTime":"2019-07-02T15:11:28"}"#
                + "\n" + #"{"cuffPressure":158}"# + "\n")
        #expect(run.err == "2 frames, 0 noise bytes, 0 faults\n")
        #expect(run.status == 0)
    }

    @Test func `a line without values, a wrong checksum and half a frame give no reading`() throws {
        let run = try Program.run(
            ["decode", "maibobo", "--hex", "--devices", "./Devices"],
            input: "AA 80 03 0F 01 06 01 13 07 02 0F 0B 1C 00 8B 00 66 00 48 A0 AA 80 03 0F 01")
        #expect(run.out.isEmpty)
        #expect(run.err.contains("0 frames"))
    }

    @Test func `the captures of a device folder decode to the readings beside them`() throws {
        for device in ["maibobo", "omron-hbp-9030", "meshtastic"] {
            let folder = Program.root.appendingPathComponent("Devices/\(device)")
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
                $0.hasSuffix(".capture")
            }
            try #require(names.count >= 3)
            for name in names {
                let capture = folder.appendingPathComponent(name).path
                let run = try Program.run(["decode", device, capture, "--devices", "./Devices"])
                let readings = capture.replacingOccurrences(of: ".capture", with: ".readings")
                #expect(run.out == (try String(contentsOfFile: readings, encoding: .utf8)), "\(name)")
            }
        }
    }

    @Test(arguments: [
        ("address: '方泰东路 8 号'", "address: ''", "hut.address: a hut without an address is refused"),
        ("tokenFile: null", "tokenFlie: null", "upload.tokenFlie: unknown key"),
        ("policy: 'cn-norm3-2017'", "policy: 'nowhere'", "policy: cannot read ./Provisioning/policies/nowhere.json5"),
        ("device: 'meshtastic'", "device: 'maibobo'", "bands: a Maibobo"),
        ("device: 'omron-hbp-9030', line", "device: 'omron', line", "no device 'omron'"),
        (
            "device: 'omron-hbp-9030', line", "device: 'omron-hbp-9030', mayStart: true, line",
            "cannot be started by the hut"
        ),
        (
            "'maibobo', mayStart: true, line: { socket: 'unix:", "'maibobo', line: { socket: 'udp:",
            "cuff-1"
        ),
    ])
    func `settings that cannot be are refused at start with the path`(old: String, new: String, message: String) throws
    {
        let folder = try Folder()
        let settings = try folder.settings(replacing: [(old, new)])
        for command in ["serve", "check"] {
            let run = try Program.run([command, "--settings", settings])
            #expect(run.status != 0)
            #expect(run.err.contains(message))
            #expect(run.err.contains("\nhint: "))
        }
    }

    @Test func `check says what slips miss without the tables of characters, and nothing of it without a printer`()
        throws
    {
        let folder = try Folder()
        let printer = "{ id: 'printer-1', device: 'escpos-printer', line: { socket: 'unix:/x' } }, { id: 'cuff-2'"
        for (changes, isAsked) in [([], false), ([("{ id: 'cuff-2'", printer)], true)] as [([(String, String)], Bool)] {
            let run = try Program.run(["check", "--settings", try folder.settings(replacing: changes)])
            for (path, hint) in [
                (CharacterTable.pictures, "apt install unifont"), (CharacterTable.pinyin, "Provisioning/pinyin"),
            ] {
                #expect(run.out.contains(path) == isAsked)
                #expect(run.out.contains(hint) == (isAsked && !exists(path)))
            }
        }
    }

    @Test func `two instruments for one vital at one station are refused with both names`() throws {
        let folder = try Folder()
        let settings = try folder.settings(replacing: [
            (
                "/booth-1', instruments: [\n",
                "/booth-1', instruments: [ { id: 'spare', device: 'omron-hbp-9030', line: { socket: 'unix:/x' } },\n"
            )
        ])
        let run = try Program.run(["serve", "--settings", settings])
        #expect(run.err.contains("spare and cuff-1 both measure bloodPressure at booth-1"))
        #expect(run.status == 78)
    }
}
