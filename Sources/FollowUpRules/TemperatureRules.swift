// TP-01, TP-02 and TP-03: fever, some fever, and a temperature so low that the probe is the first suspect. Of a body
// only: what a wristband or a forehead's skin shows is another quantity.
import Vitals

extension Rule {
    static let fever = Rule(
        id: "TP-01", title: LocalizedText("高烧", en: "High fever"),
        source: "clinical-rules 1.7, 1.8, 5.3; FORMS (B), NEWS2 (A)",
        severities: .urgent ... .critical, lookBack: 400, family: ["TP-01"], population: everybody,
        raising: { line in
            line.values.temperature.filter { $0.isAbove(line.policy.fever.high) }.map {
                line.hit(
                    [$0], .temperature, severity: line.isDiabetic(on: $0.day) ? .critical : .urgent, due: 0,
                    LocalizedText("体温", en: "temperature "))
            }
        },
        clearing: { hit, line, before in
            let later = line.values.temperature.after(hit.at, before: before)
            return later.first { $0.isBelow(line.policy.fever.clear) }.flatMap { line.over($0, .temperature) }
        })

    static let mildFever = Rule(
        id: "TP-02", title: LocalizedText("发烧", en: "Fever"), source: "clinical-rules 1.8, 5.4; NEWS2 (A), M",
        severities: .soon ... .soon, lookBack: 400, family: ["TP-02"], population: everybody,
        raising: { line in
            let limits = line.policy.fever
            return line.values.temperature.filter { $0.isAtLeast(limits.mild) && $0.isAtMost(limits.high) }.map {
                line.hit(
                    [$0], .temperature, severity: .soon, due: limits.mildDue.value,
                    LocalizedText("体温", en: "temperature "))
            }
        },
        clearing: { hit, line, before in
            let later = line.values.temperature.after(hit.at, before: before)
            return later.first { $0.isBelow(line.policy.fever.mildClear) }.flatMap { line.over($0, .temperature) }
        })

    static let lowTemperature = Rule(
        id: "TP-03", title: LocalizedText("体温低，请先看探头", en: "Low temperature, check the probe"),
        source: "clinical-rules 1.8, 5.4; NEWS2 (A)", severities: .soon ... .soon, lookBack: 400, family: ["TP-03"],
        population: everybody,
        raising: { line in
            let limits = line.policy.fever
            let low = line.values.temperature.filter { $0.isAtMost(limits.low) }
            // Twice on one day: the second and every later one complete it.
            return zip(low, low.dropFirst()).filter { $0.day == $1.day }.map {
                line.hit(
                    [$0, $1], .temperature, severity: .soon, due: limits.lowDue.value,
                    LocalizedText("请看探头，体温", en: "check the probe, temperature "))
            }
        },
        clearing: { hit, line, before in
            let later = line.values.temperature.after(hit.at, before: before)
            return later.first { $0.isAbove(line.policy.fever.low) }.flatMap { line.over($0, .temperature) }
        })
}
