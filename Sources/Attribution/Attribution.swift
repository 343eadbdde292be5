// Nobody can see from a blood pressure whose arm it was. So a reading belongs to a person only when that person's visit
// had asked the instrument, the measurement began after the asking, and the same visit is still active; or through a
// pairing; or because a named person said so. Everything else is recorded at once as unclaimed, with a reason and a hint,
// and waits for a nurse. There is no default resident and no last user (DESIGN section 5, whose-reading.md).
//
// One value holds the whole hut: every station, instrument and radio. It reads no clock and does no I/O. Intervals are
// monotonic, so that a clock set back during a visit changes nothing (row 40). Row numbers are those of whose-reading.md.

import Vitals

/// Whose a reading is, for every instrument of the hut.
package struct Attribution: Sendable {
    var instruments: [InstrumentID: InstrumentState]
    var visits: [VisitID: OpenVisit] = [:]
    var active: [StationID: VisitID] = [:]
    /// Stations whose kiosk shows a staff session (rows 43, 44).
    var staffSessions: Set<StationID> = []
    var pairings: [BandID: [Pairing]]
    /// Residents recorded dead or moved (row 53).
    var notHere: Set<ResidentKey>
    /// The last reading of each source, to know it when it is sent again (row 34).
    var lastKept: [Source: Kept] = [:]
    var nextTicket = 0

    /// False while the hut's clock stands before its newest fact or its build date: readings carry it.
    package var clockIsTrusted = true

    /// - Parameter pairings: of all bands, ended ones too, as long as a reading of their time may still come.
    /// - Parameter notHere: residents recorded dead or moved.
    package init(instruments: [InstrumentManner], pairings: [Pairing] = [], notHere: Set<ResidentKey> = []) {
        self.instruments = Dictionary(
            instruments.map { ($0.id, InstrumentState($0)) }, uniquingKeysWith: { first, _ in first })
        self.pairings = Dictionary(grouping: pairings, by: \.band)
        self.notHere = notHere
    }

    /// The hut starts. Every visit that was open has ended; what its instruments still give is nobody's (row 39).
    package mutating func hutStarted(openVisits: [StationID: VisitID], at now: Now) {
        for (station, visit) in openVisits {
            for (id, state) in instruments where state.manner.station == station {
                instruments[id]?.restarted(during: visit, now: now.monotonic)
            }
        }
    }

    /// A resident died, moved, or is here again (row 53).
    package mutating func residentStatus(_ resident: ResidentKey, _ status: ResidentStatus) {
        if status.isGone { notHere.insert(resident) } else { notHere.remove(resident) }
    }

    /// Who wears what was read anew, because two lines of the roster became one person or two again.
    package mutating func wearersChanged(_ pairings: [Pairing]) {
        self.pairings = Dictionary(grouping: pairings, by: \.band)
    }

    /// The hut's clock was set: readings of the visits now open carry it; no interval changes (row 40).
    package mutating func clockChanged(now: Now) {
        for id in visits.keys { visits[id]?.clockChanged = true }
    }

    // MARK: Asking

    /// K9 `1`: it is me. Only the active visit of the instrument's station may ask.
    package mutating func ask(_ instrument: InstrumentID, for visit: VisitID, arm: Arm, rested: Rested, now: Now)
        -> AskAnswer
    {
        guard let station = instruments[instrument]?.manner.station, active[station] == visit else {
            return .notReady(.notActive)
        }
        let helper = visits[visit]?.helper ?? .nobody
        return ask(
            instrument, Asking(asker: .visit(visit), at: now.monotonic, arm: arm, rested: rested, helper: helper))
    }

    /// Staff `b`, confirmed: the station's instrument for the resident on the staff screen of that station (row 43).
    package mutating func ask(
        _ instrument: InstrumentID, by staff: StaffKey, for resident: ResidentKey, arm: Arm, rested: Rested = .notSaid,
        now: Now
    ) -> AskAnswer {
        guard let station = instruments[instrument]?.manner.station, staffSessions.contains(station) else {
            return .notReady(.notActive)
        }
        let asker = Asker.staff(staff, resident: resident)
        return ask(
            instrument, Asking(asker: asker, at: now.monotonic, arm: arm, rested: rested, helper: .staff(staff)))
    }

    private mutating func ask(_ instrument: InstrumentID, _ asking: Asking) -> AskAnswer {
        instruments[instrument]?.ask(asking) ?? .notReady(.notActive)
    }

    /// The screen left the measurement before a result.
    package mutating func stopAsking(_ instrument: InstrumentID, for visit: VisitID, now: Now) {
        instruments[instrument]?.stopAsking(.visit(visit), now: now.monotonic)
    }

    /// The staff screen left the measurement before a result.
    package mutating func stopAsking(
        _ instrument: InstrumentID, by staff: StaffKey, for resident: ResidentKey, now: Now
    ) {
        instruments[instrument]?.stopAsking(.staff(staff, resident: resident), now: now.monotonic)
    }

    /// Whether the hut may now start this instrument: only between *it is me, ready* and the start (H-32).
    package func mayStart(_ instrument: InstrumentID) -> Bool { instruments[instrument]?.mayStart ?? false }

    // MARK: What the line tells

    /// The hut started a measurement, or its start or live pressure was heard. Repeated calls are harmless.
    package mutating func measurementStarted(_ instrument: InstrumentID, by starter: Starter = .heard, now: Now) {
        let during = instruments[instrument]?.manner.station.flatMap { active[$0] }
        instruments[instrument]?.started(starter, during: during, now: now.monotonic)
    }

    /// The finger is out again, or the scale is empty, before anything settled (row 50).
    package mutating func measurementLeft(_ instrument: InstrumentID, now: Now) {
        instruments[instrument]?.left(now: now.monotonic)
    }

    /// An error code instead of a result: whose attempt it was (rows 32, 33).
    package mutating func measurementFailed(_ instrument: InstrumentID, now: Now) -> FailureOwner {
        FailureOwner(instruments[instrument]?.failed(now: now.monotonic))
    }

    package mutating func lineLost(_ instrument: InstrumentID, now: Now) {
        instruments[instrument]?.lineLost(now: now.monotonic)
    }

    /// The line opened, for the first time or again.
    package mutating func lineBack(_ instrument: InstrumentID, now: Now) {
        instruments[instrument]?.lineBack(now: now.monotonic)
    }

    // MARK: Time

    /// The measurements that were asked for and gave nothing in time, since the last call (K20).
    package mutating func measurementsOverdue(now: Now) -> [Silence] {
        var silences: [Silence] = []
        for id in instruments.keys {
            guard let asker = instruments[id]?.silence(now: now.monotonic) else { continue }
            silences.append(Silence(instrument: id, owner: FailureOwner(asker)))
        }
        return silences.sorted { $0.instrument.rawValue < $1.instrument.rawValue }
    }

    /// When something next becomes overdue by itself: then call `measurementsOverdue`, `answerOverdue`, `visitsOverdue`.
    package var deadline: MonotonicTime? {
        var first: MonotonicTime?
        func consider(_ time: MonotonicTime) { first = first.map { min($0, time) } ?? time }
        for state in instruments.values { if let deadline = state.deadline { consider(deadline) } }
        for visit in visits.values {
            if let since = visit.restingSince { consider(Limits.end(since, Limits.bench)) }
            for reading in visit.readings {
                if let since = reading.questionedSince { consider(Limits.end(since, Limits.answer)) }
            }
        }
        return first
    }
}

extension FailureOwner {
    init(_ asker: Asker?) {
        self =
            switch asker {
            case .visit(let visit): .visit(visit)
            case .staff(let staff, _): .staff(staff)
            case nil: .nobody
            }
    }
}
