// What makes a device folder complete and right: the one definition that `healthhut devices test` and the suite share.
// A folder is given as names and bytes, so that it may lie anywhere on a disk; nothing here reads a file.
import Vitals

/// A device's folder, read.
package struct DeviceFolder: Hashable, Sendable {
    /// `<maker>-<model>`, the last part of its path.
    package var name: String
    package var files: [String: [UInt8]]
    /// The names of what lies there and is no regular file: a folder, a pipe. Nobody has opened it.
    package var others: [String]

    package init(name: String, files: [String: [UInt8]], others: [String] = []) {
        (self.name, self.files, self.others) = (name, files, others)
    }

    func text(_ file: String) -> String? { files[file].map { String(decoding: $0, as: UTF8.self) } }

    /// The names of the captures without their ending, in order.
    var captures: [String] { names(endingIn: ".capture") }

    func names(endingIn ending: String) -> [String] {
        files.keys.filter { $0.hasSuffix(ending) }.map { String($0.dropLast(ending.count)) }.sorted()
    }
}

/// One thing that is missing or wrong in a device's folder.
package struct FolderFinding: Error, Hashable, Sendable {
    /// The file in the folder.
    package var file: String
    package var line: Int?
    package var problem: String
    package var hint: String

    init(_ file: String, line: Int? = nil, _ problem: String, hint: String) {
        (self.file, self.line, self.problem, self.hint) = (file, line, problem, hint)
    }
}

extension FolderFinding: CustomStringConvertible {
    /// `good.readings:3: what is wrong`.
    package var description: String { "\(file)\(line.map { ":\($0)" } ?? ""): \(problem)" }
}

/// What came of examining a folder.
package struct FolderReport: Sendable {
    /// nil when the profile itself is wrong.
    package var profile: DeviceProfile?
    /// In the order in which they should be mended; empty when the device is supported.
    package var findings: [FolderFinding] = []
    /// Captures played, damaged frames played, frames and readings turned into bytes and back.
    package var captures = 0, damaged = 0, roundTrips = 0

    mutating func find(_ finding: FolderFinding) { findings.append(finding) }
}

