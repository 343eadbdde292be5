// What every act of a nurse comes to: facts under her name with their reason, then a review of whom they concern, then
// every staff screen anew, then one answer to the screen that asked.

import Kiosk
import Ledger
import Vitals

extension Hut {
    /// Carries an act out and answers it; `settled` runs when the facts are on disk, before the review.
    func act(
        _ facts: [Fact], about residents: [ResidentKey], at id: String, saying text: LocalizedText = HutPhrase.saved,
        settled: @escaping @Sendable (isolated Hut) async -> Void = { _ in }
    ) {
        work { hut in
            guard await hut.carryOut(facts, about: residents, settled: settled) else {
                return hut.tellStaff(at: id, .failed(HutPhrase.goneAlready))
            }
            hut.tellStaff(at: id, .saved(text))
        }
    }

    /// The same without the answer; false when the ledger does not take the facts, and nothing was done.
    func carryOut(
        _ facts: [Fact], about residents: [ResidentKey],
        settled: @Sendable (isolated Hut) async -> Void = { _ in }
    ) async -> Bool {
        guard await append(facts) != nil else { return false }
        await settled(self)
        for key in Set(residents).sorted() { await review(key) }
        await refreshStaff()
        return true
    }

    /// Says that something cannot be read now, and why in the log.
    func cannotRead(_ what: String, _ error: LedgerError, at id: String) {
        tellStaff(at: id, .failed(HutPhrase.ledgerFailed))
        log(.error, "\(what) cannot be read: \(error.message); hint: \(error.hint)")
    }

    /// The name under which somebody of the staff is shown.
    func name(of staff: StaffKey) -> String { staffNames[staff] ?? "?" }
}
