// One reading is not a result. Readings of one resident on one cuff and one arm, close together, make a session; the
// sessions of a day make a day value, so that measuring twice on a day is one occasion (clinical-rules 5.2).
//
// A mean is kept exact until it is shown or compared: mean first, half up once.
import Vitals

/// An exact mean of whole numbers.
struct Mean: Hashable, Sendable {
    typealias Pair = (systolic: Mean, diastolic: Mean)

    private(set) var sum, count: Int

    init(_ sum: Int, _ count: Int) { (self.sum, self.count) = (sum, count) }

    init(_ values: some Sequence<Int>) {
        (sum, count) = values.reduce(into: (0, 0)) { $0 = ($0.0 + $1, $0.1 + 1) }
    }

    /// The mean of means, each with the same weight.
    init(of means: some Sequence<Mean>) {
        (sum, count) = (0, 1)
        var members = 0
        for mean in means {
            (sum, count) = (sum * mean.count + mean.sum * count, count * mean.count)
            let divisor = Mean.commonDivisor(sum, count)
            (sum, count) = (sum / divisor, count / divisor)
            members += 1
        }
        count *= max(1, members)
    }

    /// Half up: 139.5 is 140.
    var rounded: Int { count == 0 ? 0 : (2 * sum + count) / (2 * count) }

    private static func commonDivisor(_ left: Int, _ right: Int) -> Int {
        var (left, right) = (left, right)
        while right != 0 { (left, right) = (right, left % right) }
        return max(1, left)
    }
}

/// Readings of one resident on one cuff and one arm, each close to the one before.
package struct Session: Hashable, Sendable {
    /// By time of measuring; those with a movement bit too, which are in no average.
    package let readings: [CuffReading]
    /// nil when no reading is usable.
    package let value: SessionValue?
    let systolic, diastolic: Mean
    /// After this moment nothing more can belong to it.
    private let over: HutTime

    init(_ readings: [CuffReading], _ numbers: SessionNumbers) {
        self.readings = readings
        let (first, last) = (readings[0].at.milliseconds, readings[readings.count - 1].at.milliseconds)
        over = HutTime(milliseconds: min(last + numbers.gap, first + numbers.span))
        var (usable, one, other): (Int, CuffReading?, CuffReading?) = (0, nil, nil)
        for reading in readings where reading.isUsable {
            usable += 1
            if usable == 1 { one = reading } else if usable == 2 { other = reading }
        }
        // What is averaged begins with this one of the usable readings.
        let from = numbers.averaging == .lastTwo ? max(0, usable - 2) : 0
        var (place, sums, beats) = (0, (systolic: 0, diastolic: 0), (sum: 0, count: 0))
        for reading in readings where reading.isUsable {
            defer { place += 1 }
            guard place >= from else { continue }
            sums.systolic += reading.systolic
            sums.diastolic += reading.diastolic
            if let pulse = reading.pulse { beats = (beats.sum + pulse, beats.count + 1) }
        }
        (systolic, diastolic) = (Mean(sums.systolic, usable - from), Mean(sums.diastolic, usable - from))
        guard let one else {
            value = nil
            return
        }
        let agree = other.map { one.agrees(with: $0, numbers) } ?? false
        value = SessionValue(
            systolic: MmHg(systolic.rounded), diastolic: MmHg(diastolic.rounded),
            pulse: beats.count == 0 ? nil : PerMinute(Mean(beats.sum, beats.count).rounded), count: usable,
            isComplete: usable > 2 || (usable == 2 && agree))
    }

    package var start: HutTime { readings[0].at }
    package var end: HutTime { readings[readings.count - 1].at }
    /// The local day on which the session began.
    package var day: LocalDay { readings[0].day }
    package var isHome: Bool { readings[0].isHome }

    /// Nothing more can come that would change a provisional value into a complete one.
    package func isSettled(at now: HutTime) -> Bool { value.map { $0.isComplete || now > over } ?? false }
}

extension CuffReading {
    /// Not more than the policy's agreement apart, on both components.
    func agrees(with other: CuffReading, _ numbers: SessionNumbers) -> Bool {
        max(abs(systolic - other.systolic), abs(diastolic - other.diastolic)) <= numbers.agreement
    }
}

