// Every reading of one resident, newest first: from here one is moved to whom it belongs, or given back to the unclaimed.

import TextScreen
import Vitals

/// `r` on a resident's page.
struct StaffReadings: StaffPage {
    private let key: ResidentKey
    private var card: ResidentCard
    /// A newer card that waits: rows must not move under a number that is being typed.
    private var newer: ResidentCard?
    private var number = StaffRowNumber()

    init(_ card: ResidentCard) { (key, self.card) = (card.key, card) }

    private var readings: [ReadingRow] { card.readings }
    private var chosen: ReadingRow? { number.row(of: readings.count).map { readings[$0] } }

    var prompt: LocalizedText? {
        number.prompt(chosen.map { StaffWords.value($0.vital) })
    }

    func keys(_ desk: StaffDesk) -> [StaffHint] {
        if readings.isEmpty { return [.back] }
        let turning = readings.count > page(StaffRoom(desk)) ? [StaffHint.page] : []
        return [
            StaffHint(.character("m"), Phrases.move, short: Phrases.moveShort),
            StaffHint(.character("g"), Phrases.giveBack, short: Phrases.giveBackShort),
        ] + turning + [.back]
    }

    func appeared(_ desk: StaffDesk) -> [StaffEffect] { [.loadResident(key)] }

    mutating func press(_ key: Key, _ desk: StaffDesk) -> StaffStep {
        if number.press(key, count: readings.count, page: page(StaffRoom(desk)), at: desk.now.monotonic) {
            adoptNewer(desk)
            return .nothing
        }
        let (owner, name) = (card.key, card.resident.name)
        switch key {
        case .character("m"): return withReading { .open(StaffFind(.move($0, from: owner, name: name))) }
        case .character("g"): return withReading { .open(StaffReassign(.giveBack($0, name: name))) }
        default: return .unused
        }
    }

    private mutating func withReading(_ act: (ReadingRow) -> StaffStep) -> StaffStep {
        guard let row = number.row(of: readings.count) else {
            return .say(number.refused() ? StaffPhrases.typeRowFirst : StaffPhrases.noSuchRow)
        }
        if number.meantAnother(row) { return .say(StaffPhrases.listMoved) }
        let step = act(readings[row])
        number.clear()
        return step
    }

    mutating func hear(_ event: StaffEvent, _ desk: StaffDesk) -> StaffStep {
        switch event {
        // A card that was asked for another page must never stand under this name.
        case .resident(let fresh) where fresh.key == key:
            newer = fresh
            adoptNewer(desk)
            return .nothing
        case .saved: return .ask(.loadResident(key))
        default: return .nothing
        }
    }

    private mutating func adoptNewer(_ desk: StaffDesk) {
        guard number.typed.isEmpty, let fresh = newer else { return }
        number.listMoved(from: readings.map(\.sequence), to: fresh.readings.map(\.sequence), desk)
        (card, newer) = (fresh, nil)
    }

    private func page(_ room: StaffRoom) -> Int { max(1, room.rows - (room.isWide ? 2 : 1)) }
}

// MARK: - View

extension StaffReadings {
    func draw(_ room: StaffRoom) -> [StaffLine] {
        let who = StaffWords.person(
            card.resident.name, card.resident.sex, card.age, number: card.resident.number, room.language)
        let title = StaffLine(StaffText.cut(who, room.columns), .bold)
        guard !readings.isEmpty else { return [title, StaffLine(Phrases.none[room.language])] }
        let heads = room.isWide ? [StaffLine(columns(room))] : []
        return [title] + heads
            + number.window(of: readings.count, page: page(room)).map { row in
                let text = room.isWide ? wide(row, room) : narrow(row, room)
                let isChosen = number.row(of: readings.count) == row
                return StaffLine(StaffText.cut(text, room.columns), isChosen ? .bold : .plain)
            }
    }

    private static let momentCells = 17
    private static let valueCells = 22

    private func columns(_ room: StaffRoom) -> String {
        let heads = Phrases.columns[room.language].split(separator: "|").map(String.init)
        guard heads.count == 6 else { return "" }
        return StaffRowNumber.heading(of: readings.count) + " " + StaffText.fit(heads[0], Self.momentCells)
            + StaffText.fit(heads[1], Self.valueCells)
            + StaffText.fit(heads[2], 5) + StaffText.fit(heads[3], 12) + StaffText.fit(heads[4], 10) + heads[5]
    }

    private func value(_ reading: ReadingRow, _ room: StaffRoom) -> String {
        let mark = StaffWords.device(reading.vital).map { " " + $0[room.language] } ?? ""
        return StaffWords.value(reading.vital)[room.language] + mark
    }

    private func wide(_ row: Int, _ room: StaffRoom) -> String {
        let reading = readings[row]
        return StaffRowNumber.label(row, of: readings.count) + " "
            + StaffText.fit(StaffWords.moment(reading.at, room.desk), Self.momentCells)
            + StaffText.fit(value(reading, room), Self.valueCells)
            + StaffText.fit(StaffWords.arm(reading.arm)[room.language], 5)
            + StaffText.fit(StaffWords.rested(reading.rested)[room.language], 12)
            + StaffText.fit(StaffWords.source(reading.source)[room.language], 10)
            + (reading.helper.map { Phrases.helped[room.language] + $0 } ?? reading.instrument.rawValue)
    }

    private func narrow(_ row: Int, _ room: StaffRoom) -> String {
        StaffRowNumber.label(row, of: readings.count) + " " + StaffWords.moment(readings[row].at, room.desk) + " "
            + value(readings[row], room)
            + (readings[row].helper.map { " " + Phrases.helped[room.language] + $0 } ?? "")
    }
}

private enum Phrases {
    static let helped = LocalizedText("帮：", en: "with ")
    static let none = LocalizedText("还没有量过", en: "No readings yet")
    static let columns = LocalizedText("时间|量的|胳膊|歇没歇|来源|机器/谁帮", en: "When|Value|Arm|Rested|Source|Machine/who")
    static let move = LocalizedText("序号+m=移给别人", en: "number+m=move")
    static let moveShort = LocalizedText("号+m移", en: "n+m move")
    static let giveBack = LocalizedText("序号+g=放回没认领", en: "number+g=give back")
    static let giveBackShort = LocalizedText("号+g放回", en: "n+g back")
}
