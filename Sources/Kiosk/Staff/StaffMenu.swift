// A choice of what to do next by one digit, for what is done too seldom to have a key of its own.

import TextScreen
import Vitals

/// A numbered list of pages. It is read anew from the card of the resident whenever one comes.
struct StaffMenu: StaffPage {
    struct Item: Sendable {
        var words: LocalizedText
        var open: @Sendable (StaffDesk) -> StaffStep
    }
    private let title: LocalizedText
    private let key: ResidentKey?
    private var items: [Item]
    private let fresh: @Sendable (ResidentCard) -> [Item]
    private var number = StaffRowNumber()

    /// A list that never changes.
    init(_ title: LocalizedText, _ items: [Item]) {
        (self.title, key, self.items, fresh) = (title, nil, items, { _ in items })
    }

    /// About one resident: what is on record decides what can be done.
    init(_ title: LocalizedText, of card: ResidentCard, _ items: @escaping @Sendable (ResidentCard) -> [Item]) {
        (self.title, key, self.items, fresh) = (title, card.key, items(card), items)
    }

    var prompt: LocalizedText? {
        number.typed.isEmpty ? nil : LocalizedText("\(number.typed)_", en: "\(number.typed)_")
    }

    func keys(_ desk: StaffDesk) -> [StaffHint] { [StaffHint(nil, Phrases.choose, short: Phrases.choose), .back] }
    func appeared(_ desk: StaffDesk) -> [StaffEffect] { key.map { [.loadResident($0)] } ?? [] }

    mutating func press(_ key: Key, _ desk: StaffDesk) -> StaffStep {
        guard number.press(key, count: items.count, page: page(StaffRoom(desk))) else {
            guard key == .enter else { return .unused }
            return choose(desk)
        }
        // Under ten one digit is the whole number.
        return items.count < 10 && !number.typed.isEmpty ? choose(desk) : .nothing
    }

    private mutating func choose(_ desk: StaffDesk) -> StaffStep {
        defer { number.clear() }
        guard let row = number.row(of: items.count) else { return .say(StaffPhrases.noSuchRow) }
        return items[row].open(desk)
    }

    mutating func hear(_ event: StaffEvent, _ desk: StaffDesk) -> StaffStep {
        switch event {
        case .resident(let card) where card.key == key && number.typed.isEmpty:
            items = fresh(card)
            return .nothing
        case .saved: return StaffStep(ask: appeared(desk))
        default: return .nothing
        }
    }

    private func page(_ room: StaffRoom) -> Int { max(1, room.rows - 2) }

    func draw(_ room: StaffRoom) -> [StaffLine] {
        [StaffLine(StaffText.cut(title[room.language], room.columns), .bold), StaffLine()]
            + number.window(of: items.count, page: page(room)).map { row in
                let text = " \(StaffRowNumber.label(row, of: items.count)) \(items[row].words[room.language])"
                return StaffLine(
                    StaffText.cut(text, room.columns), number.row(of: items.count) == row ? .bold : .plain)
            }
    }
}

private enum Phrases {
    static let choose = LocalizedText("按数字选", en: "choose by number")
}
