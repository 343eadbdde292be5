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
    package enum Reader: Sendable { case nurse, resident }

    /// Fewer complete sessions than this in either month say nothing (D).
    package static let fewest = 3

    /// `比上月好：本月5次里4次在范围内，上月6次里3次在范围内`; nil where either month has too few complete sessions.
    ///
    /// Provisional sessions are not counted. In range: below the limit on both components. The word stands only where
    /// the mean of the systolic values does not say the opposite; else the counts stand alone. A resident is told in
    /// counts, not in a word, that it became worse: the word is the nurse's to say.
    package static func sentence(
        _ pressures: [ResidentCard.Pressure], below limit: PressureLimit, today: LocalDay, for reader: Reader
    ) -> LocalizedText? {
        guard let months = Months(pressures, limit, today) else { return nil }
        let counts = months.words
        guard let word = months.word, reader == .nurse || months.isBetter || months.isSame else { return counts }
        return LocalizedText(
            "\(word.chinese)：\(counts.chinese)", en: "\(word.english): \(counts.english)")
    }

    /// The sentence where it became better; nil where it did not, or where nothing can be said.
    package static func praise(
        _ pressures: [ResidentCard.Pressure], below limit: PressureLimit, today: LocalDay
    ) -> LocalizedText? {
        guard let months = Months(pressures, limit, today), months.isBetter else { return nil }
        return sentence(pressures, below: limit, today: today, for: .resident)
    }

    /// The complete sessions of a month.
    private struct Month {
        var all = 0, inside = 0, systolic = 0

        init(_ pressures: some Sequence<ResidentCard.Pressure>, _ limit: PressureLimit) {
            for pressure in pressures {
                all += 1
                systolic += pressure.value.systolic.value
                if pressure.value.systolic < limit.systolic, pressure.value.diastolic < limit.diastolic { inside += 1 }
            }
        }

        func words(_ chinese: String, en english: String) -> LocalizedText {
            LocalizedText("\(chinese)\(all)次里\(inside)次在范围内", en: "\(inside) of \(all) in range \(english)")
        }
    }

    /// This month beside the last; nil where either has too few.
    private struct Months {
        let now, before: Month

        init?(_ pressures: [ResidentCard.Pressure], _ limit: PressureLimit, _ today: LocalDay) {
            let complete = pressures.filter { $0.value.isComplete && $0.day <= today }
            let this = Months.number(of: today)
            now = Month(complete.filter { Months.number(of: $0.day) == this }, limit)
            before = Month(complete.filter { Months.number(of: $0.day) == this - 1 }, limit)
            guard now.all >= fewest, before.all >= fewest else { return nil }
        }

        private static func number(of day: LocalDay) -> Int { day.date.year * 12 + day.date.month }

        /// Both shares over the same denominator, and both means.
        private var shares: (now: Int, before: Int) { (now.inside * before.all, before.inside * now.all) }
        private var means: (now: Int, before: Int) { (now.systolic * before.all, before.systolic * now.all) }

        var isBetter: Bool { shares.now > shares.before && means.now <= means.before }
        var isSame: Bool { shares.now == shares.before }
        private var isWorse: Bool { shares.now < shares.before && means.now >= means.before }

        var word: LocalizedText? {
            if isSame { return LocalizedText("和上月一样", en: "as last month") }
            if isBetter { return LocalizedText("比上月好", en: "better than last month") }
            return isWorse ? LocalizedText("不如上月", en: "not as good as last month") : nil
        }

        var words: LocalizedText {
            let (this, last) = (now.words("本月", en: "this month"), before.words("上月", en: "last month"))
            return LocalizedText("\(this.chinese)，\(last.chinese)", en: "\(this.english), \(last.english)")
        }
    }
}
