// The form as lines: every question with what may be pressed and what was, the proposed class with its reason, what will
// follow. At 80 columns the whole form of one disease stands at once; at 40, and for two, it moves with the cursor.

import TextScreen
import Vitals

/// A form on a screen.
struct FormView {
    let sheet: FormSheet
    let room: StaffRoom
    var words: FormWords { FormWords(sheet, room) }

    private struct Block {
        var field: FormField?
        var lines: [StaffLine]
    }

    var lines: [StaffLine] {
        let blocks = room.isWide ? wide : narrow
        let free = max(0, room.rows - head.count)
        let after = room.isWide ? afterwards : []
        let count = blocks.reduce(0) { $0 + $1.lines.count }
        let body = window(blocks, free)
        return head + body + (count + after.count <= free ? after : [])
    }

    /// As many lines as there is room for, with the whole of the current question among them.
    private func window(_ blocks: [Block], _ free: Int) -> [StaffLine] {
        let all = blocks.flatMap(\.lines)
        guard all.count > free, free > 0 else { return all }
        let before = blocks.prefix { $0.field != sheet.field }.reduce(0) { $0 + $1.lines.count }
        let height = blocks.first { $0.field == sheet.field }?.lines.count ?? 1
        // What follows is worth more than what was answered.
        let first = max(0, min(before - 1, all.count - free, before))
        let fitting = before + height > first + free ? before + height - free : first
        return Array(all.dropFirst(max(0, fitting)).prefix(free))
    }

    // MARK: Above and below

    var head: [StaffLine] {
        let day = words.day
        let count = words.count
        guard room.isWide else {
            let right = sheet.answers.day == room.desk.today ? count : day
            return [StaffLine(StaffText.spread(narrowWho(beside: right), right, room.columns), .bold)]
        }
        let me = room.desk.me?.staff.name ?? ""
        let who = StaffWords.person(
            sheet.context.resident.name, sheet.context.resident.sex, sheet.context.age,
            number: sheet.context.resident.number, room.language)
        let left = "\(words.title)  \(who)  \(words.diseases)"
        return [StaffLine(StaffText.spread(left, "\(count)   \(day)  \(me)", room.columns), .bold)]
    }

    /// `随访 张桂芳 81 047号 高血压`: the diseases go before the age, the age before the name is cut, and the
    /// number stays.
    private func narrowWho(beside right: String) -> String {
        let resident = sheet.context.resident
        let number = words.say("\(resident.number)号", "no. \(resident.number)")
        var rest = [sheet.context.age.map(String.init), number].compactMap { $0 }.joined(separator: " ")
        let room = room.columns - cellWidth(right) - 1
        var who = "\(words.title) \(resident.name) \(rest)"
        let whole = "\(who) \(words.diseases)"
        if cellWidth(whole) <= room { return whole }
        // Half a name is another's (H-01): the age goes before it.
        if cellWidth(who) > room { (rest, who) = (number, "\(words.title) \(resident.name) \(number)") }
        let over = max(0, cellWidth(who) - room)
        let name = over == 0 ? resident.name : StaffText.cut(resident.name, max(0, cellWidth(resident.name) - over))
        return "\(words.title) \(name.trimmed) \(rest)"
    }

    private var afterwards: [StaffLine] {
        [
            room.rule, StaffLine(StaffText.cut(words.follows, room.columns)),
            StaffLine(StaffText.cut(words.limit, room.columns)),
            StaffLine(StaffText.cut(words.last ?? "", room.columns)),
        ]
    }

    /// Esc: three ways on.
    var leaving: [StaffLine] {
        let margin = room.isWide ? "   " : " "
        return FormPhrases.leaveChoices.map { StaffLine(margin + $0[room.language]) }
    }

    // MARK: The questions

    private static let labelCells = 11
    /// Where the answers stand.
    private static let markColumn = 71

