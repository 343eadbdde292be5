// The instruments beside the cuff: each asked by its own key, told apart by what it measures, and shown with what the
// rules want said. Whose a value is was decided by attribution, as for the cuff.

import Attribution
import FollowUpRules
import Kiosk
import Ledger
import Vitals

extension Hut {
    /// The instrument of a station that measures this.
    func instrument(for vital: VitalKind, at station: StationID) -> InstrumentID? {
        instruments.values.first { $0.manner.station == station && $0.manner.vital == vital }?.manner.id
    }

    /// S2 `1`: it is me, at an instrument beside the cuff.
    func measure(_ vital: VitalKind, at station: StationID) {
        guard let visit = places[station.rawValue]?.visit else { return }
        guard let instrument = instrument(for: vital, at: station) else {
            return tell(station, .station(.silent(vital)))
        }
        switch attribution.ask(instrument, for: visit.id, arm: .notSaid, rested: .notSaid, now: now) {
        case .asked: startInstrument(instrument)
        case .notReady(.lineDown): tell(station, .station(.silent(vital)))
        // Somebody's finger is in: it has to come out first (rows 2 and 14).
        case .notReady(.cuffBusy): tell(station, .station(.again(vital)))
        case .notReady(.notActive): tell(station, .visitOver)
        }
        arm()
    }

    /// Another screen: whatever this visit had asked, it asks no more.
    func stopAsking(at station: StationID) {
        guard let visit = places[station.rawValue]?.visit else { return }
        for line in instruments.values where line.manner.station == station {
            attribution.stopAsking(line.manner.id, for: visit.id, now: now)
        }
    }

    /// S7.
    func fasting(_ sequence: FactSequence, _ answer: FastingAnswer, at station: StationID) {
        guard let visit = places[station.rawValue]?.visit else { return }
        note([.fasting(sequence, visit.id, answer)])
    }

    /// What an instrument does, to the screen in front of it: the cuff in its own words, the others in theirs.
    func tellAsker(of id: InstrumentID, _ what: InstrumentNews) {
        guard let manner = instruments[id]?.manner, let station = manner.station, let vital = manner.vital else {
            return
        }
        switch what {
        case .began: tell(station, vital == .bloodPressure ? .cuffStarted : .station(.began(vital)))
        case .silent: tell(station, vital == .bloodPressure ? .cuffSilent : .station(.silent(vital)))
        case .released where vital != .bloodPressure: tell(station, .station(.again(vital)))
        case .released: break
        }
    }

    // MARK: results

    /// Shows a value that is on disk to the one who measured it.
    func showValue(_ recorded: RecordedReading, of visit: VisitID, at station: StationID) {
        guard let current = places[station.rawValue]?.visit, current.id == visit else { return }
        let kind = recorded.reading.vital.kind
        let words = advice(for: recorded.reading.vital, isRepeated: current.lows.contains(kind), policy: policy)
        show(StationResult(sequence: recorded.sequence, value: .vital(recorded.reading.vital)), words, at: station)
    }

    /// An instrument measured and had no number: kept, counted by the rules, and said to whoever had asked.
    func measuredNothing(
        _ vital: VitalKind, _ why: NoValueClass, band: BandID?, raw: [UInt8], from id: InstrumentID, token: Int?,
        at now: Now
    ) {
        let (owner, attempt) = attribution.attributeNoValue(band: band, from: id, now: now)
        let station = instruments[id]?.manner.station
        work { hut in
            let fact = Fact.noValue(vital, why, id, station, owner, raw: raw)
            guard let sequence = await hut.append([fact], at: now.hut)?.first else { return }
            hut.acknowledge(token, on: id)
            if band == nil { await hut.review(owner.resident) }
            guard let station, case .visit(let visit) = attempt, let current = hut.places[station.rawValue]?.visit,
                current.id == visit
            else { return }
            if vital == .bloodPressure { return hut.tell(station, .cuffSilent) }
            let words = advice(for: vital, without: why, isRepeated: current.lows.contains(vital))
            hut.show(StationResult(sequence: sequence, value: .missing(vital, why)), words, at: station)
        }
    }

    private func show(_ result: StationResult, _ words: ValueAdvice, at station: StationID) {
        var result = result
        switch words {
        case .none: result.advice = .none
        case .warmTheHand: result.advice = .warmTheHand
        case .lowOxygen: result.advice = .lowOxygen
        case .lowSugar: result.advice = .lowSugar
        case .seeDoctor: result.advice = .seeDoctor
        }
        if words == .warmTheHand { places[station.rawValue]?.visit?.lows.insert(result.kind) }
        tell(station, .station(.result(result)))
    }
}

/// What an instrument is seen to do.
enum InstrumentNews: Sendable {
    case began
    /// The finger is out, the scale is empty.
    case released
    /// No result in time, or the line is gone.
    case silent
}
