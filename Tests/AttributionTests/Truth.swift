// The oracle of the property test. It keeps a plain diary of what really happened (who had the arm in which cuff, from
// when; who said what; which line was open) and judges each owner by looking back through the diary. It has no states
// and no transitions, so that it cannot be wrong in the way the engine is.

import Vitals

/// Who may ask: the person of a visit, or staff for a resident.
enum Who: Hashable {
    case visit(VisitID)
    case staff(ResidentKey)
}

/// One measurement as it really was.
struct TrueMeasurement {
    var id: Int
    /// 0 the cuff that shows its start, 1 the cuff that sends only results, 2 the oximeter, 3 the scale.
    var cuff: Int
    /// Whose arm; nil for somebody of no roster.
    var person: ResidentKey?
    /// The place of its beginning in the diary.
    var began: Int
    var beganAt: Int64
    var vital: Vital
    var deviceTime: CivilTime?

    /// Oximeter and scale stand at the first booth.
    var station: Int { cuff < 2 ? cuff : 0 }
}

/// One line of the diary. Its place in the diary is its order.
struct Happening {
    enum Kind: Equatable {
        case asked(Who)
        /// Another screen, the bench, the end of the visit, the end of the staff session: this one asks no more.
        case left(Who)
        case began
        /// A live result reached the hut, for the first time.
        case delivered
        case failed
        case lineUp, lineDown
        case restarted
        /// A card was read in the middle of this visit, and later known to be the visitor's own.
        case cardRead(VisitID), ownCard(VisitID)
        /// A result was the visit's, or is asked about.
        case resultOf(VisitID)
    }
    var kind: Kind
    var cuff: Int
    /// Milliseconds since the case began.
    var at: Int64
}

struct TrueVisit {
    var id: VisitID
    var station: Int
    var resident: ResidentKey?
    var keepsNothing = false
    /// Ended when neither: `isActive` false and `restingSince` nil.
    var isActive = true
    var restingSince: Int64?
    var isOpen: Bool { isActive || restingSince != nil }
}

struct TruePairing {
    var band: Int
    var wearer: ResidentKey
    var start: Int64
    var end: Int64?
    var doubts: [(start: Int64, end: Int64?)] = []

    /// Surely worn at that time.
    func holds(at time: Int64) -> Bool {
        func contains(_ start: Int64, _ end: Int64?) -> Bool { start <= time && (end.map { time < $0 } ?? true) }
        return contains(start, end) && !doubts.contains { contains($0.start, $0.end) }
    }
}

struct Truth {
    static let atLeast: [Int64] = [15_000, 25_000, 3_000, 2_000]
    static let resultWithin: Int64 = 120_000
    static let startUp: Int64 = 5_000

    private(set) var diary: [Happening] = []
    var visits: [TrueVisit] = []
    var pairings: [TruePairing] = []
    var dead: Set<ResidentKey> = []

    mutating func note(_ kind: Happening.Kind, cuff: Int, at: Int64) {
        diary.append(Happening(kind: kind, cuff: cuff, at: at))
    }

    /// The place the next line of the diary will have.
    var placeOfNext: Int { diary.count }

    func visit(_ id: VisitID) -> TrueVisit? { visits.first { $0.id == id } }
    func active(at station: Int) -> TrueVisit? { visits.first { $0.isActive && $0.station == station } }

    /// The place of the asking by `who` that stands unbroken until now.
    func standingAsking(of who: Who, on cuff: Int) -> Int? {
        for place in diary.indices.reversed() where diary[place].cuff == cuff {
            switch diary[place].kind {
            case .asked(who): return place
            case .left(who), .delivered, .failed, .lineDown, .restarted: return nil
            case .asked, .left, .began, .lineUp, .cardRead, .ownCard, .resultOf: continue
            }
        }
        return nil
    }

    /// Asked ∧ began after asking ∧ same active visit, and not later than a result may be.
    func mayOwn(_ measurement: TrueMeasurement, _ who: Who, now: Int64) -> Bool {
        guard let asked = standingAsking(of: who, on: measurement.cuff), asked < measurement.began else { return false }
        if case .visit(let id) = who, visit(id)?.isActive != true { return false }
        return now - measurement.beganAt <= Truth.resultWithin
    }

    /// Something began there after the standing asking and before this measurement: another finger was in (row 50).
    func wasInterrupted(_ measurement: TrueMeasurement, _ who: Who) -> Bool {
        guard let asked = standingAsking(of: who, on: measurement.cuff), asked < measurement.began else { return false }
        return diary[asked..<measurement.began].contains { $0.cuff == measurement.cuff && $0.kind == .began }
    }

    /// Row 13: another's card was read since the last result of this visit.
    func anotherCardLies(during visit: VisitID) -> Bool {
        let since = diary.lastIndex { $0.kind == .resultOf(visit) } ?? 0
        return diary[since...].reduce(0) { count, happening in
            switch happening.kind {
            case .cardRead(visit): count + 1
            case .ownCard(visit): max(0, count - 1)
            default: count
            }
        } > 0
    }

    /// `mayOwn`, and the hut could see all of it: then the reading must not be refused either.
    func mustOwn(_ measurement: TrueMeasurement, _ who: Who, now: Int64) -> Bool {
        guard mayOwn(measurement, who, now: now), let asked = standingAsking(of: who, on: measurement.cuff),
            measurement.beganAt - diary[asked].at <= 200_000
        else { return false }
        let since = diary[asked...].indices.first { diary[$0].cuff == measurement.cuff && diary[$0].kind == .began }
        let lastEnd = diary[..<asked].last {
            $0.cuff == measurement.cuff && ($0.kind == .delivered || $0.kind == .failed)
        }
        let wasStill = lastEnd.map { diary[asked].at - $0.at > 6_000 } ?? true
        return since == measurement.began && wasStill && isOpenLong(measurement.cuff, at: diary[asked].at)
    }

    /// A result-only asking stands, old enough for a measurement and not too old: only the person can say.
    func mayBeAsked(_ who: Who, cuff: Int, now: Int64) -> Bool {
        guard let asked = standingAsking(of: who, on: cuff) else { return false }
        return (Truth.atLeast[cuff]...Truth.resultWithin).contains(now - diary[asked].at)
    }

    /// The line has been open longer than the start-up window.
    func isOpenLong(_ cuff: Int, at time: Int64) -> Bool {
        for happening in diary.reversed() where happening.cuff == cuff {
            if happening.kind == .lineUp { return time - happening.at > Truth.startUp }
            if happening.kind == .lineDown || happening.kind == .restarted { return false }
        }
        return false
    }

    /// Nothing began there for so long that nothing can be running.
    func isSurelyIdle(_ cuff: Int, now: Int64) -> Bool {
        !diary.contains { $0.cuff == cuff && $0.kind == .began && now - $0.at < 300_000 }
    }

    func wearers(of band: Int, at time: Int64) -> [ResidentKey] {
        pairings.filter { $0.band == band && $0.holds(at: time) && !dead.contains($0.wearer) }.map(\.wearer)
    }
}
