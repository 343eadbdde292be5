// The walk-through of Devices/README.md, held against the folder it leads to, so that it stays true; and the fuzzer's
// corpus, played by every suite.
import FoundationEssentials
import Testing
import Vitals

@testable import DeviceLink

private let tests = devicesFolder.deletingLastPathComponent().appending(path: "Tests")
private let example = tests.appending(path: "Examples/example-ts1")

struct ExampleTests {
    @Test func `the worked example is a folder as complete as any on the shelf`() throws {
        let report = FolderCheck.run(try folder(at: example), readings: cases(10_000).count)
        #expect(report.findings.map(\.description) == [])
        #expect(report.roundTrips > cases(10_000).count / 2)
    }

    @Test func `every line the walk-through shows stands in the example`() throws {
        let readme = try text(of: devicesFolder.appending(path: "README.md"))
        let start = try #require(readme.firstRange(of: "## Adding one"))
        let files = try folder(at: example).files.values.map { String(decoding: $0, as: UTF8.self) }
        let blocks = String(readme[start.lowerBound...]).split(separator: "```", omittingEmptySubsequences: false)
        var shown = 0
        // Every second piece stands between two fences.
        for (index, block) in blocks.enumerated() where index % 2 == 1 {
            for line in block.split(separator: "\n").dropFirst(block.hasPrefix("json5") ? 1 : 0)
            where !line.hasPrefix("healthhut ") && !line.hasPrefix("ls ") {
                #expect(files.contains { $0.contains(line + "\n") }, "\(line)")
                shown += 1
            }
        }
        #expect(shown >= 6)
    }
}

struct CorpusTests {
    private static let inputs =
        (try? FileManager.default.contentsOfDirectory(atPath: tests.appending(path: "Corpus").path())) ?? []

    @Test func `there is a corpus, and it is small`() throws {
        #expect(CorpusTests.inputs.count > 20)
        let size = try CorpusTests.inputs.reduce(0) { try $0 + bytes(of: tests.appending(path: "Corpus/\($1)")).count }
        #expect(size < 512_000)
    }

    /// The number of a profile changes when the shelf grows: so each input is played to all.
    @Test(arguments: CapturePair.devices)
    func `what the fuzzer found once breaks no device any more`(device: String) throws {
        let fuzzed = FuzzedDevice(name: device, profile: try profile(device))
        for input in CorpusTests.inputs {
            let bytes = try bytes(of: tests.appending(path: "Corpus/\(input)"))
            guard bytes.count > 2 else { continue }
            #expect(fuzzed.failure(of: Array(bytes[2...]), cut: Int(bytes[1])) == nil, "\(input)")
        }
    }
}
