// A resident at the cuff: asked, started, shown, and *was it you?*. Whose a reading is was decided by attribution;
// here its answers become effects.

import Attribution
import FollowUpRules
import Kiosk
import Ledger
import Vitals

extension Hut {
    func cuff(at station: StationID) -> InstrumentID? { instrument(for: .bloodPressure, at: station) }

    func ask(_ arm: Arm, at station: StationID) {
        guard let visit = places[station.rawValue]?.visit, let cuff = cuff(at: station) else { return }
        asked(attribution.ask(cuff, for: visit.id, arm: arm, rested: visit.rested, now: now), cuff, at: station)
    }

    /// What follows an asking: the hut starts the cuff where it may, or says why it cannot.
    private func asked(_ answer: AskAnswer, _ cuff: InstrumentID, at station: StationID) {
        switch answer {
        case .asked: startInstrument(cuff)
        case .notReady(.lineDown): tell(station, .cuffSilent)
        // A measurement is running that nobody here asked for; its result will say so (rows 2 and 14).
        case .notReady(.cuffBusy): break
        case .notReady(.notActive): tell(station, .visitOver)
        }
    }

    /// Starts an instrument where the settings allow it; otherwise somebody presses the machine's own key.
    func startInstrument(_ id: InstrumentID) {
        guard attribution.mayStart(id), var line = instruments[id] else { return }
        let now = self.now
        line.startsByHut = true
        let steps = line.conversation.startMeasurement(at: now.monotonic)
        instruments[id] = line
        perform(steps, on: id, at: now)
    }

    func stopCuff(at station: StationID) {
        guard let cuff = cuff(at: station), var line = instruments[cuff], line.manner.mayStart else { return }
        let now = self.now
        let steps = line.conversation.stopMeasurement(at: now.monotonic)
        instruments[cuff] = line
        perform(steps, on: cuff, at: now)
    }

    /// Counts a failed attempt and tells the screen.
    func attemptFailed(_ fault: DeviceFault, _ visit: VisitID, at station: StationID) {
        guard places[station.rawValue]?.visit?.id == visit else { return }
        places[station.rawValue]?.visit?.failures += 1
        var meaning: LocalizedText?
        if case .deviceError(_, let words, _) = fault { meaning = words }
        tell(
            station,
            .attemptFailed(fault.kind, meaning: meaning, attempt: places[station.rawValue]?.visit?.failures ?? 1))
        arm()
    }

    /// Shows a reading that is on disk, or of a guest who keeps nothing, to the one who measured it.
    func showResult(_ sequence: FactSequence, of visit: VisitID, at station: StationID) async {
        guard let counted = places[station.rawValue]?.visit?.counted[sequence] else {
            guard let recorded = (try? await ledger.reading(sequence)) ?? nil else { return }
            return await showResult(recorded, of: visit, at: station)
        }
        showGuestResult(counted, at: station)
    }

    private func showResult(_ recorded: RecordedReading, of visit: VisitID, at station: StationID) async {
        guard let current = places[station.rawValue]?.visit, current.id == visit else { return }
        guard recorded.reading.vital.kind == .bloodPressure else { return showValue(recorded, of: visit, at: station) }
        let now = self.now
        if let resident = current.resident {
            guard let history = try? await ledger.history(of: resident, now: now.hut, offset: offset) else { return }
            let today = history.readings.filter { $0.owner == .resident(resident, visit: visit) }
            // Nothing of the past is said to a helper.
            let praise = current.helper == .nobody ? praise(of: history) : nil
            tellOutcome(
                of: today, for: history.resident, marks: history.marks, openFlags: history.flags, praise: praise,
                at: station)
        } else {
            showGuestResult(recorded, at: station)
        }
    }

