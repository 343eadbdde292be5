// What `devices show` prints to paste is what a hut starts with, for every device of the shelf; and a device of which
// little is known is not opened before somebody has said that he knows.
import Foundation
import Testing

@testable import healthhut

@Suite struct DevicesShowTests {
    private static let shelf: [String] =
        ((try? FileManager.default.contentsOfDirectory(atPath: Program.root.path + "/Devices")) ?? [])
        .filter { !$0.contains(".") }.sorted()

    /// The place of the settings that `devices show` names for a device, and the entry to paste there.
    private func shown(_ device: String) throws -> (place: String, entry: String) {
        let run = try Program.run(["devices", "show", device, "--devices", "./Devices"])
        #expect(run.status == 0, "\(run.err)")
        let heading = try #require(run.out.split(separator: "\n").first { $0.hasPrefix("Settings, ") })
        let start = try #require(run.out.range(of: "  {\n"))
        let end = try #require(run.out.range(of: "  },\n", range: start.upperBound..<run.out.endIndex))
        return (String(heading), String(run.out[start.lowerBound..<end.upperBound]))
    }

    /// Settings with an entry at the place where it was said to belong.
    private func settings(_ folder: Folder, _ place: String, _ entry: String) throws -> String {
        let changes: [(prefix: String, old: String, new: String)] = [
            (
                "under stations",
                "{ id: 'cuff-1', device: 'maibobo', mayStart: true, "
                    + "line: { socket: 'unix:\(folder.path)/cuff-1' } }", entry
            ),
            (
                "under radios",
                "{ id: 'bands', device: 'meshtastic', line: { socket: 'unix:\(folder.path)/bands' } }", entry
            ),
            ("under desks", "kiosk: '\(folder.path)/nurse'", "kiosk: '\(folder.path)/nurse', instruments: [\(entry)]"),
            ("as duty.modem", "upload: {", "duty: { number: '13800000000', modem: \(entry) }, upload: {"),
        ]
        let change = try #require(changes.first { place.hasPrefix("Settings, \($0.prefix)") }, "\(place)")
        return try folder.settings(replacing: [(change.old, change.new)])
    }

    @Test(arguments: shelf)
    func `the settings it prints for a device are settings a hut starts with`(device: String) throws {
        let (place, entry) = try shown(device)
        let folder = try Folder()
        let file = try settings(folder, place, entry)
        #expect(try String(contentsOfFile: file, encoding: .utf8).contains("'\(device)-1'"))
        let run = try Program.run(["check", "--settings", file])
        #expect(run.out.contains("ok     profile of \(device)-1"), "\(run.out)\(run.err)")
    }

    @Test func `a device of which little is known is refused until the settings say thin`() throws {
        let (place, entry) = try shown("accuniq-bp250")
        #expect(entry.contains("thin: true"))
        for spoilt in ["", "thin: false,"] {
            let folder = try Folder()
            let lines = entry.split(separator: "\n").map { $0.contains("thin: true") ? spoilt : String($0) }
            let file = try settings(folder, place, lines.joined(separator: "\n"))
            for command in ["check", "serve"] {
                let run = try Program.run([command, "--settings", file])
                #expect(run.status == 78)
                let said = run.out + run.err
                #expect(said.contains("accuniq-bp250-1: little is known of how"), "\(said)")
                #expect(said.contains("say `thin: true` beside its id"), "\(said)")
            }
        }
    }

    @Test func `no other device asks for it`() throws {
        for device in Self.shelf where device != "accuniq-bp250" {
            #expect(try !shown(device).entry.contains("thin"), "\(device)")
        }
    }

    @Test(arguments: [
        ("escpos-printer", "prints the slip"), ("gsm-modem", "duty.number"), ("sam-id-card", "residents card"),
        ("code-scanner", "residents code"), ("meshtastic", "bands pair"), ("beurer-bm58", "a nurse lends it"),
        ("maibobo", "the hut may start it"),
    ])
    func `it says what a device is for`(device: String, words: String) throws {
        let run = try Program.run(["devices", "show", device, "--devices", "./Devices"])
        #expect(run.out.contains(words), "\(run.out)")
    }
}
