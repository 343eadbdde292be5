// Drugs that changed: another dose of one of them in three keys, a new one by its initials, `0` for one that was stopped.

import TextScreen
import Vitals

/// The list of drugs being edited.
struct FormDrugEditor: Sendable {
    enum Turn: Sendable {
        case unused, nothing
        case say(LocalizedText)
        case done([Drug])
        case cancelled
    }
    private enum Phase: Sendable {
        case list
        /// A new dose of the drug at this place.
        case dosing(Int)
        case naming
        case counting(String)
        case measuring(String, times: Int)
    }
    private let names: [DrugName]
    private var drugs: [Drug]
    private var phase: Phase
    private var typed = ""

    /// More than a digit can choose is more than a form has lines for.
    private static let most = 9
    private static let longest = 24

    init(_ drugs: [Drug], names: [DrugName]) {
        (self.drugs, self.names) = (Array(drugs.prefix(Self.most)), names)
        phase = drugs.isEmpty ? .naming : .list
    }

    /// Letters are text here.
    var typesText: Bool {
        if case .list = phase { false } else { true }
    }

    /// Up to nine whose initials or name begin so.
    private var matches: [DrugName] {
        guard !typed.isEmpty else { return [] }
        let query = typed.lowercased()
        return Array(names.filter { $0.initials.hasPrefix(query) || $0.name.hasPrefix(typed) }.prefix(9))
    }

    mutating func press(_ key: Key) -> Turn {
        if key == .escape { return .cancelled }
        if key == .backspace { return goBack() }
        switch phase {
        case .list: return pressList(key)
        case .dosing(let place): return pressDose(key, place)
        case .naming: return pressName(key)
        case .counting(let name): return pressTimes(key, name)
        case .measuring(let name, let times): return pressAmount(key, name, times)
        }
    }

    private mutating func goBack() -> Turn {
        if !typed.isEmpty {
            typed.removeLast()
            return .nothing
        }
        switch phase {
        case .list: return .cancelled
        case .naming where drugs.isEmpty: return .cancelled
        case .dosing, .naming: phase = .list
        case .counting: phase = .naming
        case .measuring(let name, _): phase = .counting(name)
        }
        return .nothing
    }

    private mutating func pressList(_ key: Key) -> Turn {
        switch key {
        case .enter: return .done(drugs)
        case .character("a"), .character("+"):
            guard drugs.count < Self.most else { return .say(FormPhrases.drugsFull) }
            phase = .naming
            return .nothing
        case .character(let character):
            guard character.isRowDigit, let digit = character.wholeNumberValue else { return .unused }
            guard drugs.indices.contains(digit - 1) else { return .say(StaffPhrases.noSuchRow) }
            phase = .dosing(digit - 1)
            return .nothing
        default: return .unused
        }
    }

    private mutating func type(_ character: Character) -> Turn {
        if typed.count < Self.longest { typed.append(character) }
        return .nothing
    }

    /// Enter ends the whole list, because one changed dose is the usual case; `+` goes on in it.
    private mutating func pressDose(_ key: Key, _ place: Int) -> Turn {
        switch key {
        case .character("+"), .enter:
            guard let sentence = dose(place) else {
                (typed, phase) = ("", .list)
                return key == .enter ? .done(drugs) : .nothing
            }
            return .say(sentence)
        case .character(let character): return type(character)
        default: return .unused
        }
    }

    /// `10` keeps the unit, `10*2` is twice a day, `0` stops the drug. What is wrong, or nil.
    private mutating func dose(_ place: Int) -> LocalizedText? {
        let parts = typed.trimmed.split(separator: "*", omittingEmptySubsequences: false).map { String($0).trimmed }
        guard (1...2).contains(parts.count), !parts[0].isEmpty, drugs.indices.contains(place) else {
            return FormPhrases.howDose
        }
        if parts == ["0"] {
            drugs.remove(at: place)
            return nil
        }
        if parts.count == 2 {
            guard let times = Int(parts[1]), (1...9).contains(times) else { return FormPhrases.howDose }
            drugs[place].timesEachDay = times
        }
        let isNumber = parts[0].allSatisfy { $0.isRowDigit || $0 == "." }
        let unit = drugs[place].amount.drop { $0.isRowDigit || $0 == "." }
        drugs[place].amount = isNumber ? parts[0] + unit : parts[0]
        return nil
    }

    private mutating func pressName(_ key: Key) -> Turn {
        switch key {
        case .enter where typed.trimmed.isEmpty:
            guard drugs.isEmpty else { return .say(FormPhrases.howDrug) }
            return .done([])
        case .enter: name(matches.count == 1 ? matches[0].name : typed.trimmed)
        case .character(let digit) where digit.isRowDigit && !matches.isEmpty:
            guard let number = digit.wholeNumberValue, matches.indices.contains(number - 1) else {
                return .say(StaffPhrases.noSuchRow)
            }
            name(matches[number - 1].name)
        case .character(let character): return type(character)
        default: return .unused
        }
        return .nothing
    }

    private mutating func name(_ name: String) { (typed, phase) = ("", .counting(name)) }

    private mutating func pressTimes(_ key: Key, _ name: String) -> Turn {
        guard case .character(let character) = key, character.isRowDigit, let times = character.wholeNumberValue,
            times > 0
        else { return .say(FormPhrases.howTimes) }
        phase = .measuring(name, times: times)
        return .nothing
    }

    private mutating func pressAmount(_ key: Key, _ name: String, _ times: Int) -> Turn {
        switch key {
        case .enter:
            let amount = typed.trimmed
            guard !amount.isEmpty else { return .say(FormPhrases.howAmount) }
            drugs.append(Drug(name: name, timesEachDay: times, amount: amount))
            (typed, phase) = ("", .list)
            return .nothing
        case .character(let character): return type(character)
        default: return .unused
        }
    }
}

// MARK: - View

extension FormDrugEditor {
    func draw(_ room: StaffRoom) -> [StaffLine] {
        let margin = room.isWide ? "   " : " "
        let rows = drugs.enumerated().map { row, drug in
            StaffLine(
                StaffText.cut("\(margin)\(row + 1) \(FormWords.drug(drug, room.language))", room.columns), bold(row))
        }
        let (question, found): (LocalizedText, [DrugName]) =
            switch phase {
            case .list: (FormPhrases.drugList, [])
            case .dosing: (FormPhrases.drugDose, [])
            case .naming: (FormPhrases.drugName, matches)
            case .counting(let name): (FormPhrases.drugTimes(name), [])
            case .measuring(let name, _): (FormPhrases.drugAmount(name), [])
            }
        let list = rows.isEmpty ? [StaffLine(margin + FormPhrases.noDrugs[room.language])] : rows
        var lines = [StaffLine(margin + FormPhrases.drugsTitle[room.language], .bold)] + list + [StaffLine()]
        lines += StaffText.wrap(question[room.language], room.columns - 4, lines: 2).map { StaffLine(margin + $0) }
        lines += found.enumerated().map { row, drug in StaffLine("\(margin)\(row + 1) \(drug.name)") }
        if typesText { lines.append(StaffLine("\(margin)> \(typed)_")) }
        return lines
    }

    private func bold(_ row: Int) -> StaffLine.Emphasis {
        if case .dosing(row) = phase { .bold } else { .plain }
    }
}
