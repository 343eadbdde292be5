// What other people's programs and hands do to a roster: full-width digits, blanks inside names, a pronunciation written
// behind each character, a date as it is spoken, a zero that a spreadsheet took away. Each is put right in one way, and
// each time it is said: nothing is changed that the preview does not show.

import Vitals

/// Why a cell is not taken as it was written.
enum RosterRepair: String, Hashable, Sendable, CaseIterable {
    case strayBytes = "bytes that are no character, left out"
    case otherEncoding = "written in the other encoding"
    case invisible = "invisible characters, left out"
    case fullWidth = "full-width letters and digits, made plain"
    case blanks = "blanks, left out"
    case pinyin = "pinyin behind the characters, left out"
    case date = "a date in another notation"
    case word = "a word in another notation"
    case quotes = "quotation marks that close before the cell ends, left out"
    case twice = "a word that stands twice, taken once"
    case spreadsheet = "a number as a spreadsheet writes it"
    case zeros = "zeros in front, as the hut's roster has them"
}

/// A cell as it will be taken, and why it differs from what was written.
struct CleanedCell: Hashable, Sendable {
    var text: String
    var repairs: [RosterRepair] = []

    /// Takes a new text and remembers why, when it is another one.
    mutating func become(_ new: String, _ repair: RosterRepair) {
        guard new != text else { return }
        text = new
        if !repairs.contains(repair) { repairs.append(repair) }
    }
}

enum RosterCleaning {
    /// A cell of a column, put right where there is one way to do so.
    static func clean(_ cell: RosterCell, column: String) -> CleanedCell {
        var cleaned = CleanedCell(text: cell.text)
        if cell.strayBytes > 0 { cleaned.repairs.append(.strayBytes) }
        if cell.isBadlyQuoted { cleaned.repairs.append(.quotes) }
        if cell.isOtherEncoding { cleaned.repairs.append(.otherEncoding) }
        cleaned.become(withoutInvisible(cleaned.text), .invisible)
        switch column {
        case "medicines": break
        default: cleaned.become(plain(cleaned.text), .fullWidth)
        }
        cleaned.become(cleaned.text.trimmedBlanks, .blanks)
        switch column {
        case "name":
            cleaned.become(withoutPinyin(cleaned.text), .pinyin)
            cleaned.become(withoutBlanksBetweenHan(cleaned.text), .blanks)
        case "number", "phone":
            cleaned.become(cleaned.text.filter { $0 != " " }, .blanks)
            cleaned.become(withoutFraction(cleaned.text), .spreadsheet)
        case "id_number":
            cleaned.become(cleaned.text.filter { $0 != " " }, .blanks)
            cleaned.become(cleaned.text.uppercased(), .word)
        case "birth_date": cleaned.become(isoDate(cleaned.text), .date)
        case "sex": cleaned.become(sexes[cleaned.text.lowercased()] ?? cleaned.text, .word)
        case "conditions":
            let words = conditions(cleaned.text)
            cleaned.become(words.joined(separator: ";"), .word)
            var seen: Set<String> = []
            cleaned.become(words.filter { seen.insert($0).inserted }.joined(separator: ";"), .twice)
        default: break
        }
        return cleaned
    }

