// What a merge means for the district: a record there stands under one person. So every reading of the line that is merged
// is carried along by a fact of its own, before the merge in the same transaction, and again when the merge is taken back:
// the old record is withdrawn, and the reading goes out anew under whoever owns it then, as when a nurse moves it.

import Vitals

extension Ledger {
    /// The facts that make a line another's, to be appended together.
    package func merging(
        _ first: ResidentKey, into second: ResidentKey, by staff: StaffKey, reason: String
    ) throws(LedgerError) -> [Fact] {
        try carrying(first, by: staff, reason: reason)
            + [.residentsMerged(first, into: second, by: staff, reason: reason)]
    }

    /// The facts that take a merge back, to be appended together.
    package func unmerging(
        _ first: ResidentKey, from second: ResidentKey, by staff: StaffKey, reason: String
    ) throws(LedgerError) -> [Fact] {
        try carrying(first, by: staff, reason: reason)
            + [.residentsUnmerged(first, from: second, by: staff, reason: reason)]
    }

    /// Readings of a line, and of the lines merged into it, that the district is told of.
    private func carrying(_ first: ResidentKey, by staff: StaffKey, reason: String) throws(LedgerError) -> [Fact] {
        var readings: [FactSequence] = []
        for key in try books.keys(of: first) {
            let select = try prepare("SELECT sequence FROM reading WHERE resident = ? AND vital <> ?")
            select.bind(1, key)
            select.bind(2, VitalKind.wearableBloodPressure.code)
            readings += try select.rows { row throws(LedgerError) in row.sequence(0) }
        }
        return readings.sorted { $0.rawValue < $1.rawValue }.map { .readingCarried($0, by: staff, reason: reason) }
    }
}
