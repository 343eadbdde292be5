// Readings nobody owns, each with why, and with the one the hint points at side by side (whose-reading.md). Claiming is
// a person's word: the hint proposes, `y` says it, Enter makes it a fact.

import TextScreen
import Vitals

/// The list of unclaimed readings.
struct StaffUnclaimed: StaffPage {
    private var list: [UnclaimedRow]?
    /// A newer list that waits: rows must not move under a number that is being typed.
    private var newer: [UnclaimedRow]?
    private var number = StaffRowNumber()
    /// The reading to stand on when the list comes.
    private var wanted: FactSequence?

    init(at wanted: FactSequence? = nil) { self.wanted = wanted }

    private var rows: [UnclaimedRow] { list ?? [] }
    private var chosen: UnclaimedRow? { number.row(of: rows.count).map { rows[$0] } }

    var prompt: LocalizedText? {
        number.prompt(chosen.map { _ in "" })
    }

    func keys(_ desk: StaffDesk) -> [StaffHint] {
        if rows.isEmpty { return [.back] }
        let turning = rows.count > page(StaffRoom(desk)) ? [StaffHint.page] : []
        return [
            StaffHint(.character("y"), Phrases.hinted, short: Phrases.hintedShort),
            StaffHint(.character("/"), Phrases.other, short: Phrases.otherShort),
            StaffHint(.character("x"), Phrases.discard, short: Phrases.discardShort),
        ] + turning + [StaffHint(.backspace, StaffPhrases.back), .help]
    }

    func appeared(_ desk: StaffDesk) -> [StaffEffect] { [.loadUnclaimed] }

    mutating func press(_ key: Key, _ desk: StaffDesk) -> StaffStep {
        if number.press(key, count: rows.count, page: page(StaffRoom(desk)), at: desk.now.monotonic) {
            adoptNewer(desk)
            return .nothing
        }
        switch key {
        case .character("y"):
            return withRow { row in
                row.hinted.map { .open(StaffClaim(row, $0, isSaid: true)) } ?? .say(Phrases.noHint)
            }
        case .character("/"): return withRow { .open(StaffFind(.claim($0))) }
        case .character("x"): return withRow { .open(StaffReassign(.discard($0))) }
        default: return .unused
        }
    }

    private mutating func withRow(_ act: (UnclaimedRow) -> StaffStep) -> StaffStep {
        guard let row = number.row(of: rows.count) else {
            return .say(number.refused() ? StaffPhrases.typeRowFirst : StaffPhrases.noSuchRow)
        }
        if number.meantAnother(row) { return .say(StaffPhrases.listMoved) }
        let step = act(rows[row])
        // The next list may have other rows: the number is spent once a page was opened for it.
        if case .open = step.move { number.clear() } else { number.refused() }
        return step
    }

    mutating func hear(_ event: StaffEvent, _ desk: StaffDesk) -> StaffStep {
        switch event {
        case .unclaimed(let fresh):
            newer = fresh
            adoptNewer(desk)
            return .nothing
        case .unclaimedArrived: return .ask(.loadUnclaimed)
        default: return .nothing
        }
    }

    private mutating func adoptNewer(_ desk: StaffDesk) {
        // A number typed before the first list came means no row of it.
        if list == nil { number.clear() }
        guard number.typed.isEmpty, let fresh = newer else { return }
        number.listMoved(from: rows.map(\.reading.sequence), to: fresh.map(\.reading.sequence), desk)
        (list, newer) = (fresh, nil)
        if let wanted, let row = fresh.firstIndex(where: { $0.reading.sequence == wanted }) {
            number.preset(row)
        }
        wanted = nil
    }

    /// How many readings stand on the page beside what is shown of the chosen one.
    private func page(_ room: StaffRoom, below: Int = 0) -> Int {
        max(1, (room.rows - (room.isWide ? 3 : 1) - below) / (room.isWide ? 1 : 2))
    }
}

// MARK: - View

