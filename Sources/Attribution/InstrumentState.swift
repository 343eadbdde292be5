// One instrument, from the pressing of *it is me* to the result: the state machine behind rows 1 to 5, 14 to 17, 32, 33,
// 35, 38 and 39 of whose-reading.md. It knows who asked and what was seen; it knows nothing of values or of residents.
//
//     idle ──ask──▶ asked ──start──▶ measuring ──result──▶ idle
//       └──start──▶ measuring, asked by nobody
//     asked, measuring ──visit over, line lost, time-out, other screen, restart──▶ over ──result──▶ idle
//
// `over` is what makes a late result explainable: it belongs to nobody, but the nurse learns why and where to look.

import Vitals

/// Who pressed *it is me*.
enum Asker: Hashable, Sendable {
    case visit(VisitID)
    case staff(StaffKey, resident: ResidentKey)

    var visit: VisitID? { if case .visit(let visit) = self { visit } else { nil } }
}

/// One pressing of *it is me*, with what was said on the way to it.
struct Asking: Hashable, Sendable {
    var asker: Asker
    var at: MonotonicTime
    var arm: Arm
    var rested: Rested
}

/// A measurement whose start was seen.
struct Measurement: Hashable, Sendable {
    var began: MonotonicTime
    /// The last sign of life: start or live pressure.
    var heard: MonotonicTime
    /// Who had asked before it began; nil when nobody had, or when its true beginning was not seen.
    var asking: Asking?
    /// Who asked while it was running, and was refused (row 2).
    var wanted: Asker?
    /// The visit at the station when it began.
    var during: VisitID?
}

/// A measurement or an asking that can no longer give anybody a result, kept to explain one that still comes.
struct Remnant: Hashable, Sendable {
    var asking: Asking?
    var reason: UnclaimedReason
    var visit: VisitID?
    /// Until then the cuff counts as working and nobody may ask (row 14).
    var workingUntil: MonotonicTime
    var rememberedUntil: MonotonicTime
}

enum Phase: Hashable, Sendable {
    case idle
    case asked(Asking)
    case measuring(Measurement)
    case over(Remnant)
}

/// What a live result is, before anybody looks at the value.
enum Finding: Hashable, Sendable {
    /// Asked, begun after the asking, in time (row 1).
    case belongs(Asking)
    /// Asked, no start ever shown, neither too soon nor too late: only the person can say (row 4).
    case perhaps(Asking)
    case unclaimed(UnclaimedReason, hint: VisitID?, asking: Asking?)
    /// Nobody asked (rows 6, 7, 8, 44); the visit that was there when it began.
    case bystander(during: VisitID?)
}

/// The times of the table that belong to no profile.
enum Limits {
    /// *Back within 10 s* (row 38).
    static let lineGap: Duration = .seconds(10)
    /// Live pressure comes several times a second; longer silence is not the same measurement going on.
    static let pressureGap: Duration = .seconds(3)
    /// An asking without a start: K10 waits 180 s and K22 20 s, then the screen is gone whatever became of the kiosk.
    static let asking: Duration = .seconds(200)
    /// No adult cuff may stay inflated longer (IEC 80601-2-30), so no result explained by an old asking comes later.
    static let remembered: Duration = .seconds(180)
    /// K12: no answer in 30 s (row 5).
    static let answer: Duration = .seconds(30)
    /// The bench (row 20).
    static let bench: Duration = .seconds(30 * 60)

    /// The first instant at which something that may last `limit` has lasted too long.
    static func end(_ since: MonotonicTime, _ limit: Duration) -> MonotonicTime { since + limit + .nanoseconds(1) }
}

struct InstrumentState: Sendable {
    enum Line: Hashable, Sendable {
        case open(since: MonotonicTime)
        /// `since` is nil until it first opened.
        case down(since: MonotonicTime?)
    }

    let manner: InstrumentManner
    private(set) var phase: Phase = .idle
    private(set) var line: Line = .down(since: nil)
    /// A time-out that nobody was told of yet (K20).
    private var untold: (asker: Asker, since: MonotonicTime)?

    init(_ manner: InstrumentManner) { self.manner = manner }

    /// The visit whose measurement is running; it cannot end now (row 15).
    var measuringFor: VisitID? {
        if case .measuring(let measurement) = phase { measurement.asking?.asker.visit } else { nil }
    }

    // MARK: Asking

    mutating func ask(_ asking: Asking) -> AskAnswer {
        settle(asking.at)
        guard case .open = line else { return .notReady(.lineDown) }
        switch phase {
        case .measuring(var measurement):
            measurement.wanted = asking.asker
            phase = .measuring(measurement)
            return .notReady(.cuffBusy)
        case .over(let remnant) where asking.at <= remnant.workingUntil: return .notReady(.cuffBusy)  // row 14
        case .idle, .asked, .over:
            phase = .asked(asking)
            return .asked
        }
    }

    /// Another screen: the asking is over (DESIGN section 5).
    mutating func stopAsking(_ asker: Asker, now: MonotonicTime) { release(asker, because: .notAsked, now: now) }

    /// The visit of an asking has ended or rests (rows 14, 17).
    mutating func visitOver(_ visit: VisitID, because reason: UnclaimedReason, now: MonotonicTime) {
        settle(now)
        if case .over(var remnant) = phase, remnant.visit == visit, [.tooLate, .notAsked].contains(remnant.reason) {
            remnant.reason = reason
            phase = .over(remnant)
        } else {
            release(.visit(visit), because: reason, now: now)
        }
    }

