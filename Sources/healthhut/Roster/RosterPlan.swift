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

    /// A card that is to stand for somebody from now on.
    struct Link: Hashable, Sendable {
        var line: Int
        var number: String
        var card: CardNumber
        /// The ends of the cards that stand for her already.
        var before: [String]
    }

    /// What the hut knows of the cards and numbers of a file.
    struct Known: Sendable {
        /// Whose a card is, by hut number.
        var owners: [CardNumber: String] = [:]
        /// The ends of the cards of a hut number.
        var ends: [String: [String]] = [:]
        /// Under which number a number goes on whose line was merged into another's.
        var merged: [String: String] = [:]
    }

    let digest: [UInt8]
    let encoding: RosterRows.Encoding
    private(set) var new: [RosterLine] = []
    private(set) var changed: [Change] = []
    private(set) var unchanged = 0
    private(set) var cells: [CellChange]
    private(set) var mistakes: [RosterMistake]
    private(set) var doubts: [Doubt] = []
    /// Cards that nobody has yet, of the lines that are taken.
    private(set) var links: [Link] = []
    private var linkOfLine: [Int: Link] = [:]
    let strangeNames: [StrangeName]
    let comparesVariants: Bool

    init(
        _ roster: RosterFile.Roster, known: [Resident], variants: CharacterVariants?, identities: Known = Known()
    ) {
        (digest, encoding, cells, mistakes) = (roster.digest, roster.encoding, roster.changes, roster.mistakes)
        (comparesVariants, strangeNames) = (variants != nil, roster.strangeNames)
        var names = Names(known, variants)
        var cardLines: [CardNumber: Int] = [:]
        var told: Set<Set<String>> = []
        for var line in roster.lines {
            if let whole = names.withZeros(line.resident) {
                cells.append(
                    CellChange(
                        line: line.line, column: "number", before: line.resident.number, after: whole, repairs: [.zeros]
                    ))
                line.resident.number = whole
            }
            let before = names[line.resident.number]
            let whole = roster.completed(line.resident, from: before)
            let problem =
                names.problem(with: line.resident) ?? identities.problem(with: whole, line.card)
                ?? line.card.flatMap { cardLines[$0] }.map { "the id_number of line \($0) again" }
            if let problem {
                mistakes.append(RosterMistake(line: line.line, what: problem))
                continue
            }
            if let card = line.card {
                cardLines[card] = line.line
                if identities.owners[card] == nil {
                    let ends = identities.ends[whole.number] ?? []
                    let link = Link(line: line.line, number: whole.number, card: card, before: ends)
                    links.append(link)
                    linkOfLine[line.line] = link
                }
            }
            switch before {
            case nil: new.append(RosterLine(line: line.line, resident: whole, card: line.card))
            case whole where linkOfLine[line.line] == nil: unchanged += 1
            case let before?: changed.append(Change(line: line.line, before: before, after: whole))
            }
            doubts += names.twins(of: whole).filter { told.insert([$0, whole.number]).inserted }
                .map { Doubt(line: line.line, number: $0) }
            names.add(whole)
        }
        mistakes.sort { $0.line < $1.line }
        cells.sort { $0.line < $1.line }
    }

    /// Everybody whom the import writes.
    var residents: [Resident] { new.map(\.resident) + changed.map(\.after) }

    /// The card that a line links.
    func link(of line: Int) -> Link? { linkOfLine[line] }
}

extension RosterPlan.Known {
    /// Why a line must not be taken: its card or its number is somebody else's.
    fileprivate func problem(with resident: Resident, _ card: CardNumber?) -> String? {
        if let standing = merged[resident.number] {
            return "the hut merged this number's line into that of number \(standing); write that"
        }
        guard let card else { return nil }
        if let owner = owners[card], owner != resident.number {
            return "id_number stands for another hut number already"
        }
        if let birth = card.birth, let known = resident.birth, birth != known {
            return "id_number disagrees with the birth date in the hut's roster"
        }
        if let sex = card.sex, let known = resident.sex, sex != known {
            return "id_number disagrees with the sex in the hut's roster"
        }
        return nil
    }
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

    /// Takes a line of the file among the names; whose number it is stays as the hut has it.
    mutating func add(_ resident: Resident) {
        if let before = byNumber[resident.number] {
            byName[folded(before.name)]?.removeAll { $0.number == resident.number }
        }
        byName[folded(resident.name), default: []].append(resident)
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

    /// Hut numbers of people with the same name and no other birth date, the hut's and those of lines before; of two
    /// lines the later one tells.
    func twins(of resident: Resident) -> [String] {
        (byName[folded(resident.name)] ?? []).filter { other in
            other.number != resident.number
                && (other.birth == nil || resident.birth == nil || other.birth == resident.birth)
        }.map(\.number).sorted()
    }
}
