// The decision itself: one reading in, its owner or the reason why it has none out. Radios go by pairings, memories to
// the nurse, live readings by the state of their instrument and the visit that asked.

import Vitals

/// Owner and words, before the reading is put together.
private struct Decision {
    var owner: Owner
    var says: Attributed.Says
    var keeping = Attributed.Keeping.record
    /// The visit whose reading it is or may be.
    var visit: VisitID?
    /// The visit whose circumstances the reading carries: a clock that was set.
    var near: VisitID?
    var asking: Asking?
}

extension Attribution {
    /// Whose a reading is. The asking it answers, if any, ends with it.
    /// - Parameter measuredAt: the source's own stamp in the hut's time, for a wristband or a memory; a live reading of
    ///   an instrument was measured when it came, whatever its clock says (row 41).
    /// - Parameter notBefore: when a lent monitor was handed out: what its memory says of an earlier time is not of
    ///   those it was lent to.
    package mutating func attribute(
        _ reading: DeviceReading, from instrument: InstrumentID, measuredAt: HutTime? = nil,
        notBefore: HutTime? = nil, now: Now
    ) -> Attributed {
        let stamp = stamp(reading, measuredAt, notBefore, now)
        let repetition = repetition(of: reading, from: instrument, now: now)
        if repetition == .certain {
            let again = Decision(owner: .unclaimed(.notAsked, hint: nil), says: .nothing, keeping: .alreadyKept)
            return put(together: reading, from: instrument, again, stamp, now)
        }
        let decision =
            if let band = reading.band {
                Decision(
                    owner: stamp.isFaulty ? .unclaimed(.notPairedThen, hint: nil) : bandOwner(band, at: stamp.at),
                    says: .wearer)
            } else if reading.memorySlot != nil {
                Decision(owner: .unclaimed(.memory, hint: nil), says: .nothing)  // row 35
            } else {
                live(reading.vital, from: instrument, isDoubtful: repetition == .possible, now)
            }
        let attributed = put(together: reading, from: instrument, decision, stamp, now)
        remember(attributed)
        return attributed
    }

    /// Whose it is that an instrument measured and had no number to give, and whose attempt it was. The asking ends.
    package mutating func attributeNoValue(band: BandID? = nil, from instrument: InstrumentID, now: Now) -> (
        owner: Owner, attempt: FailureOwner
    ) {
        if let band { return (bandOwner(band, at: now.hut), .nobody) }
        let decision = live(nil, from: instrument, isDoubtful: false, now)
        let wasAsked = decision.visit != nil || decision.says == .staffResult
        return (decision.owner, FailureOwner(wasAsked ? decision.asking?.asker : nil))
    }

    /// A value somebody typed: home visit, telephone (row 45). `by` is who said it; the place is kept as its raw form.
    package mutating func typed(
        _ vital: Vital, for resident: ResidentKey, by staff: StaffKey, arm: Arm = .notSaid, place: String, now: Now
    ) -> Attributed {
        let reading = Reading(
            vital: vital, receivedAt: now.hut, timeConfidence: clockIsTrusted ? .ok : .clockUntrusted,
            instrument: InstrumentID(rawValue: "manual"), source: .manual, arm: arm, helper: .staff(staff),
            raw: Array(place.utf8))
        nextTicket += 1
        return Attributed(
            reading: reading, owner: here(resident), keeping: .record, says: .staffResult, visit: nil,
            ticket: nextTicket)
    }

    /// The resident named by staff or by a pairing, unless recorded dead or moved (row 53).
    func here(_ resident: ResidentKey) -> Owner {
        notHere.contains(resident) ? .unclaimed(.residentNotHere, hint: nil) : .resident(resident, visit: nil)
    }

    // MARK: A live reading of an instrument

    /// `vital` is nil where the instrument measured without a number.
    private mutating func live(_ vital: Vital?, from instrument: InstrumentID, isDoubtful: Bool, _ now: Now) -> Decision
    {
        guard let station = instruments[instrument]?.manner.station else {
            return Decision(owner: .unclaimed(.noVisit, hint: nil), says: .nothing)
        }
        let here = active[station]
        let finding = instruments[instrument]?.result(active: here, now: now.monotonic) ?? .bystander(during: nil)
        switch finding {
        case .belongs(let asking): return asked(asking, vital, isDoubtful: isDoubtful, at: station, now)
        case .perhaps(let asking): return asked(asking, vital, isDoubtful: true, at: station, now)
        case .unclaimed(let reason, let hint, let asking):
            return Decision(
                owner: .unclaimed(reason, hint: hint.map(Hint.visit)), says: words(reason, at: station),
                near: hint ?? here, asking: asking)
        case .bystander(let during):
            let kind = vital?.kind ?? instruments[instrument]?.manner.vital
            return bystander(kind, hint: during ?? here, at: station)
        }
    }

    /// Asked by a visit that is still active, or by staff.
    private func asked(_ asking: Asking, _ vital: Vital?, isDoubtful: Bool, at station: StationID, _ now: Now)
        -> Decision
    {
        switch asking.asker {
        case .staff(_, let resident):  // row 43: she asked and confirmed, and has the person before her
            guard staffSessions.contains(station) else {
                return Decision(owner: .unclaimed(.notAsked, hint: nil), says: .notYours)
            }
            if isDoubtful {
                return Decision(owner: .unclaimed(.notConfirmed, hint: nil), says: .staffUnclaimed, asking: asking)
            }
            return Decision(owner: here(resident), says: .staffResult, asking: asking)
        case .visit(let id):
            // The state machine cuts an asking with its visit; the invariant does not rest on that alone.
            guard let visit = visits[id], active[station] == id else {
                return Decision(owner: .unclaimed(.visitEnded, hint: .visit(id)), says: .notYours, asking: asking)
            }
            let isUnlike = vital.map { visit.isUnlike($0, on: now.hut) } ?? false
            return of(visit, asking, asksWhose: isDoubtful || isUnlike)
        }
    }

