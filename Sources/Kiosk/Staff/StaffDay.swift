// The end of a day on one page: what was measured, stored and sent, and everything that is not as it should be. Somebody
// puts a name under having looked.

import TextScreen
import Vitals

/// `e` on the worklist.
struct StaffDay: StaffPage {
    /// nil: today, whatever day that is when the page is opened.
    private var day: LocalDay?
    private var page: DayPage?
    private var scroll = StaffScroll()
    private var isSaving = false

    init() {}

    var prompt: LocalizedText? { isSaving ? StaffPhrases.saving : nil }

    func keys(_ desk: StaffDesk) -> [StaffHint] {
        [
            StaffHint(.enter, Phrases.seen, short: Phrases.seen),
            StaffHint(.character("1"), Phrases.earlier, short: Phrases.earlierShort),
            StaffHint(.character("2"), Phrases.later), .page.quiet, .back,
        ]
    }

    func appeared(_ desk: StaffDesk) -> [StaffEffect] { [.desk(.loadDay(day ?? desk.today))] }

    mutating func press(_ key: Key, _ desk: StaffDesk) -> StaffStep {
        if isSaving { return key == .escape ? .unused : .nothing }
        let room = StaffRoom(desk)
        if scroll.press(key, lines: lines(room).count, room) { return .nothing }
        switch key {
        case .enter:
            guard let page else { return .nothing }
            isSaving = true
            return .ask(.desk(.daySeen(page.day)))
        case .character("1"): return show((day ?? desk.today) + -1, desk)
        case .character("2"): return show(min(desk.today, (day ?? desk.today) + 1), desk)
        default: return .unused
        }
    }

    private mutating func show(_ day: LocalDay, _ desk: StaffDesk) -> StaffStep {
        (self.day, page, scroll) = (day, nil, StaffScroll())
        return .ask(.desk(.loadDay(day)))
    }

    mutating func hear(_ event: StaffEvent, _ desk: StaffDesk) -> StaffStep {
        switch event {
        case .desk(.day(let fresh)) where fresh.day == day ?? desk.today: page = fresh
        case .saved where isSaving:
            isSaving = false
            return StaffStep(ask: appeared(desk))
        case .failed: isSaving = false
        default: break
        }
        return .nothing
    }

    func draw(_ room: StaffRoom) -> [StaffLine] { scroll.draw(lines(room), room) }

    private func lines(_ room: StaffRoom) -> [StaffLine] {
        let language = room.language
        let day = day ?? room.desk.today
        let title = day == room.desk.today ? Phrases.title : Phrases.otherTitle
        let dated = "\(title[language]) \(day.iso) \(StaffWords.weekday(day)[language])"
        let head = StaffLine(StaffText.spread(dated, room.isWide ? room.desk.place.hutName : "", room.columns), .bold)
        guard let page else { return [head, StaffLine(StaffPhrases.loading[language])] }
        let counts = [
            Phrases.measured(page.measured), Phrases.stored(page.stored), Phrases.sent(page.sent),
            Phrases.unclaimed(page.unclaimed),
        ].map { $0[language] }
        var lines = room.isWide ? [counts.joined(separator: "   ")] : counts
        lines += section(Phrases.refused, page.refused, room)
        lines += section(Phrases.didNotCome, page.didNotCome, room)
        lines += section(Phrases.examMissing, page.examMissing, room)
        let seen = page.seenBy.isEmpty ? Phrases.nobody[language] : page.seenBy.joined(separator: "  ")
        lines.append(Phrases.looked[language] + seen)
        return [head] + lines.map { StaffLine(StaffText.cut($0, room.columns)) }
    }

    /// A heading with its count, then one line each; nothing is a line too.
    private func section(_ title: LocalizedText, _ items: [DayPage.Item], _ room: StaffRoom) -> [String] {
        ["\(title[room.language]) \(items.count)"]
            + items.map { "   \(StaffText.fit($0.who[room.language], room.isWide ? 24 : 16)) \($0.why[room.language])" }
    }
}

private enum Phrases {
    static let title = LocalizedText("今天小结", en: "The day")
    static let otherTitle = LocalizedText("当天小结", en: "The day")
    static let refused = LocalizedText("没存成或被退回", en: "Not stored or refused")
    static let didNotCome = LocalizedText("到期没办", en: "Due and not done")
    static let examMissing = LocalizedText("体检漏项", en: "Exam items missing")
    static let looked = LocalizedText("看过：", en: "Looked at by: ")
    static let nobody = LocalizedText("还没有人", en: "nobody yet")
    static let seen = LocalizedText("回车=我看过了", en: "Enter=I have looked")
    static let earlier = LocalizedText("1=前一天", en: "1=the day before")
    static let earlierShort = LocalizedText("1前一天", en: "1 before")
    static let later = LocalizedText("2=后一天", en: "2=the day after")

    static func measured(_ count: Int) -> LocalizedText { LocalizedText("量了 \(count)", en: "measured \(count)") }
    static func stored(_ count: Int) -> LocalizedText { LocalizedText("存了 \(count)", en: "stored \(count)") }
    static func sent(_ count: Int) -> LocalizedText { LocalizedText("发了 \(count)", en: "sent \(count)") }
    static func unclaimed(_ count: Int) -> LocalizedText { LocalizedText("没认领 \(count)", en: "unclaimed \(count)") }
}
