// The words of one instrument's state: who asked, what was seen of a measurement, and what is left of one that can give
// nobody a result any more; and the times of whose-reading.md that belong to no profile.

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
    var helper: Helper
    /// The finger was out before anything settled: it may be another's that is in now (row 50).
    var isInterrupted = false
}

/// A measurement whose start was seen.
struct Measurement: Hashable, Sendable {
    var began: MonotonicTime
    /// The last sign of life: start or live pressure.
    var heard: MonotonicTime
    /// Who had asked before it began; nil when nobody had, or when its true beginning was not seen.
    var asking: Asking?
    /// Who asked while it was running, and was refused (row 2).
    var wanted: Asking?
    /// The visit at the station when it began.
    var during: VisitID?

    /// Pressure was shown, and then none for long.
    func isQuiet(_ now: MonotonicTime) -> Bool { heard > began && now - heard > Limits.quiet }
}

/// A measurement or an asking that can no longer give anybody a result, kept to explain one that still comes.
struct Remnant: Hashable, Sendable {
    var asking: Asking?
    var reason: UnclaimedReason
    var visit: VisitID?
    /// Until then the cuff counts as working and nobody may ask (row 14); nil where no start was seen.
    var workingUntil: MonotonicTime?
    var rememberedUntil: MonotonicTime

    func isWorking(_ now: MonotonicTime) -> Bool { workingUntil.map { now <= $0 } ?? false }
}

/// A measurement that has given its result, or its error, while the last of its pressure may still be heard.
struct LettingGo: Hashable, Sendable {
    var since: MonotonicTime
    var heard: MonotonicTime

    /// Whether pressure heard now is still that of the measurement that is over.
    func explainsPressure(_ now: MonotonicTime) -> Bool {
        now - heard <= Limits.pressureGap && now - since <= Limits.quiet
    }

    func isWorking(_ now: MonotonicTime) -> Bool { heard > since && now - heard <= Limits.pressureGap }
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
    /// Asked and not impossible, but not seen from beginning to end: only the person can say (row 4).
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
    /// A cuff that showed its pressure gives the result within seconds of the last of it. After so long a silence it may
    /// have lost its power, and what it sends now may be an older result: only the person can say.
    static let quiet: Duration = .seconds(10)
    /// An asking without a start: K10 waits 180 s and K22 20 s, then the screen is gone whatever became of the kiosk.
    static let asking: Duration = .seconds(200)
    /// Our own choice, the longest wait of K10: a result that comes later still is not explained by that asking.
    static let remembered: Duration = .seconds(180)
    /// K12: no answer in 30 s (row 5).
    static let answer: Duration = .seconds(30)
    /// The bench (row 20).
    static let bench: Duration = .seconds(30 * 60)

    /// The first instant at which something that may last `limit` has lasted too long.
    static func end(_ since: MonotonicTime, _ limit: Duration) -> MonotonicTime { since + limit + .nanoseconds(1) }
}
