// A nurse finds 张桂芳 by three letters, zgf. Which letter a character begins with cannot be computed from its code, so there
// is a table; and one character may be read in several ways, so a name may have several answers.

/// First letters of the readings of a name.
package enum PinyinInitials {
    /// `张桂芳` → `zgf`; `单乐` → `cl cy dl dy sl sy`: every way to read it, apart by a space, in the order of the alphabet.
    ///
    /// Letters and digits stand for themselves, small; other marks and characters that nobody can read here are passed
    /// over. nil where nothing is left. A long name of many readings keeps its first `most`.
    package static func of(_ name: String) -> String? {
        var ways = [""]
        for character in name {
            let letters = readings(of: character)
            guard !letters.isEmpty else { continue }
            ways = ways.flatMap { way in letters.map { way + String($0) } }
            if ways.count > most { ways.removeLast(ways.count - most) }
        }
        return ways == [""] ? nil : ways.joined(separator: " ")
    }

    /// Our own choice: enough for three characters of two readings each, twice over.
    package static let most = 16

    private static func readings(of character: Character) -> [Character] {
        if character.isASCII { return character.isLetter || character.isNumber ? Array(character.lowercased()) : [] }
        guard let mask = letters[character] else { return [] }
        return alphabet.enumerated().filter { mask & 1 << $0.offset != 0 }.map(\.element)
    }

    private static let alphabet = Array("abcdefghijklmnopqrstuvwxyz")

    /// A bit for each letter that a reading begins with: an array each would cost megabytes for twenty thousand.
    private static let letters: [Character: UInt32] = {
        var letters: [Character: UInt32] = [:]
        for (place, letter) in alphabet.enumerated() {
            for table in [PinyinTable.characters, PinyinTable.others] {
                for character in table[letter] ?? "" { letters[character, default: 0] |= 1 << place }
            }
        }
        return letters
    }()
}
