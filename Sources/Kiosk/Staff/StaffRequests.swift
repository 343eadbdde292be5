// What residents asked for, at a kiosk or by telephone, and what they are answered: an answer is read at the next visit,
// so a request is never just done, it is said to be done.

import TextScreen
import Vitals

/// The open requests of everybody, or of one resident.
struct StaffRequests: StaffPage {
    private let only: ResidentKey?
    private var list: [RequestLine]?
    /// A newer list that waits: rows must not move under a number that is being typed.
    private var newer: [RequestLine]?
    private var number = StaffRowNumber()

    /// nil: of everybody.
    init(of only: ResidentKey? = nil) { self.only = only }

    private var rows: [RequestLine] { list ?? [] }
    private var chosen: RequestLine? { number.row(of: rows.count).map { rows[$0] } }

    var prompt: LocalizedText? {
        number.prompt(chosen?.name)
    }

    func keys(_ desk: StaffDesk) -> [StaffHint] {
        let turning = rows.count > page(StaffRoom(desk)) ? [StaffHint.page] : []
        let rowKeys = [
            StaffHint(.character("a"), Phrases.answer, short: Phrases.answerShort),
            StaffHint(.character("t"), Phrases.call, short: Phrases.callShort),
            StaffHint(.enter, Phrases.see),
        ]
        return (rows.isEmpty ? [] : rowKeys) + [StaffHint(.character("n"), Phrases.enter, short: Phrases.enterShort)]
            + turning + [.back]
    }

    func appeared(_ desk: StaffDesk) -> [StaffEffect] { [.desk(.loadRequests)] }

    mutating func press(_ key: Key, _ desk: StaffDesk) -> StaffStep {
        if number.press(key, count: rows.count, page: page(StaffRoom(desk)), at: desk.now.monotonic) {
            adoptNewer(desk)
            return .nothing
        }
        switch key {
        case .character("a"): return withRow { .open(StaffActs.answer($0)) }
        case .character("t") where !number.typed.isEmpty:
            return withRow { .open(StaffActs.call($0.resident, $0.name, phone: $0.phone, tries: 0)) }
        case .enter: return withRow { .open(StaffResident($0.resident)) }
        case .character("n"): return .open(StaffFind(.request))
        default: return .unused
        }
    }

    private mutating func withRow(_ act: (RequestLine) -> StaffStep) -> StaffStep {
        guard let row = number.row(of: rows.count) else {
            return .say(number.refused() ? StaffPhrases.typeRowFirst : StaffPhrases.noSuchRow)
        }
        if number.meantAnother(row) { return .say(StaffPhrases.listMoved) }
        let step = act(rows[row])
        number.clear()
        return step
    }

    mutating func hear(_ event: StaffEvent, _ desk: StaffDesk) -> StaffStep {
        switch event {
        case .desk(.requests(let fresh)):
            newer = fresh.filter { only == nil || $0.resident == only }
            adoptNewer(desk)
            return .nothing
        case .saved: return .ask(.desk(.loadRequests))
        default: return .nothing
        }
    }

    private mutating func adoptNewer(_ desk: StaffDesk) {
        if list == nil { number.clear() }
        guard number.typed.isEmpty, let fresh = newer else { return }
        number.listMoved(from: rows.map(\.request), to: fresh.map(\.request), desk)
        (list, newer) = (fresh, nil)
    }

    private func page(_ room: StaffRoom) -> Int { max(1, (room.rows - 1) / (room.isWide ? 1 : 2)) }

