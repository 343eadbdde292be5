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

    /// Four header lines and nothing below them.
    private static let empty = Array("# device: maibobo\n# source: nobody\n# grade: composed\n# about: nothing\n".utf8)

    @Test func `captures that show nothing are named`() throws {
        let findings = try spoilt {
            for name in ["good", "error", "torn"] {
                ($0.files["\(name).capture"], $0.files["\(name).readings"]) = (FolderCheckTests.empty, [])
            }
        }
        #expect(
            findings.map(\.description) == [
                "good.capture: gives no value",
                "error.capture: gives no fault, no missing value and no doubtful sample",
                "torn.capture: holds no torn bytes: everything in it is understood",
                "error.capture: has the same bytes as good.capture", "torn.capture: has the same bytes as good.capture",
            ])
    }

    @Test(arguments: ["error", "torn"]) func `a copy of the good capture is neither an error nor torn`(name: String)
        throws
    {
        let findings = try spoilt { folder in
            for ending in ["capture", "readings"] { folder.files["\(name).\(ending)"] = folder.files["good.\(ending)"] }
        }
        #expect(findings.map(\.description).contains("\(name).capture: has the same bytes as good.capture"))
        #expect(findings.allSatisfy { $0.file == "\(name).capture" && !$0.hint.isEmpty })
    }

    @Test func `a heading with nothing below it is named`() throws {
        let findings = try spoilt {
            $0.files["PROTOCOL.md"] = Array(
                ("# A device\n\n" + FolderCheck.headings.joined(separator: "\n\n") + "\n").utf8)
        }
        #expect(findings.map(\.problem) == FolderCheck.headings.map { "has no text below `\($0)`" })
        #expect(findings.map(\.line) == [3, 5, 7, 9])
    }

    @Test func `what is no regular file is named once`() throws {
        let findings = try spoilt {
            $0.files["torn.capture"] = nil
            $0.files["torn.readings"] = nil
            $0.others = ["torn.capture"]
        }
        #expect(findings.map(\.description) == ["torn.capture: is no regular file"])
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
