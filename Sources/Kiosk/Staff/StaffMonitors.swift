// Lending a home monitor and taking it back (whose-reading rows 36, 37). At lending the nurse says whose it is: *only this
// person*, or which user key is his. What was said decides at the return, on her confirmation; what was not said stays
// on the unclaimed list, to be claimed line by line.

import TextScreen
import Vitals

/// One home monitor of the hut.
package struct MonitorRow: Hashable, Sendable {
    /// Who has it, as the screen names them.
    package struct Borrowed: Hashable, Sendable {
        package var resident: ResidentKey
        package var name: String
        package var userSlot: Int?

        package init(resident: ResidentKey, name: String, userSlot: Int?) {
            (self.resident, self.name, self.userSlot) = (resident, name, userSlot)
        }
    }

    /// One record of its memory that nobody owns yet.
    package struct Record: Hashable, Sendable {
        package var reading: ReadingRow
        package var userSlot: Int?
        /// Whom the nurse named for this key at lending; nil where nobody was, or where its time cannot be right.
        package var name: String?
        /// Its clock was not set, or says a time before the loan or in the future.
        package var isTimeFaulty: Bool

        package init(reading: ReadingRow, userSlot: Int?, name: String?, isTimeFaulty: Bool) {
            (self.reading, self.userSlot, self.name, self.isTimeFaulty) = (reading, userSlot, name, isTimeFaulty)
        }
    }

    package var instrument: InstrumentID
    /// Its cable is in and it answers.
    package var isConnected: Bool
    /// Empty while it is here.
    package var borrowers: [Borrowed]
    /// Newest first.
    package var records: [Record]

    package init(instrument: InstrumentID, isConnected: Bool, borrowers: [Borrowed] = [], records: [Record] = []) {
        (self.instrument, self.isConnected) = (instrument, isConnected)
        (self.borrowers, self.records) = (borrowers, records)
    }
}

/// `j` on a resident's page: which monitor.
struct StaffMonitors: StaffPage {
    private let key: ResidentKey
    private let name: String
    private var rows: [MonitorRow]?
    private var number = StaffRowNumber()

    init(_ key: ResidentKey, name: String) { (self.key, self.name) = (key, name) }

    func keys(_ desk: StaffDesk) -> [StaffHint] {
        [StaffHint(.enter, Phrases.choose, short: Phrases.chooseShort), .back, .logOut, .help]
    }

    func appeared(_ desk: StaffDesk) -> [StaffEffect] { [.loadMonitors] }

    mutating func press(_ key: Key, _ desk: StaffDesk) -> StaffStep {
        let rows = rows ?? []
        if number.press(key, count: rows.count, page: max(1, rows.count)) { return .nothing }
        guard key == .enter else { return .unused }
        guard let row = number.row(of: rows.count).map({ rows[$0] }) ?? (rows.count == 1 ? rows[0] : nil) else {
            return .say(number.typed.isEmpty ? StaffPhrases.typeRowFirst : StaffPhrases.noSuchRow)
        }
        number.clear()
        let isHis = row.borrowers.contains { $0.resident == self.key }
        return .open(
            isHis
                ? StaffReturn(row) as any StaffPage : StaffLending(row, to: self.key, name: name))
    }

    mutating func hear(_ event: StaffEvent, _ desk: StaffDesk) -> StaffStep {
        if case .monitors(let rows) = event { self.rows = rows }
        return .nothing
    }

    func draw(_ room: StaffRoom) -> [StaffLine] {
        let title = StaffLine(StaffText.cut(Phrases.monitors(for: name)[room.language], room.columns), .bold)
        guard let rows else { return [title, StaffLine(StaffPhrases.loading[room.language])] }
        if rows.isEmpty { return [title, StaffLine(Phrases.none[room.language])] }
        return [title]
            + rows.enumerated().map { index, row in
                let text = StaffRowNumber.label(index, of: rows.count) + " " + row.instrument.rawValue
                let isChosen = number.row(of: rows.count) == index
                return StaffLine(
                    StaffText.spread(text, row.standing[room.language], room.columns), isChosen ? .bold : .plain)
            }
    }
}

