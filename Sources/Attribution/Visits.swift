// Visits as attribution sees them: resting, active or ended, one active at a station, and the readings each one has.

import Vitals

/// What a resident weighed and how tall he was the last time, for row 52.
package struct LastBody: Hashable, Sendable {
    package var grams: Int?
    package var weighedAt: HutTime?
    package var millimetres: Int?

    package init(grams: Int? = nil, weighedAt: HutTime? = nil, millimetres: Int? = nil) {
        (self.grams, self.weighedAt, self.millimetres) = (grams, weighedAt, millimetres)
    }
}

/// One visit that has not ended.
package struct OpenVisit: Hashable, Sendable {
    package let id: VisitID
    package let owner: VisitOwner
    package let helper: Helper
    package let station: StationID
    /// Since when the visit is on the bench; nil while it is active.
    package internal(set) var restingSince: MonotonicTime?
    /// The hut's clock was set while the visit was open (row 40).
    var clockChanged = false
    let last: LastBody
    /// Cards of others that were read since the last result.
    var strangeCards = 0
    var readings: [VisitReading] = []

    var isActive: Bool { restingSince == nil }
}

/// How a reading of a visit stands with its person.
enum Standing: Hashable, Sendable {
    case owned
    /// K12 is on the screen since then.
    case questioned(since: MonotonicTime)
    /// On its way to the disk; K12 comes after it.
    case toBeQuestioned
    /// No answer in time: as it is.
    case unanswered
    case denied
}

struct VisitReading: Hashable, Sendable {
    var ticket: Int
    /// nil until it is on disk.
    var sequence: FactSequence?
    var vital: Vital
    /// Counted, not kept (row 28).
    var isCounted: Bool
    var standing: Standing

    var questionedSince: MonotonicTime? { if case .questioned(let since) = standing { since } else { nil } }
}

extension Attribution {
    /// The visit is active from now on. Returns the visit that was active at the station until now, if any: it ended for
    /// the next visitor (row 14), and the hut records that.
    @discardableResult package mutating func visitOpened(
        _ visit: VisitID, owner: VisitOwner, helper: Helper = .nobody, at station: StationID,
        last: LastBody = LastBody(), now: Now
    ) -> VisitID? {
        let former = active[station]
        if let former { visitEnded(former, .nextVisitor, now: now) }
        staffSession(isOpen: false, at: station, now: now)
        visits[visit] = OpenVisit(id: visit, owner: owner, helper: helper, station: station, last: last)
        active[station] = visit
        return former
    }

    /// K7 `2`: to the bench, owning nothing (row 18). False while its cuff works, or when it is not active.
    package mutating func visitRested(_ visit: VisitID, now: Now) -> Bool {
        guard let station = visits[visit]?.station, active[station] == visit, !isCuffWorking(visit) else {
            return false
        }
        release(visit, because: .notAsked, now: now)
        visits[visit]?.restingSince = now.monotonic
        active[station] = nil
        return true
    }

    /// Back from the bench. False while another visit is active there (row 19), or when the bench time is over (row 20).
    package mutating func visitResumed(_ visit: VisitID, now: Now) -> Bool {
        guard let open = visits[visit], let since = open.restingSince, active[open.station] == nil,
            now.monotonic - since <= Limits.bench
        else { return false }
        visits[visit]?.restingSince = nil
        active[open.station] = visit
        staffSession(isOpen: false, at: open.station, now: now)
        return true
    }

    /// The visit has ended. The hut asks `isCuffWorking` first (row 15); where the end cannot wait (next visitor, staff)
    /// the result of the running measurement is nobody's (rows 14, 17).
    package mutating func visitEnded(_ visit: VisitID, _ end: VisitEnd, now: Now) {
        guard let open = visits[visit] else { return }
        let reason: UnclaimedReason =
            switch end {
            case .nextVisitor, .takenByStaff: .visitChanged
            case .restart: .restart
            case .left, .idle, .benchTimeOver, .guestDone: .visitEnded
            }
        release(visit, because: reason, now: now)
        if open.isActive { active[open.station] = nil }
        visits[visit] = nil
    }

    /// Ends the visits whose bench time is over and returns them in the order of their opening (row 20).
    package mutating func visitsOverdue(now: Now) -> [VisitID] {
        let over = visits.values.filter { visit in
            visit.restingSince.map { now.monotonic - $0 > Limits.bench } ?? false
        }
        for visit in over { visitEnded(visit.id, .benchTimeOver, now: now) }
        return over.map(\.id).sorted()
    }

    /// A staff session is on this station's kiosk, or has left it and asks no more (rows 43, 44). No visit is active there
    /// meanwhile: returns the one that was, if any; it ended for the staff, and the hut records that.
    @discardableResult package mutating func staffSession(isOpen: Bool, at station: StationID, now: Now) -> VisitID? {
        let former = isOpen ? active[station] : nil
        if isOpen {
            if let former { visitEnded(former, .takenByStaff, now: now) }
            staffSessions.insert(station)
        } else if staffSessions.remove(station) != nil {
            for (id, state) in instruments where state.manner.station == station {
                if let asker = state.asker, asker.visit == nil {
                    instruments[id]?.stopAsking(asker, now: now.monotonic)
                }
            }
        }
        return former
    }

    /// Whether a measurement this visit asked for is running: the visit cannot end now (row 15).
    package func isCuffWorking(_ visit: VisitID) -> Bool { instruments.values.contains { $0.measuringFor == visit } }

    /// The visit of a resident that has not ended, active or resting; the newest where there are two.
    package func openVisit(of resident: ResidentKey) -> OpenVisit? {
        visits.values.filter { $0.owner.resident == resident }.max { $0.id < $1.id }
    }

    /// A visit that has not ended.
    package func openVisit(_ visit: VisitID) -> OpenVisit? { visits[visit] }

    /// Whose screen this station shows; nil at attract and in a staff session.
    package func activeVisit(at station: StationID) -> VisitID? { active[station] }

    private mutating func release(_ visit: VisitID, because reason: UnclaimedReason, now: Now) {
        for id in instruments.keys { instruments[id]?.visitOver(visit, because: reason, now: now.monotonic) }
    }
}
