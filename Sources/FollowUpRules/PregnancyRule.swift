// BP-04: raised pressure while pregnant or lactating, an emergency long before it would be one for anybody else. One
// reading is enough where it is high; a lower one waits for the other reading of its session.
import Vitals

extension Rule {
    static let pregnancy = Rule(
        id: "BP-04", title: LocalizedText("怀孕或哺乳期血压高", en: "Raised while pregnant or lactating"),
        source: "clinical-rules 1.5, 5.3; NORM3, FORMS (B), staging D", severities: .soon ... .critical, lookBack: 400,
        family: ["BP-04"],
        population: { line, day in line.has(.pregnant, on: day) || line.has(.lactating, on: day) },
        raising: { line in
            // Nobody else's sessions are looked at.
            line.mayHave(.pregnant) || line.mayHave(.lactating) ? line.sessions.compactMap(line.raisedInPregnancy) : []
        },
        clearing: never)
}

extension TimeLine {
    /// nil while nothing is raised, or while the other reading may still come.
    fileprivate func raisedInPregnancy(_ session: Session) -> Hit? {
        let limits = policy.pregnancy
        let usable = session.readings.filter(\.isUsable)
        let raised = usable.filter { limits.raised.isReached(by: $0) }
        guard let last = raised.last else { return nil }
        let isAtOnce = raised.contains { limits.atOnce.isReached(by: $0) }
        if !isAtOnce, usable.count == 1, !session.isSettled(at: now) { return nil }
        let isConfirmed = isAtOnce || raised.count > 1 || usable.count == 1
        let sequences = raised.map(\.sequence)
        return Hit(
            at: last.at, day: last.day, severity: isConfirmed ? .critical : .soon,
            due: isConfirmed ? 0 : limits.callDue.value, triggers: sequences, facts: usable.map(\.sequence),
            lateness: last.lateness, isDated: last.isDated,
            sentence: { [self] in
                let state =
                    has(.pregnant, on: last.day)
                    ? LocalizedText("怀孕", en: "pregnant") : LocalizedText("哺乳期", en: "lactating")
                let values = Words.values(usable)
                let note =
                    isConfirmed
                    ? LocalizedText("", en: "") : LocalizedText("，另一遍不高，今天打电话", en: ", the other one below, call today")
                return sentence(
                    LocalizedText(
                        "\(state.chinese)，\(values.chinese) mmHg\(note.chinese)",
                        en: "\(state.english), \(values.english) mmHg\(note.english)"),
                    at: usable[0].at, readings: usable, lateness: last.lateness)
            })
    }
}
