// BP-09: low pressure, each component on its own, because a judgement by the higher class hides 80/65 (H-14).
import Vitals

extension Rule {
    static let low = Rule(
        id: "BP-09", title: LocalizedText("偏低", en: "Low"),
        source: "clinical-rules 1.1, 5.3; SIMPLE-A, NEWS2 (C), D", severities: .info ... .urgent, lookBack: 400,
        personFrom: .urgent, family: ["BP-09"], population: adults,
        raising: { line in
            let limits = line.policy.low
            return line.sessions.compactMap { session in
                Lows(session, limits).flatMap { lows in line.hit(of: lows, in: session) }
            }
        },
        clearing: { hit, line, before in
            guard let recovery = hit.recovery else { return nil }
            for session in line.sessions[line.firstSession(after: hit.at)...] {
                if let before, session.end >= before { return nil }
                guard session.isSettled(at: line.now), let value = session.value,
                    value.systolic.value >= recovery.systolic ?? 0, value.diastolic.value >= recovery.diastolic ?? 0
                else { continue }
                let text = "\(value.systolic.value)/\(value.diastolic.value) mmHg"
                let when = Words.moment(session.end, offset: line.offset, from: line.today)
                return Clearing(
                    at: session.end,
                    because: LocalizedText("\(when.chinese) \(text)，不低了", en: "\(when.english) \(text), no longer low"))
            }
            return nil
        })
}

/// How often each component of a session was how low.
private struct Lows: Sendable {
    let readings: [CuffReading]
    let below80, below90, below50, below60: Int

    /// nil when nothing is low.
    init?(_ session: Session, _ low: Policy.Low) {
        guard
            session.readings.contains(where: {
                $0.systolic < low.systolic.value || $0.diastolic < low.diastolicMild.value
            })
        else { return nil }
        let usable = session.readings.filter(\.isUsable)
        readings = usable.filter { $0.systolic < low.systolic.value || $0.diastolic < low.diastolicMild.value }
        guard !readings.isEmpty else { return nil }
        below80 = usable.count { $0.systolic < low.systolicOnce.value }
        below90 = usable.count { $0.systolic < low.systolic.value }
        below50 = usable.count { $0.diastolic < low.diastolic.value }
        below60 = usable.count { $0.diastolic < low.diastolicMild.value }
    }
}

extension Session {
    /// The session is low enough for the kiosk to say so (K18): systolic below the limit twice, or far below once;
    /// or diastolic below twice with a low systolic. A low diastolic beside a good systolic gets no word.
    package func isLow(by policy: Policy) -> Bool {
        guard let lows = Lows(self, policy.low) else { return false }
        let isSystolicLow = systolic.rounded < policy.low.withSystolic.value
        return lows.below80 > 0 || lows.below90 > 1 || (lows.below60 > 1 && isSystolicLow)
    }
}

extension TimeLine {
    fileprivate func hit(of lows: Lows, in session: Session) -> Hit? {
        let answers = answers(in: session)
        let isDizzy = answers.contains { $0.answer.isDizzy }
        let limits = policy.low
        var severity: Severity?
        var recovery = Hit.Recovery()
        if lows.below80 > 0 {
            severity = .urgent
            recovery.systolic = limits.systolic.value
        } else if lows.below90 > 1 {
            let isFrail = isAtLeast(limits.frailAge, on: session.day) || history.resident.isOnDrugs
            severity = isDizzy || isFrail ? .urgent : .soon
            recovery.systolic = limits.systolic.value
        }
        let isSystolicLow = (session.value?.systolic.value ?? 0) < limits.withSystolic.value
        if lows.below50 > 1 {
            severity = max(severity ?? .soon, .soon)
            recovery.diastolic = limits.diastolic.value
        } else if lows.below60 > 1, isDizzy || isSystolicLow || hasFall(on: session.day) {
            severity = max(severity ?? .soon, .soon)
            recovery.diastolic = limits.diastolicMild.value
        } else if lows.below60 > 0, severity == nil {
            severity = .info
            recovery.diastolic = limits.diastolicMild.value
        }
        // One systolic below 90 alone says nothing yet.
        guard let severity else { return nil }
        let isMild = answers.contains { $0.answer == .mild }
        return hit(of: lows, in: session, severity: isMild ? severity.oneStepUp : severity, recovery: recovery)
    }

    private func hit(of lows: Lows, in session: Session, severity: Severity, recovery: Hit.Recovery) -> Hit {
        let last = session.readings[session.readings.count - 1]
        let sequences = lows.readings.map(\.sequence)
        let due: Int? = severity == .info ? nil : severity >= .urgent ? 0 : policy.low.due.value
        return Hit(
            at: session.end, day: session.day, severity: severity, due: due, triggers: sequences, facts: sequences,
            lateness: last.lateness, recovery: recovery,
            sentence: { [self] in lowSentence(lows.readings, in: session) })
    }

    private func hasFall(on day: LocalDay) -> Bool {
        history.signals.contains { $0.signal == .fall && offset.day(of: $0.at) == day }
    }

    private func lowSentence(_ readings: [CuffReading], in session: Session) -> LocalizedText {
        let (count, values) = (Words.times(readings.count), Words.values(readings))
        let answers = answers(in: session)
        let note: LocalizedText
        if answers.contains(where: { $0.answer == .dizzy }) {
            note = LocalizedText("，说头晕", en: ", says dizzy")
        } else if answers.contains(where: { $0.answer == .dizzySilence }) {
            note = LocalizedText("，问头晕没有回答", en: ", no answer to *dizzy?*")
        } else if answers.contains(where: { $0.answer == .mild }) {
            note = LocalizedText("，有一点不舒服", en: ", slightly unwell as usual")
        } else if hasFall(on: session.day) {
            note = LocalizedText("，当天摔倒过", en: ", fell that day")
        } else if age(on: session.day) == nil {
            note = LocalizedText("，年龄不清楚", en: ", age unknown")
        } else {
            note = LocalizedText("", en: "")
        }
        let last = session.readings[session.readings.count - 1]
        return sentence(
            LocalizedText(
                "\(count.chinese)偏低\(values.chinese) mmHg\(note.chinese)",
                en: "low \(count.english), \(values.english) mmHg\(note.english)"),
            at: session.start, readings: readings, lateness: last.lateness)
    }
}

extension Severity {
    /// *A little, as usual* raises BP-09 one step (5.1); never above urgent, the highest BP-09 has.
    fileprivate var oneStepUp: Severity { self >= .soon ? .urgent : Severity(rawValue: rawValue + 1) ?? .urgent }
}
