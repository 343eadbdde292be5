// Random short histories for PropertyTests: every kind of fact that the rules read, by time, of invented people. Seeded,
// so that a failure can be told again.
import FollowUpRules
import Vitals

/// What a story draws.
extension SeededChance {
    mutating func number(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(next() % UInt64(range.upperBound - range.lowerBound + 1))
    }

    mutating func one(in number: Int) -> Bool { self.number(1...number) == 1 }
    mutating func pick<Element>(_ choices: [Element]) -> Element { choices[number(0...(choices.count - 1))] }
}

/// One fact of a history, in its place in time.
enum Piece {
    case reading(RecordedReading)
    case sugar(RecordedReading, FastingAnswer)
    case symptom(SymptomReport)
    case failure(FailedAttempt)
    case signal(SignalReport)
    case noValue(NoValueReport)
    case followUp(RecordedFollowUp)
    case promise(Promise)
    case mark(ResidentMark)

    /// Puts it where the ledger would: readings by time, follow-ups by day.
    func add(to history: inout ResidentHistory) {
        switch self {
        case .reading(let reading): history.insert(reading)
        case .sugar(let reading, let answer):
            history.insert(reading)
            history.fasting[reading.sequence] = answer
        case .symptom(let report): history.symptoms.append(report)
        case .failure(let attempt): history.failedAttempts.append(attempt)
        case .signal(let report): history.signals.append(report)
        case .noValue(let report): history.noValues.append(report)
        case .followUp(let followUp):
            history.followUps.append(followUp)
            history.followUps.sort { ($0.record.day, $0.sequence) < ($1.record.day, $1.sequence) }
        case .promise(let promise): history.promises.append(promise)
        case .mark(let mark): history.marks.apply(mark)
        }
    }
}

extension ResidentHistory {
    mutating func insert(_ reading: RecordedReading) {
        let key = (reading.reading.measuredAt, reading.sequence)
        let place = readings.firstIndex { ($0.reading.measuredAt, $0.sequence) > key } ?? readings.count
        readings.insert(reading, at: place)
    }
}

private let residents = [
    People.adult, People.elder, People.knownAdult, People.knownElder, People.knownDiabetic, People.child,
    People.ageless, Resident(number: "080", name: "赵敏", birth: LocalDay(iso: "1994-02-02"), conditions: [.pregnant]),
    Resident(number: "081", name: "孙有田", birth: People.birth, conditions: [.copd, .af]),
]

/// Visits of one resident by time, each with a few facts.
struct Story {
    /// Later than every fact; nothing of a session is still to come.
    static let end = at("2026-12-31 12:00")

    let resident: Resident
    var visits: [[Piece]] = []
    private var next: Int64 = 1
    /// One mark a story: of two, the later said holds, and that is no matter of arrival.
    private var hasMark = false

    init(_ dice: inout SeededChance) {
        resident = dice.pick(residents)
        var date = day("2026-10-01")
        for visit in 1...dice.number(1...3) {
            date = date + dice.pick([0, 1, 1, 3, 7, 14, 20])
            // By day, so that a change of the time zone by an hour moves nothing over midnight.
            let start = shanghai.start(of: date) + .seconds((5 + 4 * visit) * 3_600)
            visits.append(pieces(of: Int64(visit), from: start, &dice))
        }
    }

    var pieces: [Piece] { visits.flatMap(\.self) }

    /// The history with these facts, and nothing else.
    func history(_ pieces: [Piece]) -> ResidentHistory {
        var history = ResidentHistory(key: ResidentKey(rawValue: 7), resident: resident, addedAt: at("2026-09-20"))
        for piece in pieces { piece.add(to: &history) }
        return history
    }

    mutating func sequence() -> FactSequence {
        defer { next += 1 }
        return FactSequence(rawValue: next)
    }

