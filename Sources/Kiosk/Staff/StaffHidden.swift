// Whoever is not on the list, and why: a list that hides without showing whom is not to be trusted (H-19).

import TextScreen
import Vitals

/// The rows that are hidden.
struct StaffHidden: StaffPage {
    private var list: [HiddenRow]?
    /// A newer list that waits: rows must not move under a number that is being typed.
    private var newer: [HiddenRow]?
    private var number = StaffRowNumber()

    private var rows: [HiddenRow] { list ?? [] }

    var prompt: LocalizedText? {
        number.prompt(number.row(of: rows.count).map { rows[$0].name })
    }

    func keys(_ desk: StaffDesk) -> [StaffHint] {
        let turning = rows.count > page(StaffRoom(desk)) ? [StaffHint.page] : []
        return [StaffHint(.enter, Phrases.see, short: Phrases.see)] + turning + [.back]
    }

    func appeared(_ desk: StaffDesk) -> [StaffEffect] { [.desk(.loadHidden)] }

    mutating func press(_ key: Key, _ desk: StaffDesk) -> StaffStep {
        if number.press(key, count: rows.count, page: page(StaffRoom(desk)), at: desk.now.monotonic) {
            adoptNewer(desk)
            return .nothing
        }
        guard key == .enter else { return .unused }
        guard let row = number.row(of: rows.count) else {
            return .say(number.refused() ? StaffPhrases.typeRowFirst : StaffPhrases.noSuchRow)
        }
        if number.meantAnother(row) { return .say(StaffPhrases.listMoved) }
        number.clear()
        return .open(StaffResident(rows[row].resident))
    }

    mutating func hear(_ event: StaffEvent, _ desk: StaffDesk) -> StaffStep {
        guard case .desk(.hidden(let fresh)) = event else { return .nothing }
        newer = fresh
        adoptNewer(desk)
        return .nothing
    }

    private mutating func adoptNewer(_ desk: StaffDesk) {
        if list == nil { number.clear() }
        guard number.typed.isEmpty, let fresh = newer else { return }
        number.listMoved(from: rows.map(\.resident), to: fresh.map(\.resident), desk)
        (list, newer) = (fresh, nil)
    }

    private func page(_ room: StaffRoom) -> Int { max(1, room.rows - 1) }

    func draw(_ room: StaffRoom) -> [StaffLine] {
        let title = StaffLine(StaffText.cut(Phrases.title(rows.count)[room.language], room.columns), .bold)
        guard list != nil else { return [title, StaffLine(StaffPhrases.loading[room.language])] }
        if rows.isEmpty { return [title, StaffLine(Phrases.none[room.language])] }
        return [title]
            + number.window(of: rows.count, page: page(room)).map { row in
                let item = rows[row]
                let who = StaffWords.person(item.name, item.sex, item.age, number: item.number, room.language)
                let label = StaffRowNumber.label(row, of: rows.count)
                let why = Phrases.why(item.why, room)[room.language]
                let sentence = room.isWide ? item.sentence.map { "  " + $0[room.language] } ?? "" : ""
                let isChosen = number.row(of: rows.count) == row
                return StaffLine(
                    StaffText.spread("\(label) \(who)\(sentence)", why, room.columns), isChosen ? .bold : .plain)
            }
    }
}

private enum Phrases {
    static let see = LocalizedText("序号+回车=看人", en: "number+Enter=see")
    static let none = LocalizedText("没有藏起的", en: "Nobody is hidden")

    static func title(_ count: Int) -> LocalizedText {
        LocalizedText("藏起的 \(count)", en: "Hidden: \(count)")
    }

    static func why(_ why: HiddenRow.Why, _ room: StaffRoom) -> LocalizedText {
        let today = room.desk.today
        return switch why {
        case .moved: LocalizedText("搬走了", en: "moved")
        case .dead: LocalizedText("去世了", en: "dead")
        case .lost: LocalizedText("找不到人", en: "lost")
        case .ended: LocalizedText("不归本队管了", en: "not ours now")
        case .listedFrom(let day): listed(StaffWords.day(day, today: today), isWide: room.isWide)
        case .firstDue(let day): first(StaffWords.day(day, today: today), isWide: room.isWide)
        }
    }

    private static func listed(_ day: String, isWide: Bool) -> LocalizedText {
        LocalizedText("\(day)上名单", en: isWide ? "listed from \(day)" : "from \(day)")
    }

    /// At 40 columns short enough to leave the name whole.
    private static func first(_ day: String, isWide: Bool) -> LocalizedText {
        isWide
            ? LocalizedText("刚进名册，首次随访 \(day)", en: "new, first visit \(day)")
            : LocalizedText("首访 \(day)", en: "due \(day)")
    }
}
