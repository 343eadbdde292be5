// A file that leaves the hut is whole or not there; and readers of it that know nothing of how the hut writes it.

import Foundation
import Settings
import Testing

@testable import healthhut

@Suite struct `A file that leaves the hut` {
    @Test func `a file that cannot be written leaves nothing behind, and one that was left half is no obstacle`()
        async throws
    {
        try await onThread {
            let folder = try Folder()
            let path = "\(folder.path)/sheet.csv"
            _ = try folder.write("sheet.csv.part", "half")
            try writeWhole(path, Array("whole\r\n".utf8))
            try writeWhole(path, Array("newer\r\n".utf8))
            #expect(try String(contentsOfFile: path, encoding: .utf8) == "newer\r\n")
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["sheet.csv"])
            // A folder stands where the file should.
            try FileManager.default.createDirectory(atPath: "\(folder.path)/taken", withIntermediateDirectories: true)
            let refused = #expect(throws: CommandError.self) { try writeWhole("\(folder.path)/taken", [1]) }
            #expect(refused?.status == 73)
            #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/taken.part"))
            #expect(throws: CommandError.self) { try writeWhole("\(folder.path)/none/sheet.csv", [1]) }
            guard let disk = SmallDisk(folder, at: "disk") else { return }
            try disk.fill()
            #expect(throws: CommandError.self) {
                try writeWhole("\(disk.path)/sheet.csv", [UInt8](repeating: 65, count: 100_000))
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: disk.path) == ["ballast"])
        }
    }
}

/// A CSV file as RFC 4180 has it, read by two readers that know nothing of the writer.
enum CSVFile {
    static func rows(_ path: String) throws -> [[String]] {
        let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
        var (rows, row, field, isQuoted) = ([[String]](), [String](), "", false)
        var scalars = Array(text.unicodeScalars)[...]
        #expect(scalars.popFirst() == "\u{FEFF}")
        while let scalar = scalars.popFirst() {
            switch scalar {
            case "\"" where isQuoted && scalars.first == "\"":
                field.unicodeScalars.append("\"")
                scalars.removeFirst()
            case "\"": isQuoted.toggle()
            case "," where !isQuoted:
                row.append(field)
                field = ""
            case "\r" where !isQuoted && scalars.first == "\n":
                scalars.removeFirst()
                rows.append(row + [field])
                (row, field) = ([], "")
            default: field.unicodeScalars.append(scalar)
            }
        }
        #expect(row.isEmpty && field.isEmpty && !isQuoted, "the last line has its end")
        return rows
    }

    /// As Python's own module reads it; nil where there is no Python.
    static func rowsByPython(_ path: String) throws -> [[String]]? {
        let python = "/usr/bin/python3"
        guard FileManager.default.isExecutableFile(atPath: python) else { return nil }
        let script =
            "import csv,sys;[print(chr(31).join(r)) for r in csv.reader(open(sys.argv[1],encoding='utf-8-sig',newline=''))]"
        let (process, out) = (Process(), Pipe())
        process.executableURL = URL(fileURLWithPath: python)
        process.arguments = ["-X", "utf8", "-c", script, path]
        process.standardOutput = out
        try process.run()
        let text = String(decoding: out.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return text.split(separator: "\n").map {
            $0.split(separator: "\u{1F}", omittingEmptySubsequences: false).map(String.init)
        }
    }
}