    /// Without format and control characters: zero-width blanks, direction marks, a byte-order mark inside the file.
    private static func withoutInvisible(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.properties.generalCategory != .format }))
    }

    /// Full-width letters, digits, brackets and blanks as plain ones; marks of the Chinese language stay.
    private static func plain(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x3000, 0x00A0: scalars.append(" ")
            case 0xFF10...0xFF19, 0xFF21...0xFF3A, 0xFF41...0xFF5A, 0xFF08, 0xFF09, 0xFF0D, 0xFF0E, 0xFF0F:
                scalars.append(Unicode.Scalar(UInt8(scalar.value - 0xFEE0)))
            default: scalars.append(scalar)
            }
        }
        return String(scalars)
    }

    /// `张 桂芳` → `张桂芳`; a blank beside a letter stays: `Maria Lopez`.
    private static func withoutBlanksBetweenHan(_ name: String) -> String {
        let isAllHan = name.unicodeScalars.allSatisfy { $0.isHan || $0 == " " || $0 == "·" }
        return isAllHan ? name.filter { $0 != " " } : name
    }

    // MARK: dates and words

    /// `13900000000.0` as `13900000000`.
    private static func withoutFraction(_ text: String) -> String {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, parts[0].utf8.allSatisfy({ (48...57).contains($0) }),
            !parts[1].isEmpty, parts[1].allSatisfy({ $0 == "0" })
        else { return text }
        return String(parts[0])
    }

    /// `1944-03-02` of `1944/3/2`, `1944.3.2`, `19440302`, `1944年3月2日` and `1944-03-02 00:00:00`; anything else as it
    /// is, also with another time of the day.
    private static func isoDate(_ written: String) -> String {
        let halves = written.split(separator: " ", maxSplits: 1)
        let isMidnight = halves.count == 2 && halves[1].contains(":") && halves[1].allSatisfy { "0:.".contains($0) }
        let text = isMidnight ? String(halves[0]) : written
        let isPacked = text.utf8.count == 8 && text.utf8.allSatisfy { (48...57).contains($0) }
        let parts =
            isPacked
            ? [text.prefix(4), text.dropFirst(4).prefix(2), text.suffix(2)]
            : text.split(whereSeparator: { "-/.年月日".contains($0) })
        guard parts.count == 3, parts[0].count == 4, let year = Int(parts[0]), let month = Int(parts[1]),
            let day = Int(parts[2]), let date = LocalDay(year: year, month: month, day: day)
        else { return written }
        return date.iso
    }

    private static let sexes = ["女": "female", "男": "male", "f": "female", "m": "male", "女性": "female", "男性": "male"]

    /// Conditions in Chinese words and with Chinese marks between them.
    private static func conditions(_ text: String) -> [String] {
        text.split(whereSeparator: { ";；，、,".contains($0) })
            .map { String($0).trimmedBlanks }
            .map { word in conditionWords[word]?.rawValue ?? word }
            .filter { !["无", "無", "没有", "-", "none"].contains($0) }
    }

    private static let conditionWords: [String: Condition] = [
        "高血压": .hypertension, "高血壓": .hypertension, "糖尿病": .diabetes, "2型糖尿病": .diabetes, "慢阻肺": .copd, "慢阻肺病": .copd,
        "慢性肾病": .kidneyDisease, "房颤": .af, "怀孕": .pregnant, "哺乳": .lactating,
    ]

    // MARK: pinyin

    /// A name without what says how it is spoken: `张zhāng桂guì芳fāng`, `张桂芳(zhang gui fang)` → `张桂芳`. A single letter
    /// behind a name tells two people of the same name apart (`张伟B`) and stays.
    private static func withoutPinyin(_ name: String) -> String {
        guard let first = name.unicodeScalars.first, first.isHan else { return name }
        var kept = String.UnicodeScalarView()
        var run = String.UnicodeScalarView()
        func endRun() {
            if !Pinyin.isSpelling(String(run)) { kept.append(contentsOf: run) }
            run = String.UnicodeScalarView()
        }
        for scalar in name.unicodeScalars {
            if scalar.isHan || scalar == "·" {
                endRun()
                kept.append(scalar)
            } else {
                run.append(scalar)
            }
        }
        endRun()
        let han = kept.count { $0.isHan }
        return han >= 2 ? String(kept) : name
    }
}

/// How Chinese is spelt in Latin letters (ISO 7098): enough to know a spelling from a name.
enum Pinyin {
    private static let initials = [
        "zh", "ch", "sh", "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x", "r", "z", "c", "s", "y",
        "w",
        "",
    ]
    private static let finals = [
        "iang", "iong", "uang", "ang", "eng", "ing", "ong", "iao", "ian", "uai", "uan", "ai", "ei", "ao", "ou", "an",
        "en",
        "er", "ia", "ie", "iu", "in", "ua", "uo", "ui", "un", "ue", "ve", "a", "o", "e", "i", "u", "v",
    ]
    private static let toned: [Character: Character] = Dictionary(
        uniqueKeysWithValues: [
            ("a", "āáǎà"), ("o", "ōóǒò"), ("e", "ēéěè"), ("i", "īíǐì"), ("u", "ūúǔù"), ("v", "ǖǘǚǜü"),
        ].flatMap { plain, marked in marked.map { ($0, Character(plain)) } })

    /// Whether a piece of text is nothing but syllables: with or without tones, blanks, apostrophes and brackets. One
    /// letter without a tone is none.
    static func isSpelling(_ text: String) -> Bool {
        let hasTone = text.contains { toned[$0] != nil }
        let words = text.lowercased().split(whereSeparator: { " '’()[]12345".contains($0) })
        // Brackets whose content is gone go too.
        guard !words.isEmpty else { return text.contains { "()[]".contains($0) } }
        let letters = words.map { String($0.map { toned[$0] ?? $0 }) }
        // The longest spelling of a name is far below this; no cell may keep us busy.
        guard text.count <= 40 else { return false }
        return letters.allSatisfy { isSyllables($0[...]) } && (hasTone || letters.joined().count >= 2)
    }

    private static func isSyllables(_ text: Substring) -> Bool {
        guard !text.isEmpty else { return true }
        for initial in initials where text.hasPrefix(initial) {
            let rest = text.dropFirst(initial.count)
            for final in finals where rest.hasPrefix(final) && isSyllables(rest.dropFirst(final.count)) { return true }
        }
        return false
    }
}
