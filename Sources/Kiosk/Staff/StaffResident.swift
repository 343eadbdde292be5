// One resident on one page: who it is, what is to be done and why, what was done, what was measured. From here a nurse
// closes a flag, measures, types a value, and puts a reading where it belongs.

import TextScreen
import Vitals

/// The page of one resident.
struct StaffResident: StaffPage {
    private let key: ResidentKey
    private var card: ResidentCard?
    /// A newer card that waits: rows must not move under a number that is being typed.
    private var newer: ResidentCard?
    private var number = StaffRowNumber()

    init(_ key: ResidentKey) { self.key = key }

    private var readings: [ReadingRow] { card?.readings ?? [] }
    private var chosen: ReadingRow? { number.row(of: readings.count).map { readings[$0] } }

    var prompt: LocalizedText? {
        guard !number.typed.isEmpty else { return nil }
        guard let chosen else {
            return LocalizedText("\(number.typed)_ 没有这个序号", en: "\(number.typed)_ no such row")
        }
        let value = StaffWords.value(chosen.vital)
        return LocalizedText("\(number.typed)_ \(value.chinese)", en: "\(number.typed)_ \(value.english)")
    }

    func keys(_ desk: StaffDesk) -> [StaffHint] {
        guard let card else { return [.back] }
        var keys: [StaffHint] = []
        if !card.openFlags.isEmpty { keys.append(StaffHint(.character("c"), Phrases.close, short: Phrases.closeShort)) }
        keys.append(StaffHint(.character("f"), Phrases.fill, short: Phrases.fillShort))
        if mayMeasure(desk) { keys.append(StaffHint(.character("b"), Phrases.measure, short: Phrases.measureShort)) }
        keys.append(StaffHint(.character("v"), Phrases.type, short: Phrases.typeShort))
        if desk.place.hasHomeMonitors {
            keys.append(StaffHint(.character("j"), Phrases.lend, short: Phrases.lendShort))
        }
        if !readings.isEmpty {
            keys.append(StaffHint(.character("m"), Phrases.move, short: Phrases.moveShort))
            keys.append(StaffHint(.character("g"), Phrases.giveBack, short: Phrases.giveBackShort))
        }
        if readings.count > page(StaffRoom(desk)) { keys.append(.page) }
        return keys + [StaffHint(.backspace, StaffPhrases.back), .logOut, .help]
    }

    func appeared(_ desk: StaffDesk) -> [StaffEffect] { [.loadResident(key)] }

    mutating func press(_ key: Key, _ desk: StaffDesk) -> StaffStep {
        if number.press(key, count: readings.count, page: page(StaffRoom(desk))) {
            adoptNewer()
            return .nothing
        }
        guard let card else { return .unused }
        switch key {
        case .character("c"): return close(card)
        case .character("f"): return .open(StaffForm(card.key))
        case .character("b"): return measure(card, desk)
        case .character("v"): return .open(StaffTypedValue(card.key, name: card.resident.name))
        case .character("j") where desk.place.hasHomeMonitors:
            return .open(StaffMonitors(card.key, name: card.resident.name))
        case .character("m"):
            return withReading { .open(StaffFind(.move($0, from: card.key, name: card.resident.name))) }
        case .character("g"):
            return withReading { .open(StaffReassign(.giveBack($0, name: card.resident.name))) }
        default: return .unused
        }
    }

    private mutating func withReading(_ act: (ReadingRow) -> StaffStep) -> StaffStep {
        guard let chosen else {
            return .say(number.typed.isEmpty ? StaffPhrases.typeRowFirst : StaffPhrases.noSuchRow)
        }
        number.clear()
        return act(chosen)
    }

    private func close(_ card: ResidentCard) -> StaffStep {
        guard !card.openFlags.isEmpty else { return .say(Phrases.nothingOpen) }
        let who = "\(card.resident.name) \(card.resident.number)"
        return .open(
            StaffClosing(
                card.openFlags.map { flag in
                    StaffClosing.Subject(
                        id: flag.id, severity: flag.severity, who: who, sentence: flag.sentence)
                }))
    }

    private func measure(_ card: ResidentCard, _ desk: StaffDesk) -> StaffStep {
        guard mayMeasure(desk) else { return .say(Phrases.noCuffHere) }
        guard card.status == .here else { return .say(Phrases.notHere) }
        return .open(StaffMeasuring(card.key, name: card.resident.name))
    }

    private func mayMeasure(_ desk: StaffDesk) -> Bool { desk.isStation && desk.place.cuff != .none }

    /// How many readings stand on the page.
    private func page(_ room: StaffRoom) -> Int {
        card.map { max(1, room.rows - above($0, room).count) } ?? 1
    }

