// The exam of one person: nine items, each typed by its own key, and two names under it.
//
// The second name is put there by PIN at the same screen while the first person's session goes on, or by `s` at the second
// person's own login: the table stands between two people, and neither should have to log out for the other.

import TextScreen
import Vitals

/// One person of an exam day.
struct StaffExam: StaffPage {
    private enum Phase: Sendable {
        case list
        case typing(ExamEntry)
        case choosingSigner([StaffName])
        case pin(StaffName, String)
        /// With the item as it was before the key that sent it.
        case saving(ExamEntry?)
    }
    private let person: Candidate
    private let day: LocalDay
    /// nil until the hut has answered; then empty for somebody who was not on the list.
    private var exam: Exam?
    private var row: ExamRow?
    private var phase = Phase.list

    /// Whose exam it is stands there before the hut has answered, and where it has nothing of her yet.
    init(_ person: Candidate, day: LocalDay) { (self.person, self.day) = (person, day) }

    private var key: ResidentKey { person.key }

    var typesText: Bool {
        if case .typing(let entry) = phase { entry.typesText } else { false }
    }

    var prompt: LocalizedText? {
        if case .saving = phase { StaffPhrases.saving } else { nil }
    }

    func keys(_ desk: StaffDesk) -> [StaffHint] {
        switch phase {
        case .list:
            [
                StaffHint(nil, ExamPhrases.fill, short: ExamPhrases.fillShort),
                StaffHint(.character("n"), ExamPhrases.next, short: ExamPhrases.nextShort),
                StaffHint(.character("s"), ExamPhrases.sign, short: ExamPhrases.signShort),
                StaffHint(.backspace, StaffPhrases.back), .logOut, .help,
            ]
        case .typing, .pin: [StaffHint(.enter, ExamPhrases.save, short: ExamPhrases.save), .back]
        case .choosingSigner, .saving: [.back]
        }
    }

    /// What stands here is of one person: a look at her record, like her page.
    func appeared(_ desk: StaffDesk) -> [StaffEffect] { [.loadResident(key), .loadExams(day)] }

    mutating func press(_ key: Key, _ desk: StaffDesk) -> StaffStep {
        switch phase {
        case .list: return pressList(key, desk)
        case .typing(let before):
            var entry = before
            let turn = entry.press(key, desk.recordLanguage)
            phase = .typing(entry)
            return follow(turn, before)
        case .choosingSigner(let staff): return pressSigner(key, staff)
        case .pin(let staff, let pin): return pressPIN(key, staff, pin)
        case .saving: return key == .escape ? .unused : .nothing
        }
    }

    private mutating func pressList(_ key: Key, _ desk: StaffDesk) -> StaffStep {
        guard let exam else { return .unused }
        switch key {
        case .character("s"): return sign(exam, desk)
        case .character("n"):
            guard let first = exam.missing.first else { return .say(ExamPhrases.allThere) }
            begin(first)
        case .character(let character):
            guard character.isRowDigit, let digit = character.wholeNumberValue,
                ExamKind.allCases.indices.contains(digit - 1)
            else { return .unused }
            begin(ExamKind.allCases[digit - 1])
        default: return .unused
        }
        return .nothing
    }

    private mutating func begin(_ kind: ExamKind) {
        phase = .typing(ExamEntry(kind, offered: row?.offered.first { $0.kind == kind }))
    }

    private mutating func follow(_ turn: ExamEntry.Turn, _ before: ExamEntry) -> StaffStep {
        switch turn {
        case .unused: return .unused
        case .nothing: return .nothing
        case .say(let sentence): return .say(sentence)
        case .cancelled:
            phase = .list
            return .nothing
        case .done(let item):
            phase = .saving(before)
            return .ask(.saveExamItem(key, item, day))
        }
    }

    // MARK: Signatures

    private mutating func sign(_ exam: Exam, _ desk: StaffDesk) -> StaffStep {
        guard exam.missing.isEmpty else { return .say(ExamPhrases.cannotSign(exam.missing)) }
        guard Set(exam.signedBy).count < 2 else { return .say(ExamPhrases.twoSigned) }
        guard let me = desk.me, exam.signedBy.contains(me.key) else {
            phase = .saving(nil)
            return .ask(.signExam(key, day, .me))
        }
        return .ask(.loadStaff)
    }

