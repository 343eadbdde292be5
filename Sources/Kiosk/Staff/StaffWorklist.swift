// The worklist: who needs somebody, why and until when, most urgent first (nurse-screens 1). Hidden rows are counted
// with their reason, and the header says how old the data is, so that a short list cannot pass for a quiet day.

import TextScreen
import Vitals

/// The list a session opens on.
struct StaffWorklist: StaffPage {
    private var list: Worklist?
    /// A newer list that waits: rows must not move under a number that is being typed.
    private var newer: Worklist?
    private var number = StaffRowNumber()

    private var rows: [WorklistRow] { list?.rows ?? [] }
    private var typedRow: WorklistRow? { number.row(of: rows.count).map { rows[$0] } }

    var prompt: LocalizedText? {
        guard !number.typed.isEmpty else { return nil }
        guard let row = typedRow else {
            return LocalizedText("\(number.typed)_ 没有这个序号", en: "\(number.typed)_ no such row")
        }
        let name = LocalizedText(row.name ?? Phrases.nobody.chinese, en: row.name ?? Phrases.nobody.english)
        return LocalizedText("\(number.typed)_ \(name.chinese)", en: "\(number.typed)_ \(name.english)")
    }

    func keys(_ desk: StaffDesk) -> [StaffHint] {
        var keys = [
            StaffHint(.enter, Phrases.see, short: Phrases.seeShort),
            StaffHint(.character("f"), Phrases.fill, short: Phrases.fillShort),
            StaffHint(.character("t"), Phrases.take, short: Phrases.takeShort),
            StaffHint(.character("c"), Phrases.close, short: Phrases.closeShort),
            StaffHint(.character("u"), Phrases.unclaimed, short: Phrases.unclaimedShort),
            StaffHint(.character("/"), Phrases.find, short: Phrases.findShort),
            StaffHint(.character("j"), Phrases.exams), StaffHint(.character("w"), Phrases.sheet),
        ]
        if rows.isEmpty { keys.removeFirst(4) }
        if rows.count > page(StaffRoom(desk)) { keys.append(.page) }
        return keys + [.logOut, .help]
    }

    func appeared(_ desk: StaffDesk) -> [StaffEffect] { [.loadWorklist] }

    mutating func press(_ key: Key, _ desk: StaffDesk) -> StaffStep {
        if number.press(key, count: rows.count, page: page(StaffRoom(desk))) {
            adoptNewer()
            return .nothing
        }
        let step = act(on: key, desk)
        if !step.isUnused {
            number.clear()
            adoptNewer()
        }
        return step
    }

    private func act(on key: Key, _ desk: StaffDesk) -> StaffStep {
        switch key {
        case .enter: withRow { see($0, desk) }
        case .character("t") where !number.typed.isEmpty: withRow { .ask(.take($0.flag)) }
        case .character("f"): withRow(fill)
        case .character("c"): withRow { close($0, desk) }
        case .character("u"): .open(StaffUnclaimed())
        case .character("/"): .open(StaffFind(.see))
        case .character("j"): .open(StaffExamDay())
        case .character("w"): .open(VisitsOutEntry())
        default: .unused
        }
    }

    private func withRow(_ act: (WorklistRow) -> StaffStep) -> StaffStep {
        if let typedRow { return act(typedRow) }
        return .say(number.typed.isEmpty ? StaffPhrases.typeRowFirst : StaffPhrases.noSuchRow)
    }

    private func see(_ row: WorklistRow, _ desk: StaffDesk) -> StaffStep {
        switch row.subject {
        case .resident(let key): .open(StaffResident(key))
        case .reading(let sequence): .open(StaffUnclaimed(at: sequence))
        case .station, .band: close(row, desk)
        }
    }

    private func fill(_ row: WorklistRow) -> StaffStep {
        guard case .resident(let key) = row.subject else { return .say(Phrases.nobodyToFill) }
        return .open(StaffForm(key))
    }

