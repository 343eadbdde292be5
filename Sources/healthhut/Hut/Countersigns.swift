// The doctor's second signature: what waits for it, and the fact that she gave it.

import Kiosk
import Ledger
import Vitals

extension Hut {
    /// As many as a doctor reads in a sitting (our own choice); those behind come when these are signed.
    private static let mostCountersigns = 200

    func sendCountersigns(at id: String) async {
        do {
            tellStaff(at: id, .desk(.countersigns(try await countersignLines())))
        } catch {
            cannotRead("what waits for a doctor", error, at: id)
        }
    }

    private func countersignLines() async throws(LedgerError) -> [CountersignLine] {
        var lines: [CountersignLine] = []
        for followUp in try await ledger.followUpsToCountersign(limit: Hut.mostCountersigns) {
            guard let entry = try await ledger.roster(followUp.record.resident) else { continue }
            let (record, resident) = (followUp.record, entry.resident)
            var line = line(of: followUp)
            // The verdict that asks for her, where there are two.
            line.visitClass = ManagedDisease.allCases.compactMap { record.visitClass($0) }
                .max { $0.rawValue < $1.rawValue }
            lines.append(
                CountersignLine(
                    followUp: followUp.sequence, resident: entry.key, number: resident.number, name: resident.name,
                    sex: resident.sex, age: resident.age(on: today), line: line, kept: record.keptBecause?.nonEmpty,
                    reaction: record.reaction?.value.nonEmpty, referral: record.referralForDoctor, next: record.next))
        }
        return lines
    }

    func countersign(_ followUp: FactSequence, of key: ResidentKey, by staff: StaffKey, at id: String) {
        work { hut in
            guard await hut.carryOut([.followUpCountersigned(followUp, by: staff)], about: [key]) else {
                return hut.tellStaff(at: id, .failed(HutPhrase.goneAlready))
            }
            hut.tellStaff(at: id, .saved(HutPhrase.countersigned))
            await hut.sendCountersigns(at: id)
        }
    }
}

extension FollowUpRecord {
    /// Where to and why, as the nurse wrote it.
    fileprivate var referralForDoctor: String? {
        referral.flatMap { [$0.place, $0.reason].filter { !$0.isEmpty }.joined(separator: " ").nonEmpty }
    }
}

extension String {
    fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}
