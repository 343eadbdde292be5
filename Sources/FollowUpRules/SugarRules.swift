// GL-01, GL-01n, GL-02, GL-03 and GL-06: single values of sugar. Each rule looks at single values, because a low sugar
// averaged with a good one is no longer an emergency (H-07), and at the ends of a meter's range (H-30).
import Vitals

extension Rule {
    static let lowSugar = Rule(
        id: "GL-01", title: LocalizedText("低血糖", en: "Low sugar"),
        source: "clinical-rules 1.7, 5.3; NORM3-DM, FORMS (B), D",
        severities: .critical ... .critical, lookBack: 400, episodes: .each, personFrom: .info,
        family: ["GL-01", "GL-01n"], population: everybody,
        raising: { line in
            line.lowSugars.filter(line.isDangerous).map { line.sugarHit($0, severity: .critical, due: 0) }
        },
        clearing: never)

    static let lowSugarOnce = Rule(
        id: "GL-01n", title: LocalizedText("血糖偏低", en: "Sugar rather low"), source: "clinical-rules 1.7, 5.4 (D)",
        severities: .soon ... .soon, lookBack: 400, family: ["GL-01n"], population: everybody,
        raising: { line in
            line.lowSugars.filter { !line.isDangerous($0) }.map {
                line.sugarHit($0, severity: .soon, due: line.policy.sugar.due.value)
            }
        },
        clearing: { hit, line, before in
            let later = line.values.sugar.after(hit.at, before: before)
            return later.first { $0.isAbove(line.policy.sugar.low) }.flatMap { line.over($0, .glucose) }
        })

    static let highSugar = Rule(
        id: "GL-02", title: LocalizedText("血糖很高", en: "Very high sugar"),
        source: "clinical-rules 1.7, 5.3; NORM3-DM, FORMS (B)", severities: .critical ... .critical, lookBack: 400,
        episodes: .each, personFrom: .info, family: ["GL-02"], population: everybody,
        raising: { line in
            line.values.sugar.filter { $0.isAtLeast(line.policy.sugar.high) }.map {
                line.sugarHit($0, severity: .critical, due: 0)
            }
        },
        clearing: never)

    static let suspectedSugar = Rule(
        id: "GL-03", title: LocalizedText("血糖高，没有糖尿病记录", en: "Raised sugar, diabetes not known"),
        source: "clinical-rules 1.7, 5.4; DMG (B)", severities: .soon ... .soon, lookBack: 400, family: ["GL-03"],
        population: TimeLine.isNotDiabetic,
        raising: { line in
            let (sugar, fasting) = (line.policy.sugar, line.policy.fasting)
            return line.values.sugar.filter {
                $0.isBelow(sugar.high) && ($0.isAtLeast(sugar.random) || ($0.isFasting && $0.isAtLeast(fasting.raised)))
            }.map {
                line.sugarHit(
                    $0, severity: .soon, due: sugar.suspectedDue.value,
                    LocalizedText("换一天再查，送化验，", en: "repeat on another day, laboratory; "))
            }
        },
        clearing: never)

    static let impairedSugar = Rule(
        id: "GL-06", title: LocalizedText("空腹血糖偏高一点", en: "Fasting sugar a little raised"),
        source: "clinical-rules 1.7, 5.4; DMG (B)", severities: .info ... .info, lookBack: 400, family: ["GL-06"],
        population: TimeLine.isNotDiabetic,
        raising: { line in
            let limits = line.policy.fasting
            return line.values.sugar.filter {
                $0.isFasting && $0.isAtLeast(limits.impaired) && $0.isBelow(limits.raised)
            }.map { line.sugarHit($0, severity: .info, due: limits.impairedDue.value) }
        },
        // It is information about one value; the next fasting one replaces it.
        clearing: { hit, line, before in
            line.values.sugar.after(hit.at, before: before).first(where: \.isFasting).flatMap {
                line.over($0, .glucose)
            }
        })
}

extension TimeLine {
    fileprivate var lowSugars: [StationValue] { values.sugar.filter { $0.isAtMost(policy.sugar.low) } }

    /// A low value that is an emergency: whoever it is when very low, else with diabetes or drugs for it.
    fileprivate func isDangerous(_ value: StationValue) -> Bool {
        value.isBelow(policy.sugar.veryLow) || isOnSugarDrugs(on: value.day)
    }

    fileprivate func sugarHit(
        _ value: StationValue, severity: Severity, due: Int, _ note: LocalizedText = LocalizedText("", en: "")
    ) -> Hit {
        let name =
            value.isFasting ? LocalizedText("空腹血糖", en: "fasting glucose ") : LocalizedText("血糖", en: "glucose ")
        return hit(
            [value], .glucose, severity: severity, due: due,
            LocalizedText(note.chinese + name.chinese, en: note.english + name.english))
    }

    // MARK: what all rules of single values share

    func hit(
        _ values: [StationValue], _ kind: VitalKind, severity: Severity, due: Int, _ name: LocalizedText
    ) -> Hit {
        let last = values[values.count - 1]
        let sequences = values.map(\.sequence)
        return Hit(
            at: last.at, day: last.day, severity: severity, due: due, triggers: sequences, facts: sequences,
            lateness: last.lateness, isDated: last.isDated,
            sentence: { [self] in
                let texts = values.map { $0.text(kind) }
                let value = LocalizedText(
                    name.chinese + texts.map(\.chinese).joined(separator: "、"),
                    en: name.english + texts.map(\.english).joined(separator: ", "))
                return sentence(value, at: last.at, instrument: last.instrument, lateness: last.lateness)
            })
    }

    func over(_ value: StationValue, _ kind: VitalKind) -> Clearing? {
        let (when, text) = (Words.moment(value.at, offset: offset, from: today), value.text(kind))
        return Clearing(
            at: value.at,
            because: LocalizedText(
                "\(when.chinese) \(text.chinese)，自动结束", en: "\(when.english) \(text.english), over"))
    }
}

extension [StationValue] {
    /// What came after a hit, and before the next where there is one.
    func after(_ time: HutTime, before: HutTime?) -> [StationValue] {
        filter { value in value.at > time && before.map { value.at < $0 } ?? true }
    }
}
