// What a team and its instruments put into a `Book` beside blood pressures: marks, follow-ups, single values, bands.
import FollowUpRules
import Testing
import Vitals

extension Book {
    @discardableResult
    mutating func measured(
        _ vital: Vital, _ source: SourceClass, _ time: String, visit: Int64? = nil, fasting: FastingAnswer? = nil
    ) -> FactSequence {
        let fact = sequence()
        let reading = Reading(
            vital: vital, receivedAt: at(time), instrument: InstrumentID(rawValue: "\(source)-1"), source: source)
        add(
            RecordedReading(
                sequence: fact, reading: reading,
                owner: .resident(history.key, visit: visit.map { VisitID(rawValue: $0) })))
        history.fasting[fact] = fasting
        return fact
    }

    mutating func spO2(_ percent: Int, _ time: String, pulse: Int? = nil) {
        measured(
            .oxygenSaturation(OxygenSaturation(percent: percent, pulse: pulse.map { PerMinute($0) })), .oximeter, time)
    }

    mutating func body(_ centiCelsius: Int, _ time: String) {
        measured(.temperature(centiCelsius: centiCelsius), .thermometer, time)
    }

    mutating func glucose(_ micromoles: Int, _ time: String, _ fasting: FastingAnswer? = nil) {
        measured(.glucose(Glucose(micromolesPerLitre: micromoles)), .glucometer, time, fasting: fasting)
    }

    mutating func mark(_ mark: ResidentMark) { history.marks.apply(mark) }

    /// A recorded follow-up; entered on its own day at noon where no other time is given.
    @discardableResult
    mutating func followUp(
        _ date: String, _ verdict: VisitClass, _ disease: ManagedDisease = .hypertension,
        by method: FollowUpMethod = .clinic, next: String? = nil, drugs: [String]? = nil, referral: String? = nil,
        insulin: String? = nil, recorded: String? = nil
    ) -> FactSequence {
        var record = FollowUpRecord(resident: history.key, day: day(date), method: method, next: next.map { day($0) })
        switch disease {
        case .hypertension:
            record.hypertension = HypertensionPart(symptoms: Answer([], .asked), visitClass: verdict)
        case .diabetes:
            record.diabetes = DiabetesPart(symptoms: Answer([], .asked), insulin: insulin, visitClass: verdict)
        }
        record.drugs = drugs.map { Answer($0.map { Drug(name: $0, timesEachDay: 1, amount: "1片") }, .asked) }
        record.referral = referral.map { Referral(reason: "血压", place: $0) }
        let fact = sequence()
        history.followUps.append(
            RecordedFollowUp(
                sequence: fact, recordedAt: at(recorded ?? "\(date) 12:00"), by: StaffKey(rawValue: 1), record: record))
        history.followUps.sort { ($0.record.day, $0.sequence) < ($1.record.day, $1.sequence) }
        return fact
    }

    mutating func withdraw(_ followUp: FactSequence) { history.followUps.removeAll { $0.sequence == followUp } }

    @discardableResult
    mutating func promise(_ kind: PromiseKind, for date: String, made: String) -> FactSequence {
        let fact = sequence()
        history.promises.append(
            Promise(sequence: fact, kind: kind, day: day(date), madeAt: at(made), by: StaffKey(rawValue: 1)))
        return fact
    }

    mutating func wear(since: String, heard: String?, isOff: Bool = false) {
        history.bands = [
            WornBand(
                band: BandID(rawValue: "!433d1f2a"), since: at(since), lastHeard: heard.map { at($0) }, isOff: isOff)
        ]
    }

    mutating func bandDay(_ date: String, pulse: Int? = nil, hints: Int = 0) {
        history.wearableDays.append(
            WearableDay(
                day: day(date), restingPulse: pulse.map { PerMinute($0) }, irregularHints: hints, samples: 40))
    }
}

/// A rule's open flag as `severity due`, with `-` for no date; nil when it is not open.
func flag(_ rule: RuleID, of book: Book) -> String? {
    book.allOpen.first { $0.draft.rule == rule }.map { "\($0.draft.severity) \($0.draft.due?.iso ?? "-")" }
}
