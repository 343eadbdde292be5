// Two characters of an older file can be two letters of UTF-8: 石伟 in GB18030 is ʯΰ, and nothing is wrong with its bytes.
// Only the letters tell: nobody in a neighbourhood's roster is written with them.

/// A name that may be another one in the other encoding.
struct StrangeName: Hashable, Sendable {
    var line: Int
    var name: String
}

/// Knows letters that no roster has.
enum RosterLetters {
    /// Whether a name has a letter outside of Chinese, ASCII and Latin with marks, or is of marked letters only.
    static func isStrange(_ name: String) -> Bool {
        let scalars = name.unicodeScalars
        let hasPlain = scalars.contains { $0.isHan || ($0.isASCII && $0.properties.isAlphabetic) }
        return scalars.contains { !isUsual($0) || (!hasPlain && isMarkedLatin($0)) }
    }

    /// Reads cells of text as GB18030 where each one of the file that has such letters is common Chinese when read so;
    /// where one is not, all stay as they are.
    ///
    /// - Parameter columns: the name of each cell of a row.
    static func readAsOlder(_ rows: inout [RosterRows.Row], _ columns: [String]) {
        var strange: [(row: Int, cell: Int)] = []
        for (row, cells) in rows.enumerated().dropFirst() {
            for (cell, column) in zip(cells.cells.indices, columns)
            where texts.contains(column) && isStrange(cells.cells[cell].text) { strange.append((row, cell)) }
        }
        guard strange.allSatisfy({ rows[$0.row].cells[$0.cell].older != nil }) else { return }
        for (row, cell) in strange {
            let read = rows[row].cells[cell]
            rows[row].cells[cell].written = read.written ?? read.text
            rows[row].cells[cell].text = read.older ?? read.text
            rows[row].cells[cell].isOtherEncoding = true
        }
    }

    /// Columns whose letters are looked at; medicines have Greek ones of right.
    private static let texts: Set<String> = ["name", "building", "team"]

    private static func isUsual(_ scalar: Unicode.Scalar) -> Bool {
        // Full-width forms are made plain later.
        if (0xFF01...0xFF5E).contains(scalar.value) { return true }
        return switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark:
            scalar.isASCII || scalar.isHan || isMarkedLatin(scalar)
        case .otherNumber, .currencySymbol, .mathSymbol, .modifierSymbol, .otherSymbol: scalar.isASCII
        default: true
        }
    }

    private static func isMarkedLatin(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0xD7, 0xF7: false
        case 0xC0...0x24F, 0x1E00...0x1EFF: true
        default: false
        }
    }
}
