// One reading is not a result. Readings of one resident on one cuff and one arm, close together, make a session; the
// sessions of a day make a day value, so that measuring twice on a day is one occasion (clinical-rules 5.2).
//
// A mean is kept exact until it is shown or compared: mean first, half up once.
import Vitals

/// An exact mean of whole numbers.
struct Mean: Hashable, Sendable {
    private(set) var sum, count: Int

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
        let usable = readings.filter(\.isUsable)
        let averaged: ArraySlice<CuffReading>
        switch numbers.averaging {
        case .lastTwo: averaged = usable.suffix(2)
        case .all: averaged = usable[...]
        }
        (systolic, diastolic) = (Mean(averaged.map(\.systolic)), Mean(averaged.map(\.diastolic)))
        guard !usable.isEmpty else {
            value = nil
            return
        }
        let pulse = Mean(averaged.compactMap(\.pulse))
        value = SessionValue(
            systolic: MmHg(systolic.rounded), diastolic: MmHg(diastolic.rounded),
            pulse: pulse.count == 0 ? nil : PerMinute(pulse.rounded), count: usable.count,
            isComplete: usable.count > 2 || (usable.count == 2 && usable[0].agrees(with: usable[1], numbers)))
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
    /// The place in `done` of the newest session of each cuff and arm; a handful.
    var running: [(first: CuffReading, place: Int)] = []
    for reading in readings {
        let line = running.firstIndex {
            $0.first.instrument == reading.instrument && $0.first.arm == reading.arm
                && $0.first.isHome == reading.isHome
        }
        let time = reading.at.milliseconds
        if let line, let last = done[running[line].place].last?.at.milliseconds, time - last <= numbers.gap,
            time - running[line].first.at.milliseconds <= numbers.span
        {
            done[running[line].place].append(reading)
        } else if let line {
            running[line] = (reading, done.count)
            done.append([reading])
        } else {
            running.append((reading, done.count))
            done.append([reading])
        }
    }
    return done.map { Session($0, numbers) }
}

/// What a day comes to: the mean of its complete sessions, or, where there is none, of its provisional ones.
struct DayValue: Hashable, Sendable {
    let day: LocalDay
    let systolic, diastolic: Int
    let isComplete: Bool
    /// Every session of the day, by its beginning; those that do not count too.
    let sessions: [Session]
    /// Of all its sessions.
    let readings: [FactSequence]
    let end: HutTime

    /// nil while nothing of the day is settled.
    init?(_ sessions: [Session], at now: HutTime) {
        let settled = sessions.filter { $0.isSettled(at: now) }
        let complete = settled.filter { $0.value?.isComplete == true }
        let counted = complete.isEmpty ? settled : complete
        guard let first = counted.first else { return nil }
        day = first.day
        systolic = Mean(of: counted.map(\.systolic)).rounded
        diastolic = Mean(of: counted.map(\.diastolic)).rounded
        isComplete = !complete.isEmpty
        self.sessions = sessions
        readings = sessions.flatMap { $0.readings.lazy.map(\.sequence) }
        end = sessions.lazy.map(\.end).max() ?? first.end
    }

    /// How late its last reading came.
    var lateness: Lateness { sessions[sessions.count - 1].readings.last?.lateness ?? .live }
    /// `152/94`.
    var text: String { "\(systolic)/\(diastolic)" }
}
