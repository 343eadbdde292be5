// The roster as a spreadsheet saves it: CSV by RFC 4180, with or without a byte-order mark, LF or CR LF.
//
// Nothing is imported from a file with a mistake in it: every mistake is listed with its line, so that the operator
// mends the file once. What a line says of a person is never repeated in a message.

import Vitals

/// A mistake in a roster file.
struct RosterMistake: Error, Hashable, Sendable {
    var line: Int
    var what: String
}

/// Reads rosters.
enum RosterFile {
    static let columns = [
        "number", "name", "sex", "birth_date", "phone", "building", "conditions", "medicines", "team",
    ]

    /// What a file says.
    struct Roster: Hashable, Sendable {
        var residents: [Resident]
        /// The columns it has; of the others it says nothing.
        var columns: Set<String>

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

    /// The residents of a file, or every mistake in it.
    static func read(_ text: String) -> Result<Roster, Mistakes> {
        let (rows, unclosed) = splitRows(text)
        if let unclosed {
            let mistake = RosterMistake(line: unclosed, what: "a quotation mark is opened and never closed")
            return .failure(Mistakes([mistake]))
        }
        guard let header = rows.first else {
            return .failure(Mistakes([RosterMistake(line: 1, what: "the file is empty")]))
        }
        if let unknown = header.cells.first(where: { !columns.contains($0) }) {
            let what = "unknown column '\(unknown)'; known are \(columns.joined(separator: ","))"
            return .failure(Mistakes([RosterMistake(line: header.line, what: what)]))
        }
        for needed in ["number", "name"] where !header.cells.contains(needed) {
            return .failure(Mistakes([RosterMistake(line: header.line, what: "the column '\(needed)' is missing")]))
        }
        if Set(header.cells).count != header.cells.count {
            return .failure(Mistakes([RosterMistake(line: header.line, what: "a column stands twice")]))
        }
        var residents: [Resident] = []
        var mistakes: [RosterMistake] = []
        var lines: [String: Int] = [:]
        for row in rows.dropFirst() where row.cells != [""] {
            guard row.cells.count == header.cells.count else {
                let what = "\(row.cells.count) cells where the header has \(header.cells.count)"
                mistakes.append(RosterMistake(line: row.line, what: what))
                continue
            }
            let cells = Dictionary(zip(header.cells, row.cells)) { first, _ in first }
            switch resident(cells) {
            case .success(let resident):
                if let first = lines.updateValue(row.line, forKey: resident.number) {
                    mistakes.append(RosterMistake(line: row.line, what: "the hut number of line \(first) again"))
                }
                residents.append(resident)
            case .failure(let problem): mistakes.append(RosterMistake(line: row.line, what: problem.what))
            }
        }
        let roster = Roster(residents: residents, columns: Set(header.cells))
        return mistakes.isEmpty ? .success(roster) : .failure(Mistakes(mistakes))
    }

    /// Every mistake of one file.
    struct Mistakes: Error, Hashable, Sendable {
        var all: [RosterMistake]
        init(_ all: [RosterMistake]) { self.all = all }
    }

    /// A field of a roster line that cannot be, in words without its value.
    struct FieldProblem: Error, Hashable, Sendable { var what: String }

    /// One resident from named texts; empty texts are absent.
    static func resident(_ cells: [String: String]) -> Result<Resident, FieldProblem> {
        func text(_ name: String) -> String? {
            let trimmed = cells[name]?.trimmedBlanks ?? ""
            return trimmed.isEmpty ? nil : trimmed
        }
        guard let number = text("number"), isHutNumber(number) else {
            return .failure(FieldProblem(what: "number must be one to eight digits"))
        }
        guard let name = text("name") else { return .failure(FieldProblem(what: "name is empty")) }
        for (column, longest) in [("name", 40), ("phone", 40), ("building", 80), ("medicines", 400), ("team", 40)] {
            let value = text(column) ?? ""
            guard value.count <= longest,
                !value.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
            else {
                let what = "\(column) is longer than \(longest) characters or has control characters"
                return .failure(FieldProblem(what: what))
            }
        }
        var sex: Sex?
        if let word = text("sex") {
            guard let known = Sex(rawValue: word) ?? ["女": .female, "男": .male][word] else {
                return .failure(FieldProblem(what: "sex must be female or male"))
            }
            sex = known
        }
        var birth: LocalDay?
        if let date = text("birth_date") {
            guard let day = LocalDay(iso: date) else {
                return .failure(FieldProblem(what: "birth_date must be a date like 1944-03-02"))
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

    /// A number a resident can type.
    static func isHutNumber(_ text: String) -> Bool {
        (1...8).contains(text.utf8.count) && text.utf8.allSatisfy { (48...57).contains($0) }
    }

    private struct Row { var line: Int; var cells: [String] }

    /// The rows, and the line of a quotation mark that is never closed.
    private static func splitRows(_ text: String) -> (rows: [Row], unclosed: Int?) {
        var rows: [Row] = []
        var cells: [String] = []
        var cell = ""
        var isQuoted = false
        var quoteLine = 1
        var line = 1
        var firstLine = 1
        // By scalar, because Swift makes one Character of CR LF.
        var scalars = Array(text.unicodeScalars)[...]
        if scalars.first == "\u{FEFF}" { scalars.removeFirst() }
        func endRow() {
            rows.append(Row(line: firstLine, cells: cells + [cell]))
            (cells, cell, firstLine) = ([], "", line)
        }
        while let scalar = scalars.popFirst() {
            if scalar == "\n" { line += 1 }
            switch scalar {
            case "\"" where isQuoted && scalars.first == "\"":
                scalars.removeFirst()
                cell += "\""
            case "\"" where isQuoted || cell.isEmpty:
                isQuoted.toggle()
                quoteLine = line
            case "," where !isQuoted:
                cells.append(cell)
                cell = ""
            case "\r" where !isQuoted && scalars.first == "\n": continue
            case "\n" where !isQuoted: endRow()
            default: cell.unicodeScalars.append(scalar)
            }
        }
        if !cell.isEmpty || !cells.isEmpty { endRow() }
        return (rows, isQuoted ? quoteLine : nil)
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
