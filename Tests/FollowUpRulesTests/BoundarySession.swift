// The rows of the boundary table for blood pressure: the emergencies, and what the readings of one
// session say: BP-01 to BP-04, BP-09 to BP-14, PR-01, BP-TRD. Read beside
// clinical-rules 5.3 and 5.4.
import FollowUpRules
import Testing
import Vitals

private func on(_ days: Int, _ clock: String = "09:14") -> String { Scene.on(days, clock) }
private func date(_ days: Int) -> String { Scene.date(days) }
private let pregnant = Resident(number: "080", name: "赵敏", birth: LocalDay(iso: "1994-02-02"), conditions: [.pregnant])

let emergencyRows: [Boundary] = [
    Boundary("BP-01", "crisis.systolic", .atLeast, "urgent 0") { $0.cuff($1, 80, on(0)) },
    Boundary("BP-01", "crisis.diastolic", .atLeast, "urgent 0") { $0.cuff(150, $1, on(0)) },
    // After one of the other component, so that their mean decides nothing.
    Boundary("BP-02", "crisis.systolic", .atLeast, "critical 0") {
        $0.cuff(150, 112, on(0))
        $0.cuff($1, 80, on(0, "09:16"))
    },
    Boundary("BP-02", "crisis.diastolic", .atLeast, "critical 0") {
        $0.cuff(190, 80, on(0))
        $0.cuff(150, $1, on(0, "09:16"))
    },
    // The other reading of the day, in another session.
    Boundary("BP-02", "crisis.systolic", .atLeast, "critical 0") {
        $0.cuff(190, 80, on(0))
        $0.cuff($1, 80, on(0, "11:16"))
    },
    Boundary("BP-01r", "crisis.systolic", .below, "soon unconfirmed.due") {
        $0.cuff(150, 112, on(0))
        $0.cuff($1, 80, on(0, "09:16"))
    },
    Boundary("BP-01r", "unconfirmed.below.systolic", .atLeast, "soon") {
        $0.cuff(190, 80, on(-3))
        $0.cuff(130, 80, on(-3, "09:16"))
        $0.session($1, 80, date(0))
    },
    Boundary("BP-01r", "unconfirmed.below.diastolic", .atLeast, "soon") {
        $0.cuff(190, 80, on(-3))
        $0.cuff(130, 80, on(-3, "09:16"))
        $0.session(130, $1, date(0))
    },
    Boundary("BP-01r", "lateness.late", .above, "soon") {
        $0.cuff(190, 80, on(-2), received: Scene.on(-1, "09:14").later(hours: $1 - 24))
    },
    Boundary("BP-01r", "lateness.old", .above, "info", else: "soon") {
        $0.cuff(190, 80, on(-40), received: on(-40 + $1))
    },
    Boundary("BP-04", "pregnancy.atOnce.systolic", .atLeast, "critical 0", else: "soon pregnancy.callDue", pregnant) {
        $0.cuff($1, 80, on(0))
        $0.cuff(120, 70, on(0, "09:16"))
    },
    Boundary("BP-04", "pregnancy.atOnce.diastolic", .atLeast, "critical 0", else: "soon pregnancy.callDue", pregnant) {
        $0.cuff(135, $1, on(0))
        $0.cuff(120, 70, on(0, "09:16"))
    },
    Boundary("BP-04", "pregnancy.raised.systolic", .atLeast, "critical 0", pregnant) { $0.cuff($1, 80, on(0)) },
    Boundary("BP-04", "pregnancy.raised.diastolic", .atLeast, "critical 0", pregnant) { $0.cuff(130, $1, on(0)) },
    // The second reading agrees.
    Boundary("BP-04", "pregnancy.raised.systolic", .atLeast, "critical 0", else: "soon pregnancy.callDue", pregnant) {
        $0.cuff(150, 80, on(0))
        $0.cuff($1, 80, on(0, "09:16"))
    },
    Boundary("BP-14", "failedAttempts", .atLeast, "soon 0") { book, count in
        for minute in 0..<count { book.failure(Scene.minute(minute), visit: 3) }
    },
]

