// What one visit of the seeded neighbourhood leaves in a history: answers and readings around the resident's ordinary
// values, now and then an emergency that the rules must not miss.
import Vitals

extension NeighbourYear {
    mutating func visit(_ day: Int) {
        let hour = 9 + day % 6
        let visit = VisitID(rawValue: Int64(day + 1))
        history.lastHeard = time(day, hour: hour)
        let emergency = planted[day]
        answer(emergency == .sign ? .danger : dice.one(in: 25) ? .mild : .none, day, hour, visit)
        pressures(day, hour, visit, isEmergency: emergency == .pressure)
        if neighbour.isDiabetic || dice.one(in: 10) || emergency == .lowSugar || emergency == .highSugar {
            sugar(day, hour, visit, emergency)
        }
        if dice.one(in: 4) || emergency == .oxygen { oxygen(day, hour, visit, isEmergency: emergency == .oxygen) }
        if dice.one(in: 10) {
            add(.temperature(centiCelsius: dice.around(3_660, by: 25)), .thermometer, day, hour, 20, visit)
        }
        if emergency == .call {
            history.signals.append(
                SignalReport(
                    sequence: sequence(), signal: .sos, band: BandID(rawValue: "!433d1f2a"),
                    at: time(day, hour: hour)))
        }
        settle(changes(on: day, hour: hour + 1), day, hour: hour + 1)
        if let emergency {
            tally.planted += 1
            let rings = openFlags.contains { $0.draft.rule == emergency.rule && $0.draft.severity == .critical }
            if !rings { tally.missed.append("\(emergency.rule.rawValue) on day \(day)") }
        }
        count(day)
    }

    private mutating func answer(_ answer: SymptomAnswer, _ day: Int, _ hour: Int, _ visit: VisitID) {
        history.symptoms.append(
            SymptomReport(sequence: sequence(), visit: visit, answer: answer, at: time(day, hour: hour)))
    }

    /// Two readings, a third when they differ; now and then somebody leaves after the first.
    private mutating func pressures(_ day: Int, _ hour: Int, _ visit: VisitID, isEmergency: Bool) {
        let (systolic, diastolic) =
            isEmergency
            ? (198, 112) : (dice.around(neighbour.systolic, by: 6), dice.around(neighbour.diastolic, by: 3))
        let pulse = dice.around(neighbour.pulse, by: 5)
        var values: [(Int, Int)] = []
        while values.count < 2 || (values.count == 2 && abs(values[0].0 - values[1].0) > 10) {
            values.append((dice.around(systolic, by: 4), dice.around(diastolic, by: 3)))
            if !isEmergency, values.count == 1, dice.one(in: 12) { break }
        }
        for (place, value) in values.enumerated() {
            let pressure = BloodPressure(
                systolic: MmHg(value.0), diastolic: MmHg(value.1), pulse: PerMinute(dice.around(pulse, by: 2)),
                irregularPulse: neighbour.resident.conditions.contains(.af) || dice.one(in: 60))
            add(.bloodPressure(pressure), .cuffStation, day, hour, 2 * place, visit)
        }
    }

    private mutating func sugar(_ day: Int, _ hour: Int, _ visit: VisitID, _ emergency: PlantedEmergency?) {
        let isFasting = hour < 11
        var value = dice.around(neighbour.sugar + (isFasting ? 0 : 1_500), by: 500)
        if emergency == .lowSugar { value = 2_700 }
        if emergency == .highSugar { value = 18_200 }
        let fact = add(.glucose(Glucose(micromolesPerLitre: value)), .glucometer, day, hour, 12, visit)
        history.fasting[fact] = isFasting ? .fasting : .eaten
    }

    private mutating func oxygen(_ day: Int, _ hour: Int, _ visit: VisitID, isEmergency: Bool) {
        for minute in [15, 17] {
            let percent = isEmergency ? 82 : min(99, neighbour.oxygen + Int.random(in: -1...1, using: &dice))
            add(.oxygenSaturation(OxygenSaturation(percent: percent)), .oximeter, day, hour, minute, visit)
        }
    }

    @discardableResult
    private mutating func add(
        _ vital: Vital, _ source: SourceClass, _ day: Int, _ hour: Int, _ minute: Int, _ visit: VisitID
    ) -> FactSequence {
        let fact = sequence()
        let reading = Reading(
            vital: vital, receivedAt: time(day, hour: hour) + .seconds(minute * 60),
            instrument: InstrumentID(rawValue: "\(source)-1"), source: source, arm: .right,
            rested: .byClock(seconds: 300))
        history.readings.append(
            RecordedReading(sequence: fact, reading: reading, owner: .resident(history.key, visit: visit)))
        return fact
    }
}
