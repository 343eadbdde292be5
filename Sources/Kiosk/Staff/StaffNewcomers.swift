// Residents who enrolled themselves with a card and wait for a nurse (whose-reading row 29). She sees who it is and who in
// the roster has the same name, and says that she has seen the person. Nothing is ever joined by a name.

import TextScreen
import Vitals

/// One who waits.
package struct NewcomerRow: Hashable, Sendable {
    package var person: Candidate
    package var birth: LocalDay?
    /// The last four characters of the card; empty where none is linked any more.
    package var cardEnds: String
    /// Others in the roster with the same name, at most three.
    package var namesakes: [Candidate]

    package init(person: Candidate, birth: LocalDay?, cardEnds: String, namesakes: [Candidate] = []) {
        (self.person, self.birth, self.cardEnds, self.namesakes) = (person, birth, cardEnds, namesakes)
    }
}

/// `n` on the worklist.
struct StaffNewcomers: StaffPage {
    private var list: [NewcomerRow]?
    /// A newer list that waits: rows must not move under a number that is being typed.
    private var newer: [NewcomerRow]?
    private var number = StaffRowNumber()
    private var isSaving = false

    private var rows: [NewcomerRow] { list ?? [] }
    private var chosen: NewcomerRow? { number.row(of: rows.count).map { rows[$0] } }

    var prompt: LocalizedText? {
        if isSaving { return StaffPhrases.saving }
        return number.prompt(chosen.map { _ in "" })
    }

    func keys(_ desk: StaffDesk) -> [StaffHint] {
        let enrol = StaffHint(.character("n"), Phrases.enrol)
        if rows.isEmpty { return [enrol, .back, .logOut, .help] }
        let turning = rows.count > page(StaffRoom(desk)) ? [StaffHint.page] : []
        return [
            StaffHint(.character("y"), Phrases.seen, short: Phrases.seenShort),
            StaffHint(.enter, Phrases.look, short: Phrases.lookShort),
        ] + turning + [enrol, .back, .logOut, .help]
    }

    func appeared(_ desk: StaffDesk) -> [StaffEffect] { [.loadNewcomers] }

    mutating func press(_ key: Key, _ desk: StaffDesk) -> StaffStep {
        if isSaving { return key == .escape ? .unused : .nothing }
        if number.press(key, count: rows.count, page: page(StaffRoom(desk)), at: desk.now.monotonic) {
            adoptNewer(desk)
            return .nothing
        }
        switch key {
        case .character("y"):
            let step = withRow { .ask(.confirmResident($0.person.key)) }
            isSaving = !step.ask.isEmpty
            return step
        case .character("n"): return .open(StaffActs.enrol())
        case .enter: return withRow { .open(StaffResident($0.person.key)) }
        default: return .unused
        }
    }

    private mutating func withRow(_ act: (NewcomerRow) -> StaffStep) -> StaffStep {
        guard let row = number.row(of: rows.count) else {
            return .say(number.typed.isEmpty ? StaffPhrases.typeRowFirst : StaffPhrases.noSuchRow)
        }
        if number.meantAnother(row) { return .say(StaffPhrases.listMoved) }
        number.clear()
        return act(rows[row])
    }

    mutating func hear(_ event: StaffEvent, _ desk: StaffDesk) -> StaffStep {
        switch event {
        case .newcomers(let fresh):
            newer = fresh
            adoptNewer(desk)
        // Only her own word is answered so: a list that could not be read is not asked for again and again.
        case .saved where isSaving, .failed where isSaving:
            isSaving = false
            return .ask(.loadNewcomers)
        default: break
        }
        return .nothing
    }

    private mutating func adoptNewer(_ desk: StaffDesk) {
        // A number typed before the first list came means no row of it.
        if list == nil { number.clear() }
        guard number.typed.isEmpty, let fresh = newer else { return }
        number.listMoved(from: rows.map(\.person.key), to: fresh.map(\.person.key), desk)
        (list, newer) = (fresh, nil)
    }