extension StaffUnclaimed {
    func draw(_ room: StaffRoom) -> [StaffLine] {
        let title = Phrases.title(rows.count)[room.language]
        let me = room.desk.me.map { StaffWords.person($0.staff, room.language) } ?? ""
        var lines = [StaffLine(StaffText.spread(title, me, room.columns), .bold)]
        guard list != nil else { return lines + [StaffLine(StaffPhrases.loading[room.language])] }
        if rows.isEmpty { return lines + [StaffLine(Phrases.none[room.language])] }
        if room.isWide { lines += [room.rule, StaffLine(columns(room))] }
        let detail = chosen.map { StaffSides.lines($0, $0.hinted, room) } ?? []
        let page = page(room, below: detail.isEmpty ? 0 : detail.count + 1)
        for row in number.window(of: rows.count, page: page) {
            lines += room.isWide ? [wideRow(row, room)] : narrowRow(row, room)
        }
        return detail.isEmpty ? lines : lines + [StaffLine()] + detail
    }

    private static let momentCells = 12
    private static let valueCells = 16
    private static let stationCells = 8

    private func columns(_ room: StaffRoom) -> String {
        let heads = Phrases.columns[room.language].split(separator: "|").map(String.init)
        guard heads.count == 5 else { return "" }
        return StaffRowNumber.heading(of: rows.count) + " " + StaffText.fit(heads[0], Self.momentCells)
            + StaffText.fit(heads[1], Self.valueCells)
            + StaffText.fit(heads[2], Self.stationCells) + StaffText.fit(heads[3], reasonCells(room)) + heads[4]
    }

    private func reasonCells(_ room: StaffRoom) -> Int {
        room.columns - StaffRowNumber.labelCells(rows.count) - 1 - Self.momentCells - Self.valueCells
            - Self.stationCells - 13
    }

    private func wideRow(_ row: Int, _ room: StaffRoom) -> StaffLine {
        let item = rows[row]
        let text =
            StaffRowNumber.label(row, of: rows.count) + " "
            + StaffText.fit(StaffWords.moment(item.reading.at, room.desk), Self.momentCells)
            + StaffText.fit(StaffWords.value(item.reading.vital)[room.language], Self.valueCells)
            + StaffText.fit(StaffText.cut(station(item, room), Self.stationCells - 1), Self.stationCells)
            + StaffText.fit(StaffWords.reason(item.reason)[room.language], reasonCells(room) - 1) + " "
            + StaffText.cut(hint(item), 13)
        return StaffLine(text, number.row(of: rows.count) == row ? .bold : .plain)
    }

    private func narrowRow(_ row: Int, _ room: StaffRoom) -> [StaffLine] {
        let item = rows[row]
        let head =
            "\(StaffRowNumber.label(row, of: rows.count)) \(StaffWords.moment(item.reading.at, room.desk)) "
            + StaffWords.value(item.reading.vital)[room.language]
        let why = "   " + StaffWords.reason(item.reason)[room.language]
        let emphasis = number.row(of: rows.count) == row ? StaffLine.Emphasis.bold : .plain
        return [
            StaffLine(StaffText.cut(head, room.columns), emphasis),
            StaffLine(StaffText.spread(why, item.hinted?.name ?? "", room.columns), emphasis),
        ]
    }

    private func station(_ item: UnclaimedRow, _ room: StaffRoom) -> String {
        // The end of a band's id tells it from the others; the whole stands beside the chosen row.
        item.station.map { StaffWords.station($0, room.language) } ?? item.band.map { "!…" + $0.rawValue.suffix(4) }
            ?? item.reading.instrument.rawValue
    }

    private func hint(_ item: UnclaimedRow) -> String {
        item.hinted.map { "\($0.name) \($0.number)" } ?? "-"
    }
}

private enum Phrases {
    static let none = LocalizedText("都认领了", en: "All are claimed")
    static let columns = LocalizedText("时间|量的|哪台|为什么没认领|像是", en: "When|Value|Where|Why unclaimed|Maybe")
    static let hinted = LocalizedText("序号+y=就是提示的这位", en: "number+y=it is the one hinted at")
    static let hintedShort = LocalizedText("号+y是他", en: "n+y yes")
    static let other = LocalizedText("序号+/=找别人", en: "number+/=find somebody else")
    static let otherShort = LocalizedText("号+/找", en: "n+/find")
    static let discard = LocalizedText("序号+x=不要了", en: "number+x=discard")
    static let discardShort = LocalizedText("号+x不要", en: "n+x drop")
    static let noHint = LocalizedText("这条没有提示，按 / 找人", en: "No hint here; / finds somebody")

    static func title(_ count: Int) -> LocalizedText {
        LocalizedText("没认领  \(count)", en: "Unclaimed  \(count)")
    }
}
