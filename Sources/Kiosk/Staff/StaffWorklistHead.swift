// The head of the worklist: who reads it, how old the data is, how many rows are shown, how many hidden and why, and
// what waits elsewhere. A short list must not pass for a quiet day (clinical-rules H-18, H-19).

import TextScreen
import Vitals

/// The lines above the rows.
enum StaffWorklistHead {
    /// How many lines the head takes.
    static func height(_ list: Worklist, _ room: StaffRoom) -> Int {
        (room.isWide ? (isCrowded(list) ? 4 : 3) : 2) + sitting(list, room).count
    }

    /// So many reasons for hiding that what waits elsewhere needs a line of its own.
    private static func isCrowded(_ list: Worklist) -> Bool {
        list.hiddenLost + list.hiddenEnded + list.hiddenNew > 0
    }

    /// The head above the rows of `window`, which are of `count` that the filter lets through.
    static func lines(
        _ list: Worklist, _ window: Range<Int>, of count: Int, _ filter: StaffWorklist.Filter, _ room: StaffRoom
    ) -> [StaffLine] {
        let range = window.count == count ? "" : "\(window.lowerBound + 1)-\(window.upperBound)"
        let first = StaffText.spread(title(range, room), freshness(list, room), room.columns)
        let calls = room.desk.alerts.count { $0.rule == sos }
        let shown = shown(list, count, range, filter, room)[room.language]
        let waiting = waiting(list, calls: calls, room)[room.language]
        guard room.isWide else {
            return [StaffLine(first), StaffLine(beside(shown, waiting, gap: 1, room))]
                + sitting(list, room)
        }
        var texts = [shown, waiting]
        if !isCrowded(list) {
            let gap = max(2, min(waitingColumn, room.columns - cellWidth(waiting)) - cellWidth(shown))
            texts = [beside(shown, waiting, gap: gap, room)]
        }
        return [StaffLine(first)] + texts.map { StaffLine(StaffText.cut($0, room.columns)) } + sitting(list, room)
            + [room.rule]
    }

    /// Both in one line; where they do not fit, what waits stays whole: a call for help is never the part that is cut.
    private static func beside(_ shown: String, _ waiting: String, gap: Int, _ room: StaffRoom) -> String {
        let line = shown + String(repeating: " ", count: gap) + waiting
        return cellWidth(line) <= room.columns ? line : StaffText.spread(shown, waiting, room.columns)
    }

    /// `还坐在1号台：张桂芳 女 81岁 047号 34 分钟`, the longest first.
    private static func sitting(_ list: Worklist, _ room: StaffRoom) -> [StaffLine] {
        list.sitting.sorted { $0.since < $1.since }.prefix(most).map { visit in
            let place = visit.station.words
            let who = visit.who ?? LocalizedText("客人", en: "a guest")
            let minutes = max(0, Int((room.now - visit.since).milliseconds / 60_000))
            let text = LocalizedText(
                "还坐在\(place.chinese) \(minutes)分钟：\(who.chinese)",
                en: "still sitting at \(place.english) \(minutes) min: \(who.english)")
            return StaffLine(StaffText.cut(text[room.language], room.columns), .bold)
        }
    }

    /// Lines for visits that do not end; a hut has few stations.
    private static let most = 2

    /// SOS or fall from a wristband (clinical-rules 5.3).
    private static let sos: RuleID = "W-03"
    /// Where the totals of things waiting begin at 80 columns.
    private static let waitingColumn = 50

    private static func title(_ range: String, _ room: StaffRoom) -> String {
        let title = LocalizedText("名单", en: "List")[room.language]
        let day = StaffWords.day(room.desk.today)
        guard room.isWide else { return "\(title)\(range) \(room.desk.me?.staff.name ?? "") \(day)" }
        let me = room.desk.me.map { StaffWords.person($0.staff, room.language) } ?? ""
        let today = LocalizedText("今天", en: "today")[room.language]
        return "\(title)  \(me)   \(today) \(day) \(StaffWords.weekday(room.desk.today)[room.language])"
    }