/// Whose the lent monitor is: *only this person*, or which key is his.
struct StaffLending: StaffPage {
    private let row: MonitorRow
    private let key: ResidentKey
    private let name: String

    init(_ row: MonitorRow, to key: ResidentKey, name: String) { (self.row, self.key, self.name) = (row, key, name) }

    func keys(_ desk: StaffDesk) -> [StaffHint] {
        [StaffHint(nil, Phrases.lend, short: Phrases.lend), .back, .logOut, .help]
    }

    mutating func press(_ key: Key, _ desk: StaffDesk) -> StaffStep {
        guard case .character(let digit) = key, let choice = digit.wholeNumberValue, choices.contains(choice) else {
            return .unused
        }
        let slot = choice == 1 ? nil : choice - 1
        return StaffStep(ask: [.lend(row.instrument, self.key, userSlot: slot)], move: .back)
    }

    /// 1 only this person, 2 and 3 the two keys; what is taken already cannot be chosen.
    private var choices: [Int] {
        let taken = row.borrowers.map(\.userSlot)
        if taken.isEmpty { return [1, 2, 3] }
        return taken.contains(nil) ? [] : [2, 3].filter { !taken.contains($0 - 1) }
    }

    func draw(_ room: StaffRoom) -> [StaffLine] {
        let margin = room.isWide ? "   " : " "
        let texts = choices.map { Phrases.choice($0, name) } + (choices.isEmpty ? [Phrases.isOut] : [])
        return [
            StaffLine(StaffText.cut(Phrases.lending(row.instrument, name)[room.language], room.columns), .bold),
            StaffLine(StaffText.cut(margin + row.standing[room.language], room.columns)), StaffLine(),
        ] + texts.map { StaffLine(StaffText.cut(margin + $0[room.language], room.columns)) }
    }
}

/// The monitor is back: what it remembers, line by line, and for whom.
struct StaffReturn: StaffPage {
    private var row: MonitorRow
    private var top = 0

    init(_ row: MonitorRow) { self.row = row }

    func keys(_ desk: StaffDesk) -> [StaffHint] {
        [
            StaffHint(.character("y"), Phrases.claimAll, short: Phrases.claimAllShort),
            StaffHint(.character("n"), Phrases.claimNone, short: Phrases.claimNoneShort), .page, .back, .logOut, .help,
        ]
    }

    func appeared(_ desk: StaffDesk) -> [StaffEffect] { [.loadMonitors] }

    mutating func press(_ key: Key, _ desk: StaffDesk) -> StaffStep {
        let page = max(1, desk.size.rows - 8)
        switch key {
        case .character("y"):
            guard !row.records.isEmpty else { return .say(Phrases.nothingYet) }
            return StaffStep(ask: [.takeBack(row.instrument, claims: true)], move: .back)
        case .character("n"): return StaffStep(ask: [.takeBack(row.instrument, claims: false)], move: .back)
        case .pageDown, .down, .character("+"):
            if top + page < row.records.count { top += page }
            return .nothing
        case .pageUp, .up, .character("-"):
            top = max(0, top - page)
            return .nothing
        default: return .unused
        }
    }

    mutating func hear(_ event: StaffEvent, _ desk: StaffDesk) -> StaffStep {
        if case .monitors(let rows) = event, let fresh = rows.first(where: { $0.instrument == row.instrument }) {
            row = fresh
            top = min(top, max(0, row.records.count - 1))
        }
        return .nothing
    }

    func draw(_ room: StaffRoom) -> [StaffLine] {
        let title = Phrases.returning(row.instrument)[room.language]
        let count = Phrases.count(row.records.count)[room.language]
        var lines = [
            StaffLine(StaffText.spread(title, count, room.columns), .bold),
            StaffLine(StaffText.cut(row.standing[room.language], room.columns)),
        ]
        if row.records.isEmpty {
            let text = row.isConnected ? Phrases.nothingYet : Phrases.connect
            return lines + [StaffLine(), StaffLine(StaffText.cut(text[room.language], room.columns))]
        }
        lines += row.records[top...].prefix(max(1, room.rows - lines.count)).map { line(of: $0, room) }
        return lines
    }