    mutating func hear(_ event: StaffEvent, _ desk: StaffDesk) -> StaffStep {
        switch event {
        // A card that was asked for another page must never stand under this name.
        case .resident(let fresh) where fresh.key == key:
            newer = fresh
            adoptNewer()
            return .nothing
        case .alerts, .saved: return .ask(.loadResident(key))
        default: return .nothing
        }
    }

    private mutating func adoptNewer() {
        guard number.typed.isEmpty, var fresh = newer else { return }
        // What does not fit is counted below: it must be the least of them.
        fresh.openFlags.sort { ($0.severity, $1.raisedAt) > ($1.severity, $0.raisedAt) }
        fresh.endedFlags.sort { $0.raisedAt > $1.raisedAt }
        (card, newer) = (fresh, nil)
    }
}

// MARK: - View

extension StaffResident {
    func draw(_ room: StaffRoom) -> [StaffLine] {
        guard let card else { return [StaffLine(StaffPhrases.loading[room.language])] }
        return above(card, room) + readingRows(room)
    }

    /// Everything above the readings.
    private func above(_ card: ResidentCard, _ room: StaffRoom) -> [StaffLine] {
        let head = head(card, room)
        let rest = max(0, room.rows - head.count)
        let open = openFlags(card, room, most: max(1, rest / 3))
        let ended = endedFlags(card, room, most: room.isWide ? 3 : 1)
        return head + open + ended + (room.isWide ? [room.rule, StaffLine(columns(room))] : [])
    }

    private func head(_ card: ResidentCard, _ room: StaffRoom) -> [StaffLine] {
        let language = room.language
        let resident = card.resident
        let who = StaffWords.person(resident.name, resident.sex, card.age, number: resident.number, language)
        let status = Phrases.status(card.status).map { " (\($0[language]))" } ?? ""
        let phone = resident.phone.map { Phrases.phone[language] + $0 } ?? ""
        let record = record(card, language)
        if room.isWide {
            let place = resident.building.map { "  " + Phrases.building[language] + $0 } ?? ""
            let first = StaffText.spread(who + status + place, phone, room.columns)
            return [
                StaffLine(first, .bold), StaffLine(StaffText.cut(record.joined(separator: "  "), room.columns)),
                room.rule,
            ]
        }
        let lines = [record.joined(separator: " "), phone].filter { !$0.isEmpty }
        return [StaffLine(StaffText.cut(who + status, room.columns), .bold)]
            + lines.map { StaffLine(StaffText.cut($0, room.columns)) }
    }

    private func record(_ card: ResidentCard, _ language: Language) -> [String] {
        let conditions = Condition.allCases.filter(card.resident.conditions.contains)
            .map { StaffWords.condition($0)[language] }
        var record = [conditions.isEmpty ? Phrases.noConditions[language] : conditions.joined(separator: "、")]
        record.append(Phrases.limit[language] + card.limit)
        if let medicines = card.resident.medicines, !medicines.isEmpty {
            record.append(Phrases.medicines[language] + medicines)
        }
        if let team = card.resident.team, !team.isEmpty { record.append(Phrases.team[language] + team) }
        if !card.bands.isEmpty {
            record.append(Phrases.bands[language] + card.bands.map(\.rawValue).joined(separator: " "))
        }
        return record
    }

    /// Open flags with their evidence; what does not fit is counted, never dropped in silence.
    private func openFlags(_ card: ResidentCard, _ room: StaffRoom, most: Int) -> [StaffLine] {
        guard !card.openFlags.isEmpty else { return [StaffLine(Phrases.nothingOpen[room.language])] }
        let shown = card.openFlags.count > most ? most - 1 : card.openFlags.count
        var lines = card.openFlags.prefix(shown).map { flag in
            let due = StaffWords.due(flag.due, flag.severity, today: room.desk.today)[room.language]
            let taken = flag.takenBy.map { "[\($0)]" } ?? ""
            let mark = StaffText.fit(StaffWords.mark(flag.severity), 2)
            let text = "\(Phrases.open[room.language]) \(mark) \(taken)\(flag.sentence[room.language])"
            return StaffLine(StaffText.spread(text, due, room.columns))
        }
        if card.openFlags.count > shown {
            lines.append(StaffLine(Phrases.moreOpen(card.openFlags.count - shown)[room.language], .bold))
        }
        return lines
    }

    private func endedFlags(_ card: ResidentCard, _ room: StaffRoom, most: Int) -> [StaffLine] {
        card.endedFlags.prefix(most).map { flag in
            let day = StaffWords.day(room.desk.place.offset.day(of: flag.raisedAt))
            let end = flag.end?[room.language] ?? ""
            let text = "\(Phrases.ended[room.language]) \(day) \(flag.sentence[room.language])"
            return StaffLine(StaffText.spread(text, StaffText.cut(end, room.columns / 2), room.columns))
        }
    }

    private static let momentCells = 16
    private static let valueCells = 23