    private var wide: [Block] {
        var blocks: [Block] = []
        for field in sheet.fields {
            let texts = words.wide(field)
            let lines = texts.enumerated().map { row, text in
                let label = row == 0 ? words.label(field) : ""
                let left = StaffText.fit(label, Self.labelCells) + text
                guard row == 0 else { return StaffLine(StaffText.cut(left, room.columns), emphasis(field)) }
                return StaffLine(StaffText.fit(left, Self.markColumn) + " " + mark(field), emphasis(field))
            }
            blocks.append(Block(field: field, lines: lines))
            blocks += beside(after: field).map { label, text in
                let left = StaffText.fit(label, Self.labelCells) + text
                return Block(field: nil, lines: [StaffLine(StaffText.cut(left, room.columns))])
            }
        }
        return blocks
    }

    /// Lines that no cursor stops at: what is called by a letter.
    private func beside(after field: FormField) -> [(String, String)] {
        switch field {
        case .weight: [(words.pulseLabel, words.pulse)]
        case .lifestyle: [(words.testsLabel, words.tests)]
        case .glucose: [(words.hba1cLabel, words.hba1c)]
        case .drugs where sheet.fields.contains(.diabetesClass): [(words.insulinLabel, words.insulin)]
        case sheet.context.diseases.last == .diabetes ? .diabetesClass : .visitClass:
            [(words.referralLabel, words.referral)]
        default: []
        }
    }

    private var narrow: [Block] {
        sheet.fields.map { field in
            let mark = mark(field)
            let isHere = field == sheet.field
            let isOpen = isHere || !sheet.isAnswered(field) || field == .sign
            let asked = isHere && !sheet.typed.isEmpty ? "" : words.narrow(field)
            let text = words.shortLabel(field) + " " + (isOpen ? asked : words.answer(field))
            let line = StaffText.spread(text, mark, room.columns)
            let more = (isHere ? words.details(field) : []).flatMap { detail in
                StaffText.packed(detail.split(separator: " ").map(String.init), room.columns - 2)
            }
            return Block(
                field: field, lines: [StaffLine(line, emphasis(field))] + more.map { StaffLine("  " + $0) })
        }
    }

    private func emphasis(_ field: FormField) -> StaffLine.Emphasis { field == sheet.field ? .bold : .plain }

    /// `[ ]` before anything was pressed, `[_]` where the cursor stands, then what was answered.
    private func mark(_ field: FormField) -> String {
        if field == sheet.field, !sheet.typed.isEmpty { return "[\(StaffText.tail(sheet.typed + "_", 6))]" }
        if let mark = words.mark(field) { return "[\(mark)]" }
        return field == sheet.field ? "[_]" : "[ ]"
    }
}

// MARK: - The page

extension StaffForm {
    func keys(_ desk: StaffDesk) -> [StaffHint] {
        guard let sheet else { return [.back] }
        switch phase {
        case .filling: return FormPhrases.hints(sheet, hasPrinter: desk.place.hasPrinter)
        case .beside: return [StaffHint(.enter, FormPhrases.nextHint, short: FormPhrases.nextHint), .back]
        case .drugs(let editor):
            let add = !editor.typesText ? [StaffHint(.character("a"), FormPhrases.addDrugHint).quiet] : []
            return [StaffHint(.enter, FormPhrases.doneHint, short: FormPhrases.doneHint)] + add + [.back]
        case .status(let page): return page.keys(desk)
        default: return [.back]
        }
    }

    func draw(_ room: StaffRoom) -> [StaffLine] {
        guard let sheet else { return [StaffLine(" " + (refused ?? StaffPhrases.loading)[room.language])] }
        let view = FormView(sheet: sheet, room: room)
        switch phase {
        case .beside(let aside): return view.head + [StaffLine()] + aside.draw(room)
        case .status(let page): return page.draw(room)
        case .drugs(let editor): return view.head + [StaffLine()] + editor.draw(room)
        case .leaving: return view.head + [StaffLine()] + view.leaving
        case .filling, .keepingDraft, .saving: return view.lines
        }
    }
}
