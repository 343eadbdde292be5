// The roster as a spreadsheet saves it: CSV by RFC 4180, whose header names the columns. A line becomes a resident with
// everything that was put right on the way, or a mistake that is named with its line. What a line says of a person is
// never repeated in a message.

import Ledger
import Vitals

/// A line that cannot be taken, or a file that cannot.
struct RosterMistake: Error, Hashable, Sendable {
    var line: Int
    var what: String
}

/// One cell that is taken otherwise than it was written.
struct CellChange: Hashable, Sendable {
    var line: Int
    var column: String
    /// As written.
    var before: String
    var after: String
    var repairs: [RosterRepair]
}

/// One line of a roster, understood.
struct RosterLine: Hashable, Sendable {
    var line: Int
    var resident: Resident
    /// Of the column `id_number`: kept as a keyed digest only.
    var card: CardNumber?
}

/// Reads rosters.
enum RosterFile {
    static let columns = [
        "number", "name", "sex", "birth_date", "phone", "building", "conditions", "medicines", "team", "id_number",
    ]

    /// What a file says.
    struct Roster: Hashable, Sendable {
        /// SHA-256 of the whole file.
        var digest: [UInt8]
        var encoding: RosterRows.Encoding
        var lines: [RosterLine] = []
        var changes: [CellChange] = []
        /// Lines that stay out.
        var mistakes: [RosterMistake] = []
        /// Names in letters that no roster has, by their lines.
        var strangeNames: [StrangeName] = []
        /// The columns it has; of the others it says nothing.
        var columns: Set<String>

        var residents: [Resident] { lines.map(\.resident) }

        /// A resident with what the file does not speak of as it is known already.
        func completed(_ resident: Resident, from known: Resident?) -> Resident {
            guard let known else { return resident }
            var whole = resident
            if !columns.contains("sex") { whole.sex = known.sex }
            if !columns.contains("birth_date") { whole.birth = known.birth }
            if !columns.contains("phone") { whole.phone = known.phone }
            if !columns.contains("building") { whole.building = known.building }
            if !columns.contains("conditions") { whole.conditions = known.conditions }
            if !columns.contains("medicines") { whole.medicines = known.medicines }
            if !columns.contains("team") { whole.team = known.team }
            return whole
        }
    }

    /// Reads a whole file. `today` is the day after which nobody is born.
    ///
    /// - Throws: the mistake for which no line of it can be read.
    static func read(_ file: [UInt8], today: LocalDay) throws(RosterMistake) -> Roster {
        if let shape = otherShape(of: file) { throw RosterMistake(line: 1, what: shape) }
        var cut = RosterRows(file)
        if let unclosed = cut.unclosed {
            throw RosterMistake(line: unclosed, what: "a quotation mark is opened and never closed")
        }
        guard let header = cut.rows.first else { throw RosterMistake(line: 1, what: "the file is empty") }
        let names = try columnNames(header)
        var roster = Roster(digest: SHA256.digest(file), encoding: cut.encoding, columns: Set(names))
        for (name, cell) in zip(names, header.cells) where synonyms[cell.text.trimmedBlanks] != nil {
            roster.changes.append(
                CellChange(line: header.line, column: "header", before: cell.text, after: name, repairs: [.word]))
        }
        RosterLetters.readAsOlder(&cut.rows, names)
        var seen: [Int: RosterLine] = [:]
        for row in cut.rows.dropFirst() {
            guard row.cells.count == names.count else {
                let what = "\(row.cells.count) cells where the header has \(names.count)"
                roster.mistakes.append(RosterMistake(line: row.line, what: what))
                continue
            }
            let cleaned = zip(names, row.cells).map { RosterCleaning.clean($1, column: $0) }
            switch line(row.line, Dictionary(zip(names, cleaned.map(\.text))) { first, _ in first }, today: today) {
            case .failure(let problem):
                roster.mistakes.append(RosterMistake(line: row.line, what: problem.what))
                continue
            case .success(let line):
                // 47 and 047 are one number to whoever types it: one of the two is somebody else's.
                if let first = seen.updateValue(line, forKey: Int(line.resident.number) ?? 0) {
                    let what = "the hut number of line \(first.line) again"
                    roster.mistakes.append(RosterMistake(line: row.line, what: what))
                    continue
                }
                roster.lines.append(line)
                if RosterLetters.isStrange(line.resident.name) {
                    roster.strangeNames.append(StrangeName(line: row.line, name: line.resident.name))
                }
            }
            for ((name, cell), clean) in zip(zip(names, row.cells), cleaned) where !clean.repairs.isEmpty {
                let before = cell.written ?? cell.text
                roster.changes.append(
                    CellChange(line: row.line, column: name, before: before, after: clean.text, repairs: clean.repairs))
            }
        }
        return roster
    }

