// What an import would do, person by person, before it does anything: who is new, what changes of whom, what stays out
// and why, and who may be the same person twice. The plan is what is written, once somebody has seen it: its code names
// exactly these lines.

import Vitals

/// A roster beside the residents that are known.
struct RosterPlan: Sendable {
    struct Change: Hashable, Sendable {
        var line: Int
        var before: Resident
        var after: Resident
    }

    /// Two lines of the roster, or a line and a known resident, that may be one person.
    struct Doubt: Hashable, Sendable {
        var line: Int
        /// The hut number of the other.
        var number: String
    }

    let encoding: RosterRows.Encoding
    private(set) var new: [RosterLine] = []
    private(set) var changed: [Change] = []
    private(set) var unchanged = 0
    private(set) var cells: [CellChange]
    private(set) var mistakes: [RosterMistake]
    private(set) var doubts: [Doubt] = []
    /// Who has which card, of the lines that are taken.
    private(set) var cards: [(number: String, card: CardNumber)] = []
    let comparesVariants: Bool

    /// - Parameter taken: whose a card is already, by hut number.
    init(
        _ roster: RosterFile.Roster, known: [Resident], variants: CharacterVariants?,
        taken: (CardNumber) -> String? = { _ in nil }
    ) {
        (encoding, cells, mistakes) = (roster.encoding, roster.changes, roster.mistakes)
        comparesVariants = variants != nil
        let names = Names(known, variants)
        for var line in roster.lines {
            if let whole = names.withZeros(line.resident) {
                cells.append(
                    CellChange(
                        line: line.line, column: "number", before: line.resident.number, after: whole, repairs: [.zeros]
                    ))
                line.resident.number = whole
            }
            if let problem = names.problem(with: line.resident) {
                mistakes.append(RosterMistake(line: line.line, what: problem))
                continue
            }
            if let card = line.card, let owner = taken(card), owner != line.resident.number {
                mistakes.append(RosterMistake(line: line.line, what: "id_number stands for another hut number already"))
                continue
            }
            take(line, roster.completed(line.resident, from: names[line.resident.number]), names[line.resident.number])
            doubts += names.twins(of: line.resident).map { Doubt(line: line.line, number: $0) }
        }
        mistakes.sort { $0.line < $1.line }
        cells.sort { $0.line < $1.line }
    }

    private mutating func take(_ line: RosterLine, _ whole: Resident, _ before: Resident?) {
        switch before {
        case nil: new.append(RosterLine(line: line.line, resident: whole, card: line.card))
        case whole: unchanged += 1
        case let before?: changed.append(Change(line: line.line, before: before, after: whole))
        }
        if let card = line.card { cards.append((whole.number, card)) }
    }

    /// Everybody whom the import writes.
    var residents: [Resident] { new.map(\.resident) + changed.map(\.after) }
}

/// The names that are known, for comparing.
private struct Names {
    private var byNumber: [String: Resident] = [:]
    private var byValue: [Int: String] = [:]
    private var byName: [String: [Resident]] = [:]
    private let variants: CharacterVariants?

    init(_ known: [Resident], _ variants: CharacterVariants?) {
        self.variants = variants
        for resident in known {
            byNumber[resident.number] = resident
            byValue[Int(resident.number) ?? -1] = resident.number
            byName[folded(resident.name), default: []].append(resident)
        }
    }

    subscript(number: String) -> Resident? { byNumber[number] }

    private func folded(_ name: String) -> String { variants?.folded(name) ?? name }

    private func isSameName(_ one: Resident, _ other: Resident) -> Bool { folded(one.name) == folded(other.name) }

    /// The number as the hut writes it, when a spreadsheet took its zeros and the name says it is the same person.
    func withZeros(_ resident: Resident) -> String? {
        guard byNumber[resident.number] == nil, let whole = byValue[Int(resident.number) ?? -1],
            let known = byNumber[whole], isSameName(known, resident)
        else { return nil }
        return whole
    }

    /// Why a line must not be taken: it would give somebody's readings another name.
    func problem(with resident: Resident) -> String? {
        if let known = byNumber[resident.number] {
            guard !isSameName(known, resident), known.birth == nil || known.birth != resident.birth else { return nil }
            return "the hut's roster has another name under this number; mend the number, or the name at a nurse's desk"
        }
        guard byValue[Int(resident.number) ?? -1] != nil else { return nil }
        return "number differs from somebody else's by zeros in front only; choose another"
    }

    /// Hut numbers of people with the same name and no other birth date.
    func twins(of resident: Resident) -> [String] {
        (byName[folded(resident.name)] ?? []).filter { other in
            other.number != resident.number
                && (other.birth == nil || resident.birth == nil || other.birth == resident.birth)
        }.map(\.number).sorted()
    }
}
