// A call sheet for a spreadsheet: RFC 4180 with a byte order mark, because spreadsheets guess the encoding otherwise. What a
// resident or a clerk once typed must not become a formula in a nurse's spreadsheet.

import Vitals

extension CallSheet {
    /// The sheet as CSV: one line of headings, then one a resident; lines end with CR LF.
    package func csv(_ language: Language) -> String {
        let heads = CSVWords.heads[language].split(separator: ",").map(String.init)
        let lines = rows.map { row in
            let readings = (0..<3).map { row.lastReadings.indices.contains($0) ? row.lastReadings[$0] : "" }
            let known: [String?] = [
                String(row.line.number), row.hutNumber, row.name, StaffWords.sex(row.sex, language),
                row.age.map(String.init), row.phone, row.building, row.why[language], row.due?.iso,
            ]
            return known.map { $0 ?? "" } + readings
        }
        return "\u{FEFF}" + ([heads] + lines).map { CSV.line($0) }.joined()
    }
}

/// Comma-separated values as RFC 4180 has them.
enum CSV {
    /// One line with its end.
    static func line(_ fields: [String]) -> String { fields.map(field).joined(separator: ",") + "\r\n" }

    /// A field in quotes where it must be; one that a spreadsheet would take for a formula begins with an apostrophe.
    private static func field(_ text: String) -> String {
        let beginsFormula = text.unicodeScalars.first.map { "=+-@\t\r\n＝＋－＠".unicodeScalars.contains($0) } ?? false
        let safe = beginsFormula ? "'" + text : text
        let mustQuote = safe.unicodeScalars.contains { ",\"\r\n".unicodeScalars.contains($0) }
        guard mustQuote else { return safe }
        var quoted = "\""
        for scalar in safe.unicodeScalars {
            if scalar == "\"" { quoted.unicodeScalars.append("\"") }
            quoted.unicodeScalars.append(scalar)
        }
        return quoted + "\""
    }
}

private enum CSVWords {
    static let heads = LocalizedText(
        "行,小屋号,姓名,性别,年龄,电话,楼,为什么,期限,最近,前一次,再前一次",
        en: "line,hut number,name,sex,age,telephone,building,why,due,latest,before,before that")
}