    /// Why no line of a file can be read, where a spreadsheet saved it as another kind; nil where it looks like CSV.
    private static func otherShape(of file: [UInt8]) -> String? {
        let again = "; save it anew as CSV with commas, in UTF-8 or GB18030"
        if file.starts(with: [0xFF, 0xFE]) || file.starts(with: [0xFE, 0xFF]) || file.prefix(64).contains(0) {
            return "the file is UTF-16 or no text" + again
        }
        let carriageReturn = UInt8(ascii: "\r"), lineFeed = UInt8(ascii: "\n")
        if file.contains(carriageReturn), !file.contains(lineFeed) { return "its lines end with CR alone" + again }
        let header = file.prefix { $0 != lineFeed }
        for (separator, name) in [(UInt8(ascii: ";"), "semicolons"), (UInt8(ascii: "\t"), "tabs")]
        where header.contains(separator) && !header.contains(UInt8(ascii: ",")) {
            return "its columns are separated by \(name)" + again
        }
        return nil
    }

    private static func columnNames(_ header: RosterRows.Row) throws(RosterMistake) -> [String] {
        let names = header.cells.map { cell in
            let name = RosterCleaning.clean(cell, column: "header").text
            return synonyms[name] ?? name
        }
        for (place, name) in names.enumerated() where !columns.contains(name) {
            // Without a header this is somebody's name: only what looks like a column's is repeated.
            let isWord = name.utf8.allSatisfy { (0x61...0x7A).contains($0 | 0x20) || $0 == UInt8(ascii: "_") }
            let what =
                isWord && (1...20).contains(name.utf8.count)
                ? "unknown column '\(name)'; known are \(columns.joined(separator: ","))"
                : "column \(place + 1) has no name that is known; is the first line the header?"
            throw RosterMistake(line: header.line, what: what)
        }
        for needed in ["number", "name"] where !names.contains(needed) {
            throw RosterMistake(line: header.line, what: "the column '\(needed)' is missing")
        }
        if Set(names).count != names.count { throw RosterMistake(line: header.line, what: "a column stands twice") }
        return names
    }

    /// Names of columns as rosters in Chinese have them.
    private static let synonyms = [
        "编号": "number", "姓名": "name", "性别": "sex", "出生日期": "birth_date", "电话": "phone", "楼栋": "building",
        "病": "conditions", "用药": "medicines", "团队": "team", "身份证号": "id_number",
    ]

    /// The Chinese name of a column.
    static func chinese(_ column: String) -> String? { synonyms.first { $0.value == column }?.key }

    // MARK: one line

    /// A field of a roster line that cannot be, in words without its value.
    struct FieldProblem: Error, Hashable, Sendable { var what: String }

