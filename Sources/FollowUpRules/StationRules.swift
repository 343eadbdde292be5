// OX-01, TP-01, GL-01, GL-01n and GL-02: oxygen, fever and sugar. Each rule looks at single values, because a low sugar
// averaged with a good one is no longer an emergency (H-07), and at the ends of a device's range (H-30).
import Vitals

extension Rule {
    static let oxygen = Rule(
        id: "OX-01", title: LocalizedText("血氧低", en: "Low oxygen"),
        source: "clinical-rules 1.8, 5.3; SPO2, NEWS2 (A, C)",
        severities: .urgent ... .critical, lookBack: 400, family: ["OX-01"], population: adults,
        raising: { line in
            let limits = line.policy.oxygen
            let days = Dictionary(grouping: line.values(of: .oxygenSaturation), by: \.day)
            return days.keys.sorted().compactMap { days[$0] }.compactMap { line.lowOxygen($0, limits) }
        },
        clearing: { hit, line, before in
            let clear = line.policy.oxygen.clear
            let good = line.values(of: .oxygenSaturation, after: hit.at, before: before).filter { $0.isAtLeast(clear) }
            guard good.count >= 2 else { return nil }
            return line.over(good[1], .oxygenSaturation)
        })

    static let fever = Rule(
        id: "TP-01", title: LocalizedText("高烧", en: "High fever"),
        source: "clinical-rules 1.7, 1.8, 5.3; FORMS (B), NEWS2 (A)",
        severities: .urgent ... .critical, lookBack: 400, family: ["TP-01"], population: everybody,
        raising: { line in
            let isDiabetic = line.history.resident.conditions.contains(.diabetes)
            return line.values(of: .temperature).filter { $0.isAbove(line.policy.fever.high) }.map {
                line.hit(
                    [$0], .temperature, severity: isDiabetic ? .critical : .urgent, due: 0,
                    LocalizedText("体温", en: "temperature "))
            }
        },
        clearing: { hit, line, before in
            let clear = line.policy.fever.clear
            let later = line.values(of: .temperature, after: hit.at, before: before).first { $0.isBelow(clear) }
            return later.flatMap { line.over($0, .temperature) }
        })

    static let lowSugar = Rule(
        id: "GL-01", title: LocalizedText("低血糖", en: "Low sugar"),
        source: "clinical-rules 1.7, 5.3; NORM3-DM, FORMS (B), D",
        severities: .critical ... .critical, lookBack: 400, episodes: .each, personFrom: .info,
        family: ["GL-01", "GL-01n"], population: everybody,
        raising: { line in
            line.lowSugars { isVeryLow, isDiabetic in isVeryLow || isDiabetic }.map {
                line.hit([$0], .glucose, severity: .critical, due: 0, LocalizedText("血糖", en: "glucose "))
            }
        },
        clearing: never)

    static let lowSugarOnce = Rule(
        id: "GL-01n", title: LocalizedText("血糖偏低", en: "Sugar rather low"), source: "clinical-rules 1.7, 5.4 (D)",
        severities: .soon ... .soon, lookBack: 400, family: ["GL-01n"], population: everybody,
        raising: { line in
            line.lowSugars { isVeryLow, isDiabetic in !isVeryLow && !isDiabetic }.map {
                line.hit(
                    [$0], .glucose, severity: .soon, due: line.policy.sugar.due.value,
                    LocalizedText("血糖", en: "glucose "))
            }
        },
        clearing: { hit, line, before in
            let low = line.policy.sugar.low
            let later = line.values(of: .glucose, after: hit.at, before: before).first { $0.isAbove(low) }
            return later.flatMap { line.over($0, .glucose) }
        })

    static let highSugar = Rule(
        id: "GL-02", title: LocalizedText("血糖很高", en: "Very high sugar"),
        source: "clinical-rules 1.7, 5.3; NORM3-DM, FORMS (B)", severities: .critical ... .critical, lookBack: 400,
        episodes: .each, personFrom: .info, family: ["GL-02"], population: everybody,
        raising: { line in
            line.values(of: .glucose).filter { $0.isAtLeast(line.policy.sugar.high) }.map {
                line.hit([$0], .glucose, severity: .critical, due: 0, LocalizedText("血糖", en: "glucose "))
            }
        },
        clearing: never)
}

extension TimeLine {
    /// What came after a hit, and before the next where there is one.
    fileprivate func values(of kind: VitalKind, after: HutTime, before: HutTime?) -> [StationValue] {
        values(of: kind).filter { value in value.at > after && before.map { value.at < $0 } ?? true }
    }

    /// OX-01 of one day; nil when the day is none of its business.
    fileprivate func lowOxygen(_ day: [StationValue], _ limits: Policy.Oxygen) -> Hit? {
        let low = day.filter { $0.isAtMost(limits.low) }
        guard let first = low.first, let last = low.last else { return nil }
        let veryLow = day.filter { $0.isAtMost(limits.veryLow) }
        let isBreathless = answers(in: Set(low.compactMap(\.visit))).contains { $0.answer.isDanger }
        let isTwice = last.at - first.at >= .seconds(limits.apart.value * 60)
        let severity: Severity
        if veryLow.count > 1 || isBreathless {
            severity = .critical
        } else if isTwice || (veryLow.count == 1 && day.last?.sequence == veryLow[0].sequence) {
            severity = .urgent
        } else {
            return nil
        }
        return hit(low, .oxygenSaturation, severity: severity, due: 0, LocalizedText("血氧", en: "oxygen "))
    }

    /// Values at or below the low limit, chosen by whether they are very low and whether the resident is diabetic.
    fileprivate func lowSugars(where isWanted: (_ isVeryLow: Bool, _ isDiabetic: Bool) -> Bool) -> [StationValue] {
        let isDiabetic = history.resident.conditions.contains(.diabetes)
        return values(of: .glucose).filter {
            $0.isAtMost(policy.sugar.low) && isWanted($0.isBelow(policy.sugar.veryLow), isDiabetic)
        }
    }

    fileprivate func hit(
        _ values: [StationValue], _ kind: VitalKind, severity: Severity, due: Int, _ name: LocalizedText
    ) -> Hit {
        let last = values[values.count - 1]
        let texts = values.map { $0.text(kind) }
        return Hit(
            at: last.at, day: last.day, severity: severity, due: due, triggers: values.map(\.sequence),
            facts: values.map(\.sequence), lateness: last.lateness, isDated: last.isDated,
            sentence: { [self] in
                let value = LocalizedText(
                    name.chinese + texts.map(\.chinese).joined(separator: "、"),
                    en: name.english + texts.map(\.english).joined(separator: ", "))
                return sentence(value, at: last.at, instrument: last.instrument, lateness: last.lateness)
            })
    }

    fileprivate func over(_ value: StationValue, _ kind: VitalKind) -> Clearing? {
        let (when, text) = (Words.moment(value.at, offset: offset, from: today), value.text(kind))
        return Clearing(
            at: value.at,
            because: LocalizedText(
                "\(when.chinese) \(text.chinese)，过去了", en: "\(when.english) \(text.english), over"))
    }
}