/// The sessions of one resident's (or one guest's) readings, by their beginning; one pass.
package func sessions(of readings: [RecordedReading], policy: Policy, offset: UTCOffset) -> [Session] {
    let numbers = SessionNumbers(policy)
    return sessions(of: cuffReadings(of: readings, numbers: numbers, offset: offset), numbers)
}

func sessions(of readings: [CuffReading], _ numbers: SessionNumbers) -> [Session] {
    var done: [[CuffReading]] = []
    done.reserveCapacity(readings.count)
    /// The place in `done` of the newest session of each cuff and arm; a handful.
    var running: [Running] = []
    for reading in readings {
        guard let line = running.firstIndex(where: { $0.isOf(reading) }) else {
            running.append(Running(reading, place: done.count))
            done.append([reading])
            continue
        }
        if running[line].takes(reading, numbers) {
            done[running[line].place].append(reading)
        } else {
            running[line] = Running(reading, place: done.count)
            done.append([reading])
        }
    }
    return done.map { Session($0, numbers) }
}

/// A session that may still take a reading.
private struct Running {
    let instrument: InstrumentID
    let arm: Arm
    let isHome: Bool
    let start: HutTime
    var end: HutTime
    let place: Int

    init(_ reading: CuffReading, place: Int) {
        (instrument, arm, isHome) = (reading.instrument, reading.arm, reading.isHome)
        (start, end, self.place) = (reading.at, reading.at, place)
    }

    func isOf(_ reading: CuffReading) -> Bool {
        isHome == reading.isHome && arm == reading.arm && instrument == reading.instrument
    }

    /// Close enough to the one before and to the beginning.
    mutating func takes(_ reading: CuffReading, _ numbers: SessionNumbers) -> Bool {
        let time = reading.at.milliseconds
        guard time - end.milliseconds <= numbers.gap, time - start.milliseconds <= numbers.span else { return false }
        end = reading.at
        return true
    }
}

/// What a day comes to: the mean of its complete sessions, or, where there is none, of its provisional ones.
struct DayValue: Hashable, Sendable {
    let day: LocalDay
    let systolic, diastolic: Int
    let isComplete: Bool
    /// Every session of the day, by its beginning; those that do not count too.
    let sessions: [Session]
    let end: HutTime

    /// nil while nothing of the day is settled.
    init?(_ sessions: [Session], at now: HutTime) {
        // Nearly every day has one session, and years of them are made for each review.
        if sessions.count == 1 {
            guard sessions[0].isSettled(at: now) else { return nil }
            (day, end) = (sessions[0].day, sessions[0].end)
            (systolic, diastolic) = (sessions[0].systolic.rounded, sessions[0].diastolic.rounded)
            isComplete = sessions[0].value?.isComplete == true
            self.sessions = sessions
            return
        }
        var (settled, complete): ([Mean.Pair], [Mean.Pair]) = ([], [])
        for session in sessions where session.isSettled(at: now) {
            settled.append((session.systolic, session.diastolic))
            if session.value?.isComplete == true { complete.append((session.systolic, session.diastolic)) }
        }
        guard !settled.isEmpty else { return nil }
        let counted = complete.isEmpty ? settled : complete
        day = sessions[0].day
        systolic = counted.count == 1 ? counted[0].systolic.rounded : Mean(of: counted.map { $0.systolic }).rounded
        diastolic = counted.count == 1 ? counted[0].diastolic.rounded : Mean(of: counted.map { $0.diastolic }).rounded
        isComplete = !complete.isEmpty
        self.sessions = sessions
        end = sessions.reduce(sessions[0].end) { max($0, $1.end) }
    }

    /// Of all its sessions.
    var readings: [FactSequence] { sessions.flatMap { $0.readings.map(\.sequence) } }

    /// How late its last reading came.
    var lateness: Lateness { sessions[sessions.count - 1].readings.last?.lateness ?? .live }
    /// `152/94`.
    var text: String { "\(systolic)/\(diastolic)" }
}
