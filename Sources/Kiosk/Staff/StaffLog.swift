// What happened, the newest first, with time, name and reason: the history of one resident, or who looked at what. It is
// fetched a hundred lines at a time, as far back as somebody wants to read.

import TextScreen
import Vitals

/// A log that is read backwards.
struct StaffLog: StaffPage {
    enum Source: Sendable, Hashable {
        /// `g` on a resident's page: everything about her.
        case history(ResidentKey, name: String)
        /// For the operator: looks and changes, without health data.
        case audit
    }
    fileprivate struct Entry: Sendable {
        var sequence: FactSequence
        var at: HutTime
        var who: String
        var text: LocalizedText
    }
    private let source: Source
    private var entries: [Entry]?
    /// There is nothing older.
    private var isWhole = false
    private var isAsking = true
    private var top = 0

    init(_ source: Source) { self.source = source }

    private var all: [Entry] { entries ?? [] }

    func keys(_ desk: StaffDesk) -> [StaffHint] {
        [StaffHint(.pageDown, StaffPhrases.page, short: StaffPhrases.page), .back]
    }

    /// What was fetched stays: opening the log anew fetches what came since.
    func appeared(_ desk: StaffDesk) -> [StaffEffect] { entries == nil ? [ask(before: nil)] : [] }

    private func ask(before: FactSequence?) -> StaffEffect {
        switch source {
        case .history(let key, _): .desk(.loadHistory(key, before: before))
        case .audit: .desk(.loadAudit(before: before))
        }
    }

    mutating func press(_ key: Key, _ desk: StaffDesk) -> StaffStep {
        let page = page(StaffRoom(desk))
        switch key {
        case .pageDown, .down, .character("+"), .enter:
            if top + page < all.count { top += page }
            guard !isWhole, !isAsking, top + 2 * page >= all.count, let last = all.last else { return .nothing }
            isAsking = true
            return .ask(ask(before: last.sequence))
        case .pageUp, .up, .character("-"):
            top = max(0, top - page)
            return .nothing
        default: return .unused
        }
    }

    mutating func hear(_ event: StaffEvent, _ desk: StaffDesk) -> StaffStep {
        switch (event, source) {
        // A page of another resident, or one that came twice, has no place here.
        case (.desk(.chronicle(let key, let before, let lines)), .history(let mine, _)) where key == mine:
            take(before, lines.map { Entry($0) }, isWhole: lines.count < ChronicleLine.perPage)
        case (.desk(.audit(let before, let lines)), .audit):
            take(before, lines.map { Entry($0) }, isWhole: lines.count < AuditLine.perPage)
        case (.failed, _): isAsking = false
        default: break
        }
        return .nothing
    }

    private mutating func take(_ before: FactSequence?, _ fresh: [Entry], isWhole: Bool) {
        guard entries == nil || before == all.last?.sequence else { return }
        (isAsking, self.isWhole, entries) = (false, isWhole, all + fresh)
    }

    /// One line each at 80 columns, three at 40.
    private func page(_ room: StaffRoom) -> Int { max(1, (room.rows - 1) / (room.isWide ? 1 : 3)) }

    func draw(_ room: StaffRoom) -> [StaffLine] {
        let first = min(top, max(0, all.count - 1))
        let last = min(all.count, first + page(room))
        let range = all.isEmpty ? "" : "\(first + 1)-\(last)/\(all.count)\(isWhole ? "" : "+")"
        let title = StaffLine(StaffText.spread(title[room.language], range, room.columns), .bold)
        guard entries != nil else { return [title, StaffLine(StaffPhrases.loading[room.language])] }
        if all.isEmpty { return [title, StaffLine(Phrases.none[room.language])] }
        return [title]
            + all[first..<last].flatMap { texts($0, room) }.map { StaffLine(StaffText.cut($0, room.columns)) }
    }

    private var title: LocalizedText {
        switch source {
        case .history(_, let name): LocalizedText("\(name) 的历史", en: "History of \(name)")
        case .audit: Phrases.audit
        }
    }

    private func texts(_ entry: Entry, _ room: StaffRoom) -> [String] {
        let when = StaffWords.moment(entry.at, room.desk)
        guard room.isWide else {
            let words = StaffText.wrap(entry.text[room.language], room.columns - 3, lines: 2)
            return ["\(when) \(entry.who)"] + words.map { "   " + $0 }
        }
        return [StaffText.fit(when, 17) + StaffText.fit(entry.who, 8) + " " + entry.text[room.language]]
    }
}

extension StaffLog.Entry {
    fileprivate init(_ line: ChronicleLine) {
        let about = line.about.map { "(\(StaffWords.day($0))) " } ?? ""
        let reason = line.reason.map { " (\($0))" } ?? ""
        (sequence, at, who) = (line.sequence, line.at, line.by ?? "")
        text = LocalizedText(about + line.what.chinese + reason, en: about + line.what.english + reason)
    }

    fileprivate init(_ line: AuditLine) {
        (sequence, at, who, text) = (line.sequence, line.at, line.by, line.what)
    }
}

private enum Phrases {
    static let none = LocalizedText("还没有记录", en: "Nothing on record")
    static let audit = LocalizedText("谁看过、谁改过", en: "Who looked, who changed")
}
