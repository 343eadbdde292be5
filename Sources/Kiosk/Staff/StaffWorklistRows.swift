// The rows of the worklist, at 80 columns one line each and at 40 two.

import TextScreen
import Vitals

extension StaffWorklist {
    func draw(_ room: StaffRoom) -> [StaffLine] {
        guard let list else { return [StaffLine(StaffPhrases.loading[room.language])] }
        let window = number.window(of: rows.count, page: page(room))
        let sentence = list.rows.isEmpty ? WorklistWords.empty(list) : WorklistWords.nothingOfThis
        let empty = StaffText.wrap(sentence[room.language], room.columns, lines: 2)
        return StaffWorklistHead.lines(list, window, of: rows.count, filter, room)
            + (rows.isEmpty ? empty.map { StaffLine($0) } : body(window, room))
    }

    private func body(_ window: Range<Int>, _ room: StaffRoom) -> [StaffLine] {
        guard room.isWide else { return window.flatMap { narrowRow($0, room) } }
        return [StaffLine(columns(room))] + window.map { wideRow($0, room) }
    }

    /// Name, sex and age; latest value; due.
    private static let lastCells = 7
    private static let dueCells = 7
    private static let phoneCells = 12

    /// Twelve as in the mock-up; more where a name of the list needs it to keep sex and age.
    private func nameCells(_ room: StaffRoom, least: Int = 12) -> Int {
        let widest = rows.map { cellWidth(who($0, room)) }.filter { $0 <= 14 }.max() ?? 0
        return max(least, widest)
    }

    private func whyCells(_ room: StaffRoom) -> Int {
        room.columns - StaffRowNumber.labelCells(rows.count) - nameCells(room) - Self.lastCells - Self.dueCells
            - Self.phoneCells - 8
    }

    private func columns(_ room: StaffRoom) -> String {
        let heads = WorklistWords.columns[room.language].split(separator: "|").map(String.init)
        guard heads.count == 6 else { return "" }
        return StaffRowNumber.heading(of: rows.count) + " " + StaffText.fit(heads[0], 3)
            + StaffText.spread(heads[1], heads[2], nameCells(room)) + " "
            + StaffText.fit(heads[3], whyCells(room)) + " " + StaffText.fit(heads[4], Self.lastCells) + " "
            + StaffText.fit(heads[5], Self.dueCells) + " " + WorklistWords.phone[room.language]
    }

    private func wideRow(_ row: Int, _ room: StaffRoom) -> StaffLine {
        let item = rows[row]
        let isChosen = number.row(of: rows.count) == row
        let text =
            StaffRowNumber.label(row, of: rows.count) + " " + StaffText.fit(StaffWords.mark(item.severity), 3)
            + StaffText.fit(name(item, nameCells(room), room), nameCells(room)) + " "
            + StaffText.fit(why(item, room), whyCells(room)) + " "
            + StaffText.fit(item.lastValue ?? "-", Self.lastCells) + " "
            + StaffText.fit(due(item, room), Self.dueCells) + " " + phone(item, isChosen, room)
        return StaffLine(text, isChosen ? .bold : .plain)
    }

    private func narrowRow(_ row: Int, _ room: StaffRoom) -> [StaffLine] {
        let item = rows[row]
        let isChosen = number.row(of: rows.count) == row
        // Number and name share thirteen cells; three more where a name of the list needs them to keep sex and age.
        let label = StaffRowNumber.label(row, of: rows.count)
        let missing = nameCells(room, least: 13 - cellWidth(label)) + cellWidth(label) - 13
        let more = min(max(0, missing), 3)
        let cells = 13 + more - cellWidth(label)
        let head =
            label + StaffText.fit(StaffWords.mark(item.severity), 2)
            + StaffText.fit(compactName(item, cells, room), cells) + "  " + StaffText.fit(item.lastValue ?? "-", 7)
            + StaffText.fitRight(due(item, room), 10 - more)
        let second = "   " + (isChosen && item.phone != nil ? phone(item, true, room) + " " : "") + why(item, room)
        let emphasis = isChosen ? StaffLine.Emphasis.bold : .plain
        return [StaffLine(head, emphasis), StaffLine(StaffText.cut(second, room.columns), emphasis)]
    }