    private func columns(_ room: StaffRoom) -> String {
        let heads = Phrases.columns[room.language].split(separator: "|").map(String.init)
        guard heads.count == 6 else { return "" }
        return StaffRowNumber.heading(of: readings.count) + " " + StaffText.fit(heads[0], Self.momentCells)
            + StaffText.fit(heads[1], Self.valueCells)
            + StaffText.fit(heads[2], 5) + StaffText.fit(heads[3], 13) + StaffText.fit(heads[4], 10) + heads[5]
    }

    private func readingRows(_ room: StaffRoom) -> [StaffLine] {
        guard !readings.isEmpty else { return [StaffLine(Phrases.noReadings[room.language])] }
        return number.window(of: readings.count, page: page(room)).map { row in
            let text = room.isWide ? wideReading(row, room) : narrowReading(row, room)
            let isChosen = number.row(of: readings.count) == row
            return StaffLine(StaffText.cut(text, room.columns), isChosen ? .bold : .plain)
        }
    }

    private func wideReading(_ row: Int, _ room: StaffRoom) -> String {
        let reading = readings[row]
        let mark = StaffWords.device(reading.vital).map { " " + $0[room.language] } ?? ""
        return StaffRowNumber.label(row, of: readings.count) + " "
            + StaffText.fit(StaffWords.moment(reading.at, room.desk), Self.momentCells)
            + StaffText.fit(StaffWords.value(reading.vital)[room.language] + mark, Self.valueCells)
            + StaffText.fit(StaffWords.arm(reading.arm)[room.language], 5)
            + StaffText.fit(StaffWords.rested(reading.rested)[room.language], 13)
            + StaffText.fit(StaffWords.source(reading.source)[room.language], 10) + reading.instrument.rawValue
    }

    private func narrowReading(_ row: Int, _ room: StaffRoom) -> String {
        let reading = readings[row]
        let mark = StaffWords.device(reading.vital).map { " " + $0[room.language] } ?? ""
        return StaffRowNumber.label(row, of: readings.count) + " " + StaffWords.moment(reading.at, room.desk) + " "
            + StaffWords.value(reading.vital)[room.language] + mark
    }
}

private enum Phrases {
    static let phone = LocalizedText("电话 ", en: "phone ")
    static let building = LocalizedText("楼", en: "building ")
    static let limit = LocalizedText("范围", en: "limit ")
    static let medicines = LocalizedText("药：", en: "medicine: ")
    static let team = LocalizedText("签约：", en: "team: ")
    static let bands = LocalizedText("手环 ", en: "band ")
    static let noConditions = LocalizedText("没有登记的病", en: "no condition on record")
    static let open = LocalizedText("要办", en: "do  ")
    static let ended = LocalizedText("办过", en: "done")
    static let nothingOpen = LocalizedText("没有要办的", en: "Nothing to do")
    static let noReadings = LocalizedText("还没有量过", en: "No readings yet")
    static let columns = LocalizedText("时间|量的|胳膊|歇没歇|来源|机器", en: "When|Value|Arm|Rested|Source|Machine")
    static let close = LocalizedText("c=办完了", en: "c=close")
    static let closeShort = LocalizedText("c结", en: "c end")
    static let fill = LocalizedText("f=填随访", en: "f=follow-up")
    static let fillShort = LocalizedText("f随访", en: "f form")
    static let measure = LocalizedText("b=在这里量", en: "b=measure here")
    static let measureShort = LocalizedText("b量", en: "b cuff")
    static let type = LocalizedText("v=打数", en: "v=type a value")
    static let typeShort = LocalizedText("v打数", en: "v type")
    static let lend = LocalizedText("j=借还血压计", en: "j=lend a monitor")
    static let lendShort = LocalizedText("j借", en: "j lend")
    static let move = LocalizedText("序号+m=移给别人", en: "number+m=move")
    static let moveShort = LocalizedText("号+m移", en: "n+m move")
    static let giveBack = LocalizedText("序号+g=放回没认领", en: "number+g=give back")
    static let giveBackShort = LocalizedText("号+g放回", en: "n+g back")
    static let noCuffHere = LocalizedText("这里没有袖带，请到量血压的台子", en: "No cuff here; go to a station")
    static let notHere = LocalizedText("名册上这人去世了或搬走了", en: "On record as dead or moved")

    static func moreOpen(_ count: Int) -> LocalizedText {
        LocalizedText("     还有 \(count) 件要办，c=看", en: "     \(count) more to do; c shows them")
    }

    static func status(_ status: ResidentStatus) -> LocalizedText? {
        switch status {
        case .here: nil
        case .moved: LocalizedText("搬走了", en: "moved")
        case .dead: LocalizedText("去世了", en: "dead")
        case .lost: LocalizedText("找不到人", en: "lost")
        case .ended: LocalizedText("不归本队管了", en: "no longer looked after")
        }
    }
}
