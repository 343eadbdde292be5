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
        let room = StaffRoom(desk)
        switch key {
        case .pageDown, .down, .character("+"), .enter:
            let next = top + count(from: top, room)
            if next < all.count { top = next }
            guard !isWhole, !isAsking, next + room.rows >= all.count, let last = all.last else { return .nothing }
            isAsking = true
            return .ask(ask(before: last.sequence))
        case .pageUp, .up, .character("-"):
            var left = rows(room)
            while top > 0 {
                left -= height(all[top - 1], room)
                guard left >= 0 else { break }
                top -= 1
            }
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

    private func rows(_ room: StaffRoom) -> Int { max(1, room.rows - 1) }

    /// How many entries have room from one on; at least one.
    private func count(from first: Int, _ room: StaffRoom) -> Int {
        var left = rows(room)
        let fitting = all[min(first, all.count)...].prefix { entry in
            left -= height(entry, room)
            return left >= 0
        }
        return max(1, fitting.count)
    }

    /// In the longer of the languages, so that a page turns the same in both.
    private func height(_ entry: Entry, _ room: StaffRoom) -> Int {
        max(texts(entry, room, .chinese).count, texts(entry, room, .english).count)
    }

    func draw(_ room: StaffRoom) -> [StaffLine] {
        let first = min(top, max(0, all.count - 1))
        let last = min(all.count, first + count(from: first, room))
        let range = all.isEmpty ? "" : "\(first + 1)-\(last)/\(all.count)\(isWhole ? "" : "+")"
        let title = StaffLine(StaffText.spread(title[room.language], range, room.columns), .bold)
        guard entries != nil else { return [title, StaffLine(StaffPhrases.loading[room.language])] }
        if all.isEmpty { return [title, StaffLine(Phrases.none[room.language])] }
        return [title]
            + all[first..<last].flatMap { texts($0, room, room.language) }.prefix(rows(room))
            .map { StaffLine(StaffText.cut($0, room.columns)) }
    }

    private var title: LocalizedText {
        switch source {
        case .history(_, let name): LocalizedText("\(name) 的历史", en: "History of \(name)")
        case .audit: Phrases.audit
        }
    }

    /// As many lines as the words need, for the reason stands at their end; four at most.
    private func texts(_ entry: Entry, _ room: StaffRoom, _ language: Language) -> [String] {
        let when = StaffWords.moment(entry.at, room.desk)
        let margin = room.isWide ? 26 : 3
        let words = StaffText.wrap(entry.text[language], room.columns - margin, lines: 4)
            .map { String(repeating: " ", count: margin) + $0 }
        guard room.isWide else { return ["\(when) \(entry.who)"] + words }
        let head = StaffText.fit(when, 17) + StaffText.fit(entry.who, 8) + " "
        return [head + (words.first?.dropFirst(margin) ?? "")] + words.dropFirst()
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