    private mutating func release(_ asker: Asker, because reason: UnclaimedReason, now: MonotonicTime) {
        settle(now)
        switch phase {
        // No start was shown, so nothing runs: whoever presses the button now was not asked for.
        case .asked(let asking) where asking.asker == asker && manner.shows == .start: phase = .idle
        case .asked(let asking) where asking.asker == asker:
            phase = over(asking, because: reason, visit: asker.visit, workingUntil: nil, now: now)
        case .measuring(let measurement) where measurement.asking?.asker == asker:
            phase = over(
                measurement.asking, because: reason, visit: asker.visit,
                workingUntil: measurement.began + manner.resultWithin, now: now)
        default: break
        }
    }

    // MARK: What is seen of a measurement

    /// Harmless when repeated: live pressure says it several times a second.
    mutating func started(_ starter: Starter, during visit: VisitID?, now: MonotonicTime) {
        settle(now)
        guard manner.shows == .start else { return }
        let begun = Measurement(began: now, heard: now, asking: nil, wanted: nil, during: visit)
        // The line has only just opened: what is heard now may have run before, unless the hut itself started it.
        let isUnseen = starter == .heard && isStartingUp(now)
        switch phase {
        case .idle: phase = .measuring(begun)
        case .asked(let asking):
            phase = .measuring(begun)
            if isUnseen { wanted(by: asking.asker) } else { asked(asking) }
        case .measuring(var measurement):
            measurement.heard = now
            phase = .measuring(measurement)
        case .over(var remnant) where isUnseen || now <= remnant.workingUntil:
            remnant.workingUntil = max(remnant.workingUntil, now + Limits.pressureGap)
            phase = .over(remnant)
        case .over: phase = .measuring(begun)
        }
    }

    /// The instrument gave an error instead of a result (rows 32, 33): the asking is over.
    mutating func failed(now: MonotonicTime) -> Asker? {
        settle(now)
        defer { phase = .idle }
        return switch phase {
        case .asked(let asking): asking.asker
        case .measuring(let measurement): measurement.asking?.asker
        case .idle, .over: nil
        }
    }

    /// A live result came; the asking ends with it. `active` is the visit now active at the station.
    mutating func result(active: VisitID?, now: MonotonicTime) -> Finding {
        settle(now)
        defer { phase = .idle }
        switch phase {
        case .idle:
            return isStartingUp(now) ? .unclaimed(.pending, hint: nil, asking: nil) : .bystander(during: nil)  // row 35
        case .asked(let asking):
            let visit = asking.asker.visit
            if isStartingUp(now) { return .unclaimed(.pending, hint: visit, asking: nil) }  // row 35
            // Row 2 (no start was shown since) and row 3 (too soon to have begun since).
            if manner.shows == .start || now - asking.at < manner.measureAtLeast {
                return .unclaimed(.beganBefore, hint: visit, asking: nil)
            }
            return .perhaps(asking)  // row 4
        case .measuring(let measurement):
            if let asking = measurement.asking { return .belongs(asking) }  // row 1
            if let visit = measurement.wanted?.visit, visit == active {
                return .unclaimed(.beganBefore, hint: visit, asking: nil)  // row 2
            }
            return .bystander(during: measurement.during)
        case .over(let remnant): return .unclaimed(remnant.reason, hint: remnant.visit, asking: remnant.asking)
        }
    }

    // MARK: The line, the clock, the restart

    mutating func lineLost(now: MonotonicTime) {
        settle(now)
        if case .open = line { line = .down(since: now) }
        switch phase {
        case .idle, .over: break
        case .asked(let asking):
            phase = over(asking, because: .lineBroke, visit: asking.asker.visit, workingUntil: nil, now: now)
        case .measuring(let measurement):
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
        remnant.workingUntil = min(remnant.workingUntil, remnant.rememberedUntil)
        phase = .over(remnant)
    }

    /// The hut was restarted while this visit was open here (row 39).
    mutating func restarted(during visit: VisitID, now: MonotonicTime) {
        phase = .over(
            Remnant(
                asking: nil, reason: .restart, visit: visit, workingUntil: now,
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
        case .asked(let asking) where now - asking.at > askingLimit:
            untold = (asking.asker, now)
            phase = over(asking, because: .tooLate, visit: asking.asker.visit, workingUntil: nil, now: now)
        case .measuring(let measurement) where now - measurement.began > manner.resultWithin:
            guard let asking = measurement.asking else {
                phase = .idle
                return
            }
            untold = (asking.asker, now)
            phase = over(
                asking, because: .tooLate, visit: asking.asker.visit,
                workingUntil: measurement.heard + Limits.pressureGap, now: now)
        case .over(let remnant) where now > remnant.rememberedUntil: phase = .idle
        default: break
        }
    }

    // MARK: Parts

    /// Where no start is shown the limit of the result runs from the asking (row 16).
    private var askingLimit: Duration { manner.shows == .start ? Limits.asking : manner.resultWithin }

    private func isStartingUp(_ now: MonotonicTime) -> Bool {
        if case .open(let since) = line { now - since <= manner.startUpWindow } else { false }
    }

    private mutating func asked(_ asking: Asking) {
        if case .measuring(var measurement) = phase {
            measurement.asking = asking
            phase = .measuring(measurement)
        }
    }

    private mutating func wanted(by asker: Asker) {
        if case .measuring(var measurement) = phase {
            measurement.wanted = asker
            phase = .measuring(measurement)
        }
    }

    private func over(
        _ asking: Asking?, because reason: UnclaimedReason, visit: VisitID?, workingUntil: MonotonicTime?,
        now: MonotonicTime
    ) -> Phase {
        .over(
            Remnant(
                asking: asking, reason: reason, visit: visit, workingUntil: workingUntil ?? now,
                rememberedUntil: now + Limits.remembered))
    }
}
