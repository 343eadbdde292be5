// The rows of the boundary table for blood pressure: BP-05 to BP-08 and the target behind a switch. Read beside
// clinical-rules 5.3 and 5.4.
import FollowUpRules
import Testing
import Vitals

private func on(_ days: Int, _ clock: String = "09:14") -> String { Scene.on(days, clock) }
private func date(_ days: Int) -> String { Scene.date(days) }

let unknownRows: [Boundary] = [
    Boundary("BP-05", "raised.systolic", .atLeast, "routine suspected.due") { $0.session($1, 80, date(0)) },
    Boundary("BP-05", "raised.diastolic", .atLeast, "routine suspected.due") { $0.session(130, $1, date(0)) },
    Boundary("BP-05", "high.systolic", .atLeast, "soon suspected.highDue", else: "routine suspected.due") {
        $0.session($1, 80, date(0))
    },
    Boundary("BP-05", "high.diastolic", .atLeast, "soon suspected.highDue", else: "routine suspected.due") {
        $0.session(130, $1, date(0))
    },
    // Provisional: one reading alone.
    Boundary("BP-05", "high.systolic", .atLeast, "soon suspected.highDue") { $0.cuff($1, 80, on(0)) },
    Boundary("BP-05", "ages.adult", .atLeast, "routine") { book, years in
        book.age(years, limit: try book.policy.value("ages.adult"))
        book.session(150, 92, date(0))
    },
    Boundary("BP-05", "suspected.clearDays", .below, "routine") { book, count in
        book.session(150, 80, date(-40))
        for place in 0..<count { book.session(130, 80, date(-place)) }
    },
    // Once the days are measured it is on no list: a raised one, ordinary ones and a raised one.
    Boundary("BP-05", "criterion.days", .below, "routine", else: "info") { book, count in
        for place in [-20, 0] { book.session(150, 80, date(place)) }
        for place in 2..<max(2, count) { book.session(130, 80, date(-place)) }
    },
    Boundary("BP-05", "suspected.due", .atMost, "info", else: "routine") { book, span in
        book.session(150, 80, date(-span))
        for place in [1 - span, 0] { book.session(130, 80, date(place)) }
    },
    Boundary("BP-05", "session.agreement", .atMost, "routine") {
        $0.cuff(143, 80, on(0))
        $0.cuff(143 + $1, 80, on(0, "09:16"))
    },
    Boundary("BP-05", "session.agreement", .atMost, "routine") {
        $0.cuff(150, 78, on(0))
        $0.cuff(150, 78 + $1, on(0, "09:16"))
    },
    // Further apart they are two sessions, each provisional.
    Boundary("BP-05", "session.gap", .atMost, "routine") {
        $0.cuff(150, 80, Scene.minute(0))
        $0.cuff(150, 80, Scene.minute($1))
    },
    Boundary("BP-06", "criterion.days", .atLeast, "soon") { book, count in
        for place in 0..<count { book.session(150, 80, date(-place)) }
    },
    Boundary("BP-06", "criterion.span", .atMost, "soon") { book, span in
        for place in [-span, -1, 0] { book.session(150, 80, date(place)) }
    },
    Boundary("BP-06", "raised.systolic", .atLeast, "soon criterion.due") { book, systolic in
        for place in [-9, -4, 0] { book.session(systolic, 80, date(place)) }
    },
    Boundary("BP-06", "raised.diastolic", .atLeast, "soon criterion.due") { book, diastolic in
        for place in [-9, -4, 0] { book.session(130, diastolic, date(place)) }
    },
    Boundary("BP-06", "ages.adult", .atLeast, "soon") { book, years in
        book.age(years, limit: try book.policy.value("ages.adult"))
        // All on the birthday or after it: the age is asked of the day of measuring.
        for place in [-2, -1, 0] { book.session(150, 92, date(place)) }
    },
    Boundary("BP-06h", "home.limit.systolic", .atLeast, "soon home.due") { book, systolic in
        for place in [-2, -1, 0] { book.home(systolic, 70, place) }
    },
    Boundary("BP-06h", "home.limit.diastolic", .atLeast, "soon home.due") { book, diastolic in
        for place in [-2, -1, 0] { book.home(120, diastolic, place) }
    },
    Boundary("BP-06h", "home.days", .atLeast, "soon") { book, count in
        for place in 0..<count { book.home(140, 80, -place, count: 6) }
    },
    Boundary("BP-06h", "home.values", .atLeast, "soon") { book, count in
        book.home(140, 80, -2, count: 1)
        book.home(140, 80, -1, count: 1)
        book.home(140, 80, 0, count: count - 2)
    },
    Boundary("BP-06h", "home.window", .atMost, "soon") { book, span in
        for place in [1 - span, -1, 0] { book.home(140, 80, place) }
    },
    Boundary("BP-11", "highNormal.systolic", .atLeast, "info comeBack.highNormal") { $0.session($1, 80, date(0)) },
    Boundary("BP-11", "highNormal.diastolic", .atLeast, "info comeBack.highNormal") { $0.session(120, $1, date(0)) },
    Boundary("BP-11", "raised.systolic", .below, "info comeBack.highNormal") { $0.session($1, 80, date(0)) },
    Boundary("BP-11", "raised.diastolic", .below, "info comeBack.highNormal") { $0.session(132, $1, date(0)) },
]

