// K0: nobody is here. Shows how to begin, which instruments are ready and who rests on the bench; and X, when nothing
// can be stored.

import TextScreen
import Vitals

/// K0.
struct Attract: Screen {
    var name: String { "K0" }
    var opensStaff: Bool { true }

    func keys(_ room: Room) -> [CommonKey] { [.help] }
    func ownKeys(_ room: Room) -> [(key: Character, phrase: Phrase)] {
        (room.nextLanguage == nil ? [] : [("7", .k0Language)]) + [("*", .k0Staff)]
    }
    func patience(_ room: Room) -> Patience { .endless }

    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn {
        switch event {
        case .key(.character("1")): return .go(TypeNumber())
        case .key(.character("2")):
            if let result = room.unownedResult { return .go(HintNumber(result: result)) }
            return room.cuffWorks ? .go(GuestChoice()) : .go(CuffOut())
        case .key(.character("7")):
            guard let next = room.nextLanguage else { return .unused }
            room.language = next
            return .stay
        default: return .unused
        }
    }

    func page(_ look: Look) -> Page {
        let indent = 2
        let second =
            look.room.unownedResult == nil
            ? .choice("2", look.say(.k0Guest), indent: indent) : look.text(.k0Unowned, indent: indent)
        let blocks =
            [look.title(look.room.hall.helpWanted ? .k0FetchNurse : .k0Choose)] + readers(look, indent) + [
                .choice("1", look.say(.k0ByNumber), indent: indent), second, .gap,
            ]
            + status(look) + [.gap]
        return Page(.hut, blocks + warning(look))
    }

    /// What can be laid down or held before a glass here, in one line.
    private func readers(_ look: Look, _ indent: Int) -> [Block] {
        let ready = Set(look.room.hall.instruments.filter { $0.state == .ready }.compactMap(\.reads))
        let ways = IdentityKind.allCases.filter(ready.contains).map(\.way)
        guard !ways.isEmpty else { return [] }
        return [.text(ways.map { look.say($0) }.joined(separator: look.say(.k0Or)), indent: indent)]
    }

    private func warning(_ look: Look) -> [Block] {
        look.isWide ? [look.text(.k0WarningWide)] : [look.text(.warningSigns), look.text(.k0Call120)]
    }

    private func status(_ look: Look) -> [Block] {
        var blocks: [Block] = []
        if !look.room.cuffWorks { blocks.append(look.text(.k0CuffOut)) }
        let ready = look.room.hall.instruments.filter { $0.state == .ready }.compactMap(\.vital)
        let names = ready.map { look.say(look.isWide ? .k0ReadyWide : .k0Ready, ["what": look.say($0.instrument)]) }
        if !names.isEmpty { blocks.append(.text(names.joined(separator: look.isWide ? "      " : "  "))) }
        // The nurse passes here; paper is for her to fill.
        if let printer = look.room.hall.printer, printer != .ready { blocks.append(look.text(.k0PrinterOut)) }
        return blocks + bench(look)
    }

    private func bench(_ look: Look) -> [Block] {
        let resting = look.room.hall.bench.sorted { $0.readyAt < $1.readyAt }
        guard !resting.isEmpty else { return [] }
        let perLine = look.isWide ? 2 : 1
        let shown = resting.prefix(look.isWide ? 4 : 2).map { rest in
            let left = (rest.readyAt - look.now.hut).milliseconds
            let fill: KeyValuePairs = ["number": rest.number, "minutes": String((left + 59_999) / 60_000)]
            let phrase: Phrase
            switch (left > 0, look.isWide) {
            case (true, false): phrase = .k0Resting
            case (true, true): phrase = .k0RestingWide
            case (false, false): phrase = .k0Rested
            case (false, true): phrase = .k0RestedWide
            }
            return look.say(phrase, fill)
        }
        if !look.isWide, look.language == .chinese {
            return [.text(look.say(.k0Bench) + shown.joined(separator: "  "))]
        }
        let lines = stride(from: 0, to: shown.count, by: perLine).map {
            shown[$0..<min($0 + perLine, shown.count)].joined(separator: "      ")
        }
        return [.text(look.say(look.isWide ? .k0BenchWide : .k0Bench) + lines.joined(separator: "\n"))]
    }
}

extension IdentityKind {
    /// What K0 says to do with it.
    fileprivate var way: Phrase {
        switch self {
        case .card: .k0Card
        case .tag: .k0Tag
        case .code: .k0Code
        }
    }
}

extension Room {
    /// The language `7` turns to; nil where the hut has only one.
    var nextLanguage: Language? {
        guard place.languages.count > 1, let index = place.languages.firstIndex(of: language) else { return nil }
        return place.languages[(index + 1) % place.languages.count]
    }
}

/// X: nothing can be stored.
struct Closed: Screen {
    /// What stood here when it happened, and stands again afterwards.
    var back: any Screen

    var name: String { "X" }
    var standsWhenClosed: Bool { true }

    func keys(_ room: Room) -> [CommonKey] { room.visit == nil ? [.help] : [.help, .leave] }
    func ownKeys(_ room: Room) -> [(key: Character, phrase: Phrase)] {
        room.visit == nil ? [("*", .k0Staff)] : []
    }
    var opensStaff: Bool { true }
    func patience(_ room: Room) -> Patience { room.visit == nil ? .endless : .asks(.seconds(60)) }

    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn { .unused }

    func page(_ look: Look) -> Page {
        var blocks = [look.title(.xClosed), look.text(.xNurse), .gap, look.text(.xCall120)]
        if let phone = look.room.phone { blocks.append(.text("\(phone.who) \(phone.number)")) }
        return Page(.hut, blocks)
    }
}
