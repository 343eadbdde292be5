// One instrument, from the pressing of *it is me* to the result: the state machine behind rows 1 to 5, 14 to 17, 32, 33,
// 35, 38 and 39 of whose-reading.md. It knows who asked and what was seen; it knows nothing of values or of residents.
//
//     idle ──ask──▶ asked ──start──▶ measuring ──result, error──▶ idle
//       └──start──▶ measuring, asked by nobody
//     asked, measuring ──visit over, line lost, time-out, other screen, restart──▶ over ──result──▶ idle
//
// `over` is what makes a late result explainable: it belongs to nobody, but the nurse learns why and where to look.

import Vitals

struct InstrumentState: Sendable {
    enum Line: Hashable, Sendable {
        case open(since: MonotonicTime)
        /// `since` is nil until it first opened.
        case down(since: MonotonicTime?)
    }

    let manner: InstrumentManner
    private(set) var phase: Phase = .idle
    private(set) var line: Line = .down(since: nil)
    /// The measurement before: its last pressure is not the start of the next.
    private var lettingGo: LettingGo?
    /// A time-out that nobody was told of yet (K20).
    private var untold: (asker: Asker, since: MonotonicTime)?

    init(_ manner: InstrumentManner) { self.manner = manner }

    /// The visit whose cuff is at work; it cannot end now (row 15). A finger can be taken out at any time.
    var measuringFor: VisitID? {
        guard manner.shows == .start, case .measuring(let measurement) = phase else { return nil }
        return measurement.asking?.asker.visit
    }

    /// Whether a measurement that was asked for and seen has lasted long enough to have a result of its own.
    func hasMeasured(now: MonotonicTime) -> Bool {
        guard case .measuring(let measurement) = phase, measurement.asking != nil else { return false }
        return now - measurement.began >= manner.measureAtLeast
    }

    // MARK: Asking

    /// The hut may start the cuff only for somebody who has said *it is me, ready* (H-32).
    var mayStart: Bool { if case .asked = phase { manner.mayStart } else { false } }

    /// Who has asked and has not been answered.
    var asker: Asker? {
        switch phase {
        case .asked(let asking): asking.asker
        case .measuring(let measurement): (measurement.asking ?? measurement.wanted)?.asker
        case .idle, .over: nil
        }
    }

    mutating func ask(_ asking: Asking) -> AskAnswer {
        settle(asking.at)
        guard case .open = line else { return .notReady(.lineDown) }
        if let former = asker, former != asking.asker { release(former, because: .notAsked, now: asking.at) }
        switch phase {
        // Pressure was shown and has stopped, and nobody waits for a result: a start after this asking will be seen.
        case .measuring(let measurement) where measurement.asking == nil && measurement.isQuiet(asking.at):
            phase = .asked(asking)
            return .asked
        case .measuring(var measurement):  // row 2: its result is not this asker's
            measurement.wanted = asking
            phase = .measuring(measurement)
            return .notReady(.cuffBusy)
        case .over(let remnant) where remnant.isWorking(asking.at):  // row 14
            if manner.shows == .presence {  // the former one's finger is still in: when it is out, this one asks
                phase = .measuring(
                    Measurement(
                        began: asking.at, heard: asking.at, asking: nil, wanted: asking, during: remnant.visit))
            }
            return .notReady(.cuffBusy)
        case .idle where lettingGo?.isWorking(asking.at) ?? false: return .notReady(.cuffBusy)  // row 14
        case .idle, .asked, .over:  // rows 1 to 5
            phase = .asked(asking)
            return .asked
        }
    }

    /// Another screen: the asking is over (DESIGN section 5).
    mutating func stopAsking(_ asker: Asker, now: MonotonicTime) { release(asker, because: .notAsked, now: now) }

    /// The visit of an asking has ended or rests (rows 14, 17).
    mutating func visitOver(_ visit: VisitID, because reason: UnclaimedReason, now: MonotonicTime) {
        settle(now)
        if case .over(var remnant) = phase, remnant.visit == visit {
            if reason != .notAsked, [.tooLate, .notAsked].contains(remnant.reason) { remnant.reason = reason }
            phase = .over(remnant)
        } else {
            release(.visit(visit), because: reason, now: now)
        }
    }

