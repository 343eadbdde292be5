// A resident's visit: what each key of the resident's kiosk makes the hut do.

import Attribution
import FollowUpRules
import Kiosk
import Ledger
import Vitals

extension Hut {
    /// Carries out what a resident's screen asks for.
    func perform(_ effect: ResidentEffect, at id: String) {
        guard let station = places[id]?.station else { return }
        switch effect {
        case .identify(let number, let pin): identify(number, pin, at: station)
        case .openVisit: openVisit(at: station)
        case .notMe: places[id]?.candidate = nil
        case .openGuestVisit(let keeps, let number): openGuestVisit(keeps: keeps, number: number, at: station)
        case .hintUnowned(let sequence, let number): hint(sequence, number, at: station)
        case .symptoms(let answer): symptoms(answer, at: station)
        case .rest(let rested): rest(rested, at: id)
        case .goToBench: goToBench(at: station)
        case .ask(let arm): ask(arm, at: station)
        case .stopAsking: stopAsking(at: station)
        case .stopCuff: stopCuff(at: station)
        case .confirm(let sequence): confirm(sequence, at: station)
        case .deny(let sequence): deny([sequence], at: station)
        case .denyAll: deny(nil, at: station)
        case .loadRecord: loadRecord(at: station)
        case .request(let request): self.request(request, at: station)
        case .callHelp: callHelp(at: station)
        case .someoneCalling: note([.someoneCalling(station)])
        case .leftByHimself: if let visit = places[id]?.visit { note([.leftByHimself(visit.id)]) }
        case .endVisit(let why): endVisit(why, at: station)
        }
    }

    /// The place at which a visit is the active one.
    func place(of visit: VisitID) -> Place? { places.values.first { $0.visit?.id == visit } }

    // MARK: who

    private func identify(_ number: String, _ pin: String, at station: StationID) {
        let at = now.hut
        work { hut in
            do throws(LedgerError) {
                switch try await hut.ledger.checkPIN(number: number, pin: pin, at: at, station: station) {
                case .right(let entry):
                    hut.places[station.rawValue]?.candidate = entry
                    hut.tell(station, .identified(Visitor(entry)))
                case .wrong: hut.tell(station, .identityRefused)
                case .locked: hut.tell(station, .numberLocked)
                }
            } catch {
                log(.error, "a PIN cannot be checked: \(error.message); hint: \(error.hint)")
                hut.tell(station, .identityRefused)
            }
            hut.arm()
        }
    }

    private func openVisit(at station: StationID) {
        guard let entry = places[station.rawValue]?.candidate else { return }
        places[station.rawValue]?.candidate = nil
        attribution.residentStatus(entry.key, entry.status)
        if let resting = attribution.openVisit(of: entry.key) {
            if resting.station == station { return resume(resting.id, entry, at: station) }
            // She went on to another station: the visit on the other bench is over.
            end(resting.id, .left)
        }
        work { hut in
            guard let last = await hut.lastBody(of: entry.key),
                let sequence = await hut.append([.visitOpened(station, .resident(entry.key), helper: .nobody)])?.first
            else { return }
            let visit = VisitID(rawValue: sequence.rawValue)
            hut.begin(visit, .resident(entry.key), number: entry.resident.number, last: last, at: station)
            await hut.showHome(visit, entry, restedSeconds: nil, at: station)
        }
    }

    private func resume(_ visit: VisitID, _ entry: RosterEntry, at station: StationID) {
        let now = self.now
        let since = attribution.openVisit(visit)?.restingSince ?? now.monotonic
        guard attribution.visitResumed(visit, now: now) else { return tell(station, .stationBusy) }
        let rested = Int((now.monotonic - since).components.seconds)
        places[station.rawValue]?.visit = VisitAtStation(
            id: visit, owner: .resident(entry.key), rested: .byClock(seconds: rested))
        pushHall(station)
        work { hut in
            await hut.append([.visitResumed(visit)])
            await hut.showHome(visit, entry, restedSeconds: rested, at: station)
        }
    }

    private func openGuestVisit(keeps: Bool, number: String?, at station: StationID) {
        let owner = VisitOwner.guest(keeps: keeps, number: number)
        work { hut in
            guard let sequence = await hut.append([.visitOpened(station, owner, helper: .nobody)])?.first else { return }
            let visit = VisitID(rawValue: sequence.rawValue)
            hut.begin(visit, owner, number: nil, last: LastBody(), at: station)
            hut.tell(station, .visit(VisitView(visit: visit, visitor: .guest)))
            hut.arm()
        }
    }

