// The sheet on the screen as it is on the paper: number, name, the value before, what stands typed of it.

import Vitals

extension VisitsOutEntry {
    func draw(_ room: StaffRoom) -> [StaffLine] {
        guard isLoaded else { return [StaffLine(StaffPhrases.loading[room.language])] }
        guard let sheet else { return [StaffLine(VisitsOutPhrases.noSheet[room.language])] }
        switch phase {
        case .line(let line, let form), .saving(let line, let form?):
            return [title(sheet, room), StaffLine()] + question(line, form, room)
        case .keeping(let line, _, let aside):
            return [title(sheet, room), StaffLine(), who(line, room)] + aside.draw(room)
        case .list, .asking, .saving:
            let window = number.window(of: lines.count, page: page(room))
            return [title(sheet, room)] + (room.isWide ? [room.rule] : []) + window.map { row(lines[$0], room) }
        }
    }

    private func title(_ sheet: VisitsOutSheet, _ room: StaffRoom) -> StaffLine {
        let done = sheet.lines.count { $0.done != nil }
        let left = VisitsOutPhrases.title(sheet.number, StaffWords.day(sheet.day))[room.language]
        let right = VisitsOutPhrases.progress(done, of: sheet.lines.count)[room.language]
        return StaffLine(StaffText.spread(left, right, room.columns), .bold)
    }

    private func who(_ line: VisitsOutLine, _ room: StaffRoom) -> StaffLine {
        let age = line.age.map { " \($0)" } ?? ""
        let who = "\(line.line.number) \(line.name) \(StaffWords.sex(line.sex, room.language))\(age)"
        return StaffLine(StaffText.cut((room.isWide ? "   " : " ") + who, room.columns), .bold)
    }

    private func row(_ line: VisitsOutLine, _ room: StaffRoom) -> StaffLine {
        let isChosen = typedLine?.line == line.line
        let sex = StaffWords.sex(line.sex, room.language)
        let name = "\(line.name) \(sex) \(line.age.map(String.init) ?? "")"
        let left =
            StaffText.fitRight(String(line.line.number), StaffRowNumber.labelCells(lines.count)) + " "
            + StaffText.fit(name, room.isWide ? 20 : 12) + " " + StaffText.fit(line.lastValue ?? "-", 7)
        let text = StaffText.spread(left, line.done?[room.language] ?? "-", room.columns)
        return StaffLine(text, isChosen ? .bold : .plain)
    }

    private func question(_ line: VisitsOutLine, _ form: FormSheet, _ room: StaffRoom) -> [StaffLine] {
        let margin = room.isWide ? "   " : " "
        let words = FormWords(form, room)
        return [who(line, room)]
            + Self.boxes(line, form).flatMap { field -> [StaffLine] in
                let mark = words.mark(field).map { "[\($0)]" } ?? (field == form.field ? "[_]" : "[ ]")
                let asks = field == .pressure ? VisitsOutPhrases.value[room.language] : words.narrow(field)
                let text = StaffText.spread("\(margin)\(words.shortLabel(field)) \(asks)", mark, room.columns)
                let isHere = field == form.field
                let why = isHere && field != .pressure && field != .next ? words.wide(field).dropFirst() : []
                return [StaffLine(text, isHere ? .bold : .plain)]
                    + why.flatMap { StaffText.wrap($0, room.columns - 4, lines: 2) }.map {
                        StaffLine("\(margin)  \($0)")
                    }
            }
    }
}
