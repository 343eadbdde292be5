// GL-04: diabetes is known and the fasting sugar is not where it should be, on two days, or once by far. Whether a value
// was fasting is the resident's own answer; *not sure* counts as eaten.
import Vitals

extension Rule {
    static let uncontrolledSugar = Rule(
        id: "GL-04", title: LocalizedText("糖尿病，空腹血糖高", en: "Diabetes, fasting sugar raised"),
        source: "clinical-rules 1.7, 5.3; DMG (B), NORM3-DM (M), days D", severities: .soon ... .soon, lookBack: 400,
        family: ["GL-04"], population: { line, day in line.isDiabetic(on: day) },
        raising: { line in line.raisedFastingSugars },
        clearing: { hit, line, before in line.goodFastingDays(after: hit, before: before) },
        disease: .diabetes)
}

/// The fasting values of one day.
private struct FastingDay {
    var day: LocalDay
    var values: [StationValue]

    func isBelow(_ limit: PolicyNumber) -> Bool { values.allSatisfy { $0.isBelow(limit) } }
}

extension TimeLine {
    private var fastingDays: [FastingDay] {
        var days: [FastingDay] = []
        for value in values.sugar where value.isFasting {
            if days.last?.day != value.day { days.append(FastingDay(day: value.day, values: [])) }
            days[days.count - 1].values.append(value)
        }
        return days
    }

    fileprivate var raisedFastingSugars: [Hit] {
        let limits = policy.fasting
        let raised = fastingDays.filter { !$0.isBelow(limits.raised) }
        return raised.indices.compactMap { place in
            let day = raised[place]
            let earlier = raised[..<place].filter { day.day - $0.day <= limits.window.value }
            let days = earlier.suffix(limits.days.value - 1) + [day]
            guard days.count >= limits.days.value || !day.isBelow(limits.high) else { return nil }
            return fastingHit(Array(days))
        }
    }

    private func fastingHit(_ days: [FastingDay]) -> Hit? {
        let limits = policy.fasting
        let raised = days.flatMap { day in day.values.filter { $0.isAtLeast(limits.raised) } }
        guard let last = raised.last else { return nil }
        return Hit(
            at: last.at, day: last.day, severity: .soon, due: limits.due.value,
            triggers: raised.filter { $0.day == last.day }.map(\.sequence), facts: raised.map(\.sequence),
            lateness: last.lateness, isDated: last.isDated,
            sentence: { [self] in
                let parts = raised.map { (Words.day($0.day, from: today), $0.text(.glucose)) }
                return sentence(
                    LocalizedText(
                        "空腹血糖" + parts.map { "\($0.0.chinese) \($0.1.chinese)" }.joined(separator: "、"),
                        en: "fasting glucose " + parts.map { "\($0.0.english) \($0.1.english)" }.joined(separator: ", ")
                    ),
                    at: last.at, instrument: last.instrument, lateness: last.lateness)
            })
    }

    /// The first later day with which so many fasting days in a row were all below.
    fileprivate func goodFastingDays(after hit: Hit, before: HutTime?) -> Clearing? {
        let (days, limits) = (fastingDays, policy.fasting)
        for place in days.indices where days[place].day > hit.day {
            guard let last = days[place].values.last, before.map({ last.at < $0 }) ?? true else { return nil }
            guard place + 1 >= limits.clearDays.value,
                days[(place + 1 - limits.clearDays.value)...place].allSatisfy({ $0.isBelow(limits.raised) })
            else { continue }
            return over(last, .glucose)
        }
        return nil
    }
}