let sessionRows: [Boundary] = [
    Boundary("BP-09", "low.systolicOnce", .below, "urgent 0") { $0.cuff($1, 62, on(0)) },
    Boundary("BP-09", "low.systolic", .below, "soon low.due") { $0.session($1, 62, date(0)) },
    Boundary("BP-09", "low.diastolic", .below, "soon low.due", else: "info") { $0.session(120, $1, date(0)) },
    Boundary("BP-09", "low.diastolicMild", .below, "soon low.due") { $0.session(105, $1, date(0)) },
    Boundary("BP-09", "low.withSystolic", .below, "soon low.due", else: "info") { $0.session($1, 55, date(0)) },
    Boundary("BP-09", "low.frailAge", .atLeast, "urgent 0", else: "soon low.due") { book, years in
        book.age(years, limit: try book.policy.value("low.frailAge"))
        book.session(85, 62, date(0))
    },
    Boundary("BP-09", "ages.adult", .atLeast, "soon") { book, years in
        book.age(years, limit: try book.policy.value("ages.adult"))
        book.session(85, 62, date(0))
    },
    // It is over with a session at the limit.
    Boundary("BP-09", "low.systolic", .below, "soon") {
        $0.session(85, 62, date(-1))
        $0.session($1, 62, date(0))
    },
    Boundary("BP-09", "episodes.silence", .atLeast, "soon") {
        $0.session(85, 62, date(-$1 - 1))
        $0.session(120, 80, date(-$1))
        $0.session(85, 62, date(0))
    },
    Boundary("BP-10", "arms.difference", .above, "routine arms.due") { book, difference in
        for minute in [0, 2] { book.cuff(120, 70, Scene.minute(minute), arm: .right) }
        for minute in [6, 8] { book.cuff(120 + difference, 70, Scene.minute(minute), arm: .left) }
    },
    Boundary("BP-10", "arms.difference", .above, "routine arms.due") { book, difference in
        for minute in [0, 2] { book.cuff(120 + difference, 70, Scene.minute(minute), arm: .right) }
        for minute in [6, 8] { book.cuff(120, 70, Scene.minute(minute), arm: .left) }
    },
    Boundary("BP-10", "arms.aSide", .atLeast, "routine arms.due") { book, count in
        for minute in 0..<count { book.cuff(145, 70, Scene.minute(minute), arm: .right) }
        for minute in 0..<count { book.cuff(115, 70, Scene.minute(10 + minute), arm: .left) }
    },
    Boundary("BP-12", "session.doubtSystolic", .above, "info") {
        $0.cuff(115, 70, on(0))
        $0.cuff(115 + $1, 70, on(0, "09:16"))
    },
    Boundary("BP-12", "session.doubtPulse", .above, "info") {
        $0.cuff(115, 70, on(0), pulse: 65)
        $0.cuff(115, 70, on(0, "09:16"), pulse: 65 + $1)
    },
    Boundary("BP-12", "session.span", .atMost, "info") { book, span in
        for minute in [0, 8, 16, 24] { book.cuff(110, 70, Scene.minute(minute)) }
        book.cuff(150, 70, Scene.minute(span))
    },
    Boundary("PR-01", "irregular.readings", .atLeast, "soon irregular.due") { book, count in
        book.marked([count > 0, count > 1, count > 2])
    },
    Boundary("PR-01", "irregular.of", .atMost, "soon irregular.due") { book, count in
        book.marked((1...count).map { $0 == 1 || $0 == count })
    },
    Boundary("PR-01", "ages.adult", .atLeast, "soon") { book, years in
        book.age(years, limit: try book.policy.value("ages.adult"))
        book.marked([true, true])
    },
    Boundary("BP-TRD", "trend.rise", .atLeast, "routine") { book, rise in
        for place in 0..<7 {
            book.session(110, 70, date(-20 + place))
            book.session(110 + rise, 70, date(-6 + place))
        }
    },
    Boundary("BP-TRD", "trend.sessions", .atLeast, "routine") { book, count in
        for place in 0..<count {
            book.session(100, 65, date(-30 + place))
            book.session(135, 75, date(-place))
        }
    },
]

extension String {
    /// `2026-11-21 09:14`, so many hours on.
    fileprivate func later(hours: Int) -> String {
        let time = shanghai.civil(of: at(self) + .seconds(hours * 3_600))
        let (date, clock) = (time.iso.prefix(10), time.iso.dropFirst(11).prefix(5))
        return "\(date) \(clock)"
    }
}
