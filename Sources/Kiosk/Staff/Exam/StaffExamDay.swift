// Thirty people on one morning, nine items each: who lacks what must be seen at a glance, over all of them, because what is
// forgotten today is a second journey for somebody of eighty.

import TextScreen
import Vitals

/// `j` on the worklist: everybody of an exam day.
struct StaffExamDay: StaffPage {
    private var day: LocalDay?
    private var all: [ExamRow]?
    private var newer: [ExamRow]?
    private var number = StaffRowNumber()
    private var showsOnlyMissing = false

    private var rows: [ExamRow] { (all ?? []).filter { !showsOnlyMissing || !$0.exam.isComplete } }

    var prompt: LocalizedText? {
        number.prompt(number.row(of: rows.count).map { rows[$0].name })
    }

    func keys(_ desk: StaffDesk) -> [StaffHint] {
        var keys = [
            StaffHint(.enter, ExamPhrases.see, short: ExamPhrases.seeShort),
            StaffHint(.character("/"), ExamPhrases.add, short: ExamPhrases.add),
            StaffHint(.character("m"), ExamPhrases.onlyMissing, short: ExamPhrases.onlyMissingShort),
            StaffHint(.left, ExamPhrases.days),
        ]
        if rows.isEmpty { keys.removeFirst() }
        if rows.count > page(StaffRoom(desk)) { keys.append(.page) }
        return keys + [StaffHint(.backspace, StaffPhrases.back), .logOut, .help]
    }

    func appeared(_ desk: StaffDesk) -> [StaffEffect] { [.loadExams(day ?? desk.today)] }

    mutating func press(_ key: Key, _ desk: StaffDesk) -> StaffStep {
        if number.press(key, count: rows.count, page: page(StaffRoom(desk)), at: desk.now.monotonic) {
            adoptNewer(desk)
            return .nothing
        }
        let day = day ?? desk.today
        switch key {
        case .enter:
            guard let row = number.row(of: rows.count) else {
                return .say(number.refused() ? StaffPhrases.typeRowFirst : StaffPhrases.noSuchRow)
            }
            if number.meantAnother(row) { return .say(StaffPhrases.listMoved) }
            number.clear()
            let line = rows[row]
            let person = Candidate(
                key: line.key, number: line.number, name: line.name, sex: line.sex, age: line.age, lastValues: [])
            return .open(StaffExam(person, day: day))
        case .character("m"): showsOnlyMissing.toggle()
        case .character("/"): return .open(StaffFind(.exam(day)))
        case .left: return show(day + -1, desk)
        case .right: return show(day + 1, desk)
        default: return .unused
        }
        number.clear()
        return .nothing
    }

    private mutating func show(_ day: LocalDay, _ desk: StaffDesk) -> StaffStep {
        guard day <= desk.today else { return .say(ExamPhrases.inFuture) }
        (self.day, all, newer) = (day, nil, nil)
        number = StaffRowNumber()
        return .ask(.loadExams(day))
    }

    mutating func hear(_ event: StaffEvent, _ desk: StaffDesk) -> StaffStep {
        // An answer for a day that was left behind must not stand under another.
        guard case .exams(let day, let rows) = event, day == self.day ?? desk.today else { return .nothing }
        newer = rows
        adoptNewer(desk)
        return .nothing
    }

    private mutating func adoptNewer(_ desk: StaffDesk) {
        guard number.typed.isEmpty, let fresh = newer else { return }
        let before = rows.map(\.key)
        (all, newer) = (fresh, nil)
        number.listMoved(from: before, to: rows.map(\.key), desk)
    }

    private func page(_ room: StaffRoom) -> Int { max(1, room.rows - (room.isWide ? 5 : 2)) }
}

// MARK: - View

extension StaffExamDay {
    func draw(_ room: StaffRoom) -> [StaffLine] {
        guard let all else { return [StaffLine(StaffPhrases.loading[room.language])] }
        let window = number.window(of: rows.count, page: page(room))
        let body =
            all.isEmpty ? [StaffLine(ExamPhrases.nobody[room.language])] : window.map { line($0, room) }
        return head(all, window, room) + body
    }

