// What two lines of the roster say, held against each other: two women of one name in one building must not become one
// person because a page showed too little (H-37).

import Vitals

/// Two lines that may be one person.
struct MergeComparison {
    private let gone: Candidate
    private let kept: Candidate

    init(_ gone: Candidate, _ kept: Candidate) { (self.gone, self.kept) = (gone, kept) }

    /// Side by side, a row for each thing; what differs is bold.
    func beside(_ room: StaffRoom) -> [StaffLine] {
        let half = room.columns / 2
        func row(_ left: String, _ right: String, _ isBold: Bool) -> StaffLine {
            let text = StaffText.fit(" " + StaffText.cut(left, half - 3), half) + StaffText.cut(right, half)
            return isBold ? StaffLine(text, .bold) : StaffLine(text)
        }
        let heads = zip(side(gone, Phrases.goes, room).prefix(2), side(kept, Phrases.stays, room)).map {
            row($0, $1, false)
        }
        let things = Thing.allCases.filter { !$0.isInHead }.map { thing in
            let words = [gone, kept].map { thing.title[room.language] + thing.text($0, room.language) }
            return row(words[0], words[1], thing.isOther(gone, kept))
        }
        return heads + things + [row(values(gone), values(kept), false)]
    }

    /// One under the other.
    func under(_ room: StaffRoom) -> [StaffLine] {
        lines(side(gone, Phrases.goes, room) + side(kept, Phrases.stays, room), room)
    }

    /// Only who they are.
    func heads(_ room: StaffRoom) -> [StaffLine] {
        lines(side(gone, Phrases.goes, room).prefix(2) + side(kept, Phrases.stays, room).prefix(2), room)
    }

    /// What differs and what one of the lines does not say, in two rows at most.
    func difference(_ room: StaffRoom) -> [StaffLine] {
        let others = Thing.allCases.filter { $0.isOther(gone, kept) }.map(\.name)
        let unknown = Thing.allCases.filter { $0.isUnknown(gone, kept) }.map(\.name)
        var words: [LocalizedText] = []
        if !others.isEmpty { words.append(Phrases.differ(Phrases.list(others))) }
        if !unknown.isEmpty { words.append(Phrases.unknown(Phrases.list(unknown))) }
        if words.isEmpty { words = [Phrases.alike] }
        let text = words.map { $0[room.language] }.joined(separator: room.language == .chinese ? "；" : "; ")
        return StaffText.wrap(text, room.columns - 1, lines: 2).map { StaffLine(" " + $0, .bold) }
    }

    private func side(_ person: Candidate, _ head: LocalizedText, _ room: StaffRoom) -> [String] {
        let language = room.language
        func words(_ thing: Thing) -> String { thing.title[language] + thing.text(person, language) }
        return [
            head[language], StaffWords.person(person, language), words(.birth) + " " + words(.phone),
            words(.building) + " " + words(.conditions), values(person),
        ]
    }

    private func values(_ person: Candidate) -> String {
        person.lastValues.isEmpty ? "-" : person.lastValues.joined(separator: "  ")
    }

    private func lines(_ texts: some Sequence<String>, _ room: StaffRoom) -> [StaffLine] {
        texts.map { StaffLine(StaffText.cut(" " + $0, room.columns)) }
    }
}

/// What is held against each other; values of two days always differ and are only shown.
private enum Thing: CaseIterable {
    case name, sex, birth, phone, building, conditions

    /// Stands in the line that says who it is.
    var isInHead: Bool { self == .name || self == .sex }

    func text(_ person: Candidate, _ language: Language) -> String {
        switch self {
        case .name: person.name
        case .sex: person.sex == nil ? "??" : StaffWords.sex(person.sex, language)
        case .birth: person.birth?.iso ?? "??"
        case .phone: person.phone ?? "??"
        case .building: person.building ?? "??"
        case .conditions:
            person.conditions.isEmpty
                ? "-"
                : Condition.allCases.filter(person.conditions.contains).map { StaffWords.condition($0)[language] }
                    .joined(separator: " ")
        }
    }

    func isUnknown(_ one: Candidate, _ other: Candidate) -> Bool {
        [one, other].contains { text($0, .english) == "??" }
    }

    func isOther(_ one: Candidate, _ other: Candidate) -> Bool {
        !isUnknown(one, other) && text(one, .english) != text(other, .english)
    }

    /// In front of what is said.
    var title: LocalizedText {
        switch self {
        case .name, .sex: LocalizedText("", en: "")
        case .birth: LocalizedText("生日 ", en: "born ")
        case .phone: LocalizedText("电话 ", en: "tel. ")
        case .building: LocalizedText("住 ", en: "at ")
        case .conditions: LocalizedText("病 ", en: "has ")
        }
    }

    /// In a list of what differs.
    var name: LocalizedText {
        switch self {
        case .name: LocalizedText("名字", en: "name")
        case .sex: LocalizedText("性别", en: "sex")
        case .birth: LocalizedText("生日", en: "birth")
        case .phone: LocalizedText("电话", en: "telephone")
        case .building: LocalizedText("住处", en: "building")
        case .conditions: LocalizedText("病", en: "conditions")
        }
    }
}

private enum Phrases {
    static let goes = LocalizedText("这一条并过去", en: "this line goes")
    static let stays = LocalizedText("并到这一条", en: "into this one")
    static let alike = LocalizedText("两条都一样", en: "both say the same")

    static func differ(_ what: LocalizedText) -> LocalizedText {
        LocalizedText("不一样：\(what.chinese)", en: "different: \(what.english)")
    }

    static func unknown(_ what: LocalizedText) -> LocalizedText {
        LocalizedText("没写：\(what.chinese)", en: "unknown: \(what.english)")
    }

    static func list(_ names: [LocalizedText]) -> LocalizedText {
        LocalizedText(
            names.map(\.chinese).joined(separator: "、"), en: names.map(\.english).joined(separator: ", "))
    }
}
