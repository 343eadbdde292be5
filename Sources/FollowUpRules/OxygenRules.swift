// OX-01, OX-02 and OX-03: low oxygen, somewhat low oxygen, and low oxygen for somebody whose ordinary value is low. Every
// limit is less the policy's step for the height above the sea.
import Vitals

extension Rule {
    static let oxygen = Rule(
        id: "OX-01", title: LocalizedText("血氧低", en: "Low oxygen"),
        source: "clinical-rules 1.8, 5.3; SPO2, NEWS2 (A, C)",
        severities: .urgent ... .critical, lookBack: 400, family: ["OX-01"],
        // No age stands in 5.3: low oxygen is low at any age.
        population: everybody,
        raising: { line in line.oxygenDays.compactMap(line.lowOxygen) },
        clearing: { hit, line, before in line.goodOxygen(after: hit, before: before) })

    static let reducedOxygen = Rule(
        id: "OX-02", title: LocalizedText("血氧偏低", en: "Oxygen somewhat low"),
        source: "clinical-rules 1.8, 5.4; NEWS2 (A)", severities: .soon ... .soon, lookBack: 400, family: ["OX-02"],
        population: { line, day in adults(line, day) && !line.has(.copd, on: day) },
        raising: { line in
            let clear = line.policy.oxygenHere.clear
            return line.oxygenDays.compactMap { day in
                let reduced = day.filter { $0.isBelow(clear) }
                // What is lower counts too; where it is enough for OX-01, that rule says it.
                guard reduced.count > 1, line.lowOxygen(day) == nil else { return nil }
                return line.hit(
                    reduced, .oxygenSaturation, severity: .soon, due: line.policy.oxygen.reducedDue.value,
                    LocalizedText("血氧偏低", en: "oxygen somewhat low, "))
            }
        },
        clearing: { hit, line, before in line.goodOxygen(after: hit, before: before) })

    static let oxygenWithCOPD = Rule(
        id: "OX-03", title: LocalizedText("慢阻肺，血氧比平时低", en: "COPD, oxygen below the own usual"),
        source: "clinical-rules 1.8, 5.4; NEWS2 (A), SPO2 (C)", severities: .urgent ... .urgent, lookBack: 400,
        episodes: .each, personFrom: .urgent, family: ["OX-03"], population: { line, day in line.has(.copd, on: day) },
        raising: { line in line.oxygenDays.compactMap(line.belowOwnOxygen) },
        clearing: never)
}

extension Policy {
    /// The limits of oxygen at the height of the hut.
    fileprivate var oxygenHere: Oxygen {
        let step = oxygen.altitudeStep.value
        guard step != 0 else { return oxygen }
        var here = oxygen
        here.low.value -= step
        here.veryLow.value -= step
        here.clear.value -= step
        return here
    }
}

extension TimeLine {
    /// The values of each day, oldest day first.
    fileprivate var oxygenDays: [[StationValue]] {
        var days: [[StationValue]] = []
        for value in values.oxygen {
            if days.last?.last?.day == value.day { days[days.count - 1].append(value) } else { days.append([value]) }
        }
        return days
    }

    /// OX-01 of one day; nil when the day is none of its business. Twice somewhat low is ordinary with COPD (NEWS2,
    /// scale 2): there only what is very low counts, or low with breathlessness.
    fileprivate func lowOxygen(_ day: [StationValue]) -> Hit? {
        let limits = policy.oxygenHere
        let low = day.filter { $0.isAtMost(limits.low) }
        guard let first = low.first, let last = low.last else { return nil }
        let veryLow = day.filter { $0.isAtMost(limits.veryLow) }
        let isBreathless = answers(in: Set(low.compactMap(\.visit))).contains { $0.answer.isDanger }
        let isTwice = last.at - first.at >= .seconds(limits.apart.value * 60) && !has(.copd, on: last.day)
        let severity: Severity
        if veryLow.count > 1 || isBreathless {
            severity = .critical
        } else if isTwice || !veryLow.isEmpty {
            // One very low value is enough, and two good ones end it: a single better one after it takes nothing back.
            severity = .urgent
        } else {
            return nil
        }
        return hit(low, .oxygenSaturation, severity: severity, due: 0, LocalizedText("血氧", en: "oxygen "))
    }

    /// OX-03 of one day.
    fileprivate func belowOwnOxygen(_ day: [StationValue]) -> Hit? {
        guard let date = day.last?.day else { return nil }
        let veryLow = day.filter { $0.isAtMost(policy.oxygenHere.veryLow) }
        if veryLow.count > 1 {
            return hit(veryLow, .oxygenSaturation, severity: .urgent, due: 0, LocalizedText("血氧", en: "oxygen "))
        }
        guard let usual = usualOxygen(before: date) else { return nil }
        let dropped = day.filter { $0.isAtMost(usual - policy.oxygen.drop.value) }
        guard !dropped.isEmpty else { return nil }
        let days = policy.oxygen.dropDays.value
        return hit(
            dropped, .oxygenSaturation, severity: .urgent, due: 0,
            LocalizedText("平时\(usual)%(\(days)天中位)，血氧", en: "usually \(usual) % (median of \(days) days), oxygen "))
    }

    /// The median of the days before; nil where nothing was measured.
    private func usualOxygen(before day: LocalDay) -> Int? {
        let numbers = values.oxygen.compactMap { value -> Int? in
            guard case .number(let percent) = value.size, value.day < day,
                day - value.day <= policy.oxygen.dropDays.value
            else { return nil }
            return percent
        }.sorted()
        guard !numbers.isEmpty else { return nil }
        let middle = numbers.count / 2
        return numbers.count.isMultiple(of: 2) ? Mean([numbers[middle - 1], numbers[middle]]).rounded : numbers[middle]
    }

    fileprivate func goodOxygen(after hit: Hit, before: HutTime?) -> Clearing? {
        let clear = policy.oxygenHere.clear
        let good = values.oxygen.after(hit.at, before: before).filter { $0.isAtLeast(clear) }
        return good.count < 2 ? nil : over(good[1], .oxygenSaturation)
    }
}
