// The rules of the house that a compiler does not check: who imports what, how long a file is, and that the documents
// name what is there.

import Foundation
import Testing

/// The root of the checkout.
private let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

/// Who may import what, as ARCHITECTURE.md has it: target by target. A hop knows the shared words and nothing of another
/// hop.
private let mayImport: [String: Set<String>] = {
    guard let text = try? String(contentsOf: root.appendingPathComponent("ARCHITECTURE.md"), encoding: .utf8) else {
        return [:]
    }
    var table: [String: Set<String>] = [:]
    for row in text.split(separator: "\n") where row.hasPrefix("| `") {
        let cells = row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        guard cells.count == 3 else { continue }
        let target = cells[0].trimmingCharacters(in: ["`"])
        table[target] = Set(cells[1].components(separatedBy: ", ").filter { $0 != "–" })
    }
    return table
}()

/// What only one file may touch: a C library, or an interface of the system. The word, and the file.
private let oneFileOnly: [(word: String, file: String)] = [
    ("import CSerialPort", "SerialLine/SerialPort.swift"), ("import CSQLite", "Ledger/SQLite.swift"),
    ("import CCrypt", "Ledger/Passwords.swift"), ("import CEpoll", "SerialLine/Readiness.swift"),
    ("inotify_init1(", "SerialLine/PortWatch.swift"),
    ("clock_gettime(", "healthhut/HutClock.swift"), ("tcsetattr(", "healthhut/Terminal.swift"),
    ("getenv(", "healthhut/Environment.swift"), ("iconv_open(", "healthhut/CharacterSets.swift"),
    ("import FoundationNetworking", "healthhut-upload/DistrictClient.swift"),
]

private struct Source {
    var target: String
    var path: String
    var lines: [Substring]
}

private let sources = files(in: "Sources")
private let tests = files(in: "Tests")

private func files(in name: String) -> [Source] {
    let folder = root.appendingPathComponent(name)
    let names = (FileManager.default.enumerator(atPath: folder.path)?.allObjects as? [String] ?? [])
    return names.filter { $0.hasSuffix(".swift") }.sorted().compactMap { path in
        guard let text = try? String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8),
            let target = path.split(separator: "/").first
        else { return nil }
        return Source(
            target: String(target), path: path, lines: text.split(separator: "\n", omittingEmptySubsequences: false))
    }
}

@Suite struct ShapeTests {
    @Test func `every import stands in the table of who may import whom`() throws {
        try #require(sources.count > 50)
        for source in sources {
            let allowed = try #require(mayImport[source.target], "\(source.target) has no row in the table")
            for (number, line) in source.lines.enumerated() {
                let words = line.split(separator: " ")
                guard let place = words.firstIndex(of: "import"), place <= 1, words.count > place + 1 else { continue }
                let kinds: Set<Substring> = ["struct", "func", "enum", "class", "typealias", "protocol"]
                let module = kinds.contains(words[place + 1]) ? words[place + 2] : words[place + 1]
                let name = String(module.prefix { $0 != "." })
                #expect(allowed.contains(name), "\(source.path):\(number + 1) may not import \(name)")
            }
        }
    }

    @Test func `each C library and each interface of the system is touched by one file`() {
        for (word, file) in oneFileOnly {
            let users = sources.filter { $0.lines.contains { line in !line.isComment && line.contains(word) } }
            #expect(users.map(\.path).allSatisfy { $0 == file }, "\(word) in \(users.map(\.path)), belongs in \(file)")
        }
    }

    @Test func `nothing in the sources can stop the program on input`() {
        let forbidden = ["try!", " as! ", "fatalError(", "preconditionFailure(", "nonisolated(unsafe)", "print("]
        for source in sources {
            for (number, line) in source.lines.enumerated() where !line.isComment {
                for word in forbidden where line.contains(word) && !line.contains("\"\(word)") {
                    #expect(Bool(false), "\(source.path):\(number + 1) has \(word)")
                }
            }
        }
    }

    @Test func `unchecked sendability is proved in words above it`() {
        for source in sources + tests where source.target != "ShapeTests" {
            for (number, line) in source.lines.enumerated()
            where !line.isComment && line.contains("@unchecked Sendable") {
                let above = source.lines[max(0, number - 8)..<number]
                #expect(
                    above.contains { $0.isComment && $0.contains("@unchecked Sendable") },
                    "\(source.path):\(number + 1) has no proof")
            }
        }
    }

    @Test func `every file opens with the problem it solves, and fits a sitting`() throws {
        try #require(tests.count > 100)
        for source in sources + tests {
            #expect(source.lines.first?.hasPrefix("//") == true, "\(source.path) does not say why it exists")
            let saysWhyLong = source.lines.prefix(20).contains { $0.lowercased().contains("longer than") }
            #expect(source.lines.count <= 301 || saysWhyLong, "\(source.path) has \(source.lines.count) lines")
        }
    }

    @Test func `the top level holds what the customer fixed and root documents`() throws {
        let allowed: Set<String> = ["Package.swift", "Sources", "Tests", "Devices", "Provisioning", "LICENSE"]
        for name in try FileManager.default.contentsOfDirectory(atPath: root.path) {
            #expect(allowed.contains(name) || name.hasPrefix(".") || name.hasSuffix(".md"), "\(name) at the top level")
        }
    }

    @Test func `every test that HAZARDS names is there`() throws {
        let named = tests.filter { $0.path.hasSuffix("Tests.swift") }
        let written = named.flatMap(\.lines).joined(separator: "\n")
        let text = try String(contentsOf: root.appendingPathComponent("HAZARDS.md"), encoding: .utf8)
        let rows = text.split(separator: "\n").filter { $0.hasPrefix("| H-") }
        try #require(rows.count > 40 && !written.isEmpty)
        for row in rows {
            let proofs = row.components(separatedBy: " | ").last ?? ""
            // Every second piece stands between two stars; a name that is cut ends with an ellipsis.
            let names = proofs.components(separatedBy: "*").enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
            #expect(!names.isEmpty || proofs.contains("row") || proofs.contains("golden"), "\(row.prefix(6))")
            for name in names {
                let words = name.hasSuffix("…") ? String(name.dropLast()) : name
                let isThere = written.contains(words) || named.contains { $0.path.hasSuffix("/\(words).swift") }
                #expect(isThere, "\(row.prefix(6)) names '\(name)'")
            }
        }
    }
}

extension Substring {
    fileprivate var isComment: Bool { drop { $0 == " " }.hasPrefix("//") }
}
