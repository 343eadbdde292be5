// A nurse at a kiosk: log-in, lists, and every action that carries her name.

import Attribution
import FollowUpRules
import Kiosk
import Ledger
import Vitals

extension Hut {
    /// Carries out what a staff screen asks for.
    func perform(_ effect: StaffEffect, at id: String) {
        switch effect {
        case .loadStaff: loadStaff(at: id)
        case .logIn(let key, let pin): logIn(key, pin, at: id)
        default:
            // Everything else needs a name; a screen that asks without one has lost its session.
            guard let session = places[id]?.staff else { return tellStaff(at: id, .loginRefused) }
            guard effect.isOpen(to: session.role) else { return tellStaff(at: id, .failed(HutPhrase.notYours)) }
            perform(effect, by: session, at: id)
        }
    }

    private func perform(_ effect: StaffEffect, by session: StaffSession, at id: String) {
        let staff = session.key
        switch effect {
        case .loadStaff, .logIn: break
        case .logOut: staffLeft(id)
        case .loadWorklist:
            places[id]?.staff?.opened(nil)
            work { await $0.sendWorklist(at: id) }
        case .loadResident(let key): look(at: key, by: session, at: id)
        case .loadUnclaimed: work { await $0.sendUnclaimed(at: id) }
        case .find(let text): find(text, at: id)
        case .take(let flag): take(flag, by: session, at: id)
        case .close(let flag, let action, let text): close(flag, action, text, by: session, at: id)
        case .claim(let sequence, let key, let reason):
            change([.readingClaimed(sequence, key, by: staff, reason: reason)], of: sequence, [key], at: id)
        case .move(let sequence, let from, let to, let reason):
            change(
                [.readingMoved(sequence, from: from, to: to, by: staff, reason: reason)], of: sequence, [from, to],
                at: id)
        case .giveBack(let sequence, let reason):
            change([.readingReturned(sequence, by: staff, reason: reason)], of: sequence, [], at: id)
        case .discard(let sequence, let reason, let text):
            change([.readingDiscarded(sequence, reason, by: staff, note: text)], of: sequence, [], at: id)
        case .measure(let key, let arm): measure(key, arm, by: session, at: id)
        case .stopMeasuring: stopMeasuring(session, at: id)
        case .loadNewcomers: work { await $0.sendNewcomers(at: id) }
        case .confirmResident(let key): confirm(key, because: HutPhrase.seenInPerson.chinese, by: staff, at: id)
        case .loadMonitors: work { await $0.sendMonitors(at: id) }
        case .lend(let monitor, let key, let slot): lend(monitor, to: key, userSlot: slot, by: staff, at: id)
        case .takeBack(let monitor, let claims): takeBack(monitor, claims: claims, by: staff, at: id)
        case .typeReading(let key, let pressure, let place): type(pressure, for: key, place: place, by: staff, at: id)
        case .desk(let effect): perform(effect, by: session, at: id)
        case .openForm(let key): openForm(of: key, by: session, at: id)
        case .saveFollowUp(let record): save(record, by: staff, at: id)
        case .saveDraft(let key, let text): saveDraft(text, of: key, by: staff, at: id)
        case .setStatus(let key, let status, let day, let reason):
            set(status, of: key, since: day, because: reason, by: staff, at: id)
        case .loadExams(let day): work { await $0.sendExams(of: day, at: id) }
        case .saveExamItem(let key, let item, let day): save(item, of: key, on: day, by: staff, at: id)
        case .signExam(let key, let day, let signer): sign(key, on: day, signer, by: staff, at: id)
        case .loadSheet(let number): sendSheet(number, at: id)
        case .tick(let sheet, let line, let tick): self.tick(tick, line, of: sheet, by: staff, at: id)
        case .typeEarlierReading(let key, let pressure, let day, let place):
            type(pressure, for: key, on: day, place: place, by: staff, at: id)
        }
    }

    // MARK: the session

    private func loadStaff(at id: String) {
        work { hut in
            let entries = (try? await hut.ledger.staff()) ?? []
            hut.tellStaff(at: id, .staff(entries.filter(\.hasPIN).map { StaffName(key: $0.key, staff: $0.staff) }))
        }
    }