    private static func line(_ line: Int, _ cells: [String: String], today: LocalDay) -> Result<
        RosterLine, FieldProblem
    > {
        var card: CardNumber?
        if let written = cells["id_number"], !written.isEmpty {
            guard let number = CardNumber(written) ?? CardNumber(foreigner: written) else {
                return .failure(FieldProblem(what: "id_number is no number whose last character checks the others"))
            }
            card = number
        }
        return resident(cells, today: today).flatMap { resident in
            if let card, let birth = card.birth, let known = resident.birth, birth != known {
                return .failure(FieldProblem(what: "birth_date and id_number disagree"))
            }
            if let card, let sex = card.sex, let known = resident.sex, sex != known {
                return .failure(FieldProblem(what: "sex and id_number disagree"))
            }
            return .success(RosterLine(line: line, resident: resident, card: card))
        }
    }

    /// One resident from named texts; empty texts are absent.
    static func resident(_ cells: [String: String], today: LocalDay) -> Result<Resident, FieldProblem> {
        func text(_ name: String) -> String? {
            cells[name].flatMap { $0.trimmedBlanks.isEmpty ? nil : $0.trimmedBlanks }
        }
        guard let number = text("number"), isHutNumber(number) else {
            return .failure(FieldProblem(what: "number must be one to eight digits"))
        }
        guard let name = text("name") else { return .failure(FieldProblem(what: "name is empty")) }
        for (column, longest) in longestTexts {
            let value = text(column) ?? ""
            let isPlain = !value.unicodeScalars.contains { $0.properties.generalCategory == .control }
            guard value.count <= longest, isPlain else {
                let what = "\(column) is longer than \(longest) characters or has control characters"
                return .failure(FieldProblem(what: what))
            }
        }
        if let phone = text("phone"), phone.uppercased().contains("E+") {
            return .failure(
                FieldProblem(what: "phone was rounded by a spreadsheet; make the column text and save again"))
        }
        var sex: Sex?
        if let word = text("sex") {
            guard let known = Sex(rawValue: word) else {
                return .failure(FieldProblem(what: "sex must be female or male"))
            }
            sex = known
        }
        var birth: LocalDay?
        if let date = text("birth_date") {
            guard date.utf8.count != 5 || Int(date) == nil else {
                let what =
                    "birth_date is a spreadsheet's day number; make the column a date like 1950-01-02, save again"
                return .failure(FieldProblem(what: what))
            }
            guard let day = LocalDay(iso: date) else {
                return .failure(FieldProblem(what: "birth_date must be a date like 1944-03-02"))
            }
            guard day <= today, today.fullYears(since: day) <= oldest else {
                return .failure(FieldProblem(what: "birth_date lies in the future, or more than \(oldest) years ago"))
            }
            birth = day
        }
        var conditions: Set<Condition> = []
        for word in (text("conditions") ?? "").split(separator: ";") {
            guard let condition = Condition(rawValue: String(word).trimmedBlanks) else {
                let known = Condition.allCases.map(\.rawValue).joined(separator: ",")
                return .failure(FieldProblem(what: "conditions must be of \(known), separated by ;"))
            }
            conditions.insert(condition)
        }
        return .success(
            Resident(
                number: number, name: name, sex: sex, birth: birth, phone: text("phone"), building: text("building"),
                conditions: conditions, medicines: text("medicines"), team: text("team")))
    }

    private static let longestTexts = [("name", 40), ("phone", 40), ("building", 80), ("medicines", 400), ("team", 40)]

    /// Nobody on record anywhere was older than 122 years.
    private static let oldest = 125

    /// A number a resident can type.
    static func isHutNumber(_ text: String) -> Bool {
        (1...8).contains(text.utf8.count) && text.utf8.allSatisfy { (48...57).contains($0) }
    }
}

extension String {
    /// Without blanks and tabs at either end.
    var trimmedBlanks: String {
        let blanks: Set<Character> = [" ", "\t"]
        let start = firstIndex { !blanks.contains($0) } ?? endIndex
        let end = lastIndex { !blanks.contains($0) }.map { index(after: $0) } ?? start
        return String(self[start..<end])
    }
}
