// What was promised is done by a call that was answered or by a follow-up; each says which promises it keeps.

import Ledger
import Vitals

extension Hut {
    /// The promises to a resident, due on this day or before, that a thing done on that day keeps.
    func promisesKept(
        to key: ResidentKey, on day: LocalDay, by staff: StaffKey, _ keeps: (PromiseKind) -> Bool
    ) async throws(LedgerError) -> [Fact] {
        try await ledger.promises(of: key).filter { $0.day <= day && keeps($0.kind) }
            .map { .promiseKept($0.sequence, by: staff) }
    }

    /// A call, and the promised calls that it keeps where somebody answered.
    func call(_ key: ResidentKey, _ result: CallResult, by staff: StaffKey) async throws(LedgerError) -> [Fact] {
        let kept = result == .spoken ? try await promisesKept(to: key, on: today, by: staff) { $0 == .call } : []
        return [.called(key, result, by: staff)] + kept
    }
}