    private mutating func release(_ asker: Asker, because reason: UnclaimedReason, now: MonotonicTime) {
        settle(now)
        switch phase {
        // No start was shown, so nothing runs: whoever presses the button now was not asked for.
        case .asked(let asking) where asking.asker == asker && manner.shows != .result: phase = .idle
        // What a result-only cuff is doing cannot be seen: the result may still come (row 17).
        case .asked(let asking) where asking.asker == asker:
            phase = over(asking, because: reason, visit: asker.visit, workingUntil: nil, now: now)
        case .measuring(let measurement) where measurement.asking?.asker == asker:  // rows 14, 17
            phase = over(
                measurement.asking, because: reason, visit: asker.visit,
                workingUntil: measurement.began + manner.resultWithin, now: now)
        case .measuring(var measurement) where measurement.wanted?.asker == asker:  // row 7, no longer row 2
            measurement.wanted = nil
            phase = .measuring(measurement)
        default: break
        }
    }

    // MARK: What is seen of a measurement

    /// Harmless when repeated: live pressure says it several times a second.
    mutating func started(_ starter: Starter, during visit: VisitID?, now: MonotonicTime) {
        settle(now)
        guard manner.shows != .result else { return }
        let nobodys = Measurement(began: now, heard: now, asking: nil, wanted: nil, during: visit)
        // The line has only just opened: what is heard now may have run before, unless the hut itself started it.
        let isUnseen = isStartingUp(now) && !(starter == .hut && manner.mayStart)
        switch phase {
        case .idle where lettingGo?.explainsPressure(now) ?? false: lettingGo?.heard = now
        case .idle: phase = .measuring(nobodys)  // rows 6 to 8; row 2 for whoever asks now
        case .asked(let asking):  // row 1; row 2 where the true beginning was not seen
            var measurement = nobodys
            if isUnseen { measurement.wanted = asking } else { measurement.asking = asking }
            phase = .measuring(measurement)
        case .measuring(var measurement):
            if now - measurement.heard > Limits.pressureGap { measurement.began = now }  // stopped, and begun anew
            measurement.heard = now
            phase = .measuring(measurement)
        case .over(var remnant) where isUnseen || remnant.isWorking(now):  // rows 14, 16, 38, 39: still the same one
            remnant.workingUntil = max(remnant.workingUntil ?? now, now + Limits.pressureGap)
            phase = .over(remnant)
        case .over: phase = .measuring(nobodys)
        }
    }

    /// The finger is out, or nobody stands on the scale any more, and nothing had settled. Whoever asked still asks; what
    /// settles next may be another's (row 50). Who had the finger in before asking asks from now on (row 2).
    mutating func left(now: MonotonicTime) {
        settle(now)
        guard manner.shows == .presence else { return }
        switch phase {
        case .measuring(let measurement):
            if var asking = measurement.asking {
                asking.isInterrupted = true
                phase = .asked(asking)
            } else {
                phase = measurement.wanted.map(Phase.asked) ?? .idle
            }
        case .over: phase = .idle  // what was in can give nothing any more
        case .idle, .asked: break
        }
    }

    /// The instrument gave an error instead of a result (rows 32, 33): the asking is over.
    mutating func failed(now: MonotonicTime) -> Asker? {
        settle(now)
        defer { letGo(now) }
        return switch phase {
        case .asked(let asking): asking.asker
        case .measuring(let measurement): measurement.asking?.asker
        case .idle, .over: nil
        }
    }

    /// A live result came; the asking ends with it. `active` is the visit now active at the station.
    mutating func result(active: VisitID?, now: MonotonicTime) -> Finding {
        settle(now)
        if case .asked(let asking) = phase, isStartingUp(now) {  // row 35: not what was asked for, which still may come
            return .unclaimed(.pending, hint: asking.asker.visit, asking: nil)
        }
        defer { letGo(now) }
        switch phase {
        case .idle:
            return isStartingUp(now) ? .unclaimed(.pending, hint: nil, asking: nil) : .bystander(during: nil)  // row 35
        case .asked(let asking):
            let visit = asking.asker.visit
            // Row 2 (no start was shown since) and row 3 (too soon to have begun since).
            if manner.shows != .result || now - asking.at < manner.measureAtLeast {
                return .unclaimed(.beganBefore, hint: visit, asking: nil)
            }
            return visit == nil ? .belongs(asking) : .perhaps(asking)  // row 43, row 4
        case .measuring(let measurement):
            if let asking = measurement.asking {
                // Row 1; rows 4 and 50 where it may be another's.
                return asking.isInterrupted || measurement.isQuiet(now) ? .perhaps(asking) : .belongs(asking)
            }
            if let visit = measurement.wanted?.asker.visit, visit == active {
                return .unclaimed(.beganBefore, hint: visit, asking: nil)  // row 2
            }
            return .bystander(during: measurement.during)
        case .over(let remnant):  // rows 14, 16, 17, 38, 39
            return .unclaimed(remnant.reason, hint: remnant.visit, asking: remnant.asking)
        }
    }