    /// In columns, where they are wide enough for it.
    private func name(_ row: WorklistRow, _ cells: Int, _ room: StaffRoom) -> String {
        guard let name = row.name else { return nameless(row, room) }
        let column = "\(StaffText.fit(name, 6)) \(StaffWords.sex(row.sex, room.language)) \(age(row))"
        return cellWidth(name) <= 6 && cellWidth(column) <= cells ? column : tight(name, row, cells, room)
    }

    private func compactName(_ row: WorklistRow, _ cells: Int, _ room: StaffRoom) -> String {
        row.name.map { tight($0, row, cells, room) } ?? nameless(row, room)
    }

    /// The fullest way that fits: sex and age go before a character of the name does, for half a name is another's (H-01).
    private func tight(_ name: String, _ row: WorklistRow, _ cells: Int, _ room: StaffRoom) -> String {
        let ways = [who(row, room), "\(name) \(age(row))", name]
        return ways.first { cellWidth($0) <= cells } ?? StaffText.cut(name, cells)
    }

    /// `欧阳秀英 女101`.
    private func who(_ row: WorklistRow, _ room: StaffRoom) -> String {
        row.name.map { "\($0) \(StaffWords.sex(row.sex, room.language))\(age(row))" } ?? ""
    }

    private func age(_ row: WorklistRow) -> String { row.age.map(String.init) ?? "" }

    /// `无名 1号台`: in the room of a name the place must not be lost.
    private func nameless(_ row: WorklistRow, _ room: StaffRoom) -> String {
        switch row.subject {
        case .station(let station): WorklistWords.nobody(StaffWords.station(station, room.language))[room.language]
        case .band(let band): band.rawValue
        case .reading, .resident: WorklistWords.nobody[room.language]
        }
    }

    /// Who deals with it, and the calls that nobody answered, stand before why.
    private func why(_ row: WorklistRow, _ room: StaffRoom) -> String {
        let tries = StaffWords.tries(row.tries).map { $0[room.language] + " " } ?? ""
        return (row.takenBy.map { "[\($0)]" } ?? "") + tries + row.why[room.language]
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

/// Words of the list that no other page says.
enum WorklistWords {
    private static let empty = LocalizedText("现在没有要办的", en: "Nothing to do now")
    static let nothingOfThis = LocalizedText("这一种没有，a=全部", en: "None of these; a=all")
    static let nobody = LocalizedText("无名", en: "(no name)")
    static let onlyAtDesk = LocalizedText("请到护士的桌子上打印", en: "Please print at the nurse's desk")
    static let nobodyToAsk = LocalizedText("这一行没有人，不能填随访", en: "Nobody stands in this row")
    static let columns = LocalizedText("急|姓名|岁|为什么|最近|期限", en: "!|Name|age|Why|Last|Due")
    static let phone = LocalizedText("电话", en: "Phone")

    /// An empty list is not an empty desk: what waits elsewhere is said with its key.
    static func empty(_ list: Worklist) -> LocalizedText {
        let requests = LocalizedText("请求 \(list.requests)：按 r", en: "requests \(list.requests): r")
        let unclaimed = LocalizedText("没认领 \(list.unclaimed)：按 u", en: "unclaimed \(list.unclaimed): u")
        let waiting = (list.requests > 0 ? [requests] : []) + (list.unclaimed > 0 ? [unclaimed] : [])
        guard !waiting.isEmpty else { return empty }
        return LocalizedText(
            "名单上没有要办的；" + waiting.map(\.chinese).joined(separator: "；"),
            en: "Nothing on the list; " + waiting.map(\.english).joined(separator: "; "))
    }

    static func nobody(_ place: String) -> LocalizedText {
        LocalizedText("无名 \(place)", en: "(\(place))")
    }
}