    private func close(_ row: WorklistRow, _ desk: StaffDesk) -> StaffStep {
        // A reading nobody owns is settled by claiming or discarding it.
        if case .reading(let sequence) = row.subject, row.severity < .critical {
            return .open(StaffUnclaimed(at: sequence))
        }
        let alert = desk.alerts.first { $0.flag == row.flag }
        let flag = StaffClosing.Subject(
            id: row.flag, severity: row.severity, who: alert?.who ?? row.name, sentence: row.why)
        return .open(StaffClosing([flag]))
    }

    mutating func hear(_ event: StaffEvent, _ desk: StaffDesk) -> StaffStep {
        switch event {
        case .worklist(let fresh):
            newer = fresh
            adoptNewer()
            return .nothing
        case .alerts, .saved, .unclaimedArrived: return .ask(.loadWorklist)
        default: return .nothing
        }
    }

    private mutating func adoptNewer() {
        // A number typed before the first list came means no row of it.
        if list == nil { number.clear() }
        guard number.typed.isEmpty, let fresh = newer else { return }
        (list, newer) = (fresh, nil)
    }

    /// How many rows stand on the page, so that a page key turns exactly one.
    private func page(_ room: StaffRoom) -> Int {
        let free = room.rows - StaffWorklistHead.height(room)
        return max(1, room.isWide ? free - 1 : free / 2)
    }
}

// MARK: - View

extension StaffWorklist {
    func draw(_ room: StaffRoom) -> [StaffLine] {
        guard let list else { return [StaffLine(StaffPhrases.loading[room.language])] }
        let window = number.window(of: rows.count, page: page(room))
        return StaffWorklistHead.lines(list, window, room)
            + (list.rows.isEmpty ? [StaffLine(Phrases.empty[room.language])] : body(window, room))
    }

    private func body(_ window: Range<Int>, _ room: StaffRoom) -> [StaffLine] {
        guard room.isWide else { return window.flatMap { narrowRow($0, room) } }
        return [StaffLine(columns(room))] + window.map { wideRow($0, room) }
    }

    /// Name, sex and age; latest value; due.
    private static let nameCells = 12
    private static let lastCells = 7
    private static let dueCells = 7
    private static let phoneCells = 12

    private func whyCells(_ room: StaffRoom) -> Int {
        room.columns - StaffRowNumber.labelCells(rows.count) - Self.nameCells - Self.lastCells - Self.dueCells
            - Self.phoneCells - 8
    }

    private func columns(_ room: StaffRoom) -> String {
        let heads = Phrases.columns[room.language].split(separator: "|").map(String.init)
        guard heads.count == 6 else { return "" }
        return StaffRowNumber.heading(of: rows.count) + " " + StaffText.fit(heads[0], 3)
            + StaffText.spread(heads[1], heads[2], Self.nameCells) + " "
            + StaffText.fit(heads[3], whyCells(room)) + " " + StaffText.fit(heads[4], Self.lastCells) + " "
            + StaffText.fit(heads[5], Self.dueCells) + " " + Phrases.phone[room.language]
    }

    private func wideRow(_ row: Int, _ room: StaffRoom) -> StaffLine {
        let item = rows[row]
        let isChosen = number.row(of: rows.count) == row
        let text =
            StaffRowNumber.label(row, of: rows.count) + " " + StaffText.fit(StaffWords.mark(item.severity), 3)
            + StaffText.fit(name(item, Self.nameCells, room), Self.nameCells) + " "
            + StaffText.fit(why(item, room), whyCells(room)) + " "
            + StaffText.fit(item.lastValue ?? "-", Self.lastCells) + " "
            + StaffText.fit(due(item, room), Self.dueCells) + " " + phone(item, isChosen, room)
        return StaffLine(text, isChosen ? .bold : .plain)
    }

    private func narrowRow(_ row: Int, _ room: StaffRoom) -> [StaffLine] {
        let item = rows[row]
        let isChosen = number.row(of: rows.count) == row
        // Number and name share thirteen cells.
        let label = StaffRowNumber.label(row, of: rows.count)
        let cells = 13 - cellWidth(label)
        let head =
            label + StaffText.fit(StaffWords.mark(item.severity), 2)
            + StaffText.fit(compactName(item, cells, room), cells) + "  " + StaffText.fit(item.lastValue ?? "-", 7)
            + StaffText.fitRight(due(item, room), 10)
        let second = "   " + (isChosen && item.phone != nil ? phone(item, true, room) + " " : "") + why(item, room)
        let emphasis = isChosen ? StaffLine.Emphasis.bold : .plain
        return [StaffLine(head, emphasis), StaffLine(StaffText.cut(second, room.columns), emphasis)]
    }