    /// `数据到 09:21(最新一条 7 分钟前)`; with its day where that is not today.
    private static func freshness(_ list: Worklist, _ room: StaffRoom) -> String {
        guard let newest = list.dataUpTo else {
            return LocalizedText("还没有数据", en: "no data yet")[room.language]
        }
        let time = StaffWords.time(newest, room.desk)
        guard room.isWide else { return LocalizedText("数据到\(time)", en: "data to \(time)")[room.language] }
        let age = StaffWords.age(room.now - newest)
        return LocalizedText("数据到 \(time)(最新一条 \(age.chinese))", en: "data to \(time) (newest \(age.english))")[
            room.language]
    }

    private static func shown(
        _ list: Worklist, _ count: Int, _ range: String, _ filter: StaffWorklist.Filter, _ room: StaffRoom
    ) -> LocalizedText {
        let reasons = hidden(list).filter { $0.count > 0 || $0.isAlwaysSaid }
        let hidden = reasons.reduce(0) { $0 + $1.count }
        let all = list.rows.count
        let name = name(of: filter)
        let number = LocalizedText(
            filter == .all ? "\(count)" : "\(name.chinese)\(count)/\(all)",
            en: filter == .all ? "\(count)" : "\(name.english) \(count)/\(all)")
        guard room.isWide else {
            return LocalizedText("显示\(number.chinese) 藏起\(hidden)", en: "shown \(number.english) hid \(hidden)")
        }
        let rows = range.isEmpty ? "" : "(\(range))"
        return LocalizedText(
            "显示 \(number.chinese)\(rows)  藏起 \(hidden)("
                + reasons.map { "\($0.words.chinese)\($0.count)" }.joined(separator: " ") + ")",
            en: "shown \(number.english)\(rows)  hidden \(hidden)("
                + reasons.map { "\($0.words.english) \($0.count)" }.joined(separator: " ") + ")")
    }

    private struct Reason {
        var words: LocalizedText
        var count: Int
        /// Stands there with 0 too.
        var isAlwaysSaid = false
    }

    private static func hidden(_ list: Worklist) -> [Reason] {
        [
            Reason(words: LocalizedText("搬走", en: "moved"), count: list.hiddenMoved, isAlwaysSaid: true),
            Reason(words: LocalizedText("去世", en: "dead"), count: list.hiddenDead, isAlwaysSaid: true),
            Reason(words: LocalizedText("找不到", en: "lost"), count: list.hiddenLost),
            Reason(words: LocalizedText("不归本队", en: "ended"), count: list.hiddenEnded),
            Reason(words: LocalizedText("新来", en: "new"), count: list.hiddenNew),
            Reason(words: LocalizedText("未到期", en: "later"), count: list.hiddenNotYetListed, isAlwaysSaid: true),
        ]
    }

    private static func name(of filter: StaffWorklist.Filter) -> LocalizedText {
        switch filter {
        case .all: LocalizedText("全部", en: "all")
        case .due: LocalizedText("到期", en: "due")
        case .critical: LocalizedText("危急", en: "critical")
        case .mine: LocalizedText("我的", en: "mine")
        }
    }

    private static func waiting(_ list: Worklist, calls: Int, _ room: StaffRoom) -> LocalizedText {
        let (unclaimed, requests) = (list.unclaimed, list.requests)
        guard room.isWide else {
            return LocalizedText(
                "认领\(unclaimed) 请求\(requests) 呼救\(calls)", en: "claim \(unclaimed) ask \(requests) SOS \(calls)")
        }
        return LocalizedText(
            "认领 \(unclaimed)  请求 \(requests)  呼救 \(calls)  没发 \(list.unsent)",
            en: "claim \(unclaimed) ask \(requests) SOS \(calls) unsent \(list.unsent)")
    }
}
