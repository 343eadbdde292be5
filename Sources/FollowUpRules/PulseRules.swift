// HR-01, HR-02 and HR-03: a resting pulse that is far too fast or slow, fast with diabetes, or out of the ordinary on
// two days. Of a cuff or an oximeter; what a wristband counts all day is W-01's.
import Vitals

extension Rule {
    static let extremePulse = Rule(
        id: "HR-01", title: LocalizedText("脉搏太快或太慢", en: "Pulse far too fast or slow"),
        source: "clinical-rules 1.8, 5.4; NEWS2 (A), use D", severities: .urgent ... .urgent, lookBack: 400,
        episodes: .each, personFrom: .urgent, family: ["HR-01"], population: adults,
        raising: { line in
            let numbers = line.policy.pulse
            let fast = line.pulsesTwice(apart: numbers.apart) { $0.isAtLeast(numbers.veryHigh) }
            let slow = line.pulsesTwice(apart: numbers.apart) { $0.isAtMost(numbers.veryLow) }
            return (fast + slow).sorted { ($0.at, $0.triggers[0]) < ($1.at, $1.triggers[0]) }
        },
        clearing: never)

    static let fastWithDiabetes = Rule(
        id: "HR-02", title: LocalizedText("糖尿病，脉搏快", en: "Fast pulse with diabetes"),
        source: "clinical-rules 1.7, 5.3; FORMS (B), D", severities: .urgent ... .urgent, lookBack: 400,
        episodes: .each, personFrom: .urgent, family: ["HR-02"], population: { line, day in line.isDiabetic(on: day) },
        raising: { line in
            let numbers = line.policy.pulse
            return line.pulsesTwice(apart: numbers.highApart) { $0.isAbove(numbers.high) }
        },
        clearing: never)

    static let pulseOverDays = Rule(
        id: "HR-03", title: LocalizedText("两天脉搏不正常", en: "Pulse out of the ordinary on two days"),
        source: "clinical-rules 1.8, 5.3 (D)", severities: .soon ... .soon, lookBack: 400, family: ["HR-03"],
        population: adults,
        raising: { line in line.pulseHits },
        clearing: { hit, line, before in line.normalPulseDay(after: hit, before: before) })
}

/// A session whose pulse is out of the ordinary.
private struct OddSession {
    enum Kind: Hashable { case slow, fast }
    let session: Session
    let pulse: Int
    let kind: Kind
}

extension TimeLine {
    /// Days on which such a pulse was found twice, so far apart; one hit a day.
    fileprivate func pulsesTwice(apart: PolicyNumber, _ isOdd: (StationValue) -> Bool) -> [Hit] {
        if values.pulse.isEmpty { return [] }
        var hits: [Hit] = []
        var ofDay: [StationValue] = []
        for value in values.pulse where isOdd(value) {
            if ofDay.first.map({ $0.day != value.day }) ?? false {
                hits += twice(ofDay, apart: apart)
                ofDay = []
            }
            ofDay.append(value)
        }
        return hits + twice(ofDay, apart: apart)
    }

    private func twice(_ values: [StationValue], apart: PolicyNumber) -> [Hit] {
        guard let first = values.first, let last = values.last, last.sequence != first.sequence,
            last.at - first.at >= .seconds(apart.value * 60)
        else { return [] }
        return [hit(values, .pulseRate, severity: .urgent, due: 0, LocalizedText("脉搏", en: "pulse "))]
    }

    fileprivate var pulseHits: [Hit] {
        var earlier: [OddSession] = []
        var hits: [Hit] = []
        for session in sessions {
            guard let odd = odd(session) else { continue }
            let window = policy.pulse.window.value
            let days = earlier.filter { $0.kind == odd.kind && odd.session.day - $0.session.day <= window } + [odd]
            if Set(days.map(\.session.day)).count >= policy.pulse.days.value { hits.append(pulseHit(days)) }
            earlier.append(odd)
        }
        return hits
    }

    /// Slow; slow and slightly unwell; fast although rested. nil for an ordinary pulse.
    private func odd(_ session: Session) -> OddSession? {
        let limits = policy.pulse
        guard let pulse = session.value?.pulse?.value, pulse <= limits.lowUnwell.value || pulse > limits.high.value
        else { return nil }
        if pulse > limits.high.value {
            let isRested = session.readings.contains { $0.isUsable && $0.isRested }
            return isRested ? OddSession(session: session, pulse: pulse, kind: .fast) : nil
        }
        let isSlow = pulse <= limits.low.value || answers(in: session).contains { $0.answer == .mild }
        return isSlow ? OddSession(session: session, pulse: pulse, kind: .slow) : nil
    }

    private func pulseHit(_ odd: [OddSession]) -> Hit {
        let last = odd[odd.count - 1].session
        let readings = odd.flatMap(\.session.readings).filter(\.isUsable)
        let sequences = last.readings.filter(\.isUsable).map(\.sequence)
        let lateness = last.readings.last?.lateness ?? .live
        return Hit(
            at: last.end, day: last.day, severity: .soon, due: policy.pulse.due.value, triggers: sequences,
            facts: readings.map(\.sequence), lateness: lateness,
            sentence: { [self] in
                let parts = odd.map { odd in (Words.day(odd.session.day, from: today), odd.pulse) }
                let what =
                    odd[0].kind == .fast
                    ? LocalizedText("歇过脉搏还快", en: "pulse fast although rested") : LocalizedText("脉搏慢", en: "pulse slow")
                return sentence(
                    LocalizedText(
                        "\(what.chinese)：" + parts.map { "\($0.0.chinese) \($0.1)次/分" }.joined(separator: "、"),
                        en: "\(what.english): " + parts.map { "\($0.0.english) \($0.1) /min" }.joined(separator: ", ")),
                    at: last.end, readings: last.readings, lateness: lateness)
            })
    }

    /// The first later day with pulses all of which are ordinary, rested or not.
    fileprivate func normalPulseDay(after hit: Hit, before: HutTime?) -> Clearing? {
        var place = firstSession(after: hit.at)
        while place < sessions.count {
            let day = sessions[place].day
            let end = sessions[place...].firstIndex { $0.day != day } ?? sessions.count
            let ofDay = sessions[place..<end].filter { $0.isSettled(at: now) && $0.value?.pulse != nil }
            place = end
            guard day > hit.day, let last = ofDay.last, let pulse = last.value?.pulse?.value else { continue }
            if let before, last.end >= before { return nil }
            let isOrdinary = ofDay.allSatisfy {
                odd($0) == nil && $0.value?.pulse?.value ?? 0 <= policy.pulse.high.value
            }
            guard isOrdinary else { continue }
            let when = Words.day(day, from: today)
            return Clearing(
                at: last.end,
                because: LocalizedText(
                    "\(when.chinese) 脉搏\(pulse)次/分，正常了", en: "pulse \(pulse) /min on \(when.english), ordinary"))
        }
        return nil
    }
}