    /// The fullest of four ways to write name, sex and age that fits.
    private func name(_ row: WorklistRow, _ cells: Int, _ room: StaffRoom) -> String {
        guard let name = row.name else { return nameless(row, room) }
        let sex = StaffWords.sex(row.sex, room.language)
        let age = row.age.map(String.init) ?? ""
        let column = "\(StaffText.fit(name, 6)) \(sex) \(age)"
        if cellWidth(name) <= 6, cellWidth(column) <= cells { return column }
        for tight in ["\(name) \(sex)\(age)", "\(name)\(sex)\(age)"] where cellWidth(tight) <= cells { return tight }
        let tail = " " + age
        return StaffText.cut(name, cells - cellWidth(tail)) + tail
    }

    private func compactName(_ row: WorklistRow, _ cells: Int, _ room: StaffRoom) -> String {
        guard let name = row.name else { return nameless(row, room) }
        let tail = " " + StaffWords.sex(row.sex, room.language) + (row.age.map(String.init) ?? "")
        return StaffText.cut(name, cells - cellWidth(tail)) + tail
    }

    /// `无名 1号台`: in the room of a name the place must not be lost.
    private func nameless(_ row: WorklistRow, _ room: StaffRoom) -> String {
        switch row.subject {
        case .station(let station): Phrases.nobody(StaffWords.station(station, room.language))[room.language]
        case .band(let band): band.rawValue
        case .reading, .resident: Phrases.nobody[room.language]
        }
    }

    /// Who deals with it stands before why.
    private func why(_ row: WorklistRow, _ room: StaffRoom) -> String {
        (row.takenBy.map { "[\($0)]" } ?? "") + row.why[room.language]
    }

    private func due(_ row: WorklistRow, _ room: StaffRoom) -> String {
        StaffWords.due(row.due, row.severity, today: room.desk.today)[room.language]
    }

    /// Whole at a desk; on a resident's kiosk only for the row whose number is typed (H-36).
    private func phone(_ row: WorklistRow, _ isChosen: Bool, _ room: StaffRoom) -> String {
        guard let phone = row.phone else { return "-" }
        return room.desk.isStation && !isChosen ? StaffWords.masked(phone) : phone
    }
}

private enum Phrases {
    static let empty = LocalizedText("现在没有要办的", en: "Nothing to do now")
    static let nobody = LocalizedText("无名", en: "(no name)")
    static let columns = LocalizedText("急|姓名|岁|为什么|最近|期限", en: "!|Name|age|Why|Last|Due")
    static let phone = LocalizedText("电话", en: "Phone")
    static let see = LocalizedText("序号+回车=看人", en: "number+Enter=see")
    static let seeShort = LocalizedText("号+回车看", en: "n+Ent see")
    static let fill = LocalizedText("序号+f=填随访", en: "number+f=follow-up")
    static let fillShort = LocalizedText("号+f随访", en: "n+f form")
    static let nobodyToFill = LocalizedText("这一行没有人，不能填随访", en: "Nobody stands in this row")
    static let take = LocalizedText("序号+t=我来处理", en: "number+t=I take it")
    static let takeShort = LocalizedText("号+t接", en: "n+t take")
    static let close = LocalizedText("序号+c=办完了", en: "number+c=close")
    static let closeShort = LocalizedText("号+c结", en: "n+c end")
    static let unclaimed = LocalizedText("u=没认领", en: "u=unclaimed")
    static let unclaimedShort = LocalizedText("u认领", en: "u claim")
    static let find = LocalizedText("/=找人", en: "/=find")
    static let findShort = LocalizedText("/找", en: "/")

    static let exams = LocalizedText("j=体检", en: "j=exam day")
    static let sheet = LocalizedText("w=录外出结果", en: "w=type a sheet")

    static func nobody(_ place: String) -> LocalizedText {
        LocalizedText("无名 \(place)", en: "(\(place))")
    }
}
