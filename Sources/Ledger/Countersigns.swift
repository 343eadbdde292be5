// Follow-ups that wait for a doctor's second signature: a verdict of two to four by somebody who is no doctor.

import Vitals

/// What the norm wants a doctor to look at again.
enum Countersigns {
    /// Class one, controlled, needs nobody else; what a doctor signed needs no second one.
    private static let condition = """
        countersigned_by IS NULL AND (hypertension > \(VisitClass.controlled.rawValue)
            OR diabetes > \(VisitClass.controlled.rawValue))
        """

    /// The seventh migration: what waits is found without a look at everything that does not.
    static let index = "CREATE INDEX follow_up_uncountersigned ON follow_up (day, sequence) WHERE \(condition);\n"

    fileprivate static let waiting = """
        FROM follow_up WHERE \(condition)
            AND NOT EXISTS (SELECT 1 FROM staff WHERE staff.staff = follow_up.staff
                AND role = '\(StaffRole.doctor.rawValue)')
        """
}

extension Ledger {
    /// Follow-ups that wait for a doctor, oldest day first.
    package func followUpsToCountersign(limit: Int) throws(LedgerError) -> [RecordedFollowUp] {
        let select = try prepare("SELECT sequence \(Countersigns.waiting) ORDER BY day, sequence LIMIT ?")
        select.bind(1, limit)
        var waiting: [RecordedFollowUp] = []
        for sequence in try select.rows({ row throws(LedgerError) in row.sequence(0) }) {
            if let followUp = try followUp(sequence) { waiting.append(followUp) }
        }
        return waiting
    }

    /// How many wait.
    package func countersignCount() throws(LedgerError) -> Int {
        try prepare("SELECT count(*) \(Countersigns.waiting)").first { row throws(LedgerError) in Int(row.integer(0)) }
            ?? 0
    }
}
