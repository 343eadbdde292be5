// The desk: which chapter carries out what a staff screen asks for beside measuring and the form.

import FollowUpRules
import Kiosk
import Ledger
import Vitals

extension Hut {
    /// Carries out an act of care, or answers a load.
    func perform(_ effect: DeskEffect, by session: StaffSession, at id: String) {
        let staff = session.key
        switch effect {
        case .loadHidden: work { await $0.sendHidden(at: id) }
        case .loadRequests: work { await $0.sendRequests(at: id) }
        case .loadHistory(let key, let before): lookBack(at: key, before: before, by: session, at: id)
        case .loadDay(let day): work { await $0.sendDay(day, at: id) }
        case .loadCallSheet(let kind): work { await $0.sendCallSheet(kind, by: session, at: id) }
        case .loadLastSheet(let kind): work { await $0.sendLastSheet(kind, by: session, at: id) }
        case .loadCountersigns: work { await $0.sendCountersigns(at: id) }
        case .loadHutStatus: work { await $0.sendStatus(at: id) }
        case .loadAudit(let before): work { await $0.sendAudit(before: before, at: id) }
        case .called(let key, let result): called(key, result, by: staff, at: id)
        case .promise(let key, let kind, let day):
            guard day >= today else { return tellStaff(at: id, .failed(HutPhrase.pastDay)) }
            act([.promised(key, kind, day, by: staff)], about: [key], at: id)
        case .enterRequest(let key, let request, let note):
            act([.requestEntered(key, request, note: note, by: staff)], about: [], at: id)
        case .answerRequest(let request, let answer):
            act([.requestAnswered(request, answer: answer, by: staff)], about: [], at: id)
        case .leaveMessage(let key, let text): act([.messageLeft(key, text: text, by: staff)], about: [], at: id)
        case .enrol(let resident, let reason): enrol(resident, because: reason, by: staff, at: id)
        case .correct(let key, let resident, let reason): correct(key, resident, because: reason, by: staff, at: id)
        case .mark(let key, let mark, let day, let reason):
            act([.residentMarked(key, mark, by: staff, on: day, reason: reason)], about: [key], at: id)
        case .merge(let key, let other, let reason):
            merge(key, into: other, because: reason, by: staff, at: id)
        case .unmerge(let key, let other, let reason):
            unmerge(key, from: other, because: reason, by: staff, at: id)
        case .pair(let band, let key, let reason): pair(band, with: key, because: reason, by: staff, at: id)
        case .unpair(let band, let reason): unpair(band, because: reason, by: staff, at: id)
        case .resetPIN(let key, let pin, let reason): resetPIN(of: key, to: pin, because: reason, by: staff, at: id)
        case .confirm(let key, let reason): confirm(key, because: reason, by: staff, at: id)
        case .daySeen(let day): act([.daySeen(day, by: staff)], about: [], at: id)
        case .putOut(let sheet, let export): putOut(sheet, export: export, by: staff, at: id)
        case .printSlip(let slip): putOnPaper(slip, at: id)
        case .countersign(let followUp, let key): countersign(followUp, of: key, by: staff, at: id)
        case .helpNext: helpNext(staff, at: id)
        }
    }

    /// A call was made. One that was answered keeps what was promised as a call.
    private func called(_ key: ResidentKey, _ result: CallResult, by staff: StaffKey, at id: String) {
        work { hut in
            do throws(LedgerError) {
                hut.act(try await hut.call(key, result, by: staff), about: [key], at: id)
            } catch {
                hut.cannotRead("what was promised", error, at: id)
            }
        }
    }

    // MARK: who is not on the list

    private func sendHidden(at id: String) async {
        do {
            tellStaff(at: id, .desk(.hidden(try await hiddenRows())))
        } catch {
            cannotRead("who is hidden", error, at: id)
        }
    }

    private func hiddenRows() async throws(LedgerError) -> [HiddenRow] {
        let today = self.today
        let listed = Set(try await worklist().rows.map(\.subject))
        let firstDates = try await waitingForFirstDate(besides: try await ledger.worklist(today: today).subjects)
        var waiting: [ResidentKey: Flag] = [:]
        for flag in try await ledger.openFlags() where flag.draft.severity > .info {
            guard case .resident(let key) = flag.draft.subject, !listed.contains(.resident(key)),
                let from = flag.draft.listedFrom, from > today
            else { continue }
            if from < waiting[key]?.draft.listedFrom ?? from + 1 { waiting[key] = flag }
        }
        var rows: [HiddenRow] = []
        var last: ResidentKey?
        while true {
            let keys = try await ledger.allResidents(after: last, limit: 500)
            guard let end = keys.last else { return rows.sorted { ($0.name, $0.number) < ($1.name, $1.number) } }
            for key in keys where !listed.contains(.resident(key)) {
                guard let entry = try await ledger.roster(key), let row = row(of: entry, waiting[key], firstDates[key])
                else { continue }
                rows.append(row)
            }
            last = end
        }
    }

    /// nil for a resident who is here and about whom nothing waits.
    private func row(of entry: RosterEntry, _ flag: Flag?, _ firstDue: LocalDay?) -> HiddenRow? {
        let why: HiddenRow.Why
        switch (entry.status, flag?.draft.listedFrom) {
        case (.moved, _): why = .moved
        case (.dead, _): why = .dead
        case (.lost, _): why = .lost
        case (.ended, _): why = .ended
        case (.here, let from?): why = .listedFrom(from)
        case (.here, nil):
            guard let firstDue else { return nil }
            why = .firstDue(firstDue)
        }
        return HiddenRow(
            resident: entry.key, number: entry.resident.number, name: entry.resident.name, sex: entry.resident.sex,
            age: entry.resident.age(on: today), why: why, sentence: flag?.sentence)
    }
}
