// BP-10, BP-12 and PR-01: what readings say about each other, whatever their height. Two arms that differ, two readings
// that can hardly be of one person, a pulse that the cuff found irregular.
import Vitals

extension Rule {
    static let armDifference = Rule(
        id: "BP-10", title: LocalizedText("两胳膊差得多", en: "Arms differ"),
        source: "clinical-rules 1.3, 5.3; EVID71, G25 (B)", severities: .routine ... .routine, lookBack: 400,
        family: ["BP-10"], population: adults,
        raising: { line in line.armDifferences },
        clearing: never)

    static let differing = Rule(
        id: "BP-12", title: LocalizedText("几遍差得太多", en: "Readings differ too much"), source: "clinical-rules 5.3 (D)",
        severities: .info ... .info, lookBack: 400, family: ["BP-12"], population: everybody,
        raising: { line in line.sessions.compactMap(line.differingHit) },
        clearing: { hit, line, before in line.nextSession(after: hit, before: before) })

    static let irregularPulse = Rule(
        id: "PR-01", title: LocalizedText("脉搏不齐，建议心电图", en: "Irregular pulse, ECG advised"),
        source: "clinical-rules 1.3, 5.4; BIHS-AF, AF-META (A)", severities: .soon ... .soon, lookBack: 400,
        family: ["PR-01"],
        population: { line, day in adults(line, day) && !line.has(.af, on: day) && !line.has(.af, on: line.today) },
        raising: { line in line.sessions.compactMap(line.irregularHit) },
        clearing: never)
}

/// The named arms of one day.
private struct ArmDay {
    var day: LocalDay
    var left: [CuffReading] = []
    var right: [CuffReading] = []

    /// Systolic, each side's mean rounded as it is shown; nil with one arm only.
    var difference: Int? {
        left.isEmpty || right.isEmpty
            ? nil : abs(Mean(left.map(\.systolic)).rounded - Mean(right.map(\.systolic)).rounded)
    }
}

extension TimeLine {
    fileprivate var armDifferences: [Hit] {
        let named = sessions.lazy.filter { !$0.isHome && $0.readings[0].arm != .notSaid }
        guard let arm = named.first?.readings[0].arm, named.contains(where: { $0.readings[0].arm != arm }) else {
            return []
        }
        var differing: [ArmDay] = []
        var hits: [Hit] = []
        for day in armDays {
            guard let difference = day.difference, difference > policy.arms.difference.value else { continue }
            differing.append(day)
            let count = policy.arms.aSide.value
            let isRepeated = differing.count > 1
            if isRepeated || (day.left.count >= count && day.right.count >= count) {
                hits.append(armHit(isRepeated ? Array(differing.suffix(2)) : [day]))
            }
        }
        return hits
    }

    /// Days with a named arm, oldest first.
    private var armDays: [ArmDay] {
        var days: [ArmDay] = []
        for session in sessions where !session.isHome && session.readings[0].arm != .notSaid {
            if days.last?.day != session.day { days.append(ArmDay(day: session.day)) }
            let usable = session.readings.filter(\.isUsable)
            if session.readings[0].arm == .left {
                days[days.count - 1].left += usable
            } else {
                days[days.count - 1].right += usable
            }
        }
        return days
    }

    private func armHit(_ days: [ArmDay]) -> Hit {
        let last = days[days.count - 1]
        let ofLast = (last.left + last.right).sorted { ($0.at, $0.sequence) < ($1.at, $1.sequence) }
        let newest = ofLast[ofLast.count - 1]
        return Hit(
            at: newest.at, day: last.day, severity: .routine, due: policy.arms.due.value,
            triggers: ofLast.map(\.sequence), facts: days.flatMap { $0.left + $0.right }.map(\.sequence),
            lateness: newest.lateness, isDated: newest.isDated,
            sentence: { [self] in
                let parts = days.map { day in
                    let date = Words.day(day.day, from: today)
                    let (left, right) = (
                        Mean(day.left.map(\.systolic)).rounded, Mean(day.right.map(\.systolic)).rounded
                    )
                    return LocalizedText(
                        "\(date.chinese) 左\(left)右\(right)", en: "\(date.english) left \(left), right \(right)")
                }
                return sentence(
                    LocalizedText(
                        "两胳膊收缩压差\(last.difference ?? 0) mmHg：\(parts.map(\.chinese).joined(separator: "、"))",
                        en:
                            "arms differ by \(last.difference ?? 0) mmHg systolic: \(parts.map(\.english).joined(separator: "; "))"
                    ),
                    at: newest.at, readings: ofLast, lateness: newest.lateness)
            })
    }

    fileprivate func differingHit(_ session: Session) -> Hit? {
        guard session.readings.count > 1 else { return nil }
        let (usable, limits) = (session.readings.filter(\.isUsable), policy.session)
        let systolic = Words.spread(of: usable.map(\.systolic)), pulse = Words.spread(of: usable.compactMap(\.pulse))
        guard systolic > limits.doubtSystolic.value || pulse > limits.doubtPulse.value else { return nil }
        return hit(of: usable, severity: .info, due: nil) {
            let values = Words.values(usable)
            let beats = usable.compactMap(\.pulse).map(String.init)
            return LocalizedText(
                "几遍差得太多：\(values.chinese) mmHg，脉搏\(beats.joined(separator: "、"))",
                en: "readings differ too much: \(values.english) mmHg, pulse \(beats.joined(separator: ", "))")
        }
    }

    fileprivate func irregularHit(_ session: Session) -> Hit? {
        let (readings, needed) = (session.readings, policy.irregular.readings.value)
        guard readings.count >= needed, readings.contains(where: \.isIrregular) else { return nil }
        for first in readings.indices {
            let some = readings[first..<min(readings.count, first + policy.irregular.of.value)]
            let marked = some.count(where: \.isIrregular)
            guard marked >= needed else { continue }
            return hit(of: Array(some), severity: .soon, due: policy.irregular.due.value) {
                let values = Words.values(Array(some))
                return LocalizedText(
                    "\(some.count)遍里\(marked)遍脉搏不齐，建议心电图，\(values.chinese) mmHg",
                    en: "pulse irregular in \(marked) of \(some.count) readings, ECG advised; \(values.english) mmHg")
            }
        }
        return nil
    }

    /// A hit of some readings of one session.
    func hit(
        of readings: [CuffReading], severity: Severity, due: Int?, _ text: @escaping @Sendable () -> LocalizedText
    ) -> Hit {
        let last = readings[readings.count - 1]
        let sequences = readings.map(\.sequence)
        return Hit(
            at: last.at, day: readings[0].day, severity: severity, due: due, triggers: sequences, facts: sequences,
            lateness: last.lateness, isDated: last.isDated,
            sentence: { [self] in
                sentence(text(), at: readings[0].at, readings: readings, lateness: last.lateness)
            })
    }
}

extension Words {
    /// From the lowest to the highest; 0 of none.
    static func spread(of numbers: [Int]) -> Int { (numbers.max() ?? 0) - (numbers.min() ?? 0) }
}
