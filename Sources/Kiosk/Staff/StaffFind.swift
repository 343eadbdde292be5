// Finding somebody by name or hut number: every key asks the hut again, a digit chooses from what stands there.
//
// A query of digits is a hut number, so that digits go on being typed; Enter then lets a digit choose. What is chosen
// is always what stands on the screen: an answer that comes late changes the list, never the choice.

import TextScreen
import Vitals

/// The search of a staff session.
struct StaffFind: StaffPage {
    /// What is done with the one who is found.
    enum Purpose: Sendable {
        case see
        case claim(UnclaimedRow)
        case move(ReadingRow, from: ResidentKey, name: String)
        /// A request of hers is typed in.
        case request
        /// Who is the same person as the one on the screen.
        case merge(Candidate)
        /// One more person of an exam day.
        case exam(LocalDay)
    }
    private let purpose: Purpose
    private var query = ""
    /// The answer to `answered`, which may be an earlier query than the one that stands.
    private var found: [Candidate]?
    private var answered = ""
    /// Digits choose now, although the query is a number.
    private var isChoosing = false
    /// Enter was pressed and waits for the answer.
    private var isEntered = false

    private static let longest = 20
    /// A digit chooses: what is beyond nine needs a longer query.
    private static let mostShown = 9

    init(_ purpose: Purpose) { self.purpose = purpose }

    var typesText: Bool { true }
    func keys(_ desk: StaffDesk) -> [StaffHint] {
        [
            StaffHint(nil, Phrases.type, short: Phrases.typeShort),
            StaffHint(nil, Phrases.choose, short: Phrases.chooseShort),
            .back,
        ]
    }

    private var shown: ArraySlice<Candidate> { (found ?? []).prefix(Self.mostShown) }
    private var isAnswered: Bool { found != nil && answered == query.trimmed }
    private var isNumber: Bool { query.allSatisfy(\.isRowDigit) }

    mutating func press(_ key: Key, _ desk: StaffDesk) -> StaffStep {
        switch key {
        case .character(let digit) where digit.isRowDigit && !query.isEmpty && (isChoosing || !isNumber):
            // What stands there may be the answer to what was typed before.
            return isAnswered ? choose(Int(String(digit)) ?? 0) : .nothing
        case .character(let character):
            guard query.count < Self.longest else { return .nothing }
            query.append(character)
            return ask()
        case .backspace where !query.isEmpty:
            query.removeLast()
            return ask()
        case .enter where !isAnswered && !query.trimmed.isEmpty:
            isEntered = true
            return .nothing
        case .enter: return enter()
        default: return .unused
        }
    }

    /// Enter, once the hut has answered what was typed: the only one, or the choice by digit.
    private mutating func enter() -> StaffStep {
        guard let found, !found.isEmpty else { return .unused }
        if found.count == 1 { return choose(1) }
        isChoosing = true
        return .say(Phrases.chooseOne)
    }

    private mutating func ask() -> StaffStep {
        (isChoosing, isEntered) = (false, false)
        guard !query.trimmed.isEmpty else {
            found = nil
            return .nothing
        }
        return .ask(.find(query.trimmed))
    }

    private func choose(_ number: Int) -> StaffStep {
        guard (1...Self.mostShown).contains(number), shown.indices.contains(number - 1) else {
            return .say(StaffPhrases.noSuchRow)
        }
        let candidate = shown[number - 1]
        switch purpose {
        case .see: return .replace(StaffResident(candidate.key))
        case .claim(let row): return .replace(StaffClaim(row, candidate))
        case .exam(let day): return .replace(StaffExam(candidate, day: day))
        case .move(let reading, let from, let name):
            guard candidate.key != from else { return .say(Phrases.same) }
            return .replace(StaffReassign(.move(reading, from: from, name: name, to: candidate)))
        case .request: return .replace(StaffActs.enterRequest(candidate))
        case .merge(let kept):
            guard candidate.key != kept.key else { return .say(Phrases.samePerson) }
            return .replace(StaffMerge(candidate, into: kept))
        }
    }