    private func begin(_ visit: VisitID, _ owner: VisitOwner, number: String?, last: LastBody, at station: StationID) {
        if let former = attribution.visitOpened(visit, owner: owner, at: station, last: last, now: now) {
            note([.visitEnded(former, .nextVisitor)])
        }
        places[station.rawValue]?.visit = VisitAtStation(id: visit, owner: owner)
        if let number { benchNumbers[visit] = number }
        unowned[station] = nil
    }

    private func showHome(_ visit: VisitID, _ entry: RosterEntry, restedSeconds: Int?, at station: StationID) async {
        let now = self.now
        guard let history = try? await ledger.history(of: entry.key, now: now.hut) else { return }
        let lines = recordLines(of: history)
        let lastArm = history.readings.last { $0.reading.arm != .notSaid }?.reading.arm
        tell(
            station,
            .visit(
                VisitView(
                    visit: visit, visitor: Visitor(entry), last: lines.first, lastArm: lastArm ?? .notSaid,
                    doctor: configuration.doctor(of: entry.resident), restedSeconds: restedSeconds)))
        arm()
    }

    private func lastBody(of key: ResidentKey) async -> LastBody? {
        guard let readings = try? await ledger.latestReadings(of: key, limit: 200) else { return nil }
        var body = LastBody()
        for recorded in readings.reversed() {
            switch recorded.reading.vital {
            case .weight(let grams): (body.grams, body.weighedAt) = (grams, recorded.reading.measuredAt)
            case .height(let millimetres): body.millimetres = millimetres
            default: break
            }
        }
        return body
    }

    /// Row 8: a result waits for its owner, and somebody typed a number. It confirms nothing.
    private func hint(_ sequence: FactSequence, _ number: String?, at station: StationID) {
        unowned[station] = nil
        note([.readingHinted(sequence, number: number)])
        pushHall(station)
    }

    // MARK: rest and signs

    private func symptoms(_ answer: SymptomAnswer, at station: StationID) {
        let visit = places[station.rawValue]?.visit
        work { hut in
            guard let visit else { return await hut.dangerWithoutVisit(at: station) }
            guard let sequence = await hut.append([.symptoms(visit.id, answer)])?.first else { return }
            if let resident = visit.resident { return await hut.review(resident) }
            await hut.dangerWithoutOwner(answer, sequence, at: station)
        }
    }

    private func rest(_ rested: Rested, at id: String) {
        guard let visit = places[id]?.visit else { return }
        places[id]?.visit?.rested = rested
        note([.rest(visit.id, rested)])
    }

    private func goToBench(at station: StationID) {
        guard let visit = places[station.rawValue]?.visit, attribution.visitRested(visit.id, now: now) else { return }
        places[station.rawValue]?.visit = nil
        note([.visitRested(visit.id)])
        pushHall(station)
    }

    // MARK: the cuff

    func cuff(at station: StationID) -> InstrumentID? {
        instruments.values.first { $0.manner.station == station && $0.manner.vital == .bloodPressure }?.manner.id
    }

    private func ask(_ arm: Arm, at station: StationID) {
        guard let visit = places[station.rawValue]?.visit, let cuff = cuff(at: station) else { return }
        asked(attribution.ask(cuff, for: visit.id, arm: arm, rested: visit.rested, now: now), cuff, at: station)
    }

    /// What follows an asking: the hut starts the cuff where it may, or says why it cannot.
    private func asked(_ answer: AskAnswer, _ cuff: InstrumentID, at station: StationID) {
        switch answer {
        case .asked: startCuff(cuff)
        case .notReady(.lineDown): tell(station, .cuffSilent)
        case .notReady(.cuffBusy): tell(station, .notYours(crisis: false))
        case .notReady(.notActive): tell(station, .visitOver)
        }
    }

    /// Starts the cuff where the settings allow it; otherwise somebody presses the machine's own key.
    func startCuff(_ cuff: InstrumentID) {
        guard attribution.mayStart(cuff), var line = instruments[cuff] else { return }
        let now = self.now
        line.startsByHut = true
        let steps = line.conversation.startMeasurement(at: now.monotonic)
        instruments[cuff] = line
        perform(steps, on: cuff, at: now)
    }

    private func stopAsking(at station: StationID) {
        guard let visit = places[station.rawValue]?.visit, let cuff = cuff(at: station) else { return }
        attribution.stopAsking(cuff, for: visit.id, now: now)
    }

