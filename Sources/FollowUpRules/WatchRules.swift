// LV-01, W-01, W-03 and W-04: residents who agreed to be looked after when nothing is heard, and what a wristband may
// say. A band is accepted by these rules only, and none of them speaks of its blood pressure (W-02: no flag ever).
import Vitals

extension Rule {
    static let livingAlone = Rule(
        id: "LV-01", title: LocalizedText("独居，几天没消息", en: "Lives alone, not heard of"),
        source: "clinical-rules 5.3 (D)", severities: .routine ... .soon, lookBack: 400, episodes: .state,
        family: ["LV-01"], population: { line, _ in line.history.marks.livesAlone && line.history.marks.isWatched },
        raising: { line in line.unheard.map { [$0] } ?? [] },
        clearing: never,
        ending: { line in
            line.history.lastHeard.map { heard in
                let when = Words.moment(heard, offset: line.offset, from: line.today)
                return LocalizedText("\(when.chinese) 有消息了", en: "heard of \(when.english)")
            }
        })

    static let wearableHint = Rule(
        id: "W-01", title: LocalizedText("手环提示，请到小屋量", en: "Wristband hint, please measure at the hut"),
        source: "clinical-rules 5.4 (D)", severities: .info ... .info, lookBack: 400, episodes: .state,
        family: ["W-01"], population: { line, _ in !line.history.bands.isEmpty },
        raising: { line in line.bandHint.map { [$0] } ?? [] },
        clearing: never)

    static let bandSignal = Rule(
        id: .bandSignal, title: LocalizedText("手环呼救或摔倒", en: "Wristband: SOS or fall"), source: "clinical-rules 5.3",
        severities: .critical ... .critical, lookBack: 400, episodes: .each, personFrom: .info, family: ["W-03"],
        population: everybody,
        raising: { line in
            line.history.signals.filter(\.signal.isCall).sorted { ($0.at, $0.sequence) < ($1.at, $1.sequence) }
                .map { report in
                    Hit(
                        at: report.at, day: line.offset.day(of: report.at), severity: .critical, due: 0,
                        triggers: [report.sequence], facts: [report.sequence],
                        sentence: { Words.call(report.signal, of: report.band, at: report.at, offset: line.offset) })
                }
        },
        clearing: never)

    static let silentBand = Rule(
        id: "W-04", title: LocalizedText("手环一天没有信号", en: "Wristband silent for a day"),
        source: "clinical-rules 5.3 (D)",
        severities: .routine ... .routine, lookBack: 400, episodes: .state, family: ["W-04"],
        population: { line, _ in line.history.marks.isWatched },
        raising: { line in line.silentBands.map { [$0] } ?? [] },
        clearing: never)
}

extension BandSignal {
    /// A call for a person, not a state of the band.
    var isCall: Bool { self == .sos || self == .fall }
}

extension TimeLine {
    /// LV-01 as it stands; before anything was heard, from the import.
    fileprivate var unheard: Hit? {
        let heard = max(history.lastHeard ?? history.addedAt, history.addedAt)
        let (day, numbers) = (offset.day(of: heard), policy.alone)
        guard isReached(day + numbers.quiet.value, "LV-01", due: day + numbers.soon.value) else { return nil }
        let severity: Severity = today - day >= numbers.soon.value ? .soon : .routine
        // Those of the day on which it is said; a change of the time zone may bring that day early.
        let days = max(today - day, numbers.quiet.value)
        return Hit(state: self, severity: severity, due: day + numbers.soon.value, facts: []) { [self] in
            let when = Words.moment(heard, offset: offset, from: day)
            return LocalizedText(
                "独居，从 \(when.chinese) 起没有消息，已过\(days)天",
                en: "lives alone, nothing heard since \(when.english), \(days) days and more")
        }
    }

    /// W-01 as it stands: the last days of the band, nothing measured with a cuff since, and no such flag lately.
    fileprivate var bandHint: Hit? {
        if history.wearableDays.isEmpty { return nil }
        let numbers = policy.bands
        let week = history.wearableDays.filter { today - $0.day < numbers.window.value && $0.day <= today }
        let fast = week.filter { ($0.restingPulse?.value ?? 0) > numbers.pulse.value }
        let irregular = week.filter { $0.irregularHints > 0 }
        let isFast = fast.count >= numbers.pulseDays.value
        guard isFast || irregular.count >= numbers.hintDays.value,
            let last = (isFast ? fast : irregular).map(\.day).max(),
            !sessions.contains(where: { $0.value != nil && $0.day >= last })
        else { return nil }
        let earlier = history.flags.contains { flag in
            flag.draft.rule == "W-01" && flag.ended != nil
                && today - offset.day(of: flag.raisedAt) < numbers.again.value
        }
        guard !earlier else { return nil }
        return Hit(state: self, severity: .info, due: nil, facts: []) {
            let day = Words.day(last, from: last)
            let what =
                isFast
                ? LocalizedText(
                    "静息脉搏\(fast.count)天超过\(numbers.pulse.value)次/分",
                    en: "resting pulse above \(numbers.pulse.value) /min on \(fast.count) days")
                : LocalizedText("脉搏不齐提示\(irregular.count)天", en: "irregular-pulse hints on \(irregular.count) days")
            return LocalizedText(
                "手环\(numbers.window.value)天里\(what.chinese)，截至\(day.chinese)，请到小屋量血压",
                en:
                    "wristband, \(numbers.window.value) days to \(day.english): \(what.english); please measure at the hut"
            )
        }
    }

    /// W-04 as it stands: every band that is worn has been silent for so long.
    fileprivate var silentBands: Hit? {
        let span = Duration.seconds(policy.bands.silent.value * 3_600)
        let heard = history.bands.map { ($0, $0.lastHeard ?? $0.since) }
        guard let last = heard.max(by: { $0.1 < $1.1 }), now - last.1 >= span else { return nil }
        return Hit(state: self, severity: .routine, due: offset.day(of: last.1 + span), facts: []) { [self] in
            let when = Words.moment(last.1, offset: offset, from: offset.day(of: last.1))
            let state = last.0.isOff ? LocalizedText("已关机", en: "switched off") : LocalizedText("没有信号", en: "silent")
            return LocalizedText(
                "手环\(last.0.band.rawValue) \(state.chinese)，最后一次 \(when.chinese)",
                en: "wristband \(last.0.band.rawValue) \(state.english), last heard \(when.english)")
        }
    }
}

extension Words {
    /// `手环!433d1f2a 呼救 11-21 09:14`.
    static func call(_ signal: BandSignal, of band: BandID, at time: HutTime, offset: UTCOffset) -> LocalizedText {
        let when = moment(time, offset: offset, from: offset.day(of: time))
        let what = signal == .fall ? LocalizedText("摔倒", en: "fall") : LocalizedText("呼救", en: "SOS")
        return LocalizedText(
            "手环\(what.chinese) \(when.chinese) \(band.rawValue)",
            en: "wristband \(what.english); \(when.english), \(band.rawValue)")
    }
}