    private func line(of record: MonitorRow.Record, _ room: StaffRoom) -> StaffLine {
        let slot = record.userSlot.map { Phrases.slot($0)[room.language] + " " } ?? ""
        let time = StaffWords.moment(record.reading.at, room.desk)
        let value = record.reading.vital.shortText ?? StaffWords.value(record.reading.vital)[room.language]
        let whose: String
        if record.isTimeFaulty {
            whose = Phrases.timeFault[room.language]
        } else {
            whose = record.name ?? Phrases.unsaid[room.language]
        }
        return StaffLine(StaffText.spread("\(slot)\(time) \(value)", whose, room.columns))
    }
}

extension Vital {
    /// `142/84`: a cuff's number is never cut for the sake of its pulse.
    fileprivate var shortText: String? {
        if case .bloodPressure(let pressure) = self { pressure.text } else { nil }
    }
}

extension MonitorRow {
    /// Where it is: here, or with whom.
    fileprivate var standing: LocalizedText {
        guard !borrowers.isEmpty else { return isConnected ? Phrases.hereConnected : Phrases.here }
        let names = borrowers.map { borrower in
            borrower.userSlot.map {
                LocalizedText(
                    "\(Phrases.slot($0).chinese)\(borrower.name)", en: "\(Phrases.slot($0).english) \(borrower.name)")
            }
                ?? LocalizedText(borrower.name, en: borrower.name)
        }
        return LocalizedText(
            "借给 " + names.map(\.chinese).joined(separator: "、"),
            en: "out with " + names.map(\.english).joined(separator: ", "))
    }
}

private enum Phrases {
    static let choose = LocalizedText("序号+回车=借或还", en: "number+Enter=lend or take back")
    static let chooseShort = LocalizedText("号+回车", en: "n+Ent")
    static let lend = LocalizedText("按数字=借出去", en: "digit=lend")
    static let none = LocalizedText("小屋没有能借的血压计", en: "The hut has no monitor to lend")
    static let here = LocalizedText("在这里", en: "here")
    static let hereConnected = LocalizedText("在这里，线接着", en: "here, connected")
    static let isOut = LocalizedText("已经借出去了，先还回来", en: "It is out; take it back first")
    static let claimAll = LocalizedText("y=就是他们的，还回来了", en: "y=theirs as said, it is back")
    static let claimAllShort = LocalizedText("y是", en: "y yes")
    static let claimNone = LocalizedText("n=还回来了，一条一条认", en: "n=it is back, claim line by line")
    static let claimNoneShort = LocalizedText("n逐条", en: "n lines")
    static let connect = LocalizedText("请把线接上，打开血压计", en: "Connect the cable and switch the monitor on")
    static let nothingYet = LocalizedText("还没有读到记录", en: "No record read yet")
    static let timeFault = LocalizedText("时间不对", en: "wrong time")
    static let unsaid = LocalizedText("没说是谁", en: "not said whose")

    static func monitors(for name: String) -> LocalizedText {
        LocalizedText("借血压计给 \(name)，或还回来", en: "Lend or take back: \(name)")
    }

    static func lending(_ instrument: InstrumentID, _ name: String) -> LocalizedText {
        LocalizedText("\(instrument.rawValue) 借给 \(name)", en: "Lend \(instrument.rawValue) to \(name)")
    }

    static func returning(_ instrument: InstrumentID) -> LocalizedText {
        LocalizedText("\(instrument.rawValue) 还回来", en: "\(instrument.rawValue) is back")
    }

    static func count(_ count: Int) -> LocalizedText { LocalizedText("\(count) 条", en: "\(count) records") }

    static func slot(_ slot: Int) -> LocalizedText { LocalizedText("用户\(slot)", en: "u\(slot)") }

    static func choice(_ choice: Int, _ name: String) -> LocalizedText {
        switch choice {
        case 1: LocalizedText("1 只有 \(name) 一个人用", en: "1 only \(name) uses it")
        default:
            LocalizedText("\(choice) 用户\(choice - 1)是 \(name)", en: "\(choice) user \(choice - 1) is \(name)")
        }
    }
}