    private mutating func pressSigner(_ key: Key, _ staff: [StaffName]) -> StaffStep {
        switch key {
        case .backspace, .escape:
            phase = .list
            return .nothing
        case .character(let character):
            guard character.isRowDigit, let digit = character.wholeNumberValue else { return .unused }
            guard staff.indices.contains(digit - 1) else { return .say(StaffPhrases.noSuchRow) }
            phase = .pin(staff[digit - 1], "")
            return .nothing
        default: return .unused
        }
    }

    private static let longestPIN = 12

    private mutating func pressPIN(_ key: Key, _ staff: StaffName, _ pin: String) -> StaffStep {
        switch key {
        case .character(let digit) where digit.isRowDigit:
            if pin.count < Self.longestPIN { phase = .pin(staff, pin + String(digit)) }
        case .backspace where !pin.isEmpty: phase = .pin(staff, String(pin.dropLast()))
        case .backspace, .escape: phase = .list
        case .enter:
            guard !pin.isEmpty else { return .say(ExamPhrases.pinMissing) }
            phase = .saving(nil)
            return .ask(.signExam(self.key, day, .other(staff.key, pin: pin)))
        default: return .unused
        }
        return .nothing
    }

    // MARK: The hut

    mutating func hear(_ event: StaffEvent, _ desk: StaffDesk) -> StaffStep {
        switch (event, phase) {
        case (.exams(day, let rows), _):
            row = rows.first { $0.key == key }
            exam = row?.exam ?? Exam(resident: key, day: day, items: [], signedBy: [])
        case (.staff(let staff), .list):
            // Whoever signed cannot be the second, and a name under an exam is a nurse's or a doctor's; nine is what a
            // digit can choose.
            let others = staff.filter { name in
                [.nurse, .doctor].contains(name.staff.role) && exam?.signedBy.contains(name.key) == false
            }
            guard !others.isEmpty else { return .say(ExamPhrases.nobodyElse) }
            phase = .choosingSigner(Array(others.prefix(9)))
            if others.count > 9 { return .say(ExamPhrases.onlyNine) }
        case (.saved, .saving):
            phase = .list
            return .ask(.loadExams(day))
        case (.failed, .saving(let before)):
            // What was typed is kept to be sent again; a PIN is not.
            phase = before.map { .typing($0) } ?? .list
        default: break
        }
        return .nothing
    }
}

// MARK: - View

extension StaffExam {
    func draw(_ room: StaffRoom) -> [StaffLine] {
        let margin = room.isWide ? "   " : " "
        let title = StaffLine(StaffText.cut(titleText(room), room.columns), .bold)
        guard let exam else { return [title, StaffLine(StaffPhrases.loading[room.language])] }
        switch phase {
        case .typing(let entry): return [title, StaffLine()] + entry.draw(room)
        case .choosingSigner(let staff):
            let rows = staff.enumerated().map { row, name in
                StaffLine("\(margin)\(row + 1) \(StaffWords.person(name.staff, room.language))")
            }
            return [title, StaffLine(), StaffLine(margin + ExamPhrases.chooseSigner[room.language])] + rows
        case .pin(let staff, let pin):
            return [
                title, StaffLine(), StaffLine(margin + StaffWords.person(staff.staff, room.language)),
                StaffLine(margin + ExamPhrases.pin[room.language]),
                StaffLine("\(margin)> \(String(repeating: "*", count: pin.count))_"),
            ]
        case .list, .saving: return [title] + items(exam, room) + signatures(room)
        }
    }

    private func titleText(_ room: StaffRoom) -> String {
        let title = "\(ExamPhrases.title[room.language]) \(StaffWords.day(day))  "
        let cells = room.columns - cellWidth(title)
        return title
            + StaffWords.person(
                person.name, person.sex, person.age, number: person.number, room.language, cells: cells)
    }

    private func items(_ exam: Exam, _ room: StaffRoom) -> [StaffLine] {
        ExamKind.allCases.enumerated().map { row, kind in
            let values = exam.items.filter { $0.kind == kind }.map { ExamWords.value($0)[room.language] }
            let name = StaffText.fit(ExamWords.name(kind)[room.language], room.isWide ? 12 : 11)
            let text = values.isEmpty ? "[\(ExamPhrases.missing[room.language])]" : values.joined(separator: "；")
            let margin = room.isWide ? "   " : " "
            return StaffLine(
                StaffText.cut("\(margin)\(row + 1) \(name)\(text)", room.columns), values.isEmpty ? .bold : .plain)
        }
    }

    private func signatures(_ room: StaffRoom) -> [StaffLine] {
        let margin = room.isWide ? "   " : " "
        return [StaffLine(), StaffLine(margin + ExamPhrases.signed(row?.signers ?? [])[room.language])]
    }
}