    private func stopCuff(at station: StationID) {
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

    /// Shows a cuff reading that is on disk to the one who measured it.
    func showResult(_ sequence: FactSequence, of visit: VisitID, at station: StationID) async {
        guard let current = places[station.rawValue]?.visit, current.id == visit else { return }
        let now = self.now
        if let resident = current.resident {
            guard let history = try? await ledger.history(of: resident, now: now.hut) else { return }
            let today = history.readings.filter { $0.owner == .resident(resident, visit: visit) }
            tellOutcome(of: today, for: history.resident, openFlags: history.flags, at: station)
        } else if let recorded = try? await ledger.reading(sequence) {
            showGuestResult(recorded, at: station)
        }
    }

    /// A guest's reading is told to the guest alone; one that is not kept is remembered until the visit ends.
    func showGuestResult(_ recorded: RecordedReading, at station: StationID) {
        places[station.rawValue]?.visit?.guestReadings.append(recorded)
        let readings = places[station.rawValue]?.visit?.guestReadings ?? []
        tellOutcome(of: readings, for: nil, openFlags: [], at: station)
    }

    private func tellOutcome(
        of readings: [RecordedReading], for resident: Resident?, openFlags: [Flag], at station: StationID
    ) {
        guard let last = readings.last(where: { $0.reading.vital.kind == .bloodPressure }),
            case .bloodPressure(let pressure) = last.reading.vital,
            let outcome = visitOutcome(
                of: readings, for: resident, openFlags: openFlags, policy: policy, offset: offset)
        else { return }
        tell(
            station,
            .result(
                VisitResult(
                    sequence: last.sequence, pressure: pressure, session: outcome.session, word: outcome.word,
                    isCrisis: outcome.isCrisis, crisisConfirmed: outcome.crisis == .confirmed,
                    crisisNotConfirmed: outcome.crisis == .notConfirmed, isLow: outcome.isLow,
                    asksWhose: outcome.asksWhose, nextDay: outcome.nextDay)))
        arm()
    }

    /// The sessions of a resident, newest first, as *my record* lists them.
    private func recordLines(of history: ResidentHistory) -> [RecordLine] {
        sessions(of: history.readings, policy: policy, offset: offset).reversed().compactMap { session in
            guard let value = session.value,
                let word = valueWord(for: session, of: history.resident, policy: policy)
            else { return nil }
            return RecordLine(day: session.day, value: value, word: word)
        }
    }

    // MARK: was it you?

    private func confirm(_ sequence: FactSequence, at station: StationID) {
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
    private func deny(_ sequences: [FactSequence]?, at station: StationID) {
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

    // MARK: the rest of a visit

    private func loadRecord(at station: StationID) {
        guard let resident = places[station.rawValue]?.visit?.resident else { return tell(station, .record([])) }
        work { hut in
            let now = hut.now.hut
            guard let history = try? await hut.ledger.history(of: resident, now: now) else { return }
            hut.tell(station, .record(hut.recordLines(of: history)))
        }
    }

    private func request(_ request: ResidentRequest, at station: StationID) {
        guard let resident = places[station.rawValue]?.visit?.resident else { return }
        work { hut in
            guard await hut.append([.request(resident, request)]) != nil else { return }
            hut.tell(station, .requestSaved)
            await hut.refreshStaff()
        }
    }

    private func endVisit(_ why: VisitEnd, at station: StationID) {
        guard let visit = places[station.rawValue]?.visit else { return }
        places[station.rawValue]?.visit = nil
        end(visit.id, why)
        pushHall(station)
    }

    /// Ends a visit, active or resting, and records it.
    func end(_ visit: VisitID, _ why: VisitEnd) {
        attribution.visitEnded(visit, why, now: now)
        benchNumbers[visit] = nil
        note([.visitEnded(visit, why)])
    }

    /// Questions without an answer, measurements without a result, benches left too long.
    func attributionDeadline(_ now: Now) {
        for silence in attribution.measurementsOverdue(now: now) {
            guard let station = instruments[silence.instrument]?.manner.station else { continue }
            switch silence.owner {
            case .visit: tell(station, .cuffSilent)
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

extension Visitor {
    init(_ entry: RosterEntry) {
        self.init(maskedName: entry.resident.maskedName, sex: entry.resident.sex, number: entry.resident.number)
    }

    static let guest = Visitor(maskedName: "", sex: nil, number: nil, isGuest: true)
}