    private mutating func pieces(of visit: Int64, from start: HutTime, _ dice: inout SeededChance) -> [Piece] {
        (0..<dice.number(1...3)).map { step in
            let time = start + .seconds(step * dice.pick([61, 120, 400]))
            return dice.one(in: 3) ? other(at: time, visit, &dice) : .reading(cuff(at: time, visit, &dice))
        }
    }

    private mutating func other(at time: HutTime, _ visit: Int64, _ dice: inout SeededChance) -> Piece {
        let (name, fact) = (VisitID(rawValue: visit), sequence())
        let band = BandID(rawValue: "!433d1f2a")
        switch dice.number(0...11) {
        case 0, 1:
            let answers: [SymptomAnswer] = [.none, .mild, .danger, .silence, .slip, .dizzy, .dizzySilence]
            return .symptom(SymptomReport(sequence: fact, visit: name, answer: dice.pick(answers), at: time))
        case 2: return .failure(FailedAttempt(sequence: fact, visit: name, at: time))
        case 3: return .signal(SignalReport(sequence: fact, signal: dice.pick([.sos, .removed]), band: band, at: time))
        case 4:
            let kind = dice.pick([VitalKind.glucose, .oxygenSaturation, .temperature])
            return .noValue(
                NoValueReport(
                    sequence: fact, kind: kind, why: dice.pick([.aboveRange, .belowRange, .fault]),
                    instrument: InstrumentID(rawValue: "meter-1"), visit: name, at: time))
        case 5, 6: return .followUp(followUp(fact, at: time, &dice))
        case 7:
            let date = shanghai.day(of: time) + dice.number(1...90)
            return .promise(
                Promise(sequence: fact, kind: .call, day: date, madeAt: time, by: StaffKey(rawValue: 1)))
        case 8 where !hasMark:
            hasMark = true
            return .mark(mark(&dice))
        case 9:
            let percent = dice.pick([80, 85, 86, 91, 92, 93, 94, 97])
            let pulse = PerMinute(dice.pick([38, 40, 70, 101, 131]))
            return .reading(
                single(fact, .oxygenSaturation(OxygenSaturation(percent: percent, pulse: pulse)), .oximeter, time, name)
            )
        case 10:
            let celsius = dice.pick([3_480, 3_500, 3_650, 3_810, 3_900, 3_950])
            return .reading(single(fact, .temperature(centiCelsius: celsius), .thermometer, time, name))
        default:
            let glucose = Glucose(
                micromolesPerLitre: dice.pick([2_900, 3_900, 5_600, 6_500, 7_200, 10_100, 12_000, 17_000]))
            return .sugar(single(fact, .glucose(glucose), .glucometer, time, name), dice.pick([.fasting, .eaten]))
        }
    }

    private func single(
        _ fact: FactSequence, _ vital: Vital, _ source: SourceClass, _ time: HutTime, _ visit: VisitID
    ) -> RecordedReading {
        let reading = Reading(
            vital: vital, receivedAt: time, instrument: InstrumentID(rawValue: "\(source)-1"), source: source)
        return RecordedReading(
            sequence: fact, reading: reading, owner: .resident(ResidentKey(rawValue: 7), visit: visit))
    }

    private func followUp(_ fact: FactSequence, at time: HutTime, _ dice: inout SeededChance) -> RecordedFollowUp {
        let date = shanghai.day(of: time)
        var record = FollowUpRecord(
            resident: ResidentKey(rawValue: 7), day: date, method: dice.pick([.clinic, .phone]),
            next: dice.one(in: 2) ? date + 30 : nil)
        let verdict = dice.pick(VisitClass.allCases)
        if dice.one(in: 3) {
            record.diabetes = DiabetesPart(symptoms: Answer([], .asked), visitClass: verdict)
        } else {
            record.hypertension = HypertensionPart(symptoms: Answer([], .asked), visitClass: verdict)
        }
        if dice.one(in: 5) { record.referral = Referral(reason: "血压", place: "市医院") }
        return RecordedFollowUp(sequence: fact, recordedAt: time, by: StaffKey(rawValue: 1), record: record)
    }

