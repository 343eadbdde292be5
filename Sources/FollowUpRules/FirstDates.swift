// When somebody of whom nothing is on record is first owed a follow-up: a resident without history is not overdue
// (clinical-rules 5.5). The list counts them, so that a short list cannot pass for a small roster.
import Vitals

/// The day of the first face-to-face follow-up of a resident without one on record (FU-01); nil where none is owed, or
/// where one is on record.
package func firstFollowUp(
    of history: ResidentHistory, policy: Policy, now: HutTime, offset: UTCOffset
) -> LocalDay? {
    guard history.followUps.isEmpty else { return nil }
    let line = TimeLine(history, policy: policy, now: now, offset: offset)
    let numbers = policy.followUps
    return line.followedDiseases.map {
        line.firstDue(of: [$0], every: numbers.cadence.value, ahead: numbers.ahead.value)
    }.min()
}