/// Examines a folder as the suite does.
package struct FolderCheck: Sendable {
    /// What every folder holds.
    package static let required = ["profile.json5", "PROTOCOL.md", "good.capture", "error.capture", "torn.capture"]
    /// What every PROTOCOL.md says.
    package static let headings = ["## On the wire", "## How each fact is known", "## Never sent", "## Not known"]
    /// Where the bytes of a capture may come from.
    package static let grades = ["captured", "quoted", "composed", "ran"]

    private let folder: DeviceFolder
    private var report = FolderReport()

    private init(_ folder: DeviceFolder) { self.folder = folder }

    /// - Parameter readings: seeded readings for the round trip.
    package static func run(_ folder: DeviceFolder, readings: Int = 10_000) -> FolderReport {
        var check = FolderCheck(folder)
        check.regularity()
        check.completeness()
        check.notes()
        guard let profile = check.profile() else { return check.report }
        let captures = check.load()
        for capture in captures { check.play(capture, of: profile) }
        let proof = CaptureProof(
            profile, captures.reduce(into: [:]) { $0[$1.name] = $1.capture })
        check.report.findings += proof.findings
        // A damaged frame means nothing where the whole ones are not understood.
        guard check.report.findings.isEmpty else { return check.report }
        let damage = DamageCheck(profile, captures.map { ($0.name, $0.capture) })
        check.report.damaged = damage.played
        check.report.findings += damage.findings
        let trips = RoundTripCheck(profile, captures.map { ($0.name, $0.capture) }, readings: readings)
        check.report.roundTrips = trips.made
        check.report.findings += trips.findings
        return check.report
    }

    private struct Capture {
        var name: String
        var capture: CaptureFile
        var expected: [String]
    }

    private mutating func regularity() {
        for name in folder.others {
            report.find(
                FolderFinding(name, "is no regular file", hint: "put the file itself here, or take this away"))
        }
    }

    private mutating func completeness() {
        for file in FolderCheck.required where folder.files[file] == nil && !folder.others.contains(file) {
            report.find(FolderFinding(file, "is missing", hint: FolderCheck.howToMake(file)))
        }
        for name in folder.captures where folder.files["\(name).readings"] == nil {
            report.find(
                FolderFinding(
                    "\(name).readings", "is missing", hint: FolderCheck.howToMake("\(name).readings", folder.name)))
        }
        for name in folder.names(endingIn: ".readings") where folder.files["\(name).capture"] == nil {
            report.find(
                FolderFinding(
                    "\(name).readings", "has no capture beside it", hint: "add \(name).capture, or remove this file"))
        }
    }

    private static func howToMake(_ file: String, _ device: String = "NAME") -> String {
        switch file {
        case "profile.json5": "copy the profile of a device with a similar frame, then change part after part"
        case "PROTOCOL.md": "write it first: \(headings.joined(separator: ", ")); what you do not know is `??`"
        case "good.capture": "record a whole measurement, or compose it from the manual: healthhut record --help"
        case "error.capture": "the frame of every error code the manual lists, one a line"
        case "torn.capture": "copy a good frame and cut it, then let a whole one follow"
        default:
            "healthhut decode \(device) \(file.dropLast(9)).capture --devices FOLDER/.. > \(file), then read each line"
                + " against the manual"
        }
    }

    private mutating func notes() {
        guard let notes = folder.text("PROTOCOL.md") else { return }
        let lines = notes.split(omittingEmptySubsequences: false) { $0.isNewline }
        for heading in FolderCheck.headings {
            let place = lines.firstIndex { $0 == heading }
            let below = place.map { lines[($0 + 1)...].prefix { !$0.hasPrefix("## ") } }
            guard below?.contains(where: { $0.contains { !$0.isWhitespace } }) != true else { continue }
            report.find(
                FolderFinding(
                    "PROTOCOL.md", line: place.map { $0 + 1 },
                    place == nil ? "has no `\(heading)`" : "has no text below `\(heading)`",
                    hint: (place == nil ? "add the heading, and " : "write what is known, or ")
                        + "`??` below it if nothing is known"))
        }
    }

    private mutating func profile() -> DeviceProfile? {
        guard let bytes = folder.files["profile.json5"] else { return nil }
        do {
            let profile = try DeviceProfile.load(json5: bytes, file: "profile.json5")
            report.profile = profile
            return profile
        } catch {
            let place = error.path.isEmpty ? "" : "\(error.path): "
            report.find(
                FolderFinding("profile.json5", line: error.line, place + error.problem, hint: error.hint))
            return nil
        }
    }

    private mutating func load() -> [Capture] {
        var loaded: [Capture] = []
        for name in folder.captures {
            let file = "\(name).capture"
            do throws(CaptureError) {
                let capture = try CaptureFile(folder.text(file) ?? "")
                header(capture, file)
                guard let readings = folder.text("\(name).readings") else { continue }
                loaded.append(
                    Capture(name: name, capture: capture, expected: readings.split(separator: "\n").map(String.init)))
            } catch {
                report.find(FolderFinding(file, line: error.line, error.problem, hint: error.hint))
            }
        }
        return loaded
    }

    private mutating func header(_ capture: CaptureFile, _ file: String) {
        let said = capture.header.first { $0.key == "device" }?.value ?? ""
        if said != folder.name {
            report.find(
                FolderFinding(
                    file, line: 1, "says device `\(said)`, the folder is `\(folder.name)`",
                    hint: "write `# device: \(folder.name)`"))
        }
        let grade = capture.header.first { $0.key == "grade" }?.value ?? ""
        if !FolderCheck.grades.contains(grade) {
            report.find(
                FolderFinding(
                    file, line: 1, "grade `\(grade)` is not known",
                    hint: "one of \(FolderCheck.grades.joined(separator: ", ")): Devices/README.md, *A capture*"))
        }
    }

    /// As it was cut, byte by byte, and all at once.
    private mutating func play(_ capture: Capture, of profile: DeviceProfile) {
        report.captures += 1
        let pieces = capture.capture.pieces.filter { $0.direction == .fromDevice }.map(\.bytes)
        let found = DecodeReport.whole(pieces, of: profile)
        compare(found.lines, with: capture, "as it is cut in the file")
        let ways = [
            ("byte by byte", capture.capture.deviceBytes.map { [$0] }), ("all at once", [pieces.flatMap(\.self)]),
        ]
        for (way, pieces) in ways {
            let again = DecodeReport.whole(pieces, of: profile)
            guard found.lines == capture.expected, again.lines == found.lines else {
                if found.lines == capture.expected { compare(again.lines, with: capture, way) }
                continue
            }
            if again.tally != found.tally {
                report.find(
                    FolderFinding(
                        "\(capture.name).capture", "counts other frames or noise when it comes \(way)",
                        hint: "where a frame ends must not depend on how the line cuts it: look at `frames`"))
            }
        }
    }

    private mutating func compare(_ lines: [String], with capture: Capture, _ way: String) {
        guard lines != capture.expected else { return }
        let same = zip(lines, capture.expected).prefix { $0 == $1 }.count
        let gives = same < lines.count ? lines[same] : "nothing more"
        let wants = same < capture.expected.count ? capture.expected[same] : "nothing more"
        report.find(
            FolderFinding(
                "\(capture.name).readings", line: same + 1,
                "says \(wants); the capture, played \(way), gives \(gives)",
                hint: "which of the two does the manual say? Mend the profile, or the readings"))
    }
}

extension DecodeReport {
    /// Everything that pieces of a stream give, and what became of their bytes.
    package static func whole(_ pieces: [[UInt8]], of profile: DeviceProfile) -> (lines: [String], tally: Tally) {
        var report = DecodeReport(profile: profile)
        var lines: [String] = []
        for piece in pieces { lines += report.feed(piece) }
        lines += report.finish()
        return (lines, report.tally)
    }
}
