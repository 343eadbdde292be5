// Whose first date has not come: residents of whom nothing is recorded. What the roster, the marks and the follow-ups say
// of them changes seldom, and the list is made at every change of anything; so the dates are kept for the day,
// until one of those three changes.

import FollowUpRules
import Kiosk
import Ledger
import Vitals

extension Hut {
    /// The first date of every resident without a follow-up on record to whom one will be owed.
    func firstDates() async throws(LedgerError) -> [ResidentKey: LocalDay] {
        if let known = knownFirstDates, known.day == today { return known.dates }
        let before = firstDatesChanged
        var dates: [ResidentKey: LocalDay] = [:]
        for history in try await ledger.neverFollowedUp() {
            dates[history.key] = firstFollowUp(of: history, policy: policy, now: now.hut, offset: offset)
        }
        // Something may have changed while the ledger was read.
        if before == firstDatesChanged { knownFirstDates = (today, dates) }
        return dates
    }

    /// Whose first date lies ahead, without those about whom something is open already.
    func waitingForFirstDate(besides open: Set<ResidentKey>) async throws(LedgerError) -> [ResidentKey: LocalDay] {
        let today = self.today
        return try await firstDates().filter { $0.value > today && !open.contains($0.key) }
    }

    /// Forgets the dates where a fact may have changed one.
    func noticeFirstDates(_ fact: Fact) {
        switch fact {
        case .residentAdded, .residentEnrolled, .residentChanged, .residentStatus, .residentMarked, .residentsMerged,
            .residentsUnmerged, .followUpWithdrawn:
            knownFirstDates = nil
        case .followUpRecorded(let record, _): knownFirstDates?.dates[record.resident] = nil
        default: return
        }
        firstDatesChanged += 1
    }
}
