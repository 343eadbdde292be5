// Whether a month was better than the one before: in counts, for the nurse and the resident, and never said where it was
// not, or where too little was measured to say anything.

import Testing
import TextScreen
import Vitals

@testable import Kiosk

private let today = LocalDay(year: 2026, month: 11, day: 21) ?? LocalDay(daysSince1970: 0)
private let limit = PressureLimit(systolic: 150, diastolic: 90)

/// One complete session a day of each value, in the month.
private func pressures(_ months: [Int: [Int]], diastolic: Int = 80, isComplete: Bool = true) -> [ResidentCard.Pressure]
{
    months.flatMap { month, values in
        values.enumerated().compactMap { row, systolic in
            LocalDay(year: 2026, month: month, day: 1 + row % 20).map {
                ResidentCard.Pressure(
                    day: $0,
                    value: SessionValue(
                        systolic: MmHg(systolic), diastolic: MmHg(diastolic), pulse: nil, count: 2,
                        isComplete: isComplete))
            }
        }
    }
}

@Suite struct `A better month is said` {
    /// Values by month; what the nurse reads, what the resident reads, and whether it is said at the goodbye.
    @Test(
        arguments: [
            // The limit itself is not in range.
            (
                [11: [149, 149, 150], 10: [160, 149, 170]], "比上月好：本月3次里2次在范围内，上月3次里1次在范围内",
                "比上月好：本月3次里2次在范围内，上月3次里1次在范围内", true
            ),
            (
                [11: [150, 150, 160], 10: [149, 149, 149]], "不如上月：本月3次里0次在范围内，上月3次里3次在范围内",
                "本月3次里0次在范围内，上月3次里3次在范围内", false
            ),
            (
                [11: [140, 160, 140, 160], 10: [140, 160, 140, 160, 140, 160]],
                "和上月一样：本月4次里2次在范围内，上月6次里3次在范围内", "和上月一样：本月4次里2次在范围内，上月6次里3次在范围内",
                false
            ),
            // More in range, but one far above: the mean says the opposite, and so no word stands.
            (
                [11: [140, 140, 190], 10: [140, 151, 151]], "本月3次里2次在范围内，上月3次里1次在范围内",
                "本月3次里2次在范围内，上月3次里1次在范围内", false
            ),
            (
                [11: [149, 150, 150], 10: [120, 149, 190]], "本月3次里1次在范围内，上月3次里2次在范围内",
                "本月3次里1次在范围内，上月3次里2次在范围内", false
            ),
        ] as [([Int: [Int]], String, String, Bool)])
    func `in counts, with a word where shares and means agree`(
        months: [Int: [Int]], nurse: String, resident: String, isPraised: Bool
    ) {
        let values = pressures(months)
        #expect(Improvement.sentence(values, below: limit, today: today, for: .nurse)?.chinese == nurse)
        #expect(Improvement.sentence(values, below: limit, today: today, for: .resident)?.chinese == resident)
        #expect((Improvement.praise(values, below: limit, today: today) != nil) == isPraised)
    }

    @Test(
        arguments: [
            [:], [11: [140, 140, 140]], [10: [140, 140, 140]], [11: [140, 140], 10: [160, 160, 160]],
            [11: [140, 140, 140], 10: [160, 160]], [11: [140, 140, 140], 9: [160, 160, 160]],
        ] as [[Int: [Int]]])
    func `too little in either month says nothing`(months: [Int: [Int]]) {
        for reader in [Improvement.Reader.nurse, .resident] {
            #expect(Improvement.sentence(pressures(months), below: limit, today: today, for: reader) == nil)
        }
        #expect(Improvement.praise(pressures(months), below: limit, today: today) == nil)
    }

    @Test func `provisional sessions are not counted, nor what lies ahead`() {
        let months = [11: [140, 140, 140], 10: [160, 160, 160]]
        #expect(
            Improvement.sentence(pressures(months, isComplete: false), below: limit, today: today, for: .nurse) == nil)
        let early = LocalDay(year: 2026, month: 11, day: 2) ?? today
        #expect(Improvement.sentence(pressures(months), below: limit, today: early, for: .nurse) == nil)
    }

    @Test func `a diastolic at its limit is not in range, and January looks back at December`() throws {
        let high = pressures([11: [120, 120, 120], 10: [120, 120, 120]], diastolic: 90)
        #expect(
            Improvement.sentence(high, below: limit, today: today, for: .nurse)?.chinese
                == "和上月一样：本月3次里0次在范围内，上月3次里0次在范围内")
        var values = pressures([12: [160, 160, 160]])
        let january = try #require(LocalDay(year: 2027, month: 1, day: 5))
        values += pressures([1: [140, 140, 140]]).map { ResidentCard.Pressure(day: $0.day + 365, value: $0.value) }
        #expect(
            Improvement.sentence(values, below: limit, today: january, for: .nurse)?.english
                == "better than last month: 3 of 3 in range this month, 0 of 3 in range last month")
    }

    /// Whatever was measured: *better* stands only with a higher share in range and no higher mean.
    @Test func `better is never said when it is not`() {
        var dice = SeededChance(seed: 20_261_121)
        for _ in 0..<5_000 {
            let months = [11, 10].reduce(into: [Int: [Int]]()) { months, month in
                let count = Int.random(in: 0...6, using: &dice)
                months[month] = (0..<count).map { _ in Int.random(in: 110...190, using: &dice) }
            }
            let (now, before) = (months[11] ?? [], months[10] ?? [])
            func share(_ values: [Int]) -> Double { Double(values.count { $0 < 150 }) / Double(max(1, values.count)) }
            func mean(_ values: [Int]) -> Double { Double(values.reduce(0, +)) / Double(max(1, values.count)) }
            let isBetter =
                now.count >= 3 && before.count >= 3 && share(now) > share(before) && mean(now) <= mean(before)
            let values = pressures(months)
            for reader in [Improvement.Reader.nurse, .resident] {
                let sentence = Improvement.sentence(values, below: limit, today: today, for: reader)
                #expect((sentence?.english.hasPrefix("better") ?? false) == isBetter, "\(months)")
            }
            #expect((Improvement.praise(values, below: limit, today: today) != nil) == isBetter, "\(months)")
        }
    }
}

@Suite struct `The goodbye after a better month` {
    private let better = LocalizedText("比上月好：本月5次里4次在范围内，上月6次里3次在范围内", en: "better")

    @Test(arguments: [ScreenSize.narrow, .wide])
    func `says so once the value is in range`(size: ScreenSize) {
        var stage = Stage(size)
        var second = VisitResult.second
        second.better = better
        stage.measureTwice(second)
        stage.press("0")
        #expect(stage.screen == "K23")
        #expect(stage.text.contains("比上月好"))
        #expect(stage.complaints.isEmpty)
    }

    @Test func `says nothing while a very high reading is unanswered`() {
        var stage = Stage()
        var crisis = VisitResult.crisis
        crisis.better = better
        stage.measure(crisis)
        stage.press("E1")
        stage.press("00")
        #expect(stage.screen == "K23")
        #expect(!stage.text.contains("比上月好"))
    }
}
