// Nobody at a screen: a text to the duty number, and a lamp on a modem line, for every critical alert and every call of
// a wristband that no named person has taken. Each try and its outcome is a fact, written before and after.

import DeviceLink
import FollowUpRules
import Ledger
import SerialLine
import Vitals

extension Hut {
    /// Brings texts and lamp in line with the alerts that stand untaken.
    func followAlerts() async {
        guard configuration.settings.duty != nil || output.lamp != nil else { return }
        guard let open = try? await ledger.openFlags(where: callsDuty) else { return }
        let untaken = Set(open.filter { $0.takenBy == nil }.map(\.id))
        output.lamp?.hold(lampLine, raised: !untaken.isEmpty)
        guard configuration.settings.duty != nil else { return }
        for flag in Set(output.calls.keys).subtracting(untaken) { output.calls[flag] = nil }
        for flag in untaken where output.calls[flag] == nil { await beginCalling(about: flag) }
        arm()
    }

    private func beginCalling(about flag: FlagID) async {
        guard let facts = try? await ledger.calls(about: flag), output.calls[flag] == nil else { return }
        output.calls[flag] = DutyCall(facts, now: now)
        if let attempt = DutyCall.openTry(in: facts) { note([.textEnded(flag, try: attempt.sequence, .unknown)]) }
    }

    /// Sends what is due.
    func textsDue(_ now: Now) {
        for (flag, call) in output.calls where call.dueAt.map({ $0 <= now.monotonic }) == true {
            output.calls[flag]?.tried()
            work { await $0.text(about: flag, round: call.round) }
        }
    }

    private func text(about id: FlagID, round: Int) async {
        guard let duty = configuration.settings.duty, let flag = (try? await ledger.flag(id)) ?? nil,
            flag.ended == nil, flag.takenBy == nil
        else { return output.calls[id] = nil }
        guard let attempt = await append([.textTried(id, round: round)])?.first else { return }
        log(.notice, "text \(round) to the duty number about alert \(id.rawValue)")
        put(
            .text(to: duty.dialled, await words(about: flag)), on: InstrumentID(rawValue: duty.modem.id),
            for: .text(id, try: attempt))
    }

    /// The network has the text, or it has not.
    func textEnded(_ result: OutputResult, _ flag: FlagID, _ attempt: FactSequence) {
        output.calls[flag]?.ended(result, at: now.monotonic)
        if case .failed(let why) = result {
            log(.warning, "no text to the duty number: \(why.rawValue); it is tried again")
        }
        note([.textEnded(flag, try: attempt, result)])
        arm()
    }

    /// When, where and what kind; never who, and no number. What matters first: a message holds 70 characters.
    private func words(about flag: Flag) async -> String {
        let settings = configuration.settings.hut
        let language = settings.languages.first ?? .chinese
        let time = offset.civil(of: flag.raisedAt)
        let clock = "\(time.hour.padded(2)):\(time.minute.padded(2))"
        let place = station(of: flag)?.words[language] ?? ""
        let what = HutPhrase.alert(flag.draft.rule)[language]
        return [what, clock, place, settings.name, settings.address].filter { !$0.isEmpty }.joined(separator: " ")
    }

    // MARK: the lamp

    /// Finds the port of the lamp: an instrument's, or one of its own. Dark until an alert stands.
    func startLamp() {
        guard let alarm = configuration.settings.alarm else { return }
        let shared = configuration.instruments.first { instrument in
            if case .serial(let settings) = instrument.line { settings.path == alarm.serial } else { false }
        }
        if let shared {
            output.lamp = instruments[shared.manner.id]?.keeper
        } else {
            let own = LineKeeper(.serial(SerialSettings(path: alarm.serial)), queue: queue) { event in
                if case .lost(let failure, _) = event {
                    log(.warning, "the lamp's port: \(failure); hint: \(failure.hint)")
                }
            }
            own.start()
            output.lamp = own
        }
        output.lamp?.hold(lampLine, raised: false)
    }

    /// Ends the lamp's own port; an instrument's is its own affair.
    func stopLamp() {
        output.lamp?.hold(lampLine, raised: false)
        output.lamp?.stop()
    }

    private var lampLine: ControlLine {
        configuration.settings.alarm.flatMap { ControlLine(rawValue: $0.line) } ?? .rts
    }
}

/// Critical alerts, and every call of a wristband.
@Sendable private func callsDuty(_ severity: Severity, _ rule: RuleID) -> Bool {
    severity == .critical || rule == .bandSignal
}