    /// A guest's reading is told to the guest alone; one that is not kept is remembered until the visit ends.
    func showGuestResult(_ recorded: RecordedReading, at station: StationID) {
        if recorded.reading.vital.kind != .bloodPressure, let visit = places[station.rawValue]?.visit?.id {
            return showValue(recorded, of: visit, at: station)
        }
        places[station.rawValue]?.visit?.guestReadings.append(recorded)
        let readings = places[station.rawValue]?.visit?.guestReadings ?? []
        tellOutcome(of: readings, for: nil, openFlags: [], at: station)
    }

    private func tellOutcome(
        of readings: [RecordedReading], for resident: Resident?, marks: ResidentMarks = ResidentMarks(),
        openFlags: [Flag], praise: LocalizedText? = nil, at station: StationID
    ) {
        guard let last = readings.last(where: { $0.reading.vital.kind == .bloodPressure }),
            case .bloodPressure(let pressure) = last.reading.vital,
            let outcome = visitOutcome(
                of: readings, for: resident, marks: marks, openFlags: openFlags, policy: policy, offset: offset)
        else { return }
        var result = VisitResult(
            sequence: last.sequence, pressure: pressure, session: outcome.session, word: outcome.word,
            isCrisis: outcome.isCrisis, crisisConfirmed: outcome.crisis == .confirmed,
            crisisNotConfirmed: outcome.crisis == .notConfirmed, isLow: outcome.isLow,
            asksWhose: outcome.asksWhose, nextDay: outcome.nextDay)
        if outcome.session.isComplete, outcome.word.isInRange { result.better = praise }
        tell(station, .result(result))
        arm()
    }

    /// The sessions of a resident, newest first, as *my record* lists them.
    func recordLines(of history: ResidentHistory) -> [RecordLine] {
        sessions(of: history.readings, policy: policy, offset: offset).reversed().compactMap { session in
            guard let value = session.value,
                let word = valueWord(for: session, of: history.resident, marks: history.marks, policy: policy)
            else { return nil }
            return RecordLine(day: session.day, value: value, word: word)
        }
    }

    // MARK: was it you?

    func confirm(_ sequence: FactSequence, at station: StationID) {
        guard let visit = places[station.rawValue]?.visit else { return }
        guard case .confirmed(let owner) = attribution.confirm(sequence, by: visit.id, now: now) else {
            return tell(station, .notYours(crisis: false))
        }
        work { hut in
            if case .resident(let key, _) = owner {
                guard await hut.append([.readingConfirmed(sequence, visit.id)]) != nil else { return }
                await hut.endUnclaimedFlag(sequence, because: .claimed)
                await hut.review(key)
            }
            await hut.showResult(sequence, of: visit.id, at: station)
        }
    }

    /// Sets aside one reading, or all of the visit when `sequences` is nil.
    func deny(_ sequences: [FactSequence]?, at station: StationID) {
        guard let visit = places[station.rawValue]?.visit else { return }
        let now = self.now
        let denied =
            sequences?.filter { attribution.deny($0, by: visit.id, now: now) == .setAside }
            ?? attribution.denyAll(visit.id)
        tell(station, .setAside)
        guard !denied.isEmpty else { return }
        work { hut in
            await hut.append(denied.map { .readingDenied($0, visit.id) })
            for sequence in denied { await hut.settleUnclaimed(sequence) }
            await hut.review(visit.resident)
        }
    }

    // MARK: what nobody answered

    /// Questions without an answer, measurements without a result, benches left too long.
    func attributionDeadline(_ now: Now) {
        for silence in attribution.measurementsOverdue(now: now) {
            guard let station = instruments[silence.instrument]?.manner.station else { continue }
            switch silence.owner {
            case .visit: tellAsker(of: silence.instrument, .silent)
            case .staff: tellStaff(station, .failed(HutPhrase.cuffSilent))
            case .nobody: break
            }
        }
        // The screen has its own 30 s for K12; the readings are on disk, unclaimed, already.
        for sequence in attribution.answerOverdue(now: now) { work { await $0.settleUnclaimed(sequence) } }
        for visit in attribution.visitsOverdue(now: now) {
            benchNumbers[visit] = nil
            note([.visitEnded(visit, .benchTimeOver)])
        }
        pushHalls()
    }
}