    // MARK: The line and the restart

    mutating func lineLost(now: MonotonicTime) {
        settle(now)
        if case .open = line { line = .down(since: now) }
        switch phase {
        case .idle, .over: break
        case .asked(let asking):  // row 38
            phase = over(asking, because: .lineBroke, visit: asking.asker.visit, workingUntil: nil, now: now)
        case .measuring(let measurement):  // row 38
            phase = over(
                measurement.asking, because: .lineBroke, visit: measurement.asking?.asker.visit ?? measurement.during,
                workingUntil: measurement.began + manner.resultWithin, now: now)
        }
    }

    /// The line is open: at start, or again.
    mutating func lineBack(now: MonotonicTime) {
        settle(now)
        guard case .down(let since) = line else { return }
        line = .open(since: now)
        guard let since, now - since > Limits.lineGap, case .over(var remnant) = phase, remnant.reason == .lineBroke
        else { return }
        // Too long away to be the measurement that was running: what comes now was waiting inside (row 35, not 38).
        remnant.reason = .pending
        remnant.rememberedUntil = now + manner.startUpWindow
        remnant.workingUntil = remnant.workingUntil.map { min($0, remnant.rememberedUntil) }
        phase = .over(remnant)
    }

    /// The hut was restarted while this visit was open here (row 39).
    mutating func restarted(during visit: VisitID, now: MonotonicTime) {
        phase = .over(
            Remnant(
                asking: nil, reason: .restart, visit: visit, workingUntil: nil,
                rememberedUntil: now + manner.resultWithin))
    }

    /// The next instant at which something here is over by itself and somebody must be told.
    var deadline: MonotonicTime? {
        if let untold { return untold.since }
        return switch phase {
        case .asked(let asking): Limits.end(asking.at, askingLimit)
        case .measuring(let measurement): Limits.end(measurement.began, manner.resultWithin)
        case .idle, .over: nil
        }
    }

    /// Who waited in vain since the last call.
    mutating func silence(now: MonotonicTime) -> Asker? {
        settle(now)
        defer { untold = nil }
        return untold?.asker
    }

    /// Lets time have passed: askings and measurements that took too long are over (row 16), old remnants forgotten.
    private mutating func settle(_ now: MonotonicTime) {
        switch phase {
        case .asked(let asking) where now - asking.at > askingLimit:  // row 16
            untold = (asking.asker, now)
            phase = over(asking, because: .tooLate, visit: asking.asker.visit, workingUntil: nil, now: now)
        case .measuring(let measurement) where now - measurement.began > manner.resultWithin:  // row 16
            untold = measurement.asking.map { ($0.asker, now) }
            let nobodys: UnclaimedReason = measurement.during == nil ? .noVisit : .notAsked
            phase = over(
                measurement.asking, because: measurement.asking == nil ? nobodys : .tooLate,
                visit: measurement.asking == nil ? measurement.during : measurement.asking?.asker.visit,
                workingUntil: measurement.heard + Limits.pressureGap, now: now)
        case .over(let remnant) where now > remnant.rememberedUntil && !remnant.isWorking(now): phase = .idle
        default: break
        }
    }

    // MARK: Parts

    /// Where no start is shown the limit of the result runs from the asking (row 16).
    private var askingLimit: Duration { manner.shows == .result ? manner.resultWithin : Limits.asking }

    private mutating func letGo(_ now: MonotonicTime) {
        phase = .idle
        // A finger that comes in after a result is a new one, however soon.
        lettingGo = manner.shows == .presence ? nil : LettingGo(since: now, heard: now)
    }

    private func isStartingUp(_ now: MonotonicTime) -> Bool {
        if case .open(let since) = line { now - since <= manner.startUpWindow } else { false }
    }

    private func over(
        _ asking: Asking?, because reason: UnclaimedReason, visit: VisitID?, workingUntil: MonotonicTime?,
        now: MonotonicTime
    ) -> Phase {
        .over(
            Remnant(
                asking: asking, reason: reason, visit: visit, workingUntil: workingUntil,
                rememberedUntil: now + Limits.remembered))
    }
}