    private func of(_ visit: OpenVisit, _ asking: Asking, asksWhose: Bool) -> Decision {
        let says = asksWhose ? Attributed.Says.askWhose : .show
        var decision = Decision(
            owner: visit.confirmedOwner, says: says, visit: visit.id, near: visit.id, asking: asking)
        switch visit.owner {
        case .resident(let key) where notHere.contains(key):  // row 53
            decision.owner = .unclaimed(.residentNotHere, hint: .visit(visit.id))
            (decision.says, decision.visit) = (.askNurse, nil)
        case .guest(keeps: false, _): decision.keeping = .countOnly  // row 28
        case .resident, .guest:
            if asksWhose { decision.owner = .unclaimed(.notConfirmed, hint: .visit(visit.id)) }  // rows 4, 5, 10
        }
        return decision
    }

    /// Nobody asked: rows 6, 7, 8, 44.
    private func bystander(_ kind: VitalKind?, hint: VisitID?, at station: StationID) -> Decision {
        let hint = hint.map(Hint.visit)
        if staffSessions.contains(station) {
            return Decision(owner: .unclaimed(.notAsked, hint: hint), says: .staffUnclaimed)
        }
        guard let here = active[station] else {
            return Decision(owner: .unclaimed(.noVisit, hint: hint), says: .unownedAtAttract)
        }
        let says: Attributed.Says =
            if let kind, kind != .bloodPressure { .smallLine(kind) } else { .notYours }
        return Decision(owner: .unclaimed(.notAsked, hint: hint), says: says, near: here)
    }

    /// What the screen says of a reading that came too early, too late, or after its visit.
    private func words(_ reason: UnclaimedReason, at station: StationID) -> Attributed.Says {
        switch reason {
        case .pending, .memory, .lineBroke: .nothing
        case _ where staffSessions.contains(station): .staffUnclaimed
        case .restart where active[station] == nil, .noVisit where active[station] == nil: .unownedAtAttract
        default: .notYours
        }
    }

    // MARK: The reading put together

    private struct Stamp {
        var at: HutTime
        var isFaulty: Bool
    }

    /// A clock more than five minutes ahead of the hut's, or a memory without a usable one, says nothing (H-03).
    private func stamp(_ reading: DeviceReading, _ measuredAt: HutTime?, _ notBefore: HutTime?, _ now: Now) -> Stamp {
        guard reading.band != nil || reading.memorySlot != nil else { return Stamp(at: now.hut, isFaulty: false) }
        guard let measuredAt else { return Stamp(at: now.hut, isFaulty: reading.memorySlot != nil) }
        let isAhead = measuredAt - now.hut > .seconds(5 * 60)
        let isEarly = notBefore.map { measuredAt < $0 } ?? false
        return Stamp(at: isAhead ? now.hut : measuredAt, isFaulty: isAhead || isEarly)
    }

    private mutating func put(
        together reading: DeviceReading, from instrument: InstrumentID, _ decision: Decision, _ stamp: Stamp,
        _ now: Now
    ) -> Attributed {
        let clockWasSet = decision.near.flatMap { visits[$0]?.clockChanged } ?? false
        let confidence: TimeConfidence =
            stamp.isFaulty ? .timeFault : !clockIsTrusted ? .clockUntrusted : clockWasSet ? .clockChanged : .ok
        let isStaff = decision.asking.map { $0.asker.visit == nil } ?? false
        nextTicket += 1
        return Attributed(
            reading: Reading(
                vital: reading.vital, receivedAt: now.hut, measuredAt: stamp.at, deviceTime: reading.deviceTime,
                memorySlot: reading.memorySlot, userSlot: reading.userSlot, timeConfidence: confidence,
                instrument: instrument,
                station: instruments[instrument]?.manner.station, band: reading.band,
                source: SourceClass(
                    reading.vital.kind, isStaff: isStaff, isBand: reading.band != nil,
                    isHome: instruments[instrument]?.manner.isHomeMonitor ?? false),
                arm: decision.asking?.arm ?? .notSaid, rested: decision.asking?.rested ?? .notSaid,
                helper: decision.asking?.helper ?? .nobody,
                raw: reading.raw),
            owner: decision.owner, keeping: decision.keeping, says: decision.says, visit: decision.visit,
            ticket: nextTicket)
    }
}

extension SourceClass {
    fileprivate init(_ kind: VitalKind, isStaff: Bool, isBand: Bool, isHome: Bool) {
        if isBand {
            self = .wearable
            return
        }
        self =
            switch kind {
            case .bloodPressure: isHome ? .cuffHome : isStaff ? .cuffStaff : .cuffStation
            case .wearableBloodPressure: .wearable
            case .pulseRate, .oxygenSaturation: .oximeter
            case .temperature, .surfaceTemperature: .thermometer
            case .weight, .height: .scale
            case .glucose: .glucometer
            }
    }
}
