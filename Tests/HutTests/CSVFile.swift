// Readers of spreadsheets' files that know nothing of how the hut writes them.

import Foundation
import Testing

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