    private func mark(_ dice: inout SeededChance) -> ResidentMark {
        let since = day("2026-10-01") + dice.number(0...40)
        return dice.pick([
            .condition(dice.pick(Condition.allCases), since: since, until: dice.one(in: 2) ? since + 60 : nil),
            .limit(PressureLimit(systolic: 130, diastolic: 80)), .managed(.hypertension, since: since),
            .risk(.saltyFood, true), .livesAlone(true),
        ])
    }

    private mutating func cuff(at time: HutTime, _ visit: Int64, _ dice: inout SeededChance) -> RecordedReading {
        let systolic = dice.pick([78, 80, 88, 90, 118, 130, 139, 140, 149, 150, 158, 160, 172, 179, 180, 190, 215])
        let diastolic = min(dice.pick([48, 55, 60, 78, 89, 90, 99, 100, 109, 110, 118]), systolic - 20)
        let reading = Reading(
            vital: .bloodPressure(
                BloodPressure(
                    systolic: MmHg(systolic), diastolic: MmHg(diastolic),
                    pulse: PerMinute(dice.pick([40, 45, 50, 72, 101, 135])),
                    irregularPulse: dice.one(in: 3), moved: dice.one(in: 8))),
            receivedAt: dice.one(in: 15) ? time + .seconds(90_000) : time, measuredAt: time,
            timeConfidence: dice.one(in: 25) ? .clockChanged : .ok,
            instrument: InstrumentID(rawValue: dice.one(in: 6) ? "cuff-2" : "cuff-1"),
            source: dice.one(in: 8) ? .cuffHome : .cuffStation, arm: dice.one(in: 6) ? .left : .right,
            rested: .byOwnWord)
        return RecordedReading(
            sequence: sequence(), reading: reading,
            owner: .resident(ResidentKey(rawValue: 7), visit: VisitID(rawValue: visit)))
    }

    /// What a wristband says at the same time; in no rule of blood pressure, oxygen, pulse or fever.
    mutating func wearables(_ dice: inout SeededChance) -> [RecordedReading] {
        let vitals: [Vital] = [
            .bloodPressure(BloodPressure(systolic: 240, diastolic: 140, pulse: 150)),
            .wearableBloodPressure(WearableBloodPressure(systolic: 60, diastolic: 35)), .pulseRate(150),
            .oxygenSaturation(OxygenSaturation(percent: 70, pulse: 150)), .temperature(centiCelsius: 4_100),
        ]
        return vitals.map { vital in
            let time = at("2026-10-01 09:00") + .seconds(dice.number(0...4_000_000))
            let reading = Reading(
                vital: vital, receivedAt: time, instrument: InstrumentID(rawValue: "bands"),
                band: BandID(rawValue: "!433d1f2a"), source: .wearable)
            return RecordedReading(
                sequence: sequence(), reading: reading, owner: .resident(ResidentKey(rawValue: 7), visit: nil))
        }
    }
}

extension Vital {
    /// A little worse, in the direction in which it already is.
    mutating func worsen(_ dice: inout SeededChance) {
        switch self {
        case .bloodPressure(var pressure):
            pressure.systolic = MmHg(pressure.systolic.value + dice.number(1...80))
            pressure.diastolic = MmHg(pressure.diastolic.value + dice.number(0...10))
            self = .bloodPressure(pressure)
        case .oxygenSaturation(var oxygen):
            oxygen.percent -= dice.number(1...15)
            self = .oxygenSaturation(oxygen)
        case .temperature(let celsius) where celsius > 3_700: self = .temperature(centiCelsius: celsius + 100)
        case .temperature(let celsius): self = .temperature(centiCelsius: celsius - 50)
        case .glucose(var glucose):
            glucose.micromolesPerLitre += glucose.micromolesPerLitre < 5_000 ? -900 : 2_000
            self = .glucose(glucose)
        case .wearableBloodPressure, .pulseRate, .surfaceTemperature, .weight, .height: break
        }
    }
}
