// BP-01, BP-02, BP-01r and BP-03: the emergencies. One very high reading rings at once; the next ones, the signs and
// the silence decide whether it is confirmed or has to be measured again within a week (clinical-rules 5.3).
//
// A critical flag ends by a person only. BP-03 going over into BP-02 is no ending: when a very high reading comes in
// the same visit, both reasons are to stand in one flag, and the change is one transaction.
import Vitals

extension Rule {
    /// Flags whose closing by a person settles a very high reading or a sign.
    private static let family: Set<RuleID> = ["BP-01", "BP-01r", "BP-02", "BP-03"]

    static let crisis = Rule(
        id: "BP-01", title: LocalizedText("一遍很高", en: "One very high reading"),
        source: "clinical-rules 1.5, 5.3; NORM3, FORMS (B)", severities: .urgent ... .urgent, lookBack: 400,
        episodes: .each, personFrom: .info, family: family, population: everybody,
        raising: { line in
            line.crises.filter { $0.state == .pending }.map { crisis in
                line.hit(for: [crisis], severity: .urgent, due: 0) {
                    let signs = Words.signs(line.answers(in: Set([crisis.reading.visit].compactMap(\.self))))
                    return LocalizedText(
                        "一遍\(crisis.reading.text) mmHg \(signs.chinese)",
                        en: "\(crisis.reading.text) mmHg once, \(signs.english)")
                }
            }
        },
        clearing: never,
        succession: { facts, line in
            let judged = line.crises.filter { facts.contains($0.reading.sequence) }
            // A reading that was taken away is not judged: then a person closes the flag.
            guard judged.count == facts.count, !judged.contains(where: { $0.state == .pending }) else { return nil }
            return judged.contains { $0.state == .confirmed } ? confirmedText : unconfirmedText
        })

    static let crisisNotConfirmed = Rule(
        id: "BP-01r", title: LocalizedText("一遍很高，复测没到", en: "One very high reading, not confirmed"),
        source: "clinical-rules 5.3 (D)", severities: .soon ... .soon, lookBack: 400, episodes: .each,
        family: family, population: everybody,
        raising: { line in
            line.crises.filter { $0.state == .unconfirmed }.map { crisis in
                let later = line.sessions[crisis.session].readings.filter {
                    $0.isUsable && ($0.at, $0.sequence) > (crisis.reading.at, crisis.reading.sequence)
                }
                var hit = line.hit(for: [crisis], severity: .soon, due: line.policy.unconfirmed.due.value) {
                    let once = LocalizedText("一遍\(crisis.reading.text)", en: "\(crisis.reading.text) mmHg once")
                    guard !later.isEmpty else {
                        return LocalizedText("\(once.chinese) mmHg，请再量", en: "\(once.english), measure again")
                    }
                    let values = Words.values(later)
                    return LocalizedText(
                        "\(once.chinese)，后来\(values.chinese) mmHg，请再量",
                        en: "\(once.english), then \(values.english), measure again")
                }
                hit.facts += later.map(\.sequence)
                hit.at = later.last?.at ?? hit.at
                return hit
            }
        },
        clearing: { hit, line, before in
            let below = line.policy.unconfirmed.below
            return line.firstDay(after: hit, before: before) { place in
                let day = line.days[place]
                // With an untrusted clock only what came into the ledger afterwards is surely later.
                let isNewer = hit.isDated || (day.readings.max() ?? hit.triggers[0]) > hit.triggers[0]
                guard isNewer, !below.isReached(by: day.systolic, day.diastolic) else { return nil }
                return line.dayText(
                    [day], LocalizedText("低于\(below.text)", en: "below \(below.text)"))
            }
        },
        succession: { facts, line in
            let judged = line.crises.filter { facts.contains($0.reading.sequence) }
            return judged.contains { $0.state == .confirmed } ? confirmedText : nil
        })

    static let crisisConfirmed = Rule(
        id: "BP-02", title: LocalizedText("很高，已确认", en: "Very high, confirmed"),
        source: "clinical-rules 1.5, 5.3; NORM3, FORMS (B)", severities: .critical ... .critical, lookBack: 400,
        episodes: .each, personFrom: .info, family: family, population: everybody,
        raising: { line in
            occasions(line.crises.filter { $0.state == .confirmed }).map { crises in
                let signs = line.answers(in: Set(crises.compactMap(\.reading.visit)))
                var hit = line.hit(for: crises, severity: .critical, due: 0) {
                    confirmedSentence(crises, signs: signs, line: line)
                }
                let dangers = signs.filter(\.answer.isDanger)
                hit.triggers += dangers.map(\.sequence)
                hit.facts += dangers.map(\.sequence)
                return hit
            }
        },
        clearing: never)

