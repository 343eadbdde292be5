// The preview of an import, as it is printed. It shows people's data to whoever holds the file already, on the screen
// only: never in a log or an error.

import Ledger
import Vitals

extension RosterPlan {
    /// The preview, line by line.
    var preview: [String] {
        var lines = ["the file is \(encoding.rawValue)"]
        if !comparesVariants {
            lines.append("no table of character variants: 張 and 张 count as different; install the package locales")
        }
        lines += section(
            "put right",
            cells.map { cell in
                let why = cell.repairs.map(\.rawValue).joined(separator: "; ")
                let isSecret = cell.column == "id_number"
                let change = isSecret ? "" : "\(quoted(cell.before)) -> \(quoted(cell.after))  "
                return "line \(cell.line)  \(cell.column)  \(change)(\(why))"
            })
        lines += section("new", new.map { "line \($0.line)  \(whole($0.resident, link(of: $0.line)))" })
        lines += section(
            "changed",
            changed.flatMap { change in
                (fields(change.before, change.after) + card(link(of: change.line)))
                    .map { "line \(change.line)  \(change.after.number)  \($0)" }
            })
        lines += section(
            "strange letters",
            strangeNames.map { "line \($0.line): the name reads \(quoted($0.name)); the file may be GB18030" })
        lines += section(
            "maybe the same person twice",
            doubts.map { doubt in
                "line \(doubt.line) and number \(doubt.number): the same name, no other birth date"
            })
        lines += section("left out", mistakes.map { "line \($0.line)  \($0.what)" })
        lines.append(
            "in all: \(new.count) new, \(changed.count) changed, \(unchanged) unchanged, \(mistakes.count) left out")
        return lines
    }

    /// Names this plan, eight hexadecimal digits: another file, by a single byte, or another roster has another one.
    var code: String {
        SHA256.digest(digest + Array(preview.joined(separator: "\n").utf8)).prefix(4)
            .map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private func section(_ title: String, _ lines: [String]) -> [String] {
        lines.isEmpty ? [] : ["\(title):"] + lines.map { "  " + $0 }
    }

    private func quoted(_ text: String) -> String { "'\(visible(text))'" }

    private func visible(_ text: String) -> String {
        text.unicodeScalars.map { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: "\\u{\(String(scalar.value, radix: 16))}"
            default: String(scalar)
            }
        }.joined()
    }

    private func text(_ conditions: Set<Condition>) -> String {
        Condition.allCases.filter(conditions.contains).map(\.rawValue).joined(separator: ";")
    }

    /// Everything that is written of a newcomer; what is absent is left out.
    private func whole(_ resident: Resident, _ link: Link?) -> String {
        let fields: [String?] = [
            resident.number, visible(resident.name), resident.sex?.rawValue, resident.birth?.iso,
            resident.phone.map(visible), resident.building.map { "building \(quoted($0))" },
            resident.conditions.isEmpty ? nil : text(resident.conditions),
            resident.medicines.map { "medicines \(quoted($0))" }, resident.team.map { "team \(quoted($0))" },
            link.map { "card …\($0.card.text.suffix(4))" },
        ]
        return fields.compactMap { $0 }.joined(separator: "  ")
    }

    /// A card beside the ones that stand for the same person, by their ends.
    private func card(_ link: Link?) -> [String] {
        guard let link else { return [] }
        let before = link.before.map { "…\($0)" }
        let after = before + ["…\(link.card.text.suffix(4))"]
        return [
            "card  \(before.isEmpty ? "none" : before.joined(separator: ", ")) -> \(after.joined(separator: ", "))"
        ]
    }

    /// What differs, a field a line.
    private func fields(_ before: Resident, _ after: Resident) -> [String] {
        let pairs: [(String, String, String)] = [
            ("name", before.name, after.name), ("sex", before.sex?.rawValue ?? "", after.sex?.rawValue ?? ""),
            ("birth_date", before.birth?.iso ?? "", after.birth?.iso ?? ""),
            ("phone", before.phone ?? "", after.phone ?? ""), ("building", before.building ?? "", after.building ?? ""),
            ("conditions", text(before.conditions), text(after.conditions)),
            ("medicines", before.medicines ?? "", after.medicines ?? ""), ("team", before.team ?? "", after.team ?? ""),
        ]
        return pairs.filter { $0.1 != $0.2 }.map { "\($0.0)  \(quoted($0.1)) -> \(quoted($0.2))" }
    }
}
