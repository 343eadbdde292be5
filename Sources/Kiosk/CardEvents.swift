// What stands on the page of one resident beside flags and readings: the points of the plot, the last follow-ups, the
// bands she wears, what the district has.

import Vitals

extension ResidentCard {
    /// One session of cuff readings, as the plot shows it.
    package struct Pressure: Hashable, Sendable {
        package var day: LocalDay
        package var value: SessionValue

        package init(day: LocalDay, value: SessionValue) { (self.day, self.value) = (day, value) }
    }

    /// One follow-up in one line.
    package struct FollowUpLine: Hashable, Sendable {
        package var day: LocalDay
        package var method: FollowUpMethod
        /// The value of the form, `136/80`; nil where none was taken.
        package var pressure: String?
        package var visitClass: VisitClass?
        /// `氨氯地平5mg`; nil where none was written.
        package var drugs: String?
        package var adherence: Adherence?
        package var by: String
        /// The doctor who signed it too; nil: nobody did.
        package var countersignedBy: String?

        package init(
            day: LocalDay, method: FollowUpMethod, pressure: String? = nil, visitClass: VisitClass? = nil,
            drugs: String? = nil, adherence: Adherence? = nil, by: String
        ) {
            (self.day, self.method, self.pressure, self.visitClass) = (day, method, pressure, visitClass)
            (self.drugs, self.adherence, self.by) = (drugs, adherence, by)
        }
    }

    /// A band she wears.
    package struct Worn: Hashable, Sendable {
        package var band: BandID
        package var batteryPercent: Int?
        package var lastHeard: HutTime?
        /// Perhaps somebody else wears it.
        package var isDoubted: Bool

        package init(
            band: BandID, batteryPercent: Int? = nil, lastHeard: HutTime? = nil, isDoubted: Bool = false
        ) {
            (self.band, self.batteryPercent) = (band, batteryPercent)
            (self.lastHeard, self.isDoubted) = (lastHeard, isDoubted)
        }
    }

    /// What the district has of her.
    package struct Uploads: Hashable, Sendable {
        /// The newest day of which everything was received.
        package var received: LocalDay?
        package var waiting: Int
        /// Refused for their content, and why, without a person's data.
        package var refused: Int
        package var whyRefused: String?

        package init(received: LocalDay?, waiting: Int, refused: Int = 0, whyRefused: String? = nil) {
            (self.received, self.waiting, self.refused, self.whyRefused) = (received, waiting, refused, whyRefused)
        }
    }

    /// A date that was promised to her.
    package struct PromiseLine: Hashable, Sendable {
        package var kind: PromiseKind
        package var day: LocalDay
        package var by: String

        package init(kind: PromiseKind, day: LocalDay, by: String) { (self.kind, self.day, self.by) = (kind, day, by) }
    }
}

/// Whether a resident is better than a month ago, said in counts: nobody is praised or blamed by one value.
package enum Improvement {
    /// `比上月好：本月5次里4次在范围内，上月6次里3次`; nil where neither month has a complete session.
    ///
    /// Provisional sessions are not counted. In range: below the limit on both components.
    package static func sentence(
        _ pressures: [ResidentCard.Pressure], below limit: PressureLimit, today: LocalDay
    ) -> LocalizedText? {
        let complete = pressures.filter { $0.value.isComplete && $0.day <= today }
        let now = tally(complete.filter { month(of: $0.day) == month(of: today) }, limit)
        let before = tally(complete.filter { month(of: $0.day) == month(of: today) - 1 }, limit)
        let (this, last) = (now.words("本月", en: "this month"), before.words("上月", en: "last month"))
        switch (now.all, before.all) {
        case (0, 0): return nil
        case (_, 0): return this
        case (0, _):
            return LocalizedText("本月还没量好，\(last.chinese)", en: "none complete this month, \(last.english)")
        default:
            let word = comparison(now.inside * before.all, before.inside * now.all)
            return LocalizedText(
                "\(word.chinese)：\(this.chinese)，\(last.chinese)",
                en: "\(word.english): \(this.english), \(last.english)")
        }
    }

    private struct Tally {
        var inside, all: Int

        func words(_ chinese: String, en english: String) -> LocalizedText {
            LocalizedText("\(chinese)\(all)次里\(inside)次在范围内", en: "\(inside) of \(all) in range \(english)")
        }
    }

    private static func tally(_ pressures: [ResidentCard.Pressure], _ limit: PressureLimit) -> Tally {
        let inside = pressures.count { $0.value.systolic < limit.systolic && $0.value.diastolic < limit.diastolic }
        return Tally(inside: inside, all: pressures.count)
    }

    private static func comparison(_ now: Int, _ before: Int) -> LocalizedText {
        if now == before { return LocalizedText("和上月一样", en: "as last month") }
        return now > before
            ? LocalizedText("比上月好", en: "better than last month")
            : LocalizedText("不如上月", en: "not as good as last month")
    }

    private static func month(of day: LocalDay) -> Int { day.date.year * 12 + day.date.month }
}