let knownRows: [Boundary] = [
    Boundary("BP-07", "limits.adult.systolic", .atLeast, "soon uncontrolled.due", People.knownAdult) {
        $0.session($1, 80, date(0))
    },
    Boundary("BP-07", "limits.adult.diastolic", .atLeast, "soon uncontrolled.due", People.knownAdult) {
        $0.session(130, $1, date(0))
    },
    Boundary("BP-07", "limits.elder.systolic", .atLeast, "soon uncontrolled.due", People.knownElder) {
        $0.session($1, 80, date(0))
    },
    Boundary("BP-07", "limits.elder.diastolic", .atLeast, "soon uncontrolled.due", People.knownElder) {
        $0.session(130, $1, date(0))
    },
    Boundary("BP-07", "limits.diabetes.systolic", .atLeast, "soon uncontrolled.due", People.knownDiabetic) {
        $0.session($1, 80, date(0))
    },
    Boundary("BP-07", "limits.diabetes.diastolic", .atLeast, "soon uncontrolled.due", People.knownDiabetic) {
        $0.session(130, $1, date(0))
    },
    Boundary("BP-07", "limits.ageUnknown.systolic", .atLeast, "soon uncontrolled.due", People.knownAgeless) {
        $0.session($1, 80, date(0))
    },
    Boundary("BP-07", "limits.ageUnknown.diastolic", .atLeast, "soon uncontrolled.due", People.knownAgeless) {
        $0.session(130, $1, date(0))
    },
    Boundary("BP-07", "ages.elder", .below, "soon", People.knownElder) { book, years in
        book.age(years, limit: try book.policy.value("ages.elder"))
        book.session(145, 80, date(0))
    },
    Boundary(
        "BP-07", "high.systolic", .atLeast, "soon uncontrolled.highDue", else: "soon uncontrolled.due",
        People.knownElder
    ) { $0.session($1, 80, date(0)) },
    Boundary(
        "BP-07", "high.diastolic", .atLeast, "soon uncontrolled.highDue", else: "soon uncontrolled.due",
        People.knownElder
    ) { $0.session(130, $1, date(0)) },
    Boundary("BP-07", "uncontrolled.window", .atMost, "soon", People.knownAdult) { book, span in
        book.session(120, 70, date(-span - 10))
        book.session(150, 80, date(-span))
        book.session(150, 80, date(0))
    },
    Boundary("BP-07", "uncontrolled.completeDays", .atLeast, "soon", People.knownAdult) { book, count in
        book.session(120, 70, date(-10))
        for place in 0..<count { book.session(150, 80, date(-place)) }
    },
    Boundary("BP-07", "uncontrolled.provisionalDays", .atLeast, "soon", People.knownAdult) { book, count in
        book.session(120, 70, date(-10))
        for place in 0..<count { book.cuff(150, 80, on(-place)) }
    },
    Boundary("BP-07", "uncontrolled.alone", .above, "soon", People.knownAdult) {
        $0.session(120, 70, date(-$1))
        $0.session(150, 80, date(0))
    },
    Boundary("BP-07", "uncontrolled.clearDays", .below, "soon", People.knownAdult) { book, count in
        book.session(150, 80, date(-20))
        for place in 0..<count { book.session(120, 70, date(-place)) }
    },
    Boundary("BP-07", "episodes.quiet", .atLeast, "soon", People.knownAdult) { book, days in
        book.session(150, 80, date(-days))
        book.review(on(-days, "12:00"))
        try book.close("BP-07", .followedUp, on(-days, "12:30"))
        book.session(150, 80, date(-1))
        book.session(150, 80, date(0))
    },
    Boundary("BP-08", "referralAdvice.inARow", .atLeast, "urgent", People.knownAdult) { book, count in
        for place in 0..<count { book.followUp(date(-20 * place), .notControlled) }
    },
    Boundary("BP-08", "referralAdvice.inARow", .atLeast, "urgent", People.knownAdult) { book, count in
        for place in 0..<count { book.followUp(date(-20 * place), .reaction) }
    },
    Boundary("BP-08s", "selfMeasured.days", .atLeast, "soon", People.knownAdult) { book, count in
        book.followUp(date(-60), .notControlled)
        book.session(150, 80, date(-20))
        for place in 0..<(count - 1) { book.session(150, 80, date(-place)) }
    },
    Boundary("BP-08s", "selfMeasured.span", .atLeast, "soon selfMeasured.due", People.knownAdult) { book, span in
        book.followUp(date(-60), .notControlled)
        for place in [-span, -1, 0] { book.session(150, 80, date(place)) }
    },
    Boundary("BP-TGT", "target.limit.systolic", .atLeast, "routine", People.knownElder) { $0.aboveTarget($1, 75) },
    Boundary("BP-TGT", "target.limit.diastolic", .atLeast, "routine", People.knownElder) { $0.aboveTarget(122, $1) },
    Boundary("BP-TGT", "target.old.systolic", .atLeast, "routine", Scene.old) { $0.aboveTarget($1, 75) },
    Boundary("BP-TGT", "target.old.diastolic", .atLeast, "routine", Scene.old) { $0.aboveTarget(122, $1) },
    Boundary("BP-TGT", "target.oldAge", .below, "routine", People.knownElder) { book, years in
        book.age(years, limit: try book.policy.value("target.oldAge"))
        book.aboveTarget(145, 75)
    },
    Boundary("BP-TGT", "target.days", .atLeast, "routine", People.knownElder) { book, count in
        for place in 0..<count { book.session(145, 85, date(-place)) }
    },
]

extension Book {
    /// Two days of one value, of somebody whose own limit lies above every target: BP-07 says nothing.
    fileprivate mutating func aboveTarget(_ systolic: Int, _ diastolic: Int) {
        mark(.limit(PressureLimit(systolic: 170, diastolic: 105)))
        for place in [-3, 0] { session(systolic, diastolic, date(place)) }
    }
}
