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
        case .helping: helping(at: id)
        case .openHelpedVisit: openHelpedVisit(at: station)
        case .notMe: forgetApplicant(id)
        case .answerSeen(let fact): answerSeen(fact, at: station)
        case .enrol(let consent): enrol(consent: consent, at: station)
        case .changeVisitor: changeVisitor(at: station)
        case .openGuestVisit(let keeps, let number): openGuestVisit(keeps: keeps, number: number, at: station)
        case .hintUnowned(let sequence, let number): hint(sequence, number, at: station)
        case .symptoms(let answer): symptoms(answer, at: station)
        case .rest(let rested): rest(rested, at: id)
        case .goToBench: goToBench(at: station)
        case .ask(let arm): ask(arm, at: station)
        case .measure(let vital): measure(vital, at: station)
        case .fasting(let sequence, let answer): fasting(sequence, answer, at: station)
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
        case .printSlip(let slip): printSlip(slip, at: station)
        }
    }

    /// The place at which a visit is the active one.
    func place(of visit: VisitID) -> Place? { places.values.first { $0.visit?.id == visit } }

    // MARK: who

    private func identify(_ number: String, _ pin: String, at station: StationID) {
        let at = now.hut
        places[station.rawValue]?.identifications += 1
        places[station.rawValue]?.applicant = nil
        let question = places[station.rawValue]?.identifications
        work { hut in
            do throws(LedgerError) {
                let verdict = try await hut.ledger.checkPIN(number: number, pin: pin, at: at, station: station)
                guard hut.places[station.rawValue]?.identifications == question else { return }
                switch verdict {
                case .right(let entry):
                    hut.places[station.rawValue]?.applicant = .resident(entry, by: nil)
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
        let id = station.rawValue
        guard case .resident(let entry, let kind)? = places[id]?.applicant, places[id]?.isOpening == false else {
            return
        }
        let recordNeedsPIN = kind != nil && entry.hasPIN
        forgetApplicant(id)
        attribution.residentStatus(entry.key, entry.status)
        let helper = takeVolunteer(at: id)
        if let resting = attribution.openVisit(of: entry.key) {
            // A rest without the helper is no part of a visit with her.
            if resting.station == station, helper == .nobody {
                return resume(resting.id, entry, recordNeedsPIN, at: station)
            }
            leave(resting.id, at: resting.station)
        }
        places[id]?.isOpening = true
        work { hut in
            defer { hut.places[id]?.isOpening = false }
            await hut.openVisit(of: entry, by: helper, recordNeedsPIN: recordNeedsPIN, at: station)
        }
    }

    /// She went on to another station, or comes back otherwise: her visit at the first is over, on the bench or in front
    /// of the kiosk.
    func leave(_ visit: VisitID, at station: StationID) {
        if let place = place(of: visit)?.id {
            places[place]?.visit = nil
            tell(station, .visitOver)
        }
        end(visit, .left)
    }

    /// Opens a visit, on disk first, and shows it.
    func openVisit(of entry: RosterEntry, by helper: Helper = .nobody, recordNeedsPIN: Bool, at station: StationID)
        async
    {
        guard let last = await lastBody(of: entry.key),
            let sequence = await append([.visitOpened(station, .resident(entry.key), helper: helper)])?.first
        else { return }
        let visit = VisitID(rawValue: sequence.rawValue)
        begin(visit, .resident(entry.key), by: helper, number: entry.resident.number, last: last, at: station)
        await showHome(visit, entry, restedSeconds: nil, recordNeedsPIN, at: station)
        // Who comes is heard of: what stands because nothing was heard ends now, not at midnight (LV-01).
        await review(entry.key)
    }

    private func resume(_ visit: VisitID, _ entry: RosterEntry, _ recordNeedsPIN: Bool, at station: StationID) {
        let now = self.now
        let since = attribution.openVisit(visit)?.restingSince ?? now.monotonic
        guard attribution.visitResumed(visit, now: now) else { return tell(station, .stationBusy) }
        let rested = Int((now.monotonic - since).components.seconds)
        places[station.rawValue]?.visit = VisitAtStation(
            id: visit, owner: .resident(entry.key), rested: .byClock(seconds: rested))
        pushHall(station)
        work { hut in
            await hut.append([.visitResumed(visit)])
            await hut.showHome(visit, entry, restedSeconds: rested, recordNeedsPIN, at: station)
        }
    }

    private func openGuestVisit(keeps: Bool, number: String?, at station: StationID) {
        let owner = VisitOwner.guest(keeps: keeps, number: number)
        forgetApplicant(station.rawValue)
        let helper = takeVolunteer(at: station.rawValue)
        work { hut in
            guard let sequence = await hut.append([.visitOpened(station, owner, helper: helper)])?.first else {
                return
            }
            let visit = VisitID(rawValue: sequence.rawValue)
            hut.begin(visit, owner, by: helper, number: nil, last: LastBody(), at: station)
            hut.tell(station, .visit(VisitView(visit: visit, visitor: .guest)))
            hut.arm()
        }
    }

    private func begin(
        _ visit: VisitID, _ owner: VisitOwner, by helper: Helper = .nobody, number: String?, last: LastBody,
        at station: StationID
    ) {
        if let former = attribution.visitOpened(visit, owner: owner, helper: helper, at: station, last: last, now: now)
        {
            note([.visitEnded(former, .nextVisitor)])
        }
        places[station.rawValue]?.visit = VisitAtStation(id: visit, owner: owner, helper: helper)
        if let number { benchNumbers[visit] = number }
        unowned[station] = nil
    }

    private func showHome(
        _ visit: VisitID, _ entry: RosterEntry, restedSeconds: Int?, _ recordNeedsPIN: Bool, at station: StationID
    ) async {
        let now = self.now
        guard let history = try? await ledger.history(of: entry.key, now: now.hut, offset: offset) else { return }
        let isHelped = (places[station.rawValue]?.visit?.helper ?? .nobody) != .nobody
        let lines = isHelped ? [] : recordLines(of: history)
        var view = VisitView(
            visit: visit, visitor: Visitor(entry), last: lines.first, lastArm: history.usualArm ?? .notSaid,
            doctor: configuration.doctor(of: entry.resident), restedSeconds: restedSeconds,
            recordNeedsPIN: recordNeedsPIN, isHelped: isHelped)
        view.neverArms = history.marks.neverArms
        if !isHelped { view.words = await nurseWords(for: entry.key) }
        tell(station, .visit(view))
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
        lying.over(at: station, quiet: LyingTokens.afterVisit, now: now)
        note([.visitRested(visit.id)])
        pushHall(station)
    }

    // MARK: the rest of a visit

    private func loadRecord(at station: StationID) {
        guard let visit = places[station.rawValue]?.visit, let resident = visit.resident, visit.helper == .nobody else {
            return tell(station, .record([]))
        }
        work { hut in
            let now = hut.now.hut
            let (ledger, offset) = (hut.ledger, hut.offset)
            guard let history = try? await ledger.history(of: resident, now: now, offset: offset) else { return }
            hut.tell(station, .record(hut.recordLines(of: history)))
            if let better = hut.improvement(of: history) { hut.tell(station, .improvement(better)) }
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
        if let open = attribution.openVisit(visit), open.restingSince == nil {
            lying.over(at: open.station, quiet: LyingTokens.afterVisit, now: now)
        }
        attribution.visitEnded(visit, why, now: now)
        benchNumbers[visit] = nil
        note([.visitEnded(visit, why)])
    }
}

extension Visitor {
    init(_ entry: RosterEntry) {
        self.init(maskedName: entry.resident.maskedName, sex: entry.resident.sex, number: entry.resident.number)
    }

    /// Whoever laid down a card that nobody has linked.
    init(_ card: IdentityCard) {
        self.init(maskedName: Resident(number: "", name: card.name).maskedName, sex: card.sex, number: nil)
    }

    static let guest = Visitor(maskedName: "", sex: nil, number: nil, isGuest: true)
}
