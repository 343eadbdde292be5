// A call sheet as it is looked at before it leaves: 80 columns, pages of 60 lines, every page with its number and the
// meaning of its boxes, as every piece of paper has them.

import TextScreen
import Vitals

extension CallSheet {
    /// Columns of the paper.
    package static let width = 80
    /// Lines of a page.
    package static let pageHeight = 60

    /// The rows in the order of printing, numbered from 1: visits by building, stairs and door; calls as they come.
    package static func numbered(_ rows: [CallSheetRow], for kind: SheetKind) -> [CallSheetRow] {
        let inOrder =
            switch kind {
            case .calls: rows
            case .visits:
                rows.enumerated().sorted { left, right in
                    let (first, second) = (address(left.element), address(right.element))
                    return first == second ? left.offset < right.offset : first.lexicographicallyPrecedes(second)
                }.map(\.element)
            }
        return inOrder.enumerated().map { place, row in
            var row = row
            row.line.number = place + 1
            return row
        }
    }

    /// The pages, each at most `pageHeight` lines of at most `width` cells. A resident is never split over two.
    package func pages(_ language: Language) -> [[String]] {
        let foot = SheetWords.foot[language]
        let room = Self.pageHeight - head(1, 1, language).count - 1
        var pages: [[String]] = [[]]
        var building: String?
        for row in rows {
            var block = self.block(row, language)
            let here = row.buildingName
            if kind == .visits, here != building { block.insert("== " + SheetWords.building(here)[language], at: 0) }
            building = here
            if pages[pages.count - 1].count + block.count > room { pages.append([]) }
            pages[pages.count - 1] += block
        }
        return pages.enumerated().map { place, body in
            (head(place + 1, pages.count, language) + body + [foot]).map { StaffText.cut($0, Self.width) }
        }
    }

    /// One line each, for a narrow screen.
    func brief(_ language: Language, _ columns: Int) -> [String] {
        [title(language)]
            + rows.map { row in
                let line = StaffText.fitRight(String(row.line.number), 3)
                let rest = "\(row.hutNumber) \(row.phone ?? "-")"
                let name = StaffText.cut(row.name, columns - cellWidth(line) - cellWidth(rest) - 2)
                return "\(line) \(name.trimmed) \(rest)"
            }
    }

    /// `电话单 7号 2026-11-21 周六`.
    func title(_ language: Language) -> String {
        SheetWords.title(kind, number)[language] + " \(day.iso) \(StaffWords.weekday(day)[language])"
    }

    private func head(_ page: Int, _ count: Int, _ language: Language) -> [String] {
        let place = SheetWords.page(page, count)[language]
        return [
            StaffText.spread("\(title(language))  \(hutName)  \(by)", place, Self.width),
            SheetWords.boxes[language], String(repeating: "-", count: Self.width),
        ]
    }

    /// Who and boxes; why and the last readings; a line to write on. Where a long name leaves no room for door and
    /// telephone they stand on a line of their own: a number that is cut calls nobody.
    private func block(_ row: CallSheetRow, _ language: Language) -> [String] {
        let boxes = SheetTick.allCases.map { "\($0.rawValue)[ ]" }.joined(separator: " ")
        let line = StaffText.fitRight(String(row.line.number), 3) + " "
        let free = Self.width - cellWidth(line) - cellWidth(boxes) - 1
        let who = StaffWords.person(row.name, row.sex, row.age, number: row.hutNumber, language, cells: free)
        let phone = row.phone ?? SheetWords.noPhone[language]
        let parts = [who, row.building ?? "", phone].filter { !$0.isEmpty }.joined(separator: "  ")
        let fits = cellWidth(parts) <= free
        let door = StaffText.cut(row.building ?? "", Self.width - cellWidth(line) - cellWidth(phone) - 2)
        let place =
            String(repeating: " ", count: cellWidth(line))
            + [door, phone].filter { !$0.isEmpty }.joined(separator: "  ")
        let due = StaffWords.due(row.due, .soon, today: day)[language]
        let readings = row.lastReadings.prefix(3).joined(separator: "  ")
        let head = [StaffText.spread(line + (fits ? parts : who), boxes, Self.width)] + (fits ? [] : [place])
        return head + [
            StaffText.spread("    \(due) \(row.why[language])", readings, Self.width),
            SheetWords.write[language], "",
        ]
    }

    /// The parts of an address, numbers by their value: `2-1-301` before `12-3-502`; without one last.
    private static func address(_ row: CallSheetRow) -> [String] {
        guard let building = row.building, !building.isEmpty else { return ["~"] }
        return building.split(separator: "-").map { part in
            Int(part).map { $0.padded(6) } ?? String(part)
        }
    }
}

extension CallSheetRow {
    /// `12` of `12-3-502`; nil where none is on record.
    var buildingName: String? {
        building.flatMap { $0.split(separator: "-").first.map(String.init) }
    }
}

/// What stands on a sheet, on whatever paper.
enum SheetWords {
    static let boxes = LocalizedText(
        SheetTick.allCases.map { $0.legend(.chinese) }.joined(separator: " ") + "   先打勾，回来按行号录入电脑",
        en: SheetTick.allCases.map { $0.legend(.english) }.joined(separator: "  "))
    static let write = LocalizedText(
        "    血压 ____/____ 脉搏 ____ 分类 1 2 3 4 下次 ____-____ 记 ____________________",
        en: "    BP ____/____ pulse ____ class 1 2 3 4 next ____-____ note _________________")
    static let foot = LocalizedText("有个人信息：不要乱放，录入后请销毁", en: "Personal data: keep it by you, shred it once typed in")
    static let noPhone = LocalizedText("没有电话", en: "no phone")

    static func title(_ kind: SheetKind, _ number: Int) -> LocalizedText {
        switch kind {
        case .calls: LocalizedText("电话单 \(number)号", en: "Calls, sheet \(number)")
        case .visits: LocalizedText("上门单 \(number)号", en: "Visits, sheet \(number)")
        }
    }

    static func page(_ page: Int, _ count: Int) -> LocalizedText {
        LocalizedText("第\(page)页/共\(count)页", en: "page \(page) of \(count)")
    }

    static func building(_ name: String?) -> LocalizedText {
        name.map { LocalizedText("\($0) 号楼", en: "building \($0)") } ?? LocalizedText("没有楼号", en: "no building")
    }
}
