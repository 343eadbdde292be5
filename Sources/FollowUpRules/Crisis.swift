// Very high readings, and what becomes of each. The crisis rules look at every single reading, before any averaging,
// so that no mean can hide a spike; a movement bit, an untrusted clock or a young age do not keep a reading out.
//
// Time runs forward here: a value the session once reached counts even when a later reading brings the mean down.
import Vitals

/// One reading at or above the crisis limit.
struct Crisis: Hashable, Sendable {
    enum State: Hashable, Sendable {
        /// Nothing usable came after it in its session.
        case pending
        /// A second one in the session or on the day, a session value as high, a danger sign, or silence: BP-02.
        case confirmed
        /// Usable readings came after it in its session, all below; or it came late: BP-01r.
        case unconfirmed
    }

    /// The readings of one visit, or, without a visit, of one session: what rings once.
    enum Occasion: Hashable, Sendable {
        case visit(VisitID)
        case session(Int)
    }

    let reading: CuffReading
    /// The place of its session in the time line.
    let session: Int
    let state: State
    /// The session's value at its highest, where that is at or above the crisis limit and of two readings or more.
    let reachedMean: SessionValue?

    var occasion: Occasion { reading.visit.map(Occasion.visit) ?? .session(session) }
    var isLive: Bool { reading.lateness == .live }
}

extension Crisis {
    /// Every very high reading of the sessions, by the beginning of the session, then by time.
    static func find(
        in sessions: [Session], answers: [VisitID: [SymptomReport]], policy: Policy
    ) -> [Crisis] {
        let found = sessions.indices.filter { sessions[$0].readings.contains { policy.crisis.isReached(by: $0) } }
        var liveOfDay: [LocalDay: Int] = [:]
        for place in found {
            for reading in sessions[place].readings
            where policy.crisis.isReached(by: reading) && reading.lateness == .live {
                liveOfDay[reading.day, default: 0] += 1
            }
        }
        return found.flatMap { place in
            judge(sessions[place], at: place, answers: answers, policy: policy) { liveOfDay[$0, default: 0] > 1 }
        }
    }

    private static func judge(
        _ session: Session, at place: Int, answers: [VisitID: [SymptomReport]], policy: Policy,
        isRepeated: (LocalDay) -> Bool
    ) -> [Crisis] {
        let readings = session.readings
        let high = readings.indices.filter { policy.crisis.isReached(by: readings[$0]) }
        let live = high.filter { readings[$0].lateness == .live }.count
        let mean = highestMean(of: readings, policy: policy)
        return high.map { index in
            let reading = readings[index]
            let hasSign = reading.visit.flatMap { answers[$0] }?.contains { $0.answer.isDanger } ?? false
            let hasMean = mean.map { index <= $0.last } ?? false
            let state: State
            if reading.lateness != .live {
                state = .unconfirmed
            } else if live > 1 || hasSign || hasMean || isRepeated(reading.day) {
                state = .confirmed
            } else {
                state = readings[(index + 1)...].contains(where: \.isUsable) ? .unconfirmed : .pending
            }
            return Crisis(
                reading: reading, session: place, state: state, reachedMean: hasMean ? mean?.value : nil)
        }
    }

    /// The session's value when it was last at or above the crisis limit with two usable readings or more, and the
    /// place of the reading that made it so.
    private static func highestMean(of readings: [CuffReading], policy: Policy) -> (value: SessionValue, last: Int)? {
        var result: (SessionValue, Int)?
        let numbers = SessionNumbers(policy)
        for index in readings.indices where readings[index].isUsable {
            guard let value = Session(Array(readings[...index]), numbers).value, value.count > 1,
                policy.crisis.isReached(by: value.systolic.value, value.diastolic.value)
            else { continue }
            result = (value, index)
        }
        return result
    }
}