    /// How many rows stand on the page beside what is shown of the chosen one.
    private func page(_ room: StaffRoom) -> Int {
        let detail = chosen.map { namesakes($0, room).count + 1 } ?? 0
        return max(1, room.rows - (room.isWide ? 3 : 1) - detail)
    }
}

// MARK: - View

extension StaffNewcomers {
    func draw(_ room: StaffRoom) -> [StaffLine] {
        let title = StaffLine(StaffText.cut(Phrases.title(rows.count)[room.language], room.columns), .bold)
        guard list != nil else { return [title, StaffLine(StaffPhrases.loading[room.language])] }
        if rows.isEmpty { return [title, StaffLine(Phrases.none[room.language])] }
        var lines = [title] + (room.isWide ? [room.rule, StaffLine(columns(room))] : [])
        for row in number.window(of: rows.count, page: page(room)) { lines.append(line(row, room)) }
        return lines + (chosen.map { [StaffLine()] + namesakes($0, room) } ?? [])
    }

    private static let whoCells = 36
    private static let birthCells = 14

    private func columns(_ room: StaffRoom) -> String {
        let heads = Phrases.columns[room.language].split(separator: "|").map(String.init)
        guard heads.count == 3 else { return "" }
        return StaffRowNumber.heading(of: rows.count) + " " + StaffText.fit(heads[0], Self.whoCells)
            + StaffText.fit(heads[1], Self.birthCells) + heads[2]
    }

    private func line(_ row: Int, _ room: StaffRoom) -> StaffLine {
        let item = rows[row]
        let who = StaffWords.person(item.person, room.language)
        let label = StaffRowNumber.label(row, of: rows.count) + " "
        let emphasis = number.row(of: rows.count) == row ? StaffLine.Emphasis.bold : .plain
        guard room.isWide else {
            return StaffLine(StaffText.spread(label + who, item.cardEnds, room.columns), emphasis)
        }
        let text =
            label + StaffText.fit(who, Self.whoCells) + StaffText.fit(item.birth?.iso ?? "-", Self.birthCells)
            + item.cardEnds
        return StaffLine(StaffText.cut(text, room.columns), emphasis)
    }

    /// Who else has the name: the nurse must not make one person two, and only she can tell.
    private func namesakes(_ row: NewcomerRow, _ room: StaffRoom) -> [StaffLine] {
        guard !row.namesakes.isEmpty else {
            return [StaffLine(StaffText.cut(" " + Phrases.alone[room.language], room.columns))]
        }
        let others = row.namesakes.map { other in
            let values = other.lastValues.prefix(room.isWide ? 3 : 1).joined(separator: " ")
            return StaffLine(StaffText.cut("   \(StaffWords.person(other, room.language))  \(values)", room.columns))
        }
        return [StaffLine(StaffText.cut(" " + Phrases.namesakes[room.language], room.columns), .bold)] + others
            + StaffText.wrap(Phrases.same[room.language], room.columns - 2, lines: 2).map { StaffLine(" " + $0) }
    }
}

private enum Phrases {
    static let enrol = LocalizedText("n=登记新人", en: "n=new resident")
    static let none = LocalizedText("没有等着见面的", en: "Nobody waits to be seen")
    static let columns = LocalizedText("谁|生日|证件尾号", en: "Who|Born|Card ends")
    static let seen = LocalizedText("序号+y=见过本人，对", en: "number+y=I have seen this person")
    static let seenShort = LocalizedText("号+y见过", en: "n+y seen")
    static let look = LocalizedText("序号+回车=看人", en: "number+Enter=see")
    static let lookShort = LocalizedText("号+回车看", en: "n+Ent see")
    static let alone = LocalizedText("名册里没有同名的", en: "Nobody else has this name")
    static let namesakes = LocalizedText("名册里还有同名的：", en: "The same name in the roster:")
    static let same = LocalizedText(
        "同一个人就先别按y，到档案里合并(m、8)", en: "If it is the same person, do not press y: join the two (m, 8)")

    static func title(_ count: Int) -> LocalizedText {
        LocalizedText("刷证新来的  \(count)", en: "Enrolled with a card  \(count)")
    }
}