    mutating func hear(_ event: StaffEvent, _ desk: StaffDesk) -> StaffStep {
        // Answers may overtake each other; only the one to what stands there counts.
        guard case .found(let text, let candidates) = event, text == query.trimmed else { return .nothing }
        (answered, found) = (text, candidates)
        guard isEntered else { return .nothing }
        isEntered = false
        return enter()
    }
}

// MARK: - View

extension StaffFind {
    func draw(_ room: StaffRoom) -> [StaffLine] {
        var lines = [StaffLine(StaffText.cut(title[room.language], room.columns), .bold)]
        lines.append(StaffLine(" / \(query)_"))
        guard let found else { return lines + [StaffLine(), StaffLine(" " + Phrases.how[room.language])] }
        if found.isEmpty { return lines + [StaffLine(), StaffLine(" " + Phrases.nobody[room.language])] }
        lines += shown.enumerated().map { row, candidate in
            let twin = shown.contains { $0.key != candidate.key && $0.name == candidate.name }
            let apart = twin ? " " + StaffWords.apart(candidate) : ""
            let who = " \(row + 1) \(StaffWords.person(candidate, room.language))\(apart)"
            // A volunteer looks for a name; values are not for everybody.
            let known = room.desk.seesHealth ? candidate.lastValues : []
            let values = room.isWide ? known.joined(separator: "  ") : twin ? "" : known.first ?? ""
            return StaffLine(StaffText.spread(who, values, room.columns))
        }
        if found.count > Self.mostShown { lines.append(StaffLine(" " + Phrases.more(found.count)[room.language])) }
        return lines
    }

    private var title: LocalizedText {
        switch purpose {
        case .see, .exam: Phrases.find
        case .request: Phrases.forWhom
        case .merge(let kept): Phrases.sameAs(kept.name)
        case .claim(let row): Phrases.claim(StaffWords.value(row.reading.vital))
        case .move(let reading, _, let name): Phrases.move(StaffWords.value(reading.vital), from: name)
        }
    }
}

private enum Phrases {
    static let find = LocalizedText("找人", en: "Find somebody")
    static let how = LocalizedText("打名字、拼音头字母，或小屋号", en: "A name, pinyin initials, or hut number")
    static let forWhom = LocalizedText("替谁留请求？", en: "A request for whom?")
    static let samePerson = LocalizedText("这就是本人", en: "That is the one on the screen")
    static let nobody = LocalizedText("没有找到", en: "Nobody found")
    static let type = LocalizedText("名字、头字母或小屋号", en: "name, initials or hut number")
    static let typeShort = LocalizedText("名字或号", en: "name/no.")
    static let choose = LocalizedText("数字=选(小屋号打完先按回车)", en: "digit=choose (after a hut number Enter first)")
    static let chooseShort = LocalizedText("数字选", en: "digit")
    static let chooseOne = LocalizedText("按数字选一位", en: "Choose one by digit")
    static let same = LocalizedText("本来就在这位名下", en: "It is already this person's")

    static func sameAs(_ name: String) -> LocalizedText {
        LocalizedText("谁和 \(name) 是同一个人？", en: "Who is the same as \(name)?")
    }

    static func claim(_ value: LocalizedText) -> LocalizedText {
        LocalizedText("\(value.chinese) 是谁的？", en: "Whose is \(value.english)?")
    }

    static func move(_ value: LocalizedText, from name: String) -> LocalizedText {
        LocalizedText("\(value.chinese) 从\(name)名下移到谁？", en: "Move \(value.english) from \(name) to whom?")
    }

    static func more(_ count: Int) -> LocalizedText {
        LocalizedText("一共 \(count) 位，请再多打一点", en: "\(count) in all: type a little more")
    }
}
