// The checks of a device folder, held against every folder of the shelf and against folders that are spoilt on purpose:
// a check that finds nothing in a spoilt folder is none.
import FoundationEssentials
import Testing
import Vitals

@testable import DeviceLink

/// A device's folder as the check wants it.
func folder(at url: URL) throws -> DeviceFolder {
    var files: [String: [UInt8]] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: url.path()) {
        files[name] = try bytes(of: url.appending(path: name))
    }
    return DeviceFolder(name: url.lastPathComponent, files: files)
}

struct FolderCheckTests {
    @Test(arguments: CapturePair.devices)
    func `every folder of the shelf is complete and right`(device: String) throws {
        let report = FolderCheck.run(
            try folder(at: devicesFolder.appending(path: device)), readings: cases(10_000).count)
        #expect(report.findings.map(\.description) == [])
        #expect(report.captures >= 3)
        #expect(report.damaged > 0)
    }

    private func spoilt(_ device: String = "maibobo", _ spoil: (inout DeviceFolder) throws -> Void) throws
        -> [FolderFinding]
    {
        var folder = try folder(at: devicesFolder.appending(path: device))
        try spoil(&folder)
        return FolderCheck.run(folder, readings: 100).findings
    }

    private func replace(_ old: String, _ new: String, in file: String, of folder: inout DeviceFolder) throws {
        let text = try #require(folder.text(file))
        #expect(text.contains(old), "\(file) has no \(old)")
        folder.files[file] = Array(text.replacing(old, with: new).utf8)
    }

    @Test(arguments: FolderCheck.required) func `a file that is missing is named with how to make it`(file: String)
        throws
    {
        let findings = try spoilt { $0.files[file] = nil }
        #expect(findings.first?.file == file)
        #expect(findings.first?.problem == "is missing")
        #expect(findings.allSatisfy { !$0.hint.isEmpty })
    }

    @Test func `a capture without readings and readings without a capture are named`() throws {
        #expect(try spoilt { $0.files["stop.readings"] = nil }.map(\.file) == ["stop.readings"])
        let orphan = try spoilt { $0.files["lonely.readings"] = [] }
        #expect(orphan.map(\.description) == ["lonely.readings: has no capture beside it"])
    }

    @Test func `a heading, a device name and a grade that are wrong are named`() throws {
        #expect(
            try spoilt { try replace("## Never sent", "## Sent", in: "PROTOCOL.md", of: &$0) }.map(\.description)
                == ["PROTOCOL.md: has no `## Never sent`"])
        #expect(
            try spoilt { try replace("# device: maibobo", "# device: other", in: "good.capture", of: &$0) }
                .map(\.description) == ["good.capture:1: says device `other`, the folder is `maibobo`"])
        #expect(
            try spoilt { try replace("# grade: captured", "# grade: best", in: "good.capture", of: &$0) }
                .map(\.description) == ["good.capture:1: grade `best` is not known"])
    }

    @Test func `a profile that is wrong is named with its line and path`() throws {
        let findings = try spoilt { try replace("baud: 9600", "baud: 9", in: "profile.json5", of: &$0) }
        #expect(findings.map(\.problem) == ["line.baud: 9 is no baud rate"])
        #expect(findings.first?.line == 5)
    }

    @Test func `readings that are not what the capture gives are shown beside what it gives`() throws {
        let findings = try spoilt { try replace(#""systolic":139"#, #""systolic":140"#, in: "good.readings", of: &$0) }
        let finding = try #require(findings.first)
        #expect(finding.file == "good.readings" && finding.line != nil)
        #expect(finding.problem.contains(#""systolic":140"#) && finding.problem.contains(#""systolic":139"#))
    }

    @Test func `a frame whose check is taken away is caught by its flipped bits`() throws {
        let findings = try spoilt { folder in
            // Two flipped bits that cancel out would still be caught; no check at all is not.
            try replace(
                "check: { kind: 'xor', from: 2, to: -1, at: -1 },", "check: { kind: 'xor', from: 2, to: 3, at: 2 },",
                in: "profile.json5", of: &folder)
        }
        #expect(!findings.isEmpty)
    }

    @Test func `a reading that does not fit into its frame is caught on its way back`() throws {
        let findings = try spoilt {
            try replace("{ u8: 'hour' }", "{ u8: 'hour', plus: 200 }", in: "profile.json5", of: &$0)
        }
        #expect(!findings.isEmpty)
    }
}
