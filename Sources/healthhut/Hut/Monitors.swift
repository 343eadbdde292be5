// Home monitors: lent from a nurse's screen, read out when they come back. What their memory holds is on disk before
// anybody is asked, and belongs to somebody only when the nurse confirms what she was told at lending.

import Kiosk
import Ledger
import Vitals

extension Hut {
    /// Tells a staff screen of the home monitors, with what each of them brought back.
    func sendMonitors(at id: String) async {
        guard let rows = try? await monitorRows() else { return tellStaff(at: id, .failed(HutPhrase.ledgerFailed)) }
        tellStaff(at: id, .monitors(rows))
    }

    private func monitorRows() async throws(LedgerError) -> [MonitorRow] {
        let loans = try await ledger.loans()
        let remembered = try await ledger.unclaimed(limit: Hut.mostRecords).filter { $0.reading.isOfHomeMemory }
        var rows: [MonitorRow] = []
        for line in instruments.values where line.manner.isHomeMonitor {
            let loan = loans.first { $0.instrument == line.manner.id }
            var names: [ResidentKey: String] = [:]
            for borrower in loan?.borrowers ?? [] {
                names[borrower.resident] = try await ledger.roster(borrower.resident)?.resident.name
            }
            rows.append(
                MonitorRow(
                    instrument: line.manner.id, isConnected: line.isOpen,
                    borrowers: (loan?.borrowers ?? []).map {
                        MonitorRow.Borrowed(
                            resident: $0.resident, name: names[$0.resident] ?? "?", userSlot: $0.userSlot)
                    },
                    records: remembered.filter { $0.reading.instrument == line.manner.id }.map { record in
                        let whose = loan?.owner(of: record.reading)
                        return MonitorRow.Record(
                            reading: ReadingRow(record), userSlot: record.reading.userSlot,
                            name: whose.flatMap { names[$0] },
                            isTimeFaulty: record.reading.timeConfidence == .timeFault)
                    }))
        }
        return rows.sorted { $0.instrument.rawValue < $1.instrument.rawValue }
    }

    /// Lends a monitor, or names a second person for another of its keys.
    func lend(_ monitor: InstrumentID, to resident: ResidentKey, userSlot: Int?, by staff: StaffKey, at id: String) {
        work { hut in
            let loan = (try? await hut.ledger.loans())?.first { $0.instrument == monitor }
            let borrowers = (loan?.borrowers ?? []) + [Borrower(resident: resident, userSlot: userSlot)]
            let why = Fact.careTaken(resident, by: staff, reason: HutPhrase.lent(userSlot: userSlot))
            guard await hut.append([why, .deviceLent(monitor, borrowers, by: staff)]) != nil else {
                return hut.tellStaff(at: id, .failed(HutPhrase.goneAlready))
            }
            await hut.refreshLoans()
            await hut.sendMonitors(at: id)
            hut.tellStaff(at: id, .saved(HutPhrase.saved))
        }
    }

    /// The monitor is back. What was said at lending is confirmed here and now, or everything is claimed line by line.
    func takeBack(_ monitor: InstrumentID, claims: Bool, by staff: StaffKey, at id: String) {
        work { hut in
            guard let loan = (try? await hut.ledger.loans())?.first(where: { $0.instrument == monitor }),
                let unclaimed = try? await hut.ledger.unclaimed(limit: Hut.mostRecords)
            else { return hut.tellStaff(at: id, .failed(HutPhrase.goneAlready)) }
            let remembered = unclaimed.filter { $0.reading.instrument == monitor && $0.reading.isOfHomeMemory }
            var facts: [Fact] = []
            var owners: Set<ResidentKey> = []
            for record in remembered {
                guard claims, let owner = loan.owner(of: record.reading) else { continue }
                facts.append(.readingClaimed(record.sequence, owner, by: staff, reason: HutPhrase.lent.chinese))
                owners.insert(owner)
            }
            let why = Fact.careTaken(
                nil, by: staff, reason: (claims ? HutPhrase.backAsSaid : HutPhrase.backLineByLine).chinese)
            guard await hut.append(facts + [why, .deviceReturned(monitor, by: staff)]) != nil else {
                return hut.tellStaff(at: id, .failed(HutPhrase.goneAlready))
            }
            await hut.refreshLoans()
            // What nobody was named for waits for a nurse, as any reading without an owner.
            for record in remembered { await hut.settleUnclaimed(record.sequence) }
            for owner in owners { await hut.review(owner) }
            await hut.refreshStaff()
            await hut.sendMonitors(at: id)
            hut.tellStaff(at: id, .saved(HutPhrase.saved))
        }
    }

    /// Knows again which monitors are out, and since when: their memories are judged by it.
    func refreshLoans() async {
        guard let loans = try? await ledger.loans() else { return }
        lentSince = Dictionary(loans.map { ($0.instrument, $0.since) }, uniquingKeysWith: { first, _ in first })
    }

    /// A whole memory is no list of things to do: the page of the return shows it, and no flag does before.
    func waitsForReturn(_ reading: Reading) -> Bool { reading.isOfHomeMemory && lentSince[reading.instrument] != nil }

    /// A record of a home monitor is on disk: the page that waits for it.
    func memoryArrived() {
        for (id, place) in places where place.staff != nil { work { await $0.sendMonitors(at: id) } }
    }

    /// More than any monitor of the shelf remembers.
    private static let mostRecords = 1_000
}

extension Reading {
    /// From the memory of a monitor that is lent.
    var isOfHomeMemory: Bool { source == .cuffHome && memorySlot != nil }
}

extension Loan {
    /// Whose a record is by what was said at lending; nil where nobody was named, or its time cannot be right.
    fileprivate func owner(of reading: Reading) -> ResidentKey? {
        guard reading.timeConfidence != .timeFault, reading.measuredAt >= since else { return nil }
        return borrower(userSlot: reading.userSlot)
    }
}