    private func logIn(_ key: StaffKey, _ pin: String, at id: String) {
        let at = now.hut
        let displaysGone = places[id]?.displaysGone
        work { hut in
            switch try? await hut.ledger.checkStaffPIN(key, pin: pin, at: at) {
            case .right(let entry):
                guard await hut.append([.staffLoggedIn(key, place: id)]) != nil,
                    hut.places[id]?.displaysGone == displaysGone
                else { return }
                hut.places[id]?.staff = StaffSession(key: key, name: entry.staff.name, role: entry.staff.role)
                hut.staffArrived(at: id)
                hut.tellStaff(at: id, .loggedIn(StaffName(key: key, staff: entry.staff)))
                await hut.sendAlerts(only: id)
                if entry.staff.role.seesHealth { await hut.sendWorklist(at: id) }
                hut.tellStaff(at: id, .devices(hut.deviceRows()))
                hut.pushHalls()
            case .locked: hut.tellStaff(at: id, .loginLocked)
            case .wrong, nil: hut.tellStaff(at: id, .loginRefused)
            }
            hut.arm()
        }
    }

    /// A visit that was open at this station ends for the nurse; she sees the station's readings from now on.
    private func staffArrived(at id: String) {
        guard let station = places[id]?.station else { return }
        if let former = attribution.staffSession(isOpen: true, at: station, now: now) {
            places[id]?.visit = nil
            benchNumbers[former] = nil
            note([.visitEnded(former, .takenByStaff)])
        }
    }

    /// The session is over: the station is the residents' again.
    func staffLeft(_ id: String) {
        guard let session = places[id]?.staff else { return }
        stopMeasuring(session, at: id)
        places[id]?.staff = nil
        if let station = places[id]?.station { attribution.staffSession(isOpen: false, at: station, now: now) }
        pushHalls()
    }

    // MARK: lists

    private func sendWorklist(at id: String) async { tellStaff(at: id, await worklistOrRefusal()) }

    private func worklistOrRefusal() async -> StaffEvent {
        do {
            return .worklist(try await worklist())
        } catch {
            log(.error, "the worklist cannot be read: \(error.message); hint: \(error.hint)")
            return .failed(HutPhrase.ledgerFailed)
        }
    }

    private func sendCard(_ key: ResidentKey, at id: String) async {
        do {
            guard let card = try await residentCard(key) else { return tellStaff(at: id, .failed(HutPhrase.notFound)) }
            tellStaff(at: id, .resident(card))
        } catch {
            cannotRead("the page of a resident", error, at: id)
        }
    }

    /// Who looks at a record is a fact, once for each time that the page is opened (audit).
    private func look(at key: ResidentKey, by session: StaffSession, at id: String) {
        let isNew = session.resident != key
        places[id]?.staff?.opened(key)
        work { hut in
            if isNew { await hut.append([.recordSeen(key, by: session.key, place: id)]) }
            await hut.sendCard(key, at: id)
        }
    }

    func sendUnclaimed(at id: String) async {
        guard let rows = try? await unclaimedRows() else { return tellStaff(at: id, .failed(HutPhrase.ledgerFailed)) }
        tellStaff(at: id, .unclaimed(rows))
    }

    private func find(_ text: String, at id: String) {
        let seesHealth = places[id]?.staff?.role.seesHealth ?? false
        work { hut in
            let found = (try? await hut.ledger.find(text, limit: 50)) ?? []
            var candidates: [Candidate] = []
            for entry in found { candidates.append(await hut.candidate(entry, withValues: seesHealth)) }
            hut.tellStaff(at: id, .found(text, candidates))
        }
    }

    /// Refreshes every staff screen after something changed; the alerts only where they can have changed.
    func refreshStaff(alerts: Bool = true) async {
        if alerts { await sendAlerts() }
        let seeing = places.filter { $0.value.staff?.role.seesHealth == true }
        guard !seeing.isEmpty else { return }
        // One list for every screen: it costs more than all of them.
        let list = await worklistOrRefusal()
        for id in seeing.keys {
            tellStaff(at: id, list)
            guard let session = places[id]?.staff, session.role.seesHealth else { continue }
            if let key = session.resident { await sendCard(key, at: id) }
            if let key = session.form { await sendForm(of: key, by: session.key, at: id) }
        }
    }

    /// What a desk shows before anybody logs in.
    func refreshDesk(_ id: String) {
        guard case .desk = places[id]?.kind, places[id]?.staff == nil else { return }
        loadStaff(at: id)
        work { await $0.sendAlerts(only: id) }
    }

    private func sendAlerts(only id: String? = nil) async {
        guard let alerts = try? await staffAlerts() else { return }
        noteHelpWanted(alerts)
        // A desk rings before anybody has logged in; its screen then says where help is needed, never who.
        for place in places.values where place.hearsAlerts && (id == nil || id == place.id) {
            let seesHealth = place.staff?.role.seesHealth ?? false
            tellStaff(at: place.id, .alerts(seesHealth ? alerts : alerts.map(\.withoutPerson)))
        }
    }
}
