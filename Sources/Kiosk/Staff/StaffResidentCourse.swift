// How the blood pressure went: a plot of ninety days with the limit and the follow-ups, the last values beside it, and one
// sentence that says whether it became better.

import TextScreen
import Vitals

/// The plot and the words under it.
enum StaffResidentCourse {
    /// Days of the plot: one cadence of the norm, ninety days, back from today.
    private static let span = 91

    /// Seven lines and the sentence; without values one line that says so.
    static func lines(_ card: ResidentCard, _ room: StaffRoom) -> [StaffLine] {
        guard !card.pressures.isEmpty else { return [StaffLine(CourseWords.none[room.language])] }
        let (columns, rows) = room.isWide ? (plotColumns, 5) : (room.columns, 4)
        let title = room.isWide ? CourseWords.title : CourseWords.titleShort
        var plotted = [title[room.language]] + plot(card, room).lines(columns: columns, rows: rows)
        if room.isWide { plotted = beside(plotted, recent(card, room), room) }
        // At 40 columns there is room for one of the two; whether it became better comes first.
        let said = [sentence(card, room), target(card, room)].compactMap(\.self)
        let line = room.isWide ? said.joined(separator: "   ") : said.first ?? ""
        let words = StaffText.wrap(line, room.columns, lines: 2).map { StaffLine($0, .bold) }
        let values = room.isWide ? [] : [recent(card, room).dropFirst().prefix(2).joined(separator: "  ")]
        return (plotted + values).map { StaffLine($0) } + words
    }

    private static let plotColumns = 58
    private static let recentColumn = 63

    private static func plot(_ card: ResidentCard, _ room: StaffRoom) -> Plot {
        let first = room.desk.today + (1 - span)
        let sessions = card.pressures.sorted { ($0.value.count, $0.day) < ($1.value.count, $1.day) }
        let visits = card.followUps.map(\.day)
        let last = room.desk.today
        var ticks = [last, first] + visits.sorted(by: >)
        ticks += stride(from: 15, to: span - 1, by: 15).map { first + $0 }
        return Plot(
            span: span, line: card.pressureLimit?.systolic.value ?? middle(card),
            lineWords: card.pressureLimit == nil ? "" : CourseWords.line[room.language],
            points: sessions.map {
                Plot.Point(
                    position: $0.day - first, value: $0.value.systolic.value, glyph: $0.value.count > 1 ? "o" : ".")
            },
            events: visits.map { Plot.Event(position: $0 - first, glyph: "|") },
            ticks: ticks.map { Plot.Tick(position: $0 - first, text: short($0)) })
    }

    /// Without a limit the scale lies around what was measured, and no words stand on the line.
    private static func middle(_ card: ResidentCard) -> Int {
        let values = card.pressures.map(\.value.systolic.value)
        return ((values.min() ?? 0) + (values.max() ?? 0)) / 2
    }

    /// `8-23`.
    private static func short(_ day: LocalDay) -> String { "\(day.date.month)-\(day.date.day.padded(2))" }

    /// `11-21 138/82 72`, newest first; a point behind a session of one reading.
    private static func recent(_ card: ResidentCard, _ room: StaffRoom) -> [String] {
        [CourseWords.recent[room.language]]
            + card.pressures.prefix(5).map { pressure in
                let value = "\(pressure.value.systolic.value)/\(pressure.value.diastolic.value)"
                let pulse = pressure.value.pulse.map { " \($0.value)" } ?? ""
                return StaffWords.day(pressure.day) + " " + value + pulse + (pressure.value.count > 1 ? "" : ".")
            }
    }

    private static func beside(_ plot: [String], _ recent: [String], _ room: StaffRoom) -> [String] {
        (0..<max(plot.count, recent.count)).map { row in
            let left = plot.indices.contains(row) ? plot[row] : ""
            let right = recent.indices.contains(row) ? recent[row] : ""
            return right.isEmpty ? left : StaffText.fit(left, recentColumn) + right
        }
    }

    private static func sentence(_ card: ResidentCard, _ room: StaffRoom) -> String? {
        guard let limit = card.pressureLimit else { return nil }
        return Improvement.sentence(card.pressures, below: limit, today: room.desk.today, for: .nurse)?[
            room.language]
    }

    /// `指南目标130/80：最近一次没到`: of the newest complete session.
    private static func target(_ card: ResidentCard, _ room: StaffRoom) -> String? {
        guard let target = card.guidelineTarget, let last = card.pressures.first(where: { $0.value.isComplete }) else {
            return nil
        }
        let isReached = last.value.systolic < target.systolic && last.value.diastolic < target.diastolic
        let verdict = isReached ? CourseWords.reached : CourseWords.notReached
        let pair = "\(target.systolic.value)/\(target.diastolic.value)"
        return CourseWords.target[room.language] + pair + verdict[room.language]
    }
}

private enum CourseWords {
    static let target = LocalizedText("指南目标", en: "guideline target ")
    static let reached = LocalizedText("：最近一次到了", en: ": reached last time")
    static let notReached = LocalizedText("：最近一次没到", en: ": not reached last time")
    static let title = LocalizedText(
        "血压 90天   o=两遍以上 .=只一遍 |=随访", en: "Pressure 90 days  o=two or more .=one |=follow-up")
    static let titleShort = LocalizedText("血压90天 o两遍 .一遍 |随访", en: "90 days o=two .=one |=follow-up")
    static let recent = LocalizedText("最近几次", en: "latest")
    static let line = LocalizedText("范围", en: "limit")
    static let none = LocalizedText("小屋还没有量过血压", en: "No blood pressure at the hut yet")
}
