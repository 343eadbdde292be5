// The head of the worklist: who reads it, how old the data is, how many rows are shown, how many hidden and why, and
// what waits elsewhere. A short list must not pass for a quiet day (clinical-rules H-18, H-19).

import TextScreen
import Vitals

/// The lines above the rows.
enum StaffWorklistHead {
    /// How many lines the head takes.
    static func height(_ room: StaffRoom) -> Int { room.isWide ? 3 : 2 }

    /// The head above the rows of `window`.
    static func lines(_ list: Worklist, _ window: Range<Int>, _ room: StaffRoom) -> [StaffLine] {
        let range = window.count == list.rows.count ? "" : "\(window.lowerBound + 1)-\(window.upperBound)"
        let first = StaffText.spread(title(range, room), freshness(list, room), room.columns)
        let calls = room.desk.alerts.count { $0.rule == sos }
        let shown = shown(list, range, room)[room.language]
        let waiting = waiting(list, calls: calls, room)[room.language]
        guard room.isWide else {
            return [StaffLine(first), StaffLine(StaffText.cut("\(shown) \(waiting)", room.columns))]
        }
        let gap = max(2, min(waitingColumn, room.columns - cellWidth(waiting)) - cellWidth(shown))
        let second = shown + String(repeating: " ", count: gap) + waiting
        return [StaffLine(first), StaffLine(StaffText.cut(second, room.columns)), room.rule]
    }

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
        let offset = room.desk.place.offset
        let isToday = offset.day(of: newest) == room.desk.today
        let time = isToday ? StaffWords.clock(newest, offset) : StaffWords.moment(newest, room.desk)
        guard room.isWide else { return LocalizedText("数据到\(time)", en: "data to \(time)")[room.language] }
        let age = StaffWords.age(room.now - newest)
        return LocalizedText("数据到 \(time)(最新一条 \(age.chinese))", en: "data to \(time) (newest \(age.english))")[
            room.language]
    }

    private static func shown(_ list: Worklist, _ range: String, _ room: StaffRoom) -> LocalizedText {
        let count = list.rows.count
        let (moved, dead, later) = (list.hiddenMoved, list.hiddenDead, list.hiddenNotYetListed)
        let hidden = moved + dead + later
        guard room.isWide else { return LocalizedText("显示\(count) 藏起\(hidden)", en: "shown \(count) hid \(hidden)") }
        let shown = range.isEmpty ? "\(count)" : "\(count)(\(range))"
        return LocalizedText(
            "显示 \(shown)  藏起 \(hidden)(搬走\(moved) 去世\(dead) 未到期\(later))",
            en: "shown \(shown)  hidden \(hidden)(moved \(moved) dead \(dead) later \(later))")
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