    func draw(_ room: StaffRoom) -> [StaffLine] {
        let title = StaffLine(StaffText.cut(Phrases.title(rows.count)[room.language], room.columns), .bold)
        guard list != nil else { return [title, StaffLine(StaffPhrases.loading[room.language])] }
        if rows.isEmpty { return [title, StaffLine(Phrases.none[room.language])] }
        return [title]
            + number.window(of: rows.count, page: page(room)).flatMap { row in
                let item = rows[row]
                let isChosen = number.row(of: rows.count) == row
                let head = "\(StaffRowNumber.label(row, of: rows.count)) \(item.name) \(item.number)"
                let phone = item.phone.map { room.desk.isStation && !isChosen ? StaffWords.masked($0) : $0 } ?? "-"
                let words = StaffWords.request(item, room)
                let lines =
                    room.isWide
                    ? [StaffText.spread("\(StaffText.fit(head, 18)) \(words)", phone, room.columns)]
                    : [StaffText.spread(head, phone, room.columns), "   " + words]
                return lines.map { StaffLine(StaffText.cut($0, room.columns), isChosen ? .bold : .plain) }
            }
    }
}

extension StaffActs {
    /// `a`: what she is told at the next visit.
    static func answer(_ line: RequestLine) -> StaffQuestions {
        let question = StaffQuestion(note: StaffNote(Phrases.whatAnswer, choices: Phrases.answers))
        let what = line.what.map(StaffWords.request) ?? Phrases.message
        let asked = LocalizedText("\(what.chinese) \(line.note)", en: "\(what.english) \(line.note)")
        return StaffQuestions(Phrases.answerTo(line.name), about: [asked, Phrases.seen], [question]) { answers, _ in
            guard let text = answers.first?.text, !text.isEmpty else { return .refuse(0, Phrases.whatAnswer) }
            return .ask(.desk(.answerRequest(line.request, answer: text)))
        }
    }

    /// Typed in for somebody on the telephone.
    static func enterRequest(_ person: Candidate) -> StaffQuestions {
        let kinds = ResidentRequest.allCases
        let what = StaffQuestion(note: StaffNote(Phrases.what, choices: kinds.map(StaffWords.request), kind: .choice))
        let words = StaffQuestion(note: StaffNote(Phrases.ownWords), isOptional: true)
        return StaffQuestions(Phrases.enterFor(person), [what, words]) { answers, _ in
            guard let choice = answers.first?.choice, kinds.indices.contains(choice) else {
                return .refuse(0, Phrases.what)
            }
            return .ask(.desk(.enterRequest(person.key, kinds[choice], note: answers.last?.text ?? "")))
        }
    }
}

private enum Phrases {
    static let answer = LocalizedText("序号+a=答复", en: "number+a=answer")
    static let answerShort = LocalizedText("号+a答复", en: "n+a answer")
    static let call = LocalizedText("序号+t=打电话", en: "number+t=call")
    static let callShort = LocalizedText("号+t电话", en: "n+t call")
    static let see = LocalizedText("序号+回车=看人", en: "number+Enter=see")
    static let enter = LocalizedText("n=替人留请求", en: "n=enter for somebody")
    static let enterShort = LocalizedText("n替人请求", en: "n new")
    static let none = LocalizedText("没有没答复的请求", en: "No request is open")
    static let whatAnswer = LocalizedText("怎么答复？按数字，也可以写", en: "The answer? By digit, or write")
    static let message = LocalizedText("留言", en: "message")
    static let seen = LocalizedText("本人下次来的时候看到", en: "shown at the next visit")
    static let answers = [
        LocalizedText("已经打过电话了", en: "we have telephoned"),
        LocalizedText("这两天给您打电话", en: "we shall call in two days"),
        LocalizedText("上门的日子电话里约", en: "we shall call about the visit"),
        LocalizedText("请来小屋找护士", en: "please see the nurse at the hut"),
    ]
    static let what = LocalizedText("要什么？按数字", en: "What is asked for? By digit")
    static let ownWords = LocalizedText("还说了什么？可以不写", en: "Anything else said? May be left out")

    static func title(_ count: Int) -> LocalizedText { LocalizedText("请求 \(count)", en: "Requests: \(count)") }
    static func answerTo(_ who: String) -> LocalizedText { LocalizedText("答复 \(who)", en: "Answer \(who)") }

    /// With the hut number: two people may have one name.
    static func enterFor(_ person: Candidate) -> LocalizedText {
        LocalizedText(
            "替 \(person.name) \(person.number)号 留请求", en: "A request for \(person.name), no. \(person.number)")
    }
}