    /// Who, how many, and what is missing of each item over all.
    private func head(_ all: [ExamRow], _ window: Range<Int>, _ room: StaffRoom) -> [StaffLine] {
        let day = day ?? room.desk.today
        let weekday = StaffWords.weekday(day)[room.language]
        let missing = all.map(\.exam.missing)
        let open = missing.count { !$0.isEmpty }
        let items = missing.reduce(0) { $0 + $1.count }
        let signed = all.count { $0.exam.isComplete }
        let range = window.count == rows.count ? "" : " \(window.lowerBound + 1)-\(window.upperBound)"
        let title = "\(ExamPhrases.title[room.language]) \(StaffWords.day(day)) \(weekday)\(range)"
        let counts = LocalizedText(
            "\(all.count)人 缺\(items)项(\(open)人) 签满\(signed)",
            en: "\(all.count) people, \(items) missing (\(open)), \(signed) signed")
        let total = totals(missing, room)
        guard room.isWide else {
            let short = LocalizedText("\(all.count)人 签满\(signed)", en: "\(all.count), \(signed) signed")
            return [
                StaffLine(StaffText.spread(title, short[room.language], room.columns), .bold),
                StaffLine(StaffText.cut(total, room.columns)),
            ]
        }
        return [
            StaffLine(StaffText.spread(title, counts[room.language], room.columns), .bold), StaffLine(total), room.rule,
            StaffLine(columns(room)),
        ]
    }

    /// How many lack each item, in the fullest way of three that fits.
    private func totals(_ missing: [[ExamKind]], _ room: StaffRoom) -> String {
        let counts = ExamKind.allCases.map { kind in (kind, missing.count { $0.contains(kind) }) }.filter { $0.1 > 0 }
        if counts.isEmpty { return missing.isEmpty ? "" : ExamPhrases.noneMissing[room.language] }
        let head = ExamPhrases.missing[room.language] + " "
        let names = counts.map { ExamWords.name($0.0)[room.language] + "\($0.1)" }
        let letters = counts.map { ExamWords.letter($0.0)[room.language] + "\($0.1)" }
        let ways = [names.joined(separator: "  "), letters.joined(separator: " ")].map { head + $0 }
        return ways.first { cellWidth($0) <= room.columns } ?? head + letters.joined()
    }

    private static let nameCells = 14

    private func columns(_ room: StaffRoom) -> String {
        let letters = ExamKind.allCases.map { StaffText.fit(ExamWords.letter($0)[room.language], 4) }.joined()
        let heads = LocalizedText("姓名|缺|签名", en: "Name|miss|signed")[room.language].split(separator: "|").map(
            String.init)
        guard heads.count == 3 else { return letters }
        return StaffRowNumber.heading(of: rows.count) + " " + StaffText.fit(heads[0], Self.nameCells) + " " + letters
            + StaffText.fit(heads[1], 5) + heads[2]
    }

    private func line(_ row: Int, _ room: StaffRoom) -> StaffLine {
        let item = rows[row]
        let missing = item.exam.missing
        let label = StaffRowNumber.label(row, of: rows.count)
        let isChosen = number.row(of: rows.count) == row
        let emphasis = isChosen ? StaffLine.Emphasis.bold : .plain
        guard room.isWide else {
            let lacks = missing.map { ExamWords.letter($0)[room.language] }.joined()
            let state =
                missing.isEmpty
                ? LocalizedText("齐 签\(item.signers.count)", en: "all, \(item.signers.count) signed")[room.language]
                : ExamPhrases.missing[room.language] + lacks
            return StaffLine(StaffText.spread("\(label) \(item.name)", state, room.columns), emphasis)
        }
        let name = item.name + " " + StaffWords.sex(item.sex, room.language) + " " + (item.age.map(String.init) ?? "")
        let marks = ExamKind.allCases.map { StaffText.fit(missing.contains($0) ? "-" : "v", 4) }.joined()
        let signed = item.signers.joined(separator: " ")
        let text =
            label + " " + StaffText.fit(name, Self.nameCells) + " " + marks
            + StaffText.fit(missing.isEmpty ? "" : String(missing.count), 5) + signed
        return StaffLine(StaffText.cut(text, room.columns), emphasis)
    }
}