    static let dangerSign = Rule(
        id: "BP-03", title: LocalizedText("危险症状", en: "Danger sign"),
        source: "clinical-rules 1.5, 2, 5.3; FORMS, NORM3 (B)", severities: .critical ... .critical, lookBack: 400,
        episodes: .each, personFrom: .info, family: ["BP-02", "BP-03"], population: everybody,
        raising: { line in
            let withCrisis = Set(line.crises.lazy.filter(\.isLive).compactMap(\.reading.visit))
            let visits = line.answers.filter {
                !withCrisis.contains($0.key) && $0.value.contains { $0.answer.isDanger }
            }
            return visits.values.map { line.hit(forSigns: $0) }.sorted {
                ($0.at, $0.triggers[0]) < ($1.at, $1.triggers[0])
            }
        },
        clearing: never,
        succession: { facts, line in
            let withCrisis = line.crises.filter { $0.state == .confirmed }
                .flatMap { line.answers(in: Set([$0.reading.visit].compactMap(\.self))) }
            return facts.isSubset(of: Set(withCrisis.map(\.sequence) + line.crises.map(\.reading.sequence)))
                ? LocalizedText("同一次还有很高的血压，并入 BP-02", en: "with a very high reading of the same visit: BP-02")
                : nil
        })

    private static let confirmedText = LocalizedText("已确认，转为 BP-02", en: "confirmed: BP-02")
    private static let unconfirmedText = LocalizedText("复测没到，转为 BP-01r", en: "not confirmed: BP-01r")

    /// Very high readings by visit (or session), in time.
    private static func occasions(_ crises: [Crisis]) -> [[Crisis]] {
        var order: [Crisis.Occasion] = []
        var members: [Crisis.Occasion: [Crisis]] = [:]
        for crisis in crises {
            if members[crisis.occasion] == nil { order.append(crisis.occasion) }
            members[crisis.occasion, default: []].append(crisis)
        }
        return order.compactMap { members[$0] }
    }

    private static func confirmedSentence(
        _ crises: [Crisis], signs: [SymptomReport], line: TimeLine
    ) -> LocalizedText {
        let readings = crises.map(\.reading)
        let (count, values, asked) = (Words.times(readings.count), Words.values(readings), Words.signs(signs))
        var text = LocalizedText(
            "\(count.chinese)\(values.chinese) mmHg", en: "\(values.english) mmHg, \(count.english)")
        if readings.count == 1, let mean = crises[0].reachedMean {
            text.chinese += "，合起来\(mean.systolic.value)/\(mean.diastolic.value)"
            text.english += ", session value \(mean.systolic.value)/\(mean.diastolic.value)"
        }
        let others = line.crises.filter { other in
            other.isLive && other.occasion != crises[0].occasion && readings.contains { $0.day == other.reading.day }
        }
        if !others.isEmpty {
            let values = Words.values(others.map(\.reading))
            text.chinese += "，当天还有\(values.chinese)"
            text.english += ", same day also \(values.english)"
        }
        return LocalizedText("\(text.chinese) \(asked.chinese)", en: "\(text.english), \(asked.english)")
    }
}

extension TimeLine {
    /// A hit of very high readings of one occasion.
    fileprivate func hit(
        for crises: [Crisis], severity: Severity, due: Int, text: @escaping @Sendable () -> LocalizedText
    ) -> Hit {
        let readings = crises.map(\.reading)
        let (first, last) = (readings[0], readings[readings.count - 1])
        let sequences = readings.map(\.sequence)
        return Hit(
            at: last.at, day: last.day, severity: severity, due: due, triggers: sequences, facts: sequences,
            lateness: last.lateness, isDated: last.isDated,
            sentence: { [self] in sentence(text(), at: first.at, readings: readings, lateness: last.lateness) })
    }

    /// A hit of a visit's danger signs, with the last value of the visit where there is one.
    fileprivate func hit(forSigns answers: [SymptomReport]) -> Hit {
        let dangers = answers.filter(\.answer.isDanger)
        let (first, visit) = (dangers[0], dangers[0].visit)
        return Hit(
            at: first.at, day: offset.day(of: first.at), severity: .critical, due: 0,
            triggers: dangers.map(\.sequence), facts: dangers.map(\.sequence),
            sentence: { [self] in
                let last = sessions.lazy.flatMap(\.readings).last { $0.visit == visit }
                let signs = Words.signs(dangers)
                let value = last.map { LocalizedText("血压\($0.text) mmHg", en: "blood pressure \($0.text) mmHg") }
                let what = value ?? LocalizedText("没量血压", en: "no blood pressure taken")
                return sentence(
                    LocalizedText("\(signs.chinese) \(what.chinese)", en: "\(signs.english), \(what.english)"),
                    at: first.at, readings: last.map { [$0] } ?? [])
            })
    }
}
